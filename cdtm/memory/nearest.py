"""Sentences near in meaning: an index of the unit vectors of a whole memory, by FAISS.

A unit has one vector for both languages. They are kept as 8 bits a dimension in the cells of an
inverted file, so a million units take about 270 MB, and a search looks into a few cells only
(Jégou, Douze, Schmid, "Product quantization for nearest neighbor search", 2011, section IV).
"""

from __future__ import annotations

import json
import os
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

import faiss
import numpy as np

from align.encoder.directions import unit_rows
from corpora.atomic import atomic_write, part_in
from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Ids = NDArray[np.int64]
    Rows = NDArray[np.int8]
    Floats = NDArray[np.float32]

CELL = 1000
"""Units of a cell, on average; small memories are one cell, and searched whole."""

MOST_CELLS = 1024
"""Cells of a large memory: more would take minutes of training."""

SAMPLE = 60
"""Vectors from which a cell's centre is learnt: FAISS asks for 39 at least."""

PROBES = 128
"""Cells that a search looks into, 8 ms on one core. Of the ten nearest of 243,000 English sentences
of the UN and of laws it finds .989, in 999 cells, as a million units have, .977; with 32 cells it
would be .966 and .941, with 16 .932 and .901."""

GROWTH = 2
"""Times by which the memory may outgrow the cells before they are learnt anew; a search takes as
many times as long."""


class MadeBy(NamedTuple):
    """The encoder that made vectors.

    Attributes:
        name: by which `align.load_encoder` loads it; None for the shipped one.
        signature: changes whenever its vectors do.
    """

    name: str | None
    signature: str


