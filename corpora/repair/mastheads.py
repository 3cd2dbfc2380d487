"""What heads a document: the cover of a meeting's record, or a masthead above the title.

Each line must show by its own form that it belongs there (house, organ, symbol, day, `Distr.`), or
stand between lines that do. A line that says something is text wherever it stands.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from corpora.facts.spelt import MONTHS
from corpora.lazy import lazy_pattern
from corpora.meeting import BLANK, REISSUED, blank_symbols
from corpora.prose import is_prose, is_sentence
from corpora.repair.labels import OPENING, close_spacing, is_procedure, match_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpora.document import Line

LONGEST_COVER: Final = 120
"""Lines: a cover of 15 members takes 35; one with a list of 60 members under 100."""
LONGEST_MASTHEAD: Final = 24
"""Lines: house, organ in four lines, symbols, four lines of `Distr.`, day, languages, session."""
MARKS_NEEDED: Final = 2
"""Different kinds of line that only covers have. One alone may be an address in a letter."""
MOST_TITLES: Final = 24
"""Lines on a cover without a form of their own: the agenda of a meeting, wrapped; 4 are usual."""
MOST_ORGANS: Final = 6
"""Lines between two marks of a masthead: the name of a conference of parties takes three."""
MOST_SENTENCES: Final = 3
"""Lines of sentences above the opening: with more, what stands there is no cover but text."""
LONGEST_MARK: Final = 120
"""Characters of a line on a cover."""

_NUM_ZH: Final = "[一二三四五六七八九十〇零百千\\d]+"
_MONTH: Final = f"(?:{'|'.join(MONTHS)})"
_DAY: Final = (
    rf"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? \d{{1,2}} {_MONTH} \d{{4}}"
    r"(?:,? (?:at )?(?:\d{1,2}[.:\d]{0,3}\s?[ap]\.?m\.?|(?:12 )?noon))?\.?"
)
_CHAIR: Final = "(?:President|Chair(?:man|person)?)"
_NAME: Final = r"[^.;:!?。；：！？]{2,60}"
ORGAN_EN: Final = (
    r"Conference on Disarmament|Conference of the (?:Eighteen-Nation )?Committee on Disarmament"
    r"|Committee on Disarmament|Security Council|General Assembly|Economic and Social Council"
    r"|Human Rights Council|Commission on Human Rights|Trusteeship Council|Disarmament Commission"
    r"|Economic Commission for \w+|Commission on \w+(?: \w+){0,4}"
    r"|(?:First|Second|Third|Fourth|Fifth|Sixth|Preparatory) Committee"
)
ORGAN_ZH: Final = (
    "安全理事会|大会|裁军谈判会议|裁军审议委员会|经济及社会理事会|人权理事会|人权委员会|托管理事会"
    "|筹备委员会|第[一二三四五六]委员会"
)
# Kinds of line that only covers have, a name for each: two different ones make a cover.
_MARKS: Final = tuple(
    (name, lazy_pattern(pattern, re.IGNORECASE))
    for name, pattern in (
        ("house", rf"(?:United Nations|联合国|聯合國)\s*(?:{BLANK})?{REISSUED}"),
        ("house", r"UNITED|NATIONS(?: [A-Z ]{1,5})?"),
        ("organ", rf"(?:{ORGAN_EN})(?:\s+(?:English|Chinese|Original.{{0,20}}|Provisional))?"),
        ("organ", rf"(?:{ORGAN_ZH})(?:\s*(?:Chinese|中文))?"),
        (
            "year",
            r"(?:resumed )?(?:[A-Z-]*(?:first|second|third|th)|\d+(?:st|nd|rd|th)|\d{4})"
            r"(?: (?:emergency|special|regular|resumed|substantive|organizational)){0,2}"
            r" (?:year|session)(?: \(.{1,20}\))?",
        ),
        ("year", rf"第{_NUM_ZH}(?:年|届(?:常会|会议|特别会议))(?:续会)?"),
        (
            "number",
            r"(?:provisional |official )?(?:final|verbatim|summary)(?: verbatim)? record of the .*"
            r" (?:plenary )?meeting(?: \(.{1,30}\))?\*?",
        ),
        ("number", r"\d+(?:st|nd|rd|th) (?:plenary )?meeting"),
        ("number", rf"第[\s{_NUM_ZH[1:-2]}]+次(?:全体)?会议(?:的?最后记录|逐字记录|简要记录)?"),
        ("place", rf"Held (?:at|in) (?:the )?[A-Z][\w ,’'-]{{2,50}}(?: on {_DAY})?"),
        ("place", "New York|Geneva|Vienna|纽约|日内瓦|维也纳"),
        ("place", r"(?:[于在]?\d{4}年\d{1,2}月\d{1,2}日)?.{0,20}在日内瓦万国宫举行。?"),
        ("time", r"[于在]?\d{4}年\d{1,2}月\d{1,2}日(?:[^，。；]{0,25})举行。?"),
        (
            "time",
            rf"(?:on )?{_DAY}",
        ),
        ("status", "Provisional|Official Records|(?:临时)?逐字记录|正式记录|最后记录|简要记录"),
        ("chair", rf"(?:Acting )?{_CHAIR}:(?: {_NAME})?\(.{{1,60}}\).{{0,3}}"),
        ("chair", rf"(?:{_CHAIR}|Members?|later):|(?:主席|成员)[：:]"),
        (
            "chair",
            rf"(?:{_CHAIR}|Members?): ?(?:(?:Mr|Ms|Mrs|Dr|Miss)\.?|Sir|Dame|H\.E\.) [^:;!?]{{2,60}}"
            r"|Members: ?[A-Z][\w ’'-]{2,40}(?:Mr|Ms|Mrs)\.[^:;!?]{2,40}",
        ),
        (
            "chair",
            r"(?:主席|成员)[：:][^，。；？！]{0,60}[(（][^，。；？！]{1,30}[)）]"
            r"|成员[：:][^，。；？！]{1,40}",
        ),
        ("agenda", r"(?:Provisional )?Agenda|议程项目|议程|临时议程"),
        (
            "agenda",
            r"(?:Agenda )?items? [\d\s,()a-z]+"
            r"(?:of the (?:provisional |preliminary )?(?:agenda|list))?\*{0,3}",
        ),
        (
            "agenda",
            r"(?:临时议程|暂定项目表|议程)?\*{0,3}(?:议程)?项目\s*[\d、和及()（）a-z\s]+\*{0,3}",
        ),
        ("date", rf"\d{{1,2}} {_MONTH} \d{{4}}|\d{{4}}年\d{{1,2}}月\d{{1,2}}日"),
        ("language", rf"(?:{ORGAN_EN}|{ORGAN_ZH}) Distr\.?.{{0,20}}|(?:分发)?：?一般"),
        (
            "language",
            r"(?:English|Chinese|中文)(?: only)?"
            r"|Original ?: ?[A-Z]\w+(?:(?:/|, | and )[A-Z]\w+){0,5}|原文：\w{1,12}"
            r"|Distr\.?:?(?: \w+)?"
            r"|GENERAL|LIMITED|RESTRICTED|只有(?:英文|中文)",
        ),
    )
)
_ONLY_THERE: Final = frozenset({"house", "language"})
"""Kinds of line that stand nowhere but in a masthead."""
_OF_MEETING: Final = frozenset({"number", "place", "time", "chair", "leader", "status"})
"""Kinds of line of which the cover of a meeting's record has two."""
_MAY_STOP: Final = frozenset({"place", "time"})
"""Kinds of line that may end with a stop: 2031年6月3日上午10时举行。"""
_BARE_LANGUAGE: Final = lazy_pattern(r"(?i:English|Chinese)|中文|英文")
_WHOLE_SYMBOL: Final = lazy_pattern(rf"{BLANK}{REISSUED}")
_CHAIR_ON_COVER: Final = lazy_pattern(
    r"主席[：:](?:[^，。；？！]{0,40}[(（][^)）]{1,30}[)）]|[^，。；？！]{0,24})"
)
_BODY_HEAD: Final = lazy_pattern(r"Adoption of the agenda|通过议程", re.IGNORECASE)

