"""Readers of files: a small good file of each kind, spoilt again and again."""

from __future__ import annotations

import io
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from align import align_pair, load_encoder
from align.links import read_links
from align.terms.types import TermPair
from benchmarks.fuzz.running import Execution, Target
from benchmarks.fuzz.spoiling import spoil
from benchmarks.fuzz.workspace import make_book, make_records, make_workspace
from cdtm.demo import SAMPLE
from corpora import read_document
from corpora.catalogue.examine import examine
from tmx_out import read_tmx, validate_tmx, write_tmx, write_tsv
from tmx_out.review.reader import read_review_book
from tmx_out.terms.files import read_terms, write_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

LINES: Final = 34
"""Of a record that are read: its cover, the President and the first speaker."""

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader and good files of its kind.

    Attributes:
        share: of the executions.
        read: takes the path of a file.
        suffix: of its files.
        seeds: makes good files in an empty folder.
    """

    share: int
    read: Callable[[Path], Any]
    suffix: str
    seeds: Callable[[Path], tuple[bytes, ...]]


@contextmanager
def opened(name: str, reader: Reader, folder: Path) -> Iterator[Callable[[Random], Any]]:
    """Make the good files; see `Target.open`."""
    seeds, path = reader.seeds(folder), folder / f"spoilt{reader.suffix}"

    def rounds(random: Random) -> Iterator[Execution]:
        data = spoil(random.choice(seeds), random)
        path.write_bytes(data)
        kept = f"{name.replace(' ', '-')}{reader.suffix}"
        yield Execution(data, kept, partial(reader.read, path))

    yield rounds


def head(side: str) -> str:
    """Give the beginning of a side of the bundled sample."""
    text = (SAMPLE / f"CD_PV.9999.{side}.txt").read_text("utf-8")
    return "".join(text.splitlines(keepends=True)[:LINES])


def texts(_folder: Path) -> tuple[bytes, ...]:
    """Make text files in several encodings."""
    zh, en = head("zh"), head("en")
    return zh.encode(), en.encode(), zh.encode("utf-16"), zh.encode("gb18030")


def pairs(folder: Path, suffix: str) -> tuple[bytes, ...]:
    """Make a file of pairs as `cdtm align` does."""
    zh, en = (folder / "zh.txt", folder / "en.txt")
    zh.write_text(head("zh"), "utf-8")
    en.write_text(head("en"), "utf-8")
    alignment = align_pair(read_document(zh), read_document(en), load_encoder())
    alignment = replace(alignment, beads=alignment.beads[:4])
    (write_tmx if suffix == ".tmx" else write_tsv)(folder / f"a{suffix}", alignment)
    return ((folder / f"a{suffix}").read_bytes(),)


def glossaries(folder: Path, suffix: str) -> tuple[bytes, ...]:
    """Make glossaries."""
    terms = [
        TermPair(("核裁军", "裁军"), ("nuclear disarmament",), note="a note"),
        TermPair(("核查",), ("verification", "verifying")),
    ]
    write_terms(folder / f"t{suffix}", terms)
    if suffix == ".tbx":
        write_terms(folder / f"t3{suffix}", terms, tbx=3)
    return tuple(path.read_bytes() for path in sorted(folder.iterdir()))


def books(folder: Path) -> tuple[bytes, ...]:
    """Make a review book that is filled in, and a glossary in its place."""
    make_records(folder / "records")
    make_workspace(folder / "w", folder / "records")
    glossary = folder / "t.xlsx"
    write_terms(glossary, [TermPair(("核查",), ("verification",))])
    return make_book(folder / "w").read_bytes(), glossary.read_bytes()


def docx(_folder: Path) -> tuple[bytes, ...]:
    """Make a DOCX with a paragraph for each line, a table, a text box, a note and styles."""

    def p(text: str, before: str = "") -> str:
        return f"<w:p>{before}<w:r><w:t>{text}</w:t></w:r></w:p>"

    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
    noted = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    boxed = f"<w:r><w:pict><w:txbxContent>{p('In a box.')}</w:txbxContent></w:pict></w:r>"
    table = f"<w:tbl><w:tr><w:tc>{p('核查')}</w:tc></w:tr></w:tbl>"
    body = "".join(map(p, _lines("en"))) + table + p("All.", hidden + noted + boxed)
    note = f'<w:footnote w:id="2">{p("A note.")}</w:footnote>'
    formats = "http://schemas.openxmlformats.org/package/2006/content-types"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{formats}">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": _relations("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _relations("footnotes", "footnotes.xml"),
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{_W}">{note}</w:footnotes>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return (out.getvalue(),)


def _relations(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{target}"/></Relationships>'
    )


def _lines(side: str) -> list[str]:
    return [line for line in head(side).splitlines() if line.strip()]


def html(_folder: Path) -> tuple[bytes, ...]:
    """Make a page with a paragraph for each line."""
    body = "".join(f"<p>{line}</p>\n" for line in _lines("en"))
    table = "<table><tr><td>核查<td>verification</table><script>1</script>"
    return (f"<!DOCTYPE html><html><body>{body}{table}</body></html>".encode(),)


def pdf(_folder: Path) -> tuple[bytes, ...]:
    """Make a PDF of a page of plain text."""
    from benchmarks.paper import as_pdf

    return (as_pdf([_lines("en")[:12]], "en"),)


def _examined(path: Path) -> None:
    examine(path.parent, path.name)


READERS: Final = {
    "text": Reader(20, read_document, ".txt", texts),
    "docx": Reader(20, read_document, ".docx", docx),
    "pdf": Reader(10, read_document, ".pdf", pdf),
    "html": Reader(20, read_document, ".html", html),
    "tmx": Reader(45, lambda path: list(read_tmx(path)), ".tmx", partial(pairs, suffix=".tmx")),
    "tmx check": Reader(45, validate_tmx, ".tmx", partial(pairs, suffix=".tmx")),
    "links": Reader(80, read_links, ".links", lambda _: (b"[0,1]:[0]:0.87\n[2]:[]\n",)),
    "examine": Reader(12, _examined, ".docx", docx),
    "terms xlsx": Reader(30, read_terms, ".xlsx", partial(glossaries, suffix=".xlsx")),
    "terms csv": Reader(30, read_terms, ".csv", partial(glossaries, suffix=".csv")),
    "terms tbx": Reader(30, read_terms, ".tbx", partial(glossaries, suffix=".tbx")),
    "terms txt": Reader(30, read_terms, ".txt", partial(glossaries, suffix=".txt")),
    "review book": Reader(30, read_review_book, ".xlsx", books),
}
"""Every reader of files that users have."""

TARGETS: Final = tuple(
    Target(name, reader.share, partial(opened, name, reader)) for name, reader in READERS.items()
)
