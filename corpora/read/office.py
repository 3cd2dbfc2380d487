"""Old Word, OpenDocument and RTF files, made DOCX by LibreOffice where that is installed.

LibreOffice runs without a window, with a profile of its own in a temporary folder, so that it
neither waits for one that is open nor changes its settings; macros do not run.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from corpora.errors import RecordError

LONGEST: Final = 120.0
"""Seconds that a conversion may take: a report of 100 pages takes 10, the first start another 5."""

KINDS: Final = {
    "doc": "an old Word .doc file",
    "odt": "an OpenDocument .odt file",
    "rtf": "an RTF file",
}
"""Kinds that are read this way, and what they are called."""

_PROGRAMS: Final = ("soffice", "libreoffice")
_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)


def find_office() -> str | None:
    """The program's path; None if LibreOffice is not installed where it usually is."""
    found = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def convert_to_docx(data: bytes, kind: str, name: str) -> bytes:
    """Let LibreOffice make a DOCX of a file.

    Args:
        data: the file's bytes.
        kind: ``doc``, ``odt`` or ``rtf``.
        name: the file's name, for messages.

    Raises:
        RecordError: LibreOffice is not installed, or makes nothing of the file.
    """
    program = find_office()
    if program is None:
        raise RecordError(
            f"{name} is {KINDS[kind]}, which is read through LibreOffice, and that is not "
            "installed: install it, or save the file as .docx in Word."
        )
    with tempfile.TemporaryDirectory(prefix="cdtm-office-") as made:
        folder = Path(made)
        source = folder / f"record.{kind}"
        source.write_bytes(data)
        _run(program, source, folder, name)
        target = folder / "out" / "record.docx"
        if not target.is_file():
            raise RecordError(
                f"{name} is {KINDS[kind]} of which LibreOffice makes nothing: open it in Word and "
                "save it as .docx."
            )
        return target.read_bytes()


def _run(program: str, source: Path, folder: Path, name: str) -> None:
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source)),
    ]
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
    except OSError as problem:
        raise RecordError(
            f"{name} is read through LibreOffice, which does not start ({problem.strerror}): "
            "save the file as .docx in Word."
        ) from None
    try:
        process.wait(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        raise RecordError(
            f"{name} takes LibreOffice more than {LONGEST:.0f} seconds: open it in Word and save "
            "it as .docx."
        ) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program with the children that it started."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
