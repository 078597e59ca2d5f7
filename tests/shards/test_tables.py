"""Graphs to Parquet tables and back."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from corpora import corpus, graph_of_one
from hypothesis import given
from hypothesis import strategies as st

from kg.model import (
    Claim,
    ClaimGraph,
    Document,
    Drop,
    Entity,
    EntityMention,
    Evidence,
    Failure,
    Judgement,
    Measure,
    Quantity,
    Reason,
    Span,
)
from kg.shards.tables import SCHEMAS, read_marks, read_tables, write_tables

DOCUMENT = corpus(1)[0]
NUMBERS = st.floats(allow_nan=False)
SPANS = st.builds(Span, st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1))
MEASURES = st.builds(
    Measure, st.text(), st.builds(Quantity, value=NUMBERS, max=NUMBERS | st.none())
)
EVIDENCE = st.builds(Evidence, span=SPANS, score=NUMBERS)
CLAIMS = st.builds(
    Claim,
    object=st.text() | MEASURES,
    evidence=st.lists(EVIDENCE, max_size=3).map(tuple),
    confidence=NUMBERS,
    reasons=st.lists(st.builds(Reason, factor=NUMBERS), max_size=2).map(tuple),
)
MENTIONS = st.builds(EntityMention, document=st.just(DOCUMENT.iri), span=SPANS)
ENTITIES = st.builds(Entity, mentions=st.lists(MENTIONS, max_size=3).map(tuple))


def numbered(graphs: list[ClaimGraph]) -> dict[str, ClaimGraph]:
    return {str(number): graph for number, graph in enumerate(graphs)}


def again(graphs: list[ClaimGraph]) -> list[ClaimGraph]:
    files = write_tables(numbered(graphs))
    return list(read_tables({n: pq.read_table(io.BytesIO(files[n])) for n in SCHEMAS}))


@given(
    st.builds(
        ClaimGraph,
        documents=st.builds(Document).map(lambda one: (replace(one, iri=DOCUMENT.iri),)),
        entities=st.lists(ENTITIES, max_size=3, unique_by=lambda e: e.iri).map(tuple),
        claims=st.lists(CLAIMS, max_size=3).map(tuple),
        judgements=st.lists(st.builds(Judgement, score=NUMBERS), max_size=3).map(tuple),
        drops=st.lists(st.builds(Drop), max_size=2).map(tuple),
        failures=st.lists(st.builds(Failure), max_size=2).map(tuple),
        counts=st.dictionaries(st.text(), st.integers(0, 2**60), max_size=3),
    )
)
def test_what_is_read_is_what_was_written(graph: ClaimGraph) -> None:
    assert again([graph]) == [graph]


def test_each_document_has_its_own_graph() -> None:
    graphs = [graph_of_one(one) for one in corpus(5)]
    assert again(graphs) == graphs


def test_equal_graphs_give_equal_files() -> None:
    graphs = numbered([graph_of_one(one) for one in corpus(3)])
    assert write_tables(graphs, "s") == write_tables(graphs, "s")


def test_a_file_tells_its_setup_and_which_documents_it_holds(tmp_path: Path) -> None:
    files = write_tables(numbered([graph_of_one(one) for one in corpus(3)]), "s")
    for name in SCHEMAS:
        path = tmp_path / name
        path.write_bytes(files[name])
        assert read_marks(path) == ("s", ["0", "1", "2"])
    pq.write_table(pa.table({"iri": []}), tmp_path / "other")
    assert read_marks(tmp_path / "other") == ("", [])


@pytest.mark.parametrize("name", SCHEMAS)
def test_no_graph_is_a_table_without_rows(name: str) -> None:
    table = pq.read_table(io.BytesIO(write_tables({}, "s")[name]))
    assert (table.num_rows, table.schema.metadata) == (0, {b"setup": b"s", b"documents": b""})
