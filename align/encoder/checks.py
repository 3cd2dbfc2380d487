"""Whether a model's files are what was written: a damaged one would align wrongly without a word.

Small files are checked when they are read, by their CRC. Of the rows, 24 MB that are
mapped and of which a document needs a few thousand, only those are checked that are used, each by a
sum of its own: that costs nothing worth measuring.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Final

import numpy as np

from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

ROW_CHECKS: Final = "row_checks.npy"
"""The sum of each row, int32."""

CHECKSUMS: Final = "checksums.json"
"""The CRC-32 of each small file, hexadecimal. Models of before have none, and are not checked."""

CHECKED: Final = (
    *("scales.npy", "tokenizer.json.gz", "pieces.txt", "piece_scores.npy"),
    ROW_CHECKS,
)


def row_checks(rows: NDArray[np.int8]) -> NDArray[np.int32]:
    """Sum each row (int8, rows x dimensions), every dimension with a weight of its own.

    A changed value, another order of the dimensions and another sign all give another sum. With
    256 dimensions no sum is beyond int32; the products are exact in float64.

    >>> row_checks(np.array([[1, 2], [2, 1], [-1, -2]], dtype=np.int8)).tolist()
    [71443, 96476, -71443]
    """
    weights = (np.arange(1, rows.shape[1] + 1, dtype=np.int64) * 40503) % 65536
    return (rows.astype(np.float64) @ weights.astype(np.float64)).astype(np.int64).astype(np.int32)


def write_checks(folder: Path) -> None:
    """Write what a whole model is checked by from then on."""
    np.save(folder / ROW_CHECKS, row_checks(np.load(folder / "rows.npy", mmap_mode="r")))
    names = [name for name in CHECKED if (folder / name).is_file()]
    found = {name: _crc((folder / name).read_bytes()) for name in names}
    (folder / CHECKSUMS).write_text(json.dumps(found, indent=2) + "\n", "utf-8")


def read_checksums(folder: Path) -> dict[str, str]:
    """Read the CRC-32 of each small file of a model; none of a model of before.

    Raises:
        UserError: they are there and cannot be read.
    """
    path = folder / CHECKSUMS
    if not path.exists():
        return {}
    try:
        found: dict[str, str] = json.loads(path.read_text("utf-8"))
        return dict(found)
    except (OSError, ValueError, TypeError):
        raise damaged(folder, f"{CHECKSUMS} is not what was written") from None


def read_checked(folder: Path, name: str, checksums: Mapping[str, str]) -> bytes:
    """Read a small file of a model.

    Raises:
        UserError: it is not there, or not what was written.
    """
    try:
        data = (folder / name).read_bytes()
    except OSError as problem:
        raise damaged(folder, f"{name} cannot be read: {problem.strerror}") from None
    if name in checksums and _crc(data) != checksums[name]:
        raise damaged(folder, f"{name} is not what was written")
    return data


def check_rows(
    rows: NDArray[np.int8], expected: NDArray[np.int32], folder: Path
) -> NDArray[np.int8]:
    """Give the rows, shape (rows, dimensions), if their sums are the expected ones.

    Raises:
        UserError: they are not.
    """
    if not np.array_equal(row_checks(rows), expected):
        raise damaged(folder, "rows.npy is not what was written")
    return rows


def damaged(folder: Path, what: str) -> UserError:
    """Make the error of a model that cannot be used."""
    return UserError(
        f"The encoder in {folder} is damaged ({what}): install cdtm or the model anew."
    )


def _crc(data: bytes) -> str:
    return f"{zlib.crc32(data):08x}"
