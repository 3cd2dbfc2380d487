"""Joining files into records: each rule, each outcome, and that no file gets lost."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.catalogue.examine import File
from corpora.catalogue.join import join, join_by_content


def file(path, language, symbol=None, **others):
    others.setdefault("sha256", f"hash of {path}")
    others.setdefault("kind", path.rpartition(".")[2])
    given = {"size": 1000, "modified": 0, "symbol_from": "text" if symbol else None} | others
    return File(path, language=language, symbol=symbol, **given)


def reasons(catalogue):
    return {left.path: left.reason for left in catalogue.left_out}


def sentence(catalogue, path):
    return next(left.sentence for left in catalogue.left_out if left.path == path)


def joined(catalogue):
    return [(pair.key, pair.zh.path, pair.en.path) for pair in catalogue.pairs]


# ------------------------------------------------------------------------------------- by symbol


def test_one_symbol_in_two_languages_is_a_pair():
    catalogue = join([file("b/x.pdf", "en", "CD/PV.1579"), file("a/y.txt", "zh", "CD/PV.1579")])
    (pair,) = catalogue.pairs
    assert (pair.key, pair.symbol, pair.zh.path, pair.en.path, pair.joined_by, pair.confidence) == (
        ("CD-PV-1579", "CD/PV.1579", "a/y.txt", "b/x.pdf", "symbol", 1.0)
    )
    assert (pair.notes, catalogue.unjoined, catalogue.left_out) == ((), (), ())


@pytest.mark.parametrize("other", ["cd/pv.1579", "CD/PV. 1579", "ＣＤ／ＰＶ．１５７９"])
def test_symbols_are_compared_in_one_form(other):
    catalogue = join([file("zh.txt", "zh", "CD/PV.1579"), file("en.txt", "en", other)])
    assert joined(catalogue) == [("CD-PV-1579", "zh.txt", "en.txt")]


@pytest.mark.parametrize("other", ["CD/PV.15790", "CD/PV.157", "S/PV.1579", "CD/PV.1579/Rev.1"])
def test_other_symbols_are_not_joined(other):
    assert not join([file("zh.txt", "zh", "CD/PV.1579"), file("en.txt", "en", other)]).pairs


def test_corrections_and_revisions_are_records_of_their_own():
    catalogue = join(
        [
            file(f"{language}{n}.txt", language, symbol)
            for n, symbol in enumerate(("CD/PV.7", "CD/PV.7/Corr.1", "CD/PV.7/Rev.1"))
            for language in ("zh", "en")
        ]
    )
    assert joined(catalogue) == [
        ("CD-PV-7", "zh0.txt", "en0.txt"),
        ("CD-PV-7-Corr-1", "zh1.txt", "en1.txt"),
        ("CD-PV-7-Rev-1", "zh2.txt", "en2.txt"),
    ]


def test_a_revision_here_and_its_base_there_are_told_but_not_joined():
    catalogue = join([file("a.txt", "zh", "CD/PV.7"), file("b.txt", "en", "CD/PV.7/Rev.1")])
    assert reasons(catalogue) == {"a.txt": "no-partner", "b.txt": "no-partner"}
    assert "English has CD/PV.7/Rev.1 (b.txt), which is another document" in sentence(
        catalogue, "a.txt"
    )
    assert "Chinese has CD/PV.7 (a.txt)" in sentence(catalogue, "b.txt")


def test_far_dates_are_told_near_ones_are_not():
    def notes(day):
        zh = file("a.txt", "zh", "S/PV.9", date=date(2024, 5, 30))
        return join([zh, file("b.txt", "en", "S/PV.9", date=day)]).pairs[0].notes

    assert notes(date(2024, 5, 31)) == notes(None) == ()
    assert notes(date(2024, 6, 1)) == (
        "The dates differ: 2024-05-30 in Chinese, 2024-06-01 in English.",
    )


def test_keys_that_would_be_equal_differ_and_do_not_depend_on_the_order():
    files = [
        file(f"{language}-{n}.txt", language, symbol)
        for n, symbol in enumerate(("S/PV.9", "S/PV/9", "A/9"))
        for language in ("zh", "en")
    ]
    keys = [pair.key for pair in join(files).pairs]
    assert len({key.casefold() for key in keys}) == 3
    assert "A-9" in keys
    assert keys == [pair.key for pair in join(files[::-1]).pairs]


# ---------------------------------------------------------------------------------- several files


def test_the_same_bytes_are_told_as_a_duplicate_of_the_shortest_path():
    catalogue = join(
        [
            file(path, "zh", "CD/PV.7", sha256="same")
            for path in ("old/copy/a.txt", "b.txt", "a.txt")
        ]
    )
    assert reasons(catalogue)["b.txt"] == reasons(catalogue)["old/copy/a.txt"] == "duplicate"
    assert sentence(catalogue, "b.txt") == "A duplicate of a.txt: the same bytes."
    assert [left.path for left in catalogue.unjoined] == ["a.txt"]


def test_of_the_same_bytes_the_file_whose_name_says_the_symbol_stays():
    catalogue = join(
        [
            file("x.txt", "zh", sha256="same"),
            file("deep/CD_PV.7.txt", "zh", "CD/PV.7", sha256="same"),
            file("deep/CD_PV.8.txt", "zh", "CD/PV.8", sha256="same"),
            file("en.txt", "en", "CD/PV.7"),
        ]
    )
    assert joined(catalogue) == [("CD-PV-7", "deep/CD_PV.7.txt", "en.txt")]
    assert "though its name says CD/PV.8" in sentence(catalogue, "deep/CD_PV.8.txt")


def test_of_the_same_bytes_with_one_symbol_the_better_name_stays():
    paths = ["x.txt", "deep/CD_PV.7.txt"]
    catalogue = join([file(path, "zh", "CD/PV.7", sha256="same") for path in paths])
    assert reasons(catalogue) == {"x.txt": "duplicate", "deep/CD_PV.7.txt": "no-partner"}


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ({"kind": "pdf", "size": 9999}, "a Word file gives the better text"),
        ({"kind": "docx", "size": 499}, "500 bytes against 499"),
        ({"kind": "docx", "size": 500}, "they are alike but not the same"),
    ],
)
def test_of_several_versions_the_best_is_taken_and_the_others_say_why_not(others, why):
    best = file("n.docx", "zh", "CD/PV.7", size=500)
    catalogue = join(
        [file("o.docx", "zh", "CD/PV.7", **others), best, file("e.txt", "en", "CD/PV.7")]
    )
    assert catalogue.pairs[0].zh is best
    assert reasons(catalogue) == {"o.docx": "version"}
    assert sentence(catalogue, "o.docx") == (f"Another version of n.docx, which was taken: {why}.")


def test_a_pdf_is_taken_before_a_txt():
    catalogue = join([file("a.txt", "zh", "A/1", size=99999), file("a.pdf", "zh", "A/1")])
    assert reasons(catalogue) == {"a.txt": "version", "a.pdf": "no-partner"}


def test_versions_of_other_days_are_told():
    one = file("a.txt", "zh", "A/1", date=date(2001, 1, 1))
    other = file("b.txt", "zh", "A/1", date=date(2002, 1, 1))
    assert "2002-01-01 and 2001-01-01: check the symbol" in sentence(join([one, other]), "b.txt")


# ----------------------------------------------------------------------------------- left out


def test_what_cannot_be_a_side_is_listed_with_its_reason():
    catalogue = join(
        [
            file("bad.pdf", None, "CD/PV.7", problem="bad.pdf is a damaged PDF: get it again."),
            file("fr.txt", "fr", "CD/PV.7"),
            file("xx.txt", "und", "CD/PV.7"),
            file("short.txt", None, "CD/PV.7"),
            file("zh.txt", "zh", "CD/PV.7"),
            file("mute.txt", "zh"),
        ]
    )
    assert reasons(catalogue) == {
        "bad.pdf": "unreadable",
        "fr.txt": "other-language",
        "xx.txt": "other-language",
        "short.txt": "unknown-language",
        "zh.txt": "no-partner",
        "mute.txt": "no-symbol",
    }
    assert sentence(catalogue, "bad.pdf") == "bad.pdf is a damaged PDF: get it again."
    assert "is in French" in sentence(catalogue, "fr.txt")
    assert sentence(catalogue, "zh.txt") == (
        "CD/PV.7 is here in Chinese only; bad.pdf may be its other side but cannot be read."
    )
    assert [one.path for one in catalogue.unjoined] == ["mute.txt", "zh.txt"]


def test_unreadable_copies_are_unreadable_not_duplicates():
    catalogue = join([file(name, None, sha256="same", problem="No.") for name in "ab"])
    assert reasons(catalogue) == {"a": "unreadable", "b": "unreadable"}


FILES = st.lists(
    st.builds(
        file,
        st.text("abxy/", min_size=1, max_size=4).map(lambda stem: f"{stem}.txt"),
        st.sampled_from(["zh", "en", "fr", None]),
        st.sampled_from([None, "A/1", "a/1", "A/2", "A/1/Rev.1"]),
        sha256=st.sampled_from("12345"),
        problem=st.sampled_from([None, None, None, "Bad."]),
    ),
    unique_by=lambda file: file.path,
)


@given(FILES)
def test_every_file_is_in_one_place(files):
    catalogue = join(files)
    paths = [one.path for pair in catalogue.pairs for one in (pair.zh, pair.en)]
    assert sorted(paths + [left.path for left in catalogue.left_out]) == sorted(
        one.path for one in files
    )
    assert {one.path for one in catalogue.unjoined} <= {left.path for left in catalogue.left_out}
    assert all((pair.zh.language, pair.en.language) == ("zh", "en") for pair in catalogue.pairs)
    assert catalogue == join(files[::-1])


# -------------------------------------------------------------------------------------- by content

MUTE = [
    file("g/G2116521.pdf", "zh"),
    file("g/G2116522.pdf", "en"),
    file("h/other.txt", "en"),
    file("known.txt", "en", "CD/PV.9", date=date(2020, 1, 1)),
]


def test_what_content_joins_is_told_as_such():
    before = join(MUTE)
    catalogue = join_by_content(before, [("g/G2116521.pdf", "g/G2116522.pdf", 0.97)])
    (pair,) = catalogue.pairs
    assert (pair.key, pair.symbol, pair.joined_by, pair.confidence) == (
        ("G2116521_G2116522", None, "content", 0.97)
    )
    assert pair.notes == ("Joined by content (97%): neither file says its symbol.",)
    assert reasons(catalogue) == {"h/other.txt": "no-symbol", "known.txt": "no-partner"}
    assert [one.path for one in catalogue.unjoined] == ["h/other.txt", "known.txt"]


def test_the_symbol_of_one_side_names_the_pair():
    (pair,) = join_by_content(join(MUTE), [("g/G2116521.pdf", "known.txt", 0.95)]).pairs
    assert (pair.key, pair.symbol) == ("CD-PV-9", "CD/PV.9")
    assert ": G2116521.pdf says no symbol." in pair.notes[0]


def test_doubtful_candidates_are_listed_best_first():
    doubts = [("g/G2116521.pdf", "h/other.txt", 0.3), ("g/G2116521.pdf", "g/G2116522.pdf", 0.6)]
    catalogue = join_by_content(join(MUTE), [], doubts)
    assert not catalogue.pairs
    assert reasons(catalogue)["g/G2116521.pdf"] == reasons(catalogue)["h/other.txt"] == "doubtful"
    assert "belong to g/G2116522.pdf (60%) or h/other.txt (30%)" in sentence(
        catalogue, "g/G2116521.pdf"
    )
    assert reasons(catalogue)["known.txt"] == "no-partner"


def test_names_that_are_alike_but_for_the_language_give_one_key():
    mute = [file("a/notes_zh.txt", "zh"), file("b/notes_en.txt", "en")]
    catalogue = join_by_content(join(mute), [("a/notes_zh.txt", "b/notes_en.txt", 1.0)])
    assert catalogue.pairs[0].key == "notes"


def test_a_key_is_short_enough_for_a_file_system():
    mute = [file("会" * 80 + ".txt", "zh"), file("议" * 80 + ".txt", "en")]
    catalogue = join_by_content(join(mute), [(mute[0].path, mute[1].path, 1.0)])
    assert len(catalogue.pairs[0].key.encode()) <= 110
