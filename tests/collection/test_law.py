"""What a store shows is a function of its documents and verdicts, however they came."""

from __future__ import annotations

from typing import Literal

from document_graphs import Told, document_graph
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from kg.collection import Collection
from kg.iri import entity_iri
from kg.model import ClaimGraph, Judgement, Review
from kg.rdf import RunInfo, serialise
from kg.store import BOOKS, MemoryStore
from kg.verdicts import REASON, Verdicts

NAMES = ["藍峰", "蓝峰", "星河科技", "星河", "北鎮"]
RUN = RunInfo("1", ontology_digest="x")

told = st.builds(
    Told,
    subject=st.sampled_from(NAMES),
    predicate=st.sampled_from(["kg:partnerOf", "kg:owns", "kg:supports"]),
    object=st.sampled_from(NAMES),
    dated=st.booleans(),
    modality=st.sampled_from(["actual", "planned"]),
    event=st.booleans(),
    score=st.sampled_from([0.5, 0.8]),
).filter(lambda t: t.subject != t.object)
metric = st.builds(Told, st.sampled_from(NAMES), st.just("kg:hasMetric"), st.sampled_from([5, 7]))
classes = st.dictionaries(
    st.sampled_from(NAMES),
    st.sampled_from(["kg:Company", "kg:Organization", "kg:Person"]),
    max_size=2,
)
graphs = st.builds(
    document_graph,
    st.integers(0, 4),
    st.lists(told | metric, min_size=1, max_size=6),
    script=st.sampled_from(["Hant", "Hans"]),
    classes=classes,
    also=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["星河", "峰", "鎮"]), max_size=2),
    edition=st.integers(1, 2),
)
pair = st.lists(st.sampled_from(NAMES[:3]), min_size=2, max_size=2, unique=True).map(sorted)
Step = ClaimGraph | int | tuple[list[str], Literal["same", "different"]] | bool
steps = st.lists(
    graphs
    | st.integers(0, 4)
    | st.tuples(pair, st.sampled_from(["same", "different"]))
    | st.booleans(),
    min_size=1,
    max_size=8,
)  # fmt: skip


def collecting(held: dict[str, ClaimGraph]) -> Collection:
    """An empty collection; a document that it reads again gives what it gave."""
    return Collection(MemoryStore(), write=True, read=lambda d, _: held[d.iri], run=RUN)


def fresh(held: dict[str, ClaimGraph], verdicts: Verdicts) -> Collection:
    collection = collecting(held)
    collection._rewrite(held, verdicts, dict.fromkeys(held, RUN))
    return collection


def content(collection: Collection) -> tuple[bytes, bytes]:
    store = collection.store
    return serialise(store.quads(), "nq"), serialise(store.quads(BOOKS), "nq")


def shown(collection: Collection) -> set[str]:
    answer = collection.store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(answer, tuple)
    return set(map(str, answer))


def take(collection: Collection, step: Step, held: dict[str, ClaimGraph]) -> None:
    """One step, in the collection and in *held*, which says what must be there."""
    if isinstance(step, ClaimGraph):
        held[step.documents[0].iri] = step
        collection.put(step)
    elif isinstance(step, bool):
        claims = [claim for graph in held.values() for claim in graph.claims]
        ruling = "wrong" if step else "right"
        keys = sorted(claim.key for claim in claims)[:1]
        collection.judge(Verdicts({key: Review(ruling, "R") for key in keys}))
    elif isinstance(step, int):
        gone = sorted(held)[step : step + 1]
        if gone:
            del held[gone[0]]
            collection.remove(*gone)
    else:
        (left, right), verdict = step
        ends = sorted((entity_iri(left), entity_iri(right)))
        one = Judgement(ends[0], ends[1], verdict, 1.0, (REASON,), "R")
        collection.judge(Verdicts(pairs=(one,)))


def test_the_class_of_most_documents_stands() -> None:
    """Equal sayings of many documents weigh as many."""
    held: dict[str, ClaimGraph] = {}
    collection = collecting(held)
    owns = [Told("藍峰", "kg:owns", "北鎮")]
    taken = [document_graph(n, owns, classes={"藍峰": "kg:Person"}) for n in range(3)]
    taken += [document_graph(n, owns) for n in range(3, 5)]
    for step in (*taken, *taken[:2][::-1]):
        take(collection, step, held)
        expected = fresh(dict(sorted(held.items())), collection.verdicts)
        assert content(collection) == content(expected)
    take(collection, 0, held)
    take(collection, 0, held)
    assert content(collection) == content(fresh(dict(sorted(held.items())), collection.verdicts))


@given(steps)
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_any_way_to_a_state_gives_that_state(taken: list[Step]) -> None:
    held: dict[str, ClaimGraph] = {}
    collection = collecting(held)
    for step in taken:
        event(type(step).__name__)
        take(collection, step, held)
        expected = fresh(dict(sorted(held.items())), collection.verdicts)
        assert content(collection) == content(expected)
        assert shown(collection) == shown(expected)
