"""What glossaries know of a text, and where their forms stand in a unit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from align.terms.glossary import read_glossary
from cdtm.glossary import workspace_terms
from cdtm.lookup.answer import KnownTerm, find_places, normal

if TYPE_CHECKING:
    from cdtm.lookup.answer import Place
    from corpora import Language


def known_terms(folder: Path) -> Iterator[KnownTerm]:
    """Give the terms that the user has imported into a workspace, then the built-in ones."""
    for own in workspace_terms(folder):
        origin = "confirmed terms" if own.status == "confirmed" else "imported glossary"
        yield KnownTerm(own.zh, own.en, origin, own.note)
    for term in read_glossary():
        yield KnownTerm(term.zh, term.en, "built-in glossary", term.note)


def by_form(glossary: Iterable[KnownTerm]) -> dict[str, list[KnownTerm]]:
    """Sort terms by their normal forms in both languages."""
    found: dict[str, list[KnownTerm]] = defaultdict(list)
    for term in glossary:
        for form in dict.fromkeys(map(normal, (*term.zh, *term.en))):
            found[form].append(term)
    return found


_NAMED: Final = re.compile(r"(?=.*[A-Z])(?=.*[^A-Za-z\s.,;:/()-])[A-Za-z0-9+&@#-]{2,12}")


def as_it_stands(text: str) -> list[str]:
    """Give a name that Chinese writes in Latin letters too, ``A3+``; none for other texts."""
    return [text] if _NAMED.fullmatch(text) else []


def forms_near(
    forms: Sequence[str], within: str, language: Language, middles: Sequence[float]
) -> list[Place]:
    """Find known forms of a term, each as near as can be to where the term stands opposite.

    Args:
        forms: in the language of `within`.
        within: a side of a unit.
        language: of both.
        middles: relative places, 0 to 1, of the term on the other side.

    Returns:
        For each of `middles` one place at most, no two of which overlap.
    """
    free: list[Place] = []
    for form in sorted(forms, key=len, reverse=True):
        for start, end in find_places(form, within, language):
            symbol = within[end : end + 1] == "/"  # CD is no Conference in CD/1299
            if not symbol and all(end <= a or start >= b for a, b in free):
                free.append((start, end))
    chosen = []
    for middle in middles:
        if free:
            near = min(free, key=lambda p: abs((p[0] + p[1]) / 2 / len(within) - middle))
            free.remove(near)
            chosen.append(near)
    return sorted(chosen)


def outside(
    longer: Sequence[str], within: str, language: Language, places: Sequence[Place]
) -> list[Place]:
    """Give the places that are no parts of a longer form: ``Charter`` of ``UN Charter`` is one."""
    held = [place for form in longer for place in find_places(form, within, language)]
    return [(a, b) for a, b in places if not any(c <= a and b <= d for c, d in held)]
