"""The ZIP of a DOCX: its parts are found, and what is none is told; bounds."""

from __future__ import annotations

import re

import docx
import pytest

from corpora.errors import RecordError
from corpora.read.file import read_lines
from tests.corpora.making_docx import (
    RELATIONS,
    body_xml,
    p,
    refused,
    relation,
    saved,
    t,
    texts_of,
    with_body,
    with_parts,
    zipped,
)


def test_strict_documents_read_alike():
    xml = body_xml(p(t("strict"))).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert texts_of(with_parts(saved(docx.Document()), {"word/document.xml": xml})) == ["strict"]


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
    monkeypatch.setattr("corpora.read.word.package.MOST_UNPACKED", 10_000)
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


@pytest.mark.parametrize("target", ["word/document2.xml", "/word/document2.xml", "doc/Main.XML"])
def test_the_main_part_is_the_one_that_the_package_names(target):
    data = zipped(
        **{
            "[Content_Types].xml": "<x/>",
            "_rels/.rels": RELATIONS.format(relation("officeDocument", "r1", target)),
            target.lstrip("/").lower(): body_xml(p(t("main"))),
        }
    )
    assert texts_of(data) == ["main"]


def test_all_parts_together_have_a_bound(monkeypatch):
    monkeypatch.setattr("corpora.read.word.package.MOST_UNPACKED", 1_000_000)
    header = body_xml(p(t("x" * 300_000))).replace("w:document", "w:hdr").replace("w:body", "w:p")
    data = with_body(p(t("x")), {f"word/header{n}.xml": header for n in range(5)})
    assert "far more than any record" in refused(data)


def test_a_part_whose_name_is_no_utf_8():
    data = with_parts(with_body(p(t("Text."))), {"é": b""})
    assert "damaged or cut-off" in refused(data.replace("é".encode(), b"\xd3A"))
