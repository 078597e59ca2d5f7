"""encode and decode are inverse on what RDF carries, whatever the texts hold."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_graph import SAMPLE

from kg.errors import GraphError
from kg.iri import PREFIXES, content_key, entity_iri
from kg.model import (
    Claim,
    ClaimGraph,
    Document,
    Entity,
    EntityMention,
    Evidence,
    Measure,
    Modality,
    Participant,
    Polarity,
    Quantity,
    Review,
    Span,
    TimeSpan,
)
from kg.ontology import load_ontology
from kg.rdf import RunInfo, decode, encode
from kg.rdf.terms import node

ONTOLOGY = load_ontology()
TAGS = ("zh-Hant", "zh-Hans", "en")
SCRIPTS = {"zh-Hant": "Hant", "zh-Hans": "Hans", "en": "Latn"}
NASTY = ('"', "\\", "\n\r\t", "\x00\x01\x1f\x7f", "</script>", "😀", "'''", "𠮷", "\u2028", "%41_ ")

texts = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=("Cs",))))
names = texts.filter(lambda text: text != "")
shares = st.floats(0, 1)
numbers = st.floats(allow_nan=False, allow_infinity=False)
dates = st.sampled_from(["2017", "2017-11", "2017-11-05", "2020-02-03T18:00"])
times = st.builds(
    TimeSpan, dates, dates | st.none(), st.sampled_from(["year", "quarter", "day", "minute"])
)
measures = st.builds(
    Measure,
    texts,
    st.builds(Quantity, numbers, numbers | st.none(), st.sampled_from("=<>~"), texts, texts),
)
relations = st.sampled_from(sorted(ONTOLOGY.relations))
classes = st.sampled_from(sorted(c for c in ONTOLOGY.classes if ONTOLOGY.is_a(c, "kg:Entity")))


reviews = st.builds(
    Review,
    st.sampled_from(["right", "wrong"]),
    texts,
    st.sampled_from([None, "2026-05-01", "2026-05-01T10:00:00Z", "2026-05-01T10:00:07Z"]),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    language = draw(st.sampled_from(TAGS))
    return Document(
        iri=PREFIXES["doc"] + content_key(draw(texts)),
        text="",
        title=draw(texts | st.none()),
        published=draw(st.none() | dates),
        publisher=draw(texts | st.none()),
        language=language,
        script=SCRIPTS[language],  # type: ignore[arg-type]
        source=draw(texts),
        digest=draw(texts),
        url=draw(texts | st.none()),
    )


@st.composite
def entities(draw: st.DrawFn, document: Document) -> Entity:
    iri = entity_iri(draw(names))
    return Entity(
        iri=iri,
        cls=draw(classes),
        labels=draw(st.dictionaries(st.sampled_from(TAGS), texts, min_size=1)),
        aliases=tuple(sorted(draw(st.sets(texts, max_size=3)))),
        same_as=tuple(sorted(draw(st.sets(st.sampled_from(["wd:Q1", "wd:Q2"]).map(_wikidata))))),
        mentions=(EntityMention(document.iri, Span(0, 1), "x"),),
        trigger=draw(texts | st.none()),
        time=draw(times | st.none()),
        participants=tuple(Participant(role, iri) for role in draw(st.lists(texts, max_size=3))),
        place=draw(st.just(iri) | st.none()),
        polarity=draw(st.sampled_from(get_args(Polarity))),
        modality=draw(st.sampled_from(get_args(Modality))),
        speaker=draw(st.just(iri) | st.none()),
    )


def _wikidata(curie: str) -> str:
    return PREFIXES["wd"] + curie.removeprefix("wd:")


@st.composite
def claims(draw: st.DrawFn, sources: list[Document], ends: list[str]) -> Claim:
    some = st.sampled_from(ends)
    evidence = st.builds(
        Evidence,
        st.sampled_from([document.iri for document in sources]),
        st.builds(Span, st.integers(0, 10**6), st.integers(0, 10**6)),
        texts,
        texts,
        shares,
    )
    fields = {
        "subject": draw(some),
        "predicate": draw(relations),
        "object": draw(some | measures),
        "evidence": tuple(draw(st.lists(evidence, min_size=1, max_size=12))),
        "time": draw(times | st.none()),
        "place": draw(some | st.none()),
        "role": draw(texts | st.none()),
        "polarity": draw(st.sampled_from(get_args(Polarity))),
        "modality": draw(st.sampled_from(get_args(Modality))),
        "speaker": draw(some | st.none()),
        "event": draw(some | st.none()),
        "confidence": draw(shares),
        "extractor": draw(texts),
        "review": draw(st.none() | reviews),
    }
    return Claim(key=content_key(str(fields)), **fields)


@st.composite
def graphs(draw: st.DrawFn) -> ClaimGraph:
    sources = draw(st.lists(documents(), min_size=1, max_size=3, unique_by=lambda d: d.iri))
    things = draw(st.lists(entities(sources[0]), min_size=1, max_size=4, unique_by=lambda e: e.iri))
    said = draw(st.lists(claims(sources, [e.iri for e in things]), max_size=4))
    return ClaimGraph(
        documents=tuple(sorted(sources, key=lambda each: each.iri)),
        entities=tuple(sorted(things, key=lambda each: each.iri)),
        claims=tuple(sorted({each.key: each for each in said}.values(), key=lambda c: c.key)),
    )


def carried(graph: ClaimGraph) -> ClaimGraph:
    """*graph* without what RDF does not carry."""
    entities = (
        replace(each, mentions=(), aliases=tuple(sorted(each.aliases))) for each in graph.entities
    )
    return ClaimGraph(graph.documents, tuple(entities), graph.claims)


def test_the_sample_comes_back() -> None:
    assert decode(encode(SAMPLE, run=RunInfo("1"))) == carried(SAMPLE)


@given(graphs())
@settings(max_examples=80)
def test_what_is_encoded_comes_back(graph: ClaimGraph) -> None:
    assert decode(encode(graph)) == carried(graph)


@given(graphs())
@settings(max_examples=30)
def test_the_order_of_the_quads_does_not_matter(graph: ClaimGraph) -> None:
    quads = encode(graph, run=RunInfo("1"))
    assert decode(reversed(quads)) == decode(quads)


def test_a_claim_without_its_subject_is_refused() -> None:
    quads = [quad for quad in encode(SAMPLE) if quad.predicate != node("kg:subject")]
    with pytest.raises(GraphError, match="has no kg:subject: build the graph again"):
        decode(quads)


def test_nothing_comes_from_nothing() -> None:
    assert decode([]) == ClaimGraph()


def test_a_store_may_lower_tags_and_write_numbers_anew() -> None:
    store = ox.Store()
    store.extend(encode(SAMPLE))
    assert decode(store) == carried(SAMPLE)
