"""From two documents to beads: pure, whole, in order, and refusing what cannot be aligned."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align import Settings, align_pair
from align import pair as module
from align.pair import MOST_SENTENCES_A_SENTENCE, align_sides, encode_side
from corpora import UserError


class Fixed:
    """An encoder whose vectors are given by hand, text by text."""

    def __init__(self, vectors, additive=True):
        self.name, self.signature, self.additive = "fixed", "fixed-1", additive
        self.vectors = vectors

    def encode(self, texts):
        return np.array([self.vectors[text] for text in texts], dtype=np.float32)


def check_whole(alignment):
    """Every sentence in exactly one bead, in order; no bead is empty on both sides."""
    i = j = 0
    for bead in alignment.beads:
        assert (bead.zh[0], bead.en[0]) == (i, j)
        assert bead.zh[1] >= i
        assert bead.en[1] >= j
        assert (bead.zh[1] - i) + (bead.en[1] - j) > 0
        assert 0 <= bead.confidence <= 1
        assert np.isfinite(bead.score)
        i, j = bead.zh[1], bead.en[1]
    assert (i, j) == (len(alignment.zh.sentences), len(alignment.en.sentences))


def kinds(alignment):
    return [bead.kind for bead in alignment.beads]


def test_translations_are_aligned_one_to_one(toy, tiny, document):
    zh, en = toy.sentences(60, seed=1)
    alignment = align_pair(document("zh", zh), document("en", en), tiny)
    check_whole(alignment)
    assert kinds(alignment) == ["1-1"] * 60


def test_merges_and_omissions_are_found(toy, tiny, document):
    zh, en = toy.sentences(60, seed=1)
    en[10:12] = [" ".join(en[10:12])]
    zh[30:33] = ["".join(zh[30:33])]
    del en[38:50]
    alignment = align_pair(document("zh", zh), document("en", en), tiny)
    check_whole(alignment)
    by_kind = {kind: kinds(alignment).count(kind) for kind in kinds(alignment)}
    assert by_kind == {"1-1": 60 - 2 - 3 - 12, "2-1": 1, "1-3": 1, "1-0": 12}
    assert (30, 31) in [bead.zh for bead in alignment.beads if bead.kind == "1-3"]


def test_identical_documents(toy, tiny, document):
    texts, _ = toy.sentences(30, seed=2)
    alignment = align_pair(document("zh", texts), document("en", texts), tiny)
    assert kinds(alignment) == ["1-1"] * 30
    assert min(bead.confidence for bead in alignment.beads) > 0.5


def test_repeated_sentences(toy, tiny, document):
    """Thanks to the speaker after every speech: the place tells which is which."""
    zh, en = toy.sentences(41, seed=3)
    for i in range(0, 40, 2):
        zh[i], en[i] = zh[40], en[40]
    alignment = align_pair(document("zh", zh), document("en", en), tiny)
    check_whole(alignment)
    assert kinds(alignment) == ["1-1"] * 41
    one_zh, one_en = toy.sentence([1, 2, 3, 4])
    same = align_pair(document("zh", [one_zh] * 9), document("en", [one_en] * 7), tiny)
    check_whole(same)


@pytest.mark.parametrize("counts", [(1, 1), (1, 5), (5, 1), (1, 20), (20, 1), (2, 3)])
def test_short_documents(toy, tiny, document, counts):
    zh, en = toy.sentences(20, seed=5)
    alignment = align_pair(document("zh", zh[: counts[0]]), document("en", en[: counts[1]]), tiny)
    check_whole(alignment)
    # The first pair belongs together, and nothing else does to the first sentence of the shorter.
    assert alignment.beads[0].zh == (0, 1)
    assert alignment.beads[0].en[0] == 0


@pytest.mark.parametrize("texts", [["", "", ""], ["龘", "?", "\U0001f600"], [" "]])
def test_documents_without_a_known_word(tiny, document, texts):
    alignment = align_pair(document("zh", texts), document("en", texts[::-1]), tiny)
    check_whole(alignment)


def test_empty_lines_are_omissions_beside_the_links(toy, tiny, document):
    zh, en = toy.sentences(12, seed=5)
    alone = align_pair(document("zh", zh), document("en", en), tiny)
    assert kinds(alone) == ["1-1"] * 12
    gaps = {"zh": [0, 3, 3, 12], "en": [3, 7]}
    for texts, side in ((zh, "zh"), (en, "en")):
        for place in reversed(gaps[side]):
            texts.insert(place, " ")
    found = align_pair(document("zh", zh), document("en", en), tiny)
    check_whole(found)
    linked = [bead for bead in found.beads if not bead.is_null]
    assert [(b.score, b.confidence, b.flags) for b in linked] == [
        (b.score, b.confidence, b.flags) for b in alone.beads
    ]
    for bead in found.beads:
        texts = [*zh[slice(*bead.zh)], *en[slice(*bead.en)]]
        assert bead.is_null == all(not text.strip() for text in texts)
    assert len(found.beads) == 12 + 6


@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_in_every_sentence_comes_out_once(toy, tiny, document, data):
    """Sentences of one lexicon, in any order and number, some empty, with or without turns."""

    def side(k):
        concepts = st.lists(st.integers(0, 12), max_size=4)
        texts = data.draw(
            st.lists(concepts.map(lambda c: toy.sentence(c)[k]), min_size=1, max_size=12)
        )
        steps = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
        return document(("zh", "en")[k], texts, np.cumsum(steps).tolist())

    check_whole(align_pair(side(0), side(1), tiny, Settings(band=data.draw(st.integers(1, 9)))))


def test_the_same_input_gives_the_same_output_and_stays_as_it_is(toy, tiny, document):
    zh, en = toy.sentences(40, seed=6)
    del en[7], zh[20:24]
    left, right = document("zh", zh), document("en", en)
    copies = document("zh", list(zh)), document("en", list(en))
    first = align_pair(left, right, tiny)
    # What was aligned in between does not matter.
    align_pair(right, left, tiny, Settings(max_bead=3))
    again = align_pair(left, right, tiny)
    assert first == again
    assert repr(first) == repr(again)
    assert (left, right) == copies
    assert first.zh is left
    assert first.en is right


def test_sides_are_not_written_to(toy, tiny, document):
    zh, en = toy.sentences(30, seed=7)
    chosen = Settings()
    left = encode_side(document("zh", zh), tiny, chosen)
    right = encode_side(document("en", en), tiny, chosen)
    for side in (left, right):
        for field in fields(side):
            if field.name != "tokens":
                getattr(side, field.name).flags.writeable = False
    align_sides(left, right, chosen)


def test_each_setting_changes_the_signature(toy, tiny, document):
    left, right = (
        document(language, texts)
        for language, texts in zip(("zh", "en"), toy.sentences(4), strict=True)
    )
    usual = align_pair(left, right, tiny)
    assert usual.signature == align_pair(left, right, tiny, Settings()).signature
    assert tiny.signature in usual.signature
    seen = {usual.signature}
    for field in fields(Settings):
        value = getattr(Settings(), field.name)
        other = replace(Settings(), **{field.name: value + type(value)(1)})
        seen.add(align_pair(left, right, tiny, other).signature)
    assert len(seen) == len(fields(Settings)) + 1
    every = [s.text for s in (*left.sentences, *right.sentences)]
    fixed = Fixed({text: [1.0, 2.0] for text in every})
    assert align_pair(left, right, fixed).signature not in seen


def one_sentence(error):
    text = str(error.value)
    assert text.endswith(".")
    assert ". " not in text.replace(".txt", "")
    assert "\n" not in text
    return text


@pytest.mark.parametrize("empty", [0, 1])
def test_an_empty_document_is_refused(tiny, document, empty):
    documents = [document("zh", ["一"], name="a.txt"), document("en", ["a"], name="b.txt")]
    documents[empty] = replace(documents[empty], sentences=())
    with pytest.raises(UserError) as error:
        align_pair(*documents, tiny)
    assert one_sentence(error).startswith(f"{'ab'[empty]}.txt holds no sentence: ")


def test_two_empty_documents_are_refused(tiny, document):
    with pytest.raises(UserError) as error:
        align_pair(document("zh", []), document("en", []), tiny)
    one_sentence(error)


@pytest.mark.parametrize("few", [0, 1])
def test_one_against_a_thousand_is_refused(tiny, document, few):
    texts = [["a"], ["b"] * 1000]
    if few:
        texts.reverse()
    with pytest.raises(UserError) as error:
        align_pair(document("zh", texts[0]), document("en", texts[1]), tiny)
    told = one_sentence(error)
    assert "has 1 and" in told
    assert "1000 sentences" in told


def test_a_record_of_which_nine_tenths_are_missing_still_passes(toy, tiny, document):
    zh, en = toy.sentences(MOST_SENTENCES_A_SENTENCE * 3, seed=8)
    alignment = align_pair(document("zh", zh), document("en", en[:3]), tiny)
    check_whole(alignment)
    assert [bead.kind for bead in alignment.beads[:3]] == ["1-1"] * 3
    with pytest.raises(UserError):
        align_pair(document("zh", [*zh, zh[0]]), document("en", en[:3]), tiny)


def test_vectors_that_do_not_add_up_lean_towards_longer_sentences(document):
    encoder = Fixed({"ab": [1.0, 0.0], "x" * 32: [0.0, 1.0], "": [0.0, 0.0]}, additive=False)
    side = encode_side(document("en", ["ab", "x" * 32, ""]), encoder, Settings())
    np.testing.assert_allclose(side.vectors, [[2**0.5, 0], [0, 32**0.5], [0, 0]], atol=1e-6)
    assert side.vectors.dtype == np.float32
    raw = encode_side(document("en", ["ab", "x" * 32]), Fixed(encoder.vectors), Settings())
    np.testing.assert_allclose(raw.vectors, [[1, 0], [0, 1]])


def test_turns_of_the_document_reach_the_side(document):
    encoder = Fixed({"a": [1.0]})
    side = encode_side(document("en", ["a"] * 4, [0, 1, 1, 2]), encoder, Settings())
    assert side.turns.tolist() == [False, True, False, True, False]


def test_a_turn_decides_where_vectors_do_not(document):
    """Two of three English sentences could go with either Chinese one."""
    vectors = {"甲": [1, 0.5], "乙": [0.5, 1], "a": [1, 0.5], "m": [1, 1], "b": [0.5, 1]}
    encoder = Fixed({text: np.array(v) for text, v in vectors.items()})
    for turns, expected in [([0, 0, 1], ["1-2", "1-1"]), ([0, 1, 1], ["1-1", "1-2"])]:
        zh, en = document("zh", ["甲", "乙"], [0, 1]), document("en", ["a", "m", "b"], turns)
        assert kinds(align_pair(zh, en, encoder)) == expected


@pytest.mark.parametrize("factor", [0.5, 1.0, 3.0])
def test_documents_of_unusual_length_are_no_worse(toy, tiny, document, factor):
    """A translation may be half or three times as long as usual throughout."""
    zh, en = toy.sentences(60, seed=9)
    en[20:22] = [" ".join(en[20:22])]
    # Marks that the encoder does not know make a text longer and mean nothing.
    zh = [text + "龘" * round(len(text) * max(0, 1 / factor - 1)) for text in zh]
    en = [text + "!" * round(len(text) * max(0, factor - 1)) for text in en]
    alignment = align_pair(document("zh", zh), document("en", en), tiny)
    assert kinds(alignment) == ["1-1"] * 20 + ["2-1"] + ["1-1"] * 38


@pytest.mark.parametrize("wrong", [{"max_bead": 1}, {"band": 0}, {"length_spread": 0.0}])
def test_settings_that_allow_no_path_are_refused(wrong):
    with pytest.raises(ValueError, match="at least"):
        Settings(**wrong)


@pytest.mark.parametrize("free", [False, True], ids=["record", "novel"])
def test_a_sample_tells_the_manner_of_a_long_document(make_case, monkeypatch, free):
    """4,000 sentences: hardly another bead than when the first pass sees all of them.

    The shares and the ratio of a sample are not quite those of the whole, so of these noisy
    documents a bead in a hundred comes out otherwise.
    """
    share = 0.45 if free else 0.06
    case = make_case(4, 3700 if free else 4000, omitted=0.02, merged=share, topics=60)
    assert len(case.zh) > 3900
    seen = []
    path = module.best_path

    def spy(*arguments):
        seen.append(len(arguments[5]))
        return path(*arguments)

    monkeypatch.setattr(module, "best_path", spy)
    sampled = align_sides(case.zh, case.en, Settings())
    assert len(seen) == 2
    assert seen[0] < seen[1]
    monkeypatch.setattr(module, "MANNER_SAMPLE", 10**6)
    seen.clear()
    everything = align_sides(case.zh, case.en, Settings())
    assert len(set(seen)) == 1
    one, other = ({(s.zh, s.en) for s in steps} for steps in (sampled, everything))
    assert len(one ^ other) < 0.02 * len(one)


@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("free", [False, True])
def test_tokens_are_compared_in_free_translations_of_usual_length(
    toy, tiny, document, monkeypatch, free, long
):
    zh, en = toy.sentences(60, seed=1)
    monkeypatch.setattr(module, "are_alike", lambda *_: not free)
    monkeypatch.setattr("align.manner.Manner.literalness", 0.9)
    if long:
        monkeypatch.setattr(module, "MANNER_SAMPLE", 59)
    documents = document("zh", zh), document("en", en)
    make = module.tokens_of_both(*documents, tiny)
    asked = []

    def tokens():
        asked.append(make())
        return asked[-1]

    sides = [encode_side(d, tiny, Settings()) for d in documents]
    align_sides(*sides, Settings(), tokens=tokens)
    assert len(asked) == (free and not long)
    for made in asked:
        assert [len(t.starts) - 1 for t in made] == [len(zh), len(en)]


def test_an_encoder_without_tokens_has_none_to_compare(document):
    both = document("zh", ["一"]), document("en", ["one"])
    assert module.tokens_of_both(*both, Fixed({})) is None
