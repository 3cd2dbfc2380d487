"""The charts of the page as inline SVG, each with its text and the same figures as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmx_out.audit_page.markup import number, per_cent, table, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tmx_out.audit_page.figures import ReliabilityBin

WIDTH, ROW = 400, 16
"""Of the histogram and of one of its bars, in units that are pixels on a wide screen."""

LEFT, RIGHT, TOP = 84, 56, 6
"""Room of the histogram for its labels."""

SIDE, ROOM, GAP = 340, 52, 16
"""Of the reliability diagram, which is square; of its axes' labels; of what is left free."""


def figure(name: str, title: str, desc: str, drawing: str, below: str, *, size: str) -> str:
    """Frame a drawing: what it is and says, and its figures to open below it."""
    return (
        f'<figure><svg viewBox="0 0 {size}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{text(title)}</title><desc id="{name}-d">{text(desc)}</desc>'
        f"{drawing}</svg><figcaption>{text(desc)}</figcaption>"
        f"<details><summary>{text(title)}: the figures</summary>{below}</details></figure>\n"
    )


def histogram(counts: Sequence[int]) -> str:
    """Draw how many units lie in each part of confidence; the least bar can still be seen."""
    parts, most, total = len(counts), max(counts, default=0), sum(counts)
    room = WIDTH - LEFT - RIGHT
    edges = [
        f"{100 * place / parts:g} to {100 * (place + 1) / parts:g} %" for place in range(parts)
    ]
    drawn = []
    for place, count in enumerate(reversed(counts)):
        y = TOP + place * ROW
        long = max(2.0, room * count / most) if count else 0
        drawn.append(
            f'<text x="{LEFT - 6}" y="{y + 12}" text-anchor="end">{edges[parts - 1 - place]}'
            f'</text><rect class="bar" x="{LEFT}" y="{y + 2}" width="{long:.1f}" '
            f'height="{ROW - 4}"/><text x="{LEFT + long + 5:.1f}" y="{y + 12}">'
            f"{number(count)}</text>"
        )
    drawn.append(f'<path class="axis" d="M{LEFT} {TOP}v{parts * ROW}"/>')
    sure = sum(counts[parts * 9 // 10 :])
    desc = (
        f"{number(total)} units by confidence; {per_cent(sure / total if total else 0)} of them "
        "are at 90 % or more."
    )
    rows = [
        (edge, number(count), per_cent(count / total if total else 0))
        for edge, count in zip(edges, counts, strict=True)
    ]
    below = table("Units by confidence", ("Confidence", "Units", "Share"), rows, kind="figures")
    size = f"{WIDTH} {TOP * 2 + parts * ROW}"
    return figure("histogram", "Confidence of the units", desc, "".join(drawn), below, size=size)


def reliability(bins: Sequence[ReliabilityBin], source: str) -> str:
    """Draw how many of the beads of one confidence are right; nothing if there are no bins."""
    if not bins:
        return ""
    least = min(min(one.confidence, one.right) for one in bins)
    low = min(0.9, int(least * 10) / 10)
    plot = SIDE - ROOM - GAP

    def x(value: float) -> float:
        return ROOM + plot * (value - low) / (1 - low)

    def y(value: float) -> float:
        return SIDE - ROOM - plot * (value - low) / (1 - low)

    drawn = [
        f'<path class="axis" d="M{ROOM} {GAP}V{SIDE - ROOM}H{SIDE - GAP}"/>',
        f'<path class="ideal" d="M{x(low):.1f} {y(low):.1f}L{x(1):.1f} {y(1):.1f}"/>',
    ]
    for tick in range(round(low * 10), 11, 1 if low >= 0.5 else 2):
        share = tick / 10
        drawn.append(
            f'<text x="{x(share):.1f}" y="{SIDE - ROOM + 16}" text-anchor="middle">'
            f'{tick * 10}</text><text x="{ROOM - 6}" y="{y(share) + 4:.1f}" '
            f'text-anchor="end">{tick * 10}</text>'
        )
    most = max(one.beads for one in bins)
    drawn += [
        f'<circle class="dot" cx="{x(one.confidence):.1f}" cy="{y(one.right):.1f}" '
        f'r="{2 + 3 * (one.beads / most) ** 0.5:.1f}"/>'
        for one in bins
    ]
    drawn.append(
        f'<text x="{SIDE / 2 + 20}" y="{SIDE - 14}" text-anchor="middle">confidence, per cent'
        f'</text><text transform="translate(13 {SIDE / 2 - 20}) rotate(-90)" '
        'text-anchor="middle">right, per cent</text>'
    )
    rows = [(per_cent(one.confidence), per_cent(one.right), number(one.beads)) for one in bins]
    heads = ("Mean confidence", "Right", "Beads")
    below = table("Confidence and truth", heads, rows, kind="figures")
    desc = f"{source} Dots on the line: the confidence keeps what it promises; below: it flatters."
    size = f"{SIDE} {SIDE}"
    return figure("reliability", "Reliability diagram", desc, "".join(drawn), below, size=size)


_HEIGHTS = {"0": 3, "1": 6, "2": 9, "3": 12, "4": 14, "x": 16}
"""Of a strip's part, so that a weak place shows without colour too."""


def strip(parts: str, name: str) -> str:
    """Draw a record as a line of parts, higher and darker where it is weaker."""
    paths: dict[str, list[str]] = {}
    start = 0
    for at in range(1, len(parts) + 1):
        if at == len(parts) or parts[at] != parts[start]:
            high = _HEIGHTS[parts[start]]
            paths.setdefault(parts[start], []).append(
                f"M{start} 16h{at - start}v-{high}h-{at - start}z"
            )
            start = at
    drawn = "".join(f'<path class="s{kind}" d="{"".join(d)}"/>' for kind, d in paths.items())
    weak, gaps = sum(parts.count(kind) for kind in "34"), parts.count("x")
    desc = f"{name} from its first to its last sentence: {_parts(weak, 'weak', len(parts))}, "
    desc += f"{_parts(gaps, 'without partner', len(parts))}."
    return (
        f'<svg class="strip" viewBox="0 0 {max(1, len(parts))} 16" preserveAspectRatio="none" '
        f'role="img" aria-label="{text(desc)}"><title>{text(desc)}</title>{drawn}</svg>'
    )


def _parts(count: int, what: str, total: int) -> str:
    return f"{count or 'none'} of {total} parts {what}"
