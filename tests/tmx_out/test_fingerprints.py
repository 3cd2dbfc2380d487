"""The compact set against Python's own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tmx_out.fingerprints import Fingerprints


@given(st.lists(st.tuples(st.text(max_size=3), st.text(max_size=2))))
def test_it_is_a_set(pairs: list[tuple[str, str]]) -> None:
    seen: set[tuple[str, str]] = set()
    fingerprints = Fingerprints()
    for pair in pairs:
        # A text may hold the separator; then two pairs may be one, which segments never do.
        pair = (pair[0].replace("\0", ""), pair[1].replace("\0", ""))
        assert fingerprints.add(*pair) == (pair not in seen)
        seen.add(pair)
    assert len(fingerprints) == len(seen)


def test_it_grows() -> None:
    fingerprints = Fingerprints()
    assert all(fingerprints.add(str(number)) for number in range(5000))
    assert not any(fingerprints.add(str(number)) for number in range(5000))
    assert len(fingerprints) == 5000


def test_lone_surrogates_do_no_harm() -> None:
    assert Fingerprints().add("\ud800")
