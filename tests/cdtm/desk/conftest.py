"""A desk on a small workspace, asked without a server."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from cdtm.build.workspace import make_workspace
from cdtm.desk.app import make_app
from cdtm.desk.pool import Pool
from tests.cdtm.reviewing import PAIRS, put

HOME = "http://127.0.0.1:8017"
TOKEN = "the token of this run"


SUBJECTS = [
    (
        "我们支持核裁军和核查制度{}。",
        "We support nuclear disarmament and the verification regime {}.",
    ),
    ("无核武器区很重要{}。", "Nuclear-weapon-free zones matter {}."),
    ("裂变材料条约{}。", "A fissile material treaty {}."),
]
"""Sentences with terms that the built-in glossary knows, and one that it does not."""


def put_subjects(folder):
    """Put in a record that says each of `SUBJECTS` four times."""
    pairs = [(zh.format(n), en.format(n)) for n in range(4) for zh, en in SUBJECTS]
    put(folder, pairs, key="CD-PV-7")


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "w"
    make_workspace(folder, "records", None).save()
    put(folder, PAIRS)
    return folder


@pytest.fixture
def pool(folder):
    pool = Pool(folder, threads=2)
    yield pool
    pool.close()


@pytest.fixture
def ask(pool):
    """Ask the desk: method, address, and what httpx takes."""
    app = make_app(pool, TOKEN, "Anna")

    def ask(method, address, **how):
        async def once():
            transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=HOME) as client:
                return await client.request(method, address, **how)

        return asyncio.run(once())

    return ask
