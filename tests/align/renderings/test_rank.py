"""Renderings of a text in one unit and in many: made-up sentences with the shipped encoder."""

from __future__ import annotations

from dataclasses import replace

import pytest

from align import load_encoder
from align.renderings.agreement import is_uneven
from align.renderings.offered import Asked
from align.renderings.rank import render


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


def asked(zh, en, language, text):
    side = zh if language == "zh" else en
    start = side.lower().index(text.lower())
    end = start + len(text)
    while language == "en" and side[end : end + 1].isalpha():  # its inflection
        end += 1
    return Asked(zh, en, (start, end))


def rendered(units, language, text, encoder):
    places = [asked(zh, en, language, text) for zh, en in units]
    others = [en if language == "zh" else zh for zh, en in units]
    return [
        None if one is None else other[slice(*one.place)]
        for one, other in zip(render(places, language, encoder, str.lower), others, strict=True)
    ]


TERMS = [
    (
        "我们支持无核武器区，也支持消极安全保证。",
        "We support nuclear-weapon-free zones, and we also support negative security assurances.",
        [
            ("无核武器区", "nuclear-weapon-free zones"),
            ("消极安全保证", "negative security assurances"),
        ],
    ),
    (
        "大会在第68/32号决议中呼吁谈判裂变材料条约，并加强国际合作。",
        "In its resolution 68/32, the General Assembly called for negotiations on a treaty on "
        "fissile material and for stronger international cooperation.",
        [
            ("大会", "General Assembly"),
            ("国际合作", "international cooperation"),
            ("裂变材料", "fissile material"),
            ("第68/32号决议", "resolution 68/32"),
        ],
    ),
    (
        "安理会通过第984(1995)号决议。",
        "The Council adopted resolution 984 (1995).",
        [("安理会", "Council"), ("第984(1995)号决议", "resolution 984 (1995)")],
    ),
    (
        "按照第十二条，捐助国认捐了4.5亿美元。",
        "Donor countries pledged $450 million under article XII.",
        [("第十二条", "article XII"), ("4.5亿美元", "$450 million"), ("捐助国", "Donor countries")],
    ),
]


@pytest.mark.parametrize(
    ("zh", "en", "term", "translation"),
    [(zh, en, *each) for zh, en, terms in TERMS for each in terms],
)
def test_a_term_is_rendered_whole_both_ways(encoder, zh, en, term, translation):
    assert rendered([(zh, en)], "zh", term, encoder) == [translation]
    assert rendered([(zh, en)], "en", translation, encoder) == [term]


def test_what_has_no_counterpart_has_no_rendering(encoder):
    assert rendered([("裁军会议在日内瓦举行。", "Thank you.")], "zh", "日内瓦", encoder) == [None]


def test_a_symbol_renders_no_word(encoder):
    """The Conference is not the first letters of a document's symbol."""
    unit = ("主席提到CD/2301号文件。", "The President recalled CD/2301.")
    assert rendered([unit], "en", "CD", encoder) == [None]
    assert rendered([unit], "en", "CD/2301", encoder) == ["CD/2301"]


def test_another_number_renders_none(encoder):
    unit = ("援助达3亿美元。", "Aid reached $3.5 billion.")
    assert rendered([unit], "en", "$3.5 billion", encoder) == [None]


def test_a_part_of_a_longer_word_is_rendered_as_the_whole_word_elsewhere_or_not_at_all(encoder):
    units = [
        ("南亚的卫生系统薄弱。", "Health systems in South Asia are weak."),
        ("在东南亚测试的药物不合格。", "The drugs tested in South-East Asia failed."),
    ]
    assert rendered(units, "zh", "南亚", encoder) == ["South Asia", None]


def test_a_part_that_leaves_the_rest_out_is_not_sure(encoder):
    unit = ("城市规划很重要。", "Urban and territorial planning is important.")
    assert rendered([unit], "zh", "城市规划", encoder) != ["Urban"]


