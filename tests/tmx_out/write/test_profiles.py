"""Each profile is valid TMX, says the same as the generic one, and in its tool's words."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from align.doubt.rules import REASONS
from align.quality.calibration import stored_thresholds
from corpora import UserError
from tmx_out.check.validate import validate_tmx
from tmx_out.selection import TOO_LONG
from tmx_out.tmx_reader import read_tmx
from tmx_out.units import Context, Unit
from tmx_out.write import tmx
from tmx_out.write.formats import write_tmx
from tmx_out.write.profiles import GENERIC, MEMOQ, OMEGAT, PROFILES, TRADOS, Profile, profile_named

if TYPE_CHECKING:
    from align.alignment import Alignment

DTD = etree.DTD(str(Path(__file__).parent.with_name("tmx14.dtd")))

UNIT = Unit(
    tuid="CD-PV-9998_0002",
    zh="甲 <b>&amp; 乙",
    en="A & B",
    document="CD/PV.9998",
    date=date(2015, 7, 21),
    speaker="Mr. Lin (Seeland)",
    paragraph=3,
    page=2,
    kind="1-2",
    confidence=0.994,
    zh_context=Context("前 < 句", "后句"),
    en_context=Context("Before.", "After."),
)
DOUBTFUL = replace(UNIT, tuid="CD-PV-9998_0003", zh="丙", flags=("number-differs", "length-odd"))


def tree(profile: Profile, *units: Unit, **options: object) -> etree._Element:
    stream = io.BytesIO()
    write_tmx(stream, units, profile=profile, version="1.0", **options)  # type: ignore[arg-type]
    return etree.fromstring(stream.getvalue())


def props(element: etree._Element | None) -> list[tuple[str | None, str | None]]:
    assert element is not None
    return [(prop.get("type"), prop.text) for prop in element.findall("prop")]


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
@pytest.mark.parametrize("source", ["zh", "en"])
def test_every_profile_is_valid(
    profile: Profile, source: str, alignment: Alignment, tmp_path: Path
) -> None:
    path = tmp_path / "out.tmx"
    items = [alignment, UNIT, DOUBTFUL]
    write_tmx(path, items, profile=profile, source=source)  # type: ignore[arg-type]
    assert validate_tmx(path) == []
    assert DTD.validate(etree.parse(path)), DTD.error_log


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_every_profile_holds_the_texts_and_can_be_read_again(
    profile: Profile, alignment: Alignment, tmp_path: Path
) -> None:
    write_tmx(tmp_path / "a.tmx", [alignment, UNIT, DOUBTFUL])
    write_tmx(tmp_path / "b.tmx", [alignment, UNIT, DOUBTFUL], profile=profile)
    generic, other = (list(read_tmx(tmp_path / name)) for name in ("a.tmx", "b.tmx"))
    fields = "zh en document date speaker confidence flags created"
    for name in fields.split():
        assert [getattr(u, name) for u in other] == [getattr(u, name) for u in generic], name
    if profile.context != "none":
        assert [unit.zh_context for unit in other] == [unit.zh_context for unit in generic]


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_no_prop_is_a_key_of_omegat(profile: Profile) -> None:
    names = {prop.name for prop in profile.props}
    assert not names & {"file", "id", "prev", "next", "path"}
    assert len(names) == len(profile.props)


def test_trados_fields_are_typed_and_declared() -> None:
    root = tree(TRADOS, UNIT, DOUBTFUL)
    sure, doubtful = root.findall("body/tu")
    assert props(sure) == [
        ("x-Origin", "Alignment"),
        ("x-ConfirmationLevel", "Translated"),
        ("x-Document:SingleString", "CD/PV.9998"),
        ("x-Speaker:SingleString", "Mr. Lin (Seeland)"),
        ("x-Paragraph:Integer", "3"),
        ("x-Page:Integer", "2"),
        ("x-Date:Integer", "20150721"),
        ("x-AlignType:SingleString", "1-2"),
        ("x-Confidence:Integer", "99"),
    ]
    assert ("x-ConfirmationLevel", "Draft") in props(doubtful)
    assert props(doubtful)[-2:] == [
        ("x-Flags:MultiplePicklist", "number-differs"),
        ("x-Flags:MultiplePicklist", "length-odd"),
    ]
    declared = dict(props(root.find("header")))
    typed = {prop.name for prop in TRADOS.props if ":" in prop.name}
    assert typed == set(declared)
    assert (declared["x-Flags:MultiplePicklist"] or "").split(",") == list(REASONS)


@pytest.mark.parametrize(
    ("beyond", "level"), [(-0.001, "Draft"), (0.001, "Translated"), (None, "Draft")]
)
def test_trados_confirms_what_99_of_100_times_is_right(beyond: float | None, level: str) -> None:
    """What counts is the shipped threshold for 99 %; a unit without a confidence lies below it."""
    confidence = None if beyond is None else stored_thresholds()[0.99] + beyond
    root = tree(TRADOS, replace(UNIT, confidence=confidence))
    assert ("x-ConfirmationLevel", level) in props(root.find("body/tu"))


def test_trados_leaves_out_what_its_cloud_refuses() -> None:
    units = [replace(UNIT, en="x" * 2001), replace(UNIT, zh="字" * 2000)]
    stream = io.BytesIO()
    report = write_tmx(stream, units, profile=TRADOS)
    assert (report.written, report.left_out) == (1, {TOO_LONG: 1})
    assert write_tmx(io.BytesIO(), units).written == 2


def test_memoq_gets_its_own_fields_and_context() -> None:
    root = tree(MEMOQ, UNIT)
    assert props(root.find("body/tu")) == [
        ("project", "CD/PV"),
        ("corrected", "no"),
        ("aligned", "yes"),
        ("x-document", "CD/PV.9998"),
        ("x-speaker", "Mr. Lin (Seeland)"),
        ("x-date", "20150721"),
        ("x-confidence", "99"),
    ]
    zh, en = root.findall("body/tu/tuv")
    # The prop is XML within XML: its tags and the text's signs are escaped, the latter twice.
    assert props(zh) == [
        ("x-context-pre", "<seg>前 &lt; 句</seg>"),
        ("x-context-post", "<seg>后句</seg>"),
    ]
    assert props(en) == []


@pytest.mark.parametrize("name", ["minutes.zh", "Annex 2", ""])
def test_memoq_has_no_project_for_what_is_no_symbol(name: str) -> None:
    assert "project" not in dict(props(tree(MEMOQ, replace(UNIT, document=name)).find("body/tu")))


def test_omegat_gets_neither_tuid_nor_context() -> None:
    root = tree(OMEGAT, UNIT)
    unit = root.find("body/tu")
    assert unit is not None
    assert unit.get("tuid") is None
    assert all(not props(tuv) for tuv in unit.findall("tuv"))


def test_any_profile_can_go_without_tuid() -> None:
    for profile in PROFILES.values():
        assert all(tu.get("tuid") is None for tu in tree(profile, UNIT, tuids=False).iter("tu"))
    assert tree(GENERIC, UNIT).find("body/tu").get("tuid")  # type: ignore[union-attr]


def test_an_unknown_profile_is_told() -> None:
    with pytest.raises(UserError, match="generic, trados, memoq, omegat"):
        profile_named("wordfast")


def test_what_is_remembered_of_a_prop_does_not_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tmx, "_REMEMBERED", 2)
    prop = next(prop for prop in GENERIC.props if prop.name == "x-page")
    known = tmx._Known()
    for page in range(1, 6):
        assert known.learn(prop, page) == f'  <prop type="x-page">{page}</prop>\n'
        assert known[page] == known.learn(prop, page)
        assert len(known) <= 2
