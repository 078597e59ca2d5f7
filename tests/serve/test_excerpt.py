"""Parts of a large store, as records again."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable
from pathlib import Path
from typing import TypeVar

import pytest
from large_graph import large_graph
from sample_graph import SAMPLE

from kg.model import ClaimGraph
from kg.rdf import encode
from kg.serve import excerpt
from kg.serve.excerpt import Ask, beyond, core, count_entities
from kg.serve.limits import Limits
from kg.serve.worker import Answer, Job, answer_job
from kg.store import load_disk
from kg.store.readonly import ReadOnlyStore

T = TypeVar("T")
GRAPH = large_graph(700, 1500)


def asking(folder: Path, graph: ClaimGraph) -> Ask:
    load_disk(folder, encode(graph))
    store = ReadOnlyStore(folder)

    async def ask(job: Job) -> Answer:
        answer = answer_job(store, job, Limits())
        assert answer.status == 200, answer.text
        return answer

    return ask


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    return asking(tmp_path_factory.mktemp("excerpt") / "store", GRAPH)


def run(work: Awaitable[T]) -> T:
    async def wait() -> T:
        return await work

    return asyncio.run(wait())


def neighbours(graph: ClaimGraph) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    pairs = [(c.subject, c.object) for c in graph.claims if isinstance(c.object, str)]
    pairs += [(event.iri, part.iri) for event in graph.entities for part in event.participants]
    for left, right in pairs:
        if left != right:
            found[left].add(right)
            found[right].add(left)
    return found


NEAR = neighbours(GRAPH)


def test_the_entities_are_counted(ask: Ask) -> None:
    assert run(count_entities(ask)) == len(GRAPH.entities)


def test_the_core_are_those_with_most_neighbours(ask: Ask) -> None:
    found = run(core(ask))
    assert len(found.graph.entities) == excerpt.CORE
    assert found.reach == {entity.iri: len(NEAR[entity.iri]) for entity in found.graph.entities}
    least = min(found.reach.values())
    assert all(len(NEAR[e.iri]) <= least for e in GRAPH.entities if e.iri not in found.reach)


def test_the_core_has_all_claims_between_its_entities_whole(ask: Ask) -> None:
    found = run(core(ask)).graph
    shown = {entity.iri for entity in found.entities}
    wanted = {c.key: c for c in GRAPH.claims if {c.subject, c.object} <= shown}
    assert {claim.key for claim in found.claims} == set(wanted)
    for claim in found.claims:
        same = wanted[claim.key]
        assert (claim.subject, claim.object, claim.time) == (same.subject, same.object, same.time)
        assert claim.evidence == same.evidence
    assert [document.title for document in found.documents] == ["大圖"]


def test_all_neighbours_of_a_hub_come_in_steps(ask: Ask) -> None:
    hub = max(NEAR, key=lambda iri: len(NEAR[iri]))
    assert len(NEAR[hub]) > excerpt.STEP
    come: Counter[str] = Counter()
    start: int | None = 0
    while start is not None:
        found, start = run(beyond(ask, hub, start))
        assert found.reach == {e.iri: len(NEAR[e.iri]) for e in found.graph.entities}
        assert all({c.subject, c.object} <= set(found.reach) for c in found.graph.claims)
        come.update(list(found.reach))
    assert set(come) == {hub, *NEAR[hub]}
    assert all(come[iri] == 1 for iri in NEAR[hub])


def test_events_metrics_and_participants_are_parts_too(tmp_path: Path) -> None:
    found = run(core(asking(tmp_path / "store", SAMPLE)))
    near = neighbours(SAMPLE)
    assert found.reach == {iri: len(others) for iri, others in near.items()}
    metrics = [claim for claim in SAMPLE.claims if not isinstance(claim.object, str)]
    assert {claim.key for claim in metrics} <= {claim.key for claim in found.graph.claims}
    events = {entity.iri: entity for entity in SAMPLE.entities if entity.participants}
    assert events
    for entity in found.graph.entities:
        if entity.iri in events:
            assert entity.participants == events[entity.iri].participants


def test_an_entity_that_nobody_knows_has_no_part(ask: Ask) -> None:
    found, following = run(beyond(ask, "urn:nobody", 0))
    assert (found.graph.entities, found.graph.claims, following) == ((), (), None)
