"""A collection: what it holds, tells and refuses, on each kind of store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from document_graphs import Told, document_graph
from sparql_server import running_oxigraph
from work import steps

from kg.collection import Collection
from kg.collection.books import FORMAT, Books, settings_quads
from kg.collection.collection import contents
from kg.collection.reading import STAGE
from kg.collection.taking import take_graphs
from kg.errors import GraphError, InputError
from kg.iri import entity_iri
from kg.joining import join_graphs
from kg.model import ClaimGraph, Document, Failure, Judgement, Review, Verdict
from kg.ontology import load_ontology
from kg.rdf import RunInfo, serialise
from kg.store import BOOKS, MemoryStore, Store, open_store
from kg.verdicts import REASON, Verdicts

ONE = document_graph(1, [Told("星河科技", "kg:partnerOf", "藍峰")])
TWO = document_graph(2, [Told("藍峰", "kg:partnerOf", "星河科技"), Told("藍峰", "kg:owns", "雲橋")])
NEWER = document_graph(1, [Told("星河科技", "kg:owns", "藍峰")], edition=2)


@pytest.fixture(params=["memory", "disk", "remote"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Opens the same store of a kind, again and again."""
    if request.param == "remote":
        with running_oxigraph() as url:
            yield lambda: open_store(url)
    elif request.param == "disk":
        yield lambda: open_store(tmp_path / "store", write=True)
    else:
        kept = MemoryStore()
        kept.close = lambda: None  # type: ignore[method-assign]
        yield lambda: kept


def shown(store: Store) -> bytes:
    return serialise(store.quads(), "nq")


def test_what_is_put_is_there_when_it_is_opened_again(make: Callable[[], Store]) -> None:
    with Collection(make(), write=True) as collection:
        collection.put(ONE)
        collection.put(TWO)
    with Collection(make()) as collection:
        assert list(collection.graphs()) == sorted([ONE, TWO], key=lambda g: g.documents[0].iri)
        assert [d.url for d in collection.documents()] == [
            g.documents[0].url for g in collection.graphs()
        ]
        assert collection.graph() == join_graphs([ONE, TWO], Verdicts(), load_ontology())


def test_each_way_gives_the_same_store(make: Callable[[], Store]) -> None:
    with Collection(make(), write=True) as collection:
        collection.put(NEWER)
        collection.put(TWO)
        collection.put(ONE)
        collection.put(ONE)
        collection.remove(TWO.documents[0].iri)
        collection.put(TWO)
        found = shown(collection.store), serialise(collection.store.quads(BOOKS), "nq")
        runs = {g.documents[0].iri: collection.run for g in (ONE, TWO)}
    graphs = {g.documents[0].iri: g for g in (ONE, TWO)}
    expected = MemoryStore(contents(graphs, runs, Verdicts()))
    assert found == (shown(expected), serialise(expected.quads(BOOKS), "nq"))


def test_the_state_of_a_document() -> None:
    collection = Collection(MemoryStore(), write=True)
    document = ONE.documents[0]
    assert collection.state(document) == "new"
    collection.put(ONE)
    assert collection.state(document) == "unchanged"
    assert collection.state(replace(document, source="elsewhere.txt")) == "unchanged"
    assert collection.state(NEWER.documents[0]) == "changed"
    assert collection.state(replace(document, title="another")) == "changed"
    later = Collection(collection.store, run=RunInfo("9.9"))
    assert later.state(document) == "changed"


def test_removing_what_is_not_there_changes_nothing() -> None:
    collection = Collection(MemoryStore(), write=True)
    collection.put(ONE)
    before = shown(collection.store)
    with pytest.raises(InputError, match=r"no document .* is in the store"):
        collection.remove(ONE.documents[0].iri, TWO.documents[0].iri)
    assert shown(collection.store) == before


def test_a_claim_of_two_documents_pools_its_evidence() -> None:
    collection = Collection(MemoryStore(), write=True)
    collection.put(ONE, TWO)
    question = (
        "SELECT DISTINCT ?confidence { ?c kg:predicate kg:partnerOf ; kg:confidence ?confidence }"
    )
    assert "0.96" in str(collection.store.query(question))
    collection.remove(TWO.documents[0].iri)
    assert "0.8" in str(collection.store.query(question))
    assert "0.96" not in str(collection.store.query(question))


def test_who_is_who_is_known_without_judging_it_again() -> None:
    collection = Collection(MemoryStore(), write=True)
    collection.put(ONE)
    collection.put(document_graph(3, [Told("蓝峰", "kg:owns", "云桥")], script="Hans"), TWO)
    found: list[ClaimGraph] = []
    counts = steps(lambda: found.append(collection.unjudged()))
    assert found == [replace(collection.graph(), judgements=found[0].judgements)]
    assert {e.label for e in found[0].entities} == {"星河科技", "藍峰", "雲橋"}
    assert counts["across.judge"] == 0


def test_verdicts_stay_and_hold_for_what_comes_later() -> None:
    collection = Collection(MemoryStore(), write=True)
    collection.put(ONE)
    (claim,) = collection.graph().claims
    collection.judge(Verdicts({claim.key: Review("wrong", "R")}))
    collection.put(TWO)
    again = Collection(collection.store)
    assert again.verdicts.claims == {claim.key: Review("wrong", "R")}
    rejected = [c for c in again.graph().claims if c.is_rejected]
    assert [c.key for c in rejected] == [claim.key]
    assert again.store.query(f"ASK {{ <{claim.subject}> kg:partnerOf <{claim.object}> }}") is False


