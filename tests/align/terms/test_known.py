"""Known terms: counted by the longest form, verified, merged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from align.terms.known import merge_known, verify
from align.terms.types import TermPair


@dataclass(frozen=True)
class Said:
    zh: str
    en: str
    document: str = "F/PV.1"
    date: date | None = None


HERRING = TermPair(zh=("鲱鱼国",), en=("herring State", "herring States"))
NOT = TermPair(zh=("无鲱鱼国",), en=("non-herring State",))


def test_a_form_inside_a_longer_known_one_is_not_counted():
    said = [Said("无鲱鱼国", "a non-herring State"), Said("鲱鱼国和无鲱鱼国", "herring States")]
    herring, none = verify([HERRING, NOT], said)
    assert (herring.zh_count, herring.en_count, herring.count) == (1, 1, 1)
    assert (none.zh_count, none.en_count, none.count) == (2, 1, 1)


def test_of_forms_that_begin_alike_the_longest_counts():
    short = TermPair(zh=("鲱鱼",), en=("herring",))
    said = [Said("鲱鱼国", "herring State"), Said("鲱鱼", "herring")]
    counts = [(term.zh_count, term.en_count) for term in verify([short, HERRING], said)]
    assert counts == [(1, 1), (1, 1)]


def test_forms_are_found_whatever_their_spelling():
    said = [Said("《鲱鱼 国》", "Herring-States’ fleet"), Said("鲱鱼国", "herring, States")]
    assert verify([HERRING], said)[0].count == 1


def test_what_verification_says():
    said = [
        Said("鲱鱼国", "the herring State", "A", date(2020, 1, 2)),
        Said("鲱鱼国", "the fishing nation", "B", date(2021, 1, 2)),
    ]
    (term,) = verify([HERRING], said, status="imported")
    assert term.note == "The imported glossary says herring State; 1 of 2 units agree."
    assert (term.status, term.documents, term.first) == ("imported", 1, date(2020, 1, 2))
    assert term.example.symbol == "A"
    (absent,) = verify([HERRING], [Said("鱼", "fish")])
    assert (absent.count, absent.note, absent.score) == (0, "", 0.0)


EXTRACTED = TermPair(zh=("鲱鱼国",), en=("herring States",), count=5, score=0.6, why="linked")
OTHER = TermPair(zh=("渔网",), en=("fishing net",), count=9, score=0.95)


def test_a_known_term_takes_the_place_of_the_extracted_one():
    known = replace(HERRING, count=5, zh_count=5, score=0.8, status="glossary", why="glossary")
    first, second = merge_known([OTHER, EXTRACTED], [known])
    assert first == OTHER
    assert second.zh == ("鲱鱼国",)
    assert second.en == ("herring State", "herring States")
    assert second.score == 0.9
    assert "linked" in second.why
    assert "raised" in second.why


def test_imported_terms_come_first():
    known = replace(HERRING, count=1, zh_count=9, score=0.1, status="imported")
    assert [term.status for term in merge_known([OTHER, EXTRACTED], [known])] == [
        "imported",
        "extracted",
    ]


def test_what_is_extracted_otherwise_competes():
    known = replace(NOT, count=2, zh_count=7, score=0.3, status="glossary")
    rival = TermPair(zh=("无鲱鱼国",), en=("landlocked States",), count=5, score=0.7)
    [mine] = merge_known([rival], [known])
    assert [(c.text, c.count) for c in mine.competitors] == [("landlocked States", 5)]


def test_a_known_term_that_stands_nowhere_is_left_out():
    assert merge_known([OTHER], [HERRING]) == [OTHER]


def test_only_forms_that_stand_together_are_attested():
    term = TermPair(zh=("鲱鱼国", "鲱国"), en=("herring State", "HS", "fish nation"))
    said = [
        Said("鲱国", "the HS", "A"),
        Said("鲱国", "the HS", "B"),
        Said("鲱鱼国", "HSS", "C"),
        Said("鲱国和鲱鱼国", "herring States", "D"),
    ]
    (found,) = verify([term], said)
    assert [(one.zh, one.en, one.count, one.symbol) for one in found.attested] == [
        ("鲱国", "HS", 2, "A"),
        ("鲱国", "herring State", 1, "D"),
        ("鲱鱼国", "herring State", 1, "D"),
    ]
    assert (found.zh, found.en) == (("鲱鱼国", "鲱国"), ("herring State", "HS"))


def test_another_form_is_not_said_to_agree_with_the_first():
    term = TermPair(zh=("鲱鱼国",), en=("herring State", "HS"))
    (found,) = verify([term], [Said("鲱鱼国", "the HS")] * 3 + [Said("鲱鱼国", "herring State")])
    assert found.note == (
        "The built-in glossary says herring State; 1 of 4 units agree, and another form of it in 3."
    )
