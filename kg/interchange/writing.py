"""From a graph to JSON: objects with sorted keys, in the graph's order."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict

from kg.interchange.reading import DOCUMENT_FIELDS
from kg.model import (
    Claim,
    ClaimGraph,
    Document,
    Entity,
    Json,
    Judgement,
    Measure,
    Review,
    Span,
    TimeSpan,
)
from kg.ontology import load_ontology

# Line breaks to some readers, and what UTF-8 cannot hold: both written as JSON escapes.
_ESCAPED = re.compile("[\x85\u2028\u2029\ud800-\udfff]")
_EVENT = "kg:Event"


def entities_jsonl(graph: ClaimGraph) -> bytes:
    """The entities; all from ``trigger`` on stands only in events."""
    return _lines(map(_entity_row, graph.entities))


def claims_jsonl(graph: ClaimGraph) -> bytes:
    """The claims with their evidence."""
    labels = {entity.iri: entity.label for entity in graph.entities}
    return _lines(_claim_row(claim, labels) for claim in graph.claims)


def documents_jsonl(graph: ClaimGraph) -> bytes:
    """The documents without their texts."""
    return _lines(map(_document_row, graph.documents))


def judgements_jsonl(graph: ClaimGraph) -> bytes:
    """The judgements which things are one, with their reasons."""
    return _lines(map(_judgement_row, graph.judgements))


def why_jsonl(graph: ClaimGraph) -> bytes:
    """The reasons: of each claim with their factors, of each judged entity as sentences.

    A claim's line also holds its event, and the extractor and score of each evidence, in order.
    """
    judged = _judged(graph)
    found = ((entity.iri, judged.get(entity.iri)) for entity in graph.entities)
    rows = [{"of": iri, "reasons": reasons} for iri, reasons in found if reasons]
    return _lines([*rows, *map(_why_row, graph.claims)])


def _lines(rows: Iterable[Json]) -> bytes:
    return b"".join(map(_line, rows))


def _line(row: Json) -> bytes:
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, allow_nan=False)
    return (_ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n").encode()


def _entity_row(entity: Entity) -> Json:
    row: Json = {
        "iri": entity.iri,
        "class": entity.cls,
        "labels": dict(entity.labels),
        "aliases": list(entity.aliases),
        "sameAs": list(entity.same_as),
        "mentions": [
            {"document": m.document, **_span_row(m.span), "surface": m.surface}
            for m in entity.mentions
        ],
    }
    return {**row, **_event_row(entity)} if _is_event(entity) else row


def _is_event(entity: Entity) -> bool:
    if load_ontology().is_a(entity.cls, _EVENT) or entity.participants:
        return True
    said = (entity.trigger, entity.time, entity.place, entity.speaker)
    return not entity.is_fact or any(part is not None for part in said)


def _event_row(event: Entity) -> Json:
    participants = [{"role": p.role, "iri": p.iri} for p in event.participants]
    return {
        "trigger": event.trigger,
        "time": _time_row(event.time),
        "participants": participants,
        "place": event.place,
        "polarity": event.polarity,
        "modality": event.modality,
        "speaker": event.speaker,
    }


def _claim_row(claim: Claim, labels: dict[str, str]) -> Json:
    def end(iri: str) -> Json:
        return {"iri": iri, "label": labels.get(iri, iri)}

    target = claim.object
    return {
        "key": claim.key,
        "subject": end(claim.subject),
        "predicate": claim.predicate,
        "object": end(target) if isinstance(target, str) else measure_row(target),
        "time": _time_row(claim.time),
        "place": claim.place,
        "role": claim.role,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "speaker": claim.speaker,
        "confidence": claim.confidence,
        "extractor": claim.extractor,
        "evidence": [
            {"document": e.document, **_span_row(e.span), "quote": e.quote} for e in claim.evidence
        ],
    }


def measure_row(measure: Measure) -> Json:
    """A measure as a row has it."""
    quantity = measure.quantity
    return {
        "name": measure.name,
        "value": quantity.value,
        "max": quantity.max,
        "comparator": quantity.comparator,
        "unit": quantity.unit,
        "raw": quantity.raw,
    }


def _span_row(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _time_row(time: TimeSpan | None) -> Json | None:
    if time is None:
        return None
    return {"start": time.start, "end": time.end, "precision": time.precision}


def _document_row(document: Document) -> Json:
    return {name: getattr(document, name) for name in DOCUMENT_FIELDS}


def _judgement_row(judgement: Judgement) -> Json:
    row: Json = {
        "left": judgement.left,
        "right": judgement.right,
        "verdict": judgement.verdict,
        "score": judgement.score,
        "reasons": list(judgement.reasons),
        "by": judgement.by,
    }
    return row | {"at": judgement.at} if judgement.at else row


def _judged(graph: ClaimGraph) -> dict[str, list[str]]:
    """What each end of a judgement is judged to be, in order."""
    judged: dict[str, list[str]] = defaultdict(list)
    for judgement in graph.judgements:
        said, reasons = judgement.verdict, "; ".join(judgement.reasons)
        if judgement.at:
            reasons += f" ({judgement.by}, {judgement.at})"
        judged[judgement.left].append(f"{said} as {judgement.right}: {reasons}")
        if judgement.right != judgement.left:
            judged[judgement.right].append(f"{said} as {judgement.left}: {reasons}")
    return judged


def _why_row(claim: Claim) -> Json:
    row: Json = {
        "of": claim.key,
        "reasons": [{"text": r.text, "factor": r.factor} for r in claim.reasons],
        "event": claim.event,
        "evidence": [{"extractor": e.extractor, "score": e.score} for e in claim.evidence],
    }
    return row | {"review": _review_row(claim.review)} if claim.review else row


def _review_row(review: Review) -> Json:
    return {"verdict": review.ruling, "by": review.by, "at": review.at}


def to_record(graph: ClaimGraph) -> Json:
    """The whole graph as one JSON value, texts, drops, failures and counts too."""
    labels = {entity.iri: entity.label for entity in graph.entities}
    return {
        "documents": [{**_document_row(d), "text": d.text} for d in graph.documents],
        "entities": list(map(_entity_row, graph.entities)),
        "claims": [{**_claim_row(c, labels), "why": _why_row(c)} for c in graph.claims],
        "judgements": list(map(_judgement_row, graph.judgements)),
        "drops": list(map(asdict, graph.drops)),
        "failures": list(map(asdict, graph.failures)),
        "counts": dict(graph.counts),
    }


def dump_record(graph: ClaimGraph) -> bytes:
    """:func:`to_record` as one JSON line."""
    return _line(to_record(graph))
