"""Which language a text is in: Chinese, English, or another one, which is not aligned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpora.errors import RecordError
from corpora.identify import guess_language, language_of_name
from corpora.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpora.document import Language

LANGUAGE_SAMPLE: Final = 8_000
"""Characters from which the language is told: those in the middle of the file, for a cover, and a
list of members before it, say little in any language."""
LEAST_WORDS: Final = 20
"""Words or Han characters: text that has so many and is neither Chinese nor English is in another
language; of less text the name decides."""
MIXED: Final = 0.15
"""Share of the sentences in the other language of which the user is told; quotations have less."""
LEAST_OTHER: Final = 3
"""Such sentences in all."""

_NAMES: Final = {
    "zh": "Chinese",
    "en": "English",
    "fr": "French",
    "es": "Spanish",
    "ru": "Russian",
    "ar": "Arabic",
    "de": "German",
    "it": "Italian",
    "pt": "Portuguese",
    "ja": "Japanese",
    "ko": "Korean",
    "und": "another language",
}
_SCRIPTS: Final = (
    ("ru", 0.5, lazy_pattern(r"[\u0400-\u052f]+")),
    ("ar", 0.5, lazy_pattern(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]+")),
    # Each letter is a word here, and Japanese has Chinese characters besides its own.
    ("ja", 0.2, lazy_pattern(r"[\u3041-\u30ff]")),
    ("ko", 0.5, lazy_pattern(r"[\uac00-\ud7a3]")),
)
_FUNCTION_WORDS: Final = {
    "fr": "le la les des du et est que qui une pour dans sur au aux je nous",
    "es": "el la los las del y que una por con para se en es su al como",
    "de": "der die das und den dem des ein eine ist nicht mit von zu für auf wir",
    "it": "il la le gli dei della e che una per con del nel di al sono è",
    "pt": "o a os as do da dos das e que uma por com para em não ao",
}
_WORDS_OF: Final = {code: frozenset(words.split()) for code, words in _FUNCTION_WORDS.items()}
_WORD: Final = lazy_pattern(r"[\u3041-\u9fff\uac00-\ud7a3]|[^\W\d_]+")


def name_language(code: str) -> str:
    """Name a language in English: ``fr`` is French, ``und`` another language."""
    return _NAMES.get(code, _NAMES["und"])


def tell_language(lines: Sequence[str]) -> str | None:
    """Tell the language of a text.

    Returns:
        ``zh``, ``en``, another language's code, ``und`` for one that is not known here; None if
        the text is too short to tell.
    """
    text = _middle(lines)
    language = guess_language(text)
    if language is not None:
        return language
    words = _WORD.findall(text)
    if len(words) < LEAST_WORDS:
        return None
    for code, share, letters in _SCRIPTS:
        if len(letters.findall(text)) > share * len(words):
            return code
    low = [word.lower() for word in words]
    counts = {code: sum(word in own for word in low) for code, own in _WORDS_OF.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if 10 * counts[best] > len(words) else "und"


def choose_language(lines: Iterable[str], name: str) -> Language:
    """Tell whether a record is Chinese or English: by its text, or if that is short by its name.

    Args:
        lines: of the text.
        name: of the file.

    Raises:
        RecordError: it is in another language, whatever its name says, or neither tells.
    """
    texts = list(lines)
    language = guess_language("\n".join(texts))
    if language is not None:
        return language
    told = tell_language(texts)
    if told == "zh" or told == "en":
        return "zh" if told == "zh" else "en"
    if told is not None:
        raise RecordError(
            f"{name} is in {name_language(told)}; only Chinese and English are aligned."
        )
    named = language_of_name(name)
    if named is None:
        raise RecordError(
            f"The language of {name} cannot be told from its text: "
            "say which it is, zh for Chinese or en for English."
        )
    return named


def describe_mixture(sentences: Sequence[str], language: Language) -> str | None:
    """Say in a sentence that many sentences are in the other language; None if few are.

    Args:
        sentences: of a document.
        language: of the document.
    """
    other: Language = "en" if language == "zh" else "zh"
    count = sum(guess_language(text) == other for text in sentences)
    if count < LEAST_OTHER or count < MIXED * len(sentences):
        return None
    return (
        f"{count} of its {len(sentences)} sentences are in {name_language(other)}: "
        "if it holds both languages, make a file of each."
    )


def _middle(lines: Sequence[str]) -> str:
    text = "\n".join(lines)
    start = max(0, (len(text) - LANGUAGE_SAMPLE) // 2)
    return text[start : start + LANGUAGE_SAMPLE]
