"""Claims to quads: a named graph for each document, with what that document says.

A graph is complete in itself (its claims and evidence, the direct triples of its facts, the
entities it names, its run and extractors), so that a document can be added or dropped alone. A
claim with evidence in two documents stands in both, each time with the evidence of that document.
No blank nodes; every IRI is derived from content.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import chain

import pyoxigraph as ox

from kg.iri import PREFIXES, content_key
from kg.model import (
    Claim,
    ClaimGraph,
    Document,
    Entity,
    Evidence,
    Judgement,
    Measure,
    TimeSpan,
)
from kg.ontology import language_tag, load_ontology
from kg.rdf.schema import ONTOLOGY_IRI
from kg.rdf.terms import (
    Resource,
    Triple,
    decimal,
    integer,
    minted,
    moment,
    node,
    text,
    time_node,
    written,
)
from kg.verdicts import REASON


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What made the graph. Two runs of one version, ontology and configuration are one run.

    ``ontology_digest`` and ``config`` are digests of what was read; ``ended`` an ISO 8601
    date-time, given only if the output may differ from run to run.
    """

    version: str
    name: str = "claimgraph"
    ontology_digest: str = ""
    config: str = ""
    ended: str | None = None

    @property
    def iri(self) -> str:
        """The run's IRI, which its content decides."""
        return PREFIXES["run"] + content_key(asdict(self))


def encode(
    graph: ClaimGraph,
    *,
    run: RunInfo | None = None,
    only: Container[str] | None = None,
    first: Mapping[str, int] | None = None,
) -> list[ox.Quad]:
    """The quads of *graph*, each once; of the documents' graphs those in *only*, if it is given.

    Not carried: texts, mentions, drops, counts, and judgements but those of readers. Where claims
    hold only some of their evidence, *first* are the places (from 1) at which it begins, by key.
    """
    index = _Index.of(graph, first or {})
    quads = (
        ox.Quad(*triple, node(iri))
        for iri in index.documents_and_sources()
        if only is None or iri in only
        for triple in _document_graph(iri, index, run)
    )
    rest = (
        ox.Quad(*triple)
        for triple in chain(
            (triple for entity in index.unmentioned() for triple in _entity(entity)),
            (triple for one in graph.judgements if REASON in one.reasons for triple in _pair(one)),
        )
    )
    return list(dict.fromkeys([*quads, *rest]))


