"""That everybody can use the pages: what axe-core finds in each view."""

from __future__ import annotations

import pytest

from tests.cdtm.desk.pages.conftest import press

VIEWS = {
    "nothing looked up": ("/", ()),
    "looked up": ("/?q=核查", ()),
    "not found": ("/?q=verificaton", ()),
    "the keys": ("/", ("Tab", "?")),
    "records": ("/records", ()),
    "doubts": ("/doubts", ("j",)),
    "terms": ("/terms", ("j", " ")),
    "a term edited": ("/terms", ("j", "e")),
    "a record": ("/record?name=CD/PV.1&unit=CD-PV-1_0004", ()),
    "a row edited": ("/record?name=CD/PV.1&unit=CD-PV-1_0004", ("e",)),
    "a row split": ("/record?name=CD/PV.1&unit=CD-PV-1_0007", ("s",)),
    "a move that is shown": ("/record?name=CD/PV.1&unit=CD-PV-1_0007", ("Alt+ArrowDown",)),
    "a comment": ("/record?name=CD/PV.1&unit=CD-PV-1_0008", ("c",)),
}
"""Of each its address, and the keys that bring it about."""

LOOKS = (("en", 1024, "light"), ("zh", 1024, "dark"), ("zh", 390, "light"), ("en", 390, "dark"))
"""Languages, widths in pixels and colours, each with each of the others."""


def faults(page):
    """What axe finds and where; it minds nothing else than what a person would stumble over."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page).response["violations"]
    return [
        f"{one['impact']}: {one['help']}: {node['html'][:200]}"
        for one in found
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(page, view):
    address, keys = VIEWS[view]
    for language, width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        page.wait_for_load_state("networkidle", timeout=60_000)
        press(page, *keys)
        assert faults(page) == [], (language, width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (language, width)


def test_axe_finds_nothing_on_the_audit_page(page, folder, cdtm, tmp_path):
    path = tmp_path / "audit.html"
    assert cdtm("audit", "-w", folder, "-o", path).status == 0
    for width, scheme in ((1024, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{path.as_uri()}#r0")
        page.wait_for_selector("#bitext tbody tr")
        assert faults(page) == [], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_nobody_can_use_is_found(page):
    page.goto("/")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert any(fault.startswith("critical: Buttons must have") for fault in faults(page))
