"""What decisions say of the memory: its precision by a sample, and how far reviewers agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from cdtm.decisions import standing
from tmx_out.review_form import is_aligned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cdtm.decisions import Decision, Journal

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
    every = standing(journal.decisions())
    facts: Facts = []
    mine = [decision for decision in every if decision.book == token]
    if about is None:
        facts.append(("Note", "How the units were drawn cannot be read any more: no estimate."))
    elif about.get("kind") == "sample" and mine:
        facts += precision_facts(mine, about)
    return facts + agreement_facts(every)


def precision_facts(decisions: Sequence[Decision], about: Mapping[str, Any]) -> Facts:
    """Estimate the precision of the memory from the decided units of a sample."""
    from align.sampling import Stratum, weighted_estimate

    population, drawn = about["population"], sum(about["drawn"].values())
    latest = {decision.unit: decision for decision in decisions}.values()
    facts: Facts = []
    questions = (
        ("Right pairs", [is_aligned(d.decision, d.labels) for d in latest]),
        ("Right as it is", [d.decision in AS_IT_STANDS for d in latest]),
    )
    for heading, answers in questions:
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for decision, right in zip(latest, answers, strict=True):
            counts[decision.stratum][0] += right
            counts[decision.stratum][1] += 1
        strata = [Stratum(size, *counts[name]) for name, size in population.items()]
        estimate = weighted_estimate(strata)
        low, high = estimate.low, estimate.high
        facts.append(
            (heading, f"{estimate.value:.1%} of the memory, {low:.1%} to {high:.1%} (95 %)")
        )
    without = [name for name in population if not any(d.stratum == name for d in latest)]
    if without:
        facts.append(("Note", f"Nothing decided of {', '.join(without)}: decide some of them."))
    if len(latest) < drawn:
        facts.append(
            ("Note", f"{len(latest):,} of {drawn:,} units decided: the rest may be worse.")
        )
    return facts


def pairs_of(decisions: Iterable[Decision]) -> list[tuple[Decision, Decision]]:
    """Give each unit's decisions of its first two reviewers who decided."""
    of_unit: dict[tuple[Any, ...], dict[str, Decision]] = defaultdict(dict)
    for decision in decisions:
        of_unit[decision.unit][decision.reviewer] = decision
    told = (list(by.values()) for by in of_unit.values() if len(by) > 1)
    return [(found[0], found[1]) for found in told]


def agreement_facts(decisions: Sequence[Decision]) -> Facts:
    """Say how far reviewers agree on units that two of them decided, and what is to be settled."""
    pairs = pairs_of(decisions)
    if not pairs:
        return []
    from align.sampling import cohens_kappa

    equal = sum(one.verdict == two.verdict for one, two in pairs)
    kappa = cohens_kappa([one.decision for one, _ in pairs], [two.decision for _, two in pairs])
    facts = [
        ("Two reviewers", f"agree on {equal:,} of {len(pairs):,} units, Cohen's kappa {kappa:.2f}")
    ]
    waiting = Counter(d.record for d in decisions if d.effect == "held")
    if waiting:
        facts.append(("To settle", ", ".join(f"{key} {n:,}" for key, n in waiting.items())))
    return facts
