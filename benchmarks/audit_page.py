"""How quickly the audit page opens: `python -m benchmarks.audit_page --chromium chromium`.

A page of made-up units is written as `cdtm audit` writes it and opened in a headless Chromium, to
which this speaks over its debugging pipe: nothing else is needed. Told are the time to the load
event and to the first paint, the time to open one record, and by how much the page is wider than
the window. `--page` measures a page that is there already.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import tempfile
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from align.doubt.rules import REASONS
from cdtm.audit.figures import Gathering
from cdtm.memory.units import Record
from tmx_out.audit_page import write_page
from tmx_out.audit_page.figures import AuditFigures, BeadLine, DoubtLine
from tmx_out.audit_page.packing import record_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Call = Callable[..., dict[str, Any]]

BEADS = 300
"""Of one record, as many as a meeting has."""

HAN = "我们希望会议能够就核裁军和消极安全保证问题开展实质性工作主席先生感谢各位"
WORDS = [
    "the",
    "Conference",
    "should",
    "begin",
    "substantive",
    "work",
    "on",
    "nuclear",
    "negative",
    "security",
    "assurances",
]

WIDTHS = (1280, 400)
"""Of the window in pixels, at which nothing may stick out."""

REASON = "The lengths do not fit, so something may be missing on the shorter side."


def made_up(number: int, dice: random.Random) -> BeadLine:
    """Make up a bead with texts as long as those of a meeting."""
    null = dice.random() < 0.03
    sure = 1 - dice.random() ** 3 * 0.3 if dice.random() > 0.05 else dice.random()
    return BeadLine(
        number,
        (number, number + 1),
        (number, number + (not null)),
        "".join(dice.choices(HAN, k=dice.randint(8, 70))),
        "" if null else " ".join(dice.choices(WORDS, k=dice.randint(6, 45))),
        sure,
        (dice.choice(list(REASONS)),) if not null and dice.random() < 0.06 else (),
        "Ms. Made-Up (Nowhere)",
        number // 30 + 1,
    )


def write_made_up(path: Path, units: int, seed: int = 1) -> int:
    """Write a page of so many units, or a few more; give how many there are."""
    dice = random.Random(seed)
    gathering, doubts = Gathering(REASONS), list[DoubtLine]()
    records: list[dict[str, Any]] = []
    codes = {code: place for place, code in enumerate(REASONS)}
    while sum(record.units for record in gathering.records) < units:
        place = len(records)
        lines = [made_up(number, dice) for number in range(BEADS)]
        doubtful = [line for line in lines if line.confidence < 0.6]
        record = Record(place + 1, f"cd-{place}", f"CD/PV.{place + 1}", date(2000, 1, 1), "a", "b")
        gathering.add(record, lines, len(doubtful))
        doubts += [
            DoubtLine(place, one.number, one.number, (REASON,), one.zh_text, one.en_text)
            for one in doubtful
        ]
        told: dict[int, tuple[int, Sequence[str]]] = {
            one.number: (one.number, (REASON,)) for one in doubtful
        }
        records.append(record_data(lines, told, codes))
    figures = AuditFigures(
        title="a made-up memory",
        made="no day",
        version="0",
        notes=(),
        records=tuple(gathering.records),
        tiers=gathering.tiers({}),
        measured=(),
        histogram=gathering.histogram(),
        thresholds=gathering.thresholds({}, {}),
        reliability=(),
        reliability_source="",
        flags=gathering.flag_figures(),
        doubts=tuple(doubts[:300]),
        doubts_total=len(doubts),
        reasons=dict(REASONS),
    )
    with path.open("wb") as stream:
        write_page(stream, figures, records)
    return figures.tiers[-1].units


@contextmanager
def browser(program: str, folder: str) -> Iterator[Call]:
    """Run a headless Chromium; yields a function that calls a method of its debugging protocol."""
    ours_in, theirs_out = os.pipe()
    theirs_in, ours_out = os.pipe()

    def give_pipes() -> None:  # Chromium reads from 3 and writes to 4
        low, high = os.dup2(theirs_in, 103), os.dup2(theirs_out, 104)
        os.dup2(low, 3)
        os.dup2(high, 4)

    options = ["--headless=new", "--no-sandbox", "--remote-debugging-pipe"]
    running = subprocess.Popen(
        [program, *options, f"--user-data-dir={folder}"],
        preexec_fn=give_pipes,
        close_fds=False,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs_in)
    os.close(theirs_out)
    with os.fdopen(ours_in, "rb") as replies, os.fdopen(ours_out, "wb") as calls:
        numbers = iter(range(1, 1_000_000))

        def call(method: str, session: str | None = None, **values: Any) -> dict[str, Any]:
            number = next(numbers)
            asked = {"id": number, "method": method, "params": values}
            asked |= {"sessionId": session} if session else {}
            calls.write(json.dumps(asked).encode() + b"\0")
            calls.flush()
            while True:
                told = b"".join(iter(lambda: replies.read(1), b"\0"))
                reply: dict[str, Any] = json.loads(told)
                if reply.get("id") == number:
                    return dict(reply.get("result", {}))

        yield call
        call("Browser.close")
    running.wait(30)


LOADED = "const n = performance.getEntriesByType('navigation')[0]; n.loadEventEnd"
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPENED = """new Promise((done) => { const start = performance.now(); location.hash = '#r0-0';
const look = () => document.getElementById('b0') ? done(performance.now() - start)
: requestAnimationFrame(look); look(); })"""


@contextmanager
def window(call: Call, address: str, width: int) -> Iterator[Callable[[str], Any]]:
    """Open a page in a window of its own; yields a function that gives what JavaScript says."""
    target = call("Target.createTarget", url="about:blank")["targetId"]
    session = call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    call("Emulation.setDeviceMetricsOverride", session, **size)
    call("Page.navigate", session, url=address)

    def ask(expression: str) -> Any:
        values = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        return call("Runtime.evaluate", session, **values)["result"].get("value")

    until = time.monotonic() + 60
    while not ask(f"{{ {LOADED} }}") and time.monotonic() < until:
        time.sleep(0.1)
    yield ask
    call("Target.closeTarget", targetId=target)


def measure(call: Call, address: str, width: int) -> list[float]:
    """Open the page and give load, first paint, one record (ms), overhang (px)."""
    with window(call, address, width) as ask:
        time.sleep(0.3)  # the first paint may be told late
        return [float(ask(each) or 0) for each in (f"{{ {LOADED} }}", PAINTED, OPENED, OVERHANG)]


def main(
    chromium: Annotated[str, typer.Option(help="The browser.")] = "chromium",
    units: Annotated[int, typer.Option(help="Made-up units.")] = 100_000,
    page: Annotated[Path | None, typer.Option(help="Measure this page instead.")] = None,
    times: Annotated[int, typer.Option(help="Times at each width.")] = 3,
) -> None:
    """Write the page, open it some times at each width, and print what was measured."""
    with tempfile.TemporaryDirectory() as folder:
        path = page or Path(folder, "audit.html")
        told = path.name if page else f"{write_made_up(path, units):,} made-up units"
        table = Table("window", "load ms", "first paint ms", "open a record ms", "overhang px")
        with browser(chromium, str(Path(folder, "profile"))) as call:
            for width in WIDTHS:
                for _ in range(times):
                    found = measure(call, path.resolve().as_uri(), width)
                    table.add_row(f"{width} px", *(f"{value:.0f}" for value in found))
        Console().print(f"{told}, {path.stat().st_size / 1e6:.1f} MB")
        Console().print(table)


if __name__ == "__main__":
    typer.run(main)
