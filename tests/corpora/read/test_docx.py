"""Reading DOCX: what Word shows comes out, in the order of the document."""

from __future__ import annotations

import docx
import pytest
from docx.enum.text import WD_BREAK

from corpora.read.docx import read_docx
from corpora.read.file import read_lines
from tests.corpora.making_docx import (
    OFFICE,
    RELATIONS,
    W,
    kept_of,
    notes_of,
    p,
    r,
    relation,
    saved,
    t,
    texts_of,
    with_body,
)


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


def test_paragraphs_of_the_body_stay_outside_the_notes():
    note = p(t("Body."), r('<w:footnoteReference w:id="9"/>'))
    assert texts_of(with_body(note)) == ["Body.¹"]


BREAK = r("<w:br/>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("专家组的结论和/建议由报告员/提交大会。", "专家组的结论和建议由报告员提交大会。"),
        ("The findings went to/States by way of/us.", "The findings went to States by way of us."),
        ("The first day ended./The second began.", "The first day ended./The second began."),
        ("The experts shall:/(a) Meet;/(b) Report.", "The experts shall:/(a) Meet;/(b) Report."),
        ("Panel of Experts/Fourth session", "Panel of Experts/Fourth session"),
        ("Findings of the Panel/on its work", "Findings of the Panel on its work"),
        ("主席：谢谢。/秘书：请坐。", "主席：谢谢。/秘书：请坐。"),
        ("A line//Another one.", "A line Another one."),
    ],
)
def test_a_line_break_in_mid_sentence_is_a_space(text, expected):
    xml = p(BREAK.join(map(t, text.split("/"))))
    assert texts_of(with_body(xml)) == expected.split("/")


def test_a_page_break_joins_only_what_shows_that_it_goes_on():
    page = r('<w:br w:type="page"/>')
    assert texts_of(with_body(p(t("Contents"), page, t("The panel met.")))) == [
        "Contents",
        "The panel met.",
    ]
    assert texts_of(with_body(p(t("The panel"), page, t("met.")))) == ["The panel met."]


@pytest.mark.parametrize("mark", ["del", "moveFrom", "vanish"])
def test_a_paragraph_whose_mark_is_gone_goes_on_in_the_next(mark):
    gone = f"<w:pPr><w:rPr><w:{mark}/></w:rPr></w:pPr>"
    xml = p(gone, t("The experts ")) + p(t("agree.")) + p(t("They will meet again."))
    assert kept_of(with_body(xml)) == ["The experts agree.", "They will meet again."]


def test_a_paragraph_without_its_mark_does_not_go_on_into_a_table():
    gone = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    table = f"<w:tbl><w:tr><w:tc>{p(t('cell'))}</w:tc></w:tr></w:tbl>"
    assert texts_of(with_body(p(gone, t("Before")) + table + p(t("after")))) == [
        *("Before", "cell", "after")
    ]


def test_deleted_rows_are_left_out():
    rows = "".join(
        f"<w:tr>{properties}<w:tc>{p(t(text))}</w:tc></w:tr>"
        for properties, text in (("", "kept"), ("<w:trPr><w:del/></w:trPr>", "gone"))
    )
    data = with_body(f"<w:tbl>{rows}</w:tbl>")
    assert texts_of(data) == ["kept"]
    assert "tracked changes" in notes_of(data)[0]


def test_raised_figures_stay_raised():
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>8</w:t></w:r>'
    assert texts_of(with_body(p(t("some 10"), raised, t(" grams")))) == ["some 10⁸ grams"]


def test_characters_of_symbol_fonts_come_out_as_what_they_show():
    degrees = r('<w:sym w:font="Symbol" w:char="F0B0"/>')
    arrow = r('<w:sym w:font="Wingdings" w:char="F0E0"/>')
    greek = '<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>\uf06d</w:t></w:r>'
    assert texts_of(with_body(p(t("45"), degrees, arrow, greek, t("m")))) == ["45°→μm"]


def test_a_character_of_an_unknown_font_is_noted():
    data = with_body(p(t("a"), r('<w:sym w:font="Webdings" w:char="F021"/>'), t("b")))
    assert texts_of(data) == ["ab"]
    assert notes_of(data) == (
        "Not read, so its text is missing here: a character of the font Webdings.",
    )


def mark(kind):
    return r(f'<w:fldChar w:fldCharType="{kind}"/>')


def code(text):
    return r(f"<w:instrText>{text}</w:instrText>")


def test_a_field_within_the_code_of_a_field_is_code():
    inner = [mark("begin"), code("PROP"), mark("separate"), t("INNER"), mark("end")]
    xml = p(
        t("Symbol "),
        *(mark("begin"), code("IF "), *inner, code(' = "X"'), mark("separate"), t("CD/2100")),
        *(mark("end"), t(".")),
    )
    assert texts_of(with_body(xml)) == ["Symbol CD/2100."]


