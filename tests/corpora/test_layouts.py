"""However a record is laid out, the same sentences, speakers and paragraphs come out of it."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise, zip_longest
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

import pytest

import cdtm
from corpora.document import Line
from corpora.record import document_from_text, read_document, split_passage
from corpora.repair.labels import match_label, stands_alone
from corpora.repair.rules import repair_paragraph
from corpora.structure import find_turns
from tests.corpora.making_layouts import STYLES, Style, lay_out, solid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora.document import Language, Sentence

SAMPLE: Final = Path(cdtm.__file__).parent / "sample"

# Sentences whose middle looks like an end: wherever a line or page ends in them, they stay whole.
HARD: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        "The President: I thank H.E. Mr. Smith of Canada for his statement and for the kind words "
        "that he addressed to the U.S. delegation, the U.K. delegation and to me.",
        "Those are the non-nuclear-weapon States’ representatives, who asked for legally binding "
        "“guarantees” that they would be heard, and for the nuclear-weapon States’ “assurances”.",
        "Growth of 3.5 per cent, as paragraph 10.30 of document CD/PV.15 says, was reached before "
        "3 p.m. on Monday, and of 4.25 per cent by 6 p.m. and later.",
        "He quoted article VI, para. 2, of the Treaty, vol. 3, No. 10, and paras. 4.1 to 4.7.",
        "Mr. J. Smith, Ms. A. B. Jones and Dr. Brown of St. Lucia, Inc. and others spoke, etc., in "
        "the States parties’ name.",
        "H.E. Ms. Jones (Canada): In 2030, the “programme of work” (see CD/1864) was adopted; the "
        "“schedule” (CD/1866) was not, and document A/RES/73/546 did not change that.",
        "Is that so?",
        "The meeting was called for “peace”, “security” and the Conference’s “revitalization”.",
        "We have three requests: (a) to begin in 2031; (b) to report on item 4.2; and (c) to end.",
        "Thank you, Mr. President.",
        "Mr. Wood (United States of America) (spoke in Spanish): I agree with the E.U. statement.",
        "The resolution of 12 May 1996 — adopted at 10 a.m. — and that of 2031–2032 stand.",
    ),
    "zh": (
        "主席(以英语发言)：我感谢 H.E. Smith 先生的发言，并感谢他对 U.S. 代表团说的话。",
        "无核武器国家的代表要求得到具有法律约束力的“保证”，他们说“够了！”的时候已是下午 3.5 时。",
        "如文件 CD/PV.15 第 10.30 段所述，增长率为 3.5%，后来又达到 4.25%。",
        "“无核武器国家”一词、“核武器国家”一词和《条约》第 6 条(见 CD/1864)的意思都很清楚。",
        "哈希姆·穆斯塔法先生(伊拉克)(以阿拉伯语发言)：主席先生，我国代表团同意。",
        "何去何从？",
        "我们有三项请求：(a) 在 2031 年开始；(b) 报告项目 4.2；(c) 结束。",
        "决议――我再说一遍，第 2815(2026)号决议――仍然有效。",
        "谢谢主席先生。",
        "桑切斯·德莱林·加西亚－奥维斯先生(西班牙)(以西班牙语发言)：谢谢。",
    ),
}  # fmt: skip

Source = tuple[tuple[str, bool], ...]
"""Sentences, and whether each must begin a paragraph."""


def source_of(sentences: Sequence[str], language: Language) -> Source:
    """Mark what always stands at a paragraph's start: labels, fixed lines, heads and lists."""
    out, alone = [], True
    for text in sentences:
        fixed = stands_alone(text) or re.search(r"[。.?!？！”’)）…]$", text) is None
        out.append((text, alone or fixed or match_label(text) is not None))
        alone = fixed
    return tuple(out)


@cache
def sources_of(language: Language, shared: Path | None = None) -> tuple[Source, ...]:
    """What is laid out: the sample, the hard sentences, and the real records if they are there."""
    sample = read_document(SAMPLE / f"CD_PV.9999.{language}.txt").sentences
    texts = [[sentence.text for sentence in sample], list(HARD[language])]
    if shared is not None:
        gold = shared / "gold"
        files = [*gold.glob(f"cdpv-*/*.{language}"), *gold.glob(f"spv/*.{language}")]
        texts += [path.read_text(encoding="utf-8").splitlines() for path in sorted(files)]
    return tuple(source_of(each, language) for each in texts)


def make_paragraphs(source: Source, language: Language, random: Random) -> list[str]:
    """Group a stretch of the source's sentences into paragraphs of one to five."""
    start = random.randrange(max(1, len(source) - 30))
    stretch = list(source[start : start + random.randint(25, 60)])
    if len(source) < 20:
        first, *rest = source
        random.shuffle(rest)
        stretch = [first, *rest]
    opening = "主席(以英语发言)：现在开会。" if language == "zh" else "The President: Good morning."
    paragraphs, left = [opening], 0
    for text, begins in stretch:
        if begins or left == 0:
            paragraphs.append(text)
            left = random.randint(1, 5)
        else:
            paragraphs[-1] += text if language == "zh" else f" {text}"
        left -= 1
    return paragraphs


