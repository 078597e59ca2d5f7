"""What a change of some documents changes in the whole, without looking at the whole.

The whole is a function of the set of documents, but a local one: an entity is judged and merged
over the documents that share its names, a claim pools with those between the same two ends. So the
same functions that make the whole (:mod:`kg.joining`) are run over the part that a change can
touch, once as it was and once as it becomes. Documents whose entities move, or in which a claim
becomes another, are written anew; in others only values change (a confidence, a label), and these
are patched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Many
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from kg.collection.books import Books
from kg.collection.entries import Moves, named_by, pairs_of
from kg.combine import combine, move_claim
from kg.model import Claim, ClaimGraph, Document, Entity
from kg.ontology import load_ontology
from kg.resolve.across import judge
from kg.resolve.blocks import affected, tokens_of
from kg.resolve.clusters import UnionFind
from kg.resolve.profiles import Profile, profiles_of
from kg.verdicts import Verdicts, apply_verdicts, merges

Graphs = Mapping[str, ClaimGraph]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Touched:
    """The part of the whole that a change touches, before and after.

    ``old`` and ``new`` are the documents that are written anew, with ``moves`` of the new;
    ``before`` and ``after`` are the joined parts, complete for these documents; ``patched`` gives
    for each other document the entities and claims in it whose values change.
    """

    old: Graphs
    new: Graphs
    moves: Mapping[str, Moves]
    before: ClaimGraph
    after: ClaimGraph
    patched: Mapping[str, set[str]]


def touched(books: Books, old: Graphs, new: Graphs, verdicts: Verdicts) -> Touched:
    """What changes when the graphs of *old* go, or become others, and those of *new* come."""
    return _Change(books, dict(old), dict(new), verdicts).settle()


class _Change:
    """Grows until nothing outside it changes its form."""

    def __init__(
        self,
        books: Books,
        old: dict[str, ClaimGraph],
        new: dict[str, ClaimGraph],
        verdicts: Verdicts,
    ) -> None:
        self.books, self.old, self.new, self.verdicts = books, old, new, verdicts
        self.moved = self._judge()
        self.old_moves = books.moves(old)
        self.new_moves: dict[str, dict[str, str]] = {iri: {} for iri in new}
        self._grow({document for document, _ in self.moved})

    def settle(self) -> Touched:
        """Join before and after, and take in what changes its form, until nothing does."""
        while True:
            part = _Part(self)
            more = part.changed_in_form()
            if not more:
                return part.result()
            self._grow(more)

    # --- Who is who --------------------------------------------------------------------------

    def _judge(self) -> dict[tuple[str, str], str]:
        """(document, its IRI) → the IRI that it gets, for entities that get another than before."""
        changed = [
            p for graphs in (self.old, self.new) for g in graphs.values() for p in profiles_of(g)
        ]
        index = _Index(self.books, self.old, [p for g in self.new.values() for p in profiles_of(g)])
        index.fetch({token for profile in changed for token in tokens_of(profile)})
        judged = judge(affected(changed, index.unknown, index.known), self.verdicts.pairs)
        self.judged = judged.moves
        return {
            (document, iri): self.judged.get((document, iri), iri)
            for (document, iri), before in index.before.items()
            if self.judged.get((document, iri), iri) != before
        }

    def _grow(self, documents: Iterable[str]) -> None:
        """Take in *documents*, whose graphs stay but whose form in the whole may not."""
        graphs = self.books.graphs(set(documents) - self.old.keys() - self.new.keys())
        before = self.books.moves(graphs)
        for iri, graph in graphs.items():
            self.old[iri] = self.new[iri] = graph
            self.old_moves[iri], self.new_moves[iri] = before[iri], dict(before[iri])
        for (document, iri), to in (*self.judged.items(), *self.moved.items()):
            if document in self.new_moves:
                self.new_moves[document][iri] = to
        self.new_moves = {
            document: {iri: to for iri, to in moves.items() if iri != to}
            for document, moves in self.new_moves.items()
        }


class _Index:
    """The profiles that there will be: those of the books, but for changed documents', and new."""

    def __init__(self, books: Books, without: Many[str], new: Iterable[Profile]) -> None:
        self.books, self.without = books, without
        self.before: dict[tuple[str, str], str] = {}
        self._new: dict[tuple[str, str], list[Profile]] = defaultdict(list)
        for profile in new:
            for token in tokens_of(profile):
                self._new["known" if profile.known else "token", token].append(profile)
        self._found: dict[tuple[str, str], list[Profile]] = {}

    def fetch(self, tokens: Iterable[str]) -> None:
        """Look all of *tokens* up at once; known entities only where others are called so too.

        Of the known ones there are many, and alone they are not judged.
        """
        wanted = set(tokens)
        self._fetch("token", wanted)
        self._fetch("known", {token for token in wanted if self._found["token", token]})

    def _fetch(self, kind: str, tokens: Many[str]) -> None:
        found = self.books.profiles(tokens, kind, self.without)
        for token in tokens:
            self._keep(kind, token, found.get(token, []))

    def _keep(self, kind: str, token: str, found: Iterable[tuple[Profile, str]]) -> None:
        profiles = list(self._new.get((kind, token), ()))
        for profile, to in found:
            self.before[profile.document, profile.iri] = to
            profiles.append(profile)
        self._found[kind, token] = profiles

    def unknown(self, token: str) -> list[Profile]:
        """The profiles of entities that are in no list."""
        return self._get("token", token)

    def known(self, token: str) -> list[Profile]:
        """The profiles of known entities."""
        return self._get("known", token)

    def _get(self, kind: str, token: str) -> list[Profile]:
        if (kind, token) not in self._found:
            found = self.books.profiles([token], kind, self.without)
            self._keep(kind, token, found.get(token, []))
        return self._found[kind, token]


