"""Counts by year, body and speaker."""

from __future__ import annotations

from datetime import date

from cdtm.lookup.stats import BAR, ROWS, chart, count_units
from tmx_out import Unit


def test_units_are_counted_and_drawn():
    units = [
        Unit("1", "", "", document="CD/PV.1", date=date(2020, 1, 1), speaker="Ms. A"),
        Unit("2", "", "", document="CD/PV.2", date=date(2019, 1, 1), speaker="Ms. A"),
        Unit("3", "", "", document="A/70/1", date=date(2020, 2, 1)),
        Unit("4", "", ""),
    ]
    counts = count_units(units)
    assert counts["year"] == {"2020": 2, "2019": 1, "unknown": 1}
    assert counts["body"] == {"CD": 2, "A": 1, "unknown": 1}
    lines = list(chart(counts))
    years = lines[1:4]
    assert [line.split()[0] for line in years] == ["2019", "2020", "unknown"]
    assert years[1].count("█") == BAR
    assert years[0].count("█") == BAR // 2


def test_what_is_left_out_is_told():
    units = [Unit(str(n), "", "", speaker=f"Ms. {n}") for n in range(ROWS + 3)]
    assert list(chart(count_units(units)))[-1] == "  and 3 more with 3 units"
    assert list(chart(count_units([]))) == ["by year", "by body", "by speaker"]
