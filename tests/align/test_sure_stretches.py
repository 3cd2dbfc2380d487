"""Where the path is so sure that the documents may be cut."""

from __future__ import annotations

from align.neighbours import SURE, sure_stretches


def run(i, j, count):
    """Anchors in a row, from (i, j) on."""
    return [(i + k, j + k) for k in range(count)]


CASES = [
    ("no anchor", [], 500, 500, []),
    ("fewer than are sure", run(200, 210, SURE - 1), 500, 500, []),
    ("just as many: cut in their middle", run(200, 210, SURE), 500, 500, [(202, 212)]),
    ("a gap in Chinese", run(200, 210, 2) + run(203, 212, 2), 500, 500, []),
    ("a gap in English", run(200, 210, 2) + run(202, 213, 2), 500, 500, []),
    ("too near the start", run(97, 97, SURE), 500, 500, []),
    ("just far enough from it", run(98, 90, SURE), 500, 500, [(100, 92)]),
    ("too near the end", run(399, 390, SURE), 500, 500, []),
    ("just far enough from that", run(398, 390, SURE), 500, 500, [(400, 392)]),
    ("too near each other", run(150, 150, SURE) + run(248, 260, SURE), 500, 500, [(152, 152)]),
    ("far enough", run(150, 150, SURE) + run(250, 260, SURE), 500, 500, [(152, 152), (252, 262)]),
    ("a long row", run(0, 0, 500), 500, 500, [(100, 100), (200, 200), (300, 300), (400, 400)]),
]


def test_cuts(monkeypatch):
    monkeypatch.setattr("align.neighbours.LEAST_STRETCH", 100)
    assert SURE == 4
    for name, anchors, n, m, cuts in CASES:
        stretches = sure_stretches(anchors, n, m)
        assert [stop for _, stop in stretches] == [*cuts, (n, m)], name
        assert [start for start, _ in stretches] == [(0, 0), *cuts], name
