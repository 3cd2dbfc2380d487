"""`cdtm audit -o page.html` on workspaces: figures, doubts, decisions, and users' mistakes."""

from __future__ import annotations

import base64
import json
import re
import zlib
from datetime import date
from types import SimpleNamespace

import polars as pl
import pytest

from cdtm.audit import measured as audit_measured
from cdtm.audit.page import run_audit_page
from cdtm.build.place import Place
from cdtm.build.schemas import SENTENCES
from cdtm.build.tables import write_tables
from cdtm.build.workspace import make_workspace, open_workspace
from cdtm.jobs.audit import ApplyJob, AuditJob
from cdtm.memory.memory import Memory
from cdtm.review.apply import apply_book
from cdtm.review.book import run_review_book
from corpora import UserError
from tests.cdtm import making_beads

TABLES = ("beads", "sentences")

PAIRS = [
    ("主席：会议现在开始。", "The meeting is called to order."),
    ("我们讨论了12个问题。", "We discussed 15 questions."),
    ("谢谢主席先生。", "Thank you, Mr. President."),
    ("本段没有译文，不知何故被漏掉。", ""),
    ("会议到此结束。", "The meeting is adjourned."),
]


def put(folder, pairs, key, **values):
    """Put a record into the workspace as a build does."""
    workspace = open_workspace(folder)
    beads = making_beads.beads(*pairs, key=key, **values)
    rows = [
        dict.fromkeys(SENTENCES) | {"language": side, "number": number, "text": text, "label": 0}
        for place, side in enumerate(("zh", "en"))
        for number, text in enumerate(pair[place] for pair in pairs if pair[place])
    ]
    tables = {"beads": beads, "sentences": pl.DataFrame(rows, schema=dict(SENTENCES))}
    row = making_beads.row(key, date=date(2015, 7, 21), status="done", notes="")
    write_tables(workspace.store, key, tables, row)
    workspace.save_manifest([*(workspace.manifest() | {key: row}).values()])
    with Memory.open(workspace.memory, create=True) as memory:
        memory.put_record(row, beads)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "w"
    make_workspace(folder, "records", None).save()
    put(folder, PAIRS, "CD-PV-10")
    put(folder, PAIRS[:1], "CD-PV-9", flags="length-odd", confidence=0.4)
    return folder


def audit(folder, *records):
    output = folder.parent / "audit.html"
    job = AuditJob(folder, output, records=records, quiet=True)
    return run_audit_page(job), output.read_text("utf-8")


def packed(page):
    blocks = re.findall(r'data-record="\d+">"([^"]+)"</script>', page)
    return [json.loads(zlib.decompress(base64.b64decode(block))) for block in blocks]


def decide(folder, number, **cells):
    """Decide on one unit of a record through a book, as a reviewer would."""
    import openpyxl

    path = folder.parent / "book.xlsx"
    run_review_book(AuditJob(folder, path, records=("CD/PV.10",), quiet=True))
    book = openpyxl.load_workbook(path)
    sheet = book["Review"]
    head = next(row for row in sheet.iter_rows() if any(c.value == "decision" for c in row))
    columns = {cell.value: cell.column for cell in head}
    for name, value in (cells | {"reviewer": "Anna"}).items():
        sheet.cell(head[0].row + 1 + number, columns[name.replace("_", " ")]).value = value
    book.save(path)
    report = apply_book(ApplyJob(path, folder, quiet=True))
    assert report.changed == 1, report.conflicts


def test_records_stand_in_the_order_of_their_symbols_with_their_figures(folder):
    figures, page = audit(folder)
    assert [record.name for record in figures.records] == ["CD/PV.9", "CD/PV.10"]
    ten = figures.records[1]
    assert (ten.units, ten.nulls, ten.null_sentences) == (4, 1, 1)
    assert (ten.zh_sentences, ten.en_sentences) == (5, 4)
    assert ten.strip == "000x0"
    assert figures.records[0].strip == "4"
    assert [len(record["beads"]) for record in packed(page)] == [1, 5]


def test_the_tables_of_a_record_are_read_once(folder, monkeypatch):
    names, read = [], Place.read
    monkeypatch.setattr(Place, "read", lambda place, name: names.append(name) or read(place, name))
    audit(folder)
    assert sorted(name for name in names if name.endswith(".parquet")) == [
        f"{key}/{table}.parquet" for key in ("CD-PV-10", "CD-PV-9") for table in TABLES
    ]


