"""Whose the other end of a connection is."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys

import pytest

from cdtm.desk.peer import LOOPBACK, TABLES, is_own

SCOPE = {"client": ("127.0.0.1", 40_000), "server": ("127.0.0.1", 8017)}
HERE, THERE = f"{LOOPBACK}:{40_000:04X}", f"{LOOPBACK}:{8017:04X}"
MAPPED = "0000000000000000FFFF0000"
"""Before an address of IPv4 where one of IPv6 stands."""

linux = pytest.mark.skipif(not TABLES[0].is_file(), reason="the system does not tell")


def table(tmp_path, *rows, name="tcp"):
    path = tmp_path / name
    lines = [f" 0: {a} {b} 01 0:0 00:0 00000000 {uid} 0 1\n" for a, b, uid in rows]
    path.write_text("".join(["  sl  local_address rem_address\n", *lines]))
    return path


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="users of POSIX")
@pytest.mark.parametrize(
    ("rows", "own"),
    [
        ([(HERE, THERE, "ME")], True),
        ([(HERE, THERE, 0)], True),
        ([(HERE, THERE, 4_242)], False),
        ([(MAPPED + HERE, MAPPED + THERE, 4_242)], False),
        ([(MAPPED + HERE, MAPPED + THERE, "ME")], True),
        ([], False),  # nobody's
        ([(THERE, HERE, "ME")], False),  # that is our own end
        ([(HERE, THERE, "ME"), (HERE, THERE, 4_242)], False),
    ],
)
def test_own_is_this_user_and_root(tmp_path, rows, own):
    told = [(a, b, os.getuid() if uid == "ME" else uid) for a, b, uid in rows]
    assert is_own(SCOPE, (table(tmp_path, *told),)) is own


def test_a_row_of_the_other_table_counts_as_well(tmp_path):
    four, six = table(tmp_path), table(tmp_path, (HERE, THERE, 4_242), name="tcp6")
    assert not is_own(SCOPE, (four, six))
    six.unlink()  # a system without IPv6
    assert not is_own(SCOPE, (four, six))


def test_where_the_system_does_not_tell_nobody_is_turned_away(tmp_path):
    assert is_own(SCOPE, (tmp_path / "none",))


@linux
def test_a_connection_of_ours_is_ours():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client = socket.create_connection(server.getsockname())
        scope = {"client": client.getsockname(), "server": server.getsockname()}
        assert is_own(scope)
        client.close()


FETCH = """
import sys, urllib.request, urllib.error
try:
    print(urllib.request.urlopen(sys.argv[1]).status)
except urllib.error.HTTPError as error:
    print(error.code, error.read().decode())
"""


@linux
@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root is others")
def test_another_user_of_this_computer_is_turned_away(folder):
    command = [sys.executable, "-m", "cdtm", "serve", "-w", str(folder), "--no-open"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            address = re.search(r"http://\S+", process.stderr.readline())[0]
            for user, told in ((0, "200"), (65_534, "403 This desk is another user's")):
                fetch = ["/usr/bin/env", "python3", "-c", FETCH, address]
                done = subprocess.run(
                    fetch, user=user, cwd="/", capture_output=True, text=True, check=False
                )
                assert done.stdout.startswith(told), done.stderr
        finally:
            process.terminate()
