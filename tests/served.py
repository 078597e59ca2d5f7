"""A real server in a process of its own, on a free port."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "output" / "sample"
RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s a kg:Claim }"
DOCUMENT = "https://w3id.org/claimgraph/document/98880e29e9617b88"
_START = [sys.executable, "-c", "import sys; from kg.cli import main; sys.exit(main())", "serve"]


@dataclass(frozen=True)
class Served:
    """Where it is, its process, and a client for it."""

    url: str
    process: subprocess.Popen[str]
    client: httpx.Client

    @property
    def port(self) -> int:
        return int(self.url.rstrip("/").rpartition(":")[2])

    def metric(self, name: str) -> float:
        """A number of ``/metrics``."""
        for line in self.client.get("/metrics").text.splitlines():
            if line.startswith(f"{name} "):
                return float(line.partition(" ")[2])
        raise KeyError(name)


@contextmanager
def serving(folder: Path, *options: str, **environment: str) -> Iterator[Served]:
    """``kg serve`` of *folder*, ended at the end."""
    command = [*_START, str(folder), "--port", "0", *options]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    try:
        assert process.stdout
        url = process.stdout.readline().strip()
        assert url.startswith("http://"), process.communicate()[1]
        with httpx.Client(base_url=url, timeout=120) as client:
            yield Served(url, process, client)
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors, errors
    assert process.returncode == 0


def workers(server: Served) -> list[int]:
    """The ids of the processes that came of the server, below its helper that forks them."""
    return _below(server.process.pid)


def _below(pid: int) -> list[int]:
    found = []
    for line in _children(pid):
        found += [line, *_below(line)]
    return found


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    except FileNotFoundError:
        return []
    return [int(child) for child in text.split()]
