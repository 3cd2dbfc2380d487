"""The quality gate: strict F1 on the gold must not fall below the floors of `floors.json`.

`python -m benchmarks.gate` measures and compares; `--raise` lifts floors to what was reached, less
`SLACK`, and never lowers one. A floor is worth something only for the texts that it was set on, so
their hash is kept with it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from align import load_encoder
from align.quality.evaluate import Evaluation, evaluate_folder, gold_names, lax, strict
from corpora import UserError

FLOORS = Path(__file__).parent / "floors.json"
GOLD = Path(__file__).resolve().parent.parent.parent / "shared" / "gold"
SLACK = 0.003
"""Left between what was reached and the floor: another numpy may round a tie the other way."""


@dataclass(frozen=True, slots=True)
class Floor:
    """What a gold set must reach.

    Attributes:
        strict_f1: lowest pooled strict F1, 0 to 1.
        gold_sha256: of the set's texts and links.
        reached: what was measured when the floor was set.
        signature: of the alignment that reached it.
    """

    strict_f1: float
    gold_sha256: str
    reached: float
    signature: str


def fingerprint(folder: Path) -> str:
    """Hash the names and bytes of a gold set."""
    digest = hashlib.sha256()
    for name in gold_names(folder):
        for suffix in ("zh", "en", "gold"):
            path = folder / f"{name}.{suffix}"
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def read_floors(path: Path = FLOORS) -> dict[str, Floor]:
    """Read the floors by the name of the gold set."""
    stored: dict[str, dict[str, float | str]] = json.loads(path.read_text("utf-8"))
    return {name: Floor(**floor) for name, floor in stored.items()}  # type: ignore[arg-type]


def raised(floor: Floor, reached: float, signature: str) -> Floor:
    """Lift a floor to `reached` less the slack; a floor that stands higher stays."""
    lifted = round(reached - SLACK, 4)
    if lifted <= floor.strict_f1:
        return floor
    return replace(floor, strict_f1=lifted, reached=round(reached, 4), signature=signature)


def failures(name: str, floor: Floor, sha256: str, reached: float) -> list[str]:
    """Say what is wrong with one set, in sentences; nothing if it passes."""
    found = []
    if sha256 != floor.gold_sha256:
        found.append(f"{name}: the gold is not that on which the floor was set.")
    if reached < floor.strict_f1:
        found.append(f"{name}: strict F1 {reached:.4f} is below the floor {floor.strict_f1:.4f}.")
    return found


def show(evaluations: dict[str, Evaluation], floors: dict[str, Floor]) -> None:
    """Print the table of all sets."""
    table = Table("gold", "links", "strict P", "R", "F1", "floor", "lax F1", box=None)
    for name, evaluation in evaluations.items():
        exact, near = strict(evaluation.pooled), lax(evaluation.pooled)
        table.add_row(
            name,
            str(evaluation.pooled.predicted),
            *(f"{v:.4f}" for v in (exact.precision, exact.recall, exact.f1)),
            f"{floors[name].strict_f1:.4f}",
            f"{near.f1:.4f}",
        )
    Console().print(table)


def main(
    gold: Annotated[Path, typer.Option(help="Folder of gold sets.")] = GOLD,
    lift: Annotated[bool, typer.Option("--raise", help="Raise floors, never lower.")] = False,
) -> None:
    """Measure the gold and hold the floors: exit 1 if one is not reached."""
    if not gold.is_dir():
        print("The quality gate needs the gold beside the checkout (../shared/gold): not run.")
        return
    floors = read_floors()
    encoder = load_encoder()
    try:
        evaluations = {name: evaluate_folder(gold / name, encoder) for name in floors}
    except UserError as error:
        print(error)
        raise typer.Exit(1) from error
    wrong: list[str] = []
    for name, evaluation in evaluations.items():
        reached = strict(evaluation.pooled).f1
        wrong += failures(name, floors[name], fingerprint(gold / name), reached)
        if lift:
            floors[name] = raised(floors[name], reached, evaluation.signature)
    show(evaluations, floors)
    for sentence in wrong:
        print(sentence)
    if wrong:
        raise typer.Exit(1)
    if lift:
        text = json.dumps({name: asdict(floor) for name, floor in floors.items()}, indent=2)
        FLOORS.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    typer.run(main)