@dataclass(frozen=True, slots=True)
class _Index:
    """The graph by document: which claims and which entities belong to each."""

    documents: Mapping[str, Document]
    entities: Mapping[str, Entity]
    first: Mapping[str, int]
    claims_in: Mapping[str, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    told: Mapping[tuple[str, str], list[tuple[int, Evidence]]] = field(
        default_factory=lambda: defaultdict(list)
    )  # the evidence of a claim, by key, in a document, with its numbers
    mentioned_in: Mapping[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, graph: ClaimGraph, first: Mapping[str, int]) -> _Index:
        index = cls({d.iri: d for d in graph.documents}, graph.entity_by_iri(), first)
        for claim in graph.claims:
            for document in dict.fromkeys(e.document for e in claim.evidence):
                index.claims_in[document].append(claim)
            for number, evidence in enumerate(claim.evidence, start=index.first.get(claim.key, 1)):
                index.told[claim.key, evidence.document].append((number, evidence))
        for entity in graph.entities:
            for mention in entity.mentions:
                index.mentioned_in[mention.document][entity.iri] = None
        return index

    def documents_and_sources(self) -> list[str]:
        return list(dict.fromkeys([*self.documents, *self.claims_in, *self.mentioned_in]))

    def entities_of(self, document: str) -> list[Entity]:
        """Those mentioned, those that its claims name, and who takes part in its events."""
        named = dict.fromkeys(self.mentioned_in.get(document, ()))
        for claim in self.claims_in.get(document, ()):
            named.update(dict.fromkeys(_entities_named_by(claim)))
        for iri in list(named):
            event = self.entities.get(iri)
            named.update(dict.fromkeys(_entities_of(event) if event else ()))
        return [self.entities[iri] for iri in named if iri in self.entities]

    def unmentioned(self) -> list[Entity]:
        here = {e.iri for iri in self.documents_and_sources() for e in self.entities_of(iri)}
        return [entity for entity in self.entities.values() if entity.iri not in here]


def _entities_named_by(claim: Claim) -> Iterator[str]:
    ends = (claim.subject, claim.object, claim.place, claim.speaker, claim.event)
    return (end for end in ends if isinstance(end, str))


def _entities_of(event: Entity) -> Iterator[str]:
    yield from (part.iri for part in event.participants)
    yield from filter(None, (event.place, event.speaker))


def _document_graph(iri: str, index: _Index, run: RunInfo | None) -> Iterator[Triple]:
    document, claims = index.documents.get(iri), index.claims_in.get(iri, [])
    if document:
        yield from _document(document)
    for entity in index.entities_of(iri):
        yield from _entity(entity)
    for mentioned in index.mentioned_in.get(iri, ()):
        yield node(iri), node("schema:mentions"), node(mentioned)
    for claim in claims:
        yield from _claim(claim)
        told = index.told[claim.key, iri]
        yield from _evidence_of(claim, told, document.language if document else None, run)
    evidence = (found for claim in claims for _, found in index.told[claim.key, iri])
    yield from _provenance((*claims, *evidence), run)


def _document(document: Document) -> Iterator[Triple]:
    subject = node(document.iri)
    yield subject, node("rdf:type"), node("schema:NewsArticle")
    yield subject, node("rdf:type"), node("prov:Entity")
    yield subject, node("dcterms:language"), text(language_tag(document.language))
    if document.title is not None:
        yield subject, node("dcterms:title"), text(document.title, document.language)
    if document.published is not None:
        yield subject, node("dcterms:issued"), moment(document.published)
    for predicate, value in (
        ("schema:publisher", document.publisher),
        ("dcterms:source", document.source or None),
        ("schema:sha256", document.digest or None),
        ("schema:url", document.url),
    ):
        if value is not None:
            yield subject, node(predicate), text(value)


def _entity(entity: Entity) -> Iterator[Triple]:
    subject = node(entity.iri)
    yield subject, node("rdf:type"), node(entity.cls)
    for language, label in entity.labels.items():
        yield subject, node("rdfs:label"), text(label, language)
    for alias in entity.aliases:
        yield subject, node("skos:altLabel"), written(alias)
    for same in entity.same_as:
        yield subject, node("owl:sameAs"), node(same)
    if entity.labels:
        yield subject, node("schema:name"), text(entity.label)
    yield from _event_parts(entity)


def _event_parts(event: Entity) -> Iterator[Triple]:
    subject = node(event.iri)
    if event.trigger is not None:
        yield subject, node("kg:trigger"), text(event.trigger)
    if event.trigger is not None or not event.is_fact:
        yield from _stance(subject, event)
    if event.time is not None:
        yield from _time(subject, event.time)
    for predicate, iri in (("kg:place", event.place), ("kg:speaker", event.speaker)):
        if iri is not None:
            yield subject, node(predicate), node(iri)
    for number, participant in enumerate(event.participants, start=1):
        part = minted("event", f"{content_key(event.iri)}-{number}")
        yield subject, node("kg:participation"), part
        if event.is_fact:
            yield subject, node("kg:participant"), node(participant.iri)
        yield part, node("rdf:type"), node("kg:Participation")
        yield part, node("kg:role"), text(participant.role)
        yield part, node("kg:participant"), node(participant.iri)


def _stance(subject: Resource, told: Claim | Entity) -> Iterator[Triple]:
    yield subject, node("kg:polarity"), node(f"kg:{told.polarity.title()}")
    yield subject, node("kg:modality"), node(f"kg:{told.modality.title()}")


def _time(subject: Resource, time: TimeSpan) -> Iterator[Triple]:
    span = time_node(time)
    yield subject, node("kg:time"), span
    yield span, node("rdf:type"), node("kg:TimeSpan")
    yield span, node("kg:precision"), text(time.precision)
    if time.start is not None:
        yield span, node("kg:start"), moment(time.start)
    if time.end is not None:
        yield span, node("kg:end"), moment(time.end)


def _claim(claim: Claim) -> Iterator[Triple]:
    subject = minted("claim", claim.key)
    object_ = _object(claim.object)
    yield subject, node("rdf:type"), node("kg:Claim")
    yield subject, node("kg:subject"), node(claim.subject)
    yield subject, node("kg:predicate"), node(claim.predicate)
    yield subject, node("kg:object"), object_
    yield from _stance(subject, claim)
    yield subject, node("kg:confidence"), decimal(claim.confidence)
    yield from _qualifiers(subject, claim)
    if isinstance(claim.object, Measure):
        yield from _metric(object_, claim.object)
    if claim.is_fact:
        yield from _direct(claim, object_)
    if claim.review:
        review = minted("review", claim.key)
        yield subject, node("kg:review"), review
        yield from _review(review, claim.review.ruling, claim.review.by, claim.review.at)


def _pair(judgement: Judgement) -> Iterator[Triple]:
    """A reader's verdict on two entities; they are named by the IRIs that they had for him."""
    review = minted("review", content_key(judgement.left, judgement.right))
    for iri in (judgement.left, judgement.right):
        yield review, node("kg:of"), node(iri)
    yield from _review(review, judgement.verdict, judgement.by, judgement.at)


def _review(review: Resource, verdict: str, by: str, at: str | None) -> Iterator[Triple]:
    reviewer = minted("reviewer", by)
    yield review, node("rdf:type"), node("kg:Review")
    yield review, node("kg:verdict"), node(f"kg:{verdict.title()}")
    yield review, node("prov:wasAttributedTo"), reviewer
    if at is not None:
        yield review, node("prov:generatedAtTime"), moment(at)
    yield reviewer, node("rdf:type"), node("prov:Agent")
    yield reviewer, node("rdfs:label"), text(by)


def _direct(claim: Claim, object_: Resource) -> Iterator[Triple]:
    subject, predicate = node(claim.subject), node(claim.predicate)
    yield subject, predicate, object_
    relation = load_ontology().relations.get(claim.predicate)
    if relation and relation.symmetric:
        yield object_, predicate, subject


def _qualifiers(subject: Resource, claim: Claim) -> Iterator[Triple]:
    if claim.time is not None:
        yield from _time(subject, claim.time)
    if claim.role is not None:
        yield subject, node("kg:role"), text(claim.role)
    if claim.extractor:
        yield subject, node("prov:wasAttributedTo"), minted("extractor", claim.extractor)
    for predicate, iri in (
        ("kg:place", claim.place),
        ("kg:speaker", claim.speaker),
        ("kg:event", claim.event),
    ):
        if iri is not None:
            yield subject, node(predicate), node(iri)


def _object(object_: str | Measure) -> Resource:
    if isinstance(object_, str):
        return node(object_)
    return minted("metric", content_key(asdict(object_)))


def _metric(metric: Resource, measure: Measure) -> Iterator[Triple]:
    quantity = measure.quantity
    yield metric, node("rdf:type"), node("kg:Metric")
    yield metric, node("schema:name"), text(f"{measure.name} {quantity.raw}")
    yield metric, node("kg:metricName"), text(measure.name)
    yield metric, node("kg:value"), decimal(quantity.value)
    if quantity.max is not None:
        yield metric, node("kg:maxValue"), decimal(quantity.max)
    yield metric, node("kg:comparator"), text(quantity.comparator)
    yield metric, node("kg:unit"), text(quantity.unit)
    yield metric, node("kg:raw"), text(quantity.raw)


def _evidence_of(
    claim: Claim,
    told: Iterable[tuple[int, Evidence]],
    language: str | None,
    run: RunInfo | None,
) -> Iterator[Triple]:
    for number, evidence in told:
        subject = minted("ev", f"{claim.key}-{number}")
        yield minted("claim", claim.key), node("kg:evidence"), subject
        yield from _evidence(subject, evidence, language)
        if run:
            yield subject, node("prov:wasGeneratedBy"), node(run.iri)


def _evidence(subject: Resource, evidence: Evidence, language: str | None) -> Iterator[Triple]:
    quote = text(evidence.quote, language) if language else written(evidence.quote)
    yield subject, node("rdf:type"), node("oa:TextPositionSelector")
    yield subject, node("rdf:type"), node("oa:TextQuoteSelector")
    yield subject, node("oa:start"), integer(evidence.span.start)
    yield subject, node("oa:end"), integer(evidence.span.end)
    yield subject, node("oa:exact"), quote
    yield subject, node("prov:wasQuotedFrom"), node(evidence.document)
    yield subject, node("kg:score"), decimal(evidence.score)
    if evidence.extractor:
        yield subject, node("prov:wasAttributedTo"), minted("extractor", evidence.extractor)


def _provenance(found: Iterable[Claim | Evidence], run: RunInfo | None) -> Iterator[Triple]:
    for name in sorted({one.extractor for one in found} - {""}):
        extractor = minted("extractor", name)
        yield extractor, node("rdf:type"), node("prov:SoftwareAgent")
        yield extractor, node("rdfs:label"), text(name)
        if run:
            yield node(run.iri), node("prov:wasAssociatedWith"), extractor
    if run:
        yield from _run(run)


def _run(run: RunInfo) -> Iterator[Triple]:
    subject = node(run.iri)
    yield subject, node("rdf:type"), node("prov:Activity")
    yield subject, node("rdfs:label"), text(f"{run.name} {run.version}")
    yield subject, node("schema:softwareVersion"), text(run.version)
    yield subject, node("prov:used"), node(ONTOLOGY_IRI)
    if run.ontology_digest:
        yield subject, node("kg:ontologyDigest"), text(run.ontology_digest)
    if run.ended is not None:
        yield subject, node("prov:endedAtTime"), moment(run.ended)
