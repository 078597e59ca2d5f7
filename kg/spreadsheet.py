"""The claims of a graph as a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.interchange import measure_row
from kg.model import Claim, ClaimGraph, Document, Evidence, Json, Measure
from kg.ontology import load_ontology

CSV_COLUMNS = (
    "subject", "relation", "object", "value", "max", "comparator", "unit",
    "time_start", "time_end", "place", "role", "polarity", "modality", "speaker", "confidence",
    "quote", "document_title", "document_date", "document_url", "start", "end",
    "claim", "subject_iri", "predicate", "object_iri", "document", "verdict",
)  # fmt: skip

# What spreadsheets take for the beginning of a formula, full-width forms included.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def claims_csv(graph: ClaimGraph) -> bytes:
    """One row a claim and evidence, UTF-8 with BOM, safe to open in a spreadsheet.

    A text that a spreadsheet could take for a formula gets a leading apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerows(_csv_rows(graph))
    return out.getvalue().encode("utf-8-sig", "replace")


def rows_csv(columns: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> str:
    """CSV (RFC 4180) of any rows, as safe to open in a spreadsheet as :func:`claims_csv`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def _csv_rows(graph: ClaimGraph) -> Iterator[list[str | float]]:
    labels = {entity.iri: entity.label for entity in graph.entities}
    documents = {document.iri: document for document in graph.documents}
    for claim in graph.claims:
        for evidence in claim.evidence:
            document = documents.get(evidence.document)
            cells = _claim_cells(claim, labels) | _evidence_cells(evidence, document)
            yield [_safe_cell(cells.get(column)) for column in CSV_COLUMNS]


def _claim_cells(claim: Claim, labels: dict[str, str]) -> Json:
    def label(iri: str | None) -> str | None:
        return labels.get(iri, iri) if iri else None

    return {
        "subject": label(claim.subject),
        "relation": load_ontology().label(claim.predicate),
        "time_start": claim.time and claim.time.start,
        "time_end": claim.time and claim.time.end,
        "place": label(claim.place),
        "role": claim.role,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "speaker": label(claim.speaker),
        "confidence": claim.confidence,
        "claim": claim.key,
        "verdict": claim.review and claim.review.ruling,
        "subject_iri": claim.subject,
        "predicate": claim.predicate,
        **_object_cells(claim.object, label),
    }


def _object_cells(target: str | Measure, label: Callable[[str], str | None]) -> Json:
    if isinstance(target, str):
        return {"object": label(target), "object_iri": target}
    row = measure_row(target)
    comparator = row["comparator"].lstrip("=")  # alone it would be taken for a formula
    return {**row, "object": target.name, "comparator": comparator}


def _evidence_cells(evidence: Evidence, document: Document | None) -> Json:
    return {
        "quote": evidence.quote,
        "document_title": document and document.title,
        "document_date": document and document.published,
        "document_url": document and document.url,
        "start": evidence.span.start,
        "end": evidence.span.end,
        "document": evidence.document,
    }


def _safe_cell(value: str | float | None) -> str | float:
    if isinstance(value, str):
        return "'" + value if value.startswith(_FORMULA) else value
    return "" if value is None else value
