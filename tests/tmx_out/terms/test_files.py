"""Files of terms: what is written is valid, safe and read back; other programs' tables are read."""

from __future__ import annotations

import csv
import io
import os
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from align.terms.types import Attested, Competitor, Example, TermPair
from corpora import UserError
from tmx_out.check.validate import validate_tmx
from tmx_out.languages import DEFAULT_LANGUAGES
from tmx_out.terms.columns import COLUMNS
from tmx_out.terms.files import READ, read_terms, write_terms
from tmx_out.terms.tbx import write_tbx

SCHEMAS = Path(__file__).parent.with_name("schemas")
DAY = date(2031, 6, 3)
ZONE = TermPair(
    zh=("无核武器区", "无核区"),
    en=("nuclear-weapon-free zone", "NWFZ"),
    count=3,
    zh_count=4,
    en_count=5,
    documents=2,
    first=DAY,
    last=DAY,
    example=Example("建立<无核武器区>。", "A zone & more.", "CD/PV.9999", DAY),
    competitors=(Competitor("无核武器区", "denuclearized zone", 1),),
    domain="nuclear",
    note="Two renderings.",
    score=0.9,
    why="together in 3 of 4",
)
PLAIN = TermPair(("核查",), ("verification",))
TERMS = (ZONE, PLAIN)


def forms(terms):
    return [(term.zh, term.en) for term in terms]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".tbx"])
def test_forms_notes_and_fields_come_back(tmp_path, suffix):
    path = tmp_path / f"terms{suffix}"
    write_terms(path, TERMS)
    found = read_terms(path)
    assert found.problems == ()
    assert forms(found.terms) == forms(TERMS)
    assert found.terms[0].domain == "nuclear"
    assert "Two renderings." in found.terms[0].note
    assert {term.status for term in found.terms} == {"imported"}


def test_the_table_names_its_columns_and_says_all(tmp_path):
    write_terms(tmp_path / "t.xlsx", TERMS)
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == tuple(column.name for column in COLUMNS)
    row = dict(zip(rows[0], rows[1], strict=True))
    assert (row["units"], row["units zh"], row["units en"], row["records"]) == (3, 4, 5, 2)
    assert row["first"].date() == DAY
    assert row["competing"] == "无核武器区 → denuclearized zone (1)"
    assert row["example en"] == "A zone & more."
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:T3"


# ------------------------------------------------------------------------------------------- CSV


def test_a_formula_in_a_term_is_harmless_in_csv_and_xlsx(tmp_path):
    term = TermPair(("=核查()",), ('=HYPERLINK("x")',), note="@me")
    write_terms(tmp_path / "t.csv", [term])
    text = (tmp_path / "t.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    row = list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))[1]
    assert row[0] == "'=核查()"
    assert all(cell[:1] not in {"=", "+", "-", "@"} for cell in row)
    assert forms(read_terms(tmp_path / "t.csv").terms) == forms([term])
    write_terms(tmp_path / "t.xlsx", [term])
    cell = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]["A2"]
    assert (cell.data_type, cell.value) == ("s", "=核查()")


NASTY = st.text(st.characters(codec="utf-8", exclude_characters="|"), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(NASTY, NASTY), min_size=1, max_size=4))
def test_whatever_stands_in_a_term_the_file_is_read_back(tmp_path_factory, pairs):
    terms = [TermPair((f"核{zh}",), (f"x{en}",)) for zh, en in pairs]
    folder = tmp_path_factory.mktemp("terms")
    read = {}
    for suffix in (".csv", ".tbx", ".xlsx"):
        write_terms(folder / f"t{suffix}", terms)
        read[suffix] = forms(read_terms(folder / f"t{suffix}").terms)
    assert read[".csv"] == read[".tbx"] == read[".xlsx"]
    assert len(read[".csv"]) == len(terms)


# ---------------------------------------------------------------------- other programs' tables


@pytest.mark.parametrize(
    "text",
    [
        "Chinese,English\n核查,verification\n",
        "English;中文\nverification;核查\n",
        "source\ttarget\nverification\t核查\n",
        "核查\tverification\n",
        "verification,核查\n",
        "# a remark\n核查\tverification\tof treaties\n",
        '\ufeffzh,en,note\r\n核查,verification,"a note,\r\nin two lines"\r\n',
        "id,ZH-CN,en-us\n7,核查,verification\n",
    ],
)
def test_a_foreign_table_is_read(tmp_path, text):
    suffix = ".txt" if "\t" in text else ".csv"
    path = tmp_path / f"foreign{suffix}"
    path.write_bytes(text.encode())
    found = read_terms(path)
    assert forms(found.terms) == [(("核查",), ("verification",))]
    assert found.problems == ()


def test_a_table_in_another_coding_is_read(tmp_path):
    path = tmp_path / "old.csv"
    lines = "中文,英文\n" + "裁军谈判会议,Conference on Disarmament\n" * 3 + "核查,verification\n"
    path.write_bytes(lines.encode("gb18030"))
    assert (("核查",), ("verification",)) in forms(read_terms(path).terms)


