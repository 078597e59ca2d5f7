"""From an older form to this one."""

from __future__ import annotations

from pathlib import Path

import pytest
from document_graphs import Told, document_graph

from kg.artefacts import current_run
from kg.collection import Collection
from kg.collection.archive import Archive
from kg.collection.books import FORMAT, settings_quads
from kg.collection.entries import entry
from kg.collection.migrate import migrate
from kg.errors import GraphError
from kg.interchange import dump_record, load_record
from kg.rdf.terms import Quad, node, text
from kg.store import BOOKS, DiskStore, Store

GRAPH = document_graph(1, [Told("星河科技", "kg:partnerOf", "藍峰")])
IRI = GRAPH.documents[0].iri


def write_form_0(folder: Path) -> None:
    """A store as a form before the first might have been: plain records and nothing else."""
    store = DiskStore(folder, write=True)
    line = dump_record(GRAPH).decode()
    store.add(settings_quads({"format": "0"}))
    store.add([Quad(node(IRI), node(entry("line")), text(line), node(BOOKS))])
    store.close()


def read_form_0(store: Store) -> Archive:
    lines = [q.object.value for q in store.quads(BOOKS) if q.predicate.value == entry("line")]
    graphs = {g.documents[0].iri: g for g in (load_record(line.encode()) for line in lines)}
    return Archive(graphs, dict.fromkeys(graphs, current_run()))


def test_an_older_store_is_told_brought_on_and_then_is_as_one_made_now(tmp_path: Path) -> None:
    write_form_0(tmp_path / "store")
    with pytest.raises(GraphError, match=rf"has form 0, not {FORMAT}: run `kg migrate STORE`"):
        Collection.open(tmp_path / "store", write=True)
    assert migrate(tmp_path / "store", readers={0: read_form_0}) == (0, FORMAT)
    assert migrate(tmp_path / "store") == (FORMAT, FORMAT)
    with Collection.open(tmp_path / "new", write=True) as new:
        new.put(GRAPH)
        expected = set(new.store.quads()) | set(new.store.quads(BOOKS))
    with Collection.open(tmp_path / "store") as brought:
        assert list(brought.graphs()) == [GRAPH]
        assert set(brought.store.quads()) | set(brought.store.quads(BOOKS)) == expected


def test_where_no_way_leads_nothing_is_changed(tmp_path: Path) -> None:
    write_form_0(tmp_path / "store")
    with pytest.raises(GraphError, match="from which no way leads"):
        migrate(tmp_path / "store")
    store = DiskStore(tmp_path / "store")
    assert len(list(store.quads(BOOKS))) == 2
    store.close()
