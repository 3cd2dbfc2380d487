"""Whatever a page looks like, every character comes out once, as text or with a reason."""

from __future__ import annotations

import collections
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.read.pdf import LEAST_TEXT, read_pdf
from tests.corpora.making_pdf import Put, make_pdf

ODD = 0.0005
"""Share of characters that may differ: bold by overprinting, control characters of odd fonts."""
MOST_BYTES = 700_000
NEAR = 0.13
"""Em within which the same letter printed twice counts once, with room for rounding."""

PUTS = st.builds(
    Put,
    x=st.sampled_from([20.0, 50.0, 72.0, 100.0, 250.0, 330.0, 480.0]),
    y=st.integers(2, 62).map(lambda line: line * 12.0),
    text=st.text("abcdef ,.;()12", min_size=1, max_size=30).map(str.strip).filter(bool),
    size=st.sampled_from([6.0, 10.0, 10.0, 10.0, 40.0]),
    turn=st.sampled_from([0, 0, 0, 0, 1]),
    ink=st.sampled_from([(0, 0, 0), (0, 0, 0), (0.8, 0, 0)]),
    mode=st.sampled_from([0, 0, 0, 3]),
)


@given(st.lists(PUTS, min_size=1, max_size=25, unique_by=lambda put: (put.x, put.y)))
@settings(max_examples=60, deadline=None)
def test_every_character_comes_out_once_wherever_it_stands(puts):
    """Columns, tables, stamps, notes: chance makes pages that look like all of them."""
    wanted = collections.Counter("".join(put.text for put in puts))
    del wanted[" "]
    if wanted.total() < LEAST_TEXT:
        return  # as a scan has
    lines, _, _ = read_pdf(make_pdf([puts]), "x.pdf")
    raised = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
    got = collections.Counter("".join(line.text for line in lines).translate(raised))
    del got[" "]
    assert not got - wanted
    assert (wanted - got).total() <= overprinted(puts)


def overprinted(puts):
    """How many letters may be printed a hair beside the same letter."""
    places = collections.defaultdict(list)
    for put in puts:
        for n, ch in enumerate(put.text):
            along = 0.6 * put.size * n
            at = (put.x, put.y + along) if put.turn else (put.x + along, put.y)
            places[ch].append((*at, put.size))
    return sum(
        any(max(abs(x - a), abs(y - b)) < NEAR * size for a, b, _ in found[:n])
        for ch, found in places.items()
        for n, (x, y, size) in enumerate(found)
        if ch != " "
    )


def test_every_character_of_real_documents_comes_out_once(shared):
    """Pdfium's own text of the same files is the oracle."""
    import pypdfium2

    files = sorted([*shared.glob("documents/*.pdf"), *shared.glob("records/pdf/*.pdf")])
    files = [path for path in files if path.stat().st_size < MOST_BYTES]  # the test's time
    assert len(files) > 10
    plain = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
    for path in files:
        lines, _, _ = read_pdf(path.read_bytes(), path.name)
        document = pypdfium2.PdfDocument(path)
        text = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        ours = collections.Counter("".join(line.text for line in lines).translate(plain))
        theirs = collections.Counter(
            unicodedata.normalize("NFKC", text.replace("\ufffe", "-")).translate(plain)
        )
        ours = collections.Counter(unicodedata.normalize("NFKC", "".join(ours.elements())))
        for odd in " \n\r\t\u00ad\u200b\ufeff\x00":
            del ours[odd], theirs[odd]
        differ = ((ours - theirs) + (theirs - ours)).total()
        assert differ <= ODD * theirs.total(), path.name
