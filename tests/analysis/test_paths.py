"""How two entities are connected."""

from itertools import pairwise
from math import prod

import networkx as nx
import pytest
from claimgraphs import claim, entity, graph_of
from hypothesis import assume, given
from hypothesis import strategies as st
from networks import iri, large_network, network_of, networks, pair_apart, reordered

from kg.analysis import find_paths
from kg.errors import InputError, UnknownEntity
from kg.findings import Path, Step
from kg.network import project

A, B = iri("a"), iri("b")


def names(path: Path) -> str:
    ends = (path.steps[0].source, *(step.target for step in path.steps))
    return "".join(end.rpartition("/")[2] for end in ends)


def found(network: nx.MultiDiGraph, pair: str, k: int = 5) -> list[str]:
    return [names(path) for path in find_paths(network, iri(pair[0]), iri(pair[1]), k)]


def test_each_step_tells_the_claim_its_direction_and_sentence() -> None:
    first = claim("a", "kg:develops", "p", 0.8, quote="甲開發丁。")
    second = claim("b", "kg:uses", "p", 0.5, quote="乙使用丁。")
    network = project(graph_of([first, second], map(entity, "abp")))
    [path] = find_paths(network, A, B)
    p = iri("p")
    assert path.steps == (
        Step(A, p, "kg:develops", "開發", True, first.key, "甲開發丁。", 0.8),
        Step(p, B, "kg:uses", "使用", False, second.key, "乙使用丁。", 0.5),
    )
    assert path.confidence == pytest.approx(0.4)


def test_the_strongest_claim_proves_a_step_and_the_others_are_named() -> None:
    weak, strong = claim("a", "kg:owns", "b", 0.4), claim("b", "kg:supports", "a", 0.7)
    last = claim("a", "kg:uses", "b", 0.2)
    network = project(graph_of([weak, strong, last], map(entity, "ab")))
    [path] = find_paths(network, A, B)
    [step] = path.steps
    assert (step.claim, step.forward, step.confidence) == (strong.key, False, 0.7)
    assert step.others == (weak.key, last.key)


def test_shorter_first_then_more_confident() -> None:
    claims = [
        claim("a", "kg:owns", "b", 0.1),
        claim("a", "kg:owns", "c", 0.5),
        claim("c", "kg:owns", "b", 0.5),
        claim("a", "kg:owns", "d", 0.9),
        claim("d", "kg:owns", "b", 0.9),
        claim("c", "kg:owns", "d", 1.0),
    ]
    network = project(graph_of(claims, map(entity, "abcd")))
    # Of three steps: a-d-c-b has 0.9·1·0.5 and a-c-d-b 0.5·1·0.9, so names decide.
    assert found(network, "ab") == ["ab", "adb", "acb", "acdb", "adcb"]
    assert found(network, "ab", k=2) == ["ab", "adb"]


def test_all_shortest_paths_even_beyond_k() -> None:
    network = network_of("ac", "cb", "ad", "db", "ae", "eb", "cf", "fe")
    assert found(network, "ab", k=1) == ["acb", "adb", "aeb"]
    assert len(find_paths(network, A, B, 1, most=2)) == 2


def test_no_path_and_wrong_names() -> None:
    network = network_of("ab", "cd")
    assert find_paths(network, A, iri("c")) == ()
    with pytest.raises(UnknownEntity, match="not in the network"):
        find_paths(network, A, iri("z"))
    with pytest.raises(InputError, match="given twice"):
        find_paths(network, A, A)


@given(networks(), st.randoms(use_true_random=False))
def test_brute_force_agrees(network: nx.MultiDiGraph, random) -> None:
    assume({A, B} <= set(network))
    every = list(nx.all_simple_paths(nx.Graph(network), A, B))
    lengths = sorted(map(len, every))
    wanted = max(3, lengths.count(lengths[0])) if every else 0
    paths = find_paths(network, A, B, 3, most=1_000)
    assert [len(path.steps) + 1 for path in paths] == lengths[:wanted]
    assert len(set(paths)) == len(paths)
    assert find_paths(reordered(network, random), A, B, 3, most=1_000) == paths
    for path in paths:
        for step in path.steps:
            ends = (step.source, step.target) if step.forward else (step.target, step.source)
            assert network.edges[(*ends, step.claim)]["quote"] == step.quote


@pytest.mark.parametrize("steps", [1, 3, 5])
def test_networkx_agrees_on_a_large_network(steps: int) -> None:
    network = large_network()
    simple = nx.Graph(network)
    pair = pair_apart(simple, steps)
    every = nx.all_simple_paths(simple, *pair, cutoff=steps + 1)
    ranked = sorted((len(way), -confidence_of(simple, way), way) for way in every)
    paths = find_paths(network, *pair, k=len(ranked))
    assert [[path.steps[0].source, *(one.target for one in path.steps)] for path in paths] == [
        way for _, _, way in ranked
    ]


def confidence_of(simple: nx.Graph, way: list[str]) -> float:
    return prod(simple.edges[pair]["confidence"] for pair in pairwise(way))
