"""What record a text is: cases in the wild, of our own, and such as must not be taken."""

from __future__ import annotations

from datetime import date

import pytest

from corpora.catalogue.examine import examine
from corpora.identify import (
    find_symbol,
    guess_language,
    guess_script,
    language_of_name,
    symbol_of_name,
    tell_symbol,
)
from corpora.meeting import find_date, find_meeting_number, normal_symbol, parse_ordinal
from corpora.read.file import read_lines
from corpora.record import read_document

ZH = "主席(以英语发言)：感谢巴基斯坦常驻代表的发言，现在请 GRULAC 代表发言。"
EN = "The President: I thank the Ambassador of Pakistan, and I give the floor to Mr. Li (李)."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ZH, "zh"),
        (EN, "en"),
        ("感謝大使的發言。", "zh"),
        ("Thank you.", "en"),
        ("中午散会。", "zh"),
        ("CD/PV.1579", "en"),
        ("Merci. La séance est levée et je vous remercie pour les déclarations.", None),
        ("Doy la palabra al representante de la República de Chile y del Perú.", None),
        ("Выступает представитель Российской Федерации.", None),
        ("議長：これから会議を始めます。よろしくお願いします。", None),
        ("أعطي الكلمة الآن لممثل الجزائر", None),
        ("", None),
        ("12/3 — 45", None),
        ("A", None),
    ],
)
def test_language(text, language):
    assert guess_language(text) == language


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("主席：感谢巴基斯坦常驻代表的发言。", "simplified"),
        ("主席：感謝巴基斯坦常駐代表的發言。", "traditional"),
        ("這裡的軟體為臺灣所用", "traditional"),  # Taiwan's 裡, 為
        ("這裏的説明爲香港所用", "traditional"),  # Hong Kong's 裏, 説, 爲
        ("説衆", "traditional"),  # of the Hong Kong set alone
        ("陶喆、朱镕基和於梨华的发言", "simplified"),  # names in rare characters
        ("皇后在里面只有几个人", "simplified"),
        ("中午散会", "simplified"),
        ("中文", "simplified"),  # both scripts
        ("乾隆皇帝著书", "simplified"),
    ],
)
def test_script(text, script):
    assert guess_script(text, "zh") == script


def test_english_is_latin():
    assert guess_script("Mr. 張 has the floor.", "en") == "latin"


@pytest.mark.parametrize(
    ("name", "symbol", "language"),
    [
        ("CD_PV.1579.zh.txt", "CD/PV.1579", "zh"),
        ("CD-PV-1579_zh.docx", "CD/PV.1579", "zh"),
        ("CD_PV.1579-C.pdf", "CD/PV.1579", "zh"),
        ("CD_PV.1579-E.pdf", "CD/PV.1579", "en"),
        ("S_PV.10100.en.txt", "S/PV.10100", "en"),
        ("A_RES_70_10-EN.pdf", "A/RES/70/10", "en"),
        ("CD_PV.1579_Corr.1", "CD/PV.1579/Corr.1", None),
        ("CD_PV.1579_Add.1-EN.pdf", "CD/PV.1579/Add.1", "en"),
        ("A_C.4_SR.985-FR.pdf", "A/C.4/SR.985", None),
        ("S_1996_112-EN.pdf", "S/1996/112", "en"),
        ("A_53_568-EN.pdf", "A/53/568", "en"),
        ("CD_1639.en.docx", "CD/1639", "en"),
        ("cd_pv.1579.zh-CN.txt", "CD/PV.1579", "zh"),
        ("cdpv1579.pdf", "CD/PV.1579", None),
        ("CD PV.1579 (1).pdf", "CD/PV.1579", None),
        ("folder/CD_PV.1579_chinese.TXT", "CD/PV.1579", "zh"),
        ("UDHR_english.pdf", None, "en"),
        ("001.zh", None, "zh"),
        ("001.en", None, "en"),
        ("record.txt", None, None),
        ("report_2021.txt", None, None),
        ("test_1.txt", None, None),
        ("en.txt", None, None),
        ("S_RES_9901 (2031)-EN.pdf", "S/RES/9901 (2031)", "en"),
        ("S_RES_9901(2031).pdf", "S/RES/9901 (2031)", None),
        ("A_86_6 (SECT. 6).docx", "A/86/6 (Sect. 6)", None),
        ("A_86_5 (VOL. II)-ZH.pdf", "A/86/5 (Vol. II)", "zh"),
        ("A_86_604_Add.7.docx", "A/86/604/Add.7", None),
        ("S_PV.9841 (RESUMPTION 1)-EN.pdf", "S/PV.9841 (Resumption 1)", "en"),
        ("NPT_CONF.2031_PC.II_WP.42-C.pdf", "NPT/CONF.2031/PC.II/WP.42", "zh"),
        ("ENDC_PV.401.pdf", "ENDC/PV.401", None),
        ("N3101234.docx", None, None),
        ("CD_PV.1579.zh.final.txt", "CD/PV.1579", None),
        ("CD_PV.1579_final.zh.docx", "CD/PV.1579", "zh"),
        ("CD_PV.1579-en-corrected v2.docx", "CD/PV.1579", None),
        ("CD_PV.1579_20310603.txt", "CD/PV.1579", None),
        ("CD_PV.1579_2.txt", "CD/PV.1579", None),
        ("CD_PV.1579_Corr.1 改正.txt", "CD/PV.1579/Corr.1", None),
        ("A_86_628.en.html", "A/86/628", "en"),
        ("CD_WP.633-C.rtf", "CD/WP.633", "zh"),
        ("NPT_CONF.2031_PC.II draft.pdf", "NPT/CONF.2031/PC.II", None),
    ],
)
def test_names(name, symbol, language):
    assert symbol_of_name(name) == symbol
    assert language_of_name(name) == language


