"""Profiles: what resolution across documents needs to know of an entity of one document.

A profile is light (names, not sentences), computed from a single-document graph alone, and holds
nothing that another document could change; so it travels as a row of a table.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from kg.iri import entity_name, escape_name
from kg.lexicon import EVENT, PLACE, load_lexicon
from kg.model import Claim, ClaimGraph, Entity, EntityMention
from kg.ontology import load_known_entities, load_ontology
from kg.script import match_key, simplify

_BEFORE = 10  # characters before a name that tell what its bearer is: 學聯前秘書長
_NEAR = 60  # characters
_MENTIONS = 20  # mentions whose surroundings are looked at
_SHORTEST = 2  # characters of a name that says something alone
_MOST = 60  # names of one document that are its company


@dataclass(frozen=True, slots=True)
class Profile:
    """An entity as one document knows it; all names but ``name`` in the form of ``match_key``.

    ``document`` and ``iri`` are IRIs, the latter that of the single-document graph; ``known``
    whether it is a known entity's; ``names`` are all its names, ``offices`` are (role, key of the
    body), ``neighbours`` those tied to it by claims and events, ``company`` the other names of the
    document that are in no list and ``setting`` the known ones. ``near`` are all the names that
    stand near its own, ``places`` the known places of them, or else the one that the document names
    most; ``before`` are pairs of characters right before its mentions. ``published`` is an ISO 8601
    date or "".
    """

    document: str
    iri: str
    cls: str
    name: str
    known: bool = False
    names: frozenset[str] = frozenset()
    offices: frozenset[tuple[str, str]] = frozenset()
    neighbours: frozenset[str] = frozenset()
    company: frozenset[str] = frozenset()
    setting: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    published: str = ""
    script: str = "Hant"
    mentions: int = 1

    @property
    def id(self) -> str:
        """An IRI for this entity of this document, whatever it is resolved to."""
        return profile_id(self.document, self.iri)

    @property
    def key(self) -> str:
        """What its name is compared by."""
        return _key_of(self.name)


@lru_cache(maxsize=1 << 16)
def _key_of(name: str) -> str:
    return match_key(name)


@lru_cache(maxsize=1 << 16)
def profile_id(document: str, iri: str) -> str:
    """The IRI of an entity as *document* alone knows it: the document's with the name behind."""
    return f"{document}#{escape_name(entity_name(iri) or iri)}"


def profiles_of(graph: ClaimGraph) -> Iterator[Profile]:
    """The entities of a single-document graph with its text; not its events.

    Nor those that the document names by a role only (政府), which are nobody outside it.
    """
    ontology, known = load_ontology(), known_iris()
    (document,) = graph.documents
    named = [e for e in graph.entities if not ontology.is_a(e.cls, EVENT) and entity_name(e.iri)]
    found = [e for e in named if not _plays_a_role(e)]
    keys = {e.iri: match_key(entity_name(e.iri) or "") for e in found}
    tied, offices = _tied(graph, keys), _offices(graph.claims, keys)
    text = simplify(document.text)
    company = _first_keys((e for e in found if e.iri not in known), keys)
    setting = _first_keys((e for e in found if e.iri in known), keys)
    order = sorted((m.span.start, keys[e.iri]) for e in found for m in e.mentions)
    places = [e for e in found if e.iri in known and ontology.is_a(e.cls, PLACE)]
    where, home = {keys[e.iri] for e in places}, _first_keys(places, keys, 1)
    for entity in found:
        own = {keys[entity.iri]}
        near = _near(order, entity.mentions) - own
        yield Profile(
            document=document.iri,
            iri=entity.iri,
            cls=entity.cls,
            name=entity_name(entity.iri) or "",
            known=entity.iri in known,
            names=_names(entity) | own,
            offices=frozenset(offices[entity.iri]),
            neighbours=frozenset(tied[entity.iri] - own),
            company=company - own,
            setting=setting - own,
            near=near,
            places=(near & where) or home - own,
            before=_before(text, entity.mentions) - _pairs(keys[entity.iri]),
            published=document.published or "",
            script=document.script,
            mentions=len(entity.mentions),
        )


@cache
def known_iris() -> frozenset[str]:
    """The IRIs of the known entities."""
    return frozenset(entity.iri for entity in load_known_entities())


def _plays_a_role(entity: Entity) -> bool:
    """Whether its IRI is that of somebody whom one document knows by a role alone."""
    name = entity_name(entity.iri) or ""
    role, _, key = name.rpartition(" ")
    return simplify(role) in load_lexicon().roles and len(key) == 16


def _names(entity: Entity) -> frozenset[str]:
    keys = map(match_key, (*entity.labels.values(), *entity.aliases))
    return frozenset(key for key in keys if len(key) >= _SHORTEST)


def _first_keys(
    entities: Iterable[Entity], keys: Mapping[str, str], most: int = _MOST
) -> frozenset[str]:
    """The names of the entities that the document names most."""
    ranked = sorted(entities, key=lambda e: (-len(e.mentions), e.iri))
    return frozenset(keys[entity.iri] for entity in ranked[:most])


def _tied(graph: ClaimGraph, keys: Mapping[str, str]) -> Mapping[str, set[str]]:
    """Whom claims and events tie to whom."""
    tied: dict[str, set[str]] = defaultdict(set)
    ends = [{c.subject, c.object} for c in graph.claims if isinstance(c.object, str)]
    parties = [{p.iri for p in entity.participants} for entity in graph.entities]
    for group in (*ends, *parties):
        named = group & keys.keys()
        for iri in named:
            tied[iri] |= {keys[other] for other in named if other != iri}
    return tied


def _offices(
    claims: tuple[Claim, ...], keys: Mapping[str, str]
) -> Mapping[str, set[tuple[str, str]]]:
    offices: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for claim in claims:
        if claim.role and isinstance(claim.object, str) and claim.object in keys:
            offices[claim.subject].add((match_key(claim.role), keys[claim.object]))
    return offices


def _near(order: Sequence[tuple[int, str]], mentions: Sequence[EntityMention]) -> frozenset[str]:
    """The names within some characters of the mentions; *order* has all, as the text has."""
    near: set[str] = set()
    for mention in mentions[:_MENTIONS]:
        first = bisect_left(order, (mention.span.start - _NEAR, ""))
        last = bisect_left(order, (mention.span.end + _NEAR, ""))
        near |= {key for _, key in order[first:last]}
    return frozenset(near)


def _before(simplified: str, mentions: Sequence[EntityMention]) -> frozenset[str]:
    starts = (mention.span.start for mention in mentions[:_MENTIONS])
    return frozenset(p for at in starts for p in _pairs(simplified[max(0, at - _BEFORE) : at]))


def _pairs(words: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(words) if (a + b).isalpha())
