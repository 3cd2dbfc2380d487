from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from contextlib import suppress
from dataclasses import replace

import pytest

from corpora import UserError
from corpora.fetch.answers import APP_PAGE
from corpora.fetch.pace import Clock, Pace, StoppedError
from corpora.fetch.service import Service, Wanted, fetch_file, open_client, url_of
from tests.corpora.serving_records import (
    APP,
    OLD_WORD,
    Reply,
    make_docx,
    make_record,
    serve,
)

WANTED = Wanted("CD/PV.1579", "zh")
RECORD = make_record("CD/PV.1579", "zh")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server():
    with serve() as running:
        yield running


class Fetcher:
    """Fetches from the server without waiting, and notes how long it would have waited."""

    def __init__(self, server) -> None:
        self.service = Service(base_url=server.url)
        self.slept: list[float] = []
        self.time = 0.0

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def __call__(self, wanted: Wanted = WANTED):
        self.pace = Pace(1e6, Clock(lambda: self.time, self.sleep, lambda: 0.5))
        with open_client(self.service) as client:
            answer = fetch_file(wanted, client, self.service, self.pace)
        self.slept = [seconds for seconds in self.slept if seconds > 0.01]  # without turns
        return answer


@pytest.fixture
def fetch(server) -> Fetcher:
    return Fetcher(server)


def test_a_path_in_capitals_is_asked_for_in_small_letters(server, fetch):
    answer = fetch()
    assert (answer.status, answer.kind, answer.reason) == ("found", "pdf", "")
    assert answer.data == RECORD
    assert answer.url == f"{server.url}/api/symbol/access?s=CD/PV.1579&l=zh&t=pdf"
    assert answer.last_url == f"{server.url}/doc/undoc/gen/g15/pdf/cdpv1579zh.pdf"
    assert answer.requests == 2
    assert server.paths[1] == server.paths[1].lower()


def test_headers_are_those_that_the_service_wants(server, fetch):
    fetch()
    headers = server.asks[0].headers
    assert headers["user-agent"].startswith("Mozilla/5.0 ")
    assert headers["user-agent"].endswith(" cdtm")
    assert headers["accept"] == "application/pdf"
    assert headers["referer"] == "https://docs.un.org/zh/CD/PV.1579"
    assert headers["accept-encoding"] == "identity"


def test_symbols_are_quoted_but_for_slashes_and_parentheses():
    url = url_of(Wanted("S/RES/1 &l=fr(2024)", "en"), "pdf", "http://mirror/un/")
    assert url == "http://mirror/un/api/symbol/access?s=S/RES/1%20%26l%3Dfr(2024)&l=en&t=pdf"


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_passing_error_is_tried_again_later_and_later(server, fetch, status):
    server.behave = lambda ask: Reply(b"busy" * 138, status=status) if ask.time < 4 else None
    answer = fetch()
    assert (answer.status, answer.data) == ("found", RECORD)
    assert fetch.slept == [2, 4, 8]
    assert answer.requests == 5


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured(server, fetch, status):
    busy = Reply(b"", status=status, headers={"Retry-After": "77"})
    server.behave = lambda ask: busy if ask.time == 1 else None
    assert fetch().status == "found"
    assert 77 <= sum(fetch.slept) < 78


def test_retry_after_makes_all_wait_even_if_this_file_is_given_up(server, fetch):
    fetch.service = replace(fetch.service, tries=1)
    server.behave = lambda _ask: Reply(status=503, headers={"Retry-After": "77"})
    assert fetch().status == "failed"
    assert fetch.slept == []
    fetch.pace.take_turn()
    assert fetch.slept == [pytest.approx(77)]


def test_who_asks_for_more_patience_than_we_have_is_left_alone(server, fetch):
    server.behave = lambda _ask: Reply(status=503, headers={"Retry-After": "7200"})
    answer = fetch()
    assert (answer.status, answer.requests, fetch.slept) == ("failed", 1, [])
    assert "in 120 minutes" in answer.reason


def test_an_error_that_stays_is_given_up(server, fetch):
    server.behave = lambda _ask: Reply(b"", status=502)
    answer = fetch()
    assert (answer.status, answer.requests, answer.data) == ("failed", 5, b"")
    assert answer.reason == "the service answered with status 502, 5 times"


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_refusal_is_not_asked_again(server, fetch, status):
    server.behave = lambda _ask: Reply(b"", status=status)
    answer = fetch()
    assert (answer.status, answer.requests) == ("failed", 1)
    assert str(status) in answer.reason


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there_is_not_asked_again(server, fetch, status):
    server.behave = lambda _ask: Reply(b"", status=status)
    answer = fetch()
    assert (answer.status, answer.requests) == ("not_found", 1)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(APP),
        Reply(b"\xef\xbb\xbf\n" + APP),
        Reply(status=302, headers={"Location": "/error"}),
        Reply(status=302, headers={"Location": "https://documents.un.org/error?x=1"}),
    ],
    ids=["app", "app with mark", "error", "error elsewhere"],
)
def test_the_web_application_instead_of_a_file_is_believed_the_second_time(server, fetch, reply):
    server.behave = lambda _ask: reply
    answer = fetch()
    assert (answer.status, len(server.asks)) == ("not_found", 2)
    server.behave = lambda ask: reply if ask.time == 3 else None
    assert fetch().status == "found"


