"""Files of a workspace: one is spoilt, then commands run over it in this process.

Asked is, beside what is asked of every target, that no decision is lost: whatever else was spoilt,
the journal holds what it held.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

import openpyxl

from align.encoder.static import StaticEncoder
from benchmarks.fuzz.running import Execution, FaultError, Target
from benchmarks.fuzz.spoiling import spoil
from cdtm.audit.run import run_audit
from cdtm.build.run import run_build
from cdtm.build.status import run_status
from cdtm.demo import SAMPLE
from cdtm.export import run_export
from cdtm.imports.run import run_import as run_memory
from cdtm.jobs.audit import ApplyJob, AuditJob
from cdtm.jobs.build import BuildJob, StatusJob
from cdtm.jobs.imports import MemoryJob
from cdtm.jobs.memory import ExportJob, LookupJob
from cdtm.jobs.terms import ImportJob, ListJob
from cdtm.lookup.show import run_lookup
from cdtm.memory.backup import rows_of
from cdtm.memory.journal import NAME as JOURNAL
from cdtm.review.apply import run_apply
from cdtm.terms import run_import, run_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from random import Random

    from cdtm.jobs.command import Job

MOST_COMMANDS: Final = 4
"""Run over one spoilt file, one after the other."""

SPEECHES: Final = 44
"""Lines of a record: the cover and two speakers."""


def make_records(folder: Path) -> None:
    """Make a pair of files that is read in milliseconds."""
    folder.mkdir()
    for side in ("zh", "en"):
        lines = (SAMPLE / f"CD_PV.9999.{side}.txt").read_text("utf-8").splitlines(keepends=True)
        (folder / f"CD_PV.9999.{side}.txt").write_text("".join(lines[:SPEECHES]), "utf-8")


def make_workspace(folder: Path, records: Path) -> None:
    """Build records into a workspace, with a glossary, an imported memory and decisions."""
    run_build(BuildJob(str(records), folder, engine="serial", quiet=True))
    glossary, memory = folder.parent / "mine.csv", folder.parent / "old.tsv"
    glossary.write_text("zh,en\n核查,verification\n", "utf-8")
    memory.write_text("核裁军很重要。\tNuclear disarmament is important.\n", "utf-8")
    with quiet():
        run_import(ImportJob(glossary, folder))
        run_memory(MemoryJob(memory, folder, pairs=True, workers=1))
        run_apply(ApplyJob(make_book(folder), folder, quiet=True))


def make_book(folder: Path) -> Path:
    """Make a review book of a workspace in which every second row is decided."""
    path = folder.parent / "book.xlsx"
    run_audit(AuditJob(folder, path, records=("CD/PV.9999",), quiet=True))
    filled = openpyxl.load_workbook(path)
    sheet = filled["Review"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1, 2):
        sheet.cell(row, places["decision"]).value = "reject" if row % 4 else "accept"
        sheet.cell(row, places["reviewer"]).value = "Anna"
    filled.save(path)
    return path


@contextmanager
def quiet() -> Iterator[None]:
    """Let what is printed go nowhere."""
    with (
        open(os.devnull, "w", encoding="utf-8", errors="replace") as nowhere,
        redirect_stdout(nowhere),
        redirect_stderr(nowhere),
    ):
        yield


class Scene:
    """A workspace that is brought back to what it was after each round.

    Args:
        root: an empty folder.
    """

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, root / "w"
        make_records(root / "records")
        make_workspace(self.folder, root / "records")
        self.book = root / "book.xlsx"
        begun = {"began": "2031-06-03T10:00:00+00:00", "todo": {"CD-PV-9999": "another"}}
        (self.folder / "building.json").write_text(json.dumps(begun), "utf-8")
        self.good = {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }
        self.decisions = rows_of(self.folder / JOURNAL)

    def restore(self) -> None:
        """Bring every file back."""
        for path in sorted(self.folder.rglob("*"), reverse=True):
            name = str(path.relative_to(self.folder))
            if path.is_dir():
                if not any(good.startswith(f"{name}/") for good in self.good):
                    shutil.rmtree(path)
            elif name not in self.good:
                path.unlink()
        for name, data in self.good.items():
            path = self.folder / name
            if not path.is_file() or path.read_bytes() != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)

    def jobs(self) -> Mapping[str, tuple[Callable[[Any], Any], Job]]:
        """Give the commands."""
        w, out = self.folder, self.root / "out"
        return {
            "status": (run_status, StatusJob(w)),
            "check": (run_status, StatusJob(w, check=True)),
            "lookup": (run_lookup, LookupJob("核查", w)),
            "export": (run_export, ExportJob(w, (Path(f"{out}.tmx"),), tier="all", quiet=True)),
            "page": (run_audit, AuditJob(w, Path(f"{out}.html"), quiet=True)),
            "book": (run_audit, AuditJob(w, Path(f"{out}.xlsx"), records=("*",), quiet=True)),
            "apply": (run_apply, ApplyJob(self.book, w, quiet=True)),
            "terms": (run_list, ListJob(w)),
            "build": (
                run_build,
                BuildJob(str(self.root / "records"), w, engine="serial", quiet=True),
            ),
        }

    def run(self, command: str, spoilt: str) -> None:
        """Run a command over what is there.

        Raises:
            FaultError: a decision is lost.
        """
        work, job = self.jobs()[command]
        with quiet():
            work(job)
        if not spoilt.startswith("decisions") and rows_of(self.folder / JOURNAL) != self.decisions:
            raise FaultError("a decision is lost")


KINDS: Final = {
    "memory.sqlite": ("memory.sqlite",),
    "decisions": ("decisions.sqlite", "decisions.backup.sqlite"),
    "workspace.json": ("workspace.json",),
    "notes": ("imports.json", "building.json"),
    "parquet lists": ("manifest.parquet", "catalogue.parquet"),
    "parquet tables": ("beads.parquet", "sentences.parquet"),
    "record.json": ("record.json",),
    "nearest": ("nearest.faiss", "nearest.json"),
    "glossary.tsv": ("glossary.tsv",),
}
"""Files by what they are, of any folder of the workspace."""

WEIGHTS: Final = {"status": 6, "export": 6, "terms": 4, "lookup": 2, "check": 2, "apply": 2}
"""How often a command is drawn, 1 if it is not said: those that take long seldom."""


@contextmanager
def one_encoder() -> Iterator[None]:
    """Load the encoder once; to load it takes longer than most commands on a small workspace."""
    with ExitStack() as stack:
        one = cache(StaticEncoder)
        for module in ("align.encoder.load", "align.encoder.static"):
            stack.enter_context(patch(f"{module}.StaticEncoder", one))
        yield


@contextmanager
def opened(name: str, folder: Path) -> Iterator[Callable[[Random], Iterator[Execution]]]:
    """Make a workspace; see `Target.open`.

    Args:
        name: of `KINDS`.
        folder: an empty one.
    """
    with one_encoder():
        scene = Scene(folder)
        names = [good for good in scene.good if Path(good).name in KINDS[name]]
        commands = list(scene.jobs())
        weights = [WEIGHTS.get(command, 1) for command in commands]

        def rounds(random: Random) -> Iterator[Execution]:
            spoilt = random.choice(names)
            data = spoil(scene.good[spoilt], random)
            (scene.folder / spoilt).write_bytes(data)
            for command in random.choices(commands, weights, k=random.randint(1, MOST_COMMANDS)):
                kept = f"{command}-{spoilt.replace('/', '-')}"
                yield Execution(data, kept, partial(scene.run, command, spoilt))
            scene.restore()

        yield rounds


TARGETS: Final = tuple(Target(f"w: {name}", 10, partial(opened, name)) for name in KINDS)
