"""Cut a repaired paragraph into sentences, by one table of rules for each language.

A stop ends a sentence together with the closing quotes and brackets behind it, unless an exemption
of the table says that it does not. Exemptions work on a shadow of the paragraph: a copy of equal
length in which every stop that ends nothing is blotted out; the cuts are made in the paragraph.

Both tables keep one policy, so that a sentence and its translation are cut alike:

* sentences inside a quotation of some length are sentences of their own (records of the Conference
  on Disarmament quote whole passages in both languages); a short quotation that the sentence runs
  on after is not cut;
* a parenthesis within a sentence is not cut, one that stands between sentences is text like any;
* a semicolon, a colon, a dash or three dots in mid-sentence end nothing, so a list ``(a) …; (b) …``
  in one paragraph is one sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from corpora.chinese import HAN
from corpora.lazy import lazy_pattern

if TYPE_CHECKING:
    from corpora.document import Language

_BLOT: Final = "\u2024"  # one dot leader: no record has it, and no rule below speaks of it
_BLOTTED: Final = str.maketrans(dict.fromkeys(".?!…。！？｡．", _BLOT))

# What calls a note behind a stop belongs to the sentence before: `1997.¹`, `Republics. 1/ 2/`, `*`.
_CALLS: Final = (
    r"(?:[¹²³⁰-⁹ᵃ-ᵗ]{1,6}(?:,\s?(?=[¹²³⁰-⁹ᵃ-ᵗ]))?|\s[¹²³⁰-⁹]{1,3}(?=\s|\Z)|[*†‡]{1,3}(?=\s|\Z)"
    rf"|\s?(?:[0-9]{{1,3}}|[a-z])/(?=[\s{HAN}]|\Z))*+"
)

# A short quotation is at most this many characters: with less room than an average sentence of the
# UN Parallel Corpus (about 140 characters in English, 45 in Chinese) it is a phrase or a slogan.
_SHORT_QUOTATION: Final = {"en": 120, "zh": 45}

# A longer parenthesis, in characters, is taken for an unclosed one, and its stops count.
_LONGEST_PARENTHESIS: Final = 400

# Letters that may begin an English sentence: names keep their accents (``Österreich``).
_CAPITALS: Final = "".join(ch for ch in map(chr, range(0x41, 0x250)) if ch.isupper())


@dataclass(frozen=True, slots=True)
class Exemption:
    """A place where a stop does not end a sentence.

    Attributes:
        name: what the cases in ``tests/corpora/cases`` and `which_exemptions` call it.
        pattern: a regular expression over the shadow; every stop that it matches is blotted out.
    """

    name: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Rules:
    """How one language ends its sentences.

    Attributes:
        quotes: steps that make straight quotes of the shadow curly, so that the side is known.
        exemptions: tried in this order, each on what the ones before have left.
        end: matches from a stop that ends a sentence through the white space behind it.
    """

    quotes: tuple[tuple[str, str], ...]
    exemptions: tuple[Exemption, ...]
    end: str


def _one_of(words: str) -> str:
    """Return a pattern for the words of a table, dots taken literally, longest first."""
    return "|".join(re.escape(word) for word in sorted(words.split(), key=len, reverse=True))


def _dot_behind(words: str) -> str:
    """Return a pattern for the dot behind any word of a table, the word standing by itself.

    A look-behind has one width, so there is one for each length of word.
    """
    by_length: dict[int, list[str]] = {}
    for word in words.split():
        by_length.setdefault(len(word), []).append(word)
    behind = (rf"(?<=(?<![\w.])(?:{_one_of(' '.join(each))})\.)" for each in by_length.values())
    return rf"\.(?:{'|'.join(behind)})"


# --------------------------------------------------------------------------- English

# Before a name: never the end.
_TITLES: Final = (
    "Mr Mrs Ms Messrs Mme Mmes Mlle Dr Drs Prof Gen Lt Col Maj Capt Cmdr Cdr Adm Brig Sgt Amb Hon "
    "Gov Sen Rep Msgr Fr St Ste H.E H.R.H H.M H.H Dem Pres Min Mt Mts Ft Pt Supt Insp Cllr Atty "
    "Asst Assoc Cpl Pvt Profs Ambs Sens Reps Vice-Pres"
)
_ALL_TITLES: Final = f"{_TITLES} {_TITLES.upper()}"

# Before a number, a numeral or a letter in brackets; the answer “No.” and the like still end.
_NUMBERED: Final = (
    "No Nos no nos Para Paras para paras Art Arts art arts Vol Vols vol vols p pp Sect Sects sect "
    "sects sec Sec Chap chap Ch ch Fig fig Figs figs Add Corr Rev rev Supp supp Suppl suppl Sess "
    "sess Res res Doc doc Ref ref Tel tel Ext ext Ser ser cl c ca NO NOS Jan Feb Mar Apr Jun Jul "
    "Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Reg Regs reg regs tab "
    "Ann App app Pt pt Pts pts Bk bk nr Nr Cap"
)

# Never the end, whatever follows.
_INNER: Final = "e.g i.e cf Cf viz vs v op loc approx incl a.k.a E.g I.e"

# The end only where a word follows that begins sentences (see `_STARTERS`).
_DOUBTFUL: Final = "Inc Ltd Co Corp Jr Sr Rev Bros Dept Govt al Ph.D Wash Esq"

# Words that, capitalized, nearly always begin a sentence and hardly ever a name.
_STARTERS: Final = (
    "The A An In It This That These Those We I He She They You My Our Your Their His Her Its "
    "There Here However As At On For From But And Or Nor So Yet If When Whenever While Where What "
    "Which Who Whose Why How With Without Within After Before During Since Although Though "
    "Because Today Now Then Thus Therefore Hence Moreover Furthermore Mr Mrs Ms By To Not No Yes "
    "Let Allow Please All Any Each Every Both Many Most Some Such Other Under Until Unless Only "
    "Also Another Finally First Firstly Secondly Thirdly Second Third Lastly Indeed Nevertheless "
    "Nonetheless Despite Regarding Concerning Following Given Once One Two Three Several "
    "Accordingly Consequently Meanwhile Instead Rather Otherwise Again Having Being Is Are Was "
    "Were Do Does Did Can Could Should Would Will May Shall Must Turning Thank"
)

# A capital with a dot behind these is a label (“Group A.”), not a person's initial.
_LABELLED: Final = (
    "Part Annex Article Appendix Section Chapter Group Phase Table Figure Plan War Title Schedule "
    "Protocol Option Category Zone Area Tier Class Grade Level Unit Volume part annex article "
    "group section chapter option category"
)

_SAID: Final = (
    "asked said says asks replied answered cried shouted "
    "exclaimed wrote inquired wondered whispered"
)

# With a capital they begin another sentence: `“When?” She asked it twice.`
_SUBJECTS: Final = "He She They We It The A An This That One Another Some Nobody Everybody"

_AFTER_TIME: Final = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June "
    "July August September October November December GMT UTC EST EDT CET CEST Geneva"
)

_STARTER_FOLLOWS: Final = rf"[”’)\]]*\s+[“‘(\[]*(?:{_one_of(_STARTERS)})\b"
_NAME_FOLLOWS: Final = rf"(?=\s+[{_CAPITALS}])"
_NOT_LABELLED: Final = "".join(rf"(?<!\b{word}\s[A-Z]\.)" for word in _LABELLED.split())
_NUMBER_FOLLOWS: Final = r"(?=\s*(?:[0-9§]|Nos?\b|[A-Z]+/|\([0-9a-z]{1,4}\)|[IVXLC]{2,}\b))"
_ENUMERATOR: Final = (
    r"(?:[0-9]{1,3}(?:\.[0-9]{1,3})*|[0-9]{1,4}/[0-9]{1,3}|[A-Za-z]|[IVXLC]{1,5})\.(?=\s)"
)
_AFTER_TEXT: Final = r"(?:(?<=[^\s.?!…”’)]\()|(?<=[^\s.?!…”’)]\s\())"

# Each pattern begins with the mark that it is about and looks behind from there: `re` then leaps
# from mark to mark instead of trying the pattern at every letter (four times faster).
ENGLISH: Final = Rules(
    quotes=(
        (r"\"(?<![^\s(\[—–‘']\")(?=\S)", "“"),
        (r"\"", "”"),
        (r"'(?<![^\s(\[—–“]')(?=\w)", "‘"),
        (r"'(?<=[.?!…,]')", "’"),
    ),
    exemptions=(
        Exemption("title", _dot_behind(_ALL_TITLES) + r"|E\.(?<=\bH\.\sE\.)"),
        Exemption("number", _dot_behind(_NUMBERED) + _NUMBER_FOLLOWS),
        Exemption("number", _dot_behind("art arts Art Arts vol Vol chap Chap") + r"(?=\s*[IVX]\b)"),
        Exemption(  # `annex II, sect. A.`
            "number", _dot_behind("sect Sect sects sec Sec chap Chap") + r"(?=\s[A-HJ-Z][.,;:)\]])"
        ),
        Exemption("inner abbreviation", _dot_behind(_INNER)),
        Exemption("time", rf"\.(?<=\b[apAP]\.[mM]\.)(?=\s+(?:{_one_of(_AFTER_TIME)})\b)"),
        # `from 10 a.m. – 1 p.m.`, `at 3 p.m. (Geneva time)`, `pacts, treaties, etc. – and …`
        Exemption("in mid-sentence", r"\.(?:(?<=\b[apAP]\.[mM]\.)|(?<=\betc\.))(?=\s*[—–(-])"),
        Exemption("doubtful abbreviation", _dot_behind(_DOUBTFUL) + rf"(?!{_STARTER_FOLLOWS})"),
        Exemption(
            "acronym",
            r"[A-Z]\.(?<![\w.]..)(?!(?<=[AP]\.)M\.)(?:[A-Z]\.)++"
            rf"(?!{_STARTER_FOLLOWS}|[”’]\s+[“‘])",
        ),
        # `A. The scope`, `2. The Conference`, `86/45. A resolution's title`: at the start, or
        # behind the end of another sentence.
        Exemption("enumerator", rf"\A\s*{_ENUMERATOR}|\s(?<=[.?!:;”’]\s){_ENUMERATOR}"),
        # Not the pronoun: `so do I. Member States …`.
        Exemption(
            "initial",
            rf"[A-Z]\.(?<![\w.]..)(?<!I\.){_NOT_LABELLED}(?<!\d\s..)(?:-[A-Z]\.)?{_NAME_FOLLOWS}"
            rf"(?!{_STARTER_FOLLOWS})",
        ),
        # Three dots hold a place in the sentence; a fourth is its stop.
        Exemption("ellipsis", r"[(\[]\s?(?:…|\.\s?\.\s?\.)\s?[)\]]"),
        Exemption(
            "ellipsis", r"\.(?<!\.\.)(?<!\.\s\.)\s?\.\s?\.(?!\s?\.)(?![”’)\]])|…(?![.”’)\]])"
        ),
        Exemption(
            "parenthesis",
            rf"\({_AFTER_TEXT}(?:[^()]|\([^()]*\)){{1,{_LONGEST_PARENTHESIS}}}?(?=\.?\))",
        ),
        Exemption("short quotation", rf"“[^“”]{{1,{_SHORT_QUOTATION['en']}}}”(?=,?\s+[a-z])"),
        Exemption(
            "attribution",
            r"[?!…](?<![?!…].)[?!…]*+[”’]"
            rf"(?=\s+(?!(?:{_one_of(_SUBJECTS)})\s)"
            rf"(?:[{_CAPITALS}][\w’'.-]*\s+){{1,3}}(?:{_one_of(_SAID)})\b)",
        ),
    ),
    end=(
        r"[.?!…](?<![.?!…].)(?<!\.\s\.)[.?!…]*+(?:\s\.)*+[”’)\]]*+"
        rf"(?:{_CALLS}|(?<=[a-z][a-z]\.)[0-9]{{1,2}}(?=\s+(?:{_one_of(_STARTERS)})\b))\s++"
        rf"(?=[“‘(\[]*(?:[—–―-]+\s*)?[“‘(\[]*[{_CAPITALS}0-9…{_BLOT}$£€]"
        r"|\((?:[a-z]|[ivx]+)\)\s|\(spoke in )"
    ),
)

# --------------------------------------------------------------------------- Chinese

# What runs on after a short quotation: `“何去何从？”的问题`, `“不要战争！”这一口号`.
_PAUSE_OR_DE: Final = r"[，、；：,;]|的(?![确確]|黎波里)"
# These run on unless a 。 stands in the quotation's end: `……。”而我们……` is a new sentence.
_LINK: Final = (
    r"[和与與或及而并並]|[这這那][一个個句种種些番]|之[一前后後际際]"
    r"|[为為](?:[题題]|主[题題]|名|由)|等(?!等|到)|是(?!的)"
)
_RUNS_ON: Final = rf"(?:(?=\s*(?:{_PAUSE_OR_DE}))|(?<!。.)(?=\s*(?:{_LINK})))"
# Who said it, behind the quotation: at most ten characters that name the speaker and the manner.
_SAID_SO: Final = r"\s*[^，。！？；：“”「」『』]{0,10}(?:[问問说說]|[问問说說喊答]道|回答[说說道])"
_PARENTHESIS: Final = rf"(?:[^（()）]|[（(][^（()）]*[)）]){{1,{_LONGEST_PARENTHESIS}}}"

CHINESE: Final = Rules(
    # In pairs; one left over opens if a word follows (a quotation that runs over paragraphs).
    quotes=((r"\"([^\"]*)\"", r"“\1”"), (r"\"(?=\w)", "“"), (r"\"", "”")),
    exemptions=(
        # `１．会议开幕`, `３．５`
        Exemption("enumerator", r"\A\s*(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})．"),
        Exemption("decimal", r"．(?<=[0-9０-９]．)(?=[0-9０-９])"),
        Exemption("book title", r"《[^《》]{1,100}》|〈[^〈〉]{1,100}〉"),
        Exemption("parenthesis", rf"(?<=[^\s。！？?!…”’」』）)])\s?[（(]{_PARENTHESIS}[)）]"),
        Exemption(
            "short quotation",
            rf"[“「『][^“”「」『』]{{1,{_SHORT_QUOTATION['zh']}}}[”」』]{_RUNS_ON}",
        ),
        Exemption(
            "attribution",
            rf"(?<![！？?!…])[！？?!…]++[”’」』](?={_SAID_SO}[。，])|。[”’」』](?={_SAID_SO}。)",
        ),
    ),
    end=(
        # ASCII ? and ! only behind Chinese; an ellipsis only where a quotation closes behind it.
        rf"(?:[。！？｡．]++[?!]*+|(?<=[{HAN}”’」』）)])[?!]++|(?<=[{HAN}])\.(?=\s)|(?<!…)…++(?=[”’」』]))"
        rf"(?:\s*[”’」』）)》〉】〕\]])*+{_CALLS}\s*+"
        r"(?![，、；：,;。！？]|的(?![确確]|黎波里))"
    ),
)

RULES: Final[dict[Language, Rules]] = {"zh": CHINESE, "en": ENGLISH}


# A stop before the end of the paragraph, in English one with a space, quote or bracket behind it:
# without any, the paragraph is one sentence whatever the rules say.
_INNER_STOP: Final[dict[Language, re.Pattern[str]]] = {
    "zh": lazy_pattern("[。！？｡．?!….]"),
    "en": lazy_pattern(r"[.?!…](?=[\s”’)\]\"'¹²³⁰-⁹ᵃ-ᵗ*†‡0-9])"),
}


@dataclass(frozen=True, slots=True)
class _Compiled:
    quotes: tuple[tuple[re.Pattern[str], str], ...]
    exemptions: tuple[tuple[str, re.Pattern[str]], ...]
    end: re.Pattern[str]


@cache
def _compiled(language: Language) -> _Compiled:
    rules = RULES[language]
    return _Compiled(
        tuple((lazy_pattern(pattern), curly) for pattern, curly in rules.quotes),
        tuple((each.name, lazy_pattern(each.pattern)) for each in rules.exemptions),
        lazy_pattern(rules.end),
    )


# Full-width dots are a text's stops where its paragraph ends with one.
_WIDE_STOP: Final = lazy_pattern(r"．[”’」』）)》〉】〕\]\s]*\Z")


def _blot_out(match: re.Match[str]) -> str:
    return match.group().translate(_BLOTTED)


def _shadow(text: str, language: Language) -> tuple[str, tuple[str, ...]]:
    """Return the paragraph with the stops that end nothing blotted out, and what blotted them."""
    rules = _compiled(language)
    shadow = text
    if "．" in text and _WIDE_STOP.search(text) is None:
        shadow = shadow.replace("．", _BLOT)  # the dot of a name
    if '"' in text or "'" in text:
        for pattern, curly in rules.quotes:
            shadow = pattern.sub(curly, shadow)
    used = []
    for name, pattern in rules.exemptions:
        before, shadow = shadow, pattern.sub(_blot_out, shadow)
        if shadow != before:
            used.append(name)
    return shadow, tuple(used)


def which_exemptions(text: str, language: Language) -> tuple[str, ...]:
    """Return the names of the exemptions that hold somewhere in `text`, in the table's order."""
    return _shadow(text, language)[1]


def split_sentences(text: str, language: Language) -> list[str]:
    """Cut one repaired paragraph (a single line) into its sentences.

    Args:
        text: the paragraph; Chinese best after `corpora.chinese.normalize_spacing`.
        language: whose table to use.

    Returns:
        The sentences in order, each stripped and none empty; a paragraph without a letter or digit
        is one sentence, an empty one none. Put together again they are the paragraph: only white
        space between them is gone.
    """
    if _INNER_STOP[language].search(text, 0, len(text.rstrip()) - 1) is None:
        whole = text.strip()
        return [whole] if whole else []
    shadow, _ = _shadow(text, language)
    sentences: list[str] = []
    begin = first = 0
    for end in (*(match.end() for match in _compiled(language).end.finditer(shadow)), len(text)):
        piece = text[begin:end].strip()
        if sentences and not any(map(str.isalnum, piece)):
            sentences[-1] = text[first:end].strip()  # a lone quote or ellipsis is no sentence
        elif piece:
            sentences.append(piece)
            first = begin
        begin = end
    return sentences
