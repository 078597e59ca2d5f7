"""A :class:`ClaimGraph` as JSON lines and back.

Every JSON line is one object with sorted keys, in the graph's order. Together the five files carry
the whole graph but for ``Document.text``, the drops, the failures and the counts. The reasons, and
what else the fixed form of ``claims.jsonl`` has no field for, stand in ``why.jsonl``. A record is
the whole graph, usually that of one document, as one line.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from itertools import starmap
from pathlib import Path
from typing import Any, TypeVar, get_args

from kg.errors import GraphError
from kg.model import (
    Claim,
    ClaimGraph,
    Comparator,
    Document,
    Drop,
    Entity,
    EntityMention,
    Evidence,
    Failure,
    Json,
    Judgement,
    Measure,
    Modality,
    Participant,
    Polarity,
    Precision,
    Quantity,
    Reason,
    Review,
    Ruling,
    Script,
    Span,
    TimeSpan,
    Verdict,
)
from kg.ontology import load_ontology

ENTITIES = "entities.jsonl"
CLAIMS = "claims.jsonl"
DOCUMENTS = "documents.jsonl"
JUDGEMENTS = "judgements.jsonl"
WHY = "why.jsonl"

# Line breaks to some readers, and what UTF-8 cannot hold: both written as JSON escapes.
_ESCAPED = re.compile("[\x85\u2028\u2029\ud800-\udfff]")
_EVENT = "kg:Event"

T = TypeVar("T")


# --- Writing ---------------------------------------------------------------------------------


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
    return {name: getattr(document, name) for name in _DOCUMENT_FIELDS}


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


# --- Reading ---------------------------------------------------------------------------------


def read_graph(folder: Path) -> ClaimGraph:
    """Read what a build wrote; every ``Document.text`` is "".

    ``documents.jsonl``, ``judgements.jsonl`` and ``why.jsonl`` may be absent; without the last,
    evidence has its claim's extractor and confidence. Raises GraphError, which names the file
    and the line, where something is missing or malformed.
    """
    if not all((folder / name).is_file() for name in (ENTITIES, CLAIMS)):
        raise GraphError(f"{folder} is not a build folder: run kg build SOURCE --out {folder}")
    whys = dict(_read(folder / WHY, lambda row: (_text(row, "of"), row)))
    entities = tuple(_read(folder / ENTITIES, _entity))
    known = {entity.iri for entity in entities}
    return ClaimGraph(
        documents=tuple(_read(folder / DOCUMENTS, _document)),
        entities=entities,
        claims=tuple(_read(folder / CLAIMS, lambda row: _claim(row, whys, known))),
        judgements=tuple(_read(folder / JUDGEMENTS, _judgement)),
    )


def from_record(row: Json) -> ClaimGraph:
    """The graph of :func:`to_record`; raises GraphError for what is none."""
    try:
        entities = _many(row, "entities", _entity)
        known = {entity.iri for entity in entities}
        return ClaimGraph(
            documents=_many(row, "documents", lambda d: _document(d, _text(d, "text"))),
            entities=entities,
            claims=_many(row, "claims", lambda c: _claim(c, {c["key"]: c["why"]}, known)),
            judgements=_many(row, "judgements", _judgement),
            drops=_many(row, "drops", lambda drop: Drop(**drop)),
            failures=_many(row, "failures", lambda failure: Failure(**failure)),
            counts=_take(row, "counts", dict),
        )
    except KeyError as error:
        raise GraphError(f"a record lacks {error}: build its article again") from error
    except (ValueError, TypeError, OverflowError) as error:
        raise GraphError(f"a record is malformed ({error}): build its article again") from error


def load_record(line: bytes) -> ClaimGraph:
    """The graph of :func:`dump_record`; raises GraphError for what is none."""
    try:
        return from_record(json.loads(line))
    except (ValueError, RecursionError) as error:
        raise GraphError(f"a record is no JSON ({error}): build its article again") from error


def _read(path: Path, decode: Callable[[Json], T]) -> Iterator[T]:
    if not path.is_file():
        return
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            yield _decode_line(line, decode, f"{path}:{number}")


def _decode_line(line: bytes, decode: Callable[[Json], T], where: str) -> T:
    try:
        return decode(json.loads(line.decode("utf-8")))
    except KeyError as error:
        raise GraphError(f"{where}: the field {error} is missing: build it again") from error
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise GraphError(f"{where}: malformed ({error}): build it again") from error


def _take(row: Json, key: str, *kinds: type) -> Any:
    if not isinstance(row, dict):
        raise TypeError("an object is expected")
    value = row[key]
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise TypeError(f"{key} is {str(value)[:40]!r}")
    return value


def _text(row: Json, key: str) -> str:
    return str(_take(row, key, str))


def _optional(row: Json, key: str) -> str | None:
    value = _take(row, key, str, type(None))
    return None if value is None else str(value)


def _number(row: Json, key: str) -> float:
    return float(_take(row, key, int, float))


def _one_of(row: Json, key: str, allowed: Any) -> Any:
    value = _text(row, key)
    if value not in get_args(allowed):
        raise ValueError(f"{key} is {value[:40]!r}, not one of {', '.join(get_args(allowed))}")
    return value


def _many(row: Json, key: str, decode: Callable[[Json], T]) -> tuple[T, ...]:
    return tuple(map(decode, _take(row, key, list)))


def _texts(row: Json, key: str) -> tuple[str, ...]:
    values = _take(row, key, list)
    if not all(isinstance(value, str) for value in values):
        raise TypeError(f"{key} holds what is no text")
    return tuple(values)


def _span(row: Json) -> Span:
    return Span(_take(row, "start", int), _take(row, "end", int))


def _time(row: Json, key: str) -> TimeSpan | None:
    time = _take(row, key, dict, type(None))
    if time is None:
        return None
    return TimeSpan(
        _optional(time, "start"), _optional(time, "end"), _one_of(time, "precision", Precision)
    )


def _entity(row: Json) -> Entity:
    labels = _take(row, "labels", dict)
    return Entity(
        iri=_text(row, "iri"),
        cls=_text(row, "class"),
        labels={language: _text(labels, language) for language in labels},
        aliases=_texts(row, "aliases"),
        same_as=_texts(row, "sameAs"),
        mentions=_many(row, "mentions", _mention),
        **(_event(row) if "trigger" in row else {}),
    )


def _event(row: Json) -> dict[str, Any]:
    """What stands in the row of an event only; the keys are those of :class:`Entity`."""
    return {
        "trigger": _optional(row, "trigger"),
        "time": _time(row, "time"),
        "participants": _many(row, "participants", _participant),
        "place": _optional(row, "place"),
        "polarity": _one_of(row, "polarity", Polarity),
        "modality": _one_of(row, "modality", Modality),
        "speaker": _optional(row, "speaker"),
    }


def _mention(row: Json) -> EntityMention:
    return EntityMention(_text(row, "document"), _span(row), _text(row, "surface"))


def _participant(row: Json) -> Participant:
    return Participant(_text(row, "role"), _text(row, "iri"))


def _claim(row: Json, whys: dict[str, Json], known: set[str]) -> Claim:
    key, confidence, extractor = (
        _text(row, "key"),
        _number(row, "confidence"),
        _text(row, "extractor"),
    )
    evidence = _take(row, "evidence", list)
    default: Json = {"event": None, "reasons": [], "evidence": [{}] * len(evidence)}
    why = whys.get(key, default)
    found_by = _many(why, "evidence", lambda by: {"extractor": extractor, "score": confidence} | by)
    return Claim(
        key=key,
        subject=_known(_take(row, "subject", dict), known),
        predicate=_text(row, "predicate"),
        object=_object(_take(row, "object", dict), known),
        evidence=tuple(starmap(_evidence, zip(evidence, found_by, strict=True))),
        time=_time(row, "time"),
        place=_optional(row, "place"),
        role=_optional(row, "role"),
        polarity=_one_of(row, "polarity", Polarity),
        modality=_one_of(row, "modality", Modality),
        speaker=_optional(row, "speaker"),
        event=_optional(why, "event"),
        confidence=confidence,
        extractor=extractor,
        reasons=_many(why, "reasons", _reason),
        review=_review(why["review"]) if "review" in why else None,
    )


def _review(row: Json) -> Review:
    return Review(_one_of(row, "verdict", Ruling), _text(row, "by"), _optional(row, "at"))


def _known(row: Json, known: set[str]) -> str:
    iri = _text(row, "iri")
    if iri not in known:
        raise ValueError(f"{iri} is not in {ENTITIES}")
    return iri


def _object(row: Json, known: set[str]) -> str | Measure:
    if "iri" in row:
        return _known(row, known)
    quantity = Quantity(
        value=_number(row, "value"),
        max=None if row["max"] is None else _number(row, "max"),
        comparator=_one_of(row, "comparator", Comparator),
        unit=_text(row, "unit"),
        raw=_text(row, "raw"),
    )
    return Measure(_text(row, "name"), quantity)


def _evidence(row: Json, by: Json) -> Evidence:
    return Evidence(
        _text(row, "document"),
        _span(row),
        _text(row, "quote"),
        _text(by, "extractor"),
        _number(by, "score"),
    )


def _reason(row: Json) -> Reason:
    return Reason(_text(row, "text"), _number(row, "factor"))


_DOCUMENT_FIELDS: dict[str, Callable[[Json, str], Any]] = {
    "iri": _text,
    "title": _optional,
    "published": _optional,
    "publisher": _optional,
    "language": _text,
    "script": lambda row, key: _one_of(row, key, Script),
    "source": _text,
    "digest": _text,
    "url": _optional,
}


def _document(row: Json, text: str = "") -> Document:
    return Document(text=text, **{name: take(row, name) for name, take in _DOCUMENT_FIELDS.items()})


def _judgement(row: Json) -> Judgement:
    return Judgement(
        left=_text(row, "left"),
        right=_text(row, "right"),
        verdict=_one_of(row, "verdict", Verdict),
        score=_number(row, "score"),
        reasons=_texts(row, "reasons"),
        by=_text(row, "by"),
        at=_text(row, "at") if "at" in row else None,
    )
