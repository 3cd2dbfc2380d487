"""`cdtm fetch`: symbols in, a folder of records out."""

from __future__ import annotations

import queue
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from cdtm.show import LANGUAGES, console, count, new_table, print_facts, progress
from corpora.errors import UserError
from corpora.fetch.folder import MANIFEST, Entry, RecordFolder
from corpora.fetch.pace import Clock, Pace, StoppedError
from corpora.fetch.service import BASE_URL, Service, Wanted, fetch_file, open_client
from corpora.fetch.symbols import Symbols, parse_symbols, shorten_symbols

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import httpx

    from cdtm.jobs.fetch import FetchJob
    from corpora import Language

MOST_FAILURES: Final = 8
"""Files failed one after the other, of two workers' rounds, from which the service is taken to be
down: to go on would be impolite, and take half a minute a file."""
FIRST_FAILURES: Final = 2
"""The same while no file has been answered for at all: the service cannot be reached."""
MOST_LISTED: Final = 30
"""Lines of what could not be had that are printed; the manifest has all."""


class Outcome(NamedTuple):
    """What became of one file; `fetched` tells whether the service was asked."""

    entry: Entry
    fetched: bool


@dataclass
class Tally:
    """What a run has come to so far, without keeping every entry of a huge one."""

    done: Counter[tuple[str, Language]] = field(default_factory=Counter)
    bytes: Counter[Language] = field(default_factory=Counter)
    missing: dict[tuple[str, Language, str], list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )
    notes: dict[tuple[Language, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    failures: int = 0
    last_failure: str = ""
    answered: bool = False

    def add(self, outcome: Outcome) -> None:
        """Count one file."""
        entry, fetched = outcome
        status = entry.status if fetched else "there"
        self.done[status, entry.language] += 1
        if entry.status == "kept":
            self.bytes[entry.language] += entry.bytes
        else:
            self.missing[entry.status, entry.language, entry.reason].append(entry.symbol)
        for note in entry.notes:
            self.notes[entry.language, note].append(entry.symbol)
        if entry.status == "failed":
            self.failures += 1
            self.last_failure = entry.reason
        elif fetched:
            self.failures, self.answered = 0, True

    @property
    def hopeless(self) -> bool:
        """Whether the service is down, or cannot be reached from here."""
        return self.failures >= (MOST_FAILURES if self.answered else FIRST_FAILURES)

    def of(self, *statuses: str) -> int:
        """How many files, in all languages, came to one of these."""
        return sum(often for (status, _), often in self.done.items() if status in statuses)


def run_fetch(job: FetchJob, *, clock: Clock | None = None) -> Tally:
    """Fetch what is wanted and not there, and print a table of what became of it.

    Args:
        job: what to do.
        clock: time; tests give one that does not wait.

    Raises:
        UserError: a mistake in the symbols or options; or something could not be had, or the user
            stopped the run: then everything else is in the folder all the same.
    """
    symbols = parse_symbols(job.symbols)
    total = len(symbols) * len(job.languages)
    tally = Tally()
    pace = Pace(job.rate, clock or Clock())
    stopped, cure = "", "run the same command again to go on"
    with open_client(service_of(job)) as client:
        folder = RecordFolder(job.folder)
        try:
            with progress("Fetching", total) as shown:
                for outcome in fetch_all(job, symbols, folder, client, pace):
                    tally.add(outcome)
                    shown.advance(note=f"{outcome.entry.symbol} {outcome.entry.language}")
                    if tally.hopeless and tally.done.total() < total:
                        stopped = (
                            f"{tally.failures} files failed one after the other, the last because "
                            f"{tally.last_failure}"
                        )
                        cure = "check the connection, --proxy and --base-url, then " + cure
                        break
        except KeyboardInterrupt:
            stopped = "You stopped it"
        finally:
            pace.stop()
            folder.close()
    if not job.quiet:
        print_tally(job, tally, total)
    if stopped:
        untried = count(total - tally.done.total(), "file")
        raise UserError(
            f"{stopped}: {untried} of {total:,} not tried, and what came is kept; {cure}."
        )
    missing = tally.of("not_found", "wrong_language", "failed")
    if missing:
        raise UserError(
            f"{count(missing, 'file')} of {total:,} could not be had ({_why(tally)}), as "
            f"{job.folder / MANIFEST} lists: check the symbols, or run the same command again."
        )
    return tally


def service_of(job: FetchJob) -> Service:
    """Where to ask, and how."""
    return Service(job.base_url or BASE_URL, job.proxy, others=job.redirect_to)


def _why(tally: Tally) -> str:
    words = {"not_found": "not found", "wrong_language": "wrong language", "failed": "failed"}
    often = {word: tally.of(status) for status, word in words.items()}
    return ", ".join(f"{number:,} {word}" for word, number in often.items() if number)


# ------------------------------------------------------------------------------------------ threads


def fetch_all(
    job: FetchJob,
    symbols: Symbols,
    folder: RecordFolder,
    client: httpx.Client,
    pace: Pace,
) -> Iterator[Outcome]:
    """Give what became of each file, as it becomes known; several are asked for at once.

    The workers are daemons: when the user stops the run it ends at once, though the service keeps a
    request waiting for half a minute. What they write, they write under the folder's lock.
    """
    results: queue.Queue[Outcome | BaseException | None] = queue.Queue()
    left, lock = iter(symbols), threading.Lock()

    def work() -> None:
        try:
            while True:
                with lock:
                    symbol = next(left, None)
                if symbol is None:
                    return
                for language in job.languages:
                    wanted = Wanted(symbol, language, job.format)
                    results.put(fetch_one(wanted, job, folder, client, pace))
        except StoppedError:
            pass
        except BaseException as error:  # the main thread raises it
            results.put(error)
        finally:
            results.put(None)

    working = min(job.workers, len(symbols))
    for number in range(working):
        threading.Thread(target=work, name=f"fetch-{number}", daemon=True).start()
    while working:
        try:
            # Without a limit, Ctrl-C is not heard on every system.
            result = results.get(timeout=0.5)
        except queue.Empty:
            continue
        if isinstance(result, BaseException):
            raise result
        if result is None:
            working -= 1
        else:
            yield result


def fetch_one(
    wanted: Wanted, job: FetchJob, folder: RecordFolder, client: httpx.Client, pace: Pace
) -> Outcome:
    """See to it that one file is in the folder, or tell why it is not."""
    entry = None if job.force else folder.there(wanted)
    if entry is not None:
        return Outcome(entry, fetched=False)
    return Outcome(folder.keep(fetch_file(wanted, client, service_of(job), pace)), fetched=True)


# ---------------------------------------------------------------------------------- what is printed


ROWS: Final = (
    ("there", "there already"),
    ("kept", "fetched"),
    ("not_found", "not found"),
    ("wrong_language", "wrong language"),
    ("failed", "failed"),
)


def print_tally(job: FetchJob, tally: Tally, total: int) -> None:
    """Print what became of the files, a column a language, then what could not be had, and why."""
    each = total // len(job.languages)
    tried = dict.fromkeys(job.languages, 0)
    table = new_table("files", *(LANGUAGES[language] for language in job.languages))
    table.add_row("wanted", *(f"{each:,}" for _ in job.languages))
    for status, heading in ROWS:
        numbers = [tally.done[status, language] for language in job.languages]
        if any(numbers):
            table.add_row(heading, *(f"{number:,}" for number in numbers))
        for language, number in zip(job.languages, numbers, strict=True):
            tried[language] += number
    if sum(tried.values()) < total:
        table.add_row("not tried", *(f"{each - tried[language]:,}" for language in job.languages))
    sizes = (tally.bytes[language] / 1e6 for language in job.languages)
    table.add_row("MB in the folder", *(f"{size:,.1f}" for size in sizes))
    console(stderr=True).print(table)
    facts = [
        (f"{language} {status.replace('_', ' ')}", f"{_list(symbols)}: {reason}")
        for (status, language, reason), symbols in sorted(tally.missing.items())
    ]
    facts += [
        (f"{language} note", f"{_list(symbols)}: {note}")
        for (language, note), symbols in sorted(tally.notes.items())
    ]
    if len(facts) > MOST_LISTED:
        more = len(facts) - MOST_LISTED
        facts[MOST_LISTED:] = [("…", f"{more} more are in {job.folder / MANIFEST}")]
    print_facts(facts)


def _list(symbols: Sequence[str]) -> str:
    """Write symbols in their order, ranges as such: ``CD/PV.1500-1502, CD/PV.1507``."""
    ordered = sorted(symbols, key=lambda symbol: (len(symbol), symbol))
    shown = shorten_symbols(ordered)
    if len(shown) > MOST_LISTED:
        shown[MOST_LISTED:] = [f"… and {len(shown) - MOST_LISTED} more"]
    return ", ".join(shown)
