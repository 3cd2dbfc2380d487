"""What is reckoned for a record once, and for how long it is kept."""

from __future__ import annotations

import gc
import weakref

from cdtm.desk import record as module
from cdtm.desk.record import examine
from cdtm.lookup.looker import Looker


def test_what_was_reckoned_once_goes_with_its_encoder(folder, monkeypatch):
    reckoned = []
    real = module.examined
    monkeypatch.setattr(module, "examined", lambda *of: reckoned.append(of[1]) or real(*of))
    with Looker.open(folder) as looker:
        record = looker.memory.records()[0]
        for _ in range(2):
            examine(looker, record, looker.memory.rows_of(record))
        encoder = weakref.ref(looker.words)
    assert reckoned == ["CD-PV-1"]
    assert encoder() in module._KEPT
    del looker
    gc.collect()
    assert encoder() is None  # 85 MB
