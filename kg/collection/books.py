"""Reading the books of a store: records, the index over documents, and the readers' verdicts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection as Many
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from kg.collection.entries import (
    Held,
    Moves,
    claim_of,
    entity_of,
    entry,
    held_of,
    profile_of,
    unpack,
)
from kg.errors import GraphError
from kg.model import Claim, ClaimGraph, Entity, EntityMention, Span
from kg.rdf import RunInfo
from kg.rdf.terms import Quad, node, text
from kg.resolve.profiles import Profile
from kg.store import BOOKS, Rows, Store, Value
from kg.verdicts import Verdicts, verdict_rows, verdicts_of

FORMAT = 1
"""The version of the form of the books; see :mod:`kg.collection.migrate`."""

_IN = f"PREFIX books: <{BOOKS}#>\n"


class Books:
    """What the books of *store* say. *without* are IRIs of documents that are passed over."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def _select(self, pattern: str) -> Iterator[list[str]]:
        """The rows of ``SELECT …`` as texts, "" where a variable is unbound."""
        answer = self.store.query(_IN + pattern)
        if not isinstance(answer, Rows):
            raise GraphError("the store gives no rows: it is no SPARQL store")
        return ([_text(value) for value in row] for row in answer.rows)

    # --- Documents -----------------------------------------------------------------------------

    def held(self, documents: Iterable[str] | None = None) -> dict[str, Held]:
        """The documents of these IRIs, or all, by IRI; those that are not there are left out."""
        values = _restricted(documents)
        rows = self._select(
            f"SELECT ?document ?about {{ {_books(f'{values} ?document books:about ?about')} }}"
        )
        return {iri: held_of(about) for iri, about in sorted(rows)}

    def runs(self, documents: Iterable[str]) -> dict[str, RunInfo]:
        """What read each of these documents."""
        return {iri: held.run for iri, held in self.held(documents).items()}

    def graphs(self, documents: Iterable[str] | None = None) -> dict[str, ClaimGraph]:
        """The graph of each document alone, whole; those that are not there are left out."""
        values = _restricted(documents)
        rows = self._select(
            f"SELECT ?document ?record {{ {_books(f'{values} ?document books:record ?record')} }}"
        )
        return {iri: unpack(record) for iri, record in sorted(rows)}

    def moves(self, documents: Iterable[str]) -> dict[str, dict[str, str]]:
        """For each document its entities that have another IRI in the whole, and which."""
        found: dict[str, dict[str, str]] = {iri: {} for iri in documents}
        pattern = "?entity books:in ?document ; books:of ?of ; books:as ?as"
        values = _values("document", map(_iri, found))
        for document, of, to in self._select(
            f"SELECT ?document ?of ?as {{ {_books(f'{values} {pattern}')} }}"
        ):
            found[document][of] = to
        return found

    def entries(self, documents: Iterable[str]) -> list[Quad]:
        """All quads of the books on these documents."""
        values = _values("document", map(_iri, documents))
        answer = self.store.query(
            f"{_IN}CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {values} {{ GRAPH <{BOOKS}> {{ "
            "{ ?s books:in ?document ; ?p ?o } UNION "
            "{ ?document ?p ?o BIND(?document AS ?s) } } } }"
        )
        if not isinstance(answer, tuple):
            raise GraphError("the store gives no triples: it is no SPARQL store")
        return [Quad(q.subject, q.predicate, q.object, node(BOOKS)) for q in answer]

    # --- The index -----------------------------------------------------------------------------

    def profiles(
        self, tokens: Iterable[str], kind: str, without: Many[str]
    ) -> dict[str, list[tuple[Profile, str]]]:
        """By token (*kind* ``token`` or ``known``): the profiles, and the IRI that each has."""
        found: dict[str, list[tuple[Profile, str]]] = defaultdict(list)
        pattern = f"?entity books:{kind} ?token ; books:profile ?profile ; books:as ?as"
        values = _values("token", (str(text(token)) for token in tokens))
        for token, row, to in self._select(
            f"SELECT ?token ?profile ?as {{ {_books(f'{values} {pattern}')} }}"
        ):
            profile = profile_of(row)
            if profile.document not in without:
                found[token].append((profile, to))
        return found

    def entities(
        self,
        iris: Iterable[str],
        without: Many[str],
        classes: Mapping[str, Many[str]],
        ranked: Container[str] = (),
    ) -> list[tuple[str, Entity]]:
        """What documents say of the entities of these IRIs, in the order of the documents.

        Equal sayings are one, of the first document, which comes with each. It has as many
        mentions as they together where that matters: for an entity of several classes, with those
        that *classes* says others give it, and for those in *ranked*; otherwise one.
        """
        pattern = (
            "?entity books:as ?as ; books:entity ?payload ; books:mentions ?n ; books:in ?document"
        )
        values = _values("as", map(_iri, iris))
        rows = self._select(
            "SELECT ?as ?payload (MIN(STR(?entity)) AS ?first) (MIN(STR(?document)) AS ?in) "
            f"(SUM(?n) AS ?mentions) {{ {_books(f'{values} {pattern}')} {_without(without)} }} "
            "GROUP BY ?as ?payload"
        )
        found = [
            (document, _stand_in(to, payload, document), int(float(mentions)))
            for to, payload, _, document, mentions in sorted(rows, key=lambda row: row[2])
        ]
        given = defaultdict(set, {iri: set(names) for iri, names in classes.items()})
        for _, entity, _ in found:
            given[entity.iri].add(entity.cls)
        return [
            (d, _mentioned(e, d, n) if len(given[e.iri]) > 1 or e.iri in ranked else e)
            for d, e, n in found
        ]

    def claims(self, pairs: Iterable[str], without: Many[str]) -> list[tuple[str, Claim, Moves]]:
        """The claims of documents between these pairs of ends: document, claim, and its moves.

        In the order of the documents and of the claims in each: which is told first matters.
        """
        values = _values("pair", (str(text(pair)) for pair in pairs))
        pattern = "?claim books:pair ?pair ; books:claim ?row ; books:in ?document"
        where = f"{_books(f'{values} {pattern}')} {_without(without)}"
        rows = self._select(f"SELECT ?claim ?document ?row {{ {where} }}")
        return [(document, *claim_of(row)) for _, document, row in sorted(rows)]

    def pairs_at(self, iris: Iterable[str]) -> list[str]:
        """The pairs of all claims with one of these ends."""
        values = _values("end", map(_iri, iris))
        pattern = f"{values} ?claim books:end ?end ; books:pair ?pair"
        return [pair for (pair,) in self._select(f"SELECT DISTINCT ?pair {{ {_books(pattern)} }}")]

    def documents_with(self, iris: Iterable[str]) -> set[str]:
        """The documents that have one of these entities."""
        pattern = f"{_values('as', map(_iri, iris))} ?entity books:as ?as ; books:in ?document"
        return {d for (d,) in self._select(f"SELECT DISTINCT ?document {{ {_books(pattern)} }}")}

    def documents_at(self, iris: Iterable[str]) -> set[str]:
        """The documents with a claim at one of these ends."""
        pattern = f"{_values('end', map(_iri, iris))} ?claim books:end ?end ; books:in ?document"
        return {d for (d,) in self._select(f"SELECT DISTINCT ?document {{ {_books(pattern)} }}")}

    def graphs_with(self, iris: Iterable[str]) -> dict[str, list[str]]:
        """For each entity the documents in whose graphs it is described."""
        found: dict[str, list[str]] = defaultdict(list)
        values = _values("entity", map(_iri, iris))
        for iri, graph in self._select(
            f"SELECT DISTINCT ?entity ?graph {{ {values} GRAPH ?graph {{ ?entity a ?class }} }}"
        ):
            found[iri].append(graph)
        return found

    # --- Verdicts and settings -----------------------------------------------------------------

    def verdicts(self) -> Verdicts:
        """What readers judged."""
        rows = self._select(f"SELECT ?row {{ {_books(f'<{BOOKS}> books:verdict ?row')} }}")
        return verdicts_of(json.loads(row) for (row,) in rows)

    def setting(self, name: str) -> str | None:
        """A setting of the whole store."""
        rows = self._select(f"SELECT ?value {{ {_books(f'<{BOOKS}> books:{name} ?value')} }}")
        return max((value for (value,) in rows), default=None)


