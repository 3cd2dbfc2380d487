"""The exported folder is a sentence-transformers model that gives the same unit vectors."""

from __future__ import annotations

import json

import numpy as np
import pytest

from align.encoder import export
from align.encoder.directions import unit_rows
from align.encoder.export import export_encoder
from align.encoder.static import MODEL, StaticEncoder
from corpora import UserError

TEXTS = [
    "裁军谈判会议第1579次全体会议现在开会。",
    "I declare open the 1579th plenary meeting of the Conference on Disarmament.",
    "谢谢主席先生。",
    "THE PRESIDENT: Thank you, Mr. Président.",
    "ＣＤ／ＰＶ．１５７９ 龘 \U0001f600",
    "",
]


def loaded(folder):
    sentence_transformers = pytest.importorskip(
        "sentence_transformers", reason="sentence-transformers is not installed"
    )
    return sentence_transformers.SentenceTransformer(str(folder), device="cpu")


def same_unit_vectors(encoder, folder, texts):
    theirs = loaded(folder).encode(texts, normalize_embeddings=True, show_progress_bar=False)
    ours = unit_rows(encoder.encode(texts))
    assert ours.any(axis=1).sum() >= len(texts) - 2
    np.testing.assert_allclose(np.nan_to_num(theirs), ours, atol=1e-5)


def test_the_tiny_model_gives_the_same_unit_vectors(toy, tiny, tmp_path):
    export_encoder(tiny, tmp_path / "model")
    zh, en = toy.sentences(20)
    same_unit_vectors(tiny, tmp_path / "model", [*zh, "", *en, f"龘{zh[0]} {en[3]}"])


def test_the_shipped_model_gives_the_same_unit_vectors(tmp_path):
    if not (MODEL / "rows.npy").is_file():
        pytest.skip("the shipped model is not in this checkout: python -m training makes it")
    encoder = StaticEncoder()
    export_encoder(encoder, tmp_path / "model")
    same_unit_vectors(encoder, tmp_path / "model", TEXTS)


def test_what_is_written_is_what_is_told(tiny, tmp_path):
    folder = tmp_path / "new" / "model"
    written = export_encoder(tiny, folder)
    assert sorted(written) == sorted(folder.iterdir())
    assert {"modules.json", "tokenizer.json", "model.safetensors"} <= {p.name for p in written}
    assert json.loads((folder / "README.md").read_text("utf-8")) == tiny.card
    assert list(folder.parent.iterdir()) == [folder]
    assert folder.stat().st_mode & 0o777 == 0o755


def test_the_card_for_people_goes_along(tiny_folder, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    for file in tiny_folder.iterdir():
        (own / file.name).write_bytes(file.read_bytes())
    (own / "MODEL_CARD.md").write_text("# Toy — 玩具\n", "utf-8")
    export_encoder(StaticEncoder(own), tmp_path / "model")
    assert (tmp_path / "model" / "README.md").read_text("utf-8") == "# Toy — 玩具\n"


def test_an_empty_folder_is_filled(tiny, tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    assert all(path.is_file() for path in export_encoder(tiny, folder))


def test_a_full_folder_is_refused_and_nothing_is_left_behind(tiny, tmp_path):
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(UserError, match="is not empty: give a new or an empty folder"):
        export_encoder(tiny, folder)
    assert list(tmp_path.rglob("*")) == [folder, folder / "mine.txt"]


@pytest.mark.parametrize("place", ["a file", "a file/below"])
def test_a_file_in_the_way_is_refused_and_nothing_is_left_behind(tiny, tmp_path, place):
    (tmp_path / "a file").write_text("mine")
    with pytest.raises(UserError, match="cannot be written"):
        export_encoder(tiny, tmp_path / place)
    assert [path.name for path in tmp_path.rglob("*")] == ["a file"]
    assert (tmp_path / "a file").read_text() == "mine"


def test_a_disk_that_fills_up_leaves_nothing_behind(tiny, tmp_path, monkeypatch):
    real = export.Path.write_bytes

    def full(path, content):
        if path.name == "model.safetensors":
            raise OSError(28, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(export.Path, "write_bytes", full)
    with pytest.raises(UserError, match="No space left on device"):
        export_encoder(tiny, tmp_path / "model")
    assert not list(tmp_path.iterdir())
