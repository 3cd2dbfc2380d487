"""Work that falls into independent parts, and who does them.

`align_pair` knows no processes. Its caller may give it a way to share the parts of a long document
among some; `here` does them one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Share(Protocol):
    """Applies a function to every item, and gives the results in the order of the items."""

    def __call__(
        self, function: Callable[[Item], Result], items: Sequence[Item], /
    ) -> Sequence[Result]:
        """Do it; results can be pickled, functions and items need not be."""
        ...


def here(function: Callable[[Item], Result], items: Sequence[Item], /) -> list[Result]:
    """Do all parts in this process."""
    return [function(item) for item in items]
