"""`cdtm evaluate`: how good the alignment is on gold, as a table or as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cdtm.show import console, new_table, working

if TYPE_CHECKING:
    from pathlib import Path

    from align.evaluate import Counts, Evaluation


def run_evaluate(gold_folder: Path, *, encoder: str | None = None, as_json: bool = False) -> None:
    """Align and score every pair of a gold folder, and print the result on stdout.

    Raises:
        UserError: it is not a folder of gold, or there is no such encoder.
    """
    from align import load_encoder
    from align.evaluate import evaluate_folder

    with working("Loading the encoder") as say:
        evaluation = evaluate_folder(
            gold_folder, load_encoder(encoder), progress=lambda name: say(f"Aligning {name}")
        )
    if as_json:
        print(json.dumps(figures(evaluation), indent=1, ensure_ascii=False))
    else:
        print_evaluation(evaluation)


def figures(evaluation: Evaluation) -> dict[str, Any]:
    """Every figure with all its digits, named as the shared scorer names them."""
    return {
        "signature": evaluation.signature,
        "pooled": scores_of(evaluation.pooled),
        "files": {name: scores_of(counts) for name, counts in evaluation.files.items()},
    }


def scores_of(counts: Counts) -> dict[str, float | int]:
    """Scores and totals of one set of counts."""
    from align.evaluate import lax, strict

    by_kind = {"strict": strict(counts), "lax": lax(counts)}
    scores: dict[str, float | int] = {}
    for kind, values in by_kind.items():
        scores[f"precision_{kind}"] = values.precision
        scores[f"recall_{kind}"] = values.recall
        scores[f"f1_{kind}"] = values.f1
    return scores | {"test_links": counts.predicted, "gold_links_no_null": counts.gold}


def print_evaluation(evaluation: Evaluation) -> None:
    """Print a row a file, and the pooled counts' row where there is more than one."""
    from rich.text import Text

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
    out.print(f"{evaluation.signature}", style="dim")
