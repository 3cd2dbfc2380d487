"""Reading and correcting a record, and a pair of files, in a browser."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.cdtm.desk.pages.conftest import press, serving
from tests.cdtm.reviewing import SHIFTED, put


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


def test_what_an_input_method_ends_is_searched(page):
    page.goto("/record?name=CD/PV.1")
    press(page, "/")
    driver = page.context.new_cdp_session(page)
    driver.send("Input.imeSetComposition", {"text": "xie", "selectionStart": 3, "selectionEnd": 3})
    driver.send("Input.insertText", {"text": "谢谢"})
    page.wait_for_selector("text=2 of 10 rows hold it")


def test_what_is_chosen_and_searched_outlives_a_reload(page, folder):
    put(
        folder,
        [("甲1。", "A 2."), ("乙。", "B."), ("甲。", "A.")],
        key="CD-PV-6",
        flags="number-differs",
    )
    page.goto("/record?name=CD/PV.6")
    page.select_option("#flag", "number-differs")
    page.fill("#within", "甲")
    page.wait_for_selector("text=2 of 3 rows hold it")
    page.reload()
    page.wait_for_selector(".row.found >> nth=1")
    assert page.input_value("#flag") == "number-differs"
    assert page.inner_text("#count") == "3 doubts"


def test_a_comment_that_is_not_saved_is_not_lost_by_a_reload(page):
    page.goto("/record?name=CD/PV.1&unit=CD-PV-1_0001")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    press(page, "c")
    page.keyboard.type("Not sure.")
    page.evaluate("location.reload()")
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert page.input_value("#comment input") == "Not sure."
    page.fill("#comment input", "")


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
        with page.context.expect_page() as opened:
            page.click(".row >> nth=60 >> text=in the Chinese file")
        opened.value.wait_for_function("scrollY > 500")
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


# ----------------------------------------------------------------------------------- borders

MORE = [
    *SHIFTED,
    ("谢谢主席。和平。", "Thank you."),
    ("安全。", "Peace. Security."),
]


@pytest.fixture
def shifted(folder, page):
    put(folder, MORE, key="CD-PV-3")
    page.goto("/record?name=CD/PV.3")
    return page


def do(page, *keys):
    """Press keys, look at what is shown, and do it."""
    press(page, *keys)
    page.wait_for_selector("#preview")
    with page.expect_response("**/correct"):
        press(page, "Enter")
    page.wait_for_selector("#preview", state="detached")


def test_ten_corrections_of_borders_by_keys(shifted, folder, cdtm, tmp_path):
    page = shifted
    page.click("#CD-PV-3_0009 .zh")
    do(page, "Alt+ArrowUp")  # 安全。 joins the row before: its own row keeps the English
    assert rows(page)[7] == ["谢谢主席。和平。安全。", "Thank you."]
    page.click("#CD-PV-3_0008 .zh")
    do(page, "Alt+ArrowDown")
    assert rows(page)[7][0] == "谢谢主席。和平。"
    do(page, "Alt+ArrowDown")
    assert rows(page)[8] == ["和平。安全。", "Peace. Security."]
    press(page, "j", "s")
    page.wait_for_selector(".foreseen .new")
    press(page, "Control+Enter")
    page.wait_for_selector("text=Security.")
    assert ["和平。", "Peace."] in rows(page)
    page.click("#CD-PV-3_0007 .en")
    do(page, "w")
    assert rows(page)[6:8] == [
        ["下次会议将于星期四举行。", "Thank you."],
        ["谢谢主席。", "The next meeting will be held on Thursday."],
    ]
    do(page, "w")
    page.click("#CD-PV-3_0001 .zh")
    with page.expect_response("**/correct"):
        press(page, "Space")
    page.wait_for_selector("#CD-PV-3_0001[data-status=pinned]")
    page.click("#CD-PV-3_0003 .zh")
    do(page, "r")
    for (zh, _), (_, en) in pairwise(SHIFTED[1:6]):
        assert [zh, en] in rows(page)
    assert page.locator("[data-status=realigned]").count() == 4
    after = rows(page)
    page.reload()
    assert rows(page) == after
    out = tmp_path / "all.tsv"
    assert cdtm("export", "-w", folder, "-o", out, "--tier", "all").status == 0
    text = out.read_text("utf-8")
    assert all("\t".join(pair) in text for pair in after)
    for _ in range(8):
        with page.expect_response("**/undo"):
            press(page, "Control+z")
    press(page, "Control+z")  # one more: it is answered when the others are shown
    page.wait_for_selector("text=There is nothing to undo.")
    assert rows(page) == [[*pair] for pair in map(shown, MORE)]
    for _ in range(8):
        with page.expect_response("**/undo"):
            press(page, "Control+Shift+z")
    press(page, "Control+Shift+z")
    page.wait_for_selector("text=There is nothing to redo.")
    assert rows(page) == after


def shown(pair):
    return [text or "no translation" for text in pair]


WRITTEN = r"""rows => {
  const marked = [...rows.querySelectorAll('.current, .side')];
  for (const part of marked) part.classList.remove('current', 'side');
  return rows.innerHTML.replace(/ class=""|\s+(?=<)/g, '');
}"""


def test_what_is_shown_anew_is_what_a_reload_shows(page, folder):
    """Turns that come, go and grow, at both ends and in between."""
    put(folder, [*MORE, ("", "Alone."), *MORE], key="CD-PV-3")
    put(folder, MORE, key="CD-PV-5", speaker="")
    for name, steps in {
        "CD-PV-3": ("x", "m m", "Alt+ArrowDown Enter", "Space", "r Enter", "x", "Control+z"),
        "CD-PV-5": ("m Enter", "x Control+z", "Control+z", "Control+Shift+z"),
    }.items():
        page.goto(f"/record?name={name.replace('-', '/', 1).replace('-', '.')}")
        for place, keys in enumerate(steps):
            page.click(f".row >> nth={(place * 5) % 9} >> css=.zh")
            for key in keys.split():
                with page.expect_response(lambda answer: answer.request.method == "POST"):
                    press(page, key)
            page.wait_for_timeout(100)
            shown = page.eval_on_selector("#rows", WRITTEN)
            page.reload()
            page.wait_for_selector(".row.current")
            assert page.eval_on_selector("#rows", WRITTEN) == shown, (name, keys)


def test_null_links_are_linked_and_a_selection_is_moved(shifted):
    page = shifted
    page.click("#CD-PV-3_0002 .zh")
    press(page, "l")
    page.wait_for_selector("#CD-PV-3_0002.linked")
    page.click("#CD-PV-3_0006 .en")
    do(page, "l")
    assert [SHIFTED[1][0], SHIFTED[5][1]] in rows(page)
    page.evaluate(
        "() => { const text = document.querySelector('#CD-PV-3_0007 .en').firstChild;"
        " getSelection().setBaseAndExtent(text, 16, text, text.length); }"
    )
    page.focus("#CD-PV-3_0007")
    do(page, "Alt+ArrowDown")
    assert ["下次会议将于星期四举行。", "The next meeting"] in rows(page)
    assert ["谢谢主席。和平。", "will be held on Thursday. Thank you."] in rows(page)


def test_what_is_shown_is_dropped_by_escape_and_by_going_on(shifted):
    page = shifted
    page.click("#CD-PV-3_0008 .zh")
    for key in ("Escape", "j"):
        press(page, "Alt+ArrowDown")
        page.wait_for_selector("#preview >> text=和平。安全。")
        press(page, key)
        page.wait_for_selector("#preview", state="detached")
    assert rows(page) == [[*pair] for pair in map(shown, MORE)]


def test_the_map_and_the_queue_lead_to_rows(shifted):
    page = shifted
    press(page, "q")
    page.wait_for_selector(".row.current[data-gain]")
    greatest = max(
        page.eval_on_selector_all("[data-gain]", "all => all.map(row => Number(row.dataset.gain))")
    )
    assert float(page.get_attribute(".row.current", "data-gain")) == greatest
    page.dispatch_event("#map polygon[data-row=CD-PV-3_0008]", "click")
    page.wait_for_selector("#CD-PV-3_0008.current")


def test_a_sample_is_drawn_and_judged(shifted):
    page = shifted
    page.goto("/records?lang=zh")
    page.click("#draw")
    page.wait_for_url("**/record?**")
    with page.expect_response("**/correct"):
        press(page, "a")
    page.wait_for_selector("#rate >> text=错误率")
