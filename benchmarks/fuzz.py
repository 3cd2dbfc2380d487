"""Every reader against spoilt files: one sentence for the user, or a result; nothing else.

`python -m benchmarks.fuzz --seconds 600` spoils good files of every kind (bits, blocks, lengths,
XML, the parts of a ZIP) and reads them. A traceback, an answer that takes longer than `SLOW`, or
more memory than `MOST_MEMORY` is a fault: the file is kept under `--keep` with what happened, so
that it can become a test. The seed makes a run repeatable. `tests/benchmarks/test_fuzz.py` is the
short form.
"""

from __future__ import annotations

import io
import resource
import signal
import subprocess
import sys
import time
import traceback
import zipfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from align import align_pair, load_encoder
from align.links import read_links
from align.terms.types import TermPair
from benchmarks.same_exports import decide
from corpora import UserError, read_document
from corpora.catalogue.examine import examine
from tmx_out import read_tmx, validate_tmx, write_tmx, write_tsv
from tmx_out.review.reader import read_review_book
from tmx_out.terms.files import read_terms, write_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

SLOW: Final = 60
"""Seconds that no input may take."""
MOST_MEMORY: Final = 2 << 30
"""Bytes that no input may take."""
LONGEST: Final = 2_000_000
"""Bytes of a spoilt file: what is larger says nothing new and takes the run's time."""

_MAGIC: Final = (
    *(b"\x00", b"\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff", b"-1", b"99999999999", b"%s"),
    *(b"<", b"&", b"]]>", b"<!--", b"\r\n", b"\x0c", "核".encode(), b"\xef\xbb\xbf", b"=1+1"),
    *(b"<w:p>", b"</w:p>", b"<w:txbxContent>", b"xml:lang='zh'", b"stream\n", b"endobj", b"/Kids"),
    *(b"CD/PV.1-CD/PV.2-", b". . . . . . . .", b"1/2/3/", "（（（（".encode(), b"((((((", b"-\n"),
)
"""Pieces that readers look at."""


@dataclass(frozen=True, slots=True)
class Target:
    """A reader and good files of its kind.

    Attributes:
        read: takes the path of a file; raises `UserError` if it is no good one.
        suffix: of its files.
        seeds: good files.
    """

    read: Callable[[Path], Any]
    suffix: str
    seeds: tuple[bytes, ...]


@dataclass
class Tally:
    """What a run has come to.

    Attributes:
        done: executions, by target.
        refused: of them were told the user in a sentence.
        faults: what happened, with the target and the name of the kept file.
    """

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, str, str]] = field(default_factory=list)


class SlowError(Exception):
    """A reader took longer than `SLOW` seconds."""


# --------------------------------------------------------------------------------------- good files


def targets(folder: Path) -> Mapping[str, Target]:
    """Make good files of every kind in a folder, and name the reader of each."""
    sample = files("cdtm") / "sample"
    zh, en = (Path(str(sample / f"CD_PV.9999.{side}.txt")) for side in ("zh", "en"))
    texts = tuple(path.read_bytes() for path in (zh, en))
    alignment = align_pair(read_document(zh), read_document(en), load_encoder())
    write_tmx(folder / "a.tmx", alignment)
    write_tsv(folder / "a.tsv", alignment)
    terms = [
        TermPair(("核裁军", "裁军"), ("nuclear disarmament",), note="a note"),
        TermPair(("核查",), ("verification", "verifying")),
    ]
    for suffix in ("xlsx", "csv", "tbx", "txt"):
        write_terms(folder / f"t.{suffix}", terms)
    write_terms(folder / "t3.tbx", terms, tbx=3)
    seeds = {path.name: path.read_bytes() for path in folder.iterdir()}
    utf16 = texts[0].decode().encode("utf-16")
    old = texts[0].decode().encode("gb18030")
    found = {
        "text": Target(read_document, ".txt", (*texts, utf16, old)),
        "docx": Target(read_document, ".docx", (make_docx(texts[1].decode()),)),
        "pdf": Target(read_document, ".pdf", (make_pdf(texts[1].decode()),)),
        "html": Target(read_document, ".html", (make_html(texts[1].decode()),)),
        "tmx": Target(lambda path: list(read_tmx(path)), ".tmx", (seeds["a.tmx"],)),
        "tmx check": Target(validate_tmx, ".tmx", (seeds["a.tmx"],)),
        "links": Target(read_links, ".links", (b"[0,1]:[0]:0.87\n[2]:[]\n",)),
        "examine": Target(
            lambda path: examine(path.parent, path.name), ".docx", (make_docx(texts[0].decode()),)
        ),
    }
    for suffix in ("xlsx", "csv", "tbx", "txt"):
        of_kind = tuple(data for name, data in seeds.items() if name.endswith(f".{suffix}"))
        found[f"terms {suffix}"] = Target(read_terms, f".{suffix}", of_kind)
    book = make_review_book(folder, zh.parent)
    found["review book"] = Target(read_review_book, ".xlsx", (book, seeds["t.xlsx"]))
    return found


def make_review_book(folder: Path, records: Path) -> bytes:
    """Make a book of a memory of the sample, every third row decided."""
    path = folder / "book.xlsx"
    for command in (
        ["build", str(records), "-w", "w", "--engine", "serial", "-q"],
        ["audit", "-w", "w", "-o", str(path), "--record", "*", "-q"],
    ):
        subprocess.run([sys.executable, "-m", "cdtm", *command], cwd=folder, check=True)
    decide(path)
    return path.read_bytes()


