"""`cdtm trace`: every stage of one sentence, from the page to the bead."""

from __future__ import annotations

import re


def sections_of(out: str) -> dict[str, str]:
    """Map the number of each section to its lines."""
    parts = re.split(r"^(\d)  (?=[A-Z])", out, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_sentence_over_a_page_break_shows_what_was_dropped_inside(cdtm, zh, en):
    # 正如 2010 年……不可逆 | CD/PV.9999, GE.31-09998 3 | 转性。
    run = cdtm("trace", zh, en, "--sentence", "33")
    assert run.status == 0, run.err
    sections = sections_of(run.out)
    assert list(sections) == ["1", "2", "3", "4", "5"]
    assert "正如2010年" in sections["3"]
    lines = sections["1"]
    assert re.search(r"│ CD/PV\.9999\s+✗ ", lines)
    assert re.search(r"│ GE\.31-09998 3\s+✗ ", lines)
    assert "│ 转性。" in lines
    assert "不可逆转性" in sections["2"]
    assert "科尔瓦内" in sections["3"]
    assert "reversib" in sections["4"]
    assert "confidence" in sections["5"]


def test_english_side_and_an_omission(cdtm, zh, en):
    run = cdtm("trace", en, zh, "--sentence", "31", "--side", "en")
    assert run.status == 0, run.err
    sections = sections_of(run.out)
    assert "pass through our waters at night" in sections["3"]
    assert "(nothing: an omission)" in sections["5"]


def test_first_and_last_sentence(cdtm, zh, en):
    first, last = (sections_of(cdtm("trace", zh, en, "--sentence", n).out) for n in (0, 84))
    assert "before" not in first["5"]
    assert "after" not in last["5"]
    assert "散会" in last["3"]
    assert "speaker  none" in last["3"]


def test_other_files_than_records_of_one_symbol(cdtm, zh, en, tmp_path):
    other = tmp_path / "en.txt"
    other.write_bytes(en.read_bytes().replace(b"CD/PV.9999", b"CD/PV.9998"))
    assert cdtm("trace", zh, other, "--sentence", "0").status == 1
    assert cdtm("trace", zh, other, "--sentence", "0", "--force").status == 0