def test_units_support_each_other(encoder):
    units = [
        ("工会派代表参加了对话。", "Trade unions sent representatives to the dialogue."),
        ("政府同工会谈判。", "The Government negotiates with the trade unions."),
        ("工会和妇女组织发了言。", "Trade unions and women's organizations spoke."),
    ]
    assert {one.lower() for one in rendered(units, "zh", "工会", encoder)} == {"trade unions"}


@pytest.mark.parametrize(("zh", "en"), [("", "Disarmament."), ("裁军。", ""), ("ꙮ", "ꙮ")])
def test_nothing_to_render(encoder, zh, en):
    assert render([Asked(zh, en, (0, len(zh)))], "zh", encoder, str.lower) == [None]
    assert render([], "zh", encoder, str.lower) == []


def test_what_brackets_hold_is_rendered_by_what_brackets_hold(encoder):
    zh = "我们欢迎鲱鱼国和渔业国家联盟(鲱渔联)的首次峰会。"
    en = "We welcome the first summit of the Union of Herring and Fishing States (UHFS)."
    assert rendered([(zh, en)], "en", "UHFS", encoder) in (["鲱渔联"], [None])
    assert rendered([(zh, en)], "zh", "鲱渔联", encoder) in (["UHFS"], [None])


@pytest.mark.parametrize(
    ("zh", "en", "uneven"),
    [
        ("城市规划", "urban", True),
        ("城市规划", "urban planning", False),
        ("法", "law", False),
        ("万", "panacea", True),
        ("五核国", "P5", False),
        ("做", "WIDGO", True),
        ("世卫组织", "WHO", False),
        ("第984(1995)号", "984 (1995)", False),
        ("欧盟", "a statement on behalf of the European Union", True),
        ("", "", False),
    ],
)
def test_lengths_that_do_not_fit(zh, en, uneven):
    assert is_uneven(zh, en) is uneven


@pytest.mark.parametrize(
    ("zh", "en", "asked", "wrong"),
    [
        ("任何义务不得抵触本条约。", "None of the obligations shall conflict.", "不得", "shall"),
        ("指控查无实据。", "The allegations have been unsubstantiated.", "实据", "unsubstantiated"),
        ("会议下午3时举行。", "The meeting was held at 3 p.m. in Vienna.", "下午", "p"),
        ("实际上这很难。", "In fact, that is difficult.", "实际上", "fact"),
        ("裁军研究(裁研所)", "Disarmament Research (UNIDIR)", "裁军研究", "Research (UNIDIR"),
        (
            "根据理事会议事规则。",
            "In accordance with the Council’s rules of procedure.",
            "议事规则",
            "s rules of procedure",
        ),
        ("提出一百一十项建议。", "It made 110 proposals.", "一百一", "110"),
    ],
)
def test_no_part_and_no_opposite_is_a_rendering(encoder, zh, en, asked, wrong):
    assert rendered([(zh, en)], "zh", asked, encoder) != [wrong]


def test_units_that_say_it_as_asked_are_read(encoder):
    said = [("关于这一问题的发言。", "A statement regarding this matter.")] * 2
    other = [("在这方面，我们同意。", "In this regard, we agree.")] * 4
    places = [
        *(asked(zh, en, "en", "regarding") for zh, en in said),
        *(replace(asked(zh, en, "en", "regard"), exact=False) for zh, en in other),
    ]
    found = render(places, "en", encoder, str.lower)
    assert [zh[slice(*one.place)] for (zh, _), one in zip(said, found, strict=False)] == [
        "关于"
    ] * 2
    assert found[2:] == [None] * 4


def test_a_part_of_a_word_is_known_where_it_is_sure(encoder):
    units = [
        ("会员国提供了计算机网络。", "Member States provided computer networks."),
        ("提供计算机。", "They supplied laptops."),
    ]
    found = rendered(units, "zh", "计算机", encoder)
    assert found[0] == "computer"


