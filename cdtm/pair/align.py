"""`cdtm align`: two files in, a memory out.

The reader of records and the aligner are imported where they are called: one is loaded by the
process that reads while the other loads the encoder.
"""

from __future__ import annotations

import time
from collections import Counter
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from cdtm import __version__
from cdtm.pair.fit import (
    check_fit,
    check_inputs,
    doubts_about,
    mean_confidence,
    notes_on,
    order_pair,
    split_encodings,
)
from cdtm.pair.processes import apart, halved
from cdtm.show import count, print_facts, working
from corpora.errors import UserError
from corpora.left_out import count_text
from tmx_out.languages import parse_languages
from tmx_out.write.formats import FORMATS, WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from align import Alignment, Encoder
    from align.scores import Side
    from cdtm.jobs.pair import AlignJob
    from corpora import Document, Language
    from tmx_out.selection import WriteReport


KINDS = 4
"""Types of bead that the summary names; there may be forty."""


LONG_FILES = 500_000
"""Bytes of both files from which each is read and encoded in a process of its own, for a tenth of a
second that the process takes."""

LONG_DOCUMENT = 3_000
"""Sentences from which two processes align: they save a third of the time, and a tenth of a second
goes to the second one."""


def run_align(job: AlignJob) -> tuple[Alignment, list[WriteReport]]:
    """Do the whole job and print its summary to stderr, unless it is to be quiet.

    Everything that can be checked is checked before the first file is read, and every output is
    written only when the alignment is done.

    Raises:
        UserError: a mistake in the files or options.
    """
    started = time.perf_counter()
    check_outputs(job)
    languages = parse_languages(job.languages)
    check_inputs(job.files)
    # Reading two records takes about as long as loading the encoder.
    parts = readings(job)
    with apart(*parts) as reading, working("Reading the records") as say:
        from align import align_pair  # while the other process reads
        from align.share import here

        # Long files of the shipped encoder are encoded where they are read.
        encoder = load_ready(job.encoder, at_once=job.encoder is not None or len(parts) == 1)
        read = list(chain.from_iterable(reading()))
        zh, en = fit_pair(job, (part.document for part in read))
        say(f"Aligning {count(len(zh.sentences), 'sentence')} with {len(en.sentences):,}")
        share = halved if len(zh.sentences) >= LONG_DOCUMENT else here
        alignment = align_pair(zh, en, encoder, sides=sides_of(read), share=share)
        say("Writing")
        reports = write_outputs(job, alignment, languages)
    if not job.quiet:
        seconds = time.perf_counter() - started
        print_facts(summary_of(alignment, job.outputs, reports, seconds))
    return alignment, reports


def check_outputs(job: AlignJob) -> None:
    """Refuse outputs that could not be written, before any work is done.

    Raises:
        UserError: an unknown suffix, a missing folder, an input's own name, a name twice.
    """
    known = " ".join(WRITERS)
    seen: set[Path] = set()
    for output in job.outputs:
        if output.suffix.lower() not in WRITERS:
            raise UserError(
                f"The suffix of {output} names no format: write to a file that ends in one of "
                f"{known}."
            )
        if output.is_dir():
            raise UserError(f"{output} is a folder: give the name of a file to write.")
        if not output.parent.is_dir():
            raise UserError(f"There is no folder {output.parent}: make it, or write elsewhere.")
        place = output.resolve()
        if place in seen:
            raise UserError(f"{output} was given as output twice: give each file once.")
        if place in {file.resolve() for file in job.files}:
            raise UserError(f"{output} is one of the files to read: write to another name.")
        seen.add(place)


class Read(NamedTuple):
    """A document, and its sentences as numbers if they were encoded where it was read."""

    document: Document
    side: Side | None = None


def readings(job: AlignJob) -> list[Callable[[], list[Read]]]:
    """Part the reading of the files: long ones each by itself, for two processes."""
    size = sum(file.stat().st_size for file in job.files if file.is_file())
    if size < LONG_FILES:
        return [partial(read_files, job, job.files)]
    return [partial(read_files, job, (file,), encode=True) for file in job.files]


def read_files(job: AlignJob, files: Sequence[Path], *, encode: bool = False) -> list[Read]:
    """Read some of the job's files, and encode them if wanted and the encoder is the shipped one.

    Raises:
        UserError: one cannot be read.
    """
    from corpora.record import read_document, read_segmented

    read = read_segmented if job.segmented else read_document
    encodings = dict(zip(job.files, split_encodings(job.encodings), strict=True))
    documents = [read(file, encoding=encodings[file]) for file in files]
    if not encode or job.encoder is not None:  # another model may be too large to load twice
        return [Read(document) for document in documents]
    from align import load_encoder
    from align.pair import encode_side
    from align.settings import Settings

    encoder, settings = load_encoder(), Settings()
    return [Read(document, encode_side(document, encoder, settings)) for document in documents]


