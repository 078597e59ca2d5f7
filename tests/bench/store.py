"""A million quads in the store on disk beside rdflib's memory store: load, and typical questions.

    python -m tests.bench.store [QUADS]

Both get the same quads of made-up articles in the form of this package, a named graph each. CPU
seconds of this process, and how many times rdflib's are ours. rdflib asks the union of its graphs
(its default graph has no copies of its own); answers are compared row by row.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from document_graphs import Told, document_graph

from kg.iri import PREFIXES, entity_iri
from kg.rdf import RunInfo, encode
from kg.rdf.schema import schema_quads
from kg.rdf.terms import Quad
from kg.store import DiskStore, Rows, load_disk

NAMES = 20_000
FACTS = ("kg:partnerOf", "kg:owns", "kg:supports")
RUN = RunInfo("bench")

QUESTIONS = {
    "what is said of one thing": """
        SELECT DISTINCT ?c ?p ?o WHERE { ?c kg:subject <%s> ; kg:predicate ?p ; kg:object ?o }""",
    "the sentences of one thing": """
        SELECT DISTINCT ?c ?quote ?start ?document WHERE {
            ?c kg:subject <%s> ; kg:evidence ?e .
            ?e oa:exact ?quote ; oa:start ?start ; prov:wasQuotedFrom ?document }""",
    "its neighbours by facts": """
        SELECT DISTINCT ?p ?o WHERE {
            <%s> ?p ?o . ?o a ?class . ?class rdfs:subClassOf* kg:Agent }""",
    "who is two steps away": """
        SELECT DISTINCT ?via ?far WHERE { <%s> kg:partnerOf ?via . ?via kg:owns ?far }""",
    "a thing by its name": """
        SELECT DISTINCT ?e WHERE { ?e rdfs:label ?label FILTER(STR(?label) = "%s") }""",
    "what is planned, with its article": """
        SELECT DISTINCT ?c ?title WHERE {
            ?c kg:modality kg:Planned ; kg:evidence/prov:wasQuotedFrom ?d . ?d dcterms:title ?title
        } ORDER BY ?c ?title LIMIT 100""",
    "the most told of": """
        SELECT ?s (COUNT(DISTINCT ?c) AS ?n) WHERE { ?c a kg:Claim ; kg:subject ?s }
        GROUP BY ?s ORDER BY DESC(?n) ?s LIMIT 10""",
    "claims a month": """
        SELECT ?month (COUNT(DISTINCT ?c) AS ?n) WHERE {
            ?c kg:evidence/prov:wasQuotedFrom ?d . ?d dcterms:issued ?day
            BIND(SUBSTR(STR(?day), 1, 7) AS ?month) } GROUP BY ?month ORDER BY ?month""",
}  # fmt: skip


def names() -> list[str]:
    drawn = random.Random(1)
    letters = "藍峰星河科技北鎮雲橋渡南斗海風東嶺大學晨報青禾白鷺銀行清流論壇"
    return list({"".join(drawn.choices(letters, k=2 + n % 4)): None for n in range(NAMES)})


def articles() -> Iterator[list[Quad]]:
    """The quads of one made-up article after the other; few names are told of often."""
    drawn, known = random.Random(2), names()
    weights = [1 / (rank + 10) for rank in range(len(known))]
    for number in range(10**9):
        told = [
            Told(left, drawn.choice(FACTS), right, drawn.random() < 0.3,
                 "planned" if drawn.random() < 0.1 else "actual", drawn.random() < 0.3)
            for left, right in (drawn.choices(known, weights, k=2) for _ in range(15))
            if left != right
        ]  # fmt: skip
        yield encode(document_graph(number, told, publisher=f"報{number % 50}"), run=RUN)


def generate(count: int) -> list[Quad]:
    """About *count* quads, those of the ontology among them."""
    quads = list(schema_quads())
    for article in articles():
        if len(quads) >= count:
            return quads
        quads += article
    return quads


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


def rdflib_store(path: Path) -> Any:
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(path, format="nquads")
    return dataset


def questions() -> Iterator[tuple[str, str]]:
    name = names()[3]
    for title, text in QUESTIONS.items():
        yield title, text.replace("%s", name if "name" in title else entity_iri(name))


def ask_ours(store: DiskStore, text: str) -> list[tuple[str, ...]]:
    answer = store.query(text)
    assert isinstance(answer, Rows)
    return sorted(tuple(value.text if value else "" for value in row) for row in answer.rows)


def ask_theirs(dataset: Any, text: str) -> list[tuple[str, ...]]:
    found = dataset.query(text, initNs=PREFIXES)
    return sorted(tuple(str(value) for value in row) for row in found)


def main(count: int) -> None:
    import pyoxigraph as ox

    quads = generate(count)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "all.nq"
        ox.serialize(quads, str(path), format=ox.RdfFormat.N_QUADS)
        ours, _ = timed(lambda: load_disk(Path(scratch) / "store", iter(quads)))
        theirs, dataset = timed(lambda: rdflib_store(path))
        print(f"{len(quads)} quads; CPU seconds: ours, rdflib's, and how many times ours that is")
        tell("load", ours, theirs)
        store = DiskStore(Path(scratch) / "store")
        for title, text in questions():
            ours, rows = timed(lambda text=text: ask_ours(store, text))  # type: ignore[misc]
            theirs, same = timed(lambda text=text: ask_theirs(dataset, text))  # type: ignore[misc]
            tell(f"{title} ({len(rows)} rows)", ours, theirs, "" if rows == same else "  DIFFERENT")
        store.close()


def tell(title: str, ours: float, theirs: float, more: str = "") -> None:
    print(f"{title:44} {ours:9.4f} {theirs:9.4f} {theirs / ours:8.1f}{more}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
