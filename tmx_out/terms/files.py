"""Terms to files and back; the suffix says the format.

============ ============================================== ==============
``.xlsx``    a table, a row a concept                       out and in
``.csv``     the same, safe for spreadsheets                out and in
``.tbx``     TBX-Basic, version 2 or 3                      out and in
``.txt``     OmegaT's glossary: source, target, remark      out and in
``.tmx``     a translation memory of phrases                out
============ ============================================== ==============
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import IO, TYPE_CHECKING, Final

from corpora import UserError
from corpora.atomic import atomic_write
from tmx_out.languages import DEFAULT_LANGUAGES, check_languages
from tmx_out.terms.tables import (
    OMEGAT_HEAD,
    read_text_table,
    read_xlsx,
    write_csv,
    write_xlsx,
)
from tmx_out.terms.tbx import write_tbx
from tmx_out.terms.tbx_reader import read_tbx
from tmx_out.units import Unit
from tmx_out.write.sinks import Options
from tmx_out.write.tmx import TmxSink
from tmx_out.xml_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from align.terms.types import TermPair
    from corpora import Language
    from tmx_out.terms.columns import TermFile

WRITTEN: Final = (".xlsx", ".csv", ".tbx", ".txt", ".utf8", ".tmx")
READ: Final = (".xlsx", ".csv", ".tsv", ".txt", ".tab", ".utf8", ".tbx")


def write_terms(
    path: Path,
    terms: Iterable[TermPair],
    *,
    tbx: int = 2,
    source: Language = "zh",
    languages: Mapping[Language, str] = DEFAULT_LANGUAGES,
) -> None:
    """Write terms, whole or not at all.

    Args:
        path: its suffix says the format.
        terms: in the order of the file.
        tbx: version of a .tbx file, 2 or 3.
        source: the language that stands first in OmegaT's glossary and in TMX.
        languages: the code of each language in TBX and TMX, BCP 47.

    Raises:
        UserError: the suffix is none of `WRITTEN`, a language code is wrong, there is no term
            for a TBX, which must have one, or the file cannot be written.
    """
    check_suffix(path)
    if tbx not in (2, 3):
        raise UserError(f"There is no TBX version {tbx}: give --tbx 2 or --tbx 3.")
    check_languages(languages)
    omegat = partial(write_omegat, source=source)
    writers: dict[str, Callable[[IO[bytes], Iterable[TermPair]], None]] = {
        ".xlsx": write_xlsx,
        ".csv": write_csv,
        ".tbx": partial(write_tbx, version=2 if tbx == 2 else 3, languages=languages),
        ".txt": omegat,
        ".utf8": omegat,
        ".tmx": partial(write_phrases, source=source, languages=languages),
    }
    with atomic_write(path) as stream:
        writers[path.suffix.lower()](stream, terms)


def check_suffix(path: Path) -> None:
    """Refuse a file that could not be written, before there is any work.

    Raises:
        UserError: its suffix is none of `WRITTEN`.
    """
    if path.suffix.lower() not in WRITTEN:
        raise UserError(
            f"{path.name} has no suffix of a file of terms: give one of {', '.join(WRITTEN)}."
        )


def read_terms(path: Path) -> TermFile:
    """Read a glossary of our own or of another program.

    Raises:
        UserError: the file is missing, or of no kind that is known.
    """
    suffix = path.suffix.lower()
    if suffix not in READ:
        raise UserError(
            f"{path.name} is of no kind of glossary that is known: give one of {', '.join(READ)}."
        )
    try:
        if suffix == ".tbx":
            return read_tbx(path)
        return read_xlsx(path) if suffix == ".xlsx" else read_text_table(path)
    except UserError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(f"{path} cannot be read ({reason}): check its name.") from None
    except Exception as error:
        # The one door by which files of other programs come in: what their parsers stumble over
        # is the file's, whatever they call it.
        raise UserError(
            f"{path.name} cannot be read as {suffix} ({type(error).__name__}): "
            "save it again in the program that it comes from."
        ) from error


def pairs_of(term: TermPair) -> Iterator[tuple[str, str]]:
    """Give the pairs of forms that stand together in units, the preferred ones first.

    Of a term that nobody has counted the preferred forms with each other, and each other form with
    these.
    """
    if not term.attested:
        return iter([(zh, term.en[0]) for zh in term.zh] + [(term.zh[0], en) for en in term.en[1:]])
    first = (term.zh[0], term.en[0])
    return iter(sorted(((one.zh, one.en) for one in term.attested), key=lambda pair: pair != first))


def write_omegat(stream: IO[bytes], terms: Iterable[TermPair], source: Language) -> None:
    """Write OmegaT's glossary: a line a form of the source, with its one preferred translation.

    The remark, which the pane shows, names the others.
    """
    stream.write(OMEGAT_HEAD.encode())
    for term in terms:
        renderings: dict[str, list[str]] = {}
        for zh, en in pairs_of(term):
            form, rendering = (zh, en) if source == "zh" else (en, zh)
            renderings.setdefault(clean_text(form)[0], []).append(clean_text(rendering)[0])
        wanted = clean_text((term.en if source == "zh" else term.zh)[0])[0]
        for form, found in renderings.items():
            first = wanted if wanted in found else found[0]
            others = [other for other in dict.fromkeys(found) if other != first]
            also = f"also {', '.join(others)}" if others else ""
            remark = "; ".join(filter(None, (term.domain, also, _counted(term), term.note)))
            shown = form if not form.startswith("#") else f" {form}"  # no remark
            stream.write(f"{shown}\t{first}\t{clean_text(remark)[0]}\n".encode())


def _counted(term: TermPair) -> str:
    return f"{term.count} units" if term.count else ""


def write_phrases(
    stream: IO[bytes],
    terms: Iterable[TermPair],
    source: Language,
    languages: Mapping[Language, str],
) -> None:
    """Write a TMX of phrases; each names a record in which it stands.

    Of several translations of one form the preferred one is marked.
    """
    sink = TmxSink([stream], Options(source, languages, segtype="phrase"))
    for number, term in enumerate(terms, start=1):
        symbols = {(one.zh, one.en): one.symbol for one in term.attested}
        pairs = list(pairs_of(term))
        side = 0 if source == "zh" else 1
        several = Counter(pair[side] for pair in pairs)
        for place, pair in enumerate(pairs, start=1):
            first = next(other for other in pairs if other[side] == pair[side])
            symbol = clean_text(symbols.get(pair, ""))[0]
            zh, en = (clean_text(form)[0] for form in pair)
            preferred = first == pair and several[pair[side]] > 1
            name = f"term-{number}-{place}"
            sink.add(Unit(name, zh, en, document=symbol, preferred=preferred))
    sink.close()