def sides_of(read: Sequence[Read]) -> tuple[Side, Side] | None:
    """Give the Chinese and the English side, if both have been encoded."""
    sides = {part.document.language: part.side for part in read}
    zh, en = sides["zh"], sides["en"]
    return None if zh is None or en is None else (zh, en)


def fit_pair(job: AlignJob, documents: Iterable[Document]) -> tuple[Document, Document]:
    """Put the Chinese document first.

    Raises:
        UserError: the two do not fit.
    """
    first, second = documents
    zh, en = order_pair(first, second)
    if not job.force:
        check_fit(zh, en)
    return zh, en


def load_ready(name: str | None, *, at_once: bool = True) -> Encoder:
    """Load the encoder of that name.

    Args:
        name: see `align.load_encoder`.
        at_once: whether it will encode many texts: what is loaded only when needed is needed now.

    Raises:
        UserError: there is no such encoder.
    """
    from align import load_encoder
    from align.encoder.static import FEW

    encoder = load_encoder(name)
    if at_once:
        encoder.encode(["裁军 disarmament"] * (FEW + 1))
    return encoder


def write_outputs(
    job: AlignJob, alignment: Alignment, languages: Mapping[Language, str]
) -> list[WriteReport]:
    """Write each output in the format of its suffix.

    Raises:
        UserError: a file cannot be written.
    """
    return [
        WRITERS[output.suffix.lower()](
            output,
            [alignment],
            source=job.source,
            languages=languages,
            min_confidence=job.min_confidence,
            version=__version__,
        )
        for output in job.outputs
    ]


def summary_of(
    alignment: Alignment,
    outputs: Sequence[Path],
    reports: Sequence[WriteReport],
    seconds: float,
) -> list[tuple[str, str]]:
    """Say what was done: pairs of a heading and a line of text."""
    facts = [
        ("Chinese", describe(alignment.zh)),
        ("English", describe(alignment.en)),
        ("Aligned", describe_beads(alignment) + f", in {seconds:.1f} s"),
    ]
    notes = [*notes_on(alignment.zh, alignment.en), *doubts_about(alignment)]
    facts += [("Note", note) for note in notes]
    for output, report in zip(outputs, reports, strict=True):
        facts.append(("Written", describe_report(output, report)))
    return facts


def describe(document: Document) -> str:
    """One line on a document: name, symbol, date, sentences, what was left out."""
    parts = [count(len(document.sentences), "sentence")]
    parts += [document.symbol] if document.symbol else []
    parts += [f"{document.date.day} {document.date:%B %Y}"] if document.date else []
    if document.dropped:
        parts.append(describe_furniture(document))
    return f"{document.name}: {', '.join(parts)}"


def describe_furniture(document: Document) -> str:
    """Say how much was left out of a document, and how much of it was text."""
    lines = f"{count(len(document.dropped), 'line')} of page furniture left out"
    text = count_text(document.dropped)
    return f"{lines}, {count(text, 'character')} of sentences among them" if text else lines


def describe_beads(alignment: Alignment) -> str:
    """One line on the beads: how many, of which kinds, how sure."""
    linked = [bead for bead in alignment.beads if not bead.is_null]
    nulls = len(alignment.beads) - len(linked)
    kinds = Counter(bead.kind for bead in linked)
    text = count(len(linked), "pair")
    if linked:
        listed = ", ".join(f"{kind}: {number:,}" for kind, number in kinds.most_common(KINDS))
        text += f" ({listed}{', …' if len(kinds) > KINDS else ''})"
    text += f", {count(nulls, 'null link')}"
    if linked:
        text += f", mean confidence {mean_confidence(alignment):.3f}"
    return text


def describe_report(output: Path, report: WriteReport) -> str:
    """One line on an output: where, how much, and what stayed out and why."""
    row = FORMATS[output.suffix.lower()].row
    text = f"{output}, {count(report.written, row)}"
    reasons = Counter(skipped.reason for skipped in report.skipped)
    if reasons:
        listed = "; ".join(f"{number:,} {reason}" for reason, number in reasons.most_common())
        text += f" (left out: {listed})"
    if report.removed_characters:
        text += f"; {count(report.removed_characters, 'character')} that XML forbids taken out"
    if report.long_segments:
        text += f"; {count(len(report.long_segments), 'unit')} over the 2,000 characters of Trados"
    return text
