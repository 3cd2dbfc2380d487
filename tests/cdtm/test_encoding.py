"""`cdtm encoder`: the card, and the model for other programs."""

from __future__ import annotations

import json


def test_info_shows_the_card(cdtm):
    run = cdtm("encoder", "info")
    assert run.status == 0, run.err
    assert "licen" in run.out.lower()


def test_info_as_json_is_the_card(cdtm):
    card = json.loads(cdtm("encoder", "info", "--json").out)
    assert card["name"]


def test_export_wants_an_empty_folder(cdtm, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    run = cdtm("encoder", "export", tmp_path)
    assert run.status == 1
    assert "is not empty" in run.err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_export_writes_what_sentence_transformers_reads(cdtm, tmp_path):
    run = cdtm("encoder", "export", tmp_path / "model")
    assert run.status == 0, run.err
    names = {path.name for path in (tmp_path / "model").glob("**/*")}
    assert {"modules.json", "tokenizer.json", "model.safetensors"} <= names