def test_a_502_is_no_first_sight_of_the_web_application(server, fetch):
    replies = {1: Reply(status=502), 2: Reply(APP)}
    server.behave = lambda ask: replies.get(ask.time)
    assert fetch().status == "found"


def test_a_long_web_page_is_a_failure_and_not_a_missing_record(server, fetch):
    server.behave = lambda _ask: Reply(b"<html>Please log in" + b" " * APP_PAGE)
    answer = fetch()
    assert answer.status == "failed"
    assert "web page" in answer.reason


@pytest.mark.parametrize(
    "cut",
    [
        Reply(RECORD[:700], length=len(RECORD)),  # the server hangs up
        Reply(RECORD[:700]),  # … having said so: only the end is missing
        Reply(b""),
    ],
    ids=["hung up", "no end", "empty"],
)
def test_a_cut_file_is_fetched_again(server, fetch, cut):
    server.behave = lambda ask: cut if ask.time < 3 else None
    answer = fetch()
    assert (answer.status, answer.data, fetch.slept) == ("found", RECORD, [2, 4])
    server.times.clear()
    server.behave = lambda _ask: cut
    answer = fetch()
    assert (answer.status, answer.data) == ("failed", b"")


def test_the_end_of_a_pdf_must_be_at_its_end(server, fetch):
    server.behave = lambda _ask: Reply(RECORD + b"\n" * 1500)
    assert fetch().status == "found"
    server.behave = lambda _ask: Reply(RECORD + b"\n" * 3000)
    assert fetch().status == "failed"


def test_what_is_neither_pdf_nor_word(server, fetch):
    server.behave = lambda _ask: Reply(b'{"error": "internal"}')
    answer = fetch()
    assert (answer.status, answer.requests) == ("failed", 2)
    assert "neither PDF nor Word" in answer.reason
    server.behave = lambda _ask: Reply(b"\x89PNG\r\n" + bytes(50))
    assert "a picture" in fetch().reason


def test_a_circle_of_redirects_ends(server, fetch):
    server.behave = lambda ask: Reply(status=302, headers={"Location": ask.path})
    answer = fetch()
    assert (answer.status, answer.requests) == ("failed", 6)
    assert "circle" in answer.reason


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://a.org/x", "http://[x"])
def test_a_redirect_to_what_is_no_web_address_is_not_followed(server, fetch, location):
    server.behave = lambda _ask: Reply(status=302, headers={"Location": location})
    answer = fetch()
    assert (answer.status, answer.requests) == ("failed", 1)


def test_a_slow_service_is_not_waited_for_for_ever(server, fetch):
    fetch.service = replace(fetch.service, timeout=0.1, tries=2)
    done = threading.Event()

    def behave(ask):
        if ask.time == 1:
            done.wait(5)

    server.behave = behave
    assert fetch().status == "found"
    assert fetch.slept == [2]
    done.set()
    fetch.service = replace(fetch.service, tries=1)
    server.delay = 0.4
    assert fetch().reason == "the service did not answer within 0.1 seconds"


def test_no_service_at_all_is_seen_in_seconds(server, fetch):
    fetch.service = replace(fetch.service, base_url="http://127.0.0.1:9")
    answer = fetch()
    assert (answer.status, answer.requests, fetch.slept) == ("failed", 2, [2])
    assert "connection failed" in answer.reason


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:9/doc/a.pdf",
        "http://localhost/doc/a.pdf",
        "http://169.254.169.254/latest/meta-data",
        "https://example.org/a.pdf",
        "//example.org/a.pdf",
    ],
)
def test_a_redirect_to_another_place_is_not_followed(server, fetch, location):
    server.behave = lambda _ask: Reply(status=302, headers={"Location": location})
    answer = fetch()
    assert (answer.status, answer.requests) == ("failed", 1)
    assert "another place" in answer.reason


def test_a_redirect_to_a_place_that_the_user_allows_is_followed(server, fetch):
    with serve() as elsewhere:
        place = elsewhere.url.replace("127.0.0.1", "localhost")
        elsewhere.stored["/doc/a.pdf"] = ("CD/PV.1579", "zh", "pdf")
        server.behave = lambda _ask: Reply(status=302, headers={"Location": f"{place}/doc/a.pdf"})
        assert fetch().status == "failed"
        fetch.service = replace(fetch.service, others=("localhost",))
        assert fetch().data == RECORD


def test_name_and_password_of_a_mirror_are_sent_and_not_told(server, fetch):
    fetch.service = replace(fetch.service, base_url=server.url.replace("//", "//anna:secret@"))
    answer = fetch()
    assert answer.status == "found"
    assert server.asks[0].headers["authorization"].startswith("Basic ")
    assert "secret" not in answer.url + answer.last_url + answer.reason
    fetch.service = replace(fetch.service, base_url="http://anna:secret@127.0.0.1:9")
    answer = fetch()
    assert "secret" not in answer.url + answer.last_url + answer.reason


