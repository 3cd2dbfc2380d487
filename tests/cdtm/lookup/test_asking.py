"""Queries as people type them."""

from __future__ import annotations

import pytest

from cdtm.lookup.answer import KnownTerm, find_places
from cdtm.lookup.asking import Question, by_shape, meant, other_ways, parse
from corpora import UserError


@pytest.mark.parametrize(
    ("text", "language", "way"),
    [
        ("漁業管理", "zh", "渔业管理"),
        ("渔业管理", "zh", "漁業管理"),
        ("渔 业", "zh", "渔业"),
        ("program of work", "en", "programme of work"),
        ("programme", "en", "program"),
        ("defence", "en", "defense"),
        ("neighborhood", "en", "neighbourhood"),
        ("organisation", "en", "organization"),
        ("utilize", "en", "utilise"),
        ("fishing center", "en", "fishing centre"),
        ("modelling", "en", "modeling"),
        ("nonproliferation", "en", "non-proliferation"),
        ("cease-fire", "en", "ceasefire"),
        ("cyber security", "en", "cybersecurity"),
        ("A/RES/75/99", "en", "75/99"),
        ("a/res/75/99", "en", "75/99"),
        ("S/RES/1984 (2011)", "en", "1984 (2011)"),
        ("HFC", "en", "Herring Fishers' Council"),
    ],
)
def test_other_ways_of_writing(text, language, way):
    known = [KnownTerm(("鲱渔理事会",), ("Herring Fishers' Council", "HFC"), "ours")]
    ways = list(other_ways(text, language, known if text == "HFC" else ()))
    assert way in ways
    assert text not in ways
    assert len(ways) == len({*ways})


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("herring", Question("herring", "en")),
        ("zh:渔业 en:!herring", Question("渔业", "zh", (), (("herring", "en"),))),
        ("en:fishing nets zh:渔网", Question("fishing nets", "en", (("渔网", "zh"),))),
        ('zh："渔业"', Question("渔业", "zh")),
        ("note on zh:x", Question("note on zh:x", "en")),
        ("zh:", UserError),
        ("en:!herring", UserError),
    ],
)
def test_what_is_asked_of_both_sides(text, question):
    if question is UserError:
        with pytest.raises(UserError):
            parse(text)
    else:
        assert parse(text) == question


@pytest.mark.parametrize(
    ("text", "within", "language", "found"),
    [
        ("fish*", "Fisheries and a fishing net", "en", ["Fisheries", "fishing"]),
        ("fish* net", "the fishing net", "en", ["fishing net"]),
        ("law of the *", "the law of the sea", "en", ["law of the sea"]),
        ("*fish", "a swordfish and fish", "en", ["swordfish", "fish"]),
        ("渔*区", "渔业管理区，渔民。区", "zh", ["渔业管理区"]),
        ("*", "anything", "en", []),
    ],
)
def test_a_star_stands_for_anything(text, within, language, found):
    assert [within[a:b] for a, b in find_places(text, within, language)] == found


def test_a_word_that_is_nearly_it_is_offered_if_the_memory_has_it():
    memory = {"herring": 7, "heron": 0, "the herring": 3, "the": 9, "渔业": 4, "鱼业": 0}
    pieces = by_shape(["herring", "heron", "hearing", "渔业", "鱼业", "渔"])
    often = lambda text: memory.get(text, 0)  # noqa: E731
    assert meant("herrign", pieces, often) == [("herring", 7)]
    assert meant("the herrign", pieces, often) == [("the herring", 3)]
    assert meant("Côta", by_shape(["côte"]), {"côte": 2}.get) == [("côte", 2)]
    assert meant("与业", pieces, often) == [("渔业", 4)]
    assert meant("zzzz", pieces, often) == []
    assert meant("herrign whalse", pieces, often) == []
