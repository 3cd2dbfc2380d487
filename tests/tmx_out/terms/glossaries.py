"""Small glossaries of others, and what was read of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmx_out.terms.files import read_terms

if TYPE_CHECKING:
    from pathlib import Path

    from tmx_out.terms.columns import TermFile

ONE = [(("核查",), ("verification",))]
TWO = [*ONE, (("裁军",), ("disarmament",))]


def read(folder: Path, name: str, text: str) -> TermFile:
    (folder / name).write_bytes(text.encode())
    return read_terms(folder / name)


def forms(found: TermFile) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(term.zh, term.en) for term in found.terms]
