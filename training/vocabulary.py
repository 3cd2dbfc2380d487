"""The pieces of the encoder's tokenizer, made from word counts.

A `tokenizers` Unigram model needs nothing but a list of pieces with log-probabilities, and finds
the most probable cut of a text by dynamic programming. Chinese words come from a word segmenter at
training time only; at run time the Unigram model cuts alone.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import regex

from align.encoder.static import UNKNOWN
from training.numerals import SPELT, digits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tokenizers import Tokenizer

    from training.corpus import Pairs

CHINESE_WORDS = 40_000
ENGLISH_WORDS = 36_000
CHARACTERS = 9_000
AFFIXES = 3_000
PIECE_COST = 8.0
"""Taken off each piece's log-probability, so that a whole word beats the parts it is made of."""

_ENGLISH_WORD = regex.compile(r"[\p{Latin}]+")
_HAN = regex.compile(r"\p{Han}+")
RUNS = r"\p{Han}+|[\p{Latin}\p{M}]+|\p{N}+|[^\s\p{Han}\p{Latin}\p{M}\p{N}]"
"""What is cut apart before any piece is looked for: runs of Han, words, numbers, single signs."""
WHOLE_NUMBERS = rf"{SPELT}|{RUNS}"
"""The same with an English number such as `sixty-ninth` in one: for a vocabulary that has numerals
as pieces (`training.numerals.add_numerals`)."""


def new_tokenizer(pieces: list[tuple[str, float]], runs: str = RUNS) -> Tokenizer:
    """Build the tokenizer: NFKC, lower case, no accents, cut at `runs`, Unigram over `pieces`."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    unknown = next(i for i, (piece, _) in enumerate(pieces) if piece == UNKNOWN)
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.NFD(),
            normalizers.StripAccents(),
            normalizers.NFC(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(runs), behavior="removed", invert=True)
    return tokenizer


def count_words(corpus: Iterable[Pairs]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Count (Chinese words, English words, single characters), lower-cased, NFKC.

    A source's counts are multiplied by its `repeat`, so that the UN's own words get in.
    """
    import unicodedata

    import rjieba

    zh: Counter[str] = Counter()
    en: Counter[str] = Counter()
    chars: Counter[str] = Counter()
    for pairs in corpus:
        zh_here: Counter[str] = Counter()
        en_here: Counter[str] = Counter()
        chars_here: Counter[str] = Counter()
        for text in pairs.zh:
            text = unicodedata.normalize("NFKC", text).lower()
            for run in _HAN.findall(text):
                zh_here.update(rjieba.cut(run))
            chars_here.update(text)
        for text in pairs.en:
            text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).lower())
            text = "".join(c for c in text if not unicodedata.combining(c))
            en_here.update(_ENGLISH_WORD.findall(text))
            chars_here.update(text)
        for total, here in ((zh, zh_here), (en, en_here), (chars, chars_here)):
            for key, n in here.items():
                total[key] += n * pairs.source.repeat
    return zh, en, chars


def _affixes(words: Counter[str], kept: set[str], count: int) -> Counter[str]:
    """Prefixes and suffixes (2 to 6 letters) of the words that did not get a piece of their own."""
    found: Counter[str] = Counter()
    for word, n in words.items():
        if word in kept or len(word) < 4:
            continue
        for size in range(2, min(7, len(word))):
            found[word[:size]] += n
            found[word[-size:]] += n
    return Counter(dict(found.most_common(count)))


def choose_pieces(corpus: Iterable[Pairs]) -> list[tuple[str, float]]:
    """Choose the vocabulary: (piece, score), the score log p - `PIECE_COST`; `UNKNOWN` is first."""
    zh, en, chars = count_words(corpus)
    numbers = Counter(dict.fromkeys(digits(), 200))
    counts: Counter[str] = Counter()
    chosen_zh = dict(sorted(zh.items(), key=lambda kv: (-kv[1], kv[0]))[:CHINESE_WORDS])
    chosen_en = dict(sorted(en.items(), key=lambda kv: (-kv[1], kv[0]))[:ENGLISH_WORDS])
    singles = {c: n for c, n in chars.items() if not c.isspace()}
    counts.update(dict(sorted(singles.items(), key=lambda kv: (-kv[1], kv[0]))[:CHARACTERS]))
    for group in (chosen_zh, chosen_en, _affixes(en, set(chosen_en), AFFIXES), numbers):
        for piece, n in group.items():
            counts[piece] = max(counts[piece], n)
    total = sum(counts.values())
    ranked = sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))
    scored = [(piece, math.log(n / total) - PIECE_COST) for piece, n in ranked]
    return [(UNKNOWN, min(s for _, s in scored) - 10), *scored]
