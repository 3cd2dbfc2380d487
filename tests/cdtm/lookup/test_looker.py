"""Look-up from workspace to answer: the choice, known forms, fuzzy and near matches, encoders."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from align.encoder.checks import write_checks
from align.encoder.static import MODEL
from cdtm.build.run import build_folder
from cdtm.build.workspace import open_workspace
from cdtm.jobs.build import BuildJob
from cdtm.lookup.answer import KnownTerm, find_places, normal
from cdtm.lookup.known import as_it_stands, by_form, forms_near, outside
from cdtm.lookup.looker import Looker
from cdtm.memory.nearest import Nearest
from tmx_out.tmx_reader import read_tmx


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


@pytest.mark.parametrize(
    ("text", "named"),
    [("B2+", True), ("S5", True), ("UNDP", False), ("arms", False), ("4 May", False)],
)
def test_what_is_written_alike_stands_as_it_is(text, named):
    assert as_it_stands(text) == ([text] if named else [])


def test_a_part_of_a_longer_form_is_not_the_term() -> None:
    """``Charter`` in ``UN Charter`` is rendered as ever, and not as what ``UN Charter`` is."""
    side = "The Charter, or UN Charter, is old."
    charters = find_places("Charter", side, "en")
    assert outside(["UN Charter"], side, "en", charters) == charters[:1]
    assert outside([], side, "en", charters) == charters


def test_a_term_is_known_by_any_of_its_forms() -> None:
    known = KnownTerm(("无核武器区",), ("nuclear-weapon-free zone", "NWFZ"), "built-in glossary")
    found = by_form([known])
    assert "核武器" not in found
    for text in ("无核武器区", "the nuclear-weapon-free zones", "nwfz"):
        assert found[normal(text)] == [known]


# ------------------------------------------------------------------------------ the command


@pytest.fixture
def workspace(records, tmp_path):
    build_folder(BuildJob(str(records), tmp_path / "w", engine="serial", quiet=True))
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


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("裂變材料", "裂变材料"),
        ("fissile-material", ""),
        ("material fissile", "material … fissile"),
        ("en:fissile zh:裂变", ""),
    ],
)
def test_a_query_is_asked_again_in_other_ways(workspace, asked, found):
    with Looker.open(workspace) as looker:
        answer = looker.find(asked)
        assert answer.total > 3
        assert answer.looked_for == found
        assert answer.hits[0].kind == "exact"
        assert bool(answer.equivalents) == ("…" not in found)


def test_both_sides_can_be_asked_of(workspace):
    with Looker.open(workspace) as looker:
        every = looker.find("裂变材料").total
        held = looker.find("zh:裂变材料 en:treaty").total
        without = looker.find("zh:裂变材料 en:!treaty").total
        assert held + without == every
        assert held > 0
        assert all(
            "treat" in hit.unit.en.lower() for hit in looker.find("zh:裂变材料 en:treaty").hits
        )


def test_words_of_the_same_stem_do_not_count(workspace):
    with Looker.open(workspace) as looker:
        found = [looker.find(text) for text in ("general", "generic", "generally")]
    exact = [[hit for hit in answer.hits if hit.kind == "exact"] for answer in found]
    assert any(exact)
    assert all(hit.found for hits in exact for hit in hits)


def test_a_whole_sentence_is_rendered_by_the_whole_other_side(workspace):
    with Looker.open(workspace) as looker:
        unit = max(looker.memory.units(), key=lambda unit: len(unit.zh))
        answer = looker.find(unit.zh)
    assert unit.en in {equivalent.text for equivalent in answer.equivalents}


def test_all_hits_are_written_and_counted(workspace, cdtm, tmp_path):
    with Looker.open(workspace) as looker:
        total = looker.find("裂变材料").total
    run = cdtm("lookup", "裂变材料", "-w", workspace, "-o", tmp_path / "all.tsv")
    assert f"Written {total:,} of {total:,} units" in run.out
    run = cdtm("lookup", "裂变材料", "-w", workspace, "-o", tmp_path / "two.tsv", "--limit", "2")
    assert f"Written 2 of {total:,} units" in run.out
    assert len((tmp_path / "two.tsv").read_text("utf-8").splitlines()) == 3


def test_a_chart_can_be_asked_for(workspace, cdtm):
    run = cdtm("lookup", "裂变材料", "-w", workspace, "--stats", "--sort", "newest")
    assert "by year" in run.out
    assert "█" in run.out


def test_what_may_have_been_meant_is_offered(workspace, cdtm):
    run = cdtm("lookup", "fisile", "-w", workspace)
    assert "Did you mean fissile (" in run.out


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
        file = tmp_path / f"hits.{suffix}"
        run = cdtm("lookup", "裁军", "-w", workspace, "-o", file, "--limit", "10")
        assert run.status == 0, run.err
    lines = (tmp_path / "hits.tsv").read_text("utf-8").splitlines()
    book = openpyxl.load_workbook(tmp_path / "hits.xlsx")
    cells = [[str(cell or "") for cell in row] for row in book["hits"].values]
    assert [line.split("\t") for line in lines] == cells
    assert len(lines) == 11
    memory = tmp_path / "hits.tmx"
    run = cdtm("lookup", "裁军", "-w", workspace, "-o", memory, "--limit", "10")
    assert cdtm("validate", memory).status == 0
    pairs = dict.fromkeys((row[4], row[5]) for row in cells[1:])  # equal ones are one unit
    assert [(unit.zh, unit.en) for unit in read_tmx(memory)] == [*pairs]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(["  "], "nothing to look up"), (["裁军", "-o", "x.pdf"], ".tsv, .xlsx or .tmx")],
)
def test_mistakes_are_one_sentence(workspace, cdtm, arguments, told):
    run = cdtm("lookup", *arguments, "-w", workspace)
    assert run.status == 1
    assert told in run.err


def test_nothing_found_is_told(workspace, cdtm):
    run = cdtm("lookup", "qwertyuiop", "-w", workspace)
    assert run.status == 0
    assert "not in the memory" in run.out


def test_an_imported_glossary_speaks_first(workspace, cdtm):
    columns = "file\tdomain\tzh\ten\tnote\n"
    own = "own.csv\t\t裂变材料\tfissionable stuff\tours\n"
    (workspace / "glossary.tsv").write_text(columns + own, "utf-8")
    run = cdtm("lookup", "裂变材料", "-w", workspace, "--limit", "1")
    assert run.status == 0, run.err
    lines = [line.strip() for line in run.out.splitlines()]
    [ours] = [n for n, line in enumerate(lines) if line.startswith("imported glossary")]
    assert "fissionable stuff (ours); in 0 of " in lines[ours]
    assert lines[ours + 1].startswith("built-in glossary: fissile material")


# ---------------------------------------------------------------------------------- encoders


NEARLY = "I call to order the 9009th plenary meeting of the Conference on Disarmament."


@pytest.fixture
def other_model(tmp_path):
    """Another encoder: half of the shipped one's dimensions."""
    folder = tmp_path / "half"
    shutil.copytree(MODEL, folder)
    np.save(folder / "rows.npy", np.load(MODEL / "rows.npy")[:, ::2])
    card = json.loads((folder / "card.json").read_text("utf-8")) | {"name": "half"}
    (folder / "card.json").write_text(json.dumps(card), "utf-8")
    write_checks(folder)
    return folder


