"""Archives that are none; what a good one gives stands in the tests of the commands."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kg.collection.archive import FORM, read_archive
from kg.errors import GraphError

HEAD = {"claimgraph": "archive", "form": FORM}


@pytest.mark.parametrize(
    "row",
    [
        1,
        None,
        {"record": 1},
        {"record": {"documents": []}},
        {
            "record": {
                "documents": [], "entities": [], "claims": [], "judgements": [], "drops": [],
                "failures": [], "counts": {},
            },
            "run": {},
        },
        {"verdict": 1},
        {"verdict": {}},
    ],
)  # fmt: skip
def test_rows_of_another_form_are_refused(tmp_path: Path, row: object) -> None:
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(gzip.compress("".join(f"{json.dumps(one)}\n" for one in (HEAD, row)).encode()))
    with pytest.raises(GraphError):
        read_archive(path)


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    whole = gzip.compress(f"{json.dumps(HEAD)}\n".encode() + bytes(range(256)) * 9)
    for at in range(10, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :])
        with pytest.raises(GraphError):
            read_archive(path)


@pytest.mark.parametrize("content", [b"", b"{}", gzip.compress(b"["), gzip.compress(b"{}\n")[:-9]])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(content)
    with pytest.raises(GraphError, match="archive"):
        read_archive(path)
