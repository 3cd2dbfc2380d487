"""Marks, numbers and labels of sentences, their clauses, and what those beside a cut say of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from align.evidence import (
    BUCKETS,
    FEWEST_QUOTES,
    LEAST_GAIN,
    LEAST_TOKEN_GAIN,
    TEXTS_AT_ONCE,
    count_quotes,
    drawn_past,
    encode_clauses,
    mark_colons,
    mark_numbers,
    numbers_of,
    quotes_agree,
    split_clauses,
    strain,
    token_strain,
    tokens_of,
)
from align.pair import align_pair, align_sides, encode_side
from align.runner_up import Step
from align.scores import new_side
from align.settings import Settings

QUOTES = [
    ("none", "He went home.", 0, 0),
    ("empty", "", 0, 0),
    ("Chinese", "他说：“走吧。”", 1, 1),
    ("Chinese, two", "“走，”他说，“吧。”", 2, 2),
    ("Chinese corners", "他说：「走『吧』。」", 2, 2),
    ("opened only", "“走吧。", 1, 0),
    ("closed only", "走吧。”", 0, 1),
    ("English, curly", "“Go,” he said.", 1, 1),
    ("English, straight", '"Go," he said.', 1, 1),
    ("English, straight, amid", 'He said "go" to me.', 1, 1),
    ("English, straight, in brackets", '("Go.")', 1, 1),
    ("English, single", "‘Go,’ he said.", 1, 1),
    ("English, single and straight", "'Go,' he said.", 1, 1),
    ("after a dash", "He said—“Go.”", 1, 1),
    ("apostrophe, straight", "It isn't John's.", 0, 0),
    ("apostrophe, curly", "It isn’t John’s.", 0, 0),
    ("plural", "The delegates’ views, the States' duties.", 0, 0),
    ("a straight mark between words", 'a"b', 0, 0),
]


@pytest.mark.parametrize(
    ("name", "text", "opening", "closing"), QUOTES, ids=[case[0] for case in QUOTES]
)
def test_quotation_marks(name, text, opening, closing):
    assert count_quotes([text])[:, 1].tolist() == [opening, closing]


def test_marks_are_counted_before_each_boundary():
    counts = count_quotes(["“走。", "吧。”", "“好”“好”"])
    assert counts.tolist() == [[0, 1, 1, 3], [0, 0, 1, 3]]
    assert count_quotes([]).tolist() == [[0], [0]]


FEW = FEWEST_QUOTES
AGREE = [
    ("as many", (FEW, FEW), (FEW, FEW), (True, True)),
    ("none on one side", (0, 0), (50, 50), (False, False)),
    ("too few on one side", (FEW - 1, FEW), (FEW, FEW), (False, True)),
    ("two and a half times as many", (10, 25), (25, 10), (True, True)),
    ("more than that", (10, 26), (26, 10), (False, False)),
    ("each kind for itself", (10, 10), (12, 40), (True, False)),
]


@pytest.mark.parametrize(("name", "zh", "en", "expected"), AGREE, ids=[case[0] for case in AGREE])
def test_sides_that_quote_in_another_way_are_not_compared(name, zh, en, expected):
    sides = (np.array([[0.0, side[0]], [0.0, side[1]]]) for side in (zh, en))
    assert quotes_agree(*sides) == expected


NUMBERS = [
    ("none", "裁军谈判会议", set()),
    ("one digit is none", "3 of 5 items", set()),
    ("two digits", "附件12", {"12"}),
    ("a year", "in 1978.", {"1978"}),
    ("commas", "1,234,567 people", {"1234567"}),
    ("a decimal", "12.5 per cent", {"125"}),
    ("a stop at the end", "It was 1990.", {"1990"}),
    ("a comma at the end", "In 1990, we met", {"1990"}),
    ("two", "10 and 20", {"10", "20"}),
    ("the same twice", "10 and 10", {"10"}),
    ("a symbol", "CD/1299", {"1299"}),
    ("a range", "paragraphs 12-15", {"12", "15"}),
    ("Chinese numerals are not read", "一九九〇年", set()),
]


@pytest.mark.parametrize(("name", "text", "numbers"), NUMBERS, ids=[case[0] for case in NUMBERS])
def test_numbers(name, text, numbers):
    assert numbers_of(text) == numbers


def test_the_same_number_marks_the_same_bucket_however_it_is_written():
    marks = mark_numbers(["1,234 人", "1234 people", "none", "77", "12 and 1234"])
    assert marks.shape == (5, BUCKETS)
    assert marks.sum(axis=1).tolist() == [1, 1, 0, 1, 2]
    assert (marks[0] == marks[1]).all()
    assert not (marks[0] & marks[3]).any()
    assert (marks[0] & marks[4]).sum() == 1
    assert mark_numbers([]).shape == (0, BUCKETS)


SENTENCES = [
    ("zh", "一个没有标点的句子。", ["一个没有标点的句子。"]),
    ("zh", "委员会审议了报告，并且通过了决议。", ["委员会审议了报告，", "并且通过了决议。"]),
    ("zh", "是的，我们支持这项提案。", ["是的，我们支持这项提案。"]),
    ("zh", "我们支持这项提案，是的。", ["我们支持这项提案，是的。"]),
    ("zh", "主席：请各位代表发言。", ["主席：", "请各位代表发言。"]),
    ("zh", "共有１，２００人", ["共有１，２００人"]),
    ("en", "The Committee met, and it adopted the report.", None),
    ("en", "In all, 1,250 people came at 10:30 to the hall.", None),
    ("en", "THE CHAIR: I give the floor to India.", ["THE CHAIR:", " I give the floor to India."]),
    ("en", "“Yes,” he said.", ["“Yes,” he said."]),
    ("en", "", [""]),
    ("zh", "：", ["："]),
]


@pytest.mark.parametrize(("language", "text", "expected"), SENTENCES)
def test_clauses_put_together_are_the_sentence(language, text, expected):
    clauses = split_clauses(text, language)
    assert "".join(clauses) == text
    if expected is not None:
        assert clauses == expected


def test_marks_inside_numbers_end_no_clause():
    (whole,) = split_clauses("In all, 1,250 people came at 10:30 to the hall.", "en")
    assert whole.startswith("In all")
    first, second = split_clauses("The Committee met again, and it adopted the report.", "en")
    assert (first, second) == ("The Committee met again,", " and it adopted the report.")


COLONS = [
    ("主席：", True, False),
    ("好。", False, False),
    ("He said: ", True, False),
    ("He said: yes.", False, True),
    ("主席：请发言。", False, True),
    ("So it is, he said: yes.", False, False),
    ("One. Two: three.", False, False),
    ("x" * 80 + ": yes.", False, False),
    ("", False, False),
]


def test_colons_are_marked_behind_their_sentences_and_labels_before():
    ends, labels = mark_colons([text for text, _, _ in COLONS])
    assert ends.tolist() == [False, *(end for _, end, _ in COLONS)]
    assert labels.tolist() == [*(label for _, _, label in COLONS), False]


def zh_sentence(toy, *clauses):
    return "，".join("".join(toy.zh[c] for c in clause) for clause in clauses) + "。"


def en_sentence(toy, *clauses):
    return ", ".join(" ".join(toy.en[c] for c in clause) for clause in clauses) + "."


def test_vectors_are_those_of_the_encoder(toy, tiny):
    """A sentence is the sum of its clauses, however many texts are encoded at once."""
    texts = [en_sentence(toy, [1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]), en_sentence(toy, [1])]
    texts *= TEXTS_AT_ONCE // 2 + 3
    vectors, outer = encode_clauses(texts, "en", tiny)
    assert np.allclose(vectors, tiny.encode(texts), atol=1e-5)
    assert outer.shape == (len(texts), 2, vectors.shape[1])
    first, last = tiny.encode(
        [en_sentence(toy, [1, 2, 3, 4])[:-1] + ",", en_sentence(toy, [9, 10, 11, 12])]
    )
    for row in (0, len(texts) - 2):
        assert np.allclose(outer[row, 0], first / np.linalg.norm(first), atol=2e-3)
        assert np.allclose(outer[row, 1], last / np.linalg.norm(last), atol=2e-3)
        assert not outer[row + 1].any()


class Unit:
    """An encoder that is not additive: unit vectors by the length of the text."""

    additive = False
    name = signature = "unit"

    def encode(self, texts):
        angles = np.array([len(text) for text in texts], dtype=float)
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_of_an_encoder_that_is_not_additive_sentences_are_encoded_as_a_whole():
    texts = ["One sentence of few words.", "Four words are here, and four are there."]
    vectors, outer = encode_clauses(texts, "en", Unit())
    assert np.array_equal(vectors, Unit().encode(texts))
    assert not outer[0].any()
    expected = Unit().encode(["Four words are here,", " and four are there."])
    assert np.allclose(outer[1], expected, atol=1e-3)


def test_nothing_to_encode(tiny):
    vectors, outer = encode_clauses([], "zh", tiny)
    assert len(vectors) == len(outer) == 0


def test_a_clause_is_drawn_to_the_sentence_that_is_more_like_it():
    """Of four clauses one is like the sentence across the cut; what it gains beyond the least."""
    own, across = np.array([1.0, 0.0]), np.array([0.6, 0.8])
    vectors = np.array([own, across], dtype=np.float32)
    outer = np.zeros((2, 2, 2), dtype=np.float16)
    outer[0, 1] = across  # the last clause before the cut
    left = new_side(["x", "x"], vectors, 2, outer=outer)
    right = new_side(["x", "x"], vectors, 2)
    cut = slice(1, 2)
    expected = pytest.approx(1.0 - 0.6 - LEAST_GAIN, abs=1e-3)
    assert strain(left, right, cut, cut).tolist() == [[expected]]
    assert strain(right, left, cut, cut).tolist() == [[expected]]
    assert strain(right, right, cut, cut).tolist() == [[0.0]]


def test_a_cut_through_content_costs_whatever_the_document_is_cut_into(toy, tiny, document):
    """Two sentences of which the second half of one is said in the other stay together."""
    zh, en = toy.sentences(80, seed=5)
    zh[40:42] = [zh_sentence(toy, [1, 2, 3, 4]), zh_sentence(toy, [5, 6, 7, 8], [9, 10, 11, 12])]
    en[40:42] = [en_sentence(toy, [1, 2, 3, 4], [5, 6, 7, 8]), en_sentence(toy, [9, 10, 11, 12])]
    beads = align_pair(document("zh", zh), document("en", en), tiny).beads
    assert ((40, 42), (40, 42)) in [(bead.zh, bead.en) for bead in beads]
    settings = Settings(clause_cost=0.0)
    sides = [encode_side(document(*side), tiny, settings) for side in (("zh", zh), ("en", en))]
    steps = align_sides(*sides, settings)
    assert ((40, 42), (40, 42)) not in [(step.zh, step.en) for step in steps]


def test_a_label_alone_on_one_side_is_joined_to_its_speech(toy, tiny, document):
    """A line of its own says in Chinese who speaks; in English the speech's first words do."""
    zh, en = toy.sentences(60, seed=6)
    zh.insert(30, zh_sentence(toy, [1, 2, 3])[:-1] + "：")
    en[30] = f"{toy.en[1]} {toy.en[2]}: {en[30]}"
    beads = align_pair(document("zh", zh), document("en", en), tiny).beads
    assert ((30, 32), (30, 31)) in [(bead.zh, bead.en) for bead in beads]
    settings = Settings(clause_cost=0.0, token_cost=0.0, label_cost=0.0)
    beads = align_pair(document("zh", zh), document("en", en), tiny, settings).beads
    assert ((30, 32), (30, 31)) not in [(bead.zh, bead.en) for bead in beads]


