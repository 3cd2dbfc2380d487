"""The forms in a cell: parted where that is sure, whole where it is not."""

from __future__ import annotations

import pytest

from tmx_out.terms.forms import clean_lines, is_nothing, part_forms


@pytest.mark.parametrize(
    ("zh", "en", "zh_forms", "en_forms"),
    [
        ("核查\n核实", "verification\nverifying", ["核查", "核实"], ["verification", "verifying"]),
        ("核查；核实", "verification; verifying", ["核查", "核实"], ["verification", "verifying"]),
        ("拥核国/核国家", "nuclear States", ["拥核国", "核国家"], ["nuclear States"]),
        ("无核区", "nuclear-free zone (NFZ)", ["无核区"], ["nuclear-free zone", "NFZ"]),
        ("无核武区（无核区）", "zone", ["无核武区", "无核区"], ["zone"]),
        ("无核区(NFZ)", "nuclear-free zone", ["无核区"], ["nuclear-free zone", "NFZ"]),
        ("导弹", "missile(s)", ["导弹"], ["missile", "missiles"]),
        ("五国集团", "Group of 5 (G5)", ["五国集团"], ["Group of 5", "G5"]),
        ("核查", "1. verification\n2. verifying", ["核查"], ["verification", "verifying"]),
        ("条约", "Treaty on the Banning\nof Tests", ["条约"], ["Treaty on the Banning of Tests"]),
    ],
)
def test_what_surely_parts_forms_parts_them(zh, en, zh_forms, en_forms):
    assert part_forms(zh, en)[:2] == (tuple(zh_forms), tuple(en_forms))


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("核/常规武器", "nuclear/conventional weapons"),
        ("化学武器/毒剂", "chemical weapons and agents"),
        ("输入输出", "input/output"),
        ("文件CD/1", "document CD/1"),
        ("甲国（乙洲）", "A-Land (Republic of)"),
        ("第二议定书", "Protocol (II)"),
        ("第三十六条", "article 36"),
    ],
)
def test_what_may_belong_to_the_term_stays(zh, en):
    assert part_forms(zh, en) == ((zh,), (en,), "")


def test_a_remark_in_brackets_is_a_note():
    assert part_forms("核查（名词）", "verification (n.)") == (
        ("核查",),
        ("verification",),
        "n.; 名词",
    )


def test_characters_that_nobody_sees_go_and_radicals_are_ideographs():
    assert clean_lines("\ufeff核\u200b查\r\n ⼸ ") == "核查\n弓"


@pytest.mark.parametrize("cell", ["-", "—", "N/A", "#N/A", "?", "TBD", "  "])
def test_a_cell_can_say_that_there_is_nothing(cell):
    assert is_nothing(cell)
    assert part_forms("核查", cell)[1] == ()
