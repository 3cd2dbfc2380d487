"""Days as users write them, and ends that lie before beginnings."""

from __future__ import annotations

from datetime import date

import pytest

from cdtm.jobs.days import parse_days, parse_first_day, parse_last_day
from corpora.errors import UserError


def test_a_year_or_a_month_is_meant_from_its_first_day_to_its_last():
    assert parse_first_day("--since", "2015") == date(2015, 1, 1)
    assert parse_last_day("--until", "2015") == date(2015, 12, 31)
    assert parse_last_day("--until", "2016-2") == date(2016, 2, 29)
    assert parse_last_day("--until", "2016-02-03") == date(2016, 2, 3)


def test_nothing_sets_no_bound():
    assert parse_days("", "") == (None, None)
    assert parse_days("2015", "") == (date(2015, 1, 1), None)
    assert parse_days("2015-03-04", "2015-03-04") == (date(2015, 3, 4),) * 2


@pytest.mark.parametrize("text", ["2015-13", "2015-00", "2015-00-10", "2015-02-30", "2015-02-00"])
def test_what_no_calendar_has_is_refused(text):
    for parse in (parse_first_day, parse_last_day):
        with pytest.raises(UserError, match=f"--day {text} is no day of the calendar"):
            parse("--day", text)


@pytest.mark.parametrize("text", ["15", "2015/07/21", "21.7.2015", "yesterday", "２０１５"])
def test_what_is_written_otherwise_is_refused(text):
    with pytest.raises(UserError, match="is no date"):
        parse_first_day("--since", text)


def test_an_end_before_the_beginning_is_refused_by_every_command_that_has_both(cdtm, tmp_path):
    for command in (["lookup", "裁军"], ["terms"], ["export", "-o", tmp_path / "x.tmx"]):
        run = cdtm(*command, "-w", tmp_path, "--since", "2015", "--until", "2014")
        assert run.status == 1
        assert "--since 2015 is after --until 2014: exchange them." in run.err
