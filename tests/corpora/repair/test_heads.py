"""What a running head or a page's number must prove, and lists that only look like them."""

from __future__ import annotations

import pytest

from corpora.document import Line
from corpora.repair.furniture import part_lines
from corpora.repair.heads import head_symbol


def lines_of_pages(*pages: list[str]) -> list[Line]:
    texts = [(text, number) for number, page in enumerate(pages, 1) for text in page]
    return [Line(text, page, number) for number, (text, page) in enumerate(texts, 1)]


def plain(*texts: str) -> list[Line]:
    return [Line(text, 0, number) for number, text in enumerate(texts, 1)]


def dropped(lines: list[Line], symbol: str | None = None) -> list[str]:
    return [line.text for line in part_lines(lines, None, symbol).dropped]


BODY = [f"The station at place {n} was looked at and found to be in order" for n in range(40)]


# ------------------------------------------------------------------------------------ symbols


DOCUMENTS = [
    "A/C.1/90/L.11 Draft resolution on the stations, tabled on 03/11/2035",
    "A/C.1/90/L.12 Draft resolution on the roads, tabled on 04/11/2035",
    "S/PV.9700",
    "CD/PV.9400",
]


@pytest.mark.parametrize("head", [[], ["Agenda item 7"], ["CD/PV.9001"]])
def test_a_list_of_documents_is_text(head):
    lines = plain(
        *head, "The Conference had these documents before it:", *DOCUMENTS, "They were read."
    )
    assert dropped(lines) == [line for line in head if "/" in line]


def test_a_list_that_runs_over_a_page_is_text():
    pages = [["CD/PV.9001", *BODY[:5], *DOCUMENTS[:2]], ["CD/PV.9001", *DOCUMENTS[2:], *BODY[5:9]]]
    assert dropped(lines_of_pages(*pages, ["CD/PV.9001", *BODY[9:15]])) == ["CD/PV.9001"] * 3


def test_a_second_symbol_that_goes_with_the_first_is_a_head_too():
    head = ["A/90/12", "S/2035/77"]
    pages = [[*head, *BODY[n : n + 4]] for n in range(0, 16, 4)]
    assert dropped(lines_of_pages(*pages)) == head * 4


@pytest.mark.parametrize(
    "symbol", ["ENDC/PV.401", "CCD/PV.460", "CD/PV.9001", "NPT/CONF.2035/SR.3"]
)
def test_the_heads_of_the_conference_and_its_predecessors_go(symbol):
    texts = []
    for number in range(2, 6):
        texts += [symbol, str(number), *BODY[4 * number : 4 * number + 4]]
    assert dropped(plain(*texts)) == [
        each for number in range(2, 6) for each in (symbol, str(number))
    ]


@pytest.mark.parametrize("stars", ["", "*", "**", "***"])
def test_a_reissued_documents_asterisks_are_its_heads(stars):
    assert head_symbol(f"S/2035/77{stars}") == "S/2035/77"
    assert head_symbol(f"S/2035/77{stars} 4/9") == "S/2035/77"


@pytest.mark.parametrize(
    "text",
    [
        "S/PV.9700 was issued on 03/11/2035",
        "on 03/11/2035 we shall return to document S/2035/77",
        "S/2035/77, of which we speak",
        "the report A/90/12",
    ],
)
def test_what_says_something_about_a_symbol_is_no_head(text):
    assert head_symbol(text) is None


# ----------------------------------------------------------------------------- pages' numbers


@pytest.mark.parametrize(
    "texts",
    [
        ["Corrigendum", "Page 3", "For “may” read “shall”.", "Page 4", "Delete the last line."],
        ["对报告的更正", "第3页", "“可”改为“应”。", "第4页", "删去最后一行。"],
        ["A/90/12/Corr.1", "Page 3", "For “may” read “shall”.", "Page 4", "Delete the last line."],
    ],
)
def test_the_headings_of_a_corrigendum_are_text(texts):
    assert [text for text in dropped(plain(*texts)) if "/" not in text] == []


