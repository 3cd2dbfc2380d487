"""One record's file from the UN's document service, or the reason why it cannot be had.

The service as public downloaders describe it (it is not documented, and this has never been run
against it): ``/api/symbol/access?s=SYMBOL&l=zh&t=pdf`` answers 302; its ``Location`` is in capitals
and the file lies at the same path in small letters. A symbol that it does not know, and now and
then one that it knows, is sent to ``/error`` or gets a page of 1.3 kB, the web application, with
status 200. It takes 6 to 30 seconds to find a symbol, answers 502 and 503 now and then, and refuses
more than about four requests at a time. `corpora.fetch.folder` keeps what comes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple
from urllib.parse import quote

from corpora.errors import UserError
from corpora.fetch.answers import (
    ALWAYS,
    LOOKS,
    ProblemError,
    Status,
    check_file,
    check_status,
    is_at_home,
    is_web_address,
    next_address,
    without_user,
)
from corpora.fetch.body import cut_off, unpacked
from corpora.read.file import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from corpora.document import Language
    from corpora.fetch.pace import Pace
    from corpora.read.file import Kind

BASE_URL: Final = "https://documents.un.org"
VIEWER: Final = "https://docs.un.org"
"""Where a browser would come from: the service looks at the Referer."""
USER_AGENT: Final = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/155.0.0.0 "
    "Safari/537.36 cdtm"
)
"""That of a browser, for others were refused, with our name at its end."""

TIMEOUT: Final = 90.0
"""Seconds without a byte; finding a symbol was seen to take 31."""
MOST_SECONDS: Final = 600.0
"""Seconds for one file, all tries together: a record of 1 MB at 2 kB/s."""
MOST_REDIRECTS: Final = 5
"""One is usual; a path in capitals may add one."""
TRIES: Final = 5
"""With the waits of `corpora.fetch.pace`, half a minute for the service to recover."""

Format = Literal["pdf", "docx"]

_TYPES: Final[Mapping[Format, tuple[str, ...]]] = {"pdf": ("pdf",), "docx": ("doc", "pdf")}
"""What to ask the service for, in turn: for Word it may send an old .doc, which cannot be read."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record in one language, in the format that the user would like best."""

    symbol: str
    language: Language
    format: Format = "pdf"


