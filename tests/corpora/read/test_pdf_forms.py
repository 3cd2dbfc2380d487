"""Forms that draw forms are counted before a page is loaded."""

from __future__ import annotations

import re
import zlib

import pytest

from corpora.errors import RecordError
from corpora.read.pdf import read_pdf
from corpora.read.pdf_forms import MOST_DRAWN, count_drawn
from tests.corpora.making_pdf import Put, make_pdf


def form(number, draws, *, packed=False, resources=""):
    """A form, object `number`, that draws others: number → how often."""
    content = b" ".join(b"/X%d Do" % child for child, often in draws.items() for _ in range(often))
    entry = b""
    if packed:
        content, entry = zlib.compress(content), b"/Filter /FlateDecode"
    named = b" ".join(b"/X%d %d 0 R" % (child, child) for child in draws)
    inner = resources.encode() or b"<< /XObject << %s >> >>" % named
    head = b"%d 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] " % number
    head += b"/Resources %s %s /Length %d >>\n" % (inner, entry, len(content))
    return head + b"stream\n%s\nendstream\nendobj\n" % content


@pytest.mark.parametrize("packed", [False, True])
def test_what_forms_draw_is_counted(packed):
    data = form(1, {2: 10}, packed=packed) + form(2, {3: 10}, packed=packed) + form(3, {})
    assert count_drawn(data) == 1 + 10 * (1 + 10 * 1)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("circle", [{1: {1: 1}}, {1: {2: 1}, 2: {3: 1}, 3: {1: 2}}])
def test_a_circle_never_ends(circle, packed):
    data = b"".join(form(n, draws, packed=packed) for n, draws in circle.items())
    assert count_drawn(data) == float("inf")


def test_resources_that_stand_apart_and_packed():
    inner = b"1 0 << /XObject << /X5 5 0 R >> >>"
    stream = zlib.compress(b"7 0 " + inner[4:])
    data = form(5, {5: 1}, resources="7 0 R")
    data += b"9 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n"
    data += stream + b"\nendstream\nendobj\n"
    assert count_drawn(data) == float("inf")


def test_the_same_form_on_many_places_is_no_circle():
    data = form(1, {2: 1, 3: 1}) + form(2, {4: 1}) + form(3, {4: 1}) + form(4, {})
    assert count_drawn(data) == 5


def test_a_long_chain_is_counted():
    data = b"".join(form(n, {n + 1: 1}) for n in range(1, 3_000)) + form(3_000, {})
    assert count_drawn(data) == 3_000


def test_a_file_of_such_forms_is_refused_at_once():
    data = make_pdf([[Put(72, 700, "The text of a page."), Put(72, 600, "and a form", form=True)]])
    number = int(re.search(rb"/X(\d+) Do", data)[1])
    assert len(read_pdf(data, "x.pdf")[0]) == 2
    itself = b"/Resources << /XObject << /X%d %d 0 R >>" % (number, number)
    hostile = data.replace(b"/BBox [0 0 612 792]  /Resources <<", b"/BBox [0 0 612 792] " + itself)
    hostile = hostile.replace(b"> Tj ET\nendstream", b"> Tj ET /X%d Do\nendstream" % number)
    assert count_drawn(hostile) > MOST_DRAWN
    with pytest.raises(RecordError, match="never end"):
        read_pdf(hostile, "x.pdf")
