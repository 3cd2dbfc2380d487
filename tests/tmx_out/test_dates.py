"""Dates of TMX: the form we write, the forms we read, the build's time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import UserError
from tmx_out.dates import basic_date, basic_time, build_time, is_basic_time, midnight, read_time

READ = [
    ("20150721T103000Z", datetime(2015, 7, 21, 10, 30, tzinfo=UTC)),
    ("2015-07-21T10:30:00Z", datetime(2015, 7, 21, 10, 30, tzinfo=UTC)),
    ("2015-07-21T10:30:00.123+00:00", datetime(2015, 7, 21, 10, 30, tzinfo=UTC)),
    ("20150721", datetime(2015, 7, 21, tzinfo=UTC)),
    ("2015-07-21", datetime(2015, 7, 21, tzinfo=UTC)),
    ("20150732T000000Z", None),
    ("yesterday", None),
    ("", None),
    (None, None),
    ("２０150721", None),
]


@pytest.mark.parametrize(("text", "moment"), READ)
def test_every_form_is_read(text: str | None, moment: datetime | None) -> None:
    assert read_time(text) == moment


@given(st.datetimes(timezones=st.just(UTC)))
def test_what_is_written_is_basic_and_comes_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    text = basic_time(moment)
    assert len(text) == 16
    assert is_basic_time(text)
    assert read_time(text) == moment


def test_zones_become_utc() -> None:
    geneva = timezone(timedelta(hours=2))
    assert basic_time(datetime(2015, 7, 21, 1, tzinfo=geneva)) == "20150720T230000Z"
    assert basic_time(datetime(2015, 7, 21, 1)) == "20150721T010000Z"
    assert basic_time(midnight(date(2015, 7, 21))) == "20150721T000000Z"
    assert basic_date(date(979, 1, 2)) == "09790102"


NOT_BASIC = ["2015-07-21T10:30:00Z", "20150721", "20150230T000000Z", "20150721T103000"]


@pytest.mark.parametrize("text", NOT_BASIC)
def test_other_forms_are_not_basic(text: str) -> None:
    assert not is_basic_time(text)


def test_the_build_time_is_the_environments() -> None:
    assert build_time({"SOURCE_DATE_EPOCH": "0"}) == datetime(1970, 1, 1, tzinfo=UTC)
    assert abs(build_time({}) - datetime.now(UTC)) < timedelta(minutes=1)
    for bad in ("today", "9" * 30):
        with pytest.raises(UserError, match="SOURCE_DATE_EPOCH"):
            build_time({"SOURCE_DATE_EPOCH": bad})
