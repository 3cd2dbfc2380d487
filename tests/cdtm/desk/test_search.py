"""What a query string asks."""

from __future__ import annotations

from datetime import date

import pytest

from cdtm.desk.search import bodies, choice_of, find, wanted_of
from cdtm.lookup.answer import Hit
from cdtm.lookup.looker import Looker
from tests.cdtm.reviewing import put


def test_nothing_asks_for_everything():
    choice = choice_of({})
    assert (choice.tier, choice.min_confidence, choice.symbols) == ("all", 0.0, ())


def test_all_filters():
    choice = choice_of(
        {"since": "2015", "until": "2016-02", "symbol": "CD/PV.15 S/*", "confidence": "96.5"}
        | {"speaker": " Pakistan ", "tier": "accepted"}
    )
    assert (choice.since, choice.until) == (date(2015, 1, 1), date(2016, 2, 29))
    assert choice.symbols == ("CD/PV.15*", "S/*")
    assert choice.min_confidence == 0.965
    assert (choice.speaker, choice.tier) == ("Pakistan", "accepted")


def test_the_body_is_the_beginning_of_the_symbol():
    choice = choice_of({"body": "S", "symbol": "S/PV.9"})
    assert choice.takes_record("k", "S/PV.9722", None)
    assert not choice.takes_record("k", "S/PV.10054", None)
    assert not choice_of({"body": "S"}).takes_record("k", "SC/PV.9", None)
    assert not choice_of({"body": "S"}).takes_record("k", None, None)


@pytest.mark.parametrize(
    ("read", "wanted"),
    [("", 100), ("7", 100), ("1000", 1000), ("99999", 10_000), ("x", 100), ("1" * 5000, 100)],
)
def test_how_many_units_are_read(read, wanted):
    assert wanted_of({"read": read}) == wanted


def test_bodies_are_those_of_the_records(folder):
    put(folder, [("火箭。", "A rocket.")], key="S-PV-3")
    with Looker.open(folder) as looker:
        assert bodies(looker) == ["CD", "S"]


def test_hits_know_their_equivalent_and_their_difference(folder):
    pairs = [("核查很重要。", "Verification matters."), ("核查。", "Monitoring.")]
    put(folder, [*pairs, ("核查办法。", "Verification measures.")], key="CD-PV-2")
    with Looker.open(folder) as looker:
        told = find(looker, {"q": "核查"})
        names = [one["text"].lower() for one in told["equivalents"]]
        assert "verification" in names
        for hit in told["hits"]:
            if "Verification" in hit["en"]:
                assert names[hit["group"]] == "verification"


def test_a_fuzzy_hit_says_in_what_it_differs(folder, monkeypatch):
    with Looker.open(folder) as looker:
        unit = looker.find("核查").hits[0].unit
        monkeypatch.setattr(looker, "near", lambda text, choice: [Hit(unit, "fuzzy", 0.8)])
        [hit] = find(looker, {"q": "核查很紧要。"})["hits"]
    assert hit["difference"] == [
        *(("same", "核查很"), ("missing", "紧"), ("more", "重"), ("same", "要。"))
    ]


def test_both_sides_are_marked_where_both_are_asked_for(folder):
    with Looker.open(folder) as looker:
        told = find(looker, {"q": "zh:裁军 en:disarmament"})
        [hit] = told["hits"]
        assert "Disarmament" in {hit["en"][start:end] for start, end in hit["rendered"]}
        assert find(looker, {"q": "zh:裁军 en:!disarmament"})["total"] == 0


def test_a_word_is_offered_though_another_of_its_stem_is_newer(folder):
    put(folder, [("验证。", "They verify."), ("核查。", "Verification.")], key="CD-PV-2")
    with Looker.open(folder) as looker:
        told = find(looker, {"q": "verificaton"})["meant"]
    assert [one["text"] for one in told] == ["verification"]


def test_a_sentence_without_translation_is_no_unit_and_is_told(folder):
    put(folder, [("火箭。", "A rocket."), ("火箭很快。", ""), ("火箭很慢。", "")], key="CD-PV-2")
    with Looker.open(folder) as looker:
        told = find(looker, {"q": "火箭"})
        assert (told["total"], told["read"]) == (1, 1)
        assert told["note"].startswith("2 sentences that hold it have no translation.")
        told = find(looker, {"q": "火箭很快"})
        assert (told["total"], told["read"]) == (0, 0)
        assert told["note"].startswith("1 sentence that holds it has no translation.")
