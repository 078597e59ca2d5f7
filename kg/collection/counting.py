"""What is in a store, counted by SPARQL: the same for a build's graph in memory."""

from __future__ import annotations

from collections.abc import Iterator

from kg.iri import compact
from kg.store import Rows, Store

Row = tuple[str, str, int | str]

_ARTICLES = """
    SELECT (COUNT(DISTINCT ?d) AS ?articles) (MIN(STR(?issued)) AS ?first)
        (MAX(STR(?issued)) AS ?last) (COUNT(DISTINCT ?publisher) AS ?publishers)
    WHERE {
        ?d a schema:NewsArticle .
        OPTIONAL { ?d dcterms:issued ?issued }
        OPTIONAL { ?d schema:publisher ?publisher }
    }"""
_ENTITIES = """
    SELECT ?class (COUNT(DISTINCT ?e) AS ?n)
    WHERE { ?class rdfs:subClassOf* kg:Entity . ?e a ?class } GROUP BY ?class"""
_STANCES = """
    SELECT ?polarity ?modality ?verdict (COUNT(DISTINCT ?c) AS ?n) WHERE {
        ?c a kg:Claim ; kg:polarity ?polarity ; kg:modality ?modality .
        OPTIONAL { ?c kg:review/kg:verdict ?verdict }
    } GROUP BY ?polarity ?modality ?verdict"""
_RELATIONS = """
    SELECT ?relation (COUNT(DISTINCT ?c) AS ?n)
    WHERE { ?c a kg:Claim ; kg:predicate ?relation } GROUP BY ?relation"""
_EVIDENCE = "SELECT (COUNT(DISTINCT ?e) AS ?n) WHERE { ?c a kg:Claim ; kg:evidence ?e }"
_TRIPLES = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_LIST = """
    SELECT DISTINCT ?d ?issued ?publisher ?title ?source WHERE {
        ?d a schema:NewsArticle .
        OPTIONAL { ?d dcterms:issued ?issued }
        OPTIONAL { ?d schema:publisher ?publisher }
        OPTIONAL { ?d dcterms:title ?title }
        OPTIONAL { ?d dcterms:source ?source }
    } ORDER BY STR(?issued) ?d"""


def count(store: Store) -> Iterator[Row]:
    """Rows of what, of which kind, and how many; the ontology's own triples are counted too."""
    ((articles, first, last, publishers),) = _rows(store, _ARTICLES)
    yield "articles", "", int(articles)
    if first:
        yield "published", "first", first
        yield "published", "last", last
    yield "publishers", "", int(publishers)
    yield from _grouped(store, "entities", _ENTITIES)
    yield from _stances(store)
    yield from _grouped(store, "relation", _RELATIONS)
    yield "sentences as evidence", "", int(_rows(store, _EVIDENCE)[0][0])
    yield "triples", "", int(_rows(store, _TRIPLES)[0][0])


def list_documents(store: Store) -> list[tuple[str, str, str, str, str]]:
    """IRI, date, publisher, title and source of each document, by date."""
    return [(row[0], row[1], row[2], row[3], row[4]) for row in _rows(store, _LIST)]


def _grouped(store: Store, what: str, question: str) -> Iterator[Row]:
    """The sum, then each kind, the most frequent first."""
    found = [(compact(kind), int(number)) for kind, number in _rows(store, question) if kind]
    yield what, "", sum(number for _, number in found)
    yield from ((what, k, n) for k, n in sorted(found, key=lambda one: (-one[1], one[0])))


def _stances(store: Store) -> Iterator[Row]:
    found: dict[str, int] = {}
    for polarity, modality, verdict, number in _rows(store, _STANCES):
        stance = _stance(compact(polarity), compact(modality), compact(verdict))
        found[stance] = found.get(stance, 0) + int(number)
    yield "claims", "", sum(found.values())
    yield from (("claims", stance, found[stance]) for stance in sorted(found))


def _stance(polarity: str, modality: str, verdict: str) -> str:
    if verdict == "kg:Wrong":
        return "rejected by a reader"
    if polarity == "kg:Denied":
        return "denied"
    return "facts" if modality == "kg:Actual" else modality.removeprefix("kg:").lower()


def _rows(store: Store, question: str) -> list[list[str]]:
    answer = store.query(question)
    rows = answer.rows if isinstance(answer, Rows) else ()
    return [[value.text if value else "" for value in row] for row in rows]
