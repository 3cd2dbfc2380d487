"""Read the Chinese and English units of a TMX file: our own without loss, others' as they come.

The file streams by, so memory does not grow with it. Entities are never resolved, no DTD is
loaded, nothing is fetched: a file from outside cannot make this process read or grow anything.
What makes a file no XML (a coding that it does not name, control characters, a bare ``&``) is
mended where that is asked for (`tmx_out.mended`).
"""

from __future__ import annotations

import os
import re
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from xml.sax.saxutils import unescape

from lxml import etree

from corpora import UserError
from corpora.chinese import HAN
from tmx_out.dates import read_time
from tmx_out.languages import is_traditional, language_of
from tmx_out.mended import open_mended, said_wrongly
from tmx_out.selection import Skipped
from tmx_out.units import Context, Unit, turned
from tmx_out.write.profiles import SAME_PROP
from tmx_out.xml_elements import SAFELY, forget

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corpora import Language

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

NO_PAIR = "no Chinese or no English text"
ENTITY = "an entity stands in its text, and entities are not resolved"

_CODE = frozenset({"bpt", "ept", "ph", "it", "ut"})
"""Inline elements whose content is another tool's formatting code, not text (TMX 1.4b, 2.4)."""


class NotWellFormedError(UserError):
    """A file is no XML: it can be tried with `mend`."""


def read_tmx(
    path: str | os.PathLike[str],
    *,
    skipped: list[Skipped] | None = None,
    told: dict[str, int] | None = None,
    mend: bool = False,
) -> Iterator[Unit]:
    """Read the units of a TMX file that have Chinese and English text, in their order.

    Any spelling of the language codes is understood (`zh-Hans`, `ZH`, `zh_CN`, `lang=`); where a
    code is missing, given twice, or plainly not that of the text, the script tells. Of several
    Chinese variants in one unit that of simplified script is taken. Formatting codes are left out
    of the texts, the text inside `hi` stays. What a file does not say is left at the default of
    `Unit`. The context of the target is never in a file of ours.

    Args:
        path: of the file.
        skipped: if given, is filled with the units that are not yielded, with their reason; a
            unit without `tuid` is called ``line 12``.
        told: if given, is filled with what was mended, and how often.
        mend: whether what makes the file no XML is mended.

    Raises:
        UserError: when the reading comes to it: the file is missing, is not XML
            (`NotWellFormedError`) or not TMX.
    """
    told = {} if told is None else told
    with ExitStack() as opened:
        try:
            source: Any = os.fspath(path)
            coding = said_wrongly(Path(path)) if Path(path).is_file() else None
            if mend or coding:
                source = opened.enter_context(open_mended(Path(path), told, coding))
            yield from _units(source, str(path), [] if skipped is None else skipped, told)
        except OSError as error:
            if Path(path).exists():
                raise UserError(f"{path} cannot be read: check that it is a TMX file.") from error
            raise UserError(f"There is no file {path}: check its name.") from error


def _units(source: Any, name: str, skipped: list[Skipped], told: dict[str, int]) -> Iterator[Unit]:
    """Give the units of an open file, or of a path."""
    number, ours = 0, False
    try:
        events = etree.iterparse(source, events=("end",), tag="{*}tu", huge_tree=False, **SAFELY)
        for _, tu in events:
            number += 1
            if number == 1:
                ours = _is_ours(tu)
            unit, reason, others = _read_tu(tu, told, ours=ours)
            if ours and unit.kind and _from_english(tu):
                unit = replace(unit, kind=turned(unit.kind))
            if reason is None:
                yield unit
                yield from others
            else:
                skipped.append(Skipped(unit.tuid or f"line {tu.sourceline}", reason))
            forget(tu)
    except etree.XMLSyntaxError as error:
        raise NotWellFormedError(
            f"{name} is not well-formed XML ({error.msg}) and was read up to there, {number} "
            f"units: see `cdtm validate` for the cure."
        ) from error
    root = events.root
    if root is None or etree.QName(root).localname != "tmx":
        raise UserError(f"{name} is XML but not TMX: its first element is not <tmx>.")


NO_CONTEXT: Final = Context()


class _Variant(NamedTuple):
    """One language of a unit."""

    code: str
    text: str
    context: Context


