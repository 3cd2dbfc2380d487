"""Made-up meetings of the Conference on Disarmament, for a corpus whose truth is known.

What is said comes from public parallel text; who says it, and how a meeting is opened, led and
closed, is as in real records (their phrases repeat from meeting to meeting, as there).
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from datetime import date

    Pair = tuple[str, str]

PARALLEL = Path(__file__).resolve().parent.parent.parent / "shared" / "training" / "parallel"
TEXTS = (
    *("unpc_devset", "multiun_npt2005_sample", "twlaw"),
    *("jiyu_examples", "tatoeba", "bible_cuv_bsb"),
)

SENTENCES = 520
"""Sentences of a record, counted by their stops: some 500 on each side, as in CD/PV.1579."""

RUN = 12
"""Pairs that are taken from one text before the next one has its turn."""

OMITTED = 0.01
"""Share of the pairs of which one side is left out."""

LONGEST = 1500
"""Characters of an English row: longer ones are whole tables on one line."""

FIRST_NEW = 2010
"""Year since which covers and labels are in small letters (docs: CD/PV.941 against CD/PV.1475)."""


class Delegate(NamedTuple):
    """Who speaks: made-up names, in English and Chinese, and the language spoken in both."""

    name: str
    name_zh: str
    country: str
    country_zh: str
    tongue: str
    tongue_zh: str


DELEGATES = (
    Delegate("Ms. Orvess", "奥尔韦斯女士", "Arandia", "阿兰迪亚", "English", "英语"),
    Delegate("Mr. Halvik", "哈尔维克先生", "Norvelia", "诺韦利亚", "English", "英语"),
    Delegate("Mr. Tanuro", "塔努罗先生", "Castellia", "卡斯特利亚", "Spanish", "西班牙语"),
    Delegate("Ms. Beyral", "贝拉尔女士", "Montaube", "蒙托布", "French", "法语"),
    Delegate("Mr. Doskarev", "多斯卡列夫先生", "Velograd", "韦洛格勒", "Russian", "俄语"),
    Delegate("Mr. Qasimi", "卡西米先生", "Sahrabad", "萨赫拉巴德", "Arabic", "阿拉伯语"),
    Delegate("Ms. Lin", "林女士", "Xihe", "西河", "Chinese", "中文"),
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A made-up meeting: what both versions of its record say.

    Attributes:
        number: of the meeting.
        day: of the meeting.
        wide: the Chinese record has full-width brackets.
        zh, en: paragraphs, each with its speaker's label where a turn begins.
        omitted: rows of text that Chinese lacks, and those that English lacks.
    """

    number: int
    day: date
    wide: bool
    zh: tuple[str, ...]
    en: tuple[str, ...]
    omitted: tuple[int, int] = (0, 0)

    @property
    def symbol(self) -> str:
        """``CD/PV.2001``."""
        return f"CD/PV.{self.number}"

    def paragraphs(self, language: str) -> tuple[str, ...]:
        """Give what one version says."""
        return self.zh if language == "zh" else self.en


# --------------------------------------------------------------------------------- what is said


def read_pairs(folder: Path = PARALLEL) -> Iterator[Pair]:
    """Read parallel text, a run of each file in turn, until the last is at its end."""
    opened = [_read_file(folder / f"{name}.tsv.gz") for name in TEXTS]
    for lines in cycle(list(opened)):
        if not opened:
            return
        if lines not in opened:
            continue
        for _ in range(RUN):
            pair = next(lines, None)
            if pair is None:
                opened.remove(lines)
                break
            yield pair


_SOUND = re.compile(r"[\u4e00-\u9fff].*[。！？]$")


def _read_file(path: Path) -> Iterator[Pair]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            zh, _, en = line.rstrip("\n").partition("\t")
            zh, en = " ".join(zh.split()), " ".join(en.split())
            if _SOUND.search(zh) and en.endswith((".", "!", "?")) and len(en) < LONGEST:
                yield zh, en


# ------------------------------------------------------------------------------------ who says it


