"""Who stands between two entities."""

import networkx as nx
import pytest
from claimgraphs import claim, entity, graph_of
from hypothesis import assume, given
from networks import iri, large_network, network_of, networks, pair_apart

from kg.analysis import analyse, default_pair, find_brokers
from kg.errors import InputError, UnknownEntity
from kg.findings import Broker, Brokerage
from kg.network import project

A, B, C, D, E = map(iri, "abcde")


def test_the_one_in_the_middle() -> None:
    found = find_brokers(network_of("ab", "bc"), A, C)
    assert found == Brokerage(A, C, 2, 3, 1, (Broker(B, 1, 1.0, None),))


def test_two_ways_and_a_link_between_them() -> None:
    # a-b-d, a-c-d, a-b-c-d, a-c-b-d.
    found = find_brokers(network_of("ab", "bd", "ac", "cd", "bc"), A, D)
    assert found == Brokerage(A, D, 2, 3, 4, (Broker(B, 3, 0.75, 2), Broker(C, 3, 0.75, 2)))


def test_a_loss_that_lengthens_the_way() -> None:
    found = find_brokers(network_of("ab", "bd", "ac", "ce", "ed"), A, D)
    assert found.ways == 2
    assert found.brokers == (Broker(B, 1, 0.5, 3), Broker(C, 1, 0.5, 2), Broker(E, 1, 0.5, 2))


def test_neighbours_have_brokers_too() -> None:
    found = find_brokers(network_of("ab", "ac", "cb", "bd"), A, B)
    assert found == Brokerage(A, B, 1, 2, 2, (Broker(C, 1, 0.5, 1),))


def test_a_longer_detour_is_no_connection_that_counts() -> None:
    found = find_brokers(network_of("ab", "ac", "cd", "de", "eb"), A, B)
    assert found == Brokerage(A, B, 1, 2, 1, ())


def test_the_unconnected() -> None:
    found = find_brokers(network_of("ab", "cd"), A, D)
    assert found == Brokerage(A, D, None, 0, 0, ())


def test_wrong_names() -> None:
    network = network_of("ab")
    with pytest.raises(UnknownEntity, match="entity/z' is not in the network"):
        find_brokers(network, A, iri("z"))
    with pytest.raises(UnknownEntity, match="'' is not"):
        find_brokers(network, "", A)
    with pytest.raises(InputError, match="given twice"):
        find_brokers(network, A, A)


@given(networks())
def test_all_simple_paths_agree(network: nx.MultiDiGraph) -> None:
    assume({A, B} <= set(network))
    simple = nx.Graph(network)
    assume(nx.has_path(simple, A, B))
    check_brokers(network, simple, A, B)


@pytest.mark.parametrize("steps", [1, 3, 5])
def test_networkx_agrees_on_a_large_network(steps: int) -> None:
    network = large_network()
    simple = nx.Graph(network)
    check_brokers(network, simple, *pair_apart(simple, steps))


def check_brokers(network: nx.MultiDiGraph, simple: nx.Graph, left: str, right: str) -> None:
    """That all is so by the definitions."""
    found = find_brokers(network, left, right)
    assert found.distance == nx.shortest_path_length(simple, left, right)
    paths = list(nx.all_simple_paths(simple, left, right, cutoff=found.distance + 1))
    assert found.ways == len(paths)
    inside = {node for path in paths for node in path[1:-1]}
    assert {b.iri: b.ways for b in found.brokers} == {
        node: sum(node in path for path in paths) for node in inside
    }
    for broker in found.brokers:
        rest = simple.copy()
        rest.remove_node(broker.iri)
        connected = nx.has_path(rest, left, right)
        distance = nx.shortest_path_length(rest, left, right) if connected else None
        assert broker.without == distance


def pair_of(claims: list[str], classes: dict[str, str]) -> tuple[str, str] | None:
    entities = [entity(name, cls) for name, cls in classes.items()]
    found = [claim(*pair.split("-")) for pair in claims]
    return default_pair(analyse(project(graph_of(found, entities))))


def test_the_two_most_central_organizations() -> None:
    classes = {
        "人": "kg:Person",
        "會": "kg:IntergovernmentalOrganization",
        "司": "kg:Company",
        "校": "kg:EducationalOrganization",
        "城": "kg:City",
    }
    star = ["人-kg:supports-會", "人-kg:supports-司", "人-kg:supports-校", "人-kg:supports-城"]
    more = ["司-kg:owns-會", "司-kg:locatedIn-城", "城-kg:supports-人"]
    assert pair_of([*star, *more], classes) == (iri("司"), iri("會"))


def test_the_second_must_be_connected_with_the_first() -> None:
    classes = dict.fromkeys("abcdefg", "kg:Company")
    claims = ["a-kg:owns-b", "c-kg:owns-d", "c-kg:owns-e", "c-kg:owns-f", "c-kg:owns-g"]
    assert pair_of(claims, classes) == (C, D)
    lonely = {"a": "kg:Company", "b": "kg:Company", "c": "kg:Person"}
    assert pair_of(["a-kg:supports-c"], lonely) == (A, B)


@pytest.mark.parametrize("classes", [{}, {"a": "kg:Company"}, {"a": "kg:City", "b": "kg:Company"}])
def test_no_pair(classes: dict[str, str]) -> None:
    assert pair_of([], classes) is None
