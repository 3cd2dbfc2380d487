from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from cdtm.fetch import FIRST_FAILURES, MOST_FAILURES, run_fetch
from cdtm.jobs.fetch import FetchJob
from corpora import UserError
from corpora.fetch.folder import MANIFEST
from corpora.fetch.pace import Clock
from tests.corpora.serving_records import APP, Reply, Server, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


@dataclass
class Case:
    """Runs `run_fetch` on the server without waiting; `slept` is what it would have waited."""

    server: Server
    folder: Path
    slept: list[float] = field(default_factory=list)
    now: Callable[[], float] = time.monotonic

    def __call__(self, *symbols: str, **options: object):
        job = FetchJob(
            symbols,
            self.folder,
            base_url=self.server.url,
            **{"rate": 1e6, **options},  # type: ignore[arg-type]
        )
        return run_fetch(job, clock=Clock(self.now, self.slept.append, lambda: 0.5))

    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def fetch(server, tmp_path) -> Case:
    return Case(server, tmp_path / "records")


def test_both_languages_of_a_range_come(fetch, capsys):
    tally = fetch("CD/PV.1500-1502")
    symbols = ("CD_PV.1500", "CD_PV.1501", "CD_PV.1502")
    assert fetch.files() == [*(f"{s}-{side}.pdf" for s in symbols for side in "CE"), MANIFEST]
    assert tally.of("kept") == 6
    shown = capsys.readouterr()
    assert shown.out == ""
    assert [line.split() for line in shown.err.splitlines() if line.split()[:1] == ["fetched"]] == [
        ["fetched", "3", "3"]
    ]


def test_what_is_there_is_not_asked_for_again(fetch):
    fetch("CD/PV.1500-1502")
    asked = len(fetch.server.asks)
    (fetch.folder / "CD_PV.1501-C.pdf").unlink()
    tally = fetch("CD/PV.1500-1503")
    new = [(ask.symbol, ask.language) for ask in fetch.server.asks[asked:]]
    assert sorted(new) == [("CD/PV.1501", "zh"), ("CD/PV.1503", "en"), ("CD/PV.1503", "zh")]
    assert (tally.of("there"), tally.of("kept")) == (5, 3)


def test_force_asks_again(fetch):
    fetch("CD/PV.1500")
    fetch("CD/PV.1500", force=True)
    assert len(fetch.server.asks) == 4


def test_one_language_only(fetch):
    fetch("CD/PV.1500", language="zh")
    assert fetch.files() == ["CD_PV.1500-C.pdf", MANIFEST]


def test_what_could_not_be_had_is_told_and_the_rest_is_kept(fetch, capsys):
    def behave(ask):
        if ask.symbol in ("CD/PV.1501", "CD/PV.1502", "CD/PV.1505") and ask.language == "zh":
            return Reply(status=404)
        if ask.symbol == "CD/PV.1503" and ask.language == "zh":
            return fetch.server.redirect((ask.symbol, "en", "pdf"))
        if ask.symbol == "CD/PV.1504":
            return Reply(status=403)
        return None

    fetch.server.behave = behave
    with pytest.raises(UserError) as error:
        fetch("CD/PV.1500-1506")
    text = str(error.value)
    assert text.startswith(
        "6 files of 14 could not be had (3 not found, 1 wrong language, 2 failed)"
    )
    assert str(fetch.folder / MANIFEST) in text
    assert len(fetch.files()) == 14 - 6 + 1
    told = capsys.readouterr().err
    assert "zh not found       CD/PV.1501-1502, CD/PV.1505: the service has no such file" in told
    assert "zh wrong language  CD/PV.1503: what came is English" in told
    assert "en failed          CD/PV.1504: the service answered with status 403" in told
    assert "en not found" not in told


def test_a_service_that_is_down_is_left_in_peace(fetch):
    fetch.server.behave = lambda _ask: Reply(status=403)
    with pytest.raises(UserError, match=r"files failed one after the other.*of 2,000 not tried"):
        fetch("CD/PV.1-1000")
    assert len(fetch.server.asks) <= FIRST_FAILURES + 2 * 4


def test_a_service_that_goes_down_is_left_in_peace(fetch):
    def behave(ask):
        return None if int(ask.symbol[6:]) <= 5 else Reply(status=403)

    fetch.server.behave = behave
    with pytest.raises(UserError, match=r"^8 files failed.*status 403: 1,982 files of 2,000 not"):
        fetch("CD/PV.1-1000", workers=1)
    assert len(fetch.server.asks) <= 10 + MOST_FAILURES + 2
    assert len(fetch.files()) == 11


def test_no_service_is_told_with_its_cure(fetch):
    fetch.server.url = "http://127.0.0.1:9"
    with pytest.raises(UserError, match=r"connection failed.*check the connection, --proxy and"):
        fetch("CD/PV.1-1000")
    with pytest.raises(UserError, match=r"^2 files of 2 could not be had"):
        fetch("CD/PV.1")


