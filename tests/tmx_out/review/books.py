"""A small review book, and a person who works in it."""

from __future__ import annotations

from datetime import date

import openpyxl

from tmx_out.review.book import ReviewRow
from tmx_out.review.reader import read_review_book

ABOUT = {"kind": "sample", "by": "", "seed": 1, "population": {"all": 9}, "drawn": {"all": 3}}


def row(number, zh="裁军。", en="Disarmament.", **values):
    given = {
        "record": "CD-PV-1",
        "tuid": f"CD-PV-1_{number + 1:04d}",
        "number": number,
        "hashes": (-(2**63) + number, 2**63 - 1),
        "symbol": "CD/PV.1",
        "date": date(2015, 7, 21),
        "speaker": "The President",
        "confidence": 0.5,
        "why": "A number on one side is not on the other.",
        "before": "—\nBefore.",
        "after": "之后。\nAfter.",
        "stratum": "all",
    }
    return ReviewRow(zh=zh, en=en, **(given | values))


ROWS = (row(0), row(1, "=1+1", "@SUM(A1)"), row(2, "三。", "http://example.org/ is <b> & 'c'."))


class Sheet:
    """A book in the hands of a person."""

    def __init__(self, path):
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet = self.book["Review"]

    def column(self, name):
        [place] = [cell.column for cell in self.sheet[1] if cell.value == name]
        return place

    def write(self, row, **cells):
        for name, value in cells.items():
            self.sheet.cell(row, self.column(name.replace("_", " "))).value = value

    def read(self):
        self.book.save(self.path)
        return read_review_book(self.path)
