"""A small writer of PDFs for tests: text at places, in the base fonts, with nothing but Python."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Put:
    """`text` (Latin-1) with its baseline's start at `x`, `y` in points, turned by `turn` × 90°.

    Attributes:
        angle: degrees by which it is turned besides.
        ink: red, green and blue, 0 to 1.
        mode: how letters are drawn; 3 is without ink.
        layer: name of a layer that it is in, which `make_pdf` may switch off.
        clip: left, bottom, width and height of what may be painted.
        form: it is drawn by a form, which is in the layer then.
    """

    x: float
    y: float
    text: str
    size: float = 10.0
    turn: int = 0
    angle: float = 0.0
    ink: tuple[float, float, float] = (0.0, 0.0, 0.0)
    mode: int = 0
    layer: str = ""
    clip: tuple[float, float, float, float] | None = None
    form: bool = False


def make_pdf(
    pages: Sequence[Sequence[Put]],
    *,
    rotate: int = 0,
    password: str = "",
    off: Sequence[str] = (),
    box: str = "0 0 612 792",
    picture: str = "",
) -> bytes:
    """Bytes of a PDF with `pages`, in Courier: each character is 0.6 em wide.

    Args:
        pages: what is printed on each.
        rotate: degrees by which each page is shown turned.
        password: that locks it.
        off: names of the layers that are switched off.
        box: left, bottom, right and top of each page.
        picture: width and height of a grey picture at each page's lower left corner.
    """
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
    layers = sorted({put.layer for puts in pages for put in puts if put.layer})
    forms = [put for puts in pages for put in puts if put.form]
    start = 4 + 2 * count
    layer_of = {name: start + n for n, name in enumerate(layers)}
    form_of = {id(put): start + len(layers) + n for n, put in enumerate(forms)}
    resources = (
        f"/Properties << {' '.join(f'/L{number} {number} 0 R' for number in layer_of.values())} >>"
        f" /XObject << {' '.join(f'/X{number} {number} 0 R' for number in form_of.values())} >>"
    )
    if layers:
        named = " ".join(f"{number} 0 R" for number in layer_of.values())
        dark = " ".join(f"{layer_of[name]} 0 R" for name in off)
        objects[0] = (
            f"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [{named}]"
            f" /D << /OFF [{dark}] >> >> >>"
        ).encode()
    for n, puts in enumerate(pages):
        content = b"\n".join(_place(put, layer_of, form_of) for put in puts) or b"0 0 m"
        if picture:
            image = b"BI /W 1 /H 1 /CS /G /BPC 8 ID \xc0 EI"
            width, height = map(int, picture.split())
            content = b"q %d 0 0 %d 0 0 cm %s Q\n%s" % (width, height, image, content)
        if key:
            content = _rc4(_object_key(key, 5 + 2 * n), content)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Rotate {rotate} /Resources"
            f" << /Font << /F 3 0 R >> {resources} >> /Contents {5 + 2 * n} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    objects += [f"<< /Type /OCG /Name ({name}) >>".encode() for name in layers]
    for put in forms:
        content = _show(put)
        layer = f"/OC {layer_of[put.layer]} 0 R" if put.layer else ""
        head = (
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] {layer}"
            f" /Resources << /Font << /F 3 0 R >> >> /Length {len(content)} >>"
        )
        objects.append(head.encode() + b"\nstream\n" + content + b"\nendstream")
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


def _place(put: Put, layer_of: dict[str, int], form_of: dict[int, int]) -> bytes:
    if put.form:
        return b"/X%d Do" % form_of[id(put)]
    shown = _show(put)
    if put.clip is not None:
        shown = b"q %g %g %g %g re W n %s Q" % (*put.clip, shown)
    if put.layer:
        shown = b"/OC /L%d BDC %s EMC" % (layer_of[put.layer], shown)
    return shown


def _show(put: Put) -> bytes:
    way = math.radians(90 * put.turn + put.angle)
    a, b = math.cos(way), math.sin(way)
    text = put.text.encode("cp1252").hex().encode()
    return b"BT %g %g %g rg %d Tr /F %.2f Tf %.5f %.5f %.5f %.5f %.2f %.2f Tm <%s> Tj ET" % (
        *put.ink,
        put.mode,
        put.size,
        *(a, b, -b, a),
        *(put.x, put.y),
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
