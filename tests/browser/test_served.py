"""A page that is served: it opens on a part of the store and asks its server for more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hostile import hostile_graph
from opened import WATCH, Opened
from page_graph import sample_graph

from kg.iri import entity_iri
from kg.model import ClaimGraph
from kg.render.page import Served, render_expansion, render_page

pytestmark = pytest.mark.browser

STAR, UNION = entity_iri("星河科技"), entity_iri("環海聯盟")
PAGE = 12  # neighbours in one answer


def neighbours(graph: ClaimGraph, iri: str) -> list[str]:
    """In a fixed order, as a store would give them."""
    found = {c.object if c.subject == iri else c.subject for c in graph.claims if iri in ends(c)}
    for event in graph.entities:
        for part in event.participants:
            if iri in (event.iri, part.iri):
                found |= {event.iri, part.iri}
    known = {entity.iri for entity in graph.entities}
    return sorted(one for one in found - {iri} if isinstance(one, str) and one in known)


def ends(claim: Any) -> tuple[object, object]:
    return claim.subject, claim.object


def part_of(graph: ClaimGraph, iris: set[str]) -> ClaimGraph:
    """These entities, and the claims between them."""
    claims = tuple(claim for claim in graph.claims if set(ends(claim)) <= iris)
    entities = tuple(
        replace(entity, participants=tuple(p for p in entity.participants if p.iri in iris))
        for entity in graph.entities
        if entity.iri in iris
    )
    return replace(graph, claims=claims, entities=entities)


@dataclass
class Store:
    """A graph behind a server, whose page holds only *core*."""

    graph: ClaimGraph
    core: set[str]
    asked: list[str] = field(default_factory=list)
    broken: bool = False

    @property
    def reach(self) -> dict[str, int]:
        return {one.iri: len(neighbours(self.graph, one.iri)) for one in self.graph.entities}

    def page(self) -> bytes:
        served = Served("/expand", self.reach)
        return render_page(part_of(self.graph, self.core), title="核心", served=served)

    def expansion(self, iri: str, first: int) -> bytes:
        self.asked.append(iri)
        near = neighbours(self.graph, iri)
        some, following = near[first : first + PAGE], first + PAGE
        found = part_of(self.graph, {iri, *some})
        rest = following if following < len(near) else None
        return render_expansion(found, reach=self.reach, following=rest)


@pytest.fixture
def serve(chromium: Any) -> Iterator[Callable[..., Opened]]:
    servers, contexts = [], []

    def serve_(store: Store, fragment: str = "") -> Opened:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                address = urlsplit(self.path)
                query = parse_qs(address.query)
                if address.path == "/":
                    return self.give("text/html", store.page())
                if store.broken:
                    return self.send_error(503)
                body = store.expansion(query["iri"][0], int(query["from"][0]))
                return self.give("application/json", body)

            def give(self, kind: str, body: bytes) -> None:
                self.send_response(200)
                self.send_header("content-type", f"{kind}; charset=utf-8")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        context = chromium.new_context(
            viewport={"width": 1400, "height": 840}, reduced_motion="reduce"
        )
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.add_init_script(WATCH)
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.page.goto(f"http://127.0.0.1:{server.server_port}/#{fragment}")
        opened.until("window.claimgraph !== undefined")
        return opened

    yield serve_
    for context in contexts:
        context.close()
    for server in servers:
        server.shutdown()
        server.server_close()


def drawn(opened: Opened) -> set[str]:
    """The IRIs that the canvas holds."""
    found = opened.page.evaluate("window.claimgraph.network.body.data.nodes.getIds()")
    return {str(opened.page.evaluate("(id) => window.claimgraph.keyOf(id)", id_)) for id_ in found}


def select(opened: Opened, iri: str) -> None:
    opened.page.evaluate("(iri) => window.claimgraph.selectKey(iri)", iri)


def expand(opened: Opened) -> None:
    opened.page.focus("#graph")
    opened.page.keyboard.press("e")
    opened.until("document.getElementById('toast').textContent === ''")
    opened.page.wait_for_timeout(150)


def sample_store() -> Store:
    return Store(sample_graph(), {STAR, UNION})


def test_a_node_tells_how_many_lie_beyond_and_brings_them(serve: Callable[..., Opened]) -> None:
    store = sample_store()
    opened = serve(store)
    assert drawn(opened) == {STAR, UNION}
    assert store.asked == []
    near = neighbours(store.graph, UNION)
    select(opened, UNION)
    for first in range(0, len(near), PAGE):
        expand(opened)
        assert drawn(opened) == {STAR, UNION, *near[: first + PAGE]}
    assert store.asked == [UNION] * (-(-len(near) // PAGE))
    assert opened.page.is_disabled("#tool-expand")  # nothing more lies beyond
    assert opened.errors == []
    assert opened.page.evaluate("window.violations") == []


def test_what_came_is_of_the_graph_as_if_it_had_always_been(serve: Callable[..., Opened]) -> None:
    store = sample_store()
    opened = serve(store)
    select(opened, UNION)
    expand(opened)
    page = opened.page
    page.fill("#search", "海豚會議")
    page.keyboard.press("Enter")
    assert "海豚會議" in page.inner_text("#panel h3")
    assert "使用" in page.inner_text("#panel")
    page.click("#panel details:not([open]) > summary")
    assert page.locator("#panel blockquote").count() > 0
    assert page.is_visible("#legend [data-value='kg:Product']")
    assert page.locator("#relations [data-value='kg:uses']").count() == 1
    page.evaluate("window.claimgraph.change({ layout: 'time', selected: null })")
    page.evaluate("window.claimgraph.change({ layout: 'around', tab: 'table' })")
    keys = page.locator("#table tbody tr")
    assert keys.count() > 5
    spots = page.evaluate(
        "window.claimgraph.network.body.data.nodes.getIds().map(window.claimgraph.placeOf)"
    )
    assert len({(spot["x"], spot["y"]) for spot in spots}) == len(spots)
    assert opened.errors == []


def test_undo_folds_it_away_and_a_further_try_asks_nobody(serve: Callable[..., Opened]) -> None:
    store = Store(sample_graph(), {STAR, UNION})
    opened = serve(store)
    lonely = entity_iri("環海衛生署")
    select(opened, UNION)
    expand(opened)
    expand(opened)
    assert lonely in drawn(opened)
    select(opened, lonely)
    before = len(store.asked)
    expand(opened)
    assert len(store.asked) == before + 1
    more = drawn(opened)
    opened.page.click("#undo")
    assert drawn(opened) < more
    opened.page.click("#redo")
    assert drawn(opened) == more
    assert len(store.asked) == before + 1


def test_a_link_brings_back_what_was_expanded(serve: Callable[..., Opened]) -> None:
    store = sample_store()
    agency = entity_iri("環海衛生署")
    fragment = f"shown={quote(UNION)}&shown={quote(agency)}&selected={quote(agency)}"
    opened = serve(store, fragment)
    opened.until("window.claimgraph.view.selected !== null")
    assert store.asked == [UNION, agency]
    assert {agency, *neighbours(store.graph, agency)} <= drawn(opened)
    assert opened.text("#panel h3") == "環海衛生署"


def test_a_server_that_fails_is_told_and_changes_nothing(serve: Callable[..., Opened]) -> None:
    store = sample_store()
    store.broken = True
    opened = serve(store)
    select(opened, UNION)
    opened.page.focus("#graph")
    opened.page.keyboard.press("e")
    opened.until("document.getElementById('toast').textContent.includes('伺服器')")
    assert drawn(opened) == {STAR, UNION}
    store.broken = False
    expand(opened)
    assert len(drawn(opened)) > 2


def test_hostile_answers_are_only_text(serve: Callable[..., Opened]) -> None:
    graph = hostile_graph()
    first = graph.entities[0].iri
    opened = serve(Store(graph, {first}))
    select(opened, first)
    expand(opened)
    for id_ in opened.page.evaluate("window.claimgraph.network.body.data.nodes.getIds()"):
        opened.page.evaluate("(id) => window.claimgraph.change({ selected: id })", id_)
    assert opened.errors == []
    assert opened.page.evaluate("window.violations") == []
    assert opened.page.evaluate("typeof window.pwned") == "undefined"


def test_only_the_page_that_is_served_may_ask() -> None:
    served, alone = sample_store().page(), render_page(sample_graph(), title="單檔")
    assert b"connect-src 'self'" in served
    assert b"connect-src" not in alone
    assert b"await fetch(" in served
    assert b"await fetch(" not in alone
