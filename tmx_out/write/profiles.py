"""Which props each CAT tool gets, and under which names: a table a tool, read from top to bottom.

``generic`` is what every tool takes. The others say the same in the words of one tool, and leave
out what it does not read. Sources: docs/TMX.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from align.doubt.rules import REASONS
from corpora import UserError
from tmx_out.dates import basic_date
from tmx_out.selection import MAX_SEGMENT
from tmx_out.units import percent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from tmx_out.units import Unit


@dataclass(frozen=True, slots=True)
class Prop:
    """One prop of a unit.

    Attributes:
        name: its type.
        of: gives what it says of a unit; equal things are written alike, so they are written once.
        write: gives its text; none is written if that is empty, one for each if it is several.
    """

    name: str
    of: Callable[[Unit], Any]
    write: Callable[[Any], str | tuple[str, ...]]


ORIGIN: Final = "Alignment"
"""The word by which Trados knows a unit that a program aligned (TranslationUnitOrigin)."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How a memory is written for one tool.

    Attributes:
        name: of the tool, as on the command line.
        props: on each unit, in this order.
        declared: props of the header that tell the tool of its fields: name and value.
        context: ``plain`` writes the sentence before and after on the source side, ``seg`` the
            same as memoQ does it, ``none`` leaves them out.
        tuids: whether units carry a `tuid`.
        max_segment: characters of a side from which a unit is left out, told with its reason;
            None leaves none out.
        max_bytes: of one file, from which another is begun; None sets no limit.
    """

    name: str
    props: tuple[Prop, ...]
    declared: tuple[tuple[str, str], ...] = ()
    context: Literal["plain", "seg", "none"] = "plain"
    tuids: bool = True
    max_segment: int | None = None
    max_bytes: int | None = None


def _text(text: str) -> str:
    return text


def _series(symbol: str) -> str:
    """``CD/PV`` of ``CD/PV.1579``; nothing of what is no symbol."""
    series, dot, _ = symbol.rpartition(".")
    return series if dot and "/" in series else ""


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _date(day: date | None) -> str:
    return "" if day is None else basic_date(day)


def _per_cent(confidence: float | None) -> str:
    # Whole per cent: a Trados field that can be filtered by size is an integer.
    return "" if confidence is None else str(percent(confidence))


def _listed(flags: tuple[str, ...]) -> str:
    return ",".join(flags)


def _each(flags: tuple[str, ...]) -> tuple[str, ...]:
    return flags


REVIEWED: Final = ("accepted", "edited")
"""What a reviewer decided of a unit that may be used as it is."""


def _corrected(status: str) -> str:
    return "yes" if status in REVIEWED else "no"


def _level(judged: tuple[float | None, tuple[str, ...], str]) -> str:
    """In Trados a unit that nobody need look at is `Translated`, every other one a `Draft`.

    What a reviewer passed is approved, what he found fault with a draft.
    """
    confidence, flags, status = judged
    if status:
        return "ApprovedTranslation" if status in REVIEWED else "Draft"
    sure = confidence is not None and percent(confidence) >= _sure_percent()
    return "Translated" if sure and not flags else "Draft"


def _always(word: str) -> tuple[Callable[[Unit], Any], Callable[[Any], str]]:
    return (lambda _unit: None), (lambda _nothing: word)


_DOCUMENT = attrgetter("document")
_SPEAKER = attrgetter("speaker")
_PARAGRAPH = attrgetter("paragraph")
_PAGE = attrgetter("page")
_DATE = attrgetter("date")
_KIND = attrgetter("kind")
_CONFIDENCE = attrgetter("confidence")
_FLAGS = attrgetter("flags")
_JUDGED = attrgetter("confidence", "flags", "status")
_STATUS = attrgetter("status")


@lru_cache(maxsize=1)
def _sure_percent() -> int:
    """Whole per cent from which 99 of 100 units are right; units have only whole ones."""
    from align.quality.calibration import stored_thresholds

    threshold = stored_thresholds().get(0.99, 1.0)
    return percent(threshold) + (percent(threshold) / 100 < threshold)


GENERIC: Final = Profile(
    name="generic",
    props=(
        Prop("x-document", _DOCUMENT, _text),
        Prop("x-speaker", _SPEAKER, _text),
        Prop("x-para", _PARAGRAPH, _number),
        Prop("x-page", _PAGE, _number),
        Prop("x-date", _DATE, _date),
        Prop("x-align-type", _KIND, _text),
        Prop("x-confidence", _CONFIDENCE, _per_cent),
        Prop("x-Origin", *_always(ORIGIN)),
        Prop("x-flags", _FLAGS, _listed),
        Prop("x-status", _STATUS, _text),
    ),
)

TRADOS: Final = Profile(
    name="trados",
    # A field's type stands behind its name. Dates are integers, so that "≥ 20150101" can be asked.
    props=(
        Prop("x-Origin", *_always(ORIGIN)),
        Prop("x-ConfirmationLevel", _JUDGED, _level),
        Prop("x-Document:SingleString", _DOCUMENT, _text),
        Prop("x-Speaker:SingleString", _SPEAKER, _text),
        Prop("x-Paragraph:Integer", _PARAGRAPH, _number),
        Prop("x-Page:Integer", _PAGE, _number),
        Prop("x-Date:Integer", _DATE, _date),
        Prop("x-AlignType:SingleString", _KIND, _text),
        Prop("x-Confidence:Integer", _CONFIDENCE, _per_cent),
        Prop("x-Flags:MultiplePicklist", _FLAGS, _each),
    ),
    # A list must be declared with its words, or the import asks for each; strings and integers
    # are declared empty.
    declared=(
        ("x-Document:SingleString", ""),
        ("x-Speaker:SingleString", ""),
        ("x-Paragraph:Integer", ""),
        ("x-Page:Integer", ""),
        ("x-Date:Integer", ""),
        ("x-AlignType:SingleString", ""),
        ("x-Confidence:Integer", ""),
        ("x-Flags:MultiplePicklist", ",".join(REASONS)),
    ),
    context="none",
    max_segment=MAX_SEGMENT,
    max_bytes=10**9,  # cloud memories take 1 GB (docs.rws.com)
)

MEMOQ: Final = Profile(
    name="memoq",
    # The first three and x-document are own fields of memoQ and XTM; others become custom fields.
    props=(
        Prop("project", _DOCUMENT, _series),
        Prop("corrected", _STATUS, _corrected),
        Prop("aligned", *_always("yes")),
        Prop("x-document", _DOCUMENT, _text),
        Prop("x-speaker", _SPEAKER, _text),
        Prop("x-date", _DATE, _date),
        Prop("x-confidence", _CONFIDENCE, _per_cent),
        Prop("x-flags", _FLAGS, _listed),
        Prop("x-status", _STATUS, _text),
    ),
    context="seg",
)

OMEGAT: Final = Profile(
    name="omegat",
    # What OmegaT can show beside a match; it reads no context, and from version 6 does not
    # insert units with a tuid if "ignore file context" is on.
    props=(
        Prop("x-document", _DOCUMENT, _text),
        Prop("x-speaker", _SPEAKER, _text),
        Prop("x-date", _DATE, _date),
        Prop("x-confidence", _CONFIDENCE, _per_cent),
        Prop("x-flags", _FLAGS, _listed),
        Prop("x-status", _STATUS, _text),
    ),
    context="none",
    tuids=False,
)

PROFILES: Final[Mapping[str, Profile]] = MappingProxyType(
    {profile.name: profile for profile in (GENERIC, TRADOS, MEMOQ, OMEGAT)}
)
"""Every profile by its name."""


_GENERIC_NAMES: Final = {prop.of: prop.name for prop in GENERIC.props}

SAME_PROP: Final[Mapping[str, str]] = MappingProxyType(
    {
        prop.name: _GENERIC_NAMES[prop.of]
        for profile in PROFILES.values()
        for prop in profile.props
        if prop.of in _GENERIC_NAMES and prop.write not in (_series, _corrected)
    }
)
"""What the generic profile calls a prop of any profile, for reading."""


def profile_named(name: str) -> Profile:
    """Give the profile of that name.

    Raises:
        UserError: there is none.
    """
    try:
        return PROFILES[name]
    except KeyError:
        known = ", ".join(PROFILES)
        raise UserError(f"There is no profile {name!r}: write one of {known}.") from None
