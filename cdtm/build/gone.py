"""Records of a workspace that the folder no longer makes: which go, which stay, and why.

What failed never takes anything out. A record goes if a file of it is another record's now, or if
`--prune` asks for it and a file of it is truly gone.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cdtm.build.records import FAILED, IMPORTED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from cdtm.build.place import Place
    from corpora.catalogue.examine import File
    from corpora.catalogue.types import Pair

    Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gone:
    """Keys of records that no pair of the catalogue makes, parted by what is to become of them.

    Attributes:
        dropped: are to be taken out.
        kept: a file of them is no longer there; `--prune` takes them out.
        held: are kept, whatever is asked: their files are there, but one cannot be read now or
            they no longer make a pair.
    """

    dropped: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)


def part_gone(
    manifest: Mapping[str, Row],
    remembered: Collection[str],
    pairs: Iterable[Pair],
    files: Iterable[File],
    place: Place,
    *,
    prune: bool,
) -> Gone:
    """Part the records that no pair makes.

    Args:
        manifest: rows by key.
        remembered: keys of the records in the memory.
        pairs: of the catalogue.
        files: of the catalogue.
        place: the folder of records.
        prune: whether what is truly gone is to be taken out.
    """
    pairs, known = list(pairs), {file.path: file for file in files}
    joined = [file for pair in pairs for file in (pair.zh, pair.en)]
    used = {file.path for file in joined} | {file.sha256 for file in joined}
    hashes = {file.sha256 for file in known.values()}
    gone = Gone()
    for key in sorted(manifest.keys() - {pair.key for pair in pairs}):
        row = manifest[key]
        if row["joined_by"] == IMPORTED:  # no file of the records stands for it
            continue
        paths, sums = (row["zh_file"], row["en_file"]), (row["zh_sha256"], row["en_sha256"])
        if key not in remembered and row["status"] == FAILED:
            gone.dropped.append(key)  # nothing is lost by it
        elif any(path in known and known[path].problem is not None for path in paths):
            gone.held.append(key)
        elif used & {*paths, *sums}:
            gone.dropped.append(key)
        elif known and any(
            path not in known and each not in hashes and is_gone(place, path)
            for path, each in zip(paths, sums, strict=True)
        ):
            (gone.dropped if prune else gone.kept).append(key)
        else:  # no file at all is there: a disk that is not mounted looks so
            (gone.held if known else gone.kept).append(key)
    return gone


def is_gone(place: Place, path: str) -> bool:
    """Whether a file that was not listed is not there; one that may not be looked at is there."""
    if not place.is_local:
        return True
    try:
        os.lstat(Path(place.root, path))
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
