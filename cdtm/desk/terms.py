"""The terms of a memory as the desk shows them, and what is decided on them.

They are found in a process of their own, as `cdtm terms` finds them, so that nobody who looks up
meanwhile waits; a large memory takes minutes. What is decided goes into the workspace's glossary,
as imports do, and so into whatever `cdtm terms` writes.
"""

from __future__ import annotations

import re
from concurrent.futures import Future
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Final

from align.terms.types import TermPair
from cdtm.desk.pool import changed
from cdtm.glossary import GLOSSARY, decide_terms, rejected_terms, workspace_terms
from cdtm.jobs.terms import TermsJob
from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cdtm.build.workspace import Workspace
    from cdtm.terms import Found

SECONDS: Final = 3600.0
"""Of a processor, that a memory may take."""

LONGEST: Final = 300
"""Characters of a form, and of a domain."""

MOST: Final = 40
"""Forms of a side, and terms that are decided on at once."""

KEPT: Final = (".xlsx", ".csv", ".tbx", ".txt", ".tmx")
"""Suffixes of the files that terms are written to."""


_AGREES: Final = re.compile(r"The [\w-]+ glossary says [^;]+; ([\d,]+) of \1 units agree\. ?")
"""What a note says of a term with which nothing is wrong."""


class Finder:
    """Finds the terms of a workspace, once for each state of its memory and its glossary.

    Args:
        workspace: with a memory.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = Lock()
        self._stamp: tuple[int, ...] = ()
        self._future: Future[Found] | None = None
        self._last: Future[Found] | None = None

    def find(self, *, now: bool = False) -> Future[Found]:
        """Give the terms as soon as they are found.

        Args:
            now: whether those of an earlier state of the glossary will do, if there are any.
        """
        folder = self._workspace.folder
        stamp = tuple(map(changed, (self._workspace.memory, folder / GLOSSARY)))
        with self._lock:
            before = self._future
            failed = before is not None and before.done() and before.exception() is not None
            if before is None or failed or stamp != self._stamp:
                if before is not None and before.done() and not failed:
                    self._last = before if stamp[0] == self._stamp[0] else None
                self._stamp, self._future = stamp, Future()
                Thread(target=_work, args=(folder, self._future), daemon=True).start()
            whole = self._future
            assert whole is not None
            return self._last if now and self._last is not None and not whole.done() else whole


def _work(folder: Path, future: Future[Found]) -> None:
    """Find terms in another process, and answer with them."""
    from cdtm.build.workers import Died, Processes
    from cdtm.terms import find_terms

    try:
        job = TermsJob(folder)
        [(_, found)] = Processes(1).map(find_terms, [job], seconds=SECONDS)
        if isinstance(found, Died):
            raise UserError(found.reason)
        future.set_result(found)
    except BaseException as error:
        future.set_exception(error)


def listed(folder: Path, found: Found) -> dict[str, Any]:
    """Give terms as the page takes them, with what was decided since they were found.

    Args:
        folder: of the workspace.
        found: by `Finder.find`.
    """
    from cdtm.terms import name_of

    rejected = {name_of(term): term for term in rejected_terms(folder)}
    confirmed = {
        name_of(term): term for term in workspace_terms(folder) if term.status == "confirmed"
    }
    joined = {pair: name for name, t in confirmed.items() for pair in product(t.zh, t.en)}
    terms, there = [], set()
    for term in found.terms:
        name = name_of(term)
        if joined.get((term.zh[0], term.en[0]), name) != name:
            continue  # a form of another one now
        there.add(name)
        state = "confirmed" if name in confirmed else "rejected" if name in rejected else "open"
        terms.append(_as_json(term, confirmed.get(name) or rejected.get(name) or term, state))
    for state, others in (("confirmed", confirmed), ("rejected", rejected)):
        terms += [_as_json(t, t, state) for name, t in others.items() if name not in there]
    return {"terms": terms, "read": found.read, "total": found.total}


def _as_json(term: TermPair, decided: TermPair, state: str) -> dict[str, Any]:
    example = term.example
    return {
        "state": state,
        "zh": decided.zh,
        "en": decided.en,
        "domain": decided.domain,
        "remark": decided.note if state == "confirmed" else "",
        "note": _AGREES.sub("", term.note),
        "count": term.count,
        "zh_count": term.zh_count,
        "en_count": term.en_count,
        "status": term.status,
        "rivals": [[one.of, one.text, one.count] for one in term.competitors],
        "example": example and [example.zh, example.en, example.symbol, str(example.date or "")],
    }


def decide(folder: Path, asked: Mapping[str, Any]) -> None:
    """Confirm, reject or leave open some terms.

    Args:
        folder: of the workspace.
        asked: ``terms``, those that it is about, each with ``zh``, ``en``, ``domain`` and ``note``;
            ``decision``: ``confirm``, ``reject`` or ``open``; to confirm them ``as``, the one term
            that they are.

    Raises:
        UserError: something is not what it should be, or an import is at work.
    """
    terms = _list(asked, "terms", _term)
    decision = asked.get("decision")
    if decision not in ("confirm", "reject", "open") or not terms:
        raise UserError("It must be said what is decided on which terms.")
    confirmed = [_term(asked.get("as"))] if decision == "confirm" else []
    zh = {form for one in confirmed for form in one.zh}
    en = {form for one in confirmed for form in one.en}
    # What is not a form of the confirmed term was wrong.
    wrong = [one for one in terms if one.zh[0] not in zh or one.en[0] not in en]
    decide_terms(folder, terms, confirmed, [] if decision == "open" else wrong)


def _term(told: Any) -> TermPair:
    """Make a term of what a page sends.

    Raises:
        UserError: it is none.
    """
    if not isinstance(told, dict):
        raise UserError("A term has a Chinese and an English form.")
    zh, en = (tuple(_list(told, side, _form)) for side in ("zh", "en"))
    if not zh or not en:
        raise UserError("A term has a Chinese and an English form.")
    domain, note = (_form(told.get(name) or "") for name in ("domain", "note"))
    return TermPair(zh, en, domain=domain, note=note, status="confirmed")


def _form(told: Any) -> str:
    if not isinstance(told, str) or len(told) > LONGEST:
        raise UserError(f"A form has at most {LONGEST} characters.")
    return " ".join(told.split())


def _list(told: Mapping[str, Any], name: str, make: Any) -> list[Any]:
    found = told.get(name)
    if not isinstance(found, list) or len(found) > MOST:
        raise UserError(f"The {name} are no list of at most {MOST}.")
    return [one for one in map(make, found) if one]


def written(found: Found, suffix: str) -> tuple[str, bytes]:
    """Write terms into a file.

    Returns:
        Its name, and what it holds.

    Raises:
        UserError: there is no such format.
    """
    from tmx_out.terms.files import write_terms

    form, _, version = suffix.partition("-")  # .tbx-3
    if form not in KEPT or version not in ("", "3"):
        raise UserError(f"Terms are written as {', '.join(KEPT)}.")
    with TemporaryDirectory(prefix="cdtm-") as folder:
        path = Path(folder) / f"terms{form}"
        write_terms(path, found.terms, tbx=int(version or 2))
        return path.name, path.read_bytes()
