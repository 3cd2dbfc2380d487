"""Looking up in a browser."""

from __future__ import annotations

import pytest

from tests.cdtm.desk.pages.conftest import press, serving
from tests.cdtm.reviewing import put


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


def test_look_up_both_ways_filter_copy_and_open_the_record(page):
    page.goto("/")
    page.keyboard.type("Verification")
    page.wait_for_selector("text=in 2 units")
    assert "q=Verification" in page.url
    page.fill("#q", "核查")
    page.wait_for_selector("text=核查: in 2 units")
    assert page.locator(".hits mark").count() >= 2
    page.fill("input[name=speaker]", "China")
    page.wait_for_selector("text=核查: in one unit")
    page.reload()  # the address is the state
    page.wait_for_selector("text=核查: in one unit")
    assert page.input_value("input[name=speaker]") == "China"
    page.focus("#q")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("y")
    page.wait_for_selector("text=Copied")
    assert clipboard(page) == "Verification measures."
    page.keyboard.press("Shift+Y")
    page.wait_for_selector("#say >> text=核查办法。")
    assert clipboard(page) == "核查办法。\tVerification measures."
    page.keyboard.press("o")
    page.wait_for_url("**/record?name=CD%2FPV.2&unit=CD-PV-2_0001")
    assert "Verification measures." in page.inner_text("main")


def test_letters_typed_into_the_box_are_text(page):
    page.goto("/?q=核查")
    page.wait_for_selector(".hits li")
    page.focus("#q")
    page.keyboard.type("jkyo/?")
    assert page.input_value("#q").endswith("jkyo/?")
    assert page.locator("dialog[open]").count() == 0


def test_the_interface_in_chinese(page):
    page.goto("/")
    page.click("#language")
    page.wait_for_selector("html[lang=zh-CN]")
    page.fill("#q", "核查")
    page.wait_for_selector("text=核查: 见于 2 个单元")
    page.goto("/records")
    assert page.inner_text("h1") == "记录"


def test_a_mistake_is_said_on_the_page(browser, address):
    page = browser.new_page()
    page.goto(f"{address}/?q=x&since=never")
    page.wait_for_selector("text=From never is no date")
    page.click("#language")
    page.wait_for_selector("text=“自”中的 never 不是日期")
    page.close()


def test_the_longest_text_that_the_box_takes_is_looked_up(page):
    page.goto("/")
    page.fill("#q", "核" * 1000)
    page.wait_for_selector("#headline >> text=not in the memory")


@pytest.fixture
def known(folder):
    """Units with two renderings of one word, and words around it to sort by."""
    says = ("countries", "States")
    pairs = [(f"{n}号国家{2 - n % 2}。", f"No. {n}: {says[n > 7]} {n}.") for n in range(10)]
    put(folder, pairs, key="S-PV-9")


def test_units_stand_by_their_equivalents(page, known):
    page.goto("/?q=国家")
    page.wait_for_selector("#hits h2 >> text=countries · 8")
    assert page.locator("#group-0 + .hits > li").count() == 5
    page.click("text=3 more")
    assert page.locator("#group-0 + .hits > li").count() == 8
    page.click("#equivalents li:nth-child(2) button:has-text('of 10')")
    assert page.evaluate("document.getElementById('group-1').getBoundingClientRect().top") < 800


@pytest.mark.parametrize(("order", "sign"), [("left", -1), ("right", 1)])
def test_lines_of_a_concordance_are_sorted_by_what_stands_around(page, known, order, sign):
    page.goto("/?q=国家")
    page.select_option("#order", order)
    page.wait_for_selector(".kwic .around")
    assert f"order={order}" in page.url
    lines = page.eval_on_selector_all(
        ".kwic li",
        "all => all.map(li => [...li.querySelector('.around').children].map(x => x.innerText))",
    )
    assert len(lines) == 10
    assert {line[1] for line in lines} == {"国家"}
    beside = [line[2] if sign == 1 else line[0][::-1] for line in lines]
    assert beside == sorted(beside)
    page.focus("#q")
    press(page, "ArrowDown", "y")  # the whole unit is shown, and its translation copied
    page.wait_for_selector(".kwic li:focus .about")
    page.wait_for_selector("text=Copied")
    assert clipboard(page).startswith("No. ")


def test_more_is_read_than_the_newest_hundred(page, folder):
    pairs = [(f"{n}号国家。", f"No. {n}: country {n}.") for n in range(240)]
    put(folder, pairs, key="S-PV-9")
    page.goto("/?q=国家&order=left")
    page.wait_for_selector("text=Only the newest 100 of 240 units were read")
    page.click("text=Read the newest 240")
    page.wait_for_selector("text=210 more")
    assert "Only the newest" not in page.inner_text("#hits")
    page.reload()
    page.wait_for_selector("text=210 more")
    page.click("text=210 more")
    assert page.locator("#hits li").count() == 240
    page.select_option("#order", "right")
    page.wait_for_selector("text=210 more")
    page.fill("#q", "号")  # another text is read as far as any
    page.wait_for_selector("text=Only the newest 100 of 240 units were read")


def test_the_body_filters(page, known):
    page.goto("/?q=国家")
    page.wait_for_selector("text=国家: in 10 units")
    page.select_option("select[name=body]", "CD")
    page.wait_for_selector("text=国家: nothing within these filters")
    page.select_option("select[name=body]", "S")
    page.wait_for_selector("text=国家: in 10 units")


def test_back_comes_to_what_was_asked_before(page):
    page.goto("/")
    page.keyboard.type("裁军")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=裁军: in one unit")
    page.fill("#q", "和平")
    page.wait_for_selector("text=和平: in one unit")
    page.go_back()
    page.wait_for_selector("text=裁军: in one unit")
    assert page.input_value("#q") == "裁军"
    page.go_forward()
    page.wait_for_selector("text=和平: in one unit")


def test_what_is_shown_is_kept_as_a_file(page, tmp_path):
    page.goto("/?q=谢谢主席")
    for suffix in ("TMX", "XLSX", "TSV"):
        with page.expect_download() as started:
            page.click(f"#files >> text={suffix}")
        started.value.save_as(tmp_path / started.value.suggested_filename)
    assert {path.name for path in tmp_path.glob("cdtm-*")} == {
        *("cdtm-units.tmx", "cdtm-units.xlsx", "cdtm-units.tsv")
    }
    assert (tmp_path / "cdtm-units.tsv").read_text("utf-8").count("Thank you.") == 2


def test_a_sentence_that_is_nearly_there_shows_the_difference(browser, zh, en, tmp_path):
    with serving(zh, en, "-o", tmp_path / "9999.tmx") as address:
        page = browser.new_page(base_url="/".join(address.split("/")[:3]))
        page.goto("/")
        page.fill("#q", "Regrettably, negotiations have not begun yet.")
        page.wait_for_selector(".fuzzy li")
        assert page.locator(".fuzzy ins").all_inner_texts() == ["still "]
        assert page.locator(".fuzzy del").all_inner_texts() == ["yet"]
        page.close()


def test_an_answer_that_was_overtaken_is_not_shown(page):
    page.goto("/")
    held = []
    page.route("**/find?q=A*", lambda route: held.append(route))
    page.fill("#q", "A")
    page.fill("#q", "裁军")
    page.wait_for_selector("text=裁军: in one unit")  # nothing waits for the first
    assert len(held) == 1
