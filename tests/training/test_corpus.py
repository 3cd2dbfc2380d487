"""What teaches, what is held out, what is read."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.corpus import (
    HELD_OUT_PAIRS,
    HELD_OUT_SOURCE,
    SOURCES,
    Pairs,
    Source,
    hold_out,
    is_usable,
    read_corpus,
    read_pairs,
)

SOURCE = Source("toy", "parallel", "none")

USABLE = [
    ("裁军", "disarmament"),
    ("核", "nuclear"),
    ("一" * 400, "a" * 1600),
    ("裁军CD/1299", "CD/1299"),
    ("龥㐀", "Xx"),
    ("会议" * 5, "Co.."),
]
USELESS = [
    ("no text on one side", "", "disarmament"),
    ("no text on the other", "裁军", ""),
    ("no Han", "CD/1299", "CD/1299"),
    ("no Latin", "裁军", "1299"),
    ("Han only outside the basic planes", "\U00020000", "word"),
    ("too long in Chinese", "一" * 401, "a" * 401),
    ("too long in English", "一" * 300, "a" * 1601),
    ("far too much English", "核", "nuclear weapons"),
    ("far too little English", "会议" * 5, "Con"),
]


@pytest.mark.parametrize(("zh", "en"), USABLE)
def test_what_teaches(zh, en):
    assert is_usable(zh, en)


@pytest.mark.parametrize(("name", "zh", "en"), USELESS, ids=[case[0] for case in USELESS])
def test_what_does_not(name, zh, en):
    assert not is_usable(zh, en)


def packed(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()))


def test_lines_are_read_and_what_is_left_out_is_counted(tmp_path):
    path = tmp_path / "toy.tsv.gz"
    packed(
        path,
        "裁军谈判\tdisarmament\n"
        "no tab here\n"
        "会议\t\n"
        " 主席 \t the president \n"
        "条约\ttreaty\tand a tab\n"
        "cafe\u0301 咖啡\tcafe\u0301\n"
        "一行\u2028两行\tone line\r\n"
        "回\r车\tcarriage return\n"
        "最后\tlast",
    )
    pairs = read_pairs(path, SOURCE)
    assert list(zip(pairs.zh, pairs.en, strict=True)) == [
        ("裁军谈判", "disarmament"),
        ("主席", "the president"),
        ("条约", "treaty\tand a tab"),
        ("café 咖啡", "café"),
        ("一行\u2028两行", "one line"),
        ("回\r车", "carriage return"),
        ("最后", "last"),
    ]
    assert pairs.dropped == 2
    assert len(pairs) == 7
    assert pairs.source is SOURCE


@given(st.lists(st.text("abcdef", min_size=1, max_size=3), max_size=20), st.integers(0, 25))
def test_held_out_pairs_are_apart_and_always_the_same(texts, count):
    pairs = Pairs(SOURCE, [f"{i}{text}" for i, text in enumerate(texts)], texts, 3)
    kept, held = hold_out(pairs, count)
    assert len(held) == min(count, len(pairs))
    every = list(zip(pairs.zh, pairs.en, strict=True))
    apart = [list(zip(part.zh, part.en, strict=True)) for part in (kept, held)]
    assert sorted(apart[0] + apart[1]) == sorted(every)
    assert not set(apart[0]) & set(apart[1])
    # Both keep the order of the file.
    for part in apart:
        assert part == [pair for pair in every if pair in part]
    again = hold_out(pairs, count)
    assert (kept, held) == again


def test_what_is_held_out_does_not_hang_on_the_order_of_the_file(pairs_of):
    pairs = pairs_of(50)
    turned = Pairs(SOURCE, pairs.zh[::-1], pairs.en[::-1], 0)
    assert set(hold_out(pairs, 10)[1].en) == set(hold_out(turned, 10)[1].en)
    # More of the same: a smaller share is part of the greater.
    assert set(hold_out(pairs, 10)[1].en) < set(hold_out(pairs, 20)[1].en)


@pytest.fixture
def folder(tmp_path, pairs_of):
    """A training folder: two lines a source, 2,100 to hold out from, some of them elsewhere too."""
    big = pairs_of(HELD_OUT_PAIRS + 100, seed=5)
    lines = [f"{zh}{i}\t{en} {i}\n" for i, (zh, en) in enumerate(zip(big.zh, big.en, strict=True))]
    for number, source in enumerate(SOURCES):
        text = f"来源{number}\tsource {number}\n会议\tonly in the English\n"
        if source.name == HELD_OUT_SOURCE:
            text = "".join(lines)
        if source.name == "tatoeba":
            text += "".join(lines[:500])
        if source.name == "tico19":
            text += "".join(line.replace("\t", "\tsurely ") for line in lines[:500])
        if source.name == "open_sdg":
            text += "".join(line.replace("\t", "确\t") for line in lines[:500])
        packed(tmp_path / source.folder / f"{source.name}.tsv.gz", text)
    return tmp_path


def test_no_source_holds_what_is_held_out(folder):
    corpus, held = read_corpus(folder)
    assert [pairs.source for pairs in corpus] == list(SOURCES)
    assert len(held) == HELD_OUT_PAIRS
    assert held.source.name == HELD_OUT_SOURCE
    for pairs in corpus:
        assert not set(pairs.zh) & set(held.zh)
        assert not set(pairs.en) & set(held.en)
    by_name = {pairs.source.name: pairs for pairs in corpus}
    assert len(by_name[HELD_OUT_SOURCE]) == 100
    # 500 pairs came again, as they are or with one side changed: those of them that are held out
    # are counted as left out.
    often = ("tatoeba", "tico19", "open_sdg")
    for name in often:
        assert by_name[name].dropped > 400
        assert len(by_name[name]) + by_name[name].dropped == 502
    for name in by_name.keys() - {HELD_OUT_SOURCE, *often}:
        assert len(by_name[name]) == 2


def test_a_missing_source_is_an_error(folder):
    (folder / SOURCES[-1].folder / f"{SOURCES[-1].name}.tsv.gz").unlink()
    with pytest.raises(FileNotFoundError, match=SOURCES[-1].name):
        read_corpus(folder)


def test_sources_are_what_the_card_needs():
    assert len({source.name for source in SOURCES}) == len(SOURCES)
    for source in SOURCES:
        assert source.folder in {"parallel", "lexicon"}
        assert source.licence
        assert source.repeat >= 1


def test_the_sources_are_there(shared):
    if not (shared / "training").is_dir():
        pytest.skip("the training text is not beside this checkout")
    for source in SOURCES:
        assert (shared / "training" / source.folder / f"{source.name}.tsv.gz").is_file()
