"""Units of other people's files: none lost, none made up, what was mended is told."""

from __future__ import annotations

import random

import openpyxl
import pytest

from cdtm.imports.sources import Source
from corpora.errors import UserError
from tests.cdtm.imports.habits import EN, HABITS, PAIRS, ZH, both, tmx, tu
from tmx_out.tmx_reader import NotWellFormedError


def read(path, **options):
    source = Source(path, **options)
    return [*source.units()], source


@pytest.mark.parametrize("name", HABITS)
def test_no_unit_of_any_tool_is_lost(tmp_path, name):
    habit = HABITS[name]
    path = tmp_path / "x.tmx"
    path.write_bytes(habit.data)
    try:
        units, source = read(path)
    except NotWellFormedError:
        units, source = read(path, mend=True)
    assert tuple((unit.zh, unit.en) for unit in units) == habit.pairs
    assert tuple(unit.document for unit in units) == habit.documents
    if name != "an unknown status":  # which the record leaves out
        assert tuple(unit.status for unit in units) == habit.statuses
    assert any(habit.told in what for what in source.told) if habit.told else not source.told
    assert not source.skipped


def test_there_are_thirty_habits_and_more():
    assert len(HABITS) >= 30


def test_what_is_left_out_is_counted_by_reason(tmp_path):
    path = tmp_path / "x.tmx"
    path.write_text(tmx(tu(0), *(tu(1, texts=(ZH[1], " ")) for _ in range(3)), tu(1, zh="fr")))
    units, source = read(path)
    assert len(units) == 1
    assert source.skipped.reasons == {"no Chinese or no English text": 4}


def test_the_two_are_not_taken_for_each_other_where_nothing_is_sure(tmp_path):
    path = tmp_path / "x.tmx"
    path.write_text(
        tmx(tu(0, texts=("NPT", "NPT")), tu(0, texts=("核", "核")), tu(0, zh="fr", en="fr"))
    )
    units, source = read(path)
    assert [(unit.zh, unit.en) for unit in units] == [("NPT", "NPT"), ("核", "核")]
    assert not source.told


@pytest.mark.parametrize("size", [7, 1 << 16])
def test_mending_does_not_depend_on_where_the_pieces_are_cut(tmp_path, size, monkeypatch):
    from tmx_out.mended import Mended

    whole = Mended.read
    monkeypatch.setattr(Mended, "read", lambda self, _size=0: whole(self, size))
    path = tmp_path / "x.tmx"
    text = both().replace("We", "R&D &amp; AT&T &nbsp;&#1;&#x4e00; 1<2")
    path.write_text(text * 1, "utf-8")
    units, _ = read(path, mend=True)
    assert units[0].en == "R&D & AT&T 一 1<2" + EN[0][2:]


# ------------------------------------------------------------------------------------------ tables


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.tsv", "{0[0]}\t{0[1]}\n{1[0]}\t{1[1]}\n"),
        ("x.tsv", "English\t中文\n{0[1]}\t{0[0]}\n{1[1]}\t{1[0]}\n"),
        ("x.csv", 'zh,en,symbol\n{0[0]},"{0[1]}",CD/1\n{1[0]},{1[1]},CD/1\n'),
        ("x.txt", "id;zh;en\n1;{0[0]};{0[1]}\n2;{1[0]};{1[1]}\n"),
    ],
)
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030"])
def test_tables_of_pairs(tmp_path, name, text, coding):
    (tmp_path / name).write_text(text.format(*PAIRS), coding)
    units, source = read(tmp_path / name, pairs=True)
    assert tuple((unit.zh, unit.en) for unit in units) == PAIRS
    assert {unit.document for unit in units} == {"CD/1" if "symbol" in text else ""}
    assert bool(source.told) != coding.startswith("utf-8")
    assert not source.skipped


def test_a_quotation_mark_in_a_table_of_tabs_swallows_nothing(tmp_path):
    (tmp_path / "x.tsv").write_text(f'"{ZH[0]}\t"{EN[0]}\n{ZH[1]}\t{EN[1]}\n{ZH[1]}\n', "utf-8")
    units, source = read(tmp_path / "x.tsv", pairs=True)
    assert [unit.zh for unit in units] == [f'"{ZH[0]}', ZH[1]]
    assert source.skipped.reasons == {"no Chinese or no English text": 1}


def test_a_workbook_of_pairs(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["About these pairs"])
    for pair in PAIRS:
        sheet = book.create_sheet()
        sheet.append(["Chinese", "English"])
        sheet.append(pair)
    book.save(tmp_path / "x.xlsx")
    units, source = read(tmp_path / "x.xlsx", pairs=True)
    assert tuple((unit.zh, unit.en) for unit in units) == PAIRS
    assert [*source.told] == ["sheet without pairs, Sheet"]


@pytest.mark.parametrize(
    ("name", "text"), [("x.doc", ""), ("x.tsv", "un\tdeux\n"), ("x.tsv", "\0\1")]
)
def test_what_is_no_table_of_pairs_is_refused(tmp_path, name, text):
    (tmp_path / name).write_text(text * 50)
    with pytest.raises(UserError):
        read(tmp_path / name, pairs=True)


def test_a_table_is_told_how_it_is_imported(tmp_path):
    (tmp_path / "x.tsv").write_text(f"{ZH[0]}\t{EN[0]}\n", "utf-8")
    with pytest.raises(UserError, match=r"cdtm import --pairs x\.tsv"):
        read(tmp_path / "x.tsv")


@pytest.mark.parametrize("mend", [False, True])
def test_spoilt_files_get_units_or_a_sentence(tmp_path, mend):
    rng, path, read_whole = random.Random(4), tmp_path / "x.tmx", 0
    for number in range(300):
        data = bytearray([*HABITS.values()][number % len(HABITS)].data)
        for _ in range(rng.randint(1, 6)):
            place = rng.randrange(len(data))
            data[place : place + rng.randint(0, 3)] = rng.choice(
                (b"<", b"&", b"&#1;", b"\xff\xfe", b"\0", b"]]>", b"encoding='x'", b"<seg>", b"")
            )
        path.write_bytes(data)
        try:
            read(path, mend=mend)
        except UserError:
            continue
        read_whole += 1
    assert 0 < read_whole < 300
