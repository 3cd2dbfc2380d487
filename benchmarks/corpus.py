"""A made-up corpus of meetings, with its truth: `python -m benchmarks.corpus FOLDER`.

Each record is a meeting of the Conference on Disarmament as it looks on paper (`benchmarks.paper`),
but what is said comes from public parallel text (`benchmarks.meetings`). The folder is as a user's:
names in many spellings, sub-folders, formats mixed, sides missing, files twice, torn or no records
at all. `FOLDER.truth.json`, beside it, says what belongs together and what is wrong with the rest.
The same seed gives the same bytes.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from benchmarks.meetings import PARALLEL, SENTENCES, Meeting, make_meeting, read_pairs
from benchmarks.paper import as_docx, as_text, cover, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from benchmarks.meetings import Pair

FIRST_MEETING, LAST_MEETING = 2001, 9000
"""Numbers of the meetings lie between; real ones are below."""

FIRST_DAY, LAST_DAY = date(1979, 1, 24), date(2021, 9, 21)
"""Meetings are spread over so long, as the real ones that there are."""

SHARES = {
    "one-sided": 2.0,
    "silent": 1.0,
    "twice": 1.0,
    "versions": 1.0,
    "torn": 1.0,
    "half-torn": 0.5,
    "docx": 3.0,
    "pdf": 1.0,
    "named": 1.0,
    "misnamed": 1.0,
    "gb18030": 1.0,
    "corrected": 0.5,
    "french": 0.5,
    "lost": 0.5,
}
"""How many are so for a hundred records with both sides, at least one where there are enough:

- `one-sided`: one language is missing; `lost`: so it is, and the other has no symbol.
- `silent`: neither text nor name says the symbol; `named`: the name alone does.
- `twice`: a side has a copy; `versions`: a side is there as a Word file, too.
- `torn`: a file that is no record lies by it; `half-torn`: one side is such a file.
- `docx`, `pdf`, `gb18030`: both sides are of that format, or the Chinese one of that encoding.
- `misnamed`: a TXT whose name ends in ``.pdf``.
- `corrected`: has a ``/Corr.1`` in one language; `french`: is there in French, too.
"""


ALONE = ("one-sided", "half-torn", "lost")
"""Those of them that have one side only."""


@dataclass(slots=True)
class Truth:
    """What is in the folder.

    Attributes:
        records: those with both sides: symbol, day, the files that may stand for each side, whether
            their symbol joins them (else only what they say does), and how many rows of text each
            side lacks.
        faults: groups of files of which all but `kept` must be left out, with the reason's word.
    """

    records: list[dict[str, Any]] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)

    def pair(self, meeting: Meeting, zh: Sequence[str], en: Sequence[str], by: str) -> None:
        """Note a record that has both sides."""
        self.records.append(
            {
                "symbol": meeting.symbol,
                "date": meeting.day.isoformat(),
                "zh": [*zh],
                "en": [*en],
                "by": by,
                "omitted": [*meeting.omitted],
            }
        )

    def fault(self, reason: str, files: Iterable[str], kept: int = 0) -> None:
        """Note files of which all but `kept` must be left out for a reason."""
        self.faults.append({"reason": reason, "files": [*files], "kept": kept})


# ---------------------------------------------------------------------------------- a whole corpus


def make_corpus(
    root: Path,
    records: int,
    seed: int = 1,
    pairs: Callable[[], Iterator[Pair]] = read_pairs,
    sentences: int = SENTENCES,
) -> Truth:
    """Write a corpus of so many records, and beside its folder what is true of it.

    Args:
        root: a folder that need not be there.
        records: how many that have both sides.
        seed: of everything.
        pairs: gives the sentences, Chinese and English; asked again when they are at an end.
        sentences: of a record, about.
    """
    folder, rng, texts = Folder(root), random.Random(seed), _endless(pairs)
    parts = parts_of(records, rng)
    numbers = sorted(rng.sample(range(FIRST_MEETING, LAST_MEETING), len(parts)))
    span = (LAST_DAY - FIRST_DAY).days
    for place, (number, part) in enumerate(zip(numbers, parts, strict=True)):
        day = FIRST_DAY + timedelta(days=span * place // max(1, len(parts) - 1))
        write_record(folder, make_meeting(number, day, texts, rng, sentences), part, rng)
    text = json.dumps(
        {"records": folder.truth.records, "faults": folder.truth.faults},
        ensure_ascii=False,
        indent=1,
    )
    truth_of(root).write_text(text, "utf-8")
    return folder.truth


def truth_of(root: Path) -> Path:
    """Give the file that says what is true of a corpus: beside its folder, not in it."""
    return root.with_name(f"{root.name}.truth.json")


def _endless(pairs: Callable[[], Iterator[Pair]]) -> Iterator[Pair]:
    while True:
        yield from pairs()


def parts_of(records: int, rng: random.Random) -> list[str]:
    """Say of each record what is peculiar about it; most are plain.

    So many as `records` have both sides; those of `ALONE` come on top.
    """

    def drawn(parts: Iterable[str]) -> list[str]:
        counts = {part: max(1, int(records * SHARES[part] / 100)) for part in parts}
        return [part for part, count in counts.items() for _ in range(count)]

    parts = drawn(part for part in SHARES if part not in ALONE)[:records]
    parts += ["plain"] * (records - len(parts)) + drawn(ALONE)
    rng.shuffle(parts)
    return parts


# -------------------------------------------------------------------------------------- one record


class Folder:
    """The folder that is filled, and what is true of it.

    Args:
        root: the folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.truth = Truth()

    def write(self, name: str, data: bytes) -> str:
        """Write a file; its name."""
        path = self.root / name
        if path.exists():
            raise ValueError(f"{name} is there already")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return name