def test_single_failures_do_not_stop_a_run(fetch):
    def behave(ask):
        return Reply(status=403) if ask.language == "zh" else None

    fetch.server.behave = behave
    with pytest.raises(UserError, match=r"^15 files of 30 could not be had"):
        fetch("CD/PV.1-15")


def test_records_that_are_not_there_do_not_stop_a_run(fetch):
    fetch.server.behave = lambda _ask: Reply(APP)
    with pytest.raises(UserError, match=r"^24 files of 24 could not be had \(24 not found\)"):
        fetch("CD/PV.1-12")


def test_rate_and_workers_are_kept_to(fetch):
    fetch.server.delay = 0.02
    fetch.now = lambda: 0.0
    fetch("CD/PV.1-8", rate=10.0, workers=3)
    assert 2 <= fetch.server.most_at_once <= 3
    # The clock stands still, so the turns pile up: the last of 32 is dealt out for 3.1 s.
    assert max(fetch.slept) == pytest.approx(3.1)


def test_a_bug_of_ours_in_a_thread_is_raised(fetch, monkeypatch):
    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError("our own fault")

    monkeypatch.setattr("cdtm.fetch.fetch_file", fail)
    with pytest.raises(ZeroDivisionError):
        fetch("CD/PV.1-3")


def test_a_full_disk_is_one_sentence(fetch, monkeypatch):
    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("corpora.fetch.folder.os.replace", fail)
    with pytest.raises(UserError, match="No space left on device"):
        fetch("CD/PV.1-3")


# --------------------------------------------------------------------------------- the real process


def test_command(cdtm, server, tmp_path, monkeypatch):
    monkeypatch.setenv("CDTM_FETCH_URL", server.url)
    options = ("-o", tmp_path / "r", "--rate", "50")
    run = cdtm("fetch", "cd/pv.1500", "S/PV.10100,10102", *options)
    assert (run.status, run.out) == (0, "")
    assert "MB in the folder" in run.err
    run = cdtm("fetch", "CD/PV.1500", *options, "--lang", "zh", "--force", "-q")
    assert (run.status, run.out, run.err) == (0, "", "")
    assert len(server.asks) == 7
    run = cdtm("fetch", "CD/PV.1500", *options, "--lang", "zh", "--format", "docx", "-q")
    assert (tmp_path / "r" / "CD_PV.1500-C.docx").is_file()
    server.behave = lambda _ask: Reply(status=404)
    run = cdtm("fetch", "CD/PV.7", *options)
    assert run.status == 1
    assert run.err.splitlines()[-1].startswith("cdtm: 2 files of 2 could not be had (2 not found)")


def test_command_refuses_what_is_wrong_before_it_asks(cdtm, server, tmp_path):
    options = ("-o", tmp_path / "r", "--base-url", server.url)
    assert "is no symbol" in cdtm("fetch", "hello", *options).err
    assert cdtm("fetch", *options).status == 2
    assert cdtm("fetch", "CD/PV.1", *options, "--workers", "0").status == 2
    assert cdtm("fetch", "CD/PV.1", *options, "--rate", "0").status == 2
    run = cdtm("fetch", "CD/PV.1", "-o", tmp_path / "r", "--base-url", "documents.un.org")
    assert (run.status, run.err.count("\n")) == (1, 1)
    assert not server.paths
    assert not (tmp_path / "r").exists()


def start(server: Server, folder: Path) -> subprocess.Popen[str]:
    """Start `cdtm fetch` of twenty records, and wait until some have come."""
    command = [sys.executable, "-m", "cdtm", "fetch", "CD/PV.1500-1519", "-o", str(folder)]
    options = ["--rate", "50", "--base-url", server.url]
    run = subprocess.Popen(
        command + options, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    manifest = folder / MANIFEST
    while run.poll() is None:
        if manifest.is_file() and manifest.read_bytes().count(b"\n") > 4:
            break
        time.sleep(0.01)
    return run


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_stopped_goes_on_where_it_was(server, fetch, sign):
    server.delay = 0.03
    run = start(server, fetch.folder)
    run.send_signal(sign)
    out, err = run.communicate(timeout=20)
    assert out == ""
    if sign == signal.SIGINT:
        assert run.returncode == 1
        last = err.splitlines()[-1]
        assert last.startswith("cdtm: You stopped it: ")
        assert last.endswith("run the same command again to go on.")
        assert "Traceback" not in err
    server.delay = 0.0
    before = {path: path.stat().st_mtime_ns for path in fetch.folder.glob("*.pdf")}
    assert 0 < len(before) < 40
    tally = fetch("CD/PV.1500-1519")
    assert tally.of("there") + tally.of("kept") == 40
    assert tally.of("there") >= 4
    assert len(fetch.files()) == 41  # and no part of a file
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_help_says_that_it_has_not_met_the_live_service(cdtm):
    assert "Not yet run against the live service" in cdtm("fetch", "--help").out


def test_nothing_of_http_is_loaded_for_the_help_of_another_command():
    code = "import cdtm.cli, corpora, sys; print('httpx' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout == "False\n"
