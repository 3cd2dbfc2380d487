"""Rows of text tables: a quotation mark swallows no row."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmx_out.text_table import LONGEST_CELL, parted, said_delimiter, tell_delimiter


def rows(text, delimiter=","):
    told = []
    return [*parted(io.StringIO(text, newline=""), delimiter, told.append)], told


def test_a_quoted_cell_has_lines_and_delimiters():
    assert rows('a,"b, c\nd ""e"""\r\nf, "g, h"\n') == ([["a", 'b, c\nd "e"'], ["f", "g, h"]], [])


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_quotation_mark_that_nothing_closes_is_a_letter_and_told(delimiter):
    text = f'a{delimiter}"b\n' + f"c{delimiter}d\n" * (LONGEST_CELL + 5)
    found, told = rows(text, delimiter)
    assert found[0] == ["a", '"b']
    assert len(found) == LONGEST_CELL + 6
    assert told == ["row 1 has a quotation mark that nothing closes: read as a letter."]


def test_one_that_closes_in_the_middle_of_a_later_cell_closes_nothing():
    found, told = rows('"a,b\nc,d "e"f\n')
    assert found == [['"a', "b"], ["c", 'd "e"f']]
    assert len(told) == 1


def test_quotation_marks_inside_a_cell_are_letters():
    assert rows('5" pipe\tso-called "a"\n', "\t") == ([['5" pipe', 'so-called "a"']], [])


@given(st.lists(st.lists(st.text('ab" ,\n', max_size=5), min_size=2, max_size=3), max_size=4))
def test_what_csv_writes_is_read(table):
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(table)
    found, told = rows(out.getvalue())
    assert [[cell.lstrip(" ") for cell in row] for row in table] == found
    assert told == []


def test_the_delimiter_is_said_or_told():
    assert [said_delimiter(line) for line in ("sep=;\r\n", '"sep=|"', "sep,")] == [";", "|", None]
    assert tell_delimiter(["a|b\n", "c|d\n"], lambda row: False) == "|"