STYLES = 7
"""Ways to name a file."""


def spell(meeting: Meeting, language: str, style: int) -> str:
    """Name a file in one of the ways in which they are found, without the suffix."""
    n, year = meeting.number, meeting.day.year
    mark, word = {"zh": ("C", "Chinese"), "en": ("E", "English")}[language]
    job = 60000 + 2 * (n % 9999) + (language == "en")
    return (
        f"{year}/CD_PV.{n}-{mark}",
        f"{language}/CD-PV-{n}_{language}",
        f"old/{year}/cdpv{n}{mark.lower()}",
        f"CD_PV.{n}.{language}",
        f"{year}/final records/CD PV {n} {word}",
        f"{language.upper()}/{year}/CD_PV.{n}_{mark}",
        f"ods/{year}/G{year % 100:02d}{job:05d}",
    )[style]


def write_record(folder: Folder, meeting: Meeting, part: str, rng: random.Random) -> None:
    """Write a record as its part in the corpus asks."""
    truth, language = folder.truth, rng.choice(("zh", "en"))
    other = "en" if language == "zh" else "zh"
    if part == "lost":
        name, data = _nowhere(rng), render(meeting, language, "txt", silent=True)
        truth.fault("no-symbol", [folder.write(name, data)])
        return
    if part in ("one-sided", "half-torn"):
        alone = f"{spell(meeting, language, rng.randrange(STYLES))}.txt"
        truth.fault("no-partner", [folder.write(alone, render(meeting, language, "txt"))])
        if part == "half-torn":
            name, data = torn(spell(meeting, other, 0), meeting, rng.randrange(len(TORN)))
            truth.fault("unreadable", [folder.write(name, data)])
        return
    files = {each: [_write_side(folder, meeting, each, part, rng)] for each in ("zh", "en")}
    if part == "misnamed":
        path = folder.root / files[language][0]
        renamed = path.rename(path.with_suffix(".pdf"))
        files[language] = [renamed.relative_to(folder.root).as_posix()]
    elif part == "twice":
        copy = f"copies/{meeting.number} (1).txt"
        folder.write(copy, (folder.root / files[language][0]).read_bytes())
        files[language].append(copy)
        truth.fault("duplicate", files[language], kept=1)
    elif part == "versions":
        name = f"word/CD_PV.{meeting.number}-{'C' if language == 'zh' else 'E'}.docx"
        files[language].append(folder.write(name, render(meeting, language, "docx")))
        truth.fault("version", files[language], kept=1)
    elif part == "torn":
        name = f"torn/CD_PV.{meeting.number + LAST_MEETING}-E"
        name, data = torn(name, meeting, rng.randrange(len(TORN)))
        truth.fault("unreadable", [folder.write(name, data)])
    elif part == "corrected":
        name = f"corrections/CD_PV.{meeting.number}_Corr.1-{'C' if language == 'zh' else 'E'}.txt"
        truth.fault("no-partner", [folder.write(name, correction(meeting, language))])
    elif part == "french":
        name = f"{meeting.day.year}/CD_PV.{meeting.number}-F.docx"
        truth.fault("other-language", [folder.write(name, french(meeting))])
    truth.pair(meeting, files["zh"], files["en"], by="content" if part == "silent" else "symbol")


