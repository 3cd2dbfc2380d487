"""`cdtm evaluate`: how good the alignment is on gold, and what its confidences are worth."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from rich.text import Text

from align.encoder.load import load_encoder
from align.quality.calibration import (
    expected_calibration_error,
    kept_at,
    reliability,
    stored_thresholds,
    threshold_table,
)
from align.quality.evaluate import evaluate_folder, lax, strict
from cdtm.show import console, new_table, working

if TYPE_CHECKING:
    from rich.table import Table

    from align.quality.calibration import Bin, Kept
    from align.quality.evaluate import Counts, Evaluation, JudgedBead
    from cdtm.jobs.pair import EvaluateJob

BAR = 40
"""Characters of the reliability diagram from 0 to 1."""


def run_evaluate(job: EvaluateJob) -> None:
    """Align and score every pair of a gold folder, and print the result on stdout.

    Raises:
        UserError: it is not a folder of gold, or there is no such encoder.
    """
    with working("Loading the encoder") as say:
        evaluation = evaluate_folder(
            job.gold_folder,
            load_encoder(job.encoder),
            progress=lambda name: say(f"Aligning {name}"),
        )
    if job.as_json:
        found = figures(evaluation)
        if job.thresholds:
            found["confidence"] = confidence_figures(evaluation)
        print(json.dumps(found, indent=1, ensure_ascii=False))
        return
    print_evaluation(evaluation)
    if job.thresholds:
        print_thresholds(evaluation)


def figures(evaluation: Evaluation) -> dict[str, Any]:
    """Every figure with all its digits, named as the shared scorer names them."""
    return {
        "signature": evaluation.signature,
        "pooled": scores_of(evaluation.pooled),
        "null_links": asdict(evaluation.pooled_nulls),
        "files": {name: scores_of(counts) for name, counts in evaluation.files.items()},
    }


def scores_of(counts: Counts) -> dict[str, float | int]:
    """Scores and totals of one set of counts."""
    by_kind = {"strict": strict(counts), "lax": lax(counts)}
    scores: dict[str, float | int] = {}
    for kind, values in by_kind.items():
        scores[f"precision_{kind}"] = values.precision
        scores[f"recall_{kind}"] = values.recall
        scores[f"f1_{kind}"] = values.f1
    return scores | {"test_links": counts.predicted, "gold_links_no_null": counts.gold}


def print_evaluation(evaluation: Evaluation) -> None:
    """Print a row a file, and the pooled counts' row where there is more than one."""
    table = new_table(
        "", "links", "gold", "strict P", "R", "F1", "lax P", "R", "F1", text_columns=1
    )
    rows = dict(evaluation.files)
    if len(rows) > 1:
        rows["all files"] = evaluation.pooled
    for name, counts in rows.items():
        values = scores_of(counts)
        cells = [f"{values['test_links']:,}", f"{values['gold_links_no_null']:,}"]
        for kind in ("strict", "lax"):
            cells += [f"{values[f'{what}_{kind}']:.3f}" for what in ("precision", "recall", "f1")]
        if name == "all files":
            table.add_section()
        table.add_row(Text(name), *cells)
    out = console()
    out.print(table)
    nulls = evaluation.pooled_nulls
    out.print(
        f"null links: {nulls.found:,} of {nulls.gold:,} found ({nulls.recall:.1%}), "
        f"{nulls.predicted:,} predicted (precision {nulls.precision:.1%})"
    )
    out.print(f"{evaluation.signature}", style="dim")


def confidence_figures(evaluation: Evaluation) -> dict[str, Any]:
    """Everything about the confidences, with all digits."""
    units, beads = _units(evaluation), _columns(evaluation.pooled_beads)
    gold = evaluation.pooled.gold
    return {
        "units": len(units[0]),
        "beads": len(beads[0]),
        "expected_calibration_error_units": expected_calibration_error(*units),
        "expected_calibration_error_beads": expected_calibration_error(*beads),
        "reliability": [asdict(found) for found in reliability(*beads)],
        "thresholds": [asdict(row) for row in threshold_table(*units, gold)],
        "shipped_thresholds": [asdict(row) for row in shipped_rows(evaluation)],
    }


def shipped_rows(evaluation: Evaluation) -> list[Kept]:
    """What the thresholds that ship keep here; `wanted` is the precision each was set for."""
    units, gold = _units(evaluation), evaluation.pooled.gold
    return [
        replace(kept_at(threshold, *units, gold), wanted=precision)
        for precision, threshold in sorted(stored_thresholds().items())
    ]


def print_thresholds(evaluation: Evaluation) -> None:
    """Print what each threshold keeps, the reliability of all beads, and the calibration error."""
    units, beads = _units(evaluation), _columns(evaluation.pooled_beads)
    rows = threshold_table(*units, evaluation.pooled.gold)
    sections = {
        "confidence at least": [row for row in rows if row.wanted is None],
        "lowest here for {:.1%}": [row for row in rows if row.wanted is not None],
        "shipped for {:.1%}": shipped_rows(evaluation),
    }
    out = console()
    out.print(_threshold_table(sections))
    out.print(_reliability_table(reliability(*beads)))
    out.print(
        f"expected calibration error: {expected_calibration_error(*beads):.4f} (of units that "
        f"link sentences {expected_calibration_error(*units):.4f})"
    )


def _units(evaluation: Evaluation) -> tuple[list[float], list[bool]]:
    """Beads that link sentences, as a memory holds them."""
    return _columns([bead for bead in evaluation.pooled_beads if not bead.is_null])


def _columns(beads: list[JudgedBead]) -> tuple[list[float], list[bool]]:
    return [bead.confidence for bead in beads], [bead.right for bead in beads]


def _threshold_table(sections: dict[str, list[Kept]]) -> Table:
    table = new_table("", "threshold", "units kept", "share", "precision", "recall")
    for label, rows in sections.items():
        for row in rows:
            table.add_row(
                label if row.wanted is None else label.format(row.wanted),
                f"{row.threshold:.4f}",
                f"{row.beads:,}",
                f"{row.share:.1%}",
                f"{row.precision:.2%}",
                f"{row.recall:.2%}",
            )
        table.add_section()
    return table


def _reliability_table(bins: list[Bin]) -> Table:
    table = new_table("beads", "confidence", "right", text_columns=0)
    table.add_column("= share right, | mean confidence", no_wrap=True)
    for found in bins:
        table.add_row(
            f"{found.beads:,}",
            f"{found.confidence:.4f}",
            f"{found.right:.4f}",
            _bar(found),
        )
    return table


def _bar(found: Bin) -> str:
    """A bar as long as the share that is right, with a mark at the mean confidence."""
    bar = list(("=" * round(found.right * BAR)).ljust(BAR + 1))
    bar[round(found.confidence * BAR)] = "|"
    return "".join(bar).rstrip()
