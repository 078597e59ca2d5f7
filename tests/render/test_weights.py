"""How much nodes weigh."""

from __future__ import annotations

import pytest
from page_graph import analysis_of

from kg.model import Entity
from kg.render.weights import CORE, LARGE, choose_core, weigh

ENTITIES = [Entity(f"urn:{name}", "kg:Company", {"en": name}) for name in "abc"]


def test_importance_is_pagerank_as_a_share_of_the_greatest() -> None:
    analysis = analysis_of({"urn:a": 0.1, "urn:c": 0.4}, {"urn:c": 3})
    weights = weigh(ENTITIES, [2, 4, 0], analysis)
    assert [weight["rank"] for weight in weights] == [0.25, 0.0, 1.0]
    assert [weight["community"] for weight in weights] == [0, None, 3]
    assert weights[1]["measures"] == (1.0, 0.0, 0.0, 0.0)
    assert weights[2]["measures"] == (0.0, 0.0, 1.0, 0.0)


def test_without_an_analysis_the_degree_stands_in() -> None:
    weights = weigh(ENTITIES, [2, 4, 0], None)
    assert [weight["rank"] for weight in weights] == [0.5, 1.0, 0.0]
    assert all(weight["core"] for weight in weights)


def test_nothing_weighs_nothing() -> None:
    assert weigh([], [], None) == []


def test_a_graph_of_moderate_size_is_its_own_core() -> None:
    assert len(choose_core([0.0] * LARGE, [None] * LARGE)) == LARGE


@pytest.mark.parametrize("count", [LARGE + 1, 5_000])
def test_the_core_is_of_fixed_size_and_holds_the_most_important(count: int) -> None:
    ranks = [1 / (1 + i) for i in range(count)]
    assert choose_core(ranks, [None] * count) == frozenset(range(CORE))


def test_every_community_has_its_share_of_the_core() -> None:
    ranks = [1.0] * 1_000 + [0.5] * 900 + [0.1 * i / 100 for i in range(100)]
    groups: list[int | None] = [0] * 1_000 + [1] * 900 + [2] * 100
    core = choose_core(ranks, groups)
    assert [sum(groups[node] == g for node in core) for g in (0, 1, 2)] == [250, 225, 25]
    assert {node for node in core if groups[node] == 2} == set(range(1_975, 2_000))
