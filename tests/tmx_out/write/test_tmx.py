"""What is written is TMX 1.4, byte for byte the same for the same input, and comes back."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from corpora import UserError
from tmx_out.check.validate import validate_tmx
from tmx_out.selection import clean_unit
from tmx_out.tmx_reader import XML_LANG, read_tmx
from tmx_out.units import Context, Unit, units
from tmx_out.write.formats import write_tmx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.alignment import Alignment

DTD = etree.DTD(str(Path(__file__).parent.with_name("tmx14.dtd")))
BUILT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

EXPECTED = """\
<?xml version='1.0' encoding='UTF-8'?>
<tmx version="1.4">
<header creationtool="cdtm" creationtoolversion="1.0" segtype="sentence" o-tmf="cdtm" \
adminlang="en" srclang="zh-CN" datatype="plaintext" o-encoding="UTF-8" \
creationdate="20260102T030405Z">
  <prop type="x-signature">static v1, a=0.8</prop>
</header>
<body>
<tu tuid="CD-PV-9999_0002" creationdate="20150721T000000Z" creationid="cdtm 1.0">
  <prop type="x-document">CD/PV.9999</prop>
  <prop type="x-speaker">The President</prop>
  <prop type="x-para">2</prop>
  <prop type="x-page">2</prop>
  <prop type="x-date">20150721</prop>
  <prop type="x-align-type">2-1</prop>
  <prop type="x-confidence">29</prop>
  <prop type="x-Origin">Alignment</prop>
  <prop type="x-flags">number-differs,length-odd</prop>
  <tuv xml:lang="zh-CN">
    <prop type="x-context-pre">主席(以英语发言)：我宣布会议开始。</prop>
    <prop type="x-context-post">林先生(海国)(以英语发言)：谢谢主席，我很高兴。</prop>
    <seg>我们审议 NPT CD/1864 号文件。</seg>
  </tuv>
  <tuv xml:lang="en-US">
    <seg>We consider NPT and document CD/1864.</seg>
  </tuv>
