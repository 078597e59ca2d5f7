"""Building into a store: read, take in, judge."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg import artefacts
from kg.collection.collection import Collection
from kg.collection.taking import Taken, take_in
from kg.model import ClaimGraph, Document, Failure

if TYPE_CHECKING:
    from kg.pipeline import Pipeline


def build_into(
    place: str | Path,
    sources: Sequence[str | Path],
    *,
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
    model: str | None = None,
    judgements: Iterable[str | Path] = (),
    stdin: BinaryIO | None = None,
    wait: float = 0.0,
    token: str | None = None,
) -> Iterator[Taken]:
    """Read articles into the store at *place*; tells each when the store has it.

    An article that is there as it is, and was read by this version and ontology, is not read
    again; one with the same address and another text takes its place. *judgements* are files of
    verdicts, which the store keeps. See :func:`kg.graph.build` for the others.
    """
    from kg.readers import iter_documents
    from kg.verdicts import read_verdicts

    verdicts = read_verdicts(map(Path, judgements))
    given = {"published": published, "title": title, "url": url}
    found = iter_documents(sources, **given, stdin=stdin or getattr(sys.stdin, "buffer", None))
    with Collection.open(place, write=True, wait=wait, token=token) as collection:
        collection.judge(verdicts)
        reading = _Reading(model, collection.verdicts.apart)
        yield from take_in(collection, _portable(found), reading.read)


class _Reading:
    """Reads documents; what that needs is loaded when the first one comes."""

    def __init__(self, model: str | None, apart: Sequence[tuple[str, str]]) -> None:
        self._model, self._apart = model, apart
        self._pipeline: Pipeline | None = None

    def read(self, document: Document) -> ClaimGraph:
        """The graph of *document* alone."""
        if self._pipeline is None:
            from kg.pipeline import Pipeline

            self._pipeline = Pipeline(self._model)
        return self._pipeline.read(document, self._apart)


def _portable(found: Iterable[Document | Failure]) -> Iterator[Document | Failure]:
    for one in found:
        if isinstance(one, Document):
            yield replace(one, source=artefacts.portable(one.source))
        else:
            yield one
