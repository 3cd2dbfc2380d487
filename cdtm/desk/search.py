"""A look-up that a browser asks for: its query string becomes a question of `cdtm.lookup`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, cast, get_args

from align.doubt.rules import REASONS
from cdtm.jobs.days import parse_days
from cdtm.lookup.answer import Order, find_places, group_places
from cdtm.lookup.asking import parse
from cdtm.lookup.difference import difference
from cdtm.lookup.show import WRITTEN, as_json, write_table
from cdtm.memory.choice import Choice, Tier, body_of, tier_of
from cdtm.memory.search import COUNTED
from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cdtm.lookup.answer import Answer
    from cdtm.lookup.looker import Looker

LONGEST: Final = 1_000
"""Characters of a text that is looked up: the longest sentences of records."""

MOST: Final = 100
"""Hits that are given, if not more are asked for."""

LIKE: Final = 12
"""Of them, that do not hold the text but are like it."""


def find(looker: Looker, asked: Mapping[str, str]) -> dict[str, Any]:
    """Look a text up.

    Args:
        looker: where.
        asked: ``q``, the text, ``order``, ``read``, how many of the newest units are to be read,
            and what `choice_of` reads.

    Returns:
        What `cdtm lookup --json` prints and, of each hit, its tier and status, what its flags say
        (``reasons``), the place of its equivalent (``group``), and in what it differs from the
        text.

    Raises:
        UserError: the text is too long, or something else is not what it should be.
    """
    answer = answer_to(looker, asked, wanted_of(asked))
    exact = sum(hit.kind == "exact" for hit in answer.hits)
    answer = replace(answer, hits=answer.hits[: exact + LIKE])
    told = as_json(answer)
    groups = group_places(answer.hits, answer.equivalents, answer.language)
    also = parse(answer.text).with_it
    for hit, found, place in zip(told["hits"], answer.hits, groups, strict=True):
        unit = found.unit
        hit["tier"] = tier_of(unit.confidence or 0.0, unit.flags, unit.status)
        hit["status"], hit["group"] = unit.status, place
        hit["reasons"] = [REASONS.get(flag, flag) for flag in unit.flags]
        for text, side in also:
            name = "found" if side == answer.language else "rendered"
            hit[name] = [*hit[name], *find_places(text, hit[side], side)]
        if found.kind == "fuzzy":
            side = answer.language
            hit["difference"] = difference(answer.text, hit[side], side)
    return told


def wanted_of(asked: Mapping[str, str]) -> int:
    """Say how many units are to be read, from `MOST` to as many as are counted."""
    read = asked.get("read", "")
    return min(max(int(read), MOST), COUNTED) if read.isdecimal() and len(read) < 7 else MOST


def answer_to(looker: Looker, asked: Mapping[str, str], limit: int) -> Answer:
    """Look up what a query string asks, with at most so many hits.

    Raises:
        UserError: the text is too long, or something else is not what it should be.
    """
    text, order = asked.get("q", "").strip(), asked.get("order") or "rendering"
    if len(text) > LONGEST:
        raise UserError(f"The text has {len(text):,} characters: give at most {LONGEST:,}.")
    if order not in get_args(Order):
        raise UserError(f"There is no order {order}: {', '.join(get_args(Order))}.")
    order = cast("Order", order)
    return looker.find(text, choice=choice_of(asked), limit=limit, order=order)


def written(looker: Looker, asked: Mapping[str, str]) -> tuple[str, bytes]:
    """Write all units that a query string asks for into a file; ``suffix`` says of which format.

    Returns:
        The name of the file, and what it holds.

    Raises:
        UserError: as `answer_to`, or there is no such format.
    """
    suffix = asked.get("suffix", "")
    if suffix not in WRITTEN:
        raise UserError(f"Units are written as {', '.join(WRITTEN)}.")
    answer = answer_to(looker, asked, COUNTED)
    exact = tuple(hit for hit in answer.hits if hit.kind == "exact")
    with TemporaryDirectory(prefix="cdtm-") as folder:
        path = Path(folder) / f"units{suffix}"
        write_table(replace(answer, hits=exact or answer.hits), path)
        return path.name, path.read_bytes()


def bodies(looker: Looker) -> list[str]:
    """Give the bodies of whose documents there are records."""
    return sorted({body_of(r.symbol) for r in looker.memory.records() if r.symbol})


def choice_of(asked: Mapping[str, str]) -> Choice:
    """Read the filters: days, ``body``, ``symbol``, ``speaker``, ``confidence``, ``tier``.

    Raises:
        UserError: a day is none, a confidence is no share, or a tier is unknown.
    """
    since, until = parse_days(asked.get("since", ""), asked.get("until", ""), ("From", "To"))
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
        body=asked.get("body") or None,
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