def _write_side(
    folder: Folder, meeting: Meeting, language: str, part: str, rng: random.Random
) -> str:
    """Write one side of a record in the format of its part, under a name of its part."""
    kind = part if part in ("docx", "pdf") else "txt"
    coded = "gb18030" if part == "gb18030" and language == "zh" else kind
    data = render(meeting, language, coded, silent=part in ("silent", "named"))
    # The names that are numbers of a print job say no symbol: they are the last style.
    style = rng.randrange(STYLES - 1 if part == "named" else STYLES)
    name = f"{spell(meeting, language, style)}.{kind}"
    return folder.write(_nowhere(rng) if part == "silent" else name, data)


def _nowhere(rng: random.Random) -> str:
    """Make a name that says nothing."""
    return f"unsorted/scan-{rng.randrange(10**9):09d}.txt"


# ----------------------------------------------------------------------------- what is no record


TORN = ("empty", "web page", "cut short", "binary")


def torn(name: str, meeting: Meeting, kind: int) -> tuple[str, bytes]:
    """Make a file that is no record, under a name that says it is one; name and bytes.

    Args:
        name: without the suffix.
        meeting: whose record it would be.
        kind: which of `TORN`.
    """
    return (
        (f"{name}.txt", b""),
        (f"{name}.pdf", b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>"),
        (f"{name}.pdf", render(meeting, "en", "pdf")[:3000]),
        (f"{name}.docx", bytes(range(256)) * 40),
    )[kind]


def correction(meeting: Meeting, language: str) -> bytes:
    """Make a TXT that corrects a record: a document of its own."""
    said = {
        "zh": ("更正", "第 3 页第 2 段", "删去该段第一句，改为下文。"),
        "en": ("Corrigendum", "Page 3, paragraph 2", "Replace the first sentence by what follows."),
    }[language]
    head = cover(meeting, language, f"{meeting.symbol}/Corr.1")
    return as_text([[*head, "", *said, *meeting.paragraphs(language)[2:4]]])


def french(meeting: Meeting) -> bytes:
    """Make a Word file of the record's French version."""
    said = (
        "Je remercie le représentant de la Norvélie de sa déclaration et des paroles aimables "
        "qu’il a adressées à la présidence. Je donne maintenant la parole à la représentante "
        "de l’Arandie, qui est la dernière inscrite sur la liste des orateurs pour la séance."
    )
    return as_docx(
        [
            meeting.symbol,
            "Conférence du désarmement",
            "Français",
            f"Compte rendu définitif de la {meeting.number}e séance plénière",
            *(f"La Présidente : {said}" for _ in range(8)),
        ]
    )


def main(
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    records: Annotated[int, typer.Option(help="How many with both sides.")] = 2000,
    seed: Annotated[int, typer.Option(help="Of everything.")] = 1,
) -> None:
    """Write a corpus and its truth."""
    if folder.exists():
        raise SystemExit(f"{folder} is there already: give a new folder.")
    if not PARALLEL.is_dir():
        print("Needs the parallel texts beside the checkout (../shared/training): not made.")
        return
    truth = make_corpus(folder, records, seed)
    print(
        f"{folder}: {len(truth.records):,} records with both sides, {len(truth.faults):,} faults."
    )


if __name__ == "__main__":
    typer.run(main)
