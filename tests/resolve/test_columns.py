"""Resolution out of core gives what resolution in memory gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from profiles_by_hand import mixed_pools, namesakes, profile

from kg.errors import MissingExtra
from kg.resolve import columns
from kg.resolve.across import Judged, judge
from kg.resolve.columns import judge_files, write_profiles
from kg.resolve.profiles import Profile

pytest.importorskip("duckdb")


def judged(folder: Path, *shards: list[Profile]) -> Judged:
    paths = [folder / f"{number}.parquet" for number in range(len(shards))]
    for path, shard in zip(paths, shards, strict=True):
        write_profiles(shard, path)
    parts = list(judge_files(paths, scratch=folder))
    moves = {place: to for part in parts for place, to in part.moves.items()}
    return Judged(moves, tuple(one for part in parts for one in part.judgements))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mixed_pools)
def test_it_is_as_in_memory(tmp_path: Path, profiles: list[Profile]) -> None:
    half = len(profiles) // 2
    assert judged(tmp_path, profiles[half:], profiles[:half]) == judge(profiles)


def test_every_field_comes_back(tmp_path: Path) -> None:
    full = profile(
        "林海·生", "1", known=False, names=("Lam",), offices=(("主席", "藍峰"),),
        neighbours=("甲",), company=("乙",), setting=("丙",), near=("丁",), places=("戊",),
        before=("秘書",), published="2020-01-01", script="Hans", mentions=3,
    )  # fmt: skip
    write_profiles([full], tmp_path / "one.parquet")
    table = columns._import("pyarrow.parquet").read_table(tmp_path / "one.parquet")
    assert columns._profile(table.to_pylist()[0]) == full
    assert [path.name for path in tmp_path.iterdir()] == ["one.parquet"]


def test_namesakes_are_told_apart(tmp_path: Path) -> None:
    assert judged(tmp_path, namesakes()) == judge(namesakes())
    assert judged(tmp_path, namesakes()).moves


def test_a_folder_may_be_called_anything(tmp_path: Path) -> None:
    folder = tmp_path / 'it\'s "here" \\ [1]'
    folder.mkdir()
    assert judged(folder, namesakes()) == judge(namesakes())


def test_nothing_is_nothing(tmp_path: Path) -> None:
    assert list(judge_files([])) == []
    assert judged(tmp_path, []) == Judged()


def test_without_the_extra_it_says_which(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("importlib.import_module", missing)
    with pytest.raises(MissingExtra, match=r"claimgraph\[corpus\]"):
        write_profiles([], tmp_path / "x.parquet")
