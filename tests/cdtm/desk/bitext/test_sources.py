"""The files of a record: opened by record and side alone, and what was left out of them."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

import pytest

from cdtm.build.workspace import make_workspace
from cdtm.desk.bitext.placed import Begin
from cdtm.desk.bitext.sources import Links, Sources, left_out
from cdtm.lookup.looker import Looker
from cdtm.memory.memory import Memory
from corpora.errors import UserError
from tests.cdtm.reviewing import KEY, PAIRS, put

ZH = "<script>alert(1)</script>\n会议开始。\n谢谢主席。\n"


@pytest.fixture
def records(tmp_path):
    folder = tmp_path / "records of a meeting"
    folder.mkdir()
    return folder


@pytest.fixture
def folder(tmp_path, records):
    folder = tmp_path / "w"
    make_workspace(folder, str(records), None).save()
    put(folder, PAIRS)
    return folder


@pytest.fixture
def record(pool):
    with Memory.open(pool.workspace.memory) as memory:
        [record] = memory.records()
    return record


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_is_sent_as_text_and_never_as_a_page(ask, records, record, encoding):
    (records / record.zh_file).write_text(ZH, encoding)
    answer = ask("GET", f"/source?record={KEY}&side=zh")
    assert answer.text == ZH
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith("inline; filename*=UTF-8''")


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("a b.pdf", "application/pdf", "inline"),
        ("a.html", "application/octet-stream", "attachment"),
        ("a.svg", "application/octet-stream", "attachment"),
        ("中文“.docx", "application/octet-stream", "attachment"),
    ],
)
def test_what_a_browser_might_run_is_only_kept(pool, records, record, name, kind, shown):
    (records / name).write_bytes(b"<html><script>alert(1)</script>")
    file = Sources(pool.workspace).file(record._replace(en_file=name), "en")
    assert (file.kind, file.data) == (kind, b"<html><script>alert(1)</script>")
    assert file.disposition == f"{shown}; filename*=UTF-8''{quote(name, safe='')}"


@pytest.mark.parametrize("name", ["../out.txt", "a/../../out.txt", "/etc/hostname"])
def test_no_name_leads_out_of_the_folder(pool, tmp_path, record, name):
    (tmp_path / "out.txt").write_text("secret", "utf-8")
    with pytest.raises(UserError, match="not known here"):
        Sources(pool.workspace).file(record._replace(en_file=name), "en")


@pytest.mark.parametrize(
    "way", ["record=x&side=zh", f"record={KEY}&side=fr", f"record={KEY}&side=../zh", "side=zh"]
)
def test_what_names_no_file_is_a_sentence(ask, way):
    answer = ask("GET", f"/source?{way}")
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_file_that_is_gone_is_a_sentence(ask):
    assert ask("GET", f"/source?record={KEY}&side=zh").status_code == 400
    assert ask("GET", f"/left-out?record={KEY}").status_code == 400


def test_a_row_leads_to_its_line_of_a_text(pool, records, record):
    text = "会议开始。\n\n谢谢，主席-。\n甲 100%\n谢谢，主席-。\n"
    (records / record.zh_file).write_text(text, "utf-8")
    same = hashlib.sha256(text.encode()).hexdigest()
    links = Links(Sources(pool.workspace), record._replace(zh_sha256=same))

    def to(side, page, line):
        return [one.address.partition("#")[2] for one in links.of([Begin(side, page, line)])]

    assert to("zh", 0, 1) == [":~:text=会议开始。"]
    assert to("zh", 0, 4) == [":~:text=甲%20100%25-,谢谢，主席%2D。"]  # it stands there twice
    assert to("zh", 0, 3) == [":~:text=甲%20100%25"]
    assert to("zh", 0, 99) == to("zh", 0, 0) == []
    assert to("en", 0, 1) == []  # the file is gone
    assert to("en", 7, 1) == ["page=7"]


def test_a_file_that_was_changed_since_is_no_longer_pointed_into(pool, ask, records, record):
    for name in (record.zh_file, record.en_file):
        (records / name).write_text("会议开始。\n", "utf-8")
    assert Links(Sources(pool.workspace), record).of([Begin("zh", 0, 1)]) == []
    page = Links(Sources(pool.workspace), record).of([Begin("en", 7, 1)])[0].address
    for address in (page.partition("#")[0], f"/left-out?record={KEY}"):
        answer = ask("GET", address)
        assert (answer.status_code, "was changed since" in answer.text) == (400, True)
    assert ask("GET", f"/source?record={KEY}&side=en").text == "会议开始。\n"


def test_what_was_left_out_stands_behind_its_row(pool, records, tmp_path, zh, en):
    from cdtm.desk.pair import pair_workspace
    from cdtm.jobs.pair import AlignJob

    with pair_workspace(AlignJob(zh, en, (tmp_path / "o.tsv",))) as (folder, _):
        from cdtm.build.workspace import open_workspace

        workspace = open_workspace(folder)
        sources = Sources(workspace, {zh.name: (zh, None), en.name: (en, None)})
        with Memory.open(workspace.memory) as memory:
            [record] = memory.records()
            found = left_out(Looker(workspace, memory), sources, record)
            names = [row.tuid for row in memory.rows_of(record)]
    assert {one["side"] for one in found} == {"zh", "en"}
    for side, file in (("zh", zh), ("en", en)):
        text = file.read_text("utf-8")
        own = [one for one in found if one["side"] == side]
        assert all(line in text for one in own for line in one["text"].split("\n"))
        places = [names.index(one["row"]) if one["row"] else -1 for one in own]
        assert places == sorted(places)
        assert places[0] == -1  # the cover stands before the meeting
        assert {one["reason"] for one in own} >= {"cover page"}
