"""Reading and correcting a record, and a pair of files, in a browser."""

from __future__ import annotations

from tests.cdtm.desk.pages.conftest import press, serving
from tests.cdtm.reviewing import put


def rows(page):
    """Chinese and English of each row, as they are shown."""
    return page.eval_on_selector_all(
        ".row",
        "rows => rows.map(r => [...r.querySelectorAll('.pair > p')].map(p => p.textContent))",
    )


def test_ten_beads_corrected_with_keys_then_exported(page, folder, cdtm, tmp_path):
    page.goto("/record?name=CD/PV.1")
    at_first = rows(page)
    press(page, "j", "a")
    page.wait_for_selector("#CD-PV-1_0001[data-status=accepted]")
    page.click("#CD-PV-1_0002 .zh")
    press(page, "x")
    page.wait_for_selector("#CD-PV-1_0002.rejected.current")
    press(page, "j", "e", "Tab", "Control+a")
    page.keyboard.type("Disarmament, jkax.")
    press(page, "Control+Enter")
    page.wait_for_selector("#CD-PV-1_0003[data-status=edited] >> text=Disarmament, jkax.")
    press(page, "j", "m", "Enter")
    page.wait_for_selector("#CD-PV-1_0004 >> text=Verification is important.")
    page.wait_for_selector("#CD-PV-1_0005", state="detached")
    page.click("#CD-PV-1_0007 .en")
    press(page, "e", *["ArrowRight"] * 3, "Enter", "Control+Enter")  # the caret behind 和平。
    page.wait_for_selector("#CD-PV-1_0007b")
    assert ["和平。", "Peace."] in rows(page)
    assert ["安全。", "Security."] in rows(page)
    page.click("#CD-PV-1_0008 .en")
    press(page, "c")
    page.select_option("#comment select", "free translation")
    page.focus("#comment input")
    page.keyboard.type("a x m")
    press(page, "Enter")
    page.wait_for_selector("#CD-PV-1_0008[data-status='free translation']")
    corrected = rows(page)
    for _ in range(6):
        with page.expect_response("**/undo"):
            press(page, "Control+z")
    page.wait_for_selector("#CD-PV-1_0001:not([data-status])")
    assert rows(page) == at_first
    page.reload()  # the undo is the server's
    for _ in range(6):
        with page.expect_response("**/undo"):
            press(page, "Control+Shift+z")
    page.wait_for_selector("#CD-PV-1_0008[data-status='free translation']")
    assert rows(page) == corrected
    out = tmp_path / "all.tsv"
    assert cdtm("export", "-w", folder, "-o", out, "--tier", "all").status == 0
    text = out.read_text("utf-8")
    assert "Disarmament, jkax." in text
    assert "Verification is important." in text


def test_keys_that_are_pressed_before_the_answer_came_wait_for_it(page):
    page.goto("/record?name=CD/PV.1&unit=CD-PV-1_0001")
    press(page, "x", "j", "x", "j", "x", "Control+z")
    page.wait_for_selector("#CD-PV-1_0003:not(.rejected)")
    page.wait_for_selector("#CD-PV-1_0001.rejected ~ #CD-PV-1_0002.rejected")


def test_a_row_is_corrected_with_the_mouse(page):
    page.goto("/record?name=CD/PV.1")
    page.click("#CD-PV-1_0003 .en")
    page.click("#tools [data-does=x]")
    page.wait_for_selector("#CD-PV-1_0003.rejected")
    page.click("#tools [data-does=undo]")
    page.wait_for_selector("#CD-PV-1_0003:not(.rejected)")


def test_what_is_typed_and_not_saved_is_dropped_by_escape_alone(page):
    page.goto("/record?name=CD/PV.1&unit=CD-PV-1_0001")
    press(page, "e", "Tab", "End")
    page.keyboard.type(" More.")
    press(page, "Escape")
    assert "More." not in page.inner_text("#rows")
    assert page.locator("textarea").count() == 0


def test_enter_of_an_input_method_neither_splits_nor_saves(page):
    page.goto("/record?name=CD/PV.1&unit=CD-PV-1_0001")
    press(page, "e")
    driver = page.context.new_cdp_session(page)
    driver.send("Input.imeSetComposition", {"text": "hui", "selectionStart": 3, "selectionEnd": 3})
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    )
    driver.send("Input.insertText", {"text": "会"})
    assert page.input_value("textarea[lang=zh-CN]") == "会会议开始。"


def test_two_tabs_and_what_another_changed(page, browser, address):
    page.goto("/record?name=CD/PV.1&unit=CD-PV-1_0001")
    other = page.context.new_page()
    other.goto("/record?name=CD/PV.1&unit=CD-PV-1_0001")
    press(page, "e", "Tab", "End")
    page.keyboard.type(" Now.")
    press(page, "Control+Enter")
    page.wait_for_selector("#CD-PV-1_0001[data-status=edited]")
    other.keyboard.press("x")
    other.wait_for_selector("#problem >> text=changed meanwhile")
    assert "The meeting begins. Now." in other.inner_text("#CD-PV-1_0001")
    other.keyboard.press("x")
    other.wait_for_selector("#CD-PV-1_0001.rejected")
    other.close()


def test_search_inside_and_doubts(page):
    page.goto("/record?name=CD/PV.1")
    press(page, "/")
    page.keyboard.type("谢谢")
    page.wait_for_selector("text=2 of 10 rows hold it")
    press(page, "Enter", "Enter")
    page.wait_for_selector("#CD-PV-1_0006.current")
    press(page, "Escape", "p")
    page.wait_for_selector("#CD-PV-1_0005.current")  # the null link


def test_a_text_of_a_record_runs_nothing(page, folder):
    nasty = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
    put(folder, [("甲。", f"{nasty} alarm"), ("乙。", "B.")], key="CD-PV-3", speaker=nasty)
    page.goto("/record?name=CD/PV.3&unit=CD-PV-3_0002")
    press(page, "x")
    page.wait_for_selector("#CD-PV-3_0002.rejected")  # the rows came anew, through the script
    assert nasty in page.text_content("#CD-PV-3_0001 .en")
    assert page.locator("#rows img, #rows script").count() == 0
    page.goto("/?q=alarm")
    page.wait_for_selector(".hits li")
    assert page.locator("#hits img, #hits script").count() == 0
    assert "run" not in page.title()


def test_a_pair_from_two_files_to_a_corrected_memory(browser, zh, en, tmp_path):
    out, temporary = tmp_path / "out" / "9999.tmx", tmp_path / "temporary"
    out.parent.mkdir()
    temporary.mkdir()
    with serving(zh, en, "-o", out, TMPDIR=str(temporary)) as address:
        before = out.read_text("utf-8")
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector("h1 >> text=CD/PV.9999")
        page.click(".row >> nth=2")
        press(page, "e", "Tab", "End")
        page.keyboard.type(" Corrected.")
        press(page, "Control+Enter")
        page.wait_for_selector(".row[data-status=edited]")
        page.close()
    after = out.read_text("utf-8")
    assert "Corrected.</seg>" in after
    assert before.count("<tu ") == after.count("<tu ") > 80
    assert [path.name for path in out.parent.iterdir()] == ["9999.tmx"]
    assert [*temporary.iterdir()] == []
