"""Each IRI answers as linked data should: 303, then a page or RDF, by what is accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from claimgraphs import claim, entity
from served import DOCUMENT, Served, serving

from kg.iri import BASE, PREFIXES, document_iri
from kg.model import ClaimGraph, Document, Evidence, Span
from kg.rdf import encode
from kg.store import load_disk

TENCENT = "/entity/騰訊"
BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("accept", "place"),
    [
        (BROWSER["accept"], "page"),
        ("text/turtle", "data"),
        ("application/ld+json", "data"),
        ("text/turtle;q=0.4, text/html;q=0.9", "page"),
        ("text/turtle, text/html;q=0.9", "data"),
        ("*/*", "page"),
    ],
)
def test_an_iri_answers_303(server: Served, accept: str, place: str) -> None:
    answer = server.client.get(TENCENT, headers={"accept": accept})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/{place}{quote(TENCENT)}"
    assert answer.headers["vary"] == "accept"


@pytest.mark.parametrize(
    ("accept", "syntax"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/trig", ox.RdfFormat.TRIG),
    ],
)
def test_followed_it_is_rdf_about_the_thing(
    server: Served, accept: str, syntax: ox.RdfFormat
) -> None:
    answer = server.client.get(TENCENT, headers={"accept": accept}, follow_redirects=True)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(accept)
    quads = list(ox.parse(answer.content, format=syntax))
    subjects = {quad.subject.value for quad in quads}
    assert f"{BASE}entity/騰訊" in subjects
    assert any(subject.startswith(PREFIXES["claim"]) for subject in subjects)
    assert any(subject.startswith(PREFIXES["ev"]) for subject in subjects)
    assert not any(isinstance(quad.subject, ox.BlankNode) for quad in quads)


def test_a_document_is_its_whole_graph(server: Served) -> None:
    path = f"/{DOCUMENT.removeprefix(BASE)}"
    answer = server.client.get(f"/data{path}?format=nq")
    quads = list(ox.parse(answer.content, format=ox.RdfFormat.N_QUADS))
    assert {quad.graph_name for quad in quads} == {ox.NamedNode(DOCUMENT)}
    assert len(quads) > 1000


@pytest.mark.parametrize("kind", ["entity", "claim", "evidence", "document", "event", "time"])
def test_every_kind_of_thing_has_a_page_and_data(server: Served, kind: str) -> None:
    start = f"{BASE}{kind}/"
    query = f"SELECT DISTINCT ?s {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{start}')) }} LIMIT 40"
    rows = server.client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert rows
    for row in rows[::8]:
        iri = row["s"]["value"]
        path = "/" + quote(iri.removeprefix(BASE), safe="/%~")
        for accept in ("text/html", "text/turtle"):
            answer = server.client.get(path, headers={"accept": accept}, follow_redirects=True)
            assert answer.status_code == 200, (iri, answer.text)
            assert iri in answer.text or accept == "text/turtle"


def test_the_page_shows_claims_with_their_sentences(server: Served) -> None:
    page = server.client.get(f"/page{TENCENT}", headers={"accept-language": "zh-TW,zh;q=0.9"}).text
    assert '<html lang="zh-Hant">' in page
    assert "<bdi>騰訊</bdi>" in page
    assert "聯合國3月30日宣布與騰訊建立全球合作關係" in page
    assert "信心值" in page
    assert 'class="badge denied"' in server.client.get(f"/page/{DOCUMENT.removeprefix(BASE)}").text


@pytest.mark.parametrize(
    ("liked", "language"),
    [
        ("en-GB,en", "en"),
        ("zh-CN,zh;q=0.8", "zh-Hans"),
        ("zh-HK", "zh-Hant"),
        ("fr", "zh-Hant"),
        ("", "zh-Hant"),
    ],
)
def test_the_page_speaks_the_readers_language(server: Served, liked: str, language: str) -> None:
    page = server.client.get(f"/page{TENCENT}", headers={"accept-language": liked})
    assert f'<html lang="{language}">' in page.text
    assert page.headers["vary"] == "accept-language"


def test_any_iri_can_be_asked_about(server: Served) -> None:
    term = PREFIXES["kg"] + "partnerOf"
    answer = server.client.get(
        "/about", params={"iri": term}, headers=BROWSER, follow_redirects=True
    )
    assert answer.status_code == 200
    assert answer.url.path == "/page"
    turtle = server.client.get("/data", params={"iri": term, "format": "ttl"})
    assert "kg:partnerOf a " in turtle.text


@pytest.mark.parametrize("path", ["/about", "/page", "/data", "/about?iri=a&iri=b"])
def test_one_thing_has_to_be_named(server: Served, path: str) -> None:
    assert server.client.get(path).status_code == 400


@pytest.mark.parametrize(
    "name", ["nobody", "%E9%A8%B0", "a/b", "..%2f..%2fetc%2fpasswd", "%2e%2e/x"]
)
def test_what_is_not_known_is_404(server: Served, name: str) -> None:
    for place in ("/entity", "/page/entity", "/data/entity"):
        answer = server.client.get(f"{place}/{name}")
        assert answer.status_code == 404
        assert "nothing is known of https://w3id.org/claimgraph/" in answer.text


def test_formats_that_do_not_exist(server: Served) -> None:
    assert server.client.get(f"/data{TENCENT}?format=pdf").status_code == 406
    answer = server.client.get(f"/data{TENCENT}", headers={"accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.text
    assert server.client.get(TENCENT, headers={"accept": "image/png"}).status_code == 406


@pytest.fixture(scope="module")
def hub_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A store of one thing that is told of in 4,500 sentences: of one claim 3,000, 1,500 others."""
    document = Document(document_iri("d"), "", title="d", language="zh-Hant")
    evidence = [
        Evidence(document.iri, Span(n, n + 2), f"第{n}句", "test", 0.8) for n in range(4500)
    ]
    shares = [evidence[:3000], *([one] for one in evidence[3000:])]
    claims = [
        replace(claim("甲", "kg:partnerOf", f"乙{n}"), key=f"k{n}", evidence=tuple(share))
        for n, share in enumerate(shares)
    ]
    graph = ClaimGraph((document,), (entity("甲"),), tuple(claims))
    folder = tmp_path_factory.mktemp("hub") / "store"
    load_disk(folder, encode(graph))
    with serving(folder, "--limit-seconds", "60") as served:
        yield served


