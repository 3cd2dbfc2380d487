"""Tokens of many texts, each distinct word of plain English tokenized once.

A tokenizer that parts a text into words first gives each word the same pieces wherever it stands.
English says the same words again and again (20,000 lines of law: 700,000 words, 13,000 distinct
ones), so looking them up is ten times as fast as tokenizing every text. Texts that are not plain,
and all texts of a tokenizer that works otherwise, go through the tokenizer as a whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

PLAIN: Final = re.compile("[\t\n -~‘’“”–—]*")
"""Texts of these characters alone: lower-casing is all that the normalizers below do to them."""

_HARMLESS: Final = frozenset({"NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents"})

_AMONG_PLAIN: Final = {
    r"\p{Han}": "",
    r"\p{M}": "",
    r"\p{Latin}": "A-Za-z",
    r"\p{L}": "A-Za-z",
    r"\p{N}": "0-9",
    r"\p{Nd}": "0-9",
}
"""What the classes of a tokenizer's pattern, which `re` does not know, match in plain text."""


MOST_KNOWN: Final = 50_000
"""Words that are remembered from one call to the next: 10 MB; a record adds some hundred."""


def tokenize_all(
    tokenizer: Any, texts: Sequence[str], known: dict[str, list[int]] | None = None
) -> list[list[int]]:
    """Give the piece numbers of each text, as ``tokenizer.encode_batch`` does.

    Args:
        tokenizer: a `tokenizers.Tokenizer`.
        texts: any texts.
        known: the pieces of words, remembered from call to call of one tokenizer; added to.
    """
    word = word_pattern(tokenizer)
    if word is None:
        return _encode(tokenizer, texts)
    lower = "Lowercase" in _normalizers(tokenizer)
    words: dict[int, list[str]] = {
        place: word.findall(text.lower() if lower else text)
        for place, text in enumerate(texts)
        if PLAIN.fullmatch(text)
    }
    pieces: dict[str, list[int]] = {} if known is None else known
    if len(pieces) > MOST_KNOWN:
        pieces.clear()
    new = list(dict.fromkeys(w for w in chain.from_iterable(words.values()) if w not in pieces))
    pieces.update(zip(new, _encode(tokenizer, new), strict=True))
    others = [text for place, text in enumerate(texts) if place not in words]
    rest = iter(_encode(tokenizer, others))
    return [
        [piece for each in words[place] for piece in pieces[each]] if place in words else next(rest)
        for place in range(len(texts))
    ]


def word_pattern(tokenizer: Any) -> re.Pattern[str] | None:
    """Give the pattern of one word of plain text; None for a tokenizer that works otherwise.

    It must part texts by one pattern whose matches are the words, and its normalizers must leave
    plain text alone but for its case.
    """
    settings = (tokenizer.post_processor, tokenizer.truncation, tokenizer.padding)
    if tokenizer.pre_tokenizer is None or settings != (None, None, None):
        return None
    if tokenizer.get_added_tokens_decoder() or not set(_normalizers(tokenizer)) <= _HARMLESS:
        return None
    parting = json.loads(tokenizer.pre_tokenizer.__getstate__())
    if parting["type"] != "Split" or (parting["behavior"], parting["invert"]) != ("Removed", True):
        return None
    plain = _translate(parting["pattern"].get("Regex", r"\p"))
    try:
        return None if r"\p" in plain else re.compile(plain)
    except re.error:
        return None


def _translate(pattern: str) -> str:
    """Write the Unicode classes of `pattern` as what they match in plain text."""
    parts = re.split(r"(\[(?:\\.|[^\]\\])*\])", pattern)
    for name, members in _AMONG_PLAIN.items():
        alone = f"[{members}]" if members else "(?!)"  # the latter never matches
        parts = [
            part.replace(name, members if place % 2 else alone) for place, part in enumerate(parts)
        ]
    return "".join(parts)


def _normalizers(tokenizer: Any) -> list[str]:
    """Names of the normalizers, those of a sequence one by one."""
    if tokenizer.normalizer is None:
        return []
    state = json.loads(tokenizer.normalizer.__getstate__())
    return [each["type"] for each in state.get("normalizers", [state])]


def _encode(tokenizer: Any, texts: Sequence[str]) -> list[list[int]]:
    batch = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    return [encoding.ids for encoding in batch]
