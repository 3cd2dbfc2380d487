"""Whether the sides of a pair deny the same: a ``not`` that was lost turns a sentence round.

Counted are words that deny for certain on one side, and on the other whatever may deny, prefixes
(``un-``, 无) and verbs (``fail``, 缺乏) among them. No vector tells it: a sentence and its denial
lie close together.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from corpora.lazy import lazy_pattern


class Polarity(NamedTuple):
    """What the sides of a pair deny.

    Attributes:
        denies: whether either side denies something for certain.
        differs: whether one denies more often than the other side has anything that may deny.
    """

    denies: bool
    differs: bool


# What looks like a denial and is none.
_EN_IDLE: Final = lazy_pattern(
    r"(?i)\bnot (?:only|merely|just|least|to mention)\b|\b(?:whether or|if) not\b"
    r"|\bno (?:later|longer|less|more|fewer|doubt|matter|sooner)\b"
)
_EN_SURE: Final = lazy_pattern(
    r"(?i)\b(?:not|never|cannot|neither|nor|nobody|nothing|none|no(?= +[a-z]))\b|n['’]t\b"
)
_EN_MAY: Final = lazy_pattern(
    r"(?i)n['’]t\b|\b(?:not|no|never|cannot|neither|nor|nobody|nothing|none|nowhere|without"
    r"|few|little|hardly|barely|scarcely|rarely|seldom|unless|otherwise|except|only"
    r"|instead|free|far from|beyond|against|limited|regardless|lost|loss"
    r"|un\w+|in(?!ter|for|clu|to\b|divid|dic|stit|stru|itia|crea|vest|vol|vit|qui)\w{4,}"
    r"|im(?!port|ple|prov|pos|pli)\w{4,}|il\w{4,}|ir\w{4,}|dis\w+|mis\w+|non\w*|\w+less"
    r"|\w+-free|(?:lack|fail|refus|den[iy]|reject|absen|refrain|avoid|prevent|prohibit"
    r"|forbid|ban|exclu|depriv|neglect|ignor|oppos|object|ceas|stop|halt|remov|eliminat"
    r"|short|los[ei]|poor|weak|exempt|immun)\w*)\b"
)
_ZH_IDLE: Final = lazy_pattern(
    "不断|不仅|不但|不只|不单|不光|不同|不久|不管|不论|不妨|不过|不免|不禁|不愧|不少|不得不"
    "|不时|不惜|不无|不等|不一|不利|不足|不幸|不可或缺|不安|不满|不当|不良|不便|不动产"
    "|不扩散|不结盟|不限|最不发达|差不多|对不起|莫桑比克|未来|未成年|未决|未缴"
)
_ZH_SURE: Final = lazy_pattern("没有|不(?!$)|未(?!$)|并非|绝非|毫无|无法|勿")
_ZH_MAY: Final = lazy_pattern(
    "[不没無无未非否勿免禁拒避缺失莫反止戒少难弱除防杜绝仅只但丧消废]|例外|空白|而是"
)


def polarity(zh: str, en: str) -> Polarity:
    """Compare what two texts deny.

    >>> polarity("我们不支持这项建议。", "We support this proposal.")
    Polarity(denies=True, differs=True)
    >>> polarity("不断努力", "continuous efforts")
    Polarity(denies=False, differs=False)
    """
    in_en = len(_EN_SURE.findall(_EN_IDLE.sub(" ", en)))
    in_zh = len(_ZH_SURE.findall(_ZH_IDLE.sub("　", zh)))
    differs = bool(in_en) and in_en > len(_ZH_MAY.findall(zh))
    differs = differs or (bool(in_zh) and in_zh > len(_EN_MAY.findall(en)))
    return Polarity(bool(in_en or in_zh), differs)
