"""What a correction would do, before it is done: the rows as they would be, and their worth.

Nothing is written here. What comes out for an operation on borders is the decision that
`cdtm.desk.correct` works in, with what the aligner says of its units.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from align.alignment import percent
from align.chosen.cuts import best_cuts
from align.doubt.rank import LEFT_OUT
from align.doubt.rules import REASONS
from cdtm.build.tables import read_beads, read_sentences
from cdtm.desk.bitext.moves import OPERATIONS, Redrawn, Where, move, stretch_round, trimmed
from cdtm.desk.bitext.placed import placed
from cdtm.desk.bitext.worth import links_between, worth_of
from cdtm.desk.correct import TOKEN, filled_row, text_of
from cdtm.desk.record import LOW, name_of, record_of_key
from cdtm.memory.choice import tier_of
from cdtm.memory.redraw import Drawn, UnplacedError, as_lines
from cdtm.memory.replay import work_in
from cdtm.memory.rows import rows_of_beads
from cdtm.review.weigh import decision_of
from corpora.errors import UserError
from tmx_out.units import join_sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from align.encoder.load import Encoder
    from cdtm.build.place import Place
    from cdtm.desk.bitext.placed import Placed
    from cdtm.desk.bitext.worth import Worth
    from cdtm.lookup.looker import Looker
    from cdtm.memory.redraw import Pair
    from cdtm.memory.rows import UnitRow

REALIGN: Final = "realign"
"""The operation that asks the aligner; its decision has the same name."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A record and the row of it that something is asked about."""

    rows: list[UnitRow]
    at: int
    sentences: pl.DataFrame
    scores: dict[int, tuple[tuple[int, int], float]]
    encoder: Encoder

    def known(self, rows: Sequence[UnitRow]) -> list[float | None]:
        """Give the aligner's scores of rows; None where somebody has changed the texts."""
        found = (self.scores.get(row.number, (None, 0.0)) for row in rows)
        return [
            score if hashes == row.hashes else None
            for row, (hashes, score) in zip(rows, found, strict=True)
        ]


