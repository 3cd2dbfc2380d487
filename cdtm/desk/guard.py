"""What may reach the desk: a page of its own, on this computer, with the token for writing.

Records are other people's files and the browser shows other people's pages: a foreign page must
neither read nor write here (cross-site requests, DNS rebinding), and a record's text never runs.
"""

from __future__ import annotations

from secrets import compare_digest
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from cdtm.desk.words.language import chosen_language, in_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES: Final = ("127.0.0.1", "localhost")
"""By which a browser on this computer calls it."""

LONGEST_QUERY: Final = 12_000
"""Bytes of a query string: the longest text that is looked up takes nine for each Chinese sign."""

LONGEST_BODY: Final = 200_000
"""Bytes of a request's body: two sides of a unit, many times over."""

TOKEN: Final = "x-cdtm-token"
"""The header that a page of ours sends with what it writes."""

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

STRANGER: Final = 403, "This desk is another user's: start one of your own with cdtm serve."
"""What is said to others on this computer."""

HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
"""Of every answer, refusals among them."""


class Guard:
    """Middleware that lets through what `refusal` finds nothing against.

    Args:
        app: what answers then.
        token: that writes must carry.
        is_own: says of a request whether a program of this user sends it.
    """

    def __init__(
        self, app: ASGIApp, token: str, is_own: Callable[[Scope], bool] = lambda scope: True
    ) -> None:
        self._app, self._token, self._is_own = app, token, is_own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # we speak nothing else

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        said = refusal(scope, self._token) if self._is_own(scope) else STRANGER
        if said is None:
            limited = _Limited(receive)
            try:
                await self._app(scope, limited, send_guarded)
            except TooLongError:
                said = 413, "The request is too long."
        if said is not None:
            status, sentence = said
            language = chosen_language(Request(scope))
            sentence = in_language(sentence, language, usual=sentence)
            await PlainTextResponse(sentence, status)(scope, receive, send_guarded)


def refusal(scope: Scope, token: str) -> tuple[int, str] | None:
    """Say why a request is refused, status and sentence; None if it is not.

    Args:
        scope: of the request, as ASGI has it.
        token: that writes must carry.
    """
    headers = Headers(scope=scope)
    server = scope.get("server") or ("", 0)
    own = {f"{name}:{server[1]}" for name in NAMES}
    if headers.get("host", "") not in own:
        return 400, "This address is not the desk's: open the one that cdtm serve printed."
    if len(scope.get("query_string", b"")) > LONGEST_QUERY:
        return 414, "The address is too long."
    origin = headers.get("origin")
    if origin is not None and origin not in {f"http://{name}" for name in own}:
        return 403, "Another page asked for this."
    site, mode = headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")
    reads = scope["method"] in ("GET", "HEAD")
    if site in ("cross-site", "same-site") and not (reads and mode == "navigate"):
        return 403, "Another page asked for this."
    if reads:
        return None
    if origin is None and site != "same-origin":
        return 403, "Nobody says which page asks for this."
    if not compare_digest(headers.get(TOKEN, "").encode(), token.encode()):
        return 403, "The page is of an earlier run: load it anew."
    if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return 415, "Only JSON is read."
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > LONGEST_BODY:
        return 413, "The request is too long."
    return None


class TooLongError(Exception):
    """A body is longer than it may be, whatever its header said."""


class _Limited:
    """Receives a body, but not without end."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._taken = receive, 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._taken += len(message.get("body", b""))
        if self._taken > LONGEST_BODY:
            raise TooLongError
        return message
