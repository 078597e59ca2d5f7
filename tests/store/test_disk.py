"""The store in a folder: who may open it when, backups, full disks, broken files."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from sample_graph import SAMPLE

from kg.errors import StoreBusy, StoreError
from kg.rdf import encode, serialise
from kg.store import DiskStore, MemoryStore, Store, is_store, load_disk, open_store
from kg.store.disk import DATA, RESERVE

QUADS = encode(SAMPLE)


def nquads(store: Store) -> bytes:
    return serialise(store.quads(), "nq")


EXPECTED = nquads(MemoryStore(QUADS))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = DiskStore(tmp_path / "store", write=True)
    store.add(QUADS)
    store.close()
    return tmp_path / "store"


def test_what_was_added_is_there_when_it_is_opened_again(folder: Path) -> None:
    assert is_store(folder)
    store = open_store(folder)
    assert nquads(store) == EXPECTED
    store.close()


def test_several_read_at_once(folder: Path) -> None:
    first, second = open_store(folder), open_store(folder)
    assert nquads(first) == nquads(second)
    first.close()
    second.close()


@contextmanager
def other_process(folder: Path, write: bool) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the store open, until its input ends."""
    code = (
        "import sys; from kg.store import open_store\n"
        f"store = open_store(sys.argv[1], write={write}); print('open', flush=True)\n"
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process


@pytest.mark.parametrize(("theirs", "ours"), [(True, True), (True, False), (False, True)])
def test_who_writes_is_alone_and_is_named(folder: Path, theirs: bool, ours: bool) -> None:
    with other_process(folder, theirs) as other:
        doing = "writes" if theirs else "reads"
        with pytest.raises(StoreBusy, match=rf"process {other.pid} {doing} it.*--wait"):
            open_store(folder, write=ours, wait=0.2)


def test_a_second_writer_waits_for_the_first(folder: Path) -> None:
    with other_process(folder, True) as other:
        assert other.stdin is not None
        other.stdin.close()
        store = open_store(folder, write=True, wait=60)
        store.close()


def test_a_killed_process_leaves_no_lock(folder: Path) -> None:
    with other_process(folder, True) as other:
        other.kill()
        other.wait()
        open_store(folder, write=True).close()


def test_an_open_store_of_this_process_is_told_too(folder: Path) -> None:
    store = open_store(folder, write=True)
    with pytest.raises(StoreBusy):
        open_store(folder, write=True)
    store.close()
    open_store(folder, write=True).close()


def test_no_store_is_told(tmp_path: Path) -> None:
    assert not is_store(tmp_path)
    with pytest.raises(StoreError, match=r"no store in .*: make one with"):
        open_store(tmp_path)


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("x")
    with pytest.raises(StoreError, match="holds something else"):
        open_store(tmp_path, write=True)
    with pytest.raises(StoreError, match="holds something else"):
        open_store(tmp_path / "thesis.txt", write=True)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_reader_does_not_write(folder: Path) -> None:
    store = open_store(folder)
    with pytest.raises(StoreError, match="open for reading"):
        store.add(QUADS)
    store.close()


def test_broken_files_are_told_and_leave_no_lock(folder: Path) -> None:
    current = folder / DATA / "CURRENT"
    content = current.read_bytes()
    current.write_bytes(b"nonsense")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(folder, write=True)
    current.write_bytes(content)
    store = open_store(folder, write=True)
    assert nquads(store) == EXPECTED
    store.close()


def test_a_backup_is_a_store_of_its_own(folder: Path, tmp_path: Path) -> None:
    store = DiskStore(folder, write=True)
    store.backup(tmp_path / "copy")
    store.change(QUADS, ())
    assert list(store.quads()) == []
    store.close()
    copy = open_store(tmp_path / "copy")
    assert nquads(copy) == EXPECTED
    copy.close()


def test_a_backup_overwrites_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    store = DiskStore(folder, write=True)
    with pytest.raises(StoreError, match="exists: name a new folder"):
        store.backup(tmp_path / "copy")
    store.close()


def test_a_reader_makes_a_backup_too(folder: Path, tmp_path: Path) -> None:
    store = DiskStore(folder)
    store.backup(tmp_path / "copy")
    store.close()
    copy = open_store(tmp_path / "copy")
    assert nquads(copy) == EXPECTED
    copy.close()


def test_loading_gives_the_same_store_as_adding(tmp_path: Path) -> None:
    load_disk(tmp_path / "new", iter(QUADS))
    store = open_store(tmp_path / "new")
    assert nquads(store) == EXPECTED
    answer = store.query("SELECT (COUNT(*) AS ?n) { ?s kg:develops ?o }")
    assert answer == MemoryStore(QUADS).query("SELECT (COUNT(*) AS ?n) { ?s kg:develops ?o }")
    store.close()
    with pytest.raises(StoreError, match="exists"):
        load_disk(tmp_path / "new", QUADS)


def test_loading_what_fails_leaves_nothing(tmp_path: Path) -> None:
    def failing() -> Iterator[object]:
        yield from QUADS
        raise OSError("the source ended")

    with pytest.raises(StoreError, match="the source ended"):
        load_disk(tmp_path / "new", failing())  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_almost_full_is_told_before_it_is_too_late(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = DiskStore(folder, write=True)
    full = SimpleNamespace(free=RESERVE - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    with pytest.raises(StoreError, match=r"is full .*nothing was changed; make room"):
        store.change(QUADS, ())
    assert nquads(store) == EXPECTED
    monkeypatch.undo()
    store.change(QUADS, ())
    assert list(store.quads()) == []
    store.close()


def test_files_that_may_not_grow_are_told_and_the_store_opens_again(folder: Path) -> None:
    """As a quota does it: the write itself fails in the middle of a build."""
    code = (
        "import resource, sys\n"
        "from kg.errors import StoreError\n"
        "from kg.rdf.terms import node, text\n"
        "from kg.store import open_store\n"
        "import pyoxigraph as ox\n"
        "store = open_store(sys.argv[1], write=True)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))\n"
        "for number in range(1000):\n"
        "    quad = ox.Quad(node('ent:x'), node('kg:raw'), text(f'{number}' * 20000), node('doc:x'))\n"
        "    try:\n"
        "        store.add([quad])\n"
        "    except StoreError as error:\n"
        "        print(number, error, flush=True)\n"
        "        sys.exit(3)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 3, run.stderr
    assert "the store cannot be written" in run.stdout
    acknowledged = int(run.stdout.split()[0])
    store = open_store(folder, write=True)
    assert nquads(store).startswith(EXPECTED[:100])
    assert sum(1 for _ in store.quads()) == len(QUADS) + acknowledged
    store.close()