def make_meeting(
    number: int,
    day: date,
    pairs: Iterator[Pair],
    rng: random.Random,
    sentences: int = SENTENCES,
) -> Meeting:
    """Make a meeting of about so many sentences, of the next pairs."""
    made = _Maker(day.year < FIRST_NEW, rng.random() < 0.5)
    made.chair(
        f"我宣布裁军谈判会议第 {number} 次全体会议开始。",
        f"I call to order the {ordinal(number)} plenary meeting of the Conference on Disarmament.",
    )
    while made.said < sentences:
        who = rng.choice(DELEGATES)
        made.chair(
            f"现在请{who.country_zh}的{who.name_zh}发言。",
            f"I now give the floor to {who.name} of {who.country}.",
        )
        labels = made.labels_of(who)
        for _ in range(rng.randint(3, 9)):
            rows = [next(pairs) for _ in range(rng.randint(2, 5))]
            if made.say(rows, labels, rng):
                labels = ("", "")
    made.chair(
        "名单上没有其他发言者了。现在休会。",
        "There are no more speakers on my list. This plenary meeting stands adjourned.",
    )
    made.add("中午散会。", "The meeting rose at noon.")
    return Meeting(
        number, day, made.wide, tuple(made.zh), tuple(made.en), (made.omitted[0], made.omitted[1])
    )


class _Maker:
    """Writes what is said, paragraph by paragraph, in both languages.

    Args:
        old: names in labels are in capitals.
        wide: Chinese labels have full-width brackets.
    """

    def __init__(self, old: bool, wide: bool) -> None:
        self.old = old
        self.wide = wide
        self.zh: list[str] = []
        self.en: list[str] = []
        self.said = 0
        self.omitted = [0, 0]

    def add(self, zh: str, en: str) -> None:
        """Add a paragraph of each."""
        self.zh.append(zh)
        self.en.append(en)
        self.said += count_sentences(zh)

    def chair(self, zh: str, en: str) -> None:
        """Let the President say something."""
        head = "The PRESIDENT: " if self.old else "The President: "
        self.add(f"主席{self._bracket('以英语发言')}：{zh}", head + en)

    def labels_of(self, who: Delegate) -> tuple[str, str]:
        """Give a delegate's labels; each language is noted but the record's own."""
        note = "" if who.tongue == "Chinese" else self._bracket(f"以{who.tongue_zh}发言")
        zh = f"{who.name_zh}{self._bracket(who.country_zh)}{note}："
        title, _, name = who.name.partition(" ")
        spoke = "translated from" if self.old else "spoke in"
        note = "" if who.tongue == "English" else f" ({spoke} {who.tongue})"
        name = name.upper() if self.old else name
        return zh, f"{title} {name} ({who.country}){note}: "

    def say(self, rows: list[Pair], labels: tuple[str, str], rng: random.Random) -> bool:
        """Say some rows in one paragraph; False if one side would be empty, then none is said."""
        left, right = [], []
        for zh, en in rows:
            omitted = rng.random() / OMITTED
            left += [zh] if omitted >= 0.5 else []
            right += [en] if not 0.5 <= omitted < 1 else []
        if not left or not right:
            return False
        self.omitted[0] += len(rows) - len(left)
        self.omitted[1] += len(rows) - len(right)
        self.add(labels[0] + "".join(left), labels[1] + " ".join(right))
        return True

    def _bracket(self, text: str) -> str:
        return f"（{text}）" if self.wide else f"({text})"


def count_sentences(zh: str) -> int:
    """Count about how many sentences Chinese text has; a row may hold several."""
    return max(1, sum(map(zh.count, "。！？")))


# ----------------------------------------------------------------------------------------- numbers


def ordinal(number: int) -> str:
    """Write ``1579th``, ``1222nd``."""
    last = number % 100
    mark = "th" if last in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(last % 10, "th")
    return f"{number}{mark}"


_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def spell_ordinal(number: int) -> str:
    """Write a number under 10,000 as covers do: ``one thousand four hundred and seventy-fifth``."""
    thousands, hundreds, rest = number // 1000, number // 100 % 10, number % 100
    words = f"{_SMALL[thousands]} thousand " if thousands else ""
    words += f"{_SMALL[hundreds]} hundred " if hundreds else ""
    words += "and " if words and rest else ""
    if rest >= 20:
        words += _TENS[rest // 10 - 2] + (f"-{_SMALL[rest % 10]}" if rest % 10 else "")
    elif rest:
        words += _SMALL[rest]
    head, cut, last = re.fullmatch(r"(.*?)([ -]?)([a-z]+) ?", words).groups()  # type: ignore[union-attr]
    last = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return f"{head}{cut}{last}"


def spell_chinese(number: int) -> str:
    """Write a number under 10,000 in characters: 一千五百七十九, 二千零一."""
    text = "".join(
        "零一二三四五六七八九"[int(digit)] + (unit if digit != "0" else "")
        for digit, unit in zip(f"{number:04d}", ("千", "百", "十", ""), strict=True)
    )
    return re.sub("零+", "零", text).strip("零")
