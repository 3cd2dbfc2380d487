"""Terms of a made-up conference on fishing, which no glossary knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from align import load_encoder
from align.terms.extract import extract_terms


@dataclass(frozen=True)
class Said:
    zh: str
    en: str
    document: str = "F/PV.1"
    date: date | None = date(2020, 5, 1)


SAID = [
    Said("我们支持海洋保护区。", "We support marine protected areas."),
    Said("海洋保护区需要渔业管理。", "Marine protected areas need fisheries management."),
    Said("渔业管理是共同的责任。", "Fisheries management is a joint responsibility."),
    Said("挪威提出了渔业管理计划。", "Norway proposed a plan for fisheries management."),
    Said("挪威建立了一个海洋保护区。", "Norway established a marine protected area."),
    Said("我们讨论非法捕捞。", "We discussed illegal fishing."),
    Said("非法捕捞威胁粮食安全。", "Illegal fishing threatens food security.", "F/PV.2"),
    Said("粮食安全取决于渔业。", "Food security depends on fisheries."),
    Said("渔业养活了沿海社区。", "Fisheries feed coastal communities."),
    Said("沿海社区反对非法捕捞。", "Coastal communities oppose illegal fishing."),
    Said("世界粮食组织谈到渔业。", "The World Food Organization (WFO) spoke of fisheries."),
    Said("世界粮食组织表示欢迎。", "The WFO welcomed it.", "F/PV.3", date(2021, 6, 2)),
    Said("世界粮食组织的报告。", "The report of the World Food Organization."),
]


@pytest.fixture(scope="module")
def terms():
    return extract_terms(SAID, load_encoder())


def of(terms, zh):
    found = [term for term in terms if zh in term.zh]
    assert len(found) == 1, zh
    return found[0]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("海洋保护区", "marine protected areas"),
        ("渔业管理", "fisheries management"),
        ("非法捕捞", "illegal fishing"),
        ("粮食安全", "food security"),
        ("沿海社区", "coastal communities"),
        ("挪威", "Norway"),
    ],
)
def test_pairs(terms, zh, en):
    assert of(terms, zh).en[0].lower() == en.lower()


def test_singular_and_plural_are_one_term(terms):
    forms = of(terms, "海洋保护区").en
    assert {form.lower() for form in forms} == {"marine protected areas", "marine protected area"}


def test_counts_days_and_records(terms):
    term = of(terms, "非法捕捞")
    assert (term.count, term.zh_count, term.en_count, term.documents) == (3, 3, 3, 2)
    assert term.first == term.last == date(2020, 5, 1)
    assert "非法捕捞" in term.example.zh
    assert term.status == "extracted"


def test_an_acronym_joins_what_it_stands_for(terms):
    forms = of(terms, "世界粮食组织").en
    assert "WFO" in forms
    assert "World Food Organization" in forms
    assert of(terms, "世界粮食组织").last == date(2021, 6, 2)


def test_names_are_told_apart_and_come_last(terms):
    assert of(terms, "挪威").domain == "name"
    domains = [term.domain == "name" for term in terms]
    assert domains == sorted(domains)


def test_a_frequent_name_comes_after_a_rare_term():
    said = [Said(f"挪威{n}", f"Norway {n}") for n in "甲乙丙丁戊己庚辛壬癸"]
    terms = extract_terms([*said, *SAID], load_encoder())
    name = of(terms, "挪威")
    before = terms[: terms.index(name)]
    assert any(term.score < name.score for term in before)


def test_fragments_are_no_terms(terms):
    found = {form for term in terms for form in term.zh}
    assert not found & {"海洋保护", "保护区", "非法", "沿海", "我们", "世界粮食"}


def test_scores_order_and_explain(terms):
    own = [term.score for term in terms if term.domain != "name"]
    assert own == sorted(own, reverse=True)
    assert all(0 <= term.score <= 1 for term in terms)
    assert "linked in 3 of 3 and 3 units" in of(terms, "非法捕捞").why


def test_another_rendering_competes_and_is_noted():
    said = [
        *(Said(f"非法捕捞{n}", f"illegal fishing {n}") for n in "甲乙丙"),
        *(Said(f"非法捕捞{n}", f"unlawful catches {n}") for n in "丁戊"),
    ]
    term = of(extract_terms(said, load_encoder()), "非法捕捞")
    assert term.en[0] == "illegal fishing"
    assert [(c.of, c.text, c.count) for c in term.competitors] == [
        ("非法捕捞", "unlawful catches", 2)
    ]
    assert term.note == "非法捕捞 is also rendered unlawful catches (2)."


def test_nothing_comes_of_nothing():
    assert extract_terms([], load_encoder()) == []
    assert extract_terms([Said("渔业。", "Fisheries.")], load_encoder()) == []
