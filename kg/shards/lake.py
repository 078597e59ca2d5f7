"""Rows on disk that are more than memory holds: written as Parquet, sorted and joined by DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import groupby
from pathlib import Path
from typing import Any, Generic, TypeVar

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from kg.model import Json

K = TypeVar("K", bound=Hashable)

MEMORY = "1GB"  # of DuckDB: what is more goes to disk
_ROWS = 4_096  # a row group, and what is read at a time


class Lake(AbstractContextManager["Lake"]):
    """Tables in a folder, of which none is ever whole in memory."""

    def __init__(self, folder: Path, memory: str = MEMORY) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._engine = duckdb.connect()
        self._engine.execute(f"SET memory_limit = '{memory}'")
        self._engine.execute("SET threads = 1")
        self._engine.execute("SET preserve_insertion_order = false")
        self._engine.execute(f"SET temp_directory = {quoted(folder / 'spill')}")

    def __exit__(self, *_: object) -> None:
        self._engine.close()

    def path(self, name: str) -> Path:
        """Where the table of this name is."""
        return self.folder / f"{name}.parquet"

    def write(self, name: str, schema: pa.Schema) -> RowWriter:
        """A writer of a new table, which can be asked once the writer is closed."""
        return RowWriter(self.path(name), schema, lambda: self.show(name, [self.path(name)]))

    def show(self, name: str, files: Sequence[Path]) -> None:
        """Let *files* of one schema be the table of this name."""
        listed = ", ".join(map(quoted, files))
        self.run(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet([{listed}])")

    def run(self, statement: str) -> None:
        """Run a statement that gives no rows."""
        self._engine.execute(statement)

    def rows(self, query: str) -> Iterator[Json]:
        """The rows of *query*, read as they are asked for; several queries may be read at once."""
        with self._engine.cursor() as cursor:
            for batch in cursor.sql(query).to_arrow_reader(_ROWS):
                yield from batch.to_pylist()


def quoted(value: Path | str) -> str:
    """A path or a text as SQL text."""
    return "'" + str(value).replace("'", "''") + "'"


class RowWriter(AbstractContextManager["RowWriter"]):
    """Writes rows to a Parquet file, a group at a time."""

    def __init__(self, path: Path, schema: pa.Schema, done: Callable[[], None]) -> None:
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")
        self._schema, self._done = schema, done
        self._rows: list[Json] = []

    def add(self, row: Json) -> None:
        """Add a row; fields of the schema that it lacks are null."""
        self._rows.append(row)
        if len(self._rows) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        table = pa.Table.from_pylist(self._rows, schema=self._schema)
        self._writer.write_table(table)
        self._rows.clear()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._flush()
        self._writer.close()
        if kind is None:
            self._done()


class Sorted(Generic[K]):
    """Rows sorted by a key, taken key by key in that order."""

    def __init__(self, rows: Iterable[Json], key: Callable[[Json], K]) -> None:
        self._groups = groupby(rows, key)
        self._next: tuple[K, Iterator[Json]] | None = next(self._groups, None)

    def take(self, key: K) -> list[Json]:
        """The rows of *key*, which is not before the last one taken."""
        while self._next is not None and _before(self._next[0], key):
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != key:
            return []
        return list(self._next[1])


def _before(left: Any, right: Any) -> bool:
    return bool(left < right)
