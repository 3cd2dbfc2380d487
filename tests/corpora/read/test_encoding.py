"""Telling how a text is encoded, and what is said where it cannot be told."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpora.errors import RecordError
from corpora.read.encoding import decode_text, guess_encoding, score_text

SIMPLIFIED = (
    "主席(以英语发言)：我宣布会议开始。今天上午，我们将讨论议程项目四，即保证不对无核武器国家使用或威胁使用"
    "核武器的有效国际安排。我的名单上有六位发言者。在请他们发言之前，我想说，各国政府对此都很关心，"
    "去年的工作报告也作了说明。现在请肯尼亚代表发言。"
)
TRADITIONAL = (
    "主席：我宣布會議開始。今天上午，我們將討論議程項目四，即保證不對無核武器國家使用或威脅使用核武器的有效"
    "國際安排。我的名單上有六位發言者。在請他們發言之前，我想說，各國政府對此都很關心，去年的工作報告也"
    "作了說明。現在請肯尼亞代表發言。這裡還有一個問題，就是時間不夠。"
)
ENGLISH = (
    "The President: I call the meeting to order. This morning’s debate – on agenda item 4 – is "
    "about “negative security assurances”. Before I give the floor to the representative of "
    "Côte d’Ivoire, let me say vis-à-vis last year’s report that the time is short."
)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (TRADITIONAL, "utf-8"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "utf-16-le"),
        (TRADITIONAL, "utf-16-be"),
        (ENGLISH, "utf-8"),
        (ENGLISH, "cp1252"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
    ],
)
@pytest.mark.parametrize("length", [60, 1000])
def test_real_text_in_each_encoding(text, codec, length):
    data = text[:length].encode(codec)
    assert guess_encoding(data) == codec
    assert decode_text(data, "x.txt").text == text[:length]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_decide_and_do_not_come_out(codec):
    decoded = decode_text(SIMPLIFIED.encode(codec), "x.txt")
    assert decoded.text == SIMPLIFIED
    # The name that comes out can decode the bytes again, as `read_segmented` does.
    assert SIMPLIFIED.encode(codec).decode(decoded.encoding).removeprefix("\ufeff") == SIMPLIFIED


def test_big5_with_characters_of_eten_and_hong_kong():
    assert guess_encoding((TRADITIONAL + "裏面的恒溫").encode("cp950")) == "cp950"
    assert guess_encoding((TRADITIONAL + "深圳嘅瞓").encode("big5hkscs")) == "big5hkscs"


def test_utf8_is_not_told_and_others_are_with_the_way_to_overrule():
    assert decode_text(SIMPLIFIED.encode(), "x.txt").notes == ()
    (note,) = decode_text(SIMPLIFIED.encode("gb18030"), "x.txt").notes
    assert "GB18030" in note
    assert "--encoding" in note


def test_real_records_in_pieces_of_any_place(shared):
    generator = random.Random(0)
    wrong = []
    for path, codecs in [
        ("CD_PV.1579.zh.txt", ("gb18030", "utf-16-le", "utf-16-be", "utf-8")),
        ("S_PV.9722.zh.txt", ("gb18030", "utf-16-le", "utf-16-be", "utf-8")),
        ("CD_PV.1579.en.txt", ("cp1252", "utf-16-le", "utf-16-be", "utf-8")),
    ]:
        text = (shared / "records" / path).read_text(encoding="utf-8")
        for _ in range(60):
            start = generator.randrange(len(text) - 300)
            piece = text[start : start + 300]
            for codec in codecs:
                data = piece.encode(codec)
                guess = guess_encoding(data)
                if guess is None or data.decode(guess) != piece:
                    wrong.append((path, start, codec, guess))
    assert wrong == []


def test_the_user_overrules():
    data = TRADITIONAL.encode("big5")
    assert decode_text(data, "x.txt", "big5").text == TRADITIONAL
    assert decode_text(data, "x.txt", "BIG5").notes == ()
    assert decode_text(SIMPLIFIED.encode("gb18030"), "x.txt", "gb2312").encoding == "gb18030"
    assert decode_text(SIMPLIFIED.encode("utf-16"), "x.txt", "utf-16").text == SIMPLIFIED


@pytest.mark.parametrize(
    ("data", "encoding", "says"),
    [
        (SIMPLIFIED.encode("gb18030"), "utf-8", "x.txt is not utf-8 text.*--encoding gb18030"),
        (SIMPLIFIED.encode(), "big5", "--encoding utf-8"),
        (SIMPLIFIED.encode(), "utf-16", "--encoding utf-8"),
        (SIMPLIFIED.encode("gb18030"), "latin-1", "no readable .* --encoding gb18030"),
        (SIMPLIFIED.encode(), "klingon", "There is no encoding 'klingon'.*gb18030"),
        (SIMPLIFIED.encode(), "base64", "There is no encoding 'base64'"),
        (SIMPLIFIED.encode(), "rot13", "There is no encoding 'rot13'"),
    ],
)
def test_a_wrong_wish_is_told_with_its_cure(data, encoding, says):
    with pytest.raises(RecordError, match=says):
        decode_text(data, "x.txt", encoding)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_damaged_text_is_told_with_the_place(codec):
    data = ("第一行。\n" + SIMPLIFIED).encode(codec)
    data = data[:60] + b"\xff" + data[61:]
    with pytest.raises(RecordError, match=r"x\.txt looks like .* damaged at byte \d+ \(line 2\)"):
        decode_text(data, "x.txt")


def test_noise_is_no_text():
    noise = random.Random(1).randbytes(5000)
    with pytest.raises(RecordError, match=r"x\.txt is not a text .*PDF, DOCX or UTF-8"):
        decode_text(noise, "x.txt")
    zeros = bytes(2000)
    with pytest.raises(RecordError, match=r"x\.txt is not a text"):
        decode_text(zeros, "x.txt")


def test_wrongly_decoded_text_scores_low():
    assert score_text(SIMPLIFIED) > 0.95
    assert score_text(SIMPLIFIED.encode("gb18030").decode("big5", errors="replace")) < 0.5
    assert score_text(TRADITIONAL.encode("big5").decode("gb18030", errors="replace")) < 0.5


@example("\ue000\ufffd")  # private characters, as old fonts have them
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_utf8_reads_as_it_is(text):
    assert decode_text(text.encode(), "x.txt").text == text.removeprefix("\ufeff")


CHINESE = "专家组今天审议报告员的结论。\n各位专家都表示支持。\n"


def test_chinese_in_seven_bits_is_read_and_told():
    decoded = decode_text(CHINESE.encode("hz"), "x.txt")
    assert (decoded.text, decoded.encoding) == (CHINESE, "hz")
    assert "HZ" in decoded.notes[0]


def test_chinese_behind_escapes_is_read_and_told():
    decoded = decode_text(CHINESE.encode("iso2022_jp_2"), "x.txt")
    assert decoded.text == CHINESE
    assert "ISO-2022" in decoded.notes[0]


@pytest.mark.parametrize("text", ["about ~{5 to 6~} of them", "a ~ b { c } ~}", "~{~}"])
def test_tildes_and_braces_of_english_are_text(text):
    assert decode_text(text.encode(), "x.txt").text == text


def test_no_ideograph_stands_inside_an_english_word():
    """Two odd bytes in a long English text are no reason to call it Chinese."""
    data = ("The floor was given to the envoy of Utopia. " * 40).encode()
    data += b"Mr. Mu\xe2\xddoz thanked the Chair. \n"
    decoded = decode_text(data, "x.txt")
    assert decoded.encoding == "cp1252"
    assert decoded.notes
