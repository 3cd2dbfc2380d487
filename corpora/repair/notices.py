"""The publisher's notice on a record's cover: how to send corrections, where the text will be.

Its wording is fixed, with a room, an organ or a date in it, so each line is compared with it: what
stands between its lines and says something else is text.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from corpora.chinese import HAN
from corpora.lazy import lazy_pattern
from corpora.repair.labels import close_spacing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora.document import Line

LONGEST_NOTICE: Final = 14
"""Lines from the opening words to the last; the longest seen is 8 (English, S/PV.10011)."""
ALIKE: Final = 0.4
"""Share of a line's pairs of words or ideographs that the fixed wording has; lines of the seven
notices in real records reach 0.5 and more, sentences of the same records 0.2."""
MOST_FOREIGN: Final = 1
"""Words of a line, or ideographs, that no notice has: a section's name."""
LONGEST_FOREIGN: Final = 5
"""Pairs in a row that no notice has: the name of another organ has four."""
FEW: Final = 3
"""Words, or ideographs, of a line that is part of a notice if its neighbours are."""

_WORDING: Final = (
    "This record contains the text of speeches delivered in English and of the translation of "
    "speeches delivered in other languages and of the interpretation of speeches delivered in the "
    "other languages. This record contains the original text of speeches delivered in English and "
    "interpretations of speeches in the other languages. The final text will be printed in the "
    "Official Records of the Security Council. The final text will be printed in the Official "
    "Records of the General Assembly. Corrections should be submitted to the original languages "
    "only. Corrections should be submitted to the original speeches only. They should be "
    "incorporated in a copy of the record and sent under the signature of a member of the "
    "delegation concerned to the Chief of the Verbatim Reporting Service, room verbatimrecords un "
    "org. They should be sent under the signature of a member of the delegation concerned within "
    "one month of the date of publication to the Chief of the Verbatim Reporting Service. "
    "Corrections will be issued after the end of the session in a consolidated corrigendum. "
    "Corrected records will be reissued electronically on the Official Document System of the "
    "United Nations http documents un org. This record is subject to correction. Corrections "
    "should be submitted in one of the working languages. They should be set forth in a memorandum "
    "and also incorporated in a copy of the record. Corrections should be sent as soon as possible "
    "within one week of the date of this document of the present record to the Official Records "
    "Editing Section, to the Chief of the Documents Management Section, to the Editing Section, "
    "room, Palais des Nations, Geneva. Any corrections to the records of the public meetings of "
    "this session will be consolidated in a single corrigendum, to be issued shortly after the end "
    "of the session. The record of the meetings of the Conference",
    "本记录包括中文发言的文本和其他语言发言的译文。定本将刊印在《安全理事会正式记录》。定本将刊印在《大会"
    "正式记录》。更正应只对原文提出。更正应作在印发的记录上，由有关的代表团成员一人署名，送交逐字记录处处长"
    "办公室。更正后的记录将以电子文本方式在联合国正式文件系统上重发。本记录载有以中文发言的原文和用其他语文"
    "发言的译文。更正只应对发言的原文提出。更正将在届会结束后编成一份总的更正印发。本逐字记录可更正。本记录"
    "可以更正。本记录可予更正。更正应以一种工作语文提出，列入一份备忘录，并填写在一份记录上。更正应于本文件"
    "印发之日起一周内送交日内瓦万国宫正式记录编辑科、文件管理科科长。裁谈会本届会议公开会议记录的任何更正将"
    "合并成一份更正，在会议结束后不久印发。最后记录将编入一份总的更正。更正应由有关的代表团成员签署，由有关"
    "代表团成员署名，尽快送交文件管理科科长，并写入一份记录打印件。更正应以一种工作语文提出，在一份备忘录中"
    "说明。",
)
_OPENING: Final = lazy_pattern(
    r"本记录包括中文发言的文本|本(?:逐字)?记录可以?更正|本记录可予更正|本记录载有"
    r"|This record (?:contains the (?:original )?text of speeches|is subject to correction)"
)
_ENDED: Final = lazy_pattern(r"[.。]$")
# Rooms, addresses, pages of the Web.
_NAMES: Final = lazy_pattern(
    r"\(?https?://[!-~]+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]+|\b[A-Z]{1,3}[-.]?\d[\d.-]*|\([A-Z]{1,3}-\d+\)"
)
_TOKEN: Final = lazy_pattern(f"[{HAN}]|[A-Za-z]+")


def _pairs(text: str) -> list[tuple[str, str]]:
    return list(pairwise(_TOKEN.findall(text.lower())))


_KNOWN_PAIRS: Final = frozenset(pair for text in _WORDING for pair in _pairs(text))
_KNOWN_TOKENS: Final = frozenset(token for pair in _KNOWN_PAIRS for token in pair)


def find_notices(lines: Sequence[Line]) -> set[int]:
    """Find the places of the lines of notices, from the words that open one on."""
    found: set[int] = set()
    for start, line in enumerate(lines):
        text = close_spacing(line.text) if line.text[:1] == "本" else line.text
        if start in found or _OPENING.match(text) is None:
            continue
        alike = [
            place
            for place in range(start, min(start + LONGEST_NOTICE, len(lines)))
            if _is_alike(lines[place].text)
        ]
        if not alike or alike[0] != start:
            continue
        # An organ's name may be of the same words: the notice ends with the stop of a sentence.
        while len(alike) > 1 and not _ENDED.search(lines[alike[-1]].text):
            alike.pop()
        found.update(alike)
    return found


def _is_alike(text: str) -> bool:
    plain = _NAMES.sub("", text).lower()
    tokens, pairs = _TOKEN.findall(plain), _pairs(plain)
    foreign = sum(token not in _KNOWN_TOKENS for token in tokens)
    if len(pairs) < FEW:
        return not foreign and (bool(tokens) or plain != text.lower())
    known = [pair in _KNOWN_PAIRS for pair in pairs]
    if foreign > MOST_FOREIGN or sum(known) < ALIKE * len(pairs):
        return False
    runs = (sum(1 for _ in run) for is_known, run in groupby(known) if not is_known)
    return max(runs, default=0) < LONGEST_FOREIGN