@pytest.mark.parametrize("chinese", [True, False])
@pytest.mark.parametrize("follows", [True, False])
def test_strain_beside_an_omission_is_that_of_the_clauses_that_know_the_omitted_sentence(
    make_case, chinese, follows
):
    """Of the four clauses of a cut its own one, and the one that takes it for its partner."""
    case = make_case(3, 40)
    seen = 0
    for at, place in [(at, place) for at in range(2, 12) for place in range(2, 12)]:
        bead = (
            ((at - 1, at), (place - 1, place))
            if follows
            else ((at + 1, at + 2), (place, place + 1))
        )
        omission = (at, at + 1), (place, place)
        both = [Step(*spans[:: 1 if chinese else -1], 0.0) for spans in (bead, omission)]
        sides = [case.zh, case.en] if chinese else [case.en, case.zh]
        # The cut lies before the omitted sentence if it follows the bead.
        cut = at if follows else at + 1
        kept = [np.zeros_like(side.outer) for side in sides]
        kept[0][at] = sides[0].outer[at]
        kept[1][place if follows else place - 1] = sides[1].outer[place if follows else place - 1]
        own, other = (replace(side, outer=k) for side, k in zip(sides, kept, strict=True))
        slices = slice(cut, cut + 1), slice(place, place + 1)
        expected = strain(own, other, *slices).item()
        assert drawn_past(case.zh, case.en, *both) == pytest.approx(expected, abs=1e-6)
        seen += expected > 0
    assert seen > 10


