"""The doubts about all records, one after another."""

from __future__ import annotations

import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest

from cdtm.desk import doubts
from cdtm.desk.doubts import Place, Queue, examine_record
from cdtm.memory.memory import Memory
from tests.cdtm.desk.conftest import HOME, TOKEN
from tests.cdtm.reviewing import PAIRS, put

WRITES = {"origin": HOME, "x-cdtm-token": TOKEN}
NUMBERS = [
    ("会议开始。", "The meeting begins."),
    ("我们在1995年有17个缔约国。", "In 1996 we had 18 States parties."),
    ("谢谢主席。", "Thank you."),
]


@pytest.fixture
def asked(ask, folder):
    """Ask for the list until every record was examined."""
    put(folder, NUMBERS, key="CD-PV-2")

    def asked(**how):
        for _ in range(300):
            told = ask("GET", "/doubts/list", params=how).json()
            if told["examined"] == told["records"]:
                return told
            time.sleep(0.1)
        pytest.fail("some record was never examined")

    return asked


def units(told):
    return [parse_qs(urlsplit(place["address"]).query)["unit"][0] for place in told["places"]]


def test_doubts_of_all_records_stand_by_their_weight(asked):
    told = asked()
    assert {one["name"]: one["n"] for one in told["of"]}["CD/PV.2"] == 1
    assert told["total"] == len(told["places"]) == sum(one["n"] for one in told["of"]) > 2
    assert units(told)[0] == "CD-PV-2_0002"  # two numbers that differ
    weights = [
        float(parse_qs(urlsplit(place["address"]).query)["queue"][0].partition("~")[0])
        for place in told["places"]
    ]
    assert weights == sorted(weights, reverse=True)
    assert all(place["reasons"] for place in told["places"])


def test_the_list_is_that_of_the_pages(asked, ask):
    told = asked()
    for one in told["of"]:
        page = ask("GET", "/record", params={"name": one["name"]}).text
        assert page.count(" data-doubt ") == one["n"]


def test_records_of_one_name_are_told_apart(asked, ask, folder):
    put(folder, NUMBERS, key="import-old-1", symbol="CD/PV.2")
    told = asked()
    assert {one["key"]: one["name"] for one in told["of"]}["import-old-1"] == "CD/PV.2"
    both = {one["key"]: one["n"] for one in told["of"] if one["name"] == "CD/PV.2"}
    assert both == {"CD-PV-2": 1, "import-old-1": 1}
    listed = ask("GET", "/records").text
    for key in both:
        [address] = [to for to in re.findall(r'href="(/record[^"]+)"', listed) if key in to]
        page = ask("GET", address.replace("&amp;", "&")).text
        assert f'data-record="{key}"' in page
    assert "imported from" in page
    assert asked(of="import-old-1")["total"] == 1


def test_one_kind_and_one_record_alone(asked):
    assert asked(of="CD-PV-2")["total"] == 1
    null_links = asked(kind="null-link")
    assert units(null_links) == ["CD-PV-1_0005"]
    assert asked(limit="1")["total"] > len(asked(limit="1")["places"]) == 1
    assert asked(limit="0")["places"] == []
    for strange in ("9" * 5000, "-1", "x"):  # as many as are given unasked
        assert len(asked(limit=strange)["places"]) == asked()["total"]


def test_one_goes_from_place_to_place_and_from_record_to_record(asked, ask):
    names = units(asked())
    address, seen = "/doubts/next", []
    for _ in names:
        record = ask("GET", address).headers["location"]
        seen.append(parse_qs(urlsplit(record).query)["unit"][0])
        page = ask("GET", record).text
        address = page.partition('data-onward="')[2].partition('"')[0].replace("&amp;", "&")
    assert seen == names
    again = ask("GET", address).headers["location"]  # at the end the first one comes again
    assert parse_qs(urlsplit(again).query)["unit"] == names[:1]


def test_what_is_decided_goes_at_once_and_comes_back_when_it_is_undone(asked, ask, monkeypatch):
    before = units(asked())
    monkeypatch.setattr(Queue, "_work", lambda *_: None)  # the page tells, no other process
    page = ask("GET", "/record", params={"name": "CD/PV.2"}).text
    unit = page.partition('id="CD-PV-2_0002"')[2].partition('data-unit="')[2].partition('"')[0]
    told = {"record": "CD-PV-2", "unit": unit, "decision": "accept"}
    assert ask("POST", "/correct", json=told, headers=WRITES).json()["conflict"] == ""
    assert units(asked()) == before[1:]
    ask("POST", "/undo", json={"record": "CD-PV-2"}, headers=WRITES)
    assert units(asked()) == before


def test_what_was_decided_elsewhere_is_examined_anew(asked, folder, cdtm):
    assert "CD-PV-2_0002" in units(asked())
    put(folder, [*NUMBERS[:1], ("我们有17个。", "We had 17."), *NUMBERS[2:]], key="CD-PV-2")
    with Memory.open(folder / "memory.sqlite", create=True) as memory:
        memory._database.execute("UPDATE record SET signature = 'new' WHERE key = 'CD-PV-2'")
    assert "CD-PV-2_0002" not in units(asked())


def test_a_record_that_cannot_be_examined_is_told(asked, folder):
    (folder / "records" / "CD-PV-2" / "sentences.parquet").write_bytes(b"nothing")
    [told] = asked()["problems"]
    assert told["record"] == "CD/PV.2"
    assert "damaged" in told["reason"]


def test_a_stretch_is_told_where_nobody_has_decided_yet(ask, folder):
    run = [PAIRS[0], ("甲丙。", ""), ("乙丁。", ""), ("丙戊。", ""), PAIRS[7]]
    put(folder, run, key="CD-PV-2")

    def stops():
        page = ask("GET", "/record", params={"name": "CD/PV.2"}).text
        rows = page.split("<article ")[1:]
        names = [row.partition('id="')[2].partition('"')[0] for row in rows]
        found = [row.partition('data-unit="')[2].partition('"')[0] for row in rows]
        return [
            (n, u) for n, u, row in zip(names, found, rows, strict=True) if " data-doubt" in row
        ]

    for place in (2, 3, 4):
        [(name, unit)] = stops()
        assert name == f"CD-PV-2_000{place}"
        told = {"record": "CD-PV-2", "unit": unit, "decision": "accept"}
        assert ask("POST", "/correct", json=told, headers=WRITES).json()["conflict"] == ""
    assert stops() == []


def test_no_place_of_an_address_is_the_beginning(asked, ask):
    first = units(asked())[0]
    for after in ("", "x", "1~", "~", "nan~x"):
        to = ask("GET", "/doubts/next", params={"after": after}).headers["location"]
        assert parse_qs(urlsplit(to).query)["unit"] == [first]


def test_where_nothing_is_doubtful_one_comes_to_the_list(asked, ask, folder):
    put(folder, [PAIRS[0]])
    put(folder, [PAIRS[0]], key="CD-PV-2")
    assert asked()["total"] == 0
    assert ask("GET", "/doubts/next").headers["location"] == "/doubts"


def test_texts_are_shown_by_their_beginning():
    assert doubts._clipped("x" * 1000) == "x" * doubts.SHOWN + "…"
    assert Place(1.004, 5, "", "", "", (), ()).rank == Place(1.0, 5, "", "", "", (), ()).rank


def test_a_record_is_examined_as_its_page_examines_it(folder, pool):
    job = doubts._Job(folder, "CD-PV-1", ("", 0))
    assert examine_record(job).places
    assert examine_record(job._replace(key="X")).problem == "The record is no longer in the memory."
