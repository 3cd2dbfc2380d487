"""Characters of symbol fonts, whose code points say nothing outside their font.

Word and PDF writers put such a character at U+F000 plus its place in the font. `Symbol` has
Adobe's encoding, published with the Type 1 fonts; of `Wingdings` the bullets, arrows, boxes and
marks are known here that texts use.
"""

from __future__ import annotations

from typing import Final

_LETTERS: Final = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SYMBOL_LOW: Final = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅{}[∴]⊥_‾{}{{|}}∼".format(*_LETTERS)
_SYMBOL_HIGH: Final = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉"
    "∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\ue000〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
_SYMBOL: Final = {
    **{0x20 + n: ch for n, ch in enumerate(_SYMBOL_LOW)},
    **{0xA0 + n: ch for n, ch in enumerate(_SYMBOL_HIGH) if ch != "\ue000"},
}
_WINGDINGS: Final = {
    **dict(zip(range(0x8C, 0x96), "❶❷❸❹❺❻❼❽❾❿", strict=True)),
    **dict(zip(range(0x81, 0x8B), "①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    **dict(zip(range(0xDF, 0xE7), "←→↑↓↖↗↙↘", strict=True)),
    **dict(zip(range(0x6C, 0x73), "●❍■□❐❑❒", strict=True)),
    **dict(zip(range(0x9E, 0xA2), "·•⬝○", strict=True)),
    **dict(zip(range(0xFB, 0xFF), "✗✓☒☑", strict=True)),
    **dict(zip((0x20, 0x28, 0x2A, 0x74, 0x75, 0x76, 0x77), " ☎✉⧫◆❖⬥", strict=True)),
    **dict(zip((0xA7, 0xA8, 0xD8, 0xF0), "▪□➢⇨", strict=True)),
}
_FONTS: Final = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_PRIVATE: Final = range(0xF000, 0xF100)
# What stands for itself at a line's head where no font is named: Word's bullets.
_BULLETS: Final = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF076: "❖", 0xF06E: "■"}


def is_symbol_font(font: str) -> bool:
    """Whether `font` is one whose letters are signs."""
    return font.lower() in _FONTS


def symbol_of(code: int, font: str) -> str:
    """The character that `font` shows for `code`, 0x20 to 0xFF or U+F020 to U+F0FF.

    Returns:
        The character; ``""`` if the font, or the place in it, is not known here.
    """
    place = code - _PRIVATE.start if code in _PRIVATE else code
    return _FONTS.get(font.lower(), {}).get(place, "")


def replace_bullets(text: str) -> str:
    """Write Word's bullets as bullets, wherever no font says what their code points mean."""
    return text.translate(_BULLETS)
