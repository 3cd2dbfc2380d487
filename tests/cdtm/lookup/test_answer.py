"""Look-up: where a text stands, how renderings are ranked, fuzzy and near matches."""

from __future__ import annotations

import json
from datetime import date

import pytest

from cdtm.build.run import BuildJob, run_build
from cdtm.lookup.answer import (
    Answer,
    Equivalent,
    Hit,
    KnownTerm,
    by_form,
    find_places,
    forms_near,
    group,
    language_of,
    likeness,
    normal,
    rank,
    verdicts,
)
from tmx_out import Unit


@pytest.mark.parametrize(
    ("text", "within", "language", "found"),
    [
        ("裁军", "核裁军与裁军", "zh", ["裁军", "裁军"]),
        ("裁军", "裁 军", "zh", ["裁 军"]),
        ("CD/1299", "见cd/1299号", "zh", ["cd/1299"]),
        ("裁军", "军裁", "zh", []),
        ("第984（1995）号", "第984(1995)号", "zh", ["第984(1995)号"]),
        ("第984(1995)号", "第984（1995）号", "zh", ["第984（1995）号"]),
        ("ＮＰＴ缔约国", "NPT缔约国", "zh", ["NPT缔约国"]),
        ("ＮＰＴ", "the NPT", "en", ["NPT"]),
        ("fissile material", "Fissile materials and fissile material", "en", 2),
        ("treaty", "treaties, a Treaty", "en", ["treaties", "Treaty"]),
        ("verify", "verified and verification", "en", ["verified"]),
        ("non-nuclear-weapon States", "non-nuclear weapon State", "en", 1),
        ("arms", "charms", "en", []),
        ("(.*)", "anything", "en", []),
        ("(", "（", "zh", ["（"]),
    ],
)
def test_places(text, within, language, found):
    places = [within[start:end] for start, end in find_places(text, within, language)]
    assert len(places) == found if isinstance(found, int) else places == found


def test_the_language_of_a_query():
    assert [language_of(text) for text in ("裁军", "NPT", "《NPT》条约", "")] == [
        "zh",
        "en",
        "zh",
        "en",
    ]


def hit(english, place, day=None):
    unit = Unit(tuid=english, zh="裁军", en=english, date=day)
    return Hit(unit, "exact", 1.0, ((0, 2),), (place,) if place else ())


def test_renderings_are_one_whatever_their_inflection():
    hits = [
        hit("Disarmament is", (0, 11), date(2001, 1, 1)),
        hit("the disarmament", (0, 15), date(2020, 1, 1)),
        hit("disarmaments", (0, 12)),
        hit("arms control", (0, 12), date(2010, 1, 1)),
        hit("unknown", None),
    ]
    ranked = rank(hits, "zh")
    assert [(e.text.lower(), e.count, e.last) for e in ranked] == [
        ("disarmament", 3, date(2020, 1, 1)),
        ("arms control", 1, date(2010, 1, 1)),
    ]
    assert sum(e.share for e in ranked) == pytest.approx(1)
    order = [each.unit.tuid for each in group(hits[::-1], ranked, "zh")]
    assert order == ["the disarmament", "Disarmament is", "disarmaments", "arms control", "unknown"]


@pytest.mark.parametrize(
    ("forms", "within", "middles", "found"),
    [
        (["the Conference", "CD"], "CD/10 and the Conference, CD", [0.1], ["the Conference"]),
        (["the Conference", "CD"], "CD/10 and the Conference, CD", [1.0], ["CD"]),
        (["arms", "small arms"], "small arms and arms", [0.0, 0.9], ["small arms", "arms"]),
        (["arms"], "arms", [0.1, 0.9], ["arms"]),
        (["arms"], "harms", [0.5], []),
        ([], "arms", [0.5], []),
    ],
)
def test_known_forms_are_taken_where_they_stand_nearest(forms, within, middles, found):
    places = forms_near(forms, within, "en", middles)
    assert [within[start:end] for start, end in places] == found


def test_normal_forms():
    assert normal("The Non-Nuclear-Weapon States") == "non nuclear weapon state"
    assert normal("process, gas") == "process, gas".replace(",", "")


@pytest.mark.parametrize(
    ("one", "two", "language", "match"),
    [
        ("I thank you.", "I thank you!", "en", 1.0),
        ("a b c d", "a b x d", "en", 0.75),
        ("a b c d", "a b c", "en", 0.75),
        ("裁军谈判", "裁军会谈", "zh", 0.5),
        ("", "", "en", 0.0),
        ("short", "a very long sentence of many words", "en", 0.0),
    ],
)
def test_likeness_is_as_cat_tools_count_it(one, two, language, match):
    assert likeness(one, two, language) == pytest.approx(match)
    assert likeness(two, one, language) == pytest.approx(match)


# ------------------------------------------------------------------------------ the command


