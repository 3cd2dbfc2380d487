"""A PDF judged by the DOCX of the same document."""

from __future__ import annotations

import pytest

from benchmarks.documents import MOST_MISSED, compare, compare_folder, missed_share

LONG = "The group met in the spring and in the summer of that year, and put all of it in a paper."


def test_a_sentence_counts_whole_or_not_at_all():
    cut = LONG.partition(", ")
    assert compare("x", [LONG], [LONG]).missed == ()
    found = compare("x", [LONG], [cut[0] + ",", cut[2]])
    assert (found.judged, found.missed, found.commas) == (1, (LONG,), (cut[0] + ",",))


@pytest.mark.parametrize("printed", [f"12. {LONG}", f"26.4 {LONG}", f"(a) {LONG}", f"{LONG}¹"])
def test_what_word_numbers_by_itself_makes_no_difference(printed):
    assert compare("x", [LONG], [printed]).missed == ()


def test_another_text_is_missed():
    assert compare("x", [LONG], [LONG.replace("spring", "autumn")]).missed == (LONG,)
    assert missed_share([compare("x", [LONG, LONG], [LONG])]) == 0
    assert missed_share([compare("x", [LONG, "b" * 99], [LONG])]) == 0.5


def test_short_sentences_are_not_judged():
    assert compare("x", ["Other matters"], []).judged == 0


def test_real_documents_are_whole(shared):
    comparisons = compare_folder(shared / "documents")
    assert len(comparisons) >= 5
    assert sum(each.judged for each in comparisons) > 1_500
    assert missed_share(comparisons) <= MOST_MISSED
    # Two entries of a table of contents whose last lines, with dot leaders, are left out.
    assert sum(len(each.commas) for each in comparisons) == 0
