"""No pattern of the rooms of text takes time that grows faster than its line.

Each compiled pattern is tried, by the methods that the source uses, on runs of what it may stumble
over, at two lengths; a pattern that looks back over what it has read takes four times as long.
"""

from __future__ import annotations

import re
import time
from importlib import import_module
from pathlib import Path

import pytest

import corpora
from corpora.lazy import LazyPattern

ROOT = Path(corpora.__file__).parent
MODULES = [
    *(f"corpora.repair.{path.stem}" for path in sorted((ROOT / "repair").glob("[a-z]*.py"))),
    *(f"corpora.{name}" for name in ("identify", "meeting", "prose", "chinese", "fetch.symbols")),
    *(f"corpora.facts.{path.stem}" for path in sorted((ROOT / "facts").glob("[a-z]*.py"))),
    *("tmx_out.xml_text", "align.terms.variants"),
]
UNITS = [
    *("a", "A", "1", " ", "\t", ".", ". ", "-", "/", "一", "（", "(", "“", "《", "'", "，", "…"),
    *(
        "A/1-",
        "A/1/",
        "A/1 ",
        "NPT/CONF.2020/PC.III/WP.5-",
        "1.",
        "1 ",
        "a-",
        "Mr. A ",
        "第一",
        "1年",
    ),
]
GUARDED = {"_RANGE"}
"""Asked of so few characters only that it cannot take long (`corpora.fetch.symbols.LONGEST`)."""
SHORT = 1_000
"""Characters of the shorter run."""
SLOW = 0.002
"""Seconds that the longer run may take whatever the ratio: the clock is no better."""
RATIO = 3.3
"""Of the times at double length: linear work has 2, quadratic work 4."""


def patterns_of(module: str) -> list[tuple[str, re.Pattern[str], tuple[str, ...]]]:
    source = Path(import_module(module).__file__ or "").read_text("utf-8")
    searched = set(re.findall(r"(\w+)\.(?:search|sub|subn|findall|finditer|split)\b", source))
    found = []

    def walk(value: object, name: str, depth: int = 0) -> None:
        value = value.compiled if isinstance(value, LazyPattern) else value
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
            how = ("search", "fullmatch") if name in searched else ("fullmatch", "match")
            found.append((name, value, how))
        elif depth < 3 and isinstance(value, (tuple, list)):
            for each in value:
                walk(each, f"{name}[]", depth + 1)
        elif depth < 3 and isinstance(value, dict):
            for each in value.values():
                walk(each, f"{name}[]", depth + 1)

    for name, value in vars(import_module(module)).items():
        walk(value, name)
    return found


def seconds(run, text: str) -> float:
    best = float("inf")
    for _ in range(3):
        started = time.thread_time()
        run(text)
        best = min(best, time.thread_time() - started)
    return best


def is_quadratic(pattern: re.Pattern[str], how: str, unit: str, end: str) -> bool:
    run = getattr(pattern, how)
    texts = [(unit * (n // len(unit) + 1))[:n] + end for n in (SHORT, 2 * SHORT, 4 * SHORT)]
    times = [seconds(run, texts[2])]
    if times[0] < SLOW:
        return False
    shorter = [seconds(run, text) for text in texts[:2]]
    return times[0] > RATIO * shorter[1] and shorter[1] > RATIO * max(shorter[0], 1e-6)


@pytest.mark.parametrize("module", MODULES)
def test_patterns_take_linear_time(module):
    slow = [
        (name, unit, how)
        for name, pattern, ways in patterns_of(module)
        if name not in GUARDED
        for unit in UNITS
        for end in ("", "\x00")
        for how in ways
        if is_quadratic(pattern, how, unit, end)
    ]
    assert slow == []


def test_a_quadratic_pattern_is_told():
    assert is_quadratic(re.compile(r"\s+x"), "search", " ", "\x00")
    assert not is_quadratic(re.compile(r"(?<!\s)\s++x"), "search", " ", "\x00")


@pytest.mark.parametrize("glue", ["-", "/", ""])
def test_a_line_of_glued_symbols_is_read_at_once(glue):
    from corpora.record import document_from_text

    line = glue.join(["NPT/CONF.2020/PC.III/WP.5"] * 400) + "."
    started = time.thread_time()
    document_from_text(f"CD/PV.9001\nThe President: We begin.\n{line}\nThank you.\n", name="x")
    assert time.thread_time() - started < 2
