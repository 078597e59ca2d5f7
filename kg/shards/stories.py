"""Which articles of a corpus are one story, without their signatures ever being in memory.

As :func:`kg.corpus.copies.judge_signatures` finds it: DuckDB sorts the bands
of all signatures on disk and gives the articles that meet in one. In memory stand only the
numbers of those that are copies.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from kg.corpus.copies import ALIKE, bands, judge_copy, likeness, signature
from kg.model import Document, Json, Judgement
from kg.resolve.clusters import UnionFind
from kg.shards.lake import Lake

SIGNATURES = pa.schema(
    [("iri", pa.string()), ("published", pa.string()), ("bands", pa.list_(pa.binary()))]
)
_COPIES = pa.schema([("copy", pa.int64()), ("first", pa.int64())])
_DIGITS = 18  # of a number as text that sorts as it does


def signature_row(document: Document) -> Json:
    """What is kept of the text of *document*, half a kilobyte."""
    found = [*bands(signature(document.text))]
    return {"iri": document.iri, "published": document.published, "bands": found}


def judge_stories(lake: Lake) -> Iterator[Judgement]:
    """The judgements on the articles whose rows are in the table ``signatures`` of *lake*."""
    lake.run(_TOLD)
    sets = UnionFind()
    for row in lake.rows(_MEETING):
        if _likeness(row) >= ALIKE:
            sets.union(*(f"{row[end]:0{_DIGITS}}" for end in ("place", "other")))
    with lake.write("copies", _COPIES) as copies:
        for number in sets.items():
            first = sets.find(number)
            if first != number:
                copies.add({"copy": int(number), "first": int(first)})
    for row in lake.rows(_STORIES):
        yield judge_copy(row["copy"], row["first"], _likeness(row))


def _likeness(row: Json) -> float:
    return likeness(b"".join(row["bands"]), b"".join(row["other_bands"]))


# In the order of ``kg.corpus.copies.told``: the first of a story has its smallest number.
_TOLD = """
CREATE OR REPLACE TABLE told AS
SELECT row_number() OVER (ORDER BY coalesce(nullif(published, ''), '~'), iri) AS place, iri, bands
FROM signatures WHERE len(bands) > 0
"""
# Of the articles with a common band each with the first and with the one before it.
_MEETING = """
WITH band AS (
    SELECT place, unnest(range(len(bands))) AS number, unnest(bands) AS key FROM told
),
met AS (
    SELECT place, lag(place) OVER together AS previous, first(place) OVER together AS earliest
    FROM band WINDOW together AS (PARTITION BY number, key ORDER BY place)
),
pairs AS (
    SELECT place, previous AS other FROM met WHERE previous IS NOT NULL
    UNION
    SELECT place, earliest FROM met WHERE earliest < previous
)
SELECT place, other, one.bands, two.bands AS other_bands
FROM pairs JOIN told one USING (place) JOIN told two ON two.place = other
"""
_STORIES = """
SELECT one.iri AS copy, two.iri AS first, one.bands, two.bands AS other_bands
FROM copies JOIN told one ON one.place = copies.copy JOIN told two ON two.place = copies.first
ORDER BY copies.first, copies.copy
"""
