"""Speakers' labels and the other fixed lines of a record: votes, times, language notes.

A label opens a turn: ``Mr. Jadoon (Pakistan):``, ``主席(以英语发言)：``. Houses differ in brackets
and colons, and the notes of language are asymmetric (a Chinese record says 以英语发言 where the
English one says nothing), so labels are recognised by form and never compared as strings.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from corpora.chinese import CJK_LETTER, HAN, NAME_DOTS, normalize_spacing
from corpora.document import Speaker
from corpora.lazy import lazy_pattern
from corpora.repair.narrative import is_narrative

_HAN: Final = lazy_pattern(f"[{HAN}]")
_LANGUAGES: Final = {
    "en": ("英语", "英文", "english"),
    "fr": ("法语", "法文", "french"),
    "es": ("西班牙语", "西班牙文", "spanish"),
    "ru": ("俄语", "俄文", "russian"),
    "ar": ("阿拉伯语", "阿拉伯文", "arabic"),
    "zh": (
        "中文",
        "汉语",
        "华语",
        "粤语",
        "普通话",
        "chinese",
        "cantonese",
        "putonghua",
        "mandarin",
    ),
    "pt": ("葡萄牙语", "葡萄牙文", "portuguese"),
    "de": ("德语", "德文", "german"),
    "ja": ("日语", "日文", "japanese"),
    "it": ("意大利语", "italian"),
    "ko": ("韩语", "朝鲜语", "korean"),
    "tr": ("土耳其语", "turkish"),
    "fa": ("波斯语", "farsi", "persian"),
    "he": ("希伯来语", "hebrew"),
    "sw": ("斯瓦希里语", "swahili", "kiswahili"),
    "uk": ("乌克兰语", "ukrainian"),
}
_CODE_OF: Final = {name: code for code, names in _LANGUAGES.items() for name in names}

# 以葡萄牙语发言；英文本由代表团提供 / spoke in Portuguese; English text provided by the delegation
_NOTE: Final = lazy_pattern(
    r"(?:以|用)(?P<zh>[^，,；;)）]{1,8}?(?:语|文))(?:发言|讲话)(?:[，,；;].*)?"
    rf"|(?P<zh_bare>{'|'.join(name for name in _CODE_OF if not name.isascii())})(?:发言|讲话)"
    r"|(?:译自|原文为?)(?P<zh_old>[^，,；;)）]{1,8}?(?:语|文))(?:[，,；;].*)?"
    r"|(?:(?:spoke|speaking|continued|resumed|translated|interpretation|interpreted|original)\s+)?"
    r"(?:in|from)\s+(?P<en>[A-Z][A-Za-z]+)(?:[,;].*)?",
    re.IGNORECASE,
)

_OPENERS: Final = "(（"
_CLOSERS: Final = ")）"
_COLONS: Final = ":："
LONGEST_BRACKET: Final = 160
"""Characters: longer than the longest affiliation read in a record (two offices, 97)."""
LONGEST_NAME: Final = 60
"""Characters of a name; the longest read is ``Mr. Sánchez de Lerín García-Ovies``, 33."""

_TITLES_ZH: Final = (
    "先生|女士|夫人|小姐|女爵士|女男爵|男爵|爵士|勋爵|大使|阁下|博士|教授|将军|殿下|陛下|"
    "公主|王子|亲王|酋长|主教|大主教|蒙席|神父|先生阁下|女士阁下"
)
_CHAIR_ZH: Final = lazy_pattern(
    r"(?:代理|临时|副|共同|候任|当选|代)?(?:主席|议长|秘书长|副秘书长|执行秘书|主持人)"
)
_MEMBER_ZH: Final = lazy_pattern(
    rf"(?P<stem>[{HAN}A-Za-zÀ-ÿ{re.escape(NAME_DOTS)}•－\-.‘’' ]{{1,40}}?)(?:{_TITLES_ZH})"
)
_PROSE: Final = (
    r"(?:我|你|您|他|她|它|请|现在|感谢|谢谢|祝贺|欢迎|正如|正像|正是|关于|根据|按照|如|由|在|对|向|"
    r"从|据|但|而|因|这|那|并|以下|下列|以及|其中|引述|引用|尊敬|亲爱|各位|诸位|第)"
)
# Heads of State and Government are called so only with a bracket behind: 卡加梅总统(卢旺达)：
_LEADER_ZH: Final = lazy_pattern(
    rf"(?P<stem>(?!{_PROSE})[{HAN}A-Za-zÀ-ÿ{re.escape(NAME_DOTS)}•－\-.‘’' ]{{1,40}}?)"
    r"(?:总统|总理|首相|国王|苏丹|埃米尔)"
)
# 主席先生： and 尊敬的大使女士： greet; nobody is called so.
_GREETED_ZH: Final = lazy_pattern(
    r"(?:副?主席|副?秘书长|大使|议长|部长|总统|总理|首相|代表|同事|朋友|各位|诸位|女士们?|先生们?"
    r"|尊敬的.*|亲爱的.*|们)"
)
# A line of prose that happens to hold a name before a colon: 我要引述特雷扎大使：, 正如菲诺先生：
_PROSE_ZH: Final = lazy_pattern(_PROSE)

_HONORIFIC_EN: Final = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Msgr|Rev|Hon)\.?|H\.\s?(?:E|H|M|R\.\s?H)\."
    r"|(?:His|Her|Their)\s+(?:Excellency|Excellencies|Majesty|(?:Royal\s+|Serene\s+)?Highness)|Messrs\.?|Mme\.?|Mlle\.?|M\.|Sra?\.|Dame|Sir|Lord"
    r"|Lady|Baroness|Baron|Count|Countess|Viscount|Prince|Princess|King|Queen|Crown Prince|Sheikha?"
    r"|Shaikha?|Archbishop|Bishop|Cardinal|Monsignor|Father|Sister|Reverend|Ambassador|General"
    r"|Lieutenant General|Major General|Colonel|Captain|Admiral|Judge|Justice|Professor|Doctor"
    r"|President|Vice-President|Prime Minister|Minister|Senator|Chief|U|Nana|Datuk|Dato’?|Tun"
)
_CHAIR_EN: Final = lazy_pattern(
    r"(?:(?:His|Her) Excellency\s+)?The\s+(?:(?:Acting|Temporary|Provisional|Deputy|Outgoing"
    r"|Incoming|Co)[\s-]+|Vice-)?"
    r"(?:President|Chair(?:man|woman|person)?|Co-Chair(?:man|woman|person)?|Secretary-General"
    r"|Deputy Secretary-General|Under-Secretary-General|Secretary|Moderator|Rapporteur"
    r"|Executive Secretary|Governor|Speaker|Clerk)(?=\W)",
    re.IGNORECASE,
)
# Legislative records: offices and members in capitals, `SECRETARY FOR SECURITY:`, `MRS. FAN:`, and
# in Chinese with what they do, `潘志辉议员问：`, `保安司答复的译文：`.
_CAPITALS: Final = "[A-Z][A-Z ,&’'-]{2,50}"
_CAPITAL_NAME: Final = "(?:Mc|Mac)?[A-Z][A-Z.’'-]*"
_LEGISLATOR_EN: Final = lazy_pattern(
    r"(?:HIS EXCELLENCY |HER EXCELLENCY )?(?:THE )?(?:"
    r"(?:(?:CHIEF|FINANCIAL|COLONIAL|LEGAL|HOME AFFAIRS|ACTING) ){0,2}SECRETARY"
    rf"(?: FOR {_CAPITALS})?"
    rf"|ATTORNEY GENERAL|(?:DIRECTOR|COMMISSIONER) (?:OF|FOR) {_CAPITALS}"
    rf"|(?:MR|MRS|MS|MISS|DR|PROF|REV|SIR|DAME|THE HON)\.? (?P<stem>{_CAPITAL_NAME})"
    rf"(?: {_CAPITAL_NAME}){{0,5}})(?: (?:asked|said|replied|answered))?"
)
_OFFICE_ZH: Final = "(?:司|司長|司长|局長|局长|署長|署长|总督|總督)"
_LEGISLATOR_ZH: Final = lazy_pattern(
    rf"(?P<stem>{CJK_LETTER}{{2,10}}(?:議員|议员)|{CJK_LETTER}{{1,12}}(?<!公){_OFFICE_ZH}|总督|總督|主席)"
    r"(?:(?:問題?|问题?|答(?:覆|复)?|致[辞辭]|[发發]言|动议二读|動議二讀)的?)?(?:[译譯]文)?"
)
_DOES: Final = lazy_pattern(
    r"(?<=[员員司長长督席])(?:[問问答致发發动動].{0,6})?(?:的?[译譯]文)?\Z"
    r"|(?<=[A-Z]) (?:asked|said|replied|answered)\Z"
)
_TRANSLATED: Final = frozenset({"译文", "譯文"})
_PARTICLES_EN: Final = (
    r"de|del|della|di|da|do|dos|das|du|des|la|las|le|les|los|van|von|der|den|ten|ter|bin|bint|ibn|ben"
    r"|al|el|as|ad|an|ul|ur|ould|of|and|y|e|i|zu|zum|st|dit|née|af|av|abu|d|ag"
)
# A stop ends only initials and short forms, `J.`, `St.`: elsewhere it ends a sentence.
_WORD_EN: Final = r"(?:[A-Z]\w{0,2}\.|[A-ZÀ-ÖØ-ÞĀ-Ž‘’'ʿʻ][\w’'‘ʿʻ`´-]*)(?:-[A-Z]\w{0,2}\.)?"
_PREFIXED_EN: Final = r"(?:al|el|an|as|ad|ul|ur|d|l|o)[-’'‘]\w[\w’'‘-]*"  # al-Khasawneh, d’Escoto
_MEMBER_EN: Final = lazy_pattern(
    rf"(?:{_HONORIFIC_EN})\s+(?P<stem>{_WORD_EN}|{_PREFIXED_EN}|(?:{_PARTICLES_EN})(?=\s))"
    rf"(?:[ /]+(?:{_WORD_EN}|{_PREFIXED_EN}"
    rf"|(?:{_PARTICLES_EN})(?=[\s.])\.?)){{0,8}}"
)
_GREETED_EN: Final = lazy_pattern(
    r"(?:H\.\s?E\.\s+)?(?:Mr|Mrs|Ms|Miss|Madam)\.?\s+(?:Vice-|Deputy\s+|Acting\s+)?(?:President|Chair\w*"
    r"|Secretary-General|Moderator|Ambassador|Minister|Secretary|Speaker|Director\S*|Coordinator)",
    re.IGNORECASE,
)
_SPACE: Final = lazy_pattern(r"\s*")
_MARK: Final = lazy_pattern(f"[{_OPENERS}{_COLONS}]")
_HEAD: Final = lazy_pattern(f"[^{_OPENERS}{_COLONS}]*")


_MEMBERS: Final = (
    (_MEMBER_ZH, _GREETED_ZH),
    (_LEADER_ZH, _GREETED_ZH),
    (_MEMBER_EN, _GREETED_EN),
    (_LEGISLATOR_ZH, _GREETED_ZH),
    (_LEGISLATOR_EN, _GREETED_EN),
)


def spoken_language(note: str) -> str | None:
    """ISO 639-1 code of the language that `note` names, ``以英语发言`` or ``spoke in French``.

    `note` is what stands inside the brackets. None if it is no note of language, ``und`` if the
    language is none that this module knows by name.
    """
    match = _NOTE.fullmatch(re.sub(r"\s+", " ", note).strip())
    if match is None:
        return None
    name = (
        (match["zh"] or match["zh_bare"] or match["zh_old"] or match["en"]).replace(" ", "").lower()
    )
    # `in Cantonese` alone is a note, `in Geneva` is a place.
    bare = re.match(r"in\s", note.strip(), re.IGNORECASE) is not None
    return _CODE_OF.get(name, None if bare else "und")


def standing_note(text: str) -> str | None:
    """Read the language of a note that opens a paragraph in mid-speech, ``(以英语发言)``."""
    if not text.startswith(("(", "（")):
        return None
    end = _closing_bracket(text, 0)
    return None if end is None else spoken_language(text[1 : end - 1])


def match_label(text: str) -> Speaker | None:
    """Read the speaker whose label opens `text`; None if `text` opens with no label.

    `Speaker.label` is the label as printed with its colon, so ``text.startswith(label)``.
    Works on one paragraph (or on the first lines of one), both languages and all their brackets.
    """
    name = _match_name(text) if _MARK.search(text) else None
    if name is None:
        return None
    place = len(name)
    notes: list[str] = []
    while len(notes) < 4:
        opening = _skip_space(text, place)
        if opening >= len(text) or text[opening] not in _OPENERS:
            break
        end = _closing_bracket(text, opening)
        if end is None:
            return None
        notes.append(text[opening + 1 : end - 1].strip())
        place = end
    colon = _skip_space(text, place)
    if colon < len(text) and text[colon] in _COLONS:
        place = colon + 1
    elif not any(note.lower().startswith("translated from") for note in notes):
        return None  # only old records leave the colon out: The PRESIDENT (translated from Spanish)
    return _speaker(name, notes, text[:place])


def _speaker(name: str, notes: list[str], label: str) -> Speaker:
    affiliation, spoken = None, None
    for note in notes:
        language = spoken_language(note)
        if language is not None:
            spoken = language
        elif affiliation is None and note and note not in _TRANSLATED:
            affiliation = note
    return Speaker(_DOES.sub("", name.strip()), affiliation, spoken, label)


def _match_name(text: str) -> str | None:
    """Read the name that `text` opens with, if what follows can still make it a label."""
    for chair in (_CHAIR_ZH, _CHAIR_EN):
        match = chair.match(text)
        if match is not None and _ends_name(text, match.end()):
            return match.group()
    # Up to the first bracket or colon, for a title may hide in a name.
    head = _HEAD.match(text)
    name = head.group().rstrip() if head is not None else ""
    if len(name) > LONGEST_NAME:
        return None
    for member, greeted in _MEMBERS:
        match = member.fullmatch(name)
        if match is None:
            continue
        if match["stem"] is None:
            return match.group()  # an office in capitals
        if member is _LEADER_ZH and not _has_bracket(text, match):
            continue
        if greeted.fullmatch(match["stem"]) or greeted.fullmatch(match.group()):
            return None
        if (
            member in (_MEMBER_ZH, _LEGISLATOR_ZH)
            and _PROSE_ZH.match(match.group())
            and not _has_bracket(text, match)
        ):
            return None
        return match.group()
    return None


def _ends_name(text: str, place: int) -> bool:
    place = _skip_space(text, place)
    return place < len(text) and text[place] in _OPENERS + _COLONS


def _has_bracket(text: str, name: re.Match[str]) -> bool:
    place = _skip_space(text, name.end())
    return place < len(text) and text[place] in _OPENERS


def _skip_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return place if match is None else match.end()


def _closing_bracket(text: str, opening: int) -> int | None:
    """Find the place after the bracket that closes the one at `opening`; brackets may nest."""
    depth = 0
    for place in range(opening, min(len(text), opening + LONGEST_BRACKET)):
        if text[place] in _OPENERS:
            depth += 1
        elif text[place] in _CLOSERS:
            depth -= 1
            if depth == 0:
                return place + 1
    return None


_TIME_EN: Final = r"(?:noon|midnight|\d{1,2}(?:[.:]\d{2})?\s*(?:a\.?m\.?|p\.?m\.?|noon|midnight))"
_TIME_ZH: Final = (
    r"(?:\d{4}年)?(?:\d{1,2}月\d{1,2}日)?(?:星期.)?(?:(?:上午|下午|中午|晚上|晚|午夜|凌晨)"
    r"(?:\d{1,2}[时点](?:\d{1,2}分|半|正|整)?)?|\d{1,2}[时点](?:\d{1,2}分|半|正|整)?)"
)
OPENING: Final = lazy_pattern(
    rf"(?:The meeting (?:was called to order|resumed|was resumed) at {_TIME_EN}.*"
    rf"|{_TIME_ZH}(?:宣布)?(?:开会|复会|会议开始)。?)",
    re.IGNORECASE,
)
"""``The meeting was called to order at 10 a.m.``, ``上午10时05分开会。``: the body begins here."""

_PROCEDURE: Final = lazy_pattern(
    rf"The meeting (?:rose|was suspended|was adjourned|resumed|was resumed|was called to order)"
    rf" (?:at|and)\b.*{_TIME_EN}.{{0,40}}"
    rf"|(?:会议)?(?:于|在)?{_TIME_ZH}(?:宣布)?(?:开会|会议开始|散会|休会|复会|暂停会议|会议暂停|暂停)"
    rf"(?:[，,；;]?{_TIME_ZH}(?:复会|继续开会))?。?"
    r"|A (?:recorded |separate |roll-?call )*vote (?:was|has been) taken(?: by .{1,40})?\."
    r"|(?:进行了|以|举行了)?(?:举手|记录|唱名|单独)+表决(?:方式进行表决|进行表决)?。?"
    r"|The agenda was adopted\.|(?:议程|会议议程)(?:获得)?通过。"
    r"|(?:In favour|Against|Abstaining|Abstentions)\s*:|(?:赞成|反对|弃权)\s*[：:]"
    r"|The members of the (?:Security )?Council observed .*silence\."
    r"|(?:安全理事会|安理会|裁谈会|会议)(?:成员|全体成员)?.{0,6}(?:起立)?默哀.{0,8}。",
    re.IGNORECASE,
)
# What `_PROCEDURE` can begin with: one look spares most lines the spacing and the long pattern.
_PROCEDURE_HEAD: Final = lazy_pattern(
    r"\s*(?:The|A\s|In|Against|Abst|[\d会于在上下中晚午凌星进以举记唱单议赞反弃安裁])",
    re.IGNORECASE,
)
_HEADS: Final = lazy_pattern(
    r"Adoption of the agenda|Provisional agenda|通过议程|None|无", re.IGNORECASE
)


@lru_cache(maxsize=4096)  # a line is looked at as a label, a vote, a note and a head in turn
def close_spacing(text: str) -> str:
    """Close up Chinese, letter-spaced or not; leave other text but for runs of white space."""
    chinese = not text.isascii() and _HAN.search(text)
    return normalize_spacing(text) if chinese else " ".join(text.split())


def is_procedure(text: str) -> bool:
    """Whether `text` is a line of the record itself that nobody says: a vote, a time, an adoption.

    ``进行了举手表决。``, ``In favour:``, ``下午3时10分散会。``, ``It was so decided.``
    """
    if _PROCEDURE_HEAD.match(text) and _PROCEDURE.fullmatch(close_spacing(text)):
        return True
    return is_narrative(text) and is_narrative(close_spacing(text))


def is_closing(text: str) -> bool:
    """Whether `text` says when the meeting rose, as ``中午散会。`` does."""
    return is_procedure(text) and re.search(r"散会|\brose\b", text) is not None


@lru_cache(maxsize=4096)  # a line is asked about for itself and for the line after it
def stands_alone(text: str) -> bool:
    """Whether a line that says just `text` is always a paragraph of its own."""
    if is_procedure(text) or _HEADS.fullmatch(close_spacing(text)) is not None:
        return True
    bracketed = close_spacing(text)
    if not bracketed.startswith(("(", "（")):
        return False
    return (
        _closing_bracket(bracketed, 0) == len(bracketed)
        and spoken_language(bracketed[1:-1]) is not None
    )
