"""What is made ready when it is first asked for: a room's public names, and patterns.

A look-up needs neither the readers of PDF nor the writers of TMX: without this it would wait for
the import of all of them. A record needs two thirds of the patterns of the rooms that read it, and
to compile one takes as long as to match it ten thousand times.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, AnyStr, Final, cast


def loader(package: str, modules: Mapping[str, Sequence[str]]) -> Callable[[str], Any]:
    """Make the `__getattr__` of a package (PEP 562).

    Args:
        package: its name.
        modules: names that it makes public, by the module within it that has them.
    """
    homes = {name: module for module, names in modules.items() for name in names}

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{homes[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return load


_METHODS: Final = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class LazyPattern:
    """What `lazy_pattern` gives: `compiled` is the pattern itself."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:  # found at once from now on
            setattr(self, method, getattr(compiled, method))
        self.compiled = compiled
        return compiled if name == "compiled" else getattr(compiled, name)


def lazy_pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Give a pattern that is compiled when it is first used; `re`'s own functions do not take it.

    >>> lazy_pattern("[0-9]").findall("a1")
    ['1']

    Args:
        source: as of `re.compile`; a mistake in it is an `re.error` at the first use.
        flags: as of `re.compile`.
    """
    return cast("re.Pattern[AnyStr]", LazyPattern(source, flags))