def pair(left: str, right: str, verdict: Verdict) -> Verdicts:
    ends = sorted((left, right))
    return Verdicts(pairs=(Judgement(ends[0], ends[1], verdict, 1.0, (REASON,), "R"),))


def test_of_undated_verdicts_the_last_given_stands() -> None:
    collection = Collection(MemoryStore(), write=True, read=lambda *_: ONE)
    ends = entity_iri("星河科技"), entity_iri("藍峰")
    collection.put(ONE)
    for verdict, count in (("same", 1), ("different", 2), ("same", 1)):
        collection.judge(pair(*ends, verdict))  # type: ignore[arg-type]
        assert len(collection.graph().entities) == count


def test_a_verdict_that_parts_two_has_their_documents_read_again() -> None:
    asked: list[tuple[str, object]] = []

    def read(document: Document, apart: object) -> ClaimGraph:
        asked.append((document.iri, apart))
        return NEWER

    collection = Collection(MemoryStore(), write=True, read=read)
    third = document_graph(3, [Told("雲橋", "kg:owns", "北鎮")])
    collection.put(ONE, third)
    collection.judge(pair("https://example.org/a", "https://example.org/b", "different"))
    collection.judge(pair(entity_iri("星河科技"), entity_iri("雲橋"), "different"))
    assert asked == []
    collection.judge(pair(entity_iri("星河科技"), entity_iri("藍峰"), "different"))
    assert [iri for iri, _ in asked] == [ONE.documents[0].iri]
    assert list(collection.graphs()) == sorted([NEWER, third], key=lambda g: g.documents[0].iri)


def test_what_cannot_be_read_again_stays_as_it_is_and_is_told() -> None:
    failure = Failure("1.txt", "process", "KeyError: 3")
    collection = Collection(
        MemoryStore(), write=True, read=lambda d, _: ClaimGraph((d,), failures=(failure,))
    )
    collection.put(ONE)
    parted = pair(entity_iri("星河科技"), entity_iri("藍峰"), "different")
    assert collection.judge(parted) == (replace(failure, stage=STAGE),)
    assert collection.verdicts == parted
    assert list(collection.graphs()) == [ONE]
    other = document_graph(3, [Told("星河科技", "kg:owns", "藍峰")])
    come = {other.documents[0].iri: other}
    runs = dict.fromkeys(come, collection.run)
    assert collection.include(come, runs, Verdicts()) == (replace(failure, stage=STAGE),)
    assert other in collection.graphs()
    (told,) = take_graphs(collection, [NEWER], Verdicts())
    assert (told.state, told.failure) == ("failed", replace(failure, stage=STAGE))
    assert NEWER not in collection.graphs()


def test_what_comes_is_read_again_where_verdicts_here_part_what_it_joins() -> None:
    asked: list[str] = []

    def read(document: Document, _: object) -> ClaimGraph:
        asked.append(document.iri)
        return NEWER

    collection = Collection(MemoryStore(), write=True, read=read)
    collection.judge(pair(entity_iri("星河科技"), entity_iri("藍峰"), "different"))
    third = document_graph(3, [Told("雲橋", "kg:owns", "北鎮")])
    come = {graph.documents[0].iri: graph for graph in (ONE, third)}
    collection.include(come, dict.fromkeys(come, collection.run), Verdicts())
    assert asked == [ONE.documents[0].iri]
    assert NEWER in collection.graphs()


def test_what_was_read_under_the_same_verdicts_is_not_read_again() -> None:
    parted = pair(entity_iri("星河科技"), entity_iri("藍峰"), "different")
    collection = Collection(MemoryStore(), write=True, read=lambda *_: NEWER)
    collection.judge(parted)
    assert [one.state for one in take_graphs(collection, [ONE], parted)] == ["new"]
    assert list(collection.graphs()) == [ONE]


def test_graphs_that_could_not_be_read_are_told() -> None:
    failure = Failure("a.txt", "extract", "too hard")
    broken = replace(TWO, failures=(failure,))
    collection = Collection(MemoryStore(), write=True)
    found = list(take_graphs(collection, [ONE, broken], Verdicts()))
    assert [one.state for one in found] == ["new", "failed"]
    assert found[1].failure == failure


def test_a_new_version_computes_all_anew() -> None:
    collection = Collection(MemoryStore(), write=True, run=RunInfo("1"))
    collection.put(ONE)
    before = shown(collection.store)
    later = Collection(collection.store, write=True, run=RunInfo("2"))
    assert Books(later.store).setting("made") == "2 "
    assert shown(later.store) == before
    assert later.state(ONE.documents[0]) == "changed"


def test_a_store_without_a_collection_is_told() -> None:
    with pytest.raises(GraphError, match="holds no Claimgraph"):
        Collection(MemoryStore())


@pytest.mark.parametrize("form", [str(FORMAT + 1), "x"])
def test_a_newer_form_is_refused_and_left_alone(form: str) -> None:
    store = MemoryStore()
    store.add(settings_quads({"format": form}))
    before = list(store.quads(BOOKS))
    for write in (False, True):
        with pytest.raises(GraphError, match=f"form {form}, made by a newer version.*update"):
            Collection(store, write=write)
    assert list(store.quads(BOOKS)) == before
