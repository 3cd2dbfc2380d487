"""Which props each CAT tool gets, and under which names: a table a tool, read from top to bottom.

``generic`` is what every tool takes. The others say the same in the words of one tool, and leave
out what it does not read. Sources: docs/TMX.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from align.flags import REASONS
from corpora import UserError
from tmx_out.dates import basic_date
from tmx_out.report import MAX_SEGMENT
from tmx_out.units import percent

if TYPE_CHECKING:
    from tmx_out.units import Unit

Value = Callable[["Unit"], str | tuple[str, ...]]
"""What stands in a prop: nothing if empty, a prop for each if several."""

ORIGIN: Final = "Alignment"
"""The word by which Trados knows a unit that a program aligned (TranslationUnitOrigin)."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How a memory is written for one tool.

    Attributes:
        name: of the tool, as on the command line.
        props: on each unit, in this order: the prop's name and what it says.
        declared: props of the header that tell the tool of its fields: name and value.
        context: ``plain`` writes the sentence before and after on the source side, ``seg`` the
            same as memoQ does it, ``none`` leaves them out.
        tuids: whether units carry a `tuid`.
        max_segment: characters of a side from which a unit is left out, told with its reason;
            None leaves none out.
        max_bytes: of one file, from which another is begun; None sets no limit.
    """

    name: str
    props: tuple[tuple[str, Value], ...]
    declared: tuple[tuple[str, str], ...] = ()
    context: Literal["plain", "seg", "none"] = "plain"
    tuids: bool = True
    max_segment: int | None = None
    max_bytes: int | None = None


def _document(unit: Unit) -> str:
    return unit.document


def _series(unit: Unit) -> str:
    """``CD/PV`` of ``CD/PV.1579``; nothing of what is no symbol."""
    series, dot, _ = unit.document.rpartition(".")
    return series if dot and "/" in series else ""


def _speaker(unit: Unit) -> str:
    return unit.speaker


def _paragraph(unit: Unit) -> str:
    return "" if unit.paragraph is None else str(unit.paragraph)


def _page(unit: Unit) -> str:
    return "" if unit.page is None else str(unit.page)


def _date(unit: Unit) -> str:
    return "" if unit.date is None else basic_date(unit.date)


def _kind(unit: Unit) -> str:
    return unit.kind


def _confidence(unit: Unit) -> str:
    # Whole per cent: a Trados field that can be filtered by size is an integer.
    return "" if unit.confidence is None else str(percent(unit.confidence))


def _flags(unit: Unit) -> str:
    return ",".join(unit.flags)


def _flag_list(unit: Unit) -> tuple[str, ...]:
    return unit.flags


def _origin(_unit: Unit) -> str:
    return ORIGIN


def _confirmation(unit: Unit) -> str:
    """In Trados a unit that nobody need look at is `Translated`, every other one a `Draft`."""
    sure = unit.confidence is not None and percent(unit.confidence) >= _sure_percent()
    return "Translated" if sure and not unit.flags else "Draft"


def _yes(_unit: Unit) -> str:
    return "yes"


def _no(_unit: Unit) -> str:
    return "no"


@lru_cache(maxsize=1)
def _sure_percent() -> int:
    """Whole per cent from which 99 of 100 units are right; units have only whole ones."""
    from align.calibration import stored_thresholds

    threshold = stored_thresholds().get(0.99, 1.0)
    return percent(threshold) + (percent(threshold) / 100 < threshold)


GENERIC: Final = Profile(
    name="generic",
    props=(
        ("x-document", _document),
        ("x-speaker", _speaker),
        ("x-para", _paragraph),
        ("x-page", _page),
        ("x-date", _date),
        ("x-align-type", _kind),
        ("x-confidence", _confidence),
        ("x-Origin", _origin),
        ("x-flags", _flags),
    ),
)

TRADOS: Final = Profile(
    name="trados",
    # A field's type stands behind its name. Dates are integers, so that "≥ 20150101" can be asked.
    props=(
        ("x-Origin", _origin),
        ("x-ConfirmationLevel", _confirmation),
        ("x-Document:SingleString", _document),
        ("x-Speaker:SingleString", _speaker),
        ("x-Paragraph:Integer", _paragraph),
        ("x-Page:Integer", _page),
        ("x-Date:Integer", _date),
        ("x-AlignType:SingleString", _kind),
        ("x-Confidence:Integer", _confidence),
        ("x-Flags:MultiplePicklist", _flag_list),
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
    # The first four are memoQ's and XTM's own fields; those with x- become custom fields.
    props=(
        ("project", _series),
        ("corrected", _no),
        ("aligned", _yes),
        ("x-document", _document),
        ("x-speaker", _speaker),
        ("x-date", _date),
        ("x-confidence", _confidence),
        ("x-flags", _flags),
    ),
    context="seg",
)

OMEGAT: Final = Profile(
    name="omegat",
    # What OmegaT can show beside a match; it reads no context, and from version 6 does not
    # insert units with a tuid if "ignore file context" is on.
    props=(
        ("x-document", _document),
        ("x-speaker", _speaker),
        ("x-date", _date),
        ("x-confidence", _confidence),
        ("x-flags", _flags),
    ),
    context="none",
    tuids=False,
)

PROFILES: Final[Mapping[str, Profile]] = MappingProxyType(
    {profile.name: profile for profile in (GENERIC, TRADOS, MEMOQ, OMEGAT)}
)
"""Every profile by its name."""


_GENERIC_NAMES: Final = {value: name for name, value in GENERIC.props} | {_flag_list: "x-flags"}

SAME_PROP: Final[Mapping[str, str]] = MappingProxyType(
    {
        name: _GENERIC_NAMES[value]
        for profile in PROFILES.values()
        for name, value in profile.props
        if value in _GENERIC_NAMES
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
