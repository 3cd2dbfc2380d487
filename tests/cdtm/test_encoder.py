"""`cdtm encoder`: the card, and the model for other programs."""

from __future__ import annotations

import json
from types import SimpleNamespace


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


def test_rows_of_a_card_are_a_table_and_name_comes_first(cdtm, monkeypatch):
    card = {
        "dimensions": 256,
        "languages": ["zh", "en"],
        "name": "small",
        "recipe": {"epochs": 3},
        "sources": [
            {"licence": "CC0", "name": "one", "pairs": 12000},
            {"licence": "MIT [sic]", "name": "two", "pairs": 7},
        ],
    }
    monkeypatch.setattr("cdtm.encoder.load_encoder", lambda _name: SimpleNamespace(card=card))
    out = cdtm("encoder", "info").out
    lines = [" ".join(line.split()) for line in out.splitlines() if line.strip()]
    assert lines[:4] == ["name small", "dimensions 256", "languages zh, en", "recipe epochs 3"]
    assert lines[4:6] == ["sources", "licence name pairs"]
    assert lines[7:] == ["CC0 one 12,000", "MIT [sic] two 7"]


def test_model_without_a_card(cdtm, monkeypatch):
    monkeypatch.setattr("cdtm.encoder.load_encoder", lambda _name: SimpleNamespace(name="foreign"))
    run = cdtm("encoder", "info", "--encoder", "foreign")
    assert run.status == 1
    assert "foreign has no card" in run.err
