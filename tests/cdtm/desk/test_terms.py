"""Terms as the desk shows them, and what is decided on them."""

from __future__ import annotations

import pytest

from align.terms.types import TermPair
from cdtm.build.workspace import open_workspace
from cdtm.desk.terms import Finder, decide, listed, written
from cdtm.glossary import rejected_terms, workspace_terms
from cdtm.terms import Found
from corpora.errors import UserError
from tests.cdtm.desk.conftest import put_subjects

FOUND = Found(
    [
        TermPair(("核裁军",), ("nuclear disarmament",), count=4, zh_count=4),
        TermPair(("核裁军和",), ("disarmament",), count=2, zh_count=4),
    ],
    9,
    9,
)
ONE, TWO = ({"zh": [*term.zh], "en": [*term.en]} for term in FOUND.terms)


def states(folder):
    return [(one["zh"], one["en"], one["state"]) for one in listed(folder, FOUND)["terms"]]


def test_terms_are_found_in_another_process_and_once(folder):
    put_subjects(folder)
    finder = Finder(open_workspace(folder))
    first = finder.find()
    assert finder.find() is first
    found = first.result(timeout=60)
    assert ("核裁军",) in {term.zh for term in found.terms}
    decide(folder, {"decision": "reject", "terms": [ONE]})
    assert finder.find(now=True) is first  # while the others are not there
    again = finder.find()
    assert again is not first
    assert ("核裁军",) not in {term.zh for term in again.result(timeout=60).terms}
    assert finder.find(now=True) is again


def test_a_mistake_is_told_and_the_next_try_is_another(folder):
    finder = Finder(open_workspace(folder))
    (folder / "memory.sqlite").rename(folder / "away")
    with pytest.raises(UserError, match="no memory"):
        finder.find().result(timeout=60)
    (folder / "away").rename(folder / "memory.sqlite")
    assert finder.find().result(timeout=60).total == 9


def test_confirmed_rejected_and_taken_back(folder):
    decide(folder, {"decision": "confirm", "terms": [ONE], "as": ONE})
    decide(folder, {"decision": "reject", "terms": [TWO]})
    assert [state for _, _, state in states(folder)] == ["confirmed", "rejected"]
    decide(folder, {"decision": "open", "terms": [ONE, TWO]})
    assert [state for _, _, state in states(folder)] == ["open", "open"]


def test_what_is_edited_takes_the_place_of_what_was_wrong(folder):
    new = {"zh": ["核裁军和裁军"], "en": ["disarmament"], "domain": " arms ", "note": "n"}
    decide(folder, {"decision": "confirm", "terms": [TWO], "as": new})
    [kept] = workspace_terms(folder)
    assert (kept.zh, kept.domain, kept.note, kept.status) == (
        *(("核裁军和裁军",), "arms", "n", "confirmed"),
    )
    assert [term.zh for term in rejected_terms(folder)] == [("核裁军和",)]
    told = states(folder)
    assert ((("核裁军和裁军",), ("disarmament",), "confirmed")) in told
    assert ((("核裁军和",), ("disarmament",), "rejected")) in told


def test_joined_terms_are_one_and_none_is_rejected(folder):
    both = {"zh": ["核裁军", "核裁军和"], "en": ["nuclear disarmament", "disarmament"]}
    decide(folder, {"decision": "confirm", "terms": [ONE, TWO], "as": both})
    assert [term.zh for term in workspace_terms(folder)] == [("核裁军", "核裁军和")]
    assert rejected_terms(folder) == ()
    assert states(folder) == [(tuple(both["zh"]), tuple(both["en"]), "confirmed")]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"decision": "reject", "terms": []},
        {"decision": "burn", "terms": [ONE]},
        {"decision": "confirm", "terms": [ONE]},
        {"decision": "confirm", "terms": [ONE], "as": {"zh": ["核"], "en": [" "]}},
        {"decision": "reject", "terms": [{"zh": "核", "en": ["n"]}]},
        {"decision": "reject", "terms": [ONE | {"note": 7}]},
        {"decision": "reject", "terms": [{"zh": ["核" * 301], "en": ["n"]}]},
        {"decision": "reject", "terms": [ONE] * 41},
    ],
)
def test_what_is_no_decision_is_a_sentence(folder, asked):
    with pytest.raises(UserError):
        decide(folder, asked)
    assert not (folder / "glossary.tsv").exists()


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [
        *((".xlsx", b"PK"), (".csv", b"\xef\xbb\xbfzh"), (".tmx", b"<?xml"), (".tbx", b"<?xml")),
        *((".tbx-3", b"<?xml"), (".txt", b"#")),
    ],
)
def test_every_format_is_written(suffix, begins):
    name, data = written(FOUND, suffix)
    assert name == f"terms{suffix.removesuffix('-3')}"
    assert data.startswith(begins)


@pytest.mark.parametrize("suffix", ["", ".html", ".tbx-9", "/../x.csv", ".utf8"])
def test_no_other_file_is_written(suffix):
    with pytest.raises(UserError, match="written as"):
        written(FOUND, suffix)
