"""Joined on disk, a corpus is what it is in memory: to the byte."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from corpora import SETUP, corpus, graph_of_one, several, shard_of
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import interchange
from kg.artefacts import current_run
from kg.errors import InputError
from kg.graph import Graph
from kg.iri import entity_iri
from kg.model import ClaimGraph, Judgement, Review
from kg.rdf import encode, serialise
from kg.shards import ShardFolder, join_shards, save_corpus
from kg.verdicts import Verdicts

RECORDS = {
    "documents.jsonl": interchange.documents_jsonl,
    "entities.jsonl": interchange.entities_jsonl,
    "claims.jsonl": interchange.claims_jsonl,
    "judgements.jsonl": interchange.judgements_jsonl,
    "why.jsonl": interchange.why_jsonl,
}


def sharded(out: Path, graphs: Sequence[ClaimGraph], size: int = 3) -> ShardFolder:
    folder = ShardFolder.open(out, SETUP.key)
    for start in range(0, len(graphs), size):
        folder.write(shard_of(graphs[start : start + size]))
    return folder


def quads(*files: Path) -> list[bytes]:
    return sorted(line for file in files for line in file.read_bytes().splitlines())


def assert_equal_in_memory(
    folder: ShardFolder, out: Path, verdicts: Verdicts | None = None
) -> None:
    summary, paths = save_corpus(folder, out, verdicts=verdicts)
    memory = join_shards(folder, verdicts)
    for name, lines in RECORDS.items():
        assert (out / name).read_bytes() == lines(memory), name
    whole = serialise(encode(memory, run=current_run()), "nq")
    assert quads(*(out / "rdf").glob("*")) == sorted(whole.splitlines())
    assert summary.counts["claims"] == len(memory.claims)
    assert summary.counts["entities"] == len(memory.entities)
    assert sum(summary.reasons.values()) == len(memory.drops)
    assert all(path.is_file() for path in paths)


def test_a_corpus_is_what_it_is_in_memory(tmp_path: Path) -> None:
    graphs = [graph_of_one(one) for one in corpus(10)]
    assert_equal_in_memory(sharded(tmp_path, graphs), tmp_path)


def different(left: str, right: str) -> Judgement:
    return Judgement(left, right, "different", 1.0, ("judged by a reader",), "x")


def test_so_are_the_judgements_of_readers_and_what_they_miss_is_told(tmp_path: Path) -> None:
    documents = corpus(4)
    folder = sharded(tmp_path, [graph_of_one(one) for one in documents])
    places = (different(f"{documents[0].iri}#甲", f"{documents[1].iri}#甲"),)
    known = different(entity_iri("甲"), entity_iri("d001"))
    gone = different(entity_iri("it's"), entity_iri("甲"))
    verdicts = Verdicts(pairs=(*places, known, gone))
    assert_equal_in_memory(folder, tmp_path, verdicts)
    assert "different as" in (tmp_path / "why.jsonl").read_text("utf-8")
    summary, _ = save_corpus(folder, tmp_path, verdicts=verdicts)
    assert [drop.quote for drop in summary.gone] == [f"{gone.left} {gone.right}"]


@settings(max_examples=12)
@given(texts=several, size=st.integers(1, 4))
def test_whatever_the_articles_say(
    texts: list[ClaimGraph], size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("corpus")
    assert_equal_in_memory(sharded(out, texts, size), out)


def test_it_does_not_hang_on_the_shards(tmp_path: Path) -> None:
    graphs = [graph_of_one(one) for one in corpus(9)]
    one = save_corpus(sharded(tmp_path / "a", graphs, 2), tmp_path / "a")
    other = save_corpus(sharded(tmp_path / "b", graphs[::-1], 4), tmp_path / "b")
    assert one[0].counts == other[0].counts
    rdf = [quads(*(tmp_path / name / "rdf").iterdir()) for name in "ab"]
    assert rdf[0] == rdf[1]


def test_a_smaller_corpus_leaves_nothing_of_a_larger_one(tmp_path: Path) -> None:
    graphs = [graph_of_one(one) for one in corpus(9)]
    folder = sharded(tmp_path, graphs)
    save_corpus(folder, tmp_path)
    assert len(list((tmp_path / "rdf").iterdir())) == 3
    folder.clear()
    save_corpus(sharded(tmp_path, graphs[:2]), tmp_path)
    assert len(list((tmp_path / "rdf").iterdir())) == 1
    Graph(ClaimGraph()).save(tmp_path, ["nq"])
    assert not (tmp_path / "rdf").exists()


@pytest.mark.parametrize(
    "verdicts",
    [
        Verdicts({"0123": Review("wrong", "x")}),
        Verdicts(pairs=(Judgement(entity_iri("甲"), entity_iri("乙"), "same", 1.0, (), "x"),)),
    ],
)
def test_verdicts_that_need_the_whole_graph_are_refused(tmp_path: Path, verdicts: Verdicts) -> None:
    folder = sharded(tmp_path, [graph_of_one(one) for one in corpus(2)])
    with pytest.raises(InputError, match="--in-memory"):
        save_corpus(folder, tmp_path, verdicts=verdicts)
    assert [path.name for path in tmp_path.iterdir()] == ["shards"]