def make_docx(text: str) -> bytes:
    """Make a DOCX with a paragraph for each line, a table and a note."""
    import docx

    document = docx.Document()
    for line in text.splitlines()[:80]:
        document.add_paragraph(line)
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "核查"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_html(text: str) -> bytes:
    """Make a page with a paragraph for each line."""
    body = "".join(f"<p>{line}</p>\n" for line in text.splitlines()[:80])
    return f"<!DOCTYPE html><html><body>{body}</body></html>".encode()


def make_pdf(text: str) -> bytes:
    """Make a PDF of plain text, a page for each 40 lines."""
    from benchmarks.paper import as_pdf

    lines = text.splitlines()
    pages = [lines[start : start + 40] for start in range(0, min(len(lines), 120), 40)]
    return as_pdf(pages, "en")


# ------------------------------------------------------------------------------------ spoilt files


def spoil(data: bytes, random: Random) -> bytes:
    """Spoil a file; one that is a ZIP often in one of its parts, with the rest whole."""
    if data[:2] == b"PK" and random.random() < 0.8:
        return _spoil_part(data, random)
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        out = random.choice(_WAYS)(out, random)
    return bytes(out[:LONGEST])


def _spoil_part(data: bytes, random: Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        chosen = random.choice(names)
        for name in names:
            content = old.read(name)
            if name == chosen:
                if random.random() < 0.1:
                    continue  # the part is not there
                changed = bytearray(content)
                for _ in range(random.choice((1, 2, 4))):
                    changed = random.choice(_WAYS)(changed, random)
                content = bytes(changed[:LONGEST])
            new.writestr(name, content)
    return out.getvalue()


def _flip(data: bytearray, random: Random) -> bytearray:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return data


def _cut(data: bytearray, random: Random) -> bytearray:
    return data[: random.randrange(len(data) + 1)]


def _span(data: bytearray, random: Random) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.choice((1, 8, 64, 512)))


def _drop(data: bytearray, random: Random) -> bytearray:
    start, end = _span(data, random)
    del data[start:end]
    return data


def _repeat(data: bytearray, random: Random) -> bytearray:
    start, end = _span(data, random)
    data[start:start] = data[start:end] * random.choice((1, 2, 30))
    return data


def _insert(data: bytearray, random: Random) -> bytearray:
    start = random.randrange(len(data) + 1)
    data[start:start] = random.choice(_MAGIC) * random.choice((1, 1, 3, 200))
    return data


def _overwrite(data: bytearray, random: Random) -> bytearray:
    start, end = _span(data, random)
    data[start:end] = random.randbytes(end - start)
    return data


def _number(data: bytearray, random: Random) -> bytearray:
    digits = [place for place, byte in enumerate(data[:50_000]) if 0x30 <= byte <= 0x39]
    if digits:
        data[(place := random.choice(digits)) : place + 1] = random.choice(
            (b"0", b"9", b"-1", b"4294967295", b"1e309")
        )
    return data


_WAYS: Final = (_flip, _cut, _drop, _repeat, _insert, _insert, _overwrite, _number)


# ------------------------------------------------------------------------------------------- a run


@contextmanager
def limited() -> Iterator[None]:
    """Bound the time of a block, and this process's memory."""

    def ring(_number: int, _frame: object) -> None:
        raise SlowError

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(SLOW)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def run_one(name: str, target: Target, path: Path, tally: Tally) -> str:
    """Read one file; what is wrong with that, ``""`` if nothing is."""
    tally.done[name] += 1
    try:
        with limited():
            target.read(path)
    except UserError as told:
        tally.refused[name] += 1
        return "" if str(told).strip() else "an error without a sentence"
    except SlowError:
        return f"slower than {SLOW} seconds"
    except MemoryError:
        return "out of memory"
    except Exception:
        return traceback.format_exc(limit=-6)
    return ""


def fuzz(
    seed: int, *, executions: int | None = None, seconds: float | None = None, keep: Path | None
) -> Tally:
    """Read spoilt files until so many are done or so much time is over."""
    random, tally, started = Random(seed), Tally(), time.monotonic()
    seen: set[str] = set()
    with TemporaryDirectory() as scratch:
        (Path(scratch) / "good").mkdir()
        kinds = targets(Path(scratch) / "good")
        while (executions is None or tally.done.total() < executions) and (
            seconds is None or time.monotonic() - started < seconds
        ):
            name = random.choice(list(kinds))
            target = kinds[name]
            data = spoil(random.choice(target.seeds), random)
            path = Path(scratch) / f"spoilt{target.suffix}"
            path.write_bytes(data)
            fault = run_one(name, target, path, tally)
            if fault and (place := fault[-400:]) not in seen:
                seen.add(place)
                kept = f"{name.replace(' ', '-')}-{tally.done.total()}{target.suffix}"
                tally.faults.append((name, kept, fault))
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / kept).write_bytes(data)
    return tally


def main(
    seconds: Annotated[float, typer.Option(help="How long.")] = 600.0,
    seed: Annotated[int, typer.Option(help="The same seed spoils the same files.")] = 1,
    keep: Annotated[Path, typer.Option(help="Where files with faults go.")] = Path("fuzz-out"),
) -> None:
    """Fuzz every reader."""
    resource.setrlimit(resource.RLIMIT_AS, (3 * MOST_MEMORY, 3 * MOST_MEMORY))
    tally = fuzz(seed, seconds=seconds, keep=keep)
    for name, done in sorted(tally.done.items()):
        print(f"{name:12} {done:7,} executions, {tally.refused[name]:7,} refused in a sentence")
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{tally.done.total():,} executions, {len(tally.faults)} faults, {held:,.0f} MB at most")
    for name, kept, fault in tally.faults:
        print(f"\n== {name}: {keep / kept}\n{fault}", file=sys.stderr)
    raise typer.Exit(bool(tally.faults))


if __name__ == "__main__":
    typer.run(main)
