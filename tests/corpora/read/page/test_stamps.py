"""Watermarks, shadows and line numbers come out of the text, each with the reason."""

from __future__ import annotations

import pytest

from corpora.read.pdf import read_pdf
from tests.corpora.making_pdf import Put, make_pdf

PROSE = [
    "The experts met on two days in the spring, and then on",
    "three more days in the summer of that year, as they had",
    "been asked to do by the States that had sent them there.",
    "Their findings are put before the States in this paper.",
] * 3
TEXT = [Put(72, 700 - 14 * n, text) for n, text in enumerate(PROSE)]


def parted(puts):
    lines, furniture, _ = read_pdf(make_pdf([puts]), "x.pdf")
    kept = [line.text for line in lines if line.number not in furniture]
    return kept, {line.text: furniture[line.number] for line in lines if line.number in furniture}


@pytest.mark.parametrize(
    "stamp",
    [
        Put(120, 500, "DRAFT", size=90, angle=45, ink=(0.8, 0.8, 0.8)),
        Put(120, 640, "Not for issue", size=11, angle=30),
        Put(120, 690, "EMBARGO", size=14, angle=-20),
        Put(100, 600, "DRAFT", size=80),
        Put(100, 605, "DRAFT", size=30, ink=(0.7, 0.7, 0.7)),
        Put(90, 661, "COPY", size=10, ink=(0.9, 0.1, 0.1)),
        Put(90, 665, "D   R   A   F   T   !", size=30, ink=(0.8, 0.8, 0.8)),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_watermarks_at_any_angle_and_size(stamp, first):
    kept, aside = parted([stamp, *TEXT] if first else [*TEXT, stamp])
    assert kept == PROSE
    assert set(aside.values()) == {"watermark"}
    assert "".join("".join(aside).split()) == "".join(stamp.text.split())


@pytest.mark.parametrize(
    "other",
    [
        Put(72, 740, "A LARGE HEADING", size=24),
        Put(72, 740, "A coloured heading", ink=(0.1, 0.1, 0.8)),
        Put(414, 700, "in red", ink=(0.9, 0.1, 0.1)),
        Put(403, 704, "1", size=6, ink=(0.1, 0.1, 0.8)),
    ],
)
def test_what_lies_on_no_text_is_no_watermark(other):
    kept, aside = parted([*TEXT, other])
    assert not aside
    assert other.text.translate(str.maketrans("1", "¹")) in " ".join(kept)


def test_a_page_that_is_askew_as_a_whole_is_text():
    kept, aside = parted([Put(p.x, p.y, p.text, angle=5) for p in TEXT])
    assert len("".join(kept)) == len("".join(PROSE))
    assert not aside


@pytest.mark.parametrize("offset", [(2.0, -2.0), (3.0, 0.0), (0.0, 4.0)])
def test_a_shadow_counts_once(offset):
    shadow = Put(TEXT[0].x + offset[0], TEXT[0].y + offset[1], TEXT[0].text, ink=(0.5, 0.5, 0.5))
    kept, aside = parted([*TEXT, shadow])
    assert kept == PROSE
    assert aside == {shadow.text: "doubled text"}


def numbers(step, x=50.0, start=1):
    return [Put(x, TEXT[n].y, str(n + start), size=8) for n in range(0, len(PROSE), step)]


@pytest.mark.parametrize(
    "margin", [numbers(1), numbers(2), numbers(1, start=97), numbers(1, x=440.0)]
)
def test_line_numbers_in_the_margin(margin):
    kept, aside = parted([*TEXT, *margin])
    assert kept == PROSE
    assert set(aside.values()) == {"line number"}
    assert len(aside) == len(margin)


def test_numbers_of_a_list_of_short_items_stay():
    items = [f"Item {'abcdefgh'[n]}" for n in range(8)]
    puts = [Put(72, 300 - 14 * n, text) for n, text in enumerate(items)]
    puts += [Put(50, 300 - 14 * n, str(n + 1)) for n in range(8)]
    kept, aside = parted([Put(72, 330, PROSE[0]), *puts])
    assert not aside
    assert "1" in "".join(kept)


def test_numbers_that_do_not_count_stay():
    odd = [Put(50, TEXT[n].y, str(value), size=8) for n, value in enumerate((3, 8, 9, 21, 22))]
    assert not parted([*TEXT, *odd])[1]


LEFT = [
    "The experts met on two days in",
    "spring, and then on three more",
    "in the summer, as the States in",
    "the north had asked them to do.",
] * 3


def columns_with_numbers(second):
    """Two columns whose lines lie at other heights; the right one's numbers begin with `second`."""
    puts = []
    for column, (x, lower, start) in enumerate([(72, 0, 1), (330, 5, second)]):
        puts += [
            Put(x, 700 - lower - 14 * n, text.replace("experts", "envoys") if column else text)
            for n, text in enumerate(LEFT)
        ]
        puts += [Put(x - 24, 700 - lower - 14 * n, str(start + n), size=8) for n in range(12)]
    return puts


def test_line_numbers_of_each_of_two_columns():
    kept, aside = parted(columns_with_numbers(13))
    assert kept == [*LEFT, *(text.replace("experts", "envoys") for text in LEFT)]
    assert len(aside) == 24
    assert set(aside.values()) == {"line number"}


def test_numbers_within_a_page_that_do_not_go_on_from_the_margins_stay():
    aside = parted(columns_with_numbers(40))[1]
    assert "40" not in aside


def test_the_few_line_numbers_of_a_last_page():
    last = [Put(p.x, p.y, text) for p, text in zip(TEXT, ("And so", "they did."), strict=False)]
    few = numbers(1)[:2]
    pages = [[*TEXT, *numbers(1)], [*last, *few], [*last, few[0], Put(50, 600, "7", size=8)]]
    lines, furniture, _ = read_pdf(make_pdf(pages), "x.pdf")
    aside = [(line.page, line.text) for line in lines if line.number in furniture]
    assert aside[12:] == [(2, "1"), (2, "2")]