def test_a_field_over_paragraphs_and_one_without_an_end():
    xml = (
        p(mark("begin"), code("TOC"), mark("separate"), t("One"))
        + p(t("Two"), mark("end"))
        + p(t("Three "), mark("begin"), code("REF"), t("four"))
        + p(t("Five"))
    )
    assert texts_of(with_body(xml)) == ["One", "Two", "Three four", "Five"]


def test_prompts_of_content_controls_are_marked():
    control = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{t('Choose a date.')}</w:sdtContent></w:sdt>"
    )
    lines, furniture, _ = read_docx(with_body(p(t("Date: "), control)), "x.docx")
    assert [line.text for line in lines] == ["Date:", "Choose a date."]
    assert furniture == {2: "form prompt"}


def test_a_positional_tab_is_a_tab():
    assert texts_of(with_body(p(t("Annex I"), r("<w:ptab/>"), t("Terms")))) == ["Annex I Terms"]


def test_a_line_feed_in_a_text_is_a_space():
    assert texts_of(with_body(p(t("one\ntwo")))) == ["one two"]


def test_a_note_with_a_mark_of_its_own_keeps_it():
    call = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>**</w:t></w:r>'
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="3">{p(t("** Reissued."))}</w:footnote>'
        f'<w:footnote w:id="4">{p(t(" See below."))}</w:footnote></w:footnotes>'
    )
    xml = p(t("Findings"), call, t(" and more"), r('<w:footnoteReference w:id="4"/>'))
    data = with_body(xml, {"word/footnotes.xml": notes})
    assert texts_of(data) == ["Findings** and more¹", "** Reissued.", "¹ See below."]


def with_chunk(name, content):
    relations = RELATIONS.format(relation("aFChunk", "c1", name))
    xml = p(t("before")) + f'<w:altChunk r:id="c1" xmlns:r="{OFFICE}"/>' + p(t("after"))
    parts = {f"word/{name}": content, "word/_rels/document.xml.rels": relations}
    return with_body(xml, parts)


def test_files_taken_in_are_read_in_their_place():
    prose = "The experts met in two rooms and agreed on a text that all of them can support. " * 4
    assert texts_of(with_chunk("a.docx", with_body(p(t("inner"))))) == ["before", "inner", "after"]
    page = f"<html><body><p>{prose}</p></body></html>"
    assert texts_of(with_chunk("a.htm", page)) == ["before", prose.strip(), "after"]
    assert texts_of(with_chunk("a.txt", "plain")) == ["before", "plain", "after"]


def test_a_file_taken_in_that_cannot_be_read_is_noted():
    data = with_chunk("a.rtf", r"{\rtf1 text}")
    assert texts_of(data) == ["before", "after"]
    assert "a file taken in (a.rtf)" in notes_of(data)[0]


def test_charts_and_objects_are_noted():
    a = "http://schemas.openxmlformats.org/drawingml/2006"
    chart = f'<w:drawing><a:graphicData xmlns:a="{a}/main" uri="{a}/chart"/></w:drawing>'
    data = with_body(p(t("See "), r(chart), r(chart), r("<w:object/>")))
    assert notes_of(data) == (
        "Not read, so its text is missing here: a chart (2 times), an object.",
    )


def test_boxes_within_boxes_are_read_once_and_at_once():
    """Each level was once read twice: forty of them never ended."""
    xml = p(t("innermost"))
    for level in range(40):
        xml = p(t(f"level {level}"), r(f"<w:txbxContent>{xml}</w:txbxContent>"))
    texts = texts_of(with_body(xml))
    assert texts == ["innermost", *(f"level {level}" for level in range(40))]


def test_figures_of_a_table_are_marked():
    cells = "".join(f"<w:tc>{p(t(text))}</w:tc>" for text in ("差旅", "12", "–", "120.5"))
    lines, furniture, _ = read_docx(
        with_body(p(t("12")) + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"), "x.docx"
    )
    assert [line.text for line in lines if line.number not in furniture] == ["12", "差旅"]
    assert set(furniture.values()) == {"figures in a table"}


def test_comments_are_told():
    data = with_body(p(t("Text"), r('<w:commentReference w:id="1"/>'), t(" of it.")))
    assert texts_of(data) == ["Text of it."]
    assert notes_of(data) == ("The file has comments (1), which are not read.",)


@pytest.mark.parametrize("tag", ["strike", "dstrike"])
def test_text_that_is_struck_through_is_kept_and_told(tag):
    struck = r(f'<w:rPr><w:{tag}/></w:rPr><w:t xml:space="preserve">five </w:t>')
    off = r(f'<w:rPr><w:{tag} w:val="0"/></w:rPr><w:t>States.</w:t>')
    data = with_body(p(t("There were "), struck, t("six "), off))
    assert texts_of(data) == ["There were five six States."]
    assert notes_of(data) == ("Text that is struck through (4 characters) was read as any other.",)
