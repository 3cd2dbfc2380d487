"""A made-up corpus of meetings, with its truth: `python -m benchmarks.corpus FOLDER`.

Each record is a meeting of the Conference on Disarmament as it looks on paper (cover, running
heads, wrapped and indented lines, speakers' turns), but what is said comes from public parallel
text. The folder is as a user's: names in many spellings, sub-folders, formats mixed, sides missing,
files twice, torn or no records at all. `FOLDER.truth.json`, beside it, says what belongs together
and what is wrong with the rest. The same seed gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from io import BytesIO
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Pair = tuple[str, str]

PARALLEL = Path(__file__).resolve().parent.parent.parent / "shared" / "training" / "parallel"
TEXTS = ("unpc_devset", "twlaw", "jiyu_examples", "tatoeba", "bible_cuv_bsb", "mlqe_pe_wiki")

SENTENCES = 500
"""Sentences of a record on each side, as of CD/PV.1579."""

RUN = 12
"""Pairs that are taken from one text before the next one has its turn."""

FIRST_MEETING, LAST_MEETING = 2001, 9000
"""Numbers of the meetings lie between; real ones are below."""

LINES = 44
"""Lines of a page."""

WIDTHS = {"zh": 38, "en": 88}
"""Characters of a line."""

OMITTED = 0.01
"""Share of the pairs of which one side is left out."""

# How many files, of a hundred records, are so; at least one of each where there are ten records.
DOCX, PDF = 3, 1
ONE_SIDED, TWICE, VERSIONS, TORN, SILENT, MISNAMED = 2, 1, 1, 1, 1, 1

SPEAKERS = (
    ("Ms. Orvess", "奥尔韦斯女士", "Arandia", "阿兰迪亚", "英语"),
    ("Mr. Halvik", "哈尔维克先生", "Norvelia", "诺韦利亚", "英语"),
    ("Mr. Tanuro", "塔努罗先生", "Castellia", "卡斯特利亚", "西班牙语"),
    ("Ms. Beyral", "贝拉尔女士", "Montaube", "蒙托布", "法语"),
    ("Mr. Doskarev", "多斯卡列夫先生", "Velograd", "韦洛格勒", "俄语"),
    ("Mr. Qasimi", "卡西米先生", "Sahrabad", "萨赫拉巴德", "阿拉伯语"),
)
WEEKDAYS = (*("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A made-up meeting: what both versions of its record say.

    Attributes:
        number: of the meeting.
        day: of the meeting.
        zh, en: paragraphs, each with its speaker's label where a turn begins.
    """

    number: int
    day: date
    zh: list[str]
    en: list[str]

    @property
    def symbol(self) -> str:
        """``CD/PV.2001``."""
        return f"CD/PV.{self.number}"


@dataclass
class Truth:
    """What is in the folder.

    Attributes:
        records: those with both sides: the files that may stand for each side, and whether their
            symbol joins them (else only what they say does).
        faults: groups of files of which all but `kept` must be left out, with the reason's word.
    """

    records: list[dict[str, Any]] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)


def read_pairs(folder: Path = PARALLEL) -> Iterator[Pair]:
    """Read parallel text, a run of each file in turn, until the last is at its end."""
    opened = [_read_file(folder / f"{name}.tsv.gz") for name in TEXTS]
    for lines in cycle(list(opened)):
        if lines not in opened:
            continue
        for _ in range(RUN):
            pair = next(lines, None)
            if pair is None:
                opened.remove(lines)
                break
            yield pair
        if not opened:
            return


_SOUND = re.compile(r"[\u4e00-\u9fff].*[。！？]$")


def _read_file(path: Path) -> Iterator[Pair]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            zh, _, en = line.rstrip("\n").partition("\t")
            zh, en = " ".join(zh.split()), " ".join(en.split())
            if _SOUND.search(zh) and en.endswith((".", "!", "?")) and len(en) < 1500:
                yield zh, en


