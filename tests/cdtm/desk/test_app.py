"""The desk's addresses, asked without a browser."""

from __future__ import annotations

import re

import pytest

from tests.cdtm.desk.conftest import HOME, TOKEN, put_subjects
from tests.cdtm.reviewing import put


def test_the_first_page_is_whole(ask):
    page = ask("GET", "/")
    assert page.status_code == 200
    assert 'id="q"' in page.text
    assert "http://" not in page.text  # nothing from elsewhere
    assert "https://" not in page.text


def test_a_look_up_is_that_of_the_command(ask):
    told = ask("GET", "/find", params={"q": "核查"}).json()
    assert (told["total"], told["language"]) == (1, "zh")
    [hit] = told["hits"]
    assert hit["zh"] == "核查很重要。"
    assert [hit["zh"][a:b] for a, b in hit["found"]] == ["核查"]
    assert hit["document"] == "CD/PV.1"
    assert hit["tier"] == "accepted"


@pytest.mark.parametrize(
    ("filters", "total"),
    [
        ({}, 2),
        ({"since": "2015", "until": "2015"}, 2),
        ({"until": "2014"}, 0),
        ({"symbol": "CD/PV"}, 2),
        ({"symbol": "S/PV"}, 0),
        ({"body": "CD"}, 2),
        ({"body": "S"}, 0),
        ({"speaker": "pakistan"}, 2),
        ({"speaker": "france"}, 0),
        ({"confidence": "98"}, 2),
        ({"confidence": "100"}, 0),
        ({"tier": "review"}, 0),
    ],
)
def test_filters(ask, filters, total):
    assert ask("GET", "/find", params={"q": "谢谢主席"} | filters).json()["total"] == total


@pytest.mark.parametrize(
    "wrong",
    [
        *({"since": "yesterday"}, {"confidence": "a"}, {"confidence": "101"}, {"tier": "best"}),
        {"order": "by heart"},
    ],
)
def test_a_wrong_filter_is_a_sentence(ask, wrong):
    answer = ask("GET", "/find", params={"q": "x"} | wrong)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")


def test_a_text_of_any_length_and_none(ask):
    assert ask("GET", "/find", params={"q": "x" * 1001}).status_code == 400
    assert ask("GET", "/find").json()["total"] == 0


@pytest.mark.parametrize(
    ("suffix", "begins"), [(".tsv", b"match\t"), (".xlsx", b"PK"), (".tmx", b"<?xml")]
)
def test_units_as_a_file(ask, suffix, begins):
    answer = ask("GET", "/units", params={"q": "谢谢主席", "suffix": suffix})
    assert answer.content.startswith(begins)
    kept = answer.headers["content-disposition"]
    assert kept == f'attachment; filename="cdtm-units{suffix}"'
    if suffix == ".tsv":
        assert answer.text.count("Thank you.") == 2


@pytest.mark.parametrize("suffix", ["", ".html", "/../../x.tsv", ".parquet"])
def test_no_other_file_is_written(ask, suffix):
    answer = ask("GET", "/units", params={"q": "谢谢主席", "suffix": suffix})
    assert answer.status_code == 400


def test_no_file_is_given_but_the_desk_s_own(ask):
    for path in ("../app.py", "%2e%2e/app.py", "..%2fapp.py", "%2e%2e%2fapp.py", "/etc/passwd"):
        assert ask("GET", f"/static/{path}").status_code in (404, 405), path
    for name in ("base.css", "desk.css"):
        assert ask("GET", f"/static/{name}").status_code == 200


def test_texts_of_records_are_texts(ask, folder):
    nasty = "<script>alert(1)</script>"
    put(folder, [("甲。", f"{nasty}.")], key="CD-PV-2", speaker=f"<b>{nasty}")
    page = ask("GET", "/record", params={"name": "CD/PV.2"})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text
    said = ask("GET", "/record", params={"name": nasty}, headers={"accept": "text/html"}).text
    assert "<script>alert" not in said
    assert "&lt;script&gt;alert" in said


def test_records_and_their_rows(ask):
    assert "CD/PV.1" in ask("GET", "/records").text
    page = ask("GET", "/record", params={"name": "CD/PV.1"}).text
    assert "核查很重要。" in page
    assert "important." in page  # a null link stands in its place


