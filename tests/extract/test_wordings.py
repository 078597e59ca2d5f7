"""The ways in which news words what people and bodies do to each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import claims, document, in_both_scripts, plain, said

from kg.script import simplify

Script = Callable[[str], str]


def told(text: str) -> set[tuple[str, str, str]]:
    return {(subject, relation, end) for subject, relation, end, *_ in said(text)}


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("碧波日報向雲頂監管局查詢。", "碧波日報 meets 雲頂監管局"),
        ("碧波日報昨日再向雲頂監管局追問事件。", "碧波日報 meets 雲頂監管局"),
        ("林海生向周若琳反映意見。", "林海生 meets 周若琳"),
        ("林海生與周若琳握手。", "林海生 meets 周若琳"),
        ("林海生昨晚致電周若琳。", "林海生 meets 周若琳"),
        ("周若琳盤問林海生。", "周若琳 meets 林海生"),
        ("林海生接受碧波日報電話專訪。", "林海生 meets 碧波日報"),
        ("林海生斥雲頂監管局。", "林海生 criticizes 雲頂監管局"),
        ("林海生批雲頂監管局卸責。", "林海生 criticizes 雲頂監管局"),
        ("南洲國對晨星科技集團提出嚴正交涉。", "南洲國 criticizes 晨星科技集團"),
        ("林海生要求雲頂監管局公開道歉。", "林海生 criticizes 雲頂監管局"),
        ("林海生指雲頂監管局知法犯法。", "林海生 criticizes 雲頂監管局"),
        ("林海生認為，雲頂監管局無所不用其極。", "林海生 criticizes 雲頂監管局"),
        ("雲頂監管局向碧波日報發警告。", "雲頂監管局 sanctions 碧波日報"),
        ("碧波日報收到雲頂監管局的嚴重警告。", "雲頂監管局 sanctions 碧波日報"),
        ("雲頂監管局對晨星科技集團採取限制措施。", "雲頂監管局 sanctions 晨星科技集團"),
        ("雲頂監管局判林海生監禁三年。", "雲頂監管局 sanctions 林海生"),
        ("青禾銀行向晨星科技集團借出5億元。", "青禾銀行 supports 晨星科技集團"),
        ("周若琳提名林海生。", "周若琳 supports 林海生"),
        ("晨星科技集團由資深大律師周若琳代表。", "周若琳 supports 晨星科技集團"),
        ("碧波日報節目《漣漪白皮書》停播。", "碧波日報 publishes 漣漪白皮書"),
        ("南洲國實施《漣漪白皮書》。", "南洲國 publishes 漣漪白皮書"),
        ("林海生在PolarNote回應。", "林海生 uses PolarNote"),
        ("林海生的PolarNote專頁關閉。", "林海生 uses PolarNote"),
        ("南洲國學者林海生不同意。", "林海生 locatedIn 南洲國"),
        ("石橋市資深傳媒人周若琳退休。", "周若琳 locatedIn 石橋市"),
        ("流亡南洲國的林海生發言。", "林海生 locatedIn 南洲國"),
        ("林海生就讀海岳大學。", "林海生 memberOf 海岳大學"),
        ("林海生所屬的青禾基金會解散。", "林海生 memberOf 青禾基金會"),
        ("任教於海岳大學的林海生退休。", "林海生 holdsRoleAt 海岳大學"),
        ("林海生曾為青禾銀行工作。", "林海生 holdsRoleAt 青禾銀行"),
        ("林海生不敵周若琳。", "林海生 competesWith 周若琳"),
        ("海岳大學的山海論壇昨日結束。", "海岳大學 organizes 山海論壇"),
        ("藍峰電子被南洲國列入黑名單。", "南洲國 sanctions 藍峰電子"),
        ("林海生被拒入境南洲國。", "南洲國 sanctions 林海生"),
        ("晨星科技集團旗下子公司藍峰電子裁員。", "晨星科技集團 owns 藍峰電子"),
        ("晨星科技集團全資子公司藍峰電子裁員。", "晨星科技集團 owns 藍峰電子"),
        ("青禾銀行入稟追討林海生欠款。", "青禾銀行 sues 林海生"),
    ],
)
def test_a_wording_tells_its_relation(text: str, expected: str, script: Script) -> None:
    assert tuple(simplify(expected).split()) in told(script(text))


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("林海生討論周若琳的小說。", "meets"),
        ("青禾基金會去信雲頂監管局。", "meets"),
        ("雲頂監管局向南洲國發出警告。", "sanctions"),
        ("林海生發出警告。", "sanctions"),
        ("雲頂監管局判斷林海生的能力。", "sanctions"),
        ("首批LumaPad運抵南洲國。", "criticizes"),
        ("林海生所屬的青禾基金會解散。", "owns"),
        ("南洲國學者與林海生討論。", "locatedIn"),
        ("林海生的NovaOS很好用。", "uses"),
        ("林海生的山海論壇日程很滿。", "organizes"),
        ("林海生為毆打周若琳的學生籌款。", "supports"),
        ("林海生為毆打社運人士周若琳罪成的警員籌款。", "supports"),
        ("碧波日報向林海生查詢，周若琳何時出任校長。", "holdsRoleAt"),
        ("林海生表示，對成立青禾基金會有保留。", "founderOf"),
        ("周若琳到海岳大學交代工作計劃。", "holdsRoleAt"),
    ],
)
def test_a_like_wording_does_not(text: str, relation: str, script: Script) -> None:
    assert relation not in {found for _, found, _ in told(script(text))}


@in_both_scripts
def test_what_is_told_of_a_wording_keeps_its_stance(script: Script) -> None:
    assert said(script("林海生無須致電周若琳。")) == claims("林海生 meets 周若琳 denied")
    assert said(script("林海生沒有致電周若琳。")) == claims("林海生 meets 周若琳 denied")
    assert said(script("碧波日報將向雲頂監管局查詢。")) == claims(
        "碧波日報 meets 雲頂監管局 planned"
    )


@in_both_scripts
def test_a_party_has_all_of_the_list_behind_it(script: Script) -> None:
    """Of other bodies only the first: 甲銀行乙、丙 says nothing of 丙."""
    text = script("青禾基金會林海生、周若琳到場。")
    assert {line[:3] for line in said(text)} == {
        ("林海生", "memberOf", "青禾基金会"),
        ("周若琳", "memberOf", "青禾基金会"),
    }


@in_both_scripts
def test_who_is_accused_is_so_by_the_prosecution(script: Script) -> None:
    text = script("控方已完成陳詞，案件下月再訊。被告周若琳表示不認罪。")
    (found,) = [c for c in plain().process(document(text)).candidates if c.predicate == "kg:sues"]
    assert simplify(found.reasons[0].text).startswith("被告")


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "晨星科技集團在石橋市成立青禾銀行。",
            ["青禾銀行 locatedIn 石橋市", "晨星科技集團 investsIn 青禾銀行"],
        ),
        ("晨星科技集團成立於2012年，由林海生創辦。", ["林海生 founderOf 晨星科技集團"]),
        ("雲頂監管局阻止晨星科技集團收購藍峰電子。", ["晨星科技集團 acquires 藍峰電子 denied"]),
        ("晨星科技集團向藍峰電子採購晶片。", ["藍峰電子 suppliesTo 晨星科技集團"]),
        ("晨星科技集團向藍峰電子出售晶片。", ["晨星科技集團 suppliesTo 藍峰電子"]),
        ("晨星科技集團向藍峰電子出售股份。", []),
        ("海岳大學推薦使用NovaOS。", ["海岳大學 recommends NovaOS"]),
        ("海岳大學否決與藍峰電子合作。", ["海岳大學 partnerOf 藍峰電子 denied"]),
        ("晨星科技集團是藍峰電子的最大投資者。", ["晨星科技集團 investsIn 藍峰電子"]),
        ("雲頂監管局封禁兩個青禾銀行程式。", []),
        (
            "晨星科技集團收購藍峰電子的子公司青禾銀行。",
            ["晨星科技集團 acquires 青禾銀行", "青禾銀行 subsidiaryOf 藍峰電子"],
        ),
    ],
)
def test_what_business_news_says_in_a_sentence(text: str, lines: list[str], script: Script) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("雲頂監管局應南洲國要求拘捕林海生。", "雲頂監管局 sanctions 林海生"),
        ("雲頂監管局應拘捕林海生。", "雲頂監管局 sanctions 林海生 possible"),
    ],
)
def test_at_whose_request_it_is_done_does_not_do_it(text: str, line: str, script: Script) -> None:
    assert {c for c in said(script(text)) if c[1] == "sanctions"} == claims(line)


@in_both_scripts
def test_who_invites_some_to_meet_meets_each(script: Script) -> None:
    found = said(script("雲頂監管局邀請青禾銀行、藍峰電子會面。"))
    assert {c[:3] for c in found if c[1] == "meets"} == {
        c[:3] for c in claims("雲頂監管局 meets 青禾銀行", "雲頂監管局 meets 藍峰電子")
    }
