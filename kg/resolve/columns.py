"""Resolution out of core: profiles as rows of Parquet files, blocks found by DuckDB.

Profiles are written where documents are read, shard by shard; DuckDB sorts them into blocks on
disk, within a given memory, and each block is judged as :func:`kg.resolve.across.judge_block` does.
In Python's memory stand one block at a time and the names that several things have; the time grows
with the number of profiles, up to the sorting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import MissingExtra
from kg.model import Judgement
from kg.resolve.across import Judged, judge_block
from kg.resolve.blocks import tokens_of
from kg.resolve.clusters import UnionFind
from kg.resolve.profiles import Profile

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_BATCH = 2_000
_SETS = ("names", "neighbours", "company", "setting", "near", "places", "before")
_TEXTS = ("document", "iri", "cls", "name", "published", "script")


def profile_table(profiles: Iterable[Profile]) -> pa.Table:
    """The profiles as an Arrow table, sets as sorted lists; raises MissingExtra without Arrow."""
    pa = _import("pyarrow")
    rows = [_row(profile) for profile in profiles]
    return pa.Table.from_pylist(rows, schema=_schema(pa))


def write_profiles(profiles: Iterable[Profile], path: Path) -> None:
    """Write the profiles as a Parquet file."""
    parquet = _import("pyarrow.parquet")
    parquet.write_table(profile_table(profiles), path, compression="zstd")


def judge_files(
    paths: Sequence[Path],
    verdicts: Iterable[Judgement] = (),
    *,
    memory: str = "1GB",
    scratch: Path | None = None,
) -> Iterator[Judged]:
    """What :func:`kg.resolve.across.judge` says of the profiles in *paths*, block by block.

    *memory* is what DuckDB may take, *scratch* the folder for what does not fit. Blocks come in the
    same order as there; raises MissingExtra without DuckDB.
    """
    if not paths:
        return
    duckdb = _import("duckdb")
    ruled = sorted(verdicts, key=lambda one: (one.left, one.right, one.verdict))
    with duckdb.connect(config=_config(memory, scratch)) as connection:
        _read(connection, paths)
        _find_roots(connection)
        for block in _blocks(connection):
            yield judge_block(block, ruled)


def _config(memory: str, scratch: Path | None) -> dict[str, Any]:
    where = {"temp_directory": str(scratch)} if scratch else {}
    return {"memory_limit": memory, "threads": 1, "preserve_insertion_order": False, **where}


def _read(connection: duckdb.DuckDBPyConnection, paths: Sequence[Path]) -> None:
    connection.read_parquet([str(path) for path in paths]).create_view("profiles")


def _find_roots(connection: duckdb.DuckDBPyConnection) -> None:
    """The table ``roots``: the key of a name → the name of its block, where they differ.

    Only sets of names that are not one alone tie anything, and each is looked at once. The table
    ``met`` has the known entities that share names with others, and which names.
    """
    connection.execute(_MET)
    sets = UnionFind()
    tied = connection.execute(
        "select distinct tokens from "
        "(select tokens from profiles where not known union all select tokens from met) "
        "where len(tokens) > 1"
    )
    for (tokens,) in iter(tied.fetchone, None):
        for token in tokens[1:]:
            sets.union(tokens[0], token)
    connection.execute("create table roots (token varchar, root varchar)")
    rows = [(token, sets.find(token)) for token in sets.items()]
    moved = [(token, root) for token, root in rows if token != root]
    for at in range(0, len(moved), _BATCH):
        batch = moved[at : at + _BATCH]
        connection.execute(
            "insert into roots select unnest(?), unnest(?)",
            [list(c) for c in zip(*batch, strict=True)],
        )


_MET = """
create table met as
with borne as (select distinct unnest(tokens) as token from profiles where not known),
named as (select document, iri, unnest(tokens) as token from profiles where known)
select document, iri, list(token order by token) as tokens
from named semi join borne using (token) group by document, iri
"""
_BLOCKS = """
with placed as (
    select coalesce(root, key) as block, profiles.*
    from profiles left join roots on profiles.key = roots.token where not known
    union all
    select coalesce(root, met.tokens[1]) as block, profiles.*
    from profiles join met using (document, iri)
    left join roots on met.tokens[1] = roots.token where known
), several as (
    select block from placed group by block having count(*) > 1
)
select * from placed where block in (select block from several)
order by block, if(published = '', '~', published), document, iri
"""


def _blocks(connection: duckdb.DuckDBPyConnection) -> Iterator[list[Profile]]:
    cursor = connection.execute(_BLOCKS)
    columns = [column[0] for column in cursor.description or ()]
    rows = (
        dict(zip(columns, row, strict=True))
        for batch in iter(lambda: cursor.fetchmany(_BATCH), [])
        for row in batch
    )
    for _, block in groupby(rows, key=lambda row: row["block"]):
        yield [_profile(row) for row in block]


# --- Rows ------------------------------------------------------------------------------------


def _schema(pa: Any) -> pa.Schema:
    texts = [(name, pa.string()) for name in (*_TEXTS, "key")]
    lists = [(name, pa.list_(pa.string())) for name in (*_SETS, "offices", "tokens")]
    return pa.schema([*texts, *lists, ("known", pa.bool_()), ("mentions", pa.int32())])


def _row(profile: Profile) -> dict[str, Any]:
    row = {field.name: getattr(profile, field.name) for field in fields(Profile)}
    row |= {name: sorted(row[name]) for name in _SETS}
    offices = ["\t".join(office) for office in sorted(profile.offices)]
    return row | {
        "offices": offices,
        "key": profile.key,
        "tokens": sorted(tokens_of(profile)),
    }


def _profile(row: dict[str, Any]) -> Profile:
    offices = (office.split("\t") for office in row["offices"])
    given: dict[str, Any] = {name: row[name] for name in (*_TEXTS, "known", "mentions")}
    sets: dict[str, Any] = {name: frozenset(row[name]) for name in _SETS}
    return Profile(**given, **sets, offices=frozenset((role, body) for role, body in offices))


def _import(name: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        raise MissingExtra(f"{name} is not installed: pip install 'claimgraph[corpus]'") from error
