"""Whether real clients take our memories: units in, exact matches out, by client and profile.

`python -m benchmarks.clients` writes the units of the bundled sample and a page of odd texts as
TMX, in every profile, direction and set of language codes, and lets programs of others read them:

* OmegaT without a window: a project whose source is our source texts is translated by our memory
  alone; a match is exact if the whole target comes back (OmegaT writes Unicode's form C, so texts
  are compared in it).
* xmllint with the DTD of TMX 1.4 (`tests/tmx_out/tmx14.dtd`, written from the facts of the
  specification).
* translate-toolkit's store of TMX, in an environment of its own (`CLIENTS_PYTHON`): it is GPL, a
  client that reads our files and never a part of us.
* hypomnema, a library of TMX that loads the file and writes it again.
  It needs Python 3.13 and has an environment of its own (`HYPOMNEMA_PYTHON`).
* LibreOffice, which opens, edits and saves review books, glossaries and exports (`office`).

`--record` writes docs/CLIENTS.md. The exit status is 1 if a unit did not come back.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Final
from unicodedata import normalize
from xml.etree import ElementTree

import typer

from align import align_pair, load_encoder
from align.terms.types import TermPair
from benchmarks import office
from corpora import read_document
from tmx_out.units import Unit, units
from tmx_out.write.profiles import PROFILES
from tmx_out.write.sinks import Options
from tmx_out.write.tmx import TmxSink
from tmx_out.xml_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corpora import Language

ROOT: Final = Path(__file__).resolve().parent.parent
DTD: Final = ROOT / "tests" / "tmx_out" / "tmx14.dtd"
REPORT: Final = ROOT / "docs" / "CLIENTS.md"
JAR: Final = Path(os.environ.get("OMEGAT_JAR", "/usr/share/omegat/OmegaT.jar"))

LONGEST: Final = 600
"""Seconds that a client may take for a file."""

CODES: Final[tuple[Mapping[Language, str], ...]] = (
    {"zh": "zh-CN", "en": "en-US"},
    {"zh": "zh", "en": "en"},
)

ODD: Final = {
    "markup": "<b>粗体</b> & <ph x='1'/>",
    "entities in the text": "&nbsp; 与 &amp; 与 &#x41;",
    "the end of a CDATA section": "甲 ]]> 乙",
    "quotation marks": '“他说：‘核裁军’”，"引号"',
    "beyond the basic plane": "𠀀𠀁 与 😀",
    "combining marks": "e\u0301 n\u0303 与 é ñ",
    "right to left": "מילה ومصطلح 核查",
    "no-break and wide spaces": "第\u00a01579\u3000次",
    "zero-width characters": "核\u200b裁\u200d军",
    "a soft hyphen": "non\u00adproliferation 不扩散",
    "a hash in front": "#1 号文件",
    "a formula in front": "=1+1 的结果",
    "placeholders": "%s {0} %(name)d ${x}",
    "an address": "https://documents.un.org/a?b=c&d=e",
    "a symbol": "CD/PV.1579 和 CD/1978",
    "numbers alone": "1 234,5",
    "full width": "ＣＤ／ＰＶ．１５７９",
    "traditional script": "裁軍談判會議",
    "backslashes": "C:\\dir\\n \\u0041",
    "several spaces": "甲  乙   丙",
    "long": "无核武器区。" * 400,
    "a tab and line breaks": "甲\t乙\n丙\u2028丁",
    "controls": "甲\x0b乙\x1f丙\x85丁",
}
"""Kinds of text that importers trip over (docs/TMX.md tells whom)."""

_PROJECT: Final = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>{source}</source_lang><target_lang>{target}</target_lang>
<sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags>
</project></omegat>
"""
_TOOLKIT: Final = """
import json, sys
from translate.storage.tmx import tmxfile
path, source, target = sys.argv[1:4]
with open(path, "rb") as stream:
    store = tmxfile(stream, source, target)
print(json.dumps([[str(unit.source), str(unit.target)] for unit in store.units]))
"""
_HYPOMNEMA: Final = """
import json, sys, warnings
warnings.simplefilter("ignore")
import hypomnema
from hypomnema.xml.policy import Behavior, RaiseIgnore, RaiseIgnoreDefault
from hypomnema.xml.policy import XmlDeserializationPolicy, XmlSerializationPolicy
path, source, target, written = sys.argv[1:5]
# Trados declares its fields in the header by a prop without text, which the DTD allows.
reading = XmlDeserializationPolicy(missing_text_content=Behavior(RaiseIgnore.IGNORE))
writing = XmlSerializationPolicy(missing_text_content=Behavior(RaiseIgnoreDefault.DEFAULT))
memory = hypomnema.load(path, deserializer_policy=reading)
sides = [{v.lang: "".join(v.content) for v in unit.variants} for unit in memory.body]
hypomnema.dump(memory, written, serializer_policy=writing)
print(json.dumps([[side.get(source, ""), side.get(target, "")] for side in sides]))
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What a client made of one file.

    Attributes:
        units: in the file.
        exact: of them came back whole; for a validator: all or none.
        missed: texts that did not.
    """

    units: int
    exact: int
    missed: tuple[str, ...] = ()


