"""The desk's addresses, and what answers each."""

from __future__ import annotations

import asyncio
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from align.alignment import percent
from cdtm.desk import doubts
from cdtm.desk.bitext.sources import Links, Sources, left_out
from cdtm.desk.guard import Guard
from cdtm.desk.record import find_record, name_of, record_of_key, shown
from cdtm.desk.search import bodies, find, written
from cdtm.desk.terms import Finder, decide, listed
from cdtm.desk.terms import written as terms_written
from cdtm.desk.words.language import LANGUAGES, chosen_language, in_language, localized
from cdtm.desk.words.pages import OF_SCRIPTS
from cdtm.troubles import sentence_about
from corpora.errors import UserError
from tmx_out.html_text import SHARED, templates

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.types import Scope

    from cdtm.build.workspace import Workspace
    from cdtm.desk.correct import Outcome
    from cdtm.desk.pool import Pool
    from cdtm.lookup.looker import Looker
    from cdtm.memory.units import Record
    from corpora import Language

ROOM: Final = Path(__file__).parent

GONE: Final = 499
"""Status of an answer that nobody waits for any more."""


def make_app(
    pool: Pool,
    token: str,
    reviewer: str,
    saved: Callable[[], None] = lambda: None,
    is_own: Callable[[Scope], bool] = lambda scope: True,
    sources: Sources | None = None,
) -> Guard:
    """Make the desk of a workspace.

    Args:
        pool: of threads that look up in it.
        token: that writes must carry.
        reviewer: in whose name the journal gets what is decided.
        saved: is called after each correction.
        is_own: says of a request whether a program of this user sends it.
        sources: where the files of its records are; None where the workspace says.
    """
    desk = _Desk(pool, token, reviewer, saved, sources or Sources(pool.workspace))
    app = Starlette(
        routes=[
            Route("/", desk.lookup),
            Route("/find", desk.find),
            Route("/units", desk.units),
            Route("/records", desk.records),
            Route("/record", desk.record),
            Route("/doubts", desk.doubts),
            Route("/doubts/list", desk.doubts_list),
            Route("/doubts/next", desk.next_doubt),
            Route("/source", desk.source),
            Route("/left-out", desk.left_out),
            Route("/sample", desk.sample),
            Route("/sample", desk.draw, methods=["POST"]),
            Route("/correct", desk.correct, methods=["POST"]),
            Route("/preview", desk.preview, methods=["POST"]),
            Route("/cuts", desk.cuts, methods=["POST"]),
            Route("/undo", desk.undo, methods=["POST"]),
            Route("/terms", desk.terms),
            Route("/terms/list", desk.terms_list),
            Route("/terms/file", desk.terms_file),
            Route("/terms/decide", desk.decide_terms, methods=["POST"]),
            Route("/static/base.css", lambda _request: FileResponse(SHARED / "base.css")),
            Mount("/static", StaticFiles(directory=ROOM / "static")),
        ],
        exception_handlers={UserError: desk.say_mistake, Exception: desk.say_trouble},
    )
    return Guard(app, token, is_own)


