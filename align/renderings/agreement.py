"""Whether a stretch and a rendering of it agree: in length, in being negated, in kind of word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from align.renderings.places import CLOSING, OPENING
from corpora.chinese import is_han

if TYPE_CHECKING:
    from align.renderings.places import Offer
    from corpora import Language

    Place = tuple[int, int]

FEWEST_LETTERS: Final = 2.0
"""English letters for a Chinese sign below which a rendering is seldom all of a term: of the
renderings of 700 thesaurus terms that were less or more, all right ones were surer than .8."""

FEWEST_OF_NAME: Final = 1.5
"""The same of names, whose sounds are written: 阿什哈巴德 is ``Ashgabat``."""

MOST_LETTERS: Final = 9.0
"""The same above which it is seldom the term alone."""

MOST_FOR_ONE: Final = 4.0
"""The same for a single Chinese sign: ``law`` is 法, but ``panacea`` is not 万."""

NO_ISM: Final = 0.3
"""Share of its sureness that is left of a rendering of a word in 主义 that is none in -ism: the
adjective for the noun. 人道主义 and its like are found in several units."""

_NEGATED_ZH: Final = re.compile("[不没未勿无莫](?:得|能|可|应该?|会|要|许|准|必须?|须|再|愿|允许)")
"""Modal verbs that are negated."""

_NEGATION_EN: Final = re.compile(
    r"(?i:\b(?:not?|none|never|cannot|without|neither|nor|un\w+|in\w+ble|prohibit\w*|refus\w*)\b)"
)
_NEGATED_EN: Final = re.compile(r"(?i:(?:non-?|un|dis)\w|(?:no|not|without)\b)")
_OPPOSED_EN: Final = re.compile(r"(?i:(?:non|anti|counter)[-‑])")
_LONG_WORD: Final = re.compile("[A-Za-z]{4,}")
_ABBREVIATION: Final = re.compile("[A-Z]{3,}")
_BODY: Final = re.compile("组织|支助团|部队|会议|[所署厅处办局部团会院盟体]")
_BODY_END: Final = re.compile(f"(?:{_BODY.pattern})$")
_DENIAL: Final = re.compile(r"(?i:\b(?:not|no|never|without) )$")
_DENIES: Final = re.compile("(?i:non-?|un|dis|mis|i[mnlr])[a-z]{4}")
_BRACKETS: Final = re.compile(f"[{re.escape(OPENING + CLOSING)}]")
_COUNTED: Final = re.compile(
    "(?:[一两几数多各每某这那该]个|个)(?=[\u4e00-\u9fff]{2})(?!人|别|体|案|性)|票(?=弃权|赞成|反对)"
)
_COUNTS: Final = re.compile(
    r"(?i:\b(?:an?|one|two|both|some|several|many|each|every|this|that|the|various|votes?)\b)"
)
"""Words that a Chinese number with a measure word may render."""

_POINTED: Final = re.compile(
    r"(?:(?:all|any|each|other|such|these|those|this|their|its|our|your|his|her) )+(?=[A-Za-z])"
)
_POINTS: Final = re.compile(
    "[全各每他其这那该此别另贵本我你您她它凡诸]|所有|任何|一切|自[己身]|[这此]类|等$"
)
"""Chinese words that such English words may render."""

_NAME_END, _NAME_ENDS = frozenset("斯尔姆茨什"), frozenset("斯尔姆茨什特德克夫普格恩森赫布")
"""How a foreign name may go on and hardly a word begin; in a name of several parts (·) more."""

_BEFORE: Final = {
    "以": "in|by|as|with|on",
    "与": "with",
    "向": "to",
    "对": "to|on|against",
    "从": "from",
}
"""Chinese prepositions that stand before what they govern, and what they may be in English."""

_OPPOSED_ZH: Final = re.compile("[非不无未没反抗防]")


def is_uneven(zh: str, en: str) -> bool:
    """Whether one of two texts is too short, or too long, to be all of the other one.

    Abbreviations and what has a number may be of any length; but no sign alone is an abbreviation.
    """
    letters, signs = sum(map(str.isalpha, en)), sum(map(is_han, zh))
    if not signs or any(map(str.isdigit, zh + en)):
        return False
    if en.isupper():
        return signs == 1
    most = MOST_FOR_ONE if signs == 1 else MOST_LETTERS
    fewest = FEWEST_OF_NAME if en.istitle() else FEWEST_LETTERS
    return not fewest <= letters / signs <= most


def agrees(side: str, place: Place, rendering: str, language: Language) -> bool:
    """Whether a stretch and its rendering agree in being negated: 不得 is no ``shall``.

    And 实据 within 查无实据 is not ``unsubstantiated``, 歧视 not ``non-discriminatory``; nor does a
    word render itself.
    """
    start, end = place
    zh, en = (side[start:end], rendering) if language == "zh" else (rendering, side[start:end])
    if en[1:].islower() and zh.lower() == en.lower():
        return False  # an English word in the Chinese text
    if language == "en" and len(zh) == 1 and len(_LONG_WORD.findall(en)) > 1:
        return False  # 区 for ``zone free``
    if _NEGATED_ZH.fullmatch(zh):
        return _NEGATION_EN.search(en) is not None
    if language == "zh" and _OPPOSED_EN.match(en) and not _OPPOSED_ZH.search(zh):
        return False
    denied = language == "zh" and side[max(start - 1, 0) : start] in tuple("不没未无非")
    return not (denied and _NEGATED_EN.match(en))


def _balanced(offer: Offer, text: str) -> Offer:
    """Take in the other one of a pair of brackets or quotation marks, or end before it opens."""
    start, end = offer.place
    rendering = text[start:end]
    for opens, closes in zip(OPENING, CLOSING, strict=True):
        more = rendering.count(opens) - rendering.count(closes)
        if opens == closes:
            more = rendering.count(opens) % 2
        if more > 0 and text[end : end + 1] == closes:
            return offer._replace(place=(start, end + 1))
        if (more < 0 or (more and opens == closes)) and text[start - 1 : start] == opens:
            return offer._replace(place=(start - 1, end))
        opened = rendering.find(opens)
        if more > 0 and opened > 0:
            return offer._replace(place=(start, start + len(rendering[:opened].rstrip())))
    return offer


def whole_word(offer: Offer, asked: str, text: str, language: Language) -> Offer:
    """Give an offer as a word of the kind that is asked for.

    被 belongs to what 者 ends (被拘留者), 以 to what ``in`` joins (``speak in Spanish``), the 个 of
    个实验室 to no ``laboratory``, ``other`` to no 国家, and 主义 is -ism.

    Args:
        offer: for what is asked.
        asked: what is asked.
        text: the side opposite.
        language: of what is asked.
    """
    start, end = offer.place
    rendering = text[start:end]
    pointed, pointing = (_COUNTED, _COUNTS) if language == "en" else (_POINTED, _POINTS)
    before = pointed.match(rendering)
    if before and pointing.search(asked) is None:
        start += before.end()
        offer, rendering = offer._replace(place=(start, end)), text[start:end]
    if language == "en" and text[start - 1 : start] in tuple("不没未非无") and _DENIES.match(asked):
        return offer._replace(place=(start - 1, end))
    denial = _DENIAL.search(text, 0, start) if asked[0] in "不没未非无" else None
    if denial and not _NEGATED_EN.match(rendering):
        return offer._replace(place=(denial.start(), end))
    if _BRACKETS.search(rendering):
        offer = _balanced(offer, text)
        start, end = offer.place
    if language == "en" and asked.istitle():
        ends = _NAME_ENDS if "·" in rendering else _NAME_END
        if text[end : end + 1] in ends and is_han(text[end - 1]):
            return offer._replace(place=(start, end + 1))
    wanted = _BEFORE.get(text[start - 1 : start])
    if language == "en" and wanted and re.search(rf"\w (?:{wanted})\b(?= \w)", asked):
        return offer._replace(place=(start - 1, end))
    if language == "en" and text[start - 1 : start] == "被" and rendering.endswith(("者", "人")):
        return offer._replace(place=(start - 1, end))
    if _ABBREVIATION.fullmatch(asked):
        body = _BODY.match(text, end)
        return (
            offer._replace(place=(start, body.end()))
            if body and not _BODY_END.search(rendering)
            else offer
        )
    if asked.endswith("主义") and not re.search("is[mt]", rendering):
        return offer._replace(sure=NO_ISM * offer.sure)
    return offer
