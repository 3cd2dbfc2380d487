"""Damaged copies of texts whose links are known, so that the gold of a copy is exact.

Sentences, paragraphs and pages are left out at random (seeded) on either side; each link that loses
a side becomes null links. What is learnt or chosen may see the copies of `DEV_SEED`; those of
`REPORT_SEED` only judge. The records are the same under both seeds (there are no more with gold)
and only the damage differs; of the UN text each seed has a half of its own.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from align.links import Link, read_links
from align.quality.evaluate import gold_names
from corpora import Document, Sentence, read_segmented
from corpora.repair.rules import Paragraph
from corpora.structure import find_turns
from training.corpus import HELD_OUT_SOURCE, SOURCES, hold_out, read_pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from corpora import Language

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
RECORD_GOLD = ("cdpv-1579-part1", "spv")

DEV_SEED = 20261122
REPORT_SEED = 1579
COPIES = 20
"""Of each family."""

LEAST_ENGLISH = 1.0
"""Characters of English for one of Chinese below which a pair of UN text is taken for a mistake of
its corpus and left out: in the development half one pair lies below, and it is one."""

RUN_LINES = 300
"""Lines of UN text in one copy."""

SINGLES = (3, 6)
"""Least and most sentences left out alone in one copy; a third of them courtesies and formulae,
where the text has any."""
PARAGRAPHS = (2, 3)
"""Least and most runs of `PARAGRAPH` links in one copy."""
PARAGRAPH = (2, 6)
PAGE = (10, 25)
"""Least and most links of a missing page; half of the copies miss one."""
BOTH_SIDES_APART = (0, 3)
"""Links between an omission on one side and one on the other, where they are put close."""
END_SHARE = 0.25
"""Share of the copies whose beginning is missing on one side, and of those whose end is."""
MOST_TRIES = 50

_FORMULA = re.compile(
    r"感谢|谢谢|请.{0,12}发言|发言到此|热烈欢迎|^进行了举手表决|^赞成|会议.{0,6}(?:开始|结束)"
    r"|就这样决定|没有反对"
)


@dataclass(frozen=True, slots=True)
class Record:
    """A text in both languages, one sentence a line, with its links in document order."""

    name: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    links: tuple[Link, ...]


class Damaged(NamedTuple):
    """A damaged copy: both documents and the links that are right for them."""

    zh: Document
    en: Document
    links: list[Link]


class Loss(NamedTuple):
    """Links that lose one side: numbers `start` to `stop` of a record's, on side 0 (zh) or 1."""

    start: int
    stop: int
    side: int


def read_records(shared: Path = SHARED) -> list[Record]:
    """Read the records with gold."""
    found = []
    for folder in RECORD_GOLD:
        for name in gold_names(shared / "gold" / folder):
            path = shared / "gold" / folder / name
            sides = [
                tuple(s.text for s in read_segmented(f"{path}.{side}", language=side).sentences)
                for side in ("zh", "en")
            ]
            links = tuple(read_links(f"{path}.gold"))
            found.append(Record(f"{folder}/{name}", sides[0], sides[1], links))
    return found


def read_un_text(seed: int, shared: Path = SHARED) -> list[Record]:
    """Read the UN text that training never saw, in its order: one half for each of the two seeds.

    Any seed but `REPORT_SEED` has the half that may be learnt from.
    """
    source = next(s for s in SOURCES if s.name == HELD_OUT_SOURCE)
    path = shared / "training" / source.folder / f"{source.name}.tsv.gz"
    _, held = hold_out(read_pairs(path, source))
    pairs = list(zip(held.zh, held.en, strict=True))
    middle = len(pairs) // 2
    half = pairs[middle:] if seed == REPORT_SEED else pairs[:middle]
    certain = [(zh, en) for zh, en in half if len(en) >= LEAST_ENGLISH * len(zh)]
    links = tuple(((i,), (i,)) for i in range(len(certain)))
    return [
        Record("un-text", tuple(zh for zh, _ in certain), tuple(en for _, en in certain), links)
    ]


def join_records(records: Sequence[Record]) -> Record:
    """Put records one after the other, with their links."""
    zh: list[str] = []
    en: list[str] = []
    links: list[Link] = []
    for record in records:
        links += [
            (tuple(i + len(zh) for i in left), tuple(j + len(en) for j in right))
            for left, right in record.links
        ]
        zh += record.zh
        en += record.en
    return Record("+".join(r.name for r in records), tuple(zh), tuple(en), tuple(links))


def cut_run(record: Record, start: int, stop: int) -> Record:
    """Take links `start` to `stop` of a record whose links are in order, with their sentences."""
    links = record.links[start:stop]
    zh = [i for left, _ in links for i in left]
    en = [j for _, right in links for j in right]
    new_zh, new_en = ({old: new for new, old in enumerate(kept)} for kept in (zh, en))
    return Record(
        f"{record.name}[{start}:{stop}]",
        tuple(record.zh[i] for i in zh),
        tuple(record.en[j] for j in en),
        tuple((tuple(new_zh[i] for i in a), tuple(new_en[j] for j in b)) for a, b in links),
    )


