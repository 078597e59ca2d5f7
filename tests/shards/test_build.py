"""Documents to shards, by both engines, with documents that misbehave."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from corpora import (
    CRASH,
    RAISE,
    SETUP,
    corpus,
    document,
    files_under,
    names_read,
    read,
)

from kg.engine import Engine, InProcess
from kg.engine.dask import DaskEngine
from kg.iri import entity_iri
from kg.model import Document, Failure
from kg.shards import Report, Setup, ShardFolder, build_shards, join_shards
from kg.shards.build import batches
from kg.shards.work import fingerprint


@pytest.fixture(scope="module")
def workers() -> Iterator[DaskEngine]:
    made = DaskEngine(2)
    yield made
    made.close()


def build(
    out: Path, found: list[Any], engine: Engine | None = None, **more: Any
) -> tuple[Report, ShardFolder]:
    folder = ShardFolder.open(out, SETUP.key)
    report = build_shards(found, folder, engine or InProcess(), more.pop("read", read), **more)
    return report, folder


def there(folder: ShardFolder) -> list[str]:
    return names_read(graph for key in folder.keys for graph in folder.read(key))


def test_all_documents_are_in_the_shards(tmp_path: Path) -> None:
    report, folder = build(tmp_path, corpus(10), batch=4)
    assert (report.read, report.done, report.failures) == (10, 0, ())
    assert there(folder) == [one.source for one in corpus(10)]
    assert len(folder.keys) == 3


def test_workers_give_the_same_files(tmp_path: Path, workers: DaskEngine) -> None:
    build(tmp_path / "one", corpus(10), batch=4)
    build(tmp_path / "two", corpus(10), workers, batch=4)
    assert files_under(tmp_path / "one") == files_under(tmp_path / "two")


def test_a_second_run_reads_nothing(tmp_path: Path) -> None:
    build(tmp_path, corpus(10), batch=4)
    before = files_under(tmp_path)
    report, _ = build(tmp_path, corpus(10), batch=3)
    assert (report.read, report.done, report.gone) == (0, 10, 0)
    assert files_under(tmp_path) == before


def test_only_what_is_new_or_changed_is_read(tmp_path: Path) -> None:
    build(tmp_path, corpus(10), batch=4)
    changed = [*corpus(9)[1:], document("d009", "甲與乙不再合作。"), document("new")]
    asked: list[str] = []

    def noting(batch: list[Document]) -> Any:
        asked.extend(one.source for one in batch)
        return read(batch)

    report, folder = build(tmp_path, changed, read=noting)
    assert asked == ["d009", "new"]
    assert (report.read, report.done, report.gone) == (2, 8, 2)
    assert there(folder) == sorted(one.source for one in changed)


def test_a_stopped_run_goes_on(tmp_path: Path) -> None:
    def stopping(documents: list[Document]) -> Iterator[Document]:
        yield from documents[:6]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, stopping(corpus(10)), batch=2)  # type: ignore[arg-type]
    report, folder = build(tmp_path, corpus(10), batch=2)
    assert report.done == 6
    assert there(folder) == [one.source for one in corpus(10)]


def test_what_cannot_be_read_is_counted(tmp_path: Path) -> None:
    failure = Failure("x.txt", "read", "it is empty")
    told: list[int] = []
    report, folder = build(
        tmp_path, [*corpus(3), failure], progress=lambda r: told.append(r.read + r.done)
    )
    assert report.failures == (failure,)
    assert len(there(folder)) == told[-1] == 3


def test_a_document_that_raises_takes_no_neighbour_along(tmp_path: Path) -> None:
    report, folder = build(tmp_path, corpus(8, (5, RAISE)), batch=4)
    assert report.failures == (Failure("d005", "process", "ValueError: no such thing"),)
    assert len(there(folder)) == 7


def test_a_document_that_crashes_takes_no_neighbour_along(
    tmp_path: Path, workers: DaskEngine
) -> None:
    report, folder = build(tmp_path, corpus(20, (5, CRASH), (6, CRASH)), workers, batch=4)
    assert [(one.document, "died" in one.error) for one in report.failures] == [
        ("d005", True),
        ("d006", True),
    ]
    assert len(there(folder)) == 18


def test_a_failure_is_tried_again_by_the_next_run(tmp_path: Path) -> None:
    build(tmp_path, corpus(4, (2, RAISE)))
    report, folder = build(tmp_path, corpus(4))
    assert (report.read, report.done, report.failures) == (1, 3, ())
    assert len(there(folder)) == 4


def test_the_graph_does_not_hang_on_how_the_documents_came(tmp_path: Path) -> None:
    _, one = build(tmp_path / "one", corpus(6), batch=2)
    _, other = build(tmp_path / "other", corpus(6)[::-1], batch=5)
    assert join_shards(one) == join_shards(other)


def test_batches() -> None:
    assert list(batches(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(batches([], 2)) == []


def test_names_held_apart_change_only_the_documents_that_tell_of_both() -> None:
    apart = ((entity_iri("甲"), entity_iri("乙")), (entity_iri("丙"), entity_iri("甲")))
    assert Setup(apart=apart).key == SETUP.key
    both, one = document("x", "甲與乙合作。"), document("x", "甲成立。")
    assert fingerprint(one, apart) == fingerprint(one)
    assert fingerprint(both, apart) == fingerprint(both, apart[:1]) != fingerprint(both)