@dataclass(frozen=True, slots=True)
class Service:
    """Where the service is and how to speak to it.

    Attributes:
        base_url: scheme and host, perhaps with a path: of the service or of a mirror.
        proxy: URL of a proxy; None for the usual environment variables.
        user_agent: what to call oneself.
        tries: how often one file is asked for before it is given up.
        timeout: seconds without a byte.
        others: hosts besides its own to which the service may send us.
    """

    base_url: str = BASE_URL
    proxy: str | None = None
    user_agent: str = USER_AGENT
    tries: int = TRIES
    timeout: float = TIMEOUT
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a wish.

    Attributes:
        wanted: the wish.
        status: ``found``: `data` is a whole file in a format that can be read; ``not_found``: the
            service has none; ``failed``: it could not be had this time.
        reason: a clause for the user, for what was not found or failed; ``""`` otherwise.
        url: what was asked first, last_url: what gave the file, after redirects; both without the
            name and password that the base URL may hold.
        data: the file's bytes; ``b""`` without one.
        kind: its format; None without one.
        requests: how many went out.
        notes: sentences about what the user may not expect.
    """

    wanted: Wanted
    status: Status
    reason: str
    url: str
    last_url: str
    data: bytes = field(default=b"", repr=False)
    kind: Kind | None = None
    requests: int = 0
    notes: tuple[str, ...] = ()


class _Body(NamedTuple):
    """A body that came whole."""

    data: bytes
    url: str


def open_client(service: Service) -> httpx.Client:
    """Open what speaks HTTP for all threads; close it, or use it in a ``with``.

    Raises:
        UserError: the base URL or the proxy is none.
    """
    import httpx  # late: it takes a tenth of a second to load

    if not is_web_address(service.base_url):
        raise UserError(
            f"{service.base_url} is no address of a web service: write one such as {BASE_URL}."
        )
    headers = {
        "User-Agent": service.user_agent,
        "Accept-Encoding": "identity",  # so that Content-Length is the file's
        "Sec-Fetch-Site": "same-site",
    }
    try:
        # A connection a request, so that `cut_off` knows which to cut.
        limits = httpx.Limits(max_keepalive_connections=0)
        return httpx.Client(
            headers=headers, timeout=service.timeout, proxy=service.proxy, limits=limits
        )
    except (ValueError, ImportError, httpx.InvalidURL) as problem:
        raise UserError(
            f"The proxy {service.proxy or 'of the environment'} cannot be used ({problem}): write "
            "one such as http://proxy.example.org:8080."
        ) from None


def url_of(wanted: Wanted, asked_type: str, base_url: str = BASE_URL) -> str:
    """The address to ask; the symbol keeps its slashes and parentheses."""
    symbol = quote(wanted.symbol, safe="/()")
    base = base_url.rstrip("/")
    return f"{base}/api/symbol/access?s={symbol}&l={wanted.language}&t={asked_type}"


def fetch_file(wanted: Wanted, client: httpx.Client, service: Service, pace: Pace) -> Answer:
    """Ask for a record's file, again and again where that may help, and check that it is one.

    Its language is not looked at: see `corpora.fetch.folder`.

    Args:
        wanted: symbol, language and format.
        client: of `open_client`.
        service: the same as the client's.
        pace: shared by all who ask the service.

    Raises:
        corpora.fetch.pace.StoppedError: the run is being stopped.
    """
    asked = 0
    first = url_of(wanted, _TYPES[wanted.format][0], service.base_url)
    notes: tuple[str, ...] = ()
    problem = ProblemError("nothing was asked")
    for asked_type in _TYPES[wanted.format]:
        url = url_of(wanted, asked_type, service.base_url)
        talk = _Talk(wanted, client, service, pace)
        try:
            body, kind = talk.persist(url)
        except ProblemError as found:
            asked += talk.requests
            # Why there is no Word file matters less than why there is no PDF.
            problem = found
            notes = (f"As Word: {found.reason}.",)
            continue
        asked += talk.requests
        if wanted.format == "docx" and kind == "pdf" and not notes:
            notes = ("The service gave a PDF where a Word file was asked for.",)
        whence = without_user(url), without_user(body.url)
        return Answer(wanted, "found", "", *whence, body.data, kind, asked, notes)
    first = without_user(first)
    return Answer(wanted, problem.status, problem.reason, first, first, requests=asked)


@dataclass
class _Talk:
    """The requests for one file in one format."""

    wanted: Wanted
    client: httpx.Client
    service: Service
    pace: Pace
    requests: int = 0

    def __post_init__(self) -> None:
        self.started = self.pace.clock.now()

    def _left(self) -> float:
        """Seconds that are left for this file.

        Raises:
            ProblemError: none.
        """
        left = self.started + MOST_SECONDS - self.pace.clock.now()
        if left <= 0:
            raise ProblemError(f"the file took longer than {MOST_SECONDS:g} seconds")
        return left

    def persist(self, url: str) -> tuple[_Body, Kind]:
        """Ask until there is a file, or no use in asking.

        Raises:
            ProblemError: there is none.
        """
        seen: Counter[int] = Counter()
        while True:
            try:
                body = self._follow(url)
                return body, check_file(body.data)
            except ProblemError as problem:
                # A page that must be seen twice is not seen twice after a 502 and one look.
                seen[problem.again] += 1
                failures = seen.total()
                if problem.hold is not None:
                    self.pace.hold_all(problem.hold)
                if seen[problem.again] >= problem.again or failures >= self.service.tries:
                    if failures > 1 and problem.status == "failed":
                        problem.reason += f", {failures} times"
                    raise
                self.pace.rest(self.pace.back_off(failures))

    def _follow(self, url: str) -> _Body:
        """Ask once, and go where the service sends us."""
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._get(url)
            if isinstance(answer, _Body):
                return answer
            if not is_at_home(answer, self.service.base_url, self.service.others):
                there = without_user(answer)[:80]
                raise ProblemError(f"the service sends us to another place, {there}")
            url = answer
        raise ProblemError("the service sends us in a circle")

    def _get(self, url: str) -> _Body | str:
        """Make one request: a body, or the address of a redirect."""
        import httpx

        self.pace.take_turn()
        self.requests += 1
        headers = {
            "Accept": "application/pdf" if url.endswith("pdf") else "*/*",
            "Referer": f"{VIEWER}/{self.wanted.language}/{quote(self.wanted.symbol, safe='/()')}",
        }
        try:
            with (
                cut_off(self._left()) as extensions,
                self.client.stream("GET", url, headers=headers, extensions=extensions) as response,
            ):
                self.pace.answered = True
                if response.has_redirect_location:
                    return next_address(url, response.headers["Location"])
                check_status(response.status_code, response.headers.get("Retry-After"))
                return _Body(self._read(response), url)
        except httpx.TimeoutException:
            reason = f"the service did not answer within {self.service.timeout:g} seconds"
            raise ProblemError(reason, again=ALWAYS) from None
        except (httpx.TransportError, httpx.DecodingError) as problem:
            self._left()
            reason = f"the connection failed ({_one_line(problem)})"
            # What has never answered is not there, or we are offline: one look more is enough.
            raise ProblemError(reason, again=ALWAYS if self.pace.answered else LOOKS) from None
        except httpx.InvalidURL:
            raise ProblemError(f"the service sends us to {url!r}, which is no address") from None

    def _read(self, response: httpx.Response) -> bytes:
        """Read the body; httpx raises a `TransportError` if it is shorter than Content-Length."""
        size, chunks = 0, []
        for chunk in unpacked(response):
            chunks.append(chunk)
            size += len(chunk)
            self.pace.rest(0)
            if size > MOST_BYTES:
                raise ProblemError(f"the file is larger than {MOST_BYTES // 1_000_000} MB")
            self._left()
        return b"".join(chunks)


def _one_line(problem: Exception) -> str:
    text = " ".join(str(problem).split())
    return text[:120] or type(problem).__name__