def test_at_the_edge_of_a_document_nothing_is_drawn(make_case):
    case = make_case(3, 40)
    n, m = len(case.zh), len(case.en)
    first = Step((1, 2), (0, 1), 0.0), Step((0, 1), (0, 0), 0.0)
    last = Step((n - 1, n), (m - 2, m - 1), 0.0), Step((n, n), (m - 1, m), 0.0)
    assert drawn_past(case.zh, case.en, *first) == drawn_past(case.zh, case.en, *last) == 0.0


def test_tokens_are_those_of_the_sentences_and_their_outer_clauses(toy, tiny):
    texts = [zh_sentence(toy, [1] * 4, [2] * 5, [3] * 6), toy.sentence([4, 5])[0], "", "龘"]
    tokens = tokens_of(texts, "zh", tiny)
    assert tokens.starts.tolist() == np.cumsum([0, *map(len, tiny.tokenize(texts))]).tolist()
    # Four words and a comma, six and a full stop.
    assert tokens.outer.tolist() == [[5, 7], [0, 0], [0, 0], [0, 0]]
    vectors = tokens.directions * np.sqrt(tokens.weights)[:, None]
    for n, text in enumerate(texts):
        kinds = tokens.kinds[slice(*tokens.starts[n : n + 2])]
        assert vectors[kinds].sum(axis=0) == pytest.approx(tiny.encode([text])[0], abs=1e-4)


