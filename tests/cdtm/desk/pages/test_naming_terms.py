"""The terms in a browser."""

from __future__ import annotations

import pytest

from tests.cdtm.desk.conftest import put_subjects
from tests.cdtm.desk.pages.conftest import press


@pytest.fixture
def terms(page, folder):
    put_subjects(folder)
    page.goto("/terms")
    page.wait_for_selector(".term", timeout=60_000)
    return page


def row(page, zh):
    return page.locator(f".term .zh b:text-is('{zh}')")


def test_terms_show_counts_an_example_and_what_disagrees(terms):
    told = terms.locator(".term:has-text('裂变材料条约')").inner_text()
    assert "together in 4 units" in told
    assert "A fissile material treaty" in told
    assert "0 of 4 units agree" in told
    terms.select_option("select[name=state]", "rivals")
    terms.wait_for_selector("text=1 of 6 terms")
    assert "state=rivals" in terms.url


def test_confirm_edit_join_reject_take_back_and_export(terms, folder, cdtm, tmp_path):
    row(terms, "核裁军").click()
    press(terms, "a")
    terms.wait_for_selector("[data-state=confirmed] >> text=核裁军")
    row(terms, "核裁军和核查制度").click()
    press(terms, "x")
    terms.wait_for_selector("[data-state=rejected] >> text=核裁军和核查制度")
    row(terms, "裂变材料条约").click()
    press(terms, "e", "Tab", "Control+a")
    terms.keyboard.type("fissile axm treaty")
    press(terms, "Control+Enter")
    terms.wait_for_selector("[data-state=confirmed] >> text=fissile axm treaty")
    row(terms, "核查").click()
    press(terms, "Space")
    row(terms, "裁军").click()
    press(terms, "Space", "m", "Control+Enter")
    terms.wait_for_selector("text=6 terms, 3 confirmed")
    row(terms, "核裁军").click()
    press(terms, "u")
    terms.wait_for_selector("text=6 terms, 2 confirmed")
    terms.reload()
    terms.wait_for_selector("text=6 terms, 2 confirmed")
    with terms.expect_download(timeout=60_000) as started:
        terms.click("text=CSV")
    started.value.save_as(tmp_path / "desk.csv")
    assert cdtm("terms", "-w", folder, "-o", tmp_path / "shell.csv").status == 0
    ours = (tmp_path / "desk.csv").read_text("utf-8-sig")
    assert ours == (tmp_path / "shell.csv").read_text("utf-8-sig")
    assert "裂变材料条约,fissile axm treaty" in ours
    assert "\n核裁军和核查制度," not in ours
    assert "核查,verification,裁军,disarmament" in ours


def test_terms_in_chinese_search_and_look_up(terms):
    terms.click("#language")
    terms.wait_for_selector("text=同见于 4 个单元", timeout=60_000)
    press(terms, "/")
    terms.keyboard.type("zones")
    terms.wait_for_selector("text=6 条术语中 1 条")
    terms.click(".term .zh")
    press(terms, "o")
    terms.wait_for_url("**/?q=*")
    terms.wait_for_selector("#hits li")
