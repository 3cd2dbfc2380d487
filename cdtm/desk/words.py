"""The words of the desk's pages in English, by which they are named, and in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.requests import Request

LANGUAGES: Final = ("en", "zh")
"""Of the pages."""

OF_SCRIPTS: Final = (
    "in {n} units",
    "in {n} or more units",
    "in one unit",
    "not in the memory",
    "nothing within these filters",
    "no sure equivalent: the units show how it was rendered",
    "{n} of {m}, last {day}",
    "{n} of {m}",
    "Holds the text",
    "Nearly the same sentence",
    "Near in meaning",
    "{p} alike",
    "confidence {p}",
    "Copied: {text}",
    "The browser does not let a page copy: select the text and press Ctrl+C.",
    "Copy the translation",
    "Copy the pair",
    "In the record",
    "to be reviewed",
    "cdtm does not answer: it was ended, or another version runs. Start it and reload.",
)
"""What the scripts of the pages say."""

_CHINESE: Final = {
    "Desk": "工作台",
    "Look up": "检索",
    "Records": "记录",
    "Record": "记录",
    "Keys": "快捷键",
    "Close": "关闭",
    "Skip to the content": "跳到正文",
    "A word, a term or a sentence, in either language": "词、术语或句子，中英文均可",
    "Filters": "筛选",
    "From": "自",
    "To": "至",
    "Symbol": "文号",
    "Speaker": "发言人",
    "Least confidence": "最低置信度",
    "Tier": "级别",
    "all": "全部",
    "accepted": "可用",
    "review": "待审",
    "Equivalents": "对应译法",
    "Concordance": "语境",
    "Known terms": "已知术语",
    "Type to look up.": "输入即检索。",
    "next / previous": "下一条／上一条",
    "copy the translation": "复制译文",
    "copy the pair": "复制原文和译文",
    "open in the record": "在记录中打开",
    "to the search box": "回到检索框",
    "to the results": "到结果列表",
    "these keys": "显示快捷键",
    "in {n} units": "见于 {n} 个单元",
    "in {n} or more units": "见于 {n} 个以上单元",
    "in one unit": "见于 1 个单元",
    "not in the memory": "记忆库中没有",
    "nothing within these filters": "筛选范围内没有",
    "no sure equivalent: the units show how it was rendered": "没有可靠的对应译法，请看各单元",
    "{n} of {m}, last {day}": "{m} 个中 {n} 个，最近 {day}",
    "{n} of {m}": "{m} 个中 {n} 个",
    "Holds the text": "含所查文字",
    "Nearly the same sentence": "句子近似",
    "Near in meaning": "意思相近",
    "{p} alike": "相似度 {p}",
    "confidence {p}": "置信度 {p}",
    "Copied: {text}": "已复制：{text}",
    "The browser does not let a page copy: select the text and press Ctrl+C.": (
        "浏览器不允许网页复制：请选中文字后按 Ctrl+C。"
    ),
    "Copy the translation": "复制译文",
    "Copy the pair": "复制对照",
    "In the record": "在记录中",
    "to be reviewed": "待审",
    "cdtm does not answer: it was ended, or another version runs. Start it and reload.": (
        "cdtm 没有应答：程序已结束或已换版本。请重新启动并刷新页面。"
    ),
    "Date": "日期",
    "Rows": "行数",
    "Files": "文件",
    "Chinese": "中文",
    "English": "英文",
    "Notes": "说明",
    "Outside every turn": "发言之外",
    "no translation": "无对应",
    "accept": "可用",
    "Search in this record": "在本记录中查找",
    "next / previous row": "下一行／上一行",
    "next / previous doubt": "下一处／上一处疑点",
    "Next doubt": "下一处疑点",
    "Previous doubt": "上一处疑点",
    "search in this record": "在本记录中查找",
    "There are no records.": "没有记录。",
    "page {n}": "第 {n} 页",
    "rejected": "已剔除",
    "A number on one side is not on the other.": "一侧有的数字另一侧没有。",
    "A day, month or year on one side is not on the other.": "一侧有的年、月、日另一侧没有。",
    "A document symbol or resolution number on one side is not on the other.": (
        "一侧有的文号或决议号另一侧没有。"
    ),
    "A country, organization or abbreviation on one side is not on the other.": (
        "一侧有的国名、组织或缩写另一侧没有。"
    ),
    "One side is far longer than a translation of the other should be.": (
        "一侧比另一侧的译文应有的长度长得多。"
    ),
    "Text in one language stands on both sides.": "两侧是同一种语言的文字。",
    "A side is not in the language that it should be in.": "一侧不是应有的语言。",
    "The sentence before or after it has no translation in this document.": (
        "前一句或后一句在本文件中没有译文。"
    ),
    "The same sentence is translated otherwise elsewhere in this document.": (
        "同一句在本文件别处另有译法。"
    ),
    "This sentence stands elsewhere in the other document.": "这句在另一文件中位于别处。",
    "One side ends as a question or unfinished, and the other does not.": (
        "一侧以疑问或未完结尾，另一侧不是。"
    ),
}


def in_language(text: str, language: str) -> str:
    """Give a text of the pages in one of `LANGUAGES`.

    Raises:
        KeyError: nobody has written it in Chinese.
    """
    return _CHINESE[text] if language == "zh" else text


def chosen_language(request: Request) -> str:
    """Tell in which language a page is wanted: as chosen, as chosen before, or by the browser."""
    for wanted in (
        request.query_params.get("lang", ""),
        request.cookies.get("cdtm-language", ""),
        *request.headers.get("accept-language", "").split(","),
    ):
        language = wanted.strip()[:2].lower()
        if language in LANGUAGES:
            return language
    return "en"