Found = dict[int, str]


def name_marks(text: str) -> set[str]:
    """Kinds of cover line that make up `text`: one, or two that a PDF has on the same height.

    >>> sorted(name_marks("General Assembly Distr.: General")), name_marks("We met in Geneva.")
    (['language'], set())
    """
    text = close_spacing(text)
    if len(text) > LONGEST_MARK:
        return set()
    if any(_WHOLE_SYMBOL.fullmatch(rest) for _, rest in blank_symbols(text)):
        return {"symbol"}
    whole = _kinds(text)
    if is_sentence(text):
        return set(whole & _MAY_STOP)
    if whole or is_prose(text):
        return set(whole)
    for space in re.finditer(" ", text):
        left = _kinds(text[: space.start()])
        right = _kinds(text[space.end() :]) if left else left
        if right:
            return set(left | right)
    return set()


@lru_cache(maxsize=1024)
def _kinds(text: str) -> frozenset[str]:
    rest = next((rest for _, rest in blank_symbols(text)), text)
    return frozenset(name for name, pattern in _MARKS if pattern.fullmatch(rest))


def find_masthead(lines: Sequence[Line], known: Mapping[int, str]) -> Found:
    """Find the block that heads a document without a cover page: house, symbol, date, `Distr.`.

    It ends with the last line that only mastheads have, the day behind it, and the item of the
    agenda; lines without a form of their own are the organ's name if few stand between two marks.
    """
    marks = [name_marks(line.text) for line in lines[:LONGEST_MASTHEAD]]
    bare = [place for place in range(len(marks)) if _BARE_LANGUAGE.fullmatch(lines[place].text)]
    if len({lines[place].text for place in bare}) > 1:  # of the languages of a list
        for place in bare:
            marks[place] = set()
    marked = [bool(kinds) or place in known for place, kinds in enumerate(marks)]
    unmarked, end = 0, 0
    for place, kinds in enumerate(marks):
        if kinds & _ONLY_THERE or (not unmarked and ("symbol" in kinds or place in known)):
            unmarked, end = 0, place + 1
        elif not marked[place] and not is_prose(lines[place].text):
            unmarked += 1
            if unmarked > (MOST_ORGANS if end else 0):
                break
    end = _run_on(marks, known, end)
    kinds = set().union(*marks[:end]) if end else set()
    if len(kinds) < MARKS_NEEDED or not kinds & _ONLY_THERE:
        return {}
    return {
        place: "cover page"
        for place in range(end)
        if marked[place] or not is_prose(lines[place].text)
    }


