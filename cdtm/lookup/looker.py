"""A workspace opened for looking up: search, units, places, renderings, rank, near.

Three kinds of hits, each from the units that the one before has not given: units that hold the
text, sentences that nearly are it, and sentences that mean something near.
"""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import replace
from functools import cached_property, partial
from itertools import compress, islice
from typing import TYPE_CHECKING

from cdtm.build.decided import open_memory
from cdtm.build.workspace import open_workspace
from cdtm.lookup.answer import (
    ANYWHERE,
    Answer,
    Hit,
    KnownTerm,
    in_order,
    language_of,
    likeness,
    normal,
    other,
    places_of,
    rank,
    side_of,
)
from cdtm.lookup.asking import Question, by_shape, is_short, meant, other_ways, parse
from cdtm.lookup.inflection import inflections, is_abbreviation
from cdtm.lookup.known import as_it_stands, by_form, forms_near, known_terms, outside
from cdtm.lookup.notes import ALONE, UNDATED, counted
from cdtm.memory.choice import Choice
from cdtm.memory.rows import NUMBERS
from cdtm.memory.search import COUNTED
from corpora.errors import UserError
from corpora.facts.names import full_names, longer_names, whole_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from align.encoder.load import Encoder
    from align.encoder.static import StaticEncoder
    from cdtm.build.workspace import Workspace
    from cdtm.lookup.answer import Order, Place
    from cdtm.memory.memory import Memory
    from cdtm.memory.nearest import Nearest
    from corpora import Language
    from tmx_out.units import Unit

LIKELY = 100
"""Units whose text holds the searched one that are read to rank its renderings."""

STANDING = 2_000
"""Units with words of a text's stems that are read for the text itself: 0.2 s."""

CANDIDATES = 40
"""Nearest units that are compared with the text letter by letter."""

LEAST_FUZZY = 0.6
"""Likeness from which two sentences are a fuzzy match, as CAT tools count it."""

FAR_LONGER = 4
"""A sentence so many times as long, and some words more, is no fuzzy match."""

LEAST_NEAR = 0.45
"""Cosine from which a sentence is shown as near in meaning."""

STEMS = 10
"""Units that are read to see whether a word stands there, or only others of its stem."""

LEFT_OUT = "Sentences near the text are left out, for"
"""How a sentence begins that says why."""


