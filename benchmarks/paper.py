"""Made-up meetings on paper: cover, running heads, wrapped lines; as TXT, DOCX or PDF.

The layout is that of real records of the Conference on Disarmament, old design and new.
"""

from __future__ import annotations

import zipfile
import zlib
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

from benchmarks.meetings import FIRST_NEW, spell_chinese, spell_ordinal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.meetings import Meeting

LINES = 44
"""Lines of a page."""

WIDTHS = {"zh": 38, "en": 88}
"""Characters of a line."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def job_number(meeting: Meeting, language: str) -> str:
    """Give the number under which a version was printed; each language has its own."""
    job = 60000 + 2 * (meeting.number % 9999) + (language == "en")
    return f"GE.{meeting.day.year % 100:02d}-{job:05d}"


def cover(meeting: Meeting, language: str, symbol: str = "") -> list[str]:
    """Make the lines of a record's first page."""
    symbol = symbol or meeting.symbol
    job = f"{job_number(meeting, language)}  ({'C' if language == 'zh' else 'E'})"
    dots = " ................................ "
    if language == "zh":
        lines = [*_cover_zh(meeting, symbol), "", f"主席： 莉娜·奥尔韦斯女士{dots}(阿兰迪亚)"]
    elif meeting.day.year < FIRST_NEW:
        lines = [*_cover_old(meeting, symbol), "", f"President: Ms. Lena ORVESS{dots}(Arandia)"]
    else:
        lines = [*_cover_new(meeting, symbol), "", f"President: Ms. Lena Orvess{dots}(Arandia)"]
    return [*lines, "", job]


def _cover_zh(meeting: Meeting, symbol: str) -> list[str]:
    day = meeting.day
    return [
        symbol,
        "",
        "裁军谈判会议                                        Chinese",
        "",
        f"第{spell_chinese(meeting.number)}次全体会议最后记录",
        f"{day.year} 年 {day.month} 月 {day.day} 日星期{'一二三四五六日'[day.weekday()]}"
        "上午 10 时 05 分在日内瓦万国宫举行",
    ]


def _cover_new(meeting: Meeting, symbol: str) -> list[str]:
    return [
        symbol,
        "",
        "Conference on Disarmament                                        English",
        "",
        f"Final record of the {spell_ordinal(meeting.number)} plenary meeting",
        _held(meeting),
    ]


def _cover_old(meeting: Meeting, symbol: str) -> list[str]:
    title = f"FINAL RECORD OF THE {spell_ordinal(meeting.number).upper()} PLENARY MEETING"
    return [
        "CONFERENCE ON DISARMAMENT",
        symbol,
        f"{meeting.day.day} {meeting.day:%B %Y}",
        "",
        "ENGLISH",
        "",
        *wrap(title, "en"),
        "",
        _held(meeting),
    ]


def _held(meeting: Meeting) -> str:
    day = meeting.day
    return (
        "Held at the Palais des Nations, Geneva, on "
        f"{WEEKDAYS[day.weekday()]}, {day.day} {day:%B %Y}, at 10.05 a.m."
    )


# ------------------------------------------------------------------------------------------- pages


def pages_of(meeting: Meeting, language: str, *, silent: bool = False) -> list[list[str]]:
    """Lay out a record's pages; silent ones have neither cover nor running heads."""
    lines = []
    for paragraph in meeting.paragraphs(language):
        lines += [*wrap(("  " if language == "zh" else " ") + paragraph, language), ""]
    pages = [lines[start : start + LINES] for start in range(0, len(lines), LINES)]
    if silent:
        return pages
    job = job_number(meeting, language)
    headed = [
        [meeting.symbol, "", *page, "", f"{n} {job}" if n % 2 == 0 else f"{job} {n}"]
        for n, page in enumerate(pages, start=2)
    ]
    return [cover(meeting, language), *headed]


