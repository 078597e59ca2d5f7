"""Scores that add up, and the report that shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from kg.model import Json


@dataclass(frozen=True, slots=True)
class Score:
    """How many were right, of how many predicted and how many in the gold."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float | None:
        """In [0, 1]; None if nothing was predicted."""
        return self.right / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """In [0, 1]; None if the gold has none."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """In [0, 1]; None if there is nothing on either side."""
        total = self.predicted + self.gold
        return 2 * self.right / total if total else None

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right, self.predicted + other.predicted, self.gold + other.gold
        )

    def to_json(self) -> Json:
        """Counts and figures; a figure that is not defined is null."""
        return {
            "right": self.right, "predicted": self.predicted, "gold": self.gold,
            "precision": self.precision, "recall": self.recall, "f1": self.f1,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Share:
    """How much was right, of how many."""

    right: float = 0
    of: int = 0

    @property
    def value(self) -> float | None:
        """In [0, 1]; None of nothing."""
        return self.right / self.of if self.of else None

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    def to_json(self) -> Json:
        """Counts and value; null where it is not defined."""
        return {"right": self.right, "of": self.of, "value": self.value}


@dataclass(frozen=True, slots=True)
class Measures:
    """Every figure of one article, or of several together; see the module for what counts."""

    entities: Score = Score()
    classes: Share = Share()
    claims: Score = Score()
    core: Share = Share()
    polarity: Share = Share()
    times: Share = Share()
    pairs: Score = Score()
    relation: Share = Share()
    events: Score = Score()
    participants: Score = Score()
    event_times: Share = Share()
    grounding: Share = Share()
    other_events: int = 0

    def __add__(self, other: Measures) -> Measures:
        names = (field.name for field in fields(self))
        return Measures(*(getattr(self, name) + getattr(other, name) for name in names))

    def to_json(self) -> Json:
        """All figures by name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {k: v if isinstance(v, int) else v.to_json() for k, v in values.items()}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: ``kind`` is e.g. ``missed claim`` or ``wrong entity``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """The figures of one article with everything missed and wrong."""

    document: str
    measures: Measures
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of all articles, in the order given."""

    documents: tuple[DocumentReport, ...]

    @property
    def pooled(self) -> Measures:
        """The figures over all articles together (micro average)."""
        return sum((document.measures for document in self.documents), Measures())

    def to_json(self) -> Json:
        """Everything, for a file."""
        return {
            "pooled": self.pooled.to_json(),
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
        lines = [f"all {len(self.documents)} documents", *_figures(self.pooled)]
        for report in self.documents:
            lines += ["", report.document, *_figures(report.measures)]
            lines += [f"  {finding.kind}: {finding.text}" for finding in report.findings]
        return lines

    def to_markdown(self) -> str:
        """The same as Markdown: a table of figures, then lists of findings."""
        columns = [("all", self.pooled), *((d.document, d.measures) for d in self.documents)]
        lines = ["# Evaluation", "", *_table(columns)]
        for report in self.documents:
            lines += ["", f"## {_markdown(report.document)}", ""]
            lines += [f"- {finding.kind}: {_markdown(finding.text)}" for finding in report.findings]
        return "\n".join(lines) + "\n"


def _figures(measures: Measures) -> list[str]:
    return [f"  {name:<13} {text}" for name, text in _rows(measures)]


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


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", text)
