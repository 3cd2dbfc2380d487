"""One record of a corpus: two files in, its tables out. The function that every engine maps.

A record is done if its `record.json` (`cdtm.build.tables`) names the signature that is wanted.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from align import align_pair, load_encoder
from align.encoder.directions import unit_rows
from align.pair import encode_side, method_signature
from align.settings import Settings
from cdtm import __version__
from cdtm.build.schemas import BEADS, MANIFEST, SENTENCES
from cdtm.build.tables import is_sound, read_beads, read_row, stamp_of, write_tables
from cdtm.damaged import DamagedError
from cdtm.pair.fit import doubts_about, mean_confidence, notes_on
from cdtm.troubles import sentence_about
from corpora.errors import UserError
from corpora.left_out import count_text
from tmx_out.units import bead_id, join_sentences, speaker_name, unit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from align import Alignment, Bead, Encoder
    from align.alignment import Span
    from align.scores import Side
    from cdtm.build.place import Place
    from corpora import Document

    Row = dict[str, Any]

LAYOUT = "1"
"""Raised whenever the same alignment would give other tables."""

DONE, FAILED = "done", "failed"

IMPORTED = "import"
"""How the two sides of a record were joined that `cdtm import` brought: by somebody else."""

IMPORTS = "imports"
"""The note in a workspace that lists what was imported, to the end."""


def import_key(stem: str, number: int) -> str:
    """Name a record of an import by what begins all of its keys, and a number from 1 on."""
    return f"{stem}-{number:05d}"


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs to build one record; can be pickled.

    Attributes:
        key: names the record's folder.
        symbol: as the catalogue knows it.
        files: the Chinese and the English file, relative to `records`.
        hashes: their SHA-256.
        joined_by: ``symbol``, ``content`` or ``import``.
        joining: confidence, 0 to 1, that they are one record.
        notes: what the catalogue says on the two files.
        signature: of this version, model, settings and both files.
        records: where the files are.
        store: where the tables go.
        encoder: name of the model; None for the shipped one.
    """

    key: str
    symbol: str | None
    files: tuple[str, str]
    hashes: tuple[str, str]
    joined_by: str
    joining: float
    notes: tuple[str, ...]
    signature: str
    records: Place
    store: Place
    encoder: str | None = None


def record_signature(encoder: Encoder, hashes: Sequence[str]) -> str:
    """Name everything that a record's tables depend on, in 16 hexadecimal digits."""
    parts = (__version__, LAYOUT, method_signature(encoder, Settings()), *hashes)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def build_record(job: Job) -> Row:
    """Read, align and store one record; give its row of the manifest, whatever happens."""
    row = empty_row(job)
    stage = "read"
    try:
        zh, en = _read(job)
        stage = "align"
        encoder, settings = encoder_of(job), Settings()
        sides = encode_side(zh, encoder, settings), encode_side(en, encoder, settings)
        alignment = align_pair(zh, en, encoder, settings, sides=sides)
        stage = "write"
        row |= figures_of(alignment, job)
        tables = {
            "sentences": sentence_table((zh, en)),
            "beads": bead_table(alignment, sides, job.key),
        }
        write_tables(job.store, job.key, tables, row | {"encoder": encoder.signature})
    except UserError as error:
        return row | {"status": FAILED, "stage": stage, "reason": str(error)}
    except Exception as error:  # a bug, or a machine's fault, in one record of thousands
        reason = sentence_about(error) or f"{type(error).__name__}: {error}"
        return row | {"status": FAILED, "stage": stage, "reason": reason}
    return row | {"checked": stamp_of(job.store, job.key)}


def stored_row(job: Job) -> Row | None:
    """Give the manifest's row of a record that is in the store, whole and up to date."""
    try:
        row = read_row(job.store, job.key)
    except DamagedError:
        return None
    if row is None or row["signature"] != job.signature or not is_sound(job.store, job.key):
        return None
    row = {name: row.get(name) for name in MANIFEST}
    # What the catalogue says may have changed without the files.
    row |= {name: value for name, value in empty_row(job).items() if name in _OF_CATALOGUE}
    return row | {"checked": stamp_of(job.store, job.key)}


def is_foreign(key: str, encoder: Encoder, store: Place) -> bool:
    """Whether another encoder made a record's vectors, so that they compare with none of this."""
    try:
        made_by = (read_row(store, key) or {}).get("encoder")
        if made_by is not None:
            return bool(made_by != encoder.signature)
        # An older cdtm did not note it.
        beads = read_beads(store, key, ["vector"])
    except DamagedError:
        return True
    vectors = [] if beads is None else beads["vector"].drop_nulls().head(1).to_list()
    return any(len(vector) != encoder.encode([""]).shape[1] for vector in vectors)


_OF_CATALOGUE = ("zh_file", "en_file", "joined_by", "joining")


def empty_row(job: Job) -> Row:
    """Give the manifest's row of a record as far as the catalogue knows it."""
    row: Row = dict.fromkeys(MANIFEST)
    return row | {
        "key": job.key,
        "symbol": job.symbol,
        "zh_file": job.files[0],
        "en_file": job.files[1],
        "zh_sha256": job.hashes[0],
        "en_sha256": job.hashes[1],
        "joined_by": job.joined_by,
        "joining": job.joining,
        "signature": job.signature,
        "status": DONE,
        "notes": "\n".join(job.notes),
    }


