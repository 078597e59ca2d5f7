"""Builds of many articles: what each says is kept in shards, and put together from them.

    tables    graphs of single documents as Parquet tables
    work      what a worker does with a batch of documents
    folder    the shards of a build, whole or not there, and which documents they hold
    build     documents → shards → graph
    corpus    shards → records and N-Quads, of more than memory holds
    lake      rows on disk: written, sorted, joined
    save      the folder of such a build

Begin with ``build``.
"""

from kg.shards.build import BATCH, Progress, Report, build_shards, join_shards
from kg.shards.folder import ShardFolder
from kg.shards.save import save_corpus
from kg.shards.work import Setup

__all__ = [
    "BATCH",
    "Progress",
    "Report",
    "Setup",
    "ShardFolder",
    "build_shards",
    "join_shards",
    "save_corpus",
]
