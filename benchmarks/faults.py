"""Kills at random: `python -m benchmarks.faults` ends commands and their workers at any moment.

After each kill the command is run again. Asked is that no process outlives its parent by a second,
that what comes out has the same bytes as without any kill, and that nothing half written is left.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import openpyxl
import typer

from cdtm.build.tables import read_beads
from cdtm.build.workspace import open_workspace
from cdtm.demo import SAMPLE
from cdtm.memory.database import DECIDED
from cdtm.memory.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNALS: Final = ("KILL", "TERM", "HUP", "INT")

WORKER: Final = "worker"
"""Stands for the KILL of one among the signals to the parent."""

PATIENCE: Final = 1.0
"""Seconds that a process may outlive its parent."""

TRIES: Final = 2
"""Runs for each kill that is wanted, at most."""

LONGEST: Final = 300.0
"""Seconds after which a command that lost a worker is said to hang."""

SETTLED: Final = {**os.environ, "SOURCE_DATE_EPOCH": "1900000000"}
"""Decisions are made at one time, so that they are the same again."""

RECORDS: Final = 4

NUMBER: Final = "9999"
"""Of the meeting in the bundled sample."""


@dataclass(slots=True)
class Command:
    """A command that is killed.

    Attributes:
        name: in the report.
        arguments: of cdtm.
        again: of cdtm, for the run after the kill; the same if empty.
        seconds: that it takes, as measured without a kill.
        file: of the workspace, whose appearance half of the kills wait for: it is there for
            milliseconds, which no moment drawn at random would find.
    """

    name: str
    arguments: list[str]
    again: list[str] = field(default_factory=list)
    seconds: float = 0.0
    file: Path | None = None


@dataclass(slots=True)
class Tally:
    """What came of the kills of one command.

    Attributes:
        kills: signals that found their process, by its name and whose it was.
        longest: seconds that a process outlived its parent, at most.
        faults: sentences.
    """

    kills: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0
    faults: list[str] = field(default_factory=list)


class Scene:
    """A folder with records, a workspace, a book of decisions and what commands write.

    Args:
        root: an empty folder.
    """

    def __init__(self, root: Path) -> None:
        self.root, self.workspace, self.out = root, root / "w", root / "out"
        self.records, self.book = root / "records", root / "book.xlsx"
        self.old = root / "old.sqlite"
        self.out.mkdir()
        for number in range(RECORDS):
            for side in ("zh", "en"):
                text = (SAMPLE / f"CD_PV.{NUMBER}.{side}.txt").read_text("utf-8")
                path = self.records / f"CD_PV.900{number}.{side}.txt"
                path.parent.mkdir(exist_ok=True)
                text = text.replace(NUMBER, f"900{number}").replace("2031", f"204{number}")
                path.write_text(text, "utf-8")
        self.build = ["build", str(self.records), *self._of, "-q", "--workers", "2"]
        self.export = ["export", *self._of, "-o", str(self.out / "all.tmx"), "--tier", "all", "-q"]

    @property
    def _of(self) -> list[str]:
        return ["-w", str(self.workspace)]

    def prepare(self) -> None:
        """Build, decide and remember what comes out without any kill."""
        run(self.build)
        run(["audit", *self._of, "-o", str(self.book), "--record", "CD/PV.9000", "-q"])
        filled = openpyxl.load_workbook(self.book)
        sheet = filled["Review"]
        places = {cell.value: cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, places["decision"]).value = "reject" if row % 3 else "accept"
            sheet.cell(row, places["reviewer"]).value = "Anna"
        filled.save(self.book)

    def commands(self) -> list[Command]:
        """Give the commands that are killed, each measured once."""
        pair = [str(self.records / f"CD_PV.9000.{side}.txt") for side in ("zh", "en")]
        commands = [
            Command("align", ["align", *pair, "-o", str(self.out / "pair.tmx"), "-q"]),
            Command("build", [*self.build, "--force"], self.build),
            Command("export", self.export),
            Command("apply", ["audit", "apply", str(self.book), *self._of, "-q"]),
            Command("status --check", ["status", *self._of, "--check"]),
            Command("import", ["import", str(self.out / "pair.tmx"), *self._of]),
            Command(
                "migration",
                ["status", *self._of],
                file=self.workspace / "memory.sqlite-journal",
            ),
        ]
        for command in commands:
            if command.name == "migration":
                make_old(self.workspace, self.old)
                self.undo(command)
            began = time.monotonic()
            run(command.arguments)
            command.seconds = time.monotonic() - began
        return commands

    def undo(self, command: Command) -> None:
        """Let a command have something to do again, as if it had not been run."""
        if command.name == "import":
            run(["import", "pair.tmx", *self._of, "--forget"], may_fail=True)
        if command.name == "apply":  # the memory as before, and no decision
            for path in self.workspace.glob("decisions*"):
                path.unlink()
            run(self.build)
        if command.name == "migration":
            shutil.copy(self.old, self.workspace / "memory.sqlite")

    def state(self) -> dict[str, bytes]:
        """Give the bytes of what the commands write, the memory's as an export."""
        run(self.export)
        return {path.name: path.read_bytes() for path in sorted(self.out.iterdir())}

    def leftovers(self) -> list[str]:
        """Name what no command leaves where it ends."""
        found = [
            path
            for path in self.root.rglob("*")
            if path.name.startswith((".cdtm-", ".import-"))
            or path.name.endswith(("-wal", "-shm", "-journal"))
            or path.name == "building.json"
        ]
        return [str(path.relative_to(self.root)) for path in found]


