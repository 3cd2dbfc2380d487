"""Which offer is taken: made-up offers for one place."""

from __future__ import annotations

import pytest

from align.renderings.bond import Bond
from align.renderings.choose import choose_all
from align.renderings.offered import Offered
from align.renderings.places import Offer

TEXT = "successor States and others"


@pytest.mark.parametrize(
    ("place", "sure", "shown"),
    [((10, 16), 0.1, True), ((10, 16), 0.4, False), ((21, 27), 0.1, False)],
    ids=["a part far less sure", "a part nearly as sure", "another stretch"],
)
def test_a_part_that_is_far_less_sure_is_no_rival(place, sure, shown):
    offers = [Offer((0, 16), 7.4, 0.45, True), Offer(place, 5.0, sure, True)]
    texts = [TEXT[slice(*offer.place)] for offer in offers]
    own = Offered(offers, texts, texts, [False, False], whole=True, single=False)
    [taken] = choose_all([own], Bond([("继承国", (0, 3))], [TEXT], None))
    assert (taken is not None and taken.place == (0, 16)) == shown
