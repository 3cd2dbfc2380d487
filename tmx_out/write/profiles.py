"""Which props each CAT tool gets, and under which names: a table a tool, read from top to bottom.

``generic`` is what every tool takes. The others say the same in the words of one tool, and leave
out what it does not read. Sources: docs/TMX.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from align.alignment import percent
from align.doubt.rules import REASONS
from corpora import UserError
from tmx_out.dates import basic_date
from tmx_out.selection import MAX_SEGMENT
from tmx_out.units import PASSED

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


def _same(told: Any) -> Any:
    return told


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


def _yes(preferred: bool) -> str:
    return "yes" if preferred else ""


def _listed(flags: tuple[str, ...]) -> str:
    return ",".join(flags)


def _corrected(status: str) -> str:
    return "yes" if status in PASSED else "no"


def _level(judged: tuple[float | None, tuple[str, ...], str]) -> str:
    """In Trados a unit that nobody need look at is `Translated`, every other one a `Draft`.

    What a reviewer passed is approved, what he found fault with a draft.
    """
    confidence, flags, status = judged
    if status:
        return "ApprovedTranslation" if status in PASSED else "Draft"
    sure = confidence is not None and percent(confidence) >= _sure_percent()
    return "Translated" if sure and not flags else "Draft"


def _always(name: str, word: str) -> Prop:
    return Prop(name, lambda _unit: None, lambda _nothing: word)


@lru_cache(maxsize=1)
def _sure_percent() -> int:
    """Whole per cent from which 99 of 100 units are right; units have only whole ones."""
    from align.quality.calibration import stored_thresholds

    threshold = stored_thresholds().get(0.99, 1.0)
    return percent(threshold) + (percent(threshold) / 100 < threshold)


_DOCUMENT: Final = Prop("x-document", attrgetter("document"), _same)
_SPEAKER: Final = Prop("x-speaker", attrgetter("speaker"), _same)
_PARAGRAPH: Final = Prop("x-para", attrgetter("paragraph"), _number)
_PAGE: Final = Prop("x-page", attrgetter("page"), _number)
_DATE: Final = Prop("x-date", attrgetter("date"), _date)
_KIND: Final = Prop("x-align-type", attrgetter("kind"), _same)
_CONFIDENCE: Final = Prop("x-confidence", attrgetter("confidence"), _per_cent)
_ORIGIN: Final = _always("x-Origin", ORIGIN)
_FLAGS: Final = Prop("x-flags", attrgetter("flags"), _listed)
_STATUS: Final = Prop("x-status", attrgetter("status"), _same)
_PREFERRED: Final = Prop("x-preferred", attrgetter("preferred"), _yes)

GENERIC: Final = Profile(
    name="generic",
    props=(
        *(_DOCUMENT, _SPEAKER, _PARAGRAPH, _PAGE, _DATE),
        *(_KIND, _CONFIDENCE, _ORIGIN, _FLAGS, _STATUS, _PREFERRED),
    ),
)

_FIELDS: Final = (
    replace(_DOCUMENT, name="x-Document:SingleString"),
    replace(_SPEAKER, name="x-Speaker:SingleString"),
    replace(_PARAGRAPH, name="x-Paragraph:Integer"),
    replace(_PAGE, name="x-Page:Integer"),
    replace(_DATE, name="x-Date:Integer"),
    replace(_KIND, name="x-AlignType:SingleString"),
    replace(_CONFIDENCE, name="x-Confidence:Integer"),
    replace(_FLAGS, name="x-Flags:MultiplePicklist", write=_same),
)
"""Of Trados: a field's type stands behind its name. Dates are integers, so that "≥ 20150101" can be
asked."""

TRADOS: Final = Profile(
    name="trados",
    props=(
        _ORIGIN,
        Prop("x-ConfirmationLevel", attrgetter("confidence", "flags", "status"), _level),
        *_FIELDS,
    ),
    # A list must be declared with its words, or the import asks for each; strings and integers
    # are declared empty.
    declared=tuple(
        (prop.name, ",".join(REASONS) if prop.of is _FLAGS.of else "") for prop in _FIELDS
    ),
    context="none",
    max_segment=MAX_SEGMENT,
    max_bytes=10**9,  # cloud memories take 1 GB (docs.rws.com)
)

_SHOWN: Final = (_DOCUMENT, _SPEAKER, _DATE, _CONFIDENCE, _FLAGS, _STATUS, _PREFERRED)
"""What can be shown beside a match."""

MEMOQ: Final = Profile(
    name="memoq",
    # The first three and x-document are own fields of memoQ and XTM; others become custom fields.
    props=(
        replace(_DOCUMENT, name="project", write=_series),
        replace(_STATUS, name="corrected", write=_corrected),
        _always("aligned", "yes"),
        *_SHOWN,
    ),
    context="seg",
)

OMEGAT: Final = Profile(
    name="omegat",
    # OmegaT reads no context, and from version 6 does not insert units with a tuid if "ignore
    # file context" is on.
    props=_SHOWN,
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
