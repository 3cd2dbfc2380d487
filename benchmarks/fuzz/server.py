"""The desk, asked in this process: methods, addresses, headers and JSON bodies are spoilt.

A request goes straight to the ASGI application, as uvicorn hands it over, for a client library
would refuse to send most of these. A status of 500 is a fault, and so is a decision that a request
without the token made.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote

from benchmarks.fuzz.running import Execution, FaultError, Target
from benchmarks.fuzz.spoiling import spoil
from benchmarks.fuzz.workspace import Scene, one_encoder
from cdtm.desk.app import make_app
from cdtm.desk.bitext.moves import OPERATIONS
from cdtm.desk.bitext.propose import REALIGN
from cdtm.desk.guard import TOKEN
from cdtm.desk.pool import Pool
from cdtm.memory.backup import rows_of
from cdtm.memory.journal import NAME as JOURNAL
from tmx_out.review.form import DECISIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from random import Random

PORT: Final = 8017
SECRET: Final = "the token of this run"

REQUESTS: Final = 200
"""Asked of one desk; then the workspace is brought back."""

_OWN: Final = (
    (b"host", b"127.0.0.1:%d" % PORT),
    (b"accept", b"text/html"),
    (b"accept-language", b"zh-CN,en;q=0.5"),
    (b"cookie", b"cdtm-language=en"),
)
_WRITING: Final = (
    *_OWN,
    (b"origin", b"http://127.0.0.1:%d" % PORT),
    (b"sec-fetch-site", b"same-origin"),
    (b"content-type", b"application/json"),
    (TOKEN.encode(), SECRET.encode()),
)
_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "PATCH", "X")


@dataclass(frozen=True, slots=True)
class Request:
    """A request as bytes.

    Attributes:
        method: of HTTP.
        target: path and query.
        headers: names in lower case, and values.
        body: is sent in one piece or in several.
    """

    method: str
    target: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes = b""


class Desk:
    """A desk on a workspace, until it is closed.

    Args:
        scene: with the workspace.
        loop: in which it answers.
    """

    def __init__(self, scene: Scene, loop: asyncio.AbstractEventLoop) -> None:
        self.scene, self.loop = scene, loop
        self.pool = Pool(scene.folder, threads=1)
        self.app = make_app(self.pool, SECRET, "Anna")

    def ask(self, request: Request) -> None:
        """Ask.

        Raises:
            FaultError: what came is no answer, or a decision came of what carried no token.
        """
        before = rows_of(self.scene.folder / JOURNAL)
        status = self.loop.run_until_complete(self._answer(request))
        if not 200 <= status < 500:
            raise FaultError(f"the answer's status is {status}")
        allowed = request.method == "POST" and (TOKEN.encode(), SECRET.encode()) in request.headers
        if not allowed and rows_of(self.scene.folder / JOURNAL) != before:
            raise FaultError("a decision came of a request without the token")

    async def _answer(self, request: Request) -> int:
        path, _, query = request.target.partition(b"?")
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": request.method,
            "scheme": "http",
            "path": unquote(path.decode("ascii")),
            "raw_path": path,
            "query_string": query,
            "headers": list(request.headers),
            "server": ("127.0.0.1", PORT),
            "client": ("127.0.0.1", 40_000),
        }
        middle = len(request.body) // 2
        parts = [
            {"type": "http.request", "body": request.body[:middle], "more_body": True},
            {"type": "http.request", "body": request.body[middle:], "more_body": False},
        ]
        told: list[Any] = []

        async def receive() -> Any:
            return parts.pop(0) if parts else await asyncio.Event().wait()

        async def send(message: Any) -> None:
            told.append(message)

        await self.app(scope, receive, send)
        ends = told and told[-1]["type"] == "http.response.body"
        return int(told[0]["status"]) if ends else 0

    def close(self) -> None:
        """End its threads."""
        self.pool.close()


def requests(scene: Scene) -> list[Request]:
    """Make good requests to every address."""
    from cdtm.build.workspace import open_workspace
    from cdtm.desk.record import name_of
    from cdtm.memory.memory import Memory

    with Memory.open(open_workspace(scene.folder).memory) as memory:
        record = memory.records()[0]
        units = [name_of(row) for row in memory.rows_of(record)]
    static = ("", "desk.css", "lookup.js", "../app.py", "%2e%2e/app.py", "no/such")
    name = quote(record.name)
    targets = (
        *(
            "/",
            "/?lang=zh",
            "/records",
            "/find?q=%E6%A0%B8%E6%9F%A5",
            "/find?q=%22a%22%20-b*",
            "/nothing",
        ),
        "/find?q=fissile%20material&since=2031-01-01&until=2032&symbol=CD/PV.*&speaker=x"
        "&tier=accepted&confidence=50&read=300&body=CD&order=left",
        *("/units?q=%E6%A0%B8%E6%9F%A5&suffix=.tsv", "/sample", "/doubts?kind=null-link"),
        *("/doubts/list?limit=3&kind=number-differs&of=x", "/doubts/next?after=1.50~1048577"),
        *(f"/{one}?record={quote(record.key)}&side=en&placed=1" for one in ("source", "left-out")),
        f"/record?name={name}&unit={quote(units[0])}&lang=en&queue=1.50~1048577&kind=x",
        f"/record?name={name}",
        *(f"/static/{each}" for each in static),
    )
    found = [Request("GET", target.encode(), _OWN) for target in targets]
    for number, decision in enumerate((*DECISIONS, REALIGN, *OPERATIONS)):
        asked = {
            "record": record.key,
            "unit": units[number % len(units)],
            "decision": decision,
            "new_zh": "甲。\n乙。",
            "new_en": "A.\nB.",
            "comment": "why",
            "label": "",
            "settle": False,
            "side": "zh",
            "cut": 3,
            "other": units[0],
        }
        body = json.dumps(asked, ensure_ascii=False).encode()
        found += [Request("POST", path, _WRITING, body) for path in (b"/correct", b"/preview")]
    texts = json.dumps({"zh": "甲。乙。", "en": "A. B.", "zh_cut": 2}, ensure_ascii=False).encode()
    found += [
        Request("POST", b"/cuts", _WRITING, texts),
        Request("POST", b"/sample", _WRITING, b"{}"),
    ]
    for redo in (True, False):
        body = json.dumps({"record": record.key, "redo": redo}).encode()
        found.append(Request("POST", b"/undo", _WRITING, body))
    return found


def spoilt(request: Request, random: Random) -> Request:
    """Spoil a request in one or more places, to what a server still hands on."""
    for _ in range(random.choice((1, 1, 2))):
        match random.randrange(6):
            case 0:
                request = replace(request, method=random.choice(_METHODS))
            case 1:
                request = replace(request, target=_target(spoil(request.target, random)))
            case 2:
                headers = list(request.headers)
                place = random.randrange(len(headers))
                name, value = headers[place]
                headers[place] = name, bytes(b for b in spoil(value, random) if b not in b"\0\r\n")
                if random.random() < 0.2:
                    del headers[place]
                request = replace(request, headers=tuple(headers))
            case _ if request.body and random.random() < 0.5:
                request = replace(request, body=_other_value(request.body, random))
            case _ if request.body:
                request = replace(request, body=spoil(request.body, random))
            case _:
                path, _, query = request.target.partition(b"?")
                spoilt_query = quote(spoil(unquote(query.decode()).encode(), random), safe="&=")
                request = replace(request, target=path + b"?" + spoilt_query.encode())
    return request


def _target(data: bytes) -> bytes:
    """Leave out what no server takes in a request's first line."""
    return b"/" + bytes(byte for byte in data[1:] if 0x21 <= byte <= 0x7E)


def _other_value(body: bytes, random: Random) -> bytes:
    """Put another value, or one of another kind, into a JSON object."""
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        return body
    if not isinstance(asked, dict) or not asked:
        return body
    strange: list[Any] = [None, True, 0, -1, 1e308, 2**70, [], {}, [[]]]
    strange += ["", "\ud800", "\x00", "a" * 40_000, *DECISIONS, *asked.values()]
    asked[random.choice(list(asked))] = random.choice(strange)
    return json.dumps(asked).encode()


@contextmanager
def opened(folder: Path) -> Iterator[Callable[[Random], Iterator[Execution]]]:
    """Make a workspace; see `Target.open`."""
    loop = asyncio.new_event_loop()
    with one_encoder():
        scene = Scene(folder)
        good = requests(scene)

        def rounds(random: Random) -> Iterator[Execution]:
            desk = Desk(scene, loop)
            try:
                for _ in range(REQUESTS):
                    request = spoilt(random.choice(good), random)
                    data = repr(request).encode()
                    yield Execution(data, "request.txt", partial(desk.ask, request))
            finally:
                desk.close()
                scene.restore()

        yield rounds
    loop.close()


TARGETS: Final = (Target("desk", 30, opened),)
