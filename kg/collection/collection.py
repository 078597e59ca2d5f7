"""A graph that lives in a store: documents come, are corrected and go, readers judge.

What the store shows is a function of the set of its documents, each as the graph that it gives
alone, and of the readers' verdicts: in whatever order they came. Every change is one step of the
store, which happens wholly or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Literal

from kg.artefacts import current_run
from kg.collection.books import FORMAT, Books, settings_quads, verdict_quads
from kg.collection.entries import Held
from kg.collection.reading import Read, Reading, read_again
from kg.collection.touched import touched
from kg.collection.writing import step, whole
from kg.errors import GraphError, InputError, StoreBusy
from kg.joining import join_graphs, join_judged
from kg.model import ClaimGraph, Document, Failure
from kg.ontology import load_ontology
from kg.rdf import RunInfo
from kg.rdf.schema import schema_quads
from kg.rdf.terms import Quad
from kg.resolve import Identity
from kg.store import BOOKS, Store, open_store
from kg.verdicts import Verdicts, verdict_rows, verdicts_of

State = Literal["new", "changed", "unchanged"]
_TRIES = 5


class Collection:
    """The documents of a *store*.

    *read* reads documents again where a verdict parts what a document joins (by default with the
    built-in pipeline); *run* is what is said to have read those that are put in. Raises GraphError
    for a store of another form.
    """

    def __init__(
        self, store: Store, *, write: bool = False, read: Read | None = None,
        run: RunInfo | None = None,
    ) -> None:  # fmt: skip
        self.store, self.books = store, Books(store)
        self.read, self.run = read or Reading(), run or current_run()
        found = self.books.setting("format")
        if found is None and write:
            store.add(contents({}, {}, Verdicts(), self.run))
        else:
            _check_format(found)
        if write and self.books.setting("made") != _made_by(self.run):
            self.rebuild()

    @classmethod
    def open(
        cls, place: str | Path, *, write: bool = False, read: Read | None = None,
        wait: float = 0.0, token: str | None = None,
    ) -> Collection:  # fmt: skip
        """The collection at *place*, a folder or a server; see :func:`kg.store.open_store`."""
        store = open_store(place, write=write, wait=wait, token=token)
        try:
            return cls(store, write=write, read=read)
        except BaseException:
            store.close()
            raise

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def __enter__(self) -> Collection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    # --- What there is -----------------------------------------------------------------------

    def documents(self) -> list[Document]:
        """The documents, without their texts, by IRI."""
        return [held.document for held in self.books.held().values()]

    def find(self, name: str) -> list[Document]:
        """The documents with this IRI, address, title or source."""
        found: dict[str, Held] = {}
        with suppress(ValueError):  # most names are no IRIs
            found = self.books.held([name])
        every = (held.document for held in (found or self.books.held()).values())
        return [d for d in every if name in (d.iri, d.url, d.title, d.source)]

    def graphs(self) -> Iterator[ClaimGraph]:
        """The graph of each document alone, with its text."""
        yield from self.books.graphs().values()

    @property
    def verdicts(self) -> Verdicts:
        """What readers judged."""
        return self.books.verdicts()

    def graph(self) -> ClaimGraph:
        """The graph of all documents, as readers judge it."""
        return join_graphs(list(self.graphs()), self.verdicts, load_ontology())

    def unjudged(self) -> ClaimGraph:
        """As :meth:`graph`, without the judgements of who is who: the books know the result."""
        graphs = self.books.graphs()
        moves = self.books.moves(graphs)
        identity = Identity(tuple(moves[iri] for iri in graphs))
        return join_judged(list(graphs.values()), identity, self.verdicts, load_ontology())

    def state(self, document: Document) -> State:
        """Whether *document* is new, there as it is, or there otherwise (or by another run)."""
        held = self.books.held([document.iri]).get(document.iri)
        if held is None:
            return "new"
        same = replace(document, text="", source=held.document.source) == held.document
        return "unchanged" if same and held.run == self.run else "changed"

    # --- Changing it -------------------------------------------------------------------------

    def put(self, *graphs: ClaimGraph) -> None:
        """Take in graphs of single documents, each in the place of what it was; in one step."""
        new = {graph.documents[0].iri: graph for graph in graphs}
        self._change(new)

    def remove(self, *documents: str) -> None:
        """Take documents, named by IRI, with all that they alone say, out; in one step."""
        missing = set(documents) - self.books.held(documents).keys()
        if missing:
            raise InputError(f"no document {min(missing)} is in the store: `kg stats` lists them")
        self._change({}, documents)

    def include(
        self, graphs: Mapping[str, ClaimGraph], runs: Mapping[str, RunInfo], verdicts: Verdicts
    ) -> tuple[Failure, ...]:
        """Take in many documents and their verdicts: everything is made anew.

        *runs* read them, under *verdicts*. Gives what :func:`read_again` failed at.
        """
        earlier = self.verdicts
        now = verdicts_of([*verdict_rows(earlier), *verdict_rows(verdicts)])
        stay = {iri: graph for iri, graph in self.books.graphs().items() if iri not in graphs}
        here, failed = read_again(stay, earlier, now, self.read)
        come, failed_too = read_again(graphs, verdicts, now, self.read)
        whole = {**here, **come}
        self._rewrite(whole, now, self.books.runs(whole) | dict(runs))
        return (*failed, *failed_too)

    def judge(self, verdicts: Verdicts) -> tuple[Failure, ...]:
        """Keep *verdicts* beside those that there are; the later of two on one thing stands.

        Gives what :func:`read_again` failed at.
        """
        earlier = self.verdicts
        now = verdicts_of([*verdict_rows(earlier), *verdict_rows(verdicts)])
        if now == earlier:
            return ()
        graphs, failed = read_again(self.books.graphs(), earlier, now, self.read)
        self._rewrite(graphs, now, self.books.runs(graphs))
        return failed

    def rebuild(self) -> None:
        """Compute everything but the records again: after a change of the program."""
        graphs = self.books.graphs()
        self._rewrite(graphs, self.verdicts, self.books.runs(graphs))

    def _change(self, new: Mapping[str, ClaimGraph], gone: Iterable[str] = ()) -> None:
        """One step of the store; on a server again, if somebody else changed it meanwhile."""
        for left in range(_TRIES, -1, -1):
            old = self.books.graphs({*new, *gone})
            found = touched(self.books, old, new, self.verdicts)
            runs = self.books.runs({*found.old, *found.patched}) | dict.fromkeys(new, self.run)
            try:
                self.store.change(*step(self.store, self.books, found, runs))
            except StoreBusy:
                if not left:
                    raise
            else:
                return

    def _rewrite(
        self, graphs: Mapping[str, ClaimGraph], verdicts: Verdicts, runs: Mapping[str, RunInfo]
    ) -> None:
        """Put everything anew, in one step."""
        now = contents(graphs, runs, verdicts, self.run)
        self.store.change([*self.store.quads(), *self.store.quads(BOOKS)], now)


def contents(
    graphs: Mapping[str, ClaimGraph],
    runs: Mapping[str, RunInfo],
    verdicts: Verdicts,
    run: RunInfo | None = None,
) -> Iterator[Quad]:
    """All quads of a store with these documents, which *runs* read; *run* writes it."""
    yield from verdict_quads(verdicts)
    yield from schema_quads()
    yield from whole(graphs, runs, verdicts)
    # Last: until they are there, what comes in several steps is taken for no collection.
    yield from settings_quads({"format": str(FORMAT), "made": _made_by(run or current_run())})


def _made_by(run: RunInfo) -> str:
    return f"{run.version} {run.ontology_digest}"


def _check_format(found: str | None) -> None:
    """Raise GraphError unless the books have the form that this version reads."""
    if found is None:
        raise GraphError("the store holds no Claimgraph: `kg build SOURCE --store` makes one")
    if not found.isdigit() or int(found) > FORMAT:
        raise GraphError(
            f"the store has form {found}, made by a newer version; this one reads {FORMAT}: "
            "update claimgraph"
        )
    if int(found) < FORMAT:
        raise GraphError(f"the store has form {found}, not {FORMAT}: run `kg migrate STORE`")
