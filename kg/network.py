"""The claims as a network: a view for analysis and for other programs to read."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from kg.iri import content_key
from kg.lookup import main_language, name_of
from kg.model import Claim, ClaimGraph, Document, Entity, Participant, Span
from kg.ontology import load_ontology

if TYPE_CHECKING:
    import networkx as nx

Include = Literal["facts", "all"]
Edge = tuple[str, str, str, dict[str, Any]]

# The structural property of schema.ttl, which is no relation: its label is the role.
PARTICIPANT = "kg:participant"
_EVENT = "kg:Event"
# What an event's record says without a claim that has a confidence of its own.
_UNSTATED = 0.5
_SENTENCE_END = "。！？!?\n"
_SENTENCE_REACH = 200
# XML 1.0, section 2.2, turned round; a carriage return would come back as a line feed.
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def project(
    graph: ClaimGraph, *, include: Include = "facts", events: bool = True
) -> nx.MultiDiGraph:
    """Entities as nodes (their IRIs), claims between entities as edges (their keys).

    ``"facts"`` takes only what is asserted as actual, so that nothing denied, planned or merely
    reported connects anyone; ``"all"`` takes every claim and event. An event's participants are
    joined to it even where no claim says so, unless all that is claimed of the event is left out,
    or one claim of it has them as its two ends: the event would be a second link of the two.
    With ``events=False`` events and their edges are absent. Nodes and edges are in sorted
    order and all attributes are strings and numbers ("" for nothing).
    """
    import networkx as nx

    language, ontology = main_language(graph), load_ontology()
    network = nx.MultiDiGraph()
    for entity in sorted(graph.entities, key=lambda entity: entity.iri):
        if events or not ontology.is_a(entity.cls, _EVENT):
            network.add_node(entity.iri, **_node(entity, language))
    edges = [*_claim_edges(graph, include, language), *_participations(graph, include)]
    for source, target, key, data in sorted(edges, key=lambda edge: edge[:3]):
        if source in network and target in network:
            network.add_edge(source, target, key=key, **data)
    return network


def _node(entity: Entity, language: str) -> dict[str, Any]:
    return {
        "label": name_of(entity, language),
        "cls": entity.cls,
        "mentions": len(entity.mentions),
    }


def _wanted(told: Claim | Entity, include: Include) -> bool:
    return include == "all" or told.is_fact


def _claim_edges(graph: ClaimGraph, include: Include, language: str) -> Iterator[Edge]:
    ontology, entities = load_ontology(), graph.entity_by_iri()
    for claim in graph.claims:
        if isinstance(claim.object, str) and _wanted(claim, include):
            data = _claim_data(claim, ontology.label(claim.predicate, language))
            speaker = entities.get(claim.speaker or "")
            data["speaker"] = name_of(speaker, language) if speaker else claim.speaker or ""
            yield claim.subject, claim.object, claim.key, data


def _claim_data(claim: Claim, label: str) -> dict[str, Any]:
    return {
        "label": label,
        "predicate": claim.predicate,
        "role": claim.role or "",
        "polarity": claim.polarity,
        "modality": claim.modality,
        "confidence": claim.confidence,
        "time_start": (claim.time.start if claim.time else None) or "",
        "time_end": (claim.time.end if claim.time else None) or "",
        "quote": best_quote(claim),
        "evidence": len(claim.evidence),
    }


def best_quote(claim: Claim) -> str:
    """The quote with the highest score, the first of equals."""
    best = min(claim.evidence, key=lambda found: (-found.score, found.document, found.span))
    return best.quote


def _participations(graph: ClaimGraph, include: Include) -> Iterator[Edge]:
    stated = {frozenset((claim.subject, claim.object)) for claim in graph.claims}
    documents = {document.iri: document for document in graph.documents}
    claims_of = defaultdict(list)
    for claim in graph.claims:
        claims_of[claim.event].append(claim)
    for event in graph.entities:
        tied = claims_of.get(event.iri, [])
        shown = [claim for claim in tied if _wanted(claim, include)]
        parties = {part.iri for part in event.participants}
        restated = any(parties <= {claim.subject, claim.object} for claim in shown)
        if restated or (tied and not shown) or not _wanted(event, include):
            continue
        for part in event.participants:
            if frozenset((part.iri, event.iri)) not in stated:
                yield _participation(event, part, shown, documents)


def _participation(
    event: Entity, part: Participant, claims: list[Claim], documents: dict[str, Document]
) -> Edge:
    own = [claim for claim in claims if part.iri in (claim.subject, claim.object)] or claims
    proof = min(own, key=lambda claim: (-claim.confidence, claim.key), default=None)
    told = proof or event
    data = {
        "label": part.role,
        "predicate": PARTICIPANT,
        "role": part.role,
        "polarity": told.polarity,
        "modality": told.modality,
        "confidence": proof.confidence if proof else _UNSTATED,
        "time_start": (event.time.start if event.time else None) or "",
        "time_end": (event.time.end if event.time else None) or "",
        "quote": best_quote(proof) if proof else _sentence_of(event, documents),
        "evidence": len(proof.evidence) if proof else len(event.mentions),
        "speaker": "",
    }
    return part.iri, event.iri, content_key(event.iri, part.role, part.iri), data


def _sentence_of(event: Entity, documents: dict[str, Document]) -> str:
    for mention in event.mentions:
        if mention.document in documents:
            return _sentence_at(documents[mention.document].text, mention.span)
    return event.trigger or event.label


def _sentence_at(text: str, span: Span) -> str:
    """The sentence around *span*, cut at some distance: a line may have no end."""
    low = max(0, span.start - _SENTENCE_REACH)
    start = max(text.rfind(end, low, span.start) for end in _SENTENCE_END) + 1
    stops = (text.find(end, span.end, span.end + _SENTENCE_REACH) for end in _SENTENCE_END)
    stop = min((stop + 1 for stop in stops if stop >= 0), default=span.end + _SENTENCE_REACH)
    return text[max(start, low) : stop].strip()


def xml_text(text: str) -> str:
    """*text* with U+FFFD for each character that XML 1.0 forbids, and plain line feeds."""
    return _NOT_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _for_xml(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    clean = network.__class__()
    for node, data in network.nodes(data=True):
        clean.add_node(xml_text(node), **_xml_data(data))
    for source, target, key, data in network.edges(keys=True, data=True):
        clean.add_edge(xml_text(source), xml_text(target), key=xml_text(key), **_xml_data(data))
    return clean


def _xml_data(data: dict[str, Any]) -> dict[str, Any]:
    return {
        name: xml_text(value) if isinstance(value, str) else value for name, value in data.items()
    }


def to_graphml(network: nx.MultiDiGraph) -> bytes:
    """GraphML, as NetworkX, igraph, yEd, Cytoscape and Gephi read it; the same in each run."""
    import networkx as nx

    out = io.BytesIO()
    # Not write_graphml: that takes lxml where it happens to be installed, with other bytes.
    nx.write_graphml_xml(_for_xml(network), out)
    return out.getvalue()


def to_gexf(network: nx.MultiDiGraph) -> bytes:
    """GEXF 1.2 for Gephi, without the date that the writer puts in; the same in each run."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_gexf(_for_xml(network), out)
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue(), count=1)
