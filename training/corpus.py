"""The parallel text and lexicons that the encoder learns from: read, cleaned, held out.

Every source is a gzipped file of `zh<TAB>en` lines; `SOURCES` lists those that are used, in order,
with how often a pair of it is seen in one epoch. What a source is and under which licence stands in
the model card.
"""

from __future__ import annotations

import gzip
import hashlib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HELD_OUT_PAIRS = 2000
"""UN pairs kept from training for the retrieval figure of the model card."""

HELD_OUT_SOURCE = "unpc_devset"


@dataclass(frozen=True, slots=True)
class Source:
    """One file of pairs.

    Attributes:
        name: the file's stem.
        folder: ``parallel`` or ``lexicon``.
        licence: as its publisher states it.
        repeat: how often each pair is seen in one epoch.
    """

    name: str
    folder: str
    licence: str
    repeat: int = 1


SOURCES = (
    Source(
        "unpc_devset", "parallel", "UN Parallel Corpus terms (public domain, UN acknowledged)", 3
    ),
    Source("multiun_npt2005_sample", "parallel", "not stated (UN documents)", 3),
    Source("open_sdg", "parallel", "MIT", 2),
    Source("un_charter", "parallel", "BSD-type; charter text not stated", 2),
    Source("unbis_scope_notes", "parallel", "not stated (UN library)", 2),
    Source("twlaw", "parallel", "not subject to copyright (ROC Copyright Act, art. 9)"),
    Source("jiyu_examples", "parallel", "Apache-2.0"),
    Source("tico19", "parallel", "CC0-1.0"),
    Source("tatoeba", "parallel", "CC-BY-2.0-FR"),
    Source("3am_captions", "parallel", "MIT"),
    Source("mlqe_pe_wiki", "parallel", "CC0-1.0"),
    Source("bible_cuv_bsb", "parallel", "public domain, CC0-1.0"),
    Source("cc_cedict", "lexicon", "CC-BY-SA-4.0"),
    Source("place_names_csc", "lexicon", "ODbL-1.0"),
    Source("unbis_thesaurus", "lexicon", "not stated (UN library)", 2),
    Source("twlaw_titles", "lexicon", "not subject to copyright (ROC Copyright Act, art. 9)"),
    Source("cldr_names", "lexicon", "Unicode-3.0"),
    Source("country_names", "lexicon", "ODbL-1.0, MIT, CC-BY-SA-4.0, PDDL", 2),
    Source("tico19_terms", "lexicon", "CC0-1.0"),
    Source("official_foreign_term_list", "lexicon", "not stated", 2),
    Source("mun_vocabulary", "lexicon", "not stated"),
    Source("open_sdg_terms", "lexicon", "MIT"),
)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Translations of one source, side by side.

    Attributes:
        source: where they come from.
        zh: Chinese texts.
        en: English texts, as many.
        dropped: pairs left out by `is_usable`.
    """

    source: Source
    zh: list[str]
    en: list[str]
    dropped: int

    def __len__(self) -> int:
        """Number of pairs."""
        return len(self.zh)


def is_usable(zh: str, en: str) -> bool:
    """Whether a pair can teach anything: Han on one side, Latin on the other, neither huge.

    The length bounds are wide on purpose (half a percent of `jiyu_examples` falls outside them);
    finer cleaning is the model's own work.
    """
    if not zh or not en or len(zh) > 400 or len(en) > 1600:
        return False
    if not any("\u3400" <= c <= "\u9fff" for c in zh) or not any(
        "a" <= c <= "z" for c in en.lower()
    ):
        return False
    return 0.4 <= len(en) / len(zh) <= 14


def read_pairs(path: Path, source: Source) -> Pairs:
    """Read one `zh<TAB>en` file, NFC, without unusable lines."""
    zh: list[str] = []
    en: list[str] = []
    dropped = 0
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            left, tab, right = unicodedata.normalize("NFC", line.rstrip("\n")).partition("\t")
            left, right = left.strip(), right.strip()
            if tab and is_usable(left, right):
                zh.append(left)
                en.append(right)
            else:
                dropped += 1
    return Pairs(source, zh, en, dropped)


def _rank(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def hold_out(pairs: Pairs, count: int = HELD_OUT_PAIRS) -> tuple[Pairs, Pairs]:
    """Split into (train, held out), the latter chosen by hash so that it is always the same."""
    order = sorted(range(len(pairs)), key=lambda i: _rank(pairs.en[i]))
    held = set(order[:count])
    keep = [i for i in range(len(pairs)) if i not in held]
    take = [i for i in range(len(pairs)) if i in held]

    def select(rows: list[int]) -> Pairs:
        return Pairs(
            pairs.source, [pairs.zh[i] for i in rows], [pairs.en[i] for i in rows], pairs.dropped
        )

    return select(keep), select(take)


def read_corpus(folder: Path) -> tuple[list[Pairs], Pairs]:
    """Read every source under `folder`; give (training pairs by source, held-out UN pairs).

    Held-out sentences are taken out of every source, whichever holds them.

    Raises:
        FileNotFoundError: if a source of `SOURCES` is not there.
    """
    corpus = [read_pairs(folder / s.folder / f"{s.name}.tsv.gz", s) for s in SOURCES]
    place = next(i for i, p in enumerate(corpus) if p.source.name == HELD_OUT_SOURCE)
    corpus[place], held = hold_out(corpus[place])
    secret = set(held.zh) | set(held.en)
    return [_without(p, secret) for p in corpus], held


def _without(pairs: Pairs, secret: set[str]) -> Pairs:
    rows = [i for i in range(len(pairs)) if pairs.zh[i] not in secret and pairs.en[i] not in secret]
    if len(rows) == len(pairs):
        return pairs
    return Pairs(
        pairs.source,
        [pairs.zh[i] for i in rows],
        [pairs.en[i] for i in rows],
        pairs.dropped + len(pairs) - len(rows),
    )