class Looker:
    """A workspace opened for looking up: all that is loaded once for many questions.

    Args:
        workspace: to look in.
        memory: its memory, open.
    """

    def __init__(self, workspace: Workspace, memory: Memory) -> None:
        self.workspace, self.memory = workspace, memory
        self.check: Callable[[], None] = lambda: None
        """Is called between the steps of an answer; what it raises ends it."""

    @classmethod
    @contextmanager
    def open(cls, folder: Path, *, many: bool = False) -> Iterator[Looker]:
        """Open the workspace in a folder.

        Args:
            folder: of the workspace.
            many: whether there will be many questions: what makes them quick is loaded at once.

        Raises:
            UserError: it holds no memory.
        """
        workspace = open_workspace(folder)
        with open_memory(workspace) as memory:
            looker = cls(workspace, memory)
            if many:
                looker.load()
            yield looker

    def load(self) -> None:
        """Load now what would be loaded when it is first needed."""
        self.words.tokenizer, self.nearest, self.glossary  # noqa: B018 - properties that load
        with suppress(UserError):  # a look-up says that the encoder is not to be had
            self.encoder  # noqa: B018

    def beside(self, memory: Memory) -> Looker:
        """Give a looker for another thread: its own memory, and what is loaded here."""
        looker = copy(self)
        looker.memory = memory
        return looker

    # What one question needs and another does not is loaded when it is first needed.

    @cached_property
    def words(self) -> StaticEncoder:
        """The shipped encoder, whose vectors of words tell which words render which."""
        from align.encoder.static import StaticEncoder

        return StaticEncoder()

    @cached_property
    def nearest(self) -> Nearest | None:
        """The index of the memory's vectors; None if there is none."""
        from cdtm.memory.nearest import Nearest

        return Nearest.open(self.workspace.nearest, reading=True)

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder that made the memory's vectors, which alone can be compared with them.

        Raises:
            UserError: it is not to be had any more.
        """
        from align.encoder.load import load_encoder

        made_by = None if self.nearest is None else self.nearest.made_by
        if made_by is None or made_by.signature == self.words.signature:
            return self.words
        try:
            encoder = load_encoder(made_by.name)
        except UserError as error:
            reason = str(error)
            raise UserError(
                f"{LEFT_OUT} the memory was built with another encoder that is not to be had: "
                f"{reason[0].lower()}{reason[1:]}"
            ) from error
        if encoder.signature != made_by.signature:
            raise UserError(
                f"{LEFT_OUT} the memory was built with the encoder {made_by.signature}, and this "
                f"is {encoder.signature}: run cdtm build again."
            )
        return encoder

    @cached_property
    def glossary(self) -> dict[str, list[KnownTerm]]:
        """What is known of terms, by their forms."""
        return by_form(known_terms(self.workspace.folder))

    def find(
        self,
        text: str,
        *,
        choice: Choice | None = None,
        limit: int = 10,
        order: Order = "rendering",
    ) -> Answer:
        """Look a text up.

        Args:
            text: in either language, from one character on.
            choice: which units; None for all.
            limit: hits to give.
            order: of the units that hold it.

        Raises:
            UserError: it says only what must not stand there.
        """
        question, choice = parse(text), choice or Choice()
        language = question.language
        known = self.glossary.get(normal(question.text), ())
        looked_for, ids, total = self._search(question, choice, max(limit, LIKELY), known)
        units, places = self._read(looked_for, language, ids)
        scanned = ""
        if not all(places):
            ids, scanned = self._standing(question, looked_for, choice)
            total, ids = len(ids), ids[: max(limit, LIKELY)]
            units, places = self._read(looked_for, language, ids)
        alone = len(ids) - len(units)  # null links are found, too, and are no units
        total -= alone
        exact = self._exact(looked_for, language, units, places, known)
        # Words here and there have a rendering each, and none together.
        equivalents = [] if ANYWHERE in looked_for else rank(exact, language, looked_for)
        hits = in_order(exact, equivalents, language, order)[:limit]
        told = (scanned, self._undated(question, looked_for, choice), counted(alone, ALONE))
        note = " ".join(filter(None, told))
        plain = "*" not in question.text and not question.with_it and not question.without
        self.check()
        if len(hits) < limit and plain:
            seen = {hit.unit.tuid for hit in exact}
            try:
                like = self.near(question.text, choice)
                hits += islice((h for h in like if h.unit.tuid not in seen), limit - len(hits))
            except UserError as reason:
                note = f"{note} {reason}".strip()
        return Answer(
            text,
            language,
            total,
            tuple(equivalents),
            tuple(hits),
            tuple(known),
            note,
            len(exact),
            "" if looked_for == question.text else looked_for,
            () if total or not plain else tuple(self._meant(question)),
        )

    def _read(
        self, text: str, language: Language, ids: Sequence[int]
    ) -> tuple[list[Unit], list[list[Place]]]:
        """Give units, and where a text stands in each."""
        units = self.memory.units_at(ids)
        return units, [places_of(text, side_of(unit, language), language) for unit in units]

    def _standing(self, question: Question, text: str, choice: Choice) -> tuple[list[int], str]:
        """Give the units where a text stands, and not only words of its stems or its parts.

        Returns:
            Their ids, and what is to be said where not all were read.
        """
        language = question.language
        ids, total = self._units(question, text, choice, STANDING)
        texts = self.memory.texts_at(ids, language)
        found = [number for number in ids if places_of(text, texts.get(number, ""), language)]
        told = f"Of {total:,} units with words of the same stem the newest {len(ids):,} were read."
        return found, told if len(ids) < total else ""

    def _exact(
        self,
        text: str,
        language: Language,
        units: Sequence[Unit],
        places: Sequence[Sequence[Place]],
        known: Sequence[KnownTerm],
    ) -> list[Hit]:
        """Mark the renderings of a text in units that hold it."""
        # What has a number is matched by its value; a glossary's form may say more than is asked.
        numbered = any(map(str.isdigit, text))
        forms = [f for term in known for f in term.forms(other(language)) if not numbered]
        longer = [f for term in known for f in term.forms(language) if len(f) > len(text)]
        forms += [*full_names(text), *as_it_stands(text)]
        rendered = self.renderings(units, places, language, forms, text, longer)
        return [
            Hit(unit, "exact", 1.0, tuple(found), *there)
            for unit, found, there in zip(units, places, rendered, strict=True)
        ]

    def _undated(self, question: Question, text: str, choice: Choice) -> str:
        """Say how many units hold a text and have no day, where days are asked for."""
        if choice.since is None and choice.until is None:
            return ""
        undated = {record.id for record in self.memory.records() if record.date is None}
        if not undated:
            return ""
        whenever = replace(choice, since=None, until=None)
        ids, _ = self._units(question, text, whenever, COUNTED)
        count = sum(number >> NUMBERS in undated for number in ids)
        return counted(count, UNDATED)

    def _search(
        self, question: Question, choice: Choice, limit: int, known: Sequence[KnownTerm]
    ) -> tuple[str, list[int], int]:
        """Find the units that a question asks for; if there are none, in another way of writing it.

        Returns:
            What stands in the units, their ids, and how many there are in all.
        """
        asked = question.text
        ids, total = self._units(question, asked, choice, limit)
        if total:
            return asked, ids, total
        ways = [*other_ways(asked, question.language, known)]
        if is_short(asked):
            ways.append(ANYWHERE.join(asked.split()))
        for way in ways:
            ids, total = self._units(question, way, choice, limit)
            if total:
                return way, ids, total
        return asked, [], 0

    def _units(
        self, question: Question, text: str, choice: Choice, limit: int
    ) -> tuple[list[int], int]:
        """Find the units that hold a text, and what else a question asks of both sides."""
        sought = text.replace(ANYWHERE, "*")
        if not question.with_it and not question.without:
            return self.memory.search(sought, question.language, limit=limit, choice=choice)
        ids, _ = self.memory.search(sought, question.language, limit=COUNTED, choice=choice)
        for other_text, side in question.with_it:
            wanted = {*self.memory.search(other_text, side, limit=COUNTED, choice=choice)[0]}
            ids = [number for number in ids if number in wanted]
        for other_text, side in question.without:
            barred = {*self.memory.search(other_text, side, limit=COUNTED, choice=choice)[0]}
            ids = [number for number in ids if number not in barred]
        return ids[:limit], len(ids)

    def _meant(self, question: Question) -> list[tuple[str, int]]:
        """Give texts that may have been meant, and in how many units they stand."""
        if not is_short(question.text):
            return []
        return meant(question.text, self._known_words, self._stands)

    @cached_property
    def _known_words(self) -> dict[tuple[str, int], list[str]]:
        """The words that the encoder or a glossary knows, in small letters; see `by_shape`."""
        terms = (term for terms in self.glossary.values() for term in terms)
        forms = re.findall(r"\w+", " ".join(f for t in terms for f in (*t.zh, *t.en)).lower())
        return by_shape({*self.words.vocabulary(), *forms})

    def _stands(self, text: str) -> int:
        """Count the units in which a text stands; 0 if of the newest only words of its stem do."""
        language = language_of(text)
        ids, total = self.memory.search(text, language, limit=STEMS)
        _, found = self._read(text, language, ids)
        return total if any(found) else 0

    def renderings(
        self,
        units: Sequence[Unit],
        places: Sequence[Sequence[Place]],
        language: Language,
        forms: Sequence[str],
        text: str,
        longer: Sequence[str] = (),
    ) -> list[tuple[tuple[Place, ...], tuple[float, ...]]]:
        """Find on the other sides of units what renders places of these.

        A form that a glossary knows is taken where it stands, else what all the units together
        show to render the text; nothing where that is not sure.

        Args:
            units: with both sides.
            places: of each, in its side of `language`.
            language: of the places.
            forms: how glossaries, and the names of States, say the text on the other side.
            text: as it was asked.
            longer: other forms of it; as a part of one the text is not rendered as a whole.

        Returns:
            Of each unit places of the other side, and how sure they are, 0 to 1.
        """
        opposite, name, short = other(language), normal(text), is_abbreviation(text)
        places = self._called(units, places, language, longer_names(text))
        out: list[dict[Place, float]] = []
        for unit, found in zip(units, places, strict=True):
            side, beside = side_of(unit, language), side_of(unit, opposite)
            within = outside(longer, side, language, found)
            middles = [(start + end) / 2 / len(side) for start, end in within]
            there = forms_near(forms, beside, opposite, middles)
            out.append({whole_name(text, beside, place): 1.0 for place in there})
        asked = [n for n, there in enumerate(out) if places[n] and not there]
        if asked:
            from align.renderings.offered import Asked  # loads numpy
            from align.renderings.rank import render

            each = [(n, place) for n in asked for place in places[n]]
            said = [side_of(units[n], language)[slice(*place)] for n, place in each]
            as_asked = [normal(one) == name and (one.isupper() or not short) for one in said]
            if not any(as_asked):
                as_asked = inflections(text, said) if text.isalpha() else [True] * len(each)
                each = [*compress(each, as_asked)]
                as_asked = [True] * len(each)
            found_in = [
                Asked(units[n].zh, units[n].en, p, places[n], exact)
                for (n, p), exact in zip(each, as_asked, strict=True)
            ]
            often = partial(self.memory.frequency, language=opposite)
            rendered = render(found_in, language, self.words, normal, often)
            for (n, _), one in zip(each, rendered, strict=True):
                if one is not None:
                    out[n][one.place] = max(one.sure, out[n].get(one.place, 0.0))
        ordered = [dict(sorted(there.items())) for there in out]
        return [(tuple(there), tuple(there.values())) for there in ordered]

    @staticmethod
    def _called(
        units: Sequence[Unit],
        places: Sequence[Sequence[Place]],
        language: Language,
        others: Sequence[str],
    ) -> list[Sequence[Place]]:
        """Leave out the places where another State is called: 印度 in 印度尼西亚."""
        if not others:
            return list(places)
        return [
            outside(others, side_of(unit, language), language, found)
            for unit, found in zip(units, places, strict=True)
        ]

    def near(self, text: str, choice: Choice) -> list[Hit]:
        """Find sentences like a text in letters, and then those like it in meaning.

        Raises:
            UserError: the index is missing, or the encoder that made its vectors.
        """
        if self.nearest is None:
            raise UserError(f"{LEFT_OUT} their index is missing or damaged: run cdtm build again.")
        [vector] = self.encoder.encode([text])
        if len(vector) != self.nearest.dimensions:
            raise UserError(
                f"{LEFT_OUT} the memory was built with another encoder, which was not noted: "
                "run cdtm build again."
            )
        if not vector.any():
            return []
        language = language_of(text)
        fuzzy, near = [], []
        cosines = dict(self.nearest.search(vector, CANDIDATES))
        # Some may be missing, if the index is older than the memory.
        texts = self.memory.texts_at([*cosines], language)
        short = [number for number in texts if len(texts[number]) <= FAR_LONGER * (len(text) + 10)]
        likes = dict.fromkeys(texts, 0.0)
        likes |= {number: likeness(text, texts[number], language) for number in short}
        wanted = [n for n in likes if likes[n] >= LEAST_FUZZY or cosines[n] >= LEAST_NEAR]
        for number, unit in self.memory.units_by_id(wanted, choice).items():
            if likes[number] >= LEAST_FUZZY:
                fuzzy.append(Hit(unit, "fuzzy", likes[number]))
            else:
                near.append(Hit(unit, "near", cosines[number]))
        return sorted(fuzzy, key=lambda hit: -hit.match) + sorted(near, key=lambda hit: -hit.match)
