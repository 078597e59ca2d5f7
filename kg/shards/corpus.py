"""One graph of more documents than memory holds, from their shards.

What :func:`kg.joining.join_graphs` does at once is done here table by table, each sorted on disk
so that what belongs together stands together:

1. profiles of all shards → identity: which entities become which
2. the entities and claims of each document, moved to their new IRIs
3. entities by IRI → merged; claims by relation and ends → pooled
4. document by document: its named graph, with what that document says

The result is the same, to the byte.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import chain, groupby
from pathlib import Path

import pyarrow as pa

from kg import interchange
from kg.artefacts import RDF, current_run, drop_reasons
from kg.combine import NO_FIT, STAGE, Moves, fits, merge_entities, move_claim, move_entities, pooled
from kg.model import (
    Claim,
    ClaimGraph,
    Drop,
    Entity,
    EntityMention,
    Failure,
    Json,
    Judgement,
    Span,
)
from kg.ontology import Ontology, load_ontology
from kg.rdf import encode, serialise
from kg.rdf.terms import Quad
from kg.resolve.columns import judge_files, write_profiles
from kg.resolve.profiles import Profile, profiles_of
from kg.shards.folder import ShardFolder
from kg.shards.judged import JUDGEMENTS, JudgementWriter, judgement_lines, reason_lines
from kg.shards.lake import MEMORY, Lake, RowWriter, Sorted, quoted
from kg.shards.stories import SIGNATURES, judge_stories, signature_row
from kg.shards.tables import (
    SCHEMAS,
    claim_of,
    claim_row,
    document_of,
    entity_of,
    entity_row,
    mention_of,
    mention_row,
)
from kg.verdicts import sort_pairs

UNNAMED = "unnamed"  # the file of what no document's graph holds
_TEXT = pa.string()
_MENTIONS = pa.list_(
    pa.struct([("document", _TEXT), ("start", pa.int32()), ("end", pa.int32()), ("surface", _TEXT)])
)
_ARTICLES = pa.schema([("shard", _TEXT), ("place", pa.int32()), *SCHEMAS["documents"].remove(1)])
_MOVES = pa.schema([("document", _TEXT), ("iri", _TEXT), ("to", _TEXT)])
_PLACE = pa.field("place_in_graph", pa.int32())
_ENTITIES = SCHEMAS["entities"].append(pa.field("mentions", _MENTIONS))
_MOVED_ENTITIES = _ENTITIES.append(_PLACE)
_MOVED_CLAIMS = SCHEMAS["claims"].append(pa.field("moved", pa.bool_())).append(_PLACE)
_SAID_CLAIMS = SCHEMAS["claims"].append(pa.field("first", pa.int32()))


@dataclass
class Summary:
    """What there is in all: documents, entities, claims and more by stage; why what was dropped.

    ``failed`` are the documents that are there, but of which nothing could be read, ``gone`` the
    readers' judgements on what is not there.
    """

    counts: Counter[str] = field(default_factory=Counter)
    stances: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    digests: dict[str, str] = field(default_factory=dict)
    failed: tuple[Failure, ...] = ()
    gone: tuple[Drop, ...] = ()


def join_corpus(
    folder: ShardFolder, out: Path, work: Path, verdicts: Sequence[Judgement] = ()
) -> Summary:
    """Write the records and the N-Quads of all documents of *folder* into *out*.

    *work* is a folder for what is in between, some times the size of the shards. *verdicts* are
    judgements of readers on profiles, as :func:`kg.resolve.across.judge` takes them.
    """
    with Lake(work) as lake:
        join = _Join(folder, out, lake, load_ontology())
        join.judge(verdicts)
        join.move()
        join.merge()
        join.pool()
        join.honour(verdicts)
        join.write_records()
        join.write_rdf()
        return join.summary


class _Join:
    """The steps, in their order."""

    def __init__(self, folder: ShardFolder, out: Path, lake: Lake, ontology: Ontology) -> None:
        self.folder, self.out, self.lake, self.ontology = folder, out, lake, ontology
        self.summary = Summary()
        self.readers: list[Judgement] = []
        self.keys = sorted(folder.keys)

    def judge(self, verdicts: Iterable[Judgement]) -> None:
        """Which entities of different documents are one, and which documents one story."""
        with (
            self.lake.write("articles", _ARTICLES) as articles,
            self.lake.write("signatures", SIGNATURES) as signatures,
        ):
            files = [self._profile(key, articles, signatures) for key in self.keys]
        judged = judge_files(files, verdicts, memory=MEMORY, scratch=self.lake.folder)
        with (
            self.lake.write("moves", _MOVES) as moves,
            self.lake.write("across", JUDGEMENTS) as table,
        ):
            across = JudgementWriter(table)
            for block in judged:
                across.add_all(block.judgements)
                for (document, iri), to in block.moves.items():
                    moves.add({"document": document, "iri": iri, "to": to})
            across.add_all(judge_stories(self.lake))

    def _profile(self, key: str, articles: RowWriter, signatures: RowWriter) -> Path:
        """The profiles of a shard as a file; on the way its articles and what copies share."""
        path = self.lake.path(f"profiles-{key}")
        profiles: list[Profile] = []
        for place, graph in enumerate(self.folder.read(key)):
            self._count(graph)
            (document,) = graph.documents
            articles.add({"shard": key, "place": place, **asdict(document)})
            signatures.add(signature_row(document))
            profiles += profiles_of(graph)
        write_profiles(profiles, path)
        return path

    def _count(self, graph: ClaimGraph) -> None:
        self.summary.counts.update(graph.counts)
        self.summary.reasons.update(drop_reasons(graph.drops))
        self.summary.failed += graph.failures

    def move(self) -> None:
        """Each document's entities and claims, under their new IRIs."""
        moves = Sorted(self.lake.rows(_MOVES_IN_ORDER), lambda row: (row["shard"], row["place"]))
        with (
            self.lake.write("moved_entities", _MOVED_ENTITIES) as entities,
            self.lake.write("moved_claims", _MOVED_CLAIMS) as claims,
        ):
            for key in self.keys:
                for place, graph in enumerate(self.folder.read(key)):
                    to = {row["iri"]: row["to"] for row in moves.take((key, place))}
                    _move(graph, to, entities, claims)

    def merge(self) -> None:
        """The entities of one IRI as one."""
        rows = self.lake.rows(_ENTITIES_TOGETHER)
        with self.lake.write("entities", _ENTITIES) as writer:
            for _, group in groupby(rows, lambda row: row["iri"]):
                (entity,) = merge_entities(map(_entity_of, group), self.ontology)
                self.summary.counts["entities"] += 1
                writer.add(_entity_row(entity))

    def pool(self) -> None:
        """The claims that say the same as one, and each once more for every document of its own."""
        rows = self.lake.rows(_CLAIMS_TOGETHER)
        with (
            self.lake.write("claims", SCHEMAS["claims"]) as whole,
            self.lake.write("said", _SAID_CLAIMS) as said,
        ):
            for _, group in groupby(rows, lambda row: row["together"]):
                for claim in pooled(list(self._fitting(group)), self.ontology):
                    self.summary.counts["claims"] += 1
                    self.summary.stances[_stance(claim)] += 1
                    whole.add(claim_row(claim))
                    for row in _said(claim):
                        said.add(row)

    def _fitting(self, rows: Iterable[Json]) -> Iterator[Claim]:
        """The claims whose ends fit, after they were moved; the others are counted."""
        for row in rows:
            claim = claim_of(row)
            known = {row[end]: _known(row[end], row[f"{end}_cls"]) for end in ("subject", "object")}
            if not row["moved"] or fits(claim, self.ontology, known):
                yield claim
            else:
                self.summary.reasons[f"{STAGE}: {NO_FIT}"] += 1

    def honour(self, verdicts: Sequence[Judgement]) -> None:
        """Keep the judgements of readers on what is there; the others are told."""
        asked = {end for one in verdicts for end in (one.left, one.right)}
        entities = self._there("entities", asked)
        documents = self._there("articles", {end.partition("#")[0] for end in asked})
        known, places, gone = sort_pairs(verdicts, entities, documents)
        self.summary.gone = tuple(gone)
        self.summary.reasons.update(drop_reasons(gone))
        self.readers = [*known, *places]

    def _there(self, table: str, iris: Iterable[str]) -> set[str]:
        """Those of *iris* that are in the table of this name."""
        listed = ", ".join(map(quoted, iris)) or "NULL"
        rows = self.lake.rows(f"SELECT iri FROM {table} WHERE iri IN ({listed})")
        return {row["iri"] for row in rows}

    def write_records(self) -> None:
        """The records as JSON lines, in the order that they have in memory."""
        lines = {
            interchange.JUDGEMENTS: judgement_lines(self.lake, self.folder, self.readers),
            interchange.DOCUMENTS: self._document_lines(),
            interchange.ENTITIES: self._entity_lines(),
            interchange.CLAIMS: self._claim_lines(),
            interchange.WHY: chain(reason_lines(self.lake), self._why_lines()),
        }
        for name, found in lines.items():
            self._write(name, found)

    def _write(self, name: str, pieces: Iterable[bytes]) -> None:
        digest = hashlib.sha256()
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
        self.summary.digests[name] = digest.hexdigest()

    def _document_lines(self) -> Iterator[bytes]:
        for row in self.lake.rows("SELECT * FROM articles ORDER BY iri"):
            yield interchange.documents_jsonl(ClaimGraph(documents=(document_of(row),)))

    def _entity_lines(self) -> Iterator[bytes]:
        for row in self.lake.rows("SELECT * FROM entities ORDER BY iri"):
            yield interchange.entities_jsonl(ClaimGraph(entities=(_entity_of(row),)))

    def _claim_lines(self) -> Iterator[bytes]:
        for row in self.lake.rows(_CLAIMS_WITH_LABELS):
            ends = [(row[end], row[f"{end}_labels"]) for end in ("subject", "object")]
            named = tuple(Entity(iri, "", dict(labels)) for iri, labels in ends if iri is not None)
            yield interchange.claims_jsonl(ClaimGraph(entities=named, claims=(claim_of(row),)))

    def _why_lines(self) -> Iterator[bytes]:
        for row in self.lake.rows("SELECT * FROM claims ORDER BY key"):
            yield interchange.why_jsonl(ClaimGraph(claims=(claim_of(row),)))

    def write_rdf(self) -> None:
        """A file of N-Quads a shard, with the graphs of its documents."""
        self.lake.run(_NAMED)
        claims = Sorted(self.lake.rows(_SAID_IN_ORDER), _place)
        entities = Sorted(self.lake.rows(_NAMED_IN_ORDER), _place)
        articles = self.lake.rows("SELECT * FROM articles ORDER BY shard, iri")
        for shard, group in groupby(articles, lambda row: row["shard"]):
            quads: list[Quad] = []
            for row in group:
                place = (shard, row["iri"])
                quads += _graph_quads(row, entities.take(place), claims.take(place))
            self._write(f"{RDF}/{shard}.nq", [serialise(quads, "nq")])
        rest = tuple(entity_of(row) for row in self.lake.rows(_NOWHERE))
        if rest or self.readers:
            graph = ClaimGraph(entities=rest, judgements=tuple(self.readers))
            self._write(f"{RDF}/{UNNAMED}.nq", [serialise(encode(graph), "nq")])


