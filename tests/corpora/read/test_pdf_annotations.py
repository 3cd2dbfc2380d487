"""What was typed into a PDF's form, or on its pages, is text; comments and stamps are not."""

from __future__ import annotations

import pytest

from corpora.read.pdf import read_pdf

SHOWN, HIDDEN, NOT_VIEWED = 4, 2, 32
ASKED = "1. Does your Government support the plan for the roads?"


def written(objects):
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, len(out))
    )


def stream(head, content):
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(content), content)


def page_with(*annotations):
    """A page that asks something, with annotations (subtype, flags, text) below each other."""
    font = b"/Resources << /Font << /F 4 0 R >> >>"
    first = 6
    kids = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(annotations)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [%s] >> >>" % kids,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] %s /Contents 5 0 R /Annots [%s] >>"
        % (font, kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
        stream(b"", b"BT /F 10 Tf 72 700 Td (%s) Tj ET" % ASKED.encode()),
    ]
    for number, (kind, flags, text) in enumerate(annotations):
        box = b"[72 %d 540 %d]" % (670 - 30 * number, 686 - 30 * number)
        field = b"/FT /Tx /T (t%d)" % number if kind == b"Widget" else b""
        objects += [
            b"<< /Type /Annot /Subtype /%s %s /F %d /Rect %s /AP << /N %d 0 R >> >>"
            % (kind, field, flags, box, first + 2 * number + 1),
            stream(
                b"/Type /XObject /Subtype /Form /BBox [0 0 468 16] " + font,
                b"BT /F 10 Tf 2 4 Td (%s) Tj ET" % text.encode(),
            ),
        ]
    return written(objects)


def texts_of(*annotations):
    return [line.text for line in read_pdf(page_with(*annotations), "x.pdf")[0]]


def test_fields_and_text_typed_on_a_page_are_read_where_they_stand():
    answers = ["Yes, it does, but for the bridges of the North.", "This was typed on the page."]
    typed = [(b"Widget", SHOWN, answers[0]), (b"FreeText", SHOWN, answers[1])]
    assert texts_of(*typed) == [ASKED, *answers]


@pytest.mark.parametrize(
    "annotation",
    [
        (b"Stamp", SHOWN, "APPROVED"),
        (b"Highlight", SHOWN, "seen by the desk"),
        (b"Widget", HIDDEN, "not shown"),
        (b"FreeText", NOT_VIEWED, "for the printer alone"),
    ],
)
def test_what_is_no_text_of_the_page_stays_out(annotation):
    assert texts_of(annotation) == [ASKED]
    assert texts_of(annotation, (b"Widget", SHOWN, "Yes.")) == [ASKED, "Yes."]
