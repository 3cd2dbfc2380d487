"""Books applied: from the memory into a book and back, decisions kept, conflicts, exports."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import openpyxl
import pytest

from cdtm.build.tables import read_beads
from cdtm.build.workspace import open_workspace
from cdtm.memory.choice import Choice
from cdtm.memory.journal import NAME, in_force
from cdtm.memory.memory import Memory
from cdtm.memory.replay import replay
from cdtm.review.apply import conflicts_path
from corpora import UserError
from tests.cdtm.reviewing import (
    KEY,
    PAIRS,
    apply,
    fill,
    journal,
    make_book,
    put,
    texts,
    units,
)
from tmx_out import read_tmx

ALL = (
    (1, "Accept "),
    (2, "reject"),
    (3, "edit", {"new_en": "Arms\ncontrol & <peace>."}),
    (4, "MERGE WITH NEXT", {"comment": "cut at the page"}),
    (7, "split", {"new_zh": "和平。\n安全。", "new_en": "Peace.\nSecurity."}),
    (8, "translation error", {"label": "accuracy: omission"}),
    (9, "wrong segmentation"),
)
"""One of each; unit 6 has the text of unit 2, and 5 is an omission."""

AFTER = [
    ("会议开始。", "The meeting begins.", "accepted"),
    ("裁军。", "Arms control & <peace>.", "edited"),
    ("核查很重要。", "Verification is important.", "edited"),
    ("谢谢主席。", "Thank you.", ""),
    ("和平。", "Peace.", "edited"),
    ("安全。", "Security.", "edited"),
    ("会议结束。", "The meeting ends.", "translation error"),
    ("多余。", "Something else.", "wrong segmentation"),
    ("下次会议。", "The next meeting.", ""),
]


def rows_of(folder):
    with Memory.open(folder / "memory.sqlite") as memory:
        return [(row, row.values()) for row in memory.rows_of(memory.records()[0])]


def dump(folder):
    """All of the memory but the shadows of the full-text index."""
    database = sqlite3.connect(folder / "memory.sqlite")
    yield from (line for line in database.iterdump() if '"words_' not in line)
    database.close()


def test_from_the_book_to_the_export_and_again(folder, cdtm, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    book = fill(make_book(folder), *ALL)
    report = apply(folder, book)
    assert (len(report.applied), report.unchanged, report.conflicts) == (7, 0, [])
    assert [(u.zh, u.en, u.status) for u in units(folder)] == AFTER
    out = folder.parent / "out.tmx"
    assert cdtm("export", "-w", folder, "--tier", "all", "-o", out).status == 0
    assert cdtm("validate", out).status == 0
    read = list(read_tmx(out))
    assert [(u.zh, u.en, u.status) for u in read] == AFTER
    assert read[0].changed_by == "Anna"
    assert f"{read[0].changed:%Y%m%d}" == "20261118"
    assert read[3].changed_by == ""
    first = out.read_bytes()
    again = apply(folder, book)
    assert (again.changed, again.unchanged, again.conflicts) == (0, 7, [])
    assert len(journal(folder)) == 7
    assert cdtm("export", "-w", folder, "--tier", "all", "-o", out).status == 0
    assert out.read_bytes() == first


def test_tiers_follow_the_decisions(folder):
    put(folder, PAIRS, confidence=0.3)
    apply(folder, fill(make_book(folder), *ALL))
    accepted = [(zh, en) for zh, en, status in AFTER if status in ("accepted", "edited")]
    assert texts(folder, Choice(tier="accepted")) == accepted
    assert texts(folder, Choice(min_confidence=0.9)) == accepted
    review = [(zh, en) for zh, en, status in AFTER if status not in ("accepted", "edited")]
    assert texts(folder, Choice(tier="review")) == review
    with Memory.open(folder / "memory.sqlite") as memory:
        for tier in ("accepted", "review", "all"):
            choice = Choice(tier=tier)
            assert memory.count(choice) == len(list(memory.units(choice)))


def test_lookup_follows_the_decisions(folder):
    apply(folder, fill(make_book(folder), *ALL))
    with Memory.open(folder / "memory.sqlite") as memory:

        def found(text, language):
            ids, total = memory.search(text, language)
            units = memory.units_at(ids)
            assert total == len(ids) == len(units)
            return [unit.en for unit in units]

        assert found("arms control", "en") == ["Arms control & <peace>."]
        assert found("disarmament", "en") == []
        assert found("谢谢", "zh") == ["Thank you."]
        assert found("安全", "zh") == ["Security."]
        before = {unit.en: unit.zh_context.pre for unit in memory.units()}
    assert before["Security."] == "和平。"
    assert before["Arms control & <peace>."] == "谢谢主席。"  # the rejected one still stands there


def test_decisions_outlive_a_rebuild_and_a_lost_memory(folder):
    apply(folder, fill(make_book(folder), *ALL))
    before = units(folder)
    put(folder, PAIRS)
    assert units(folder) == before
    (folder / "memory.sqlite").unlink()
    put(folder, PAIRS)
    assert units(folder) == before


def test_decisions_find_their_units_in_another_alignment(folder):
    """Everything moves by one, a unit is gone, one is translated otherwise, one joined anew."""
    apply(folder, fill(make_book(folder), *ALL))
    moved = [("新的。", "New."), *PAIRS]
    moved[1] = ("会议现在开始。", "The meeting begins now.")  # of accept
    moved[4:6] = [("核查很重要。", "Verification is important.")]  # of merge
    put(folder, moved)
    found = {(u.zh, u.en): u.status for u in units(folder)}
    assert found["会议现在开始。", "The meeting begins now."] == ""
    assert found["核查很重要。", "Verification is important."] == ""
    assert found["裁军。", "Arms control & <peace>."] == "edited"
    assert found["安全。", "Security."] == "edited"
    assert found["谢谢主席。", "Thank you."] == ""  # one of the two; the other is rejected
    assert [u.zh for u in units(folder)].count("谢谢主席。") == 1
    report = apply(folder, make_book(folder, "empty.xlsx"))
    assert len(report.unplaced) == 2
    assert all(key == KEY and reason.endswith(".") for key, reason in report.unplaced)
    put(folder, PAIRS)  # and back
    assert [(u.zh, u.en, u.status) for u in units(folder)] == AFTER


def test_conflicts_are_told_by_row_and_lose_nothing(folder):
    old = make_book(folder)
    apply(folder, fill(make_book(folder, "first.xlsx"), (3, "edit", {"new_en": "Arms control."})))
    changed = [*PAIRS]
    changed[7] = ("会议结束了。", "The meeting is over.")
    put(folder, changed[:9])
    fill(
        old,
        (1, "accept"),
        (2, "accept", {"en": "Tampered."}),
        (3, "reject", {"reviewer": "Bo"}),
        (7, "perhaps"),
        (8, "edit", {"new_en": "Mine.", "comment": "kept"}),
        (10, "accept"),
    )
    report = apply(folder, old)
    assert [d.tuid for d in report.applied] == [f"{KEY}_0001"]
    told = {row: reason for row, _, reason, _ in report.conflicts}
    assert [*told] == [3, 4, 8, 9, 11]
    assert "locked cell" in told[3]
    assert "Anna decided edit" in told[4]
    assert "no decision" in told[8]
    assert "the text is another since the record was built anew" in told[9]
    assert "no longer in the record" in told[11]
    kept = openpyxl.load_workbook(conflicts_path(old)).active
    lines = [[cell.value for cell in line] for line in kept.iter_rows(min_row=2)]
    assert [line[0] for line in lines] == [3, 4, 8, 9, 11]
    assert lines[3][3:6] == ["edit", None, "Mine."]
    assert "Arms control." in [u.en for u in units(folder)]
    again = apply(folder, conflicts_path(old))
    assert {row: reason for row, _, reason, _ in again.conflicts} == dict(
        zip((2, 3, 4, 5, 6), told.values(), strict=True)
    )
    book = openpyxl.load_workbook(conflicts_path(old))
    book.active["D4"].value = "accept"  # in the place of a word that is no decision
    book.save(conflicts_path(old))
    settled = apply(folder, conflicts_path(old), settle=True)
    assert {d.tuid for d in settled.applied} == {f"{KEY}_0003", f"{KEY}_0007"}


def test_a_text_that_another_went_on_with_is_a_conflict(folder):
    oldest = make_book(folder)
    apply(folder, fill(make_book(folder, "one.xlsx"), (3, "edit", {"new_en": "Arms control."})))
    second = fill(make_book(folder, "two.xlsx"), (3, "edit", {"new_en": "Third."}), reviewer="Bo")
    assert len(apply(folder, second).applied) == 1
    report = apply(folder, fill(oldest, (3, "accept"), (2, "reject")))
    [(_, _, reason, _)] = report.conflicts
    assert reason == "the text was changed since the book was made, by Bo."
    assert len(report.applied) == 1
    assert "Third." in [u.en for u in units(folder)]


def test_two_reviewers_who_differ_wait_to_be_settled(folder):
    one, two = make_book(folder), make_book(folder, "two.xlsx")
    apply(folder, fill(one, (1, "accept"), (3, "edit", {"new_en": "Arms control."})))
    fill(two, (1, "accept"), (3, "reject"), reviewer="Bo")
    report = apply(folder, two)
    assert [d.effect for d in report.applied] == ["seconded"]
    assert [d.effect for d in report.held] == ["held"]
    assert "Anna decided edit, Bo reject" in report.conflicts[0][2]
    assert "Arms control." in [u.en for u in units(folder)]
    again = apply(folder, two)
    assert (again.changed, again.unchanged, len(again.conflicts)) == (0, 1, 1)
    settled = apply(folder, two, settle=True)
    assert (len(settled.applied), settled.conflicts) == (1, [])
    assert not {"Arms control.", "Disarmament."} & {u.en for u in units(folder)}
    assert apply(folder, two, settle=True).changed == 0
    assert len(journal(folder)) == 5  # nothing was ever deleted
    assert len(in_force(journal(folder))) == 2


def test_a_reviewer_may_change_his_mind_in_the_same_book_or_another(folder):
    book = make_book(folder)
    apply(folder, fill(book, (3, "edit", {"new_en": "Arms control."})))
    apply(folder, fill(book, (3, "accept", {"new_en": None})))
    assert "Disarmament." in [u.en for u in units(folder)]
    apply(folder, fill(make_book(folder, "two.xlsx"), (3, "reject")))
    assert "Disarmament." not in [u.en for u in units(folder)]
    # The older book again: it said so before, and changes nothing.
    assert apply(folder, book).changed == 0
    assert [d.decision for d in journal(folder)] == ["edit", "accept", "reject"]
    assert [(d.zh, d.en) for d in journal(folder)] == [("裁军。", "Disarmament.")] * 3
    # A rejected unit is in the book of its record still, and can be taken back.
    apply(folder, fill(make_book(folder, "three.xlsx"), (3, "accept")))
    assert "Disarmament." in [u.en for u in units(folder)]


def test_an_omission_whose_missing_side_is_given_is_a_unit_of_its_speaker(folder):
    book = fill(make_book(folder), (5, "edit", {"new_zh": "这很重要。"}))
    with Memory.open(folder / "memory.sqlite") as memory:
        rows = memory.rows_of(memory.records()[0])
    rows[4].speaker = ""  # as a build leaves it
    others = [replace(row) for row in rows]
    others[3].speaker = "Ms. Ji (Kenya)"
    apply(folder, book)
    assert next(u for u in units(folder) if u.zh == "这很重要。").kind == "1-1"
    told = [replay(some, journal(folder))[0][4] for some in (rows, others)]
    assert [(row.kind, row.speaker) for row in told] == [
        ("1-1", "Mr. Jadoon (Pakistan)"),
        ("1-1", ""),  # it may be of either turn
    ]


def test_merging_several_in_a_row(folder):
    book = fill(make_book(folder), (1, "merge with next"), (2, "merge with next"), (10, "merge"))
    report = apply(folder, book)
    first = units(folder)[0]
    assert first.zh == "会议开始。谢谢主席。裁军。"
    assert first.en == "The meeting begins. Thank you. Disarmament."
    assert first.kind == "3-3"
    assert first.zh_context.post == "核查很重要。"
    assert [reason for _, _, reason, _ in report.conflicts] == [
        "it is the last unit of the record: there is none to merge it with."
    ]


def test_what_a_killed_command_wrote_only_into_the_journal_is_worked_in_later(folder, monkeypatch):
    def killed(_memory):
        raise KeyboardInterrupt

    book = fill(make_book(folder), (2, "reject"))
    with monkeypatch.context() as kill:
        kill.setattr(Memory, "note_worked_in", killed)
        with pytest.raises(KeyboardInterrupt):
            apply(folder, book)
    assert len(journal(folder)) == 1
    assert len(units(folder)) == 9
    other = fill(make_book(folder, "other.xlsx"))  # with nothing on that record
    assert apply(folder, other).changed == 0
    assert len(units(folder)) == 8
    assert apply(folder, book).unchanged == 1


def test_a_record_that_a_later_build_could_not_read_keeps_its_day_and_signature(folder):
    """Its row of the manifest tells of the failure, and not of what the memory holds."""
    workspace = open_workspace(folder)
    row = workspace.manifest()[KEY]
    failed = row | {"status": "failed", "date": None, "symbol": None, "signature": "new"}
    workspace.save_manifest([failed])
    apply(folder, fill(make_book(folder), (2, "reject")))
    assert {(u.document, u.date) for u in units(folder)} == {("CD/PV.1", row["date"])}
    with Memory.open(folder / "memory.sqlite") as memory:
        assert memory.signatures() == {KEY: row["signature"]}


def test_what_a_book_does_is_what_the_journal_says(folder):
    """Worked in while they are weighed, decisions leave the rows that a rebuild makes of them."""
    one, two = make_book(folder), make_book(folder, "two.xlsx")
    apply(folder, fill(one, *ALL))
    fill(two, (1, "reject"), (2, "accept"), (3, "edit", {"new_en": "Arms."}), reviewer="Bo")
    for settle in (False, True):
        apply(folder, two, settle=settle)
        before, lines = rows_of(folder), list(dump(folder))
        put(folder, PAIRS)
        assert rows_of(folder) == before
        assert list(dump(folder)) == lines


def test_the_tables_of_a_record_are_read_once(folder, monkeypatch):
    apply(folder, fill(make_book(folder, "one.xlsx"), (3, "accept")))
    read, replayed = [], []
    monkeypatch.setattr(
        "cdtm.review.apply.read_beads",
        lambda store, key: read.append(key) or read_beads(store, key),
    )
    monkeypatch.setattr(
        "cdtm.review.weigh.replay",
        lambda rows, force: replayed.append(1) or replay(rows, force),
    )
    apply(folder, fill(make_book(folder), (1, "accept"), (2, "reject")))
    assert (read, len(replayed)) == ([KEY], 1)


def test_nothing_is_written_if_the_journal_fails(folder, monkeypatch):
    book = fill(make_book(folder), (1, "accept"), (2, "reject"))
    apply(folder, fill(make_book(folder, "other.xlsx"), (3, "accept")))
    database = sqlite3.connect(folder / NAME)
    database.execute(
        "CREATE TRIGGER full BEFORE INSERT ON decision WHEN new.decision = 'accept' "
        "BEGIN SELECT RAISE(FAIL, 'disk full'); END"
    )
    database.commit()
    with pytest.raises(sqlite3.IntegrityError):
        apply(folder, book)
    assert len(journal(folder)) == 1
    assert len(units(folder)) == 9


def test_a_memory_of_before_decisions_takes_them(folder):
    """A file of the first migration is brought up when it is opened."""
    database = sqlite3.connect(folder / "memory.sqlite")
    for table in ("decided", "unplaced", "worked_in"):
        database.execute(f"DROP TABLE {table}")
    database.execute("ALTER TABLE unit DROP COLUMN status")
    database.execute("PRAGMA user_version = 1")
    database.commit()
    database.close()
    assert len(units(folder)) == 9
    apply(folder, fill(make_book(folder), (2, "reject")))
    assert len(units(folder)) == 8


def test_names_of_reviewers(folder):
    book = make_book(folder)
    fill(book, (1, "accept"), (2, "accept", {"reviewer": None}))
    assert {d.reviewer for d in apply(folder, book).applied} == {"Anna"}
    fill(book, (1, "reject"), (3, "accept", {"reviewer": None}))
    fill(book, (8, "accept"), reviewer="Bo")
    report = apply(folder, book)
    told = [(row, reason) for row, _, reason, _ in report.conflicts]
    assert [row for row, reason in told if "the book has several (Anna, Bo)" in reason] == [3, 4]
    assert [d.tuid for d in report.applied] == [f"{KEY}_0008", f"{KEY}_0001"]
    nameless = fill(make_book(folder, "two.xlsx"), (10, "accept"), reviewer=None)
    with pytest.raises(UserError, match="Nobody's name"):
        apply(folder, nameless)
    assert apply(folder, nameless, reviewer="Cy").applied[0].reviewer == "Cy"


def test_undecided_memories_are_as_they_were(folder):
    """The rows of a record without decisions have no status, and the journal is not made."""
    assert not (folder / NAME).exists()
    with Memory.open(folder / "memory.sqlite") as memory:
        record = memory.records()[0]
        rows = memory.rows_of(record)
    beads = read_beads(open_workspace(folder).store, KEY)
    assert [(row.zh, row.en) for row in rows] == list(beads.select("zh", "en").iter_rows())
    assert all(row.status is None for row in rows)
    assert all(u.status == u.changed_by == "" and u.changed is None for u in units(folder))


def test_a_decision_without_a_unit_is_a_trouble_of_the_workspace(folder, cdtm):
    apply(folder, fill(make_book(folder), (3, "accept", {"comment": "mine"})))
    put(folder, [pair for pair in PAIRS if pair[0] != "裁军。"])
    run = cdtm("status", "-w", folder, "--troubles")
    told = f"{KEY}\t{KEY}_0003, accept by Anna: the text is another since the record was built anew"
    assert told in run.out


def test_a_sample_is_estimated_and_two_reviewers_are_compared(folder, cdtm):
    book = folder.parent / "sample.xlsx"
    options = ("--sample", "8", "--by", "kind", "--seed", "5")
    assert cdtm("audit", "-w", folder, "-o", book, *options).status == 0
    sheet = openpyxl.load_workbook(book)["Review"]
    names = [int(sheet.cell(n, 1).value.split("|")[1][-4:]) for n in range(2, 10)]
    again = folder.parent / "again.xlsx"
    assert cdtm("audit", "-w", folder, "-o", again, *options).status == 0
    assert again.read_bytes() == book.read_bytes()
    fill(book, (names[0], "reject"), *((name, "accept") for name in names[1:]))
    run = cdtm("audit", "apply", book, "-w", folder)
    assert run.status == 0
    assert "Right pairs     87.5% of the memory" in run.err
    fill(again, *((name, "accept") for name in names[1:]), (names[0], "edit", {"new_en": "X."}))
    fill(again, *((name, "accept") for name in names[1:]), reviewer="Bo")
    fill(again, (names[0], "edit", {"new_en": "X."}), reviewer="Bo")
    run = cdtm("audit", "apply", again, "-w", folder)
    assert "Anna and Bo agree on 88% of 8, Cohen's kappa" in run.err
    assert "To settle" in run.err
    assert "87.5% of the memory" in run.err  # what waits to be settled does not count
    run = cdtm("audit", "apply", again, "-w", folder, "--settle")
    assert "100.0% of the memory" in run.err
    assert "agree on 88%" in run.err  # they still said different things


def test_an_unfinished_sample_says_so(folder, cdtm):
    book = make_book(folder, sample=6)
    sheet = openpyxl.load_workbook(book)["Review"]
    fill(book, (int(sheet.cell(2, 1).value.split("|")[1][-4:]), "accept"))
    run = cdtm("audit", "apply", book, "-w", folder)
    assert "1 of 6 units decided: the rest may be worse." in run.err


def test_two_units_of_one_text_keep_a_decision_each_when_they_move(folder):
    apply(folder, fill(make_book(folder), (2, "accept"), (6, "reject")))
    put(folder, [("新的。", "New."), ("也新。", "New too."), *PAIRS])
    assert [u.status for u in units(folder) if u.en == "Thank you."] == ["accepted"]


@pytest.mark.parametrize("beside", ["accept", "reject"])
def test_a_merger_with_a_unit_that_is_judged_by_itself_is_a_conflict(folder, beside):
    report = apply(folder, fill(make_book(folder), (2, "merge with next"), (3, beside)))
    assert [d.tuid for d in report.applied] == [f"{KEY}_0003"]
    [(row, unit, reason, _)] = report.conflicts
    assert (row, unit) == (3, f"{KEY}_0002")
    assert f"row 4 says {beside} of the next unit" in reason


def test_a_merger_takes_in_what_its_successor_has_become(folder):
    said = (2, "merge with next"), (3, "edit", {"new_en": "Arms control."})
    report = apply(folder, fill(make_book(folder), *said))
    assert not report.conflicts
    assert "Thank you. Arms control." in [u.en for u in units(folder)]
