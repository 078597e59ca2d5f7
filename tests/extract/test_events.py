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
        ("晨星科技集團與海岳大學合作。", "kg:Agreement", "晨星科技集團", "海岳大學"),
        ("南洲國制裁藍峰電子。", "kg:Sanction", "南洲國", "藍峰電子"),
        ("晨星科技集團起訴藍峰電子。", "kg:LegalAction", "晨星科技集團", "藍峰電子"),
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
