"""A review book of three units."""

from __future__ import annotations

import pytest

from tests.tmx_out.review.books import ABOUT, ROWS
from tmx_out.review.book import write_review_book


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.xlsx"
    write_review_book(path, ROWS, ABOUT, intro=["Three units."])
    return path
