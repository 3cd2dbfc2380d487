"""Language codes: what we write, and how other tools' codes are understood.

`zh-CN` and `en-US` are what the most clients match (docs/TMX.md); any BCP 47 tag can be asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from corpora import Language, UserError

DEFAULT_LANGUAGES: Mapping[Language, str] = MappingProxyType({"zh": "zh-CN", "en": "en-US"})

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*|[xX](-[A-Za-z0-9]{1,8})+", re.ASCII)

_BASES: Mapping[str, Language] = {
    "zh": "zh",
    "cmn": "zh",
    "chi": "zh",
    "zho": "zh",
    "en": "en",
    "eng": "en",
}

_ALIASES: Mapping[str, Language] = {
    **dict.fromkeys(("cn", "chs", "cht", "zhs", "zht", "chinese"), "zh"),
    **dict.fromkeys(("english", "enu"), "en"),
}
"""No codes of any standard, but written by programs and people."""

_TRADITIONAL = {"tw", "hk", "mo", "hant", "cht"}


def is_language_tag(code: str) -> bool:
    """Whether the code has the shape of a BCP 47 tag.

    >>> is_language_tag("zh-Hans-CN"), is_language_tag("zh_CN")
    (True, False)
    """
    return _TAG.fullmatch(code) is not None


def language_of(code: str) -> Language | None:
    """Tell Chinese or English from any tool's code; None for others.

    >>> language_of("ZH"), language_of("zh_CN"), language_of("eng"), language_of("fr")
    ('zh', 'zh', 'en', None)
    """
    base = _subtags(code)[0]
    return _BASES.get(base) or _ALIASES.get(base)


def is_traditional(code: str) -> bool:
    """Whether the code says traditional script by its script or region.

    >>> is_traditional("zh-Hant"), is_traditional("ZH-TW"), is_traditional("zh-CN")
    (True, True, False)
    """
    base, *rest = _subtags(code)
    return base in ("cht", "zht") or not _TRADITIONAL.isdisjoint(rest)


def parse_languages(options: Sequence[str]) -> Mapping[Language, str]:
    """Turn ``zh=zh-CN`` options into the codes to write.

    Raises:
        UserError: an option of another shape, or a code that a CAT tool would refuse.
    """
    languages = dict(DEFAULT_LANGUAGES)
    for option in options:
        side, equals, code = option.partition("=")
        if not equals or side not in ("zh", "en"):
            raise UserError(
                f"--lang {option} names no side of the pair: write it as zh=zh-CN or en=en-GB."
            )
        languages[side] = code  # type: ignore[index]  # narrowed by the test above
    check_languages(languages)
    return languages


def check_languages(languages: Mapping[Language, str]) -> None:
    """Refuse codes that a CAT tool would refuse.

    Raises:
        UserError: a code is missing, is not shaped like BCP 47, or is another language's.
    """
    for language, default in DEFAULT_LANGUAGES.items():
        code = languages.get(language, "")
        if not is_language_tag(code) or _BASES.get(_subtags(code)[0]) != language:
            raise UserError(
                f"{code!r} is no language code for {language}: write one such as {default}."
            )


def _subtags(code: str) -> list[str]:
    return code.strip().replace("_", "-").lower().split("-")
