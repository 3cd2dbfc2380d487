"""Corrections as a page sends them."""

from __future__ import annotations

import pytest

from cdtm.build.workspace import locked, open_workspace
from cdtm.desk.correct import correct, undo
from cdtm.desk.record import name_of
from cdtm.memory.memory import Memory
from corpora.errors import UserError
from tests.cdtm.reviewing import KEY, PAIRS, apply, fill, journal, make_book, put, texts


@pytest.fixture
def workspace(folder):
    return open_workspace(folder)


def row_of(workspace, place):
    with Memory.open(workspace.memory) as memory:
        return memory.rows_of(memory.records()[0])[place]


def do(workspace, place, decision, reviewer="Anna", **more):
    told = {"record": KEY, "unit": name_of(row_of(workspace, place)), "decision": decision}
    return correct(workspace, told | more, reviewer)


UNITS = [pair for pair in PAIRS if all(pair)]
EACH = {
    "accept": (0, {}, UNITS),
    "reject": (8, {}, [p for p in UNITS if p[0] != "多余。"]),
    "edit": (0, {"new_en": "It begins."}, [("会议开始。", "It begins."), *UNITS[1:]]),
    "merge with next": (
        3,
        {},
        [
            ("核查很重要。", "Verification is important.") if p[0] == "核查很重要。" else p
            for p in UNITS
        ],
    ),
    "split": (
        6,
        {"new_zh": "和平。\n安全。", "new_en": "Peace.\nSecurity."},
        [*UNITS[:5], ("和平。", "Peace."), ("安全。", "Security."), *UNITS[6:]],
    ),
    "free translation": (0, {"comment": "Too free."}, UNITS),
}


@pytest.mark.parametrize("decision", EACH)
def test_each_correction_is_there_undone_and_done_again(workspace, folder, decision):
    place, more, after = EACH[decision]
    assert do(workspace, place, decision, **more).conflict == ""
    assert texts(folder) == after
    [told] = journal(folder)
    assert (told.reviewer, told.decision, told.book) == ("Anna", decision, "desk")
    assert told.comment == more.get("comment", "")
    assert undo(workspace, KEY, "Anna", redo=False).tuid
    assert texts(folder) == UNITS
    assert row_of(workspace, place).status is None
    assert undo(workspace, KEY, "Anna", redo=True).tuid
    assert texts(folder) == after
    assert undo(workspace, KEY, "Anna", redo=True).tuid == ""


def test_a_rebuild_keeps_what_was_decided_and_what_was_undone(workspace, folder):
    do(workspace, 0, "edit", new_en="It begins.")
    do(workspace, 1, "reject")
    undo(workspace, KEY, "Anna", redo=False)
    before = texts(folder)
    put(folder, PAIRS)
    assert texts(folder) == before
    assert ("谢谢主席。", "Thank you.") in before


def test_a_null_link_gets_its_text(workspace, folder):
    assert do(workspace, 4, "edit", new_zh="重要。").conflict == ""
    assert ("重要。", "important.") in texts(folder)


def test_a_null_link_is_accepted_as_one(workspace, folder):
    before = texts(folder)
    assert do(workspace, 4, "accept").conflict == ""
    assert row_of(workspace, 4).status == "accepted"
    assert texts(folder) == before


@pytest.mark.parametrize("decision", ["reject", "split", "free translation"])
def test_a_null_link_is_no_pair_to_decide_on(workspace, folder, decision):
    with pytest.raises(UserError, match="null link holds no pair"):
        do(workspace, 4, decision)
    assert journal(folder) == []


def test_what_was_undone_can_be_decided_anew(workspace, folder):
    do(workspace, 0, "accept")
    undo(workspace, KEY, "Anna", redo=False)
    do(workspace, 0, "accept")
    assert row_of(workspace, 0).status == "accepted"
    assert [d.effect for d in journal(folder)] == ["worked in", "withdraws", "worked in"]


def test_one_s_own_second_decision_is_no_conflict(workspace):
    do(workspace, 0, "accept")
    assert do(workspace, 0, "reject").conflict == ""
    assert row_of(workspace, 0).status == "rejected"
    undo(workspace, KEY, "Anna", redo=False)
    assert row_of(workspace, 0).status == "accepted"