@dataclass(frozen=True, slots=True)
class _Joined:
    """A part of the whole, and which of its entities readers hold to be one with which other."""

    graph: ClaimGraph
    one_of: Mapping[str, str]


class _Part:
    """The whole, restricted to what the documents of a change name."""

    def __init__(self, change: _Change) -> None:
        self.change, self.books = change, change.books
        self.inside = change.old.keys() | change.new.keys()
        self.sides = ((change.old, change.old_moves), (change.new, change.new_moves))
        self.alike = _alike(change.verdicts)
        self.claims = self.books.claims(self._pairs(), self.inside)
        self.abouts = self.books.held({document for document, _, _ in self.claims})
        self.iris = self._close(self._named())
        self._before, self._after = self._join_both()
        while more := self._close(self._missing()) - self.iris:
            self.iris |= more
            self._before, self._after = self._join_both()
        self.before, self.after = self._before.graph, self._after.graph

    def _named(self) -> set[str]:
        """The entities of the documents, and the ends of others' claims."""
        found = {
            moves[iri].get(entity.iri, entity.iri)
            for graphs, moves in self.sides
            for iri, graph in graphs.items()
            for entity in graph.entities
        }
        return found.union(*(_ends(move_claim(c, moves)) for _, c, moves in self.claims))

    def _close(self, iris: set[str]) -> set[str]:
        """With those that readers judge to be one with them."""
        return iris.union(*(self.alike.get(iri, ()) for iri in iris))

    def _pairs(self) -> set[str]:
        """The pairs of ends of the documents' claims; of their events all, if readers rejected any.

        Who is wrongly claimed to take part in an event takes no part in it.
        """
        pairs = {
            pair
            for graphs, moves in self.sides
            for iri, graph in graphs.items()
            for claim in graph.claims
            for pair in pairs_of(move_claim(claim, moves[iri]), self.alike)
        }
        if any(one.ruling == "wrong" for one in self.change.verdicts.claims.values()):
            pairs.update(self.books.pairs_at(self._events()))
        return pairs

    def _events(self) -> set[str]:
        graphs = (graph for graphs, _ in self.sides for graph in graphs.values())
        return {entity.iri for graph in graphs for entity in graph.entities if entity.participants}

    def _missing(self) -> set[str]:
        """What claims and events here name besides: a pooled claim may have another's event."""
        named: set[str] = set()
        for graph in (self._before.graph, self._after.graph):
            for claim in graph.claims:
                named |= named_by(claim)
            for event in graph.entities:
                named.update(part.iri for part in event.participants)
                named.update(filter(None, (event.place, event.speaker)))
        return named

    def _join_both(self) -> tuple[_Joined, _Joined]:
        others = list(self._others())
        before, after = (self._join(graphs, moves, others) for graphs, moves in self.sides)
        return before, after

    def _classes(self) -> dict[str, set[str]]:
        """What the documents hold their entities for."""
        found: dict[str, set[str]] = defaultdict(set)
        for graphs, moves in self.sides:
            for iri, graph in graphs.items():
                for entity in graph.entities:
                    found[moves[iri].get(entity.iri, entity.iri)].add(entity.cls)
        return found

    def _others(self) -> Iterator[tuple[ClaimGraph, Moves]]:
        """What the documents outside say of the same entities, and between the same ends."""
        classes, ranked = self._classes(), self.alike
        for document, entity in self.books.entities(self.iris, self.inside, classes, ranked):
            yield ClaimGraph((Document(document, ""),), (entity,)), {}
        for document, claim, moves in self.claims:
            yield ClaimGraph((self.abouts[document].document,), claims=(claim,)), moves

    def _join(
        self, graphs: Graphs, moves: Mapping[str, Moves], others: list[tuple[ClaimGraph, Moves]]
    ) -> _Joined:
        ontology, verdicts = load_ontology(), self.change.verdicts
        parts = [*((graph, moves[iri]) for iri, graph in graphs.items()), *others]
        combined = combine([g for g, _ in parts], [m for _, m in parts], ontology)
        known = combined.entity_by_iri()
        pairs = [one for one in verdicts.pairs if one.left in known and one.right in known]
        one_of, _ = merges(pairs, known)
        return _Joined(apply_verdicts(combined, verdicts, ontology), one_of)

    # --- What is different -------------------------------------------------------------------

    def changed_in_form(self) -> set[str]:
        """The documents that cannot be patched: something in them becomes another thing."""
        found = set(self._documents_of_changed_claims())
        classes, events = self._changed_entities()
        found.update(*self._described_in(events))
        if classes:
            moves = self.books.moves(self.books.documents_at(classes))
            found.update(document for document, moved in moves.items() if moved)
        if remerged := self._remerged():
            found |= self.books.documents_with(remerged)
        return set(self.books.held(found - self.inside))

    def _described_in(self, iris: Many[str]) -> list[list[str]]:
        return list(self.books.graphs_with(iris).values()) if iris else []

    def _documents_of_changed_claims(self) -> Iterator[str]:
        before, after = _by_key(self.before), _by_key(self.after)
        for key in before.keys() | after.keys():
            old, new = before.get(key), after.get(key)
            if old is None or new is None or _form(old) != _form(new):
                for claim in filter(None, (old, new)):
                    yield from (evidence.document for evidence in claim.evidence)

    def _changed_entities(self) -> tuple[set[str], set[str]]:
        """The entities that get another class, and the events of which something else changes."""
        both = _both(self.before.entity_by_iri(), self.after.entity_by_iri())
        classes = {old.iri for old, new in both if old.cls != new.cls}
        return classes, {old.iri for old, new in both if _event(old) != _event(new)}

    def _remerged(self) -> set[str]:
        """The entities that become one with another than before, as readers hold."""
        old, new = self._before.one_of, self._after.one_of
        return {iri for iri in old.keys() | new.keys() if old.get(iri, iri) != new.get(iri, iri)}

    def result(self) -> Touched:
        """The change, with the values to patch in documents outside."""
        change = self.change
        return Touched(
            change.old, change.new, change.new_moves, self.before, self.after, self._patches()
        )

    def _patches(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        claims = _both(_by_key(self.before), _by_key(self.after))
        for claim in (new for old, new in claims if _values(old) != _values(new)):
            for evidence in claim.evidence:
                found[evidence.document].add(claim.key)
        entities = _both(self.before.entity_by_iri(), self.after.entity_by_iri())
        changed = [new.iri for old, new in entities if _names(old) != _names(new)]
        for iri, documents in (self.books.graphs_with(changed) if changed else {}).items():
            for document in documents:
                found[document].add(iri)
        return {iri: found[iri] for iri in self.books.held(found.keys() - self.inside)}


def _alike(verdicts: Verdicts) -> dict[str, frozenset[str]]:
    """What readers judge to be one, also by way of others."""
    sets = UnionFind()
    same = [one for one in verdicts.pairs if one.verdict == "same"]
    for one in same:
        sets.union(one.left, one.right)
    iris = {iri for one in same for iri in (one.left, one.right)}
    groups = map(frozenset, sets.groups(sorted(iris)).values())
    return {iri: group for group in groups for iri in group}


def _ends(claim: Claim) -> set[str]:
    return {end for end in (claim.subject, claim.object) if isinstance(end, str)}


def _by_key(graph: ClaimGraph) -> dict[str, Claim]:
    return {claim.key: claim for claim in graph.claims}


def _both(before: Mapping[str, T], after: Mapping[str, T]) -> list[tuple[T, T]]:
    return [(before[name], after[name]) for name in before.keys() & after.keys()]


def _form(claim: Claim) -> Claim:
    """All of a claim but what a patch can change."""
    return replace(claim, confidence=0.0, evidence=(), reasons=(), review=None)


def _values(claim: Claim) -> object:
    return claim.confidence, claim.evidence, claim.review


def _event(entity: Entity) -> object:
    """All of an entity but its class and names."""
    told = (entity.trigger, entity.time, entity.participants, entity.place, entity.speaker)
    return (*told, entity.polarity, entity.modality)


def _names(entity: Entity) -> object:
    return entity.cls, dict(entity.labels), entity.aliases, frozenset(entity.same_as)
