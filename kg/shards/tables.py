"""Graphs of single documents ↔ Parquet tables, without loss.

    documents    the articles with their texts, what was counted, dropped and failed there
    entities     one row for each entity or event of a document
    mentions     where an entity is named
    claims       with evidence and reasons
    judgements   what is one inside the document, and why

Each row names its document; rows stand in the order of the graph. Spans are half-open, in code
points of the document's text.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kg.model import (
    Claim,
    ClaimGraph,
    Document,
    Drop,
    Entity,
    EntityMention,
    Evidence,
    Failure,
    Json,
    Judgement,
    Measure,
    Participant,
    Quantity,
    Reason,
    Review,
    Span,
    TimeSpan,
)

SETUP, FINGERPRINTS = "setup", "documents"  # in the files' metadata
_TEXT, _TEXTS = pa.string(), pa.list_(pa.string())
_SPAN = [("start", pa.int32()), ("end", pa.int32())]
_TIME = pa.struct([("start", _TEXT), ("end", _TEXT), ("precision", _TEXT)])
_MEASURE = pa.struct(
    [
        ("name", _TEXT),
        ("value", pa.float64()),
        ("max", pa.float64()),
        ("comparator", _TEXT),
        ("unit", _TEXT),
        ("raw", _TEXT),
    ]
)


def _texts(*names: str) -> list[tuple[str, pa.DataType]]:
    return [(name, _TEXT) for name in names]


def _structs(*fields: tuple[str, pa.DataType]) -> pa.DataType:
    return pa.list_(pa.struct(list(fields)))


SCHEMAS: Mapping[str, pa.Schema] = {
    "documents": pa.schema(
        [
            *_texts("iri", "text", "title", "published", "publisher", "language", "script"),
            *_texts("source", "digest", "url"),
            ("counts", pa.map_(_TEXT, pa.int64())),
            ("drops", _structs(*_texts("document", "stage", "predicate", "reason", "quote"))),
            ("failures", _structs(*_texts("document", "stage", "error"))),
        ]
    ),
    "entities": pa.schema(
        [
            *_texts("document", "iri", "cls"),
            ("labels", pa.map_(_TEXT, _TEXT)),
            ("aliases", _TEXTS),
            ("same_as", _TEXTS),
            ("trigger", _TEXT),
            ("time", _TIME),
            ("participants", _structs(*_texts("role", "iri"))),
            *_texts("place", "polarity", "modality", "speaker"),
        ]
    ),
    "mentions": pa.schema([*_texts("document", "entity"), *_SPAN, ("surface", _TEXT)]),
    "claims": pa.schema(
        [
            *_texts("document", "key", "subject", "predicate", "object"),
            ("measure", _MEASURE),
            ("time", _TIME),
            *_texts("place", "role", "polarity", "modality", "speaker", "event"),
            ("confidence", pa.float64()),
            ("extractor", _TEXT),
            (
                "evidence",
                _structs(
                    ("document", _TEXT),
                    *_SPAN,
                    ("quote", _TEXT),
                    ("extractor", _TEXT),
                    ("score", pa.float64()),
                ),
            ),
            ("reasons", _structs(("text", _TEXT), ("factor", pa.float64()))),
            ("review", pa.struct(_texts("ruling", "by", "at"))),
        ]
    ),
    "judgements": pa.schema(
        [
            *_texts("document", "left", "right", "verdict"),
            ("score", pa.float64()),
            ("reasons", _TEXTS),
            *_texts("by", "at"),
        ]
    ),
}
_DOCUMENT = ("title", "published", "publisher", "language", "script", "source", "digest", "url")
_EVENT = ("trigger", "place", "polarity", "modality", "speaker")
_JUDGEMENT = ("left", "right", "verdict", "score", "by", "at")
_CLAIM = (
    "key", "subject", "predicate", "place", "role", "polarity", "modality", "speaker", "event",
    "confidence", "extractor",
)  # fmt: skip


# --- Writing ---------------------------------------------------------------------------------


def write_tables(graphs: Mapping[str, ClaimGraph], setup: str = "") -> dict[str, bytes]:
    """Each table as the bytes of a Parquet file; equal graphs give equal bytes.

    The files' metadata say what read the documents, *setup*, and by which fingerprints these are
    known again, the keys of *graphs*.
    """
    rows: dict[str, list[Json]] = {name: [] for name in SCHEMAS}
    for graph in graphs.values():
        for name, found in _rows(graph).items():
            rows[name].extend(found)
    marks = {SETUP: setup, FINGERPRINTS: " ".join(graphs)}
    return {name: _parquet(rows[name], SCHEMAS[name], marks) for name in SCHEMAS}


def _parquet(rows: Sequence[Json], schema: pa.Schema, marks: Mapping[str, str]) -> bytes:
    sink = io.BytesIO()
    marked = schema.with_metadata(marks)
    pq.write_table(pa.Table.from_pylist(list(rows), schema=marked), sink, compression="zstd")
    return sink.getvalue()


def _rows(graph: ClaimGraph) -> dict[str, list[Json]]:
    """The rows of the graph of one document."""
    (document,) = graph.documents
    of: Json = {"document": document.iri}
    return {
        "documents": [_document_row(document, graph)],
        "entities": [of | entity_row(entity) for entity in graph.entities],
        "mentions": [
            mention_row(m) | {"entity": e.iri} for e in graph.entities for m in e.mentions
        ],
        "claims": [of | claim_row(claim) for claim in graph.claims],
        "judgements": [of | judgement_row(judgement) for judgement in graph.judgements],
    }


def _document_row(document: Document, graph: ClaimGraph) -> Json:
    return {
        **{name: getattr(document, name) for name in ("iri", "text", *_DOCUMENT)},
        "counts": list(graph.counts.items()),
        "drops": [asdict(drop) for drop in graph.drops],
        "failures": [asdict(failure) for failure in graph.failures],
    }


def mention_row(mention: EntityMention) -> Json:
    """The row of a mention, without its entity."""
    return {"document": mention.document, **asdict(mention.span), "surface": mention.surface}


def entity_row(entity: Entity) -> Json:
    """The row of an entity, without its document and its mentions."""
    return {
        **{name: getattr(entity, name) for name in ("iri", "cls", *_EVENT)},
        "labels": list(entity.labels.items()),
        "aliases": list(entity.aliases),
        "same_as": list(entity.same_as),
        "time": _time_row(entity.time),
        "participants": [{"role": p.role, "iri": p.iri} for p in entity.participants],
    }


def claim_row(claim: Claim) -> Json:
    """The row of a claim, without its document; either ``object`` or ``measure`` is null."""
    target, review = claim.object, claim.review
    named = isinstance(target, str)
    return {
        **{name: getattr(claim, name) for name in _CLAIM},
        "object": target if named else None,
        "measure": None if isinstance(target, str) else _measure_row(target),
        "time": _time_row(claim.time),
        "evidence": [_evidence_row(evidence) for evidence in claim.evidence],
        "reasons": [{"text": reason.text, "factor": reason.factor} for reason in claim.reasons],
        "review": asdict(review) if review else None,
    }


def _measure_row(measure: Measure) -> Json:
    return {"name": measure.name, **asdict(measure.quantity)}


def _time_row(time: TimeSpan | None) -> Json | None:
    return asdict(time) if time else None


def _evidence_row(evidence: Evidence) -> Json:
    return {
        "document": evidence.document,
        "start": evidence.span.start,
        "end": evidence.span.end,
        "quote": evidence.quote,
        "extractor": evidence.extractor,
        "score": evidence.score,
    }


def judgement_row(judgement: Judgement) -> Json:
    """The row of a judgement, without its document."""
    row = {name: getattr(judgement, name) for name in _JUDGEMENT}
    return row | {"reasons": list(judgement.reasons)}


# --- Reading ---------------------------------------------------------------------------------


def read_marks(path: Path) -> tuple[str, list[str]]:
    """The setup and the fingerprints in the metadata of a table's file, "" and none if missing."""
    marks = pq.read_schema(path).metadata or {}
    setup, documents = (marks.get(name.encode(), b"").decode() for name in (SETUP, FINGERPRINTS))
    return setup, documents.split()