def encoder_of(job: Job) -> Encoder:
    """Give the encoder of a job, loaded once in a process."""
    return _encoder(job.encoder)


@lru_cache(maxsize=1)
def _encoder(name: str | None) -> Encoder:
    return load_encoder(name)


def _read(job: Job) -> tuple[Document, Document]:
    from corpora.record import read_document  # a process that only hands records on reads none

    with job.records.local(job.files[0]) as zh, job.records.local(job.files[1]) as en:
        return read_document(zh, language="zh"), read_document(en, language="en")


def figures_of(alignment: Alignment, job: Job) -> Row:
    """Give what the manifest says of a record that is aligned."""
    zh, en = alignment.zh, alignment.en
    linked = [bead for bead in alignment.beads if not bead.is_null]
    notes = [*job.notes, *notes_on(zh, en), *doubts_about(alignment)]
    return {
        "symbol": job.symbol or zh.symbol or en.symbol,
        "date": zh.date or en.date,
        "zh_sentences": len(zh.sentences),
        "en_sentences": len(en.sentences),
        "units": len(linked),
        "nulls": len(alignment.beads) - len(linked),
        "confidence": mean_confidence(alignment),
        "flagged": sum(bool(bead.flags) for bead in linked),
        "notes": "\n".join(dict.fromkeys(notes)),
        "left_lines": len(zh.dropped) + len(en.dropped),
        "left_text": count_text(zh.dropped) + count_text(en.dropped),
    }


def sentence_table(documents: Sequence[Document]) -> pl.DataFrame:
    """Tabulate the sentences of a record's two documents."""
    rows = (
        (
            document.language,
            number,
            sentence.text,
            sentence.paragraph,
            sentence.turn,
            speaker_name(sentence.speaker) or None,
            sentence.speaker.spoken if sentence.speaker else None,
            sentence.page,
            sentence.line,
            sentence.label,
        )
        for document in documents
        for number, sentence in enumerate(document.sentences)
    )
    columns = zip(*rows, strict=True)
    return pl.DataFrame(dict(zip(SENTENCES, columns, strict=True)), schema=dict(SENTENCES))


def bead_table(alignment: Alignment, sides: tuple[Side, Side], prefix: str) -> pl.DataFrame:
    """Tabulate the beads, texts and unit vectors with them; `prefix` begins every `tuid`."""
    vectors = iter(unit_vectors(alignment.beads, sides))
    rows = []
    for number, bead in enumerate(alignment.beads):
        unit = None if bead.is_null else unit_of(bead, alignment, prefix=prefix)
        zh, *zh_sizes = _text(alignment.zh, bead.zh)
        en, *en_sizes = _text(alignment.en, bead.en)
        rows.append(
            (
                number,
                *bead.zh,
                *bead.en,
                bead.score,
                bead.confidence,
                ",".join(bead.flags),
                bead_id(bead, prefix),
                *(zh, en, *zh_sizes, *en_sizes),
                *(("", None, None) if unit is None else (unit.speaker, unit.paragraph, unit.page)),
                None if unit is None else next(vectors).tobytes(),
            )
        )
    return pl.DataFrame(rows, schema=dict(BEADS), orient="row")


def _text(document: Document, span: Span) -> tuple[str, int, int]:
    """Give a span's text, and the characters of its first and last sentence."""
    sentences = document.sentences[slice(*span)]
    if not sentences:
        return "", 0, 0
    text = join_sentences(sentences, document.language)
    return text, len(sentences[0].text.strip()), len(sentences[-1].text.strip())


def unit_vectors(beads: Sequence[Bead], sides: tuple[Side, Side]) -> NDArray[np.int8]:
    """Give each unit one vector for both languages: the direction of its sides' mean.

    Returns:
        int8 (units, dimensions): each row scaled so that its largest component is 127.
    """
    linked = [bead for bead in beads if not bead.is_null]
    zh, en = (
        _directions(side.vectors, [getattr(bead, language) for bead in linked])
        for side, language in zip(sides, ("zh", "en"), strict=True)
    )
    return pack_vectors(zh + en)


def pack_vectors(mean: NDArray[np.float64]) -> NDArray[np.int8]:
    """Scale rows so that the largest component of each is 127, shape (units, dimensions)."""
    largest = np.maximum(np.abs(mean).max(axis=1, keepdims=True, initial=0.0), 1e-9)
    out: NDArray[np.int8] = np.rint(mean * (127 / largest)).astype(np.int8)
    return out


def _directions(vectors: NDArray[np.float32], spans: Sequence[Span]) -> NDArray[np.float64]:
    """Give the unit vectors of the spans' sums; zeros stay zeros."""
    sums = np.vstack([np.zeros(vectors.shape[1]), np.cumsum(vectors, axis=0, dtype=np.float64)])
    starts, ends = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    out: NDArray[np.float64] = sums[ends] - sums[starts]
    return unit_rows(out)