def build(records, workspace, **options):
    return build_folder(BuildJob(str(records), workspace, engine="serial", **options, quiet=True))


def kinds(workspace, text):
    with Looker.open(workspace) as looker:
        answer = looker.find(text)
    return {hit.kind for hit in answer.hits}, answer.note


def test_a_memory_is_asked_with_the_encoder_that_made_it(
    records, other_model, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    build(records, tmp_path / "w", encoder="half")
    monkeypatch.chdir(records)
    assert kinds(tmp_path / "w", NEARLY) == ({"fuzzy", "near"}, "")
    assert kinds(tmp_path / "w", "裂变材料")[0] >= {"exact"}


def test_an_encoder_that_is_not_to_be_had_is_told_and_words_are_found_still(
    records, other_model, tmp_path, cdtm
):
    build(records, tmp_path / "w", encoder=str(other_model))
    shutil.rmtree(other_model)
    found, note = kinds(tmp_path / "w", NEARLY)
    assert found == set()
    assert note.startswith("Sentences near the text are left out, for the memory was built with")
    assert "there is no folder" in note
    assert note.count(".") == 1
    found, _ = kinds(tmp_path / "w", "裂变材料")
    assert found == {"exact"}
    run = cdtm("lookup", NEARLY, "-w", tmp_path / "w")
    assert (run.status, run.err) == (0, f"cdtm: {note}\n")
    told = json.loads(cdtm("lookup", NEARLY, "-w", tmp_path / "w", "--json").out)
    assert told["note"] == note


def test_an_encoder_that_has_changed_is_another(records, other_model, tmp_path):
    build(records, tmp_path / "w", encoder=str(other_model))
    card = json.loads((other_model / "card.json").read_text("utf-8")) | {"version": 99}
    (other_model / "card.json").write_text(json.dumps(card), "utf-8")
    assert "this is half-99: run cdtm build again" in kinds(tmp_path / "w", NEARLY)[1]


def test_an_index_of_an_older_cdtm_that_does_not_fit_is_told(workspace):
    path = open_workspace(workspace).nearest
    assert kinds(workspace, NEARLY)[1] == ""
    index = Nearest.learn(np.ones((40, 8), np.int8), 40)
    index.save(path)
    assert "another encoder, which was not noted" in kinds(workspace, NEARLY)[1]
    path.unlink()
    assert "missing or damaged: run cdtm build" in kinds(workspace, NEARLY)[1]


def test_records_of_two_encoders_are_never_compared(records, other_model, tmp_path):
    build(records, tmp_path / "w")
    built = build(records, tmp_path / "w", encoder=str(other_model), only=("CD/PV.9001",))
    assert built.foreign == ["CD-PV-9002", "CD-PV-9003"]
    with Looker.open(tmp_path / "w") as looker:
        near = [hit.unit.document for hit in looker.find(NEARLY, limit=99).hits]
    assert set(near) == {"CD/PV.9001"}
    built = build(records, tmp_path / "w", encoder=str(other_model))
    assert built.foreign == []
    with Looker.open(tmp_path / "w") as looker:
        near = [hit.unit.document for hit in looker.find(NEARLY, limit=99).hits]
    assert set(near) == {"CD/PV.9001", "CD/PV.9002", "CD/PV.9003"}
    assert len(looker.nearest) == sum(row["units"] for row in built.rows)


def test_what_no_record_notes_is_told_by_its_length(records, other_model, tmp_path):
    build(records, tmp_path / "w", encoder=str(other_model))
    store = open_workspace(tmp_path / "w").store
    for key in ("CD-PV-9002", "CD-PV-9003"):
        row = json.loads(store.read(f"{key}/record.json"))
        del row["encoder"]
        store.write(f"{key}/record.json", json.dumps(row).encode())
    built = build(records, tmp_path / "w", only=("CD/PV.9001",))
    assert built.foreign == ["CD-PV-9002", "CD-PV-9003"]
