"""Write translation units as TMX 1.4, as a stream: memory does not grow with the units.

What is written and why is told in docs/TMX.md. The rules are those of the TMX 1.4b specification
(LISA, now GALA), narrowed to what every CAT tool that was tried takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import metadata
from typing import IO, TYPE_CHECKING, Final

from align import Alignment
from corpora.atomic import Target, atomic_write
from tmx_out.dates import basic_time
from tmx_out.languages import DEFAULT_LANGUAGES, check_languages
from tmx_out.selection import Repeats, Selection
from tmx_out.tmx14 import XML_LANG
from tmx_out.units import Context, Unit
from tmx_out.write.profiles import GENERIC
from tmx_out.write.sinks import Options, TextSink
from tmx_out.xml_text import clean_text, escape_attribute, escape_text

if TYPE_CHECKING:
    from datetime import datetime

    from corpora import Language
    from tmx_out.report import WriteReport
    from tmx_out.write.profiles import Profile, Prop

TOOL = "cdtm"

Item = Unit | Alignment


def write_tmx(
    target: Target,
    items: Item | Iterable[Item],
    *,
    source: Language = "zh",
    languages: Mapping[Language, str] = DEFAULT_LANGUAGES,
    created: datetime | None = None,
    min_confidence: float = 0.0,
    repeats: Repeats = "once",
    tuids: bool = True,
    signature: str | None = None,
    version: str | None = None,
    profile: Profile = GENERIC,
) -> WriteReport:
    """Write units, or the units of alignments, into one TMX file.

    The same arguments give the same bytes.

    Args:
        target: a path (written whole or not at all) or a binary stream.
        items: alignments, units, or both, in the order of the file; an iterator is not gathered.
        source: the language that stands first and that `srclang` names.
        languages: the code of each language, BCP 47.
        created: dates the file's header, and the units that have no date of their own;
            None leaves both undated. `tmx_out.dates.build_time` gives one.
        min_confidence: leave out units of beads below it, 0 to 1.
        repeats: ``once`` leaves out a unit whose source and target were written already, and
            keeps 32 to 64 bytes a unit in memory for it; ``keep`` writes it again, and does not
            look for rivals.
        tuids: whether units carry a `tuid`, if those of the profile do.
        signature: settings and model that made the alignments, for the header; None takes it
            from the alignments if they are given as a sequence.
        version: of the tool, for the header and `creationid`; None takes the installed one.
        profile: the tool that the file is for; its limit of a file's size is not looked at here,
            `tmx_out.write.parts` writes several files.

    Raises:
        UserError: a language code is wrong, or the file cannot be written.
    """
    check_languages(languages)
    if isinstance(items, Unit | Alignment):
        items = (items,)
    if signature is None:
        signature = _signature_of(items) if isinstance(items, Sequence) else ""
    options = Options(source, languages, created, profile, tuids, signature, version)
    selection = Selection(source, min_confidence, repeats, created, max_segment=profile.max_segment)
    with atomic_write(target) as stream:
        sink = TmxSink([stream], options)
        for unit in selection.choose(items):
            sink.add(unit)
        sink.close()
    return selection.report()


def tool_version() -> str:
    """Give the version of the installed package; ``0`` where it runs without being installed."""
    try:
        return metadata.version(TOOL)
    except metadata.PackageNotFoundError:
        return "0"


class TmxSink(TextSink):
    """An open TMX file that takes clean units one by one."""

    def __init__(
        self, streams: Sequence[IO[bytes]], options: Options, max_bytes: int | None = None
    ) -> None:
        """Write the head; the arguments are those of every sink."""
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
        head += _header(options, version) + "\n<body>\n"
        super().__init__(streams, (head,), ("</body>\n</tmx>\n",), max_bytes)

    def render(self, unit: Unit) -> tuple[str]:
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
        return ("".join(parts),)


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


def _signature_of(items: Iterable[Item]) -> str:
    signatures = {item.signature: None for item in items if isinstance(item, Alignment)}
    return "; ".join(signature for signature in signatures if signature)


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