def wrap(text: str, language: str) -> list[str]:
    """Break text into lines: English after spaces and hyphens, Chinese as Chinese is printed."""
    find = _end_zh if language == "zh" else _end_en
    width, lines, start = WIDTHS[language], [], 0
    while len(text) - start > width:
        end = find(text, start, start + width)
        lines.append(text[start:end].rstrip())
        start = end
        while text[start : start + 1] == " ":
            start += 1
    return [*lines, text[start:]] if start < len(text) else lines


_NO_LINE_BEGINS = frozenset("，。、；：！？）》」』”’…·,.;:!?)]%—")
_NO_LINE_ENDS = frozenset("（《「『“‘([")


def _end_zh(text: str, start: int, end: int) -> int:
    """Find where a Chinese line ends: in no word of letters or digits, before no closing mark."""
    if _is_latin(text[end]) and _is_latin(text[end - 1]):
        place = end - 1
        while place > start + 8 and _is_latin(text[place - 1]):
            place -= 1
        end = place if place > start + 8 else end
    while text[end - 1] in _NO_LINE_ENDS:
        end -= 1
    while end < len(text) and text[end] in _NO_LINE_BEGINS:
        end += 1
    return end


def _is_latin(character: str) -> bool:
    return character.isascii() and character not in " ()"


def _end_en(text: str, start: int, end: int) -> int:
    """Find where an English line ends; a word longer than the line is not cut."""
    hyphen = text.rfind("-", start + 2, end) + 1
    if not (text[hyphen - 2].isalpha() and text[hyphen].isalpha()):
        hyphen = 0
    place = max(text.rfind(" ", start + 2, end + 1), hyphen)
    if place <= start + 2:
        place = text.find(" ", end)
    return place if place > 0 else len(text)


# ----------------------------------------------------------------------------------------- formats


def render(meeting: Meeting, language: str, kind: str, *, silent: bool = False) -> bytes:
    """Give a record's bytes in a format: txt, gb18030 (a TXT), docx or pdf."""
    if kind == "docx":
        return as_docx([*cover(meeting, language), *meeting.paragraphs(language)])
    pages = pages_of(meeting, language, silent=silent)
    if kind == "pdf":
        return as_pdf(pages, language)
    return as_text(pages, "gb18030" if kind == "gb18030" else "utf-8")


def as_text(pages: Sequence[Sequence[str]], encoding: str = "utf-8") -> bytes:
    """Write pages as a TXT, a form feed between them."""
    return "\f".join("".join(f"{line}\n" for line in page) for page in pages).encode(encoding)


def as_docx(paragraphs: Sequence[str]) -> bytes:
    """Write a Word file: a paragraph is a paragraph."""
    out = BytesIO()
    body = "".join(map(_word_paragraph, paragraphs))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as files:
        for name, content in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", _DOCUMENT.format(body=body)),
        ):
            # A fixed day, so that the same seed gives the same bytes.
            entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            files.writestr(entry, content)
    return out.getvalue()


def _word_paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_DOCUMENT = (
    f"{_HEAD}<w:document "
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body>{body}</w:body></w:document>"
)

# Fonts that every reader has (ISO 32000-1, 9.6.2.2 and 9.7.5.2), so none need be in the file.
_FONTS = {
    "en": "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    "zh": "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H "
    "/DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 "
    "/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 "
    "/FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 "
    "/StemV 80 >> >>] >>",
}


def as_pdf(pages: Sequence[Sequence[str]], language: str) -> bytes:
    """Write pages as a PDF with a text layer."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        _FONTS[language].encode(),
    ]
    for n, page in enumerate(pages):
        shown = zlib.compress(_page_content(page, language))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * n)
        )
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(shown), shown)
        )
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )


def _page_content(page: Sequence[str], language: str) -> bytes:
    encoding = "utf-16-be" if language == "zh" else "cp1252"
    return b"\n".join(
        b"BT /F 9 Tf 1 0 0 1 %d %d Tm <%s> Tj ET"
        % (
            60 + 9 * (len(line) - len(line.lstrip())),
            780 - 15 * row,
            line.strip().encode(encoding, "replace").hex().encode(),
        )
        for row, line in enumerate(page)
        if line.strip()
    )