def sample_units() -> list[Unit]:
    """Give the units of the bundled sample, each source and target once, then the odd texts."""
    sample = files("cdtm") / "sample"
    zh, en = (read_document(str(sample / f"CD_PV.9999.{side}.txt")) for side in ("zh", "en"))
    seen: set[str] = set()
    found: list[Unit] = []
    odd = [
        Unit(f"odd-{number}", clean_text(text)[0], clean_text(f"{kind}: {text}")[0])
        for number, (kind, text) in enumerate(ODD.items(), start=1)
    ]
    for unit in (*units(align_pair(zh, en, load_encoder())), *odd):
        if unit.zh and unit.en and not {unit.zh, unit.en} & seen:
            seen |= {unit.zh, unit.en}
            found.append(unit)
    return found


def write_memory(path: Path, memory: Sequence[Unit], options: Options) -> None:
    """Write a TMX as `cdtm export` does."""
    with path.open("wb") as stream:
        sink = TmxSink([stream], options)
        for unit in memory:
            sink.add(unit)
        sink.close()


def ask_omegat(path: Path, pairs: Sequence[tuple[str, str]], codes: tuple[str, str]) -> Result:
    """Translate the sources by the memory alone; pairs are (source, target), codes likewise."""
    with TemporaryDirectory() as scratch:
        project = Path(scratch) / "project"
        for name in ("source", "target", "tm/auto", "glossary", "dictionary", "omegat"):
            (project / name).mkdir(parents=True)
        shutil.copy(path, project / "tm" / "auto")
        (project / "omegat.project").write_text(
            _PROJECT.format(source=codes[0], target=codes[1]), "utf-8"
        )
        # OmegaT's filter of plain text begins a segment at an empty line.
        text = "".join(f"{source}\n\n" for source, _ in pairs)
        (project / "source" / "all.utf8").write_text(text, "utf-8")
        command = ("java", "-Djava.awt.headless=true", "-Duser.language=en", "-jar", str(JAR))
        options = ("--mode=console-translate", "--disable-project-locking", "--no-team")
        subprocess.run(
            [*command, str(project), *options, f"--config-dir={scratch}/config"],
            capture_output=True,
            check=False,
            timeout=LONGEST,
        )
        output = project / "target" / "all.utf8"
        told = output.read_text("utf-8").split("\n\n") if output.exists() else []
    came = [text.strip("\n") for text in told]
    missed = tuple(
        source
        for number, (source, target) in enumerate(pairs)
        if number >= len(came) or normalize("NFC", came[number]) != normalize("NFC", target)
    )
    return Result(len(pairs), len(pairs) - len(missed), missed)


def ask_xmllint(path: Path, pairs: Sequence[tuple[str, str]], _codes: tuple[str, str]) -> Result:
    """Validate against the DTD."""
    done = subprocess.run(
        ["xmllint", "--noout", "--nonet", "--dtdvalid", str(DTD), str(path)],
        capture_output=True,
        check=False,
        text=True,
        timeout=LONGEST,
    )
    if done.returncode:
        return Result(len(pairs), 0, (done.stderr.strip()[:200],))
    return Result(len(pairs), len(pairs))


def ask_toolkit(path: Path, pairs: Sequence[tuple[str, str]], codes: tuple[str, str]) -> Result:
    """Read all units with translate-toolkit and compare them."""
    done = subprocess.run(
        [os.environ["CLIENTS_PYTHON"], "-c", _TOOLKIT, str(path), *codes],
        capture_output=True,
        check=True,
        timeout=LONGEST,
    )
    came = {tuple(pair) for pair in json.loads(done.stdout)}
    missed = tuple(source for source, target in pairs if (source, target) not in came)
    return Result(len(pairs), len(pairs) - len(missed), missed)


def ask_hypomnema(path: Path, pairs: Sequence[tuple[str, str]], codes: tuple[str, str]) -> Result:
    """Load with hypomnema and let it write; both what it loads and what it writes count."""
    with TemporaryDirectory() as scratch:
        written = Path(scratch) / "written.tmx"
        done = subprocess.run(
            [os.environ["HYPOMNEMA_PYTHON"], "-c", _HYPOMNEMA, str(path), *codes, str(written)],
            capture_output=True,
            check=True,
            timeout=LONGEST,
        )
        back = {"".join(seg.itertext()) for seg in ElementTree.parse(written).iter("seg")}
    came = {tuple(pair) for pair in json.loads(done.stdout)}
    missed = tuple(
        source
        for source, target in pairs
        if (source, target) not in came or not {source, target} <= back
    )
    return Result(len(pairs), len(pairs) - len(missed), missed)


