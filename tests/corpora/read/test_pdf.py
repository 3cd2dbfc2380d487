"""Reading PDFs: order, spaces, indents, gaps; and the PDFs that cannot be read."""

from __future__ import annotations

import collections
import importlib.util
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpora.errors import RecordError
from corpora.read import pdf
from corpora.read.file import read_lines
from corpora.read.page.glyphs import Glyph
from corpora.read.pdf import read_pdf
from corpora.read.pdf_layout import lay_out

if TYPE_CHECKING:
    from types import ModuleType


def _load_maker() -> ModuleType:
    """The writer beside this file: tests are no package, so it is loaded by its place."""
    spec = importlib.util.spec_from_file_location(
        "making_pdf", Path(__file__).parent.with_name("making_pdf.py")
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["making_pdf"] = module
    spec.loader.exec_module(module)
    return module


maker = _load_maker()
Put, make_pdf = maker.Put, maker.make_pdf

LEADING = 12.0


def block(x, y, texts, size=10.0):
    """Lines of text below each other; two spaces at the head are an indent of 2 em."""
    return [
        Put(
            x + (2 * size if text.startswith("  ") else 0), y - LEADING * n, text.strip(), size=size
        )
        for n, text in enumerate(texts)
        if text
    ]


def texts_of(data):
    lines, _, _ = read_pdf(data, "x.pdf")
    return [line.text for line in lines]


LEFT = [
    "  The meeting of the first column",
    "begins with a paragraph of three",
    "lines that fill it nearly wholly.",
    "  The second paragraph begins here,",
    "and it too runs on over the lines",
    "of the left column to its last one",
    "without any word of the right one,",
    "so that its sentence ends only in",
]
RIGHT = [
    "the other column, at its very head.",
    "  A new paragraph stands below that",
    "and runs over three of the lines of",
    "the column to the right of the two.",
    "  The last one of the page is short",
    "but not so short that a column is",
    "no longer one, which needs its six",
    "or more lines of nearly full width.",
]


def two_columns(*, spread=0.0):
    """A page whose content runs across the columns line by line, which must not be read so."""
    left, right = block(60, 640, LEFT), block(320, 640 - spread, RIGHT)
    body = [put for pair in zip(left, right, strict=True) for put in pair]
    return [Put(60, 720, "S/PV.4507"), *body, Put(60, 500, "2"), Put(470, 500, "02-31542")]


@pytest.mark.parametrize("spread", [0.0, 3.0, 6.0])
def test_left_column_is_read_before_the_right_one(spread):
    texts = texts_of(make_pdf([two_columns(spread=spread)]))
    plain = [text.strip() for text in [*LEFT, *RIGHT]]
    assert texts == ["S/PV.4507", *plain, "2 02-31542"]


def test_columns_half_a_line_apart_keep_their_first_lines():
    """Where base lines of two columns alternate, half a line is no distance of a header."""
    left = ["it is here that the left one", "begins and goes on.", *LEFT]
    right = ["the right one has its own start", "beside it.", *RIGHT]
    puts = [Put(60, 760, "CD/PV.9901"), *block(60, 730, left[:2]), *block(60, 700, left[2:])]
    puts += [*block(330, 730, right), Put(60, 60, "6")]
    texts = texts_of(make_pdf([puts]))
    assert texts.index("begins and goes on.") == 2
    assert texts.index(right[0]) == len(left) + 1


def test_a_line_across_the_columns_parts_them():
    title = Put(60, 655, "A title over both of the columns, as wide as they are together")
    upper = [Put(60, 720, "S/PV.1"), title, *two_columns()[1:-2]]
    lower_title = Put(60, 535, "Another title that runs over both of the columns of the page")
    page = [*upper, lower_title, *block(60, 515, LEFT), *block(320, 515, RIGHT)]
    texts = texts_of(make_pdf([page]))
    plain = [text.strip() for text in [*LEFT, *RIGHT]]
    assert texts == ["S/PV.1", title.text, *plain, lower_title.text, *plain]


def test_a_list_with_dot_leaders_is_read_across():
    names = ["Algeria", "China", "Denmark", "France", "Greece", "Guyana", "Pakistan", "Panama"]
    page = []
    for n, name in enumerate(names):
        page += [
            Put(60, 700 - 14 * n, f"{name} {'. ' * 12}"),
            Put(330, 700 - 14 * n, f"Mr. {name}-Smith"),
        ]
    texts = texts_of(make_pdf([page]))
    assert [text.split()[0] for text in texts] == names
    assert all(text.endswith("-Smith") for text in texts)


def test_one_column_with_a_river_of_spaces_stays_one():
    rows = [
        f"{'these words  ' * (2 + n % 3)} stand  here {'and go  on ' * (2 - n % 3)} behind  it"
        for n in range(24)
    ]
    texts = texts_of(make_pdf([block(60, 700, rows)]))
    assert texts == [" ".join(row.split()) for row in rows]


def test_indents_and_gaps_are_measured_against_the_column():
    page = block(
        100,
        700,
        [
            "  First paragraph, with the first line set in",
            "and a second line that runs to the margin of it",
            "",
            "  Second paragraph, after an empty line, also",
            "with a line that goes on, and a last word to say",
        ],
    )
    lines, _, _ = read_pdf(make_pdf([page]), "x.pdf")
    assert [round(line.indent) for line in lines] == [2, 0, 2, 0]
    assert [round(line.gap, 1) for line in lines] == [0.0, 0.0, 1.0, 0.0]


def test_margin_is_that_of_the_document_where_a_page_has_only_first_lines():
    head = Put(40, 760, "CD/PV.1579")
    first = block(100, 700, ["  A paragraph begins here and runs on", "to its second line."] * 5)
    second = block(100, 700, ["  Thank you, Mr. President, very much.", "  I thank you too, Sir."])
    third = block(100, 700, ["  A third page has no line at all", "  that stands at its margin."])
    pages = [[head, *page] for page in (first, second, third, first, second)]
    pages[0].insert(5, Put(70, 640, "*"))  # a mark in the margin is not the margin
    lines, _, _ = read_pdf(make_pdf(pages), "x.pdf")
    assert {round(line.indent) for line in lines if line.text == head.text} == {0}
    body = [line for line in lines if line.text not in (head.text, "*")]
    assert {round(line.indent) for line in body if line.page in (2, 3, 5)} == {2}
    assert {round(line.indent) for line in body if line.page in (1, 4)} == {0, 2}


def test_pages_are_counted_and_the_first_line_of_each_has_no_gap():
    lines, _, notes = read_pdf(
        make_pdf([block(60, 700, ["one page of it"]), [], block(60, 400, ["and a third one"])]),
        "x.pdf",
    )
    assert [(line.page, line.number, line.gap) for line in lines] == [(1, 1, 0.0), (3, 2, 0.0)]
    assert notes == ("Page 2 has no text (a picture or an empty page).",)


def test_raised_figures_are_kept_apart_from_the_word():
    page = [
        *block(60, 700, ["Having received the report of the Agency for 2014,"]),
        Put(60 + 50 * 6, 704, "12", size=6),
        *block(60, 688, ["and having taken note of the statement in that year"]),
    ]
    assert texts_of(make_pdf([page]))[0].endswith("for 2014,¹²")


def test_footnotes_come_after_the_text_that_they_would_cut():
    page = [
        *block(60, 700, ["A sentence that goes on over the page's end to", "the next one, for"]),
        Put(60, 110, "1", size=5.5),
        Put(66, 106, "See document CD/1639, and what follows", size=8),
        Put(60, 96, "on the second line of the note.", size=8),
        Put(60, 60, "GE.21-16521"),
    ]
    after = block(60, 700, ["which it was written in the first place, as is usual."] * 3)
    lines, furniture, _ = read_pdf(make_pdf([page, after]), "x.pdf")
    texts = [line.text for line in lines]
    assert texts[1:4] == ["the next one, for", "GE.21-16521", after[0].text]
    assert texts[-2:] == [
        "¹ See document CD/1639, and what follows",
        "on the second line of the note.",
    ]
    assert [line.page for line in lines][-2:] == [1, 1]
    assert not furniture


def test_small_print_without_a_mark_stays_where_it_is():
    page = [
        *block(60, 700, ["The text of the record, in the size that it is printed in,"] * 4),
        Put(60, 100, "This record contains the text of speeches delivered in", size=8),
    ]
    after = block(60, 700, ["and the text of the next page in the same size as before."] * 4)
    assert texts_of(make_pdf([page, after]))[4].startswith("This record contains")


def test_turned_text_is_told_to_be_in_the_margin():
    page = [
        Put(30, 300, "Printed at United Nations, Geneva", turn=1),
        *block(60, 700, ["The text of the page runs from left to right as usual."] * 4),
    ]
    lines, furniture, _ = read_pdf(make_pdf([page]), "x.pdf")
    assert lines[-1].text == "Printed at United Nations, Geneva"
    assert furniture == {5: "margin text"}


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_page_whose_whole_text_is_turned_reads_as_any(turn):
    rows = ["The first line of a wide table", "and the second line, below it"]
    where = {1: lambda n: (100 + 12 * n, 80), 2: lambda n: (500, 300 + 12 * n)}.get(
        turn, lambda n: (500 - 12 * n, 700)
    )
    page = [Put(*where(n), text, turn=turn) for n, text in enumerate(rows)]
    lines, furniture, _ = read_pdf(make_pdf([page]), "x.pdf")
    assert [line.text for line in lines] == rows
    assert not furniture
    with_margin = [Put(30, 30, "upright", turn=0), *page]
    lines, furniture, _ = read_pdf(make_pdf([with_margin]), "x.pdf")
    assert [line.text for line in lines] == [*rows, "upright"]
    assert furniture == {3: "margin text"}


def test_bold_by_overprinting_counts_once():
    page = [
        *block(60, 700, ["Universal Declaration, all of it"]),
        *block(60.3, 700, ["Universal Declaration, all of it"]),
    ]
    assert texts_of(make_pdf([page])) == ["Universal Declaration, all of it"]


def test_hyphens_at_line_ends_stay():
    rows = ["the staff members of non-", "governmental organizations,"]
    assert texts_of(make_pdf([block(60, 700, rows)])) == rows


# ------------------------------------------------------------------- layout, from characters alone


def glyphs(text, x=0.0, y=700.0, size=10.0, width=1.0, step=None, start=0):
    """Characters of `width` em set `step` em apart."""
    step = width if step is None else step
    return [
        Glyph(ch, x + n * step * size, x + (n * step + width) * size, y, size, order=start + n)
        for n, ch in enumerate(text)
    ]


def test_chinese_set_close_gets_no_space_and_stretched_does():
    close, stretched = glyphs("裁军谈判会议"), glyphs("裁军谈判会议", y=680, step=1.28, start=20)
    lines, _ = lay_out([[*close, *stretched]])
    assert [line.text for line in lines] == ["裁军谈判会议", "裁 军 谈 判 会 议"]


def test_soft_hyphen_stays_at_a_line_end_only():
    lines, _ = lay_out([glyphs("disar\u00adma\u00ad", width=0.6)])
    assert lines[0].text == "disarma\u00ad"


def test_letters_of_one_ligature_share_a_box_and_both_come_out():
    boxes = [("o", 0, 5), ("f", 5, 11), ("f", 5, 11), ("e", 11, 16), ("r", 16, 20)]
    page = [Glyph(ch, a, b, 700, 10, order=n) for n, (ch, a, b) in enumerate(boxes)]
    assert lay_out([page])[0][0].text == "offer"


def test_paragraphs_told_by_short_lines_alone_get_a_gap():
    rows = [
        "鉴于对人类家庭所有成员的固有尊严及其平等的权利",
        "的承认，",
        "鉴于对人权的无视和侮蔑已发展为野蛮暴行，这些暴",
        "行玷污了人类的良心，",
        "鉴于为使人类不致迫不得已铤而走险对暴政和压迫进",
        "行反叛，",
    ]
    page = [g for n, row in enumerate(rows) for g in glyphs(row, y=700 - 15 * n, start=100 * n)]
    assert [line.gap for line in lay_out([page])[0]] == [0, 0, 0.5, 0, 0.5, 0]


def test_a_table_wider_than_the_text_gives_no_breaks_within_it():
    """Full lines of text are no short ones because the rows of a table run further."""
    sentence = [
        "roads, wells and pumps in the north,",
        "the schools of the river and all the",
        "tents of the border, the stores here,",
        "which were all kept in good repair.  ",
    ]
    rows = [Put(60, 700 - LEADING * n, f"Item {n} of the plan") for n in range(6)]
    rows += [Put(380, 700 - LEADING * n, f"{900 + n}.5") for n in range(6)]
    texts = [("  " if n % 4 == 0 else "") + sentence[n % 4] for n in range(36)]
    lines = read_pdf(make_pdf([[*rows, *block(60, 600, texts)]]), "x.pdf")[0]
    ends = [before for before, after in pairwise(lines) if after.gap > 0.3]
    assert not [line.text for line in ends if line.text.endswith(",")]


def test_short_lines_get_no_gap_where_paragraphs_have_one():
    paragraph = [
        "The Council was told of the results of the elections that were held in the country on",
        "6 February, by the President, Mr. Prével,",
        "and it took note of them at once.",
    ]
    page, y = [], 700.0
    for n in range(40):
        for m, row in enumerate(paragraph if n in (0, 9) else [paragraph[0], paragraph[2]]):
            page += glyphs(row, y=y, width=0.5, start=1000 * n + 200 * m)
            y -= 12
        y -= 12
    gaps = [line.gap for line in lay_out([page])[0]]
    assert gaps[:3] == [0, 0, 0]
    assert sorted(set(gaps)) == [0, 1]


# ----------------------------------------------------------------------------- what cannot be read


def test_scanned():
    with pytest.raises(RecordError, match=r"x\.pdf has no text layer.*OCR"):
        read_pdf(make_pdf([[], []]), "x.pdf")


def test_scanned_with_a_stamp_on_each_page():
    with pytest.raises(RecordError, match="OCR"):
        read_pdf(make_pdf([[Put(500, 40, "1")], [Put(500, 40, "2")]]), "x.pdf")


def test_locked():
    data = make_pdf([block(60, 700, ["Some text that nobody may read"])], password="secret")
    with pytest.raises(RecordError, match=r"x\.pdf is locked with a password"):
        read_pdf(data, "x.pdf")


def test_lock_without_a_password_opens():
    data = make_pdf([block(60, 700, ["Some text that all may read"])], password="")
    assert texts_of(data) == ["Some text that all may read"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.98])