def make_meeting(number: int, day: date, pairs: Iterator[Pair], rng: random.Random) -> Meeting:
    """Make a meeting of about `SENTENCES` sentences."""
    meeting = Meeting(number, day, [], [])
    said = 0
    while said < SENTENCES:
        name, name_zh, country, country_zh, tongue = rng.choice(SPEAKERS)
        presides = rng.random() < 0.3
        labels = (
            ("主席：", "The President: ")
            if presides
            else (f"{name_zh}({country_zh})(以{tongue}发言)：", f"{name} ({country}): ")
        )
        for _ in range(rng.randint(1, 2) if presides else rng.randint(3, 9)):
            zh, en = [], []
            for _ in range(rng.randint(2, 5)):
                left, right = next(pairs)
                # A row may hold several sentences.
                said += max(1, len(re.findall("[。！？]", left)))
                omitted = rng.random()
                zh += [left] if omitted > OMITTED / 2 else []
                en += [right] if omitted < 1 - OMITTED / 2 else []
            if zh and en:
                meeting.zh.append(labels[0] + "".join(zh))
                meeting.en.append(labels[1] + " ".join(en))
                labels = ("", "")
    return meeting


# ------------------------------------------------------------------------------------- on paper


def cover(meeting: Meeting, language: str) -> list[str]:
    """Make the lines of a record's first page."""
    day, number = meeting.day, meeting.number
    if language == "zh":
        weekday = "一二三四五六日"[day.weekday()]
        return [
            meeting.symbol,
            "",
            "裁军谈判会议                                        Chinese",
            "",
            f"第{number}次全体会议最后记录",
            f"{day.year} 年 {day.month} 月 {day.day} 日星期{weekday}上午 10 时 05 分"
            "在日内瓦万国宫举行",
            "",
            "主席： 莉娜·奥尔韦斯女士 ................................ (阿兰迪亚)",
        ]
    return [
        meeting.symbol,
        "",
        "Conference on Disarmament                                        English",
        "",
        f"Final record of the {number}th plenary meeting",
        "Held at the Palais des Nations, Geneva, on "
        f"{WEEKDAYS[day.weekday()]}, {day.day} {day:%B %Y}, at 10.05 a.m.",
        "",
        "President: Ms. Lena Orvess ................................ (Arandia)",
    ]


def pages_of(meeting: Meeting, language: str, *, silent: bool = False) -> list[list[str]]:
    """Lay out a record's pages; silent ones have neither cover nor running heads."""
    paragraphs = meeting.zh if language == "zh" else meeting.en
    lines = [line for paragraph in paragraphs for line in [*wrap(paragraph, language), ""]]
    pages = [lines[start : start + LINES] for start in range(0, len(lines), LINES)]
    if silent:
        return pages
    job = f"GE.{meeting.day.year % 100:02d}-{60000 + 2 * (meeting.number % 9999):05d}"
    headed = [
        [meeting.symbol, "", *page, "", f"{n} {job}" if n % 2 == 0 else f"{job} {n}"]
        for n, page in enumerate(pages, start=2)
    ]
    return [[*cover(meeting, language), "", job], *headed]


def wrap(paragraph: str, language: str) -> list[str]:
    """Break a paragraph into lines, the first of them indented."""
    width = WIDTHS[language]
    if language == "zh":
        text = f"  {paragraph}"
        return [text[start : start + width] for start in range(0, len(text), width)]
    lines, line = [], " "
    for word in paragraph.split(" "):
        if len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line.strip() else f"{line}{word}"
    return [*lines, line]


def as_text(pages: Sequence[Sequence[str]]) -> bytes:
    """Write pages as a TXT, a form feed between them."""
    return "\f".join("".join(f"{line}\n" for line in page) for page in pages).encode()


