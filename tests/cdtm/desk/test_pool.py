"""Threads that look up side by side."""

from __future__ import annotations

import asyncio
import threading

import pytest
from starlette.requests import Request

from cdtm.desk.pool import Pool
from corpora.errors import UserError
from tests.cdtm.reviewing import put


def test_a_slow_question_does_not_hold_up_the_next(pool):
    go_on = threading.Event()
    slow = pool.ask(lambda looker: go_on.wait(30))
    assert pool.ask(lambda looker: looker.find("核查").total).result(timeout=30) == 1
    assert not slow.done()
    go_on.set()
    assert slow.result(timeout=30)


def test_what_nobody_waits_for_is_not_begun(pool):
    go_on, done = threading.Event(), []
    busy = [pool.ask(lambda looker: go_on.wait(30)) for _ in range(2)]
    stale = pool.ask(lambda looker: done.append(1))
    assert stale.cancel()
    go_on.set()
    assert all(one.result(timeout=30) for one in busy)
    assert pool.ask(lambda looker: done).result(timeout=30) == []


def test_a_list_is_given_while_what_is_large_still_loads(pool, monkeypatch):
    go_on = threading.Event()
    monkeypatch.setattr("cdtm.lookup.looker.Looker.load", lambda looker: go_on.wait(30))
    slow = pool.ask(lambda looker: looker.find("核查").total)
    there = pool.ask(lambda looker: len(looker.memory.records()), loaded=False)
    assert there.result(timeout=30) == 1
    assert not slow.done()
    go_on.set()
    assert slow.result(timeout=30) == 1


def in_sqlite(looker):
    looker.memory._database.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    ).fetchall()


def between_steps(looker):
    while True:
        looker.check()


@pytest.mark.parametrize("endless", [in_sqlite, between_steps])
def test_a_search_that_nobody_waits_for_ends(folder, endless, monkeypatch):
    # A memory is not read as a whole for it, as it is when a value of it may be damaged.
    read: list[int] = []
    monkeypatch.setattr("cdtm.desk.pool.read_all", lambda database: read.append(1))
    pool = Pool(folder, threads=1)
    begun = threading.Event()

    def ask(looker):
        begun.set()
        endless(looker)

    async def leave():
        request = Request({"type": "http"}, receive=gone)
        return await pool.answer(ask, request)

    async def gone():
        while not begun.is_set():
            await asyncio.sleep(0.01)
        return {"type": "http.disconnect"}

    assert asyncio.run(leave()) is None
    assert pool.ask(lambda looker: looker.find("核查").total).result(timeout=30) == 1
    pool.close()
    assert not read


def test_a_mistake_goes_to_who_asked(pool):
    def wrong(_looker):
        raise UserError("It is wrong.")

    with pytest.raises(UserError, match="It is wrong"):
        pool.ask(wrong).result(timeout=30)
    assert pool.ask(lambda looker: looker.find("裁军").total).result(timeout=30) == 1


def test_a_record_that_is_built_meanwhile_is_found(pool, folder):
    assert pool.ask(lambda looker: looker.find("火箭").total).result(timeout=30) == 0
    put(folder, [("火箭。", "A rocket.")], key="CD-PV-3")
    assert pool.ask(lambda looker: looker.find("火箭").total).result(timeout=30) == 1


def test_no_log_is_left_behind(folder):
    pool = Pool(folder, threads=2)
    pool.ask(lambda looker: looker.find("裁军")).result(timeout=30)
    put(folder, [("火箭。", "A rocket.")], key="CD-PV-3")
    pool.close()
    assert [path.name for path in folder.glob("memory.sqlite-*")] == []


def test_a_folder_that_is_no_workspace_is_told(tmp_path):
    with pytest.raises(UserError, match="no workspace"):
        Pool(tmp_path)
