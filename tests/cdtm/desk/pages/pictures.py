"""Pictures of every view, to be looked at: `python -m tests.cdtm.desk.pages.pictures W FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import quote

from tests.cdtm.desk.pages.conftest import chromium, press, serving

VIEWS = {
    "start": ("/", ()),
    "lookup": ("/?q=裁军", ()),
    "lookup-en": ("/?q=nuclear-weapon-free zone", ()),
    "fuzzy": ("/?q=I call to order the 1578th meeting of the Conference of Disarmament.", ()),
    "none": ("/?q=verificaton", ()),
    "keys": ("/", ("Tab", "?")),
    "concordance": ("/?q=裁军&order=left", ("ArrowDown",)),
    "two-sided": ("/?q=zh:裁军 en:!disarmament", ()),
    "terms": ("/terms", ("j", "j", " ")),
    "term-edit": ("/terms?q=核", ("j", "e")),
    "records": ("/records", ()),
    "doubts": ("/doubts", ("j",)),
    "mistake": ("/record?name=X", ()),
    "record": ("/record?name={record}", ("n",)),
    "edit": ("/record?name={record}", ("n", "e")),
    "split": ("/record?name={record}", ("j", "j", "j", "s")),
    "comment": ("/record?name={record}", ("j", "j", "j", "c")),
}
LOOKS = {
    "wide": ("en", 1280, "light", "screen"),
    "dark": ("zh", 1024, "dark", "screen"),
    "phone": ("zh", 390, "light", "screen"),
    "print": ("en", 794, "light", "print"),
}
"""Language, width, colours, medium."""


def take(workspace: Path, folder: Path, wanted: list[str]) -> None:
    """Take a picture of each view (or the wanted ones) in each look."""
    folder.mkdir(parents=True, exist_ok=True)
    with serving("-w", workspace) as address, chromium() as browser:
        page = browser.new_page(base_url=address, locale="en-US")
        page.goto("/records")
        record = quote(page.text_content("td a"))
        for look, (language, width, scheme, medium) in LOOKS.items():
            page.emulate_media(media=medium, color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            for view, (way, keys) in VIEWS.items():
                if wanted and view not in wanted:
                    continue
                way = way.replace("{record}", record)
                page.goto(f"{way}{'&' if '?' in way else '?'}lang={language}")
                page.wait_for_load_state("networkidle", timeout=600_000)
                press(page, *keys)
                page.wait_for_timeout(150)
                page.screenshot(path=folder / f"{view}-{look}.png")


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