class _Desk:
    """What answers each address."""

    def __init__(
        self, pool: Pool, token: str, reviewer: str, saved: Callable[[], None], sources: Sources
    ) -> None:
        self._pool, self._token, self._reviewer = pool, token, reviewer
        self._saved, self._sources = saved, sources
        self._terms, self._queue = Finder(pool.workspace), doubts.Queue(pool.workspace)
        self._pages = templates(ROOM / "templates")

    def _page(self, name: str, request: Request, **values: Any) -> Response:
        """Fill a page; `?lang=` chooses its language, and a cookie keeps the choice."""
        language = chosen_language(request)
        page = HTMLResponse(
            self._filled(name, language, here=request.url.path, **values),
            background=BackgroundTask(self._pool.warm),
        )
        if request.query_params.get("lang") in LANGUAGES:
            page.set_cookie("cdtm-language", language, max_age=31_536_000, samesite="strict")
        return page

    def _filled(self, name: str, language: str, **values: Any) -> str:
        told = {
            "lang": language,
            "t": lambda text: in_language(text, language),
            "reason": lambda text: in_language(text, language, usual=text),
            "words": {text: in_language(text, language) for text in OF_SCRIPTS},
            "token": self._token,
            "reviewer": self._reviewer,
            "name_of": name_of,
            "percent": percent,
        }
        return self._pages.get_template(name).render(told | values)

    async def lookup(self, request: Request) -> Response:
        """Answer ``/``: the page for looking up; its script fills it."""
        found = await self._pool.answer(bodies, request, loaded=False)
        return self._page("lookup.html", request, bodies=found or [])

    async def find(self, request: Request) -> Response:
        """Answer ``/find``: what is known of a text, as JSON."""
        asked = dict(request.query_params)
        answer = await self._pool.answer(lambda looker: find(looker, asked), request)
        return _json_of(request, answer)

    async def units(self, request: Request) -> Response:
        """Answer ``/units``: what is known of a text, as a file."""
        asked = dict(request.query_params)
        found = await self._pool.answer(lambda looker: written(looker, asked), request)
        return Response(status_code=GONE) if found is None else _file(*found)

    async def records(self, request: Request) -> Response:
        """Answer ``/records``: the list of them."""
        from cdtm.desk.bitext.sample import running_estimate

        found = await self._pool.answer(
            lambda looker: looker.memory.records(), request, loaded=False
        )
        estimate = await run_in_threadpool(running_estimate, self._pool.workspace)
        return self._page("records.html", request, records=found or [], estimate=estimate)

    async def record(self, request: Request) -> Response:
        """Answer ``/record?name=…&unit=…``: one record, its unit in view."""
        name = request.query_params.get("name", "")
        unit = request.query_params.get("unit", "")
        key = request.query_params.get("record", "")
        found = await self._pool.answer(
            lambda looker: self._shown(looker, find_record(looker.memory, name, unit, key)),
            request,
        )
        if found is None:
            return Response(status_code=GONE)
        onward = doubts.onward(request.query_params)
        return self._page("record.html", request, unit=unit, onward=onward, **found)

    def _shown(self, looker: Looker, record: Record) -> dict[str, Any]:
        """Give a record as the templates take it; what is doubtful in it is noted."""
        stamp = doubts.stamps(looker.workspace, looker.memory)[record.key]
        found = shown(looker, record)
        self._queue.put(record, stamp, found["turns"])
        return found | {"links": Links(self._sources, record)}

    async def doubts(self, request: Request) -> Response:
        """Answer ``/doubts``: the page of the doubts about all records; its script fills it."""
        return self._page("doubts.html", request)

    async def doubts_list(self, request: Request) -> Response:
        """Answer ``/doubts/list``: those that are known so far, as JSON."""
        asked = request.query_params
        found = await self._pool.answer(
            lambda looker: self._queue.listed(looker.memory, asked), request, loaded=False
        )
        return _json_of(request, found)

    async def next_doubt(self, request: Request) -> Response:
        """Answer ``/doubts/next?after=…``: go to the place that comes then."""
        asked = request.query_params
        found = await self._pool.answer(
            lambda looker: self._queue.following(looker.memory, asked), request, loaded=False
        )
        return RedirectResponse(found or "/doubts", 303)

    async def source(self, request: Request) -> Response:
        """Answer ``/source?record=…&side=…``: a file that a record was made of."""
        key, side = _record_and_side(request)
        found = await self._pool.answer(
            lambda looker: self._sources.file(
                record_of_key(looker.memory, key), side, placed="placed" in request.query_params
            ),
            request,
        )
        if found is None:
            return Response(status_code=GONE)
        kept = {"content-disposition": found.disposition}
        return Response(found.data, headers=kept | {"content-type": found.kind})

    async def left_out(self, request: Request) -> Response:
        """Answer ``/left-out?record=…``: what was left out of its files, as JSON."""
        key = request.query_params.get("record", "")
        found = await self._pool.answer(
            lambda looker: left_out(looker, self._sources, record_of_key(looker.memory, key)),
            request,
        )
        return _json_of(request, found)

    async def sample(self, request: Request) -> Response:
        """Answer ``/sample``: go to the first unit of the sample that is not decided."""
        from cdtm.desk.bitext.sample import next_of_sample

        found = await self._pool.answer(lambda looker: _at_next(looker, next_of_sample), request)
        return RedirectResponse(found or "/records", 303)

    async def draw(self, request: Request) -> Response:
        """Answer ``POST /sample``: draw one, unless there is one."""
        from cdtm.desk.bitext.sample import draw_sample

        await self._pool.answer(
            lambda looker: draw_sample(looker.workspace, looker.memory), request
        )
        return JSONResponse({"go": "/sample"})

    async def correct(self, request: Request) -> Response:
        """Answer ``POST /correct``: one decision, and the rows as they stand then."""
        asked = await _json(request)
        from cdtm.desk.bitext.propose import drawn_up  # loads the aligner
        from cdtm.desk.correct import correct  # loads the tables

        told = await self._pool.answer(lambda looker: drawn_up(looker, asked), request)
        if told is None:
            return Response(status_code=GONE)
        outcome = await run_in_threadpool(correct, self._pool.workspace, told, self._reviewer)
        return await self._after(request, told, outcome)

    async def preview(self, request: Request) -> Response:
        """Answer ``POST /preview``: what a decision would make of the rows, as JSON."""
        asked = await _json(request)
        from cdtm.desk.bitext.propose import preview

        found = await self._pool.answer(
            lambda looker: preview(looker, asked, self._reviewer), request
        )
        return _json_of(request, found)

    async def cuts(self, request: Request) -> Response:
        """Answer ``POST /cuts``: where two texts fall apart, as JSON."""
        asked = await _json(request)
        from cdtm.desk.bitext.propose import cuts

        found = await self._pool.answer(lambda looker: cuts(looker, asked), request)
        return _json_of(request, found)

    async def undo(self, request: Request) -> Response:
        """Answer ``POST /undo``: the last decision on a record taken back, or done again."""
        asked = await _json(request)
        from cdtm.desk.correct import undo

        key = str(asked.get("record", ""))
        outcome = await run_in_threadpool(
            undo, self._pool.workspace, key, self._reviewer, redo=asked.get("redo") is True
        )
        return await self._after(request, asked, outcome)

    async def terms(self, request: Request) -> Response:
        """Answer ``/terms``: the page of terms; its script fills it."""
        return self._page("terms.html", request)

    async def terms_list(self, request: Request) -> Response:
        """Answer ``/terms/list``: the terms, as soon as they are found."""
        found = await asyncio.wrap_future(self._terms.find(now=True))
        told = await run_in_threadpool(listed, self._pool.workspace.folder, found)
        return _json_of(request, told)

    async def terms_file(self, request: Request) -> Response:
        """Answer ``/terms/file?suffix=…``: the terms as a file, with all that was decided."""
        found = await asyncio.wrap_future(self._terms.find())
        suffix = request.query_params.get("suffix", "")
        return _file(*await run_in_threadpool(terms_written, found, suffix))

    async def decide_terms(self, request: Request) -> Response:
        """Answer ``POST /terms/decide``: a decision, and the terms as they stand then."""
        asked = await _json(request)
        await run_in_threadpool(decide, self._pool.workspace.folder, asked)
        return await self.terms_list(request)

    async def _after(self, request: Request, asked: dict[str, Any], outcome: Outcome) -> Response:
        """Say what became of a correction, with the rows of the record."""
        await run_in_threadpool(self._saved)
        key = str(asked.get("record", ""))
        found = await self._pool.answer(
            lambda looker: self._shown(looker, record_of_key(looker.memory, key)), request
        )
        language = chosen_language(request)
        rows, rate, bands = (
            self._filled(name, language, **found) if found else ""
            for name in ("rows.html", "rate.html", "map.html")
        )
        told = {
            "rows": rows,
            "rate": rate,
            "map": bands,
            "unit": outcome.tuid,
            "conflict": outcome.conflict,
        }
        return _json_of(request, told | {"can_settle": outcome.can_settle})

    async def say_mistake(self, request: Request, error: Exception) -> Response:
        """Say a mistake of the user in its sentence."""
        return self._said(request, str(error), 400)

    async def say_trouble(self, request: Request, error: Exception) -> Response:
        """Say a trouble of the machine; of a bug of ours only that there was one."""
        said = sentence_about(error)
        if said is None:
            traceback.print_exception(error)
            said = "cdtm could not do this: it is a fault of the program."
        return self._said(request, said, 500)

    def _said(self, request: Request, sentence: str, status: int) -> Response:
        """Say why there is no answer: on a page to who opened an address, else as JSON."""
        if request.headers.get("accept", "").startswith("text/html"):
            page = self._page("mistake.html", request, sentence=sentence)
            page.status_code = status
            return page
        return _json_of(request, {"error": sentence}, status)


