"""The built-in glossary keeps its form, and faults of a glossary are told."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from align.terms.glossary import DOMAINS, HEADER, Term, faults, read_glossary
from corpora import UserError

if TYPE_CHECKING:
    from pathlib import Path

GOOD = (
    Term("nuclear", ("核试验", "核试爆"), ("nuclear test", "nuclear tests")),
    Term("nuclear", ("钚",), ("Plutonium", "Pu"), "an element"),
)


def test_built_in_glossary_has_no_faults() -> None:
    assert list(faults(read_glossary())) == []


def test_built_in_glossary_is_large_and_of_every_domain() -> None:
    terms = read_glossary()
    assert len(terms) >= 170
    assert set(Counter(term.domain for term in terms)) == set(DOMAINS)
    assert sum(len(term.en) > 1 and len(term.zh) > 1 for term in terms) > len(terms) / 2


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("消极安保", "NSAs"),
        ("《不扩散条约》", "NPT"),
        ("裁谈会", "the Conference"),
        ("无核武器区", "nuclear-weapon-free zones"),
        ("第984(1995)号决议", "resolution 984 (1995)"),
        ("裁军", "disarmament"),
        ("核查", "verification"),
    ],
)
def test_variants_lead_to_one_term(zh: str, en: str) -> None:
    assert [(zh in term.zh) for term in read_glossary() if en in term.en] == [True]


def test_a_good_glossary_has_no_faults() -> None:
    assert list(faults(GOOD)) == []


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        (GOOD[::-1], "must stand before"),
        ((*GOOD, Term("procedure", ("核试爆",), ("blast",))), "'核试爆' stands more than once"),
        ((*GOOD, Term("procedure", ("议程",), ("PU",))), "'pu' stands more than once"),
        ((Term("nuclear", ("核试验", "核试验"), ("test",)),), "stands more than once"),
        ((Term("nuclear", ("test",), ("test",)),), "'test' is not zh"),
        ((Term("nuclear", ("核",), ("核",)),), "'核' is not en"),
        ((Term("nuclear", ("核", ""), ("nuclear",)),), "empty"),
        ((Term("nuclear", ("核",), ("nuclear ",)),), "space at its ends"),
    ],
)
def test_a_fault_is_told(terms: tuple[Term, ...], told: str) -> None:
    (fault,) = faults(terms)
    assert told in fault


def _write(folder: Path, *lines: str) -> Path:
    path = folder / "mine.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_glossary_of_the_same_form_is_read(tmp_path: Path) -> None:
    rows = ("nuclear\t核试验\t核试爆\tnuclear test\tnuclear tests\t", "nuclear\t钚\t\tPu\t\tmetal")
    assert read_glossary(_write(tmp_path, "\t".join(HEADER), *rows)) == (
        GOOD[0],
        Term("nuclear", ("钚",), ("Pu",), "metal"),
    )


def test_a_line_with_a_missing_column_is_told(tmp_path: Path) -> None:
    path = _write(tmp_path, "\t".join(HEADER), "nuclear\t钚\tPu")
    with pytest.raises(UserError, match=r"mine\.tsv, line 2 has 3 columns and not 6"):
        read_glossary(path)


def test_a_file_without_the_header_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not begin with the columns domain, zh"):
        read_glossary(_write(tmp_path, "nuclear\t钚\t\tPu\t\t"))