def settings_quads(settings: Mapping[str, str]) -> list[Quad]:
    """The quads of settings of the whole store."""
    return [_setting(name, value) for name, value in settings.items()]


def verdict_quads(verdicts: Verdicts) -> list[Quad]:
    """The quads of verdicts."""
    rows = (json.dumps(row, ensure_ascii=True, sort_keys=True) for row in verdict_rows(verdicts))
    return [_setting("verdict", row) for row in rows]


def _setting(name: str, value: str) -> Quad:
    return Quad(node(BOOKS), node(entry(name)), text(value), node(BOOKS))


def _stand_in(iri: str, payload: str, document: str) -> Entity:
    """An entity as documents describe it; where they mention it is not told."""
    return _mentioned(entity_of(iri, payload), document, 1)


def _mentioned(entity: Entity, document: str, count: int) -> Entity:
    mentions = (EntityMention(document, Span(-n, 0), "") for n in range(count))
    return replace(entity, mentions=tuple(mentions))


def _text(value: Value | None) -> str:
    return value.text if value else ""


def _books(pattern: str) -> str:
    return f"GRAPH <{BOOKS}> {{ {pattern} }}"


def _iri(iri: str) -> str:
    return str(node(iri))


def _restricted(documents: Iterable[str] | None) -> str:
    return "" if documents is None else _values("document", map(_iri, documents))


def _values(name: str, terms: Iterable[str]) -> str:
    return f"VALUES ?{name} {{ {' '.join(dict.fromkeys(terms))} }}"


def _without(documents: Many[str]) -> str:
    if not documents:
        return ""
    return f"FILTER(?document NOT IN ({', '.join(map(_iri, sorted(documents)))}))"
