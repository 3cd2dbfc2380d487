"""The links of one alignment as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from align.links import links_of, read_links
from corpora import UserError
from tmx_out.write.formats import write_links

if TYPE_CHECKING:
    from pathlib import Path

    from align.alignment import Alignment


def test_the_whole_file(alignment: Alignment, tmp_path: Path) -> None:
    path = tmp_path / "x.links"
    assert write_links(path, [alignment], min_confidence=0.9).written == 6
    assert path.read_text(encoding="ascii") == (
        "[0]:[0]:0.9876\n[1,2]:[1]:0.2900\n[3]:[2,3]:0.5000\n[4]:[]\n[]:[4]\n[5]:[5]:1.0000\n"
    )
    assert read_links(path) == links_of(alignment)


@pytest.mark.parametrize("count", [0, 2])
def test_one_pair_a_file(alignment: Alignment, tmp_path: Path, count: int) -> None:
    with pytest.raises(UserError, match=f"links of one pair, not of {count}"):
        write_links(tmp_path / "x.links", [alignment] * count)
    assert list(tmp_path.iterdir()) == []
