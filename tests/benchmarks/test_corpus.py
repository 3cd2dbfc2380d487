"""A made-up corpus: what is written is read back, the truth is whole, the seed decides."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import date
from itertools import cycle, pairwise

import pytest

from benchmarks import corpus, meetings, paper
from corpora import read_document
from corpora.catalogue.examine import examine
from corpora.catalogue.folder import list_files
from corpora.catalogue.join import join

RECORDS, SENTENCES = 14, 30
COLOURS = "红橙黄绿蓝靛紫黑白灰"


def pairs():
    """Give sentences that all differ."""
    words = ("red", "orange", "yellow", "green", "blue", "indigo", "violet", "black", "white")
    for number in range(2_000):
        colour = number % len(words)
        yield (
            f"第{number}个代表团在会上展示了一面{COLOURS[colour]}色的旗帜，各国代表都看到了。",
            f"Delegation No. {number} showed a {words[colour]} flag, and every one of the "
            "representatives of the other States saw it.",
        )


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = tmp_path_factory.mktemp("made") / "corpus"
    truth = corpus.make_corpus(root, RECORDS, 1, pairs, SENTENCES)
    return root, truth


def test_each_file_is_in_the_truth_and_each_file_of_it_is_there(made):
    root, truth = made
    there = {path for path, _, _ in list_files(root)}
    sides = {file for record in truth.records for side in ("zh", "en") for file in record[side]}
    faults = {file for fault in truth.faults for file in fault["files"]}
    assert there == sides | faults
    assert corpus.truth_of(root).parent == root.parent
    written = json.loads(corpus.truth_of(root).read_text("utf-8"))
    assert written == {"records": truth.records, "faults": truth.faults}


def test_there_is_every_peculiarity(made):
    root, truth = made
    reasons = Counter(fault["reason"] for fault in truth.faults)
    assert reasons == {
        "no-partner": 3,
        "unreadable": 2,
        "no-symbol": 1,
        "duplicate": 1,
        "version": 1,
        "other-language": 1,
    }
    assert len(truth.records) == RECORDS
    assert [record["by"] for record in truth.records].count("content") == 1
    assert {path.rpartition(".")[2] for path, _, _ in list_files(root)} == {"txt", "pdf", "docx"}


def test_records_are_read_back(made):
    """Symbol, day, speakers and sentences, in whatever format; nothing of the page among them."""
    root, truth = made
    for record in truth.records:
        counts = []
        for language in ("zh", "en"):
            for file in record[language]:
                read = read_document(root / file)
                counts.append(len(read.sentences) + record["omitted"][language == "en"])
                assert read.language == language, file
                assert {s.text for s in read.sentences if not s.speaker} <= CLOSING, file
                assert not [s.text for s in read.sentences if "GE." in s.text], file
                assert {s.speaker.name for s in read.sentences if s.speaker} <= NAMES, file
                symbol = None if record["by"] == "content" else record["symbol"]
                assert read.symbol == symbol, file
                if read.dropped:
                    assert read.date == date.fromisoformat(record["date"]), file
        assert len(set(counts)) == 1, (record, counts)
        assert SENTENCES <= counts[0] < 3 * SENTENCES  # a turn has up to 45


CLOSING = {"中午散会。", "The meeting rose at noon."}
NAMES = {"主席", "The President", "The PRESIDENT"}
for who in meetings.DELEGATES:
    title, name = who.name.split()
    NAMES |= {who.name_zh, who.name, f"{title} {name.upper()}"}


def test_who_speaks_is_the_same_on_both_sides(made):
    """Turn for turn, and the language that only one side must note."""
    root, truth = made
    chinese = {who.name_zh: (who.name.split()[1].upper(), who.tongue) for who in meetings.DELEGATES}
    codes = {"es": "Spanish", "fr": "French", "ru": "Russian", "ar": "Arabic"}
    for record in truth.records:
        zh, en = (read_document(root / record[side][0]) for side in ("zh", "en"))
        left, right = ([s.speaker for s in side.sentences if s.label] for side in (zh, en))
        assert len(left) == len(right)
        for here, there in zip(left, right, strict=True):
            if here.name == "主席":
                assert there.name.upper() == "THE PRESIDENT"
                continue
            name, tongue = chinese[here.name]
            assert there.name.upper().endswith(name)
            assert codes.get(there.spoken, tongue) == tongue
            assert there.spoken is not None or tongue == "English"
            assert here.spoken is not None or tongue == "Chinese"


def test_the_catalogue_finds_what_the_truth_says(made):
    root, truth = made
    catalogue = join([examine(root, path) for path, _, _ in list_files(root)])
    found = {(pair.symbol, pair.zh.path, pair.en.path) for pair in catalogue.pairs}
    wanted = [record for record in truth.records if record["by"] == "symbol"]
    assert len(found) == len(wanted)
    for record in wanted:
        assert any(
            symbol == record["symbol"] and zh in record["zh"] and en in record["en"]
            for symbol, zh, en in found
        ), record
    reasons = {left.path: left.reason for left in catalogue.left_out}
    for fault in truth.faults:
        told = [reasons.get(file) for file in fault["files"]]
        assert told.count(fault["reason"]) == len(fault["files"]) - fault["kept"], fault


def test_one_record_is_in_an_old_encoding(made):
    root, truth = made
    read = [read_document(root / record["zh"][0]).encoding for record in truth.records]
    assert read.count("gb18030") == 1


def test_about_one_row_of_a_hundred_is_left_out():
    rows = list(pairs())
    meeting = meetings.make_meeting(
        2001, date(2000, 1, 1), cycle(rows), random.Random(1), 2 * len(rows)
    )
    for side, omitted, mark in zip((meeting.zh, meeting.en), meeting.omitted, "帜N", strict=True):
        said = sum(paragraph.count(mark) for paragraph in side)
        assert 0.002 < omitted / (said + omitted) < 0.01
    assert sum(meeting.omitted) == pytest.approx(meetings.OMITTED * 2 * len(rows), rel=0.5)


def bytes_of(root):
    return {path: (root / path).read_bytes() for path, _, _ in list_files(root)}


def test_the_seed_decides(made, tmp_path):
    root, truth = made
    again = corpus.make_corpus(tmp_path / "again", RECORDS, 1, pairs, SENTENCES)
    assert again == truth
    assert bytes_of(tmp_path / "again") == bytes_of(root)
    other = corpus.make_corpus(tmp_path / "other", RECORDS, 2, pairs, SENTENCES)
    assert other.records != truth.records


def test_days_are_spread_over_the_years_of_the_records(made):
    days = [date.fromisoformat(record["date"]) for record in made[1].records]
    assert days == sorted(days)
    assert days[0].year <= 1986
    assert days[-1].year >= 2015
    assert corpus.FIRST_DAY <= days[0] <= days[-1] <= corpus.LAST_DAY


# -------------------------------------------------------------------------------------- the parts


@pytest.mark.parametrize(
    ("number", "short", "words", "chinese"),
    [
        (2001, "2001st", "two thousand and first", "二千零一"),
        (1222, "1222nd", "one thousand two hundred and twenty-second", "一千二百二十二"),
        (1413, "1413th", "one thousand four hundred and thirteenth", "一千四百一十三"),
        (1440, "1440th", "one thousand four hundred and fortieth", "一千四百四十"),
        (3900, "3900th", "three thousand nine hundredth", "三千九百"),
        (941, "941st", "nine hundred and forty-first", "九百四十一"),
    ],
)
def test_numbers_in_words(number, short, words, chinese):
    assert meetings.ordinal(number) == short
    assert meetings.spell_ordinal(number) == words
    assert meetings.spell_chinese(number) == chinese


@pytest.mark.parametrize("shift", range(40))
def test_chinese_lines_cut_no_word_and_begin_with_no_closing_mark(shift):
    text = "前" * shift + "各国代表出席了Conference on Disarmament的会议，会议于2019年开始。" * 3
    lines = paper.wrap(text, "zh")
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for before, after in pairwise(lines):
        assert after[0] not in "，。"
        if before[-1].isascii() and after[0].isascii():
            assert f"{before[-1]} {after[0]}" in text
    assert max(map(len, lines)) <= paper.WIDTHS["zh"] + 2


def test_english_lines_are_cut_at_spaces_and_hyphens():
    text = "the non-nuclear-weapon States and the Secretary-General " * 9 + "x" * 120 + " end"
    lines = paper.wrap(text, "en")
    rest = text
    for line in lines:
        assert rest.startswith(line)
        rest = rest[len(line) :]
        assert not rest or line.endswith("-") or rest.startswith(" ")
        rest = rest.lstrip(" ")
    assert not rest
    assert all(len(line) <= paper.WIDTHS["en"] for line in lines if "x" not in line)
    assert any(line.endswith("-") for line in lines)


def test_texts_are_those_of_the_folder(shared):
    rows = meetings.read_pairs(shared / "training" / "parallel")
    first = [next(rows) for _ in range(200)]
    assert len({zh for zh, _ in first}) > 190
    assert all(zh[-1] in "。！？" and en[-1] in ".!?" for zh, en in first)
    assert all(len(en) < meetings.LONGEST and "\n" not in zh + en for zh, en in first)
