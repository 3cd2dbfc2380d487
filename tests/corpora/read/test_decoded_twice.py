"""Text decoded twice: put right where all of it goes back, told or refused where not."""

from __future__ import annotations

import pytest

from corpora.errors import RecordError
from corpora.read.decoded_twice import mend_decoding
from corpora.read.encoding import decode_text

ENGLISH = "The Panel’s work — “useful” in the words of today’s speakers — went on. " * 3
CHINESE = "专家组今天审议了报告员提出的结论和建议。\n各位专家都表示支持，没有人反对。\n"


def windows(text):
    """Decode the UTF-8 of `text` as Windows-1252, and as Latin-1 where that has no character."""
    out = []
    for byte in text.encode():
        try:
            out.append(bytes([byte]).decode("cp1252"))
        except UnicodeDecodeError:
            out.append(chr(byte))
    return "".join(out)


@pytest.mark.parametrize("text", [ENGLISH, CHINESE, "Señor Núñez à la réunion d’été. " * 9])
def test_what_goes_back_whole_is_put_right(text):
    mended, notes = mend_decoding(windows(text), "x.txt")
    assert mended == text
    assert "decoded twice" in notes[0]


def test_utf8_read_as_gb18030_is_put_right():
    text = "专家组审议了报告员的结论\n各国代表同意"
    assert mend_decoding(text.encode().decode("gb18030"), "x.txt")[0] == text


def test_a_part_that_is_lost_is_told():
    broken = windows(ENGLISH).replace("\x9d", "")
    assert mend_decoding(broken, "x.txt")[0] == broken
    assert "decoded twice" in mend_decoding(broken, "x.txt")[1][0]


def test_a_chinese_text_of_which_a_part_is_lost_is_refused():
    broken = windows(CHINESE * 5).replace("\x8f", "", 1)
    with pytest.raises(RecordError, match="decoded twice"):
        mend_decoding(broken, "x.txt")


@pytest.mark.parametrize(
    "text",
    [
        *(ENGLISH, CHINESE, "Señor Núñez à la réunion d’été, où l’on a déjà été.", "联通 聊天"),
        *("50 °C, 3 × 4, ½ of it, naïve façade, Ångström, São Tomé, «oui»", "Â", "plain"),
    ],
)
def test_what_was_decoded_once_stays(text):
    assert mend_decoding(text, "x.txt") == (text, ())


def test_the_note_comes_with_the_file():
    decoded = decode_text(windows(ENGLISH).encode(), "x.txt")
    assert decoded.text == ENGLISH
    assert decoded.notes


@pytest.mark.parametrize("codec", ["mac_roman", "cp437", "cp1251"])
def test_other_encodings_are_known_too(codec):
    text = "The Panel’s work – “useful”, today’s speakers’ word – went on. " * 3
    wrong = text.encode().decode(codec, "replace")
    mended, notes = mend_decoding(wrong, "x.txt")
    assert mended == (wrong if "\ufffd" in wrong else text)
    assert "decoded twice" in notes[0]


def test_a_single_mark_is_told():
    text = "The Panel’s work went on.".encode().decode("mac_roman")
    assert mend_decoding(text, "x.txt")[0] == text
    assert "decoded twice" in mend_decoding(text, "x.txt")[1][0]
