"""Spoils good bytes: bits, blocks, numbers, pieces that readers look at, parts of a ZIP."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

LONGEST: Final = 2_000_000
"""Bytes of a spoilt file: what is larger says nothing new and takes the run's time."""

_MAGIC: Final = (
    *(b"\x00", b"\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff", b"-1", b"99999999999", b"%s"),
    *(b"<", b"&", b"]]>", b"<!--", b"\r\n", b"\x0c", "核".encode(), b"\xef\xbb\xbf", b"=1+1"),
    *(b"<w:p>", b"</w:p>", b"<w:txbxContent>", b"xml:lang='zh'", b"stream\n", b"endobj", b"/Kids"),
    *(b"CD/PV.1-CD/PV.2-", b". . . . . . . .", b"1/2/3/", "（（（（".encode(), b"((((((", b"-\n"),
    *(b"null", b"[]", b"{}", b'""', b"true", b"1e999", b"NaN", b"\\ud800", b"../", b"%00", b"%ff"),
)
"""Pieces that readers look at."""


def spoil(data: bytes, random: Random) -> bytes:
    """Spoil a file; one that is a ZIP often in one of its parts, with the rest whole."""
    if data[:2] == b"PK" and random.random() < 0.8:
        return _spoil_part(data, random)
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        out = random.choice(_WAYS)(out, random)
    return bytes(out[:LONGEST])


def _spoil_part(data: bytes, random: Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        chosen = random.choice(names)
        for name in names:
            content = old.read(name)
            if name == chosen:
                if random.random() < 0.1:
                    continue  # the part is not there
                changed = bytearray(content)
                for _ in range(random.choice((1, 2, 4))):
                    changed = random.choice(_WAYS)(changed, random)
                content = bytes(changed[:LONGEST])
            new.writestr(name, content)
    return out.getvalue()


def _flip(data: bytearray, random: Random) -> bytearray:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return data


def _cut(data: bytearray, random: Random) -> bytearray:
    return data[: random.randrange(len(data) + 1)]


def _span(data: bytearray, random: Random) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.choice((1, 8, 64, 512)))


def _drop(data: bytearray, random: Random) -> bytearray:
    start, end = _span(data, random)
    del data[start:end]
    return data


def _repeat(data: bytearray, random: Random) -> bytearray:
    start, end = _span(data, random)
    data[start:start] = data[start:end] * random.choice((1, 2, 30))
    return data


def _insert(data: bytearray, random: Random) -> bytearray:
    start = random.randrange(len(data) + 1)
    data[start:start] = random.choice(_MAGIC) * random.choice((1, 1, 3, 200))
    return data


def _overwrite(data: bytearray, random: Random) -> bytearray:
    start, end = _span(data, random)
    data[start:end] = random.randbytes(end - start)
    return data


def _number(data: bytearray, random: Random) -> bytearray:
    digits = [place for place, byte in enumerate(data[:50_000]) if 0x30 <= byte <= 0x39]
    if digits:
        data[(place := random.choice(digits)) : place + 1] = random.choice(
            (b"0", b"9", b"-1", b"4294967295", b"1e309")
        )
    return data


_WAYS: Final = (_flip, _cut, _drop, _repeat, _insert, _insert, _overwrite, _number)
