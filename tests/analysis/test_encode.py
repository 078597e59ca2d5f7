"""analysis.json."""

import json
import os
import subprocess
import sys
from pathlib import Path

from claimgraphs import claim, entity, graph_of
from networks import iri, network_of

from kg.analysis import analyse, find_brokers, find_paths, to_json
from kg.network import project

TESTS = Path(__file__).resolve().parent.parent
SCRIPT = """
from claimgraphs import linked
from kg.analysis import analyse, find_brokers, find_paths, to_json
from kg.iri import entity_iri
from kg.network import project, to_gexf, to_graphml
network = project(linked("ab", "bc", "ca", "cd", "de", "ef", "fd", "gh", "ag", "bh", "xy"))
pair = entity_iri("a"), entity_iri("f")
found = analyse(network), find_brokers(network, *pair), find_paths(network, *pair)
import sys
sys.stdout.buffer.write(to_json(*found) + to_graphml(network) + to_gexf(network))
"""


def test_network_pair_and_paths() -> None:
    network = network_of("ab", "bc")
    pair = iri("a"), iri("c")
    text = to_json(analyse(network), find_brokers(network, *pair), find_paths(network, *pair))
    found = json.loads(text)
    assert found["pair"]["brokers"] == [{"iri": iri("b"), "share": 1.0, "ways": 1, "without": None}]
    assert [step["target"] for step in found["paths"][0]["steps"]] == [iri("b"), iri("c")]
    assert found["paths"][0]["confidence"] == 0.81
    assert [row["label"] for row in found["network"]["nodes"]] == ["b", "a", "c"]
    assert text.endswith(b"}\n")


def test_without_a_pair() -> None:
    found = json.loads(to_json(analyse(project(graph_of()))))
    assert found == {
        "network": {
            "bridges": [],
            "claims": 0,
            "communities": [],
            "components": [],
            "density": 0,
            "modularity": 0.0,
            "nodes": [],
        },
        "pair": None,
        "paths": [],
    }


def test_six_digits_and_sorted_keys() -> None:
    network = project(graph_of([claim("a", "kg:owns", "b", 1 / 3)], map(entity, "ab")))
    text = to_json(analyse(network), None, find_paths(network, iri("a"), iri("b"))).decode()
    assert '"confidence": 0.333333,' in text
    assert text.index('"network"') < text.index('"pair"') < text.index('"paths"')


def test_a_lone_surrogate_is_written_as_something() -> None:
    bad = entity("a", labels={"zh-Hant": "甲\ud800"})
    assert "甲" in to_json(analyse(project(graph_of([], [bad])))).decode("utf-8")


def run(seed: str) -> bytes:
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(TESTS)}
    return subprocess.run(
        [sys.executable, "-c", SCRIPT], env=env, cwd=TESTS.parent, capture_output=True, check=True
    ).stdout


def test_two_processes_give_the_same_bytes() -> None:
    first = run("1")
    assert len(first) > 5_000
    assert run("2") == first
