"""A :class:`ClaimGraph` as JSON lines and back.

Every JSON line is one object with sorted keys, in the graph's order. Together the five files carry
the whole graph but for ``Document.text``, the drops, the failures and the counts. The reasons, and
what else the fixed form of ``claims.jsonl`` has no field for, stand in ``why.jsonl``. A record is
the whole graph, usually that of one document, as one line.
"""

from kg.interchange.reading import (
    CLAIMS,
    DOCUMENTS,
    ENTITIES,
    JUDGEMENTS,
    WHY,
    from_record,
    load_record,
    read_graph,
)
from kg.interchange.writing import (
    claims_jsonl,
    documents_jsonl,
    dump_record,
    entities_jsonl,
    judgements_jsonl,
    measure_row,
    to_record,
    why_jsonl,
)

__all__ = [
    "CLAIMS",
    "DOCUMENTS",
    "ENTITIES",
    "JUDGEMENTS",
    "WHY",
    "claims_jsonl",
    "documents_jsonl",
    "dump_record",
    "entities_jsonl",
    "from_record",
    "judgements_jsonl",
    "load_record",
    "measure_row",
    "read_graph",
    "to_record",
    "why_jsonl",
]
