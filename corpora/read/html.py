"""HTML and TEI of UN documents into lines: a line for each block, in the order of the text.

Read are pages that bear a document (what undocs and the offices' sites serve as HTML, what Word
saves as a web page) and the XML of the UN Parallel Corpus (TEI: ``p`` with ``s`` inside). A page
that only leads to a document has no text of its own and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from corpora.chinese import english_length
from corpora.document import Line
from corpora.errors import RecordError
from corpora.lazy import lazy_pattern
from corpora.read.encoding import guess_encoding

LONGEST_PAGE: Final = 50_000_000
"""Bytes; the longest record is 3 million as XML."""
LEAST_PROSE: Final = 200
"""Letters (`english_length`) of a page in blocks that end as sentences do, for it to be a document
and not a way to one: search pages and notices of errors have a sentence or two."""

_BLOCKS: Final = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table"),
        *("tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul", "head", "text", "back"),
        *("front", "item", "list", "row", "cell", "note"),
    ]
)
_UNSEEN: Final = frozenset(
    [
        *("script", "style", "noscript", "template", "head", "svg", "math", "object", "embed"),
        *("iframe", "select", "option", "button", "input", "textarea", "nav", "audio", "video"),
        *("canvas", "map", "del"),
    ]
)
_UNSEEN_STYLE: Final = lazy_pattern(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_DECLARED: Final = lazy_pattern(rb"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_SENTENCE_END: Final = lazy_pattern(r"[.!?。！？;；:：][”’」』）)\"']*$")
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read_html(data: bytes, name: str) -> tuple[tuple[Line, ...], str, tuple[str, ...]]:
    """Read the blocks of a web page, each as a `Line` with gap 1.

    A line break (``br``) begins a line with gap 0. Text that the page itself hides, scripts and
    forms are left out.

    Returns:
        The lines, the name of the encoding, and notes for the user.

    Raises:
        RecordError: it is too long, or holds no document.
    """
    from lxml import etree, html

    _check_length(data, name)
    encoding = _encoding_of(data)
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    # What says itself to be XML and has a declaration must not be given to lxml as text.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = html.HTMLParser(no_network=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise RecordError(f"{name} is a web page without any text: give the record.") from None
    if any("depth" in error.message for error in parser.error_log):  # and it stopped there
        raise RecordError(
            f"{name} is a web page that nests deeper than any: save its text from a browser."
        )
    lines = _lines_of(_blocks(root, html_rules=True))
    prose = sum(english_length(line.text) for line in lines if _SENTENCE_END.search(line.text))
    if prose < LEAST_PROSE:
        raise RecordError(
            f"{name} is a web page (HTML) without a record's text: open it in a browser and "
            "download the PDF or Word file that it shows."
        )
    notes = ["The file is a web page: menus and lists of links around the record may be in it."]
    if root.find(".//del") is not None:
        notes.append("Text that the page marks as deleted was left out.")
    return lines, encoding, tuple(notes)


def read_tei(data: bytes, name: str) -> tuple[tuple[Line, ...], dict[int, str]]:
    """Read the paragraphs of a TEI file, each as a `Line` with gap 1, its sentences as they stand.

    Returns:
        The lines, first the document's symbol if the header has one; and which of them is no text
        (line number → ``running header``).

    Raises:
        RecordError: it is damaged, too long, no TEI, or without text.
    """
    from lxml import etree

    _check_length(data, name)
    if b"<!ENTITY" in data:
        raise RecordError(
            f"{name} declares XML entities, which are not resolved here: give the record as PDF, "
            "DOCX or plain text."
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        raise RecordError(
            f"{name} is a damaged XML file (line {problem.lineno}): download it again."
        ) from None
    if etree.QName(root).localname not in ("TEI", "TEI.2"):
        raise RecordError(
            f"{name} is an XML file other than TEI: give the record as PDF, DOCX or plain text."
        )
    text = next((e for e in root.iter() if _name_of(e) == "text"), None)
    body = [] if text is None else list(_blocks(text, html_rules=False))
    if not any(block.strip() for block in body):
        raise RecordError(f"{name} is a TEI file without any text: give the record itself.")
    symbols = [e.text.strip() for e in root.iter() if _name_of(e) == "idno" and e.text]
    heads = [symbol for symbol in symbols if "/" in symbol][:1]
    lines = _lines_of(iter([*heads, *body]))
    return lines, dict.fromkeys(range(1, len(heads) + 1), "running header")


def _check_length(data: bytes, name: str) -> None:
    if len(data) > LONGEST_PAGE:
        raise RecordError(
            f"{name} is longer than any record ({len(data):,} bytes): give the record as PDF, "
            "DOCX or plain text."
        )


def _encoding_of(data: bytes) -> str:
    """Encoding of a page: by its mark, as UTF-8, as it declares, or as its bytes tell."""
    guessed = guess_encoding(data)
    if guessed is not None and guessed.startswith("utf-"):
        return guessed
    declared = _DECLARED.search(data[:2048])
    for codec in (declared[1].decode() if declared else "", guessed or "", "cp1252"):
        try:
            "".encode(codec)
        except (LookupError, UnicodeError):
            continue
        return "gb18030" if codec.lower() in ("gb2312", "gbk") else codec
    return "cp1252"


def _name_of(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _lines_of(blocks: Iterator[str]) -> tuple[Line, ...]:
    lines: list[Line] = []
    for block in blocks:
        gap = 1.0
        for part in block.split("\n"):
            printed = " ".join(part.split())
            if printed:
                indent = float(len(part) - len(part.lstrip(" \u3000\u00a0")))
                lines.append(Line(printed, 0, len(lines) + 1, indent, gap if lines else 0.0))
                gap = 0.0
    return tuple(lines)


def _blocks(root: Any, *, html_rules: bool) -> Iterator[str]:
    """Texts between the edges of the blocks below `root`, breaks as line feeds."""
    parts: list[str] = []
    # Without recursion: pages nest as deep as they like.
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, closing = stack.pop()
        name = _name_of(element)
        if closing or not name:
            if closing and name in _BLOCKS and parts:
                yield "".join(parts)
                parts = []
            parts.append(_text(element.tail, pre=False))
            continue
        if html_rules and (name in _UNSEEN or _is_unseen(element)):
            parts.append(_text(element.tail, pre=False))
            continue
        if name in _BLOCKS and parts:
            yield "".join(parts)
            parts = []
        if name in ("br", "lb"):
            parts.append("\n")
        elif name == "s" and not html_rules and parts:
            parts.append(" ")
        text = _text(element.text, pre=name == "pre")
        parts.append(text.translate(_RAISED) if name == "sup" else text)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    if parts:
        yield "".join(parts)


def _is_unseen(element: Any) -> bool:
    return element.get("hidden") is not None or bool(
        _UNSEEN_STYLE.search(element.get("style") or "")
    )


def _text(text: str | None, *, pre: bool) -> str:
    if not text:
        return ""
    text = text.replace("\u00ad", "")
    return (
        text if pre else re.sub(r"\s+", lambda run: " " if "\u3000" not in run[0] else run[0], text)
    )