@pytest.fixture
def workspace(records, tmp_path):
    run_build(BuildJob(str(records), tmp_path / "w", engine="serial"), quiet=True)
    return tmp_path / "w"


def test_a_term_is_looked_up_in_either_language(workspace, cdtm):
    for text, equivalent in (("裂变材料", "fissile material"), ("fissile material", "裂变材料")):
        run = cdtm("lookup", text, "-w", workspace, "--json")
        assert run.status == 0, run.err
        told = json.loads(run.out)
        assert told["equivalents"][0]["text"].lower() == equivalent
        assert told["total"] > 3
        first = told["hits"][0]
        other = first["en"] if told["language"] == "zh" else first["zh"]
        [(start, end)] = first["rendered"]
        assert other[start:end].lower().startswith(equivalent)


def test_two_characters_are_found_and_marked_in_a_pipe(workspace, cdtm):
    run = cdtm("lookup", "核查", "-w", workspace, "--limit", "3")
    assert run.status == 0, run.err
    assert run.out.startswith("核查: in ")
    assert "[核查]" in run.out
    assert "\x1b" not in run.out


def test_a_sentence_that_is_nearly_there_is_a_fuzzy_match(workspace, cdtm):
    text = "I call to order the 9009th plenary meeting of the Conference on Disarmament."
    told = json.loads(cdtm("lookup", text, "-w", workspace, "--json").out)
    assert told["total"] == 0
    assert [hit["kind"] for hit in told["hits"]][:3] == ["fuzzy"] * 3
    assert told["hits"][0]["match"] >= 0.75


def test_the_choice_is_heeded(workspace, cdtm):
    told = json.loads(
        cdtm("lookup", "裁军", "-w", workspace, "--since", "2043", "--json", "--limit", "99").out
    )
    assert {hit["document"] for hit in told["hits"]} == {"CD/PV.9003"}
    run = cdtm("lookup", "裁军", "-w", workspace, "--symbol", "S/PV.*", "--json")
    assert json.loads(run.out)["hits"] == []


def test_hits_become_a_table(workspace, cdtm, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    for suffix in ("tsv", "xlsx"):
        run = cdtm("lookup", "裁军", "-w", workspace, "-o", tmp_path / f"hits.{suffix}")
        assert run.status == 0, run.err
    lines = (tmp_path / "hits.tsv").read_text("utf-8").splitlines()
    book = openpyxl.load_workbook(tmp_path / "hits.xlsx")
    cells = [[str(cell or "") for cell in row] for row in book["hits"].values]
    assert [line.split("\t") for line in lines] == cells
    assert len(lines) == 11


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(["  "], "nothing to look up"), (["裁军", "-o", "x.pdf"], ".tsv or .xlsx")],
)
def test_mistakes_are_one_sentence(workspace, cdtm, arguments, told):
    run = cdtm("lookup", *arguments, "-w", workspace)
    assert run.status == 1
    assert told in run.err


def test_nothing_found_is_told(workspace, cdtm):
    run = cdtm("lookup", "qwertyuiop", "-w", workspace)
    assert run.status == 0
    assert "not in the memory" in run.out


def test_a_resolution_keeps_its_bracket() -> None:
    text = "resolutions 255 (1968) and 984 (1995), and no (1995) more"
    [(start, end)] = find_places("984 (1995)", text, "en")
    assert text[start:end] == "984 (1995)"


def test_a_glossary_is_confirmed_or_not() -> None:
    known = KnownTerm(("无核武器区",), ("nuclear-weapon-free zone",), "built-in glossary")
    found = (
        Equivalent("nuclear-weapon-free zones", 9, 0.9, None),
        Equivalent("denuclearized zone", 1, 0.1, None),
    )
    answer = Answer("无核武器区", "zh", 10, found, (), (known,))
    assert list(verdicts(answer)) == [
        "built-in glossary: nuclear-weapon-free zone; 9 of 10 renderings agree"
    ]


def test_a_term_is_known_by_any_of_its_forms() -> None:
    known = KnownTerm(("无核武器区",), ("nuclear-weapon-free zone", "NWFZ"), "built-in glossary")
    found = by_form([known])
    assert "核武器" not in found
    for text in ("无核武器区", "the nuclear-weapon-free zones", "nwfz"):
        assert found[normal(text)] == [known]


def test_an_imported_glossary_speaks_first(workspace, cdtm):
    columns = "file\tdomain\tzh\ten\tnote\n"
    own = "own.csv\t\t裂变材料\tfissionable stuff\tours\n"
    (workspace / "glossary.tsv").write_text(columns + own, "utf-8")
    run = cdtm("lookup", "裂变材料", "-w", workspace, "--limit", "1")
    assert run.status == 0, run.err
    lines = [line.strip() for line in run.out.splitlines()]
    [ours] = [n for n, line in enumerate(lines) if line.startswith("imported glossary")]
    assert "fissionable stuff (ours); 0 of " in lines[ours]
    assert lines[ours + 1].startswith("built-in glossary: fissile material")
