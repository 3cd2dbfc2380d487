"""What decisions say of the memory: its precision by a sample, and how far reviewers agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

from align.quality.agreement import cohens_kappa
from align.quality.sampling import Stratum, weighted_estimate
from cdtm.memory.journal import standing
from tmx_out.review.form import is_aligned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cdtm.memory.journal import Decision, Journal

Facts = list[tuple[str, str]]

AS_IT_STANDS = ("accept", "free translation")
"""Decisions by which a unit needs no change to be right."""


def figures_of_book(token: str, about: Mapping[str, Any] | None, journal: Journal) -> Facts:
    """Say what a book's decisions are worth: pairs of a heading and a line.

    Args:
        token: of the book.
        about: how its units were drawn; None if it can no longer be read.
        journal: with its decisions.
    """
    every = journal.decisions()
    stand = standing(every)
    every = [d for d in every if d.effect != "withdraws" and d.judges]
    facts: Facts = []
    mine = [d for d in stand if d.book == token and d.effect != "held" and d.judges]
    if about is None:
        facts.append(("Note", "How the units were drawn cannot be read any more: no estimate."))
    elif about.get("kind") == "sample" and mine:
        facts += precision_facts(mine, about)
    return facts + agreement_facts(every, [d for d in stand if d.effect == "held"])


def precision_facts(decisions: Sequence[Decision], about: Mapping[str, Any]) -> Facts:
    """Estimate the precision of the memory from the decided units of a sample."""
    population, drawn = about["population"], sum(about["drawn"].values())
    latest = {decision.unit: decision for decision in decisions}.values()
    without = [name for name in population if not any(d.stratum == name for d in latest)]
    if without:
        return [("Note", f"Nothing decided of {', '.join(without)}: decide some for an estimate.")]
    facts: Facts = []
    questions = (
        ("Right pairs", [is_aligned(d.decision, d.labels) for d in latest]),
        ("Right as it is", [d.decision in AS_IT_STANDS for d in latest]),
    )
    for heading, answers in questions:
        right = Counter(d.stratum for d, yes in zip(latest, answers, strict=True) if yes)
        judged = Counter(d.stratum for d in latest)
        found = weighted_estimate(
            Stratum(units, judged[name], right[name]) for name, units in population.items()
        )
        facts.append(
            (
                heading,
                f"{found.value:.1%} of the memory, {found.low:.1%} to {found.high:.1%} (95 %)",
            )
        )
    if len(latest) < drawn:
        facts.append(
            ("Note", f"{len(latest):,} of {drawn:,} units decided: the rest may be worse.")
        )
    return facts


def agreement_facts(decisions: Iterable[Decision], held: Sequence[Decision]) -> Facts:
    """Say how far each two reviewers agree on what both decided, and what is to be settled.

    Args:
        decisions: all, the oldest first; a reviewer's last on a unit is his, settled or not.
        held: those that wait to be settled.
    """
    by_reviewer: dict[str, dict[str, Decision]] = defaultdict(dict)
    for decision in decisions:
        by_reviewer[decision.reviewer][" ".join(map(str, decision.unit))] = decision
    facts: Facts = []
    for one, two in combinations(sorted(by_reviewer), 2):
        both = by_reviewer[one].keys() & by_reviewer[two].keys()
        if both:
            facts.append(_agreement(one, by_reviewer[one], two, by_reviewer[two]))
    for decision in held[:LISTED]:
        facts.append(("To settle", f"{decision.tuid}: {decision.reviewer} {decision.decision}"))
    if len(held) > LISTED:
        facts.append(("", f"and {len(held) - LISTED:,} more"))
    return facts


LISTED = 20
"""Units to settle that are named; the conflicts file has those of its book all."""


def _agreement(
    one: str, first: Mapping[str, Decision], two: str, second: Mapping[str, Decision]
) -> tuple[str, str]:
    kappa = cohens_kappa(
        {key: d.decision for key, d in first.items()},
        {key: d.decision for key, d in second.items()},
    )
    told = f"{one} and {two} agree on {kappa.agreed:.0%} of {kappa.units:,}"
    if kappa.value is None:
        return "Agreement", f"{told}, all of one answer: no kappa"
    return "Agreement", (
        f"{told}, Cohen's kappa {kappa.value:.2f} ({kappa.low:.2f} to {kappa.high:.2f})"
    )
