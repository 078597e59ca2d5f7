"""Words that the lexicon has for relations and events, in the frames in which each of them works."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import events, in_both_scripts, read, said

from kg.script import simplify

Script = Callable[[str], str]


def told(text: str) -> set[tuple[str, str, str]]:
    return {(subject, relation, end) for subject, relation, end, *_ in said(text)}


def happened(text: str) -> set[tuple[str, str]]:
    return {(event.cls, simplify(event.trigger or "")) for event in events(read(text))}


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "subject", "relation", "end"),
    [
        ("電影《漣漪白皮書》由白露影業出品。", "白露影業", "publishes", "漣漪白皮書"),
        ("《漣漪白皮書》是白露影業出品的電視劇。", "白露影業", "publishes", "漣漪白皮書"),
        ("白露影業攝製的《漣漪白皮書》叫好。", "白露影業", "publishes", "漣漪白皮書"),
        ("《漣漪白皮書》是碧波日報出版的圖書。", "碧波日報", "publishes", "漣漪白皮書"),
        ("《漣漪白皮書》是林海生寫的小說。", "林海生", "creatorOf", "漣漪白皮書"),
        ("電影《漣漪白皮書》由林海生拍攝。", "林海生", "creatorOf", "漣漪白皮書"),
        ("《漣漪白皮書》的作者是林海生。", "林海生", "creatorOf", "漣漪白皮書"),
        ("《漣漪白皮書》總導演林海生落淚。", "林海生", "creatorOf", "漣漪白皮書"),
        ("藍峰電子成立於石橋市。", "藍峰電子", "locatedIn", "石橋市"),
        ("石橋市是南洲國的首都。", "石橋市", "locatedIn", "南洲國"),
        ("南洲國首都石橋市下雨。", "石橋市", "locatedIn", "南洲國"),
        ("晨星科技集團買入藍峰電子。", "晨星科技集團", "investsIn", "藍峰電子"),
        ("晨星科技集團買藍峰電子的股份。", "晨星科技集團", "investsIn", "藍峰電子"),
        ("晨星科技集團將藍峰電子收歸麾下。", "晨星科技集團", "acquires", "藍峰電子"),
        ("林海生轉投藍峰電子。", "林海生", "memberOf", "藍峰電子"),
        ("林海生對藍峰電子提起民事訴訟。", "林海生", "sues", "藍峰電子"),
    ],
)
def test_a_word_tells_its_relation(
    text: str, subject: str, relation: str, end: str, script: Script
) -> None:
    assert told(script(text)) == {(simplify(subject), relation, simplify(end))}


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "cls", "trigger"),
    [
        ("林海生質押公司股份。", "kg:Investment", "質押"),
        ("林海生把200萬股質押給債權人。", "kg:Investment", "質押"),
        ("晨星科技集團提起集體訴訟。", "kg:LegalAction", "提起集體訴訟"),
        ("林海生提出司法複核。", "kg:LegalAction", "提出司法複核"),
        ("林海生被批准逮捕。", "kg:LegalAction", "被批准逮捕"),
        ("山海論壇昨日拉開帷幕。", "kg:Meeting", "拉開帷幕"),
        ("《漣漪白皮書》5月2日開播。", "kg:ProductLaunch", "開播"),
        ("LumaPad首發。", "kg:ProductLaunch", "首發"),
        ("林海生勇奪金獎。", "kg:Award", "勇奪"),
        ("林海生遞交辭呈。", "kg:Departure", "遞交辭呈"),
        ("石橋市塌方。", "kg:Crisis", "塌方"),
        ("石橋市發生山洪。", "kg:Crisis", "發生"),
        ("石橋市昨日着火。", "kg:Crisis", "着火"),
        ("林海生加盟海岳大學。", "kg:Appointment", "加盟"),
        ("海岳大學簽下林海生。", "kg:Appointment", "簽下"),
        ("林海生昨日退役。", "kg:Departure", "退役"),
        ("林海生在石橋市遇難。", "kg:Departure", "遇難"),
        ("林海生前日被抓。", "kg:LegalAction", "被抓"),
        ("主控官周若琳作結案陳詞。", "kg:LegalAction", "結案陳詞"),
        ("晨星科技集團與海岳大學解約。", "kg:Suspension", "解約"),
        ("林海生為周若琳慶生。", "kg:Anniversary", "慶生"),
        ("LumaPad昨日正式發布。", "kg:ProductLaunch", "發布"),
        ("林海生辭去公司董事職務。", "kg:Departure", "辭去"),
        ("林海生接受碧波日報專訪。", "kg:Meeting", "專訪"),
    ],
)
def test_a_word_tells_its_event(text: str, cls: str, trigger: str, script: Script) -> None:
    assert (cls, simplify(trigger)) in happened(script(text))


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("《漣漪白皮書》由白露影業的周若琳出品。", "locatedIn"),
        ("林海生成立於1998年。", "locatedIn"),
        ("石橋市離南洲國首都很遠。", "locatedIn"),
        ("白露影業討論《漣漪白皮書》的製作。", "publishes"),
        ("林海生批評白露影業和《漣漪白皮書》的作者。", "creatorOf"),
        ("林海生寫信談《漣漪白皮書》。", "creatorOf"),
        ("林海生與周若琳拍攝《漣漪白皮書》時受傷。", "creatorOf"),
        ("晨星科技集團沒有人買股票，藍峰電子也一樣。", "investsIn"),
    ],
)
def test_another_frame_tells_nothing(text: str, relation: str, script: Script) -> None:
    assert relation not in {found for _, found, _ in told(script(text))}


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "林海生公布質押計劃。",
        "林海生談拉開帷幕的山海論壇。",
        "林海生喜歡《漣漪白皮書》的首播日期。",
        "林海生不熟悉司法複核。",
        "林海生發表得獎感言。",
        "林海生談LumaPad發布的日期。",
    ],
)
def test_a_noun_is_no_event(text: str, script: Script) -> None:
    words = {"质押", "拉开帷幕", "首播", "司法复核", "得奖", "发布"}
    assert not {trigger for _, trigger in happened(script(text))} & words
