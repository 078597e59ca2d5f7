"""What resolution was not sure of."""

from __future__ import annotations

from dataclasses import replace

from claimgraphs import entity
from told import article, graph, told

from kg.corpus.review import find_doubts, place_name, places_of
from kg.iri import entity_iri
from kg.model import ClaimGraph, EntityMention, Judgement, Span
from kg.resolve.profiles import profile_id

A, B = article("a", "2020-01-10"), article("b", "2020-02-10")
LEFT, RIGHT = (profile_id(one.iri, entity_iri("王偉")) for one in (A, B))
DOUBT = Judgement(LEFT, RIGHT, "unsure", 0.6, ("a person's name (+1.1)",), "kg.resolve.across")


def wang(document: str, iri: str) -> tuple:
    mention = EntityMention(document, Span(0, 2), "王偉")
    return replace(entity("王偉", "kg:Person"), iri=iri, mentions=(mention,))


def doubtful(*more: Judgement) -> ClaimGraph:
    first, second = entity_iri("王偉 1"), entity_iri("王偉 2")
    claim = told("王偉 1", "kg:founderOf", "藍峰", "a", quote="王偉創辦藍峰")
    entities = (wang(A.iri, first), wang(B.iri, second), entity("藍峰"))
    return graph([A, B], [claim], entities=entities, judgements=(DOUBT, *more))


def test_a_doubt_shows_both_sides() -> None:
    (one,) = find_doubts(doubtful())
    assert (one.left.name, one.left.cls, one.left.document) == ("王偉", "kg:Person", A.iri)
    assert (one.left.quotes, one.right.quotes) == (("王偉創辦藍峰",), ())
    assert one.judgement == DOUBT


def test_the_nearest_names_are_shown() -> None:
    near = replace(entity("藍峰"), mentions=(EntityMention(A.iri, Span(5, 7), "藍峰"),))
    graph = doubtful()
    told_of = replace(graph, entities=(*graph.entities[:2], near))
    (one,) = find_doubts(told_of)
    assert (one.left.near, one.right.near) == (("藍峰",), ())


def test_where_no_claim_tells_of_it_the_sentences_that_name_it_are_shown() -> None:
    texts = {B.iri: "王偉出席。天晴。", A.iri: "王偉創辦藍峰。"}
    (one,) = find_doubts(doubtful(), texts)
    assert (one.left.quotes, one.right.quotes) == (("王偉創辦藍峰",), ("王偉出席。",))
    other = told("藍峰", "kg:owns", "海風", "b", quote="王偉說藍峰有海風")
    graph = doubtful()
    (one,) = find_doubts(replace(graph, claims=(*graph.claims, other)))
    assert one.right.quotes == ("王偉說藍峰有海風",)


def test_what_a_reader_judged_is_no_doubt_any_more() -> None:
    ruled = replace(DOUBT, verdict="same", score=1.0, by="me")
    assert find_doubts(doubtful(ruled)) == ()


def test_the_likeliest_come_first_and_sure_ones_not_at_all() -> None:
    less = replace(DOUBT, right=f"{RIGHT}x", score=0.5)
    sure = replace(DOUBT, right=f"{RIGHT}y", verdict="same")
    assert [one.judgement for one in find_doubts(doubtful(less, sure))] == [DOUBT, less]


def test_what_an_article_calls_something_can_be_read() -> None:
    assert set(places_of(wang(A.iri, entity_iri("x")))) == {LEFT}
    assert place_name(LEFT) == "王偉"
    assert place_name("https://example.org/x") == "https://example.org/x"
