"""Read a review book after people have worked in it.

Rows may have been sorted, deleted or copied, columns moved or added, the file saved by another
program. What cannot be used is told with the number of its row and why; no other row is lost by it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from corpora import Sentence, UserError
from tmx_out.review.book import check_of
from tmx_out.review.form import (
    ABOUT,
    COLUMNS,
    DECISIONS,
    LABELS,
    NOTHING,
    OF_LINES,
    SHEET,
    lines_of,
)
from tmx_out.units import join_sentences
from tmx_out.workbook import read_workbook
from tmx_out.write.sheet import MAX_CELL
from tmx_out.xml_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from corpora import Language
    from tmx_out.workbook import Sheet

_SIDES: Final[tuple[Language, Language]] = ("zh", "en")
_OPEN: Final = tuple(column.name for column in COLUMNS if column.kind == "open")
_NEEDED: Final = ("id", "hashes", "decision")
_HEAD_ROWS: Final = 20
"""Rows at the top among which the header is looked for; people write titles above it."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A row on which somebody decided.

    Attributes:
        row: 1-based, in the sheet.
        record, tuid, number: name the unit; see `tmx_out.review.book.ReviewRow`.
        hashes: of both texts when the book was made.
        stratum: of the sample.
        zh, en: the texts as the book shows them.
        decision: a key of `DECISIONS`.
        new_zh, new_en: new texts, each on one line but for a split; empty for none.
        label: a key of `LABELS`, or what else was written there.
        comment: anything.
        reviewer: as written; empty where nothing is.
        drawn: what the aligner says of the units of a "realign"; a book does not ask it.
    """

    row: int
    record: str
    tuid: str
    number: int
    hashes: tuple[int, int]
    stratum: str
    zh: str
    en: str
    decision: str
    new_zh: str
    new_en: str
    label: str
    comment: str
    reviewer: str
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A row, or a part of a book, that cannot be used.

    Attributes:
        row: 1-based, in the sheet.
        reason: a sentence.
        written: what the reviewer wrote: column and text.
        unit: its hidden id, as far as it can be read.
    """

    row: int
    reason: str
    written: tuple[tuple[str, str], ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ReadBook:
    """What a book says.

    Attributes:
        token: names the book; empty if nothing in it tells.
        about: how its units were drawn; None if that cannot be read any more.
        filled: decided rows, in the order of the sheet.
        refused: rows that cannot be used.
        blank: rows without a decision.
    """

    token: str
    about: Mapping[str, Any] | None
    filled: tuple[Filled, ...]
    refused: tuple[Refused, ...]
    blank: int


def read_review_book(path: Path) -> ReadBook:
    """Read a review book.

    Raises:
        UserError: it cannot be opened, or no sheet of it is a review.
    """
    sheets = _opened(path)
    rows, columns, start = _table(sheets, path)
    token, about = _about(sheets)
    filled: list[Filled] = []
    refused: list[Refused] = []
    blank = 0
    seen: dict[str, Filled] = {}
    tokens: list[str] = []
    for number, values in enumerate(rows, start=start):
        cells = {name: _text(values, place) for name, place in columns.items()}
        if not any(cells.values()):
            continue
        tokens.append(cells.get("check", "").partition(":")[0])
        found = _read_row(number, cells)
        if found is None:
            blank += 1
        elif isinstance(found, Refused):
            refused.append(found)
        else:
            former = seen.setdefault(cells["id"], found)
            if former is found:
                filled.append(found)
            elif _said(former) != _said(found):
                reason = f"the unit was decided in row {former.row} already, in another way."
                refused.append(Refused(number, reason, _written(cells), cells["id"]))
    token = token or next((told for told in tokens if told), "")
    return ReadBook(token, about, tuple(filled), tuple(refused), blank)


def cells_by_row(path: Path) -> tuple[dict[int, dict[str, str]], list[str]]:
    """Read the cells of a review book as they are: by row and column, and those that tell of it.

    Raises:
        UserError: as `read_review_book`.
    """
    sheets = _opened(path)
    rows, columns, start = _table(sheets, path)
    cells = {
        number: {name: _text(values, place) for name, place in columns.items()}
        for number, values in enumerate(rows, start=start)
    }
    about = next((sheet for sheet in sheets if sheet.name == ABOUT), None)
    return cells, [_text(row, 0) for row in about.rows] if about else []


def decision_named(text: str) -> str | None:
    """Read a decision in any case, with any spaces, or cut short; None if it is none.

    >>> decision_named("Merge  with_next"), decision_named("free"), decision_named("perhaps")
    ('merge with next', 'free translation', None)
    """
    typed = re.sub(r"[\s_-]+", " ", text).strip(" .!;,").casefold()
    if typed in DECISIONS:
        return typed
    begun = [name for name in DECISIONS if len(typed) > 2 and name.startswith(typed)]
    ended = [name for name in DECISIONS if typed in (f"{name}ed", f"{name}d")]
    found = begun or ended
    return found[0] if len(found) == 1 else None


def _opened(path: Path) -> list[Sheet]:
    """Read all sheets; of cells that somebody merged the first alone has a text, as he saw it."""
    try:
        sheets = list(read_workbook(path))
    except FileNotFoundError:
        raise UserError(f"There is no file {path}: give the review book.") from None
    except (UserError, OSError):
        raise UserError(
            f"{path} cannot be read as a workbook: save the review book as XLSX."
        ) from None
    for sheet in sheets:
        for row, place in sheet.continued:
            sheet.rows[row - 1][place] = ""
    return sheets


def _table(sheets: Sequence[Sheet], path: Path) -> tuple[list[list[str]], dict[str, int], int]:
    """Find the sheet and its header: the rows below it, the place of each column, the first row."""
    known = {column.name for column in COLUMNS}
    for sheet in sorted(sheets, key=lambda sheet: sheet.name != SHEET):
        for number, values in enumerate(sheet.rows[:_HEAD_ROWS], start=1):
            places: dict[str, int] = {}
            for place in range(len(values)):
                name = re.sub(r"\s+", " ", _text(values, place)).casefold()
                if name in known:
                    places.setdefault(name, place)
            if len(places) > 2 and "decision" in places:
                missing = [name for name in (*_NEEDED, *_OPEN) if name not in places]
                if missing:
                    raise UserError(
                        f"{path}: the sheet {sheet.name} has no column "
                        f"{' and no column '.join(missing)}: put it back, or fill in a new book."
                    )
                return sheet.rows[number:], places, number + 1
    raise UserError(f"{path} is no review book: make one with cdtm audit -o book.xlsx.")


def _about(sheets: Sequence[Sheet]) -> tuple[str, dict[str, Any] | None]:
    found = next((sheet for sheet in sheets if sheet.name == ABOUT), None)
    if found is None:
        return "", None
    cells = [_text(row, 0) for row in found.rows]
    if len(cells) < 3:
        return "", None
    told = "".join(cells[2:])
    if check_of(cells[0], (told,)) != cells[1]:
        return cells[0], None
    try:
        about = json.loads(told)
    except ValueError:
        return cells[0], None
    return cells[0], about if isinstance(about, dict) else None


def _read_row(number: int, cells: Mapping[str, str]) -> Filled | Refused | None:
    """Read one row; None if nobody wrote anything in it."""
    written = _written(cells)
    if not any(name != "reviewer" for name, _ in written):
        return None

    def refuse(reason: str) -> Refused:
        return Refused(number, reason, written, cells["id"])

    unit = re.fullmatch(r"(.+)\|(.+)\|(\d{1,7})", cells["id"])
    hashes = re.fullmatch(r"([0-9a-f]{16})-([0-9a-f]{16})", cells["hashes"])
    if unit is None or hashes is None:
        return refuse("the hidden id or hash is not what was written: take the row of a new book.")
    if not cells["decision"]:
        return refuse("something was written but no decision: choose one.")
    decision = decision_named(cells["decision"])
    if decision is None:
        return refuse(
            f"{cells['decision'][:40]!r} is no decision: choose one of {', '.join(DECISIONS)}."
        )
    if changed := _tampered(cells):
        return refuse(changed)
    new_zh, new_en = (new_text(cells[f"new {side}"], side, decision) for side in _SIDES)
    if len(new_zh) >= MAX_CELL or len(new_en) >= MAX_CELL:
        return refuse("the new text fills a whole cell and may be cut off: split the unit.")
    if wrong := text_fault(decision, cells, new_zh, new_en):
        return refuse(wrong)
    label = next((name for name in LABELS if name == cells["label"].casefold()), cells["label"])
    return Filled(
        number,
        *(unit[1], unit[2], int(unit[3])),
        (_signed(hashes[1]), _signed(hashes[2])),
        *(cells.get("stratum", ""), cells.get("zh", ""), cells.get("en", "")),
        *(decision, new_zh, new_en, label, cells["comment"], cells["reviewer"]),
    )


def _tampered(cells: Mapping[str, str]) -> str | None:
    """Say what is wrong with the locked cells of a row; None if nothing is."""
    lost = [name for name in ("check", "stratum", "zh", "en") if name not in cells]
    if lost:
        return f"the locked column {lost[0]} is missing: take the row of a new book."
    token = cells["check"].partition(":")[0]
    told = [cells[name] for name in ("id", "hashes", "stratum", "zh", "en")]
    if check_of(token, told) != cells["check"]:
        return (
            "a locked cell of the row was changed: undo it, and write new text in new zh or new en."
        )
    return None


def text_fault(decision: str, cells: Mapping[str, str], new_zh: str, new_en: str) -> str | None:
    """Say why a decision and its new texts do not go together; None if they do."""
    if decision == "edit" and (new_zh or cells["zh"], new_en or cells["en"]) == (
        cells["zh"],
        cells["en"],
    ):
        return "an edit without new text: write it in new zh or new en, or choose accept."
    if decision == "edit" and not ((new_zh or cells["zh"]) and (new_en or cells["en"])):
        return "one side would stay empty: write its text too, or choose reject."
    if decision in ("accept", "reject", "free translation", "pin") and (new_zh or new_en):
        return f"new text, but the decision is {decision}: choose edit, or delete the text."
    of_zh, of_en = lines_of(new_zh), lines_of(new_en)
    if decision == "split" and not len(of_zh) == len(of_en) == 2:
        return "a split needs both halves in new zh and in new en, with one line break between."
    if decision == "realign" and (not of_zh or len(of_zh) != len(of_en)):
        return "new zh and new en need a line for each new unit, as many on both sides."
    if decision == "realign" and (NOTHING, NOTHING) in zip(of_zh, of_en, strict=True):
        return "a line has nothing on both sides: delete it."
    return None


def new_text(text: str, language: Language, decision: str) -> str:
    """Give a new text on one line; where it is of several units it keeps its lines."""
    lines = [clean_text(line)[0].strip() for line in text.split("\n")]
    lines = [re.sub(r"[ \t]+", " ", line) for line in lines if line]
    if decision in OF_LINES:
        return "\n".join(lines)
    return join_sentences([Sentence(line) for line in lines], language)


def _text(values: Sequence[str], place: int) -> str:
    """Give the text of a cell, which may lie beyond the end of its row."""
    text = values[place] if place < len(values) else ""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").strip()


def _written(cells: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, cells[name]) for name in _OPEN if cells.get(name))


def _said(row: Filled) -> tuple[str, ...]:
    return row.decision, row.new_zh, row.new_en, row.label, row.comment


def _signed(digits: str) -> int:
    value = int(digits, 16)
    return value - 2**64 if value >= 2**63 else value
