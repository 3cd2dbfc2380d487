"""The list of doubts: every kind of evidence on a record made up for it, and on one without."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from align.doubt.rank import RecordBeads, rank_doubts

BEAD = {
    "number": pl.UInt32,
    "zh_start": pl.UInt32,
    "zh_end": pl.UInt32,
    "en_start": pl.UInt32,
    "en_end": pl.UInt32,
    "confidence": pl.Float64,
    "flags": pl.String,
    "zh": pl.String,
    "en": pl.String,
}
SENTENCE = {
    "language": pl.String,
    "number": pl.UInt32,
    "text": pl.String,
    "speaker": pl.String,
    "label": pl.UInt32,
}
TOPICS = "裁核化生空海陆毒雷枪弹舰"


class Topics:
    """An encoder that knows what a text is about by one Chinese character or one letter."""

    additive = True

    def encode(self, texts):
        rows = np.zeros((len(texts), len(TOPICS)), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for place, topic in enumerate(TOPICS):
                row[place] = topic in text or f"topic {chr(97 + place)} " in text
        return rows


def pair(place, more_zh="", more_en=""):
    """A right pair on one topic."""
    topic = TOPICS[place % len(TOPICS)]
    letter = chr(97 + place % len(TOPICS))
    return (
        f"在这里讨论的问题是{topic}的问题{more_zh}。",
        f"What is discussed here is the question of topic {letter} in general{more_en}.",
    )


RIGHT = [pair(place) for place in range(12)]


def record(pairs, *, key="CD-PV-1", confidence=(), flags=(), speakers=(), counts=()):
    """A record of beads; `speakers` by place: the label of each side."""
    beads, sentences = [], []
    at = {"zh": 0, "en": 0}
    confidence, flags, speakers = dict(confidence), dict(flags), dict(speakers)
    counts = dict(counts)
    for number, texts in enumerate(pairs):
        row = {"number": number, "confidence": confidence.get(number, 0.99)}
        row["flags"] = flags.get(number, "")
        count = counts.get(number, (1, 1))
        for side, text, label, many in zip(
            ("zh", "en"), texts, speakers.get(number, ("", "")), count, strict=True
        ):
            many = many if text else 0
            row |= {f"{side}_start": at[side], f"{side}_end": at[side] + many}
            shown = f"{label}{'：' if side == 'zh' else ': '}" if label else ""
            row[side] = shown + text if text else ""
            sentences += [
                {
                    "language": side,
                    "number": at[side] + i,
                    "text": row[side],
                    "speaker": label or None,
                    "label": len(shown) if i == 0 else 0,
                }
                for i in range(many)
            ]
            at[side] += many
        beads.append(row)
    return RecordBeads(
        key, pl.DataFrame(sentences, schema=SENTENCE), pl.DataFrame(beads, schema=BEAD)
    )


def rank(*records):
    return rank_doubts(records, Topics())


def only(*records):
    [doubt] = rank(*records)
    return doubt


def test_a_right_record_has_no_doubt():
    assert rank(record(RIGHT)) == []
    assert rank(record([])) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("，1995年", ", in 1996"), "1995年 stands in the Chinese and not in the English."),
        (("，1995年", ", in 1996"), "1996 stands in the English and not in the Chinese."),
        (("，有25国", ", 35 States"), "35 stands in the English and not in the Chinese."),
        (("，见CD/1978", ", CD/1987"), "CD/1978 stands in the Chinese and not in the English."),
        (("，涉及日本", ", for India"), "日本 stands in the Chinese and not in the English."),
        (("，涉及日本", ", for India"), "India stands in the English and not in the Chinese."),
        (("？", ""), "One side ends as a question or unfinished, and the other does not."),
        (("", ", and so on" * 30), "something may be missing on the shorter side."),
    ],
)
def test_evidence_in_the_texts_is_told(more, said):
    pairs = [*RIGHT]
    zh, en = pair(4, *more)
    pairs[4] = (zh.replace("？。", "？"), en)
    doubt = only(record(pairs))
    assert (doubt.record, doubt.number, doubt.last) == ("CD-PV-1", 4, 4)
    assert any(reason.endswith(said) for reason in doubt.reasons), doubt.reasons
    assert doubt.weight > 1


def test_many_numbers_make_one_sentence():
    pairs = [*RIGHT]
    pairs[2] = pair(2, "，11、22、33、44、55")
    [reason] = only(record(pairs)).reasons
    assert reason == "11, 22, 33 and 2 more stand in the Chinese and not in the English."


def test_flags_that_the_texts_do_not_earn_are_told_all_the_same():
    doubt = only(record(RIGHT, flags={3: "next-to-omission,name-missing"}))
    assert doubt.reasons == (
        "A country, organization or abbreviation on one side is not on the other.",
    )


def test_low_confidence_is_told_and_weighs_the_more_the_lower_it_is():
    first, second = rank(record(RIGHT, confidence={3: 0.93, 7: 0.41}))
    assert (first.number, second.number) == (7, 3)
    assert first.reasons == ("The aligner is only 41% sure of this pair.",)


def test_beads_of_many_sentences_are_told():
    doubts = rank(record(RIGHT, counts={2: (2, 1), 4: (1, 3), 6: (2, 2)}))
    assert [doubt.number for doubt in doubts] == [4, 6]
    assert doubts[0].reasons[0].startswith("1 Chinese and 3 English sentences")


def test_a_run_of_omissions_is_one_doubt_at_its_first_bead():
    pairs = [*RIGHT[:4], *((zh, "") for zh, _ in RIGHT[4:7]), *RIGHT[7:]]
    doubt = only(record(pairs))
    assert (doubt.number, doubt.last) == (4, 6)
    assert doubt.reasons == ("3 Chinese sentences in a row have no partner in the English.",)


def test_a_missing_page_is_one_doubt_and_comes_before_a_missing_sentence():
    many = [pair(place) for place in range(40)]
    pairs = [*many[:3], ("", many[3][1]), *many[4:8], *((zh, "") for zh, _ in many[8:24])]
    first, second = rank(record([*pairs, *many[24:]]))
    assert (first.number, first.last) == (8, 23)
    assert "a page or a passage is missing from the English file" in first.reasons[0]
    assert second.reasons == (
        "This English sentence has no partner in the Chinese: it may have been left out.",
    )


def test_a_courtesy_that_one_side_leaves_out_comes_last():
    pairs = [*RIGHT[:4], ("谢谢主席先生。", ""), *RIGHT[4:6], (RIGHT[6][0], ""), *RIGHT[7:]]
    assert [doubt.number for doubt in rank(record(pairs))] == [7, 4]


@pytest.mark.parametrize(("step", "word"), [(1, "before"), (-1, "after")])
def test_an_alignment_moved_by_one_is_one_doubt(step, word):
    english = [en for _, en in RIGHT]
    pairs = [
        (zh, english[place + step] if 3 <= place < 8 else en)
        for place, (zh, en) in enumerate(RIGHT)
    ]
    doubts = rank(record(pairs))
    moved = [doubt for doubt in doubts if "moved by one" in " ".join(doubt.reasons)]
    [doubt] = moved
    assert doubt.number in (3, 4)
    assert doubt.last in (6, 7)
    assert f"the pair {word} it" in doubt.reasons[0]


JADOON, PORTA = ("贾敦先生(巴基斯坦)", "Mr. Jadoon (Pakistan)"), ("波女士", "Ms. Porta")
CHAIR = ("主席", "The President")


def test_the_same_speakers_are_no_doubt():
    speakers = {1: CHAIR, 2: JADOON, 3: CHAIR, 5: PORTA, 8: ("代理主席", "The Acting President")}
    assert rank(record(RIGHT, speakers=speakers)) == []


@pytest.mark.parametrize(
    ("speakers", "said"),
    [
        ((CHAIR[0], JADOON[1]), "only one of them is the chair."),
        (("贾敦先生", "Ms. Porta"), "one is a man and the other a woman."),
        (("吉女士", "Mr. Jadoon"), "one is a man and the other a woman."),
        (("金先生(法国)", "Mr. Kim (Japan)"), "these are not one country."),
    ],
)
def test_other_speakers_are_told(speakers, said):
    doubt = only(record(RIGHT, speakers={4: speakers}))
    assert doubt.number == 4
    assert any(reason.endswith(said) for reason in doubt.reasons), doubt.reasons


def test_a_name_that_is_usually_paired_otherwise_is_told():
    one, two = ("金先生", "Mr. Kim"), ("李先生", "Mr. Lee")
    speakers = {0: one, 2: two, 4: one, 6: two, 8: (one[0], two[1])}
    doubt = only(record(RIGHT, speakers=speakers))
    assert doubt.number == 8
    assert doubt.reasons == (
        "金先生 speaks in the Chinese and Mr. Lee in the English; "
        "elsewhere in this record 金先生 is Mr. Kim.",
    )


def test_a_turn_that_opens_on_one_side_is_told():
    doubt = only(record(RIGHT, speakers={4: ("李先生", "")}))
    assert doubt.reasons == ("李先生 begins to speak here in the Chinese and not in the English.",)


def test_records_are_ranked_together_and_ties_stand_in_their_order():
    pairs = [*RIGHT]
    pairs[6], pairs[2] = pair(6, "，25"), pair(2, "，26")
    doubts = rank(record(pairs, key="B"), record(pairs, key="A"), record(RIGHT, key="C"))
    assert [(doubt.record, doubt.number) for doubt in doubts] == [
        ("A", 2),
        ("A", 6),
        ("B", 2),
        ("B", 6),
    ]


def test_the_sum_of_the_evidence_ranks():
    pairs = [*RIGHT]
    pairs[2], pairs[6] = pair(2, "，25"), pair(6, "，25，日本")
    assert [doubt.number for doubt in rank(record(pairs, confidence={6: 0.5}))] == [6, 2]
