"""Decisions taken back and done again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cdtm.memory.journal import Decision, in_force, standing
from cdtm.review.withdraw import last_done, last_undone


def decided(number, decision="accept", **values):
    usual = Decision(
        *("2026-01-01", "Anna", "R", "R_1", 0, 1, 2, "甲。", "A."),
        *(decision, "", "", "", "", "desk", 0, 0.9, "1-1", ""),
        id=number,
    )
    return replace(usual, **values)


def back(number, gone):
    return decided(number, effect="withdraws", supersedes=str(gone))


def ids(decisions):
    return [decision.id for decision in decisions]


def test_what_is_taken_back_is_not_in_force():
    assert ids(in_force([decided(1), back(2, 1)])) == []


def test_what_it_had_superseded_stands_again():
    journal = [decided(1), decided(2, "reject", supersedes="1")]
    assert ids(standing(journal)) == [2]
    assert ids(standing([*journal, back(3, 2)])) == [1]
    assert ids(standing([*journal, back(3, 2), back(4, 3)])) == [2]


def test_an_older_superseded_one_does_not_come_back():
    journal = [decided(1), decided(2, "reject", supersedes="1")]
    journal += [decided(3, "edit", supersedes="2"), back(4, 3)]
    assert ids(standing(journal)) == [2]


def test_a_taking_back_that_is_not_written_yet_counts():
    assert ids(in_force([decided(1), back(0, 1)])) == []


def walk(steps):
    """Do, undo and redo; give what is in force after each step."""
    journal, told = [], []
    for step in steps:
        number = len(journal) + 1
        if step == "undo":
            gone = last_done(journal, ("desk",), "Anna")
        elif step == "redo":
            gone = last_undone(journal, ("desk",), "Anna")
        else:
            journal.append(decided(number, tuid=step))
            gone = None
        if step in ("undo", "redo") and gone is not None:
            journal.append(replace(back(number, gone.id), tuid=gone.tuid))
        told.append("".join(d.tuid for d in in_force(journal)))
    return told


@pytest.mark.parametrize(
    ("steps", "after"),
    [
        ("a b undo undo", ["a", "ab", "a", ""]),
        ("a b undo undo undo", ["a", "ab", "a", "", ""]),
        ("a b undo undo redo redo redo", ["a", "ab", "a", "", "a", "ab", "ab"]),
        ("a b undo redo undo redo", ["a", "ab", "a", "ab", "a", "ab"]),
        ("a b undo redo undo undo redo redo", ["a", "ab", "a", "ab", "a", "", "a", "ab"]),
        ("a undo b redo", ["a", "", "b", "b"]),
        ("redo undo a", ["", "", "a"]),
    ],
)
def test_undo_and_redo_as_in_an_editor(steps, after):
    assert walk(steps.split()) == after


def test_others_decisions_are_theirs():
    journal = [decided(1, reviewer="Bo"), decided(2, book="book-1")]
    assert last_done(journal, ("desk",), "Anna") is None
