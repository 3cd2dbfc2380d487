"""How much text was left out is told, and where it is much."""

from __future__ import annotations

from corpora.document import Document, DroppedLine
from corpora.left_out import LARGE, count_text, describe_left_out, find_omissions

SENTENCE = "The delegations spoke of the roads for the whole of the morning."


def dropped(*lines: tuple[int, str, str]) -> tuple[DroppedLine, ...]:
    return tuple(DroppedLine(text, 0, number, reason) for number, text, reason in lines)


def test_only_what_says_something_is_counted():
    lines = dropped(
        (1, "CD/PV.9001", "running header"),
        (2, "2031年6月3日上午10时在日内瓦万国宫举行。", "cover page"),
        (3, "This record is subject to correction.", "publisher's notice"),
        (4, "Algeria . . . . . . . . . . Mr. Doe", "dot leader"),
        (5, SENTENCE, "doubled text"),
        (6, SENTENCE, "hidden text"),
        (7, "同意。", "running header"),
    )
    assert count_text(lines) == len(SENTENCE) + 3


def test_a_large_omission_has_its_place_and_reasons():
    many = LARGE // len(SENTENCE) + 1
    lines = dropped(
        (3, SENTENCE, "running header"),
        *((20 + n, SENTENCE, "watermark" if n else "hidden text") for n in range(many)),
    )
    (found,) = find_omissions(lines)
    assert (found.line, found.characters) == (20, many * len(SENTENCE))
    assert found.reasons == ("watermark", "hidden text")


def test_the_user_is_told_of_a_large_omission_and_not_of_a_small_one():
    few = dropped((1, SENTENCE, "hidden text"))
    assert describe_left_out(Document("x.docx", "en", (), dropped=few)) is None
    many = dropped(*((n, SENTENCE, "hidden text") for n in range(5)))
    told = describe_left_out(Document("x.docx", "en", (), dropped=many))
    assert told is not None
    assert "320 characters" in told
    assert "hidden text" in told


def test_chinese_says_as_much_in_a_third_of_the_letters():
    paragraph = "各代表团整个上午都在谈论道路问题，也谈论了车站问题以及其他许多问题。" * 3
    assert len(paragraph) < LARGE
    lines = dropped((1, paragraph, "hidden text"))
    assert [found.characters for found in find_omissions(lines)] == [len(paragraph)]


def test_no_record_loses_text(shared):
    from corpora import read_document

    for path in sorted((shared / "records").glob("*.txt")):
        assert count_text(read_document(path).dropped) == 0
