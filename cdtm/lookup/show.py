"""`cdtm lookup`: what a memory knows of a text, on a terminal, in a pipe, as JSON or a table."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from cdtm.jobs.days import parse_days
from cdtm.lookup.answer import (
    ANYWHERE,
    Answer,
    Equivalent,
    Hit,
    agreeing,
    other,
    renderings,
    side_of,
    units_read,
    verdicts,
)
from cdtm.lookup.looker import Looker
from cdtm.lookup.stats import chart, count_units
from cdtm.memory.choice import Choice
from cdtm.memory.search import COUNTED
from cdtm.show import console, plain
from corpora.atomic import atomic_write
from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rich.text import Text

    from cdtm.jobs.memory import LookupJob
    from cdtm.lookup.answer import Place

UNSURE = "no sure equivalent: the units show how it was rendered"
"""What is said where no rendering is sure."""

LIMIT = 10
"""Units that are shown, unless it is said."""

CHARTED = 2_000
"""Units, the newest, that are counted for a chart."""

SHOWN = 8
"""Renderings that are listed."""

COLUMNS = (
    *("match", "kind", "searched", "rendering", "zh", "en"),
    *("document", "date", "speaker", "confidence", "flags", "tuid"),
)
"""Of a table of hits."""


def run_lookup(job: LookupJob) -> Answer:
    """Look up and print.

    Raises:
        UserError: an option is wrong, the workspace holds no memory, or there is nothing to look
            for.
    """
    if not job.text.strip():
        raise UserError("There is nothing to look up: give a word or a sentence.")
    since, until = parse_days(job.since, job.until)
    choice = Choice(since=since, until=until, symbols=job.symbols, speaker=job.speaker)
    shown = job.limit or (COUNTED if job.output is not None else LIMIT)
    with Looker.open(job.workspace) as looker:
        limit = max(shown, CHARTED) if job.stats else shown
        answer = looker.find(job.text, choice=choice, limit=limit, order=job.sort)
    every, answer = answer, replace(answer, hits=answer.hits[:shown])
    if job.output is not None:
        write_table(answer, job.output)
        held = sum(hit.kind == "exact" for hit in answer.hits)
        print(f"Written {held:,} of {answer.total:,} units that hold it to {job.output}")
    elif job.as_json:
        json.dump(as_json(answer), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        show(answer)
    if job.stats and not job.as_json:
        exact = [hit.unit for hit in every.hits if hit.kind == "exact"]
        print(f"\n{len(exact):,} of {every.total:,} units")
        print("\n".join(map(plain, chart(count_units(exact)))))
    if answer.note:
        print(f"cdtm: {plain(answer.note)}", file=sys.stderr)
    return answer


# ------------------------------------------------------------------------------------- for people


def show(answer: Answer) -> None:
    """Print an answer; matches are coloured on a terminal, and in brackets elsewhere."""
    coloured = sys.stdout.isatty()
    say = partial(console().print, soft_wrap=True) if coloured else print
    say(plain(headline(answer)))
    for equivalent in answer.equivalents[:SHOWN]:
        say(f"  {plain(describe(equivalent, answer))}")
    if answer.total and not answer.equivalents and ANYWHERE not in answer.looked_for:
        say(f"  {UNSURE}")
    for verdict in verdicts(answer):
        say(f"  {plain(verdict)}")
    for number, hit in enumerate(answer.hits, start=1):
        say()
        say(f"{number:>3}  {plain(origin(hit))}")
        for language in (answer.language, other(answer.language)):
            places = hit.found if language == answer.language else hit.rendered
            text = plain(side_of(hit.unit, language))  # a character for a character
            say(coloured_in("     ", text, places) if coloured else f"     {marked(text, places)}")


def headline(answer: Answer) -> str:
    """Say how often a text was found."""
    if not answer.total:
        guess = "; ".join(f"{text} ({count:,})" for text, count in answer.meant)
        asked = f" Did you mean {guess}?" if guess else ""
        near = " Nearest to it:" if answer.hits else ""
        address = " An address is not looked up: give the words, or --symbol for a document."
        asked = address if "://" in answer.text else asked
        return f"{answer.text}: not in the memory.{asked}{near}"
    more = " or more" if answer.total >= COUNTED else ""
    found = f"in {answer.total:,}{more} " + ("unit" if answer.total == 1 else "units")
    if answer.looked_for:
        return f"{answer.text}: not as it is written. {answer.looked_for}: {found}"
    return f"{answer.text}: {found}"


def describe(equivalent: Equivalent, answer: Answer) -> str:
    """Write a rendering with the units in which it stands and the day when it was last used."""
    last = f", last {equivalent.last}" if equivalent.last else ""
    return f"{equivalent.text}  {equivalent.count:,} of {units_read(answer)}{last}"


def origin(hit: Hit) -> str:
    """Say where a unit comes from and how far it can be trusted."""
    unit = hit.unit
    match = "" if hit.kind == "exact" else f"{hit.match:.0%} {hit.kind}"
    sure = "" if unit.confidence is None else f"confidence {unit.confidence:.0%}"
    day = "" if unit.date is None else str(unit.date)
    parts = [match, unit.document, day, unit.speaker, sure, ", ".join(unit.flags)]
    return "  ".join(part for part in parts if part)


def coloured_in(before: str, text: str, places: Sequence[Place]) -> Text:
    """Colour places of a text."""
    from rich.text import Text

    out = Text(before + text)
    for start, end in places:
        out.stylize("bold yellow", start + len(before), end + len(before))
    return out


def marked(text: str, places: Sequence[Place]) -> str:
    """Put places of a text in brackets."""
    for start, end in sorted(places, reverse=True):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


# ----------------------------------------------------------------------------------- for programs


def as_json(answer: Answer) -> dict[str, Any]:
    """Give all of an answer as JSON takes it."""
    told = {"note": answer.note} if answer.note else {}
    return told | {
        "text": answer.text,
        "language": answer.language,
        "total": answer.total,
        "read": answer.read,
        "looked_for": answer.looked_for or answer.text,
        "meant": [{"text": text, "units": count} for text, count in answer.meant],
        "equivalents": [
            {
                "text": equivalent.text,
                "count": equivalent.count,
                "share": round(equivalent.share, 4),
                "last": str(equivalent.last) if equivalent.last else None,
            }
            for equivalent in answer.equivalents
        ],
        "glossary": [
            {"zh": term.zh, "en": term.en, "origin": term.origin, "note": term.note}
            | dict(zip(("form", "agree"), agreeing(term, answer), strict=True))
            for term in answer.known
        ],
        "hits": [
            {
                "kind": hit.kind,
                "match": round(hit.match, 4),
                "found": hit.found,
                "rendered": hit.rendered,
                "zh": hit.unit.zh,
                "en": hit.unit.en,
                "document": hit.unit.document,
                "date": str(hit.unit.date) if hit.unit.date else None,
                "speaker": hit.unit.speaker,
                "confidence": hit.unit.confidence,
                "flags": hit.unit.flags,
                "tuid": hit.unit.tuid,
            }
            for hit in answer.hits
        ],
    }


def rows(answer: Answer) -> Iterator[tuple[str, ...]]:
    """Give a row of `COLUMNS` for each hit."""
    joint = " … "
    for hit in answer.hits:
        unit = hit.unit
        sides = {language: side_of(unit, language) for language in (answer.language, "zh", "en")}
        searched = joint.join(sides[answer.language][start:end] for start, end in hit.found)
        yield (
            f"{hit.match:.0%}",
            hit.kind,
            searched,
            joint.join(renderings(hit, answer.language)),
            unit.zh,
            unit.en,
            unit.document,
            str(unit.date or ""),
            unit.speaker,
            "" if unit.confidence is None else f"{unit.confidence:.2f}",
            ",".join(unit.flags),
            unit.tuid,
        )


WRITTEN = (".tsv", ".xlsx", ".tmx")
"""Suffixes of the files that hits are written to."""


def write_table(answer: Answer, output: Path) -> None:
    """Write the hits to a .tsv, .xlsx or .tmx file.

    Raises:
        UserError: it has another suffix, or cannot be written.
    """
    suffix = output.suffix.lower()
    if suffix not in WRITTEN:
        raise UserError(f"The hits can be written as .tsv, .xlsx or .tmx, not as {output.name}.")
    from tmx_out.write.columns import Column
    from tmx_out.write.formats import write_tmx
    from tmx_out.write.sheet import text_row, write_sheet
    from tmx_out.xml_text import clean_text

    if suffix == ".tmx":
        write_tmx(output, (hit.unit for hit in answer.hits), source=answer.language)
        return
    found = ([clean_text(cell)[0] for cell in row] for row in rows(answer))
    with atomic_write(output) as stream:
        if suffix == ".tsv":
            stream.write(text_row(COLUMNS))
            for row in found:
                stream.write(text_row(" ".join(cell.split()) for cell in row))
        else:
            columns = [Column(name, width=60 if name in ("zh", "en") else 14) for name in COLUMNS]
            write_sheet(stream, "hits", columns, found)
