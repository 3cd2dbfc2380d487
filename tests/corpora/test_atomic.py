"""A file is whole or not there."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import pytest

from corpora import UserError
from corpora.atomic import atomic_write

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_appears_when_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "out.tmx"
    with atomic_write(path) as stream:
        stream.write(b"whole")
        assert not path.exists()
    assert path.read_bytes() == b"whole"
    assert os.listdir(tmp_path) == ["out.tmx"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_error_leaves_the_former_file(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "out.tmx"
    path.write_bytes(b"former")
    with pytest.raises(error), atomic_write(path) as stream:  # noqa: PT012
        stream.write(b"half")
        raise error
    assert path.read_bytes() == b"former"
    assert os.listdir(tmp_path) == ["out.tmx"]


def test_permissions_are_kept_and_new_files_get_the_usual_ones(tmp_path: Path) -> None:
    path, usual = tmp_path / "out.tmx", tmp_path / "usual"
    usual.write_bytes(b"")
    with atomic_write(path):
        pass
    assert path.stat().st_mode == usual.stat().st_mode
    path.chmod(0o600)
    with atomic_write(path):
        pass
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.tmx").write_bytes(b"former")
    (tmp_path / "link.tmx").symlink_to("real.tmx")
    with atomic_write(tmp_path / "link.tmx") as stream:
        stream.write(b"new")
    assert (tmp_path / "link.tmx").is_symlink()
    assert (tmp_path / "real.tmx").read_bytes() == b"new"


def test_a_stream_is_handed_through_and_left_open() -> None:
    stream = io.BytesIO()
    with atomic_write(stream) as out:
        out.write(b"x")
    assert stream.getvalue() == b"x"


def test_a_device_is_written_directly() -> None:
    with atomic_write("/dev/null") as stream:
        stream.write(b"x")
    assert not os.path.isfile("/dev/null")


def test_a_user_is_told_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"), atomic_write(tmp_path):
        pass
    with pytest.raises(UserError, match="There is no folder"), atomic_write(tmp_path / "a" / "b"):
        pass


def test_a_full_disk_is_told() -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    with pytest.raises(UserError, match="cannot be written"), atomic_write("/dev/full") as stream:
        stream.write(b"x")


def test_an_error_of_reading_inside_the_block_stays_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), atomic_write(tmp_path / "out") as stream:
        stream.write((tmp_path / "none").read_bytes())
    assert os.listdir(tmp_path) == []
