"""The audit page: what stands in it, what cannot break it, that it needs nothing from outside."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zlib
from datetime import date
from itertools import pairwise

import pytest
from lxml import html

from tmx_out.audit_page import write_page
from tmx_out.audit_page.figures import (
    AnomalyKind,
    AnomalyLine,
    AuditFigures,
    BeadLine,
    DoubtLine,
    FlagFigures,
    RecordFigures,
    ReliabilityBin,
    ThresholdLine,
    TierFigures,
)
from tmx_out.audit_page.packing import record_data

NASTY = 'a</script><b onclick="x()">&lt;\x01 <!-- records -->'
REASONS = {
    "number-differs": "A number on one side is not on the other.",
    "length-odd": "One side is far longer than a translation of the other should be.",
}
BEADS = (
    BeadLine(0, (0, 1), (0, 1), "主席：我宣布会议开始。", f"{NASTY} & so on", 0.995),
    BeadLine(1, (1, 2), (1, 2), "第5段。", "Paragraph 6.", 0.61, ("number-differs",), "Mr. Li", 3),
    BeadLine(2, (2, 3), (2, 2), "谢谢。", "", 0.9),
)
DOUBTS = tuple(
    DoubtLine(
        0, number, number, (f"Number {number} stands in the Chinese <only>.", "Odd."), "一", ""
    )
    for number in range(60)
)


def record(**values):
    given = {
        "key": "cd-pv-1",
        "name": "CD/PV.1</script><i>",
        "date": date(2015, 7, 21),
        "zh_file": "a.zh.txt",
        "en_file": "a.en.txt",
        "zh_sentences": 3,
        "en_sentences": 2,
        "units": 2,
        "nulls": 1,
        "null_sentences": 1,
        "confidence": 0.8,
        "flagged": 1,
        "doubts": 60,
        "strip": "03x",
    }
    return RecordFigures(**(given | values))


def figures(**values):
    given = {
        "title": f"the memory {NASTY}",
        "made": "2026-11-23",
        "version": "0.1.0",
        "notes": ("A note.",),
        "records": (record(),),
        "tiers": (
            TierFigures("accepted", "no doubt", 1, 0.995),
            TierFigures("review", "a flag", 1, 0.61),
            TierFigures("all", "every unit", 2, 0.8025),
        ),
        "measured": (),
        "histogram": [0] * 12 + [1] + [0] * 6 + [1],
        "thresholds": (ThresholdLine(0.9597, 1, 0.995, 0.99, 0.9884), ThresholdLine(0, 2, 0.8)),
        "reliability": (),
        "reliability_source": "",
        "flags": (FlagFigures("number-differs", REASONS["number-differs"], 1, 0, BEADS[1]),),
        "doubts": DOUBTS,
        "doubts_total": 75,
        "reasons": REASONS,
        "anomaly_kinds": (
            AnomalyKind("en-varies", "One Chinese text has several.", 30, "0.10 %"),
            AnomalyKind("term-varies", "A term is not rendered.", 0, "0.15 %"),
        ),
        "anomalies": (
            AnomalyLine("en-varies", "The same <Chinese>.", tuple((0, n) for n in range(9))),
        ),
    }
    return AuditFigures(**(given | values))


def page(of=None, records=None):
    codes = {code: place for place, code in enumerate(REASONS)}
    data = record_data(BEADS, {1: (2, ("Why not.",))}, codes)
    stream = io.BytesIO()
    write_page(stream, of or figures(), [data] if records is None else records)
    return stream.getvalue().decode()


@pytest.fixture(scope="module")
def source():
    return page()


@pytest.fixture(scope="module")
def tree(source):
    return html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8"))


def select(tree, css):
    """Find elements by the little of CSS that is needed here, in the order of the page."""
    ways = []
    for way in css.split(","):
        path = "descendant::"
        for step in way.split():
            if step == ">":
                path = path.removesuffix("descendant::") + "child::"
                continue
            name, classes, attribute = re.fullmatch(
                r"(\w*)((?:\.\w+)*)(\[[\w-]+\])?", step
            ).groups()
            path += name or "*"
            for one in classes.split(".")[1:]:
                path += f"[contains(concat(' ', @class, ' '), ' {one} ')]"
            path += f"[@{attribute[1:-1]}]" if attribute else ""
            path += "/descendant::"
        ways.append(path.removesuffix("/descendant::"))
    return tree.xpath(" | ".join(ways))


def words(element):
    return " ".join(element.text_content().split())


# ---- what stands in it ---------------------------------------------------------------------------


def test_the_headline_says_that_precision_is_expected_and_not_measured(tree):
    tiles = {words(box.find("dt")): words(box.find("dd")) for box in select(tree, ".tiles div")}
    assert tiles["units"] == "2"
    assert tiles["null links (no partner)"] == "1"
    assert tiles["of sentences in units"] == "80.0 %"
    assert tiles["right, expected from the confidence, not measured"] == "80.2 %"
    assert "Expected from the confidence, not measured" in words(tree.get_element_by_id("summary"))


def test_what_reviewers_measured_takes_the_place_of_the_note():
    tiers = (TierFigures("all", "every unit", 2, 0.8, "98 % (95 to 99)"),)
    told = page(figures(measured=(("Right pairs", "97.1 % <of> all"),), tiers=tiers))
    summary = html.document_fromstring(told).get_element_by_id("summary")
    assert "nobody has reviewed" not in words(summary)
    assert "Right pairs97.1 % <of> all" in words(summary)
    assert "98 % (95 to 99)" in words(summary)


def test_every_doubt_stands_there_with_its_reasons_and_a_link(tree):
    found = select(tree, ".doubts > li")
    assert len(found) == len(DOUBTS)
    for doubt, item in zip(DOUBTS, found, strict=True):
        assert [words(reason) for reason in select(item, ".reasons li")] == list(doubt.reasons)
        assert select(item, "h3 a")[0].get("href") == f"#r0-{doubt.number}"
    starts = [int(each.get("start")) for each in select(tree, "ol.doubts")]
    assert starts == [1, 51]
    assert "75 places in all" in words(tree.get_element_by_id("look"))


def test_a_stretch_of_beads_is_named_by_both_ends():
    told = page(figures(doubts=(DoubtLine(0, 4, 9, ("Shifted.",), "一", "One"),)))
    assert "beads 4 to 9" in told


def test_flags_are_told_in_words_with_a_count_and_an_example(tree):
    row = select(tree, "table.flags tbody tr")[0]
    told = [words(cell) for cell in row]
    assert told[:3] == ["number-differs", REASONS["number-differs"], "1"]
    assert "第5段。" in told[3]
    assert "Paragraph 6." in told[3]


def test_anomalies_are_told_by_rule_with_links_and_the_false_alarms(tree):
    section = tree.get_element_by_id("consistency")
    rows = [[words(cell) for cell in row] for row in select(section, "tbody tr")]
    assert rows == [
        ["en-varies", "One Chinese text has several.", "30", "0.10 %"],
        ["term-varies", "A term is not rendered.", "0", "0.15 %"],
    ]
    assert "anomalies, not faults" in words(section)
    [details] = select(section, "details")
    assert words(details.find("summary")) == "One Chinese text has several. (30, the first 1)"
    assert "The same <Chinese>." in words(details)
    assert [a.get("href") for a in select(details, "a")] == [f"#r0-{n}" for n in range(8)]
    assert words(details).endswith("and 1 more")


def test_thresholds_keep_their_order_and_tell_measured_from_expected(tree):
    table = next(
        each for each in select(tree, "table") if "threshold" in words(each.find("caption"))
    )
    first = [words(cell) for cell in select(table, "tbody tr")[0]]
    assert first == ["0.9597", "1", "50.0 %", "99.5 %", "99.0 %", "98.8 %"]


def test_a_page_of_nothing_is_whole():
    empty = figures(
        records=(), flags=(), doubts=(), doubts_total=0, thresholds=(), histogram=[], anomalies=(),
        tiers=(TierFigures("all", "every unit", 0, 0.0),),
    )  # fmt: skip
    tree = html.document_fromstring(page(empty, []))
    assert "Nothing speaks against any bead." in words(tree)
    assert "No unit has a flag." in words(tree)


# ---- the packed texts ----------------------------------------------------------------------------


def test_a_record_is_unpacked_to_what_was_packed(tree):
    [block] = select(tree, "script[data-record]")
    raw = zlib.decompress(base64.b64decode(json.loads(block.text)))
    data = json.loads(raw)
    assert data["beads"][0] == [0, 0, 1, 0, 1, 99, [], 0, 0, "", BEADS[0].zh_text, BEADS[0].en_text]
    assert data["beads"][1] == [1, 1, 2, 1, 2, 61, [0], 1, 3, "", "第5段。", "Paragraph 6."]
    assert data["beads"][2][-1] == ""
    assert data["speakers"] == ["", "Mr. Li"]
    assert data["doubts"] == [[1, 2, ["Why not."]]]


def test_a_text_that_no_encoding_can_hold_does_not_stop_the_page():
    broken = record_data([BEADS[0]._replace(zh_text="\ud800甲")], {}, {})
    assert "data-record" in page(records=[broken])


# ---- what cannot break it ------------------------------------------------------------------------


def test_texts_are_never_read_as_html(source, tree):
    assert not select(tree, "main b, main i, [onclick]")
    assert NASTY.replace("\x01", "\ufffd") in select(tree, "h1")[0].text_content()
    assert "\x01" not in source
    assert len(select(tree, "script")) == 3  # the index, one record, the program
    assert json.loads(tree.get_element_by_id("index").text)["names"] == ["CD/PV.1</script><i>"]


def test_nothing_is_loaded_from_anywhere(source, tree):
    assert not select(tree, "link, img, iframe, object, embed, base")
    assert not select(tree, "[src], [action]")
    assert all(each.get("href").startswith("#") for each in select(tree, "[href]"))
    addresses = set(re.findall(r"https?://[^\s\"')]+", source))
    assert addresses <= {"http://www.w3.org/2000/svg"}  # a name, which nobody fetches
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|import\(", source)


def test_the_browser_is_told_to_run_this_script_alone(source, tree):
    policy = select(tree, "meta[http-equiv]")[0].get("content")
    script = source[source.rindex("<script>") + len("<script>") : source.rindex("</script>")]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'")
    assert f"script-src 'sha256-{digest}'" in policy


# ---- whether everybody can read it ---------------------------------------------------------------


def test_headings_go_down_one_step_at_a_time(tree):
    levels = [int(each.tag[1]) for each in tree.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_languages_are_marked(tree):
    assert tree.get("lang") == "en"
    texts = select(tree, ".doubts p.zh, table.flags p.zh")
    assert texts
    assert all(each.get("lang") == "zh" for each in texts)


def test_tables_have_captions_and_headings_with_scope(tree):
    tables = select(tree, "table")
    assert len(tables) >= 5
    for table in tables:
        assert words(table.find("caption"))
        assert all(head.get("scope") in ("col", "row") for head in select(table, "th"))


def test_drawings_say_in_words_what_they_show():
    bins = (ReliabilityBin(0.6, 0.55, 10), ReliabilityBin(0.99, 1.0, 90))
    tree = html.document_fromstring(page(figures(reliability=bins, reliability_source="Here.")))
    figures_ = select(tree, "figure")
    assert len(figures_) == 2
    for figure in figures_:
        assert words(select(figure, "svg title")[0])
        assert words(select(figure, "svg desc")[0])
        assert select(figure, "details table tbody tr")
    assert all("NaN" not in (each.get("d") or "") for each in select(tree, "path"))
    [strip] = select(tree, "svg.strip")
    assert "1 of 3 parts weak, 1 of 3 parts without partner" in strip.get("aria-label")


def test_without_bins_there_is_no_reliability_diagram(tree):
    assert [words(each) for each in select(tree, "figure svg title")] == ["Confidence of the units"]


def test_fields_buttons_and_sections_have_names(tree):
    for field in select(tree, "input, select"):
        assert words(field.getparent()) or field.get("aria-label")
        assert field.getparent().tag == "label"
    assert all(words(button) for button in select(tree, "button"))
    ids = [each.get("id") for each in select(tree, "[id]")]
    assert len(ids) == len(set(ids))
    for named in select(tree, "[aria-labelledby]"):
        assert all(name in ids for name in named.get("aria-labelledby").split())
    inner = [a.get("href")[1:] for a in select(tree, "nav a, a.skip")]
    assert inner
    assert all(name in ids for name in inner)
