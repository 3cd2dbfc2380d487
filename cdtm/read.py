"""`cdtm read`: a record as it was read, for a person who checks it before it is aligned."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from cdtm.show import LANGUAGES, count
from corpora.atomic import atomic_write
from corpora.errors import UserError
from corpora.left_out import count_text, describe_left_out, is_text
from corpora.record import read_stages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cdtm.jobs.pair import ReadJob
    from corpora.document import DroppedLine, Sentence
    from corpora.record import Stages

SUFFIXES: Final = (".html", ".htm", ".txt")
# What neither a terminal nor a page should be given to interpret.
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that was kept.

    Attributes:
        page: on which it begins; 0 if unknown.
        speaker: who says it, where another turn begins with it; empty otherwise.
        sentences: number, counted from 0 as in .links files, and text of each.
    """

    page: int
    speaker: str
    sentences: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Lines that follow each other and were left out for one reason.

    Attributes:
        page: of the first; 0 if unknown.
        reason: as `corpora.repair.furniture` or a reader gives it.
        lines: their texts.
        says: whether a sentence is among them.
    """

    page: int
    reason: str
    lines: tuple[str, ...]
    says: bool


def run_read(job: ReadJob) -> None:
    """Read a record and show it, in the terminal or as a file.

    Raises:
        UserError: the file cannot be read, or the output not be written.
    """
    suffix = job.output.suffix.lower() if job.output else ".txt"
    if suffix not in SUFFIXES:
        raise UserError(
            f"The suffix of {job.output} names no form of report: write to a file that ends in "
            ".html or .txt."
        )
    if job.output and job.output.resolve() == job.file.resolve():
        raise UserError(f"{job.output} is the file to read: write to another name.")
    stages = read_stages(job.file, language=job.language, encoding=job.encoding)
    parts = list(parts_of(stages))
    if job.left_out:
        parts = [part for part in parts if isinstance(part, LeftOut)]
    text = page_of(stages, parts) if suffix != ".txt" else "\n".join(lines_of(stages, parts)) + "\n"
    if job.output is None:
        sys.stdout.write(text)
        return
    with atomic_write(job.output) as stream:
        stream.write(text.encode("utf-8"))


def facts_of(stages: Stages) -> Iterator[tuple[str, str]]:
    """Say what the file is, what was read of it and what was left out."""
    document, raw = stages.document, stages.raw
    pages = max((line.page for line in raw.lines), default=0)
    kind = raw.kind.upper() + (f", {count(pages, 'page')}" if pages else "")
    kind += f", read as {document.encoding}" if document.encoding else ""
    yield "File", f"{document.name}: {kind}"
    yield "Language", f"{LANGUAGES[document.language]}, {document.script} script"
    yield "Symbol", document.symbol or "none found"
    if document.date:
        yield "Meeting", f"{document.date.day} {document.date:%B %Y}"
    paragraphs = {sentence.paragraph for sentence in document.sentences}
    turns = {sentence.turn for sentence in document.sentences if sentence.speaker}
    yield (
        "Read",
        f"{count(len(document.sentences), 'sentence')} in {count(len(paragraphs), 'paragraph')}, "
        f"{count(len(turns), 'turn')} of speakers",
    )
    reasons = Counter(line.reason for line in document.dropped)
    told = ", ".join(f"{reason} {number:,}" for reason, number in reasons.most_common())
    text = count(count_text(document.dropped), "character")
    yield (
        "Left out",
        f"{count(len(document.dropped), 'line')}, {text} of sentences among them"
        + (f" ({told})" if told else ""),
    )
    omitted = describe_left_out(document)
    for note in (*document.notes, *filter(None, [omitted])):
        yield "Note", note


def parts_of(stages: Stages) -> Iterator[Paragraph | LeftOut]:
    """Give the paragraphs and what was left out, in the order of the file's lines."""
    found: list[tuple[int, int, Paragraph | LeftOut]] = []
    turn = -1
    for sentences in _by_paragraph(stages):
        (number, first), *_ = sentences
        speaker = ""
        if first.turn != turn and first.speaker is not None:
            affiliation = f" ({first.speaker.affiliation})" if first.speaker.affiliation else ""
            speaker = first.speaker.name + affiliation
        turn = first.turn
        texts = tuple((number, sentence.text) for number, sentence in sentences)
        found.append((first.line, number, Paragraph(first.page, speaker, texts)))
    for lines in _by_reason(stages.document.dropped):
        part = LeftOut(
            lines[0].page,
            lines[0].reason,
            tuple(line.text for line in lines),
            any(map(is_text, lines)),
        )
        found.append((lines[0].number, 0, part))
    found.sort(key=lambda each: each[:2])
    yield from (part for *_, part in found)


