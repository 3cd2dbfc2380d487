"""A document service on 127.0.0.1 that behaves as public notes on the UN's say it does.

Run as a program it serves symbols CD/PV.1 to CD/PV.9999 until it is ended, and prints its address.
"""

from __future__ import annotations

import io
import sys
import threading
import time
import zipfile
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

APP = b"<!doctype html><html><head><title>ODS</title></head><body>".ljust(1289) + b"</body></html>"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
TEXTS = {
    "en": "The President said that the Conference was called to order and that the list of "
    "speakers for this meeting was open to all of the members who would like to have the floor.",
    "zh": "主席宣布会议开始并请各位成员就议程项目发言" * 8,
    "fr": "Le President declare ouverte la seance et donne la parole aux orateurs qui sont sur la "
    "liste pour une declaration du groupe des Etats dans la salle du Conseil a Geneve.",
}


def make_record(symbol: str, language: str, text: str | None = None) -> bytes:
    """A PDF of one page: the symbol, then a text in the language."""
    text = TEXTS[language] if text is None else text
    lines = [symbol, *(text[at : at + 40] for at in range(0, len(text), 40))]
    shown = b"".join(
        b"BT /F 10 Tf 1 0 0 1 40 %d Tm <%s> Tj ET\n"
        % (740 - 14 * n, line.encode("utf-16-be").hex().encode())
        for n, line in enumerate(lines)
    )
    return _assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
            b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
            b" /DescendantFonts [6 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]"
            b" /Resources << /Font << /F 3 0 R >> >> /Contents 5 0 R >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo"
            b" << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        ]
    )


def _assemble(objects: list[bytes]) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return data + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def make_docx(symbol: str, language: str) -> bytes:
    """A DOCX with nothing but its main part."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in (symbol, TEXTS[language])
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo("[Content_Types].xml"), "<Types/>")
        archive.writestr(
            zipfile.ZipInfo("word/document.xml"),  # without the time of day
            f'<w:document xmlns:w="{space}"><w:body>{paragraphs}</w:body></w:document>',
        )
    return stream.getvalue()


@dataclass(frozen=True)
class Reply:
    """What the server says; a body shorter than `length` is cut off there by hanging up."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None


@dataclass
class Ask:
    """A request to the server: what is asked, and the how-manieth time this is."""

    symbol: str
    language: str
    type: str
    time: int
    headers: dict[str, str]
    path: str


@dataclass
class Server:
    """A running service.

    Attributes:
        url: its address.
        behave: asked first about each request for a symbol; None for the usual.
        asks: all requests for symbols so far.
        paths: all paths asked for so far.
    """

    url: str = ""
    behave: Callable[[Ask], Reply | None] = lambda _ask: None
    asks: list[Ask] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    times: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    stored: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    delay: float = 0.0
    at_once: int = 0
    most_at_once: int = 0

    def reply(self, address: str, headers: dict[str, str]) -> Reply:
        """Answer a GET."""
        parts = urlsplit(address)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        with self.lock:
            self.paths.append(parts.path)
        if parts.path == "/api/symbol/access":
            wish = query["s"], query["l"], query["t"]
            with self.lock:
                self.times[wish] += 1
                ask = Ask(*wish, self.times[wish], headers, address)
                self.asks.append(ask)
            return self.behave(ask) or self.redirect(wish)
        if parts.path in self.stored:
            symbol, language, kind = self.stored[parts.path]
            make = make_record if kind == "pdf" else make_docx
            return Reply(make(symbol, language))
        return Reply(APP)  # what a path in capitals gets, too

    def redirect(self, wish: tuple[str, str, str]) -> Reply:
        """Send to the file as the service does: with a path in capitals."""
        symbol, language, kind = wish
        suffix = "pdf" if kind == "pdf" else "docx"
        number = f"{symbol.replace('/', '').replace('.', '')}{language}"
        path = f"/doc/UNDOC/GEN/G15/{suffix}/{number}.{suffix}".upper()
        with self.lock:
            self.stored[path.lower()] = symbol, language, suffix
        return Reply(status=302, headers={"Location": path})


@contextmanager
def serve() -> Iterator[Server]:
    """Serve while the block runs."""
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with server.lock:
                server.at_once += 1
                server.most_at_once = max(server.most_at_once, server.at_once)
            time.sleep(server.delay)
            reply = server.reply(self.path, {k.lower(): v for k, v in self.headers.items()})
            with server.lock:  # before it is said: the client may ask again at its last byte
                server.at_once -= 1
            with suppress(ConnectionError, TimeoutError):  # the client has gone
                self.say(reply)

        def say(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(reply.length or len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)
            if reply.length is not None:
                self.wfile.flush()
                self.close_connection = True

        def log_message(self, *_arguments: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_arguments: object) -> None:
            pass

    with Quiet(("127.0.0.1", 0), Handler) as http:
        server.url = f"http://127.0.0.1:{http.server_port}"
        thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


def main() -> None:
    """Serve until ended, each answer after as many seconds as the first argument says."""
    with serve() as server:
        server.delay = float(sys.argv[1]) if len(sys.argv) > 1 else 0.0

        def behave(ask: Ask) -> Reply | None:
            number = int(ask.symbol.rpartition(".")[2])
            if number % 10 == 3:
                return Reply(status=302, headers={"Location": "/error"})
            if number % 10 == 7 and ask.language == "zh":
                return server.redirect((ask.symbol, "en", ask.type))
            if number % 5 == 0 and ask.time == 1:
                return Reply(b"bad gateway", status=502)
            return None

        server.behave = behave
        print(server.url, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