def damaged_copies(records: Sequence[Record], seed: int, count: int = COPIES) -> list[Damaged]:
    """Make `count` damaged copies of the records joined in random order.

    A text longer than `RUN_LINES` links is represented by a random run of as many.

    Args:
        records: texts with their links in order, each sentence in one link.
        seed: the same seed makes the same copies.
        count: how many.
    """
    rng = random.Random(seed)
    copies = []
    for number in range(count):
        parts = []
        for record in records:
            start = rng.randrange(max(1, len(record.links) - RUN_LINES + 1))
            run = len(record.links) > RUN_LINES
            parts.append(cut_run(record, start, start + RUN_LINES) if run else record)
        rng.shuffle(parts)
        whole = join_records(parts)
        copies.append(apply_damage(whole, plan_damage(whole, rng), f"copy-{number:02}"))
    return copies


def plan_damage(record: Record, rng: random.Random) -> list[Loss]:
    """Choose what is left out, in order.

    No link is chosen twice, and one at least stands between two omissions unless they are put
    close on purpose.
    """
    count = len(record.links)
    plan: list[Loss] = []
    taken: set[int] = set()

    def take(start: int, length: int, side: int, apart: int = 1) -> bool:
        stop = start + length
        if start < 0 or stop > count or taken & set(range(start - apart, stop + apart)):
            return False
        taken.update(range(start, stop))
        plan.append(Loss(start, stop, side))
        return True

    def take_anywhere(length: int) -> bool:
        return any(take(rng.randrange(count), length, rng.randrange(2)) for _ in range(MOST_TRIES))

    if rng.random() < END_SHARE:
        take(0, rng.choice((1, rng.randint(*PARAGRAPH))), rng.randrange(2))
    if rng.random() < END_SHARE:
        length = rng.choice((1, rng.randint(*PARAGRAPH)))
        take(count - length, length, rng.randrange(2))
    if rng.random() < 0.5:
        take_anywhere(rng.randint(*PAGE))
    for _ in range(rng.randint(*PARAGRAPHS)):
        take_anywhere(rng.randint(*PARAGRAPH))
    _take_close(record, rng, take)
    formulae = [
        k
        for k, (zh, _) in enumerate(record.links)
        if _FORMULA.search("".join(record.zh[i] for i in zh))
    ]
    singles = rng.randint(*SINGLES)
    for _ in range(singles // 3 if formulae else 0):
        take(rng.choice(formulae), 1, rng.randrange(2))
        singles -= 1
    for _ in range(singles):
        take_anywhere(1)
    return sorted(plan)


def _take_close(record: Record, rng: random.Random, take: Callable[..., bool]) -> None:
    """Leave something out on one side and, close by, something else on the other."""
    for _ in range(MOST_TRIES):
        first, second = (rng.choice((1, 1, rng.randint(*PARAGRAPH))) for _ in range(2))
        start, side = rng.randrange(len(record.links)), rng.randrange(2)
        after = start + first + rng.randint(*BOTH_SIDES_APART)
        if after + second <= len(record.links) and take(start, first, side):
            # The second may touch the first and, by bad luck, an earlier one: it is left out then.
            take(after, second, 1 - side, 0)
            return


def apply_damage(record: Record, plan: Iterable[Loss], name: str) -> Damaged:
    """Leave the planned sides out; sentences that lose their partners become null links."""
    missing = {(number, part.side) for part in plan for number in range(part.start, part.stop)}
    kept: tuple[list[str], list[str]] = ([], [])
    links: list[Link] = []
    for number, link in enumerate(record.links):
        new: list[tuple[int, ...]] = []
        for side, texts in enumerate((record.zh, record.en)):
            numbers = () if (number, side) in missing else link[side]
            first = len(kept[side])
            kept[side].extend(texts[i] for i in numbers)
            new.append(tuple(range(first, len(kept[side]))))
        if new[0] and new[1]:
            links.append((new[0], new[1]))
        else:
            links += [((i,), ()) for i in new[0]] + [((), (j,)) for j in new[1]]
    return Damaged(make_document(kept[0], "zh", name), make_document(kept[1], "en", name), links)


def make_document(lines: Iterable[str], language: Language, name: str) -> Document:
    """Make a document of lines as `read_segmented` does: turns are told by the labels left."""
    paragraphs = [Paragraph(line, 0, number) for number, line in enumerate(lines, 1)]
    sentences = tuple(
        Sentence(
            passage.paragraph.text,
            passage.turn,
            passage.turn,
            passage.speaker,
            line=passage.paragraph.line,
            label=passage.label,
        )
        for passage in find_turns(paragraphs)
    )
    return Document(name, language, sentences, script="latin" if language == "en" else "simplified")
