"""DOCX files for tests: made with python-docx, and parts put into them by hand."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from corpora.errors import RecordError
from corpora.read.docx import read_docx

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


def kept_of(data):
    """Texts that are not marked in the furniture."""
    lines, furniture, _ = read_docx(data, "x.docx")
    return [line.text for line in lines if line.number not in furniture]


def notes_of(data):
    return read_docx(data, "x.docx")[2]


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
    "</Relationships>"
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relation(kind, key, target):
    return f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
