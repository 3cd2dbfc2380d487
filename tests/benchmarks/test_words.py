"""Word alignment judged on made-up beads, and the gold's form."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest

from benchmarks.words import (
    GOLD,
    HALVES,
    Counts,
    GoldBead,
    GoldLink,
    count,
    en_words,
    measure,
    read_gold,
    table,
    zh_units,
)
from corpora import RecordError

if TYPE_CHECKING:
    from pathlib import Path


class Link(NamedTuple):
    zh: tuple[int, int]
    en: tuple[int, int]


# 红 red, 苹果 apples; 很 means "very" and nothing here; 好吃 taste (surely), good (possibly).
BEAD = GoldBead(
    "made up",
    "dev",
    "红苹果很好吃。",
    "Red apples taste good.",
    (
        GoldLink((0, 1), (0, 3), sure=True),
        GoldLink((1, 3), (4, 10), sure=True),
        GoldLink((4, 6), (11, 16), sure=True),
        GoldLink((4, 6), (17, 21), sure=False),
    ),
)
PERFECT = [Link(link.zh, link.en) for link in BEAD.links]


def test_units_of_both_sides() -> None:
    assert [(sorted(unit), held) for unit, held in zh_units(BEAD.zh, BEAD.links)] == [
        ([0], True),
        ([1, 2], True),
        ([3], False),
        ([4, 5], True),
    ]
    text = "The Council’s non-nuclear-weapon zone, CD/10 (4)."
    assert [text[a:b] for a, b in en_words(text)] == [
        *("The", "Council’s", "non-nuclear-weapon", "zone", "CD/10", "4")
    ]


def test_the_gold_itself_is_perfect() -> None:
    counts = count(BEAD, PERFECT)
    assert (counts.precision, counts.recall, counts.aer) == (1, 1, 0)
    assert (counts.zh_to_en, counts.en_to_zh) == (1, 1)
    assert (counts.predicted, counts.sure, counts.predicted_possible) == (4, 3, 4)


def test_a_possible_link_that_is_missing_costs_nothing() -> None:
    assert count(BEAD, PERFECT[:-1]).aer == 0


def test_a_sure_link_that_is_missing_costs_recall() -> None:
    counts = count(BEAD, PERFECT[1:])
    assert counts.precision == 1
    assert counts.recall == pytest.approx(2 / 3)
    assert counts.aer == pytest.approx(1 - (2 + 3) / (3 + 3))
    assert counts.zh_to_en == pytest.approx(2 / 3)


def test_a_false_link_costs_precision() -> None:
    counts = count(BEAD, [*PERFECT, Link((3, 4), (17, 21)), Link((0, 1), (4, 10))])
    assert counts.precision == pytest.approx(4 / 6)
    assert counts.recall == 1
    # 红 shows a wrong word too; "apples" does: one of three on either side.
    assert counts.zh_to_en == pytest.approx(2 / 3)
    assert counts.en_to_zh == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    "links",
    [
        [*PERFECT[:1], Link((1, 2), (4, 10)), Link((2, 3), (4, 10)), *PERFECT[2:]],
        [*PERFECT[:1], Link((1, 2), (4, 10)), *PERFECT[2:]],
        [*PERFECT[:2], Link((4, 6), (11, 21))],
        [*PERFECT[:1], Link((1, 3), (5, 7)), *PERFECT[2:]],
    ],
    ids=["by character", "half of a word", "a phrase", "part of an English word"],
)
def test_other_segmentations_are_judged_alike(links: list[Link]) -> None:
    assert count(BEAD, links) == count(BEAD, PERFECT)


def test_less_than_half_of_a_unit_is_not_linked() -> None:
    bead = replace(BEAD, zh="大苹果", links=(GoldLink((0, 3), (4, 10), sure=True),))
    assert count(bead, [Link((0, 1), (4, 10))]).predicted == 0
    assert count(bead, [Link((0, 2), (4, 10))]).recall == 1


def test_one_character_of_what_nothing_translates_is_a_false_link() -> None:
    bead = replace(BEAD, zh="红苹果非常好看。", links=BEAD.links[:2])
    counts = count(bead, [*PERFECT[:2], Link((4, 5), (17, 21))])
    assert counts.precision == pytest.approx(2 / 3)


def test_punctuation_is_not_counted() -> None:
    assert count(BEAD, [*PERFECT, Link((6, 7), (21, 22)), Link((6, 7), (0, 3))]).aer == 0


def test_nothing_predicted() -> None:
    counts = count(BEAD, [])
    assert (counts.precision, counts.recall, counts.aer) == (1, 0, 1)


def test_halves_are_added_up() -> None:
    beads = [BEAD, replace(BEAD, half="test"), BEAD]
    counts = measure(beads, lambda _zh, _en: PERFECT)
    assert [counts[name].sure for name in ("dev", "test", "all")] == [6, 3, 9]
    assert counts["all"] == counts["dev"] + counts["test"]
    assert "0.000" in list(table(counts))[-1]
    assert measure([], lambda _zh, _en: [])["all"] == Counts()


def test_texts_come_from_the_records_by_hash(tmp_path: Path) -> None:
    texts = {"zh": "我们要求立即裁军。", "en": "We ask for disarmament at once."}
    for language, text in texts.items():
        more = {"zh": "会议开始。", "en": "The meeting began."}[language]
        (tmp_path / f"X.{language}.txt").write_text(f"{more}\n\n{text}\n", encoding="utf-8")
    digests = {f"{k}_sha256": hashlib.sha256(v.encode()).hexdigest() for k, v in texts.items()}
    line = {"pair": "X", "half": "test", "zh": 99, "en": 99, **digests}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(line | {"links": [[0, 2, 0, 2, "P"]]}) + "\n", encoding="utf-8")
    (bead,) = read_gold(gold, tmp_path)
    assert (bead.zh, bead.en) == (texts["zh"], texts["en"])
    assert bead.links == (GoldLink((0, 2), (0, 2), sure=False),)
    (tmp_path / "X.en.txt").write_text("We ask for disarmament now.\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"X\.en\.txt"):
        read_gold(gold, tmp_path)


def test_the_gold_holds_no_text() -> None:
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 60
    assert GOLD.read_text(encoding="utf-8").isascii()
    halves = [json.loads(line)["half"] for line in lines]
    assert [halves.count(half) for half in HALVES] == [len(lines) // 2] * 2


def test_the_gold_fits_its_texts(shared: Path) -> None:
    for bead in read_gold(GOLD, shared / "records"):
        assert any(link.sure for link in bead.links)
        words = en_words(bead.en)
        for link in bead.links:
            assert 0 <= link.zh[0] < link.zh[1] <= len(bead.zh)
            assert {"。", "，"}.isdisjoint(bead.zh[slice(*link.zh)])
            # A link begins and ends where words do.
            starts, ends = {a for a, _ in words}, {b for _, b in words}
            assert link.en[0] in starts, bead.en[slice(*link.en)]
            assert link.en[1] in ends or bead.en[link.en[1] - 1] == ")"
        assert count(bead, bead.links).aer == 0