def read_tables(tables: Mapping[str, pa.Table]) -> Iterator[ClaimGraph]:
    """The graphs of the documents, in order: the inverse of :func:`write_tables`."""
    parts = {name: _by_document(table) for name, table in tables.items() if name != "documents"}
    for row in tables["documents"].to_pylist():
        yield _graph(row, {name: found.get(row["iri"], []) for name, found in parts.items()})


def _by_document(table: pa.Table) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = defaultdict(list)
    for row in table.to_pylist():
        found[row["document"]].append(row)
    return found


def _graph(row: Json, parts: Mapping[str, list[Json]]) -> ClaimGraph:
    mentions: dict[str, list[EntityMention]] = defaultdict(list)
    for found in parts["mentions"]:
        mentions[found["entity"]].append(mention_of(found))
    return ClaimGraph(
        documents=(document_of(row),),
        entities=tuple(entity_of(e, mentions[e["iri"]]) for e in parts["entities"]),
        claims=tuple(map(claim_of, parts["claims"])),
        judgements=tuple(map(judgement_of, parts["judgements"])),
        drops=_each(Drop, row["drops"]),
        failures=_each(Failure, row["failures"]),
        counts=dict(row["counts"]),
    )


def document_of(row: Json) -> Document:
    """The record of a row of ``documents``; its text may be left out."""
    names = {name: row[name] for name in ("iri", *_DOCUMENT)}
    return Document(text=row.get("text", ""), **names)


