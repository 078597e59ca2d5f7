"""Events, and how they are tied to the claims of the same words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import events, in_both_scripts, label, only, read

from kg.model import ClaimGraph
from kg.script import simplify

Script = Callable[[str], str]


def told(graph: ClaimGraph) -> set[tuple[str, frozenset[tuple[str, str]]]]:
    """Each event as its class and its (role, participant) pairs."""
    return {
        (e.cls, frozenset((p.role, label(graph, p.iri)) for p in e.participants))
        for e in events(graph)
    }


def expected(cls: str, **names: str) -> tuple[str, frozenset[tuple[str, str]]]:
    roles = [(role, simplify(name)) for role, all_ in names.items() for name in all_.split()]
    return cls, frozenset(roles)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "cls", "agent", "patient"),
    [
        ("晨星科技集團收購藍峰電子。", "kg:Acquisition", "晨星科技集團", "藍峰電子"),
        ("藍峰電子被晨星科技集團收購。", "kg:Acquisition", "晨星科技集團", "藍峰電子"),
        ("晨星科技集團投資藍峰電子。", "kg:Investment", "晨星科技集團", "藍峰電子"),
        ("晨星科技集團推出NovaOS。", "kg:ProductLaunch", "晨星科技集團", "NovaOS"),
        ("南洲國制裁藍峰電子。", "kg:Sanction", "南洲國", "藍峰電子"),
        ("晨星科技集團起訴藍峰電子。", "kg:LegalAction", "晨星科技集團", "藍峰電子"),
        ("雲頂監管局判囚林海生3年。", "kg:LegalAction", "雲頂監管局", "林海生"),
        ("林海生會見周若琳。", "kg:Meeting", "林海生", "周若琳"),
        ("海岳大學發表《漣漪白皮書》。", "kg:Publication", "海岳大學", "漣漪白皮書"),
        (
            "晨星科技集團投資藍峰電子和青禾銀行。",
            "kg:Investment",
            "晨星科技集團",
            "藍峰電子 青禾銀行",
        ),
    ],
)
def test_an_event_has_those_who_take_part(
    text: str, cls: str, agent: str, patient: str, script: Script
) -> None:
    assert told(read(script(text))) == {expected(cls, agent=agent, patient=patient)}


@in_both_scripts
def test_who_does_something_with_another_does_it_as_that_one_does(script: Script) -> None:
    graph = read(script("晨星科技集團與海岳大學合作。"))
    assert told(graph) == {expected("kg:Agreement", agent="晨星科技集團 海岳大學")}


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "trigger", "polarity", "modality"),
    [
        ("晨星科技集團擬收購藍峰電子。", "收購", "asserted", "planned"),
        ("晨星科技集團可能收購藍峰電子。", "收購", "asserted", "possible"),
        ("晨星科技集團沒有收購藍峰電子。", "收購", "denied", "actual"),
        ("據報晨星科技集團收購藍峰電子。", "收購", "asserted", "reported"),
        ("周若琳表示，晨星科技集團收購藍峰電子。", "收購", "asserted", "reported"),
        ("晨星科技集團表示，晨星科技集團收購藍峰電子。", "收購", "asserted", "actual"),
        ("林海生計劃，在半年內減持200萬股。", "減持", "asserted", "planned"),
        ("晨星科技集團收購藍峰電子。", "收購", "asserted", "actual"),
    ],
)
def test_an_event_says_whether_it_has_happened(
    text: str, trigger: str, polarity: str, modality: str, script: Script
) -> None:
    (event,) = [e for e in events(read(script(text))) if e.trigger == script(trigger)]
    assert (event.polarity, event.modality) == (polarity, modality)


@in_both_scripts
def test_what_an_officer_tells_of_his_firm_has_happened(script: Script) -> None:
    text = script("晨星科技集團董事長林海生表示，晨星科技集團收購藍峰電子。")
    (event,) = events(read(text))
    assert (event.modality, event.speaker is None) == ("actual", False)


@in_both_scripts
@pytest.mark.parametrize(
    "text", ["如果晨星科技集團收購藍峰電子，會很好。", "晨星科技集團會收購藍峰電子嗎？"]
)
def test_a_condition_and_a_question_are_no_event(text: str, script: Script) -> None:
    assert events(read(script(text))) == []


@in_both_scripts
def test_an_event_has_the_place_that_no_role_has(script: Script) -> None:
    graph = read(script("林海生在石橋市會見周若琳。"))
    (event,) = events(graph)
    assert label(graph, event.place or "") == "石桥市"


@in_both_scripts
def test_an_event_without_an_object_has_its_agent(script: Script) -> None:
    assert told(read(script("林海生辭職。"))) == {expected("kg:Departure", agent="林海生")}


@in_both_scripts
def test_a_word_without_anybody_is_no_event(script: Script) -> None:
    assert events(read(script("有人收購。昨日發生爆炸。"))) == []


@in_both_scripts
def test_a_claim_and_the_event_of_the_same_words_are_tied_by_its_iri(script: Script) -> None:
    graph = read(script("2019年3月，晨星科技集團與海岳大學合作。"))
    claim, (event,) = only(graph, "partnerOf"), events(graph)
    assert claim.event == event.iri
    assert claim.time == event.time
    assert event.time is not None
    assert event.time.start == "2019-03"


@in_both_scripts
def test_a_relation_that_is_no_event_has_none(script: Script) -> None:
    graph = read(script("晨星科技集團使用NovaOS。"))
    assert (only(graph, "uses").event, events(graph)) == (None, [])


@in_both_scripts
def test_an_event_is_labelled_and_found_where_its_word_stands(script: Script) -> None:
    text = script("昨日晨星科技集團收購藍峰電子。")
    (event,) = events(read(text))
    ((mention,), trigger) = event.mentions, script("收購")
    assert event.trigger == mention.surface == mention.span.of(text) == trigger
    assert event.label == script("晨星科技集團收購藍峰電子")
    assert event.labels["zh-Hans"] == simplify("晨星科技集團收購藍峰電子")


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "晨星科技集團收購藍峰電子。2019年，晨星科技集團收購藍峰電子。",
        "2019年，晨星科技集團收購藍峰電子。藍峰電子被晨星科技集團收購。",
        "2019年，晨星科技集團和海岳大學簽署合作協議。",
    ],
)
def test_the_same_event_told_twice_is_one_node(text: str, script: Script) -> None:
    graph = read(script(text))
    (event,) = events(graph)
    assert len(event.mentions) == 2
    assert event.time is not None
    assert event.time.start == "2019"
    assert {claim.event for claim in graph.claims} == {event.iri}


@in_both_scripts
def test_events_of_different_parties_are_different(script: Script) -> None:
    graph = read(script("晨星科技集團收購藍峰電子。晨星科技集團收購白露影業。"))
    assert len(events(graph)) == 2
    assert len({claim.event for claim in graph.claims}) == 2


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "cls", "trigger", "names"),
    [
        ("林海生在石橋市被捕。", "kg:LegalAction", "被捕", "林海生"),
        ("林海生涉嫌盜竊被捕。", "kg:LegalAction", "被捕", "林海生"),
        ("林海生因販毒被捕。", "kg:LegalAction", "被捕", "林海生"),
        ("林海生即場被控盜竊罪。", "kg:LegalAction", "被控", "林海生"),
        ("藍峰電子被罰款50萬元。", "kg:Sanction", "被罰款", "藍峰電子"),
        ("林海生昨日獲任命為院長。", "kg:Appointment", "獲任命", "林海生"),
        ("其後由林海生接任院長一職。", "kg:Appointment", "接任", "林海生"),
        ("林海生2019年入職。", "kg:Appointment", "入職", "林海生"),
        ("晨星科技集團宣布裁員。", "kg:Announcement", "宣布", "晨星科技集團"),
        ("晨星科技集團昨晚發表聲明。", "kg:Announcement", "發表聲明", "晨星科技集團"),
        ("林海生公開道歉。", "kg:Announcement", "道歉", "林海生"),
        ("海岳大學公布一項民調。", "kg:Publication", "公布", "海岳大學"),
        ("藍峰電子發布2019年財報。", "kg:FinancialReport", "發布", "藍峰電子"),
        ("藍峰電子去年虧損3億元。", "kg:FinancialReport", "虧損", "藍峰電子"),
        ("藍峰電子公司股東減持200萬股。", "kg:Investment", "減持", "藍峰電子"),
        ("海岳大學慶祝成立60周年。", "kg:Anniversary", "慶祝", "海岳大學"),
        ("海岳大學贏得設計大獎。", "kg:Award", "贏得", "海岳大學"),
        ("青禾基金會舉辦籌款活動。", "kg:Campaign", "舉辦", "青禾基金會"),
        ("青禾基金會召開記者會。", "kg:Meeting", "召開", "青禾基金會"),
        ("石橋市昨日發生爆炸。", "kg:Crisis", "發生爆炸", "石橋市"),
        ("昨日在石橋市發生一宗交通事故。", "kg:Crisis", "發生", "石橋市"),
        ("晨星科技集團暫停招聘。", "kg:Suspension", "暫停", "晨星科技集團"),
    ],
)
def test_an_event_that_names_one_party(
    text: str, cls: str, trigger: str, names: str, script: Script
) -> None:
    graph = read(script(text))
    found = {
        (e.cls, e.trigger, *(label(graph, p.iri) for p in e.participants)) for e in events(graph)
    }
    assert (cls, script(trigger), simplify(names)) in found


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "林海生表示，天氣很好。",  # saying is no announcement
        "林海生回應查詢。",
        "海岳大學處理林海生任命一事。",  # the object of another verb
        "海岳大學研究收購條件。",
        "林海生談及減持計劃。",  # the word describes a noun
        "林海生的上任日期未定。",
        "藍峰電子的營收是3億元。",  # a figure is a metric
        "林海生批評藍峰電子的收購。",
        "晨星科技集團持有藍峰電子的股份。",  # a state
        "晨星科技集團是海岳大學的合作夥伴。",
        "晨星科技集團啟動程序。",  # no activity that the word opens
        "林海生討論舉辦的活動。",
        "林海生對此次判決表示滿意。",  # the word is a noun
        "林海生認為，拘捕是報復。",  # it is what is judged
        "石橋市爆炸地點很遠。",
        "晨星科技集團員工辭職。",  # the firm's workers, not the firm
        "林海生妻子辭職。",
        "林海生經常辭職。",  # a habit
    ],
)
def test_a_word_that_only_describes_or_says_is_no_event(text: str, script: Script) -> None:
    assert events(read(script(text))) == []


@in_both_scripts
def test_a_subordinate_clause_does_not_hide_the_verb(script: Script) -> None:
    graph = read(script("林海生接受訪問時透露，他很累。"))
    assert [e.cls for e in events(graph)] == ["kg:Announcement"]


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "cls", "trigger", "modality"),
    [
        # How something is done has verbs that are not its own.
        ("晨星科技集團通過集中競價方式減持200萬股。", "kg:Investment", "減持", "actual"),
        ("晨星科技集團累計質押200萬股。", "kg:Investment", "質押", "actual"),
        ("晨星科技集團計劃自5月7日起減持公司股份。", "kg:Investment", "減持", "planned"),
        # What describes a noun has them too.
        ("林海生在石橋市的聆訊出庭。", "kg:LegalAction", "出庭", "actual"),
        ("林海生將其持有的200萬股質押給青禾銀行。", "kg:Investment", "質押", "actual"),
        # So does a reason.
        ("林海生因工作原因申請辭去董事長職務。", "kg:Departure", "辭去", "planned"),
        # A verb and its object, parted by 了.
        ("林海生提起了訴訟。", "kg:LegalAction", "提起了訴訟", "actual"),
        # A clause that begins with a light verb leaves its subject out.
        ("晨星科技集團公告稱，擬以5億元收購藍峰電子。", "kg:Acquisition", "收購", "planned"),
    ],
)
def test_other_verbs_around_do_not_hide_an_event(
    text: str, cls: str, trigger: str, modality: str, script: Script
) -> None:
    found = {(e.cls, e.trigger, e.modality) for e in events(read(script(text)))}
    assert (cls, script(trigger), modality) in found


@in_both_scripts
def test_who_is_given_shares_takes_part(script: Script) -> None:
    graph = read(script("林海生將持有的公司股份質押給青禾銀行。"))
    assert told(graph) == {expected("kg:Investment", agent="林海生", patient="青禾銀行")}


@in_both_scripts
def test_two_things_that_befall_one_party_are_two_events(script: Script) -> None:
    graph = read(script("林海生前日在石橋市被捕。法庭今日再開，林海生即時還柙。"))
    assert {e.trigger for e in events(graph)} == {script("被捕"), script("還柙")}


@in_both_scripts
def test_a_telling_that_leaves_some_out_is_of_the_same_event(script: Script) -> None:
    graph = read(script("林海生和周若琳被捕。林海生在石橋市被捕。"))
    (event,) = events(graph)
    assert len(event.mentions) == 2
    assert {label(graph, p.iri) for p in event.participants} == {"林海生", "周若琳"}
