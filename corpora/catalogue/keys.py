"""Keys: what a record is called in a workspace, for good."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from corpora.meeting import normal_symbol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpora.catalogue.types import Pair

MOST_KEY: Final = 100
"""Characters of a key, which names a folder: file systems allow 255 bytes."""


def with_keys(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Give every pair its key, and sort the pairs by it.

    Keys that would be equal all get the beginning of a hash of what they stand for, so that a
    key does not depend on which other files there are, but for a clash; case tells none apart, for
    there are file systems where it does not.
    """
    named = [(_plain_key(pair), pair) for pair in pairs]
    many: dict[str, int] = defaultdict(int)
    for key, _ in named:
        many[key.casefold()] += 1
    keyed = [
        replace(pair, key=key if many[key.casefold()] == 1 else f"{key}-{_hash(pair)}")
        for key, pair in named
    ]
    return tuple(sorted(keyed, key=lambda pair: pair.key))


def _plain_key(pair: Pair) -> str:
    if pair.symbol is not None:
        key = _slug(pair.symbol)
    else:
        zh, en = (_slug(_stem(file.name)) for file in (pair.zh, pair.en))
        key = zh if zh == en else f"{zh}_{en}"
    return key if len(key.encode()) <= MOST_KEY else f"{key[: MOST_KEY // 4]}-{_hash(pair)}"


def _slug(text: str) -> str:
    """Make a slug as `tmx_out` does for a unit's name: ``CD/PV.1579`` gives ``CD-PV-1579``."""
    return re.sub(r"[\W_]+", "-", text).strip("-") or "document"


def _stem(name: str) -> str:
    """Name a file without its suffix and the language at its end."""
    return re.sub(r"(?i)([._-](zh|en|cn|chs?|chi|eng|c|e))?(\.[a-z]{2,4})*$", "", name)


def _hash(pair: Pair) -> str:
    what = normal_symbol(pair.symbol) if pair.symbol else f"{pair.zh.path}\n{pair.en.path}"
    return hashlib.sha256(what.encode()).hexdigest()[:8]
