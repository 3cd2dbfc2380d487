"""Damaged copies: what is left out leaves exact gold."""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING

import pytest

from training.damaged import (
    DEV_SEED,
    REPORT_SEED,
    Loss,
    Record,
    apply_damage,
    cut_run,
    damaged_copies,
    join_records,
    plan_damage,
    read_records,
    read_un_text,
)

if TYPE_CHECKING:
    from pathlib import Path

    from corpora import Document

SMALL = Record(
    "small",
    ("主席：甲。", "乙。", "丙。", "丁。", "戊。"),
    ("The President: A.", "B and C.", "X.", "D.", "E one.", "E two."),
    (((0,), (0,)), ((1, 2), (1,)), ((), (2,)), ((3,), (3,)), ((4,), (4, 5))),
)


def long_record(name: str, links: int) -> Record:
    zh = tuple(f"{name}第{k}句。" for k in range(links))
    en = tuple(f"{name} sentence {k}." for k in range(links))
    return Record(name, zh, en, tuple(((k,), (k,)) for k in range(links)))


def texts(document: Document) -> list[str]:
    return [sentence.text for sentence in document.sentences]


def test_nothing_left_out_leaves_everything() -> None:
    copy = apply_damage(SMALL, [], "copy")
    assert (tuple(texts(copy.zh)), tuple(texts(copy.en))) == (SMALL.zh, SMALL.en)
    assert copy.links == list(SMALL.links)


def test_a_lost_side_makes_a_null_link_of_each_sentence_left() -> None:
    copy = apply_damage(SMALL, [Loss(1, 2, 1), Loss(4, 5, 0)], "copy")
    assert texts(copy.zh) == ["主席：甲。", "乙。", "丙。", "丁。"]
    assert texts(copy.en) == ["The President: A.", "X.", "D.", "E one.", "E two."]
    assert copy.links == [
        ((0,), (0,)),
        ((1,), ()),
        ((2,), ()),
        ((), (1,)),
        ((3,), (2,)),
        ((), (3,)),
        ((), (4,)),
    ]


def test_a_null_link_that_loses_its_only_side_is_gone() -> None:
    copy = apply_damage(SMALL, [Loss(2, 3, 1)], "copy")
    assert "X." not in texts(copy.en)
    assert len(copy.links) == 4


def test_a_turn_whose_label_is_lost_does_not_begin() -> None:
    whole = apply_damage(SMALL, [], "copy")
    headless = apply_damage(SMALL, [Loss(0, 1, 0)], "copy")
    assert whole.zh.sentences[0].speaker is not None
    assert all(sentence.speaker is None for sentence in headless.zh.sentences)
    assert headless.en.sentences[0].speaker is not None


def test_joined_records_keep_their_links() -> None:
    joined = join_records([SMALL, SMALL])
    assert joined.zh == SMALL.zh * 2
    assert joined.links[len(SMALL.links) + 1] == ((6, 7), (7,))


def test_a_run_has_only_its_own_sentences() -> None:
    run = cut_run(SMALL, 1, 4)
    assert (run.zh, run.en) == (("乙。", "丙。", "丁。"), ("B and C.", "X.", "D."))
    assert run.links == (((0, 1), (0,)), ((), (1,)), ((2,), (2,)))


@pytest.mark.parametrize("seed", range(5))
def test_every_sentence_is_in_one_link_and_pairs_are_those_of_the_source(seed: int) -> None:
    for copy in damaged_copies([long_record("甲", 150), long_record("乙", 40)], seed, 4):
        for side, document in enumerate((copy.zh, copy.en)):
            numbers = [number for link in copy.links for number in link[side]]
            assert numbers == list(range(len(document.sentences)))
        for (i,), (j,) in (link for link in copy.links if link[0] and link[1]):
            zh, en = copy.zh.sentences[i].text, copy.en.sentences[j].text
            assert zh.removesuffix("句。").replace("第", " sentence ") == en.removesuffix(".")


def test_no_link_is_left_out_on_both_sides_by_the_plan() -> None:
    record = long_record("甲", 200)
    for seed in range(30):
        plan = plan_damage(record, random.Random(seed))
        lost = [number for loss in plan for number in range(loss.start, loss.stop)]
        assert len(lost) == len(set(lost))
        assert {loss.side for loss in plan} == {0, 1}


def test_damage_has_the_mixture_of_life() -> None:
    """Single sentences, paragraphs, pages, both ends, and both sides close to each other."""
    record = long_record("甲", 250)
    plans = [plan_damage(record, random.Random(seed)) for seed in range(40)]
    lengths = {loss.stop - loss.start for plan in plans for loss in plan}
    assert lengths >= {1, 2, 3, 4, 5, 6}
    assert max(lengths) >= 10
    assert any(plan[0].start == 0 for plan in plans)
    assert any(plan[-1].stop == 250 for plan in plans)
    assert any(
        a.side != b.side and b.start - a.stop <= 3
        for plan in plans
        for a, b in itertools.pairwise(plan)
    )


def test_a_seed_makes_the_same_copies_again_and_another_others() -> None:
    records = [long_record("甲", 100)]
    assert damaged_copies(records, 1, 3) == damaged_copies(records, 1, 3)
    assert damaged_copies(records, 1, 3) != damaged_copies(records, 2, 3)


def test_the_real_records_have_every_sentence_in_one_link(shared: Path) -> None:
    records = read_records(shared)
    assert len(records) == 4
    for record in records:
        for side, lines in enumerate((record.zh, record.en)):
            numbers = [number for link in record.links for number in link[side]]
            assert numbers == list(range(len(lines))), record.name


def test_the_seeds_have_no_un_text_in_common(shared: Path) -> None:
    (learning,), (judging,) = read_un_text(DEV_SEED, shared), read_un_text(REPORT_SEED, shared)
    assert not set(learning.en) & set(judging.en)
    for record in (learning, judging):
        assert 950 <= len(record.links) <= 1000
        for zh, en in zip(record.zh, record.en, strict=True):
            assert len(en) >= len(zh)
