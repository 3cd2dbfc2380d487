"""The desk in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest

from cdtm.build.workspace import make_workspace
from tests.cdtm.reviewing import PAIRS, put

CHROMIUM = shutil.which("chromium")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
if CHROMIUM is None:
    pytest.skip("there is no chromium to open the desk in", allow_module_level=True)
playwright = pytest.importorskip("playwright.sync_api", reason="Playwright drives the browser")


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS])
        yield browser
        browser.close()


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "w"
    make_workspace(folder, "records", None).save()
    put(folder, PAIRS)
    put(folder, [("核查办法。", "Verification measures.")], key="CD-PV-2", speaker="Ms. Li (China)")
    return folder


@pytest.fixture
def address(folder):
    command = [sys.executable, "-m", "cdtm", "serve", "-w", str(folder), "--no-open"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    found = re.search(r"http://127\.0\.0\.1:\d+/", process.stderr.readline())
    assert found
    yield found[0].rstrip("/")
    process.terminate()
    process.communicate(timeout=30)


@pytest.fixture
def page(browser, address):
    """A page of the desk; an error of its scripts, or a breach of its policy, fails the test."""
    context = browser.new_context(
        base_url=address, locale="en-US", permissions=["clipboard-read", "clipboard-write"]
    )
    page, wrong = context.new_page(), []
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


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
    page.wait_for_function("document.getElementById('say').textContent.includes('核查')")
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
