"""The workspace that reviews are tested on."""

from __future__ import annotations

import pytest

from cdtm.build.workspace import make_workspace
from tests.cdtm.reviewing import PAIRS, put


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "w"
    make_workspace(folder, "records", None).save()
    put(folder, PAIRS)
    return folder
