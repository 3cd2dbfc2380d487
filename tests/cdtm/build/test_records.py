"""One record of a corpus: its tables, and what is told of it when something is wrong."""

from __future__ import annotations

import hashlib
import io
import json
import pickle
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from align import align_pair, load_encoder
from cdtm.build import records
from cdtm.build.place import Place
from cdtm.build.records import (
    DONE,
    FAILED,
    Job,
    build_record,
    figures_of,
    record_signature,
    stored_row,
)
from cdtm.build.schemas import BEADS, LATER, MANIFEST, SENTENCES
from cdtm.build.status import furniture_left_out
from cdtm.build.tables import read_beads
from corpora import read_document
from corpora.document import DroppedLine
from tmx_out import units


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


@pytest.fixture
def job(zh, en, tmp_path, encoder):
    hashes = tuple(hashlib.sha256(file.read_bytes()).hexdigest() for file in (zh, en))
    return Job(
        key="CD-PV-9999",
        symbol="CD/PV.9999",
        files=(zh.name, en.name),
        hashes=hashes,
        joined_by="symbol",
        joining=1.0,
        notes=("The dates differ.",),
        signature=record_signature(encoder, hashes),
        records=Place(str(zh.parent)),
        store=Place(str(tmp_path / "store")),
    )


def test_a_record_is_built_and_found_again(job):
    row = build_record(job)
    assert row["status"] == DONE
    assert row["reason"] is None
    assert set(row) == set(MANIFEST)
    assert "The dates differ." in row["notes"].split("\n")
    assert stored_row(job) == row
    assert pickle.loads(pickle.dumps(job)) == job


def test_what_was_left_out_of_both_files_is_counted_and_an_older_row_is_read(job, zh, en, encoder):
    row = build_record(job)
    alignment = align_pair(read_document(zh), read_document(en), encoder)
    dropped = alignment.zh.dropped, alignment.en.dropped
    assert (row["left_lines"], row["left_text"]) == (sum(map(len, dropped)), 0)
    hidden = DroppedLine("We thank the delegations for their work.", 1, 9, "hidden text")
    english = replace(alignment.en, dropped=(*alignment.en.dropped, hidden))
    told = figures_of(replace(alignment, en=english), job)
    assert told["left_lines"] == row["left_lines"] + 1
    assert told["left_text"] == len(hidden.text)
    written = json.loads(job.store.read(f"{job.key}/record.json") or b"")
    kept = {name: value for name, value in written.items() if name not in LATER}
    job.store.write(f"{job.key}/record.json", json.dumps(kept).encode())
    older = stored_row(job)
    assert older is not None
    assert (older["left_lines"], older["left_text"]) == (None, None)


def test_the_sum_of_what_was_left_out_names_the_record_with_most():
    rows = [row_of("A-1", 4, 0), row_of("A-2", 30, 250), row_of("A-3", 2, 20)]
    told = furniture_left_out(rows)
    assert told.startswith("36 lines left out, 270 characters of sentences among them")
    assert "most in A-2 (250)" in told
    assert furniture_left_out(rows[:1]) == "4 lines left out"
    assert "of 1 record" in furniture_left_out([*rows, row_of("A-4", None, None)])


def row_of(key, lines, text):
    return {"key": key, "left_lines": lines, "left_text": text}


def test_the_beads_say_what_the_alignment_says(job, zh, en, encoder):
    row = build_record(job)
    beads = read_beads(job.store, job.key)
    assert beads is not None
    assert beads.schema == pl.Schema(BEADS)
    alignment = align_pair(read_document(zh), read_document(en), encoder)
    linked = [bead for bead in alignment.beads if not bead.is_null]
    spans = [(*bead.zh, *bead.en) for bead in alignment.beads]
    assert beads.select("zh_start", "zh_end", "en_start", "en_end").rows() == spans
    assert (row["units"], row["nulls"]) == (len(linked), len(alignment.beads) - len(linked))
    assert row["nulls"] > 0
    found = beads.filter(pl.col("vector").is_not_null())
    for unit, told in zip(units(alignment), found.iter_rows(named=True), strict=True):
        assert (unit.tuid, unit.zh, unit.en) == (told["tuid"], told["zh"], told["en"])
        assert (unit.speaker, unit.paragraph) == (told["speaker"], told["paragraph"])
        assert (unit.page or None) == told["page"]


