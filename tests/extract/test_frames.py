"""Which relation a sentence states, and which way round."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import claims, in_both_scripts, only, read, said

from kg.extract.frames import Binding
from kg.script import simplify

Script = Callable[[str], str]

RELATIONS = {
    # active, passive, disposal
    "晨星科技集團收購藍峰電子。": "晨星科技集團 acquires 藍峰電子",
    "藍峰電子被晨星科技集團收購。": "晨星科技集團 acquires 藍峰電子",
    "晨星科技集團把藍峰電子收購。": "晨星科技集團 acquires 藍峰電子",
    "晨星科技集團將藍峰電子收購。": "晨星科技集團 acquires 藍峰電子",
    "晨星科技集團投資藍峰電子。": "晨星科技集團 investsIn 藍峰電子",
    "藍峰電子獲晨星科技集團投資。": "晨星科技集團 investsIn 藍峰電子",
    "南洲國制裁晨星科技集團。": "南洲國 sanctions 晨星科技集團",
    "晨星科技集團被南洲國制裁。": "南洲國 sanctions 晨星科技集團",
    "藍峰電子受到雲頂監管局處罰。": "雲頂監管局 sanctions 藍峰電子",
    "晨星科技集團起訴藍峰電子。": "晨星科技集團 sues 藍峰電子",
    "藍峰電子遭晨星科技集團起訴。": "晨星科技集團 sues 藍峰電子",
    # 與, 和, 同, 跟
    "晨星科技集團與海岳大學合作。": "晨星科技集團 partnerOf 海岳大學",
    "晨星科技集團和海岳大學合作。": "晨星科技集團 partnerOf 海岳大學",
    "晨星科技集團同海岳大學合作。": "晨星科技集團 partnerOf 海岳大學",
    "晨星科技集團跟海岳大學合作。": "晨星科技集團 partnerOf 海岳大學",
    "晨星科技集團與海岳大學簽署戰略合作協議。": "晨星科技集團 partnerOf 海岳大學",
    "晨星科技集團與藍峰電子競爭。": "晨星科技集團 competesWith 藍峰電子",
    "林海生與周若琳會面。": "林海生 meets 周若琳",
    "林海生會見周若琳。": "林海生 meets 周若琳",
    # 由
    "操作系統NovaOS由晨星科技集團開發。": "晨星科技集團 develops NovaOS",
    "由晨星科技集團開發的操作系統NovaOS": "晨星科技集團 develops NovaOS",
    "山海論壇由晨星科技集團主辦。": "晨星科技集團 organizes 山海論壇",
    "晨星科技集團主辦山海論壇。": "晨星科技集團 organizes 山海論壇",
    # 旗下, 子公司
    "晨星科技集團旗下的藍峰電子": "晨星科技集團 owns 藍峰電子",
    "藍峰電子是晨星科技集團旗下的企業。": "晨星科技集團 owns 藍峰電子",
    "藍峰電子是晨星科技集團子公司。": "藍峰電子 subsidiaryOf 晨星科技集團",
    "晨星科技集團子公司藍峰電子": "藍峰電子 subsidiaryOf 晨星科技集團",
    "藍峰電子隸屬於晨星科技集團。": "藍峰電子 subsidiaryOf 晨星科技集團",
    # 為, 向
    "晨星科技集團為聯合國提供視訊會議服務。": "晨星科技集團 supports 聯合國",
    "藍峰電子向晨星科技集團供應晶片。": "藍峰電子 suppliesTo 晨星科技集團",
    # the rest of the relations
    "晨星科技集團使用NovaOS。": "晨星科技集團 uses NovaOS",
    "晨星科技集團推薦PolarNote。": "晨星科技集團 recommends PolarNote",
    "林海生批評南洲國。": "林海生 criticizes 南洲國",
    "林海生參加山海論壇。": "林海生 participatesIn 山海論壇",
    "晨星科技集團加入青禾基金會。": "晨星科技集團 memberOf 青禾基金會",
    "林海生是青禾基金會成員。": "林海生 memberOf 青禾基金會",
    "晨星科技集團發表《漣漪白皮書》。": "晨星科技集團 publishes 漣漪白皮書",
    "林海生撰寫《漣漪白皮書》。": "林海生 creatorOf 漣漪白皮書",
    "NovaOS登陸南洲國。": "NovaOS availableIn 南洲國",
    "藍峰電子總部位於石橋市。": "藍峰電子 locatedIn 石橋市",
    "騰訊與聯合國合作。": "騰訊 partnerOf 聯合國",
}


@in_both_scripts
@pytest.mark.parametrize(("text", "claim"), RELATIONS.items())
def test_a_frame_gives_its_relation_the_right_way_round(
    text: str, claim: str, script: Script
) -> None:
    assert said(script(text)) == claims(claim)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "晨星科技集團收購的藍峰電子推出了NovaOS。",
            ["晨星科技集團 acquires 藍峰電子", "藍峰電子 develops NovaOS"],
        ),
        ("林海生撰寫的《漣漪白皮書》很長。", ["林海生 creatorOf 漣漪白皮書"]),
        ("藍峰電子的NovaOS被晨星科技集團使用。", ["晨星科技集團 uses NovaOS"]),
        (
            "晨星科技集團的競爭對手藍峰電子推出NovaOS。",
            ["藍峰電子 competesWith 晨星科技集團", "藍峰電子 develops NovaOS"],
        ),
        ("藍峰電子是晨星科技集團的子公司。", ["藍峰電子 subsidiaryOf 晨星科技集團"]),
    ],
)
def test_relative_clauses_and_possessors(text: str, lines: list[str], script: Script) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("南洲國企業藍峰電子很大。", ["藍峰電子 locatedIn 南洲國"]),
        ("南洲國藍峰電子很大。", ["藍峰電子 locatedIn 南洲國"]),
        ("晨星科技集團創辦人林海生", ["林海生 founderOf 晨星科技集團"]),
        ("林海生創辦了晨星科技集團。", ["林海生 founderOf 晨星科技集團"]),
    ],
)
def test_appositions_and_founders(text: str, lines: list[str], script: Script) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("晨星科技集團董事長林海生出席會議。", "董事長"),
        ("林海生擔任晨星科技集團董事長。", "董事長"),
        ("林海生是晨星科技集團的董事長。", "董事長"),
        ("晨星科技集團董事長、總裁林海生出席會議。", "董事長、總裁"),
        ("晨星科技集團總裁兼首席執行官林海生出席會議。", "總裁兼首席執行官"),
    ],
)
def test_an_office_is_a_role_as_written(text: str, office: str, script: Script) -> None:
    graph = read(script(text))
    assert only(graph, "holdsRoleAt").role == script(office)
    assert claims("林海生 holdsRoleAt 晨星科技集團") <= said(script(text))


@in_both_scripts
def test_a_founder_who_is_chairman_too(script: Script) -> None:
    found = said(script("晨星科技集團創始人兼董事長林海生出席會議。"))
    assert claims("林海生 founderOf 晨星科技集團", "林海生 holdsRoleAt 晨星科技集團") <= found


@in_both_scripts
def test_a_relation_other_than_holding_office_has_no_role(script: Script) -> None:
    assert only(read(script("晨星科技集團收購藍峰電子。")), "acquires").role is None


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "晨星科技集團投資藍峰電子、青禾銀行和白露影業。",
            [f"晨星科技集團 investsIn {name}" for name in ("藍峰電子", "青禾銀行", "白露影業")],
        ),
        (
            "晨星科技集團、藍峰電子共同投資青禾銀行。",
            [f"{name} investsIn 青禾銀行" for name in ("晨星科技集團", "藍峰電子")],
        ),
        (
            "晨星科技集團與海岳大學、青禾基金會合作。",
            [f"晨星科技集團 partnerOf {name}" for name in ("海岳大學", "青禾基金會")],
        ),
        (
            "晨星科技集團、藍峰電子與青禾銀行合作。",
            [f"{name} partnerOf 青禾銀行" for name in ("晨星科技集團", "藍峰電子")],
        ),
        (
            "晨星科技集團、藍峰電子、青禾銀行三方合作。",
            [
                "晨星科技集團 partnerOf 藍峰電子",
                "晨星科技集團 partnerOf 青禾銀行",
                "藍峰電子 partnerOf 青禾銀行",
            ],
        ),
        (
            "晨星科技集團推出LumaPad和NovaOS。",
            [f"晨星科技集團 develops {name}" for name in ("LumaPad", "NovaOS")],
        ),
    ],
)
def test_each_name_of_a_list_takes_the_relation(
    text: str, lines: list[str], script: Script
) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "石橋市收購藍峰電子。",
        "NovaOS收購藍峰電子。",
        "林海生收購周若琳。",
        "漣漪白皮書創辦了晨星科技集團。",
    ],
)
def test_names_whose_classes_do_not_fit_the_relation_give_none(text: str, script: Script) -> None:
    assert said(script(text)) == set()


@in_both_scripts
@pytest.mark.parametrize("text", ["", "\n\n", "。。。", "今天天氣很好。", "晨星科技集團與海岳大學"])
def test_a_text_that_states_nothing_gives_no_claim(text: str, script: Script) -> None:
    assert said(script(text)) == set()


@in_both_scripts
@pytest.mark.parametrize("mark", ["「{}」", "“{}”", "『{}』", "{}（編號甲）", "{} "])
def test_quotation_marks_spaces_and_brackets_are_passed_over(mark: str, script: Script) -> None:
    text = f"晨星科技集團收購{mark.format('藍峰電子')}。"
    assert said(script(text)) == claims("晨星科技集團 acquires 藍峰電子")


def test_a_gap_is_bounded() -> None:
    near, far = "在一片" + "很" * 10 + "好的情況下", "在一片" + "很" * 60 + "好的情況下"
    expected = claims("晨星科技集團 acquires 藍峰電子")
    assert said(f"晨星科技集團{near}收購藍峰電子。") == expected
    assert said(f"晨星科技集團{far}收購藍峰電子。") == set()


def test_a_longer_gap_is_trusted_less() -> None:
    close = only(read("晨星科技集團收購藍峰電子。"), "acquires")
    wide = only(read("晨星科技集團在一片" + "很" * 10 + "好的情況下收購藍峰電子。"), "acquires")
    assert wide.confidence < close.confidence


def test_binding_counts_what_is_passed_over() -> None:
    binding = Binding(leftmost=7).passed(3, 1).passed(1, 0)
    assert (binding.gaps, binding.crossed, binding.leftmost) == (4, 1, 7)


# What is wholly owned or controlled is a subsidiary, and its owner owns it.
CONTROLLED = ["晨星科技集團 owns 藍峰電子", "藍峰電子 subsidiaryOf 晨星科技集團"]

FIRMS = {
    # shares are held and traded; only a whole firm is acquired
    "晨星科技集團收購藍峰電子的股權。": ["晨星科技集團 investsIn 藍峰電子"],
    "晨星科技集團出售藍峰電子股份。": ["晨星科技集團 investsIn 藍峰電子"],
    "晨星科技集團獲得藍峰電子控股權。": ["晨星科技集團 investsIn 藍峰電子"],
    "晨星科技集團將藍峰電子股權轉讓。": ["晨星科技集團 investsIn 藍峰電子"],
    "藍峰電子獲晨星科技集團融資。": ["晨星科技集團 investsIn 藍峰電子"],
    "晨星科技集團向青禾銀行融資。": [],
    "晨星科技集團收購藍峰電子資產。": [],
    "晨星科技集團收購藍峰電子手機業務。": [],
    # who controls a firm owns it
    "藍峰電子控股股東晨星科技集團很大。": CONTROLLED,
    "藍峰電子的母公司是晨星科技集團。": CONTROLLED,
    "晨星科技集團成為藍峰電子的實際控制人。": ["晨星科技集團 owns 藍峰電子"],
    "晨星科技集團所屬藍峰電子很大。": ["晨星科技集團 owns 藍峰電子"],
    "藍峰電子由晨星科技集團控股。": ["晨星科技集團 owns 藍峰電子"],
    "藍峰電子為晨星科技集團之全資附屬公司。": CONTROLLED,
    # the noun's owner is the subject, which a clause may leave out
    "晨星科技集團公布，全資子公司藍峰電子停產。": ["藍峰電子 subsidiaryOf 晨星科技集團"],
    "晨星科技集團成立子公司藍峰電子。": [
        "藍峰電子 subsidiaryOf 晨星科技集團",
        "晨星科技集團 investsIn 藍峰電子",
    ],
    "晨星科技集團接到大股東青禾銀行通知。": ["青禾銀行 investsIn 晨星科技集團"],
    "晨星科技集團整合旗下藍峰電子。": ["晨星科技集團 owns 藍峰電子"],
    # of a list only the last name owns what stands under it
    "客戶包括晨星科技集團、青禾銀行以及白露影業旗下的藍峰電子。": ["白露影業 owns 藍峰電子"],
    "晨星科技集團旗下的藍峰電子和白露影業很大。": [
        "晨星科技集團 owns 藍峰電子",
        "晨星科技集團 owns 白露影業",
    ],
    "全資子公司藍峰電子停產。": [],
    # firms set up firms; persons found them
    "晨星科技集團組建藍峰電子。": ["晨星科技集團 investsIn 藍峰電子"],
    "由晨星科技集團與白露影業聯合組建的藍峰電子": [
        "晨星科技集團 partnerOf 白露影業",
        "晨星科技集團 investsIn 藍峰電子",
        "白露影業 investsIn 藍峰電子",
    ],
    "晨星科技集團與藍峰電子簽署協議書。": ["晨星科技集團 partnerOf 藍峰電子"],
    "林海生與周若琳簽署文件。": [],
    "南洲國是石橋市的盟友。": [],
    "晨星科技集團成為藍峰電子的戰略合作夥伴。": ["晨星科技集團 partnerOf 藍峰電子"],
    "晨星科技集團董事會同意藍峰電子的方案。": [],
}


@in_both_scripts
@pytest.mark.parametrize(("text", "lines"), FIRMS.items())
def test_firms_and_their_shares(text: str, lines: list[str], script: Script) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("晨星科技集團與藍峰電子共同開展研究。", ["晨星科技集團 partnerOf 藍峰電子"]),
        ("晨星科技集團和藍峰電子聯合推出手機。", ["晨星科技集團 partnerOf 藍峰電子"]),
        ("南洲國向石橋市派遣專家組。", ["南洲國 supports 石橋市"]),
        ("南洲國派出救援隊前往石橋市。", ["南洲國 supports 石橋市"]),
        ("晨星科技集團曾是青禾基金會的主要贊助商。", ["晨星科技集團 supports 青禾基金會"]),
        ("青禾基金會贊助商晨星科技集團很大。", ["晨星科技集團 supports 青禾基金會"]),
        ("南洲國向石橋市派出軍隊。", []),
    ],
)
def test_what_is_done_together_and_who_is_sent(text: str, lines: list[str], script: Script) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
def test_what_describes_a_name_behind_it_is_not_said_of_the_subject_before(script: Script) -> None:
    text = "晨星科技集團在南洲國上市。總部位於石橋市的藍峰電子很大。"
    located = {claim for claim in said(script(text)) if claim[2] == simplify("石橋市")}
    assert located == claims("藍峰電子 locatedIn 石橋市")


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "晨星科技集團收購NovaOS開發商藍峰電子。",
            ["晨星科技集團 acquires 藍峰電子", "藍峰電子 develops NovaOS"],
        ),
        (
            "晨星科技集團收購NovaOS前開發商藍峰電子。",
            ["晨星科技集團 acquires 藍峰電子", "藍峰電子 develops NovaOS"],
        ),
        ("NovaOS的開發商藍峰電子很大。", ["藍峰電子 develops NovaOS"]),
        ("晨星科技集團收購NovaOS。", ["晨星科技集團 acquires NovaOS"]),
        ("晨星科技集團是NovaOS的開發商。", ["晨星科技集團 develops NovaOS"]),
    ],
)
def test_a_product_before_the_noun_for_its_maker(
    text: str, lines: list[str], script: Script
) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("領英首席執行官林海生到場。", ["林海生 holdsRoleAt 領英"]),
        ("領英創始人林海生到場。", ["林海生 founderOf 領英"]),
        ("領英位於石橋市。", ["領英 locatedIn 石橋市"]),
        ("領英起訴晨星科技集團。", ["領英 sues 晨星科技集團"]),
        ("晨星科技集團與領英合作。", ["晨星科技集團 partnerOf 領英"]),
    ],
)
def test_a_service_acts_for_the_firm_that_runs_it(
    text: str, lines: list[str], script: Script
) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("《漣漪白皮書》是林海生創作的一部作品。", ["林海生 creatorOf 漣漪白皮書"]),
        ("《漣漪白皮書》由林海生作曲。", ["林海生 creatorOf 漣漪白皮書"]),
        ("《漣漪白皮書》作者林海生很高興。", ["林海生 creatorOf 漣漪白皮書"]),
        ("林海生小說《漣漪白皮書》很長。", ["林海生 creatorOf 漣漪白皮書"]),
        ("林海生的新書《漣漪白皮書》很長。", ["林海生 creatorOf 漣漪白皮書"]),
        ("林海生喜歡小說《漣漪白皮書》。", []),
        ("林海生與周若琳合編《漣漪白皮書》。", ["林海生 partnerOf 周若琳"]),
        ("林海生在微博發文。", ["林海生 uses 微博"]),
        ("林海生談及微博發文的規定。", []),
    ],
)
def test_works_and_their_makers(text: str, lines: list[str], script: Script) -> None:
    assert said(script(text)) >= claims(*lines)
    assert bool(lines) or said(script(text)) == set()


@in_both_scripts
def test_a_long_row_of_names_is_no_row_of_partners(script: Script) -> None:
    row = "晨星科技集團、藍峰電子、青禾銀行、白露影業"
    assert said(script(f"{row}聯合舉辦比賽。")) == set()


@in_both_scripts
def test_what_is_helped_is_no_subject_of_what_follows(script: Script) -> None:
    """助力 is a noun to the tagger; and a plan that is named plans nothing."""
    text = "晨星科技集團發布全球開放計劃，助力南洲國建設，並與藍峰電子合作。"
    partners = {claim for claim in said(script(text)) if claim[1] == "partnerOf"}
    assert partners == claims("晨星科技集團 partnerOf 藍峰電子")


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "is_partner"),
    [
        ("晨星科技集團與南洲國領先的出版社藍峰電子達成合作。", False),
        ("晨星科技集團與南洲國達成合作。", True),
    ],
)
def test_a_place_may_only_say_where_a_partner_is_from(
    text: str, is_partner: bool, script: Script
) -> None:
    expected = claims("晨星科技集團 partnerOf 南洲國") | claims("南洲國 partnerOf 晨星科技集團")
    assert bool(expected & said(script(text))) is is_partner


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("林海生將白露影業15%股權轉讓給藍峰電子。", ["藍峰電子 investsIn 白露影業"]),
        ("白露影業的股份出售給藍峰電子。", ["藍峰電子 investsIn 白露影業"]),
        ("白露影業引入藍峰電子投資。", ["藍峰電子 investsIn 白露影業"]),
        ("南洲國把藍峰電子列入實體清單。", ["南洲國 sanctions 藍峰電子"]),
        ("藍峰電子與白露影業達成和解。", ["藍峰電子 partnerOf 白露影業"]),
        ("總部位於石橋市的藍峰電子裁員。", ["藍峰電子 locatedIn 石橋市"]),
        ("石橋市的藍峰電子裁員。", ["藍峰電子 locatedIn 石橋市"]),
        ("南洲國的藍峰電子裁員。", []),  # of a country it says too little
        ("林海生曾聯絡周若琳。", []),
    ],
)
def test_words_of_business(text: str, lines: list[str], script: Script) -> None:
    kept = ("investsIn", "sanctions", "partnerOf", "locatedIn", "meets")
    assert {claim for claim in said(script(text)) if claim[1] in kept} == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (  # what a firm is to another stands between the preposition and its name
            "晨星科技集團向控股股東藍峰電子收購白露影業。",
            ["晨星科技集團 acquires 白露影業"],
        ),
        (  # that A holds something takes nothing from what A is to B
            "晨星科技集團全資子公司藍峰電子持有的股份下跌。",
            ["藍峰電子 subsidiaryOf 晨星科技集團"],
        ),
    ],
)
def test_a_noun_of_standing_belongs_to_the_name_after_it(
    text: str, lines: list[str], script: Script
) -> None:
    kept = ("acquires", "subsidiaryOf", "partnerOf")
    assert {claim for claim in said(script(text)) if claim[1] in kept} == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("南洲國批評晨星科技集團。", ["南洲國 criticizes 晨星科技集團"]),
        ("南洲國民眾批評晨星科技集團。", []),
        ("晨星科技集團批評南洲國的學者。", []),
        ("南洲國企業晨星科技集團收購藍峰電子。", [  # the word itself names what it is there
            "晨星科技集團 locatedIn 南洲國",
            "晨星科技集團 acquires 藍峰電子",
        ]),
        # offices are entered too
        ("晨星科技集團入主藍峰電子。", ["晨星科技集團 acquires 藍峰電子"]),
        ("林海生入主雲頂監管局。", []),
        ("林海生移居南洲國。", ["林海生 locatedIn 南洲國"]),
        ("林海生從未在南洲國居住。", ["林海生 locatedIn 南洲國 denied"]),
        ("林海生與周若琳共進午餐。", ["林海生 meets 周若琳"]),
    ],
)  # fmt: skip
def test_what_is_said_of_a_place_and_of_who_is_there(
    text: str, lines: list[str], script: Script
) -> None:
    assert said(script(text)) == claims(*lines)
