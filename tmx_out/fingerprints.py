"""A set of 64-bit fingerprints in flat memory: 16 to 32 bytes an entry.

A Python set of the same numbers takes five times as much, which counts for a memory of millions
of units. Two different texts share a fingerprint with a probability of n²/2⁶⁵: one in four
million for three million units.
"""

from __future__ import annotations

from array import array
from hashlib import blake2b

_LOAD = 0.5  # of the table; linear probing then looks at 1.5 places a hit (Knuth, TAOCP 3, 6.4)


class Fingerprints:
    """Which texts were seen already."""

    def __init__(self) -> None:
        self._table = array("Q", bytes(8 * 1024))
        self._mask = len(self._table) - 1
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, *parts: str) -> bool:
        """Remember the text (or the tuple of texts); whether it is new."""
        data = "\0".join(parts).encode("utf-8", "surrogatepass")
        # 0 marks an empty place, so the one text in 2^64 that hashes to 0 takes 1.
        key = int.from_bytes(blake2b(data, digest_size=8).digest(), "big") or 1
        table, mask = self._table, self._mask
        place = key & mask
        while found := table[place]:
            if found == key:
                return False
            place = (place + 1) & mask
        table[place] = key
        self._count += 1
        if self._count > _LOAD * len(table):
            self._grow()
        return True

    def _grow(self) -> None:
        former = self._table
        table = array("Q", bytes(8 * 2 * len(former)))
        mask = len(table) - 1
        for key in former:
            if key:
                place = key & mask
                while table[place]:
                    place = (place + 1) & mask
                table[place] = key
        self._table, self._mask = table, mask
