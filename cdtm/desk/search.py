"""A look-up that a browser asks for: its query string becomes a question of `cdtm.lookup`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

from cdtm.jobs.days import parse_days
from cdtm.lookup.answer import verdicts
from cdtm.lookup.show import as_json
from cdtm.memory.choice import Choice, Tier, tier_of
from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cdtm.lookup.looker import Looker

LONGEST: Final = 1_000
"""Characters of a text that is looked up: the longest sentences of records."""

MOST: Final = 100
"""Hits that are given."""

USUAL: Final = 30


def find(looker: Looker, asked: Mapping[str, str]) -> dict[str, Any]:
    """Look a text up.

    Args:
        looker: where.
        asked: ``q``, the text, and what `choice_of` reads; ``limit``, how many hits.

    Raises:
        UserError: the text is too long, or something else is not what it should be.
    """
    text = asked.get("q", "").strip()
    if len(text) > LONGEST:
        raise UserError(f"The text has {len(text):,} characters: give at most {LONGEST:,}.")
    limit = min(MOST, max(1, _whole(asked.get("limit", ""), USUAL)))
    answer = looker.find(text, choice=choice_of(asked), limit=limit)
    told = as_json(answer)
    for hit, found in zip(told["hits"], answer.hits, strict=True):
        unit = found.unit
        hit["tier"] = tier_of(unit.confidence or 0.0, unit.flags, unit.status)
        hit["status"] = unit.status
    return told | {"verdicts": list(verdicts(answer)), "limit": limit}


def choice_of(asked: Mapping[str, str]) -> Choice:
    """Read the filters: ``since``, ``until``, ``symbol``, ``speaker``, ``confidence``, ``tier``.

    Raises:
        UserError: a day is none, a confidence is no share, or a tier is unknown.
    """
    since, until = parse_days(asked.get("since", ""), asked.get("until", ""))
    tier = asked.get("tier") or "all"
    if tier != "all" and tier not in get_args(Tier):
        raise UserError(f"There is no tier {tier}: accepted, review or all.")
    symbol = asked.get("symbol", "").strip()
    return Choice(
        tier=tier,  # type: ignore[arg-type]  # it is one of them
        min_confidence=_share(asked.get("confidence", "")),
        since=since,
        until=until,
        symbols=tuple(_pattern(one) for one in symbol.split()),
        speaker=asked.get("speaker", "").strip() or None,
    )


def _pattern(symbol: str) -> str:
    """Let the beginning of a symbol stand for all that begin so: they are shown as one types."""
    return symbol if any(sign in symbol for sign in "*?[") else f"{symbol}*"


def _share(text: str) -> float:
    """Read a confidence in per cent; nothing asks for none."""
    try:
        share = float(text or 0) / 100
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise UserError(f"A confidence is a number from 0 to 100, not {text}.")
    return share


def _whole(text: str, usual: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else usual
