"""The served pages in a browser: the editor answers, links lead on, nothing asks anybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from large_graph import large_graph
from opened import WATCH, Opened
from served import SAMPLE, Served, serving

from kg.iri import expand
from kg.rdf import encode
from kg.rdf.schema import schema_quads
from kg.store import load_disk

pytestmark = pytest.mark.browser
Visit = Callable[..., Opened]


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with serving(SAMPLE, "--limit-seconds", "60") as served:
        yield served


@pytest.fixture
def visit(chromium: Any, server: Served) -> Iterator[Visit]:
    contexts = []

    def visit_(path: str, scheme: str = "light", **kw: Any) -> Opened:
        context = chromium.new_context(color_scheme=scheme, **kw)
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.set_default_timeout(60_000)
        opened.page.add_init_script(WATCH)
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.page.on("console", lambda line: opened.errors.append(line.text))
        opened.page.goto(f"{server.url.rstrip('/')}{path}")
        return opened

    yield visit_
    for context in contexts:
        context.close()


def assert_at_home(opened: Opened, server: Served) -> None:
    """Every request went to our server, and nothing was wrong."""
    assert [url for url in opened.requests if not url.startswith((server.url, "data:"))] == []
    assert opened.errors == []
    assert opened.page.evaluate("window.violations") == []


def test_type_a_query_see_rows(visit: Visit, server: Served) -> None:
    opened = visit("/sparql")
    page = opened.page
    page.click(".CodeMirror")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("SELECT ?o WHERE { ent:騰訊 kg:partnerOf ?o }")
    page.click(".yasqe_queryButton")
    page.wait_for_selector(".yasr table.dataTable tbody tr")
    assert "聯合國" in page.inner_text(".yasr table.dataTable")
    assert_at_home(opened, server)


def test_begin_from_a_question_with_the_keyboard(visit: Visit, server: Served) -> None:
    opened = visit("/sparql")
    page = opened.page
    page.focus("#question")
    page.select_option("#question", label="partners")
    assert "kg:partnerOf" in page.evaluate("window.yasgui.getTab().getYasqe().getValue()")
    page.focus(".CodeMirror textarea")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".yasr table.dataTable tbody tr")
    assert_at_home(opened, server)


def test_what_is_refused_is_told_in_the_editor(visit: Visit) -> None:
    page = visit("/sparql?query=ASK%20%7B%20SERVICE%20%3Curn%3Ax%3E%20%7B%7D%20%7D").page
    page.click(".yasqe_queryButton")
    page.wait_for_selector(".yasr .errorResult")
    assert "remove SERVICE" in page.inner_text(".yasr")


def test_from_the_page_of_a_thing_one_gets_to_its_neighbours(visit: Visit, server: Served) -> None:
    opened = visit("/entity/騰訊", locale="zh-TW")
    page = opened.page
    assert page.inner_text("h1") == "騰訊"
    page.click("text=聯合國 >> nth=0")
    page.wait_for_url("**/page/entity/**")
    assert page.inner_text("h1") == "聯合國"
    assert_at_home(opened, server)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_in_both_schemes(visit: Visit, scheme: str) -> None:
    page = visit("/page/entity/騰訊", scheme).page
    for selector in ("body", "a", ".iri", ".badge", "dt"):
        assert page.evaluate(CONTRAST, selector) >= 4.5, selector


def test_the_page_of_a_thing_fits_a_phone(visit: Visit) -> None:
    page = visit("/page/entity/騰訊", viewport={"width": 360, "height": 700}).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_first_tab_stop_leads_to_the_content(visit: Visit) -> None:
    page = visit("/page/entity/騰訊").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_graph_itself_runs_when_it_is_served(visit: Visit, server: Served) -> None:
    opened = visit("/")
    opened.until("window.claimgraph !== undefined")
    assert_at_home(opened, server)


CONTRAST = """(selector) => {
    const parse = (text) => text.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b]
        .map((c) => c / 255)
        .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const element = document.querySelector(selector);
    let ground = element;
    while (ground.parentElement && parse(getComputedStyle(ground).backgroundColor)[3] === 0) {
        ground = ground.parentElement;
    }
    const [a, b] = [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor]
        .map((colour) => light(parse(colour)))
        .sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
}"""


def test_the_core_of_a_large_store_grows_where_the_reader_asks(
    chromium: Any, tmp_path: Path
) -> None:
    load_disk(tmp_path / "store", [*encode(large_graph(1600, 2500)), *schema_quads()])
    with serving(tmp_path / "store", "--limit-seconds", "60") as served:
        context = chromium.new_context(reduced_motion="reduce")
        opened = Opened(context.new_page())
        page = opened.page
        page.set_default_timeout(60_000)
        page.add_init_script(WATCH)
        page.on("pageerror", lambda error: opened.errors.append(str(error)))
        page.goto(served.url)
        opened.until("window.claimgraph !== undefined")
        count = "window.claimgraph.network.body.data.nodes.length"
        before = page.evaluate(count)
        page.evaluate("(iri) => window.claimgraph.selectKey(iri)", expand(_rim(page)))
        page.focus("#graph")
        page.keyboard.press("e")
        opened.until(f"{count} > {before}")
        assert opened.errors == []
        assert page.evaluate("window.violations") == []
        context.close()


def _rim(page: Any) -> str:
    """The CURIE of the entity with most neighbours, of which the page has some."""
    found: str = page.evaluate(
        "(() => { const data = JSON.parse(document.getElementById('data').textContent);"
        " const most = data.entities.reduce((a, b) => ((b.reach ?? 0) > (a.reach ?? 0) ? b : a));"
        " return most.key; })()"
    )
    return found