def test_the_sentences_at_the_ends_of_a_unit_can_be_cut_out(job, zh, en):
    build_record(job)
    beads = read_beads(job.store, job.key)
    assert beads is not None
    for language, file in (("zh", zh), ("en", en)):
        sentences = [sentence.text for sentence in read_document(file).sentences]
        for row in beads.iter_rows(named=True):
            start, end = row[f"{language}_start"], row[f"{language}_end"]
            if start == end:
                assert row[language] == ""
                continue
            text = row[language]
            assert text[: row[f"{language}_first"]] == sentences[start]
            assert text[len(text) - row[f"{language}_last"] :] == sentences[end - 1]


def test_the_sentence_table_holds_both_documents(job, zh, en):
    build_record(job)
    table = pl.read_parquet(io.BytesIO(job.store.read(f"{job.key}/sentences.parquet") or b""))
    assert table.schema == pl.Schema(SENTENCES)
    for language, file in (("zh", zh), ("en", en)):
        told = table.filter(pl.col("language") == language)
        assert told["text"].to_list() == [s.text for s in read_document(file).sentences]
        assert told["number"].to_list() == list(range(len(told)))


def test_a_unit_vector_lies_near_both_sides_and_far_from_others(job, encoder):
    build_record(job)
    beads = read_beads(job.store, job.key)
    assert beads is not None
    found = beads.filter(pl.col("vector").is_not_null())
    vectors = np.array([np.frombuffer(v, np.int8) for v in found["vector"]], dtype=float)
    assert (np.abs(vectors).max(axis=1) == 127).all()
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    for language in ("zh", "en"):
        texts = encoder.encode(found[language].to_list())
        texts = texts / np.linalg.norm(texts, axis=1, keepdims=True)
        best = (texts @ vectors.T).argmax(axis=1)
        assert (best == np.arange(len(texts))).mean() > 0.9


@pytest.mark.parametrize("changed", ["hashes", "version", "layout"])
def test_the_signature_follows_all_that_matters(job, encoder, monkeypatch, changed):
    before = record_signature(encoder, job.hashes)
    assert before == job.signature
    if changed == "version":
        monkeypatch.setattr(records, "__version__", "99")
    if changed == "layout":
        monkeypatch.setattr(records, "LAYOUT", "99")
    hashes = job.hashes[::-1] if changed == "hashes" else job.hashes
    assert record_signature(encoder, hashes) != before


def test_another_signature_is_not_up_to_date(job):
    build_record(job)
    assert stored_row(replace(job, signature="other")) is None
    moved = stored_row(replace(job, files=("a.txt", "b.txt")))
    assert moved is not None
    assert (moved["zh_file"], moved["en_file"]) == ("a.txt", "b.txt")


def test_a_build_that_is_cut_short_leaves_no_record(job, monkeypatch):
    """Killed while it writes anew what was there: the former record must not pass for the new."""
    build_record(job)
    write = Place.write

    def cut(place, name, data):
        if name.endswith("beads.parquet"):
            raise KeyboardInterrupt
        write(place, name, data)

    monkeypatch.setattr(Place, "write", cut)
    with pytest.raises(KeyboardInterrupt):
        build_record(job)
    assert stored_row(job) is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "no file"),
        (b"", "0 bytes"),
        (b"%PDF-1.4 cut", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".docx"),
    ],
)
def test_a_bad_file_is_a_row_with_stage_and_reason(job, zh, en, tmp_path, content, told):
    (tmp_path / zh.name).write_bytes(zh.read_bytes())
    if content is not None:
        (tmp_path / en.name).write_bytes(content)
    row = build_record(replace(job, records=Place(str(tmp_path))))
    assert (row["status"], row["stage"]) == (FAILED, "read")
    assert told in row["reason"]
    assert row["key"] == job.key
    assert stored_row(job) is None


def test_a_bug_in_one_record_is_its_own_row(job, monkeypatch):
    def fail(*_, **__):
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(records, "align_pair", fail)
    row = build_record(job)
    assert (row["status"], row["stage"]) == (FAILED, "align")
    assert row["reason"] == "ZeroDivisionError: by nought"
