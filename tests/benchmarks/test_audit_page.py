"""The audit page in a browser, where one is installed: records, keys, filters, sorting, paper."""

from __future__ import annotations

import shutil
import sys

import pytest

from benchmarks.audit_page import browser, window, write_made_up

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")

needs_browser = pytest.mark.skipif(
    CHROMIUM is None or sys.platform == "win32", reason="there is no Chromium on this machine"
)


def test_a_made_up_page_has_the_units_that_are_asked_for(tmp_path):
    assert 500 <= write_made_up(tmp_path / "a.html", 500) < 800
    assert (tmp_path / "a.html").read_text("utf-8").count("data-record=") == 2 + 1  # and the script


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "audit.html"
    write_made_up(path, 800)
    return path.as_uri()


@pytest.fixture(scope="module")
def call(tmp_path_factory):
    with browser(CHROMIUM, str(tmp_path_factory.mktemp("profile"))) as call:
        yield call


def until(condition):
    """Wait in the page until something is so; false after five seconds."""
    return (
        "new Promise((done) => { const end = performance.now() + 5000; const look = () => "
        f"({condition}) ? done(true) : performance.now() > end ? done(false) "
        ": setTimeout(look, 20); look(); })"
    )


def press(key):
    return (
        f"document.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true }}))"
    )


@needs_browser
@pytest.mark.parametrize("width", [1280, 400])
def test_a_link_opens_its_record_at_the_bead_and_nothing_sticks_out(call, page, width):
    with window(call, f"{page}#r1-250", width) as ask:
        assert ask(until("document.activeElement.id === 'b250'"))
        assert ask("byId('record-h').textContent") == "Side by side: CD/PV.2"
        assert ask("document.querySelectorAll('#bitext tbody tr').length") == 100  # the second page
        assert ask("document.documentElement.scrollWidth") <= width
        assert ask("document.querySelectorAll('#map path').length") > 3


@needs_browser
def test_keys_move_from_bead_to_bead_and_from_doubt_to_doubt(call, page):
    with window(call, f"{page}#r0-5", 1280) as ask:
        assert ask(until("document.activeElement.id === 'b5'"))
        for key, bead in (("j", 6), ("j", 7), ("k", 6)):
            ask(press(key))
            assert ask("document.activeElement.id") == f"b{bead}"
        doubts = ask("view.beads.filter((bead) => bead.doubt).map((bead) => bead.number)")
        wanted = [number for number in doubts if number > 6]
        for number in wanted:
            ask(press("n"))
            assert ask(until(f"document.activeElement.id === 'b{number}'"))
        ask(press("n"))
        assert ask(until("view.place === 1 && view.current !== null"))
        assert ask("view.current.doubt.first === view.current.number")
        ask(press("p"))
        assert ask(until(f"view.place === 0 && view.current?.number === {wanted[-1]}"))
        ask(press("?"))
        assert ask("help.open")


@needs_browser
def test_filters_leave_what_they_say(call, page):
    with window(call, f"{page}#r0", 1280) as ask:
        assert ask(until("view.beads.length === 300"))
        set_ = "byId('{}').value = '{}'; applyFilters();"
        ask(set_.format("f-which", "null"))
        assert ask("view.shown.length > 0 && view.shown.every((bead) => !bead.enText)")
        ask(set_.format("f-which", "flagged") + set_.format("f-below", "90"))
        assert ask("view.shown.every((bead) => bead.flags.length && bead.percent < 90)")
        shown = ask("document.querySelector('#bitext tbody').textContent")
        assert "%" in shown
        ask("clearFilters();" + set_.format("f-text", "CONFERENCE"))
        marked = ask("[...document.querySelectorAll('mark')].map((mark) => mark.textContent)")
        assert set(marked) == {"Conference"}
        count = ask("view.shown.length")
        assert ask("byId('count').textContent") == f"{count} of 300 beads"
        ask("goTo(view.beads.find((bead) => !bead.enText))")  # hidden by the filter: all are shown
        assert ask("view.shown.length") == 300


@needs_browser
def test_tables_sort_by_number_and_back(call, page):
    with window(call, page, 1280) as ask:
        column = (
            "[...document.querySelectorAll('.sortable tbody tr')].map((r) => +r.cells[2].innerText)"
        )
        heads = "document.querySelectorAll('.sortable thead th')[2]"
        ask(f"{heads}.querySelector('button').click()")
        assert ask(column) == sorted(ask(column))
        assert ask(f"{heads}.getAttribute('aria-sort')") == "ascending"
        ask(f"{heads}.querySelector('button').click()")
        assert ask(column) == sorted(ask(column), reverse=True)


@needs_browser
def test_on_paper_all_rows_of_the_open_record_stand(call, page):
    with window(call, f"{page}#r0", 1280) as ask:
        assert ask(until("view.beads.length === 300"))
        rows = "document.querySelectorAll('#bitext tbody tr').length"
        assert ask(rows) == 200
        ask("dispatchEvent(new Event('beforeprint'))")
        assert ask(rows) == 300
        ask("dispatchEvent(new Event('afterprint'))")
        assert ask(rows) == 200


@needs_browser
def test_a_damaged_record_is_told_and_the_page_goes_on(call, page):
    with window(call, page, 1280) as ask:
        ask("document.querySelector('[data-record=\"1\"]').textContent = '\"AAAA\"'")
        ask("location.hash = '#r1'")
        assert ask(until("byId('record-none').textContent.includes('cannot be unpacked')"))
        ask("location.hash = '#r0'")
        assert ask(until("view.beads.length === 300 && byId('record-none').hidden"))
