from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import UserError
from corpora.fetch.folder import name_of
from corpora.fetch.symbols import parse_symbols, shorten_symbols
from corpora.identify import language_of_name, symbol_of_name


@pytest.mark.parametrize(
    ("written", "symbols"),
    [
        ("CD/PV.1579", ["CD/PV.1579"]),
        ("cd/pv.1579", ["CD/PV.1579"]),
        (" CD / PV. 1579 ", ["CD/PV.1579"]),
        ("ＣＤ／ＰＶ．１５７９", ["CD/PV.1579"]),
        ("CD_PV.1579", ["CD/PV.1579"]),
        ("CD-PV-1579_zh.docx", ["CD/PV.1579"]),
        ("CD_PV.1579-C.pdf", ["CD/PV.1579"]),
        ("cdpv1579", ["CD/PV.1579"]),
        ("CD/PV.1579/corr.1", ["CD/PV.1579/Corr.1"]),
        ("cd/wp.5/REV.2", ["CD/WP.5/Rev.2"]),
        ("CD/1864", ["CD/1864"]),
        ("a/res/70/10", ["A/RES/70/10"]),
        ("A/S-10/PV.1", ["A/S-10/PV.1"]),
        ("A/S-10", ["A/S-10"]),
        ("S/RES/2728 (2024)", ["S/RES/2728(2024)"]),
        ("S/PV.4841 (resumption 1)", ["S/PV.4841(Resumption1)"]),
        ("CD/PV.0099", ["CD/PV.0099"]),
        ("CD/PV.98-101", ["CD/PV.98", "CD/PV.99", "CD/PV.100", "CD/PV.101"]),
        ("CD/PV.1500–1501", ["CD/PV.1500", "CD/PV.1501"]),
        ("CD/PV.1500 - 1501", ["CD/PV.1500", "CD/PV.1501"]),
        ("CD/PV.1500..1501", ["CD/PV.1500", "CD/PV.1501"]),
        ("CD/PV.1500至1501", ["CD/PV.1500", "CD/PV.1501"]),
        ("CD/PV.1500-PV.1501", ["CD/PV.1500", "CD/PV.1501"]),
        ("CD/PV.1500-cd/pv.1501", ["CD/PV.1500", "CD/PV.1501"]),
        ("CD/PV.1500-1500", ["CD/PV.1500"]),
        ("A/S-10/PV.1-2", ["A/S-10/PV.1", "A/S-10/PV.2"]),
        ("CD/PV.1500-1501,1520", ["CD/PV.1500", "CD/PV.1501", "CD/PV.1520"]),
        ("CD/PV.1520、1500-1501", ["CD/PV.1520", "CD/PV.1500", "CD/PV.1501"]),
        ("CD/PV.1579,S/PV.10100,10102,", ["CD/PV.1579", "S/PV.10100", "S/PV.10102"]),
        ("CD/PV.1-3,2-4,1", ["CD/PV.1", "CD/PV.2", "CD/PV.3", "CD/PV.4"]),
        ("CD/PV.5,1-9", [f"CD/PV.{n}" for n in (5, 1, 2, 3, 4, 6, 7, 8, 9)]),
        ("CD/PV.5,S/PV.5", ["CD/PV.5", "S/PV.5"]),
        ("A/S-10,A/S-10", ["A/S-10"]),
    ],
)
def test_what_a_user_writes(written, symbols):
    parsed = parse_symbols([written])
    assert list(parsed) == symbols
    assert len(parsed) == len(symbols)


def test_several_arguments_are_each_asked_for_once():
    parsed = parse_symbols(["CD/PV.1-2", "S/PV.10100", "CD/PV.2-3"])
    assert list(parsed) == ["CD/PV.1", "CD/PV.2", "S/PV.10100", "CD/PV.3"]


def test_a_series_ends_with_its_argument():
    with pytest.raises(UserError, match="1520 is no symbol"):
        parse_symbols(["CD/PV.1500", "1520"])


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("hello", "hello is no symbol"),
        ("CD/PV", "write CD/PV.1579"),
        ("CD/PV.", "no symbol"),
        ("CD/PV.1500-", "no symbol"),
        ("1579", "no symbol"),
        ("https://undocs.org/zh/CD/PV.1579", "no symbol"),
        ("CD/PV.1500;rm -rf", "no symbol"),
        ("CD/../1500", "no symbol"),
        ("", "An empty symbol"),
        (" , ", "An empty symbol"),
        ("1500-1600", "of which series"),
        ("CD/PV.1600-1500", "did you mean CD/PV.1500-1600"),
        ("CD/PV.1590-99", "did you mean CD/PV.1590-1599"),
        ("CD/PV.1500-S/PV.1600", "from one series into another"),
        ("CD/PV.1500-1600/Corr.1", "from one series into another"),
        ("CD/PV.1-100000000", "more than 7 digits"),
    ],
)
def test_a_wrong_one_is_told_with_its_cure(written, told):
    with pytest.raises(UserError, match=told) as error:
        parse_symbols(["CD/PV.1", written])
    text = str(error.value)
    assert "\n" not in text
    assert written.strip() in text or "empty" in text


def test_a_huge_range_is_not_written_out():
    parsed = parse_symbols(["CD/PV.1-9999999", "CD/PV.5-9999999"])
    assert len(parsed) == 9_999_999
    assert next(iter(parsed)) == "CD/PV.1"
    assert len(parsed.runs) == 1


NUMBERS = st.integers(1, 60)
RANGES = st.tuples(NUMBERS, NUMBERS).map(sorted)
LISTS = st.lists(st.tuples(st.sampled_from(["CD/PV.", "S/PV.", "CD/"]), RANGES), min_size=1)


@given(LISTS)
def test_ranges_give_what_sets_give(ranges):
    parsed = parse_symbols([f"{head}{low}-{high}" for head, (low, high) in ranges])
    symbols = list(parsed)
    wanted = [f"{head}{n}" for head, (low, high) in ranges for n in range(low, high + 1)]
    assert symbols == list(dict.fromkeys(wanted))
    assert len(parsed) == len(symbols)


@given(LISTS)
def test_shortened_says_the_same(ranges):
    symbols = list(parse_symbols([f"{head}{low}-{high}" for head, (low, high) in ranges]))
    assert list(parse_symbols(shorten_symbols(symbols))) == symbols


def test_shortened():
    symbols = ["CD/PV.1", "CD/PV.2", "CD/PV.3", "CD/PV.5", "A/S-10", "S/PV.6", "S/PV.6/Corr.1"]
    shown = ["CD/PV.1-3", "CD/PV.5", "A/S-10", "S/PV.6", "S/PV.6/Corr.1"]
    assert shorten_symbols(symbols) == shown
    assert shorten_symbols([]) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["pdf", "docx"])
@pytest.mark.parametrize(
    "symbol",
    [
        *("CD/PV.1579", "CD/1864", "CD/PV.1579/Corr.1", "CD/WP.5/Rev.1", "S/PV.10100"),
        *("A/S-10/PV.1", "NPT/CONF.2020/WP.1", "CCW/GGE.1/2019/3", "A/C.1/72/PV.3"),
        *("A/RES/70/10", "CD/PV.1/Add.1"),
    ],
)
def test_names_of_files_read_back(symbol, language, kind):
    name = name_of(symbol, language, kind)
    assert "/" not in name
    assert (symbol_of_name(name), language_of_name(name)) == (symbol, language)
    assert list(parse_symbols([name])) == [symbol]