def test_a_body_that_is_packed_all_the_same_is_unpacked(server, fetch):
    packed = Reply(gzip.compress(RECORD), headers={"Content-Encoding": "gzip"})
    server.behave = lambda _ask: packed
    assert fetch().data == RECORD
    server.behave = lambda _ask: replace(packed, body=b"no gzip") if _ask.time < 3 else packed
    assert fetch().data == RECORD
    server.behave = lambda _ask: replace(packed, headers={"Content-Encoding": "br"})
    assert "in a way not asked for" in fetch().reason


def test_a_body_that_unpacks_to_more_than_any_record_is_not_unpacked(server, fetch):
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()
    assert len(bomb) < 400_000
    server.behave = lambda _ask: Reply(bomb, headers={"Content-Encoding": "gzip"})
    tracemalloc.start()
    answer = fetch()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.reason == "the file is larger than 200 MB"
    assert most < 260_000_000


@pytest.mark.parametrize("begin", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_server_that_drips_is_cut_off(monkeypatch, begin):
    """In the head of its answer, or in the body: each byte comes before any time-out."""
    monkeypatch.setattr("corpora.fetch.service.MOST_SECONDS", 0.7)
    over = threading.Event()

    def drip(listener):
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                connection.sendall(begin)
                while not over.wait(0.05):
                    connection.sendall(b"a")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=drip, args=(listener,), daemon=True)
        thread.start()
        service = Service(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}")
        started = time.monotonic()
        with open_client(service) as client:
            answer = fetch_file(WANTED, client, service, Pace(1e6))
        seconds = time.monotonic() - started
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)
    assert answer.reason.startswith("the file took longer than 0.7 seconds")
    assert seconds < 10


def test_word_is_asked_for_as_doc_and_read_as_docx(server, fetch):
    answer = fetch(replace(WANTED, format="docx"))
    assert (answer.status, answer.kind, answer.notes) == ("found", "docx", ())
    assert answer.data == make_docx("CD/PV.1579", "zh")
    assert [ask.type for ask in server.asks] == ["doc"]


def test_a_cut_word_file_is_fetched_again(server, fetch):
    whole = make_docx("CD/PV.1579", "zh")
    server.behave = lambda ask: Reply(whole[:-30]) if ask.time == 1 else None
    assert fetch(replace(WANTED, format="docx")).data == whole


@pytest.mark.parametrize(
    ("reply", "why"),
    [(Reply(OLD_WORD), "old .doc"), (Reply(status=404), "no such file")],
)
def test_where_there_is_no_word_file_that_can_be_read_the_pdf_comes(server, fetch, reply, why):
    server.behave = lambda ask: reply if ask.type == "doc" else None
    answer = fetch(replace(WANTED, format="docx"))
    assert (answer.status, answer.kind, answer.data) == ("found", "pdf", RECORD)
    assert why in answer.notes[0]


def test_a_pdf_in_answer_to_a_wish_for_word_is_told(server, fetch):
    server.behave = lambda _ask: Reply(RECORD)
    answer = fetch(replace(WANTED, format="docx"))
    assert (answer.kind, answer.requests) == ("pdf", 1)
    assert "a PDF where a Word file" in answer.notes[0]


def test_a_proxy_is_gone_through(server, fetch):
    fetch.service = Service(base_url="http://records.example.org", proxy=server.url)
    answer = fetch()
    assert (answer.status, answer.data) == ("found", RECORD)
    assert server.asks[0].path.startswith("http://records.example.org/api/")


def test_the_proxy_of_the_environment_is_gone_through(server, fetch, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", server.url)
    fetch.service = Service(base_url="http://records.example.org")
    assert fetch().status == "found"


@pytest.mark.parametrize(
    "url", ["documents.un.org", "ftp://a.org", "http://", "", "http://[x", "http://a:b"]
)
def test_a_base_url_that_is_none(url):
    with pytest.raises(UserError, match=r"no address of a web service: write one such as https://"):
        open_client(Service(base_url=url))


@pytest.mark.parametrize("proxy", ["nonsense", "ftp://proxy:1"])
def test_a_proxy_that_is_none(proxy):
    with pytest.raises(UserError, match=r"The proxy .* cannot be used"):
        open_client(Service(proxy=proxy))


def test_a_proxy_of_the_environment_that_is_none(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "ftp://proxy:1")
    with pytest.raises(UserError, match="The proxy of the environment cannot be used"):
        open_client(Service())


def test_a_run_that_is_stopped_ends_a_download(server):
    pace = Pace(1e6, Clock(time.monotonic, lambda _seconds: None))

    def behave(_ask):
        pace.stop()
        return Reply(RECORD)

    server.behave = behave
    service = Service(base_url=server.url)
    with open_client(service) as client, pytest.raises(StoppedError):
        fetch_file(WANTED, client, service, pace)
    assert len(server.asks) == 1
    with open_client(service) as client, pytest.raises(StoppedError):
        fetch_file(WANTED, client, service, pace)
    assert len(server.asks) == 1
