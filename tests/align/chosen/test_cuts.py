"""Where a unit that is two falls apart."""

from __future__ import annotations

import pytest

from align import load_encoder
from align.chosen.cuts import MOST_PARTS, best_cuts

ZH = "我们支持核裁军，也支持不扩散；核查对于条约十分重要，下次会议将于星期四举行。"
EN = (
    "We support nuclear disarmament, and also non-proliferation; verification is very important "
    "for the treaty, and the next meeting will be held on Thursday."
)


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


@pytest.mark.parametrize(
    ("zh_cut", "en_end"),
    [(8, "disarmament,"), (15, "proliferation;"), (26, "treaty,")],
)
def test_the_other_side_is_cut_where_the_meaning_is(encoder, zh_cut, en_end):
    zh, en = best_cuts(ZH, EN, encoder, zh_cut=zh_cut)
    assert (zh, EN[:en].endswith(en_end)) == (zh_cut, True)
    assert best_cuts(ZH, EN, encoder, en_cut=en)[0] == zh_cut


def test_both_cuts_are_found_together(encoder):
    zh, en = best_cuts(ZH, EN, encoder)
    assert best_cuts(ZH, EN, encoder, zh_cut=zh) == (zh, en)


def test_what_has_no_mark_is_not_cut(encoder):
    assert best_cuts("和平", "Peace, and war.", encoder) is None
    assert best_cuts("和平", "Peace and war.", encoder, zh_cut=0) is None


def test_a_text_of_many_marks_is_cut_at_some(encoder):
    zh, en = best_cuts("和平，" * 60 + "战争。", "Peace, " * 60 + "war.", encoder)
    assert 0 < zh < 60 * 3 + 1
    assert 0 < en < 60 * 7 + 1
    assert MOST_PARTS < 60