def test_a_text_that_came_back_to_what_it_was_is_decided_on_anew(workspace, folder):
    do(workspace, 0, "edit", new_en="It begins.")
    do(workspace, 0, "edit", new_en="The meeting begins.")
    assert do(workspace, 0, "edit", new_en="So it begins.").conflict == ""
    assert do(workspace, 0, "edit", new_en="The meeting begins.").conflict == ""
    assert do(workspace, 0, "edit", new_en="It begins.").conflict == ""
    assert row_of(workspace, 0).en == "It begins."
    undo(workspace, KEY, "Anna", redo=False)
    assert do(workspace, 0, "accept").conflict == ""
    assert do(workspace, 0, "reject").conflict == ""
    assert row_of(workspace, 0).status == "rejected"
    put(folder, PAIRS)
    assert (row_of(workspace, 0).en, row_of(workspace, 0).status) == (UNITS[0][1], "rejected")
    for en in ("The meeting begins.", "The meeting begins.", "So it begins."):
        undo(workspace, KEY, "Anna", redo=False)
        assert row_of(workspace, 0).en == en
    undo(workspace, KEY, "Anna", redo=False)
    undo(workspace, KEY, "Anna", redo=False)
    undo(workspace, KEY, "Anna", redo=False)
    assert texts(folder) == UNITS


def test_what_another_decided_is_told_and_can_be_settled(workspace):
    do(workspace, 0, "accept", reviewer="Bo")
    told = do(workspace, 0, "reject")
    assert "Bo decided accept" in told.conflict
    assert told.can_settle
    assert row_of(workspace, 0).status == "accepted"
    assert do(workspace, 0, "reject", settle=True).conflict == ""
    assert row_of(workspace, 0).status == "rejected"


def test_a_page_that_is_behind_is_told(workspace, folder):
    stale = {"record": KEY, "unit": name_of(row_of(workspace, 0)), "decision": "accept"}
    do(workspace, 0, "edit", new_en="It begins.")
    told = correct(workspace, stale, "Anna")
    assert "changed meanwhile" in told.conflict
    assert len(journal(folder)) == 1


def test_the_book_and_the_desk_share_the_journal(workspace, folder):
    do(workspace, 0, "edit", new_en="It begins.")
    apply(folder, fill(make_book(folder), (2, "reject"), reviewer="Bo"))
    assert ("谢谢主席。", "Thank you.") not in texts(folder)[:2]
    assert texts(folder)[0] == ("会议开始。", "It begins.")
    undo(workspace, KEY, "Anna", redo=False)
    assert texts(folder)[0] == UNITS[0]


def test_nothing_is_taken_back_under_a_later_decision(workspace, folder):
    do(workspace, 0, "edit", new_en="It begins.")
    do(workspace, 0, "edit", reviewer="Bo", new_en="It has begun.")
    with pytest.raises(UserError, match="Bo decided later rests on it"):
        undo(workspace, KEY, "Anna", redo=False)
    assert texts(folder)[0][1] == "It has begun."


@pytest.mark.parametrize(
    "wrong",
    [
        {"decision": "burn"},
        {"decision": 5},
        {"decision": "edit"},
        {"decision": "edit", "new_zh": ["x"]},
        {"decision": "split", "new_zh": "a\nb\nc", "new_en": "a\nb"},
        {"decision": "accept", "new_zh": "x"},
        {"decision": "accept", "label": "bad"},
        {"decision": "accept", "comment": "x" * 30_001},
        {"decision": "accept", "record": "../../etc"},
    ],
)
def test_what_is_not_as_it_should_be_is_a_sentence(workspace, folder, wrong):
    told = {"record": KEY, "unit": name_of(row_of(workspace, 0)), "decision": "accept"}
    with pytest.raises(UserError):
        correct(workspace, told | wrong, "Anna")
    assert journal(folder) == []


def test_a_build_at_work_is_told(workspace, folder):
    with locked(folder), pytest.raises(UserError, match="at work"):
        do(workspace, 0, "accept")


def test_what_no_file_can_hold_is_left_out(workspace, folder):
    do(workspace, 0, "edit", new_en="It\x00 begins\x07 \ud800now.")
    assert texts(folder)[0][1] == "It begins now."