def test_expected_precision_is_the_mean_of_the_confidences_by_tier(folder):
    figures, _ = audit(folder)
    told = {tier.name: (tier.units, round(tier.expected, 4)) for tier in figures.tiers}
    assert told == {"accepted": (4, 0.99), "review": (1, 0.4), "all": (5, 0.872)}
    assert sum(figures.histogram) == 5
    assert figures.histogram[8] == 1  # 40 to 45 per cent
    kept = {line.threshold: line.units for line in figures.thresholds}
    assert kept[0.0] == 5
    assert kept[0.5] == 4
    [shipped] = [line for line in figures.thresholds if line.wanted == 0.99]
    assert 0.9 < shipped.held_out < 1


def test_doubts_are_listed_with_their_reasons_and_stand_in_their_record(folder):
    figures, page = audit(folder)
    found = {(doubt.record, doubt.number): doubt.reasons for doubt in figures.doubts}
    assert any("12" in reason or "15" in reason for reason in found[1, 1])
    assert any("no partner" in reason for reason in found[1, 3])
    assert figures.doubts_total == len(found) == sum(r.doubts for r in figures.records)
    inside = {first: reasons for first, _, reasons in packed(page)[1]["doubts"]}
    assert inside[1] == list(found[1, 1])
    for reasons in found.values():
        assert all(reason in page for reason in reasons)


def test_flags_are_counted_with_an_example(folder):
    figures, _ = audit(folder)
    [flag] = figures.flags
    assert (flag.code, flag.units, flag.record) == ("length-odd", 1, 0)
    assert flag.example.zh_text == PAIRS[0][0]
    assert flag.reason == "One side is far longer than a translation of the other should be."


def test_texts_that_contradict_each_other_are_told_with_their_places(folder):
    zh = "我们必须继续进行关于裁军的谈判工作。"
    pairs = [(zh, "We must continue the talks on disarmament."), *PAIRS]
    put(folder, pairs, "CD-PV-11")
    put(folder, [(zh, "The weather is fine today, is it not?")], "CD-PV-12")
    figures, _ = audit(folder)
    counts = {kind.code: kind.found for kind in figures.anomaly_kinds}
    assert counts == {"number-varies": 0, "zh-varies": 0, "en-varies": 1, "term-varies": 0}
    [line] = figures.anomalies
    assert line.kind == "en-varies"
    assert line.places == ((2, 0), (3, 0))


def test_only_the_wanted_records_are_shown(folder):
    figures, page = audit(folder, "cd/pv.9")
    assert [record.name for record in figures.records] == ["CD/PV.9"]
    assert len(packed(page)) == 1


def test_the_page_follows_decisions(folder):
    before, _ = audit(folder)
    decide(folder, 1, decision="edit", new_en="We discussed 12 questions.")
    after, page = audit(folder)
    row = packed(page)[1]["beads"][1]
    assert row[9] == "edited"
    assert row[11] == "We discussed 12 questions."
    assert (1, 1) not in {(doubt.record, doubt.number) for doubt in after.doubts}
    assert after.doubts_total == before.doubts_total - 1


def test_a_run_stays_in_the_list_until_all_of_it_is_decided(folder):
    put(folder, [PAIRS[0], ("甲丙。", ""), ("乙丁。", ""), ("丙戊。", ""), PAIRS[4]], "CD-PV-10")

    def places():
        return [(d.number, d.last) for d in audit(folder)[0].doubts if d.record == 1]

    assert (1, 3) in places()
    decide(folder, 1, decision="accept")
    assert (2, 3) in places()
    decide(folder, 2, decision="accept")
    decide(folder, 3, decision="accept")
    assert not {1, 2, 3} & {number for number, _ in places()}


def test_rejected_units_are_shown_but_not_counted(folder):
    decide(folder, 0, decision="reject")
    figures, page = audit(folder)
    assert figures.records[1].units == 3
    assert figures.tiers[-1].units == 4
    assert packed(page)[1]["beads"][0][9] == "rejected"


def test_a_merged_bead_takes_in_the_sentences_of_both(folder):
    decide(folder, 2, decision="merge with next")
    figures, page = audit(folder)
    beads = packed(page)[1]["beads"]
    assert [bead[:5] for bead in beads] == [
        [0, 0, 1, 0, 1],
        [1, 1, 2, 1, 2],
        [2, 2, 4, 2, 3],
        [4, 4, 5, 3, 4],
    ]
    assert figures.records[1].nulls == 0