def test_a_row_without_a_side_is_told_and_the_others_are_taken(tmp_path):
    path = tmp_path / "gaps.csv"
    path.write_text("zh,en\n核查,\n,treaty\n裁军,disarmament\n", "utf-8")
    found = read_terms(path)
    assert forms(found.terms) == [(("裁军",), ("disarmament",))]
    assert found.problems == (
        "gaps.csv, row 2 has no English: left out.",
        "gaps.csv, row 3 has no Chinese: left out.",
    )


def test_a_workbook_of_somebody_else_is_read(tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ("Term", "Translation", "Comment"),
        ("verification", "核查", 7),
        (None, None, None),
    ):
        book.active.append(row)
    book.save(tmp_path / "own.xlsx")
    [term] = read_terms(tmp_path / "own.xlsx").terms
    assert (term.zh, term.en, term.note) == (("核查",), ("verification",), "7")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("t.doc", b"x", "no kind of glossary"),
        ("t.xlsx", b"no zip", "no workbook"),
        ("t.tbx", b"<martif>", "no whole XML"),
        ("t.tbx", b"<html/>", "no TBX"),
        ("missing.csv", None, "cannot be read"),
        ("missing.tbx", None, "cannot be read"),
        ("missing.xlsx", None, "cannot be read"),
    ],
)
def test_bad_files_are_told_in_a_sentence(tmp_path, name, data, told):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UserError, match=told) as error:
        read_terms(path)
    assert "\n" not in str(error.value)


def test_an_unknown_suffix_or_version_is_refused_and_leaves_nothing(tmp_path):
    for name, tbx in (("t.pdf", 2), ("t.tbx", 4)):
        with pytest.raises(UserError):
            write_terms(tmp_path / name, TERMS, tbx=tbx)
    assert list(tmp_path.iterdir()) == []


# ------------------------------------------------------------------------------------------- TBX


@pytest.mark.parametrize("version", [2, 3])
def test_tbx_is_valid_by_our_wording_of_the_standard(version):
    """The official schemas are not shipped; ours say the same of what we write."""
    schema = etree.RelaxNG(etree.parse(SCHEMAS / f"tbx{version}.rng"))
    stream = io.BytesIO()
    write_tbx(stream, TERMS, version=version)
    tree = etree.fromstring(stream.getvalue())
    schema.assertValid(tree)
    other = etree.RelaxNG(etree.parse(SCHEMAS / f"tbx{5 - version}.rng"))
    assert not other.validate(tree)
    for broken in (b"<term></term>", b"<term>x</term><term>y</term>"):
        text = stream.getvalue().replace("<term>核查</term>".encode(), broken)
        assert not schema.validate(etree.fromstring(text))


@pytest.mark.parametrize("version", [2, 3])
def test_tbx_says_which_form_is_preferred_and_where_it_stood(tmp_path, version):
    path = tmp_path / "t.tbx"
    write_terms(path, TERMS, tbx=version)
    root = etree.parse(path).getroot()
    terms = {
        e.getparent().findtext("{*}term"): e.text
        for e in root.iter("{*}termNote")
        if e.get("type") == "administrativeStatus"
    }
    assert terms["无核武器区"] == terms["核查"] == "preferredTerm-admn-sts"
    assert terms["NWFZ"] == "admittedTerm-admn-sts"
    assert [e.text for e in root.iter("{*}admin")] == ["CD/PV.9999"] * 2
    assert [e.text for e in root.iter("{*}descrip")][1] == "建立<无核武器区>。"
    assert forms(read_terms(path).terms) == forms(TERMS)


def test_tbx_of_other_tools_is_read(tmp_path):
    path = tmp_path / "other.tbx"
    path.write_text(
        """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
        <martif type="TBX"><text><body>
        <termEntry id="a"><langSet xml:lang="fr"><tig><term>zone</term></tig></langSet>
        <langSet xml:lang="EN"><ntig><termGrp><term>nuclear <hi>test</hi></term></termGrp></ntig>
        </langSet><langSet lang="zh_CN"><tig><term> 核试验 </term></tig></langSet></termEntry>
        <termEntry id="b"><langSet xml:lang="en"><tig><term>alone</term></tig></langSet></termEntry>
        </body></text></martif>""",
        "utf-8",
    )
    found = read_terms(path)
    assert forms(found.terms) == [(("核试验",), ("nuclear test",))]
    assert found.problems == ("other.tbx, concept b has no Chinese term: left out.",)


