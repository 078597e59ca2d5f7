"""What the kernel keeps a worker from, even if a hostile text came through the guard."""

from __future__ import annotations

import asyncio
import ctypes
import errno
import mmap
import multiprocessing
import platform
import resource
import socket
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sample_graph import SAMPLE

from kg.rdf import encode
from kg.serve.confine import allow_time, confine, forbid
from kg.serve.limits import Limits
from kg.serve.pool import Pool
from kg.serve.worker import Answer, Job
from kg.store import load_disk


def in_a_process(work: Callable[[], object]) -> object:
    """What *work* gives, or the name of its error, in a process of its own; None if that died."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_send, args=(theirs, work))
    process.start()
    theirs.close()
    try:
        return ours.recv()
    except EOFError:
        return None
    finally:
        process.join()


def _send(connection: Connection, work: Callable[[], object]) -> None:
    try:
        connection.send(work())
    except (OSError, MemoryError) as error:
        connection.send(type(error).__name__)


def has_filters() -> bool:
    return in_a_process(lambda: forbid(())) is True


needs_filters = pytest.mark.skipif(not has_filters(), reason="this kernel has no seccomp filters")


@needs_filters
def test_a_call_is_refused_or_kills() -> None:
    assert in_a_process(lambda: (forbid(("socket",)), socket.socket())[0]) == "PermissionError"
    assert in_a_process(lambda: (forbid(("socket",), kill=True), socket.socket())[0]) is None
    assert in_a_process(lambda: forbid(("connect",)) and bool(socket.socket())) is True


@needs_filters
@pytest.mark.skipif(platform.machine() != "x86_64", reason="other ways to call are of x86-64")
def test_no_other_way_of_calling_slips_through() -> None:
    """The call for a socket by its 32-bit number, and by the number of the x32 ABI."""
    narrow = bytes.fromhex("53 b867010000 bb02000000 b901000000 31d2 cd80 5b c3")
    if in_a_process(lambda: run_code(narrow) >= 0):  # the kernel may have no 32-bit calls
        assert in_a_process(lambda: (forbid(("socket",)), run_code(narrow))[1]) is None

    def call_x32() -> int:
        return int(ctypes.CDLL(None).syscall(0x40000000 | 41, 2, 1, 0))

    assert isinstance(in_a_process(call_x32), int)
    assert in_a_process(lambda: (forbid(("socket",)), call_x32())[1]) is None


def run_code(code: bytes) -> int:
    """What these machine instructions give."""
    page = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    return int(ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))())


@needs_filters
def test_a_confined_process_starts_no_ring_of_calls() -> None:
    """By which a socket could be opened without the call for it."""

    def start_ring() -> int:
        confine(Limits())
        libc = ctypes.CDLL(None, use_errno=True)
        libc.syscall(425, 1, 0)
        return ctypes.get_errno()

    assert in_a_process(start_ring) == errno.EPERM


@needs_filters
def test_a_confined_process_opens_no_socket() -> None:
    assert in_a_process(lambda: (confine(Limits()), socket.socket())[0]) == "PermissionError"


def test_a_confined_process_has_little_memory_and_writes_no_file(tmp_path: Path) -> None:
    def fill() -> int:
        confine(Limits(memory=64 << 20))
        return len(bytearray(1 << 30))

    def write() -> None:
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        confine(Limits())
        (tmp_path / "file").write_bytes(b"x")

    assert in_a_process(fill) == "MemoryError"
    assert in_a_process(write) == "OSError"


def test_time_ends() -> None:
    def spin() -> None:
        allow_time(0)
        while True:
            pass

    assert in_a_process(spin) is None
    soft = in_a_process(lambda: (allow_time(5), resource.getrlimit(resource.RLIMIT_CPU)[0])[1])
    assert isinstance(soft, int)
    assert soft >= 5


@needs_filters
def test_a_service_that_came_through_reaches_nobody(tmp_path: Path) -> None:
    load_disk(tmp_path / "store", encode(SAMPLE))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        port = listening.getsockname()[1]
        text = f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
        job = Job(text, form="application/sparql-results+json", trusted=True)
        answer = asyncio.run(_ask(tmp_path / "store", job))
        assert answer.status == 500
        with pytest.raises(TimeoutError):
            listening.accept()


async def _ask(folder: Path, job: Job) -> Answer:
    pool = Pool(folder, Limits(workers=1, seconds=60, quick=60))
    async with pool.running():
        return await pool.ask(job)
