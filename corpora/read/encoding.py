"""How the bytes of a text file are to be decoded: told from the bytes, or as the user says.

A byte order mark decides; then strict UTF-8, which no other encoding passes by chance; then the
candidates compete by how much of what they decode to is writing: in real Chinese, whatever its
script, every third character is one of a hundred and fifty, in text decoded wrongly hardly any.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final

from corpora.chinese import HAN
from corpora.errors import RecordError
from corpora.lazy import lazy_pattern
from corpora.read.decoded_twice import mend_decoding

COMMON: Final = frozenset(
    "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動"
    "同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經十三之进進着等部度家电電力里裡如水化高自二理起"
    "小物现現实實加量都两兩体體制机機当當使点點从從业業本去把性好应應开開它合还還因由其些然前外天政四日那社"
    "义義事平形相全表间間样樣与與关關各重新线線内內数數正心反你明看原又么麼利比或但质質第向道命此变變条條没沒"
    "员員议議席先代安裁军軍核约約联聯常际際请請提支持问問题題案组組及将將次月无無使并並"
)
"""Frequent Chinese characters in both scripts: from general frequency lists, with those that
records are full of. In the records at hand .52 to .58 of all Han characters are among them."""

LEAST_COMMON: Final = 0.12
"""Share of Han characters that must be in `COMMON`: of the records no hundred characters have under
.22 (lists of names); the same bytes decoded wrongly have .05 at most."""
LEAST_PLAUSIBLE: Final = 0.75
"""Share of all characters that must be plausible before bytes count as text: records have .95 and
more, noise and archives under .5."""
MOST_BROKEN: Final = 0.05
"""Share of characters that may be undecodable for a file to be called damaged text, not noise."""
MOST_CONTROLS: Final = 0.02
"""Share of control characters in UTF-8 text; UTF-16 English has .5 of zeros, extraction from PDF
leaves single ones."""
SAMPLE: Final = 100_000
"""Characters looked at: more do not change the answer."""

_BOMS: Final = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# `big5` first, for that is what the user calls it; the other two know more characters.
_CANDIDATES: Final = (
    "utf-8",
    "gb18030",
    "big5",
    "cp950",
    "big5hkscs",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
)
_WIDENED: Final = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030"}
_NAMES: Final = {
    "utf-8": "UTF-8",
    "gb18030": "GB18030",
    "big5": "Big5",
    "cp950": "Big5 (code page 950)",
    "big5hkscs": "Big5 (with the Hong Kong set)",
    "utf-16-le": "UTF-16 (little endian)",
    "utf-16-be": "UTF-16 (big endian)",
    "utf-32-le": "UTF-32 (little endian)",
    "utf-32-be": "UTF-32 (big endian)",
    "cp1252": "Windows-1252",
    "hz": "HZ",
    "iso2022_jp_2": "ISO-2022",
}
_HAN: Final = lazy_pattern(f"[{HAN}]")
_ASCII: Final = lazy_pattern(r"[\t\n\r\f -~]")
_CONTROL: Final = lazy_pattern("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffd\ue000-\uf8ff]")
# Private characters are text in UTF-8.
_ZEROS: Final = bytes([*range(0x09), *range(0x0E, 0x1C), 0x7F])
# CJK punctuation, full-width forms, the quotes and dashes of both languages.
_MARKS: Final = lazy_pattern("[\u3000-\u301f\uff01-\uff5e‘’“”—–―…·•§°©\u00a0\u00ad\u0085]")
# One accented letter between Latin letters, as in `vis-à-vis`, never two and two.
_ACCENTED: Final = lazy_pattern("(?<![^\x00-\x7f])[À-ÖØ-öø-ÿŒœŠšŽžŸ](?![^\x00-\x7f])")


# Chinese in seven bits, between `~{` and `~}` or behind escapes: as ASCII it is no text.
_HZ: Final = lazy_pattern(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}")
_ESCAPES: Final = lazy_pattern(rb"\x1b\$(?:[AB]|\([A-D])")
# A Han character inside a Latin word is two bytes of another encoding.
_HAN_IN_WORD: Final = lazy_pattern(f"(?<=[A-Za-z])[{HAN}]{{1,2}}(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text and how it was got.

    Attributes:
        text: without a byte order mark.
        encoding: the name of a Python codec that decodes the file's bytes to `text` (but for the
            byte order mark).
        notes: sentences for the user; none for UTF-8.
    """

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode_text(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """Decode the bytes of a text file.

    Args:
        data: the file's bytes.
        name: the file's name, for messages.
        encoding: the name of a codec, if the user says which; else it is told from the bytes.

    Raises:
        RecordError: the bytes are no text, or not text in the encoding that the user names.
    """
    if encoding is not None:
        return _decode_as(data, name, encoding)
    guessed = guess_encoding(data)
    if guessed is None:
        raise RecordError(_explain(data, name))
    text, notes = mend_decoding(data.decode(guessed).removeprefix("\ufeff"), name)
    if guessed == "utf-8":
        return Decoded(text, guessed, notes)
    return Decoded(
        text,
        guessed,
        (
            f"The file is not in UTF-8 and was read as {_NAMES[guessed]}: "
            "if its characters look wrong, name its encoding with --encoding.",
            *notes,
        ),
    )


def guess_encoding(data: bytes) -> str | None:
    """Name the Python codec that `data` is text in; None if it is text in none that we know.

    One of ``utf-8``, ``utf-16-le``, ``utf-16-be``, ``utf-32-le``, ``utf-32-be``, ``gb18030``,
    ``big5``, ``cp950``, ``big5hkscs``, ``cp1252``, ``hz``, ``iso2022_jp_2``.
    """
    for signs, codec in ((_HZ, "hz"), (_ESCAPES, "iso2022_jp_2")):
        if data.isascii() and signs.search(data) and _decodes(data, codec):
            return codec
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return codec if _decodes(data, codec) else None
    best, score = None, LEAST_PLAUSIBLE
    for codec in _CANDIDATES:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        # No other encoding passes as UTF-8 by chance, whatever the text is about; but bytes that
        # are half zeros (UTF-16) and noise without high bits do.
        if codec == "utf-8" and _count_zeros(data) <= MOST_CONTROLS * len(text):
            return codec
        plausible = score_text(text)
        # Strictly more: among the Big5 codecs, which decode alike, the first one is named.
        if plausible > score:
            best, score = codec, plausible
    return best


def _count_zeros(data: bytes) -> int:
    """Count the control characters of UTF-8 bytes, each of which is one byte."""
    return len(data) - len(data.translate(None, _ZEROS))


def score_text(text: str) -> float:
    """Share of the characters of `text` that are plausible in Chinese or English, 0 to 1.

    Han characters count only if enough of them are frequent ones (`LEAST_COMMON`), and then all of
    them; a single accented letter counts if its neighbours are plain letters.
    """
    text = text[:SAMPLE]
    if not text:
        return 0.0
    plain: float = (
        len(_ASCII.findall(text)) + len(_MARKS.findall(text)) + len(_ACCENTED.findall(text))
    )
    han = _HAN.findall(text)
    common = sum(ch in COMMON for ch in han)
    if common >= LEAST_COMMON * len(han):
        # Among several that pass the most frequent characters win: rare ones count a little less.
        plain += 0.8 * len(han) + 0.2 * common / LEAST_COMMON if han else 0
    controls = len(_CONTROL.findall(text)) + (len(_HAN_IN_WORD.findall(text)) if han else 0)
    return max(0.0, min(1.2, (plain - 4 * controls) / len(text)))


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _decode_as(data: bytes, name: str, encoding: str) -> Decoded:
    """Decode as the user says, or tell what the bytes look like instead."""
    try:
        codec = codecs.lookup(encoding).name
        "".encode(codec)  # refuses codecs that are no text encodings, such as rot13 and base64
    except (LookupError, UnicodeError):
        raise RecordError(
            f"There is no encoding {encoding!r} to read {name} in: "
            "name utf-8, utf-16, gb18030, big5 or windows-1252 with --encoding."
        ) from None
    codec = _WIDENED.get(codec, codec)
    likely = guess_encoding(data)
    cure = f"try --encoding {likely}" if likely else "save it as UTF-8 text"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as problem:
        raise RecordError(
            f"{name} is not {encoding} text (byte {problem.start + 1:,} cannot be decoded): {cure}."
        ) from None
    if likely and score_text(text) < LEAST_PLAUSIBLE and likely != codec:
        raise RecordError(
            f"{name} gives no readable Chinese or English when decoded as {encoding}: {cure}."
        )
    if codec == "utf-16":  # it drops the mark; the one that keeps it can be used to decode again
        codec = "utf-16-be" if data.startswith(codecs.BOM_UTF16_BE) else "utf-16-le"
    return Decoded(text.removeprefix("\ufeff"), codec)


def _explain(data: bytes, name: str) -> str:
    """Say why these bytes are no text: damaged text is told from noise."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _tell_damage(data, name, codec)
    scores = []
    for codec in _CANDIDATES:
        text = data.decode(codec, errors="replace")
        broken = text.count("\ufffd") / len(text)
        if broken <= MOST_BROKEN:
            scores.append((score_text(text.replace("\ufffd", "")), codec))
    score, codec = max(scores, default=(0.0, ""))
    if score >= LEAST_PLAUSIBLE and not _decodes(data, codec):
        return _tell_damage(data, name, codec)
    return (
        f"{name} is not a text in any encoding known here, nor a PDF or DOCX file: give the record "
        "as PDF, DOCX or UTF-8 text, or name its encoding with --encoding."
    )


def _tell_damage(data: bytes, name: str, codec: str) -> str:
    try:
        data.decode(codec)
        place = 0
    except UnicodeDecodeError as problem:
        place = problem.start
    line = data[:place].count(b"\n") + 1
    return (
        f"{name} looks like {_NAMES[codec]} text but is damaged at byte {place + 1:,} "
        f"(line {line}): get the file again, mend that place in an editor, "
        "or name another encoding with --encoding."
    )
