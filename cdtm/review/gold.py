"""`cdtm audit gold`: what reviewers decided as gold, which `cdtm evaluate` and the gate read.

Gold must say of every sentence where it belongs, so it is made of passages in which every bead was
decided; a decided bead among undecided ones is told and left out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cdtm.build.tables import read_beads, read_sentences
from cdtm.build.workspace import open_workspace
from cdtm.memory.journal import NAME, Decision, Journal, in_force
from cdtm.memory.replay import replay
from cdtm.memory.rows import SECOND, rows_of_beads
from cdtm.show import count, print_facts
from corpora import Sentence, UserError
from tmx_out.review.form import is_aligned
from tmx_out.units import join_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import polars as pl

    from cdtm.jobs.audit import GoldJob
    from cdtm.memory.rows import UnitRow
    from corpora import Language

LEAST_BEADS = 8
"""Beads of a passage at least: the aligner needs some sentences around each to show what it can."""

Texts = dict[str, list[str]]
Span = tuple[int, int, int, int]
Span2 = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GoldLink:
    """A link that a person vouches for.

    Attributes:
        zh, en: half-open ranges of sentences of the record; one may be empty.
        by: who decided.
    """

    zh: tuple[int, int]
    en: tuple[int, int]
    by: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring links of one record, with nothing undecided between.

    Attributes:
        record: its key.
        links: in order.
    """

    record: str
    links: tuple[GoldLink, ...]


def run_gold(job: GoldJob) -> list[Passage]:
    """Write every decided passage of a workspace as gold, and say what was left out.

    Raises:
        UserError: the folder is not empty, or nothing decided makes a passage.
    """
    workspace = open_workspace(job.workspace)
    output = job.output
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise UserError(f"{output} is not an empty folder: give a new one.")
    passages: list[Passage] = []
    texts: dict[str, Texts] = {}
    left_out: Counter[str] = Counter()
    with Journal.open(workspace.folder / NAME) as journal:
        for key in sorted(journal.records()):
            beads, sentences = (read(workspace.store, key) for read in (read_beads, read_sentences))
            if beads is None or sentences is None:
                left_out["of a record that is gone"] += len(in_force(journal.decisions(key)))
                continue
            texts[key] = texts_of(sentences)
            found, alone = passages_of(key, beads, texts[key], journal.decisions(key))
            passages += found
            left_out.update(alone)
    if not passages:
        raise UserError(
            f"No {LEAST_BEADS} neighbouring beads are decided: review whole records with "
            "cdtm audit --record SYMBOL -o book.xlsx."
        )
    write_gold(output, passages, texts)
    if not job.quiet:
        links = sum(len(passage.links) for passage in passages)
        told = f"{output}, {count(len(passages), 'passage')}, {count(links, 'link')}"
        facts = [("Written", told)]
        facts += [("Left out", f"{count(n, 'decision')} {why}") for why, n in left_out.items()]
        facts.append(("Then", f"cdtm evaluate {output}"))
        print_facts(facts)
    return passages


def passages_of(
    key: str, beads: pl.DataFrame, texts: Texts, decisions: Sequence[Decision]
) -> tuple[list[Passage], Counter[str]]:
    """Give the passages of a record, and why decided beads are in none, with their number."""
    force = in_force(decisions)
    rows, _ = replay(rows_of_beads(beads), force)
    last = {(d.tuid, d.reviewer): d for d in force}
    runs: list[list[GoldLink]] = [[]]
    why: Counter[str] = Counter()
    for row, half, span in covered(rows, beads):
        links = links_of(row, half, span, texts, last.get((row.tuid, row.by)))
        runs[-1] += links
        if not links:
            runs.append([])
            if row.status is not None:
                why["that do not say which sentences belong together"] += 1
    short = sum(len(run) for run in runs if len(run) < LEAST_BEADS)
    if short:
        why[f"in passages of fewer than {LEAST_BEADS} beads"] += short
    return [Passage(key, tuple(run)) for run in runs if len(run) >= LEAST_BEADS], why


