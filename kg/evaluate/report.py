"""The report of an evaluation: as text, as Markdown, as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from kg.evaluate.measures import Breakdown, Measures, Score, Share
from kg.model import Json


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: ``kind`` is e.g. ``missed claim`` or ``wrong entity``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """The figures of one article with everything missed and wrong, and its claims broken down."""

    document: str
    measures: Measures
    findings: tuple[Finding, ...]
    breakdown: Breakdown


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of all articles, in the order given."""

    documents: tuple[DocumentReport, ...]

    @property
    def pooled(self) -> Measures:
        """The figures over all articles together (micro average)."""
        return sum((document.measures for document in self.documents), Measures())

    @property
    def breakdown(self) -> Breakdown:
        """The claims of all articles together by relation and by construction."""
        return sum((document.breakdown for document in self.documents), Breakdown())

    def to_json(self) -> Json:
        """Everything, for a file."""
        return {
            "pooled": self.pooled.to_json(),
            **self.breakdown.to_json(),
            "documents": [
                {
                    "document": report.document,
                    "measures": report.measures.to_json(),
                    "findings": [{"kind": f.kind, "text": f.text} for f in report.findings],
                }
                for report in self.documents
            ],
        }

    def lines(self) -> list[str]:
        """Readable plain text: the pooled figures, then each article's with its findings."""
        lines = [f"all {len(self.documents)} documents", *_figures(_rows(self.pooled))]
        for title, figures in _breakdowns(self.breakdown):
            lines += ["", f"claims by {title}", *_figures((n, _figure(f)) for n, f in figures)]
        for report in self.documents:
            lines += ["", report.document, *_figures(_rows(report.measures))]
            lines += [f"  {finding.kind}: {finding.text}" for finding in report.findings]
        return lines

    def to_markdown(self) -> str:
        """The same as Markdown: tables of figures, then lists of findings."""
        columns = [("all", self.pooled), *((d.document, d.measures) for d in self.documents)]
        lines = ["# Evaluation", "", *_table(columns)]
        for title, figures in _breakdowns(self.breakdown):
            lines += ["", f"## Claims by {title}", "", *_figure_table(title, figures)]
        for report in self.documents:
            lines += ["", f"## {_markdown(report.document)}", ""]
            lines += [f"- {finding.kind}: {_markdown(finding.text)}" for finding in report.findings]
        return "\n".join(lines) + "\n"


Figures = Sequence[tuple[str, Score | Share]]


def _breakdowns(breakdown: Breakdown) -> Iterator[tuple[str, Figures]]:
    """What the claims are broken down by, and the figures: those with most gold first.

    By confidence the highest comes first.
    """
    parts: dict[str, Mapping[str, Score | Share]] = {
        "relation": breakdown.relations,
        "construction": breakdown.constructions,
    }
    for title, part in parts.items():
        if part:
            yield title, sorted(part.items(), key=lambda row: (-_gold(row[1]), row[0]))
    if breakdown.confidences:
        yield "confidence", sorted(breakdown.confidences.items(), reverse=True)


def _gold(figure: Score | Share) -> int:
    return figure.gold if isinstance(figure, Score) else figure.of


def _figures(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    rows = list(rows)
    width = max((len(name) for name, _ in rows), default=0)
    yield from (f"  {name:<{width}}  {text}" for name, text in rows)


def _rows(measures: Measures) -> Iterator[tuple[str, str]]:
    for field in fields(measures):
        value = getattr(measures, field.name)
        yield field.name.replace("_", " "), _figure(value)


def _figure(value: Score | Share | int) -> str:
    if isinstance(value, Score):
        parts = f"P {_ratio(value.precision)} R {_ratio(value.recall)} F1 {_ratio(value.f1)}"
        return f"{parts} ({value.right} right, {value.predicted} predicted, {value.gold} gold)"
    if isinstance(value, Share):
        return f"{_ratio(value.value)} ({value.right:g} of {value.of})"
    return str(value)


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _table(columns: Sequence[tuple[str, Measures]]) -> Iterator[str]:
    yield "| | " + " | ".join(_markdown(name) for name, _ in columns) + " |"
    yield "|---" * (len(columns) + 1) + "|"
    for row in zip(*(_rows(measures) for _, measures in columns), strict=True):
        yield f"| {row[0][0]} | " + " | ".join(text for _, text in row) + " |"


def _figure_table(title: str, figures: Figures) -> Iterator[str]:
    scores = any(isinstance(figure, Score) for _, figure in figures)
    columns = ("gold", "right", *(("predicted", "P", "R", "F1") if scores else ("R",)))
    if title == "confidence":
        columns = ("claims", "right", "share")
    yield f"| {title} | " + " | ".join(columns) + " |"
    yield "|---" + "|---:" * len(columns) + "|"
    for name, figure in figures:
        yield f"| {_markdown(name)} | " + " | ".join(_cells(figure)) + " |"


def _cells(figure: Score | Share) -> tuple[str, ...]:
    if isinstance(figure, Share):
        return str(figure.of), f"{figure.right:g}", _ratio(figure.value)
    ratios = map(_ratio, (figure.precision, figure.recall, figure.f1))
    return str(figure.gold), str(figure.right), str(figure.predicted), *ratios


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", text)
