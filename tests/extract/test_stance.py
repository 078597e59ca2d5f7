"""Who is for or against whom, who acts against whom, and who talks with whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import claims, in_both_scripts, said

Script = Callable[[str], str]

SAID = {
    # feelings: 對 B (的 N) 表示 …
    "林海生對南洲國表示強烈不滿。": ["林海生 criticizes 南洲國"],
    "林海生對南洲國的決定感到失望。": ["林海生 criticizes 南洲國"],
    "南洲國對晨星科技集團的做法深表遺憾。": ["南洲國 criticizes 晨星科技集團"],
    "青禾基金會對周若琳表示支持。": ["青禾基金會 supports 周若琳"],
    "林海生對雲頂監管局的安排表示歡迎。": ["林海生 supports 雲頂監管局"],
    "晨星科技集團重申對海岳大學的支持。": ["晨星科技集團 supports 海岳大學"],
    "南洲國宣布新措施。林海生對此表示失望。": ["林海生 criticizes 南洲國"],
    # words against somebody, and what that somebody does
    "林海生狠批雲頂監管局管理不善。": ["林海生 criticizes 雲頂監管局"],
    "林海生嘲諷周若琳的說法。": ["林海生 criticizes 周若琳"],
    "林海生質疑雲頂監管局是否有足夠人手。": ["林海生 criticizes 雲頂監管局"],
    "林海生批評，周若琳的說法不負責任。": ["林海生 criticizes 周若琳"],
    "周若琳上任時遭校內教授林海生點名質疑。": ["林海生 criticizes 周若琳"],
    "林海生歡迎雲頂監管局推出新措施。": ["林海生 supports 雲頂監管局"],
    # acts of an authority
    "雲頂監管局拘捕周若琳。": ["雲頂監管局 sanctions 周若琳"],
    "周若琳被雲頂監管局拘捕。": ["雲頂監管局 sanctions 周若琳"],
    "雲頂監管局將周若琳拘留。": ["雲頂監管局 sanctions 周若琳"],
    "雲頂監管局撤銷晨星科技集團的牌照。": ["雲頂監管局 sanctions 晨星科技集團"],
    "雲頂監管局向晨星科技集團發出警告信。": ["雲頂監管局 sanctions 晨星科技集團"],
    "雲頂監管局向林海生追討款項。": ["雲頂監管局 sanctions 林海生"],
    # courts
    "晨星科技集團起訴藍峰電子侵犯專利。": ["晨星科技集團 sues 藍峰電子"],
    "晨星科技集團將藍峰電子告上法庭。": ["晨星科技集團 sues 藍峰電子"],
    "晨星科技集團對藍峰電子提起訴訟。": ["晨星科技集團 sues 藍峰電子"],
    "晨星科技集團向藍峰電子索償。": ["晨星科技集團 sues 藍峰電子"],
    # talks
    "林海生接受《碧波日報》訪問時表示樂觀。": ["林海生 meets 碧波日報"],
    "林海生回覆碧波日報查詢。": ["林海生 meets 碧波日報"],
    "林海生向碧波日報記者透露。": ["林海生 meets 碧波日報"],
    "林海生返回南洲國後與周若琳會面。": ["林海生 meets 周若琳"],
    "經晨星科技集團與藍峰電子協商後，工程展開。": ["晨星科技集團 meets 藍峰電子"],
    "南洲國願意向石橋市提供協助。": ["南洲國 supports 石橋市 planned"],
}


@in_both_scripts
@pytest.mark.parametrize(("text", "lines"), SAID.items())
def test_a_stance_or_an_act_is_read(text: str, lines: list[str], script: Script) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "林海生的說法被批評為低估南洲國。",  # he is criticised, and not by that country
        "林海生批評有人衝擊雲頂監管局。",  # what they do is criticised
        "林海生支持彈劾周若琳。",
        "林海生表示不滿，周若琳沒有回應。",
        "林海生作出批評，周若琳沒有回應。",
        "林海生向石橋市法院提起訴訟。",
        "南洲國駐石橋市領事館批評周若琳。",  # the consulate does, whose name is not known
        "林海生拘捕周若琳。",  # no authority
    ],
)
def test_no_stance_is_made_up(text: str, script: Script) -> None:
    assert not [claim for claim in said(script(text)) if claim[1] not in ("locatedIn",)]


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("林海生未有批評周若琳。", "林海生 criticizes 周若琳 denied"),
        ("林海生拒絕支持周若琳。", "林海生 supports 周若琳 denied"),
        ("林海生計劃與周若琳會面。", "林海生 meets 周若琳 planned"),
        ("雲頂監管局考慮制裁晨星科技集團。", "雲頂監管局 sanctions 晨星科技集團 planned"),
        ("晨星科技集團可能起訴藍峰電子。", "晨星科技集團 sues 藍峰電子 possible"),
    ],
)
def test_polarity_and_modality(text: str, line: str, script: Script) -> None:
    assert said(script(text)) == claims(line)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("林海生表示，青禾銀行生意理想，又批評周若琳。", ["林海生 criticizes 周若琳"]),
        ("林海生指出，藍峰電子曾被罰款，並質疑南洲國偏幫。", ["林海生 criticizes 南洲國"]),
    ],
)
def test_who_speaks_goes_on_speaking(text: str, lines: list[str], script: Script) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
def test_in_a_quotation_nobody_resumes(script: Script) -> None:
    text = script("林海生說：「青禾銀行很好，批評周若琳。」")
    assert "林海生 criticizes" not in {" ".join(claim[:2]) for claim in said(text)}
