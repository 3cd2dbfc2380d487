"""The words of the desk's pages in English, by which they are named, and in Chinese."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

from cdtm.desk.evidence import EVIDENCE
from cdtm.desk.mistakes import MISTAKES

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
    "{text}: not as it is written. {other}",
    "Did you mean",
    "There is no further doubt.",
    "Saved: {what}.",
    "Not saved: {why}",
    "Mine counts",
    "There is nothing to undo.",
    "There is nothing to redo.",
    "Undone.",
    "Done again.",
    "{n} of {m} rows hold it",
    "Save",
    "Drop",
    "Ctrl+Enter saves, Esc drops. Enter splits at the caret, on both sides.",
    "A null link is edited, moved, merged, linked or left: it cannot be accepted or rejected.",
    "Go to the row that this side belongs to, and press l again.",
    "It would be like this; the confidence was {was}.",
    "nothing speaks against it",
    "no translation",
    "{n} passages were left out",
    "page",
    "Do it",
    "up",
    "down",
    "swap",
    "link",
    "realign",
    "pin",
    "Each side needs exactly one line break for a split, or none for an edit.",
    "{n} doubts",
    "accept",
    "reject",
    "edit",
    "split",
    "merge with next",
    "wrong segmentation",
    "translation error",
    "free translation",
    "Comment",
    "Decision",
    "cdtm does not answer: it was ended, or another version runs. Start it and reload.",
    "These units as a file:",
    "to its units",
    "{origin}: {text}; in {n} of {m}",
    "{origin}: {text}",
    "confirmed terms",
    "imported glossary",
    "built-in glossary",
    "the newest {n} of {m} units",
    "rendered otherwise, or it is not sure how",
    "{n} more",
    "look it up",
    "{n} of {m} terms, {k} confirmed",
    "together in {n} units, the Chinese in {zh}, the English in {en}",
    "confirmed",
    "rejected",
    "rivals: {list}",
    "{n} marked",
    "Mark the terms to be joined first.",
    "Chinese, a form a line",
    "English, a form a line",
    "Domain",
    "Note",
    "confirm",
    "take back",
)
"""What the scripts of the pages say."""

_CHINESE: Final = {
    "Desk": "工作台",
    "Look up": "检索",
    "Records": "记录",
    "Keys": "快捷键",
    "Close": "关闭",
    "Skip to the content": "跳到正文",
    "A word, a term or a sentence, in either language": "词、术语或句子，中英文均可",
    "Filters and order": "筛选与排序",
    "Body": "机构",
    "Order": "排序",
    "by equivalent": "按译法",
    "the newest first": "最新在前",
    "the surest first": "最可靠在前",
    "by what stands before": "按左侧语境",
    "by what stands after": "按右侧语境",
    "These units as a file:": "将这些单元存为文件：",
    "to its units": "转到其单元",
    "{origin}: {text}; in {n} of {m}": "{origin}：{text}；{m} 个中 {n} 个",
    "{origin}: {text}": "{origin}：{text}",
    "confirmed terms": "已确认的术语",
    "imported glossary": "导入的术语表",
    "built-in glossary": "内置术语表",
    "the newest {n} of {m} units": "{m} 个单元中最新的 {n} 个",
    "rendered otherwise, or it is not sure how": "另有译法，或译法不确定",
    "{n} more": "另有 {n} 个",
    "Terms": "术语",
    "Search in the terms": "在术语中查找",
    "Show": "显示",
    "to be decided": "待定",
    "with rivals or doubts": "有异译或疑点",
    "confirmed": "已确认",
    "Looking for terms: a large memory takes minutes.": "正在提取术语，大型记忆库需数分钟。",
    "All terms as a file:": "将全部术语存为文件：",
    "Decisions": "决定",
    "confirm": "确认",
    "mark": "标记",
    "Space": "空格",
    "join the marked": "合并所标记的",
    "take back": "收回",
    "look it up": "检索",
    "{n} of {m} terms, {k} confirmed": "{m} 条术语中 {n} 条，已确认 {k} 条",
    "together in {n} units, the Chinese in {zh}, the English in {en}": (
        "同见于 {n} 个单元，中文见于 {zh} 个，英文见于 {en} 个"
    ),
    "rivals: {list}": "异译：{list}",
    "{n} marked": "已标记 {n} 条",
    "Mark the terms to be joined first.": "请先标记要合并的术语。",
    "Chinese, a form a line": "中文，每行一种写法",
    "English, a form a line": "英文，每行一种写法",
    "Domain": "领域",
    "Note": "说明",
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
    "Type to look up. Both sides at once: zh:核裁军 en:!disarmament. Any letters: verif*": (
        "输入即检索。两侧同时检索：zh:核裁军 en:!disarmament。通配：verif*"
    ),
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
    "Files": "文件",
    "Outside every turn": "发言之外",
    "no translation": "无对应",
    "{text}: not as it is written. {other}": "{text}：没有此写法。{other}",
    "Did you mean": "您是否要查",
    "There is no further doubt.": "没有其他疑点。",
    "Saved: {what}.": "已保存：{what}。",
    "Not saved: {why}": "未保存：{why}",
    "Mine counts": "以我的为准",
    "There is nothing to undo.": "没有可撤销的。",
    "There is nothing to redo.": "没有可重做的。",
    "Undone.": "已撤销。",
    "Done again.": "已重做。",
    "{n} of {m} rows hold it": "{m} 行中 {n} 行含此文字",
    "Save": "保存",
    "Drop": "放弃",
    "Ctrl+Enter saves, Esc drops. Enter splits at the caret, on both sides.": (
        "Ctrl+Enter 保存，Esc 放弃。回车在光标处拆分；两侧都要拆分。"
    ),
    "A null link is edited, moved, merged, linked or left: it cannot be accepted or rejected.": (
        "无对应的句子可编辑、移动、合并、连接或保留，不能标为可用或剔除。"
    ),
    "Go to the row that this side belongs to, and press l again.": (
        "请到这一侧所属的那一行，再按 l。"
    ),
    "It would be like this; the confidence was {was}.": "将变为如下；原置信度为 {was}。",
    "nothing speaks against it": "未见疑点",
    "Do it": "执行",
    "up": "上移",
    "down": "下移",
    "swap": "互换",
    "link": "连接",
    "realign": "重新对齐",
    "pin": "固定",
    "first sentence, or what is selected, to the row before": "首句（或所选文字）移到上一行",
    "last sentence, or what is selected, to the row behind": "末句（或所选文字）移到下一行",
    "the side that is moved": "选择要移动的一侧",
    "swap that side with the row behind": "该侧与下一行互换",
    "link that side with another row": "把该侧与另一行连接",
    "pin, or take the pin off": "固定，或取消固定",
    "realign what lies between pinned and decided rows and the turns": (
        "在固定的行、已决定的行与发言边界之间重新对齐"
    ),
    "do what is shown; drop it": "执行所示；放弃",
    "next doubt by what its mending gains": "按改正收益到下一处疑点",
    "edited": "已编辑",
    "pinned": "已固定",
    "realigned": "已重新对齐",
    "Each side needs exactly one line break for a split, or none for an edit.": (
        "拆分时两侧各须恰有一个换行，编辑时不得有换行。"
    ),
    "{n} doubts": "{n} 处疑点",
    "accept": "可用",
    "reject": "剔除",
    "edit": "编辑",
    "split": "拆分",
    "merge with next": "与下一行合并",
    "wrong segmentation": "断句错误",
    "translation error": "译文错误",
    "free translation": "意译",
    "Comment": "附注",
    "Decision": "决定",
    "Undo": "撤销",
    "Redo": "重做",
    "undo, redo": "撤销、重做",
    "accept, and to the next doubt": "可用，并到下一处疑点",
    "comment": "附注",
    "save the edited text; drop it": "保存编辑；放弃",
    "Corrections": "更正",
    "{who}: {what}": "{who}：{what}",
    "page": "页",
    "This cannot be shown": "无法显示",
    "Chinese page {n}": "中文第 {n} 页",
    "English page {n}": "英文第 {n} 页",
    "in whose name: {who}": "以 {who} 的名义",
    "Search in this record": "在本记录中查找",
    "next / previous row": "下一行／上一行",
    "next / previous doubt": "下一处／上一处疑点",
    "Next doubt": "下一处疑点",
    "Greatest gain": "收益最大",
    "Map of the alignment": "对齐图",
    "Doubts of one kind": "某一类疑点",
    "every doubt": "所有疑点",
    "Left out": "略去的文字",
    "what was left out of the files, in its place": "在原处显示从文件略去的文字",
    "{n} passages were left out": "略去 {n} 处",
    "cover page": "封面",
    "publisher's notice": "出版说明",
    "running header": "页眉",
    "running footer": "页脚",
    "page number": "页码",
    "job number": "制作编号",
    "barcode": "条码",
    "dot leader": "目录引点",
    "rule": "横线",
    "empty": "空行",
    "footnote": "脚注",
    "margin text": "页边文字",
    "watermark": "水印",
    "hidden text": "隐藏文字",
    "doubled text": "重复文字",
    "Errors: {p} ({low} to {high})": "错误率：{p}（{low} 至 {high}）",
    "{n} of {m} of the sample decided": "样本 {m} 个中已决定 {n} 个",
    "Next of the sample": "样本中的下一个",
    "Draw a sample": "抽取样本",
    "to learn how many of the pairs are wrong": "以估计有多少对译是错的",
    "Previous doubt": "上一处疑点",
    "search in this record": "在本记录中查找",
    "There are no records.": "没有记录。",
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
    "Much text beside it was left out of a file with its page furniture.": (
        "旁边有大段文字被当作页眉页脚略去。"
    ),
    "Its confidence is too low for the tier accepted.": "置信度不够高，不能列入可用。",
    "One side ends as a question or unfinished, and the other does not.": (
        "一侧以疑问或未完结尾，另一侧不是。"
    ),
}


def in_language(text: str, language: str, usual: str | None = None) -> str:
    """Give a text of the pages in one of `LANGUAGES`.

    Args:
        text: in English.
        language: wanted.
        usual: given where nobody has written it in Chinese, as what files and other programs say
            is not.

    Raises:
        KeyError: nobody has, and there is no `usual`.
    """
    if language != "zh":
        return text
    if usual is None:
        return _CHINESE[text]
    return in_chinese(text) or usual


SENTENCES: Final = ("error", "conflict", "note", "reason", "reasons")
"""Names in what is answered as JSON, under which sentences for people stand."""


def localized(told: Any, language: str, *, sentence: bool = False) -> Any:
    """Give what is answered as JSON with its `SENTENCES` in one of `LANGUAGES`.

    Args:
        told: of dicts, lists, texts and numbers.
        language: wanted.
        sentence: whether texts in it are sentences, and not only those of these names.
    """
    if isinstance(told, dict):
        return {k: localized(v, language, sentence=k in SENTENCES) for k, v in told.items()}
    if isinstance(told, list | tuple):
        return [localized(one, language, sentence=sentence) for one in told]
    if sentence and isinstance(told, str):
        return in_language(told, language, usual=told)
    return told


def in_chinese(text: str) -> str | None:
    """Give sentences in Chinese, those of which it is made one by one; None if one is not known.

    >>> in_chinese("The aligner is only 94% sure of this pair.")
    '对齐程序对此对译的把握仅 94%。'
    """
    said = _said(text)
    if said is None and len(parts := _BETWEEN.split(text)) > 1:
        told = [_said(part) for part in parts]
        return None if None in told else "".join(filter(None, told))
    return said


NESTED: Final = ("reason", "said", "cure")
"""Places of a sentence in which something stands that is translated itself."""

_BETWEEN: Final = re.compile(r"(?<=\.) (?=[A-Z\u4e00-\u9fff])")
"""Where a sentence ends and another begins."""


def _said(text: str) -> str | None:
    if text in _CHINESE:
        return _CHINESE[text]
    for pattern, chinese in _patterns():
        if found := pattern.fullmatch(text):
            return re.sub(r"\{(\w+)\}", partial(_filled, found), chinese)
    return None


def _filled(found: re.Match[str], place: re.Match[str]) -> str:
    value = found[place[1]]
    return (_said(value) or value) if place[1] in NESTED else value


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [
        (
            re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(english)), re.DOTALL),
            chinese,
        )
        for english, chinese in (EVIDENCE | MISTAKES).items()
    ]


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
