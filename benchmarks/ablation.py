"""What each setting of the alignment is worth: `python -m benchmarks.ablation`.

Each row changes one setting and measures the gold again; `docs/ALIGNMENT.md` quotes the table.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from align import Settings, load_encoder
from align.quality.evaluate import Evaluation, evaluate_folder, strict
from benchmarks.gate import GOLD

SETS = ("spv", "cdpv-1579-part1", "mac-dev", "mac-dev-omissions", "hansard")

CHANGES: tuple[tuple[str, dict[str, float | int]], ...] = (
    ("as shipped", {}),
    ("neighbour weight 0", {"neighbour_weight": 0.0}),
    ("neighbour weight 0.2", {"neighbour_weight": 0.2}),
    ("neighbour weight 0.8", {"neighbour_weight": 0.8}),
    ("neighbour weight 0.3", {"neighbour_weight": 0.3}),
    ("clauses not looked at", {"clause_cost": 0.0}),
    ("clauses 0.2", {"clause_cost": 0.2}),
    ("clauses 0.3", {"clause_cost": 0.3}),
    ("clauses 0.5", {"clause_cost": 0.5}),
    ("tokens not compared", {"token_cost": 0.0}),
    ("tokens 0.15", {"token_cost": 0.15}),
    ("tokens 0.35", {"token_cost": 0.35}),
    ("labels not looked at", {"label_cost": 0.0}),
    ("length spread 0.4", {"length_spread": 0.4}),
    ("length spread 0.8", {"length_spread": 0.8}),
    ("lengths not looked at", {"length_spread": 1e6}),
    ("bead types not looked at", {"type_weight": 0.0}),
    ("bead types, weight 0.016", {"type_weight": 0.016}),
    ("bead types as dear in records as in novels", {"type_closeness": 0.0}),
    ("speakers' turns not looked at", {"turn_cost": 0.0}),
    ("quotation marks not looked at", {"quote_cost": 0.0}),
    ("quotation marks 0.03", {"quote_cost": 0.03}),
    ("quotation marks 0.08", {"quote_cost": 0.08}),
    ("numbers not looked at", {"number_cost": 0.0}),
    ("weak beads no dearer", {"weak_cost": 0.0}),
    ("omission -0.05", {"null_alone": -0.05}),
    ("omission -0.12", {"null_alone": -0.12}),
    ("omission -0.2", {"null_alone": -0.2}),
    ("omission at one price", {"null_freedom": 0.0}),
    ("no price for long omissions", {"long_open": -1e6}),
    ("omissions never taken in", {"taken_in": 0.0}),
    ("beads up to 5 sentences", {"max_bead": 5}),
    ("beads up to 10 sentences", {"max_bead": 10}),
    ("band of 12 sentences", {"band": 12}),
    ("no band", {"band": 100_000}),
)


def main(gold: Annotated[Path, typer.Option(help="Folder of gold sets.")] = GOLD) -> None:
    """Measure strict F1 of every change on every set."""
    encoder = load_encoder()
    table = Table("change", *SETS, box=None)
    for label, change in CHANGES:
        settings = replace(Settings(), **change)  # type: ignore[arg-type]
        found = [evaluate_folder(gold / name, encoder, settings) for name in SETS]
        table.add_row(label, *(_cell(evaluation) for evaluation in found))
    Console().print(table)


def _cell(evaluation: Evaluation) -> str:
    return f"{strict(evaluation.pooled).f1:.4f}"


if __name__ == "__main__":
    typer.run(main)
