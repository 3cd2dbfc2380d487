"""Write translation units as TMX 1.4, as a stream: memory does not grow with the units.

What is written and why is told in docs/TMX.md. The rules are those of the TMX 1.4b specification
(LISA, now GALA), narrowed to what every CAT tool that was tried takes.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tmx_out.check.table import XML_LANG
from tmx_out.dates import basic_time
from tmx_out.languages import check_languages
from tmx_out.units import Context, turned
from tmx_out.write.sinks import Options, TextSink
from tmx_out.xml_text import clean_text, escape_attribute, escape_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from corpora import Language
    from tmx_out.units import Unit
    from tmx_out.write.profiles import Prop

TOOL = "cdtm"


def tool_version() -> str:
    """Give the version of the installed package; ``0`` where it runs without being installed."""
    from importlib import metadata  # which loads what reads e-mail

    try:
        return metadata.version(TOOL)
    except metadata.PackageNotFoundError:
        return "0"


class TmxSink(TextSink["Unit"]):
    """An open TMX file that takes clean units one by one."""

    end = b"</body>\n</tmx>\n"

    def head(self, options: Options) -> bytes:
        """Give what stands before the first unit.

        Raises:
            UserError: a language code is wrong.
        """
        check_languages(options.languages)
        version = clean_text(tool_version() if options.version is None else options.version)[0]
        profile = options.profile
        self._undated = "" if options.created is None else _date_attribute(options.created)
        self._tuids = options.tuids and profile.tuids
        self._creator = _attributes({"creationid": f"{TOOL} {version}".strip()}) + ">\n"
        self._props = tuple((prop, prop.of, _Known()) for prop in profile.props)
        self._context = _CONTEXTS[profile.context]
        self._zh_first = options.source == "zh"
        zh, en = (_attributes({XML_LANG: options.languages[side]}) for side in _SIDES)
        first, second = (zh, en) if self._zh_first else (en, zh)
        self._first = f"  <tuv{first}>\n"
        self._between = f"{_SEG_END}  <tuv{second}>\n    <seg>"
        head = "<?xml version='1.0' encoding='UTF-8'?>\n<tmx version=\"1.4\">\n"
        return f"{head}{_header(options, version)}\n<body>\n".encode()

    def render(self, unit: Unit) -> tuple[bytes]:
        """Write one unit: text by hand, many times sooner than by a tree."""
        context = unit.zh_context if self._zh_first else unit.en_context
        # Few units have a sign that must be escaped: one look at all texts tells.
        whole = "".join((
            unit.zh, unit.en, context.pre, context.post,
        ))  # fmt: skip
        plain = "&" not in whole and "<" not in whole and ">" not in whole
        tuid = f' tuid="{escape_attribute(unit.tuid)}"' if self._tuids and unit.tuid else ""
        date = self._undated if unit.created is None else _date_attribute(unit.created)
        creator = self._creator
        if unit.changed_by or unit.changed is not None:
            creator = creator[:-2] + _change_attributes(unit) + ">\n"
        parts = ["<tu", tuid, date, creator]
        if not self._zh_first and unit.kind:
            unit = replace(unit, kind=turned(unit.kind))
        for prop, of, known in self._props:
            value = of(unit)
            written = known.get(value)
            parts.append(known.learn(prop, value) if written is None else written)
        parts.append(self._first)
        if self._context is not None:
            parts.append(self._context(context, plain))
        source, target = (unit.zh, unit.en) if self._zh_first else (unit.en, unit.zh)
        if not plain:
            source, target = escape_text(source), escape_text(target)
        parts += "    <seg>", source, self._between, target, _UNIT_END
        return ("".join(parts).encode(),)


class _Known(dict[object, str]):
    """What a prop says → how it is written: few things are said, so each is written once."""

    def learn(self, prop: Prop, value: object) -> str:
        """Write what was not said before."""
        told = prop.write(value)
        texts = (told,) if isinstance(told, str) else told
        opening = f'  <prop type="{prop.name}">'
        written = "".join(f"{opening}{escape_text(text)}</prop>\n" for text in texts if text)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[value] = written
        return written


_REMEMBERED: Final = 10_000
"""Values of a prop that are kept: a megabyte of them."""


def _change_attributes(unit: Unit) -> str:
    """Say who looked at a unit last, and when."""
    told = {} if unit.changed is None else {"changedate": basic_time(unit.changed)}
    if unit.changed_by:
        told["changeid"] = unit.changed_by
    return _attributes(told)


_SIDES: Final[tuple[Language, Language]] = ("zh", "en")
_SEG_END: Final = "</seg>\n  </tuv>\n"
_UNIT_END: Final = f"{_SEG_END}</tu>\n"


def _plain_context(context: Context, plain: bool) -> str:
    """The sentences around the unit as memoQ's importer, XTM and MateCat name them."""
    pre, post = context.pre, context.post
    if not plain:
        pre, post = escape_text(pre), escape_text(post)
    before = f'    <prop type="x-context-pre">{pre}</prop>\n' if pre else ""
    return f'{before}    <prop type="x-context-post">{post}</prop>\n' if post else before


def _seg_context(context: Context, plain: bool) -> str:
    """The same as memoQ writes it: XML in a prop, so that its signs are escaped twice."""
    inner = context if plain else Context(escape_text(context.pre), escape_text(context.post))
    pre, post = (f"<seg>{text}</seg>" if text else "" for text in (inner.pre, inner.post))
    return _plain_context(Context(pre, post), plain=False)


_CONTEXTS: Final = {"plain": _plain_context, "seg": _seg_context, "none": None}


def _header(options: Options, version: str) -> str:
    attributes = {
        "creationtool": TOOL,
        "creationtoolversion": version,
        "segtype": options.segtype,
        "o-tmf": TOOL,
        "adminlang": "en",
        "srclang": options.languages[options.source],
        "datatype": "plaintext",
        "o-encoding": "UTF-8",
    }
    if options.created is not None:
        attributes["creationdate"] = basic_time(options.created)
    signature = clean_text(options.signature or "")[0]
    props = [*options.profile.declared, *([("x-signature", signature)] if signature else [])]
    start = f"<header{_attributes(attributes)}"
    if not props:
        return f"{start}/>"
    lines = "".join(f'  <prop type="{name}">{escape_text(text)}</prop>\n' for name, text in props)
    return f"{start}>\n{lines}</header>"


@lru_cache(maxsize=64)  # neighbours in a file are of one day
def _date_attribute(moment: datetime) -> str:
    return f' creationdate="{basic_time(moment)}"'


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape_attribute(value)}"' for name, value in attributes.items())
