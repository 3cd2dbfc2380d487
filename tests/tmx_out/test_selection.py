"""Which units go in, and that every other is in the books."""

from __future__ import annotations

from dataclasses import replace

from align.alignment import Alignment, Bead
from corpora import Document, Sentence
from tmx_out.selection import (
    LOW_CONFIDENCE,
    NO_CHINESE,
    NO_ENGLISH,
    NULL_LINK,
    REPEAT,
    Selection,
    Skipped,
)
from tmx_out.units import Unit


def test_every_bead_is_written_or_skipped(alignment: Alignment) -> None:
    selection = Selection(min_confidence=0.5)
    chosen = list(selection.choose([alignment]))
    books = selection.report()
    assert [unit.tuid for unit in chosen] == [
        "CD-PV-9999_0001", "CD-PV-9999_0004", "CD-PV-9999_0006",
    ]  # fmt: skip
    assert [(skipped.tuid, skipped.reason) for skipped in books.skipped] == [
        ("CD-PV-9999_0002", LOW_CONFIDENCE),
        ("CD-PV-9999_0005", NULL_LINK),
        ("CD-PV-9999_en0005", NULL_LINK),
    ]
    assert books.written + len(books.skipped) == len(alignment.beads)


def test_the_beads_own_confidence_decides(alignment: Alignment) -> None:
    assert len(list(Selection(min_confidence=0.9876).choose([alignment]))) == 2
    assert len(list(Selection(min_confidence=0.9877).choose([alignment]))) == 1


def test_units_of_unknown_confidence_go_in() -> None:
    given = [Unit("1", "甲", "a"), Unit("2", "乙", "b", confidence=0.1)]
    selection = Selection(min_confidence=0.5)
    assert list(selection.choose(given)) == given[:1]
    assert selection.report().skipped[0].reason == LOW_CONFIDENCE


def test_repeats_and_rivals() -> None:
    given = [Unit("1", "甲", "a"), Unit("2", "甲", "b"), Unit("3", "甲", "a"), Unit("4", "乙", "a")]
    selection = Selection()
    assert [unit.tuid for unit in selection.choose(given)] == ["1", "2", "4"]
    assert selection.report().rivals == ("2",)
    assert selection.report().skipped == (Skipped("3", REPEAT),)
    english = Selection(source="en")
    assert len(list(english.choose(given))) == 3
    assert english.report().rivals == ("4",)
    keep = Selection(repeats="keep")
    assert list(keep.choose(given)) == given


def test_what_cleaning_leaves_empty_is_skipped_with_its_reason() -> None:
    selection = Selection()
    given = [Unit("1", "\x0b", "a"), Unit("2", "甲", " \u3000 "), Unit("3", "丙\x1f", "c")]
    assert [unit.zh for unit in selection.choose(given)] == ["丙"]
    books = selection.report()
    assert [skipped.reason for skipped in books.skipped] == [NO_CHINESE, NO_ENGLISH]
    assert books.removed_characters == 2


def test_long_segments_are_told_and_go_in() -> None:
    selection = Selection()
    given = [Unit("1", "甲" * 2000, "a"), Unit("2", "甲" * 2001, "a"), Unit("3", "乙", "b" * 2001)]
    assert len(list(selection.choose(given))) == 3
    assert selection.report().long_segments == ("2", "3")


def test_flags_with_a_comma_stay_one() -> None:
    unit = next(Selection().choose([Unit("1", "甲", "a", flags=("a, b", " ", "c"))]))
    assert unit.flags == ("a; b", "c")


def test_two_documents_of_one_name_keep_apart(alignment: Alignment) -> None:
    def pair(text: str) -> Alignment:
        zh = Document("001.zh", "zh", (Sentence(text),))
        en = Document("001.en", "en", (Sentence(text),))
        return Alignment(zh, en, (Bead((0, 1), (0, 1)),))

    named = replace(pair("d"), zh=replace(pair("d").zh, symbol="001-2"))
    chosen = Selection().choose([pair("a"), pair("b"), named, pair("c")])
    assert [unit.tuid for unit in chosen] == [
        "001_0001",
        "001-2_0001",
        "001-2-2_0001",
        "001-3_0001",
    ]
