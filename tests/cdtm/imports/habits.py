"""TMX files as other tools write them, in our own words: name → bytes and what must come of it.

Every file holds the same two pairs unless it says otherwise, so a lost one is seen. The habits are
those of docs/TMX.md and of the tools' own documentation and code.
"""

from __future__ import annotations

from typing import NamedTuple

ZH, EN = (
    ("我们支持核裁军。", "会议现在休会。"),
    ("We support nuclear disarmament.", "The meeting is closed."),
)
PAIRS = tuple(zip(ZH, EN, strict=True))
HEADER = (
    '<header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" '
    'srclang="en" datatype="plaintext"/>'
)


class Habit(NamedTuple):
    """A file and what must come of it.

    Attributes:
        data: its bytes.
        pairs: the units, in order.
        statuses: of these; empty for nobody decided.
        documents: of these; empty for the file's own.
        told: words of what is told as mended; empty for nothing.
    """

    data: bytes
    pairs: tuple[tuple[str, str], ...] = PAIRS
    statuses: tuple[str, ...] = ("", "")
    documents: tuple[str, ...] = ("", "")
    told: str = ""


def tmx(*units: str, version: str = "1.4") -> str:
    return f'<tmx version="{version}">{HEADER}<body>{"".join(units)}</body></tmx>'


def tu(
    number: int,
    zh: str = "zh-CN",
    en: str = "en-US",
    *,
    props: str = "",
    attributes: str = "",
    texts: tuple[str, str] | None = None,
    own: str = "",
    lang: str = "xml:lang",
) -> str:
    left, right = texts or PAIRS[number]
    return (
        f"<tu{attributes}>{props}"
        f'<tuv {lang}="{en}">{own}<seg>{right}</seg></tuv>'
        f'<tuv {lang}="{zh}"><seg>{left}</seg></tuv></tu>'
    )


def both(**options: object) -> str:
    return tmx(*(tu(n, **options) for n in range(2)))  # type: ignore[arg-type]


def prop(kind: str, value: str) -> str:
    return f'<prop type="{kind}">{value}</prop>'


DECLARED = '<?xml version="1.0" encoding="{}"?>'


def of_tools() -> dict[str, Habit]:
    """Props, attributes and codes of the tools."""
    approved = prop("x-ConfirmationLevel", "ApprovedTranslation") + prop("x-Origin", "TM")
    draft = prop("x-ConfirmationLevel", "Draft")
    return {
        "opus": Habit(tmx(tu(0, "zh", "en"), tu(1, "zh", "en"), version="1.4.").encode()),
        "trados approved": Habit(
            tmx(tu(0, props=approved), tu(1, props=draft)).encode(), statuses=("accepted", "")
        ),
        "trados rejected": Habit(
            tmx(tu(0, props=prop("x-ConfirmationLevel", "RejectedSignOff")), tu(1)).encode(),
            statuses=("translation error", ""),
        ),
        "trados workbench codes": Habit(both(zh="ZH-CN", en="EN-US").encode()),
        "memoq": Habit(
            both(
                props=prop("corrected", "yes") + prop("project", "P") + prop("x-document", "CD/1"),
                own=prop("x-context-pre", "&lt;seg&gt;a&lt;/seg&gt;"),
            ).encode(),
            statuses=("accepted", "accepted"),
            documents=("CD/1", "CD/1"),
        ),
        "memoq uncorrected": Habit(both(props=prop("corrected", "no")).encode()),
        "xtm": Habit(
            both(props=prop("x-document", "a.docx")).encode(), documents=("a.docx", "a.docx")
        ),
        "omegat": Habit(
            both(
                props=prop("file", "a.txt") + prop("id", "7"), attributes=' changeid="me"'
            ).encode(),
            documents=("a.txt", "a.txt"),
        ),
        "omegat level 1": Habit(both(zh="zh", en="en").replace('"1.4"', '"1.1"').encode()),
        "matecat": Habit(
            both(
                props=prop("x-MateCAT-filename", "b.doc") + prop("x-MateCAT-status", "APPROVED")
            ).encode(),
            statuses=("accepted", "accepted"),
            documents=("b.doc", "b.doc"),
        ),
        "phrase": Habit(
            both(
                zh="zh-cn",
                en="en-us",
                own=prop("context_prev", "x"),
                attributes=' creationid="a" changedate="20200101T000000Z"',
            ).encode()
        ),
        "lokalize": Habit(
            both(props=prop("x-approved", "yes")).encode(), statuses=("accepted", "accepted")
        ),
        "ours": Habit(
            both(props=prop("x-status", "edited") + prop("x-document", "CD/PV.1")).encode(),
            statuses=("edited", "edited"),
            documents=("CD/PV.1", "CD/PV.1"),
        ),
        "an unknown status": Habit(both(props=prop("x-status", "splendid")).encode()),
    }


