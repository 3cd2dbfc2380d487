"""A small made-up pair of records, aligned by hand: every shape of bead, speakers, pages."""

from __future__ import annotations

from datetime import date

import pytest

from align.alignment import Alignment, Bead
from corpora import Document, Sentence, Speaker

CHAIR_ZH = Speaker("主席", None, "en", "主席(以英语发言)：")
CHAIR_EN = Speaker("The President", None, None, "The President:")
GUEST_ZH = Speaker("林先生", "海国", "en", "林先生(海国)(以英语发言)：")
GUEST_EN = Speaker("Mr. Lin", "Seeland", None, "Mr. Lin (Seeland):")


@pytest.fixture
def alignment() -> Alignment:
    """Six Chinese and six English sentences: 1-1, 2-1, 1-2, 1-0, 0-1, 1-1."""
    zh = Document(
        name="CD_PV.9999.zh.txt",
        language="zh",
        symbol="CD/PV.9999",
        date=date(2015, 7, 21),
        sentences=(
            Sentence("主席(以英语发言)：我宣布会议开始。", 0, 1, CHAIR_ZH, 2),
            Sentence("我们审议 NPT", 1, 1, CHAIR_ZH, 2),
            Sentence("CD/1864 号文件。", 1, 1, CHAIR_ZH, 2),
            Sentence("林先生(海国)(以英语发言)：谢谢主席，我很高兴。", 2, 2, GUEST_ZH, 3),
            Sentence("此句未译。", 2, 2, GUEST_ZH, 3),
            Sentence("谢谢。", 3, 2, GUEST_ZH, 3),
        ),
    )
    en = Document(
        name="CD_PV.9999.en.txt",
        language="en",
        symbol="CD/PV.9999",
        sentences=(
            Sentence("The President: I call the meeting to order.", 0, 1, CHAIR_EN, 1),
            Sentence("We consider NPT and document CD/1864.", 1, 1, CHAIR_EN, 1),
            Sentence("Mr. Lin (Seeland): Thank you, Mr. President.", 2, 2, GUEST_EN, 2),
            Sentence('I am "glad" <& happy>.', 2, 2, GUEST_EN, 2),
            Sentence("- This was added.", 3, 2, GUEST_EN, 2),
            Sentence("Thank you.", 4, 2, GUEST_EN, 2),
        ),
    )
    beads = (
        Bead((0, 1), (0, 1), 1.0, 0.9876),
        Bead((1, 3), (1, 2), 0.8, 0.29, ("number-differs", "length-odd")),
        Bead((3, 4), (2, 4), 0.7, 0.5),
        Bead((4, 5), (4, 4), 0.1, 0.4),
        Bead((5, 5), (4, 5), 0.1, 0.3),
        Bead((5, 6), (5, 6), 1.0, 1.0),
    )
    return Alignment(zh, en, beads, "static v1, a=0.8")
