"""Planted faults of memories, and what is learnt from them."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from align import load_encoder
from align.given import FEATURES
from training.given import FAULTS, Memory, figures, judge, learn, make_memories, plant

WHO = (("我国", "My country"), ("主席", "The President"), ("欧洲联盟", "The European Union"))
DOES = (("不支持", "does not support"), ("欢迎", "will welcome"), ("审议了", "has considered"))
WHAT = (
    ("关于核裁军的决议草案", "the draft resolution on nuclear disarmament"),
    ("裂变材料的核查制度", "the verification regime for fissile material"),
)
PAIRS = [
    (f"{a[0]}在文件第{n}页中{b[0]}{c[0]}。", f"{a[1]} {b[1]} {c[1]} on page {n} of the paper.")
    for n, (a, b, c) in enumerate(
        ((a, b, c) for a in WHO for b in DOES for c in WHAT for _ in range(20)), start=12
    )
]


@pytest.fixture(scope="module")
def memories():
    return make_memories({"one": PAIRS[::2], "other": PAIRS[1::2]}, load_encoder(), share=0.1)


def test_as_many_of_each_fault_are_planted_and_the_rest_is_left_alone():
    spoilt, faults = plant(PAIRS, seed=1, share=0.1)
    assert Counter(faults) == {"": len(PAIRS) - 144} | dict.fromkeys(FAULTS, 36)
    for pair, new, fault in zip(PAIRS, spoilt, faults, strict=True):
        assert (pair != new) == bool(fault)
        assert new[0] == pair[0] or new[1] == pair[1]
    assert plant(PAIRS, seed=1, share=0.1) == (spoilt, faults)


def test_the_faults_are_those_that_are_judged():
    assert list(FAULTS) == list(FEATURES)


def test_what_is_learnt_from_one_text_tells_the_faults_of_another(memories):
    confidence = judge(memories)
    for name, found in confidence.items():
        faults = np.concatenate([m.faults for m in memories if m.name == name])
        assert found[faults == ""].mean() > 0.8 > 0.5 > found[faults != ""].mean()


def test_weights_have_a_value_for_each_feature(memories):
    weights = learn(memories)
    assert {fault: len(w) for fault, w in weights.items()} == {
        f: len(n) for f, n in FEATURES.items()
    }


def test_figures_count_what_stands_high():
    confidence = [0.95, 0.95, 0.5, 0.95, *[0.2] * 3]
    told = figures(np.array(confidence), np.array(["", "", "", "cut", *{*FAULTS} - {"cut"}]))
    assert told["right pairs above 0.9"] == round(2 / 3, 4)
    assert told["of those above 0.9 right"] == round(2 / 3, 4)
    assert told["cut: above 0.9"] == 1.0
    assert told["number: above 0.9"] == 0.0


def test_a_memory_knows_which_pairs_are_right():
    assert Memory("a", {}, np.array(["", "cut"])).right.tolist() == [1.0, 0.0]
