"""Words tokenized once give what the tokenizer gives for the texts as a whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from align.encoder.static import UNKNOWN
from align.encoder.tokens import PLAIN, tokenize_all, word_pattern
from training.vocabulary import new_tokenizer

PIECES = [
    (UNKNOWN, 0.0),
    ("the", -2.0),
    ("state", -3.0),
    ("states", -4.0),
    ("s", -6.0),
    ("st", -6.0),
    ("ate", -6.0),
    ("第", -5.0),
    ("次", -5.0),
    ("会议", -5.0),
    ("1", -6.0),
    ("15", -6.0),
    ("79", -6.0),
    (".", -5.0),
    (",", -5.0),
    ("’", -5.0),
    ("cafe", -5.0),
]


def directly(tokenizer, texts):
    return [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]


@pytest.fixture(scope="module")
def tokenizer():
    return new_tokenizer(PIECES)


TEXTS = [
    "The State’s states, the STATE.",
    "",
    "   ",
    "States1579states 15 79",
    "the 第1579次会议, 15",
    "café Cafe\u0301 the",
    "the…state",
    "ﬁ the ﬁ",
    "the\x00state the\x1fstate the\u00a0state\u3000the\tstate\nthe",
    "xyzzy the xyzzy",
    "İstates ẞ the",
    "“the”–‘state’—1",
]


def test_as_the_tokenizer_does(tokenizer):
    assert tokenize_all(tokenizer, TEXTS) == directly(tokenizer, TEXTS)
    assert tokenize_all(tokenizer, []) == []


@settings(max_examples=200)
@given(
    st.lists(
        st.text(
            alphabet=st.one_of(
                st.sampled_from("the states1579.,’‘“”–— \t\n第次会议éÉİ…，\u00a0\x00\x1f"),
                st.characters(exclude_categories=["Cs"]),
            ),
            max_size=20,
        ),
        max_size=5,
    )
)
def test_as_the_tokenizer_does_for_any_texts(tokenizer, texts):
    assert tokenize_all(tokenizer, texts) == directly(tokenizer, texts)


def test_what_is_remembered_changes_nothing(tokenizer, monkeypatch):
    known = {}
    for _ in range(2):
        assert tokenize_all(tokenizer, TEXTS, known) == directly(tokenizer, TEXTS)
        assert known
    known["no such word"] = [1]
    monkeypatch.setattr("align.encoder.tokens.MOST_KNOWN", 1)
    assert tokenize_all(tokenizer, TEXTS, known) == directly(tokenizer, TEXTS)
    assert "no such word" not in known


def test_plain_texts_are_taken_word_by_word(tokenizer):
    """Otherwise the tests above say nothing: every text would take the long way."""
    word = word_pattern(tokenizer)
    assert word is not None
    assert word.findall("the state’s 1579,") == ["the", "state", "’", "s", "1579", ","]
    assert PLAIN.fullmatch("The State’s “states” – 1579 — ok.")
    for other in ("café", "会议", "a\u00a0b", "a…", "a\x1fb", "\u2028"):
        assert PLAIN.fullmatch(other) is None


def changed(**parts):
    tokenizer = new_tokenizer(PIECES)
    for name, part in parts.items():
        setattr(tokenizer, name, part)
    return tokenizer


SPLIT = pre_tokenizers.Split(Regex(r"\p{L}+|\p{Greek}"), "removed", invert=True)
KEPT = pre_tokenizers.Split(Regex(r"\p{L}+"), "isolated", invert=True)
OTHERS = [
    ("parted by space", {"pre_tokenizer": pre_tokenizers.WhitespaceSplit()}),
    ("unknown class", {"pre_tokenizer": SPLIT}),
    ("what is between is kept", {"pre_tokenizer": KEPT}),
    ("text replaced", {"normalizer": normalizers.Replace("s", "st")}),
    ("text put before", {"normalizer": normalizers.Prepend("s")}),
    (
        "pieces added",
        {
            "post_processor": processors.TemplateProcessing(
                single="the $A", special_tokens=[("the", 1)]
            )
        },
    ),
]


@pytest.mark.parametrize(("name", "parts"), OTHERS, ids=[case[0] for case in OTHERS])
def test_other_tokenizers_take_whole_texts(name, parts):
    tokenizer = changed(**parts)
    assert word_pattern(tokenizer) is None
    assert tokenize_all(tokenizer, TEXTS) == directly(tokenizer, TEXTS)


def test_a_tokenizer_that_parts_nothing_takes_whole_texts():
    tokenizer = Tokenizer(models.Unigram(PIECES, unk_id=0))
    assert word_pattern(tokenizer) is None
    assert tokenize_all(tokenizer, ["the state"]) == directly(tokenizer, ["the state"])


def test_case_is_kept_where_the_tokenizer_keeps_it():
    tokenizer = changed(normalizer=normalizers.NFKC())
    assert word_pattern(tokenizer) is not None
    assert tokenize_all(tokenizer, TEXTS) == directly(tokenizer, TEXTS)


def test_words_are_looked_for_in_lower_case_where_the_tokenizer_lowers():
    lower = pre_tokenizers.Split(Regex("[a-z]+|[0-9]+"), "removed", invert=True)
    tokenizer = changed(pre_tokenizer=lower)
    assert word_pattern(tokenizer) is not None
    assert tokenize_all(tokenizer, TEXTS) == directly(tokenizer, TEXTS)
