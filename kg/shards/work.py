"""What a worker does: a batch of documents in, a shard out. Pure but for the budget of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg import __version__
from kg.artefacts import ontology_digest
from kg.engine import TimeIsUp, time_limit
from kg.iri import content_key
from kg.model import ClaimGraph, Document, Failure
from kg.pipeline import Pipeline
from kg.readers.limits import MAX_CHARACTERS
from kg.resolve import told_apart
from kg.shards.tables import write_tables

FORM = 2  # of the tables: another form is another setup
STAGE = "limit"
IDENTITY = (
    "iri", "title", "published", "publisher", "language", "script", "source", "digest", "url",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setup:
    """What the graph of a document hangs on but for the document, and how far one may go.

    ``model`` and ``apart`` are those of :class:`kg.pipeline.Pipeline`; ``characters`` the longest
    text; ``seconds`` the time that one document may take (None: any). What changes only some
    documents, or whether they are read, is no part of the key.
    ``expendable``: the process may end itself where a native library does not come back.
    """

    model: str | None = None
    apart: tuple[tuple[str, str], ...] = ()
    characters: int = MAX_CHARACTERS
    seconds: float | None = None
    expendable: bool = False

    @property
    def key(self) -> str:
        """Of version, ontology and model, which change what is read from any document."""
        return content_key(FORM, __version__, ontology_digest(), self.model)


@dataclass(frozen=True, slots=True)
class Shard:
    """The tables of the documents that could be read, as Parquet files, and those that could not.

    ``documents`` are the fingerprints of those in the tables.
    """

    tables: dict[str, bytes]
    documents: tuple[str, ...]
    failures: tuple[Failure, ...] = ()


def read_batch(setup: Setup, batch: Sequence[Document]) -> Shard:
    """The shard of *batch*; a document over its limits is a failure and not in the tables."""
    pipeline = _pipeline(setup.model)
    read = [_read(pipeline, setup, document) for document in batch]
    graphs = [one for one in read if isinstance(one, ClaimGraph)]
    return make_shard(
        setup.key,
        {fingerprint(graph.documents[0], setup.apart): graph for graph in graphs},
        [one for one in read if isinstance(one, Failure)],
    )


def make_shard(
    setup: str, graphs: Mapping[str, ClaimGraph], failures: Sequence[Failure] = ()
) -> Shard:
    """The shard of *graphs* by fingerprint, each of one document, made by the setup of this key."""
    return Shard(write_tables(graphs, setup), tuple(graphs), tuple(failures))


def fingerprint(document: Document, apart: Iterable[tuple[str, str]] = ()) -> str:
    """A key of what the graph of *document* hangs on beside the setup of all.

    That is all that is known of it (of its text the digest), and those of the pairs *apart* that
    it tells of.
    """
    told = told_apart(document.text, apart)
    return content_key([getattr(document, name) for name in IDENTITY], told, length=32)


def _read(pipeline: Pipeline, setup: Setup, document: Document) -> ClaimGraph | Failure:
    name = document.source or document.iri
    if len(document.text) > setup.characters:
        long = f"{len(document.text):,} characters, more than {setup.characters:,}: split it"
        return Failure(name, STAGE, long)
    try:
        with time_limit(setup.seconds, expendable=setup.expendable):
            return pipeline.read(document, setup.apart)
    except TimeIsUp:
        return Failure(name, STAGE, f"it took more than {setup.seconds:g} s: split it")


@cache
def _pipeline(model: str | None) -> Pipeline:
    """Loaded once a process, with the first batch."""
    return Pipeline(model)
