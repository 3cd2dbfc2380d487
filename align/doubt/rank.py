"""What an auditor should look at first: the beads of a memory, by how much speaks against them.

Every doubt comes with its reasons in sentences. Its weight is the sum of the weights of its
reasons, each the decimal logarithm of how much commoner the reason is among faults than among right
beads ("weight of evidence": I. J. Good, Probability and the Weighing of Evidence, 1950). Reasons
are not independent, so the sum ranks and is no probability.

Where faults come in stretches the stretch is one doubt, at its first bead: a run of sentences
without partner (a page that is missing), and a stretch in which every sentence fits the partner of
its neighbour better than its own (an alignment moved by one).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from align.alignment import percent
from align.doubt.rows import Row, rows_of
from align.doubt.rules import (
    RULES,
    RULES_OF_RECORDS,
    RULES_OF_TEXTS,
    Reason,
    Record,
    read_pair,
)
from align.doubt.runs import Run, omitted_runs, shifted_runs
from align.doubt.speakers import speaker_reasons
from align.encoder.load import load_encoder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl

    from align.encoder.load import Encoder

LEFT_OUT: Final = "large-omission-of-furniture"
BY_WORD: Final = {rule.word: rule for rule in RULES}

OTHER_FLAG: Final = 1.0
"""Weight of a flag that a bead was stored with and that its texts do not earn by themselves."""

CONFIDENCE: Final = ((0.5, 2.0), (0.8, 1.5), (0.9, 1.0), (0.95, 0.6))
"""Below which confidence (0 to 1) a bead is a doubt, and its weight: the logarithm of how much more
often such a bead is wrong than one in a hundred, the share of the tier ``accepted``."""

KINDS: Final = 0.5
"""Weight of a bead of an improbable kind."""

USUAL_SENTENCES: Final = 2
"""Sentences of a side that no one wonders at; two against two are one too many."""


@dataclass(frozen=True, slots=True)
class RecordBeads:
    """One record of a memory as its tables hold it.

    Attributes:
        record: its key.
        sentences: columns ``language, number, text, speaker, label`` at least.
        beads: in order, columns ``number, zh_start, zh_end, en_start, en_end, confidence, flags,
            zh, en`` at least; null links are rows too, with an empty side.
    """

    record: str
    sentences: pl.DataFrame
    beads: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Doubt:
    """A bead, or a stretch of beads, that somebody should look at.

    Attributes:
        record: key of the record.
        number: of the bead, the first one of a stretch.
        weight: how much speaks against it; larger is to be looked at first.
        reasons: sentences, the weightiest first; never empty.
        last: number of the last bead of the stretch; `number` for a single bead.
    """

    record: str
    number: int
    weight: float
    reasons: tuple[str, ...]
    last: int


def rank_doubts(records: Iterable[RecordBeads], encoder: Encoder | None = None) -> list[Doubt]:
    """Give all doubts about a memory, the greatest first; those of equal weight in their order.

    Args:
        records: any number; only one is held at a time.
        encoder: tells how alike two sentences are; the shipped one if None.
    """
    encoder = load_encoder() if encoder is None else encoder
    found = [doubt for record in records for doubt in doubts_of(record, encoder)]
    return sorted(found, key=lambda doubt: (-doubt.weight, doubt.record, doubt.number))


def doubts_of(record: RecordBeads, encoder: Encoder) -> list[Doubt]:
    """Give the doubts about one record, in its order."""
    rows = rows_of(record.sentences, record.beads)
    single = _reasons(rows)
    shifts = [_with_ends(run, rows, single) for run in shifted_runs(rows, encoder)]
    # What is wrong with a bead within a stretch comes of the stretch.
    taken = {place for run in shifts for place in range(run.first, run.stop)}
    omitted = [run for run in omitted_runs(rows) if run.first not in taken]
    taken |= {place for run in omitted for place in range(run.first, run.stop)}
    doubts = [
        _doubt(record.record, rows[run.first : run.stop], run.reasons)
        for run in (*shifts, *omitted)
    ]
    doubts += [
        _doubt(record.record, [rows[place]], reasons)
        for place, reasons in single.items()
        if place not in taken
    ]
    return sorted(doubts, key=lambda doubt: doubt.number)


def _with_ends(run: Run, rows: Sequence[Row], single: Mapping[int, Sequence[Reason]]) -> Run:
    """Take into a shifted stretch what is left over at its ends: a sentence alone or too much."""
    first, stop = run.first, run.stop
    if first > 0 and _is_left_over(first - 1, rows, single):
        first -= 1
    if stop < len(rows) and _is_left_over(stop, rows, single):
        stop += 1
    return Run(first, stop, run.reasons)


def _is_left_over(place: int, rows: Sequence[Row], single: Mapping[int, Sequence[Reason]]) -> bool:
    if not rows[place].is_null:
        return any(reason.word == "length-odd" for reason in single.get(place, ()))
    around = rows[max(0, place - 1)], rows[min(len(rows) - 1, place + 1)]
    return sum(row.is_null for row in around) == 0  # a longer run is a doubt of its own


def _doubt(record: str, rows: Sequence[Row], reasons: Sequence[Reason]) -> Doubt:
    ordered = sorted(reasons, key=lambda reason: -reason.weight)
    weight = round(sum(reason.weight for reason in reasons), 2)
    texts = tuple(dict.fromkeys(reason.text for reason in ordered))
    return Doubt(record, rows[0].number, weight, texts, rows[-1].number)


def _reasons(rows: Sequence[Row]) -> dict[int, list[Reason]]:
    """Give the reasons against each linked bead by itself; beads without any are left out."""
    linked = {place: row for place, row in enumerate(rows) if not row.is_null}
    found = {place: reasons_of_text(row) for place, row in linked.items()}
    record = Record(
        len(rows),
        {place: (row.zh_body, row.en_body) for place, row in linked.items()},
        # What was left out stands in no text: the flag that the bead was stored with tells.
        left_out=[place for place, row in linked.items() if LEFT_OUT in row.flags],
    )
    for rule, find in RULES_OF_RECORDS:
        if rule.weight:
            for place, evidence in find(record).items():
                found[place].append(rule.reason(evidence))
    for place, reason in speaker_reasons(rows).items():
        found[place].append(reason)
    for place, row in linked.items():
        found[place] += [*_confidence(row), *_kind(row)]
    return {place: reasons for place, reasons in found.items() if reasons}


def reasons_of_text(row: Row) -> list[Reason]:
    """Give what speaks against a linked bead in its own texts, and in the flags it came with."""
    pair = read_pair(row.zh, row.en, (row.zh_body, row.en_body))
    sorts: dict[str, list[Reason]] = {}
    for rule, find in RULES_OF_TEXTS:
        for evidence in find(pair):
            sorts.setdefault(rule.sort, []).append(rule.reason(evidence))
    if pair.language is not None:
        return sorts["language"]  # what else differs comes of that
    reasons = [reason for members in sorts.values() for reason in _strongest(members)]
    # Stored flags may come of what another saw; those that are worked out anew here do not.
    others = [
        Reason(OTHER_FLAG, rule.sentence, rule.word)
        for rule in map(BY_WORD.get, row.flags)
        if rule is not None
        and (rule.sort == "language" or (rule.sort in ("fact", "name") and not reasons))
    ]
    return [*reasons, *others]


def _strongest(reasons: list[Reason]) -> list[Reason]:
    """Count evidence of one sort once: the others only tell, at a tenth of their weight."""
    first, *rest = sorted(reasons, key=lambda reason: -reason.weight)
    return [first, *(reason._replace(weight=round(reason.weight / 10, 2)) for reason in rest)]


def _confidence(row: Row) -> list[Reason]:
    for limit, weight in CONFIDENCE:
        if row.confidence < limit:
            sure = percent(row.confidence)
            return [Reason(weight, f"The aligner is only {sure}% sure of this pair.")]
    return []


def _kind(row: Row) -> list[Reason]:
    zh, en = row.zh_count, row.en_count
    if max(zh, en) <= USUAL_SENTENCES and zh + en < 2 * USUAL_SENTENCES:
        return []
    return [
        Reason(
            KINDS,
            f"{zh} Chinese and {en} English sentences are joined in one pair, which is unusual.",
        )
    ]
