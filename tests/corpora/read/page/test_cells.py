"""Tables of a PDF are read cell by cell, text beside a list's marks is not a table."""

from __future__ import annotations

import pytest

from corpora.read.pdf import read_pdf
from corpora.record import read_document
from tests.corpora.making_pdf import Put, make_pdf

LEADING = 12.0
PROSE = [
    "The experts met on two days in the spring, and on three more days in",
    "the summer of that year, as they had been asked to by those States.",
]
CELLS = [
    ["States should send", "their reports before", "the end of the year."],
    ["By June twelve of", "them had done so."],
    ["The secretariat", "should share what it", "has with all of them."],
    ["It was sent out in", "the six languages,", "and put on a page", "for all to read."],
]


def table(cells, y=600.0, columns=(72.0, 250.0), space=6.0, order=None):
    """Cells of rows, each written as a whole, and the base line below the last row."""
    puts = []
    for row in range(0, len(cells), len(columns)):
        members = cells[row : row + len(columns)]
        for x, cell in zip(columns, members, strict=True):
            puts.append([Put(x, y - LEADING * n, text) for n, text in enumerate(cell)])
        y -= LEADING * max(map(len, members)) + space
    return [put for cell in (puts if order is None else order(puts)) for put in cell], y


def prose(y):
    return [Put(72, y - LEADING * n, text) for n, text in enumerate(PROSE)]


