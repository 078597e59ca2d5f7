"""The cases of the SPARQL 1.1 Protocol test suite that apply to a server that only reads.

https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/ names them; "data1" and "data2"
are here the graph of the sample's document and that of the ontology.
"""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import httpx
import pytest
from served import DOCUMENT, Served

from kg.rdf.schema import ONTOLOGY_IRI

FORM = {"content-type": "application/x-www-form-urlencoded"}
DIRECT = {"content-type": "application/sparql-query"}
ASK_CLAIM = "ASK { ?s a kg:Claim }"
ASK_CLASS = "ASK { kg:Company rdfs:label ?label }"
ASK_BOTH = "ASK { ?s a kg:Claim . kg:Company rdfs:label ?label }"
IN_GRAPHS = (
    f"ASK {{ GRAPH <{DOCUMENT}> {{ ?s a kg:Claim }} GRAPH <{ONTOLOGY_IRI}> {{ ?c ?p ?o }} }}"
)


def truth(answer: httpx.Response) -> bool:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/sparql-results+json"
    found: bool = json.loads(answer.content)["boolean"]
    return found


def get(server: Served, query: str, *graphs: tuple[str, str]) -> httpx.Response:
    return server.client.get("/sparql", params=[("query", query), *graphs])


def post(server: Served, query: str, *graphs: tuple[str, str]) -> httpx.Response:
    body = urlencode([("query", query), *graphs])
    return server.client.post("/sparql", content=body, headers=FORM)


def direct(server: Served, query: str, *graphs: tuple[str, str]) -> httpx.Response:
    headers = {"content-type": "application/sparql-query; charset=utf-8"}
    return server.client.post("/sparql", params=graphs, content=query.encode(), headers=headers)


WAYS = pytest.mark.parametrize("ask", [get, post, direct])


@WAYS
def test_query(server: Served, ask: object) -> None:
    assert truth(ask(server, "ASK {}"))  # type: ignore[operator]


@WAYS
def test_query_dataset_default_graph(server: Served, ask: object) -> None:
    one = ("default-graph-uri", DOCUMENT)
    assert truth(ask(server, ASK_CLAIM, one))  # type: ignore[operator]
    assert not truth(ask(server, ASK_CLASS, one))  # type: ignore[operator]


@WAYS
def test_query_dataset_default_graphs(server: Served, ask: object) -> None:
    both = [("default-graph-uri", iri) for iri in (DOCUMENT, ONTOLOGY_IRI)]
    assert truth(ask(server, ASK_BOTH, *both))  # type: ignore[operator]


@WAYS
def test_query_dataset_named_graphs(server: Served, ask: object) -> None:
    both = [("named-graph-uri", iri) for iri in (DOCUMENT, ONTOLOGY_IRI)]
    assert truth(ask(server, IN_GRAPHS, *both))  # type: ignore[operator]
    assert not truth(ask(server, IN_GRAPHS, both[0]))  # type: ignore[operator]
    assert not truth(ask(server, ASK_CLAIM, *both))  # type: ignore[operator]


@WAYS
def test_query_dataset_full(server: Served, ask: object) -> None:
    graphs = [("default-graph-uri", ONTOLOGY_IRI), ("named-graph-uri", DOCUMENT)]
    query = f"ASK {{ kg:Company rdfs:label ?l GRAPH <{DOCUMENT}> {{ ?s a kg:Claim }} }}"
    assert truth(ask(server, query, *graphs))  # type: ignore[operator]
    assert not truth(ask(server, IN_GRAPHS, *graphs))  # type: ignore[operator]


@WAYS
def test_query_multiple_dataset(server: Served, ask: object) -> None:
    """The graphs of the request stand before those of the query."""
    query = f"ASK FROM <{ONTOLOGY_IRI}> {{ ?s a kg:Claim }}"
    assert not truth(ask(server, query))  # type: ignore[operator]
    assert truth(ask(server, query, ("default-graph-uri", DOCUMENT)))  # type: ignore[operator]


@WAYS
def test_a_graph_that_is_not_here_is_refused(server: Served, ask: object) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        answer = ask(server, "ASK {}", (name, "http://example.org/other"))  # type: ignore[operator]
        assert answer.status_code == 400
        assert "no graph here is called http://example.org/other" in answer.text


ROWS = {
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv; charset=utf-8",
    "text/tab-separated-values; charset=utf-8",
}
TRIPLES = {
    "text/turtle; charset=utf-8",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
}


@pytest.mark.parametrize("media", sorted(ROWS))
def test_query_content_type_select(server: Served, media: str) -> None:
    answer = server.client.get(
        "/sparql", params={"query": "SELECT (1 AS ?x) {}"}, headers={"accept": media}
    )
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media
    assert answer.headers["vary"] == "accept"


@pytest.mark.parametrize("media", sorted(ROWS)[:2])
def test_query_content_type_ask(server: Served, media: str) -> None:
    answer = server.client.get("/sparql", params={"query": "ASK {}"}, headers={"accept": media})
    assert answer.headers["content-type"] == media


@pytest.mark.parametrize("media", sorted(TRIPLES))
@pytest.mark.parametrize(
    "query", ["DESCRIBE ent:騰訊", "CONSTRUCT { ?s kg:uses ?o } WHERE { ?s kg:uses ?o }"]
)
def test_query_content_type_describe_and_construct(server: Served, media: str, query: str) -> None:
    answer = server.client.get("/sparql", params={"query": query}, headers={"accept": media})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media
    assert "騰訊" in answer.text


