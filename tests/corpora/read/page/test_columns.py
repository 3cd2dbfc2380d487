"""Columns of a page that others tell about: a last page has few lines in them."""

from __future__ import annotations

from corpora.read.pdf import read_pdf
from tests.corpora.making_pdf import Put, make_pdf

LEFT = [
    "The experts met on two days in",
    "spring, and then on three more",
    "in the summer, as the States in",
    "the north had asked them to do.",
    "Their findings are put in this",
    "paper, for all States to read.",
]
RIGHT = [text.replace("experts", "envoys").replace("paper", "report") for text in LEFT]


def column(x, texts, top=700.0):
    return [Put(x, top - 14 * n, text) for n, text in enumerate(texts)]


def texts_of(pages):
    lines, furniture, _ = read_pdf(make_pdf(pages), "x.pdf")
    return [line.text for line in lines if line.number not in furniture]


PAGE = [*column(72, LEFT * 2), *column(330, RIGHT * 2)]


def test_the_last_page_of_columns_has_few_lines():
    """Beside its first paragraph stands all of the right column: it is no table."""
    upper, lower = column(72, LEFT[:3]), column(72, LEFT[3:], 700 - 14 * 4)
    texts = texts_of([PAGE, PAGE, [*upper, *lower, *column(330, RIGHT[:3])]])
    assert texts[-9:] == [*LEFT, *RIGHT[:3]]


def test_one_page_in_columns_says_nothing_of_a_table_on_another():
    plain = column(72, [f"{text} and of the South as well" for text in LEFT * 2])
    table = [put for n in range(3) for put in (*column(72, [f"Row {n}"], 500 - 14 * n),)]
    cells = [Put(330, 500 - 14 * n, f"cell {n}") for n in range(3)]
    texts = texts_of([PAGE, plain, [*plain, *table, *cells], plain])
    assert "Row 1 cell 1" in texts
