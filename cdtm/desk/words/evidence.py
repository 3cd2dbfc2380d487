"""Evidence that names words or figures, in Chinese: sentences of `align.doubt` with places to fill.

What is not among them is shown in English as it is; a test holds each against the sentences that
the rules write.
"""

from __future__ import annotations

from typing import Final

EVIDENCE: Final = {
    "The aligner is only {p} sure of this pair.": "对齐程序对此对译的把握仅 {p}。",
    "{n} Chinese and {m} English sentences are joined in one pair, which is unusual.": (
        "此对译由 {n} 个中文句和 {m} 个英文句合成，并不常见。"
    ),
    "This Chinese sentence has no partner in the English: it may have been left out.": (
        "此中文句在英文中无对应，可能漏译。"
    ),
    "This English sentence has no partner in the Chinese: it may have been left out.": (
        "此英文句在中文中无对应，可能漏译。"
    ),
    "{n} Chinese sentences in a row have no partner in the English.": (
        "连续 {n} 个中文句在英文中无对应。"
    ),
    "{n} English sentences in a row have no partner in the Chinese.": (
        "连续 {n} 个英文句在中文中无对应。"
    ),
    "{n} Chinese sentences in a row have no partner in the English: a page or a passage is missing "
    "from the English file, or stands elsewhere in it.": (
        "连续 {n} 个中文句在英文中无对应：英文文件缺一页或一段，或位于别处。"
    ),
    "{n} English sentences in a row have no partner in the Chinese: a page or a passage is missing "
    "from the Chinese file, or stands elsewhere in it.": (
        "连续 {n} 个英文句在中文中无对应：中文文件缺一页或一段，或位于别处。"
    ),
    "The Chinese of this pair says what the English of the pair before it says.": (
        "此对译的中文与前一对译的英文相合。"
    ),
    "The Chinese of this pair says what the English of the pair after it says.": (
        "此对译的中文与后一对译的英文相合。"
    ),
    "In {n} pairs in a row the Chinese fits the English of the pair before it better than its own: "
    "the alignment seems to be moved by one.": (
        "连续 {n} 对译中，中文更合前一对译的英文：对齐似乎错开一行。"
    ),
    "In {n} pairs in a row the Chinese fits the English of the pair after it better than its own: "
    "the alignment seems to be moved by one.": (
        "连续 {n} 对译中，中文更合后一对译的英文：对齐似乎错开一行。"
    ),
    "The lengths do not fit: {n} Chinese characters stand against {m} English {words}, so "
    "something may be missing on the shorter side.": (
        "长度不合：中文 {n} 字对英文 {m} 词，较短一侧可能有缺漏。"
    ),
    "The Chinese begins as item {n}, the English as item {m}.": (
        "中文以第 {n} 项开头，英文以第 {m} 项开头。"
    ),
    "{what} stand in the Chinese and not in the English.": "中文有 {what}，英文没有。",
    "{what} stands in the Chinese and not in the English.": "中文有 {what}，英文没有。",
    "{what} stand in the English and not in the Chinese.": "英文有 {what}，中文没有。",
    "{what} stands in the English and not in the Chinese.": "英文有 {what}，中文没有。",
    "{who} begins to speak here in the Chinese and not in the English.": (
        "中文在此由 {who} 开始发言，英文没有。"
    ),
    "{who} begins to speak here in the English and not in the Chinese.": (
        "英文在此由 {who} 开始发言，中文没有。"
    ),
}
"""English with places in braces, and the Chinese; `{words}` is "word" or "words"."""
