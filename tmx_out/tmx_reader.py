"""Read the Chinese and English units of a TMX file: our own without loss, others' as they come.

The file streams by, so memory does not grow with it. Entities are never resolved, no DTD is
loaded, nothing is fetched: a file from outside cannot make this process read or grow anything.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import unescape

from corpora import UserError
from tmx_out.dates import read_time
from tmx_out.languages import is_traditional, language_of
from tmx_out.selection import Skipped
from tmx_out.units import Context, Unit
from tmx_out.write.profiles import SAME_PROP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from corpora import Language

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

NO_PAIR = "no Chinese or no English text"
ENTITY = "an entity stands in its text, and entities are not resolved"

_CODE = frozenset({"bpt", "ept", "ph", "it", "ut"})
"""Inline elements whose content is another tool's formatting code, not text (TMX 1.4b, 2.4)."""


def read_tmx(
    path: str | os.PathLike[str], *, skipped: list[Skipped] | None = None
) -> Iterator[Unit]:
    """Read the units of a TMX file that have Chinese and English text, in their order.

    Any spelling of the language codes is understood (`zh-Hans`, `ZH`, `zh_CN`, `lang=`). Of
    several Chinese variants in one unit that of simplified script is taken. Formatting codes
    are left out of the texts, the text inside `hi` stays. What a file does not say is left at
    the default of `Unit`. The context of the target is never in a file of ours.

    Args:
        path: of the file.
        skipped: if given, is filled with the units that are not yielded, with their reason; a
            unit without `tuid` is called ``line 12``.

    Raises:
        UserError: when the reading comes to it: the file is missing, is not XML or not TMX.
    """
    from lxml import etree

    number = 0
    try:
        events = etree.iterparse(
            os.fspath(path),
            events=("end",),
            tag="{*}tu",
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
        )
        for _, tu in events:
            number += 1
            unit, reason = _read_tu(tu)
            if reason is None:
                yield unit
            elif skipped is not None:
                skipped.append(Skipped(unit.tuid or f"line {tu.sourceline}", reason))
            _forget(tu)
    except etree.XMLSyntaxError as error:
        raise UserError(
            f"{path} is not well-formed XML ({error.msg}) and was read up to there, {number} "
            f"units: see `cdtm validate` for the cure."
        ) from error
    except OSError as error:
        if Path(path).exists():
            raise UserError(f"{path} cannot be read: check that it is a TMX file.") from error
        raise UserError(f"There is no file {path}: check its name.") from error
    root = events.root
    if root is None or etree.QName(root).localname != "tmx":
        raise UserError(f"{path} is XML but not TMX: its first element is not <tmx>.")


class _Variant(NamedTuple):
    """One language of a unit."""

    code: str
    text: str
    context: Context


def _read_tu(tu: etree._Element) -> tuple[Unit, str | None]:
    """Give the unit, and why it cannot be used or None."""
    from lxml import etree

    variants: dict[Language, _Variant] = {}
    for tuv in tu.iterchildren("{*}tuv"):
        code = tuv.get(XML_LANG) or tuv.get("lang") or ""
        language = language_of(code)
        if language is None:
            continue
        former = variants.get(language)
        if former is None or (is_traditional(former.code) and not is_traditional(code)):
            variants[language] = _read_tuv(tuv, code)
    nothing = _Variant("", "", Context())
    zh, en = variants.get("zh", nothing), variants.get("en", nothing)
    unit = _with_props(tu, zh, en)
    if next(tu.iter(etree.Entity), None) is not None:
        return unit, ENTITY
    return unit, None if zh.text.strip() and en.text.strip() else NO_PAIR


def _read_tuv(tuv: etree._Element, code: str) -> _Variant:
    props = _props(tuv)
    seg = tuv.find("{*}seg")
    text = "" if seg is None else _text(seg)
    context = Context(
        _without_seg(props.get("x-context-pre", "")), _without_seg(props.get("x-context-post", ""))
    )
    return _Variant(code, text, context)


def _with_props(tu: etree._Element, zh: _Variant, en: _Variant) -> Unit:
    props = _props(tu)
    flags = props.get("x-flags", "")
    percent = _number(props.get("x-confidence"))
    moment = read_time(props.get("x-date"))
    return Unit(
        tuid=tu.get("tuid") or "",
        zh=zh.text,
        en=en.text,
        document=props.get("x-document", ""),
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
        status=props.get("x-status", ""),
        changed_by=tu.get("changeid") or "" if "x-status" in props else "",
        changed=read_time(tu.get("changedate")) if "x-status" in props else None,
    )


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


def _forget(tu: etree._Element) -> None:
    """Free the unit and what stood before it."""
    tu.clear()
    parent = tu.getparent()
    if parent is not None:
        while tu.getprevious() is not None:
            del parent[0]
