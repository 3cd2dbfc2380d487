"""Operations on the borders of rows: previewed, done, undone, done again."""

from __future__ import annotations

import openpyxl
import pytest

from cdtm.build.workspace import open_workspace
from cdtm.desk.bitext.propose import cuts, drawn_up, preview
from cdtm.desk.correct import correct, undo
from cdtm.desk.record import name_of
from cdtm.lookup.looker import Looker
from cdtm.memory.memory import Memory
from corpora.errors import UserError
from tests.cdtm.reviewing import KEY, PAIRS, SHIFTED, apply, fill, journal, make_book, put

RIGHT = [
    SHIFTED[0],
    *((SHIFTED[n][0], SHIFTED[n + 1][1]) for n in range(1, 5)),
    SHIFTED[6],
]


@pytest.fixture
def workspace(folder):
    return open_workspace(folder)


@pytest.fixture
def rows(workspace):
    def read():
        with Memory.open(workspace.memory) as memory:
            return memory.rows_of(memory.records()[0])

    return read


@pytest.fixture
def asked(rows):
    """What a page sends about a row."""

    def asked(place, decision, **more):
        if "other" in more:
            more["other"] = name_of(rows()[more["other"]])
        return {
            "record": KEY,
            "unit": name_of(rows()[place]),
            "decision": decision,
            "side": "zh",
        } | more

    return asked


@pytest.fixture
def do(workspace, asked):
    def do(place, decision, **more):
        with Memory.open(workspace.memory) as memory:
            told = drawn_up(Looker(workspace, memory), asked(place, decision, **more))
        return correct(workspace, told, "Anna")

    return do


def pairs(rows):
    return [(row.zh, row.en) for row in rows]


EACH = {
    "up": (6, {}, {5: ("谢谢主席。和平。", "Thank you."), 6: ("安全。", "Peace. Security.")}),
    "down": (
        6,
        {"side": "en"},
        {6: ("和平。安全。", "Peace."), 7: ("会议结束。", "Security. The meeting ends.")},
    ),
    "up with a cut": (
        6,
        {"cut": 4},
        {5: ("谢谢主席。和平。安", "Thank you."), 6: ("全。", "Peace. Security.")},
    ),
    "swap": (
        7,
        {},
        {7: ("多余。", "The meeting ends."), 8: ("会议结束。", "Something else.")},
    ),
}


@pytest.mark.parametrize("name", EACH)
def test_each_operation_is_shown_done_undone_and_done_again(workspace, rows, asked, do, name):
    place, more, changed = EACH[name]
    operation = name.split(maxsplit=1)[0]
    after = [changed.get(number, pair) for number, pair in enumerate(PAIRS)]
    with Memory.open(workspace.memory) as memory:
        shown = preview(Looker(workspace, memory), asked(place, operation, **more), "Anna")
    assert [(one["zh"], one["en"]) for one in shown["before"]] == [PAIRS[n] for n in changed]
    assert [(one["zh"], one["en"]) for one in shown["after"]] == list(changed.values())
    assert pairs(rows()) == PAIRS
    assert do(place, operation, **more).conflict == ""
    assert pairs(rows()) == after
    assert [rows()[n].status for n in changed] == ["edited"] * len(changed)
    assert undo(workspace, KEY, "Anna", redo=False).tuid
    assert pairs(rows()) == PAIRS
    assert undo(workspace, KEY, "Anna", redo=True).tuid
    assert pairs(rows()) == after
    [told, *_] = journal(workspace.folder)
    assert (told.decision, told.book) == ("realign", "desk")


def test_a_null_link_joins_the_row_it_is_linked_with(rows, do):
    do(4, "link", other=2)
    assert pairs(rows())[2:4] == [("裁军。", "Disarmament. important."), PAIRS[3]]
    assert len(rows()) == len(PAIRS) - 1


def test_two_far_rows_are_linked_and_what_is_left_over_stays(rows, do):
    do(1, "link", other=8)
    assert pairs(rows()) == [
        *[PAIRS[0], ("", "Thank you."), *PAIRS[2:8]],
        *[("谢谢主席。", "Something else."), ("多余。", ""), PAIRS[9]],
    ]
    do(9, "link", other=1)
    assert ("多余。", "Thank you.") in pairs(rows())


