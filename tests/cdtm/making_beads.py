"""Rows of a manifest and tables of beads, made up, for tests of the memory."""

from __future__ import annotations

from datetime import date

import polars as pl

from cdtm.build.schemas import BEADS, MANIFEST


def row(key, **values):
    symbol = key.replace("-", "/", 1).replace("-", ".")
    given = {
        "key": key,
        "symbol": symbol,
        "date": date(2015, 7, 21),
        "signature": "s1",
        "zh_file": f"{key}.zh.txt",
        "en_file": f"{key}.en.txt",
        "zh_sha256": "a",
        "en_sha256": "b",
        "joined_by": "symbol",
    }
    return dict.fromkeys(MANIFEST) | given | values


def beads(*pairs, flags="", confidence=0.99, speaker="Mr. Jadoon (Pakistan)", key="CD-PV-1"):
    """Beads of one sentence a side; an empty side is an omission."""
    rows = []
    zh_at = en_at = 0
    for number, (zh, en) in enumerate(pairs):
        zh_end, en_end = zh_at + bool(zh), en_at + bool(en)
        rows.append(
            {
                "number": number,
                "zh_start": zh_at,
                "zh_end": zh_end,
                "en_start": en_at,
                "en_end": en_end,
                "score": 0.5,
                "confidence": confidence,
                "flags": flags,
                "tuid": f"{key}_{number + 1:04d}",
                "zh": zh,
                "en": en,
                "zh_first": len(zh),
                "zh_last": len(zh),
                "en_first": len(en),
                "en_last": len(en),
                "speaker": speaker,
                "paragraph": 1,
                "page": None,
                "vector": b"\1" * 8 if zh and en else None,
            }
        )
        zh_at, en_at = zh_end, en_end
    return pl.DataFrame(rows, schema=dict(BEADS))
