"""What ``kg serve`` says when it cannot serve; the rest is tested on the running server."""

from __future__ import annotations

import signal
import socket
import sys
from pathlib import Path

import pytest
from commands import Run, one_line

from kg.store import load_disk


def test_a_folder_without_a_graph(run: Run, tmp_path: Path) -> None:
    result = run("serve", tmp_path)
    assert result.status == 2
    assert "no graph in" in one_line(result)


def test_a_port_that_is_taken(run: Run, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("serve", folder, "--port", str(port))
    assert result.status == 2
    assert f"cannot listen on 127.0.0.1 port {port}" in one_line(result)
    assert "choose another --port" in result.err


def test_an_address_that_is_none(run: Run, folder: Path) -> None:
    result = run("serve", folder, "--host", "256.1.1.1", "--port", "0")
    assert result.status == 2
    assert "cannot listen on 256.1.1.1" in one_line(result)


def test_the_way_to_end_is_left_as_it_was(run: Run, folder: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    run("serve", folder, "--host", "256.1.1.1", "--port", "0")
    assert signal.getsignal(signal.SIGTERM) == before


def test_without_the_extra_it_names_it(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("kg.serve")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = run("serve", folder)
    assert result.status == 2
    assert "pip install 'claimgraph[serve]'" in one_line(result)
    assert "uvicorn" in result.err


def test_writing_wants_a_store_and_a_token(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KG_TOKEN", raising=False)
    assert "is no store" in one_line(run("serve", folder, "--write"))
    load_disk(tmp_path / "store", [])
    assert "--write needs a token" in one_line(run("serve", tmp_path / "store", "--write"))
    monkeypatch.setenv("KG_TOKEN", "short")
    assert "16 ASCII characters" in one_line(run("serve", tmp_path / "store", "--write"))
    monkeypatch.setenv("KG_TOKEN", "密" * 20)
    assert "16 ASCII characters" in one_line(run("serve", tmp_path / "store", "--write"))
    missing = run("serve", tmp_path / "store", "--write", "--token-file", tmp_path / "none")
    assert "cannot be read as a token" in one_line(missing)
