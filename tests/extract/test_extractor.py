"""Laws of extraction, over sentences composed from templates."""

from __future__ import annotations

from dataclasses import replace
from math import prod

from hypothesis import given, settings
from hypothesis import strategies as st
from reading import NAMES, events, extraction, only, read

from kg.extract.extractor import FrameExtractor
from kg.model import AnnotatedDocument, Document, Span
from kg.ontology import load_ontology
from kg.script import simplify

TEMPLATES = [
    "{a}收購{b}。",
    "{a}被{b}收購，並投資{c}。",
    "{a}與{b}、{c}簽署合作協議。",
    "2019年3月，{a}{f}將收購{b}？",
    "據報{a}旗下的{b}{f}推出{c}。",
    "{a}董事長{b}表示，{c}沒有起訴{a}。",
    "{b}由{a}開發，{f}擁有3000名員工。",
    "如果{a}投資{b}（{c}），{f}可能推出{c}。",
    "{a}說：「{b}使用{c}。{f}他很滿意。」",
    "該公司為{a}提供{b}，其{f}競爭對手{c}很大。",
    "{a}{b}{c}{f}",
]
RARE = [
    "",
    "😀",
    "👩‍👩‍👧",
    "𠮷",
    "𡃁",
    "é",
    "e\u0301",
    "\u200b",
    "<b>",
    "&amp;",
    '"',
    "__proto__",
    "\x07",
]
fillers = st.one_of(
    st.sampled_from([*NAMES, "騰訊", "聯合國", "香港", "其"]), st.sampled_from(RARE)
)
sentences = st.builds(
    lambda template, a, b, c, f: template.format(a=a, b=b, c=c, f=f),
    st.sampled_from(TEMPLATES), fillers, fillers, fillers, st.sampled_from(RARE),
)  # fmt: skip
texts = st.builds(
    lambda parts, gap, script: script(gap.join(parts)),
    st.lists(sentences, min_size=1, max_size=4),
    st.sampled_from(["", "\n", "\r\n", " "]),
    st.sampled_from([str, simplify]),
)
laws = settings(max_examples=80)


@laws
@given(texts)
def test_no_claim_without_the_characters_that_say_it(text: str) -> None:
    graph = read(text)
    for claim in graph.claims:
        assert claim.evidence
        for evidence in claim.evidence:
            assert evidence.quote
            assert text[evidence.span.start : evidence.span.end] == evidence.quote
    for entity in graph.entities:
        assert all(text[m.span.start : m.span.end] == m.surface for m in entity.mentions)
    assert all(drop.quote in text for drop in graph.drops)


@laws
@given(texts)
def test_every_claim_is_within_its_relations_domain_and_range(text: str) -> None:
    graph, ontology = read(text), load_ontology()
    classes = {iri: entity.cls for iri, entity in graph.entity_by_iri().items()}
    for claim in graph.claims:
        target = classes[claim.object] if isinstance(claim.object, str) else None
        assert ontology.fits(claim.predicate, classes[claim.subject], target)
        assert claim.subject != claim.object


@laws
@given(texts)
def test_confidence_is_between_nothing_and_certain(text: str) -> None:
    for claim in read(text).claims:
        assert 0 < claim.confidence < 1
        assert all(0 <= reason.factor <= 1 for reason in claim.reasons)


@laws
@given(texts)
def test_a_frames_score_is_the_product_of_its_reasons(text: str) -> None:
    for candidate in extraction(text).candidates:
        if candidate.extractor.startswith("frames/") and candidate.reasons:
            product = prod(reason.factor for reason in candidate.reasons)
            assert abs(candidate.score - product) < 1e-4


@laws
@given(texts)
def test_every_entity_that_is_named_is_in_the_graph(text: str) -> None:
    graph = read(text)
    iris = set(graph.entity_by_iri())
    for claim in graph.claims:
        ends = [claim.subject, claim.speaker, claim.place, claim.event]
        ends += [claim.object] if isinstance(claim.object, str) else []
        assert {end for end in ends if end} <= iris
    for event in events(graph):
        assert {participant.iri for participant in event.participants} <= iris


@laws
@given(texts)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert extraction(text) == extraction(text)
    assert read(text) == read(text)


@laws
@given(texts)
def test_what_is_said_in_traditional_is_said_in_simplified(text: str) -> None:
    """The frames are matched in Simplified: a reading does not hang on the script."""
    found = [
        (c.predicate, c.roles, c.cue, c.polarity, c.modality) for c in extraction(text).candidates
    ]
    other = extraction(simplify(text)).candidates
    assert found == [(c.predicate, c.roles, c.cue, c.polarity, c.modality) for c in other]


def test_an_annotated_document_without_sentences_gives_nothing() -> None:
    bare = AnnotatedDocument(Document("https://example.org/1", ""), "")
    found = FrameExtractor().extract(bare)
    assert (found.candidates, found.drops, found.mentions) == ((), (), ())
    assert found.annotated is bare


def test_the_extractor_keeps_no_state_between_documents() -> None:
    text = "並投資青禾銀行。"
    before = extraction(text).candidates
    extraction("晨星科技集團收購藍峰電子。")
    assert extraction(text).candidates == before == ()


def test_candidates_name_mentions_of_their_document() -> None:
    found = extraction("晨星科技集團董事長林海生說，青禾銀行收購藍峰電子。")
    ids = {mention.id for mention in found.mentions}
    for candidate in found.candidates:
        assert {mention for _, mention in candidate.roles} <= ids
        assert candidate.speaker is None or candidate.speaker in ids
        assert Span(0, len(found.document.text)).covers(candidate.evidence)


def test_a_given_lexicon_is_used_in_place_of_the_packaged_one() -> None:
    lexicon, annotated = (
        FrameExtractor().lexicon,
        extraction("晨星科技集團收購藍峰電子。").annotated,
    )
    assert annotated is not None
    entries = tuple(e for e in lexicon.entries if "收购" not in e.words)
    without = FrameExtractor(replace(lexicon, entries=entries))
    assert without.extract(annotated).candidates == ()
    assert FrameExtractor(lexicon).extract(annotated).candidates != ()


def test_a_lexicon_without_words_finds_nothing() -> None:
    annotated = extraction("晨星科技集團收購藍峰電子。").annotated
    assert annotated is not None
    empty = FrameExtractor(replace(FrameExtractor().lexicon, entries=()))
    assert empty.extract(annotated).candidates == ()


def test_the_place_of_a_claim_is_where_it_happened() -> None:
    claim = only(read("騰訊昨日在石橋市與海岳大學簽署合作協議。"), "partnerOf")
    assert claim.place is not None
    assert claim.place.endswith("石橋市")
