"""Claimgraph: news becomes a knowledge graph whose every edge points at the sentence that says it.

    import kg
    graph = kg.build("article.txt", published="2020-04-01")
    graph.claims, graph.entities          # records of kg.model
    graph.path("騰訊", "聯合國")            # with the sentence that proves each step
    graph.query("partners")               # a named question, or SPARQL
    graph.save("out")                     # RDF, JSONL, GraphML, CSV, the page, the report
    kg.load("out")                        # the same graph again
    kg.annotate("騰訊推出微信")             # only the names: class, offsets, score

Every name loads its module when it is first used: importing this package loads no data.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.annotation.annotator import annotate, label_map
    from kg.errors import (
        CheckpointError,
        ClaimgraphError,
        DateError,
        EncodingError,
        EngineError,
        GraphError,
        InputError,
        MissingExtra,
        OntologyError,
        QueryError,
        SourceError,
        StoreBusy,
        StoreError,
        UnknownEntity,
        ValidationError,
    )
    from kg.graph import Graph, build, load
    from kg.model import (
        Claim,
        ClaimGraph,
        Document,
        Drop,
        Entity,
        Evidence,
        Failure,
        Judgement,
        Measure,
        Quantity,
        Span,
        TimeSpan,
        ValidationReport,
    )

__version__ = "0.1.0"

__all__ = [
    "CheckpointError",
    "Claim",
    "ClaimGraph",
    "ClaimgraphError",
    "DateError",
    "Document",
    "Drop",
    "EncodingError",
    "EngineError",
    "Entity",
    "Evidence",
    "Failure",
    "Graph",
    "GraphError",
    "InputError",
    "Judgement",
    "Measure",
    "MissingExtra",
    "OntologyError",
    "Quantity",
    "QueryError",
    "SourceError",
    "Span",
    "StoreBusy",
    "StoreError",
    "TimeSpan",
    "UnknownEntity",
    "ValidationError",
    "ValidationReport",
    "__version__",
    "annotate",
    "build",
    "label_map",
    "load",
]

_HOMES = ("kg.model", "kg.errors", "kg.graph", "kg.annotation.annotator")


def __getattr__(name: str) -> Any:
    if name in __all__:
        for home in map(import_module, _HOMES):
            if hasattr(home, name):
                globals()[name] = value = getattr(home, name)
                return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
