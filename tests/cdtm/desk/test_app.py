"""The desk's addresses, asked without a browser."""

from __future__ import annotations

import pytest

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
    [{"since": "yesterday"}, {"confidence": "a"}, {"confidence": "101"}, {"tier": "best"}],
)
def test_a_wrong_filter_is_a_sentence(ask, wrong):
    answer = ask("GET", "/find", params={"q": "x"} | wrong)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")


def test_a_text_of_any_length_and_none(ask):
    assert ask("GET", "/find", params={"q": "x" * 1001}).status_code == 400
    assert ask("GET", "/find").json()["total"] == 0


def test_no_file_is_given_but_the_desk_s_own(ask):
    for path in ("../app.py", "%2e%2e/app.py", "..%2fapp.py", "%2e%2e%2fapp.py", "/etc/passwd"):
        assert ask("GET", f"/static/{path}").status_code in (404, 405), path
    assert ask("GET", "/static/desk.css").status_code == 200


def test_texts_of_records_are_texts(ask, folder):
    nasty = "<script>alert(1)</script>"
    put(folder, [("甲。", f"{nasty}.")], key="CD-PV-2", speaker=f"<b>{nasty}")
    page = ask("GET", "/record", params={"name": "CD/PV.2"})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text
    said = ask("GET", "/record", params={"name": nasty}, headers={"accept": "text/html"})
    assert said.headers["content-type"].startswith("text/plain")


def test_records_and_their_rows(ask):
    assert "CD/PV.1" in ask("GET", "/records").text
    page = ask("GET", "/record", params={"name": "CD/PV.1"}).text
    assert "核查很重要。" in page
    assert "important." in page  # a null link stands in its place


def test_a_record_that_is_not_there_is_a_sentence(ask):
    answer = ask("GET", "/record", params={"name": "CD/PV.7"}, headers={"accept": "text/html"})
    assert (answer.status_code, answer.text) == (400, "There is no record CD/PV.7 in this memory.")


def test_the_language_is_chosen_and_kept(ask):
    assert 'lang="en"' in ask("GET", "/").text
    chinese = ask("GET", "/", headers={"accept-language": "zh-CN,zh;q=0.9"})
    assert '<html lang="zh-CN">' in chinese.text
    assert "检索" in chinese.text
    chosen = ask("GET", "/?lang=zh")
    assert "cdtm-language=zh" in chosen.headers["set-cookie"]
    kept = ask("GET", "/", headers={"cookie": "cdtm-language=zh"})
    assert '<html lang="zh-CN">' in kept.text
