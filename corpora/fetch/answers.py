"""What an answer of the UN's document service says: a file, a redirect, a passing trouble, nothing.

Pure functions on what HTTP gives; `service` has the requests, and tells whence we know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urljoin, urlsplit, urlunsplit

from corpora.errors import RecordError
from corpora.fetch.pace import parse_retry_after
from corpora.read.file import sniff_kind

if TYPE_CHECKING:
    from collections.abc import Collection

    from corpora.read.file import Kind

ALWAYS: Final = 1_000_000
"""As many tries as the service's settings allow."""
LOOKS: Final = 2
"""How often the web application must come instead of the file before it is believed."""
LONGEST_HOLD: Final = 600.0
"""Seconds of a Retry-After that are waited; who asks for more is not there today."""
APP_PAGE: Final = 4096
"""Bytes: the web application has 1,303; a longer page (a proxy's, a login) says something else."""
PDF_TAIL: Final = 2048
"""Bytes at a PDF's end among which ``%%EOF`` stands."""
ZIP_TAIL: Final = 65_557
"""Bytes at a ZIP's end, hence a DOCX's, among which its directory ends (22, and a comment)."""

UN_HOSTS: Final = ".un.org"
"""How the names of the United Nations' hosts end, `documents.un.org` and others."""

_PASSING: Final = frozenset((408, 429, 500, 502, 503, 504))
_OLD_WORD: Final = b"\xd0\xcf\x11\xe0"

Status = Literal["found", "not_found", "failed"]


class ProblemError(Exception):
    """Why there is no file: `status` as in an answer, `again` if another try may help."""

    def __init__(
        self,
        reason: str,
        *,
        status: Status = "failed",
        again: int = 1,
        hold: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason, self.status, self.again, self.hold = reason, status, again, hold


def is_web_address(text: str, base: str = "") -> bool:
    """Tell whether this is an address of the web, seen from `base` if it is a relative one."""
    try:
        parts = urlsplit(urljoin(base, text))
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets of IPv6 that do not fit, a port that is no number
        return False


def is_at_home(url: str, home: str, others: Collection[str] = ()) -> bool:
    """Tell whether a redirect stays with the service that the user asked.

    The same scheme, host and port do, and `https` where `http` was asked; hosts of the United
    Nations belong together over `https`. Anything else, an address of the user's own network among
    it, may be a trap of the server's.

    Args:
        url: where a redirect leads.
        home: base URL of the service.
        others: hosts that the user allows besides.
    """
    to, at = urlsplit(url), urlsplit(home)
    if (to.scheme, to.hostname, to.port) == (at.scheme, at.hostname, at.port):
        return True
    if to.scheme == "http" and at.scheme == "https":
        return False
    host = to.hostname or ""
    if host in others:
        return True
    plain = to.scheme == "https" and to.port in (None, 443)
    both_un = all(f".{name}".endswith(UN_HOSTS) for name in (host, at.hostname or ""))
    return plain and (host == at.hostname or both_un)


def without_user(url: str) -> str:
    """Give an address without the name and password that it may hold.

    >>> without_user("https://anna:secret@mirror.example.org/doc")
    'https://mirror.example.org/doc'
    """
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def next_address(url: str, location: str) -> str:
    """Where a redirect leads; a path of the store of files comes in capitals, and is in small."""
    address = urljoin(url, location) if is_web_address(location, url) else ""
    parts = urlsplit(address)
    if not address:
        raise ProblemError(f"the service sends us to {location[:80]!r}, which is no web address")
    path = parts.path
    if path.rstrip("/").lower().endswith("/error"):
        raise ProblemError("the service knows no such document", status="not_found", again=LOOKS)
    if "/doc/" in path.lower():  # /doc/UNDOC/GEN/…, /doc/RESOLUTION/GEN/…
        path = path.lower()
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))


def check_status(status: int, retry_after: str | None) -> None:
    """Raise unless the request was granted."""
    if status == 200:
        return
    if status in (404, 410):
        raise ProblemError("the service has no such file", status="not_found")
    reason = f"the service answered with status {status}"
    if status not in _PASSING:
        raise ProblemError(reason)
    hold = parse_retry_after(retry_after)
    if hold is not None and hold > LONGEST_HOLD:
        raise ProblemError(f"{reason} and asks us to come back in {hold / 60:.0f} minutes")
    raise ProblemError(reason, again=ALWAYS, hold=hold)


def check_file(data: bytes) -> Kind:
    """Tell the format of a file that came; raise unless it is whole and one that can be read."""
    if not data:
        raise ProblemError("the service gave an empty file", again=ALWAYS)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        if len(data) <= APP_PAGE:
            raise ProblemError(
                "the service gave its web page instead of a file", status="not_found", again=LOOKS
            )
        raise ProblemError(
            f"a web page of {len(data):,} bytes came instead of a file (a proxy's or a login?)",
            again=LOOKS,
        )
    if data.startswith(_OLD_WORD):
        raise ProblemError("the service has an old .doc file only, which cannot be read here")
    try:
        kind = sniff_kind(data, "the file")
    except RecordError as problem:
        raise ProblemError(str(problem).partition(":")[0]) from None
    if kind not in ("pdf", "docx"):
        raise ProblemError("what came is neither PDF nor Word", again=LOOKS)
    tail, mark = (data[-PDF_TAIL:], b"%%EOF") if kind == "pdf" else (data[-ZIP_TAIL:], b"PK\5\6")
    if mark not in tail:
        raise ProblemError("the file came without its end", again=ALWAYS)
    return kind
