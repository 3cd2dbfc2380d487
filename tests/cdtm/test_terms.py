"""`cdtm terms`: what is printed, the user's glossary, what a user gets wrong."""

from __future__ import annotations

import pytest

import cdtm.terms
from align.terms.types import Competitor, TermPair
from cdtm.build.run import build_folder
from cdtm.demo import SAMPLE
from cdtm.glossary import GLOSSARY, decide_terms, workspace_terms
from cdtm.jobs.build import BuildJob
from cdtm.jobs.terms import ImportJob, TermsJob
from cdtm.terms import least_units, name_of, run_import, run_terms, with_rivals
from corpora import UserError
from tmx_out.terms.files import read_terms
from tmx_out.tmx_reader import read_tmx

MINE = [
    TermPair(zh=("裁谈会", "裁军谈判会议"), en=("the Conference",), domain="bodies", note="a | b"),
    TermPair(zh=("从未出现的词",), en=("never seen",)),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The memory of the sample, three times over."""
    folder = tmp_path_factory.mktemp("terms")
    (folder / "records").mkdir()
    for number in "123":
        for side in ("zh", "en"):
            text = (SAMPLE / f"CD_PV.9999.{side}.txt").read_text("utf-8")
            path = folder / "records" / f"{number}.{side}.txt"
            path.write_text(text.replace("9999", f"900{number}"), "utf-8")
    build_folder(BuildJob(str(folder / "records"), folder / "w", engine="serial"))
    return folder / "w"


@pytest.fixture
def workspace(built):
    (built / GLOSSARY).unlink(missing_ok=True)
    return built


@pytest.fixture
def mine(monkeypatch, tmp_path):
    monkeypatch.setattr(cdtm.terms, "read", lambda _path: MINE)
    return tmp_path / "mine.csv"


def lines(text):
    return [line.split("\t") for line in text.splitlines()]


def test_a_pipe_gets_a_table(workspace, cdtm):
    run = cdtm("terms", "-w", workspace, "--no-known")
    head, *rows = lines(run.out)
    assert head[:3] == ["zh", "en", "count"]
    assert rows
    assert {row[4] for row in rows} == {"extracted"}
    assert all(int(row[2]) >= 2 for row in rows)


def test_options_choose(workspace, cdtm):
    assert len(lines(cdtm("terms", "-w", workspace, "--limit", "3").out)) == 4
    more = lines(cdtm("terms", "-w", workspace, "--no-known", "--min-count", "1").out)
    few = lines(cdtm("terms", "-w", workspace, "--no-known", "--min-count", "4").out)
    assert len(more) > len(few)
    none = cdtm("terms", "-w", workspace, "--since", "2999")
    assert none.status == 1
    assert "No unit is chosen" in none.err


def test_known_terms_are_marked_and_say_who_agrees(workspace):
    terms = run_terms(TermsJob(workspace))
    known = [term for term in terms if term.status == "glossary"]
    assert known
    assert all("units agree" in term.note for term in known)


def test_a_workspace_must_be_named(cdtm):
    assert cdtm("terms").status == 2


def test_an_import_is_kept_counted_and_ranked_first(workspace, mine):
    found = run_import(ImportJob(mine, workspace))
    assert [term.status for term in found] == ["imported"] * 2
    assert found[0].zh_count > 0
    assert found[1].zh_count == 0
    kept = workspace_terms(workspace)
    assert [(term.zh, term.en, term.domain, term.note) for term in kept] == [
        (("裁谈会", "裁军谈判会议"), ("the Conference",), "bodies", "a / b"),
        (("从未出现的词",), ("never seen",), "", ""),
    ]
    terms = run_terms(TermsJob(workspace))
    assert terms[0].zh[0] == "裁谈会"
    assert terms[0].status == "imported"


def test_importing_again_replaces(workspace, mine, tmp_path):
    run_import(ImportJob(mine, workspace))
    run_import(ImportJob(mine, workspace))
    assert len(workspace_terms(workspace)) == 2
    run_import(ImportJob(tmp_path / "others.csv", workspace))
    assert len(workspace_terms(workspace)) == 2  # the same terms of two files are one


def test_imports_are_listed_and_forgotten(workspace, mine, cdtm):
    assert "No glossary was imported" in cdtm("terms", "list", "-w", workspace).out
    run_import(ImportJob(mine, workspace))
    assert "2 terms  mine.csv" in cdtm("terms", "list", "-w", workspace).out
    assert "2 terms of mine.csv" in cdtm("terms", "forget", "mine.csv", "-w", workspace).out
    assert workspace_terms(workspace) == ()
    assert "there is: nothing" in cdtm("terms", "forget", "mine.csv", "-w", workspace).err


def test_an_import_that_the_memory_does_not_bear_out_is_a_rival():
    memory = [
        TermPair(("核查",), ("verification",), count=3),
        TermPair(("裁军",), ("disarmament",)),
    ]
    said = [
        TermPair(("核查",), ("checking",), zh_count=3),
        TermPair(("裁军",), ("Disarmament",), zh_count=1),  # the memory says that, too
        TermPair(("裁军",), ("arms cuts",)),  # of which the memory says nothing
    ]
    rival, alone = with_rivals(memory, said)
    assert rival.competitors == (Competitor("核查", "checking", 0),)
    assert rival.note == "The imported glossary says checking; 0 of 3 units agree."
    assert alone == memory[1]


def test_what_is_confirmed_reaches_every_file_as_it_was_confirmed(workspace, cdtm, tmp_path):
    terms = [
        TermPair(("核查",), ("verifying",)),  # the memory says verification
        TermPair(("从未出现的词",), ("never seen",), domain="d", note="n"),
    ]
    decide_terms(workspace, [], terms, [])
    found = run_terms(TermsJob(workspace))
    assert {(term.zh[0], term.en[0]) for term in found[:2]} == {
        *(("核查", "verifying"), ("从未出现的词", "never seen"))
    }
    assert [term.status for term in found[:2]] == ["confirmed"] * 2
    for suffix in (".xlsx", ".csv", ".tbx", ".txt"):
        path = tmp_path / f"terms{suffix}"
        assert cdtm("terms", "-w", workspace, "-o", path).status == 0
        read = {(term.zh[0], term.en[0]) for term in read_terms(path).terms}
        assert {("核查", "verifying"), ("从未出现的词", "never seen")} <= read
    assert cdtm("terms", "-w", workspace, "-o", tmp_path / "terms.tmx").status == 0
    pairs = [(unit.zh, unit.en) for unit in read_tmx(tmp_path / "terms.tmx")]
    assert {("核查", "verifying"), ("从未出现的词", "never seen")} <= {*pairs}


def test_what_is_rejected_stands_in_no_list(workspace):
    before = run_terms(TermsJob(workspace))
    decide_terms(workspace, [], [], before[:3])
    after = {name_of(term) for term in run_terms(TermsJob(workspace))}
    assert after == {name_of(term) for term in before[3:]}
    decide_terms(workspace, before[:3], [], [])
    assert run_terms(TermsJob(workspace)) == before


def test_an_empty_glossary_is_told(workspace, monkeypatch, tmp_path):
    monkeypatch.setattr(cdtm.terms, "read", lambda _path: [])
    with pytest.raises(UserError, match="holds no term"):
        run_import(ImportJob(tmp_path / "empty.csv", workspace))


def test_a_large_memory_asks_for_more():
    assert [least_units(n) for n in (100, 5000, 20_000)] == [2, 3, 5]