def test_the_only_sentence_of_a_side_leaves_a_null_link(rows, do):
    do(1, "down")
    assert pairs(rows())[1:3] == [("", "Thank you."), ("谢谢主席。裁军。", "Disarmament.")]
    do(1, "down", side="en")
    assert pairs(rows())[1] == ("谢谢主席。裁军。", "Thank you. Disarmament.")


@pytest.mark.parametrize(
    ("place", "operation", "more", "why"),
    [
        (0, "up", {}, "no row before"),
        (9, "down", {}, "no row behind"),
        (9, "swap", {}, "no row behind"),
        (4, "down", {}, "no text to move"),
        (1, "up", {"cut": 0}, "no text to move"),
        (1, "link", {"other": 1}, "another one"),
        (1, "up", {"side": "fr"}, "zh or en"),
        (1, "up", {"cut": -1}, "no number"),
        (1, "up", {"cut": True}, "no number"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(workspace, do, place, operation, more, why):
    with pytest.raises(UserError, match=why):
        do(place, operation, **more)
    assert journal(workspace.folder) == []


@pytest.fixture
def shifted(folder):
    put(folder, SHIFTED)
    return folder


def test_a_shifted_stretch_is_aligned_anew(workspace, shifted, rows, do):
    assert do(3, "realign").conflict == ""
    assert pairs(rows()) == RIGHT
    assert [row.status for row in rows()] == [None, *["realigned"] * 4, None]
    assert min(row.confidence for row in rows()[1:5]) > 0.9
    put(shifted, SHIFTED)  # a build keeps it
    assert pairs(rows()) == RIGHT
    undo(workspace, KEY, "Anna", redo=False)
    assert pairs(rows()) == SHIFTED


def test_a_book_of_doubts_holds_what_was_drawn_anew(shifted, do):
    do(3, "realign")
    book = openpyxl.load_workbook(make_book(shifted, flagged=True))
    ids = [str(cell.value).split("|")[1] for cell in book["Review"]["A"][1:]]
    assert {f"{KEY}_{n:04d}" for n in (2, 3, 4, 5)} <= set(ids)


def test_what_was_pinned_stays(shifted, rows, do):
    assert do(2, "pin").conflict == ""
    assert rows()[2].status == "pinned"
    with pytest.raises(UserError, match="stays"):
        do(2, "realign")
    do(3, "realign")
    assert pairs(rows())[:3] == SHIFTED[:3]
    assert RIGHT[4] in pairs(rows())


def test_rows_that_are_right_are_left_alone(shifted, rows, do):
    do(3, "realign")
    with pytest.raises(UserError, match="Nothing would change"):
        do(3, "realign")


def test_the_book_shows_and_takes_what_was_paired_anew(workspace, shifted, rows, do):
    do(3, "realign")
    book = make_book(shifted)
    apply(shifted, fill(book, (2, "accept"), reviewer="Bo"))
    assert rows()[1].status == "accepted"
    lines = {
        "new_zh": "\n".join(pair[0] or "—" for pair in SHIFTED[1:6]),
        "new_en": "\n".join(pair[1] or "—" for pair in SHIFTED[1:6]),
    }
    report = apply(
        shifted, fill(make_book(shifted, "two.xlsx"), (2, "realign", lines)), settle=True
    )
    assert report.conflicts == []
    assert pairs(rows()) == SHIFTED


def test_a_preview_of_a_merger_says_what_it_would_be_worth(workspace, folder, rows, asked):
    with Memory.open(workspace.memory) as memory:
        shown = preview(Looker(workspace, memory), asked(3, "merge with next"), "Anna")
    assert [one["en"] for one in shown["before"]] == ["Verification is", "important."]
    [after] = shown["after"]
    assert after["en"] == "Verification is important."
    assert after["confidence"].endswith("%")


def test_a_place_to_split_is_proposed_on_the_other_side(workspace):
    with Memory.open(workspace.memory) as memory:
        looker = Looker(workspace, memory)
        asked = {
            "zh": "我们支持核裁军，也支持不扩散；下次会议将于星期四举行。",
            "en": "We support disarmament, and non-proliferation; the next meeting is on Thursday.",
        }
        assert cuts(looker, asked) == {"zh": 15, "en": 46}
        assert cuts(looker, asked | {"zh_cut": 8}) == {"zh": 8, "en": 23}
        assert cuts(looker, {"zh": "和平", "en": "Peace."}) == {}
