"""Parts of a large graph for the page: its core to open on, and what lies beyond one entity.

What belongs to a part is asked in SPARQL; its quads are decoded into the records that the page is
made of. So nothing here grows with the store but the answers of the store itself.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.iri import PREFIXES, expand
from kg.model import ClaimGraph
from kg.ontology import load_ontology
from kg.rdf import decode
from kg.rdf.read import parse_quads
from kg.serve import negotiate as media
from kg.serve.worker import Answer, Job

Ask = Callable[[Job], Awaitable[Answer]]

CORE = 400
"""Entities that a page opens on."""
STEP = 50
"""Neighbours that one answer gives."""
MOST_CLAIMS = 2000

_METRIC = f"FILTER(!STRSTARTS(STR(?n), '{PREFIXES['metric']}'))"
_TIES = (
    "?via kg:subject ?e ; kg:object ?n ; a kg:Claim",
    "?via kg:object ?e ; kg:subject ?n ; a kg:Claim",
    "?e kg:participation ?via . ?via kg:participant ?n",
    "?n kg:participation ?via . ?via kg:participant ?e",
)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Part of a graph; ``reach`` is how many neighbours its entities have in the whole."""

    graph: ClaimGraph
    reach: Mapping[str, int]


async def count_entities(ask: Ask) -> int:
    """How many entities there are, events among them."""
    rows = await _rows(ask, "SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e schema:name ?name ; a ?c }")
    return int(rows[0]["n"])


async def core(ask: Ask) -> Excerpt:
    """The entities with most neighbours, and the claims between them."""
    found = await _rows(
        ask,
        f"SELECT ?e (COUNT(DISTINCT ?n) AS ?reach) {{ {_ties()} FILTER(?n != ?e) {_METRIC} "
        f"FILTER(!STRSTARTS(STR(?e), '{PREFIXES['metric']}')) }} "
        f"GROUP BY ?e ORDER BY DESC(?reach) ?e LIMIT {CORE}",
    )
    reach = {row["e"]: int(row["reach"]) for row in found}
    return Excerpt(await _part(ask, list(reach)), reach)


async def beyond(ask: Ask, iri: str, start: int) -> tuple[Excerpt, int | None]:
    """*iri* with its neighbours from number *start* on, and the number of the next after them."""
    found = await _rows(
        ask,
        f"SELECT ?n (COUNT(DISTINCT ?via) AS ?ties) {{ {_ties(_values('e', [iri]))} "
        f"FILTER(?n != ?e) {_METRIC} }} "
        f"GROUP BY ?n ORDER BY DESC(?ties) ?n OFFSET {start} LIMIT {STEP + 1}",
    )
    shown = [iri, *(row["n"] for row in found[:STEP])]
    graph, reach = await asyncio.gather(_part(ask, shown), _reach(ask, shown))
    return Excerpt(graph, reach), start + STEP if len(found) > STEP else None


def _ties(which: str = "") -> str:
    """What binds each ?n that ?e has to do with, and by ?via what.

    *which* binds ?e. It stands in each part: beside their union it takes thirty times as long.
    """
    return " UNION ".join(f"{{ {which} {way} }}" for way in _TIES)


async def _reach(ask: Ask, iris: Iterable[str]) -> dict[str, int]:
    rows = await _rows(
        ask,
        f"SELECT ?e (COUNT(DISTINCT ?n) AS ?reach) {{ {_ties(_values('e', iris))} "
        f"FILTER(?n != ?e) {_METRIC} }} GROUP BY ?e",
    )
    return {row["e"]: int(row["reach"]) for row in rows}


async def _part(ask: Ask, iris: list[str]) -> ClaimGraph:
    """The entities *iris* and the claims of which all ends are among them."""
    known = set(iris)
    rows = await _rows(
        ask,
        f"SELECT ?c ?o {{ {_values('s', iris)} ?c kg:subject ?s ; kg:object ?o ; "
        "kg:confidence ?confidence ; a kg:Claim } ORDER BY DESC(?confidence) ?c",
    )
    claims = [row["c"] for row in rows if row["o"] in known or _is_metric(row["o"])][:MOST_CLAIMS]
    answer = await ask(Job(_whole(iris, claims), form=media.NTRIPLES, trusted=True))
    return await asyncio.to_thread(lambda: decode(parse_quads(answer.body)))


def _is_metric(iri: str) -> bool:
    return iri.startswith(PREFIXES["metric"])


_PARTS = ("kg:time", "kg:participation")
_CLAIM_PARTS = (
    "kg:evidence", "kg:evidence/prov:wasAttributedTo", "kg:evidence/prov:wasQuotedFrom",
    "kg:review", "kg:review/prov:wasAttributedTo", "prov:wasAttributedTo",
)  # fmt: skip


def _whole(iris: list[str], claims: list[str]) -> str:
    """All quads that entities and claims are decoded from, and no relation to anything else."""
    relations = ", ".join(f"<{expand(name)}>" for name in load_ontology().relations)
    groups = [
        f"{_values('s', iris)} ?s ?p ?o FILTER(?p NOT IN ({relations}))",
        f"{_values('s', claims)} ?s ?p ?o",
        f"{_values('x', claims)} ?x kg:object ?s . ?s a kg:Metric ; ?p ?o",
        *(_parts(path, [*iris, *claims]) for path in _PARTS),
        *(_parts(path, claims) for path in _CLAIM_PARTS),
    ]
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ {' } UNION { '.join(groups)} }} }}"


def _parts(path: str, iris: list[str]) -> str:
    """What is said of what *path* leads to; each such thing once, as many lead to one document."""
    things = f"SELECT DISTINCT ?s {{ {_values('x', iris)} ?x {path} ?s }}"
    return f"{{ {things} }} ?s ?p ?o FILTER(?p != schema:mentions)"


def _values(name: str, iris: Iterable[str]) -> str:
    return f"VALUES ?{name} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


async def _rows(ask: Ask, text: str) -> list[dict[str, str]]:
    answer = await ask(Job(text, form=media.JSON, trusted=True))
    found = json.loads(answer.body)["results"]["bindings"]
    return [{name: value["value"] for name, value in row.items()} for row in found]