def _run_on(marks: Sequence[set[str]], known: Mapping[int, str], end: int) -> int:
    """Take in what follows the last sure line: day, organ, session with its item of the agenda."""
    while end < len(marks) and marks[end] & {"date", "organ"}:
        end += 1
    place, last = end, end
    while place < len(marks) and (marks[place] or place in known):
        place += 1
        if "agenda" in marks[place - 1] or place - 1 in known:
            last = place
    return last


def find_cover(lines: Sequence[Line], known: Mapping[int, str]) -> tuple[Found, int]:
    """Find the cover of a meeting's record: what stands above the opening and says nothing.

    Returns:
        The places, and how many lines of sentences spoke against a cover; no places where there
        are too many of those.
    """
    opening = _find_opening(lines, known)
    if not opening or opening > LONGEST_COVER:
        return {}, 0
    marks = [name_marks(line.text) for line in lines[:opening]]
    kinds = set().union(*marks)
    kinds |= {"leader"} if "dot leader" in {known.get(place) for place in range(opening)} else set()
    if len(kinds) < MARKS_NEEDED or not kinds & _OF_MEETING:
        return {}, 0
    plain = [place for place in range(opening) if not marks[place] and place not in known]
    texts = _blocks_of_sentences(lines, plain)
    if len(texts) > MOST_SENTENCES or len(plain) - len(texts) > MOST_TITLES:
        return {}, len(plain)
    return dict.fromkeys((n for n in range(opening) if n not in texts), "cover page"), 0


def _blocks_of_sentences(lines: Sequence[Line], plain: Sequence[int]) -> set[int]:
    """Those of the places that are sentences, with the lines on which these began."""
    found: set[int] = set()
    block: list[int] = []
    for place in plain:
        if block and block[-1] != place - 1:
            block = []
        block.append(place)
        joined = " ".join(lines[n].text for n in block)
        if is_sentence(joined) or is_prose(lines[place].text):
            found.update(block)
            block = []
    return found


def _find_opening(lines: Sequence[Line], known: Mapping[int, str]) -> int | None:
    """Where the body begins: the opening time, the adoption of the agenda, or the first speaker."""
    for place, line in enumerate(lines[: LONGEST_COVER + 1]):
        if place in known:
            continue
        text = close_spacing(line.text)  # a label may be letter-spaced: 主 席（以英语发言）
        if OPENING.fullmatch(text) or _BODY_HEAD.fullmatch(text) or is_procedure(text):
            return place
        following = close_spacing(lines[place + 1].text) if place + 1 < len(lines) else ""
        if match_label(text) or match_label(f"{text}{following}"):
            if _CHAIR_ON_COVER.fullmatch(text) or _CHAIR_ON_COVER.fullmatch(f"{text}{following}"):
                continue
            if "chair" in name_marks(text):
                continue
            return place
    return None
