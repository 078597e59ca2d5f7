"""Whole or not at all, whoever else writes, and nothing is left behind."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.files import PARTIAL, lives, move, replace_file, replacing, scratch, sweep


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_there_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "new" / "figures.json"
    replace_file(target, "甲")
    assert target.read_text("utf-8") == "甲"
    with replacing(target) as waiting:
        waiting.write_bytes(b"1")
        assert waiting.name == target.name
        assert target.read_text("utf-8") == "甲"
    assert target.read_bytes() == b"1"
    assert names(target.parent) == [target.name]


def test_a_folder_is_there_with_all_that_is_in_it(tmp_path: Path) -> None:
    target = tmp_path / "store"
    with replacing(target) as waiting:
        (waiting / "data").mkdir(parents=True)
        (waiting / "data" / "1").write_bytes(b"1")
        assert not target.exists()
    assert (target / "data" / "1").read_bytes() == b"1"
    assert names(tmp_path) == ["store"]


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "figures.json"
    replace_file(target, "old")
    with pytest.raises(TypeError), replacing(target) as waiting:
        waiting.write_bytes(b"half") and waiting.write_text(None)  # type: ignore[arg-type]
    assert target.read_text() == "old"
    assert names(tmp_path) == [target.name]


def test_a_folder_takes_the_place_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "mine").touch()
    with pytest.raises(OSError, match="not empty"), replacing(tmp_path / "store") as waiting:
        waiting.mkdir()
    assert names(tmp_path) == ["store"]
    assert names(tmp_path / "store") == ["mine"]


def test_two_that_make_the_same_do_not_meet(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    with replacing(target) as first:
        with replacing(target) as second:
            first.write_bytes(b"first")
            second.write_bytes(b"second")
        assert target.read_bytes() == b"second"
    assert target.read_bytes() == b"first"


def test_all_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def note(handle: int) -> None:
        done.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        assert target.exists() == (done[-1] == tmp_path.name)

    monkeypatch.setattr(os, "fsync", note)
    source, target = tmp_path / "source", tmp_path / "target"
    (source / "data").mkdir(parents=True)
    (source / "data" / "1").touch()
    move(source, target)
    assert done == ["source", "1", "data", tmp_path.name]


def test_what_a_killed_process_left_goes_and_what_a_living_one_makes_stays(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from kg.files import scratch\n"
        "with scratch(Path(sys.argv[1])) as place: (place / 'x').touch(); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    elsewhere = tmp_path / f"{PARTIAL}another-machine-999999999-0"
    elsewhere.mkdir()
    assert len(names(tmp_path)) == 2
    with scratch(tmp_path) as ours:
        sweep(tmp_path)
        assert names(tmp_path) == sorted((ours.name, elsewhere.name))
        assert ours.name.startswith(f"{PARTIAL}{platform.node()}-{os.getpid()}-")
        assert ours.stat().st_mode & 0o77 == 0
    assert names(tmp_path) == [elsewhere.name]


def test_who_lives() -> None:
    assert lives(str(os.getpid()))
    assert lives("1")
    assert not any(map(lives, ("999999999", "x", "9" * 30)))


def test_an_interrupt_while_cleaning_up_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove, calls = shutil.rmtree, []

    def interrupted(path: Path, **options: bool) -> None:
        calls.append(path)
        if len(calls) == 1:
            raise KeyboardInterrupt
        remove(path, **options)

    monkeypatch.setattr("kg.files.shutil.rmtree", interrupted)
    with pytest.raises(KeyboardInterrupt):
        replace_file(tmp_path / "a.txt", "text")
    assert len(calls) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
