"""`cdtm trace`: one sentence after each stage, to see where something went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rich.table import Table
from rich.text import Text

from align.encoder.directions import unit_rows
from align.encoder.load import load_encoder
from align.pair import align_pair
from cdtm.pair.fit import check_fit, check_inputs, order_pair, split_encodings
from cdtm.show import LANGUAGES, console, plain, working
from corpora.errors import UserError
from corpora.record import read_stages
from tmx_out.units import speaker_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align import Alignment, Bead, Span
    from align.encoder.load import Encoder
    from cdtm.jobs.pair import TraceJob
    from corpora import Document, Language, Sentence
    from corpora.record import Stages

NEIGHBOURS = 5
"""Nearest sentences of the other side that are shown."""

AROUND = 2
"""Physical lines shown before and after those of the sentence, blank ones not counted."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines under it, each with a margin such as a line number."""

    heading: str
    lines: tuple[tuple[str, str], ...]


def run_trace(job: TraceJob) -> None:
    """Read and align two records, and print one sentence after each stage on stdout.

    Raises:
        UserError: a file cannot be read, the two do not fit, or there is no such sentence.
    """
    check_inputs(job.files)
    with working("Reading the records") as say:
        first, second = (
            read_stages(file, encoding=encoding)
            for file, encoding in zip(job.files, split_encodings(job.encodings), strict=True)
        )
        zh, en = order_pair(first.document, second.document)
        if not job.force:
            check_fit(zh, en)
        stages = first if first.document.language == job.side else second
        check_number(stages.document, job.number)
        say("Aligning")
        model = load_encoder(job.encoder)
        alignment = align_pair(zh, en, model)
        sections = list(trace_sentence(stages, job.number, alignment, model))
    print_sections(sections)


def check_number(document: Document, number: int) -> None:
    """Refuse a number that no sentence has.

    Raises:
        UserError: the document is shorter.
    """
    last = len(document.sentences) - 1
    if number > last:
        raise UserError(
            f"{document.name} has no sentence {number}: its sentences are 0 to {last:,}, "
            "as a .links file counts them."
        )


def trace_sentence(
    stages: Stages, number: int, alignment: Alignment, encoder: Encoder
) -> Iterator[Section]:
    """Give the stages of one sentence, in the order of work."""
    document = stages.document
    sentence = document.sentences[number]
    yield Section(f"1  Physical lines of {document.name}", tuple(physical_lines(stages, number)))
    yield repaired(stages, sentence)
    yield Section(f"3  {LANGUAGES[document.language]} sentence {number}", tuple(facts_of(sentence)))
    neighbours = tuple(near(document, number, alignment, encoder))
    yield Section("4  Tokens and nearest neighbours", neighbours)
    yield Section("5  Bead", tuple(bead_lines(document.language, number, alignment)))


def physical_lines(stages: Stages, number: int) -> Iterator[tuple[str, str]]:
    """Give the lines that the sentence stands on and those around, dropped ones with reasons."""
    begin, end = lines_of_sentence(stages, number)
    dropped = {line.number: line.reason for line in stages.dropped}
    for line in stages.raw.lines:
        if begin - AROUND <= line.number <= end + AROUND:
            mark = "│" if begin <= line.number <= end else " "
            reason = dropped.get(line.number)
            text = f"{mark} {line.text}"
            page = f"p{line.page} " if line.page else ""
            yield f"{page}{line.number}", text if reason is None else f"{text}   ✗ {reason}"


def lines_of_sentence(stages: Stages, number: int) -> tuple[int, int]:
    """Find the first and last physical line of a sentence, both 1-based and included.

    A sentence ends where the next one begins, on the same line or, in a new paragraph, above it.
    The last one, or one whose reader knows no lines, ends with its paragraph.
    """
    sentences = stages.document.sentences
    sentence = sentences[number]
    following = sentences[number + 1] if number + 1 < len(sentences) else None
    if following is not None and following.paragraph == sentence.paragraph:
        return sentence.line, following.line
    starts = stages.paragraphs[sentence.paragraph].starts
    return sentence.line, max((line for _, _, line in starts), default=sentence.line)