def _is_ours(tu: etree._Element) -> bool:
    """Whether cdtm wrote the file of a unit: its codes are believed whatever texts look like."""
    header = tu.getroottree().getroot().find("{*}header")
    return header is not None and header.get("creationtool") == "cdtm"


def _from_english(tu: etree._Element) -> bool:
    """Whether English is the source of a unit's file."""
    header = tu.getroottree().getroot().find("{*}header")
    return header is not None and language_of(header.get("srclang", "")) == "en"


def _read_tu(
    tu: etree._Element, told: dict[str, int], *, ours: bool
) -> tuple[Unit, str | None, list[Unit]]:
    """Give the unit, why it cannot be used or None, and those of further translations in it."""
    read = [_read_tuv(tuv) for tuv in tu.iterchildren("{*}tuv")]
    zh, en, mended = _sides(read, ours=ours)
    if mended:
        told[mended] = told.get(mended, 0) + 1
    unit = _with_props(tu, zh, en)
    if next(tu.iter(etree.Entity), None) is not None:
        return unit, ENTITY, []
    others = [] if len(read) < 3 else _others(unit, read, zh, en)
    return unit, None if zh.text.strip() and en.text.strip() else NO_PAIR, others


def _others(unit: Unit, read: list[_Variant], zh: _Variant, en: _Variant) -> list[Unit]:
    """Give a unit for each further text that has the very code of one of the pair."""
    if zh.code == en.code:
        return []
    more = [each for each in read if each.text.strip() and each.text not in (zh.text, en.text)]
    return [replace(unit, zh=each.text) for each in more if each.code == zh.code] + [
        replace(unit, en=each.text) for each in more if each.code == en.code
    ]


NOTHING: Final = _Variant("", "", Context())
EXCHANGED: Final = "unit whose language codes are exchanged"
BY_SCRIPT: Final = "unit whose language codes do not tell, but its script"


def _sides(read: list[_Variant], *, ours: bool) -> tuple[_Variant, _Variant, str]:
    """Give the Chinese and the English variant, and what was wrong with their codes."""
    of: dict[Language | None, list[_Variant]] = {"zh": [], "en": [], None: []}
    for variant in read:
        if variant.text.strip():
            of[language_of(variant.code)].append(variant)
    zh = next(iter(sorted(of["zh"], key=lambda one: is_traditional(one.code))), NOTHING)
    en = next(iter(of["en"]), NOTHING)
    if zh.text and en.text:
        if not ours and _is_chinese(en.text) and not _is_chinese(zh.text) and _is_latin(zh.text):
            return en, zh, EXCHANGED
        return zh, en, ""
    # One of the two, or neither, is told by its code: two of one code, or codes that say nothing.
    unsaid = [one for one in of[None] if _SAYS_NOTHING.fullmatch(one.code.strip())]
    others = [one for one in (*of["zh"], *of["en"], *unsaid) if one not in (zh, en)]
    chosen = [one for one in (zh, en) if one.text]
    texts = [*chosen, *others]
    han = next((one for one in texts if _is_chinese(one.text)), NOTHING)
    latin = next((one for one in texts if _is_latin(one.text) and one is not han), NOTHING)
    if han.text and latin.text:
        return han, latin, BY_SCRIPT
    return zh, en, ""


_SAYS_NOTHING: Final = re.compile(r"(?i)|und|mul|unk(nown)?|none|xx|zz|zxx|x-.*|source|target|\?+")
_HAN: Final = re.compile(f"[{HAN}]")
_WORD: Final = re.compile("[A-Za-z]+")
_LETTERS: Final = re.compile(r"[^\W\d_]")


def _is_chinese(text: str) -> bool:
    """Whether it is Chinese by most of its letters; a Latin word counts as a character."""
    if text.isascii():
        return False
    return len(_HAN.findall(text)) > len(_WORD.findall(text))


def _is_latin(text: str) -> bool:
    letters = _LETTERS.findall(text)
    return bool(letters) and sum(ch.isascii() for ch in letters) > 0.8 * len(letters)


