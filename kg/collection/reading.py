"""Reading documents for a store, also again where verdicts part what one joins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import ClaimGraph, Document, Failure
from kg.resolve import told_apart
from kg.verdicts import Verdicts

if TYPE_CHECKING:
    from kg.pipeline import Pipeline

Read = Callable[[Document, Sequence[tuple[str, str]]], ClaimGraph]
"""Gives the graph of a document alone; some pairs of entities are not to be joined."""

STAGE = "read again as judged (its earlier reading stays)"


class Reading:
    """Reads documents, with the spaCy pipeline *model*; all is loaded when the first one comes."""

    def __init__(self, model: str | None = None) -> None:
        self._model = model
        self._pipeline: Pipeline | None = None

    def __call__(self, document: Document, apart: Sequence[tuple[str, str]]) -> ClaimGraph:
        """The graph of *document* alone."""
        if self._pipeline is None:
            from kg.pipeline import Pipeline

            self._pipeline = Pipeline(self._model)
        return self._pipeline.read(document, apart)


def read_again(
    graphs: Mapping[str, ClaimGraph], earlier: Verdicts, now: Verdicts, read: Read
) -> tuple[dict[str, ClaimGraph], tuple[Failure, ...]]:
    """The *graphs*, read under *earlier*, as they are under *now*.

    Those in which something is parted that was one, or the reverse, are read anew; where that
    fails the graph stays as it is, and the failure is given too.
    """
    changed = set(earlier.apart) ^ set(now.apart)
    found, failures = dict(graphs), []
    for iri, graph in graphs.items():
        if told_apart(graph.documents[0].text, changed):
            anew = read(graph.documents[0], now.apart)
            failures += [replace(failure, stage=STAGE) for failure in anew.failures]
            found[iri] = graph if anew.failures else anew
    return found, tuple(failures)
