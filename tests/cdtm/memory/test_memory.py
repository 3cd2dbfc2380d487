"""The memory: units in and out again, searches in both languages, renderings, old and new files."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from align import align_pair, load_encoder
from align.pair import encode_side
from align.settings import Settings
from cdtm.build.records import bead_table
from cdtm.memory.choice import Choice, least_accepted, tier_of
from cdtm.memory.database import STEPS
from cdtm.memory.memory import Memory
from cdtm.memory.rows import NUMBERS
from cdtm.memory.units import natural
from cdtm.memory.words import as_words, hash_of
from corpora import UserError, read_document
from tests.cdtm.making_beads import beads, row
from tmx_out import units
from tmx_out.units import Context


@pytest.fixture
def path(tmp_path):
    return tmp_path / "memory.sqlite"


def texts(memory, choice=None):
    return [(unit.zh, unit.en) for unit in memory.units(choice)]


def alone(unit):
    """A unit without the sentences beside it, as it is given by its id."""
    return replace(unit, zh_context=Context(), en_context=Context())


# ------------------------------------------------------------------------------------- in and out


def test_what_goes_in_comes_out_as_the_units_of_the_alignment(path, zh, en):
    encoder, settings = load_encoder(), Settings()
    pair = read_document(zh), read_document(en)
    alignment = align_pair(*pair, encoder, settings)
    sides = encode_side(pair[0], encoder, settings), encode_side(pair[1], encoder, settings)
    told = row("CD-PV-9999", date=date(2031, 6, 3))
    with Memory.open(path, create=True) as memory:
        memory.put_record(told, bead_table(alignment, sides, "CD-PV-9999"))
    with Memory.open(path) as memory:
        found = list(memory.units())
        by_id = memory.units_at((1 << NUMBERS) + n for n in range(len(alignment.beads)))
    assert found == list(units(alignment))
    assert by_id == [alone(unit) for unit in found]
    assert len(found) > 80
    assert any(bead.is_null for bead in alignment.beads)


def test_the_order_is_that_of_the_symbols_whenever_they_came(path):
    with Memory.open(path, create=True) as memory:
        for key in ("CD-PV-10", "CD-PV-9", "S-PV-1", "CD-PV-100"):
            memory.put_record(row(key), beads((f"{key}。", f"{key}.")))
        assert [unit.document for unit in memory.units()] == [
            "CD/PV.9",
            "CD/PV.10",
            "CD/PV.100",
            "S/PV.1",
        ]


def test_a_record_put_in_again_takes_the_place_of_the_former(path):
    with Memory.open(path, create=True) as memory:
        memory.put_record(row("CD-PV-1"), beads(("裁军。", "Disarmament."), ("核查。", "Old.")))
        memory.put_record(row("CD-PV-2"), beads(("和平。", "Peace.")))
        before = memory.search("裁军", "zh")[0]
        memory.put_record(row("CD-PV-1", signature="s2"), beads(("裁军。", "Arms control.")))
        assert memory.signatures() == {"CD-PV-1": "s2", "CD-PV-2": "s1"}
        assert texts(memory) == [("裁军。", "Arms control."), ("和平。", "Peace.")]
        assert memory.search("裁军", "zh") == (before, 1)
        for gone in ("old", "disarmament"):
            assert memory.search(gone, "en") == ([], 0)
        assert memory.search("核查", "zh") == ([], 0)


def test_a_record_is_taken_out_with_all_that_finds_it(path):
    with Memory.open(path, create=True) as memory:
        memory.put_record(row("CD-PV-1"), beads(("裁军。", "Disarmament.")))
        memory.remove_record("CD-PV-1")
        memory.remove_record("CD-PV-1")
        assert texts(memory) == []
        assert memory.signatures() == {}
        assert memory.search("裁军", "zh") == ([], 0)


def test_the_sentences_around_a_unit_are_those_of_null_links_too(path):
    with Memory.open(path, create=True) as memory:
        made = beads(("一。", "One."), ("", "Only English."), ("二。三。", "Two and three."))
        cut = pl.when(pl.col("zh") == "二。三。").then(2)
        made = made.with_columns(zh_first=cut.otherwise("zh_first").cast(pl.UInt32))
        memory.put_record(row("CD-PV-1"), made)
        first, second = memory.units()
        assert (first.zh_context.pre, first.zh_context.post) == ("", "二。")
        assert (first.en_context.pre, first.en_context.post) == ("", "Only English.")
        assert (second.zh_context.pre, second.en_context.pre) == ("一。", "Only English.")


def test_what_was_committed_is_there_though_the_rest_fails(path):
    def fill():
        with Memory.open(path, create=True) as memory:
            memory.put_record(row("CD-PV-1"), beads(("裁军。", "Disarmament.")))
            memory.commit()
            memory.put_record(row("CD-PV-2"), beads(("和平。", "Peace.")))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill()
    with Memory.open(path) as memory:
        assert texts(memory) == [("裁军。", "Disarmament.")]


def test_one_plain_file_is_left(path):
    with Memory.open(path, create=True) as memory:
        memory.put_record(row("CD-PV-1"), beads(("裁军。", "Disarmament.")))
    assert [file.name for file in path.parent.iterdir()] == [path.name]


# ------------------------------------------------------------------------------------- the choice


def test_units_are_chosen_and_counted_alike(path):
    with Memory.open(path, create=True) as memory:
        memory.put_record(row("CD-PV-1500", date=date(2010, 1, 5)), beads(("甲。", "A.")))
        memory.put_record(row("CD-PV-1579"), beads(("乙。", "B."), flags="number"))
        memory.put_record(row("S-PV-1", date=None), beads(("丙。", "C."), confidence=0.5))
        memory.put_record(
            row("S-PV-2", date=date(2020, 1, 1)), beads(("丁。", "D."), speaker="", key="S-PV-2")
        )
        nearly = least_accepted() - 1e-5  # shown in whole per cent, it would seem to be accepted
        memory.put_record(
            row("A-1", date=date(1990, 1, 1)), beads(("戊。", "E."), confidence=nearly)
        )
        for choice, wanted in (
            (Choice(), "ABCDE"),
            (Choice(tier="accepted"), "AD"),
            (Choice(tier="review"), "BCE"),
            (Choice(min_confidence=0.6), "ABDE"),
            (Choice(since=date(2015, 7, 21)), "BD"),
            (Choice(until=date(2015, 7, 21)), "ABE"),
            (Choice(symbols=("cd/pv.15*",)), "AB"),
            (Choice(symbols=("CD/PV.1500", "s-pv-2")), "AD"),
            (Choice(speaker="pakistan"), "ABCE"),
            (Choice(speaker="nobody"), ""),
            (Choice(tier="review", symbols=("S/*",)), "C"),
        ):
            found = "".join(sorted(en[0] for _, en in texts(memory, choice)))
            assert found == wanted, choice
            assert memory.count(choice) == len(wanted), choice
            every = [row.id for record in memory.records() for row in memory.rows_of(record)]
            by_id = memory.units_by_id(every, choice).values()
            assert [*by_id] == [alone(unit) for unit in memory.units(choice)], choice


def test_a_tier_follows_confidence_and_flags():
    assert tier_of(0.99, "") == "accepted"
    assert tier_of(0.99, ()) == "accepted"
    assert tier_of(0.9, "") == "review"
    assert tier_of(0.99, "number") == "review"


# -------------------------------------------------------------------------------------- searching


@pytest.fixture
def filled(path):
    with Memory.open(path, create=True) as memory:
        memory.put_record(
            row("CD-PV-1", date=date(2001, 1, 1)),
            beads(
                ("核裁军是首要任务。", "Nuclear disarmament is the first priority."),
                ("裁 军", "Spaced."),
                ("见CD/1299号文件。", "See document CD/1299."),
                ("军裁。", "Nothing of the kind."),
                ("", "An omitted verification."),
            ),
        )
        memory.put_record(
            row("CD-PV-2", date=date(2011, 1, 1)),
            beads(("裁军与核查。", "Disarmament and verification: the Résumé of treaties.")),
        )
    with Memory.open(path) as memory:
        yield memory


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("裁军", "zh", ["2.0", "1.0", "1.1"]),  # the newest first; white space does not part it
        ("核查", "zh", ["2.0"]),
        ("军", "zh", ["2.0", "1.0", "1.1", "1.3"]),
        ("CD/1299", "zh", ["1.2"]),
        ("cd/1299", "en", ["1.2"]),
        ("disarmament", "en", ["2.0", "1.0"]),
        ("treaty", "en", ["2.0"]),
        ("resume", "en", ["2.0"]),
        ("first priority", "en", ["1.0"]),
        ("priority first", "en", []),
        ("verification", "en", ["2.0", "1.4"]),
        ("不扩散", "zh", []),
    ],
)
def test_words_are_found(filled, text, language, found):
    ids, count = filled.search(text, language)
    assert [f"{n >> NUMBERS}.{n % (1 << NUMBERS)}" for n in ids] == found
    assert count == len(found)


@pytest.mark.parametrize(
    "text",
    ["", " ", '"', "***", "a AND", "NEAR(", "(裁军", "-裁军", "text:裁军", "裁军*", "'; DROP"],
)
def test_signs_of_the_query_language_mean_nothing(filled, text):
    ids, count = filled.search(text, "zh")
    assert count == len(ids)
    assert (count > 0) == ("裁军" in text and "text" not in text)


def test_the_limit_limits_what_is_given_not_what_is_counted(filled):
    ids, count = filled.search("军", "zh", limit=1)
    assert (len(ids), count) == (1, 4)


def test_how_many_hold_a_text_is_counted_up_to_a_limit(filled):
    assert [filled.frequency(text, "zh") for text in ("军", "裁军", "不扩散", "，")] == [4, 3, 0, 0]
    assert filled.frequency("军", "zh", most=2) == 2


def test_units_are_given_as_their_ids_are_asked_for(filled):
    rare, frequent = filled.search("priority", "en")[0], filled.search("verification", "en")[0]
    units = filled.units_at([*rare, 9 << NUMBERS, *frequent, *rare, rare[0] + 99])
    assert [unit.document for unit in units] == ["CD/PV.1", "CD/PV.2", "CD/PV.1"]
    assert len(frequent) == 2  # one of them an omission


def many(path, count=12):
    """Two records a year, put in out of order, the 7th without a date; odd ones say it twice."""
    with Memory.open(path, create=True) as memory:
        for number in sorted(range(1, count + 1), key=lambda n: (n % 5, n)):
            day = None if number == 7 else date(2000 + number // 2, 1, 1)
            texts = [("裁军。", "Arms."), ("核查。", f"No {number}."), ("裁军。", "Arms!")]
            memory.put_record(
                row(f"CD-PV-{number}", date=day), beads(*texts[: 1 + 2 * (number % 2)])
            )


@pytest.mark.parametrize("counted", [5, 1000])
@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(), [12, 10, 11, 11, 8, 9, 9, 6, 4, 5, 5, 2, 3, 3, 1, 1, 7, 7]),
        (Choice(since=date(2003, 1, 1), until=date(2005, 12, 31)), [10, 11, 11, 8, 9, 9, 6]),
        (Choice(symbols=("CD/PV.2", "CD/PV.7")), [2, 7, 7]),
        (Choice(symbols=("S/*",)), []),
        (Choice(tier="review"), []),
        (Choice(speaker="pakistan", symbols=("*.3",)), [3, 3]),
        (Choice(speaker="nobody"), []),
    ],
)
def test_what_is_frequent_is_found_as_what_is_rare(path, monkeypatch, counted, choice, expected):
    many(path)
    monkeypatch.setattr("cdtm.memory.search.COUNTED", counted)
    with Memory.open(path) as memory:
        for limit in (1, 4, 100):
            ids, count = memory.search("arms", "en", limit=limit, choice=choice)
            found = [int(unit.document.removeprefix("CD/PV.")) for unit in memory.units_at(ids)]
            assert found == expected[:limit]
            assert count == min(len(expected), max(counted, limit))


def test_units_outside_turns_are_of_no_speaker(path):
    with Memory.open(path, create=True) as memory:
        memory.put_record(row("CD-PV-1"), beads(("甲。", "A."), speaker=""))
        memory.put_record(row("CD-PV-2"), beads(("甲。", "A.")))
        for speaker, number in (("", 2), ("(pak", 1), ("nobody", 0)):
            choice = Choice(speaker=speaker)
            assert memory.count(choice) == len(texts(memory, choice)) == number
            assert memory.search("a", "en", choice=choice)[1] == number


def test_what_another_process_puts_in_is_seen(path):
    many(path, 2)
    with Memory.open(path) as reader:
        assert [record.key for record in reader.records()] == ["CD-PV-1", "CD-PV-2"]
        many(path, 3)
        assert len(reader.records()) == 3
        assert reader.search("arms", "en")[1] == 5


def test_small_things():
    assert as_words("见CD/1299号") == " 见 CD/1299 号 "
    assert -(2**63) <= hash_of("裁军") < 2**63
    assert sorted(["CD/PV.10", "CD/PV.9", "A/1"], key=natural) == ["A/1", "CD/PV.9", "CD/PV.10"]


# ---------------------------------------------------------------------------------- other files


def test_a_missing_memory_is_told(path):
    with pytest.raises(UserError, match="cdtm build"), Memory.open(path):
        pass
    assert not path.exists()


def test_another_file_is_told(path):
    path.write_bytes(b"no database at all, but long enough to be looked at" * 10)
    with pytest.raises(UserError, match="is damaged: remove it"), Memory.open(path):
        pass


def test_a_newer_memory_is_refused(path):
    with Memory.open(path, create=True):
        pass
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    database.close()
    with pytest.raises(UserError, match="newer cdtm"), Memory.open(path):
        pass


def test_an_older_memory_is_brought_up(path, monkeypatch):
    with Memory.open(path, create=True) as memory:
        memory.put_record(row("CD-PV-1"), beads(("裁军。", "Disarmament.")))
    step = "ALTER TABLE record ADD COLUMN title TEXT;"
    monkeypatch.setattr("cdtm.memory.database.STEPS", (*STEPS, step))
    with Memory.open(path, create=True) as memory:
        assert texts(memory) == [("裁军。", "Disarmament.")]
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (len(STEPS) + 1,)
        assert database.execute("SELECT title FROM record").fetchall() == [(None,)]
    database.close()
