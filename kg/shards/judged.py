"""The judgements of a corpus and what they say of each entity, in the order that memory gives.

First come those inside the documents, then those between them, then those of readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby

import pyarrow as pa

from kg import interchange
from kg.model import ClaimGraph, Entity, Json, Judgement
from kg.shards.folder import ShardFolder
from kg.shards.lake import Lake, RowWriter
from kg.shards.tables import SCHEMAS, judgement_of, judgement_row

JUDGEMENTS = SCHEMAS["judgements"].remove(0).append(pa.field("place", pa.int64()))


class JudgementWriter:
    """Writes judgements into a table, each with its place."""

    def __init__(self, writer: RowWriter) -> None:
        self._writer, self._place = writer, 0

    def add(self, row: Json) -> None:
        """Write the row of a judgement."""
        self._writer.add(row | {"place": self._place})
        self._place += 1

    def add_all(self, judgements: Iterable[Judgement]) -> None:
        """Write *judgements* in the order given."""
        for one in judgements:
            self.add(judgement_row(one))


def judgement_lines(
    lake: Lake, folder: ShardFolder, readers: Iterable[Judgement]
) -> Iterator[bytes]:
    """The lines of all judgements, which become the table ``judgements``.

    Those between the documents are in the table ``across`` of *lake*.
    """
    files = [folder.out / key / "judgements.parquet" for key in sorted(folder.keys)]
    if files:
        lake.show("inside", files)
    inside = lake.rows(_INSIDE) if files else ()
    across = lake.rows("SELECT * EXCLUDE place FROM across ORDER BY place")
    with lake.write("judgements", JUDGEMENTS) as table:
        writer = JudgementWriter(table)
        for row in chain(inside, across, map(judgement_row, readers)):
            writer.add(row)
            yield interchange.judgements_jsonl(ClaimGraph(judgements=(judgement_of(row),)))


def reason_lines(lake: Lake) -> Iterator[bytes]:
    """For each entity of the table ``entities`` that is judged, a line of what it is judged."""
    for iri, rows in groupby(lake.rows(_OF_ENTITIES), lambda row: row["of"]):
        judged = tuple(map(judgement_of, rows))
        yield interchange.why_jsonl(ClaimGraph(entities=(Entity(iri, "", {}),), judgements=judged))


# As :func:`kg.resolve.judgement_order` sorts them.
_INSIDE = """
SELECT DISTINCT * EXCLUDE document FROM inside
ORDER BY "left", "right", "by", score, reasons, verdict
"""
_OF_ENTITIES = """
WITH ends AS (
    SELECT "left" AS of, * FROM judgements
    UNION ALL
    SELECT "right" AS of, * FROM judgements WHERE "left" <> "right"
)
SELECT * FROM ends WHERE of IN (SELECT iri FROM entities) ORDER BY of, place
"""
