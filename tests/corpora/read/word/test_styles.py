"""Styles of a DOCX: what they hide."""

from __future__ import annotations

from corpora.read.docx import read_docx
from tests.corpora.making_docx import (
    W,
    kept_of,
    p,
    t,
    texts_of,
    with_body,
)


def test_text_hidden_by_its_style_is_marked():
    styles = (
        f"<w:styles {W}>"
        '<w:style w:type="character" w:styleId="Tag"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Note"><w:rPr><w:vanish/></w:rPr></w:style>'
        "</w:styles>"
    )
    tag = '<w:rPr><w:rStyle w:val="Tag"/></w:rPr>'
    note = '<w:pPr><w:pStyle w:val="Note"/></w:pPr>'
    xml = (
        p(f"<w:r>{tag}<w:t>[seg]</w:t></w:r>", t("Shown."))
        + p(note, t("For the reviser."))
        # A toggle in both styles: shown again.
        + p(note, f"<w:r>{tag}<w:t>Twice turned.</w:t></w:r>")
        + p(note, "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>Forced.</w:t></w:r>")
    )
    data = with_body(xml, {"word/styles.xml": styles})
    assert kept_of(data) == ["Shown.", "Twice turned.", "Forced."]
    lines, furniture, _ = read_docx(data, "x.docx")
    assert [(line.text, furniture[line.number]) for line in lines if line.number in furniture] == [
        ("[seg]", "hidden text"),
        ("For the reviser.", "hidden text"),
    ]


def test_styles_based_on_each_other_in_a_circle_end():
    styles = (
        f"<w:styles {W}>"
        '<w:style w:type="character" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="character" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    run = '<w:r><w:rPr><w:rStyle w:val="A"/></w:rPr><w:t>text</w:t></w:r>'
    assert texts_of(with_body(p(run), {"word/styles.xml": styles})) == ["text"]
