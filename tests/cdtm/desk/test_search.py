"""What a query string asks."""

from __future__ import annotations

from datetime import date

from cdtm.desk.search import choice_of


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