def test_a_corrigendums_headings_at_the_edge_of_a_page_are_text():
    pages = [
        ["A/90/12/Corr.1", "Page 7", "For “may” read “shall”.", "1"],
        ["A/90/12/Corr.1", "Page 9", "Delete the last line.", "2"],
        ["A/90/12/Corr.1", "Page 12", "Delete the first line.", "3"],
    ]
    assert dropped(lines_of_pages(*pages)) == [
        text for page in pages for text in (page[0], page[-1])
    ]


def test_a_named_page_beside_the_head_goes():
    texts = ["A/90/12", "English", "Page 2", *BODY[:4], "A/90/12", "English", "Page 3", *BODY[4:8]]
    assert dropped(plain(*texts)) == [text for text in texts if text not in BODY]


def test_numbers_in_step_with_the_pages_go_and_others_at_the_edge_stay():
    pages = [[*BODY[n : n + 4], str(n // 4 + 11)] for n in range(0, 20, 4)]
    pages[1].insert(0, "250")  # the cell of a table that runs over the page
    assert dropped(lines_of_pages(*pages)) == ["11", "12", "13", "14", "15"]


def test_numbers_that_rise_through_a_text_without_pages_go():
    texts = []
    for number in range(3, 8):
        texts += [*BODY[number * 2 : number * 2 + 8], str(number)]
    assert dropped(plain(*texts)) == ["3", "4", "5", "6", "7"]
    close = plain("Votes for each list", *(str(number) for number in range(1, 9)))
    assert dropped(close) == []


# --------------------------------------------------------------------------- heads by repetition


def alternating(head: str, first: int) -> list[list[str]]:
    pages = []
    for n in range(6):
        number = first + n
        line = f"{head}   {number}" if n % 2 else f"{number}   {head}"
        pages.append([line, *BODY[4 * n : 4 * n + 4]])
    return pages


@pytest.mark.parametrize(
    "head", ["Plenary Committee — 21 November 2031", "全体会议 — 2031年11月21日"]
)
@pytest.mark.parametrize("first", [2, 98, 1493])
def test_a_head_with_the_pages_number_is_learnt(head, first):
    pages = alternating(head, first)
    heads = [page[0] for page in pages]
    assert dropped(lines_of_pages(*pages)) == heads
    assert dropped(plain(*(text for page in pages for text in page))) == heads


def test_a_head_whose_number_stands_on_the_next_line_is_learnt():
    texts = []
    for n in range(5):
        texts += ["全体会议 — 2031年11月21日", str(1493 + n), *BODY[4 * n : 4 * n + 4]]
    assert dropped(plain(*texts)) == [text for text in texts if text not in BODY]


def test_a_head_that_the_body_says_once_too_is_learnt_and_the_body_keeps_it():
    pages = [["The law of the sea", *BODY[n : n + 4]] for n in range(0, 24, 4)]
    pages[0].insert(3, "The law of the sea")
    assert dropped(lines_of_pages(*pages)) == ["The law of the sea"] * 6


def test_what_the_body_says_as_often_as_the_edges_is_text():
    formula = "The committee is of the view that the stations should be kept open"
    pages = [["Committee — 3 May 2031", formula, *([formula] * 6), formula] for _ in range(4)]
    assert dropped(lines_of_pages(*pages)) == ["Committee — 3 May 2031"] * 4


def test_numbered_headings_are_no_heads():
    texts = []
    for n in range(1, 8):
        texts += [f"Article {n}", *BODY[4 * n : 4 * n + 4]]
    assert dropped(plain(*texts)) == []


def test_numbered_headings_at_the_top_of_each_page_are_no_heads():
    pages = [[f"Draft article {2 * n + 3}", *BODY[n : n + 4]] for n in range(0, 24, 4)]
    assert dropped(lines_of_pages(*pages)) == []


def test_cells_of_a_word_file_are_no_pages_numbers():
    lines = plain("Country", "Votes", *(cell for n in range(30) for cell in (f"Land {n}", str(n))))
    parted = part_lines(lines, {}, None, whole=True)
    assert parted.dropped == ()


@pytest.mark.parametrize("foot", ["{}", "- {} -", "Page {}"])
def test_what_the_reader_puts_behind_a_page_hides_none_of_its_edges(foot):
    """Line numbers, watermarks and text in margins come behind the foot of their page."""
    aside = ["i", "ii", "iii", "Not for issue"]
    pages = [["CD/PV.9001", *BODY[4 * n : 4 * n + 4], foot.format(n), *aside] for n in range(1, 5)]
    lines = lines_of_pages(*pages)
    marked = {line.number: "line number" for line in lines if line.text in aside}
    assert [line.text for line in part_lines(lines, marked).kept] == BODY[4:20]


@pytest.mark.parametrize("head", [["CD/PV.9001", "{}"], ["{}"], ["CD/PV.9001", "page {}"]])
@pytest.mark.parametrize("paged", [True, False])
def test_who_speaks_below_the_head_of_an_old_record_goes(head, paged):
    speakers = ["(Mr. Doe, Utopia)", "(The President)", "(多先生，乌托邦)", "（主席）", "(Ms. Roe)"]
    pages = [
        [*(text.format(n) for text in head), speaker, *BODY[3 * n : 3 * n + 9]]
        for n, speaker in enumerate([*speakers[1:], *speakers], 2)
    ]
    lines = lines_of_pages(*pages) if paged else plain(*(text for page in pages for text in page))
    assert not set(speakers) & {line.text for line in part_lines(lines).kept}


@pytest.mark.parametrize("text", ["(Mr. Doe, Utopia)", "(The President)", "(主席)"])
def test_a_name_in_brackets_within_a_page_stays(text):
    pages = [["CD/PV.9001", str(n), BODY[n], text, *BODY[20 + n : 23 + n]] for n in (2, 3)]
    assert text not in dropped(lines_of_pages(*pages))


@pytest.mark.parametrize("text", ["(Annex II)", "(see page 4)", "(The decision was adopted)"])
def test_other_brackets_below_a_head_stay(text):
    pages = [["CD/PV.9001", str(n), *([text] if n == 3 else []), *BODY[n : n + 3]] for n in (2, 3)]
    assert text not in dropped(lines_of_pages(*pages))


def pages_with(*heads: str, foot: str = "", start: int = 1) -> list[Line]:
    """A page of the body below each head, with the page's number in its foot."""
    return lines_of_pages(
        *(
            [head, *BODY[4 * n : 4 * n + 4], *([foot.format(start + n)] if foot else [])]
            for n, head in enumerate(heads)
        )
    )


@pytest.mark.parametrize("word", ["Annex", "Question", "附件"])
@pytest.mark.parametrize("foot", ["{}", "- {} -", ""])
def test_numbered_headings_of_a_page_each_are_no_heads(word, foot):
    heads = [f"{word} {n}" for n in range(1, 6)]
    assert not set(heads) & set(dropped(pages_with(*heads, foot=foot)))


def test_headings_of_several_words_beside_the_pages_own_number_are_no_heads():
    heads = [f"Draft decision {n}" for n in range(1, 6)]
    assert dropped(pages_with(*heads, foot="{}")) == ["1", "2", "3", "4", "5"]
    assert dropped(pages_with(*heads)) == heads


HEADS = ["Roads of the North", "Roads of the North", "Stations and bridges", "Ferries of the East"]


@pytest.mark.parametrize(
    "number", ["{title} {n}", "{title} | {n}", "{title} {n}/9", "{title} Page {n} of 9"]
)
def test_titles_that_change_beside_the_pages_number_are_heads(number):
    heads = [number.format(title=title, n=n) for n, title in enumerate(HEADS, 412)]
    assert dropped(pages_with(*heads)) == heads


def test_the_number_of_the_page_may_stand_now_before_the_title_now_behind():
    titles = [f"{n}nd meeting, held in 19{n}" for n in range(72, 78)]
    heads = [f"{n} {t}" if n % 2 else f"{t} {n}" for n, t in enumerate(titles, 412)]
    assert dropped(pages_with(*heads)) == heads


@pytest.mark.parametrize(
    "heads",
    [
        [f"{n} {title}" for n, title in enumerate(HEADS, 1)],
        [f"{title} {n}" for n, title in zip((1, 5, 8, 2), HEADS, strict=True)],
        [f"It was so in the year {n}" for n in range(1, 5)],
    ],
)
def test_headings_with_numbers_that_are_not_the_pages_stay(heads):
    assert not set(heads) & set(dropped(pages_with(*heads)))


@pytest.mark.parametrize("foot", ["https://www.example.org/roads.html {}/9", "道路 第{}页 共9页"])
def test_the_foot_of_a_printed_web_page_goes(foot):
    lines = pages_with(*BODY[30:34], foot=foot)
    assert dropped(lines) == [foot.format(n) for n in range(1, 5)]


def test_a_line_that_goes_on_with_the_records_own_symbol_is_text():
    goes_on = "CD/PV.9001 号文件所载的各代表团的发言和主席的"
    pages = [["CD/PV.9001", *BODY[n : n + 4], str(n)] for n in range(1, 5)]
    pages[2].insert(1, goes_on)
    assert goes_on not in dropped(lines_of_pages(*pages))


@pytest.mark.parametrize(
    "read", ["CD/PV.90O1", "CDIPV.9001", "CD/PV. 900l", "CD/PV,9001 .", "cd/pv.9001"]
)
@pytest.mark.parametrize("paged", [True, False])
def test_the_records_own_symbol_as_ocr_reads_it_is_a_head(read, paged):
    heads = ["CD/PV.9001", "CD/PV.9001", read, "CD/PV.9001"]
    pages = [[head, *BODY[4 * n : 4 * n + 4]] for n, head in enumerate(heads)]
    lines = lines_of_pages(*pages) if paged else plain(*(text for page in pages for text in page))
    assert dropped(lines) == heads


@pytest.mark.parametrize("other", ["CD/PV.9007", "CD/WP.9001", "9001"])
def test_another_symbol_is_not_the_records_own_as_ocr_reads_it(other):
    pages = [["CD/PV.9001", BODY[n], other, *BODY[20 + n : 23 + n]] for n in range(3)]
    assert other not in dropped(lines_of_pages(*pages))


SECTIONS = ["Roads", "Roads", "Stations of it", "Stations of it", "Bridges", "Bridges", "Ferries"]


def test_heads_that_name_the_section_go_but_for_the_first_of_each():
    """The number of the page stands in its foot, so nothing else shows what they are."""
    lines = pages_with(*SECTIONS, foot="{}")
    kept = [line.text for line in part_lines(lines).kept if line.text not in BODY]
    assert kept == ["Roads", "Stations of it", "Bridges", "Ferries"]


def test_the_first_goes_too_where_the_heading_stands_in_the_text():
    pages = [[head, *BODY[4 * n : 4 * n + 4], str(n)] for n, head in enumerate(SECTIONS, 1)]
    pages[0].insert(2, "Roads")
    kept = [line.text for line in part_lines(lines_of_pages(*pages)).kept]
    assert kept.count("Roads") == 1
    assert kept.index("Roads") == 1


def test_headings_of_a_page_each_are_no_section_heads():
    titles = ["Roads", "Stations", "Ferries", "Bridges", "Tunnels", "Harbours"]
    assert not set(titles) & set(dropped(pages_with(*titles, foot="{}")))
    assert not {"Roads"} & set(dropped(pages_with("Roads", "Roads", *titles[1:], foot="{}")))