def make_old(workspace: Path, path: Path) -> None:
    """Make the memory that the first version of its tables would be of what was built."""
    opened = open_workspace(workspace)
    with Memory.open(path, create=True) as memory:
        for key, row in opened.manifest().items():
            beads = read_beads(opened.store, key)
            if beads is None:
                raise RuntimeError(f"{key} has no tables")
            memory.put_record(row, beads)
    with closing(sqlite3.connect(path)) as database:
        for table in DECIDED:
            database.execute(f"DROP TABLE {table}")
        database.executescript("ALTER TABLE unit DROP COLUMN status; PRAGMA user_version = 1")


def run(arguments: list[str], *, may_fail: bool = False) -> None:
    """Run a command to its end.

    Raises:
        RuntimeError: it failed.
    """
    done = subprocess.run(
        [sys.executable, "-m", "cdtm", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=SETTLED,
        timeout=LONGEST,
    )
    if done.returncode and not may_fail:
        raise RuntimeError(f"cdtm {arguments[0]}: {done.stdout}{done.stderr}")


def session_of(leader: int) -> Iterator[int]:
    """Give the processes of a session that have not ended, its leader left out."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != leader:
            try:
                told = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(told[3]) == leader and told[0] not in "ZX":
                yield int(folder.name)


def kill_once(
    command: Command, moment: float, name: str, tally: Tally, chance: random.Random
) -> None:
    """Begin a command, end it or one of its workers at a moment, and see who is left.

    Args:
        command: it.
        moment: seconds after its beginning.
        name: of the signal; to a worker it is always KILL, which no worker can answer.
        tally: takes what came of it.
        chance: chooses whether a worker is hit, and which.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "cdtm", *command.arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
        env=SETTLED,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    if command.file is not None and chance.random() < 0.5:
        wait_for(command.file, process)
    else:
        time.sleep(moment)
    workers = list(session_of(process.pid))
    if workers and chance.random() < 0.5:
        os.kill(chance.choice(workers), signal.SIGKILL)
        tally.kills[WORKER] += 1
    elif process.poll() is None:
        os.kill(process.pid, getattr(signal, f"SIG{name}"))
        tally.kills[name] += 1
    try:
        _, said = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        tally.faults.append(f"{command.name}: hangs {LONGEST:.0f} s after a {name}")
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return
    if "Traceback" in said and "KeyboardInterrupt" not in said:
        tally.faults.append(f"{command.name}: a traceback after a {name}: {said[-300:]}")
    ended = time.monotonic()
    while left := list(session_of(process.pid)):
        if time.monotonic() - ended > 10 * PATIENCE:
            os.killpg(process.pid, signal.SIGKILL)
            break
        time.sleep(0.02)
    outlived = time.monotonic() - ended
    tally.longest = max(tally.longest, outlived)
    if outlived > PATIENCE:
        tally.faults.append(f"{command.name}: {left} lived {outlived:.1f} s longer, {name}")


def wait_for(file: Path, process: subprocess.Popen[str]) -> None:
    """Wait until a file appears, or the process ends."""
    while process.poll() is None and not file.exists():
        time.sleep(0.0002)


def inject(kills: int, seed: int) -> dict[str, Tally]:
    """Kill commands in turn, and compare what comes out with what came out before.

    Args:
        kills: that find their process; some commands are at their end before theirs comes.
        seed: of the moments.
    """
    chance = random.Random(seed)
    root = Path(tempfile.mkdtemp(prefix="cdtm-faults-"))
    try:
        scene = Scene(root)
        scene.prepare()
        commands = scene.commands()
        calm = scene.state()
        tallies = {command.name: Tally() for command in commands}
        for number in range(TRIES * kills):
            if sum(tally.kills.total() for tally in tallies.values()) >= kills:
                break
            command = commands[number % len(commands)]
            tally = tallies[command.name]
            scene.undo(command)
            moment = chance.uniform(0.05, 1.05 * command.seconds)
            kill_once(command, moment, chance.choice(SIGNALS), tally, chance)
            run(command.again or command.arguments)
            for name, data in scene.state().items():
                if calm[name] != data:
                    tally.faults.append(f"{command.name}: {name} has other bytes")
            tally.faults += [f"{command.name}: {left} is left" for left in scene.leftovers()]
        return tallies
    finally:
        shutil.rmtree(root, ignore_errors=True)


def main(
    kills: Annotated[int, typer.Option("--kills", help="How many.")] = 48,
    seed: Annotated[int, typer.Option("--seed", help="Of their moments.")] = 1,
) -> None:
    """Kill commands and their workers at random moments, and say what came of it."""
    tallies = inject(kills, seed)
    sums = sum((tally.kills for tally in tallies.values()), Counter[str]())
    named = (*SIGNALS, WORKER)
    print(f"{'command':<16}{''.join(f'{name:>8}' for name in named)}{'outlived':>12}  faults")
    for name, tally in (*tallies.items(), ("all", Tally(sums))):
        numbers = "".join(f"{tally.kills[each]:>8}" for each in named)
        print(f"{name:<16}{numbers}{tally.longest:>10.2f} s  {len(tally.faults)}")
    print(f"{sums.total()} kills")
    faults = [fault for tally in tallies.values() for fault in tally.faults]
    for fault in faults:
        print(fault)
    raise typer.Exit(bool(faults))


if __name__ == "__main__":
    typer.run(main)
