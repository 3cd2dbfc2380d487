"""Rows paired anew by a decision of the journal."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from cdtm.memory.journal import Decision, Journal
from cdtm.memory.redraw import Drawn, UnplacedError, as_lines, end_of_run, pairs_of
from cdtm.memory.replay import replay
from cdtm.memory.rows import SECOND, in_place, rows_of_beads
from tests.cdtm.making_beads import beads

PAIRS = [
    ("一。", "One."),
    ("二。三。", "Two."),
    ("", "Three."),
    ("四。", "Four."),
    ("五。", "Five."),
]


@pytest.fixture
def rows():
    return rows_of_beads(beads(*PAIRS))


def decision(row, pairs, **values):
    new_zh, new_en = as_lines(pairs)
    told = Decision(
        *("2031-01-01T00:00:00+00:00", "Anna", "CD-PV-1", row.tuid, row.number, *row.hashes),
        *(row.zh, row.en, "realign", new_zh, new_en, "", "", "book", 0, 0.9, "1-1", ""),
    )
    return replace(told, id=1, **values)


def texts(rows):
    return [(row.zh, row.en) for row in rows]


def redrawn(rows, at, pairs, **values):
    found, unplaced = replay([replace(row) for row in rows], [decision(rows[at], pairs, **values)])
    numbers = [in_place(row.number) for row in found]
    assert numbers == sorted(set(numbers))
    assert len({row.tuid for row in found}) == len(found)
    return found, unplaced.get(1, "")


@pytest.mark.parametrize(
    ("at", "pairs"),
    [
        (1, [("二。", "Two."), ("三。", "Three.")]),
        (0, [("一。二。", "One."), ("三。", "Two.")]),
        (3, [("五。", "Four."), ("四。", "Five.")]),
        (1, [("二。三。", ""), ("四。", "Two."), ("", "Three. Four.")]),
        (1, [("二。三。", "Two. Three.")]),
        (4, [("五。", ""), ("", "Five.")]),
        (0, [("一。", "One."), ("二。", "Two."), ("三。", "Three."), *PAIRS[3:]]),
    ],
)
def test_pairs_come_in_the_place_of_the_rows_with_their_texts(rows, at, pairs):
    found, why = redrawn(rows, at, pairs)
    assert not why
    gone = end_of_run(rows, at, pairs) - at
    assert texts(found) == [*PAIRS[:at], *pairs, *PAIRS[at + gone :]]
    changed = [row for row, pair in zip(found[at:], pairs, strict=False) if pair not in PAIRS]
    assert {(row.status, row.by) for row in changed} <= {("edited", "Anna")}
    assert all(row.status is None for row in found if (row.zh, row.en) in PAIRS)


@pytest.mark.parametrize(
    "pairs",
    [
        [("二。", "Two."), ("三。", "Threee.")],
        [("二。", "Two.")],
        [("二。三。一。", "Two.")],
        [("二。三。", "Two."), ("", "Three."), ("", "No.")],
    ],
)
def test_no_text_is_lost_or_added(rows, pairs):
    found, why = redrawn(rows, 1, pairs)
    assert "not those of this unit" in why
    assert texts(found) == PAIRS


def test_what_the_aligner_drew_has_its_worth_and_is_no_judgement(rows):
    drawn = Drawn("realigned", ((0.5, "number", "1-1"), (0.75, "", "1-1")))
    found, _ = redrawn(rows, 1, [("二。", "Two."), ("三。", "Three.")], drawn=drawn.as_text())
    assert [(r.confidence, r.flags, r.kind, r.status) for r in found[1:3]] == [
        (0.5, "number", "1-1", "realigned"),
        (0.75, "", "1-1", "realigned"),
    ]
    assert not decision(rows[0], PAIRS, drawn=drawn.as_text()).judges
    assert decision(rows[0], PAIRS).judges


def test_a_rejected_unit_stays_out(rows):
    rows[3].status = "rejected"
    _, why = redrawn(rows, 1, [("二。", "Two."), ("三。四。", "Three. Four.")])
    assert "rejected" in why
    found, why = redrawn(rows, 1, [("二。三。", ""), ("", "Two. Three."), PAIRS[3]])
    assert (why, found[3].status) == ("", "rejected")


def test_more_units_than_there_is_room_for_are_refused(rows):
    rows = [replace(rows[0], zh="一二三", en="One.")]
    _, why = redrawn(rows, 0, [("一", "One."), ("二", ""), ("三", "")])
    assert "no room" in why


def test_an_id_between_its_neighbours_is_found_beside_halves(rows):
    half = replace(rows[1], id=rows[1].id | SECOND, tuid="half", zh="六。", en="Six.")
    rows.insert(2, half)
    found, why = redrawn(rows, 2, [("六。", ""), ("", "Six. Three.")])
    assert (why, texts(found)[2:4]) == ("", [("六。", ""), ("", "Six. Three.")])


def test_lines_of_two_lengths_are_no_pairs():
    with pytest.raises(UnplacedError, match="a line for each"):
        pairs_of("一\n二", "One.")


def test_a_journal_of_an_older_cdtm_is_read_and_goes_on(tmp_path, rows):
    path = tmp_path / "decisions.sqlite"
    with Journal.open(path, create=True) as journal:
        journal.add([decision(rows[0], PAIRS)], token="book", name="a", about={})
    with closing(sqlite3.connect(path)) as old:
        old.executescript("ALTER TABLE decision DROP COLUMN drawn; PRAGMA user_version = 1;")
    with Journal.open(path) as journal:
        [told] = journal.decisions()
    assert (told.drawn, told.decision) == ("", "realign")
    drawn = Drawn("realigned", ((0.5, "", "1-1"),)).as_text()
    with Journal.open(path, create=True) as journal:
        journal.add([decision(rows[0], PAIRS, drawn=drawn)], token="book", name="a", about={})
    with Journal.open(path) as journal:
        assert [told.drawn for told in journal.decisions()] == ["", drawn]
