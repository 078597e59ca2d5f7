"""Small corpora, and readers of them that need no pipeline and may be told to misbehave."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from claimgraphs import claim, entity

from kg.iri import document_iri
from kg.model import ClaimGraph, Document, Failure
from kg.shards import Setup
from kg.shards.work import Shard, make_shard

SETUP = Setup()
CRASH, HANG, RAISE = "crash", "hang", "raise"


def document(name: str, text: str = "甲與乙合作。") -> Document:
    """One of this name, which is in its IRI; its text may tell :func:`read` what to do."""
    said = f"{name}：{text}"
    digest = sha256(said.encode()).hexdigest()
    return Document(document_iri(name), said, title=name, source=name, digest=digest)


def corpus(count: int, *bad: tuple[int, str]) -> list[Document]:
    """*count* documents; *bad* are places and what happens there."""
    texts = dict(bad)
    return [document(f"d{n:03d}", texts.get(n, "甲與乙合作。")) for n in range(count)]


def graph_of_one(document: Document) -> ClaimGraph:
    """甲 and what its title names are partners."""
    other = document.title or ""
    entities = [
        replace(one, mentions=tuple(replace(m, document=document.iri) for m in one.mentions))
        for one in (entity(other), entity("甲"))
    ]
    said = claim("甲", "kg:partnerOf", other)
    evidence = tuple(replace(e, document=document.iri) for e in said.evidence)
    return ClaimGraph(
        documents=(document,),
        entities=tuple(sorted(entities, key=lambda one: one.iri)),
        claims=(replace(said, evidence=evidence),),
        counts={"documents": 1},
    )


def read(batch: Sequence[Document]) -> Shard:
    """The shard of *batch*, but for the documents that say otherwise."""
    for one in batch:
        if CRASH in one.text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if HANG in one.text:
            time.sleep(600)
        if RAISE in one.text:
            raise ValueError("no such thing")
    return make_shard(SETUP.key, [graph_of_one(one) for one in batch])


def names_read(found: Iterable[ClaimGraph]) -> list[str]:
    return sorted(graph.documents[0].source for graph in found)


def files_under(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def is_failure(found: Document | Failure) -> bool:
    return isinstance(found, Failure)
