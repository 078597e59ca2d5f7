"""Finding a claim by what people call it, and marking its parts in its sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest
from claimgraphs import claim, entity, graph_of
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, UnknownEntity
from kg.explain import Mark, explain, explain_claim, find_claims
from kg.iri import entity_iri
from kg.model import (
    Claim,
    ClaimGraph,
    Document,
    Entity,
    EntityMention,
    Evidence,
    Judgement,
    Measure,
    Quantity,
    Reason,
    Span,
)

TEXT = "海風科技與東嶺大學簽署協議。該公司收購了北辰遊戲，北辰遊戲有300人。"
DOC = Document("urn:doc", TEXT, title="海風的一天", source="a.txt")
MEASURE = Measure("員工", Quantity(300, None, "=", "人", "300人"))


def places(word: str) -> tuple[EntityMention, ...]:
    starts = (at for at in range(len(TEXT)) if TEXT.startswith(word, at))
    return tuple(EntityMention(DOC.iri, Span(at, at + len(word)), word) for at in starts)


def named(name: str, **more: object) -> Entity:
    return replace(entity(name), mentions=places(name), **more)  # type: ignore[arg-type]


def quoted(quote: str) -> Evidence:
    start = TEXT.index(quote)
    return Evidence(DOC.iri, Span(start, start + len(quote)), quote, "test", 0.9)


SIGNING = named("簽署", cls="kg:Agreement", trigger="簽署")
PARTNERS = replace(
    claim("海風科技", "kg:partnerOf", "東嶺大學"),
    evidence=(quoted("海風科技與東嶺大學簽署協議"),), event=SIGNING.iri,
)  # fmt: skip
BUYS = replace(
    claim("海風科技", "kg:acquires", "北辰遊戲"),
    evidence=(quoted("該公司收購了北辰遊戲"),),
    reasons=(Reason("收购 in the frame A … V … B", 0.85), Reason("A stands before 另 in 句", 0.5)),
)  # fmt: skip
HAS = replace(claim("北辰遊戲", "kg:hasMetric", MEASURE), evidence=(quoted("北辰遊戲有300人"),))
_COMPANY = places("該公司")[0].span
STANDS = Judgement(
    f"urn:doc#{_COMPANY.start}-{_COMPANY.end}", "urn:doc#0-4", "same", 0.7,
    ("該公司 stands for 海風科技",), "coreference",
)  # fmt: skip
GRAPH = graph_of(
    (PARTNERS, BUYS, HAS),
    (*map(named, ("海風科技", "東嶺大學", "北辰遊戲")), SIGNING),
    documents=(DOC,), judgements=(STANDS,),
)  # fmt: skip


def marked(graph: ClaimGraph, one: Claim) -> list[tuple[str, str]]:
    """What is marked in the first passage, and as what."""
    passage = explain_claim(graph, one).passages[0]
    return [(mark.part, mark.span.of(passage.evidence.quote)) for mark in passage.marks]


# --- Marks -------------------------------------------------------------------------------------


def test_the_trigger_is_that_of_the_event() -> None:
    assert marked(GRAPH, PARTNERS) == [
        ("subject", "海風科技"), ("object", "東嶺大學"), ("trigger", "簽署"),
    ]  # fmt: skip


def test_else_the_word_that_the_reasons_name_in_either_script() -> None:
    assert ("trigger", "收購") in marked(GRAPH, BUYS)
    assert [part for part, _ in marked(GRAPH, BUYS)].count("trigger") == 1
    assert ("trigger", "收購") not in marked(GRAPH, replace(BUYS, reasons=()))


def test_a_definite_noun_is_marked_with_the_judgement_that_names_it() -> None:
    (passage,) = explain_claim(GRAPH, BUYS).passages
    assert passage.marks[0] == Mark(Span(0, 3), "subject", ("該公司 stands for 海風科技",))
    assert passage.marks[-1] == Mark(Span(6, 10), "object")


@pytest.mark.parametrize(
    "judgement",
    [
        replace(STANDS, verdict="different"),
        replace(STANDS, right="urn:doc#5-9"),
        replace(STANDS, left="urn:elsewhere" + STANDS.left.removeprefix("urn:doc")),
        replace(STANDS, left="urn:wikidata"),
    ],
)
def test_other_judgements_mark_nothing(judgement: Judgement) -> None:
    graph = replace(GRAPH, judgements=(judgement,))
    assert [part for part, _ in marked(graph, BUYS)] == ["trigger", "object"]


def test_a_quantity_is_marked_as_it_is_written() -> None:
    assert marked(GRAPH, HAS) == [("subject", "北辰遊戲"), ("object", "300人")]


def test_every_mention_in_the_quote_is_marked() -> None:
    whole = replace(BUYS, evidence=(quoted(TEXT),))
    assert marked(GRAPH, whole).count(("object", "北辰遊戲")) == 2
    assert ("subject", "海風科技") in marked(GRAPH, whole)


def test_of_nested_names_the_longer_is_marked() -> None:
    inner = replace(entity("海風"), mentions=places("海風"))
    graph = replace(GRAPH, entities=(*GRAPH.entities, inner))
    owns = replace(claim("海風科技", "kg:owns", "海風"), evidence=(quoted("海風科技與東嶺大學"),))
    assert marked(graph, owns) == [("subject", "海風科技")]


def test_an_argument_is_no_trigger() -> None:
    odd = replace(HAS, reasons=(Reason("北辰 in the frame A V B", 0.9),))
    assert "trigger" not in [part for part, _ in marked(GRAPH, odd)]


def test_mentions_of_another_document_mark_nothing() -> None:
    moved = replace(PARTNERS, evidence=(replace(PARTNERS.evidence[0], document="urn:other"),))
    (passage,) = explain_claim(GRAPH, replace(moved, event=None)).passages
    assert (passage.document, passage.marks) == (None, ())


def test_each_evidence_is_a_passage_with_its_document() -> None:
    twice = replace(BUYS, evidence=(quoted(TEXT), quoted("該公司收購了北辰遊戲")))
    explanation = explain_claim(GRAPH, twice)
    assert [p.evidence for p in explanation.passages] == list(twice.evidence)
    assert {p.document for p in explanation.passages} == {DOC}


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=12))
def test_marks_lie_in_the_quote_in_order_and_apart(ends: list[tuple[int, int]]) -> None:
    spans = [Span(*sorted(pair)) for pair in ends if pair[0] != pair[1]]
    mentions = tuple(EntityMention(DOC.iri, s, s.of(TEXT)) for s in spans)
    graph = replace(GRAPH, entities=tuple(replace(e, mentions=mentions) for e in GRAPH.entities))
    for one in GRAPH.claims:
        for passage in explain_claim(graph, one).passages:
            bounds = [at for mark in passage.marks for at in (mark.span.start, mark.span.end)]
            assert bounds == sorted(bounds)
            assert all(0 <= at <= len(passage.evidence.quote) for at in bounds)


# --- Finding the claim -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("海風科技", "acquires", "北辰遊戲"), BUYS),
        (("海风科技", "kg:acquires", "北辰游戏"), BUYS),
        (("海風科技", "收购", "北辰遊戲"), BUYS),
        (("海風科技 收購 北辰遊戲",), BUYS),
        (("東嶺大學", "合作", "海風科技"), PARTNERS),
        (("北辰遊戲", "hasMetric", "員工"), HAS),
        (("北辰遊戲 hasMetric 300人",), HAS),
        ((f"claim:{BUYS.key}",), BUYS),
        ((f"https://w3id.org/claimgraph/claim/{BUYS.key}",), BUYS),
        ((BUYS.key.upper(),), BUYS),
    ],
)
def test_a_claim_by_its_parts_or_its_key(words: tuple[str, ...], found: Claim) -> None:
    assert find_claims(GRAPH, *words) == (found,)


@pytest.mark.parametrize("one", GRAPH.claims)
@pytest.mark.parametrize("length", [6, 8, 16])
def test_the_beginning_of_a_key_gives_all_that_begin_so(one: Claim, length: int) -> None:
    start = one.key[:length]
    assert find_claims(GRAPH, start) == tuple(c for c in GRAPH.claims if c.key.startswith(start))


@pytest.mark.parametrize("length", [1, 5])
def test_fewer_than_six_digits_name_no_claim(length: int) -> None:
    with pytest.raises(InputError, match="no claim has a key"):
        find_claims(GRAPH, BUYS.key[:length])


def test_several_claims_of_one_triple_are_all_given() -> None:
    denied = replace(BUYS, key="0123", polarity="denied")
    graph = replace(GRAPH, claims=(*GRAPH.claims, denied))
    found = explain(graph, "海風科技", "acquires", "北辰遊戲")
    assert [one.claim for one in found] == [BUYS, denied]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("",), "no claim has a key that begins with ''"),
        (("claim:",), "no claim has a key"),
        (("zz",), "begins with 'zz'"),
        (("海風科技", "acquires"), "give SUBJECT RELATION OBJECT"),
        (("a", "b", "c", "d"), "give SUBJECT RELATION OBJECT"),
        (("北辰遊戲", "acquires", "海風科技"), "no claim says 北辰遊戲 kg:acquires 海風科技"),
        (("海風科技", "owns", "北辰遊戲"), "`kg show 海風科技`"),
        (("北辰遊戲", "hasMetric", "5人"), "no claim says"),
        (
            ("海風科技", "acquire", "北辰遊戲"),
            "no relation 'acquire'; the nearest is 'kg:acquires'",
        ),
    ],
)
def test_what_fits_no_claim(words: tuple[str, ...], message: str) -> None:
    with pytest.raises(InputError, match="(?s)" + message.replace("(", r"\(")):
        find_claims(GRAPH, *words)


def test_an_unknown_end_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(UnknownEntity, match="'北辰遊戲'"):
        find_claims(GRAPH, "海風科技", "acquires", "北辰遊戯")


def test_the_iri_names_an_entity_too() -> None:
    assert find_claims(GRAPH, entity_iri("海風科技"), "acquires", "北辰遊戲") == (BUYS,)
