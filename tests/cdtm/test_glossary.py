"""The user's terms as a workspace keeps them."""

from __future__ import annotations

import pytest

from align.terms.types import TermPair
from cdtm.glossary import GLOSSARY, keep_terms, workspace_terms
from corpora.errors import UserError

MINE = [
    TermPair(zh=("裁谈会", "裁军谈判会议"), en=("the Conference",), domain="bodies", note="a | b"),
    TermPair(zh=("从未出现的词",), en=("never\tseen",)),
]


def test_what_is_kept_is_given_back_on_one_line_a_term(tmp_path):
    keep_terms(tmp_path, "mine.csv", MINE)
    kept = workspace_terms(tmp_path)
    assert [(term.zh, term.en, term.domain, term.note, term.status) for term in kept] == [
        (("裁谈会", "裁军谈判会议"), ("the Conference",), "bodies", "a / b", "imported"),
        (("从未出现的词",), ("never seen",), "", "", "imported"),
    ]


def test_a_file_of_the_same_name_takes_the_place_of_its_own_terms_alone(tmp_path):
    keep_terms(tmp_path, "mine.csv", MINE)
    keep_terms(tmp_path, "others.csv", MINE[:1])
    keep_terms(tmp_path, "mine.csv", MINE[1:])
    assert [term.zh[0] for term in workspace_terms(tmp_path)] == ["裁谈会", "从未出现的词"]


def test_nothing_is_kept_at_first_and_a_spoilt_file_is_told(tmp_path):
    assert workspace_terms(tmp_path) == ()
    (tmp_path / GLOSSARY).write_text("something else\n")
    for reads in (workspace_terms, lambda folder: keep_terms(folder, "mine.csv", MINE)):
        with pytest.raises(UserError, match="import again"):
            reads(tmp_path)
