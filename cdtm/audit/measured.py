"""What is measured of a memory's confidences: by its reviewers, and by the calibration."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

from align.confidence import WEIGHTS
from align.quality.calibration import reliability
from align.quality.sampling import Stratum, weighted_estimate
from cdtm.build.tables import read_beads
from cdtm.memory.choice import tier_of
from cdtm.memory.journal import standing
from cdtm.review.figures import figures_of_book
from tmx_out.audit_page.figures import ReliabilityBin
from tmx_out.audit_page.markup import per_cent
from tmx_out.review.form import is_aligned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cdtm.build.place import Place
    from cdtm.memory.journal import Decision, Journal

    Bins = tuple[ReliabilityBin, ...]

LEAST_DECIDED: Final = 100
"""Decided units of samples from which a reliability diagram is drawn: ten dots of ten."""

STORED: Final = "reliability of units, cross-validated over documents"
"""Under which name the calibration keeps its bins."""


def calibration() -> Mapping[str, Any]:
    """Read what the calibration says of itself."""
    found: Mapping[str, Any] = json.loads(WEIGHTS.read_text("utf-8")).get("provenance", {})
    return found


def sampled(journal: Journal) -> dict[str, list[Decision]]:
    """Give the decisions on units that were drawn at random, by book, each unit's last one."""
    books = journal.books()
    found: dict[str, dict[Any, Decision]] = defaultdict(dict)
    for decision in standing(journal.decisions()):
        if books.get(decision.book, ("", {}))[1].get("kind") == "sample":
            found[decision.book][decision.unit] = decision
    return {book: list(of_unit.values()) for book, of_unit in found.items()}


def is_right(decision: Decision) -> bool:
    """Whether the sentences of the decided unit belong together."""
    return is_aligned(decision.decision, decision.labels)


def found_by_reviewers(journal: Journal) -> Iterator[tuple[str, str]]:
    """Say what each decided sample says of the memory, and how far reviewers agree."""
    told: dict[tuple[str, str], None] = {}
    for token, (name, about) in journal.books().items():
        for heading, line in figures_of_book(token, about, journal):
            of_all = about.get("kind") != "sample" or "agree" in line
            told[heading, line if of_all else f"{line}, by {name}"] = None
    yield from told


def reliability_of(journal: Journal, provenance: Mapping[str, Any]) -> tuple[Bins, str]:
    """Give the bins of the diagram and whence they are: decisions, else the calibration."""
    decided = {d.unit: d for decisions in sampled(journal).values() for d in decisions}.values()
    if len(decided) >= LEAST_DECIDED:
        bins = reliability([d.confidence for d in decided], [is_right(d) for d in decided])
        return (
            tuple(ReliabilityBin(one.confidence, one.right, one.beads) for one in bins),
            f"From {len(decided):,} units of samples that reviewers decided.",
        )
    return (
        tuple(ReliabilityBin(*one) for one in provenance.get(STORED, [])),
        "From the gold texts of the calibration, each judged by what the others taught; not from "
        "this memory.",
    )


def measured_tiers(journal: Journal, store: Place) -> dict[str, str]:
    """Estimate the share of right units of each tier from the sample with most decisions.

    Args:
        journal: with its decisions.
        store: of the records' tables, which tell the tier of a unit as it was drawn.

    Returns:
        The estimate in words by tier; nothing if no sample was decided, or not in every stratum.
    """
    samples = sampled(journal)
    if not samples:
        return {}
    book = max(samples, key=lambda token: len(samples[token]))
    population = journal.books()[book][1]["population"]
    decided = samples[book]
    if {decision.stratum for decision in decided} != population.keys():
        return {}
    tiers = [_tiers(decisions, store) for decisions in _by_record(decided).values()]
    tier = {unit: name for of_unit in tiers for unit, name in of_unit.items()}
    found = {
        name: _estimate([d for d in decided if tier.get(d.unit) == name], decided, population)
        for name in ("accepted", "review")
    }
    return found | {"all": _estimate(decided, decided, population)}


def _by_record(decided: Sequence[Decision]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = defaultdict(list)
    for decision in decided:
        found[decision.record].append(decision)
    return found


def _tiers(decisions: Sequence[Decision], store: Place) -> dict[Any, str]:
    """Give the tier that each decided unit of one record was in before anybody decided."""
    beads = read_beads(store, decisions[0].record, ["number", "flags"])
    flags = {} if beads is None else dict(beads.iter_rows())
    return {d.unit: tier_of(d.confidence, flags[d.number]) for d in decisions if d.number in flags}


def _estimate(
    some: Sequence[Decision], decided: Sequence[Decision], population: Mapping[str, int]
) -> str:
    """Estimate a share among those units of the memory of which `some` of the decided ones are.

    How many such units a stratum has is estimated from the sample too.
    """
    if not some:
        return "none judged"
    of_all = Counter(d.stratum for d in decided)
    judged = Counter(d.stratum for d in some)
    right = Counter(d.stratum for d in some if is_right(d))
    found = weighted_estimate(
        Stratum(max(n, round(population[name] * n / of_all[name])), n, right[name])
        for name, n in judged.items()
    )
    value, low, high = (per_cent(share) for share in (found.value, found.low, found.high))
    return f"{value} ({low} to {high}), {len(some):,} judged"
