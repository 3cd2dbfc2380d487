"""Reading DOCX: files made with python-docx, and parts put into them by hand."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK

from corpora.errors import RecordError
from corpora.read.docx import read_docx
from corpora.read.file import read_lines

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def texts_of(data):
    return [line.text for line in read_docx(data, "x.docx")[0]]


def with_body(xml, parts=None):
    """A DOCX whose body is `xml`, with `parts` (name → content) added or replaced."""
    base = saved(docx.Document())
    return with_parts(base, {"word/document.xml": body_xml(xml), **(parts or {})})


def body_xml(xml):
    return f'<?xml version="1.0"?><w:document {W}><w:body>{xml}</w:body></w:document>'


def with_parts(data, parts):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def p(*runs):
    return f"<w:p>{''.join(runs)}</w:p>"


def r(inner):
    return f"<w:r>{inner}</w:r>"


def t(text):
    return r(f'<w:t xml:space="preserve">{text}</w:t>')


def test_paragraphs_and_line_breaks():
    document = docx.Document()
    document.add_paragraph("主席(以英语发言)：我宣布会议开始。")
    document.add_paragraph("")
    two = document.add_paragraph("赞成：")
    two.add_run().add_break(WD_BREAK.LINE)
    two.add_run("中国、法国")
    document.add_paragraph("\tset in, with a tab  and spaces ")
    lines, furniture, notes = read_docx(saved(document), "x.docx")
    assert [(line.text, line.number, line.gap, line.page) for line in lines] == [
        ("主席(以英语发言)：我宣布会议开始。", 1, 0, 0),
        ("赞成：", 2, 1, 0),
        ("中国、法国", 3, 0, 0),
        ("set in, with a tab and spaces", 4, 1, 0),
    ]
    assert lines[3].indent > 0
    assert not furniture
    assert notes == ()


def test_tables_stand_where_they_are_row_by_row():
    document = docx.Document()
    document.add_paragraph("before")
    table = document.add_table(2, 2)
    for n, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {n}"
    table.cell(1, 0).add_paragraph("second paragraph of cell 2")
    inner = table.cell(1, 1).add_table(1, 1)
    inner.cell(0, 0).text = "inner"
    document.add_paragraph("after")
    assert texts_of(saved(document)) == [
        *("before", "cell 0", "cell 1", "cell 2", "second paragraph of cell 2", "cell 3"),
        *("inner", "after"),
    ]


def test_merged_cells_come_once():
    document = docx.Document()
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "over three columns"
    table.cell(1, 0).text = "below"
    assert texts_of(saved(document)) == ["over three columns", "below"]


def test_headers_and_footers_are_marked_and_come_once():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "CD/PV.1579"
    document.sections[0].footer.paragraphs[0].text = "GE.21-16521"
    document.add_paragraph("text of section one")
    second = document.add_section()
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "CD/PV.1579"
    document.add_paragraph("text of section two")
    lines, furniture, _ = read_docx(saved(document), "x.docx")
    assert [(line.text, furniture.get(line.number)) for line in lines] == [
        ("CD/PV.1579", "running header"),
        ("text of section one", None),
        ("text of section two", None),
        ("GE.21-16521", "running footer"),
    ]


def test_tracked_changes_are_read_as_accepted_and_told():
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>old </w:delText><w:br/></w:r></w:del>'
    inserted = f'<w:ins w:id="2" w:author="a">{t("new ")}</w:ins>'
    moved = f'<w:moveFrom w:id="3" w:author="a">{t("gone ")}</w:moveFrom>'
    lines, _, notes = read_docx(
        with_body(p(t("The "), deleted, inserted, moved, t("text."))), "x.docx"
    )
    assert [line.text for line in lines] == ["The new text."]
    assert len(notes) == 1
    assert "tracked changes" in notes[0]


def test_characters_that_are_elements():
    xml = p(
        t("Secretary"),
        r("<w:noBreakHyphen/>"),
        t("General dis"),
        r("<w:softHyphen/>"),
        t("arma\u00adment of\u00a0"),
        r("<w:cr/>"),
        t("the"),
        r("<w:tab/>"),
        t("North"),
        r('<w:sym w:font="Symbol" w:char="F0B7"/>'),
        r('<w:sym w:font="Times" w:char="2014"/>'),
    )
    assert texts_of(with_body(xml)) == ["Secretary-General disarmament of the North•—"]


def test_results_of_fields_are_text_and_their_codes_are_not():
    xml = p(
        t("see page "),
        r('<w:fldChar w:fldCharType="begin"/>'),
        r("<w:instrText>PAGEREF _Ref1</w:instrText>"),
        r('<w:fldChar w:fldCharType="separate"/>'),
        t("12"),
        r('<w:fldChar w:fldCharType="end"/>'),
        f'<w:fldSimple w:instr="DATE">{t(", of 2021")}</w:fldSimple>',
        f'<w:hyperlink r:id="x" xmlns:r="r">{t(" (link)")}</w:hyperlink>',
    )
    assert texts_of(with_body(xml)) == ["see page 12, of 2021 (link)"]


def test_hidden_text_is_left_out():
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> seen</w:t></w:r>'
    lines, furniture, _ = read_docx(with_body(p(t("All"), hidden, shown)), "x.docx")
    assert [line.text for line in lines] == ["All seen", "unseen"]
    assert furniture == {2: "hidden text"}


def test_content_controls_are_text():
    xml = f"<w:sdt><w:sdtContent>{p(t('in a control'))}</w:sdtContent></w:sdt>"
    assert texts_of(with_body(xml + p(t("after")))) == ["in a control", "after"]


def test_reading_aids_above_characters_are_left_out():
    ruby = f"<w:ruby><w:rt>{t('cai2')}</w:rt><w:rubyBase>{t('裁')}</w:rubyBase></w:ruby>"
    assert texts_of(with_body(p(r(ruby), t("军")))) == ["裁军"]


def test_text_boxes_come_once_before_their_paragraph():
    box = f"<w:txbxContent>{p(t('in the box'))}{p(t('and more'))}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    drawing = (
        f"<mc:AlternateContent {mc}><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict><w:t>!</w:t></mc:Fallback></mc:AlternateContent>"
    )
    xml = p(t("first")) + p(t("an"), r(drawing), t("chor")) + p(t("last"))
    assert texts_of(with_body(xml)) == ["first", "in the box", "and more", "anchor", "last"]


def test_notes_come_after_the_text_in_the_order_of_their_marks():
    xml = p(
        t("Agency"),
        r('<w:footnoteReference w:id="5"/>'),
        t(" and Council"),
        r('<w:footnoteReference w:id="2"/>'),
        t(", end"),
        r('<w:endnoteReference w:id="1"/>'),
    )
    footnotes = (
        f"<w:footnotes {W}>"
        f'<w:footnote w:type="separator" w:id="-1">{p(t("----"))}</w:footnote>'
        f'<w:footnote w:id="2">{p(r("<w:footnoteRef/>"), t(" See CD/2."))}</w:footnote>'
        f'<w:footnote w:id="5">{p(t(" See CD/1."))}{p(t("And more."))}</w:footnote></w:footnotes>'
    )
    endnotes = f'<w:endnotes {W}><w:endnote w:id="1">{p(t("The end."))}</w:endnote></w:endnotes>'
    data = with_body(xml, {"word/footnotes.xml": footnotes, "word/endnotes.xml": endnotes})
    assert texts_of(data) == [
        "Agency¹ and Council², end³",
        "¹ See CD/1.",
        "And more.",
        "² See CD/2.",
        "³ The end.",
    ]


def test_strict_documents_read_alike():
    xml = body_xml(p(t("strict"))).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert texts_of(with_parts(saved(docx.Document()), {"word/document.xml": xml})) == ["strict"]


def test_every_text_of_python_docx_comes_out(tmp_path):
    """python-docx's own reading of paragraphs is the oracle."""
    document = docx.Document()
    for n in range(40):
        paragraph = document.add_paragraph(f"Paragraph {n} ")
        paragraph.add_run("in bold, ").bold = True
        paragraph.add_run("and then plain.")
    path = tmp_path / "x.docx"
    document.save(path)
    raw = read_lines(path)
    assert raw.kind == "docx"
    assert raw.encoding == ""
    assert [line.text for line in raw.lines] == [
        paragraph.text for paragraph in docx.Document(path).paragraphs
    ]