def as_docx(meeting: Meeting, language: str) -> bytes:
    """Write a record as a Word file: a paragraph is a paragraph, the symbol stands in the head."""
    texts = [*cover(meeting, language), *(meeting.zh if language == "zh" else meeting.en)]
    body = "".join(_word_paragraph(text) for text in texts)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as files:
        for name, content in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", _DOCUMENT.format(body=body)),
        ):
            # A fixed day, so that the same seed gives the same bytes.
            entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            files.writestr(entry, content)
    return out.getvalue()


def _word_paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_DOCUMENT = (
    f"{_HEAD}<w:document "
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body>{body}</w:body></w:document>"
)


def as_pdf(pages: Sequence[Sequence[str]], language: str) -> bytes:
    """Write pages as a PDF, in a font that every reader has (ISO 32000-1, 9.6.2.2 and 9.7.5.2)."""
    fonts = {
        "en": "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
        "zh": "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H "
        "/DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 "
        "/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 "
        "/FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 "
        "/StemV 80 >> >>] >>",
    }
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        fonts[language].encode(),
    ]
    for n, page in enumerate(pages):
        shown = b"\n".join(
            b"BT /F 9 Tf 1 0 0 1 %d %d Tm <%s> Tj ET"
            % (60 + 9 * indent, 780 - 15 * row, _pdf_text(line.strip(), language).hex().encode())
            for row, line in enumerate(page)
            if line.strip() and (indent := len(line) - len(line.lstrip())) >= 0
        )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * n)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )


def _pdf_text(line: str, language: str) -> bytes:
    if language == "zh":
        return line.encode("utf-16-be", "replace")
    return line.encode("cp1252", "replace")


# ------------------------------------------------------------------------------- into the folder


def spell(meeting: Meeting, language: str, style: int) -> str:
    """Name a file in one of the ways in which they are found, without the suffix."""
    n, year = meeting.number, meeting.day.year
    mark, short = {"zh": ("C", "c"), "en": ("E", "e")}[language]
    job = 60000 + 2 * (n % 9999) + (language == "en")
    return (
        f"{year}/CD_PV.{n}-{mark}",
        f"{language}/CD-PV-{n}_{language}",
        f"old/{year}/cdpv{n}{short}",
        f"CD_PV.{n}.{language}",
        f"ods/{year}/G{year % 100:02d}{job:05d}",
    )[style % 5]


class Folder:
    """Writes a corpus.

    Args:
        root: where to.
        seed: of everything.
    """

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.rng = random.Random(seed)
        self.truth = Truth()

    def write(self, name: str, data: bytes) -> str:
        """Write a file; its name."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return name

    def side(self, meeting: Meeting, language: str, kind: str, *, style: int) -> str:
        """Write one side of a record."""
        name = f"{spell(meeting, language, style)}.{kind}"
        return self.write(name, render(meeting, language, kind))

    def record(self, meeting: Meeting, kind: str) -> tuple[str, str]:
        """Write both sides; a PDF's other side may be a text."""
        style = self.rng.randrange(5)
        zh = self.side(meeting, "zh", kind, style=style)
        en = self.side(meeting, "en", kind, style=style if style == 4 else self.rng.randrange(4))
        return zh, en

    def pair(self, zh: Iterable[str], en: Iterable[str], by: str = "symbol") -> None:
        """Note a record that has both sides."""
        self.truth.records.append({"zh": [*zh], "en": [*en], "by": by})

    def fault(self, reason: str, files: Iterable[str], kept: int = 0) -> None:
        """Note files of which all but `kept` must be left out for a reason."""
        self.truth.faults.append({"reason": reason, "files": [*files], "kept": kept})


def render(meeting: Meeting, language: str, kind: str) -> bytes:
    """Give a record's bytes in a format: txt, docx or pdf."""
    if kind == "docx":
        return as_docx(meeting, language)
    pages = pages_of(meeting, language)
    return as_pdf(pages, language) if kind == "pdf" else as_text(pages)


