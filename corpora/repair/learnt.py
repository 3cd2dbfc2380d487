"""Heads learnt from the pages: from what repeats at their edges, and from their number beside it.

A head is learnt with the page's number taken off. A number beside a line proves a head only where
it is the page's: headings and annexes are numbered, too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from corpora.lazy import lazy_pattern
from corpora.prose import is_prose
from corpora.repair.labels import match_label, stands_alone
from corpora.repair.pages import (
    NAMED_PAGE,
    NEAR,
    REPEATS_NEEDED,
    STEADY,
    Found,
    Pages,
    digits_in,
    number_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpora.document import Line

LONGEST_HEADER: Final = 120
"""Characters of a running header; the longest seen is 82."""

_NUMBER_BEFORE: Final = lazy_pattern(r"^\d{1,4}(?:/\d{1,4})?\s+")
_NUMBER_BEHIND: Final = lazy_pattern(
    r"\s(?:[Pp]age )?\d{1,4}(?:(?:/| of )\d{1,4})?$"
    r"|\s?第\s?\d{1,4}\s?页(?:[，,]?\s?共\s?\d{1,4}\s?页)?$"
)


def find_repeated(page: Pages, known: Found) -> Found:
    """Heads learnt from repetition, the page's number taken off, at most pages' edges."""
    if page.whole:
        return {}
    keys = _keys_of(page.lines)
    anywhere, at_edge = Counter(keys), Counter[str]()
    places: dict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        if key and (place in page.edges or page.near(place, known)):
            at_edge[key] += 1
            places[key].append(place)
    count = len({line.page for line in page.lines})
    found: Found = {}
    for key, often in at_edge.items():
        # A title may stand in the text too; what stands there as often is text of it.
        usual = often == anywhere[key] or (
            page.edges and 2 * often >= count and 2 * often > anywhere[key]
        )
        if often >= REPEATS_NEEDED and usual and _keep_step(page, places[key], key, known):
            found.update(dict.fromkeys(places[key], "running header"))
    if not page.edges:
        found.update(_find_numbered_heads(page.lines, keys))
    return found


def _keep_step(page: Pages, places: Sequence[int], key: str, known: Found) -> bool:
    """Whether the numbers beside a head, if there are any, are the pages': they rise with these.

    Those of ``Article 4`` do not; those of annexes of a page each do, but number the annexes.
    """
    lines = page.lines
    texts = [" ".join(lines[place].text.split()) for place in places]
    numbers = [_number_in(text, key) for text in texts]
    offsets = Counter(
        number - lines[place].page
        for place, number in zip(places, numbers, strict=True)
        if number is not None
    )
    if not offsets:
        return True
    elsewhere = page.counted(known).issuperset(lines[place].page for place in places)
    behind = all(text.removeprefix(f"{key} ").isdecimal() for text in texts)
    if behind and key.replace(" ", "").isalpha() and _count_words(key) <= 1 + 2 * elsewhere:
        return False
    return offsets.most_common(1)[0][1] >= STEADY * offsets.total()


def _count_words(text: str) -> int:
    """Words, two ideographs being one."""
    return len(text.split()) if text.isascii() else len(text) // 2


def find_changing(page: Pages, known: Found) -> Found:
    """Heads whose title changes, told by the page's number on their line, on most pages.

    Headings may be numbered too, ``2 Roads``: so the number must stand behind the title somewhere.
    """
    heads: list[tuple[int, int, bool]] = []
    flow = page.flow if page.edges else ()
    counted = page.counted(known)
    for before, place, after in _with_neighbours(flow):
        line = page.lines[place]
        within = all(n is not None and page.lines[n].page == line.page for n in (before, after))
        if within or line.page in counted:
            continue
        text = " ".join(line.text.split())
        for way in (_NUMBER_BEFORE.search(text), _NUMBER_BEHIND.search(text)):
            title = text.replace(way.group(), "", 1) if way is not None else ""
            if way is not None and may_be_header(title) and not is_prose(title):
                behind = way.start() > 0 and _count_words(title) > 1
                heads.append((place, (digits_in(way.group()) or 0) - line.page, behind))
    offsets = Counter(offset for _, offset, _ in heads)
    usual, often = offsets.most_common(1)[0] if offsets else (0, 0)
    found = {place: behind for place, offset, behind in heads if offset == usual}
    least = max(REPEATS_NEEDED, STEADY * len({line.page for line in page.lines}))
    if often < least or not any(found.values()):
        return {}
    return {place: "running header" for place in found if place not in known}


def _with_neighbours(flow: Sequence[int]) -> list[tuple[int | None, int, int | None]]:
    """Give each place between the one before it and the one behind it; None beyond the ends."""
    return [*zip((None, *flow), flow, (*flow[1:], None), strict=False)]


def find_section_heads(page: Pages, known: Found) -> Found:
    """Heads that name the section: of most pages one of the two next ones has the same.

    The first with a title is left out only where the title stands in the text, too: it may be all
    that is there of a section's heading.
    """
    found: Found = {}
    flow = [place for place in page.flow if place not in known] if page.edges else []
    lines = page.lines
    texts = [" ".join(line.text.split()) for line in lines]
    often = Counter(texts)
    ends = _with_neighbours(flow)
    for edge in (
        [n for before, n, _ in ends if before is None or lines[before].page != lines[n].page],
        [n for _, n, after in ends if after is None or lines[after].page != lines[n].page],
    ):
        titles = {lines[n].page: texts[n] for n in edge if _may_head(texts[n])}
        before = [n for n in edge if _is_near(titles, lines[n].page, (-1, -2))]
        again = [n for n in edge if _is_near(titles, lines[n].page, (-2, -1, 1, 2))]
        if len(again) >= max(REPEATS_NEEDED, STEADY * len(edge)):
            at_edge = Counter(texts[n] for n in edge)
            found.update(dict.fromkeys(before, "running header"))
            found.update(
                {n: "running header" for n in again if often[texts[n]] > at_edge[texts[n]]}
            )
    return found


def _is_near(titles: Mapping[int, str], number: int, steps: Sequence[int]) -> bool:
    title = titles.get(number)
    return title is not None and any(titles.get(number + step) == title for step in steps)


def _may_head(title: str) -> bool:
    return may_be_header(title) and not is_prose(title)


def _find_numbered_heads(lines: Sequence[Line], keys: Sequence[str]) -> Found:
    """Heads of a text without pages: again and again, with numbers that rise from each to the next.

    The number stands on the head's line, now before it, now behind, or on the line beside it.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        if key:
            places[key].append(place)
    found: Found = {}
    for key, each in places.items():
        if len(each) < REPEATS_NEEDED:
            continue
        texts = [" ".join(lines[place].text.split()) for place in each]
        sides = {(text.startswith(key), text.endswith(key)) for text in texts}
        if sides == {(True, False), (False, True)} and _rise([_number_in(t, key) for t in texts]):
            found.update(dict.fromkeys(each, "running header"))
        for step in (-1, 1) if sides == {(True, True)} else ():
            beside = [place + step for place in each if 0 <= place + step < len(lines)]
            if _rise([number_of(lines[place].text) for place in beside]):
                found.update(dict.fromkeys(each, "running header"))
                found.update(dict.fromkeys(beside, "page number"))
    return found