def drawn_up(looker: Looker, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Put what a page asks into the words of a decision.

    Args:
        looker: on the workspace.
        asked: see `cdtm.desk.correct.correct`; ``decision`` may be one of `OPERATIONS` too, with
            ``side``, ``cut`` and ``other``, the `name_of` another row.

    Returns:
        What is asked, as a decision; an operation on borders with ``drawn``.

    Raises:
        UserError: it cannot be done.
    """
    operation = text_of(asked, "decision")
    if operation != REALIGN and operation not in OPERATIONS:
        return {**asked, "drawn": ""}
    about = _read(looker, asked)
    if about is None:
        return {**asked, "decision": REALIGN, "new_zh": "—", "new_en": "—", "drawn": ""}
    now = placed(_texts(about.rows), about.sentences)
    if operation == REALIGN:
        status, drawn = "realigned", _anew(about, now)
    else:
        status, drawn = "edited", move(operation, about.rows, now, _where(about, asked))
    first = about.rows[drawn.start]
    new_zh, new_en = as_lines(drawn.pairs)
    told = {
        **asked,
        "unit": name_of(first),
        "decision": REALIGN,
        "new_zh": new_zh,
        "new_en": new_en,
    }
    after = _after(replace(about, at=drawn.start), told)
    run = slice(drawn.start, drawn.start + len(drawn.pairs))
    left_out = any(LEFT_OUT in row.flags for row in about.rows[drawn.start : drawn.stop])
    worth = _worth(about, after, run)
    units = [(one.confidence, ",".join(one.flags), one.kind) for one in worth]
    if left_out:  # what stands in no text cannot be seen anew
        confidence, flags, kind = units[0]
        units[0] = confidence, ",".join(filter(None, (flags, LEFT_OUT))), kind
    return {**told, "drawn": Drawn(status, tuple(units)).as_text()}


def preview(looker: Looker, asked: Mapping[str, Any], reviewer: str) -> dict[str, Any]:
    """Say what a correction would make of the rows, as JSON.

    Raises:
        UserError: it cannot be done.
    """
    told = drawn_up(looker, asked)
    about = _read(looker, told)
    if about is None:
        raise UserError("This row was changed meanwhile: look at it as it is now.")
    after = _after(about, told, reviewer)
    before = {(row.id, row.hashes) for row in about.rows}
    changed = [place for place, row in enumerate(after) if (row.id, row.hashes) not in before]
    run = slice(changed[0], changed[-1] + 1) if changed else slice(about.at, about.at + 1)
    stop = len(about.rows) - (len(after) - run.stop)
    worth = _worth(about, after, run)
    return {
        "before": [_shown(row, row.confidence, row.flags) for row in about.rows[run.start : stop]],
        "after": [
            _shown(row, one.confidence, ",".join(one.flags))
            for row, one in zip(after[run], worth, strict=True)
        ],
    }


def cuts(looker: Looker, asked: Mapping[str, Any]) -> dict[str, int]:
    """Say where two texts fall apart; see `align.chosen.cuts.best_cuts`.

    Args:
        looker: gives the encoder.
        asked: ``zh`` and ``en``, texts; ``zh_cut`` or ``en_cut``, characters before a cut.
    """
    zh, en = text_of(asked, "zh"), text_of(asked, "en")
    found = best_cuts(
        zh, en, looker.encoder, zh_cut=_number(asked, "zh_cut"), en_cut=_number(asked, "en_cut")
    )
    return {} if found is None else {"zh": found[0], "en": found[1]}


def _anew(about: _Asked, now: Placed) -> Redrawn:
    """Align what lies round a row anew."""
    run = stretch_round(about.rows, now, about.at)
    links = links_between(now, run, about.known(about.rows), about.encoder)
    pairs = [
        (
            join_sentences(now.zh.sentences[slice(*zh)], "zh"),
            join_sentences(now.en.sentences[slice(*en)], "en"),
        )
        for zh, en in links
    ]
    return trimmed(about.rows, Redrawn(run.start, run.stop, pairs))


def _after(about: _Asked, told: Mapping[str, Any], reviewer: str = "") -> list[UnitRow]:
    """Give the rows as a decision would leave them.

    Raises:
        UserError: it does not fit.
    """
    rows = [replace(row) for row in about.rows]
    filled = filled_row(told, rows[about.at], reviewer)
    try:
        work_in(rows, decision_of(filled, TOKEN, ""))
    except UnplacedError as reason:
        raise UserError(f"It cannot be done: {reason}") from None
    return rows


def _worth(about: _Asked, rows: Sequence[UnitRow], run: slice) -> list[Worth]:
    now = placed(_texts(rows), about.sentences)
    return worth_of(now, run, about.known(rows), about.encoder)


def _shown(row: UnitRow, confidence: float, flags: str) -> dict[str, Any]:
    told = [REASONS.get(flag, flag) for flag in flags.split(",") if flag]
    null = not (row.zh and row.en)
    sure = None if null else f"{percent(confidence)}%"
    if not null and not told and tier_of(confidence, flags) == "review":
        told = [LOW]
    return {"zh": row.zh, "en": row.en, "confidence": sure, "reasons": told}


def _read(looker: Looker, asked: Mapping[str, Any]) -> _Asked | None:
    """Read the record that is asked about; None if the row is no longer as the page shows it."""
    memory = looker.memory
    record = record_of_key(memory, text_of(asked, "record"))
    rows = memory.rows_of(record)
    at = _place(rows, text_of(asked, "unit"))
    signature = memory.signatures().get(record.key, "")
    tables = _tables(looker.workspace.store, record.key, signature)
    if at is None:
        return None
    return _Asked(rows, at, *tables, looker.encoder)


def _texts(rows: Sequence[UnitRow]) -> list[Pair]:
    return [(row.zh, row.en) for row in rows]


def _place(rows: Sequence[UnitRow], name: str) -> int | None:
    return next((place for place, row in enumerate(rows) if name_of(row) == name), None)


@lru_cache(maxsize=16)
def _tables(
    store: Place, key: str, _signature: str
) -> tuple[pl.DataFrame, dict[int, tuple[tuple[int, int], float]]]:
    beads, sentences = read_beads(store, key), read_sentences(store, key)
    if beads is None or sentences is None:
        raise UserError("The tables of this record are gone: run cdtm build.")
    scores = zip(rows_of_beads(beads), beads["score"].to_list(), strict=True)
    return sentences, {row.number: (row.hashes, score) for row, score in scores}


def _where(about: _Asked, asked: Mapping[str, Any]) -> Where:
    """Read where an operation is asked for.

    Raises:
        UserError: it is no place.
    """
    side = {"zh": 0, "en": 1}.get(text_of(asked, "side"))
    if side is None:
        raise UserError("The side is zh or en.")
    other = 0
    if text_of(asked, "decision") == "link":
        found = _place(about.rows, text_of(asked, "other"))
        if found is None:
            raise UserError("The other row was changed meanwhile: look at it as it is now.")
        other = found
    return Where(about.at, side, _number(asked, "cut"), other)


def _number(asked: Mapping[str, Any], name: str) -> int | None:
    value = asked.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise UserError(f"The {name} is no number of characters.")
    return value
