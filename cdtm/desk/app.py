"""The desk's addresses, and what answers each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from align.doubt.rules import REASONS
from cdtm.desk.guard import Guard
from cdtm.desk.record import find_record, list_records, turns_of
from cdtm.desk.search import find
from cdtm.desk.words import LANGUAGES, OF_SCRIPTS, chosen_language, in_language
from cdtm.troubles import sentence_about
from corpora.errors import UserError

if TYPE_CHECKING:
    from starlette.requests import Request

    from cdtm.desk.pool import Pool

ROOM: Final = Path(__file__).parent

GONE: Final = 499
"""Status of an answer that nobody waits for any more."""


def make_app(pool: Pool, token: str) -> Guard:
    """Make the desk of a workspace.

    Args:
        pool: of threads that look up in it.
        token: that writes must carry.
    """
    desk = _Desk(pool, token)
    app = Starlette(
        routes=[
            Route("/", desk.lookup),
            Route("/find", desk.find),
            Route("/records", desk.records),
            Route("/record", desk.record),
            Mount("/static", StaticFiles(directory=ROOM / "static")),
        ],
        exception_handlers={UserError: _say_mistake, Exception: _say_trouble},
    )
    return Guard(app, token)


class _Desk:
    """What answers each address."""

    def __init__(self, pool: Pool, token: str) -> None:
        self._pool, self._token = pool, token
        self._pages = Environment(
            loader=FileSystemLoader(ROOM / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def _page(self, name: str, request: Request, **values: Any) -> Response:
        """Fill a page; `?lang=` chooses its language, and a cookie keeps the choice."""
        language = chosen_language(request)
        told = {
            "lang": language,
            "t": lambda text: in_language(text, language),
            "words": {
                text: in_language(text, language) for text in (*OF_SCRIPTS, *REASONS.values())
            },
            "token": self._token,
            "reasons": REASONS,
            "here": request.url.path,
        }
        page = HTMLResponse(self._pages.get_template(name).render(told | values))
        if request.query_params.get("lang") in LANGUAGES:
            page.set_cookie("cdtm-language", language, max_age=31_536_000, samesite="strict")
        return page

    async def lookup(self, request: Request) -> Response:
        """Answer ``/``: the page for looking up; its script fills it."""
        return self._page("lookup.html", request)

    async def find(self, request: Request) -> Response:
        """Answer ``/find``: what is known of a text, as JSON."""
        asked = dict(request.query_params)
        answer = await self._pool.answer(lambda looker: find(looker, asked), request)
        return Response(status_code=GONE) if answer is None else JSONResponse(answer)

    async def records(self, request: Request) -> Response:
        """Answer ``/records``: the list of them."""
        found = await self._pool.answer(lambda looker: list_records(looker.memory), request)
        return self._page("records.html", request, records=found or [])

    async def record(self, request: Request) -> Response:
        """Answer ``/record?name=…&unit=…``: one record, its unit in view."""
        name = request.query_params.get("name", "")
        unit = request.query_params.get("unit", "")

        def read(looker: Any) -> dict[str, Any]:
            record = find_record(looker.memory, name, unit)
            return {"record": record, "turns": turns_of(looker.memory.rows_of(record))}

        found = await self._pool.answer(read, request)
        if found is None:
            return Response(status_code=GONE)
        return self._page("record.html", request, unit=unit, **found)


async def _say_mistake(request: Request, error: Exception) -> Response:
    """Say a mistake of the user in its sentence."""
    return _said(request, str(error), 400)


async def _say_trouble(request: Request, error: Exception) -> Response:
    """Say a trouble of the machine; of a bug of ours only that there was one."""
    said = sentence_about(error) or "cdtm could not do this: it is a fault of the program."
    return _said(request, said, 500)


def _said(request: Request, sentence: str, status: int) -> Response:
    if request.headers.get("accept", "").startswith("text/html"):
        return PlainTextResponse(sentence, status)
    return JSONResponse({"error": sentence}, status)