def test_a_word_does_not_render_itself(encoder):
    said = [("报告题为《Fairness》，谈公平性。", "The report on Fairness is about fairness.")]
    assert "Fairness" not in rendered(said, "en", "Fairness", encoder)


def test_of_a_stretch_and_its_part_the_usual_one_is_taken(encoder):
    said = [
        ("外交部任司长的人来了。", "A director at the Ministry of Foreign Affairs has come."),
        ("外交部发表声明。", "The Ministry of Foreign Affairs issued a statement."),
    ]
    assert rendered(said, "en", "Ministry of Foreign Affairs", encoder) == ["外交部", "外交部"]


def test_no_rendering_ends_before_a_suffix(encoder):
    said = [("我们要求立即释放所有囚犯和被拘留者。", "We demand the release of all detainees now.")]
    assert rendered(said, "en", "detainees", encoder) in (["被拘留者"], [None])


def test_what_renders_a_word_that_is_not_asked_about_is_too_much(encoder):
    said = [("巴布亚新几内亚加入了论坛。", "Papua New Guinea joined the forum.")]
    assert rendered(said, "en", "Papua", encoder) == [None]
    assert rendered(said, "en", "Papua New Guinea", encoder) == ["巴布亚新几内亚"]


@pytest.mark.parametrize("often", [400, 4])
def test_the_memory_tells_the_term_from_its_part(encoder, often):
    """占领 may stand in many units of the memory or in these alone, 占领国 stands in these."""
    said = [
        ("以色列这一占领国必须撤军。", "Israel, the occupying Power, must withdraw."),
        ("占领国应当承担责任。", "The occupying Power must bear the responsibility."),
        ("我们要求占领国遵守公约。", "We demand that the occupying Power respect the Convention."),
        ("袭击由占领国实施。", "The attacks were committed by the occupying Power."),
    ]
    counts = {"占领国": 4, "占领": often}
    places = [asked(zh, en, "en", "occupying Power") for zh, en in said]
    found = render(places, "en", encoder, str.lower, lambda text: counts.get(text, 50))
    texts = {zh[slice(*one.place)] for (zh, _), one in zip(said, found, strict=True) if one}
    assert texts == {"占领国"}


def test_a_part_of_a_word_with_a_hyphen_or_a_suffix_is_read_last(encoder):
    said = [
        ("冲突后局势。", "Post-conflict situations."),
        ("秘书长请求设立三个员额。", "The Secretary-General requests that three posts be created."),
        ("这些员额都是临时性的。", "All of these posts are temporary."),
    ]
    assert rendered(said, "en", "post", encoder)[0] is None
    speeches = [
        ("一些发言者同意。", "Some speakers agreed."),
        ("主席的发言很短。", "The statement of the President was short."),
    ]
    assert rendered(speeches, "zh", "发言", encoder)[0] is None


def test_all_men_are_not_men(encoder):
    said = [
        ("确保男女享有平等权利。", "Ensure that men and women have equal rights."),
        ("男女都能读写。", "Both men and women can read."),
        ("男子在这里工作。", "Men work here."),
    ]
    assert "男女" not in rendered(said, "en", "men", encoder)


def test_a_name_is_rendered_by_its_sounds(encoder):
    said = [("会议将在阿什哈巴德举行。", "The meeting will be held in Ashgabat.")]
    assert rendered(said, "en", "Ashgabat", encoder) == ["阿什哈巴德"]


def test_what_a_preposition_joins_is_not_the_term(encoder):
    zh = "拟议预算应编列根据现行方法重计费用的经费。"
    en = "The proposed budget shall contain provisions for recosting on the basis of the method."
    assert rendered([(zh, en)], "zh", "重计费用", encoder) in (["recosting"], [None])


