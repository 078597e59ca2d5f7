"""Parquet tables, one article a row, with the columns that JSON Lines have as fields.

pyarrow is imported only when such a file is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import InputError, MissingExtra, SourceError
from kg.model import Document, Failure
from kg.readers.article import Given, make_document
from kg.readers.jsonl import FIELDS, article_of

_ROWS = 64  # articles that are in memory at a time


def read_parquet(path: Path, name: str, given: Given) -> Iterator[Document | Failure]:
    """A document or a failure for each row; sources are ``name#row``, from 1.

    Raises SourceError if the file is no Parquet or has no column ``text``; MissingExtra.
    """
    pa, file = _open(path, name)
    with file:
        columns = [one for one in FIELDS if one in file.schema_arrow.names]
        if "text" not in columns:
            found = ", ".join(file.schema_arrow.names[:10])
            raise SourceError(f'{name} has no column "text" (but {found}): rename the one to read')
        number = 0
        try:
            for batch in file.iter_batches(_ROWS, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield _read_row(row, f"{name}#{number}", given)
        except (OSError, ValueError, pa.ArrowException) as error:
            raise SourceError(f"{name} cannot be read from row {number + 1}: {error}") from error
    if not number:
        raise SourceError(f"{name} is empty: give one article a row")


def count_rows(path: Path, name: str) -> int:
    """How many rows there are, by the file's own word; raises as :func:`read_parquet`."""
    _, file = _open(path, name)
    with file:
        return int(file.metadata.num_rows)


def _open(path: Path, name: str) -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        from pyarrow.parquet import ParquetFile
    except ModuleNotFoundError as error:
        raise MissingExtra(f"{name} needs pyarrow: pip install 'claimgraph[corpus]'") from error
    try:
        return pa, ParquetFile(path)
    except (OSError, pa.ArrowException) as error:
        raise SourceError(f"{name} cannot be read as Parquet: {error}") from error


def _read_row(row: dict[str, Any], source: str, given: Given) -> Document | Failure:
    try:
        return make_document(article_of(row, source), source, given)
    except InputError as error:
        return Failure(source, "read", str(error))