def test_halves_of_a_split_bead_stand_one_after_the_other(folder):
    decide(folder, 1, decision="split", new_zh="我们讨论了\n12个问题。", new_en="We\ndiscussed.")
    _, page = audit(folder)
    beads = packed(page)[1]["beads"]
    assert [bead[10] for bead in beads[1:3]] == ["我们讨论了", "12个问题。"]
    assert [bead[1:5] for bead in beads[1:3]] == [[1, 2, 1, 2]] * 2
    assert beads[0][:5] == [0, 0, 1, 0, 1]


def test_a_sample_that_was_decided_is_told_as_measured(folder, monkeypatch):
    import openpyxl

    path = folder.parent / "sample.xlsx"
    run_review_book(AuditJob(folder, path, sample=5, quiet=True))
    book = openpyxl.load_workbook(path)
    sheet = book["Review"]
    head = next(row for row in sheet.iter_rows() if any(c.value == "decision" for c in row))
    columns = {cell.value: cell.column for cell in head}
    for row in range(head[0].row + 1, head[0].row + 6):
        wrong = sheet.cell(row, columns["record"]).value == "CD/PV.9"
        sheet.cell(row, columns["decision"]).value = "reject" if wrong else "accept"
        sheet.cell(row, columns["reviewer"]).value = "Anna"
    book.save(path)
    assert apply_book(ApplyJob(path, folder, quiet=True)).changed == 5
    figures, page = audit(folder)
    told = dict(figures.measured)
    assert told["Right pairs"].startswith("80.0% of the memory")
    assert told["Right pairs"].endswith("by sample.xlsx")
    assert "nobody has reviewed" not in page
    of_tier = {tier.name: tier.measured for tier in figures.tiers}
    assert of_tier["accepted"].startswith("100.0 % (")
    assert of_tier["accepted"].endswith("to 100.0 %), 4 judged")
    assert of_tier["review"].startswith("0.0 % (0.0 % to ")
    assert of_tier["review"].endswith(", 1 judged")
    assert of_tier["all"].startswith("80.0 % (")
    assert of_tier["all"] in page
    assert "not from this memory" in figures.reliability_source
    monkeypatch.setattr(audit_measured, "LEAST_DECIDED", 5)
    figures, _ = audit(folder)
    assert figures.reliability_source.startswith("From 5 units of samples")
    assert [(b.confidence, b.right) for b in figures.reliability] == [(0.4, 0.0), (0.99, 1.0)]


def test_each_stratum_counts_as_much_as_it_has_in_the_memory():
    def decision(stratum, word):
        return SimpleNamespace(stratum=stratum, decision=word, labels="")

    few = [decision("few", "accept"), decision("few", "reject")]
    decided = [*few, *[decision("many", "accept")] * 2]
    population = {"many": 900, "few": 100}
    assert audit_measured._estimate(decided, decided, population).startswith("95.0 % (")
    assert audit_measured._estimate(few, decided, population).startswith("50.0 % (")
    assert audit_measured._estimate([], decided, population) == "none judged"


def test_a_record_without_tables_is_told_and_left_out(folder):
    (folder / "records" / "CD-PV-9" / "beads.parquet").unlink()
    figures, page = audit(folder)
    assert [record.name for record in figures.records] == ["CD/PV.10"]
    assert "CD/PV.9 is not on the page, for its tables are missing" in page
    assert figures.notes[0].startswith("CD/PV.9 is not on the page")


def test_mistakes_are_told_in_a_sentence_with_the_cure(folder, cdtm):
    with pytest.raises(UserError, match=r"has no record CD/PV.77: see cdtm status"):
        audit(folder, "CD/PV.77")
    for arguments, told in (
        (("-w", folder, "-o", "a.pdf"), "name it .html or .xlsx"),
        (("-w", folder, "-o", "a.html", "--flagged"), "A page shows the whole memory"),
        (("-w", folder / "none", "-o", "a.html"), "is no workspace"),
    ):
        run = cdtm("audit", *arguments)
        assert run.status == 1
        assert told in run.err
        assert "Traceback" not in run.err
    assert cdtm("audit", "-o", "a.html").status == 2


def test_the_command_writes_the_page_and_says_what_it_shows(folder, cdtm):
    output = folder.parent / "sub.html"
    run = cdtm("audit", "-w", folder, "-o", output)
    assert run.status == 0
    assert "5 units of 2 records" in run.err
    assert "by the confidence, not measured" in run.err
    assert output.read_text("utf-8").startswith("<!doctype html>")
