"""Hostile text in every field of the data and every field of the page; nothing is asked of anyone."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hostile import HOSTILE, hostile_graph
from large_graph import large_graph
from opened import Open
from page_graph import analysis_of

from kg.render.page import render_page

pytestmark = pytest.mark.browser

FOREIGN = (
    "img, script, iframe, object, embed, link, style, base, form, svg svg, [onclick], [onerror]"
)


@pytest.mark.parametrize("language", ["zh-Hant", "en"])
@pytest.mark.parametrize("tab", ["panel", "reader", "table"])
def test_every_panel_shows_hostile_text_as_text(open_page: Open, tab: str, language: str) -> None:
    graph = hostile_graph()
    groups = {entity.iri: -3 for entity in graph.entities}
    opened = open_page(graph, title=HOSTILE[0], analysis=analysis_of(groups, groups))
    page = opened.page
    claims = [f"c{i}" for i in range(0, len(graph.claims), 3)]
    for chosen in [None, *(f"n{i}" for i in range(len(graph.entities))), *claims]:
        patch = {"selected": chosen, "tab": tab, "language": language}
        page.evaluate("(patch) => window.claimgraph.change(patch)", patch)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.locator(f"body > :not(script) :is({FOREIGN})").count() == 0
    for layout in ("around", "time", "force"):
        page.click(f"[data-layout={layout}]")
    opened.assert_quiet()


def test_hostile_text_typed_into_every_field_does_nothing(open_page: Open) -> None:
    opened = open_page(hostile_graph())
    page = opened.page
    kinds = "input:not([type=checkbox]):not([type=range]):not([type=radio]):not([type=file])"
    fields = page.evaluate(
        f"[...document.querySelectorAll('{kinds}, textarea')].map((one) => one.id)"
    )
    assert "search" in fields
    assert len(fields) >= 3
    for field in fields:
        for text in HOSTILE:
            page.evaluate(
                """([id, text]) => { const field = document.getElementById(id);
                field.focus(); field.value = text;
                field.dispatchEvent(new Event("input", { bubbles: true })); }""",
                [field, text[:2000]],
            )
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
    opened.assert_quiet()


def test_the_policy_stops_what_nobody_hashed(open_page: Open) -> None:
    opened = open_page(hostile_graph())
    opened.page.evaluate(
        """(() => { const made = document.createElement("script");
        try { made.textContent = "window.pwned = 1"; } catch { return; }
        document.body.append(made); })()"""
    )
    refused = opened.page.evaluate(
        """(() => { try { document.body.insertAdjacentHTML("beforeend", "<b>x</b>"); } catch { return true; }
        return false; })()"""
    )
    assert refused
    opened.page.evaluate("fetch('https://example.invalid/').catch(() => {})")
    opened.page.evaluate("new Image().src = 'https://example.invalid/x.png'")
    opened.page.wait_for_timeout(200)
    assert opened.page.evaluate("typeof window.pwned") == "undefined"
    told = {one.split()[0] for one in opened.page.evaluate("window.violations")}
    assert {"require-trusted-types-for", "connect-src", "img-src"} <= told


class Tags(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_file_names_nothing_to_load() -> None:
    found = Tags(render_page(hostile_graph(), title=HOSTILE[1]).decode()).found
    assert len(found) > 60
    for tag, attributes in found:
        assert tag not in ("img", "iframe", "object", "embed", "base", "form")
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
        assert (attributes.get("src") or attributes.get("href") or "data:").startswith("data:")


def test_a_page_without_data_stays_small() -> None:
    assert len(render_page(large_graph(1, 0), title="小")) < 1_200_000
