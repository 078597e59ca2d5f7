"""The vendored files are the locked ones."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files

FOLDER = files("kg.serve") / "static" / "vendor"


def test_the_files_are_those_of_the_lock() -> None:
    lock = json.loads((FOLDER / "lock.json").read_text("utf-8"))
    for name, digest in lock["sha256"].items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest
    named = {name for entry in lock["packages"].values() for name in entry["files"]}
    assert named == set(lock["sha256"])


def test_versions_and_licences_are_told() -> None:
    told = (FOLDER / "VERSIONS.md").read_text("utf-8")
    lock = json.loads((FOLDER / "lock.json").read_text("utf-8"))
    for package, entry in lock["packages"].items():
        assert f"`{package}`" in told
        assert entry["version"] in told