def _rise(numbers: Sequence[int | None]) -> bool:
    return len(numbers) >= REPEATS_NEEDED and all(
        a is not None and b is not None and a < b <= a + NEAR for a, b in pairwise(numbers)
    )


def _number_in(text: str, key: str) -> int | None:
    return digits_in(text.replace(key, "", 1))


def _keys_of(lines: Sequence[Line]) -> list[str]:
    """What each line says without the page's number at its side; nothing if it can be no header.

    A date's year at the end looks like such a number: of the ways to read a line the one is taken
    that most lines share.
    """
    ways = [_ways_to_read(line.text) for line in lines]
    counts = Counter(way for each in ways for way in each)
    often = {
        key: count
        for key, count in counts.items()
        if count >= REPEATS_NEEDED and may_be_header(key) and not is_prose(key)
    }
    return [
        max(
            (key for key in keys if key in often),
            key=lambda key: (often[key], len(key)),
            default="",
        )
        for keys in ways
    ]


def _ways_to_read(text: str) -> tuple[str, ...]:
    """Give a line whole and without a number before or behind it."""
    if len(text) > LONGEST_HEADER or NAMED_PAGE.fullmatch(text):
        return ()
    text = " ".join(text.split())
    if not (text[:1].isdecimal() or text[-1:].isdecimal() or text[-1:] == "页"):
        return (text,)
    ways = (text, _NUMBER_BEFORE.sub("", text), _NUMBER_BEHIND.sub("", text))
    return tuple(dict.fromkeys(ways))


def may_be_header(text: str) -> bool:
    """Whether a repeated line can be a header at all: speech and fixed lines never are."""
    return (
        0 < len(text) <= LONGEST_HEADER
        and any(map(str.isalpha, text))
        and re.search(r"[。！？.!?：:；;，,—-]$", text) is None
        and match_label(text) is None
        and not stands_alone(text)
    )