@pytest.mark.parametrize(
    ("zh", "en", "text", "wrong"),
    [
        (
            "我们进行了深入协商。",
            "We held in-depth consultations.",
            "深入协商",
            "depth consultations",
        ),
        ("这会产生实际价值。", "This will deliver real value.", "实际价值", "deliver real value"),
        (
            "我宣布裁军谈判会议第812次全体会议闭幕。",
            "I declare closed the 812th plenary meeting of the Conference on Disarmament.",
            "第812次全体会议",
            "812th plenary",
        ),
        ("会议于下午4时开始。", "The meeting began at 4 p.m.", "4 p.m.", "下午4"),
        ("双方取得显著进展。", "The parties made some progress.", "progress", "取得显著进展"),
        ("依照第六条行事。", "Acting under article VI.", "article", "第六条"),
        ("提供用品和食物。", "They provided food supplies.", "food supplies", "用品和食物"),
        (
            "这能创造当地就业。",
            "This is local employment creation.",
            "employment creation",
            "创造当地就业",
        ),
        ("按照宪章行事。", "To act in accordance with the Charter.", "按照", "accordance"),
    ],
)
def test_no_rendering_is_cut_or_stretched(encoder, zh, en, text, wrong):
    language = "en" if text.isascii() else "zh"
    assert rendered([(zh, en)], language, text, encoder) != [wrong]


def test_two_spellings_are_no_reason_for_a_part(encoder):
    said = [
        ("东南亚国家发了言。", "The States of South-East Asia spoke."),
        ("我们来自东南亚。", "We come from Southeast Asia."),
        ("东南亚无核武器区。", "The South-East Asia Nuclear-Weapon-Free Zone."),
        ("在东南亚举行。", "It was held in Southeast Asia."),
    ]
    places = [asked(zh, en, "zh", "东南亚") for zh, en in said]
    often = {"asia": 4, "east asia": 2, "south-east asia": 2, "southeast asia": 2}
    found = render(places, "zh", encoder, str.lower, lambda text: often.get(text.lower(), 9))
    texts = {en[slice(*one.place)] for (_, en), one in zip(said, found, strict=True) if one}
    assert texts <= {"South-East Asia", "Southeast Asia"}
    assert texts


def test_a_word_that_the_stretch_holds_too_claims_nothing(encoder):
    said = [("旅馆规划和城市规划", "hotel and urban planning")]
    assert rendered(said, "zh", "城市规划", encoder) == ["urban planning"]


def test_of_a_stretch_and_its_part_in_one_unit_the_surer_is_taken(encoder):
    zh = "讨论性别规范如何影响社会，以及固有性别规范造成的负担。"
    en = "To discuss how gender norms affect society, and the burden of rigid gender norms."
    start = zh.index("性别规范")
    places = [(at, at + 4) for at in (start, zh.index("性别规范", start + 1))]
    both = [Asked(zh, en, place, places) for place in places]
    found = render(both, "zh", encoder, str.lower, lambda _: 1)
    assert {en[slice(*one.place)] for one in found if one} == {"gender norms"}


def test_what_is_plain_in_a_short_unit_is_shown(encoder):
    said = [("博物馆已重新开放。", "The museum has reopened.")]
    assert rendered(said, "en", "reopened", encoder) == ["重新开放"]


def test_a_name_of_several_parts_is_whole(encoder):
    said = [("国务卿赛勒斯·万斯作了发言。", "The Secretary, Cyrus Vance, made a statement.")]
    assert rendered(said, "en", "Cyrus Vance", encoder) == ["赛勒斯·万斯"]


def test_a_whole_that_is_sure_is_not_cut_where_a_part_stands_alone(encoder):
    said = [
        ("他在咨询意见中说。", "He said so in the advisory opinion."),
        ("咨询意见于1996年发表。", "The advisory opinion was given in 1996."),
        ("法院在咨询意见中确认。", "The Court affirmed in that opinion."),
    ]
    found = rendered(said, "zh", "咨询意见", encoder)
    assert found[:2] == ["advisory opinion"] * 2


