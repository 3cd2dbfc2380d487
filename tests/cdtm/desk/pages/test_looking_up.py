"""Looking up in a browser."""

from __future__ import annotations


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
    page.wait_for_selector("text=--since never is no date")
    page.close()