@pytest.mark.parametrize("query", ["ASK {}", "SELECT * { ?s ?p ?o }", "DESCRIBE ent:騰訊"])
def test_nothing_acceptable(server: Served, query: str) -> None:
    headers = {"accept": "image/png, text/css;q=0.3"}
    answer = server.client.get("/sparql", params={"query": query}, headers=headers)
    assert answer.status_code == 406
    assert "comes as" in answer.text


def test_bad_query_method(server: Served) -> None:
    answer = server.client.put("/sparql", params={"query": "ASK {}"})
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_bad_multiple_queries(server: Served) -> None:
    two = "query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D"
    assert server.client.get(f"/sparql?{two}").status_code == 400
    assert server.client.post("/sparql", content=two, headers=FORM).status_code == 400
    answer = server.client.post("/sparql?query=ASK%7B%7D", content="ASK {}", headers=DIRECT)
    assert answer.status_code == 400


def test_bad_query_wrong_media_type(server: Served) -> None:
    headers = {"content-type": "text/plain"}
    assert server.client.post("/sparql", content="ASK {}", headers=headers).status_code == 415


@pytest.mark.parametrize("body", [b"query=ASK%20%7B%7D", b"ASK {}"])
def test_bad_query_missing_form_type_and_missing_direct_type(server: Served, body: bytes) -> None:
    request = server.client.build_request("POST", "/sparql", content=body)
    request.headers.pop("content-type", None)
    assert server.client.send(request).status_code == 415


def test_bad_query_non_utf8(server: Served) -> None:
    utf16 = "ASK {}".encode("utf-16")
    told = {"content-type": "application/sparql-query; charset=UTF-16"}
    assert server.client.post("/sparql", content=utf16, headers=told).status_code == 415
    assert server.client.post("/sparql", content=b"ASK {} #\xff", headers=DIRECT).status_code == 400
    assert server.client.get("/sparql?query=ASK%7B%7D%23%FF").status_code == 400
    assert server.client.post("/sparql", content=b"query=%FF", headers=FORM).status_code == 400


@WAYS
def test_bad_query_syntax(server: Served, ask: object) -> None:
    answer = ask(server, "ASK { ?s ?p }")  # type: ignore[operator]
    assert answer.status_code == 400
    assert "does not parse: line 1" in answer.text


def test_bad_query_missing(server: Served) -> None:
    assert server.client.post("/sparql", content="", headers=FORM).status_code == 400
    assert server.client.post("/sparql", content="q=1", headers=FORM).status_code == 400
    assert server.client.post("/sparql", content="", headers=DIRECT).status_code == 400


UPDATE = "DROP ALL"


def test_updates_are_refused_however_they_come(server: Served) -> None:
    told = {"content-type": "application/sparql-update"}
    answers = [
        server.client.post("/sparql", content=UPDATE, headers=told),
        server.client.post("/sparql", content=urlencode({"update": UPDATE}), headers=FORM),
        server.client.get("/sparql", params={"update": UPDATE}),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert all("updates are refused" in answer.text for answer in answers)
    as_query = get(server, UPDATE)
    assert as_query.status_code == 400
    assert "updates are refused" in as_query.text


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("ASK { SERVICE <http://127.0.0.1:4747/> { ?s ?p ?o } }", "remove SERVICE"),
        ("ASK FROM <file:///etc/passwd> { ?s ?p ?o }", "no graph here"),
        ("ASK FROM NAMED <http://127.0.0.1:4747/> { ?s ?p ?o }", "no graph here"),
        ("PREFIX x: <http://127.0.0.1:4747/> ASK FROM x:a { ?s ?p ?o }", "no graph here"),
        ("LOAD <http://127.0.0.1:4747/>", "updates are refused"),
    ],
)
def test_what_would_reach_out_is_refused(server: Served, query: str, why: str) -> None:
    answer = get(server, query)
    assert answer.status_code == 400
    assert why in answer.text


def test_from_may_name_graphs_that_are_here(server: Served) -> None:
    assert truth(get(server, f"ASK FROM <{DOCUMENT}> {{ ?s a kg:Claim }}"))
    assert truth(
        get(server, f"PREFIX d: <{DOCUMENT[:-4]}> ASK FROM d:{DOCUMENT[-4:]} {{ ?s a kg:Claim }}")
    )
    assert not truth(get(server, f"ASK FROM NAMED <{DOCUMENT}> {{ ?s a kg:Claim }}"))


def test_head_has_no_body(server: Served) -> None:
    answer = server.client.head("/sparql", params={"query": "ASK {}"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "application/sparql-results+json"


def test_unknown_fields_are_passed_over(server: Served) -> None:
    fields = {"query": "ASK {}", "format": "json", "output": "json", "results": "json"}
    assert truth(server.client.get("/sparql", params=fields))


def test_without_a_query_the_service_describes_itself(server: Served) -> None:
    answer = server.client.get("/sparql", headers={"accept": "application/n-triples"})
    sd = "http://www.w3.org/ns/sparql-service-description#"
    endpoint = f"{server.url}sparql"
    assert f"<{endpoint}#service> <{sd}endpoint> <{endpoint}> ." in answer.text
    assert f"<{sd}SPARQL11Query>" in answer.text
    assert f"<{sd}name> <{DOCUMENT}> ." in answer.text
    default = server.client.get("/sparql")
    assert default.headers["content-type"].startswith("text/turtle")
    assert server.client.get("/sparql", headers={"accept": "image/png"}).status_code == 406


def test_browsers_get_the_editor(server: Served) -> None:
    headers = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    for address in ("/sparql", f"/sparql?query={quote('ASK {}')}"):
        answer = server.client.get(address, headers=headers)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert 'id="yasgui"' in answer.text
