"""The index of nearest sentences in step with the memory: only what has changed is indexed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cdtm.build.tables import read_beads
from cdtm.damaged import DamagedError
from cdtm.memory.nearest import GROWTH, Nearest, wanted
from cdtm.memory.rows import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from numpy.typing import NDArray

    from cdtm.build.workspace import Workspace
    from cdtm.memory.memory import Memory
    from cdtm.memory.nearest import MadeBy
    from cdtm.memory.units import Record
    from cdtm.show import Progress

AT_ONCE = 5_000
"""Units that are added at once: 5 MB of vectors."""


def index_vectors(
    workspace: Workspace,
    memory: Memory,
    made_by: MadeBy,
    foreign: Container[str],
    shown: Progress,
) -> None:
    """Bring the index of a workspace in step with its memory.

    Args:
        workspace: with its tables.
        memory: open.
        made_by: the encoder of the vectors.
        foreign: keys of records whose vectors another encoder made; they stay out.
        shown: is told how far it is.
    """
    signatures = memory.signatures()
    records = {record.id: record for record in memory.records() if record.key not in foreign}
    wanted_now = {number: signatures[record.key] for number, record in records.items()}
    units = memory.count()
    if not units or not records:
        return
    index = Nearest.open(workspace.nearest)
    if index is None or index.is_of_another(made_by) or units > GROWTH * index.learnt:
        index = Nearest.learn(sample_vectors(workspace, [*records.values()], units), units, made_by)
    if index.signatures == wanted_now and index.made_by == made_by:
        return
    old = [n for n, signature in index.signatures.items() if wanted_now.get(n) != signature]
    for number in old:
        index.remove(number << NUMBERS, (number + 1) << NUMBERS)
        del index.signatures[number]
    missing = [records[n] for n in sorted(wanted_now.keys() - index.signatures.keys())]
    cells = [index.cells_of(vectors) for _, vectors in _batches(workspace, missing, shown)]
    if cells:
        index.make_room(np.concatenate(cells))
    for own, (ids, vectors) in zip(cells, _batches(workspace, missing, shown), strict=True):
        index.add(ids, vectors, own)
    index.signatures, index.made_by = wanted_now, made_by
    index.save(workspace.nearest)


def sample_vectors(workspace: Workspace, records: Sequence[Record], units: int) -> NDArray[np.int8]:
    """Take the vectors of as many records, evenly spread, as are needed to learn the cells."""
    share = wanted(units) / units
    step = max(1, int(1 / share))
    parts = [unit_vectors(workspace, record)[1] for record in records[::step]]
    return np.concatenate([part for part in parts if len(part)])


def unit_vectors(
    workspace: Workspace, record: Record
) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    """Read the ids of a record's units and their vectors, int8 (units, dimensions)."""
    try:
        beads = read_beads(workspace.store, record.key, ["number", "vector"])
    except DamagedError:  # its row says so, and the next build makes it anew
        beads = None
    if beads is None:
        return np.zeros(0, np.int64), np.zeros((0, 1), np.int8)
    beads = beads.drop_nulls()
    ids = beads["number"].to_numpy().astype(np.int64) + (record.id << NUMBERS)
    vectors = np.frombuffer(b"".join(beads["vector"]), np.int8)
    return ids, vectors.reshape(len(ids), -1)


def _batches(
    workspace: Workspace, records: Sequence[Record], shown: Progress
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int8]]]:
    ids: list[NDArray[np.int64]] = []
    vectors: list[NDArray[np.int8]] = []
    for done, record in enumerate(records, start=1):
        some, rows = unit_vectors(workspace, record)
        if len(some):
            ids.append(some)
            vectors.append(rows)
        if ids and (done == len(records) or sum(map(len, ids)) >= AT_ONCE):
            yield np.concatenate(ids), np.concatenate(vectors)
            ids, vectors = [], []
        shown.set(done, len(records))