# ----------------------------------------------------------------------------- what cannot be read


def refused(data):
    with pytest.raises(RecordError) as caught:
        read_docx(data, "x.docx")
    message = str(caught.value)
    assert message.startswith("x.docx ")
    assert "\n" not in message
    return message


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"record.txt": "text"}, "ZIP archive, not a Word file: unpack"),
        ({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}, "Excel"),
        ({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"}, "slides"),
        ({"mimetype": "application/vnd.oasis", "content.xml": "<x/>"}, "OpenDocument"),
        ({"[Content_Types].xml": "<x/>", "word/document.xml": "<w:docu"}, "damaged"),
    ],
)
def test_other_archives(parts, says):
    assert says in refused(zipped(**parts))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_cut_off(share):
    document = docx.Document()
    document.add_paragraph("A record")
    data = saved(document)
    assert "damaged or cut-off" in refused(data[: int(share * len(data))])


def test_a_broken_part():
    data = bytearray(zipped(**{"[Content_Types].xml": "<x/>", "word/document.xml": "text " * 999}))
    place = data.index(b"word/document.xml") + 25
    data[place : place + 8] = b"\xff" * 8
    assert "damaged" in refused(bytes(data))


def test_without_text():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "CD/PV.1579"
    assert "without any text" in refused(saved(document))


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))