def sentences(puts, tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(make_pdf([puts]))
    return [sentence.text for sentence in read_document(path, language="en").sentences]


@pytest.mark.parametrize("space", [2.0, 8.0, 20.0])
@pytest.mark.parametrize("columns", [(72.0, 250.0), (72.0, 330.0)])
def test_cells_side_by_side_come_one_after_the_other(space, columns, tmp_path):
    body, y = table(CELLS, columns=columns, space=space)
    found = sentences([*prose(640), *body, *prose(y - 20)], tmp_path)
    assert found == [" ".join(PROSE), *map(" ".join, CELLS), " ".join(PROSE)]


def across(puts):
    """The same puts, line by line from the top, as some programs write a table."""
    return sorted(puts, key=lambda put: (-put.y, put.x))


@pytest.mark.parametrize("space", [4.0, 8.0, 20.0])
@pytest.mark.parametrize("columns", [(72.0, 250.0), (72.0, 330.0)])
def test_a_table_that_was_written_line_by_line(space, columns, tmp_path):
    body, y = table(CELLS, columns=columns, space=space)
    found = sentences([*prose(640), *across(body), *prose(y - 20)], tmp_path)
    assert found == [" ".join(PROSE), *map(" ".join, CELLS), " ".join(PROSE)]


ROWS = [("Travel", "12.5", "13"), ("Rooms, halls", "7", "8"), ("Paper", "1", "2")] * 2


def test_rows_of_single_lines_are_read_cell_by_cell():
    puts = [
        Put(x, 600 - LEADING * n, text)
        for n, row in enumerate(ROWS)
        for x, text in zip((72, 250, 350), row, strict=True)
    ]
    lines, furniture, _ = read_pdf(make_pdf([[*prose(640), *puts, *prose(400)]]), "x.pdf")
    kept = [line.text for line in lines if line.number not in furniture]
    assert kept[2:8] == [row[0] for row in ROWS]
    assert set(furniture.values()) == {"figures in a table"}
    assert len(furniture) == 12


def test_rows_of_two_cells_that_were_written_line_by_line_are_read_across():
    rows = [(text, figure) for text, figure, _ in ROWS]
    puts = [
        Put(x, 600 - LEADING * n, text)
        for n, row in enumerate(rows)
        for x, text in zip((72, 250), row, strict=True)
    ]
    lines = read_pdf(make_pdf([[*prose(640), *puts, *prose(400)]]), "x.pdf")[0]
    assert [line.text for line in lines[2:5]] == ["Travel 12.5", "Rooms, halls 7", "Paper 1"]


def test_rows_of_two_cells_are_not_joined(tmp_path):
    rows = [("Utopia", "Mr. Doe"), ("Arcadia", "Ms. Roe"), ("Erewhon", "Mr. Poe")]
    puts = [
        Put(x, 600 - LEADING * n, text)
        for n, row in enumerate(rows)
        for x, text in zip((72, 250), row, strict=True)
    ]
    found = sentences([*prose(640), *puts, *prose(400)], tmp_path)
    assert found == [" ".join(PROSE), *map(" ".join, rows), " ".join(PROSE)]


def test_a_heading_right_above_a_table_is_no_part_of_its_first_cell(tmp_path):
    heading = Put(72, 604, "List of the States", size=13)
    puts = [
        Put(x, 588 - LEADING * n, text)
        for n, row in enumerate([("Utopia", "North", "East"), ("Arcadia", "South", "West")] * 2)
        for x, text in zip((72, 250, 350), row, strict=True)
    ]
    found = sentences([*prose(640), heading, *puts, *prose(400)], tmp_path)
    assert found[1:4] == ["List of the States", "Utopia", "North"]


def test_what_stands_below_a_table_begins_anew(tmp_path):
    puts = [
        Put(x, 600 - LEADING * n, text)
        for n, row in enumerate([("State", "Roads", "Bridges"), *ROWS[:1], ("Total", "12", "3")])
        for x, text in zip((72, 250, 350), row, strict=True)
    ]
    below = [Put(72, 600 - LEADING * 3, "a Roads of the North alone")]
    found = sentences([*prose(640), *puts, *below, *prose(400)], tmp_path)
    assert found[1:6] == ["State", "Roads", "Bridges", "Travel", "Total"]
    assert found[6].startswith("a Roads of the North alone")


def test_a_row_of_short_cells_goes_with_its_table(tmp_path):
    heads = [["What is asked"], ["What was done"]]
    body, y = table([*heads, *CELLS])
    found = sentences([*prose(640), *body, *prose(y - 20)], tmp_path)
    assert found[1:3] == ["What is asked", "What was done"]


def test_a_table_right_below_a_paragraph(tmp_path):
    heads = [["What is asked"], ["What was done"]]
    body, y = table([*heads, *CELLS], y=640 - 2 * LEADING, space=0)
    found = sentences([*prose(640), *body, *prose(y - 20)], tmp_path)
    assert found[0] == " ".join(PROSE)
    assert found[1:3] == ["What is asked", "What was done"]


def test_figures_beside_the_last_line_of_an_entry(tmp_path):
    """They are set at the foot of their cells, and the entry is one all the same."""
    puts, y = [], 600.0
    for entry in CELLS:
        puts += [Put(72, y - LEADING * n, text) for n, text in enumerate(entry)]
        y -= LEADING * (len(entry) - 1)
        puts += [Put(x, y, figure) for x, figure in ((320, "7"), (400, "12.5"))]
        y -= LEADING + 6
    found = sentences([*prose(640), *puts, *prose(y - 20)], tmp_path)
    assert found[1:-1] == [*map(" ".join, CELLS)]


def test_a_table_of_four_columns(tmp_path):
    body, y = table(CELLS * 2, columns=(60, 196, 332, 468), space=10)
    found = sentences([*prose(640), *body, *prose(y - 20)], tmp_path)
    assert found[1:-1] == [*map(" ".join, CELLS * 2)]


def test_figures_of_a_table_are_marked():
    cells = [["Travel of the", "experts"], ["12.5"], ["Rooms"], ["–"], ["Paper and", "ink"], ["3"]]
    body, y = table(cells)
    lines, furniture, _ = read_pdf(make_pdf([[*prose(640), *body, *prose(y - 20)]]), "x.pdf")
    assert [(line.text, furniture[line.number]) for line in lines if line.number in furniture] == [
        (text, "figures in a table") for text in ("12.5", "–", "3")
    ]


def test_a_sentence_of_a_cell_is_no_paragraph_of_its_own():
    """Cells say themselves where their paragraphs begin; other lines leave it to their layout."""
    body, y = table(CELLS)
    lines = read_pdf(make_pdf([[*prose(640), *body, *prose(y - 20)]]), "x.pdf")[0]
    assert [line.begins for line in lines[2:7]] == [True, False, False, True, False]
    assert lines[0].begins is None


@pytest.mark.parametrize("mark", ["(a)", "12.", "26.4", "•", "3"])
@pytest.mark.parametrize("distance", [20.0, 40.0])
def test_a_list_with_hanging_marks_is_no_table(mark, distance, tmp_path):
    puts = []
    for n in range(3):
        y = 640 - 40 * n
        puts.append(Put(72, y, mark))
        puts += [Put(72 + distance + 6 * len(mark), y - LEADING * m, PROSE[m]) for m in range(2)]
    found = sentences(puts, tmp_path)
    assert len(found) == 3
    assert all(text.endswith("those States.") for text in found)


def test_two_columns_of_text_are_no_table(tmp_path):
    """Columns are written one after the other, and a sentence runs from one to the next."""
    left = [f"line {n} of the left column is full" for n in range(14)]
    right = [f"line {n} of the right one is as well" for n in range(13)] + ["and it ends here."]
    puts = [Put(72, 640 - LEADING * n, text) for n, text in enumerate(left)]
    puts += [Put(320, 640 - LEADING * n, text) for n, text in enumerate(right)]
    assert sentences(puts, tmp_path) == [" ".join([*left, *right])]


def test_dot_leaders_are_read_across():
    entries = ["The first part", "The second part of it", "The third"]
    puts = [Put(72, 640 - 14 * n, text.ljust(50, ".")) for n, text in enumerate(entries)]
    puts += [Put(480, 640 - 14 * n, str(n + 3)) for n in range(3)]
    lines = read_pdf(make_pdf([[*prose(700), *puts]]), "x.pdf")[0]
    assert [line.text.split()[-1] for line in lines[2:]] == ["3", "4", "5"]
