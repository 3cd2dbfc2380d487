"""Equations of a DOCX on one line."""

from __future__ import annotations

import pytest

from tests.corpora.making_docx import (
    p,
    t,
    texts_of,
    with_body,
)

M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def mt(text):
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("equation", "expected"),
    [
        (mt("2.5×") + f"<m:sSup><m:e>{mt('10')}</m:e><m:sup>{mt('6')}</m:sup></m:sSup>", "2.5×10⁶"),
        (f"<m:sSub><m:e>{mt('SO')}</m:e><m:sub>{mt('2')}</m:sub></m:sSub>", "SO2"),
        (f"<m:f><m:num>{mt('a+b')}</m:num><m:den>{mt('2')}</m:den></m:f>", "(a+b)/2"),
        (f"<m:rad><m:deg/><m:e>{mt('x')}</m:e></m:rad>", "√x"),
        (f"<m:d><m:e>{mt('x')}</m:e></m:d>", "(x)"),
        (f"<m:sSup><m:e>{mt('x')}</m:e><m:sup>{mt('k+b')}</m:sup></m:sSup>", "x^(k+b)"),
        (f"<m:r><w:rPr><w:i/></w:rPr><m:t>m</m:t></m:r>", "m"),  # noqa: F541
    ],
)
def test_equations_come_out_on_one_line(equation, expected):
    xml = p(t("The value is "), f"<m:oMath {M}>{equation}</m:oMath>", t(" today."))
    assert texts_of(with_body(xml)) == [f"The value is {expected} today."]
