"""`cdtm terms`: the terms of a memory as a table; a user's own glossary kept and verified."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from align.encoder.static import StaticEncoder
from align.terms.candidates import chinese_key, english_key
from align.terms.extract import extract_terms
from align.terms.glossary import read_glossary
from align.terms.known import merge_known, verify
from align.terms.types import Attested, Competitor
from cdtm.build.decided import open_memory
from cdtm.build.workspace import open_workspace
from cdtm.glossary import (
    DAMAGED,
    forget_terms,
    keep_terms,
    read_kept,
    rejected_terms,
    workspace_terms,
)
from cdtm.jobs.days import parse_days
from cdtm.memory.choice import Choice
from cdtm.show import console, count, working
from corpora.errors import UserError
from tmx_out.terms.files import check_suffix, read_terms, write_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from align.terms.types import TermPair
    from cdtm.jobs.terms import ForgetJob, ImportJob, ListJob, TermsJob
    from cdtm.memory.memory import Memory
    from tmx_out.units import Unit

MOST_UNITS: Final = 20_000
"""Units from which terms are extracted; of more, so many are taken evenly."""

SHOWN: Final = 20
"""Terms printed."""

PROBLEMS: Final = 10
"""Rows of a user's file that could not be taken, told one by one."""


@dataclass(frozen=True, slots=True)
class Found:
    """The terms of a memory.

    Attributes:
        terms: in order.
        read: units from which they were extracted.
        total: units there are.
    """

    terms: list[TermPair]
    read: int
    total: int


def run_terms(job: TermsJob) -> list[TermPair]:
    """Extract, verify, write and print.

    Raises:
        UserError: an option is wrong, the workspace holds no memory, or no unit is chosen.
    """
    if job.output is not None:
        check_suffix(job.output)
    with working("reading units") as tell:
        found = find_terms(job, tell)
    if job.output is not None:
        write_terms(job.output, found.terms, tbx=job.tbx)
    show(found.terms, found.read, found.total, job.output)
    return found.terms


def find_terms(job: TermsJob, tell: Callable[[str], None] = lambda said: None) -> Found:
    """Extract the terms of a memory, and merge in what is known and what was decided.

    Args:
        job: which, and how many.
        tell: is told what is done.

    Raises:
        UserError: an option is wrong, the workspace holds no memory, or no unit is chosen.
    """
    since, until = parse_days(job.since, job.until)
    choice = Choice(since=since, until=until, symbols=job.symbols)
    with open_memory(open_workspace(job.workspace)) as memory:
        total = memory.count(choice)
        if not total:
            raise UserError("No unit is chosen: ask for other days or symbols, or build records.")
        sample = sample_units(memory, choice, total)
        tell("extracting terms")
        terms = extract(sample, job.min_count, job.limit)
        tell("counting known terms")
        terms = with_known(terms, job, lambda: (u for u in memory.units(choice) if u.zh and u.en))
    gone = {name_of(term) for term in rejected_terms(job.workspace)}
    kept = [t for t in terms if t.status == "confirmed" or name_of(t) not in gone]
    return Found(kept[: job.limit], len(sample), total)


def name_of(term: TermPair) -> tuple[str, str]:
    """Give the key of a concept: how its preferred forms are written, case and the like apart."""
    return chinese_key(term.zh[0]), english_key(term.en[0])


def sample_units(memory: Memory, choice: Choice, total: int) -> list[Unit]:
    """Give at most `MOST_UNITS` units that have both texts, evenly over the memory."""
    out: list[Unit] = []
    for number, unit in enumerate(memory.units(choice)):
        wanted = total <= MOST_UNITS or number * MOST_UNITS // total != (
            (number - 1) * MOST_UNITS // total
        )
        if wanted and unit.zh and unit.en:
            out.append(unit)
    return out


def least_units(units: int) -> int:
    """In how many of so many units a term must stand, if the user does not say."""
    return 2 if units <= 2000 else 3 if units <= 10_000 else 5


def extract(
    units: Sequence[Unit], least: int | None = None, limit: int | None = None
) -> list[TermPair]:
    """Extract terms, without any glossary, the best `limit` of them; all if that is None."""
    encoder = StaticEncoder()  # it has vectors of words, whatever made those of the memory
    return extract_terms(units, encoder, least=least or least_units(len(units)), limit=limit)


def with_known(
    terms: list[TermPair], job: TermsJob, units: Callable[[], Iterable[Unit]]
) -> list[TermPair]:
    """Merge in what the built-in glossary, the workspace's and the user's file know."""
    imported = list(workspace_terms(job.workspace))
    if job.glossary is not None:
        imported += read(job.glossary)
    if job.known:
        terms = merge_known(terms, verify(read_glossary(), units()))
    if imported:
        counted = verify(imported, units(), status="imported")
        verified = [_as_decided(*each) for each in zip(imported, counted, strict=True)]
        terms = with_rivals(merge_known(terms, verified), verified)
    return terms


def _as_decided(term: TermPair, counted: TermPair) -> TermPair:
    """Keep what a person confirmed as it is, whatever was counted of it."""
    if term.status != "confirmed":
        return counted
    pair = (term.zh[0], term.en[0])
    found = counted.attested
    if pair not in {(one.zh, one.en) for one in found}:
        found = (*found, Attested(*pair, 0))
    return replace(
        counted, zh=term.zh, en=term.en, note=term.note, attested=found, status="confirmed"
    )


