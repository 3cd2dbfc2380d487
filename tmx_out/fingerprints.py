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
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, *parts: str) -> bool:
        """Remember the text (or the tuple of texts); whether it is new."""
        data = "\0".join(parts).encode("utf-8", "surrogatepass")
        # 0 marks an empty place, so the one text in 2^64 that hashes to 0 takes 1.
        key = int.from_bytes(blake2b(data, digest_size=8).digest(), "big") or 1
        place = self._place(key)
        if self._table[place]:
            return False
        self._table[place] = key
        self._count += 1
        if self._count > _LOAD * len(self._table):
            self._grow()
        return True

    def _place(self, key: int) -> int:
        table, mask = self._table, len(self._table) - 1
        place = key & mask
        while table[place] and table[place] != key:
            place = (place + 1) & mask
        return place

    def _grow(self) -> None:
        former = self._table
        self._table = array("Q", bytes(8 * 2 * len(former)))
        for key in former:
            if key:
                self._table[self._place(key)] = key
