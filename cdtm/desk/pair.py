"""One pair of files at the desk: a workspace that lasts as long as the page is open.

Everything that the desk does with a memory it does with this one; what is left behind is the
output alone, which is written anew after each correction.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from align.pair import align_pair, encode_side
from align.settings import Settings
from cdtm.build.index import index_vectors
from cdtm.build.place import Place
from cdtm.build.records import (
    Job,
    bead_table,
    empty_row,
    figures_of,
    record_signature,
    sentence_table,
)
from cdtm.build.tables import write_tables
from cdtm.build.workspace import make_workspace
from cdtm.export import run_export
from cdtm.jobs.memory import ExportJob
from cdtm.memory.memory import Memory
from cdtm.memory.nearest import MadeBy
from cdtm.pair.align import (
    check_outputs,
    describe,
    describe_beads,
    fit_pair,
    load_ready,
    read_files,
)
from cdtm.pair.fit import check_inputs
from cdtm.show import Progress, print_facts, working
from tmx_out.units import document_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align import Alignment, Encoder
    from align.scores import Side
    from cdtm.build.workspace import Workspace
    from cdtm.jobs.pair import AlignJob


@contextmanager
def pair_workspace(job: AlignJob) -> Iterator[tuple[Path, str]]:
    """Align a pair into a workspace that is removed when the block ends.

    Args:
        job: as for `cdtm align`.

    Yields:
        The workspace's folder, and the name of its one record.

    Raises:
        UserError: a mistake in the files or the outputs.
    """
    check_outputs(job)
    check_inputs(job.files)
    with TemporaryDirectory(prefix="cdtm-", ignore_cleanup_errors=True) as folder:
        with working("Reading the records") as say:
            encoder, settings = load_ready(job.encoder), Settings()
            zh, en = fit_pair(job, (part.document for part in read_files(job, job.files)))
            say("Aligning")
            sides = encode_side(zh, encoder, settings), encode_side(en, encoder, settings)
            alignment = align_pair(zh, en, encoder, settings, sides=sides)
        print_facts(
            [
                ("Chinese", describe(zh)),
                ("English", describe(en)),
                ("Aligned", describe_beads(alignment)),
            ]
        )
        workspace = make_workspace(Path(folder) / "w", None, None)
        workspace.save()
        made_by = MadeBy(job.encoder, encoder.signature)
        yield workspace.folder, _fill(workspace, alignment, sides, encoder, made_by)


def _fill(
    workspace: Workspace,
    alignment: Alignment,
    sides: tuple[Side, Side],
    encoder: Encoder,
    made_by: MadeBy,
) -> str:
    """Make the one record of a workspace; give its name."""
    zh, en = alignment.zh, alignment.en
    key = document_prefix(alignment)
    record = Job(
        key=key,
        symbol=zh.symbol or en.symbol,
        files=(zh.name, en.name),
        hashes=("", ""),  # nobody asks whether they have changed
        joined_by="symbol",
        joining=1.0,
        notes=(),
        signature=record_signature(encoder, ()),
        records=Place(str(workspace.folder)),
        store=workspace.store,
    )
    row = empty_row(record) | figures_of(alignment, record)
    beads = bead_table(alignment, sides, key)
    tables = {"sentences": sentence_table((zh, en)), "beads": beads}
    write_tables(workspace.store, key, tables, row | {"encoder": encoder.signature})
    with Memory.open(workspace.memory, create=True) as memory:
        memory.put_record(row, beads)
        index_vectors(workspace, memory, made_by, (), Progress())
        [only] = memory.records()
    return only.name


def save_pair(folder: Path, job: AlignJob) -> None:
    """Write the outputs as the pair stands now.

    Raises:
        UserError: one cannot be written, or every unit was rejected.
    """
    run_export(
        ExportJob(
            folder, job.outputs, tier="all", source=job.source, languages=job.languages, quiet=True
        )
    )