def repaired(stages: Stages, sentence: Sentence) -> Section:
    """Show the paragraph that the sentence stands in, and the rules that changed it."""
    paragraph = stages.paragraphs[sentence.paragraph]
    rules = ", ".join(paragraph.rules) or "none"
    lines = (("", paragraph.text), ("begins by", paragraph.begins), ("rules", rules))
    return Section(f"2  Repaired paragraph {sentence.paragraph}", lines)


def facts_of(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """Say what the sentence is, who says it, where it stands."""
    yield "", sentence.text
    speaker = sentence.speaker
    if speaker is None:
        yield "speaker", "none"
    else:
        spoken = f", speaking {speaker.spoken}" if speaker.spoken else ""
        yield "speaker", f"{speaker_name(speaker)}{spoken}, turn {sentence.turn}"
    page = f"page {sentence.page}, " if sentence.page else ""
    yield "place", f"{page}line {sentence.line}, paragraph {sentence.paragraph}"


def near(
    document: Document, number: int, alignment: Alignment, encoder: Encoder
) -> Iterator[tuple[str, str]]:
    """Give the tokens, where the encoder tells them, and the other side's nearest sentences."""
    other = alignment.en if document.language == "zh" else alignment.zh
    text = document.sentences[number].text
    tokenizer = getattr(encoder, "tokenizer", None)
    if tokenizer is not None:
        yield "tokens", " ".join(tokenizer.encode(text, add_special_tokens=False).tokens)
    units = unit_rows(encoder.encode([text, *(sentence.text for sentence in other.sentences)]))
    cosines = units[1:] @ units[0]
    for place in np.argsort(-cosines, kind="stable")[:NEIGHBOURS]:
        margin = f"{cosines[place]:.3f}  {other.language} {place}"
        yield margin, other.sentences[place].text


def bead_lines(language: Language, number: int, alignment: Alignment) -> Iterator[tuple[str, str]]:
    """Give the bead that holds the sentence, with its confidence, and the beads beside it."""
    place = next(
        place
        for place, bead in enumerate(alignment.beads)
        if span_of(bead, language)[0] <= number < span_of(bead, language)[1]
    )
    bead = alignment.beads[place]
    if place:
        yield "before", name_bead(alignment.beads[place - 1])
    yield "this", name_bead(bead)
    for document, span in ((alignment.zh, bead.zh), (alignment.en, bead.en)):
        for sentence in document.sentences[span[0] : span[1]]:
            yield document.language, sentence.text
        if span[0] == span[1]:
            yield document.language, "(nothing: an omission)"
    if place + 1 < len(alignment.beads):
        yield "after", name_bead(alignment.beads[place + 1])


def span_of(bead: Bead, language: Language) -> Span:
    """Give the bead's range on one side."""
    return bead.zh if language == "zh" else bead.en


def name_bead(bead: Bead) -> str:
    """Write a bead on one line: sentence numbers, kind, score, confidence, flags."""
    numbers = ":".join(str(list(range(*span))) for span in (bead.zh, bead.en))
    flags = f", flags: {', '.join(bead.flags)}" if bead.flags else ""
    return (
        f"{numbers}  {bead.kind}, score {bead.score:.3f}, confidence {bead.confidence:.3f}{flags}"
    )


def print_sections(sections: Sequence[Section]) -> None:
    """Print headings and lines; on a terminal, long text hangs under its own beginning."""
    out = console()
    for section in sections:
        out.print(Text(plain(section.heading), style="bold"), soft_wrap=True)
        if not out.is_terminal:
            width = max(8, *(len(margin) for margin, _ in section.lines))
            for margin, text in section.lines:
                print(f"  {margin:>{width}}  {plain(text)}")
            print()
            continue
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="dim", justify="right", min_width=8, no_wrap=True)
        grid.add_column(overflow="fold")
        for margin, text in section.lines:
            grid.add_row(margin, Text(plain(text), style="dim" if "   ✗ " in text else ""))
        out.print(grid)
        out.print()