@pytest.mark.parametrize(
    ("lines", "name", "symbol"),
    [
        (["CD/PV.1579", "主席：", "10 GE.21-16521"], "x.txt", "CD/PV.1579"),
        (["联合国 S/PV.10100", "安全理事会"], "x.txt", "S/PV.10100"),
        (["United Nations  S/PV.10011", "Security Council"], "x.txt", "S/PV.10011"),
        (["30/01/2026 The situation in Cyprus S/PV.10100", "3/3 26-01225"], "x", "S/PV.10100"),
        (["S/PV.10100 Xxxxx Xxxxxx Xxxxxx Xxxxxxx 30/01/2026"], "x.txt", "S/PV.10100"),
        (["S/PV.4507 (Resumption 1)"], "x.txt", "S/PV.4507 (Resumption 1)"),
        (["A/53/568", "S/1998/1025", "English", "Page 2"], "x.txt", "A/53/568"),
        (["A/53/568", "S/1998/1025", "English"], "S_1998_1025-EN.pdf", "S/1998/1025"),
        # the text before the name
        (["CD/PV.1579", "CD/PV.1579"], "CD_PV.1600.zh.txt", "CD/PV.1579"),
        # references in running prose and once on a wrapped line, far down
        (["as document S/2026/8 says, which", "and CD/1639 too"], "CD_PV.2.txt", "CD/PV.2"),
        (["text"] * 200 + ["CD/1639"], "CD_PV.1579.zh.txt", "CD/PV.1579"),
        # brackets, reissues, volumes, parts
        (["United Nations S/RES/9901 (2031)", "Security Council"], "x", "S/RES/9901 (2031)"),
        (["联合国 S/RES/9901(2031)", "安全理事会"], "x", "S/RES/9901 (2031)"),
        (["United Nations A/86/6 (Sect. 6)/Part A*", "General Assembly"], "x", "A/86/6 (Sect. 6)"),
        (["A/86/5 (Vol. II)", "General Assembly"], "x", "A/86/5 (Vol. II)"),
        (["United Nations S/2031/197***", "Security Council"], "x", "S/2031/197"),
        (["A/86/901/Add.7", "2/19 31-05338"], "x", "A/86/901/Add.7"),
        # a list, a table's cells, a line of prose
        (["The following were read:", "S/PV.7500", "CD/PV.1400"], "x", None),
        (["S/PV.7500", "CD/PV.1400", "A/C.1/70/L.1 Title 12/10/2031"], "x", None),
        (["Sentences come first.", "A/86/1", "text", "A/86/1"], "A_86_9-EN.pdf", "A/86/9"),
        (["text"] * 130 + ["S/PRST/2031/15"], "x", None),
        (["The report (S/2026/8) was", "我谨提请注意文件S/2026/8。"], "x.txt", None),
        (["and/or 3/4 of them", "I/O 5"], "x.txt", None),
    ],
)
def test_symbol(lines, name, symbol):
    assert find_symbol(lines, name) == symbol


