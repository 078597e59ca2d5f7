"""One article a row: a bad row costs one article."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kg.errors import MissingExtra, SourceError
from kg.model import Document, Failure
from kg.readers import count_articles, iter_documents

TEXT = "校長昨日來訪。"


def table(path: Path, **columns: list[Any]) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def read(path: Path) -> list[Document | Failure]:
    return list(iter_documents([path]))


@pytest.mark.parametrize("date", ["2020-10-28", datetime.date(2020, 10, 28)])
def test_the_columns(tmp_path: Path, date: object) -> None:
    path = table(
        tmp_path / "n.parquet",
        id=[7],
        text=[TEXT],
        title=["校長來訪"],
        published=[date],
        source=["晨報"],
        url=["https://news.example/7"],
    )
    (found,) = read(path)
    assert isinstance(found, Document)
    assert (found.text, found.title, found.published) == (TEXT, "校長來訪", "2020-10-28")
    assert (found.publisher, found.url) == ("晨報", "https://news.example/7")
    assert found.source == f"{path}#1"


def test_a_row_without_text_is_a_failure_among_others(tmp_path: Path) -> None:
    found = read(table(tmp_path / "n.parquet", text=[TEXT, None, "", TEXT + "二"]))
    assert [isinstance(one, Failure) for one in found] == [False, True, True, False]
    assert isinstance(found[1], Failure)
    assert 'has no "text"' in found[1].error


def test_the_rows_are_not_all_read_at_once(tmp_path: Path) -> None:
    path = table(tmp_path / "n.parquet", text=[f"{TEXT}{n}" for n in range(1000)])
    assert count_articles([path]) == 1000
    found = iter_documents([path])
    assert isinstance(next(found), Document)
    assert len(list(found)) == 999


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (lambda path: table(path, body=[TEXT]), 'has no column "text" \\(but body\\)'),
        (lambda path: table(path, text=[]), "is empty"),
        (lambda path: path.write_bytes(b"PAR1"), "cannot be read as Parquet"),
    ],
)
def test_what_is_no_table_of_articles(tmp_path: Path, write: Any, message: str) -> None:
    path = tmp_path / "n.parquet"
    write(path)
    with pytest.raises(SourceError, match=message):
        read(path)


def test_tables_in_a_folder(tmp_path: Path) -> None:
    table(tmp_path / "n.parquet", text=[TEXT])
    (tmp_path / "bad.parquet").write_bytes(b"no")
    assert [type(one) for one in read(tmp_path)] == [Failure, Document]


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = table(tmp_path / "n.parquet", text=[TEXT])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"claimgraph\[corpus\]"):
        read(path)
