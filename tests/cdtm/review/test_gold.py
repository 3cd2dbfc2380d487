"""Decisions as gold: passages decided whole, with links as the reviewers left them."""

from __future__ import annotations

import pytest

from align.links import read_links
from align.quality.evaluate import gold_names
from cdtm.jobs.audit import GoldJob
from cdtm.review.gold import LEAST_BEADS, run_gold
from corpora import UserError
from tests.cdtm.reviewing import PAIRS, apply, fill, make_book


def decide(folder, *rows):
    apply(folder, fill(make_book(folder), *rows))


ACCEPTED = [(number, "accept") for number in range(1, 11) if number != 5]


def gold_of(folder):
    out = folder.parent / "gold"
    run_gold(GoldJob(folder, out, quiet=True))
    return out


def test_a_merger_joins_links_and_a_passage_ends_where_nothing_is_said(folder):
    rows = dict(ACCEPTED) | {4: "merge with next", 10: "wrong segmentation"}
    decide(folder, *rows.items())
    out = gold_of(folder)
    assert gold_names(out) == ["001"]
    links = [((n,), (n,)) for n in range(3)] + [((3,), (3, 4))]
    links += [((n,), (n + 1,)) for n in range(4, 8)]
    assert read_links(out / "001.gold") == links
    assert (out / "001.zh").read_text("utf-8").splitlines() == [zh for zh, _ in PAIRS[:9] if zh]
    assert (out / "001.en").read_text("utf-8").splitlines() == [en for _, en in PAIRS[:9]]
    assert "001\tCD-PV-1\t1-8\t1-9\tAnna" in (out / "provenance.tsv").read_text("utf-8")


def test_evaluate_reads_it(folder, cdtm):
    decide(folder, *(dict(ACCEPTED) | {4: "merge with next"}).items())
    run = cdtm("evaluate", gold_of(folder))
    assert run.status == 0
    assert "001" in run.out


def test_an_omission_that_was_accepted_is_a_null_link(folder):
    decide(folder, *ACCEPTED, (5, "accept"))  # named by its number, as the sheet shows it
    assert ((), (4,)) in read_links(gold_of(folder) / "001.gold")


@pytest.mark.parametrize(
    "row",
    [
        (4, "reject"),
        (4, "edit", {"new_en": "Verification matters."}),
        (4, "translation error", {"label": "alignment: too much zh"}),
        (4, "split", {"new_zh": "核查\n很重要。", "new_en": "Verification\nis"}),
    ],
)
def test_what_does_not_say_which_sentences_belong_together_ends_a_passage(folder, row):
    decide(folder, *(other for other in ACCEPTED if other[0] != 4), (5, "accept"), row)
    with pytest.raises(UserError, match=f"No {LEAST_BEADS} neighbouring beads"):
        gold_of(folder)


def test_a_translation_error_pairs_the_right_sentences(folder):
    decide(folder, *(dict(ACCEPTED) | {3: "translation error", 5: "accept"}).items())
    assert ((2,), (2,)) in read_links(gold_of(folder) / "001.gold")


def test_a_folder_with_something_in_it_is_refused(folder):
    decide(folder, *ACCEPTED)
    (folder.parent / "gold").mkdir()
    (folder.parent / "gold" / "mine.txt").write_text("x")
    with pytest.raises(UserError, match="not an empty folder"):
        gold_of(folder)
