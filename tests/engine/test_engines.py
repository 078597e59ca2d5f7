"""What every engine does: one suite for all of them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults import Article, deadly, doubled, lengths, picky, traced, unusable

from kg.engine import Engine, InProcess
from kg.engine.dask import DaskEngine
from kg.errors import OntologyError


def batches(count: int, size: int = 4) -> Iterator[list[int]]:
    for start in range(0, count, size):
        yield list(range(start, min(start + size, count)))


@pytest.fixture(scope="module", params=["inprocess", "dask"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    made: Engine = InProcess() if request.param == "inprocess" else DaskEngine(2)
    yield made
    made.close()


@pytest.fixture(scope="module")
def workers() -> Iterator[DaskEngine]:
    made = DaskEngine(2)
    yield made
    made.close()


def test_every_input_is_in_one_outcome(engine: Engine) -> None:
    outcomes = list(engine.map(doubled, batches(50)))
    assert sorted(one for outcome in outcomes for one in outcome.batch) == list(range(50))
    assert all(list(o.value or ()) == doubled(o.batch) for o in outcomes)


def test_nothing_gives_nothing(engine: Engine) -> None:
    assert list(engine.map(doubled, [])) == []


def test_an_input_that_raises_is_an_error_and_takes_no_neighbour_along(engine: Engine) -> None:
    outcomes = list(engine.map(picky, batches(30)))
    (bad,) = [outcome for outcome in outcomes if outcome.error is not None]
    assert (list(bad.batch), bad.error) == ([13], "ValueError: 13 is no number for us")
    assert len([one for o in outcomes if o.error is None for one in o.batch]) == 29


def test_what_is_not_the_fault_of_an_input_is_raised(engine: Engine) -> None:
    with pytest.raises(OntologyError, match="damaged"):
        list(engine.map(unusable, batches(8)))


def test_inputs_are_taken_one_by_one(engine: Engine) -> None:
    taken: list[int] = []

    def endless() -> Iterator[list[int]]:
        for number in range(10**9):
            taken.append(number)
            yield [number]

    outcomes = engine.map(doubled, endless())
    first = [next(outcomes) for _ in range(10)]
    assert len(first) == 10
    assert len(taken) <= 20
    outcomes.close()  # type: ignore[attr-defined]
    assert len(list(engine.map(doubled, batches(8)))) == 2


def test_what_is_done_is_let_go(engine: Engine) -> None:
    inputs = ([Article(number) for _ in range(4)] for number in range(100))
    assert sum(len(outcome.batch) for outcome in engine.map(lengths, inputs)) == 400
    gc.collect()
    assert sum(type(one) is Article for one in gc.get_objects()) <= 100


def test_a_second_run_is_as_good_as_the_first(engine: Engine) -> None:
    for _ in range(2):
        assert len(list(engine.map(doubled, batches(8)))) == 2


def test_both_workers_work(workers: DaskEngine, tmp_path: Path) -> None:
    inputs = [[(str(tmp_path), number)] for number in range(12)]
    assert len(list(workers.map(traced, inputs))) == 12
    read = [path.name.split("-") for path in tmp_path.iterdir()]
    assert sorted(int(number) for number, _ in read) == list(range(12))
    assert {int(pid) for _, pid in read} == set(workers.workers())


def test_an_input_that_kills_its_process_takes_no_neighbour_along(workers: DaskEngine) -> None:
    outcomes = list(workers.map(deadly, batches(30)))
    (bad,) = [outcome for outcome in outcomes if outcome.error is not None]
    assert list(bad.batch) == [13]
    assert "died" in (bad.error or "")
    assert sorted(one for o in outcomes for one in o.batch) == list(range(30))
