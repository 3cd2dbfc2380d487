"""Why something cannot be done, in Chinese: every sentence that the desk may have to say."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest

from cdtm.build.tables import cure_of
from cdtm.desk import guard
from cdtm.desk.words.language import NESTED, in_chinese
from cdtm.desk.words.mistakes import MISTAKES
from cdtm.lookup.notes import ALONE, UNDATED, counted
from cdtm.memory import database
from cdtm.memory.backup import cure
from cdtm.memory.memory import ANEW
from cdtm.troubles import CURES, sentence_about
from tmx_out.review.reader import text_fault

RAISED = ("UserError", "UnplacedError", "Outcome", "Conflict", "DamagedError", "BusyError")
WHOLE = [
    *("desk.app", "desk.correct", "desk.record", "desk.search", "desk.terms", "memory.redraw"),
    *("desk.bitext.moves", "desk.bitext.propose", "desk.bitext.sources", "memory.replay"),
    *("memory.journal", "memory.memory", "memory.database", "memory.nearest", "review.weigh"),
    *("lookup.looker", "lookup.asking", "review.withdraw", "jobs.days"),
]
"""Modules of `cdtm` of which all that is raised may come to a page."""


def sentences_of(name):
    """What the calls of `RAISED` in a module say, each place filled with some text."""
    module = importlib.import_module(f"cdtm.{name}")

    def filled(node):
        if isinstance(node, ast.Constant):
            return str(node.value)
        if isinstance(node, ast.BinOp):
            return filled(node.left) + filled(node.right)
        if isinstance(node, ast.JoinedStr):
            return "".join(map(filled, node.values))
        if isinstance(node, ast.FormattedValue):
            node = node.value
        value = getattr(module, node.id, None) if isinstance(node, ast.Name) else None
        return value if isinstance(value, str) else "X1"

    for node in ast.walk(ast.parse(Path(module.__file__).read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISED and node.args:
            said = filled(node.args[-1] if node.func.id == "Conflict" else node.args[0])
            if "X1" not in (said, said.replace("X1X1", "X1")):
                yield said


@pytest.mark.parametrize("name", WHOLE)
def test_whatever_is_raised_is_there_in_chinese(name):
    assert [one for one in sentences_of(name) if in_chinese(one) is None] == []


def test_sentences_are_found_where_they_are_raised():
    assert sum(len([*sentences_of(name)]) for name in WHOLE) > 50


def test_troubles_of_the_machine_are_there_in_chinese():
    for number in CURES:
        said = sentence_about(OSError(number, "It says", "a.sqlite"))
        assert in_chinese(said).startswith("a.sqlite: It says：")
    assert in_chinese(sentence_about(MemoryError())) is not None


def test_what_helps_against_damage_is_there_in_chinese(tmp_path):
    journal = tmp_path / "decisions.sqlite"
    cures = {
        ANEW,
        cure_of("CD-PV-1"),
        cure_of("import-1"),
        cure(journal),
        *database._CURES.values(),
    }
    assert [one for one in cures if in_chinese(one) is None] == []
    assert in_chinese(f"a.sqlite is damaged: {ANEW}.") == f"a.sqlite 已损坏：{in_chinese(ANEW)}。"


@pytest.mark.parametrize(
    ("decision", "new_zh", "new_en"),
    [
        *(("edit", "", ""), ("edit", "甲。", ""), ("accept", "甲。", ""), ("split", "甲。", "A.")),
        *(("realign", "甲。", ""), ("realign", "—", "—")),
    ],
)
def test_texts_that_do_not_go_with_a_decision(decision, new_zh, new_en):
    fault = text_fault(decision, {"zh": "", "en": ""}, new_zh, new_en)
    assert in_chinese(f"{fault[0].upper()}{fault[1:]}") is not None


@pytest.mark.parametrize("told", [ALONE, UNDATED])
@pytest.mark.parametrize("count", [1, 2, 1200])
def test_what_is_counted_is_there_in_chinese(told, count):
    assert f"{count:,}" in in_chinese(counted(count, told))


def test_refusals_are_there_in_chinese():
    found = re.findall(r'[1-5]\d\d, "([^"]+)"', Path(guard.__file__).read_text("utf-8"))
    assert len(found) > 7
    assert [one for one in found if in_chinese(one) is None] == []


def test_a_sentence_within_a_sentence_and_one_behind_another():
    told = in_chinese("It cannot be done: the next unit was rejected, so it cannot be merged.")
    assert told == "无法执行：下一单元已剔除，不能合并。"
    two = "There is no row before the first one. The request is too long."
    assert in_chinese(two) == "第一行之前没有行。请求太长。"
    assert in_chinese("There is no row before the first one. Who knows.") is None


def test_what_a_person_wrote_is_not_translated():
    assert in_chinese("There is no label accept.") == "没有“accept”这种标签。"


def test_every_place_is_filled():
    for english, chinese in MISTAKES.items():
        places = set(re.findall(r"\{(\w+)\}", english))
        assert set(re.findall(r"\{(\w+)\}", chinese)) == places, english
    assert {*NESTED} <= {place for one in MISTAKES for place in re.findall(r"\{(\w+)\}", one)}