def expect(paragraphs: Sequence[str], language: Language) -> list[Sentence]:
    """What comes out when no line is wrapped."""
    repaired = [repair_paragraph([Line(text, 0, 1)], language) for text in paragraphs]
    return [
        sentence
        for number, passage in enumerate(find_turns(repaired))
        for sentence in split_passage(passage, number, language)
    ]


def paragraph_starts(sentences: Sequence[Sentence]) -> set[int]:
    """Where each paragraph but the first begins, in solid characters from the start."""
    starts, place, before = set(), 0, 0
    for sentence in sentences:
        if sentence.paragraph != before:
            starts.add(place)
        before = sentence.paragraph
        place += solid(sentence.text)
    return starts


def check(source: Source, style: Style, random: Random) -> list[tuple[str, str]]:
    """Lay out and read; what went wrong, by kind.

    Where the layout does not show that a paragraph begins, it may be read as one with the paragraph
    before, and a page that ends with a sentence may be taken for a paragraph's end where there are
    no indents; nothing else may differ.
    """
    language = style.language
    paragraphs = make_paragraphs(source, language, random)
    layout = lay_out(paragraphs, style, random)
    got = document_from_text(layout.text, name="layout", language=language).sentences
    found = paragraph_starts(got)
    wanted, problems, place = [paragraphs[0]], [], solid(paragraphs[0])
    for shown, text in zip(layout.shown, paragraphs[1:], strict=True):
        if place in found or shown or match_label(text) is not None:
            wanted.append(text)
        else:
            wanted[-1] += text if language == "zh" else f" {text}"
            problems.append(("undecided", text[:30]))
        place += solid(text)
    sentences = expect(wanted, language)
    for ours, theirs in zip_longest(sentences, got):
        if ours is None or theirs is None or ours.text != theirs.text:
            return [("sentence", f"{ours and ours.text}\n      {theirs and theirs.text}")]
        if (ours.speaker, ours.turn, ours.label) != (theirs.speaker, theirs.turn, theirs.label):
            return [("speaker", f"{ours}\n      {theirs}")]
    starts = paragraph_starts(sentences)
    at_cuts = set() if style.indent else layout.cuts
    problems += [("undecided, page end", str(at)) for at in (found - starts) & at_cuts]
    problems += [("false", _context(sentences, at)) for at in found - starts - at_cuts]
    problems += [("missed", _context(sentences, at)) for at in starts - found]
    return problems


def _context(sentences: Sequence[Sentence], at: int) -> str:
    place = 0
    for before, after in pairwise(sentences):
        place += solid(before.text)
        if place >= at:
            return f"…{before.text[-40:]} | {after.text[:40]}"
    return ""


SEEDS: Final = 4
"""Layouts for each style and source in the suite; thousands were run while the rules were made."""


def run(name: str, sources: Sequence[Source]) -> dict[str, list[str]]:
    """Lay out every source in a style, a few times each; what went wrong, by kind."""
    found: dict[str, list[str]] = {}
    for number, source in enumerate(sources):
        for seed in range(SEEDS):
            random = Random(seed * 100 + number)
            for kind, what in check(source, STYLES[name], random):
                found.setdefault(kind, []).append(f"source {number}, seed {seed}: {what}")
    return found


def wrong(found: dict[str, list[str]]) -> list[str]:
    return [
        f"{kind}: {what}"
        for kind, each in found.items()
        if not kind.startswith("undecided")
        for what in each
    ]


@pytest.mark.parametrize("name", STYLES)
def test_every_layout_gives_the_same_record(name: str) -> None:
    assert wrong(run(name, sources_of(STYLES[name].language))) == []


@pytest.mark.parametrize("name", STYLES)
def test_every_layout_of_real_records_gives_the_same(name: str, shared: Path) -> None:
    assert wrong(run(name, sources_of(STYLES[name].language, shared)[2:])) == []


@pytest.mark.xfail(strict=True, reason="no indents, a full line, a page end: nothing tells which")
def test_a_page_that_ends_with_a_sentence_ends_no_paragraph() -> None:
    text = (
        "The President: Good morning. I declare open this meeting of the Conference now.\n"
        "We shall begin with the first item on the agenda. It is that of last week, Sir.\n"
        "31-25750 21/44\nS/PV.9999 Women and peace and security 06/10/2031\n"
        "The second item will be taken up in the afternoon, and we shall end at five, as\n"
        "has been agreed.\n"
    )
    document = document_from_text(text, name="page", language="en")
    assert {sentence.paragraph for sentence in document.sentences} == {0}


@pytest.mark.xfail(strict=True, reason="only a list of English words knows that it is one")
def test_a_broken_word_that_stands_nowhere_else_in_a_record_that_breaks_no_others() -> None:
    text = (
        " The President: The parties must take the vital step of partici-\n"
        "pating in the talks.\n"
        " We thank them for all that they have done so far.\n"
    )
    document = document_from_text(text, name="word", language="en")
    assert "participating" in document.sentences[0].text