def links_of(page, tuid):
    """The links of a row to its files: side, page, and what they are called."""
    row = page[page.index(f'id="{tuid}"') :].partition("</article>")[0]
    link = re.compile(
        r"/source\?record=[\w-]+&amp;side=(\w+)&amp;placed=1#page=(\d+)[^>]*>([^<]*)<"
    )
    return [(side, int(number), said) for side, number, said in link.findall(row)]


PAGED = [
    ("会议开始。", "The meeting begins."),
    ("", "Nobody said this."),
    ("谢谢主席。", "Thank you."),
    ("多余。", ""),
    ("会议结束。", "The meeting ends."),
]


def test_each_side_leads_to_its_own_page_of_its_own_file(ask, folder):
    put(folder, PAGED, key="CD-PV-5", pages={"zh": 2, "en": 10})
    page = ask("GET", "/record", params={"name": "CD/PV.5"}).text
    names = re.findall(r'<article [^>]*id="([^"]+)"', page)
    found = [[link[:2] for link in links_of(page, name)] for name in names]
    assert found == [
        [("zh", 2), ("en", 10)],
        [("en", 11)],  # a null link leads to no page of the file that lacks it
        [("zh", 3), ("en", 12)],
        [("zh", 4)],
        [("zh", 5), ("en", 13)],
    ]
    assert [said for *_, said in links_of(page, names[0])] == ["Chinese page 2", "English page 10"]


def test_what_was_moved_to_another_row_still_leads_to_its_page(ask, folder):
    put(folder, PAGED, key="CD-PV-5", pages={"zh": 2, "en": 10})
    page = ask("GET", "/record", params={"name": "CD/PV.5"}).text
    unit = re.search(r'id="CD-PV-5_0001"[^>]*data-unit="([^"]+)"', page)[1]
    told = {"record": "CD-PV-5", "unit": unit, "decision": "swap", "side": "en"}
    after = ask("POST", "/correct", json=told, headers=OURS).json()["rows"]
    [first] = [links_of(after, "CD-PV-5_0001")]
    assert [link[:2] for link in first] == [("zh", 2), ("en", 11)]


def test_a_file_that_knows_no_pages_gets_no_link_to_one(ask):
    assert "#page=" not in ask("GET", "/record", params={"name": "CD/PV.1"}).text


def test_a_record_that_is_not_there_is_a_sentence(ask):
    answer = ask("GET", "/record", params={"name": "CD/PV.7"}, headers={"accept": "text/html"})
    assert answer.status_code == 400
    assert "There is no record CD/PV.7 in this memory." in answer.text
    assert 'href="/records"' in answer.text  # a way on


IN_CHINESE = {"accept-language": "zh-CN"}


def test_what_cannot_be_done_is_said_in_the_language_of_the_page(ask):
    def error(*asked, **how):
        return ask(*asked, headers=OURS | IN_CHINESE, **how).json()["error"]

    assert error("GET", "/record", params={"name": "CD/PV.7"}) == "本记忆库中没有记录 CD/PV.7。"
    wrong = {"q": "x", "since": "never"}
    assert error("GET", "/find", params=wrong).startswith("“自”中的 never 不是日期")
    told = {"record": "CD-PV-1", "unit": "x", "decision": "swap", "side": "zh"}
    assert error("POST", "/preview", json=told) == "此行已被改动：请看现在的样子。"
    conflict = ask("POST", "/correct", json=told, headers=OURS | IN_CHINESE).json()["conflict"]
    assert conflict == "此行已被改动：请看现在的样子。"
    refused = ask("POST", "/correct", json=told, headers=IN_CHINESE)
    assert (refused.status_code, refused.text) == (403, "不知是哪个网页的请求。")


def test_what_speaks_against_a_unit_that_is_found_is_a_sentence(ask, folder):
    put(folder, [("核裁军。", "Arms.")], key="CD-PV-2", flags="number-differs")
    [hit] = ask("GET", "/find", params={"q": "核裁军"}, headers=IN_CHINESE).json()["hits"]
    assert hit["reasons"] == ["一侧有的数字另一侧没有。"]


def test_the_language_is_chosen_and_kept(ask):
    assert 'lang="en"' in ask("GET", "/").text
    chinese = ask("GET", "/", headers={"accept-language": "zh-CN,zh;q=0.9"})
    assert '<html lang="zh-CN">' in chinese.text
    assert "检索" in chinese.text
    chosen = ask("GET", "/?lang=zh")
    assert "cdtm-language=zh" in chosen.headers["set-cookie"]
    kept = ask("GET", "/", headers={"cookie": "cdtm-language=zh"})
    assert '<html lang="zh-CN">' in kept.text


