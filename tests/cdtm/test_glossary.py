"""The user's terms as a workspace keeps them."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from align.terms.types import TermPair
from cdtm.glossary import (
    DAMAGED,
    GLOSSARY,
    decide_terms,
    forget_terms,
    keep_terms,
    read_kept,
    rejected_terms,
    workspace_terms,
)
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


def test_names_are_told_apart_and_known_again(tmp_path):
    for name in ("a|b.csv", "a  b.csv", "a b.csv", "a\tb.csv", "\udcff.csv"):
        for _ in range(2):
            keep_terms(tmp_path, name, MINE[:1])
    assert len(read_kept(tmp_path).rows) == 5
    assert len(workspace_terms(tmp_path)) == 1
    assert forget_terms(tmp_path, "a  b.csv") == 1
    with pytest.raises(UserError, match=r"there is: a\|b\.csv, a b\.csv"):
        forget_terms(tmp_path, "a  b.csv")


def test_imports_at_once_lose_nothing(tmp_path):
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda n: keep_terms(tmp_path, f"{n}.csv", MINE), range(10)))
    assert len({row[0] for row in read_kept(tmp_path).rows}) == 10


def test_a_long_note_is_kept(tmp_path):
    keep_terms(tmp_path, "mine.tbx", [TermPair(("核查",), ("verification",), note="n" * 200_000)])
    assert len(workspace_terms(tmp_path)[0].note) == 200_000


def damage(data):
    """Give a glossary damaged in many ways."""
    rng = random.Random(1)
    yield b"something else\n"
    yield data[: len(data) // 2]
    yield data[: data.rindex(b"\n", 0, -1) + 1]
    for _ in range(200):
        spoilt = bytearray(data)
        place = rng.randrange(len(data))
        spoilt[place] = rng.choice([n for n in range(256) if n != data[place]])
        yield bytes(spoilt)


def test_damage_is_told_and_stops_nothing(tmp_path, capsys):
    assert workspace_terms(tmp_path) == ()
    keep_terms(tmp_path, "mine.csv", MINE)
    whole = (tmp_path / GLOSSARY).read_bytes()
    for spoilt in damage(whole):
        (tmp_path / GLOSSARY).write_bytes(spoilt)
        assert len(workspace_terms(tmp_path)) <= 2
        assert "import them again" in capsys.readouterr().err
    (tmp_path / GLOSSARY).write_bytes(spoilt)
    keep_terms(tmp_path, "mine.csv", MINE)
    assert (tmp_path / DAMAGED).read_bytes() == spoilt
    assert (tmp_path / GLOSSARY).read_bytes() == whole
    assert workspace_terms(tmp_path)
    assert capsys.readouterr().err == ""


def test_a_glossary_of_an_older_cdtm_is_read(tmp_path):
    text = "file\tdomain\tzh\ten\tnote\nmine.csv\t\t核查\tverification\t\n"
    (tmp_path / GLOSSARY).write_text(text, "utf-8")
    kept = read_kept(tmp_path)
    assert (len(kept.rows), kept.damage) == (1, "")


def test_what_is_decided_at_the_desk_is_kept_and_forgotten(tmp_path):
    keep_terms(tmp_path, "mine.csv", MINE[1:])
    decide_terms(tmp_path, [], MINE[:1], [])
    assert [(t.zh[0], t.status) for t in workspace_terms(tmp_path)] == [
        *(("裁谈会", "confirmed"), ("从未出现的词", "imported"))
    ]
    decide_terms(tmp_path, [], [], MINE)  # a later decision takes the place of the earlier one
    assert [(t.zh[0], t.status) for t in workspace_terms(tmp_path)] == [
        ("从未出现的词", "imported")
    ]
    assert [t.zh[0] for t in rejected_terms(tmp_path)] == ["裁谈会", "从未出现的词"]
    decide_terms(tmp_path, MINE, [], [])
    assert rejected_terms(tmp_path) == ()
    decide_terms(tmp_path, [], MINE[:1], [])
    assert forget_terms(tmp_path, "desk") == 1


def test_what_was_imported_and_confirmed_is_confirmed(tmp_path):
    decide_terms(tmp_path, [], MINE[:1], [])
    keep_terms(tmp_path, "mine.csv", MINE[:1])
    assert [term.status for term in workspace_terms(tmp_path)] == ["confirmed"]
