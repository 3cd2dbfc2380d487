from __future__ import annotations

from datetime import UTC, datetime

import pytest

from corpora.fetch.pace import LONGEST_WAIT, Clock, Pace, StoppedError, parse_retry_after


class FakeTime:
    def __init__(self) -> None:
        self.time = 100.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def clock(self, chance: float = 0.5) -> Clock:
        return Clock(lambda: self.time, self.sleep, lambda: chance)


@pytest.fixture
def fake() -> FakeTime:
    return FakeTime()


def test_turns_are_evenly_spaced(fake):
    pace = Pace(2.0, fake.clock())
    times = []
    for _ in range(4):
        pace.take_turn()
        times.append(fake.time)
    assert times == [100.0, 100.5, 101.0, 101.5]


def test_turns_that_were_not_taken_are_not_saved_up(fake):
    pace = Pace(1.0, fake.clock())
    pace.take_turn()
    fake.time += 60
    for _ in range(2):
        pace.take_turn()
    assert fake.slept == [1.0]


def test_all_wait_when_the_service_says_so(fake):
    pace = Pace(1.0, fake.clock())
    pace.take_turn()
    pace.hold_all(30)
    pace.hold_all(5)
    pace.take_turn()
    assert fake.time == 130.0


def test_a_turn_dealt_out_before_all_must_wait_is_void(fake):
    pace = Pace(1.0, fake.clock())
    pace.take_turn()
    sleep = fake.sleep

    def sleep_while_another_is_refused(seconds: float) -> None:
        if len(fake.slept) == 0:
            pace.hold_all(20)
        sleep(seconds)

    fake.sleep = sleep_while_another_is_refused
    pace.clock = fake.clock()
    pace.take_turn()
    assert fake.time >= 120.0


def test_a_stopped_pace_gives_no_turn(fake):
    pace = Pace(1.0, fake.clock())
    pace.stop()
    with pytest.raises(StoppedError):
        pace.take_turn()
    with pytest.raises(StoppedError):
        pace.rest(10)
    assert fake.slept == []


def test_waits_double_up_to_a_limit(fake):
    pace = Pace(1.0, fake.clock())
    assert [pace.back_off(n) for n in range(1, 5)] == [2, 4, 8, 16]
    assert pace.back_off(50) == LONGEST_WAIT


def test_chance_makes_waits_differ_by_half(fake):
    assert Pace(1.0, fake.clock(0.0)).back_off(1) == 1.0
    assert Pace(1.0, fake.clock(1.0)).back_off(1) == 3.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Mon, 23 Nov 2026 10:00:30 GMT", 30.0),
        ("Mon, 23 Nov 2026 10:00:30 -0000", 30.0),
        ("Mon, 23 Nov 2026 09:00:00 GMT", 0.0),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
    ],
)
def test_retry_after(value, seconds):
    assert parse_retry_after(value, datetime(2026, 11, 23, 10, tzinfo=UTC)) == seconds