def clients() -> Iterator[tuple[str, object]]:
    """Give the clients that are here; those that are not are told."""
    here = {
        "OmegaT": (ask_omegat, JAR.is_file() and shutil.which("java")),
        "xmllint, DTD": (ask_xmllint, shutil.which("xmllint")),
        "translate-toolkit": (ask_toolkit, os.environ.get("CLIENTS_PYTHON")),
        "hypomnema": (ask_hypomnema, os.environ.get("HYPOMNEMA_PYTHON")),
    }
    for name, (ask, there) in here.items():
        if there:
            yield name, ask
        else:
            print(f"{name} is not on this machine: not asked.", file=sys.stderr)


def run_office(memory: Sequence[Unit]) -> list[tuple[str, Result]]:
    """Let LibreOffice edit what we write, if it is here."""
    if not office.is_here():
        print("LibreOffice is not on this machine: not asked.", file=sys.stderr)
        return []
    results = []
    terms = [TermPair((zh,), (en,)) for zh, en in sample_terms(memory)]
    for what, units_in, exact, missed in office.ask_office(memory, terms):
        results.append((what, Result(units_in, exact, missed)))
        print(f"LibreOffice, {what}: {exact} of {units_in}")
        for text in missed[:3]:
            print(f"    missed: {text[:100]!r}")
    return results


def sample_terms(memory: Sequence[Unit]) -> list[tuple[str, str]]:
    """Give what may be terms: the odd texts, and no breaks, which no term has."""
    return [(u.zh, u.en) for u in memory if u.tuid.startswith("odd-") and "\n" not in u.zh]


def run_all(memory: Sequence[Unit]) -> list[tuple[tuple[str, str, str, str], Result]]:
    """Ask every client about every file."""
    asked = list(clients())
    results = []
    directions: tuple[Language, ...] = ("zh", "en")
    with TemporaryDirectory() as scratch:
        for profile, source, codes in product(PROFILES, directions, CODES):
            target: Language = "en" if source == "zh" else "zh"
            options = replace(Options(source=source, languages=codes), profile=PROFILES[profile])
            path = Path(scratch) / f"{profile}-{source}-{codes['zh']}.tmx"
            write_memory(path, memory, options)
            sides = [{"zh": unit.zh, "en": unit.en} for unit in memory]
            pairs = [(side[source], side[target]) for side in sides]
            for name, ask in asked:
                result = ask(path, pairs, (codes[source], codes[target]))  # type: ignore[operator]
                way = f"{codes[source]} → {codes[target]}"
                results.append(((name, profile, way, str(path.name)), result))
                print(f"{name:18} {profile:8} {way:16} {result.exact} of {result.units}")
                for text in result.missed[:3]:
                    print(f"    missed: {text[:100]!r}")
    return results


def report(
    results: Sequence[tuple[tuple[str, str, str, str], Result]],
    edited: Sequence[tuple[str, Result]],
) -> str:
    """Make docs/CLIENTS.md."""
    lines = [
        "# What real clients make of our memories",
        "",
        "Written by `make clients`: the units of the bundled sample and "
        f"{len(ODD)} odd texts (markup, entities, controls, right to left, beyond the basic "
        "plane, a text of 2,400 characters …) as TMX, read by programs of others. *Exact* is a "
        "unit whose whole target came back (in Unicode's form C, which OmegaT writes); for a "
        "validator, a file without complaint.",
        "",
        "| client | profile | direction | units | exact |",
        "|---|---|---|---:|---:|",
        *(
            f"| {client} | {profile} | {way} | {result.units} | {result.exact} |"
            for (client, profile, way, _), result in results
        ),
        "",
        "## LibreOffice",
        "",
        "Files of ours that LibreOffice opened, in which it wrote cells as a person would, and "
        "which it saved; *exact* is a row that is then read as it should be. A row is as high as "
        "its text if it has at least 85 % of the height that LibreOffice itself would give it.",
        "",
        "| what | rows | exact |",
        "|---|---:|---:|",
        *(f"| {what} | {result.units} | {result.exact} |" for what, result in edited),
        "",
        "## Not run",
        "",
        "memoQ, Trados and Phrase were not run: they cost money or run elsewhere. What they ask "
        "for is taken from their documentation and exported files (docs/TMX.md).",
    ]
    return "\n".join(lines) + "\n"


def main(
    record: Annotated[bool, typer.Option("--record", help="Write docs/CLIENTS.md.")] = False,
) -> None:
    """Ask every client that is on this machine."""
    memory = sample_units()
    results = run_all(memory)
    edited = run_office(memory)
    if record:
        REPORT.write_text(report(results, edited), "utf-8")
    every = [result for _, result in (*results, *edited)]
    raise typer.Exit(any(result.exact < result.units for result in every))


if __name__ == "__main__":
    typer.run(main)
