"""The clients that people use get their answers."""

from __future__ import annotations

import gc
import json
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from served import COUNT, DOCUMENT, Served
from SPARQLWrapper import (
    CSV,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.iri import PREFIXES

# SPARQLWrapper leaves connections to the collector of garbage, which must not meet another test.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

TENCENT = URIRef(PREFIXES["ent"] + "騰訊")
NAME = URIRef(PREFIXES["schema"] + "name")
PARTNERS = "SELECT ?o WHERE { ent:騰訊 kg:partnerOf ?o }"
CONSTRUCT = "CONSTRUCT { ?s kg:uses ?o } WHERE { ?s kg:uses ?o }"


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    yield
    gc.collect()


@pytest.fixture
def wrapper(server: Served) -> SPARQLWrapper:
    return SPARQLWrapper(f"{server.url}sparql")


@pytest.mark.parametrize("way", ["get", "post", "direct"])
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_select(wrapper: SPARQLWrapper, way: str, form: str) -> None:
    if way != "get":
        wrapper.setMethod(POST)
    if way == "direct":
        wrapper.setRequestMethod(POSTDIRECTLY)
    wrapper.setQuery(PARTNERS)
    wrapper.setReturnFormat(form)
    found = wrapper.query().convert()
    text = (
        found.toxml()
        if form == XML
        else json.dumps(found, ensure_ascii=False)
        if form == JSON
        else found.decode()
    )
    assert "聯合國" in text


@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, JSONLD])
def test_sparqlwrapper_construct(wrapper: SPARQLWrapper, form: str) -> None:
    wrapper.setQuery(CONSTRUCT)
    wrapper.setReturnFormat(form)
    found = wrapper.query().convert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert len(graph) > 0


def test_sparqlwrapper_ask_and_graphs(wrapper: SPARQLWrapper) -> None:
    wrapper.setQuery("ASK { ?s a kg:Claim }")
    wrapper.setReturnFormat(JSON)
    wrapper.addDefaultGraph(DOCUMENT)
    assert wrapper.query().convert()["boolean"] is True


def test_sparqlwrapper_is_told_of_errors(wrapper: SPARQLWrapper) -> None:
    wrapper.setQuery("SELECT nothing")
    with pytest.raises(QueryBadFormed, match="does not parse"):
        wrapper.query()


@pytest.mark.parametrize("form", ["xml", "json"])
def test_rdflib_as_a_graph(server: Served, form: str) -> None:
    graph = Graph(SPARQLStore(f"{server.url}sparql", returnFormat=form))
    assert str(graph.value(TENCENT, NAME)) == "騰訊"
    assert len(list(graph.triples((TENCENT, None, None)))) > 5
    ((count,),) = graph.query(COUNT)  # type: ignore[misc]
    assert int(count) == 38
    assert graph.query("ASK { ?s a kg:Claim }").askAnswer


def test_rdflib_construct(server: Served) -> None:
    graph = Graph(SPARQLStore(f"{server.url}sparql"))
    found = graph.query(CONSTRUCT).graph
    assert found is not None
    assert len(found) > 0


def test_rdflib_lists_the_graphs(server: Served) -> None:
    names = set(map(str, SPARQLStore(f"{server.url}sparql").contexts()))
    assert DOCUMENT in names


def curl(*arguments: str) -> str:
    program = shutil.which("curl")
    assert program, "curl is on every machine that these tests run on"
    command = [program, "--silent", "--show-error", "--max-time", "60", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_curl(server: Served) -> None:
    endpoint = f"{server.url}sparql"
    assert "聯合國" in curl(
        endpoint, "--get", "--data-urlencode", f"query={PARTNERS}", "-H", "Accept: text/csv"
    )
    assert "聯合國" in curl(endpoint, "--data-urlencode", f"query={PARTNERS}")
    direct = ("-H", "Content-Type: application/sparql-query", "--data-binary", PARTNERS)
    assert "聯合國" in curl(endpoint, *direct)
    status = curl(endpoint, "-o", "/dev/null", "-w", "%{http_code}", "--data-urlencode", "query=x")
    assert status == "400"


def test_curl_follows_an_iri_as_it_stands(server: Served) -> None:
    turtle = curl("--location", f"{server.url}entity/騰訊", "-H", "Accept: text/turtle")
    assert "ent:騰訊 a kg:Company ;" in turtle
