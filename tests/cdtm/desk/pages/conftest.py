"""The desk in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest

from cdtm.build.workspace import make_workspace
from tests.cdtm.reviewing import PAIRS, put

CHROMIUM = shutil.which("chromium")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


@contextmanager
def chromium():
    """Run the browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def browser():
    pytest.importorskip("playwright", reason="Playwright drives the browser")
    if CHROMIUM is None:
        pytest.skip("there is no chromium to open the desk in")
    with chromium() as browser:
        yield browser


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "w"
    make_workspace(folder, "records", None).save()
    put(folder, PAIRS)
    put(folder, [("核查办法。", "Verification measures.")], key="CD-PV-2", speaker="Ms. Li (China)")
    return folder


@contextmanager
def serving(*arguments, **environment):
    """Run `cdtm serve` with some arguments; give the address that it prints."""
    command = [sys.executable, "-m", "cdtm", "serve", *map(str, arguments), "--no-open"]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=os.environ | environment
    )
    found = None
    while found is None and (line := process.stderr.readline()):
        found = re.search(r"http://127\.0\.0\.1:\d+/\S*", line)
    assert found
    try:
        yield found[0]
    finally:
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture
def address(folder):
    with serving("-w", folder) as address:
        yield address.rstrip("/")


@pytest.fixture
def page(browser, address):
    """A page of the desk; an error of its scripts, or a breach of its policy, fails the test."""
    context = browser.new_context(
        base_url=address, locale="en-US", permissions=["clipboard-read", "clipboard-write"]
    )
    page, wrong = context.new_page(), []
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
