"""What the books of a store say of one document, as quads.

Of each document: its record, which is its graph alone, whole, as compressed JSON; and an index by
which a change finds what else it touches. The index can always be made again from the records.

- the document: ``record``, ``about`` (its head without the text, and the run that read it);
- each entity of it: ``in`` the document, ``as`` the IRI that it has in the whole, ``of`` the one
  that it has here if that is another, what it is (``entity``, without its mentions, whose number
  is ``mentions``), and its ``profile`` under its ``token`` (``known``, if it is a known entity);
- each claim of it: ``in`` the document, its ``pair`` of ends in the whole, each ``end``, ``claim``.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from itertools import product
from typing import Any

from kg.combine import move_claim
from kg.errors import GraphError
from kg.interchange import dump_record, from_record, load_record, to_record
from kg.iri import content_key
from kg.model import Claim, ClaimGraph, Document, Entity, Json, Measure
from kg.rdf import RunInfo
from kg.rdf.terms import Quad, integer, node, text
from kg.resolve.blocks import tokens_of
from kg.resolve.profiles import Profile, profile_id, profiles_of
from kg.store import BOOKS

Moves = Mapping[str, str]
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Held:
    """A document of a store, without its text, and the run that read it."""

    document: Document
    run: RunInfo


def entry(name: str) -> str:
    """The IRI of a property of the books."""
    return f"{BOOKS}#{name}"


def entries(graph: ClaimGraph, moves: Moves, run: RunInfo) -> Iterator[Quad]:
    """The quads of the books for the graph of one document, whose entities move so."""
    (document,) = graph.documents
    yield _quad(document.iri, "record", pack(dump_record(graph)))
    yield _quad(document.iri, "about", _json(about_row(Held(document, run))))
    rows = to_record(ClaimGraph(entities=graph.entities, claims=graph.claims))
    profiles = {profile.iri: profile for profile in profiles_of(graph)}
    for entity, row in zip(graph.entities, rows["entities"], strict=True):
        yield from _entity(document.iri, entity, row, moves.get(entity.iri, entity.iri))
        if profile := profiles.get(entity.iri):
            yield from _profile(profile)
    for claim, row in zip(graph.claims, rows["claims"], strict=True):
        yield from _claim(document.iri, claim, row, moves)


def _entity(document: str, entity: Entity, row: Json, to: str) -> Iterator[Quad]:
    subject = profile_id(document, entity.iri)
    yield _link(subject, "in", document)
    yield _link(subject, "as", to)
    if to != entity.iri:
        yield _link(subject, "of", entity.iri)
    payload = {name: value for name, value in row.items() if name not in ("iri", "mentions")}
    yield _quad(subject, "entity", _json(payload))
    yield Quad(node(subject), node(entry("mentions")), integer(len(entity.mentions)), node(BOOKS))


def _profile(profile: Profile) -> Iterator[Quad]:
    yield _quad(profile.id, "profile", _json(profile_row(profile)))
    kind = "known" if profile.known else "token"
    for token in sorted(tokens_of(profile)):
        yield _quad(profile.id, kind, token)


def _claim(document: str, claim: Claim, row: Json, moves: Moves) -> Iterator[Quad]:
    subject = f"{document}#claim-{claim.key}"
    moved = move_claim(claim, moves)
    to = {iri: moves[iri] for iri in named_by(claim) if iri in moves}
    yield _link(subject, "in", document)
    yield _quad(subject, "pair", pair_of(moved.subject, moved.object))
    yield _quad(subject, "claim", _json({"claim": row, "to": to}))
    for end in {moved.subject, moved.object}:
        if isinstance(end, str):
            yield _link(subject, "end", end)


def named_by(claim: Claim) -> set[str]:
    """The IRIs of the entities that a claim names."""
    ends = (claim.subject, claim.object, claim.place, claim.speaker, claim.event)
    return {end for end in ends if isinstance(end, str)}


def pair_of(subject: str, object_: str | Measure) -> str:
    """What claims of the same two ends share, whichever is the subject: they may pool."""
    if isinstance(object_, str):
        return content_key(sorted((subject, object_)))
    quantity = {**asdict(object_.quantity), "raw": ""}
    return content_key(subject, object_.name, quantity)


def pairs_of(claim: Claim, alike: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """The pairs of ends that a claim may have, where an end is one with those in *alike*."""
    target = claim.object
    if not isinstance(target, str):
        yield from (pair_of(end, target) for end in alike.get(claim.subject, (claim.subject,)))
        return
    ends = (alike.get(end, frozenset((end,))) for end in (claim.subject, target))
    yield from (pair_of(left, right) for left, right in product(*ends))


# --- Values ------------------------------------------------------------------------------------


def pack(line: bytes) -> str:
    """Compressed, as text: a tenth of the line."""
    return base64.b64encode(zlib.compress(line, 6)).decode("ascii")


def unpack(packed: str) -> ClaimGraph:
    """The graph of a record; raises GraphError for what is none."""
    try:
        line = zlib.decompress(base64.b64decode(packed, validate=True))
    except (ValueError, zlib.error) as error:
        raise GraphError(f"a record is damaged ({error}): restore a backup") from error
    return load_record(line)


def about_row(held: Held) -> Json:
    """The row of ``about``."""
    document = to_record(ClaimGraph((held.document,)))["documents"][0]
    return {**document, "text": "", "run": run_row(held.run)}


def held_of(value: str) -> Held:
    """What :func:`about_row` tells."""
    row = json.loads(value)
    graph = from_record({**_NOTHING, "documents": [row]})
    return Held(graph.documents[0], run_of(row["run"]))


def run_row(run: RunInfo) -> Json:
    """A run as a row."""
    return {field.name: getattr(run, field.name) for field in fields(run)}


def run_of(row: Json) -> RunInfo:
    """The run of :func:`run_row`."""
    return RunInfo(**row)


def claim_of(value: str) -> tuple[Claim, Moves]:
    """A claim as its document has it, and to what its ends move."""
    row = json.loads(value)
    claim = row["claim"]
    ends = [
        {"iri": end["iri"], **_ANY} for end in (claim["subject"], claim["object"]) if "iri" in end
    ]
    graph = from_record({**_NOTHING, "entities": ends, "claims": [claim]})
    return graph.claims[0], row["to"]


def entity_of(iri: str, payload: str) -> Entity:
    """An entity from its row, under another IRI and without mentions."""
    row = {**json.loads(payload), "iri": iri, "mentions": []}
    return from_record({**_NOTHING, "entities": [row]}).entities[0]


def profile_row(profile: Profile) -> Json:
    """A profile as JSON; sets sorted."""
    row = {field.name: getattr(profile, field.name) for field in fields(profile)}
    return {n: sorted(v) if isinstance(v, frozenset) else v for n, v in row.items()}


@lru_cache(maxsize=1 << 12)
def profile_of(value: str) -> Profile:
    """The profile of :func:`profile_row`; kept, as each article asks for those of its names."""
    row: dict[str, Any] = json.loads(value)
    row["offices"] = [tuple(office) for office in row["offices"]]
    sets = {name: frozenset(value) for name, value in row.items() if isinstance(value, list)}
    return Profile(**{**row, **sets})


_NOTHING: Json = {
    "documents": [], "entities": [], "claims": [], "judgements": [], "drops": [], "failures": [],
    "counts": {},
}  # fmt: skip
_ANY: Json = {"class": "kg:Entity", "labels": {}, "aliases": [], "sameAs": [], "mentions": []}


def _json(row: Json) -> str:
    """As a literal may hold it: lone surrogates are written as escapes."""
    line = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def _quad(subject: str, name: str, value: str) -> Quad:
    return Quad(node(subject), node(entry(name)), text(value), node(BOOKS))


def _link(subject: str, name: str, to: str) -> Quad:
    return Quad(node(subject), node(entry(name)), node(to), node(BOOKS))
