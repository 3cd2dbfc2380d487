"""How often a service is asked, and how long one waits before asking again.

One `Pace` is shared by all threads that ask: it deals out turns at a limited rate, and where the
service says that it is too busy, all of them wait.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

FIRST_WAIT: Final = 2.0
"""Seconds before the second try; each further wait is twice as long."""
LONGEST_WAIT: Final = 60.0
"""Seconds: the service has been seen to recover from a 502 in minutes."""
JITTER: Final = 0.5
"""Share by which a wait is longer or shorter by chance, so that workers do not come all at once."""


class StoppedError(Exception):
    """The run has been stopped; whoever waits for a turn ends without one."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as a `Pace` knows it; tests give one that does not wait.

    Attributes:
        now: seconds, from any beginning.
        sleep: waits so many seconds.
        chance: evenly distributed in [0, 1).
    """

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


@dataclass
class Pace:
    """Turns to ask, at most `rate` a second over all threads.

    Attributes:
        rate: requests a second.
        clock: time.
        answered: whether the service has answered anything yet; who asks sets it.
    """

    rate: float
    clock: Clock = field(default_factory=Clock)
    answered: bool = field(default=False, init=False)
    _next: float = field(default=float("-inf"), init=False)
    _held: float = field(default=float("-inf"), init=False)
    _stopped: bool = field(default=False, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def take_turn(self) -> None:
        """Wait until the next request may go out.

        Raises:
            StoppedError: `stop` was called, before or meanwhile.
        """
        while True:
            with self._lock:
                turn = max(self._next, self._held, self.clock.now())
                self._next = turn + 1 / self.rate
            self.rest(turn - self.clock.now())
            with self._lock:
                if turn >= self._held:  # else someone was told meanwhile that all should wait
                    return

    def rest(self, seconds: float) -> None:
        """Wait so many seconds, without a turn.

        Raises:
            StoppedError: `stop` was called, before or meanwhile.
        """
        if not self._stopped and seconds > 0:
            self.clock.sleep(seconds)
        if self._stopped:
            raise StoppedError

    def hold_all(self, seconds: float) -> None:
        """Let nobody have a turn for so many seconds from now."""
        with self._lock:
            self._held = max(self._held, self.clock.now() + seconds)

    def stop(self) -> None:
        """Let nobody have a turn any more."""
        self._stopped = True

    def back_off(self, failures: int) -> float:
        """Seconds to wait after so many failures (1, 2 …) of one request: doubled, with jitter."""
        wait = min(FIRST_WAIT * 2.0 ** (failures - 1), LONGEST_WAIT)
        return wait * (1 - JITTER + 2 * JITTER * self.clock.chance())


def parse_retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """Read a ``Retry-After`` header (RFC 9110, 10.2.3): seconds, or a date; None if unreadable.

    Args:
        value: what the header says.
        now: the time to count a date from; the present if None.
    """
    text = (value or "").strip()
    if text.isdecimal():
        return float(text)
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return max(0.0, (then - (now or datetime.now(UTC))).total_seconds())
