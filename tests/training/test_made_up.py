"""Records and chapters that are made up of pairs and of verses."""

from __future__ import annotations

import gzip
from itertools import chain

import pytest

from training.made_up import (
    CHAPTERS,
    FREER_VERSES,
    MOST_IN_A_VERSE,
    beads_of_verses,
    freer_chapters,
    made_up,
    singles,
    thinned,
)


@pytest.mark.parametrize("seed", range(6))
def test_made_up_gold_is_that_of_its_documents(record, seed):
    zh, en = record
    left, right, gold = made_up(singles(zh, en), seed)
    assert (left.language, right.language) == ("zh", "en")
    # Every sentence of both sides is in one link.
    for side, document in enumerate((left, right)):
        named = sorted(chain.from_iterable(link[side] for link in gold))
        assert named == list(range(len(document.sentences)))
    # A link holds the whole of the same pairs on both sides, or one pair of which a side is gone.
    seen = []
    for link in sorted(gold, key=lambda link: (min(link[0] + (10**6,)), min(link[1] + (10**6,)))):
        texts = (
            "".join(left.sentences[i].text for i in link[0]),
            " ".join(right.sentences[j].text for j in link[1]),
        )
        if all(link):
            pairs = [k for k in range(len(zh)) if f"。{k}号" in texts[0]]
            assert texts[0] == "".join(zh[k] for k in pairs)
            assert texts[1] == " ".join(en[k] for k in pairs)
            assert link[0] == tuple(range(link[0][0], link[0][-1] + 1))
            assert link[1] == tuple(range(link[1][0], link[1][-1] + 1))
            assert 1 in (len(link[0]), len(link[1])) or len(pairs) > 2
            seen += pairs
        else:
            own = texts[0] or texts[1]
            (pair,) = [k for k in range(len(zh)) if own in (zh[k], en[k])]
            seen.append(pair)
    assert sorted(seen) == list(range(400))
    kinds = [(len(link[0]), len(link[1])) for link in gold]
    assert 4 <= kinds.count((1, 0)) + kinds.count((0, 1)) <= 40
    assert 4 <= kinds.count((1, 2)) + kinds.count((2, 1)) <= 60


def test_made_up_records_are_always_the_same(record):
    assert made_up(singles(*record), seed=3) == made_up(singles(*record), seed=3)
    assert made_up(singles(*record), seed=3)[2] != made_up(singles(*record), seed=4)[2]


def texts_of(document):
    return [sentence.text for sentence in document.sentences]


def test_sentences_of_a_group_stay_together_and_are_joined_at_its_first():
    groups = [([f"甲{n}。", f"乙{n}。"], [f"A{n}."]) for n in range(400)]
    left, right, gold = made_up(groups, seed=2, joined=0.3)
    zh, en = texts_of(left), texts_of(right)
    for ours, theirs in gold:
        if ours and theirs:
            # Where one was joined to the one before, a comma stands for the stop.
            of_ours = "".join(zh[i] for i in ours).replace("，", "。")
            of_theirs = " ".join(en[j] for j in theirs).replace(",", ".")
            numbers = [int(part[1:]) for part in of_theirs.rstrip(".").split(". ")]
            assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
            assert of_ours == "".join(f"甲{n}。乙{n}。" for n in numbers)
        else:
            assert len(ours) + len(theirs) == 1
    sizes = {(len(ours), len(theirs)) for ours, theirs in gold}
    assert {(2, 1), (1, 0), (0, 1), (3, 2), (4, 1)} <= sizes
    assert sorted(chain.from_iterable(ours for ours, _ in gold)) == list(range(len(zh)))
    assert sorted(chain.from_iterable(theirs for _, theirs in gold)) == list(range(len(en)))


def test_verses_are_a_bead_up_to_a_stop_on_both_sides():
    verses = [
        ("他站在山上，", "He stood on the mountain"),
        ("向众人说话。", "and spoke to all of them."),
        ("众人说：「不要怕。」他就走了。", "They said, “Fear not,” and he left."),
        ("天亮了。他起来。", "It was day. He arose."),
        ("他们渡海。", "They crossed. The sea was wide. They slept."),
        ("风停了。", "The wind fell. It was still. All was well. They woke. None spoke."),
    ]
    assert list(beads_of_verses(verses)) == [
        (["他站在山上，向众人说话。"], ["He stood on the mountain and spoke to all of them."]),
        (["众人说：「不要怕。」", "他就走了。"], ["They said, “Fear not,” and he left."]),
        (["他们渡海。"], ["They crossed.", "The sea was wide.", "They slept."]),
    ]


def test_chapters_are_of_verses_from_everywhere_and_grow_freer(tmp_path):
    folder = tmp_path / "training/parallel"
    folder.mkdir(parents=True)
    verses = [
        f"他第{n}次说，我们要去那里看一看。\tHe said {n} times, let us go.\n" for n in range(9600)
    ]
    with gzip.open(folder / "bible_cuv_bsb.tsv.gz", "wt", encoding="utf-8") as file:
        file.writelines(verses)
    chapters = list(freer_chapters(tmp_path))
    assert len(chapters) == CHAPTERS
    lengths = [
        sum(map(len, texts_of(zh))) / sum(len(ours) > 0 for ours, _ in gold)
        for zh, _, gold in chapters[: len(FREER_VERSES)]
    ]
    assert lengths == sorted(lengths, reverse=True)
    for zh, en, gold in chapters[:: len(FREER_VERSES)]:
        assert all(set(texts_of(side)) for side in (zh, en))
        assert max(len(ours) + len(theirs) for ours, theirs in gold) > 2
    whole = "".join(texts_of(chapters[-3][0]))
    assert verses[int(whole[2 : whole.index("次")])].startswith(whole[: whole.index("，")])
    assert MOST_IN_A_VERSE >= 2


def test_what_is_thinned_keeps_its_stop_and_its_order():
    order = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten."]
    (text,) = thinned([" ".join(order)], "en", 0.5, seed=1)
    assert text.endswith("ten.")
    assert 1 < len(text.split()) < 10
    assert [word for word in order if word in text.split()] == text.split()


def test_chapters_of_the_training_data(shared):
    zh, en, gold = next(freer_chapters(shared))
    assert len(zh.sentences) > 100 < len(en.sentences)
    assert 0.4 < sum(len(ours) == len(theirs) == 1 for ours, theirs in gold) / len(gold) < 0.9
