"""Where a memory contradicts itself, and where it contradicts the user's own terms."""

from __future__ import annotations

from align.terms.types import TermPair
from cdtm.audit.consistency import IMPORT_VARIES, Texts
from tmx_out.audit_page.figures import BeadLine

TEXTS = (
    ("会议讨论了核查制度。", "The meeting discussed the verification regime."),
    ("核查是必要的。", "Verification is necessary."),
    ("裁军谈判会议现在开会。", "The Conference on Disarmament is in session."),
)


def gathered():
    texts = Texts()
    lines = [
        BeadLine(number, (number, number + 1), (number, number + 1), zh, en, 0.9, (), "", 0, "")
        for number, (zh, en) in enumerate(TEXTS)
    ]
    texts.add(2, lines)
    return texts


def test_a_memory_without_imports_is_not_asked_about_them():
    kinds, lines = gathered().anomalies()
    assert IMPORT_VARIES not in {kind.code for kind in kinds}
    assert lines == ()


def test_an_import_that_the_memory_never_bears_out_is_told_with_its_units():
    imported = [
        TermPair(("核查",), ("checking",)),
        TermPair(("裁军谈判会议", "裁谈会"), ("Conference on Disarmament",)),
        TermPair(("从未出现的词",), ("never seen",)),
    ]
    kinds, (line,) = gathered().anomalies(imported)
    assert {kind.code: kind.found for kind in kinds}[IMPORT_VARIES] == 1
    assert (line.kind, line.places) == (IMPORT_VARIES, ((2, 0), (2, 1)))
    assert line.text == (
        "核查 is checking by the imported glossary, and in none of the 2 units that have it."
    )
