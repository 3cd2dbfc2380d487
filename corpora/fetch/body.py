"""The body of an answer: unpacked within bounds, and within a time, whatever the server does."""

from __future__ import annotations

import socket
import threading
import zlib
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from corpora.fetch.answers import ALWAYS, ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

PIECE: Final = 1 << 20
"""Bytes that are unpacked at a time: ten kilobytes can become ten gigabytes."""

_GZIP_OR_ZLIB: Final = 47
"""zlib's `wbits` for either, told by the head of the data."""


def unpacked(response: httpx.Response) -> Iterator[bytes]:
    """Give a body piece by piece, none larger than it came or than `PIECE`.

    We ask for files as they are; a proxy may pack them all the same.

    Raises:
        ProblemError: it is packed in another way than gzip or deflate, or badly.
    """
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    if packing in ("", "identity"):
        yield from response.iter_raw()
        return
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise ProblemError(f"the service packs the file ({packing[:20]!r}) in a way not asked for")
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        for data in response.iter_raw():
            left = data
            while left:
                yield unpacker.decompress(left, PIECE)
                left = unpacker.unconsumed_tail
    except zlib.error:
        raise ProblemError("the file came packed and damaged", again=ALWAYS) from None


@contextmanager
def cut_off(seconds: float) -> Iterator[dict[str, Any]]:
    """End a request that is not over by then, though the server sends a byte now and then.

    A time-out of httpx counts from byte to byte, and starts anew with each.

    Yields:
        extensions for the request.
    """
    sockets: list[Any] = []

    def trace(event: str, info: dict[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            sockets.append(info["return_value"].get_extra_info("socket"))

    def end() -> None:
        for one in sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield {"trace": trace}
    finally:
        timer.cancel()
