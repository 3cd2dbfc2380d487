"""Web pages and TEI: each block a line, nothing of what is not seen."""

from __future__ import annotations

import pytest

from corpora.errors import RecordError
from corpora.read.file import read_lines
from corpora.read.html import read_html, read_tei
from corpora.record import read_document

PROSE = (
    "The experts met in the spring of the year and again in the summer.",
    "They heard what States had to say, and put all of it in a paper.",
    "The paper is before you, and you will have time to look into it.",
    "We shall come back to it when all of you have read it with care.",
)
BODY = "".join(f"<p>{text}</p>" for text in PROSE)


def page(body, head=""):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def texts_of(data):
    return [line.text for line in read_html(data, "x.html")[0]]


def test_blocks_are_lines_and_what_is_within_them_is_not():
    body = (
        "<h1>Report of\n the <b>experts</b></h1>"
        "<div>Before <span>the</span> list<ul><li>One</li><li>Two <i>and</i> more</li></ul>after"
        "</div>"
        "<table><tr><td>cell</td><td><p>first</p><p>second</p></td></tr></table>tail" + BODY
    )
    assert texts_of(page(body)) == [
        *("Report of the experts", "Before the list", "One", "Two and more", "after"),
        *("cell", "first", "second", "tail", *PROSE),
    ]


def test_breaks_begin_a_line_without_a_gap():
    lines = read_html(page(f"<p>In favour:<br>China, France</p>{BODY}"), "x.html")[0]
    assert [(line.text, line.gap) for line in lines[:3]] == [
        ("In favour:", 0.0),
        ("China, France", 0.0),
        (PROSE[0], 1.0),
    ]


def test_what_is_not_seen_is_no_text():
    body = (
        "<script>var a;</script><style>p {}</style><!-- note --><nav>Menu</nav>"
        "<p style='display: none'>hidden</p><p hidden>hidden too</p>"
        "<span style='mso-hide:all'>and this</span><select><option>A</option></select>" + BODY
    )
    assert texts_of(page(body, "<title>A title</title>")) == list(PROSE)


def test_raised_figures_and_preformatted_lines():
    body = f"<p>a value of 10<sup>6</sup></p><pre>one\ntwo</pre>{BODY}"
    assert texts_of(page(body))[:3] == ["a value of 10⁶", "one", "two"]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5"])
def test_encodings(codec):
    text = "專家們在春天會晤，聽取各國的意見，並將全部內容寫入文件。" * 8
    if codec == "gb18030":
        text = "专家们在春天会晤，听取各国的意见，并将全部内容写入文件。" * 8
    data = page(f"<p>{text}</p>", f"<meta charset={codec}>").decode().encode(codec)
    assert texts_of(data) == [text]


def test_a_page_without_a_record_is_refused():
    with pytest.raises(RecordError, match=r"web page \(HTML\) without a record"):
        read_html(page("<p>The file that you want is <a href='x'>here</a>.</p>"), "x.html")
    with pytest.raises(RecordError, match="web page"):
        read_html(b"<html>", "x.html")


def test_a_record_as_a_page(tmp_path):
    path = tmp_path / "CD_PV.9001-E.html"
    path.write_bytes(page("<p>The President: I open the meeting.</p>" + BODY))
    document = read_document(path)
    assert [sentence.text for sentence in document.sentences[1:]] == list(PROSE)
    assert document.sentences[0].speaker.name == "The President"
    assert "web page" in document.notes[0]


def test_pages_that_nest_deeper_than_the_parser_goes_are_refused():
    """It would leave out what lies deeper without a word."""
    assert texts_of(page("<div>" * 100 + BODY))[-1] == PROSE[-1]
    with pytest.raises(RecordError, match="nests deeper"):
        read_html(page(BODY + "<div>" * 5_000 + BODY), "x.html")


TEI = (
    '<?xml version="1.0" encoding="UTF-8"?><TEI.2><teiHeader><fileDesc><publicationStmt>'
    "<idno>A/99/1</idno><date>20310603</date></publicationStmt></fileDesc></teiHeader><text><body>"
    '<p id="1"><s id="1:1" lang="en">{}</s><s id="1:2" lang="en">{}</s></p><p id="2"><s>{}</s></p>'
    "</body></text></TEI.2>"
)


def test_tei_has_a_line_for_each_paragraph_and_the_symbol_of_its_header(tmp_path):
    path = tmp_path / "en.xml"
    path.write_text(TEI.format(*PROSE), "utf-8")
    raw = read_lines(path)
    assert raw.kind == "tei"
    assert [line.text for line in raw.lines] == ["A/99/1", f"{PROSE[0]} {PROSE[1]}", PROSE[2]]
    assert raw.furniture == {1: "running header"}
    document = read_document(path)
    assert [sentence.text for sentence in document.sentences] == list(PROSE[:3])
    assert document.symbol == "A/99/1"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<TEI><text><p>broken", "damaged XML"),
        (b"<TEI><text> </text></TEI>", "without any text"),
        (b"<tmx/>", "other than TEI"),
        (b'<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///x">]><TEI><text>&x;</text></TEI>', "entities"),
    ],
)
def test_tei_that_cannot_be_read(data, says):
    with pytest.raises(RecordError, match=says):
        read_tei(data, "x.xml")


def test_a_chinese_page_says_as_much_in_a_third_of_the_letters():
    body = "".join(f"<p>第{n}条路上的所有车站都已经修好，可以使用。</p>" for n in range(4))
    assert len(texts_of(page(body))) == 4
    with pytest.raises(RecordError, match="without a record"):
        read_html(page("<p>您要找的文件在这里，请点击。</p>"), "x.html")


def test_deleted_text_is_left_out_and_told():
    lines, _, notes = read_html(
        page("<p>There are <del>five</del> <ins>six</ins>.</p>" + BODY), "x"
    )
    assert lines[0].text == "There are six."
    assert "deleted" in notes[-1]
    assert len(read_html(page(BODY), "x")[2]) == 1