</tu>
</body>
</tmx>
"""


def written(*items: Unit | Alignment, **options: object) -> bytes:
    stream = io.BytesIO()
    write_tmx(stream, items, **options)  # type: ignore[arg-type]
    return stream.getvalue()


def test_the_whole_file(alignment: Alignment) -> None:
    one = replace(alignment, beads=alignment.beads[1:2])
    assert written(one, created=BUILT, version="1.0").decode() == EXPECTED


def test_a_dtd_written_apart_accepts_it(alignment: Alignment, tmp_path: Path) -> None:
    for source in ("zh", "en"):
        data = written(alignment, Unit('<&">', "甲 <b>&amp;", "]]>"), source=source)
        assert DTD.validate(etree.fromstring(data)), DTD.error_log
        (tmp_path / "out.tmx").write_bytes(data)
        assert validate_tmx(tmp_path / "out.tmx") == []


def test_the_dtd_can_refuse() -> None:
    late = written(Unit("1", "甲", "a")).replace(b"</tu>", b'<prop type="x">y</prop></tu>')
    assert not DTD.validate(etree.fromstring(late))


def test_english_may_be_the_source(alignment: Alignment) -> None:
    languages = {"zh": "zh-Hans", "en": "en-GB"}
    root = etree.fromstring(written(alignment, source="en", languages=languages))
    assert root.find("header").get("srclang") == "en-GB"  # type: ignore[union-attr]
    tuvs = root.findall("body/tu[1]/tuv")
    assert [tuv.get(XML_LANG) for tuv in tuvs] == ["en-GB", "zh-Hans"]
    assert tuvs[0].findtext("prop") == "We consider NPT and document CD/1864."
    assert tuvs[1].find("prop") is None


def test_a_wrong_code_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="'zh_CN' is no language code"):
        write_tmx(tmp_path / "x.tmx", [], languages={"zh": "zh_CN", "en": "en-US"})
    assert list(tmp_path.iterdir()) == []


def test_numbers_can_be_left_out(alignment: Alignment) -> None:
    assert b"tuid" not in written(alignment, tuids=False)


def test_undated_units_take_the_builds_date() -> None:
    unit = Unit("1", "甲", "a")
    assert b"creationdate" not in written(unit)
    assert written(unit, created=BUILT).count(b'creationdate="20260102T030405Z"') == 2


def test_an_iterator_is_not_gathered(tmp_path: Path) -> None:
    """The first units are in the file before the last one is made."""
    stream = io.BytesIO()
    sizes = []

    def many() -> Iterator[Unit]:
        for number in range(2000):
            sizes.append(stream.tell())
            yield Unit(str(number), f"第{number}句" * 20, f"sentence {number} " * 20)

    assert write_tmx(stream, many()).written == 2000
    assert sizes[-1] > 1_000_000


def test_an_error_in_the_units_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[Unit]:
        yield Unit("1", "甲", "a")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_tmx(tmp_path / "x.tmx", broken())
    assert list(tmp_path.iterdir()) == []


def test_signatures_of_all_alignments_are_told(alignment: Alignment) -> None:
    other = replace(alignment, signature="labse v2")
    data = written(alignment, other, alignment)
    assert b'<prop type="x-signature">static v1, a=0.8; labse v2</prop>' in data
    assert b"x-signature" not in written(alignment, signature="")


# Nasty text in every place: control characters, surrogates, markup, breaks, both scripts.
TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x00\x0b\x1f\ud800\ufffe\r\n\t\x85\u2028<&>]\"',; 　字。ab1\u200b\ufeff"),
    ),
    max_size=30,
)
WHEN = st.dates(min_value=date(1, 1, 2))
UNITS = st.builds(
    Unit,
    tuid=TEXT,
    zh=TEXT,
    en=TEXT,
    document=TEXT,
    date=st.none() | WHEN,
    speaker=TEXT,
    paragraph=st.none() | st.integers(1, 10**6),
    page=st.none() | st.integers(1, 10**6),
    kind=st.sampled_from(["", "1-1", "2-1", "1-12"]),
    confidence=st.none() | st.integers(0, 100).map(lambda whole: whole / 100),
    zh_context=st.builds(Context, TEXT, TEXT),
    en_context=st.builds(Context, TEXT, TEXT),
    flags=st.lists(TEXT, max_size=3).map(tuple),
    created=st.none()
    | st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0)),
)


@settings(max_examples=200, deadline=None)
@given(given_units=st.lists(UNITS, max_size=4), source=st.sampled_from(["zh", "en"]))
def test_what_is_written_comes_back(
    tmp_path_factory: pytest.TempPathFactory, given_units: list[Unit], source: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "round.tmx"
    report = write_tmx(
        path,
        given_units,
        source="zh" if source == "zh" else "en",
        repeats="keep",
    )
    clean = [clean_unit(unit)[0] for unit in given_units]
    kept = [unit for unit in clean if unit.zh and unit.en]
    # The target's context is not written, docs/TMX.md says why.
    target = "en_context" if source == "zh" else "zh_context"
    expected = [replace(unit, **{target: Context()}) for unit in kept]  # type: ignore[arg-type]
    assert list(read_tmx(path)) == expected
    assert report.written == len(kept)
    assert len(report.skipped) == len(given_units) - len(kept)
    problems = [problem for problem in validate_tmx(path) if problem.severity == "error"]
    assert problems == []
    assert DTD.validate(etree.parse(path)), DTD.error_log


def test_units_of_an_alignment_come_back(alignment: Alignment, tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    write_tmx(path, alignment)
    expected = [replace(unit, en_context=Context()) for unit in units(alignment)]
    assert list(read_tmx(path)) == expected


ROOT = Path(__file__).resolve().parents[3]

SCRIPT = """
import resource, sys
from tmx_out import Unit, read_tmx, validate_tmx, write_tmx

def peak():
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale

def many(count):
    for number in range(count):
        yield Unit(str(number), f"{number}" + "字" * 1500, f"{number}" + "word " * 300)

path = sys.argv[1]
def all_three(count):
    write_tmx(path, many(count))
    assert validate_tmx(path) == []
    assert sum(1 for _ in read_tmx(path)) == count

all_three(100)
before = peak()
all_three(4000)
print(peak() - before)
"""


def test_a_large_file_takes_no_more_memory_than_a_small_one(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="this system does not tell a process's memory")
    path = tmp_path / "large.tmx"
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert path.stat().st_size > 24_000_000
    assert int(run.stdout) < 12_000_000, "bytes more at the peak for 40 times the units"
