"""Terms and parts of terms, told by counts: made-up units."""

from __future__ import annotations

import pytest

from align.renderings.bond import Bond
from align.renderings.choose import Rendered, settle_all


def bond(others, frequency, asked=("一", "二", "三", "四", "五")):
    sides = [(f"{before}某词{before}", (1, 3)) for before in asked]
    return Bond(sides, others, None if frequency is None else frequency.get)


LESSEES = [
    "the lessee state pays",
    "a lessee state came",
    "each lessee state",
    "the lessee state left",
]


def test_what_comes_with_the_text_and_seldom_without_it_is_bound_most():
    found = bond(LESSEES, {"lessee state": 5, "state": 90})
    assert found.score("lessee state") > found.score("state")


def test_a_part_that_comes_as_often_with_others_is_no_term():
    found = bond(LESSEES, {"lessee state": 4, "state": 90})
    assert found.term("state", "lessee state", near=False) == "lessee state"


def test_what_is_more_than_the_term_comes_in_some_units_only():
    others = ["crime prevention", "crime", "grave crime", "crime pays", "a crime"]
    found = bond(others, {"crime prevention": 1, "crime": 5})
    assert found.term("crime", "crime prevention", near=True) == "crime"


@pytest.mark.parametrize(("asked", "term"), [("一二三", "buffer zone"), ("大大大", None)])
def test_a_part_that_never_stands_alone_is_no_term_where_the_text_stands_alone(asked, term):
    """Unless the text itself never stands alone: then its neighbour is what is rendered."""
    others = ["a buffer zone", "the buffer zone here", "buffer zone lines"]
    found = bond(others, {"buffer zone": 3, "buffer": 3}, asked)
    assert found.term("buffer", "buffer zone", near=True) == term
    assert found.term("buffer", "buffer zone", near=False) is None


def test_a_part_that_is_mostly_a_part_in_the_memory_is_none_in_a_single_unit():
    found = bond(["in good faith"], {"good faith": 8, "faith": 9}, ("一",))
    assert found.term("faith", "good faith", near=True) == "good faith"


def test_few_units_and_no_memory_tell_nothing():
    assert bond(["a buffer zone"], {"buffer zone": 1, "buffer": 1}).sure("buffer zone") == 0
    without = bond(LESSEES, None)
    assert without.term("state", "lessee state", near=True) is None
    assert without.score("state") == without.sure("state") == 0


def test_sure_is_what_stands_in_all_units_and_in_no_other_and_is_not_cut():
    units = ["拉共体会议", "在拉共体内", "拉共体"]
    found = bond(units, {"拉共体": 3, "拉共": 3, "会议": 40})
    assert found.sure("拉共体") == 1
    assert found.sure("拉共") == 0
    assert bond(LESSEES, {"lessee": 4}).sure("lessee") == 0


def test_a_rendering_is_cut_down_to_whole_words_alone():
    """``hosted`` holds ``host`` and is not it; ``crime`` of ``crime prevention`` stands alone."""
    others = ["crime prevention", "crime", "grave crime", "crime pays", "a crime"]
    found = bond(others, {"crime prevention": 1, "crime": 5})
    spans = [(0, 16), (0, 5), (6, 11), (0, 5), (2, 7)]
    whole = settle_all([Rendered(span, 0.6) for span in spans], others, found)
    assert whole[0] == Rendered((0, 5), 0.6)
    joined = [other.replace(" prevention", "fighter") for other in others]
    found = bond(joined, {"crimefighter": 1, "crime": 5})
    spans[0] = (0, 12)
    kept = settle_all([Rendered(span, 0.6) for span in spans], joined, found)
    assert kept[0] == Rendered((0, 12), 0.6)
