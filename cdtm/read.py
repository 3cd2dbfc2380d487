"""`cdtm read`: a record as it was read, for a person who checks it before it is aligned."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cdtm.show import LANGUAGES, count
from corpora.atomic import atomic_write
from corpora.errors import UserError
from corpora.left_out import count_text, describe_left_out, is_text
from corpora.record import read_stages
from tmx_out.units import speaker_name
from tmx_out.xml_text import without_controls as _plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cdtm.jobs.pair import ReadJob
    from corpora.record import Stages

SUFFIXES: Final = (".html", ".htm", ".txt")


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
    """Lines that follow each other and were left out for one reason, all sentences or none.

    Attributes:
        page: of the first; 0 if unknown.
        reason: as `corpora.repair.furniture` or a reader gives it.
        lines: their texts.
        says: whether they hold sentences.
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
    numbered = enumerate(stages.document.sentences)
    for _, sentences in groupby(numbered, key=lambda each: each[1].paragraph):
        (number, first), *others = sentences
        speaker = speaker_name(first.speaker) if first.turn != turn else ""
        turn = first.turn
        texts = ((number, first.text), *((n, sentence.text) for n, sentence in others))
        found.append((first.line, number, Paragraph(first.page, speaker, texts)))
    dropped = enumerate(sorted(stages.document.dropped, key=lambda line: line.number))
    # Of lines that follow each other, number and place grow alike.
    for (_, reason, says), group in groupby(
        dropped, key=lambda each: (each[1].number - each[0], each[1].reason, is_text(each[1]))
    ):
        lines = [line for _, line in group]
        out = LeftOut(lines[0].page, reason, tuple(line.text for line in lines), says)
        found.append((lines[0].number, 0, out))
    found.sort(key=lambda each: each[:2])
    yield from (part for *_, part in found)


def _with_pages(
    parts: Iterable[Paragraph | LeftOut],
) -> Iterator[tuple[int, Paragraph | LeftOut]]:
    """Give each part with its page where a page begins with it, else with 0."""
    page = 0
    for part in parts:
        yield (part.page if part.page > page else 0), part
        page = max(page, part.page)


def lines_of(stages: Stages, parts: Sequence[Paragraph | LeftOut]) -> Iterator[str]:
    """Write the report as lines of plain text, a sentence a line."""
    facts = list(facts_of(stages))
    width = max(len(heading) for heading, _ in facts)
    yield from (f"{heading:<{width}}  {_plain(text)}" for heading, text in facts)
    for page, part in _with_pages(parts):
        yield ""
        if page:
            yield f"──── page {page} ────"
        if isinstance(part, LeftOut):
            says = ", TEXT" if part.says else ""
            yield from (f"     ✗ {_plain(line)}   [{part.reason}{says}]" for line in part.lines)
            continue
        if part.speaker:
            yield f"{_plain(part.speaker)}:"
        yield from (f"{number:>5}  {_plain(text)}" for number, text in part.sentences)


def page_of(stages: Stages, parts: Sequence[Paragraph | LeftOut]) -> str:
    """Write the report as a page of its own for a browser, without scripts."""
    from tmx_out.html_text import templates  # Jinja is loaded for a page only

    return (
        templates(Path(__file__).parent)
        .get_template("read.html")
        .render(
            name=stages.document.name,
            facts=facts_of(stages),
            language=stages.document.language,
            pages=_with_pages(parts),
        )
    )
