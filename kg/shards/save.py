"""The folder of a build of many articles: records, N-Quads by shard, and the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from kg.artefacts import MANIFEST, check_out, manifest_bytes, publish, staging
from kg.errors import InputError
from kg.model import Failure
from kg.shards.corpus import Summary, join_corpus
from kg.shards.folder import ShardFolder
from kg.verdicts import Verdicts


def save_corpus(
    folder: ShardFolder,
    out: Path,
    failures: Sequence[Failure] = (),
    verdicts: Verdicts | None = None,
) -> tuple[Summary, list[Path]]:
    """Join the shards of *folder* on disk and write what comes of it into *out*, or nothing.

    Raises InputError where there is no room, and for *verdicts* that need the graph in memory.
    """
    pairs = _usable(verdicts or Verdicts()).pairs
    check_out(out)
    try:
        with staging(out) as place:
            summary = join_corpus(folder, place, place / ".work", pairs)
            every = (*failures, *summary.failed)
            manifest = manifest_bytes(summary.counts, summary.reasons, (), every, summary.digests)
            (place / MANIFEST).write_bytes(manifest)
            names = [*summary.digests, MANIFEST]
            publish(place, out, names)
    except (OSError, pa.ArrowException, duckdb.Error) as error:
        raise InputError(
            f"cannot write to {out}: {error}: make room and run it again; the shards stay"
        ) from error
    return summary, [out / name for name in names]


def _usable(verdicts: Verdicts) -> Verdicts:
    """*verdicts*, if all can be honoured without the whole graph."""
    merging = any(one.verdict == "same" and "#" not in one.left for one in verdicts.pairs)
    if verdicts.claims or merging:
        raise InputError(
            "verdicts on claims, and on which entities of the joined graph are the same, need the "
            "graph in memory: add --in-memory, or build without --judgements"
        )
    return verdicts
