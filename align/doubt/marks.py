"""With which mark a text ends, and whether both sides of a pair end alike."""

from __future__ import annotations

from typing import Final

QUESTION: Final = "?？"
OPEN: Final = ",，、;；:：-–—…"
CLOSED: Final = ".。!！"
_CLOSERS: Final = "\"'”’」』)）]】》 *"


def end_mark(text: str) -> str:
    """Give the last mark of a text, past quotes and brackets; ``""`` if it ends in none.

    >>> end_mark("他问：“为什么？”")
    '？'
    """
    end = text.rstrip(_CLOSERS)[-1:]
    return end if end and end in QUESTION + OPEN + CLOSED else ""


def ends_alike(zh: str, en: str) -> bool:
    """Whether a question is one on both sides, and a sentence that ends does so on both.

    A bead of several sentences may ask in another place: then any question mark is enough.

    >>> ends_alike("我们支持无核武器区。", "We support nuclear-weapon-free")
    False
    """
    left, right = end_mark(zh), end_mark(en)
    for end, other in ((left, en), (right, zh)):
        if end and end in QUESTION and not any(mark in other for mark in QUESTION):
            return False
    if en.rstrip(_CLOSERS).endswith(("a.m.", "p.m.")):
        return True  # the full stop may be the abbreviation's or the sentence's
    closed_zh, closed_en = left in ("。", "！"), right in (".", "!")
    return not (closed_zh and right in ("", ",")) and not (closed_en and left in ("", "，", "、"))
