"""Build a graph, ask it, save it: what the command line and ``import kg`` share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg import artefacts
from kg.errors import GraphError, SourceError
from kg.model import Claim, ClaimGraph, Document, Drop, Entity, Failure, Judgement, ValidationReport

if TYPE_CHECKING:
    from networkx import MultiDiGraph

    from kg.collection.counting import Row
    from kg.evaluate import Gold, Report
    from kg.evaluate.judged import JudgedReport
    from kg.explain import Explanation
    from kg.findings import Analysis, Brokerage
    from kg.findings import Path as Way
    from kg.query import Answer
    from kg.store import Store

Source = str | Path
Progress = Callable[[Document | Failure], None]


@dataclass(frozen=True)
class Graph:
    """What a build knows, and what can be asked of it. The records are in :attr:`content`."""

    content: ClaimGraph

    @property
    def documents(self) -> tuple[Document, ...]:
        """The articles."""
        return self.content.documents

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities, events among them, by IRI."""
        return self.content.entities

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims, by key; only those with :attr:`Claim.is_fact` are stated as facts."""
        return self.content.claims

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The articles that could not be read or processed, and why."""
        return self.content.failures

    @cached_property
    def _views(self) -> artefacts.Views:
        return artefacts.Views(self.content)

    def entity(self, name: str) -> Entity:
        """The entity of this name in any script, IRI or CURIE; raises UnknownEntity."""
        from kg.lookup import get_entity

        return get_entity(self.content, name)

    def label(self, iri: str) -> str:
        """The name of an entity; an IRI that is none stays as it is."""
        entity = self._by_iri.get(iri)
        return entity.label if entity else iri

    @cached_property
    def _by_iri(self) -> dict[str, Entity]:
        return self.content.entity_by_iri()

    def unjudged(self) -> Graph:
        """The graph where it is not asked why two things are one: quicker to get from a store."""
        return self

    def copies(self) -> tuple[Judgement, ...]:
        """Which articles tell the story of another one."""
        from kg.corpus.copies import find_copies

        return find_copies(self.content)

    def claims_of(self, iri: str) -> tuple[Claim, ...]:
        """The claims in which the entity is subject or object, or which tell of the event."""
        return tuple(c for c in self.claims if iri in (c.subject, c.object, c.event))

    def to_networkx(self) -> MultiDiGraph:
        """The facts as a network: nodes are entity IRIs, edges are claim keys."""
        return self._views.network

    def analyse(self) -> Analysis:
        """Who is central, what belongs together, where the network could break."""
        return self._views.analysis

    def brokers(self, left: str = "", right: str = "") -> Brokerage | None:
        """Who stands between two entities, given by name; raises UnknownEntity.

        Without names: between the two most central organizations; None if there are not two.
        """
        from kg.analysis import find_brokers

        if not left and not right:
            return self._views.brokerage
        return find_brokers(self._views.network, self.entity(left).iri, self.entity(right).iri)

    def path(self, left: str, right: str, k: int = 5) -> tuple[Way, ...]:
        """The ways from one entity to another, by name, shortest first, each step with its claim.

        All shortest ways, and more up to *k*; empty if there is none. Raises UnknownEntity.
        """
        from kg.analysis import find_paths

        return find_paths(self._views.network, self.entity(left).iri, self.entity(right).iri, k)

    def analysis_json(self, between: tuple[str, str] | None = None) -> bytes:
        """``analysis.json``, for the two entities named or the two most central organizations."""
        from kg.analysis import to_json

        views = self._views
        if between is None:
            return to_json(views.analysis, views.brokerage, views.ways)
        return to_json(views.analysis, self.brokers(*between), self.path(*between))

    def explain(self, *words: str) -> tuple[Explanation, ...]:
        """Why a claim is there: its passages with subject, trigger and object marked.

        *words* are the (beginning of a) key, or subject, relation and object by name; all claims
        that fit are given. Raises InputError where none does, and UnknownEntity.
        """
        from kg.explain import explain

        return explain(self.content, *words)

    def query(self, question: str, /, **bindings: str) -> Answer:
        """The answer to a named question (``ontology/queries/``) or to a SPARQL text.

        *bindings* give variables a value: the name of an entity or relation, a CURIE or an IRI.
        Raises QueryError, also for what is refused (SERVICE, FROM, updates), and UnknownEntity.
        """
        from kg.query import run_query

        return run_query(self._store, question, bindings)

    @cached_property
    def _store(self) -> Store:
        from kg.store import open_memory

        return open_memory(self._views.quads)

    def count(self) -> list[Row]:
        """How many articles, entities and claims of each kind there are."""
        from kg.collection.counting import count

        return list(count(self._store))

    def list_documents(self) -> list[tuple[str, str, str, str, str]]:
        """IRI, date, publisher, title and source of each article, by date."""
        from kg.collection.counting import list_documents

        return list_documents(self._store)

    def page(self) -> bytes:
        """The page: one HTML file, offline."""
        return artefacts.make_page(self._views)

    def validate(self) -> ValidationReport:
        """What ``ontology/shapes.ttl`` says of the RDF form."""
        return self._views.validation

    def save(self, out: Source, formats: Collection[str] | None = None) -> list[Path]:
        """Write the artefacts (all, or those of *formats*) into the folder *out*, or none.

        The records, from which :func:`load` reads the graph again, are always written. Raises
        InputError for a folder with other files in it, ValidationError if the RDF violates the
        shapes.
        """
        return artefacts.write_files(Path(out), artefacts.make_files(self._views, formats))


