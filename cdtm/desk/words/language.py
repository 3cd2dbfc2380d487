"""A text of the desk in the language of the page."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

from cdtm.desk.words.evidence import EVIDENCE
from cdtm.desk.words.mistakes import MISTAKES
from cdtm.desk.words.pages import CHINESE

if TYPE_CHECKING:
    from starlette.requests import Request

LANGUAGES: Final = ("en", "zh")
"""Of the pages."""


def in_language(text: str, language: str, usual: str | None = None) -> str:
    """Give a text of the pages in one of `LANGUAGES`.

    Args:
        text: in English.
        language: wanted.
        usual: given where nobody has written it in Chinese, as what files and other programs say
            is not.

    Raises:
        KeyError: nobody has, and there is no `usual`.
    """
    if language != "zh":
        return text
    if usual is None:
        return CHINESE[text]
    return in_chinese(text) or usual


SENTENCES: Final = ("error", "conflict", "note", "reason", "reasons")
"""Names in what is answered as JSON, under which sentences for people stand."""


def localized(told: Any, language: str, *, sentence: bool = False) -> Any:
    """Give what is answered as JSON with its `SENTENCES` in one of `LANGUAGES`.

    Args:
        told: of dicts, lists, texts and numbers.
        language: wanted.
        sentence: whether texts in it are sentences, and not only those of these names.
    """
    if isinstance(told, dict):
        return {k: localized(v, language, sentence=k in SENTENCES) for k, v in told.items()}
    if isinstance(told, list | tuple):
        return [localized(one, language, sentence=sentence) for one in told]
    if sentence and isinstance(told, str):
        return in_language(told, language, usual=told)
    return told


def in_chinese(text: str) -> str | None:
    """Give sentences in Chinese, those of which it is made one by one; None if one is not known.

    >>> in_chinese("The aligner is only 94% sure of this pair.")
    '对齐程序对此对译的把握仅 94%。'
    """
    said = _said(text)
    if said is None and len(parts := _BETWEEN.split(text)) > 1:
        told = [_said(part) for part in parts]
        return None if None in told else "".join(filter(None, told))
    return said


NESTED: Final = ("reason", "said", "cure")
"""Places of a sentence in which something stands that is translated itself."""

_BETWEEN: Final = re.compile(r"(?<=\.) (?=[A-Z\u4e00-\u9fff])")
"""Where a sentence ends and another begins."""


def _said(text: str) -> str | None:
    if text in CHINESE:
        return CHINESE[text]
    for pattern, chinese in _patterns():
        if found := pattern.fullmatch(text):
            return re.sub(r"\{(\w+)\}", partial(_filled, found), chinese)
    return None


def _filled(found: re.Match[str], place: re.Match[str]) -> str:
    value = found[place[1]]
    return (_said(value) or value) if place[1] in NESTED else value


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [
        (
            re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(english)), re.DOTALL),
            chinese,
        )
        for english, chinese in (EVIDENCE | MISTAKES).items()
    ]


def chosen_language(request: Request) -> str:
    """Tell in which language a page is wanted: as chosen, as chosen before, or by the browser."""
    for wanted in (
        request.query_params.get("lang", ""),
        request.cookies.get("cdtm-language", ""),
        *request.headers.get("accept-language", "").split(","),
    ):
        language = wanted.strip()[:2].lower()
        if language in LANGUAGES:
            return language
    return "en"
