"""Other languages, and what only looks like one."""

from __future__ import annotations

import pytest

from align.doubt.language import language_flag


@pytest.mark.parametrize(
    ("zh", "en", "flag"),
    [
        ("我宣布会议开始。", "我宣布会议开始。", "untranslated"),
        ("We call the meeting to order now.", "We call the meeting to order.", "untranslated"),
        ("我宣布会议开始。", "Объявляю заседание открытым.", "wrong-language"),
        ("我宣布会议开始。", "La séance est ouverte par le Président.", "wrong-language"),
        ("我宣布会议开始。", "Se abre la sesión de la Conferencia.", "wrong-language"),
        ("会議を開始します。よろしくお願いします。", "The meeting begins.", "wrong-language"),
        # names, symbols and quotations are no other language
        ("我宣布会议开始。", "The meeting is open.", None),
        ("CD/1978", "CD/1978", None),
        ("Abel Adelakun Ayoko先生", "Mr. Abel Adelakun Ayoko", None),
        ("他说：“Pacta sunt servanda”。", "He said, “Pacta sunt servanda”.", None),
        ("“和平”一词", "The word 和平", None),
        ("科特迪瓦", "République de Côte d’Ivoire", None),
        ("妇女与发展网络", "the Réseau Femme et Développement of the country", None),
        ("", "", None),
    ],
)  # fmt: skip
def test_language(zh, en, flag):
    assert language_flag(zh, en) == flag
