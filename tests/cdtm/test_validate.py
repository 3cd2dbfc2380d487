"""`cdtm validate`: what is wrong, on which line, and the exit status."""

from __future__ import annotations

SOUND = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
 srclang="zh-CN" datatype="plaintext"/>
<body>
<tu tuid="1"><tuv xml:lang="zh-CN"><seg>会议开始。</seg></tuv>
<tuv xml:lang="en-US"><seg>The meeting begins.</seg></tuv></tu>
</body>
</tmx>
"""


def test_sound_file(cdtm, tmp_path):
    file = tmp_path / "sound.tmx"
    file.write_text(SOUND, "utf-8")
    run = cdtm("validate", file)
    assert (run.status, run.out) == (0, f"{file}: 0 errors, 0 warnings\n")


def test_error_is_told_with_its_line_and_status_1(cdtm, tmp_path):
    file = tmp_path / "bad.tmx"
    file.write_text(SOUND.replace(' o-tmf="x"', ""), "utf-8")
    run = cdtm("validate", file)
    assert run.status == 1
    assert run.out.startswith(f"{file}:3: error: ")
    assert run.out.endswith(f"{file}: 1 error, 0 warnings\n")
    assert run.err == ""


def test_one_bad_file_among_sound_ones_is_status_1(cdtm, tmp_path):
    sound, bad = tmp_path / "sound.tmx", tmp_path / "bad.tmx"
    sound.write_text(SOUND, "utf-8")
    bad.write_text(SOUND[:300], "utf-8")
    run = cdtm("validate", bad, sound)
    assert run.status == 1
    assert f"{sound}: 0 errors" in run.out


def test_what_align_writes_is_sound(cdtm, zh, en, tmp_path):
    file = tmp_path / "m.tmx"
    assert cdtm("align", zh, en, "-o", file).status == 0
    assert cdtm("validate", file).status == 0