def make_corpus(
    root: Path,
    records: int,
    seed: int = 1,
    pairs: Callable[[], Iterator[Pair]] = read_pairs,
) -> Truth:
    """Write a corpus of so many records, and beside its folder what is true of it."""
    folder = Folder(root, seed)
    rng, texts = folder.rng, _endless(pairs)
    numbers = sorted(rng.sample(range(FIRST_MEETING, LAST_MEETING), records))
    day = date(1979, 1, 24)
    parts = kinds_of(records, rng)
    for number, part in zip(numbers, parts, strict=True):
        day += timedelta(days=rng.randint(2, 10))
        meeting = make_meeting(number, day, texts, rng)
        write_record(folder, meeting, part)
    path = root.with_name(f"{root.name}.truth.json")
    path.write_text(json.dumps(vars(folder.truth), ensure_ascii=False, indent=1), "utf-8")
    return folder.truth


def _endless(pairs: Callable[[], Iterator[Pair]]) -> Iterator[Pair]:
    while True:
        yield from pairs()


def kinds_of(records: int, rng: random.Random) -> list[str]:
    """Say of each record what is peculiar about it; most are plain."""
    shares = {
        "docx": DOCX,
        "pdf": PDF,
        "one-sided": ONE_SIDED,
        "twice": TWICE,
        "versions": VERSIONS,
        "torn": TORN,
        "silent": SILENT,
        "misnamed": MISNAMED,
    }
    parts = [part for part, share in shares.items() for _ in range(max(1, records * share // 100))]
    parts = parts[:records] + ["txt"] * (records - len(parts))
    rng.shuffle(parts)
    return parts


def write_record(folder: Folder, meeting: Meeting, part: str) -> None:
    """Write a record as its part in the corpus asks."""
    rng = folder.rng
    if part == "silent":
        names = [f"unsorted/{meeting.number * 7919 % 100003:06d}{x}.txt" for x in ("a", "b")]
        for name, language in zip(names, ("zh", "en"), strict=True):
            folder.write(name, as_text(pages_of(meeting, language, silent=True)))
        folder.pair(names[:1], names[1:], by="content")
        return
    if part == "one-sided":
        language = rng.choice(("zh", "en"))
        folder.fault("no-partner", [folder.side(meeting, language, "txt", style=rng.randrange(5))])
        return
    zh, en = folder.record(meeting, part if part in ("docx", "pdf") else "txt")
    more: dict[str, list[str]] = {"zh": [zh], "en": [en]}
    language = rng.choice(("zh", "en"))
    if part == "twice":
        copy = f"copies/{meeting.number} (1).txt"
        more[language].append(folder.write(copy, (folder.root / more[language][0]).read_bytes()))
        folder.fault("duplicate", more[language], kept=1)
    elif part == "versions":
        name = f"word/CD_PV.{meeting.number}-{'C' if language == 'zh' else 'E'}.docx"
        more[language].append(folder.write(name, as_docx(meeting, language)))
        folder.fault("version", more[language], kept=1)
    elif part == "torn":
        name, data = torn(meeting, rng.randrange(4))
        folder.fault("unreadable", [folder.write(name, data)])
    elif part == "misnamed":
        old = folder.root / more[language][0]
        new = old.with_suffix(".pdf")
        more[language] = [old.rename(new).relative_to(folder.root).as_posix()]
    folder.pair(more["zh"], more["en"])


def torn(meeting: Meeting, kind: int) -> tuple[str, bytes]:
    """Make a file that is no record, under a name that says it is one."""
    name = f"torn/CD_PV.{meeting.number + 7000}-E"
    return (
        (f"{name}.txt", b""),
        (f"{name}.pdf", b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>"),
        (f"{name}.pdf", render(meeting, "en", "pdf")[:3000]),
        (f"{name}.docx", bytes(range(256)) * 40),
    )[kind]


def main(
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    records: Annotated[int, typer.Option(help="How many.")] = 2000,
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
