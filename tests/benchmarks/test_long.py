"""Long documents that are made, with links that follow from the making."""

from __future__ import annotations

from itertools import islice, pairwise

import pytest

from benchmarks import long
from benchmarks.long import EN_PER_ZH, growth, make_documents


def pairs(count):
    return [(f"中{number}。", f"e{number}.") for number in range(count)]


@pytest.fixture(scope="module")
def made():
    return make_documents(pairs(9_000), 5_000)


def test_the_sides_have_the_sizes(made):
    assert len(made.zh) == 5_000
    assert len(made.en) == pytest.approx(EN_PER_ZH * 5_000, rel=0.02)


def test_every_line_is_in_one_link(made):
    assert [number for link in made.links for number in link[0]] == list(range(len(made.zh)))
    assert [number for link in made.links for number in link[1]] == list(range(len(made.en)))


def numbers_of(lines):
    return [
        {int(part.strip("中e")) for part in line.replace("。", " ").replace(".", " ").split()}
        for line in lines
    ]


def test_links_hold_what_belongs_together_and_nothing_else(made):
    """What two links hold never overlaps, and a link never falls into two."""
    zh, en = numbers_of(made.zh), numbers_of(made.en)
    seen: set[int] = set()
    for rows, columns in made.links:
        left = set().union(*(zh[row] for row in rows))
        right = set().union(*(en[column] for column in columns))
        assert seen.isdisjoint(left | right)
        seen |= left | right
        if not rows or not columns:
            assert len(rows) + len(columns) == 1
            continue
        assert left & right
        # Nowhere between two pairs of the link could it be cut.
        lines = [zh[row] for row in rows] + [en[column] for column in columns]
        for before, after in pairwise(sorted(left | right)):
            assert any(min(line) <= before and after <= max(line) for line in lines)


def test_about_one_in_twenty_is_left_out_on_each_side(made):
    last = max(max(numbers) for numbers in numbers_of(made.zh))
    for lines in (made.zh, made.en):
        held = sum(map(len, numbers_of(lines)))
        assert 0.03 < 1 - held / last < 0.07


def test_the_seed_decides(made):
    assert make_documents(pairs(9_000), 5_000) == made
    assert make_documents(pairs(9_000), 5_000, seed=2) != made


def test_growth():
    sizes = [5, 10, 20, 40]
    assert growth(sizes, [3 * size for size in sizes]) == pytest.approx(1)
    assert growth(sizes, [size**2 for size in sizes]) == pytest.approx(2)
    assert growth(sizes, [7, 7, 7, 7]) == pytest.approx(0)


def test_texts_are_read_in_order(shared):
    first = list(islice(long.read_pairs(shared / "training" / "parallel"), 3))
    assert len({zh for zh, _ in first}) == 3
    assert all(zh and en for zh, en in first)
