"""Whatever a page looks like, every character comes out once, as text or with a reason."""

from __future__ import annotations

import collections

from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.read.pdf import LEAST_TEXT, read_pdf
from tests.corpora.making_pdf import Put, make_pdf

NEAR = 0.13
"""Em within which the same letter printed twice counts once, with room for rounding."""

PUTS = st.builds(
    Put,
    x=st.sampled_from([20.0, 50.0, 72.0, 100.0, 250.0, 330.0, 480.0]),
    y=st.integers(2, 62).map(lambda line: line * 12.0),
    text=st.text("abcdef ,.;()12", min_size=1, max_size=30).map(str.strip).filter(bool),
    size=st.sampled_from([6.0, 10.0, 10.0, 10.0, 40.0]),
    turn=st.sampled_from([0, 0, 0, 0, 1]),
    ink=st.sampled_from([(0, 0, 0), (0, 0, 0), (0.8, 0, 0)]),
    mode=st.sampled_from([0, 0, 0, 3]),
)


@given(st.lists(PUTS, min_size=1, max_size=25, unique_by=lambda put: (put.x, put.y)))
@settings(max_examples=60, deadline=None)
def test_every_character_comes_out_once_wherever_it_stands(puts):
    """Columns, tables, stamps, notes: chance makes pages that look like all of them."""
    wanted = collections.Counter("".join(put.text for put in puts))
    del wanted[" "]
    if wanted.total() < LEAST_TEXT:
        return  # as a scan has
    lines, _, _ = read_pdf(make_pdf([puts]), "x.pdf")
    raised = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
    got = collections.Counter("".join(line.text for line in lines).translate(raised))
    del got[" "]
    assert not got - wanted
    assert (wanted - got).total() <= overprinted(puts)


def overprinted(puts):
    """How many letters may be printed a hair beside the same letter."""
    places = collections.defaultdict(list)
    for put in puts:
        for n, ch in enumerate(put.text):
            along = 0.6 * put.size * n
            at = (put.x, put.y + along) if put.turn else (put.x + along, put.y)
            places[ch].append((*at, put.size))
    return sum(
        any(max(abs(x - a), abs(y - b)) < NEAR * size for a, b, _ in found[:n])
        for ch, found in places.items()
        for n, (x, y, size) in enumerate(found)
        if ch != " "
    )
