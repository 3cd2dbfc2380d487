"""What `cdtm export` writes where: suffixes, folders and limits, checked before any work."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpora.errors import UserError
from tmx_out.write.formats import UNIT_FORMATS as FORMATS
from tmx_out.write.parts import Limits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tmx_out.write.formats import Format
    from tmx_out.write.profiles import Profile

DEFAULT_RECORD_SUFFIX: Final = ".tmx"
"""Format of the files a record, where the folder's name says none."""

SMALLEST_LIMIT: Final = 10_000
"""Bytes below which a limit is a slip of the pen: a unit takes about 1,000."""


@dataclass(frozen=True, slots=True)
class Output:
    """One thing to write.

    Attributes:
        target: the file's name, or the folder of the files a record.
        form: the format.
        limits: of each file.
    """

    target: Path
    form: Format
    limits: Limits


def plan_outputs(
    names: Sequence[Path],
    workspace: Path,
    profile: Profile,
    *,
    per_record: bool = False,
    max_units: int | None = None,
    max_bytes: str | None = None,
) -> list[Output]:
    """Tell what is written where.

    Args:
        names: as the user gave them.
        workspace: its folder.
        profile: sets the limit of a TMX's size where `max_bytes` does not.
        per_record: whether each name is a folder for a file a record.
        max_units: of a file.
        max_bytes: of a file, ``300MB``.

    Raises:
        UserError: an unknown suffix, a missing folder, a place among the workspace's own files,
            a name twice, a limit that a format cannot keep.
    """
    size = None if max_bytes is None else parse_size(max_bytes)
    own = {workspace.resolve(), (workspace / "records").resolve()}
    planned: list[Output] = []
    seen: set[Path] = set()
    for name in names:
        target, form = named_format(name, per_record=per_record)
        if size is not None and not form.bytes_limited:
            raise UserError(
                f"How long {name} will be is known only when it is packed, so --max-bytes cannot "
                "limit it: use --max-units."
            )
        if (target if per_record else target.parent).resolve() in own:
            raise UserError(f"{name} would lie among the workspace's files: write elsewhere.")
        for suffix in form.suffixes:
            place = (target / f"x{suffix}" if per_record else target.with_suffix(suffix)).resolve()
            if place in seen:
                raise UserError(f"{name} was given as output twice: give each file once.")
            seen.add(place)
        # The profile's limit is that of its tool, which reads TMX.
        limit = profile.max_bytes if ".tmx" in form.suffixes else None
        planned.append(Output(target, form, Limits(max_units, size or limit)))
    return planned


def named_format(name: Path, *, per_record: bool) -> tuple[Path, Format]:
    """Tell the format from the suffix, and what to write: a file, or a folder of files a record.

    ``memories`` and ``memories.tmx`` mean TMX files in the folder ``memories``, ``memories.xlsx``
    workbooks in the same.

    Raises:
        UserError: no format has the suffix, or the place cannot be written to.
    """
    suffix = name.suffix.lower()
    if per_record and suffix not in FORMATS:
        # A folder may be called CD.2015: only a format's suffix is one.
        return _folder(name), FORMATS[DEFAULT_RECORD_SUFFIX]
    if suffix == ".links":
        raise UserError(
            f"{name} would hold sentence numbers of one pair of files, which a memory has not: "
            "write it with cdtm align."
        )
    if suffix not in FORMATS:
        raise UserError(
            f"The suffix of {name} names no format: write to a file that ends in one of "
            f"{' '.join(FORMATS)}."
        )
    if per_record:
        return _folder(name.with_suffix("")), FORMATS[suffix]
    if name.is_dir():
        raise UserError(f"{name} is a folder: give a file's name, or add --per-record.")
    if not name.parent.is_dir():
        raise UserError(f"There is no folder {name.parent}: make it, or write elsewhere.")
    return name, FORMATS[suffix]


def _folder(folder: Path) -> Path:
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file: give the name of a folder for the files a record.")
    if not folder.parent.is_dir():
        raise UserError(f"There is no folder {folder.parent}: make it, or write elsewhere.")
    return folder


_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmg]?)(i?)b?", re.IGNORECASE | re.ASCII)
_POWERS: Final = {"": 0, "k": 1, "m": 2, "g": 3}


def parse_size(text: str) -> int:
    """Read a number of bytes: ``300MB``, ``1.5G``, ``500kB``, ``1GiB``, ``20000``.

    Raises:
        UserError: it is written otherwise, or is too small to be meant.
    """
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise UserError(f"--max-bytes {text} is no size: write it as 300MB, 1GB or in bytes.")
    number, unit, binary = match.groups()
    size = int(float(number) * (1024 if binary else 1000) ** _POWERS[unit.lower()])
    if size < SMALLEST_LIMIT:
        raise UserError(
            f"--max-bytes {text} is {size:,} bytes, and a unit alone takes about 1,000: write "
            "it with its unit, such as 300MB."
        )
    return size