@pytest.mark.parametrize(
    ("lines", "symbol", "number"),
    [
        ([], "CD/PV.1579", 1579),
        ([], "A/C.4/SR.985", 985),
        ([], "S/PV.4507 (Resumption 1)", 4507),
        ([], "A/RES/70/10", None),
        (["第一千五百七十九次全体会议最后记录"], None, 1579),
        (["第一〇一〇〇次会议"], None, 10100),
        (["第 1579 次全体会议"], None, 1579),
        (["1475th plenary meeting"], None, 1475),
        (["10011th meeting"], None, 10011),
        (
            ["Final record of the one thousand four hundred and seventy-fifth plenary meeting"],
            None,
            1475,
        ),
        (
            ["FINAL RECORD OF THE NINE HUNDRED AND", "FORTY-FIRST PLENARY MEETING"],
            None,
            941,
        ),
        (["主席(以英语发言)：我宣布裁军谈判会议第 1579 次全体会议开始。本次会议上"], None, 1579),
        (
            ["The President: I call to order the 1475th plenary meeting of the Conference."],
            None,
            1475,
        ),
        (["The PRESIDENT: I declare open the 941st plenary meeting of the"], None, 941),
        # other meetings, in prose
        (["as was said at the 1577th plenary meeting of the Conference last week"], None, None),
        (["我们在第一千五百七十七次全体会议上说过这一点。"], None, None),
        (["This is the third meeting that we hold on it."], None, None),
    ],
)
def test_meeting(lines, symbol, number):
    assert find_meeting_number(lines, symbol) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("one thousand four hundred and seventy-fifth", 1475),
        ("nine hundred and forty-first", 941),
        ("one thousandth", 1000),
        ("twelve hundred and twenty-second", 1222),
        ("two thousand and twentieth", 2020),
        ("一千五百七十九", 1579),
        ("一〇一〇〇", 10100),
        ("1,475", 1475),
        ("many", None),
    ],
)
def test_ordinals(text, number):
    assert parse_ordinal(text) == number


CD = "Held at the Palais des Nations, Geneva, on Monday, 21 January 2019, at 10.10 a.m."


MAY = date(2031, 5, 4)


@pytest.mark.parametrize(
    ("lines", "language", "day"),
    [
        ([CD], "en", date(2019, 1, 21)),
        (["Held at the Palais des Nations, Geneva, on", CD[43:]], "en", date(2019, 1, 21)),
        (["Monday, 6 October 2025, 10 a.m."], "en", date(2025, 10, 6)),
        (["Thursday, 4 April 2002, 11.50 a.m."], "en", date(2002, 4, 4)),
        (["CD/PV.941", "20 January 2004", "ENGLISH"], "en", date(2004, 1, 20)),
        (["06/10/2025 Women and peace and security S/PV.10011"], "en", date(2025, 10, 6)),
        (["S/PV.10100 Xxxxx Xxxxxx Xxxxxx Xxxxxxx 30/01/2026"], "zh", date(2026, 1, 30)),
        (["2024年9月11日星期三上午10时40分举行"], "zh", date(2024, 9, 11)),
        (["2026 年 1 月 30 日星期五下午 3 时举行"], "zh", date(2026, 1, 30)),
        (["二〇二一年五月十八日星期二上午十时十分在日内瓦万国宫举行"], "zh", date(2021, 5, 18)),
        (["裁军谈判会议", "CD/PV.1579", "二〇二一年五月十八日"], "zh", date(2021, 5, 18)),
        (["2021年5月18日星期二上午10时", "10分在日内瓦万国宫举行"], "zh", date(2021, 5, 18)),
        # the cover's word before the header's, the most frequent header before a slip
        (["06/10/2025 Title S/PV.1", "Monday, 7 October 2025, 10 a.m."], "en", date(2025, 10, 7)),
        (
            ["06/10/2025 T S/PV.1", "S/PV.1 T 05/10/2025", "S/PV.1 T 05/10/2025"],
            "en",
            date(2025, 10, 5),
        ),
        # a resolution has the day of issue above and that of the meeting beside its number
        (["A/RES/86/4", "9 May 2031", "Roads", "62nd plenary meeting", "4 May 2031"], "en", MAY),
        (["A/RES/86/4", "2031年5月9日", "道路", "2031年5月4日", "第62次全体会议"], "zh", MAY),
    ],
)
def test_date(lines, language, day):
    assert find_date(lines, language) == day


