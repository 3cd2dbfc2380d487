"""Who is let through, and who is not."""

from __future__ import annotations

import pytest

from cdtm.desk.guard import LONGEST_BODY, LONGEST_QUERY, Guard, refusal

TOKEN = "secret"


def scope(method="GET", query=b"", **headers):
    named = {"host": "127.0.0.1:8017"} | {k.replace("_", "-"): v for k, v in headers.items()}
    return {
        "type": "http",
        "method": method,
        "query_string": query,
        "server": ("127.0.0.1", 8017),
        "headers": [(k.encode(), v.encode()) for k, v in named.items() if v is not None],
    }


def write(**headers):
    usual = {
        "origin": "http://127.0.0.1:8017",
        "content_type": "application/json",
        "x_cdtm_token": TOKEN,
    }
    return scope("POST", **usual | headers)


@pytest.mark.parametrize("host", ["127.0.0.1:8017", "localhost:8017"])
def test_this_computer_is_let_through(host):
    assert refusal(scope(host=host), TOKEN) is None


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8017", "127.0.0.1:80", "127.0.0.1.evil.example:8017", ""]
)
def test_another_name_for_this_computer_is_refused(host):
    assert refusal(scope(host=host), TOKEN)[0] == 400


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999"])
@pytest.mark.parametrize("make", [scope, write])
def test_another_page_is_refused_for_reading_and_writing(origin, make):
    assert refusal(make(origin=origin), TOKEN)[0] == 403


def test_another_page_may_link_but_not_fetch():
    link = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}
    assert refusal(scope(**link), TOKEN) is None
    assert refusal(scope(**link | {"sec_fetch_mode": "no-cors"}), TOKEN)[0] == 403
    assert refusal(write(**link), TOKEN)[0] == 403


def test_a_write_with_everything_is_let_through():
    assert refusal(write(), TOKEN) is None


@pytest.mark.parametrize("token", ["", "secre", "secret2", "\u0101".encode().decode("latin-1")])
def test_a_write_without_the_token_is_refused(token):
    assert refusal(write(x_cdtm_token=token), TOKEN)[0] == 403


def test_a_write_of_nobody_is_refused():
    assert refusal(write(origin=None), TOKEN)[0] == 403


def test_a_form_of_another_kind_is_refused():
    assert refusal(write(content_type="text/plain"), TOKEN)[0] == 415


@pytest.mark.parametrize("length", [str(LONGEST_BODY + 1), "-1", "x"])
def test_a_long_body_is_refused_by_its_header(length):
    assert refusal(write(content_length=length), TOKEN)[0] == 413


def test_a_long_address_is_refused():
    assert refusal(scope(query=b"q" * (LONGEST_QUERY + 1)), TOKEN)[0] == 414


def test_a_body_that_is_longer_than_it_says_is_cut_off(ask):
    import asyncio

    sent = []

    async def reader(scope, receive, send):
        while (await receive()).get("more_body"):
            pass

    async def receive():
        return {"type": "http.request", "body": b"x" * 50_000, "more_body": True}

    async def send(message):
        sent.append(message)

    asyncio.run(Guard(reader, TOKEN)(write(), receive, send))
    assert sent[0]["status"] == 413


def test_every_answer_says_what_may_run(ask):
    for address in ("/", "/find?q=x", "/no-such", "/static/desk.css", "/static/../app.py"):
        headers = ask("GET", address).headers
        assert "script-src 'self'" in headers["content-security-policy"], address
        assert "default-src 'none'" in headers["content-security-policy"], address
        assert headers["x-content-type-options"] == "nosniff"
    assert ask("GET", "/", headers={"host": "evil.example"}).status_code == 400


def test_another_user_gets_nothing(pool):
    import asyncio

    import httpx

    from cdtm.desk.app import make_app
    from tests.cdtm.desk.conftest import HOME

    async def once():
        app = make_app(pool, TOKEN, "Anna", is_own=lambda scope: False)
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=HOME) as client:
            return [await client.get(path) for path in ("/", "/find?q=x", "/static/desk.css")]

    for answer in asyncio.run(once()):
        assert answer.status_code == 403
        assert "another user's" in answer.text
        assert "script-src" in answer.headers["content-security-policy"]
