"""What is told of an entity, in order."""

from __future__ import annotations

from dataclasses import replace

from claimgraphs import entity
from told import article, graph, time, told

from kg.corpus.timeline import find_timeline
from kg.iri import entity_iri
from kg.model import EntityMention, Participant, Span

ARTICLES = [article("a", "2020-01-10"), article("b", "2020-02-10"), article("undated")]
X = entity_iri("x")


def test_the_time_of_the_text_goes_before_the_articles() -> None:
    claims = [
        told("x", "kg:uses", "p", "b"),
        told("x", "kg:uses", "q", "b", "a"),
        told("x", "kg:uses", "r", "b", time=time("2011", "2012")),
        told("x", "kg:uses", "s", "undated"),
        told("other", "kg:uses", "p", "a"),
    ]
    found = find_timeline(graph(ARTICLES, claims), X)
    assert [(m.on, m.dated) for m in found] == [
        ("2011", True),
        ("2020-01-10", False),
        ("2020-02-10", False),
        ("", False),
    ]
    assert found[1].told.document.endswith("/a")


def test_an_event_stands_there_unless_a_claim_tells_of_it() -> None:
    mention = EntityMention(ARTICLES[0].iri, Span(0, 2), "收購")
    event = replace(
        entity("收購", "kg:Acquisition"),
        participants=(Participant("agent", X),),
        time=time("2019-05", "2019-05"),
        mentions=(mention,),
    )
    alone = graph(ARTICLES, [], entities=(entity("x"), event))
    (moment,) = find_timeline(alone, X)
    assert (moment.what, moment.on, moment.told) == (event, "2019-05", mention)
    claimed = told("x", "kg:acquires", "y", "a", event=event.iri)
    both = graph(ARTICLES, [claimed], entities=(entity("x"), entity("y"), event))
    assert [m.what for m in find_timeline(both, X)] == [claimed]
