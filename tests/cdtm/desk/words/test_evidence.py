"""Evidence that names words or figures, in Chinese."""

from __future__ import annotations

import re

import pytest

from align.doubt.rank import RecordBeads, doubts_of
from align.doubt.rules import one_sided
from align.encoder.load import load_encoder
from cdtm.desk.words.evidence import EVIDENCE
from cdtm.desk.words.language import in_chinese, in_language
from tests.cdtm.making_beads import beads
from tests.cdtm.reviewing import table_of


def test_what_the_rules_write_is_said_in_chinese():
    pairs = [
        ("我们支持核裁军。", "We support nuclear disarmament."),
        ("我们在1995年有17个缔约国，并且在这里发言的还有很多很多的国家代表和朋友。", "Yes."),
        ("中国代表团感谢秘书长。", ""),
        ("会议开始。", "The meeting begins."),
    ]
    found = doubts_of(
        RecordBeads("CD-PV-1", table_of(pairs), beads(*pairs, confidence=0.4)), load_encoder()
    )
    told = [reason for doubt in found for reason in doubt.reasons]
    assert len(told) > 4
    assert [one for one in told if in_chinese(one) is None] == []


@pytest.mark.parametrize("names", [["11"], ["11", "22"], ["1", "2", "3", "4", "5"]])
def test_names_stay_as_they_are(names):
    told = in_chinese(one_sided(names, "Chinese", "English"))
    assert told.startswith(f"中文有 {names[0]}")
    assert told.endswith("，英文没有。")


def test_other_sentences_stay_english():
    assert in_chinese("Something else.") is None
    assert in_language("Something else.", "zh", usual="Something else.") == "Something else."
    english = "The aligner is only 94% sure of this pair."
    assert "94%" in in_language(english, "zh", usual=english) != english


def test_every_place_is_filled():
    for english, chinese in EVIDENCE.items():
        places = set(re.findall(r"\{(\w+)\}", english))
        assert set(re.findall(r"\{(\w+)\}", chinese)) == places - {"words"}