def test_no_entity_of_a_tbx_is_resolved(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hidden")
    path = tmp_path / "evil.tbx"
    path.write_text(
        f"""<!DOCTYPE martif [<!ENTITY x SYSTEM "{secret.as_uri()}">]><martif><text><body>
        <termEntry><langSet xml:lang="zh"><tig><term>核&x;</term></tig></langSet>
        <langSet xml:lang="en"><tig><term>nuclear&x;</term></tig></langSet></termEntry>
        </body></text></martif>""",
        "utf-8",
    )
    [term] = read_terms(path).terms
    assert term.zh[0].startswith("核")
    assert "hidden" not in term.zh[0] + term.en[0]


def test_translate_toolkit_reads_version_2(tmp_path):
    """As a client, in an environment of its own: it is GPL and no part of us (`make clients`)."""
    python = os.environ.get("CLIENTS_PYTHON")
    if not python:
        pytest.skip("translate-toolkit is asked by `make clients`")
    path = tmp_path / "t.tbx"
    write_terms(path, TERMS)
    script = (
        "import sys; from translate.storage.tbx import tbxfile; "
        "f = tbxfile.parsefile(sys.argv[1]); "
        "sys.stdout.buffer.write('|'.join(f'{u.source}={u.target}' for u in f.units).encode())"
    )
    run = subprocess.run([python, "-c", script, path], capture_output=True, check=True)
    assert run.stdout.decode() == "无核武器区=nuclear-weapon-free zone|核查=verification"


def test_a_tbx_of_no_term_is_refused_for_the_standard_wants_one(tmp_path):
    with pytest.raises(UserError, match="no term to write"):
        write_terms(tmp_path / "t.tbx", [])
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_language_code_is_refused(tmp_path):
    for name in ("t.tbx", "t.tmx"):
        with pytest.raises(UserError, match="'zh_CN' is no language code"):
            write_terms(tmp_path / name, [], languages={**DEFAULT_LANGUAGES, "zh": "zh_CN"})


# -------------------------------------------------------------------------------- OmegaT and TMX


@pytest.mark.parametrize("source", ["zh", "en"])
def test_the_glossary_of_omegat_has_one_translation_a_form(tmp_path, source):
    path = tmp_path / "glossary.txt"
    hash_first = TermPair(("#核",), ("#nuclear",))
    write_terms(path, [*TERMS, hash_first], source=source)
    data = path.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    head, *lines = data.decode().splitlines()
    assert head.startswith("# ")
    rows = [line.split("\t") for line in lines]
    assert {len(row) for row in rows} == {3}
    en, zh = ZONE.en, ZONE.zh
    wanted = (
        [(zh[0], en[0]), (zh[1], en[0]), ("核查", "verification")]
        if source == "zh"
        else [(en[0], zh[0]), (en[1], zh[0]), ("verification", "核查")]
    )
    assert [tuple(row[:2]) for row in rows[:-1]] == wanted
    also = "also NWFZ" if source == "zh" else "also 无核区"
    assert rows[0][2] == f"nuclear; {also}; 3 units; Two renderings."
    assert not rows[-1][0].startswith("#")
    assert set(forms(read_terms(path).terms)) >= {(("核查",), ("verification",))}


def test_the_phrases_are_a_valid_tmx(tmp_path):
    path = tmp_path / "phrases.tmx"
    write_terms(path, TERMS)
    assert not [problem for problem in validate_tmx(path) if problem.level == "error"]
    root = etree.parse(path).getroot()
    assert root.find("header").get("segtype") == "phrase"
    marked = [unit.find("prop[@type='x-preferred']") is not None for unit in root.iter("tu")]
    assert marked == [True, False, False, False]
    found = [[seg.text for seg in unit.iter("seg")] for unit in root.iter("tu")]
    assert found == [
        ["无核武器区", "nuclear-weapon-free zone"],
        ["无核区", "nuclear-weapon-free zone"],
        ["无核武器区", "NWFZ"],
        ["核查", "verification"],
    ]


def test_only_pairs_that_stand_in_a_unit_are_written_and_only_where_they_do(tmp_path):
    term = TermPair(
        ("鲱鱼国", "鲱国"),
        ("herring State", "HS"),
        count=3,
        example=Example("鲱鱼国", "A herring State", "CD/1"),
        attested=(
            Attested("鲱国", "HS", 2, "CD/2"),
            Attested("鲱鱼国", "herring State", 1, "CD/1"),
        ),
    )
    write_terms(tmp_path / "phrases.tmx", [term])
    root = etree.parse(tmp_path / "phrases.tmx").getroot()
    found = [
        (*(seg.text for seg in unit.iter("seg")), *(prop.text for prop in unit.iter("prop")))
        for unit in root.iter("tu")
    ]
    assert [unit[:2] for unit in found] == [("鲱鱼国", "herring State"), ("鲱国", "HS")]
    assert "CD/1" in found[0]
    assert "CD/2" in found[1]
    assert "CD/1" not in found[1]
    write_terms(tmp_path / "glossary.txt", [term])
    lines = (tmp_path / "glossary.txt").read_text("utf-8").splitlines()[1:]
    assert [tuple(line.split("\t")[:2]) for line in lines] == [unit[:2] for unit in found]


def test_every_suffix_that_is_read_is_named_in_the_refusal():
    with pytest.raises(UserError) as error:
        read_terms(Path("x.doc"))
    assert all(suffix in str(error.value) for suffix in READ)
