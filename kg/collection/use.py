"""Building into a store: read, take in, judge."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from kg import artefacts
from kg.collection.collection import Collection
from kg.collection.reading import Reading
from kg.collection.taking import Taken, failed, take_in
from kg.model import Document, Failure


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
    verdicts, which the store keeps; articles that cannot be read again as they are judged stay as
    they are and are told first. See :func:`kg.graph.build` for the others.
    """
    from kg.readers import iter_documents
    from kg.verdicts import read_verdicts

    verdicts = read_verdicts(map(Path, judgements))
    given = {"published": published, "title": title, "url": url}
    found = iter_documents(sources, **given, stdin=stdin or getattr(sys.stdin, "buffer", None))
    read = Reading(model)
    with Collection.open(place, write=True, read=read, wait=wait, token=token) as collection:
        yield from map(failed, collection.judge(verdicts))
        apart = collection.verdicts.apart
        yield from take_in(collection, _portable(found), lambda one: read(one, apart))


def _portable(found: Iterable[Document | Failure]) -> Iterator[Document | Failure]:
    for one in found:
        if isinstance(one, Document):
            yield replace(one, source=artefacts.portable(one.source))
        else:
            yield one