class Nearest:
    """An index that knows which record each vector is of.

    Attributes:
        index: of FAISS, with the units' ids.
        signatures: of the records whose units are in it, by the record's number.
        learnt: units that there were when the cells were learnt.
        made_by: the encoder of its vectors; None if an older cdtm, which did not note it, wrote it.
        fixed: whether it can be searched only.
    """

    def __init__(
        self,
        index: Any,
        signatures: dict[int, str],
        learnt: int,
        made_by: MadeBy | None = None,
        *,
        fixed: bool = False,
    ) -> None:
        self.fixed = fixed
        self.index = index
        self.signatures = signatures
        self.learnt = learnt
        self.made_by = made_by

    @classmethod
    def learn(cls, sample: Rows, units: int, made_by: MadeBy | None = None) -> Nearest:
        """Make an empty index for so many units.

        Args:
            sample: int8 (any number, dimensions): vectors of which it is to hold; `wanted` says
                how many are enough.
            units: how many it will hold at first.
            made_by: the encoder of all vectors that it will hold.
        """
        cells = cells_for(units)
        index: Any = faiss.index_factory(
            sample.shape[1], f"IVF{cells},SQ8", faiss.METRIC_INNER_PRODUCT
        )
        index.cp.seed = 1  # the same vectors give the same cells
        index.cp.min_points_per_centroid = 1
        index.train(unit_rows(sample.astype(np.float32)))
        return cls(index, {}, units, made_by)

    @classmethod
    def open(cls, path: Path, *, reading: bool = False) -> Nearest | None:
        """Open the index of a file; None if there is none that can be used.

        Args:
            path: the file.
            reading: only search it. It is then not loaded but mapped, which takes 10 ms instead of
                400 for a million units; it cannot be changed.
        """
        try:
            told = json.loads(notes_of(path).read_text("utf-8"))
            if not is_whole(path, told):
                return None  # FAISS would read beyond the end of a mapped file, or crash
            flags = getattr(faiss, "IO_FLAG_MMAP_IFC", 0) if reading else 0
            index = faiss.read_index(str(path), flags)
            if index.ntotal != told["units"]:
                return None  # the notes are another index's
            signatures = {int(number): str(each) for number, each in told["records"].items()}
            made_by = MadeBy(*told["encoder"]) if "encoder" in told else None
            learnt = int(told["learnt"])
        except (
            OSError,
            RuntimeError,
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            ArithmeticError,
        ):
            return None
        return cls(index, signatures, learnt, made_by, fixed=reading)

    def save(self, path: Path) -> None:
        """Write the index, whole or not at all.

        The notes go first and come back last, so that they never speak of another index: without
        them an index counts for none.

        Raises:
            UserError: it cannot be written.
        """
        told: dict[str, Any] = {
            "units": self.index.ntotal,
            "learnt": self.learnt,
            "records": self.signatures,
        }
        if self.made_by is not None:
            told["encoder"] = self.made_by
        part = part_in(path.parent)
        try:
            faiss.write_index(self.index, str(part))
            notes_of(path).unlink(missing_ok=True)
            os.replace(part, path)
        except RuntimeError as error:  # FAISS tells a full disk so
            raise UserError(
                f"{path} cannot be written: free some space on the disk, or write elsewhere."
            ) from error
        finally:
            part.unlink(missing_ok=True)
        found = path.stat()
        told |= {"bytes": found.st_size, "modified": found.st_mtime_ns, "sum": sum_of(path)}
        with atomic_write(notes_of(path)) as stream:
            stream.write(json.dumps(told).encode())

    def __len__(self) -> int:
        """Number of units."""
        return int(self.index.ntotal)

    def is_of_another(self, encoder: MadeBy) -> bool:
        """Whether its vectors cannot be said to be of this encoder."""
        return self.made_by is None or self.made_by.signature != encoder.signature

    @property
    def dimensions(self) -> int:
        """Of its vectors."""
        return int(self.index.d)

    def cells_of(self, vectors: Rows) -> Ids:
        """Give the cell of each vector, int64 (units,); vectors are int8 (units, dimensions)."""
        found: Ids = self.index.quantizer.search(unit_rows(vectors.astype(np.float32)), 1)[
            1
        ].ravel()
        return found

    def make_room(self, cells: Ids) -> None:
        """Make room for units of these cells: without it a list holds up to twice what is in it."""
        self._must_not_be_fixed()
        lists = self.index.invlists
        for cell, more in enumerate(np.bincount(cells, minlength=self.index.nlist).tolist()):
            there = lists.list_size(cell)
            lists.resize(cell, there + more)
            lists.resize(cell, there)

    def add(self, ids: Ids, vectors: Rows, cells: Ids | None = None) -> None:
        """Add units.

        Args:
            ids: of the units.
            vectors: int8 (units, dimensions).
            cells: of each, if they are known: see `cells_of`.
        """
        self._must_not_be_fixed()
        if not len(ids):
            return
        rows = unit_rows(vectors.astype(np.float32))
        cells = self.cells_of(vectors) if cells is None else cells
        pointers = (faiss.swig_ptr(np.ascontiguousarray(each)) for each in (rows, ids, cells))
        self.index.add_core(len(ids), *pointers)

    def remove(self, first: int, last: int) -> None:
        """Take out the units whose ids lie from `first` up to but without `last`."""
        self._must_not_be_fixed()
        self.index.remove_ids(faiss.IDSelectorRange(first, last))

    def _must_not_be_fixed(self) -> None:
        if self.fixed:  # FAISS would crash
            raise ValueError("an index that was opened for reading cannot be changed")

    def search(self, vector: Floats, count: int) -> list[tuple[int, float]]:
        """Give the nearest units and their cosines, the nearest first.

        Args:
            vector: of any length but zero, shape (dimensions,).
            count: how many at most.
        """
        self.index.nprobe = PROBES
        cosines, ids = self.index.search(unit_rows(vector[None, :]), count)
        return [
            (int(n), float(cosine)) for n, cosine in zip(ids[0], cosines[0], strict=True) if n >= 0
        ]


def cells_for(units: int) -> int:
    """How many cells an index of so many units has."""
    return max(1, min(MOST_CELLS, units // CELL))


def wanted(units: int) -> int:
    """How many vectors are needed to learn the cells for so many units."""
    return min(units, SAMPLE * cells_for(units))


def is_whole(path: Path, told: Mapping[str, Any], *, surely: bool = False) -> bool:
    """Whether an index is what its notes tell.

    Its bytes are summed only if its time is another than it was, as that of a copy is.

    Args:
        path: of the index.
        told: its notes; those of an older cdtm have no sum.
        surely: sum its bytes whatever its time is.
    """
    found = path.stat()
    if found.st_size != told["bytes"]:
        return False
    if "sum" not in told or (found.st_mtime_ns == told["modified"] and not surely):
        return True
    return bool(sum_of(path) == told["sum"])


def sum_of(path: Path) -> int:
    """Sum the bytes of a file: CRC-32, a gigabyte a second."""
    total = 0
    with path.open("rb") as stream:
        while data := stream.read(1 << 20):
            total = zlib.crc32(data, total)
    return total


def notes_of(path: Path) -> Path:
    """Give the file beside the index that says what is in it."""
    return path.with_suffix(".json")
