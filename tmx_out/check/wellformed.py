"""Why a file is not well-formed XML, in a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO
from xml.parsers import expat

from tmx_out.xml_text import is_utf8

_EVERY = "every tool refuses the whole file"

UNKNOWN_ENCODING = (
    "The encoding that the first line names is not one of UTF-8 and UTF-16, which TMX allows: "
    "save the file as UTF-8."
)

_SENTENCES: Mapping[str, str] = {
    expat.errors.XML_ERROR_NO_ELEMENTS: "The file ends before its last element is closed, and "
    "{every}: it is empty or was cut off, so write or copy it anew.",
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: "The file ends in the middle of a tag, and {every}: "
    "it was cut off, so write or copy it anew.",
    expat.errors.XML_ERROR_TAG_MISMATCH: "An end tag does not belong to the open element, and "
    "{every}: close the elements in the order in which they were opened.",
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: "An entity that XML does not know stands here "
    "(XML knows &amp; &lt; &gt; &quot; &apos; only), and {every}: write the character itself.",
    expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "An element has the same attribute twice, and "
    "{every}: take one out.",
    expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "Something stands after </tmx>, and {every}: "
    "take it out (two files set end to end do not make one).",
    expat.errors.XML_ERROR_UNKNOWN_ENCODING: UNKNOWN_ENCODING,
    expat.errors.XML_ERROR_INCORRECT_ENCODING: "The file is not in the encoding that its first "
    "line names, and {every}: save it as UTF-8.",
    expat.errors.XML_ERROR_BAD_CHAR_REF: "A character reference such as &#x1F; names a character "
    "that XML does not allow, and {every}: take it out.",
}


def explain(error: expat.ExpatError, position: int, stream: IO[bytes]) -> str:
    """Put a parser's error into words.

    Args:
        error: of expat.
        position: byte of the file at which expat stopped; negative if it does not know.
        stream: the file, at its beginning.
    """
    name = expat.errors.messages[error.code]
    if name == expat.errors.XML_ERROR_INVALID_TOKEN:
        return _invalid_token(position, stream)
    sentence = _SENTENCES.get(name)
    if sentence is None:
        return f"This is not well-formed XML ({name}), and {_EVERY}: mend it in a text editor."
    return sentence.format(every=_EVERY)


def _invalid_token(position: int, stream: IO[bytes]) -> str:
    head = stream.read(4)
    stream.seek(max(0, position))
    data = stream.read(4) or b" "
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    code = int.from_bytes(data[:2], "little" if head[:1] == b"\xff" else "big") if wide else data[0]
    if code < 0x20:
        return (
            f"A control character (U+{code:04X}) stands here, and {_EVERY}: take it out "
            "(cdtm does so when it writes)."
        )
    if not wide and not is_utf8(data):
        return f"The bytes here are not UTF-8, and {_EVERY}: save the file as UTF-8."
    return (
        f"This is not well-formed XML, and {_EVERY}: a < or & in the text must be written "
        "&lt; or &amp;, and attributes must be quoted."
    )