def of_texts() -> dict[str, Habit]:
    """What stands in a segment."""
    bold = ('<bpt i="1">&lt;b&gt;</bpt>我们<ept i="1">&lt;/b&gt;</ept>支持核裁军。', EN[0])
    field = (ZH[0], 'We <ph x="1">{1}</ph>support <it pos="begin">[b]</it>nuclear disarmament.')
    old = (r"<ut>{\f23 </ut>" + ZH[0] + "<ut>}</ut>", r"<ut>{\b </ut>" + EN[0] + "<ut>}</ut>")
    written = (
        '&lt;g id="1"&gt;我们&lt;/g&gt;支持核裁军。',
        "&lt;f0&gt;We&lt;/f0&gt; support nuclear disarmament.",
    )
    lines = ("我们支持\n核裁军。", " We support\r\nnuclear\tdisarmament. ")
    second = tu(1)
    first = tu(0)
    again = '<tuv xml:lang="en-US"><seg>We back nuclear disarmament.</seg></tuv>'
    return {
        "paired codes": Habit(tmx(tu(0, texts=bold), second).encode()),
        "placeholders": Habit(tmx(tu(0, texts=field), second).encode()),
        "ut": Habit(tmx(tu(0, texts=old), second).encode()),
        "codes as text": Habit(tmx(tu(0, texts=written), second).encode()),
        "several lines": Habit(
            tmx(tu(0, texts=lines), second).encode(),
            pairs=(("我们支持 核裁军。", EN[0]), PAIRS[1]),
        ),
        "zero width": Habit(
            tmx(tu(0, texts=("我们\u200b支持核裁军。", "\ufeff" + EN[0])), second).encode()
        ),
        "cdata": Habit(tmx(tu(0, texts=(ZH[0], f"<![CDATA[{EN[0]}]]>")), second).encode()),
        "control character": Habit(
            tmx(tu(0, texts=(ZH[0], "We support\x0b nuclear disarmament.")), second).encode(),
            told="character that XML cannot hold",
        ),
        "number of a control character": Habit(
            tmx(tu(0, texts=(ZH[0], "We support&#x1F; nuclear disarmament.")), second).encode(),
            told="character that XML cannot hold",
        ),
        "bare sign": Habit(
            tmx(tu(0, texts=("甲&乙", "A & B < C")), second).encode(),
            pairs=(("甲&乙", "A & B < C"), PAIRS[1]),
            told="& or < that begins nothing",
        ),
        "two translations": Habit(
            tmx(first.replace("</tu>", f"{again}</tu>"), second).encode(),
            pairs=(PAIRS[0], (ZH[0], "We back nuclear disarmament."), PAIRS[1]),
            statuses=("", "", ""),
            documents=("", "", ""),
        ),
        "two segments in one language": Habit(
            tmx(first.replace("</seg></tuv></tu>", "</seg><seg>谢谢。</seg></tuv></tu>")).encode(),
            pairs=((f"{ZH[0]} 谢谢。", EN[0]),),
            statuses=("",),
            documents=("",),
        ),
        "entity of html": Habit(
            tmx(tu(0, texts=(ZH[0], "We&nbsp;support nuclear disarmament.")), second).encode(),
            told="entity of HTML",
        ),
    }


def of_codes() -> dict[str, Habit]:
    """Codings, and codes of languages."""
    whole = both()
    french = '<tuv xml:lang="fr"><seg>Nous soutenons.</seg></tuv>'
    more = whole.replace("</tu>", french + "</tu>")
    taiwan = '<tuv xml:lang="zh-TW"><seg>我們支持核裁軍。</seg></tuv>'
    utf16 = DECLARED.format("utf-16")
    return {
        "utf-16": Habit((utf16 + whole).encode("utf-16")),
        "utf-16 big endian": Habit(b"\xfe\xff" + (utf16 + whole).encode("utf-16-be")),
        "byte order mark": Habit(whole.encode("utf-8-sig")),
        "says utf-16 and is utf-8": Habit((utf16 + whole).encode(), told="read as"),
        "says utf-8 and is gb18030": Habit(
            (DECLARED.format("utf-8") + whole + " " * 10).encode("gb18030"), told="read as"
        ),
        "says latin and is utf-8": Habit(
            (DECLARED.format("iso-8859-1") + whole).encode(), told="read as"
        ),
        "gb2312": Habit((DECLARED.format("gb2312") + whole).encode("gb2312")),
        "several languages": Habit(more.encode()),
        "traditional first": Habit(whole.replace("<tu>", "<tu>" + taiwan).encode()),
        "lang": Habit(both(lang="lang").encode()),
        "no code of a standard": Habit(both(zh="CHS", en="ENU").encode()),
        "exchanged": Habit(both(zh="en", en="zh").encode(), told="exchanged"),
        "one code twice": Habit(both(zh="en", en="en").encode(), told="script"),
        "no code": Habit(both(zh="", en="und").encode(), told="script"),
        "namespace": Habit(
            whole.replace("<tmx ", '<tmx xmlns="http://www.lisa.org/tmx14" ').encode()
        ),
        "doctype": Habit(('<!DOCTYPE tmx SYSTEM "http://127.0.0.1:9/tmx14.dtd">' + whole).encode()),
    }


HABITS = of_tools() | of_texts() | of_codes()