def build(
    source: Source | Iterable[Source],
    *,
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
    model: str | None = None,
    judgements: Iterable[Source] = (),
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Graph:
    """Read articles and give their graph.

    *source* is a text, Markdown, HTML or JSONL file (``.gz`` too), a folder, ``-`` for standard
    input, or several of these. *published* (``YYYY-MM-DD``) is the date of them all, otherwise
    each tells its own; *title* and *url* are for a single article. *model* names an installed
    spaCy pipeline to take instead of the built-in one. *judgements* are files of readers'
    verdicts (:mod:`kg.verdicts`), which are honoured. *progress* is called with each article, or
    failure, as it is read.

    An article that cannot be read is one of :attr:`Graph.failures`; if none can be, SourceError
    is raised.
    """
    from kg.pipeline import Pipeline
    from kg.readers import iter_documents
    from kg.verdicts import read_verdicts

    verdicts = read_verdicts(map(Path, judgements))
    found = iter_documents(
        _as_sources(source), published=published, title=title, url=url,
        stdin=stdin or getattr(sys.stdin, "buffer", None),
    )  # fmt: skip
    failures: list[Failure] = []
    documents = _documents(found, failures, progress)
    pipeline = Pipeline(model)
    graph = pipeline.resolve(map(pipeline.process, documents), verdicts)
    if failures and not graph.documents:
        raise SourceError(f"no article could be read; the first: {failures[0].error}")
    return Graph(replace(graph, failures=(*failures, *graph.failures)))


def _as_sources(source: Source | Iterable[Source]) -> list[str]:
    return [str(source)] if isinstance(source, str | Path) else [str(one) for one in source]


def _documents(
    found: Iterable[Document | Failure], failures: list[Failure], progress: Progress | None
) -> Iterator[Document]:
    """The documents of *found*; the rest goes to *failures*."""
    for one in found:
        if progress:
            progress(one)
        if isinstance(one, Failure):
            failures.append(one)
        else:
            yield replace(one, source=artefacts.portable(one.source))


class UnjudgedGraph(Graph):
    """A graph that does not hold why two things are one; articles are compared when it matters."""

    def copies(self) -> tuple[Judgement, ...]:
        """As :meth:`Graph.copies`, from the texts."""
        from kg.corpus.copies import judge_copies

        return judge_copies(self.documents)


class StoredGraph(Graph):
    """The graph of the store at *place*, a folder or the address of a server.

    Its records are read, resolved and judged when they are first asked for. The store is open only
    while it is read, so that others can write.
    """

    place: Source

    def __init__(self, place: Source) -> None:
        object.__setattr__(self, "place", place)

    def __getattr__(self, name: str) -> ClaimGraph:
        from kg.collection import Collection

        if name != "content":
            raise AttributeError(name)
        with Collection.open(self.place) as collection:
            object.__setattr__(self, name, collection.graph())
        return self.content

    def unjudged(self) -> Graph:
        """As :meth:`Graph.unjudged`: who is who is taken from the store's books."""
        from kg.collection import Collection

        with Collection.open(self.place) as collection:
            return UnjudgedGraph(collection.unjudged())

    def query(self, question: str, /, **bindings: str) -> Answer:
        """As :meth:`Graph.query`, of the store itself."""
        from kg.query import run_query

        with self._opened() as store:
            return run_query(store, question, bindings)

    def count(self) -> list[Row]:
        """As :meth:`Graph.count`, of the store itself."""
        from kg.collection.counting import count

        with self._opened() as store:
            return list(count(store))

    def list_documents(self) -> list[tuple[str, str, str, str, str]]:
        """As :meth:`Graph.list_documents`, of the store itself."""
        from kg.collection.counting import list_documents

        with self._opened() as store:
            return list_documents(store)

    def validate(self) -> ValidationReport:
        """What ``ontology/shapes.ttl`` says of what the store holds."""
        from kg.rdf import validate as check

        with self._opened() as store:
            return check(store.quads())

    def _opened(self) -> closing[Store]:
        from kg.store import open_store

        return closing(open_store(self.place))


def load(folder: Source) -> Graph:
    """The graph that was saved in *folder*, or that lives in a store.

    *folder* is that of a build or of a store, or the address of a SPARQL server. Raises GraphError
    where there is none, StoreError and StoreBusy for a store that cannot be read.
    """
    from kg.interchange import read_graph
    from kg.store.opening import is_store

    if is_store(folder):
        return StoredGraph(folder)
    graph = read_graph(Path(folder))
    if not (Path(folder) / artefacts.MANIFEST).is_file():
        return Graph(graph)
    manifest = artefacts.read_manifest(Path(folder))
    try:
        drops = tuple(Drop(**row) for row in manifest["dropped"])
        failures = tuple(Failure(**row) for row in manifest["failures"])
        return Graph(replace(graph, counts=manifest["counts"], drops=drops, failures=failures))
    except (KeyError, TypeError) as error:
        raise GraphError(f"{folder}/manifest.json is damaged ({error}): build again") from error


def validate(source: Source) -> ValidationReport:
    """What ``ontology/shapes.ttl`` says of an RDF file, or of the RDF in a build or a store."""
    from kg.rdf import validate as check
    from kg.rdf.read import read_quads
    from kg.store.opening import is_store

    if is_store(source):
        return load(source).validate()
    path = Path(source)
    if not path.is_dir():
        return check(read_quads(path))
    written = [path / name for name in ("graph.nq", "graph.trig", "graph.ttl")]
    found = [file for file in written if file.is_file()]
    return check(read_quads(found[0])) if found else load(path).validate()


def evaluate(source: Source, gold: Sequence[Path], *, model: str | None = None) -> Report:
    """Score a saved graph, or articles built one by one with their gold's date, against gold."""
    from kg.evaluate import evaluate as score
    from kg.evaluate import evaluate_folder, load_gold

    golds = [load_gold(path) for path in gold]
    if artefacts.is_build(Path(source)):
        return evaluate_folder(load(source).content, golds)
    return score(list(_build_each(source, golds, model)))


def evaluate_judged(source: Source, judgements: Sequence[Path]) -> JudgedReport:
    """How many of the claims of a saved graph that readers judged are right."""
    from kg.evaluate.judged import score_judged
    from kg.verdicts import read_verdicts

    return score_judged(load(source).content, read_verdicts(judgements))


def _build_each(
    source: Source, golds: Sequence[Gold], model: str | None
) -> Iterator[tuple[ClaimGraph, Gold]]:
    from kg.evaluate import find_document
    from kg.pipeline import Pipeline
    from kg.readers import iter_documents

    found = iter_documents(_as_sources(source), published=None, title=None, url=None, stdin=None)
    articles = ClaimGraph(tuple(one for one in found if isinstance(one, Document)))
    pipeline = Pipeline(model)
    for gold in golds:
        document = find_document(articles, gold)
        document = replace(document, published=gold.published or document.published)
        yield pipeline.resolve([pipeline.process(document)]), gold