@pytest.mark.parametrize(
    ("lines", "language"),
    [
        (["CD/PV.1579", "as adopted on 5 August 2021 by the Conference on Disarmament"], "en"),
        (["1996 年 7 月 8 日，国际法院发表咨询意见，认为"], "zh"),
        (["2024年9月11日星期三举行的会议上，各国代表"], "zh"),
        (["On Monday, 6 October 2025, the Council met and, as we know,"], "en"),
        (["Monday, 6 October 2025, was the day on which the Council met"], "en"),
        (["GE.19-07481  (E)   280619   010719"], "en"),
        (["text"] * 130 + ["Monday, 6 October 2025, 10 a.m."], "en"),
        (["2 November 1998"], "en"),  # of a letter: nothing says that a meeting was held
        (["2021年5月18日"], "zh"),
        (["31/02/2025 Title S/PV.10011"], "en"),
        (["Held at Geneva, on Monday, 31 February 2025, at 10 a.m."], "en"),
        (["2025年2月30日星期三举行"], "zh"),
        (["see 06/10/2025 in the list"], "en"),
        ([], "zh"),
    ],
)
def test_no_date(lines, language):
    assert find_date(lines, language) is None


@pytest.mark.parametrize(
    ("name", "symbol", "number", "day"),
    [
        ("CD_PV.1579.zh.txt", "CD/PV.1579", 1579, None),
        ("CD_PV.1579.en.txt", "CD/PV.1579", 1579, None),
        ("S_PV.9722.zh.txt", "S/PV.9722", 9722, date(2024, 9, 11)),
        ("S_PV.9722.en.txt", "S/PV.9722", 9722, date(2024, 9, 11)),
        ("S_PV.10100.zh.txt", "S/PV.10100", 10100, date(2026, 1, 30)),
        ("pdf/S_PV.4507-EN.pdf", "S/PV.4507", 4507, date(2002, 4, 4)),
        ("pdf/S_PV.10011-EN.pdf", "S/PV.10011", 10011, date(2025, 10, 6)),
        ("pdf/S_1996_112-EN.pdf", "S/1996/112", None, None),
        ("pdf/UDHR_chinese.pdf", None, None, None),
    ],
)
def test_real_records_from_their_text_alone(shared, name, symbol, number, day):
    raw = read_lines(shared / "records" / name)
    texts = [line.text for line in raw.lines]
    language = guess_language("\n".join(texts))
    assert language == ("zh" if "zh" in name or "chinese" in name else "en")
    assert find_symbol(texts, "x") == symbol
    assert find_meeting_number(texts, symbol) == number
    assert find_date(texts, language) == day


def test_the_running_heads_that_a_file_names_come_before_its_cells():
    cells = ["Report", "Symbol", "First", "A/86/499", "Second", "A/86/499"]
    assert tell_symbol(cells, "N3100001.docx", heads=["A/86/999"], whole=True)[0] == "A/86/999"
    assert tell_symbol(["It is so.", *cells], "N3100001.docx", whole=True) == (None, None)


def test_a_symbol_at_the_edges_of_pages_is_the_records():
    texts, pages = [], []
    for page in range(1, 5):
        texts += ["A/86/901", "The text of the page goes on.", "A/86/499", "It ends here."]
        pages += [page] * 4
    assert tell_symbol(texts, "x", pages=pages) == ("A/86/901", "text")


def test_build_and_align_tell_the_same_symbol(shared):
    files = [*(shared / "documents").iterdir(), *(shared / "records").glob("*.txt")]
    for path in sorted(files):
        if path.name != "A_35_789-EN.pdf":
            symbol = read_document(path).symbol
            assert normal_symbol(symbol) == normal_symbol(examine(path.parent, path.name).symbol)
            assert normal_symbol(symbol) == normal_symbol(symbol_of_name(path.name))


def test_the_date_beside_another_symbol_is_not_the_records_own():
    lines = ["BWC/CONF.9/1 Note by the host 11/04/2044", "BWC/CONF.9/2 Note on costs 12/04/2044"]
    assert find_date(lines, "en", "BWC/CONF.9/7") is None
    assert find_date([*lines, "BWC/CONF.9/7 Costs 13/04/2044"], "en", "BWC/CONF.9/7") == date(
        2044, 4, 13
    )
