"""Documents → shards → graph.

The documents stream through an engine; what is done is written at once and never done again, so
that a run which was stopped goes on where it was, and a document that changed is read anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from kg.artefacts import portable
from kg.engine import Engine
from kg.joining import join_graphs
from kg.model import ClaimGraph, Document, Failure
from kg.ontology import load_ontology
from kg.shards.folder import ShardFolder
from kg.shards.work import Setup, Shard, fingerprint, read_batch
from kg.verdicts import Verdicts

T = TypeVar("T")

BATCH = 32  # documents a shard: some seconds of work, which is what a killed run loses
STAGE = "process"

Read = Callable[[Sequence[Document]], Shard]
Progress = Callable[["Report"], None]
"""Called whenever a document was read, found to be done, or failed."""


@dataclass
class Report:
    """How far a build is: documents read now, done before, and failed; and what was taken away.

    ``unread`` are failures of the readers, in their order, ``lost`` those of the workers. ``gone``
    counts documents that are no longer among the sources (or have changed), ``strange`` shards of
    another version or ontology, and damaged ones.
    """

    read: int = 0
    done: int = 0
    unread: list[Failure] = field(default_factory=list)
    lost: list[Failure] = field(default_factory=list)
    gone: int = 0
    strange: int = 0

    @property
    def failures(self) -> tuple[Failure, ...]:
        """All, in an order that does not depend on the workers."""
        ordered = sorted(self.lost, key=lambda one: (one.document, one.stage, one.error))
        return (*self.unread, *ordered)


def build_shards(
    found: Iterable[Document | Failure],
    folder: ShardFolder,
    engine: Engine,
    read: Read | Setup,
    *,
    batch: int = BATCH,
    progress: Progress | None = None,
) -> Report:
    """Read the documents of *found* into the shards of *folder*, but for those that are there.

    Afterwards the folder holds the documents of *found* and no others. Closing the terminal, a
    lost cluster or a full disk stop it with what is done in place.
    """
    report = Report()
    tell = partial(progress or (lambda _: None), report)
    work = partial(read_batch, read) if isinstance(read, Setup) else read
    live: set[str] = set()
    known_by = partial(fingerprint, apart=read.apart if isinstance(read, Setup) else ())
    fresh = _fresh(found, folder, known_by, live, report, tell)
    outcomes = engine.map(work, batches(fresh, batch))
    for outcome in outcomes:
        if outcome.value is None:
            report.lost += [_failure(one, outcome.error) for one in outcome.batch]
        else:
            folder.write(outcome.value)
            report.read += len(outcome.value.documents)
            report.lost += outcome.value.failures
        tell()
    report.gone, report.strange = folder.keep(live)
    folder.write_manifest()
    return report


def _fresh(
    found: Iterable[Document | Failure],
    folder: ShardFolder,
    known_by: Callable[[Document], str],
    live: set[str],
    report: Report,
    tell: Callable[[], None],
) -> Iterator[Document]:
    """The documents that are in no shard yet."""
    there = {one for documents in folder.keys.values() for one in documents}
    for one in found:
        if isinstance(one, Failure):
            report.unread.append(one)
            tell()
            continue
        document = replace(one, source=portable(one.source))
        key = known_by(document)
        live.add(key)
        if key in there:
            report.done += 1
            tell()
        else:
            yield document


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """*items* in lists of *size*, the last one shorter."""
    batch: list[T] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _failure(document: Document, error: str | None) -> Failure:
    return Failure(document.source or document.iri, STAGE, error or "")


def join_shards(folder: ShardFolder, verdicts: Verdicts | None = None) -> ClaimGraph:
    """The one graph of all shards, in memory."""
    graphs = [graph for key in sorted(folder.keys) for graph in folder.read(key)]
    return join_graphs(graphs, verdicts or Verdicts(), load_ontology())