def covered(
    rows: Sequence[UnitRow], beads: pl.DataFrame
) -> Iterator[tuple[UnitRow, UnitRow | None, Span]]:
    """Give each row, its second half if it was split, and the sentences that it covers.

    These are its own bead's and those of the beads that were merged into it.
    """
    ranges = list(beads.select("zh_start", "zh_end", "en_start", "en_end").iter_rows())
    place = {number: at for at, number in enumerate(beads["number"].to_list())}
    halves = {row.number & ~SECOND: row for row in rows if row.number & SECOND}
    whole = [row for row in rows if not row.number & SECOND]
    ends = [*(place[row.number] for row in whole[1:]), len(ranges)]
    for row, end in zip(whole, ends, strict=True):
        mine = ranges[place[row.number] : end]
        span = mine[0][0], mine[-1][1], mine[0][2], mine[-1][3]
        yield row, halves.get(row.number), span


def links_of(
    row: UnitRow, half: UnitRow | None, span: Span, texts: Texts, decision: Decision | None
) -> list[GoldLink]:
    """Give the links that a row vouches for; none where it does not tell them.

    An edit says what a text should be, and not which sentences it stands for: it vouches only where
    its text is that of whole sentences, as after a merger or a split.
    """
    zh_start, zh_end, en_start, en_end = span
    if half is not None:
        zh = _cut(row.zh, half.zh, texts["zh"], (zh_start, zh_end), "zh")
        en = _cut(row.en, half.en, texts["en"], (en_start, en_end), "en")
        if zh is None or en is None or half.status == "rejected" or row.status == "rejected":
            return []
        return [
            GoldLink((zh_start, zh), (en_start, en), row.by),
            GoldLink((zh, zh_end), (en, en_end), half.by),
        ]
    right = row.status in ("accepted", "edited", "pinned") or (
        row.status in ("translation error", "free translation")
        and decision is not None
        and is_aligned(decision.decision, decision.labels)
    )
    # Rows may have been paired anew before somebody accepted them.
    right &= _same(row.zh, texts["zh"][zh_start:zh_end], "zh") and _same(
        row.en, texts["en"][en_start:en_end], "en"
    )
    return [GoldLink((zh_start, zh_end), (en_start, en_end), row.by)] if right else []


def _cut(one: str, two: str, texts: Sequence[str], span: Span2, language: Language) -> int | None:
    """Find the sentence at which a split falls; None if it falls within one."""
    start, end = span
    for at in range(start + 1, end):
        if _same(one, texts[start:at], language) and _same(two, texts[at:end], language):
            return at
    return None


def _same(text: str, sentences: Sequence[str], language: Language) -> bool:
    """Whether a text is that of whole sentences, white space apart."""
    joined = join_sentences([Sentence(sentence) for sentence in sentences], language)
    return "".join(text.split()) == "".join(joined.split())


def texts_of(sentences: pl.DataFrame) -> Texts:
    """Give the sentences of both languages, each on one line."""
    return {
        side: [
            " ".join(text.split())
            for text in sentences.filter(sentences["language"] == side).sort("number")["text"]
        ]
        for side in ("zh", "en")
    }


def write_gold(output: Path, passages: Sequence[Passage], texts: Mapping[str, Texts]) -> None:
    """Write `NNN.zh`, `NNN.en`, `NNN.gold`, and `provenance.tsv`: which passage is whence.

    Raises:
        UserError: the folder cannot be made.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{output} cannot be made ({error.strerror}): give another.") from None
    told = ["name\trecord\tzh\ten\treviewers"]
    for number, passage in enumerate(passages, start=1):
        name = f"{number:03d}"
        first, last = passage.links[0], passage.links[-1]
        spans = {"zh": (first.zh[0], last.zh[1]), "en": (first.en[0], last.en[1])}
        for side, (start, end) in spans.items():
            lines = texts[passage.record][side][start:end]
            _write(output / f"{name}.{side}", lines)
        links = [
            f"{_numbers(link.zh, first.zh[0])}:{_numbers(link.en, first.en[0])}"
            for link in passage.links
        ]
        _write(output / f"{name}.gold", links)
        where = "\t".join(f"{start + 1}-{end}" for start, end in spans.values())
        by = ", ".join(sorted({link.by for link in passage.links}))
        told.append(f"{name}\t{passage.record}\t{where}\t{by}")
    _write(output / "provenance.tsv", told)


def _numbers(span: tuple[int, int], start: int) -> str:
    return f"[{','.join(str(n - start) for n in range(*span))}]"


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")
