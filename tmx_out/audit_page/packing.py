"""The texts of a record, packed: JSON, deflated, in base64, which a browser unpacks when asked."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from align.alignment import percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tmx_out.audit_page.figures import BeadLine

LEVEL = 6
"""Of deflate: 9 takes twice as long and saves one per cent."""


def pack(value: Any) -> str:
    """Pack any JSON value; the result has no character that HTML minds."""
    raw = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
    return b64encode(zlib.compress(raw, LEVEL)).decode("ascii")


def inline_json(value: Any) -> str:
    r"""Write a JSON value as the content of a <script> element, which no text in it can end.

    >>> inline_json("</script>")
    '"\\u003c/script>"'
    """
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")


def record_data(
    beads: Sequence[BeadLine],
    doubts: Mapping[int, tuple[int, Sequence[str]]],
    codes: Mapping[str, int],
) -> dict[str, Any]:
    """Give what the page needs of one record.

    Args:
        beads: in order.
        doubts: by the number of their first bead: number of the last one, and the reasons.
        codes: places of the flags in the page's list.

    Returns:
        ``speakers``; ``beads``, each a list of number, Chinese range, English range, per cent of
        confidence, flags by place, speaker by place, page, status, both texts; ``doubts``, each a
        list of first number, last number and reasons.
    """
    speakers: dict[str, int] = {}
    rows = [
        [
            *(bead.number, *bead.zh, *bead.en, percent(bead.confidence)),
            [codes[flag] for flag in bead.flags if flag in codes],
            speakers.setdefault(bead.speaker, len(speakers)),
            *(bead.page, bead.status, bead.zh_text, bead.en_text),
        ]
        for bead in beads
    ]
    places = [[first, last, list(reasons)] for first, (last, reasons) in sorted(doubts.items())]
    return {"speakers": list(speakers), "beads": rows, "doubts": places}
