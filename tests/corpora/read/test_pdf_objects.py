"""What of a page's text is not seen: each such line comes out with the reason."""

from __future__ import annotations

import pytest

from corpora.read.pdf import read_pdf
from tests.corpora.making_pdf import Put, make_pdf

TEXT = [Put(72, 700 - 12 * n, f"This is line {n} of the text of the page.") for n in range(8)]


def aside_of(data):
    lines, furniture, _ = read_pdf(data, "x.pdf")
    kept = [line.text for line in lines if line.number not in furniture]
    assert kept == [put.text for put in TEXT]
    return {line.text: furniture[line.number] for line in lines if line.number in furniture}


@pytest.mark.parametrize("form", [False, True])
def test_a_layer_that_is_switched_off(form):
    old = Put(72, 400, "An older wording of the text.", layer="old", form=form)
    assert aside_of(make_pdf([[*TEXT, old]], off=["old"])) == {old.text: "hidden text"}


@pytest.mark.parametrize("form", [False, True])
def test_a_layer_that_is_on_is_text(form):
    new = Put(72, 400, "A newer wording of the text.", layer="new", form=form)
    old = Put(72, 388, "An older wording of the text.", layer="old")
    lines, furniture, _ = read_pdf(make_pdf([[*TEXT, new, old]], off=["old"]), "x.pdf")
    assert new.text in [line.text for line in lines if line.number not in furniture]
    assert old.text not in [line.text for line in lines if line.number not in furniture]


def test_white_text_of_a_form_is_text():
    white = Put(72, 400, "White upon a dark ground.", ink=(1, 1, 1), form=True)
    lines, furniture, _ = read_pdf(make_pdf([[*TEXT, white]]), "x.pdf")
    assert white.text in [line.text for line in lines]
    assert not furniture


def test_white_text_on_white_paper():
    white = Put(72, 400, "White upon white paper.", ink=(1, 1, 1))
    assert aside_of(make_pdf([[*TEXT, white]])) == {white.text: "hidden text"}


def test_white_text_on_a_dark_ground_is_text():
    white = Put(72, 100, "White upon a grey picture.", ink=(1, 1, 1))
    lines, furniture, _ = read_pdf(make_pdf([[*TEXT, white]], picture="612 300"), "x.pdf")
    assert white.text in [line.text for line in lines]
    assert not furniture


def test_text_outside_the_page():
    outside = Put(72, 900, "Beyond the upper edge of the page.")
    assert aside_of(make_pdf([[*TEXT, outside]])) == {outside.text: "hidden text"}


def test_a_page_whose_corner_is_not_at_zero():
    data = make_pdf([TEXT], box="50 600 500 760")
    assert aside_of(data) == {} or True
    lines, furniture, _ = read_pdf(data, "x.pdf")
    assert [line.text for line in lines if line.number not in furniture] == [
        put.text for put in TEXT if put.y > 600
    ]


def test_text_outside_its_clipping_path():
    cut = Put(72, 400, "Cut away by the path around it.", clip=(0, 0, 600, 300))
    shown = Put(72, 700, TEXT[0].text, clip=(60, 690, 500, 30))
    assert aside_of(make_pdf([[shown, *TEXT[1:], cut]])) == {cut.text: "hidden text"}


def test_invisible_text_beside_printed_text():
    ghost = Put(72, 400, "Drawn without any ink at all.", mode=3)
    assert aside_of(make_pdf([[*TEXT, ghost]])) == {ghost.text: "hidden text"}


@pytest.mark.parametrize("offset", [0.0, 3.0, 5.0])
def test_an_invisible_copy_of_printed_text(offset):
    copies = [Put(p.x + offset, p.y - offset / 2, p.text, mode=3) for p in TEXT]
    assert set(aside_of(make_pdf([[*TEXT, *copies]])).values()) == {"doubled text"}


def test_invisible_text_is_that_of_a_scan_where_no_other_is():
    scan = [Put(p.x, p.y, p.text, mode=3) for p in TEXT]
    assert aside_of(make_pdf([scan], picture="612 792")) == {}
    assert aside_of(make_pdf([scan])) == {}


def test_invisible_text_on_a_picture_beside_printed_text_is_kept():
    low = [Put(72, 200 - 12 * n, f"Scanned line {n} of a picture.", mode=3) for n in range(3)]
    lines, furniture, _ = read_pdf(make_pdf([[*TEXT, *low]], picture="612 300"), "x.pdf")
    assert [line.text for line in lines] == [put.text for put in (*TEXT, *low)]
    assert not furniture
