"""What the record of an assembly or a council tells and nobody says: decisions, escorts, the Chair.

``It was so decided.``, ``Mr. Doe took the Chair.``, ``乌托邦部长多先生在陪同下走上讲台。``: each is
a paragraph of its own, in the past tense and without a speaker. What a chair says about the same
(``It is so decided.``, ``The draft resolution has been adopted``) is speech.
"""

from __future__ import annotations

import re
from typing import Final

from corpora.lazy import lazy_pattern

LONGEST: Final = 400
"""Characters; a name with three offices and a seat takes 250."""

# Part of a sentence; a stop in it is that of a title, an initial or a symbol: `Mr.`, `J.`, `L.1`.
_EN: Final = r"(?:[^.;:!?]|\.(?:(?<=\b\w\.)|(?<=\b\w\w\.)|(?<=\b\w\w\w\.)))"
_VOTE: Final = (
    rf" by (?:a (?:recorded |roll-call )?vote of )?\d+ (?:votes? )?(?:in favour )?to {_EN}{{1,80}}"
)
_HOW: Final = rf"(?: unanimously| without a vote| by consensus|{_VOTE})"
_BECAME: Final = r" ?\((?:resolution|decision)s? [^()]{1,30}(?:\([^()]{1,20}\))?[^()]{0,20}\)"
_DONE: Final = r"(?:was|were) (?:adopted|rejected|retained|carried)"
_DRAFT: Final = (
    r"(?:the )?(?:draft (?:resolution|decision|conclusions|amendment|report)|(?:oral )?amendment"
    r"|motion|proposal|(?:operative |preambular )?paragraph)"
)
_ENGLISH: Final = lazy_pattern(
    r"it was so (?:decided|agreed)\."
    rf"|{_EN}{{2,160}} (?:was|were) escorted (?:to|from|into|out of) {_EN}{{3,60}}\."
    rf"|{_EN}{{2,160}} (?:took|returned to|resumed|vacated) the Chair\."
    rf"|{_EN}{{2,240}} took (?:a |their |the |his |her )?(?:seats?|places?)"
    rf"(?: reserved for (?:him|her|them))? (?:at|on|in) {_EN}{{3,80}}\."
    rf"|{_DRAFT}{_EN}{{0,120}}? {_DONE}(?:{_HOW}?{_BECAME}|{_HOW})\."
    r"|the (?:members of the )?(?:General Assembly|Assembly|Committee|Commission|Conference|Council"
    rf"|members){_EN}{{0,40}} (?:observed|stood in|rose and observed) {_EN}{{0,30}}silence"
    rf"{_EN}{{0,60}}\.",
    re.IGNORECASE,
)
_ZH: Final = "[^。；：！？]"
_BECAME_ZH: Final = "[(（]第[^)）]{1,20}号?(?:决议|决定)[)）]"
_DRAFT_ZH: Final = "(?:决议草案|决定草案|修正案|动议|提案)"
_CHINESE: Final = lazy_pattern(
    "(?:会议)?就这样(?:决定|商定)。"
    f"|{_ZH}{{1,120}}在陪同下(?:走上|离开|走下|步入|进入|走进)[^，。；：]{{1,20}}。"
    f"|{_ZH}{{1,120}}(?:主持会议|担任主席|代行主席职务)。"
    f"|{_ZH}{{1,120}}在{_ZH}{{0,40}}(?:议席|座位|席位|会议桌)(?:上|旁)?就座。"
    f"|(?:经口头(?:修正|订正)的)?{_DRAFT_ZH}{_ZH}{{0,60}}以{_ZH}{{2,60}}(?:获得|未获)通过(?:{_BECAME_ZH})?。"
    f"|(?:经口头(?:修正|订正)的)?{_DRAFT_ZH}{_ZH}{{0,60}}获得通过{_BECAME_ZH}。"
    f"|(?:大会|委员会|全体|与会|安理会|安全理事会){_ZH}{{0,30}}默哀{_ZH}{{0,10}}。"
)
# What no line without one of these, in small letters, can be: most lines are spared the patterns.
_HINTS: Final = (
    *("so decided.", "so agreed.", "escorted", " the chair.", " took ", "silence"),
    *(" adopted", " rejected", " retained", " carried"),
)
_HINTS_ZH: Final = (
    *("这样决定", "这样商定", "陪同下", "主持会议", "担任主席", "代行主席", "就座", "通过", "默哀"),
)
# Whoever says `I`, `we` or `you` is somebody.
_SAID: Final = lazy_pattern(
    r"\b(?:(?<!resolution )(?<!decision )I|we|you|my|our|your|us)\b|[我你您]", re.IGNORECASE
)


def is_narrative(text: str) -> bool:
    """Whether a paragraph tells what was done at a meeting, in the words that records have for it.

    >>> is_narrative("Mr. Doe (Utopia), Vice-President, took the Chair.")
    True
    >>> is_narrative("There being no objection, it is so decided.")
    False
    """
    text = text.strip()
    if len(text) > LONGEST or not text.endswith((".", "。")):
        return False
    small = text.lower()
    if not any(hint in small for hint in (_HINTS if text.isascii() else _HINTS + _HINTS_ZH)):
        return False
    if _SAID.search(text) is not None:
        return False
    return any(told.fullmatch(text) is not None for told in (_ENGLISH, _CHINESE))
