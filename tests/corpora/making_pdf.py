"""A small writer of PDFs for tests: text at places, in the base fonts, with nothing but Python."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Put:
    """`text` (Latin-1) with its baseline's start at `x`, `y` in points, turned by `turn` × 90°."""

    x: float
    y: float
    text: str
    size: float = 10.0
    turn: int = 0


def make_pdf(pages: Sequence[Sequence[Put]], *, rotate: int = 0, password: str = "") -> bytes:
    """Bytes of a PDF with `pages`, in Courier: each character is 0.6 em wide."""
    key = b""
    owner = hashlib.md5(b"owner").digest() * 2
    file_id = b"0123456789abcdef"
    if password:
        padded = (password.encode() + _PADDING)[:32]
        seed = padded + owner + (0xFFFFFFFC).to_bytes(4, "little") + file_id
        key = hashlib.md5(seed).digest()[:5]
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for n, puts in enumerate(pages):
        content = b"\n".join(map(_show, puts)) or b"0 0 m"
        if key:
            content = _rc4(_object_key(key, 5 + 2 * n), content)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Rotate {rotate}"
            f" /Resources << /Font << /F 3 0 R >> >> /Contents {5 + 2 * n} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    extra = b""
    if key:
        user = _rc4(key, _PADDING)
        objects.append(
            b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
            % (owner.hex().encode(), user.hex().encode())
        )
        extra = b"/Encrypt %d 0 R /ID [<%s> <%s>]" % (
            len(objects),
            file_id.hex().encode(),
            file_id.hex().encode(),
        )
    return _assemble(objects, extra)


def _assemble(objects: Sequence[bytes], extra: bytes) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        extra,
        start,
    )


def _show(put: Put) -> bytes:
    a, b = {0: (1, 0), 1: (0, 1), 2: (-1, 0), 3: (0, -1)}[put.turn]
    text = put.text.encode("cp1252").hex().encode()
    return b"BT /F %.2f Tf %d %d %d %d %.2f %.2f Tm <%s> Tj ET" % (
        put.size,
        a,
        b,
        -b,
        a,
        put.x,
        put.y,
        text,
    )


_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _object_key(key: bytes, number: int) -> bytes:
    return hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
