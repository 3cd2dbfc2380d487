"""The table of rules, and each rule of texts on pairs that it must accuse or leave alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from align.doubt.rules import RULES, missing_abbreviations, read_pair, words_of
from align.pair import METHOD
from benchmarks.flags import flag_gold, flag_pairs, read_halves

ROOT = Path(__file__).resolve().parents[3]

TEXTS = {
    # in the wild: what the records and the UN Parallel Corpus hold
    "as it should be": (
        "21国集团欢迎联合国大会第69/66号决议，该决议决定2015年在纽约召开为期一天的会议。",
        "The Group of 21 welcomes General Assembly resolution 69/66, in which the Assembly decided "
        "to convene in New York in 2015 a one-day meeting.",
        set(),
    ),
    "the group as a pronoun": (
        "21国集团中的《不扩散条约》缔约国重申，1995年关于中东问题的决议始终有效。",
        "They reiterate that the 1995 resolution on the Middle East remains valid.",
        set(),
    ),
    "the country as a pronoun": (
        "伊拉克共和国政府还促请裁军谈判会议设立一个小组委员会。",
        "It also calls on the Conference on Disarmament to establish a subcommittee.",
        set(),
    ),
    "another day": (
        "14. 12月24日部长理事会核可了2015年联邦预算法案。",
        "14. On 29 January, the Council of Representatives approved the 2015 federal budget bill.",
        {"date-differs"},
    ),
    "another sum": (
        "与2011年12月31日终了两年期的4 210美元相比",
        "compared with $42.1 million for the biennium ending 31 December 2011",
        {"number-differs"},
    ),
    "another country": (
        "俄罗斯常驻联合国代表",
        "Permanent Representative of India to the United Nations",
        {"name-missing"},
    ),
    "nothing to compare": ("谢谢你。", "Thank you.", set()),
    # synthetic
    "symbol": ("见CD/1978号文件。", "See document CD/1987.", {"symbol-differs"}),
    "paragraph numbers": ("10. 委员会商定", "11. The Commission agreed", {"number-differs"}),
    "abbreviation": ("由UNDP资助", "financed by FAO", {"name-missing"}),
    "all at once": (
        "2006年5月16日，中国提交了CD/1978号文件，共25页。",
        "On 17 May 2006 Japan submitted document CD/1979, of 26 pages.",
        {"number-differs", "date-differs", "symbol-differs", "name-missing"},
    ),
}


@pytest.mark.parametrize(("zh", "en", "flags"), TEXTS.values(), ids=TEXTS)
def test_words_of_a_pair(zh, en, flags):
    assert words_of(read_pair(zh, en)) == flags


@pytest.mark.parametrize(
    ("zh", "en", "lost"),
    [
        ("INFOCAP网络", "the network", ["INFOCAP"]),
        ("INFOCAP网络", "the INFOCAP network", []),
        ("Choporlu村附近", "near Choporlu village", []),
        ("前Séleka武装分子", "ex-Séléka fighters", []),
        ("JabalMukaber村", "Jabal AlMukaber", []),
        ("由UNDP资助", "funded by UNDO", ["UNDP"]),
        ("第XII章", "chapter 12", []),
        ("附件a", "annex", []),
    ],
)
def test_abbreviations(zh, en, lost):
    assert missing_abbreviations(zh, en) == lost


def test_words_and_reasons_are_fit_for_use():
    assert len({rule.word for rule in RULES}) == len(RULES)
    for word, _, reason, *_ in RULES:
        assert word.replace("-", "").isalpha(), "commas part flags in TMX and tables"
        assert word == word.lower()
        assert reason[0].isupper(), reason
        assert reason.endswith("."), reason


def test_a_rule_finds_in_texts_or_in_records():
    for rule in RULES:
        assert (rule.find is None) != (rule.find_in is None), rule.word
        assert (rule.find is not None) == bool(rule.sort), rule.word


def test_the_documentation_has_the_same_table():
    text = (ROOT / "docs" / "TMX.md").read_text("utf-8")
    section = text.partition("## Reasons for doubt")[2].partition("\n## ")[0]
    told = [line.split(" | ")[:3] for line in section.splitlines() if line.startswith("| `")]
    wanted = [
        [f"| `{rule.word}`", rule.sentence, str(rule.weight or "a stretch")] for rule in RULES
    ]
    assert told == wanted, "docs/TMX.md should say, and then what is compared:\n" + "\n".join(
        " | ".join(row) for row in wanted
    )


FLAGS = ("7", "ea0d8a1b43e39aef")
"""`align.pair.METHOD` when a rule was last changed, and the digest of the flags since then."""


def test_other_flags_are_another_method(shared):
    """A memory keeps the flags that it was built with until METHOD is another."""
    found = [flag_gold(shared / "gold" / name) for name in ("spv", "cdpv-1579-part1", "mac-dev")]
    found += map(flag_pairs, read_halves(shared))
    told = hashlib.sha256(repr(([rule.word for rule in RULES], found)).encode()).hexdigest()[:16]
    assert told == FLAGS[1], (
        f"The rules give other flags than under method {FLAGS[0]}: raise METHOD in align/pair.py, "
        f"which is {METHOD}, or memories keep the old ones; then write METHOD and {told!r} here."
    )
    assert int(METHOD) >= int(FLAGS[0])