def with_rivals(terms: Sequence[TermPair], imported: Iterable[TermPair]) -> list[TermPair]:
    """Show what an import says otherwise than the memory as a rival of the memory's rendering.

    Args:
        terms: of the memory.
        imported: the user's terms as they were counted; one whose Chinese stands in units, but
            never with its English, disagrees.
    """
    said: dict[str, list[TermPair]] = defaultdict(list)
    for term in imported:
        if term.zh_count and not term.count:
            for form in term.zh:
                said[chinese_key(form)].append(term)
    out = []
    for term in terms:
        others = {one.en[0]: one for form in term.zh for one in said.get(chinese_key(form), ())}
        known = {english_key(form) for form in term.en}
        rivals = [one for en, one in others.items() if english_key(en) not in known]
        out.append(
            replace(
                term,
                competitors=(
                    *term.competitors,
                    *(Competitor(one.zh[0], one.en[0], 0) for one in rivals),
                ),
                note=" ".join(filter(None, (term.note, *(_disagreement(one) for one in rivals)))),
            )
            if rivals
            else term
        )
    return out


def _disagreement(term: TermPair) -> str:
    return f"The imported glossary says {term.en[0]}; 0 of {term.zh_count:,} units agree."


# ------------------------------------------------------------------------------------------ files


def read(path: Path) -> list[TermPair]:
    """Read a user's glossary; what could not be taken is told."""
    found = read_terms(path)
    if found.problems:
        err = console(stderr=True)
        for problem in found.problems[:PROBLEMS]:
            err.print(problem, soft_wrap=True)
        if len(found.problems) > PROBLEMS:
            err.print(f"… and {len(found.problems) - PROBLEMS:,} more.")
    return list(found.terms)


# --------------------------------------------------------------------------------- user's glossary


def run_import(job: ImportJob) -> list[TermPair]:
    """Keep a user's glossary in a workspace, and say how far the memory agrees.

    Terms that an earlier import of a file of that name left are replaced, and that is told.

    Raises:
        UserError: the file cannot be read or holds no term, or there is no workspace.
    """
    workspace, file = open_workspace(job.workspace), job.file
    terms = read(file)
    if not terms:
        raise UserError(f"{file.name} holds no term: give columns zh and en, one term a line.")
    damage = read_kept(workspace.folder).damage
    former = keep_terms(workspace.folder, file.name, terms)
    with open_memory(workspace) as memory, working("counting"):
        units = (unit for unit in memory.units(Choice()) if unit.zh and unit.en)
        found = verify(terms, units, status="imported")
    out = console()
    present = [term for term in found if term.zh_count or term.en_count]
    if damage:
        console(stderr=True).print(
            f"{damage} What stood there is kept as {workspace.folder / DAMAGED}.", soft_wrap=True
        )
    out.print(
        f"Imported   {count(len(terms), 'term')} of {file.name}; {len(present):,} in the memory"
    )
    if former:
        out.print(f"Replaced   {count(former, 'term')} that an earlier {file.name} brought")
    for term in sorted(present, key=lambda one: (-one.zh_count, one.zh))[:SHOWN]:
        agree = f"{term.count:,} of {term.zh_count:,} units agree"
        out.print(f"  {term.zh[0]}  {term.en[0]}  {agree}", soft_wrap=True)
    return found


def run_list(job: ListJob) -> None:
    """Print which glossaries were imported, and how many terms each brought.

    Raises:
        UserError: there is no workspace.
    """
    kept = read_kept(open_workspace(job.workspace).folder)
    out = console()
    if kept.damage:
        console(stderr=True).print(kept.damage, soft_wrap=True)
    found = Counter(row[0] for row in kept.rows)
    for name, number in found.items():
        out.print(f"{number:>7,} terms  {name}", soft_wrap=True, markup=False)
    if not found:
        out.print("No glossary was imported: cdtm terms import FILE -w WORKSPACE keeps one.")


def run_forget(job: ForgetJob) -> None:
    """Remove the terms that a glossary brought.

    Raises:
        UserError: no such glossary was imported.
    """
    workspace = open_workspace(job.workspace)
    gone = forget_terms(workspace.folder, job.name)
    console().print(f"Forgotten  {count(gone, 'term')} of {job.name}", soft_wrap=True, markup=False)


# ----------------------------------------------------------------------------------------- people


def show(terms: Sequence[TermPair], read_units: int, total: int, output: Path | None) -> None:
    """Print the first terms; all of them as TSV where no file takes them and no one watches."""
    out = console()
    if output is None and not out.is_terminal:
        print("zh\ten\tcount\tscore\tstatus\tdomain\tnote")
        for term in terms:
            cells = (" | ".join(term.zh), " | ".join(term.en), str(term.count))
            more = (f"{term.score:.3f}", term.status, term.domain, term.note)
            print("\t".join(" ".join(cell.split()) for cell in (*cells, *more)))
        return
    of = f" of {total:,}" if read_units < total else ""
    out.print(f"{len(terms):,} terms from {read_units:,}{of} units")
    for term in terms[:SHOWN]:
        known = "" if term.status == "extracted" else f", {term.status}"
        line = f"{term.score:.2f}  {term.zh[0]}  {term.en[0]}  {term.count:,} units{known}"
        out.print(line, soft_wrap=True)
    if output is not None:
        out.print(f"Written    {output}", soft_wrap=True)
