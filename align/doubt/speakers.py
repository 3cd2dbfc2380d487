"""Who speaks, on both sides: a Chinese speaker is one English speaker, all through a record."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from align.doubt.rules import Reason
from corpora.facts.names import missing_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.doubt.rows import Row

OTHER_SPEAKER: Final = 2.0
"""Weight of a turn whose speakers are usually paired otherwise. On right alignments of the records
no turn is."""

OTHER_COUNTRY: Final = 2.0
"""Weight of a turn whose speakers come from other countries."""

ONE_LABEL: Final = 0.8
"""Weight of a turn that opens on one side only: now and then a side forgets a label."""

_BRACKET: Final = re.compile(r"\(([^()]*)\)\s*$")
_CHAIR_ZH: Final = ("主席", "代理主席", "临时主席")
_CHAIR_EN: Final = ("President", "Chair", "Chairman", "Chairperson", "Chairwoman")
_MEN: Final = ("先生", "Mr.")
_WOMEN_ZH: Final = ("女士", "夫人", "小姐")
_WOMEN_EN: Final = ("Ms.", "Mrs.", "Miss")


def speaker_reasons(rows: Sequence[Row]) -> dict[int, Reason]:
    """Give the beads that open a turn with speakers that do not fit, by place.

    Names are spelt otherwise in each language, so four things are compared: whether both sides
    open a turn, the chair's office, the country in brackets, Mr. and Ms., and with whom each name
    is paired in the rest of the record.
    """
    opening = [
        place
        for place, row in enumerate(rows)
        if not row.is_null and row.zh_opens and row.en_opens and row.zh_speaker and row.en_speaker
    ]
    pairs = Counter((rows[i].zh_speaker, rows[i].en_speaker) for i in opening)
    best_zh = _commonest(pairs, 0)
    best_en = _commonest(pairs, 1)
    found = {}
    for place in opening:
        zh, en = rows[place].zh_speaker, rows[place].en_speaker
        reason = _conflict(zh, en)
        if reason is None and (zh, en) not in (best_zh.get(zh), best_en.get(en)):
            usual = best_zh.get(zh) or best_en.get(en)
            if usual is not None:
                reason = Reason(
                    OTHER_SPEAKER,
                    f"{zh} speaks in the Chinese and {en} in the English; "
                    f"elsewhere in this record {usual[0]} is {usual[1]}.",
                )
        if reason is not None:
            found[place] = reason
    for place, row in enumerate(rows):
        if not row.is_null and row.zh_opens != row.en_opens:
            here, there = ("Chinese", "English") if row.zh_opens else ("English", "Chinese")
            name = row.zh_speaker if row.zh_opens else row.en_speaker
            found[place] = Reason(
                ONE_LABEL, f"{name} begins to speak here in the {here} and not in the {there}."
            )
    return found


def _commonest(pairs: Counter[tuple[str, str]], side: int) -> dict[str, tuple[str, str]]:
    """Give the pair of each name that is commoner than all its other pairs together."""
    total: Counter[str] = Counter()
    for pair, count in pairs.items():
        total[pair[side]] += count
    return {pair[side]: pair for pair, count in pairs.items() if 2 * count > total[pair[side]]}


def _conflict(zh: str, en: str) -> Reason | None:
    """Say in what two labels contradict each other; None if in nothing."""
    both = f"{zh} speaks in the Chinese and {en} in the English"
    chairs = zh.startswith(_CHAIR_ZH), any(title in en for title in _CHAIR_EN)
    if chairs[0] != chairs[1]:
        return Reason(OTHER_SPEAKER, f"{both}: only one of them is the chair.")
    homes = _BRACKET.search(zh), _BRACKET.search(en)
    if homes[0] and homes[1] and missing_names(homes[0][1], homes[1][1]):
        return Reason(OTHER_COUNTRY, f"{both}: these are not one country.")
    name = _BRACKET.sub("", zh).strip()
    man_and_woman = name.endswith(_MEN[0]) and en.startswith(_WOMEN_EN)
    if man_and_woman or (name.endswith(_WOMEN_ZH) and en.startswith(_MEN[1])):
        return Reason(OTHER_SPEAKER, f"{both}: one is a man and the other a woman.")
    return None
