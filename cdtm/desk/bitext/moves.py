"""What a key does to the borders of rows: which rows go, and what pairs come in their place.

Pure work on texts. Each operation keeps every character; the journal holds what it makes as the
decision "realign" of a review book.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cdtm.desk.bitext.placed import SIDES, bare, reach
from cdtm.memory.replay import joined
from corpora.errors import UserError
from corpora.repair.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cdtm.desk.bitext.placed import Placed
    from cdtm.memory.redraw import Pair
    from cdtm.memory.rows import UnitRow
    from corpora import Language


class Where(NamedTuple):
    """What an operation is asked to do.

    Attributes:
        row: place of the row in its record.
        side: 0 for Chinese, 1 for English.
        cut: characters of that side before the place where it is cut; None for a sentence's end.
        other: place of the other row of a link.
    """

    row: int
    side: int
    cut: int | None = None
    other: int = 0


class Redrawn(NamedTuple):
    """Rows from `start` on that are replaced by pairs.

    Attributes:
        start: place of the first row.
        stop: place behind the last one.
        pairs: in their order.
    """

    start: int
    stop: int
    pairs: list[Pair]


def move(operation: str, rows: Sequence[UnitRow], placed: Placed, where: Where) -> Redrawn:
    """Do one of `OPERATIONS`.

    Raises:
        UserError: there is nothing to move, or nowhere to move it to.
    """
    return trimmed(rows, OPERATIONS[operation](rows, placed, where))


def trimmed(rows: Sequence[UnitRow], drawn: Redrawn) -> Redrawn:
    """Leave out what stays as it is at both ends.

    Raises:
        UserError: all stays as it is.
    """
    start, stop, pairs = drawn
    while pairs and start < stop and _same(rows[start], pairs[0]):
        start, pairs = start + 1, pairs[1:]
    while pairs and start < stop and _same(rows[stop - 1], pairs[-1]):
        stop, pairs = stop - 1, pairs[:-1]
    if not pairs:
        raise UserError("Nothing would change: the rows are paired like this.")
    return Redrawn(start, stop, pairs)


def _up(rows: Sequence[UnitRow], placed: Placed, where: Where) -> Redrawn:
    """Give the beginning of a side to the row before."""
    at, side = where.row, where.side
    if not at:
        raise UserError("There is no row before the first one.")
    gone, rest = _cut(rows, placed, where, last=False)
    before = _with(rows[at - 1], side, _join(_text(rows[at - 1], side), gone, side))
    return Redrawn(at - 1, at + 1, _there([before, _with(rows[at], side, rest)]))


def _down(rows: Sequence[UnitRow], placed: Placed, where: Where) -> Redrawn:
    """Give the end of a side to the row behind."""
    at, side = where.row, where.side
    if at + 1 == len(rows):
        raise UserError("There is no row behind the last one.")
    rest, gone = _cut(rows, placed, where, last=True)
    behind = _with(rows[at + 1], side, _join(gone, _text(rows[at + 1], side), side))
    return Redrawn(at, at + 2, _there([_with(rows[at], side, rest), behind]))


def _swap(rows: Sequence[UnitRow], _placed: Placed, where: Where) -> Redrawn:
    """Exchange a side with that of the row behind."""
    at, side = where.row, where.side
    if at + 1 == len(rows):
        raise UserError("There is no row behind the last one.")
    one, two = rows[at], rows[at + 1]
    pairs = [_with(one, side, _text(two, side)), _with(two, side, _text(one, side))]
    return Redrawn(at, at + 2, _there(pairs))


def _link(rows: Sequence[UnitRow], _placed: Placed, where: Where) -> Redrawn:
    """Pair a side of one row with the other side of another.

    A null link joins the row that it is linked with. Of two units the sides that are left over
    become null links in their places.
    """
    at, to = where.row, where.other
    if at == to:
        raise UserError("A row is linked with another one.")
    pairs = {place: (rows[place].zh, rows[place].en) for place in (at, to)}
    nulls = [place for place in (at, to) if not all(pairs[place])]
    null = min(nulls, key=lambda place: bool(pairs[place][0]), default=None)
    if null is not None:
        unit = to if null == at else at
        first, last = sorted((null, unit))
        zh, en = (_join(_text(rows[first], side), _text(rows[last], side), side) for side in (0, 1))
        pairs[unit], pairs[null] = (zh, en), ("", "")
    else:
        side = where.side
        both = _with(rows[to], side, _text(rows[at], side))
        pairs[to], left = both, _with(rows[to], 1 - side, "")
        pairs[at] = _with(rows[at], side, "")
        if at < to:
            between = [(row.zh, row.en) for row in rows[at + 1 : to]]
            return Redrawn(at, to + 1, [pairs[at], *between, both, left])
        between = [(row.zh, row.en) for row in rows[to + 1 : at]]
        return Redrawn(to, at + 1, [both, left, *between, pairs[at]])
    first, last = sorted((at, to))
    between = [(row.zh, row.en) for row in rows[first + 1 : last]]
    return Redrawn(first, last + 1, _there([pairs[first], *between, pairs[last]]))


OPERATIONS: Final[dict[str, Callable[[Sequence[UnitRow], Placed, Where], Redrawn]]] = {
    "up": _up,
    "down": _down,
    "swap": _swap,
    "link": _link,
}
"""What changes the borders of rows, by the names that pages send."""


def is_fixed(row: UnitRow) -> bool:
    """Whether a new alignment leaves a row alone: somebody decided on it, or pinned it."""
    return row.status not in (None, "realigned")


def stretch_round(rows: Sequence[UnitRow], placed: Placed, at: int) -> slice:
    """Find the rows round one between fixed rows and the turns that begin on both sides at once.

    Raises:
        UserError: the row is fixed itself.
    """
    if is_fixed(rows[at]):
        raise UserError("This row was decided or pinned, and stays: go to one that is not.")
    start, stop = at, at + 1
    while start and not is_fixed(rows[start - 1]) and not _begins_turn(placed, start):
        start -= 1
    while stop < len(rows) and not is_fixed(rows[stop]) and not _begins_turn(placed, stop):
        stop += 1
    return slice(start, stop)


def _begins_turn(placed: Placed, row: int) -> bool:
    for document, (start, _) in zip((placed.zh, placed.en), placed.links[row], strict=True):
        sentences = document.sentences[max(0, start - 1) : start + 1]
        if not start or len(sentences) < 2 or sentences[0].turn == sentences[1].turn:
            return False
    return True


def _cut(rows: Sequence[UnitRow], placed: Placed, where: Where, *, last: bool) -> tuple[str, str]:
    """Part a side where it is asked, or before its last or behind its first sentence."""
    text = _text(rows[where.row], where.side)
    cut = where.cut
    if cut is None:
        sentences = placed.texts(where.row, where.side)
        if len(sentences) == 1:  # the record may have cut too little
            sentences = split_sentences(text, SIDES[where.side])
        rest = sentences[:-1] if last else sentences[:1]
        cut = reach(text, len(bare("".join(rest))))
    one, two = text[:cut].strip(), text[cut:].strip()
    if not (two if last else one):
        raise UserError("There is no text to move on this side.")
    return one, two


def _text(row: UnitRow, side: int) -> str:
    return row.en if side else row.zh


def _with(row: UnitRow, side: int, text: str) -> Pair:
    return (row.zh, text) if side else (text, row.en)


def _join(one: str, two: str, side: int) -> str:
    language: Language = "en" if side else "zh"
    return joined(one, two, language)


def _there(pairs: Sequence[Pair]) -> list[Pair]:
    """Leave out pairs of nothing."""
    return [pair for pair in pairs if any(pair)]


def _same(row: UnitRow, pair: Pair) -> bool:
    return (bare(row.zh), bare(row.en)) == (bare(pair[0]), bare(pair[1]))
