"""Small corpora, and readers of them that need no pipeline and may be told to misbehave."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from claimgraphs import claim, entity
from hypothesis import strategies as st

from kg.claims import aligned, keyed, pool
from kg.engine import time_limit
from kg.iri import content_key, document_iri, entity_iri
from kg.model import (
    Claim,
    ClaimGraph,
    Document,
    Entity,
    EntityMention,
    Evidence,
    Judgement,
    Measure,
    Modality,
    Participant,
    Quantity,
    Script,
    Span,
    TimeSpan,
)
from kg.ontology import load_ontology
from kg.shards import Setup
from kg.shards.work import Shard, fingerprint, make_shard

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
    return shard_of([graph_of_one(one) for one in batch])


def shard_of(graphs: Sequence[ClaimGraph]) -> Shard:
    return make_shard(SETUP.key, {fingerprint(graph.documents[0]): graph for graph in graphs})


def read_slowly(seconds: float, batch: Sequence[Document]) -> Shard:
    """As :func:`read`, after some time for each document."""
    time.sleep(seconds * len(batch))
    return read(batch)


def read_within(seconds: float, batch: Sequence[Document]) -> Shard:
    """As :func:`read`, with a budget of time, in a process that may end."""
    with time_limit(seconds, expendable=True):
        return read(batch)


def names_read(found: Iterable[ClaimGraph]) -> list[str]:
    return sorted(graph.documents[0].source for graph in found)


def files_under(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


# --- Articles that have much in common -------------------------------------------------------

NAMES = ("藍峰科技", "蓝峰科技", "東嶺大學", "东岭大学", "林小明", "甲")
YEAR = TimeSpan("2020", "2020", "year")
STAFF = Measure("員工", Quantity(20.0, None, "=", "人", "20人"))


@dataclass(frozen=True)
class Told:
    """What an article says once: places in :data:`NAMES`, and how."""

    subject: int
    predicate: str
    object: int | Measure
    time: TimeSpan | None
    modality: Modality
    place: int | None
    event: bool
    start: int


TOLD = st.builds(
    Told,
    subject=st.integers(0, 5),
    predicate=st.sampled_from(("kg:partnerOf", "kg:owns", "kg:competesWith")),
    object=st.integers(0, 5) | st.just(STAFF),
    time=st.sampled_from((None, None, YEAR)),
    modality=st.sampled_from(("actual", "planned", "reported")),
    place=st.none() | st.integers(0, 5),
    event=st.booleans(),
    start=st.integers(0, 50),
)
several = st.lists(
    st.tuples(
        st.lists(TOLD, max_size=5),
        st.lists(
            st.sampled_from(("kg:Company", "kg:Organization", "kg:Person")), min_size=6, max_size=6
        ),
        st.sampled_from(("Hant", "Hans")),
    ),
    max_size=7,
).map(lambda found: [telling(f"d{n}", *one) for n, one in enumerate(found)])


def telling(name: str, told: Sequence[Told], classes: Sequence[str], script: Script) -> ClaimGraph:
    """The graph of an article that tells this, where names have these classes."""
    article = replace(document(name, "、".join(NAMES)), script=script)
    events = [_event(article, one) for one in told if one.event]
    claims = [_claim(article, one) for one in told if one.subject != one.object]
    ontology = load_ontology()
    pooled = sorted(pool(list(aligned(claims, ontology))), key=lambda one: one.key)
    named = {place for one in told for place in (one.subject, one.object, one.place)}
    entities = [
        Entity(
            entity_iri(NAMES[place]),
            classes[place],
            {"zh-Hant": NAMES[place]},
            mentions=(EntityMention(article.iri, Span(place, place + 2), NAMES[place]),)
            * (place < 5),
        )
        for place in named
        if isinstance(place, int)
    ]
    every = {one.iri: one for one in (*entities, *events)}
    return ClaimGraph(
        documents=(article,),
        entities=tuple(every[iri] for iri in sorted(every)),
        claims=tuple(pooled),
        judgements=tuple(
            Judgement(f"{article.iri}#{n}", one.iri, "same", 0.5, ("its name",), "test")
            for n, one in enumerate(entities)
        ),
        counts={"documents": 1},
    )


def _claim(article: Document, told: Told) -> Claim:
    measured = isinstance(told.object, Measure)
    evidence = Evidence(article.iri, Span(told.start, told.start + 5), "說", "test", 0.6)
    return keyed(
        Claim(
            key="",
            subject=entity_iri(NAMES[told.subject]),
            predicate="kg:hasMetric" if measured else told.predicate,
            object=told.object
            if isinstance(told.object, Measure)
            else entity_iri(NAMES[told.object]),
            evidence=(evidence,),
            time=told.time,
            modality=told.modality,
            place=None if told.place is None else entity_iri(NAMES[told.place]),
            event=_event(article, told).iri if told.event else None,
            confidence=0.6,
            extractor="test",
        )
    )


def _event(article: Document, told: Told) -> Entity:
    iri = f"https://w3id.org/claimgraph/event/{content_key(told.subject, told.predicate)}"
    parties = [told.subject, *([told.object] if isinstance(told.object, int) else [])]
    return Entity(
        iri,
        "kg:Agreement",
        {"zh-Hant": "簽約"},
        mentions=(EntityMention(article.iri, Span(9, 11), "簽約"),) * (told.start % 2),
        trigger="簽約",
        time=told.time,
        participants=tuple(Participant("agent", entity_iri(NAMES[one])) for one in parties),
        place=None if told.place is None else entity_iri(NAMES[told.place]),
    )