def _record_and_side(request: Request) -> tuple[str, Language]:
    """Read which file is meant.

    Raises:
        UserError: the side is none.
    """
    side = request.query_params.get("side", "")
    if side not in ("zh", "en"):
        raise UserError("The side is zh or en.")
    return request.query_params.get("record", ""), "zh" if side == "zh" else "en"


def _at_next(looker: Looker, find: Callable[[Workspace], tuple[str, str] | None]) -> str | None:
    """Give the address of a unit that is found by its record's key and its name."""
    found = find(looker.workspace)
    if found is None:
        return None
    name = record_of_key(looker.memory, found[0]).name
    return f"/record?{urlencode({'name': name, 'unit': found[1], 'queue': 'sample'})}"


def _file(name: str, data: bytes) -> Response:
    """Give a file to be kept."""
    kept = {"content-disposition": f'attachment; filename="cdtm-{name}"'}
    return Response(data, media_type="application/octet-stream", headers=kept)


async def _json(request: Request) -> dict[str, Any]:
    """Read a body.

    Raises:
        UserError: it is no JSON object, or a text in it is none.
    """
    from json import dumps

    try:
        told = await request.json()
        dumps(told, ensure_ascii=False).encode()  # half a pair of surrogates is no text
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise UserError("What was sent is no JSON object.")
    return told


def _json_of(request: Request, told: Any, status: int = 200) -> Response:
    """Answer as JSON, its sentences in the language of the page; None is for nobody."""
    if told is None:
        return Response(status_code=GONE)
    return JSONResponse(localized(told, chosen_language(request)), status)