def _read_tuv(tuv: etree._Element) -> _Variant:
    props = _props(tuv)
    seg = tuv.find("{*}seg")
    text = "" if seg is None else _text(seg)
    if seg is not None and seg.getnext() is not None:  # against the standard, and yet not lost
        text = " ".join([text, *map(_text, seg.itersiblings("{*}seg"))])
    if "<" in text:
        text = _WRITTEN_CODE.sub("", text)
    if not props:
        return _Variant(tuv.get(XML_LANG) or tuv.get("lang") or "", text, NO_CONTEXT)
    context = Context(
        _without_seg(props.get("x-context-pre", "")), _without_seg(props.get("x-context-post", ""))
    )
    return _Variant(tuv.get(XML_LANG) or tuv.get("lang") or "", text, context)


_WRITTEN_CODE: Final = re.compile(
    r"</?(?:bpt|ept|ph|it|ut|bx|ex|mrk|g|x|[a-z]{1,2}\d+)(?:\s+[\w:-]+=(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?>"
)
"""Formatting codes as text: those of XLIFF, which MateCat and others write so, and of OmegaT."""


def _with_props(tu: etree._Element, zh: _Variant, en: _Variant) -> Unit:
    props = _props(tu)
    status = _status(props) if props else ""
    flags = props.get("x-flags", "")
    percent = _number(props.get("x-confidence"))
    moment = read_time(props.get("x-date"))
    return Unit(
        tuid=tu.get("tuid") or "",
        zh=zh.text,
        en=en.text,
        document=_document(props) if props else "",
        date=None if moment is None else date(moment.year, moment.month, moment.day),
        speaker=props.get("x-speaker", ""),
        paragraph=_number(props.get("x-para")),
        page=_number(props.get("x-page")),
        kind=props.get("x-align-type", ""),
        confidence=None if percent is None or percent > 100 else percent / 100,
        zh_context=zh.context,
        en_context=en.context,
        flags=tuple(flags.split(",")) if flags else (),
        created=read_time(tu.get("creationdate")),
        status=status,
        changed_by=tu.get("changeid") or "" if status else "",
        changed=read_time(tu.get("changedate")) if status else None,
        preferred=props.get("x-preferred") == "yes",
    )


REVIEWED: Final[Mapping[tuple[str, str], str]] = {
    ("x-confirmationlevel", "approvedtranslation"): "accepted",  # Trados
    ("x-confirmationlevel", "approvedsignoff"): "accepted",
    ("x-confirmationlevel", "rejectedtranslation"): "translation error",
    ("x-confirmationlevel", "rejectedsignoff"): "translation error",
    ("corrected", "yes"): "accepted",  # memoQ, XTM
    ("x-approved", "yes"): "accepted",  # Lokalize
    ("x-approved", "true"): "accepted",
    ("x-matecat-status", "approved"): "accepted",  # MateCat
    ("x-matecat-status", "approved2"): "accepted",
    ("x-matecat-status", "rejected"): "translation error",
}
"""What a reviewer said, in the props of each tool → in our words. That a translator confirmed his
own work (``Translated``) is no review."""

DOCUMENTS: Final = (
    *("x-document", "document", "x-matecat-filename", "x-filename", "filename", "x-file", "file"),
)
"""Props by which tools name the document that a unit comes from, in lower case."""


def _status(props: Mapping[str, str]) -> str:
    if "x-status" in props:
        return props["x-status"]
    said = (REVIEWED.get((name.lower(), value.lower()), "") for name, value in props.items())
    return next(filter(None, said), "")


def _document(props: Mapping[str, str]) -> str:
    lower = {name.lower().partition(":")[0]: value for name, value in props.items()}
    return next(filter(None, map(lower.get, DOCUMENTS)), "") or ""


def _props(parent: etree._Element) -> dict[str, str]:
    """Give the props by their generic names; several of one name, a list of Trados, are joined."""
    props: dict[str, str] = {}
    for prop in parent.iterchildren("{*}prop"):
        if prop.text:
            name = prop.get("type") or ""
            name = SAME_PROP.get(name, name)
            props[name] = f"{props[name]},{prop.text}" if name in props else prop.text
    return props


_SEG = re.compile(r"<seg>(.*)</seg>", re.DOTALL)


def _without_seg(text: str) -> str:
    """Give the sentence in a context prop of memoQ, which is XML in XML; else the text itself."""
    match = _SEG.fullmatch(text)
    return unescape(match[1]) if match else text


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _text(element: etree._Element) -> str:
    """Give the text without formatting codes; comments and the like hold no text."""
    parts = [element.text or ""]
    for child in element:
        # The tag of a comment, a processing instruction or an entity is not a string.
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] not in _CODE:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