@pytest.mark.parametrize(
    "doctype",
    [
        f"<!DOCTYPE d [{LAUGHS}]>",
        '<!DOCTYPE d [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY l9 "x">]>',
    ],
)
def test_entities_are_never_resolved(doctype):
    xml = body_xml(p(t("&l9;"))).replace('<?xml version="1.0"?>', f'<?xml version="1.0"?>{doctype}')
    data = with_parts(saved(docx.Document()), {"word/document.xml": xml})
    assert "entities" in refused(data)


def test_entities_are_not_resolved_either_where_their_declaration_is_hidden():
    """In UTF-16 the check of the bytes finds no declaration: the parser's settings must hold."""
    xml = f'<!DOCTYPE d [<!ENTITY x "resolved">]>{body_xml(p(t("a&x;b")))[21:]}'
    data = with_parts(
        saved(docx.Document()),
        {"word/document.xml": f'<?xml version="1.0" encoding="utf-16"?>{xml}'.encode("utf-16")},
    )
    try:
        texts = texts_of(data)
    except RecordError:
        return
    assert not any("resolved" in text for text in texts)


def test_archive_bombs_are_refused(monkeypatch):
    monkeypatch.setattr("corpora.read.docx_package.MOST_UNPACKED", 10_000)
    data = zipped(**{"[Content_Types].xml": "<x/>", "word/document.xml": " " * 20_000})
    assert "far more than any record" in refused(data)


def test_locked_files_are_ole_and_told_as_such(tmp_path):
    path = tmp_path / "x.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(RecordError, match=re.escape("x.docx is a Word file with a password")):
        read_lines(path)


def test_text_that_merely_begins_like_an_archive(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("PK is how an archive begins, and this is text of a record.")
    assert read_lines(path).kind == "txt"


def test_paragraphs_of_the_body_stay_outside_the_notes():
    note = p(t("Body."), r('<w:footnoteReference w:id="9"/>'))
    assert texts_of(with_body(note)) == ["Body.¹"]