def _by_paragraph(stages: Stages) -> Iterator[list[tuple[int, Sentence]]]:
    group: list[tuple[int, Sentence]] = []
    for number, sentence in enumerate(stages.document.sentences):
        if group and sentence.paragraph != group[-1][1].paragraph:
            yield group
            group = []
        group.append((number, sentence))
    if group:
        yield group


def _by_reason(dropped: Sequence[DroppedLine]) -> Iterator[list[DroppedLine]]:
    group: list[DroppedLine] = []
    for line in sorted(dropped, key=lambda line: line.number):
        follows = group and line.number == group[-1].number + 1
        if group and not (follows and line.reason == group[-1].reason):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _plain(text: str) -> str:
    return _CONTROL.sub("\ufffd", text)


def lines_of(stages: Stages, parts: Sequence[Paragraph | LeftOut]) -> Iterator[str]:
    """Write the report as lines of plain text, a sentence a line."""
    facts = list(facts_of(stages))
    width = max(len(heading) for heading, _ in facts)
    yield from (f"{heading:<{width}}  {_plain(text)}" for heading, text in facts)
    page = 0
    for part in parts:
        yield ""
        if part.page > page:
            page = part.page
            yield f"──── page {page} ────"
        if isinstance(part, LeftOut):
            says = ", TEXT" if part.says else ""
            yield from (f"     ✗ {_plain(line)}   [{part.reason}{says}]" for line in part.lines)
            continue
        if part.speaker:
            yield f"{_plain(part.speaker)}:"
        yield from (f"{number:>5}  {_plain(text)}" for number, text in part.sentences)


_STYLE: Final = """
body { font: 16px/1.5 Georgia, "Noto Serif CJK SC", SimSun, serif; margin: 2rem auto;
  max-width: 52rem; padding: 0 1rem; color: #222; background: #fff; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem;
  font-family: system-ui, sans-serif; }
dt { font-weight: bold; } dd { margin: 0; overflow-wrap: anywhere; }
h2 { font: bold 1rem system-ui, sans-serif; color: #666; border-top: 1px solid #ccc;
  margin: 2rem 0 .5rem; padding-top: .3rem; }
h3 { font: bold 1rem system-ui, sans-serif; margin: 1.2rem 0 .2rem; }
p { margin: .5rem 0; } sup { color: #777; font: .65rem system-ui, sans-serif; }
.out { color: #777; border-left: 3px solid #ccc; padding-left: .7rem; font-size: .85rem; }
.out.says { color: #802000; border-color: #c04000; }
.why { font-family: system-ui, sans-serif; font-style: italic; }
"""


def page_of(stages: Stages, parts: Sequence[Paragraph | LeftOut]) -> str:
    """Write the report as a page of its own for a browser, without scripts."""
    name = escape(_plain(stages.document.name))
    facts = "".join(
        f"<dt>{escape(heading)}</dt><dd>{escape(_plain(text))}</dd>\n"
        for heading, text in facts_of(stages)
    )
    language = "zh" if stages.document.language == "zh" else "en"
    body = "\n".join(_html_of(parts))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{name} as read</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<h1>{name}</h1>\n<dl>\n{facts}</dl>\n<main lang="{language}">\n{body}\n</main>\n'
        "</body>\n</html>\n"
    )


def _html_of(parts: Sequence[Paragraph | LeftOut]) -> Iterator[str]:
    page = 0
    for part in parts:
        if part.page > page:
            page = part.page
            yield f"<h2>Page {page}</h2>"
        if isinstance(part, LeftOut):
            lines = "<br>".join(escape(_plain(line)) for line in part.lines)
            kind = "out says" if part.says else "out"
            why = f'<span class="why">{escape(part.reason)}</span>'
            yield f'<p class="{kind}">{lines} {why}</p>'
            continue
        if part.speaker:
            yield f"<h3>{escape(_plain(part.speaker))}</h3>"
        sentences = " ".join(
            f"<sup>{number}</sup>{escape(_plain(text))}" for number, text in part.sentences
        )
        yield f"<p>{sentences}</p>"
