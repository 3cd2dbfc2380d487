"""The pages speak both languages whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cdtm.desk
from align.doubt.rules import REASONS
from cdtm.desk.record import LOW
from cdtm.desk.words.language import in_language
from cdtm.desk.words.pages import CHINESE, OF_SCRIPTS
from corpora.read.docx import HIDDEN
from corpora.read.page.stamps import DOUBLED, WATERMARK
from corpora.repair.furniture import REASONS as FURNITURE
from tmx_out.html_text import SHARED
from tmx_out.units import OPEN, PASSED

ROOM = Path(cdtm.desk.__file__).parent
SAID = re.compile(r"\bt\('((?:[^'\\]|\\.)*)'\)")
TOLD = re.compile(r"\bsay\(\s*\"([^\"]*)\"")


def of_templates():
    pages = (*ROOM.glob("templates/*"), *SHARED.glob("*.html"))
    return {text for path in pages for text in SAID.findall(path.read_text())}


def of_scripts():
    return {text for path in ROOM.glob("static/*.js") for text in TOLD.findall(path.read_text())}


def test_every_text_of_a_page_is_there_in_chinese():
    texts = {*of_templates(), *OF_SCRIPTS}
    assert len(of_templates()) > 20
    assert [text for text in texts if text not in CHINESE] == []


def test_scripts_get_every_text_that_they_say():
    assert of_scripts()
    assert of_scripts() - set(OF_SCRIPTS) == set()


def test_places_to_fill_are_the_same_in_chinese():
    filled = re.compile(r"\{\w+\}")
    for english, chinese in CHINESE.items():
        assert sorted(filled.findall(english)) == sorted(filled.findall(chinese)), english


@pytest.mark.parametrize(("language", "said"), [("en", "Look up"), ("zh", "检索")])
def test_in_language(language, said):
    assert in_language("Look up", language) == said


def test_no_text_is_kept_that_no_page_says():
    said = {*of_templates(), *OF_SCRIPTS, *REASONS.values(), LOW, *PASSED, *OPEN, "rejected"}
    said |= {*FURNITURE, WATERMARK, DOUBLED, HIDDEN}
    assert CHINESE.keys() - said == set()
