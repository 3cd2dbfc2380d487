"""What a record or a file's name says is shown and never done."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdtm.show import plain, print_facts


@given(st.text())
def test_what_is_shown_commands_nothing_and_keeps_its_places(text):
    shown = plain(text)
    assert len(shown) == len(text)
    assert not any(ord(sign) < 0x20 or 0x7F <= ord(sign) < 0xA0 for sign in shown)
    assert len(shown.splitlines()) <= 1
    assert plain(shown) == shown


def test_plain_text_stays_as_it_is():
    text = "裁军谈判会议，第1579次。 “Treaty” – naïve"
    assert plain(text) == text


def test_a_fact_is_one_line(capsys):
    print_facts([("File", "a\nWritten  b.tmx\x1b[2J")])
    assert capsys.readouterr().err == "File  a␊Written  b.tmx␛[2J\n"


@pytest.mark.skipif(os.name == "nt", reason="no such names")
def test_the_name_of_a_file_forges_nothing(tmp_path):
    name = tmp_path / "a\ncdtm: all is well\x1b[31m.txt"
    name.write_text("x")
    done = subprocess.run(
        [sys.executable, "-m", "cdtm", "validate", str(name)],
        capture_output=True,
        text=True,
        check=False,
    )
    for said in (done.stdout, done.stderr):
        assert "\x1b" not in said
        assert "\ncdtm: all" not in said
    assert done.returncode == 1