def nearest_gain(clause, across, inside, tiny):
    """What the mean over a clause's different tokens gains, one by one."""
    total = weights = 0.0
    for token in set(tiny.tokenize([clause])[0]):
        own = tiny.vectors(np.array([token]))[0]
        best = []
        for text in (across, inside):
            others = tiny.vectors(np.array(tiny.tokenize([text])[0]))
            best.append(max(o @ own / np.linalg.norm(o) / np.linalg.norm(own) for o in others))
        weights += own @ own
        total += own @ own * (best[0] - best[1])
    return max(0.0, total / weights - LEAST_TOKEN_GAIN)


def test_tokens_of_a_clause_are_drawn_to_the_sentence_that_holds_them(toy, tiny):
    rng = np.random.default_rng(5)
    a, b, c, d = ([*map(int, rng.integers(150, size=6))] for _ in range(4))
    # The Chinese parts before b what the English parts behind it.
    zh = [zh_sentence(toy, a), zh_sentence(toy, b, c), zh_sentence(toy, d)]
    en = [en_sentence(toy, a, b), en_sentence(toy, c), en_sentence(toy, d)]
    left, right = tokens_of(zh, "zh", tiny), tokens_of(en, "en", tiny)
    found = token_strain(left, right, slice(1, 3), slice(1, 3))
    clauses = [zh_sentence(toy, b)[:-1] + "，", en_sentence(toy, b)]
    expected = nearest_gain(clauses[0], en[0], en[1], tiny)
    expected += nearest_gain(clauses[1], zh[1], zh[0], tiny)
    assert found[0, 0] == pytest.approx(expected, abs=1e-5)
    assert found[0, 0] > 0.5
    assert found[1, 1] == 0.0
    # Whatever is asked at once, and also where a sentence has no token.
    assert token_strain(left, right, slice(1, 2), slice(1, 2)) == pytest.approx(found[:1, :1])
    bare = tokens_of([zh[0], "", zh[1]], "zh", tiny)
    assert np.isfinite(token_strain(bare, right, slice(1, 3), slice(1, 3))).all()
    empty = tokens_of(["", "", ""], "en", tiny)
    assert not token_strain(bare, empty, slice(1, 3), slice(1, 3)).any()
