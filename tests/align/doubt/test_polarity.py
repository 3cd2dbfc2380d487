"""What the sides of a pair deny."""

from __future__ import annotations

import pytest

from align.doubt.polarity import polarity


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("我们不支持这项建议。", "We support this proposal."),
        ("各国已经签署该条约。", "States have not signed the Treaty."),
        ("尚未达成协商一致。", "Consensus has been reached."),
        ("这能够解决问题。", "This can’t solve the problem."),
    ],
)
def test_a_denial_on_one_side_is_found(zh, en):
    assert polarity(zh, en) == (True, True)


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("我们不支持这项建议。", "We do not support this proposal."),
        ("没有证据。", "There is a lack of evidence."),
        ("缺乏证据。", "There is no evidence."),
        ("不可逆转", "is not reversible"),
        ("未经许可", "unauthorized"),
    ],
)
def test_a_denial_may_be_said_otherwise(zh, en):
    assert polarity(zh, en) == (True, False)


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("不断努力", "continuous efforts"),
        ("不仅如此", "not only that"),
        ("最迟于星期五", "no later than Friday"),
        ("不扩散核武器条约", "Treaty on the Non-Proliferation of Nuclear Weapons"),
        ("", ""),
    ],
)
def test_what_only_looks_like_a_denial_is_none(zh, en):
    assert polarity(zh, en) == (False, False)