OURS = {"origin": HOME, "x-cdtm-token": TOKEN}


def test_a_correction_answers_with_the_rows_as_they_are_then(ask):
    page = ask("GET", "/record", params={"name": "CD/PV.1"}).text
    [unit] = re.findall(r'data-unit="(CD-PV-1_0001[^"]*)"', page)
    told = {"record": "CD-PV-1", "unit": unit, "decision": "edit", "new_en": "It <b>begins</b>."}
    answer = ask("POST", "/correct", json=told, headers=OURS).json()
    assert (answer["unit"], answer["conflict"]) == ("CD-PV-1_0001", "")
    assert "It &lt;b&gt;begins&lt;/b&gt;." in answer["rows"]
    assert ask("GET", "/find", params={"q": "begins"}).json()["hits"][0]["en"] == told["new_en"]
    stale = ask("POST", "/correct", json=told, headers=OURS).json()
    assert "changed meanwhile" in stale["conflict"]
    undone = ask("POST", "/undo", json={"record": "CD-PV-1"}, headers=OURS).json()
    assert "The meeting begins." in undone["rows"]
    again = ask("POST", "/undo", json={"record": "CD-PV-1", "redo": True}, headers=OURS).json()
    assert "It &lt;b&gt;begins&lt;/b&gt;." in again["rows"]


@pytest.mark.parametrize("address", ["/correct", "/undo", "/terms/decide"])
def test_nobody_else_writes(ask, folder, address):
    told = {"record": "CD-PV-1", "unit": "x", "decision": "reject"}
    for headers in (
        {},
        {"origin": HOME},
        {"origin": HOME, "x-cdtm-token": "of another run"},
        OURS | {"origin": "http://evil.example"},
        OURS | {"host": "evil.example"},
        OURS | {"sec-fetch-site": "cross-site"},
    ):
        assert ask("POST", address, json=told, headers=headers).status_code in (400, 403)
    assert ask("GET", address, params=told).status_code == 405
    assert not (folder / "decisions.sqlite").exists()
    assert not (folder / "glossary.tsv").exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"7", b'"x"', b'{"record":"\\ud800"}'])
def test_what_is_no_object_is_a_sentence(ask, body):
    headers = OURS | {"content-type": "application/json"}
    answer = ask("POST", "/correct", content=body, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (
        400,
        "What was sent is no JSON object.",
    )


def test_a_body_without_end_is_refused(ask):
    headers = OURS | {"content-type": "application/json"}
    assert ask("POST", "/correct", content=b"x" * 300_000, headers=headers).status_code == 413


def test_one_speaker_s_sentences_are_one_turn_with_the_null_links_in_it(ask):
    page = ask("GET", "/record", params={"name": "CD/PV.1"}).text
    assert page.count('<section class="turn">') == 1
    assert "Mr. Jadoon (Pakistan)" in page
    assert page.index("Verification is") < page.index("important.") < page.index("和平。安全。")


def test_terms_and_what_is_decided_on_them(ask, folder):
    put_subjects(folder)
    assert 'id="choose"' in ask("GET", "/terms").text
    told = ask("GET", "/terms/list").json()["terms"]
    [one] = [term for term in told if term["zh"] == ["核裁军"]]
    decision = {"decision": "confirm", "terms": [one], "as": one | {"en": ["<b>arms</b>"]}}
    decided = ask("POST", "/terms/decide", json=decision, headers=OURS).json()["terms"]
    assert ["核裁军"] in [term["zh"] for term in decided if term["state"] == "confirmed"]
    written = ask("GET", "/terms/file", params={"suffix": ".csv"})
    assert "核裁军,<b>arms</b>" in written.text
    assert ask("GET", "/terms/file", params={"suffix": ".exe"}).status_code == 400


def test_a_fault_of_the_program_is_told_on_both_sides(ask, monkeypatch, capfd):
    monkeypatch.setattr("cdtm.desk.app.find", lambda looker, asked: 1 / 0)
    answer = ask("GET", "/find", params={"q": "x"})
    assert (answer.status_code, answer.json()) == (
        500,
        {"error": "cdtm could not do this: it is a fault of the program."},
    )
    assert "ZeroDivisionError" in capfd.readouterr().err
