"""The parts of RESULTS.md that need no measurement."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from align.quality.evaluate import Counts, Evaluation, JudgedBead, NullCounts
from benchmarks import results, speed

if TYPE_CHECKING:
    from numpy.typing import NDArray


def test_a_table_is_markdown_and_a_bar_does_not_break_it() -> None:
    assert results.markdown_table(("a", "b"), [["x|y", "1"]]) == [
        "| a | b |",
        "| --- | ---: |",
        r"| x\|y | 1 |",
    ]


def test_the_processor_is_named() -> None:
    text = "processor\t: 0\nmodel name\t: Some CPU 3000\nmodel name\t: Some CPU 3000\n"
    assert results.processor_name(text) == "Some CPU 3000"
    assert results.processor_name("") != ""


def test_the_heading_names_no_path() -> None:
    text = "\n".join(results.heading())
    assert str(speed.ROOT) not in text
    assert sys.prefix not in text
    assert "numpy" in text


def test_quality_has_a_row_a_set() -> None:
    beads = (JudgedBead(0.9, right=True, is_null=False), JudgedBead(0.9, right=True, is_null=True))
    evaluation = Evaluation(
        {"001": Counts(4, 3, 4, 4, 2, 4)}, "cdtm-x", {"001": NullCounts(3, 2, 1)}, {"001": beads}
    )
    row = results.quality({"spv": evaluation})[-1]
    assert row == "| spv | 4 | 0.7500 | 0.5000 | 0.6000 | 1.0000 | 1 of 3 | 1 of 2 | 0.1000 |"


def test_what_calibration_measured_is_quoted() -> None:
    provenance = {
        "beads": 5000,
        "expected calibration error, cross-validated over documents": 0.0123,
    }
    assert "no thresholds yet" in results.confidence({"provenance": provenance})[-1]
    measured = {"0.99": {"precision": 0.9889, "share": 0.7167, "units kept": 3878}}
    lines = results.confidence(
        {
            "thresholds": {"0.99": 0.949},
            "provenance": provenance | {"thresholds on documents that did not set them": measured},
        }
    )
    assert "0.0123 over 5,000 beads" in lines[2]
    assert lines[-1] == "| 99.0% | 0.9490 | 98.89% | 71.7% |"


def test_a_file_that_says_nothing_of_itself() -> None:
    assert "does not say" in results.confidence({})[-1]


class Words:
    """An encoder of three texts that knows the translation of two."""

    name = signature = "words"
    additive = True

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        places = {"甲": [2, 0, 0], "A": [9, 0, 0], "乙": [0, 1, 0], "B": [0, 1, 0]}
        return np.array([places.get(text, [0.5, 0.4, 0.1]) for text in texts], dtype=np.float32)


def test_retrieval_is_the_share_whose_translation_is_nearest() -> None:
    assert results.retrieval(Words(), ["甲", "乙"], ["A", "B"]) == (1.0, 1.0)
    assert results.retrieval(Words(), ["甲", "乙"], ["B", "A"]) == (0.0, 0.0)
    assert results.retrieval(Words(), ["甲", "乙", "丙"], ["A", "B", "B"])[0] == pytest.approx(
        2 / 3
    )


def test_speed_cells() -> None:
    found = speed.Comparison(
        (speed.Cost(1, 1, 100), speed.Cost(3, 1, 110), speed.Cost(2, 1, 90)),
        (speed.Cost(2, 2, 200), speed.Cost(2, 2, 200), speed.Cost(2, 1, 200)),
    )
    ratios = ["1.00 (0.50 to 1.50)", "0.50 (0.50 to 1.00)"]
    assert results._cells(found, with_memory=True) == ["2.000", "2.000", *ratios, "100", "200"]
    assert results._cells(found, with_memory=False)[-2:] == ["", ""]


def test_without_the_long_documents_the_section_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "benchmarks.long", None)
    monkeypatch.delattr("benchmarks.long", raising=False)
    assert "not there" in results.long_documents()[-1]


def test_without_a_peer_the_section_says_so() -> None:
    assert "--peer-python" in results.against_peer(None, None, {})[-1]  # type: ignore[arg-type]