@pytest.mark.parametrize(
    ("zh", "en", "language", "text", "rendering"),
    [
        (
            "苏丹重新开放了阿德雷过境点和公路。",
            "The Sudan reopened the Adré border crossing and the road.",
            "zh",
            "阿德雷过境点",
            "Adré border crossing",
        ),
        (
            "伊朗提出了一项案文草案。",
            "Iran submitted a draft text.",
            "en",
            "draft text",
            "案文草案",
        ),
        (
            "该条例规定了养恤基金的职能。",
            "The regulations set out the functions of the Pension Fund.",
            "en",
            "Pension Fund",
            "养恤基金",
        ),
        (
            "所有个人标识符已被删除。",
            "All personal identifiers have been removed.",
            "en",
            "personal identifier",
            "个人标识符",
        ),
        (
            "尽管是在虚拟会议上发言，代表团对裁军谈判会议表示感谢。",
            "The delegation thanked the Conference on Disarmament, albeit in a virtual setting.",
            "zh",
            "虚拟",
            "virtual",
        ),
        (
            "我的建议是保持思想开放，跳出局限思考。",
            "My advice is to be open-minded and to think outside the box.",
            "zh",
            "跳出局限思考",
            "think outside the box",
        ),
        (
            "各国必须表明自己是坚定的；重申并不充分的保证是不够的。",
            "States must show that they are committed. It is not enough to reiterate assurances "
            "that are inadequate.",
            "zh",
            "不够",
            "not enough",
        ),
    ],
)
def test_no_word_is_cut_and_none_of_another_is_taken_in(zh, en, language, text, rendering, encoder):
    assert rendered([(zh, en)], language, text, encoder) == [rendering]


def test_quotation_marks_part_what_they_hold_from_what_is_before(encoder):
    said = [
        ('尽量使用更专指词，如"灾害救济"。', "Use more specific terms, e.g., DISASTER RELIEF."),
        (
            '使用专指词，如"灾害救济"，"粮食援助"。',
            "Use specific terms, e.g., DISASTER RELIEF, FOOD AID.",
        ),
    ]
    assert set(rendered(said, "en", "disaster relief", encoder)) == {"灾害救济"}


def test_what_mostly_stands_beside_a_text_is_no_part_of_its_rendering(encoder):
    said = [
        ("境内流离失所者受到歧视。", "Internally displaced persons are discriminated against."),
        ("境内流离失所者离开了营地。", "The internally displaced persons left the camp."),
        ("我们登记了境内流离失所者。", "We registered internally displaced persons."),
        (
            "袭击由境内流离失所者实施。",
            "The attack was carried out by internally displaced persons.",
        ),
        ("援助了境内流离失所者和青年。", "Internally displaced persons and youth were assisted."),
        ("向流离失所者提供救济。", "Relief is provided to displaced persons."),
    ]
    places = [asked(zh, en, "zh", "流离失所者") for zh, en in said]
    counts = {"displaced persons": 6, "internally displaced persons": 5}
    found = render(places, "zh", encoder, str.lower, lambda text: counts.get(text.lower(), 9))
    texts = {en[slice(*one.place)] for (_, en), one in zip(said, found, strict=True) if one}
    assert {text.lower() for text in texts} == {"displaced persons"}


def test_what_always_stands_behind_a_text_is_no_part_of_its_rendering(encoder):
    said = [
        (
            f"{who}赞同肯尼亚代表代表集团所作的发言。",
            f"{en} the statement made by the representative of Kenya on behalf of the Group.",
        )
        for who, en in (("我们", "We support"), ("埃及", "Egypt supports"), ("我", "I support"))
    ]
    places = [asked(zh, en, "en", "representative of Kenya") for zh, en in said]
    counts = {"肯尼亚代表": 6, "肯尼亚代表代表": 3, "代表": 90}
    found = render(places, "en", encoder, str.lower, lambda text: counts.get(text, 9))
    texts = {zh[slice(*one.place)] for (zh, _), one in zip(said, found, strict=True) if one}
    assert texts == {"肯尼亚代表"}