@pytest.mark.parametrize(
    ("path", "sentences"), [("/data/entity/甲", 4500), ("/data/claim/k0", 3000)]
)
def test_what_is_told_of_very_often_comes_in_several_answers(
    hub_server: Served, path: str, sentences: int
) -> None:
    following: str | None = f"{path}?format=nt"
    parts: list[Counter[ox.Quad]] = []
    while following:
        answer = hub_server.client.get(following)
        assert answer.status_code == 200
        parts.append(Counter(ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES)))
        following = answer.links.get("next", {}).get("url")
        assert answer.links["alternate"]["url"] == quote(path.replace("data", "page"))
    found = sum(parts, Counter())
    told = Counter({quad: n for quad, n in found.items() if "oa#" in quad.predicate.value})
    assert len(parts) == -(-sentences // 2000)
    assert len(told) == told.total() == 3 * sentences
    links = [quad for quad in found if quad.predicate.value == PREFIXES["kg"] + "evidence"]
    assert len(links) == sentences
    assert {quad.object for quad in links} == {quad.subject for quad in told}
    assert not any(len(part) > 50_000 for part in parts)
    named = ox.NamedNode(PREFIXES["schema"] + "name")
    assert [sum(q.predicate == named for q in part) for part in parts][1:] == [0] * (len(parts) - 1)


def test_beyond_the_last_sentence_there_is_nothing(hub_server: Served) -> None:
    assert hub_server.client.get("/data/entity/甲?from=4500").status_code == 404
    assert hub_server.client.get("/data/entity/甲?from=-1").status_code == 400
    asked = {"iri": PREFIXES["ent"] + "甲", "from": "2000"}
    answer = hub_server.client.get("/data", params=asked)
    assert answer.links["next"]["url"].endswith("?from=4000")
    assert hub_server.client.get(answer.links["next"]["url"]).status_code == 200