def _move(graph: ClaimGraph, to: Moves, entities: RowWriter, claims: RowWriter) -> None:
    document = graph.documents[0].iri
    for place, entity in enumerate(move_entities(graph.entities, to)):
        of: Json = {"document": document, "place_in_graph": place}
        entities.add(of | _entity_row(entity))
    for place, claim in enumerate(graph.claims):
        moved = move_claim(claim, to)
        of = {"document": document, "place_in_graph": place, "moved": moved != claim}
        claims.add(of | claim_row(moved))


def _entity_row(entity: Entity) -> Json:
    return entity_row(entity) | {"mentions": [mention_row(m) for m in entity.mentions]}


def _entity_of(row: Json) -> Entity:
    return entity_of(row, map(mention_of, row["mentions"]))


def _stance(claim: Claim) -> str:
    """As the summary of any build counts it."""
    if claim.is_fact:
        return "facts"
    return claim.polarity if claim.polarity == "denied" else claim.modality


def _known(iri: str | None, cls: str | None) -> Entity:
    return Entity(iri or "", cls or "", {})


def _said(claim: Claim) -> Iterator[Json]:
    """The claim as each document says it: with the evidence there, and where that begins."""
    first = 1
    for document, group in groupby(claim.evidence, lambda one: one.document):
        evidence = tuple(group)
        row = claim_row(replace(claim, evidence=evidence))
        yield row | {"document": document, "first": first}
        first += len(evidence)


