"""From doubt to doubt through all records, in a browser."""

from __future__ import annotations

import pytest

from tests.cdtm.desk.pages.conftest import press
from tests.cdtm.reviewing import put

WRONG = [
    ("会议开始。", "The meeting begins."),
    ("我们在1995年有17个缔约国。", "In 1996 we had 18 States parties."),
    ("会议通过了第12号决议。", "The meeting adopted resolution 12."),
    ("我们在2004年开会。", "We met in 2005."),
]


@pytest.fixture
def doubts(folder, page):
    put(folder, WRONG, key="CD-PV-4")
    page.goto("/doubts")
    page.wait_for_selector("#count >> text=the greatest first", timeout=60_000)
    return page


def test_the_doubts_of_all_records_are_worked_through_by_one_key(doubts):
    page = doubts
    total = page.locator("#places > li").count()
    assert total > 3
    press(page, "Shift+N")
    seen = []
    for left in range(total, 0, -1):
        page.wait_for_url("**/record?**")
        page.wait_for_selector(".row.current[data-doubt]")
        seen.append(page.get_attribute(".row.current", "id"))
        with page.expect_navigation():
            press(page, "a")
        if left > 1:
            page.wait_for_selector("#say >> text=Saved")
    page.wait_for_url("**/doubts")
    page.wait_for_selector("#count >> text=0 doubts")
    assert len({*seen}) == total
    assert {name.rpartition("_")[0] for name in seen} == {"CD-PV-1", "CD-PV-4"}
    assert seen[0] == "CD-PV-4_0002"


def test_back_comes_to_the_row_before_and_undo_takes_it_back(doubts):
    page = doubts
    press(page, "Shift+N")
    page.wait_for_selector("#CD-PV-4_0002.current")
    with page.expect_navigation():
        press(page, "a")
    page.wait_for_selector("#say >> text=Saved")
    page.go_back()
    page.wait_for_selector("#CD-PV-4_0002[data-status=accepted]")
    press(page, "Control+z")
    page.wait_for_selector("#CD-PV-4_0002[data-doubt]")


def test_a_kind_and_a_record_are_kept_on_the_way_and_over_a_reload(doubts):
    page = doubts
    page.select_option("select[name=of]", "CD-PV-4")
    page.wait_for_selector("#count >> text=2 doubts")
    page.reload()
    page.wait_for_selector("#count >> text=2 doubts")
    page.click("#begin")
    page.wait_for_selector("#CD-PV-4_0002.current")
    for name in ("CD-PV-4_0004", "CD-PV-4_0002"):
        press(page, "Shift+N")
        page.wait_for_selector(f"#{name}.current")


def test_a_place_is_opened_by_key_and_by_link(doubts):
    page = doubts
    press(page, "j", "j", "o")
    page.wait_for_url("**/record?**queue=**")
    page.go_back()
    page.click("#places li:first-child a")
    page.wait_for_selector("#CD-PV-4_0002.current")


def test_the_list_of_records_says_how_many_doubts_each_has(doubts):
    page = doubts
    page.goto("/records?lang=zh")
    page.wait_for_selector("tr:has-text('CD/PV.4') td.number >> text=2")
    assert page.inner_text("tr:has-text('CD/PV.2') td.number") == "0"
    page.click("tr:has-text('CD/PV.4') td.number a")
    page.wait_for_selector("#count >> text=2 处疑点")


def test_the_sample_goes_on_by_the_same_key(doubts):
    page = doubts
    page.goto("/records")
    page.click("#draw")
    page.wait_for_url("**queue=sample")
    first = page.get_attribute(".row.current", "id")
    with page.expect_navigation():
        press(page, "a")
    page.wait_for_selector("#say >> text=Saved")
    assert page.get_attribute(".row.current", "id") != first
    assert "queue=sample" in page.url
