"""A link restores the view: also in the next build of the page, and whatever stands in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from opened import Open, Opened
from page_graph import sample_graph
from papers import PARTNERS, RIDGE, papers_graph

from kg.iri import entity_iri
from kg.model import ClaimGraph

pytestmark = pytest.mark.browser


def view(opened: Opened) -> dict[str, Any]:
    return dict(opened.page.evaluate("window.claimgraph.view"))


def link(opened: Opened) -> str:
    """The fragment that stands in the address once nothing changes any more."""
    opened.page.wait_for_timeout(300)
    return str(opened.page.evaluate("location.hash"))


def turn_to(opened: Opened, fragment: str) -> Opened:
    """The same page, opened anew by a link."""
    address = opened.page.url.partition("#")[0] + fragment
    opened.page.goto("about:blank")
    opened.page.goto(address)
    opened.until("window.claimgraph !== undefined")
    opened.requests.clear()
    return opened


def id_of(opened: Opened, iri_or_key: str) -> str:
    """The number that this page gives to an entity or a claim."""
    script = """(wanted) => { const data = JSON.parse(document.getElementById("data").textContent);
        const isIt = ({ key }) => wanted.endsWith(key.replace(/^ent:/, ""));
        return [...data.entities, ...data.claims].find(isIt).id; }"""
    return str(opened.page.evaluate(script, iri_or_key))


def reordered(graph: ClaimGraph) -> ClaimGraph:
    """The same in other numbers, as a later build may have it."""
    return replace(graph, entities=graph.entities[::-1], claims=graph.claims[::-1])


def test_what_is_clicked_stands_in_the_link_and_comes_back(open_page: Open) -> None:
    opened = open_page(sample_graph(), pair=(entity_iri("林遠帆"), entity_iri("環海聯盟")))
    assert link(opened) in ("", "#")
    opened.page.click("#legend [data-value='kg:Place']")
    opened.page.click("#relations [data-value='kg:uses']")
    opened.page.click("#kinds [data-value=denied]")
    opened.page.locator("#minimum").fill("50")
    opened.page.focus("#range-from")
    opened.page.keyboard.press("ArrowRight")
    opened.page.check("#undated")
    opened.page.select_option("#language", "en")
    opened.page.click("#swap")
    opened.page.click("#path-list li:nth-child(2) button")
    before, said = view(opened), opened.text("#panel")
    assert (before["from"], before["undated"], before["path"]) == ("2013", True, 1)
    turn_to(opened, link(opened))
    assert view(opened) == before
    assert opened.text("#panel") == said
    assert opened.page.input_value("#pick-0") == "Oceanic Union"
    assert opened.page.get_attribute("#relations [data-value='kg:uses']", "aria-pressed") == "false"
    assert opened.page.get_attribute("#range-from", "aria-valuetext") == "2013"
    opened.assert_quiet()


@pytest.mark.parametrize("selected", [RIDGE, PARTNERS.key])
def test_a_link_outlives_the_next_build(open_page: Open, selected: str) -> None:
    opened = open_page(papers_graph())
    former = id_of(opened, selected)
    opened.page.evaluate("(id) => window.claimgraph.change({ selected: id })", former)
    said, fragment = opened.text("#panel"), link(opened)
    later = turn_to(open_page(reordered(papers_graph())), fragment)
    assert view(later)["selected"] == id_of(later, selected) != former
    assert later.text("#panel") == said


BAD = [
    "selected=n0",  # the page's own numbers are no keys
    "selected=__proto__&hidden=constructor&shown=toString",
    "hiddenGroups=<img src=x onerror=window.pwned=1>",
    "hiddenRelations=__proto__&kinds=__proto__&kinds=all",
    "minimum=-5&minimum=1e9&minimum=NaN&minimum=",
    "from=20201&to=2020-1&undated=yes",
    "from=javascript:window.pwned=1",
    "pair=x&pair=y&pair=z&path=-1",
    "pair=" + "x" * 5000,
    "sources=99&sources=-1&sources=0.5",
    "pinned=1e9,NaN,x&pinned=,,",
    "tab=__proto__&layout=constructor&sizeBy=%00&theme=dark%3B",
    "language=de&colourBy=<script>",
    "__proto__=1&constructor=2&unknown=3",
    "%E0%A4%A&%&%%%",
    "&&&===&#&#",
]


def test_a_hostile_link_does_nothing(open_page: Open) -> None:
    opened = open_page(sample_graph())
    before = view(opened)
    for fragment in BAD:
        for written in (fragment, quote(fragment, safe="&=")):
            assert view(turn_to(opened, f"#{written}")) == before, written
            opened.assert_quiet()


@pytest.mark.parametrize(
    "fragment",
    ["path=99", "from=1200&to=1300", "from=2999", "to=0000", "from=2020&to=2010", "from=2020-13"],
)
def test_a_link_out_of_range_breaks_nothing(open_page: Open, fragment: str) -> None:
    opened = turn_to(open_page(sample_graph()), f"#{fragment}")
    opened.page.click("#legend [data-value='kg:Person']")
    opened.page.click("#legend [data-value='kg:Person']")
    opened.page.focus("#range-from")
    opened.page.keyboard.press("Home")
    opened.page.focus("#range-to")
    opened.page.keyboard.press("End")
    opened.page.keyboard.press("ArrowLeft")
    opened.page.keyboard.press("End")
    assert (view(opened)["from"], view(opened)["to"]) == ("", "")
    opened.assert_quiet()