def mention_of(row: Json) -> EntityMention:
    """The record of a row of ``mentions``."""
    return EntityMention(row["document"], Span(row["start"], row["end"]), row["surface"])


def entity_of(row: Json, mentions: Iterable[EntityMention] = ()) -> Entity:
    """The record of a row of ``entities``, named at *mentions*."""
    return Entity(
        **{name: row[name] for name in ("iri", "cls", *_EVENT)},
        labels=dict(row["labels"]),
        aliases=tuple(row["aliases"]),
        same_as=tuple(row["same_as"]),
        mentions=tuple(mentions),
        time=_time_of(row["time"]),
        participants=_each(Participant, row["participants"]),
    )


def claim_of(row: Json) -> Claim:
    """The record of a row of ``claims``."""
    return Claim(
        **{name: row[name] for name in _CLAIM},
        object=row["object"] if row["measure"] is None else _measure_of(row["measure"]),
        time=_time_of(row["time"]),
        evidence=tuple(map(_evidence_of, row["evidence"])),
        reasons=_each(Reason, row["reasons"]),
        review=Review(**row["review"]) if row["review"] else None,
    )


def _each(make: Callable[..., Any], rows: Iterable[Json]) -> tuple[Any, ...]:
    return tuple(make(**row) for row in rows)


def _measure_of(row: Json) -> Measure:
    return Measure(row["name"], Quantity(**{k: v for k, v in row.items() if k != "name"}))


def _time_of(row: Json | None) -> TimeSpan | None:
    return TimeSpan(**row) if row else None


def _evidence_of(row: Json) -> Evidence:
    span = Span(row["start"], row["end"])
    return Evidence(row["document"], span, row["quote"], row["extractor"], row["score"])


def judgement_of(row: Json) -> Judgement:
    """The record of a row of ``judgements``."""
    rest = {name: row[name] for name in _JUDGEMENT}
    return Judgement(**rest, reasons=tuple(row["reasons"]))
