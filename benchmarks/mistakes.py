"""Where an alignment and the gold differ: stretches of links as text, missed omissions by kind."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from align.links import Link
    from corpora import Document


def describe_mistakes(
    zh: Document, en: Document, gold: Iterable[Link], predicted: Iterable[Link]
) -> list[str]:
    """Give each stretch of links where gold and prediction differ, as lines for people."""
    right, found = set(gold), set(predicted)
    lines = []
    for group in _stretches(right ^ found):
        lines.append(f"--- {zh.name}")
        for link in sorted(group, key=lambda link: (link in right, link)):
            mark = "missed" if link in right else "wrong "
            lines.append(f"{mark} {list(link[0])}:{list(link[1])}")
            lines += [f"    {zh.sentences[i].text[:90]}" for i in link[0]]
            lines += [f"    {en.sentences[j].text[:150]}" for j in link[1]]
    return lines


def missed_nulls(gold: Iterable[Link], predicted: Iterable[Link]) -> Counter[str]:
    """Count the null links that were not found, by what became of their sentence.

    - ``absorbed``: added to a bead that also holds sentences which do translate each other;
    - ``paired with another omission``: its bead's other side has no partner either;
    - ``took a partner``: its bead's other side belongs to sentences that are not in the bead.
    """
    gold_links = set(gold)
    partners = {
        (side, number): {(1 - side, other) for other in link[1 - side]}
        for link in gold_links
        for side in (0, 1)
        for number in link[side]
    }
    kinds: Counter[str] = Counter()
    for link in predicted:
        held = {(side, number) for side in (0, 1) for number in link[side]}
        lonely = {place for place in held if not partners[place]}
        if link in gold_links or not lonely or not link[0] or not link[1]:
            continue
        if any(partners[place] & held for place in held):
            kinds["absorbed"] += len(lonely)
        elif lonely == held:
            kinds["paired with another omission"] += len(lonely)
        else:
            kinds["took a partner"] += len(lonely)
    return kinds


def _stretches(links: set[Link]) -> list[set[Link]]:
    """Put links that share a sentence, directly or through others, together."""
    groups: list[set[Link]] = []
    for link in sorted(links):
        touching = [group for group in groups if any(_share(link, other) for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append({link}.union(*touching))
    return groups


def _share(a: Link, b: Link) -> bool:
    return bool(set(a[0]) & set(b[0]) or set(a[1]) & set(b[1]))
