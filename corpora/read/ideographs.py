"""Characters that stand for ideographs: radicals, and private code points of older standards.

Fonts of PDFs name a character by its radical (``⻓`` for ``长``), and text that was made for
GB 18030-2000 or Hong Kong's supplementary set has ideographs at private code points. Both look
right on paper and are found by no search.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from corpora.identify import guess_script
from corpora.lazy import lazy_pattern
from corpora.read.symbol_fonts import replace_bullets

# Unicode's EquivalentUnifiedIdeograph, U+2E80 to U+2EF3, pairs of radical and ideograph; where it
# gives one that no text has (𧾷, 𩙿), the character that the radical is short for.
_SUPPLEMENT: Final = (
    "⺀冫⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母"
    "⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳罓⺴罒⺵网⺶羊⺷羊⺸羊⺹耂⺺聿⺻聿⺼肉⺽臼⺾艹⺿艹"
    "⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠"
    "⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_RADICALS: Final = {
    **dict(zip(map(ord, _SUPPLEMENT[::2]), _SUPPLEMENT[1::2], strict=True)),
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
}
# GB 18030-2000 had these at private code points until Unicode took them in; 2005 moved them.
_GB18030: Final = {
    **dict(zip(range(0xE78D, 0xE797), "，。、：；！？〖〗…", strict=True)),
    0xE7C7: "ḿ",
    0xE7C8: "ǹ",
    0xE816: "𠂇",
    0xE817: "𠂉",
    0xE818: "𠃌",
    0xE81E: "龴",
    0xE826: "龵",
    0xE82B: "龶",
    0xE82C: "龷",
    0xE831: "𡗗",
    0xE832: "龸",
    0xE83B: "𢦏",
    0xE843: "龹",
    0xE854: "龺",
    0xE864: "𤇾",
    0xE5E5: "\u3000",
}
_AFFECTED: Final = lazy_pattern("[\u2e80-\u2fd5\ue000-\uf8ff]")
_PRIVATE: Final = lazy_pattern("[\ue000-\uf8ff]")
# Where Windows put the user-defined areas of Big5, in which Hong Kong has its set: first private
# code point, first and last lead byte, first trail byte.
_BIG5_AREAS: Final = (
    (0xE000, 0xFA, 0xFE, 0x40),
    (0xE311, 0x8E, 0xA0, 0x40),
    (0xEEB8, 0x81, 0x8D, 0x40),
    (0xF6B1, 0xC6, 0xC8, 0xA1),
)
_TRAILS: Final = (*range(0x40, 0x7F), *range(0xA1, 0xFF))


def fold_ideographs(texts: Iterable[str]) -> list[str]:
    """Write radicals and private code points of a document's lines as the ideographs meant.

    The private ones of GB 18030 and of Hong Kong's set overlap: the script of the whole tells.
    Those that neither explains stay. Word's bullets become bullets.
    """
    texts = list(texts)
    affected = [n for n, text in enumerate(texts) if not text.isascii() and _AFFECTED.search(text)]
    if not affected:
        return texts
    table: dict[int, str] = dict(_RADICALS)
    private = {ch for n in affected for ch in _PRIVATE.findall(texts[n])}
    if private:
        traditional = guess_script("\n".join(texts), "zh") == "traditional"
        for ch in private:
            if 0xF000 <= ord(ch) < 0xF100:  # a symbol font's
                continue
            found = _hong_kong(ord(ch)) if traditional else _GB18030.get(ord(ch), "")
            if found:
                table[ord(ch)] = found
    for n in affected:
        texts[n] = replace_bullets(texts[n]).translate(table)
    return texts


def _hong_kong(code: int) -> str:
    """The ideograph of Hong Kong's set at a private code point; ``""`` if there is none."""
    for start, lead, last, trail in _BIG5_AREAS:
        first = _TRAILS.index(trail)
        place = code - start + first
        row, column = divmod(place, len(_TRAILS))
        if code >= start and lead + row <= last:
            try:
                text = bytes((lead + row, _TRAILS[column])).decode("big5hkscs")
            except UnicodeDecodeError:
                return ""
            return "" if _PRIVATE.search(text) else text
    return ""
