"""The forty planted faults on the audit page, as an auditor reads it: place, reasons, link."""

from __future__ import annotations

import base64
import json
import re
import zlib
from datetime import date

import pytest
from lxml import html

from cdtm.audit.page import run_audit_page
from cdtm.build.schemas import MANIFEST
from cdtm.build.tables import write_tables
from cdtm.build.workspace import make_workspace, open_workspace
from cdtm.jobs.audit import AuditJob
from cdtm.memory.memory import Memory
from tests.cdtm.planting import build, plant

ROWS = 80
LEAST_FOUND = 36
SEED = 6
"""That of `test_planting`."""


def workspace_of(folder, tables):
    """Make a workspace of planted tables."""
    make_workspace(folder, "records", None).save()
    workspace = open_workspace(folder)
    rows = []
    with Memory.open(workspace.memory, create=True) as memory:
        for key, one in tables.items():
            told = {"key": key, "symbol": key, "signature": "", "date": date(2015, 1, 1)}
            told |= dict.fromkeys(("zh_file", "en_file", "zh_sha256", "en_sha256"), "")
            rows.append(dict.fromkeys(MANIFEST) | told | {"joined_by": "symbol"})
            write_tables(
                workspace.store, key, {"sentences": one.sentences, "beads": one.beads}, rows[-1]
            )
            memory.put_record(rows[-1], one.beads)
    workspace.save_manifest(rows)


@pytest.fixture(scope="module")
def planted(shared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("planted")
    right = build(shared / "records", folder / "right")
    tables, faults = plant(shared / "records", folder / "built", right, SEED)
    workspace_of(folder / "w", tables)
    figures = run_audit_page(AuditJob(folder / "w", folder / "audit.html", quiet=True))
    return figures, faults, (folder / "audit.html").read_text("utf-8")


def listed(page, figures):
    """Read the list off the page: key of the record, its beads, the reasons."""
    names = [record.key for record in figures.records]
    found = []
    for item in html.document_fromstring(page).xpath("//ol[contains(@class, 'doubts')]/li"):
        [link] = item.xpath("./h3/a")
        record, first = re.fullmatch(r"#r(\d+)-(\d+)", link.get("href")).groups()
        last = re.search(r" to (\d+)$", link.text_content())
        beads = range(int(first), int(last[1] if last else first) + 1)
        reasons = [li.text_content() for li in item.xpath(".//ul/li")]
        found.append((names[int(record)], beads, reasons))
    return found


def packed(page):
    blocks = re.findall(r'data-record="\d+">"([^"]+)"</script>', page)
    return [json.loads(zlib.decompress(base64.b64decode(block))) for block in blocks]


def test_the_first_rows_of_the_page_hold_the_planted_faults_with_reasons(planted):
    figures, faults, page = planted
    zh = {
        (record.key, bead[0]): set(range(bead[1], bead[2]))
        for record, data in zip(figures.records, packed(page), strict=True)
        for bead in data["beads"]
    }
    shown = listed(page, figures)[:ROWS]
    assert all(reasons and all(map(str.strip, reasons)) for _, _, reasons in shown)
    missed = [
        fault.told
        for fault in faults
        if not any(
            key == fault.record and any(zh[key, bead] & fault.zh for bead in beads)
            for key, beads, _ in shown
        )
    ]
    assert len(faults) == 40
    assert len(faults) - len(missed) >= LEAST_FOUND, missed


def test_each_place_is_marked_in_its_record_too(planted):
    figures, _, page = planted
    inside = [
        (record.key, first, reasons)
        for record, data in zip(figures.records, packed(page), strict=True)
        for first, _, reasons in data["doubts"]
    ]
    assert len(inside) == figures.doubts_total
    assert sorted((key, beads[0], reasons) for key, beads, reasons in listed(page, figures)) == (
        sorted(inside)
    )
