"""Everyone: no violation that axe-core knows, everything by keyboard, any width, no motion, print."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from opened import Open, Opened
from page_graph import analysis_of, sample_graph

from kg.iri import entity_iri

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "axe" / "axe.min.js"
PAIR = (entity_iri("林遠帆"), entity_iri("環海聯盟"))
RUN = """axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)))"""
STATES = {
    "overview": "window.claimgraph.change({})",
    "entity": "window.claimgraph.change({ selected: 'n1' })",
    "path": "window.claimgraph.change({ path: 0 })",
    "reader": "window.claimgraph.change({ selected: 'n1', tab: 'reader' })",
    "table": "window.claimgraph.change({ tab: 'table' })",
    "menus": "document.querySelectorAll('details').forEach((one) => { one.open = true; })",
}
OVERFLOW = """["html", "body", "#panel", "#reader", "#table", ".bar", "#filters"]
    .map((one) => document.querySelector(one))
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.offsetParent !== null)
    .map((one) => `${one.tagName}#${one.id} ${one.scrollWidth} > ${one.clientWidth}`)"""


def open_sample(open_page: Open, **options: object) -> Opened:
    graph = sample_graph()
    communities = {entity.iri: i % 3 for i, entity in enumerate(graph.entities)}
    analysis = analysis_of(dict.fromkeys(communities, 0.5), communities)
    return open_page(graph, pair=PAIR, analysis=analysis, **options)


def test_axe_is_the_one_that_is_named() -> None:
    told = AXE.with_name("README.md").read_text("utf-8")
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() in told


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing(open_page: Open, scheme: str, width: int) -> None:
    opened = open_sample(open_page, scheme=scheme, width=width)
    opened.page.evaluate(AXE.read_text("utf-8"))
    found = {}
    for state, script in STATES.items():
        opened.page.evaluate("window.claimgraph.change({ selected: null, path: null })")
        opened.page.evaluate(script)
        opened.page.wait_for_timeout(100)
        found[state] = opened.page.evaluate(RUN)
    assert found == {key: [] for key in STATES}
    assert opened.requests == []


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
def test_nothing_scrolls_sideways_on_a_narrow_phone(open_page: Open, language: str) -> None:
    opened = open_sample(open_page, width=360, height=740)
    opened.page.evaluate(f"window.claimgraph.change({{ language: '{language}' }})")
    for state, script in STATES.items():
        opened.page.evaluate(script)
        assert (state, opened.page.evaluate(OVERFLOW)) == (state, [])
    opened.page.reload()
    opened.page.click("#open-filters")
    assert opened.page.evaluate(OVERFLOW) == []


def test_drawers_open_and_close_on_a_phone(open_page: Open) -> None:
    page = open_sample(open_page, width=390, height=844).page
    assert not page.is_visible("#legend")
    assert not page.is_visible("#timeline")
    page.click("#open-filters")
    assert page.is_visible("#legend")
    assert page.is_visible("#timeline")
    page.keyboard.press("Escape")
    page.wait_for_selector("#legend", state="hidden")
    assert not page.is_visible("#legend")
    assert page.evaluate("document.activeElement.id") == "open-filters"
    low = page.evaluate("document.getElementById('right').clientHeight")
    page.click("#sheet")
    assert page.evaluate("document.getElementById('right').clientHeight") > 1.5 * low
    assert page.get_attribute("#sheet", "aria-expanded") == "true"


def test_every_control_is_reached_by_tab_and_shows_it(open_page: Open) -> None:
    page = open_sample(open_page).page
    wanted = {"search", "theme", "language", "graph", "size-by", "fit", "zoom-in", "minimum"}
    reached = set()
    for _ in range(150):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.id")
        reached.add(here)
        if here == "fit":
            style = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(style) == "solid"
    assert wanted <= reached


def test_neighbours_are_walked_and_chosen_by_keyboard(open_page: Open) -> None:
    opened = open_sample(open_page)
    page, names = opened.page, opened.names()
    page.evaluate(f"window.claimgraph.change({{ selected: '{names['環海文教署']}' }})")
    page.focus("#graph")
    page.keyboard.press("n")
    first = opened.text("#status")
    assert opened.text("#tip strong") == first != "環海文教署"
    page.keyboard.press("n")
    assert opened.text("#status") != first
    page.keyboard.press("b")
    assert opened.text("#status") == first
    page.keyboard.press("Enter")
    assert page.evaluate("window.claimgraph.view.selected") == names[first]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"


def test_tabs_follow_the_arrows(open_page: Open) -> None:
    page = open_sample(open_page).page
    page.focus("#tab-panel")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-reader"
    assert page.is_visible("#reader")
    assert not page.is_visible("#panel")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.get_attribute("#tab-table", "aria-selected") == "true"


@pytest.mark.parametrize(("motion", "frames"), [("reduce", False), ("no-preference", True)])
def test_nodes_glide_only_for_who_likes_it(open_page: Open, motion: str, frames: bool) -> None:
    opened = open_sample(open_page)
    opened.page.emulate_media(reduced_motion=motion)
    places = opened.page.evaluate(
        """(() => { const at = () => JSON.stringify(window.claimgraph.placeOf("n3"));
        const before = at(); document.querySelector("[data-layout=time]").click();
        return [before, at()]; })()"""
    )
    assert (places[0] == places[1]) == frames
    opened.until(f"JSON.stringify(window.claimgraph.placeOf('n3')) !== {places[0]!r}")


def test_print_shows_graph_and_facts_without_controls(open_page: Open) -> None:
    page = open_sample(open_page, scheme="dark").page
    page.evaluate("window.claimgraph.change({ selected: 'n1' })")
    page.emulate_media(media="print")
    hidden = (".search", ".tools", "#filters", ".floating", "#tabs", "#timeline", "#node-tools")
    assert [one for one in hidden if page.locator(one).first.is_visible()] == []
    assert page.is_visible("#panel h3")
    assert page.is_visible("#graph canvas")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    shut = page.locator("#panel details.card:not([open])")
    assert shut.count() == 0
    cards = page.locator("#panel details.card")
    assert cards.count() > 3
    assert page.locator("#panel details.card blockquote").count() >= cards.count()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert shut.count() > 0
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.getElementById('panel')).overflow") == "visible"