def test_cut_off(share):
    data = make_pdf([two_columns()])
    with pytest.raises(RecordError, match=r"x\.pdf is cut off.*download"):
        read_pdf(data[: int(share * len(data))], "x.pdf")


def test_damaged():
    with pytest.raises(RecordError, match=r"x\.pdf is a damaged PDF"):
        read_pdf(b"%PDF-1.4\n" + bytes(range(256)) * 40 + b"\n%%EOF\n", "x.pdf")


# ---------------------------------------------------------------------------------- real records


def test_two_columns_of_a_real_record(shared):
    raw = read_lines(shared / "records" / "pdf" / "S_PV.4507-EN.pdf")
    text = " ".join(line.text for line in raw.lines if line.page == 2)
    assert text.startswith("S/PV.4507 The meeting was called to order at 11.50 a.m.")
    assert "we have put an end to major famines like the one" in text  # from column to column
    assert text.endswith("possible refugee flows. 2")


def test_every_word_of_pdfium_comes_out_once(shared):
    """Pdfium's own text of the same file is the oracle for spaces between words."""
    import pypdfium2

    path = shared / "records" / "pdf" / "S_1996_112-EN.pdf"
    # As pdfium does, a word goes on after a hyphen at a line's end.
    joined = "".join(
        line.text + ("" if line.text.endswith("-") else " ") for line in read_lines(path).lines
    )
    ours = collections.Counter(joined.split())
    document = pypdfium2.PdfDocument(path)
    theirs = collections.Counter(
        word
        for page in document
        for word in page.get_textpage().get_text_range().replace("\ufffe", "-").split()
    )
    document.close()
    assert sum(theirs.values()) > 5000
    assert sum(((ours - theirs) + (theirs - ours)).values()) <= 6  # lines that end with a dash


def test_letter_spaced_chinese_pdf(shared):
    raw = read_lines(shared / "records" / "pdf" / "UDHR_chinese.pdf")
    texts = [line.text for line in raw.lines]
    assert texts[0] == "世界人权宣言"
    assert "人 人 在 任 何 地 方 有 权 被 承 认 在 法 律 前 的 人 格。" in texts
    assert raw.kind == "pdf"
    assert raw.encoding == ""


def test_more_than_any_record_is_refused(monkeypatch):
    data = make_pdf([[Put(72, 700, "The text of a page.")]] * 3)
    monkeypatch.setattr(pdf, "MOST_CHARACTERS", 40)
    with pytest.raises(RecordError, match="more characters than any record"):
        read_pdf(data, "x.pdf")
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    with pytest.raises(RecordError, match="has 3 pages, more than any record"):
        read_pdf(data, "x.pdf")