def _place(row: Json) -> tuple[str, str]:
    return row["shard"], row["document"]


def _graph_quads(article: Json, entities: list[Json], claims: list[Json]) -> list[Quad]:
    """The named graph of one document."""
    document = document_of(article)
    here = (EntityMention(document.iri, Span(0, 0), ""),)
    graph = ClaimGraph(
        documents=(document,),
        entities=tuple(entity_of(row, here if row["mentioned"] else ()) for row in entities),
        claims=tuple(map(claim_of, claims)),
    )
    return encode(graph, run=current_run(), first={row["key"]: row["first"] for row in claims})


_MOVES_IN_ORDER = """
SELECT a.shard, a.place, m.iri, m.to FROM moves m JOIN articles a ON a.iri = m.document
ORDER BY a.shard, a.place
"""
_ENTITIES_TOGETHER = "SELECT * FROM moved_entities ORDER BY iri, document, place_in_graph"
# What a claim is compared with: those of the same relation between the same ends.
_CLAIMS_TOGETHER = """
SELECT c.*, s.cls AS subject_cls, o.cls AS object_cls,
    c.predicate || ' ' || least(c.subject, coalesce(c.object, ''))
        || ' ' || greatest(c.subject, coalesce(c.object, '')) AS together
FROM moved_claims c
JOIN entities s ON s.iri = c.subject
LEFT JOIN entities o ON o.iri = c.object
ORDER BY together, c.document, c.place_in_graph
"""
_CLAIMS_WITH_LABELS = """
SELECT c.*, s.labels AS subject_labels, o.labels AS object_labels
FROM claims c
JOIN entities s ON s.iri = c.subject
LEFT JOIN entities o ON o.iri = c.object
ORDER BY c.key
"""
# The entities that each document names, by itself, by its claims, or by who is in its events.
_NAMED = """
CREATE OR REPLACE TABLE named AS
WITH
    mentioned AS (SELECT document, iri FROM moved_entities WHERE len(mentions) > 0),
    claimed AS (
        SELECT document, unnest([subject, object, place, speaker, event]) AS iri FROM said
    ),
    direct AS (SELECT * FROM mentioned UNION SELECT * FROM claimed WHERE iri IS NOT NULL),
    parts AS (
        SELECT iri AS event, unnest(list_concat(
            [place, speaker], list_transform(participants, lambda p: p.iri)
        )) AS iri
        FROM entities WHERE len(participants) > 0 OR place IS NOT NULL OR speaker IS NOT NULL
    ),
    every AS (
        SELECT * FROM direct
        UNION SELECT d.document, p.iri FROM direct d JOIN parts p ON p.event = d.iri
        WHERE p.iri IS NOT NULL
    )
SELECT a.shard, e.document, e.iri, (m.iri IS NOT NULL) AS mentioned
FROM every e
JOIN articles a ON a.iri = e.document
LEFT JOIN (SELECT DISTINCT * FROM mentioned) m ON m.document = e.document AND m.iri = e.iri
"""
_NAMED_IN_ORDER = """
SELECT n.*, e.* EXCLUDE (document, iri, mentions)
FROM named n JOIN entities e ON e.iri = n.iri
ORDER BY n.shard, n.document, n.iri
"""
_SAID_IN_ORDER = """
SELECT a.shard, s.* FROM said s JOIN articles a ON a.iri = s.document
ORDER BY a.shard, s.document, s.key
"""
_NOWHERE = "SELECT * FROM entities WHERE iri NOT IN (SELECT iri FROM named) ORDER BY iri"
