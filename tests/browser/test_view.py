"""The view: a link restores it, undo goes back, and a hostile link does nothing."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from hostile import HOSTILE
from opened import Open, Opened
from page_graph import analysis_of, sample_graph

pytestmark = pytest.mark.browser

KEYS = [
    "language",
    "theme",
    "colourBy",
    "sizeBy",
    "layout",
    "centre",
    "selected",
    "hiddenGroups",
    "hiddenRelations",
    "kinds",
    "minimum",
    "sources",
    "linked",
    "from",
    "to",
    "undated",
    "hidden",
    "shown",
    "pinned",
    "pair",
    "path",
    "tab",
]


def view_of(opened: Opened) -> dict[str, Any]:
    found: dict[str, Any] = opened.page.evaluate("window.claimgraph.view")
    return found


def change(opened: Opened, **patch: Any) -> None:
    opened.page.evaluate("(patch) => window.claimgraph.change(patch)", patch)


def follow(opened: Opened, fragment: str) -> None:
    """Open the page anew with this fragment."""
    page = opened.page
    address = page.url.split("#")[0]
    page.goto("about:blank")
    opened.requests.clear()
    page.goto(f"{address}#{fragment}")
    assert len(opened.requests) == 1
    opened.requests.clear()
    opened.until("window.claimgraph !== undefined")


def open_sample(open_page: Open) -> Opened:
    graph = sample_graph()
    groups = {entity.iri: i % 4 for i, entity in enumerate(graph.entities)}
    return open_page(graph, analysis=analysis_of(dict.fromkeys(groups, 0.5), groups))


CHANGES: dict[str, Any] = {
    "language": "en",
    "theme": "dark",
    "colourBy": "community",
    "sizeBy": "mentions",
    "layout": "time",
    "centre": "n2",
    "selected": "n3",
    "hiddenGroups": ["kg:Person"],
    "hiddenRelations": ["kg:develops", "kg:uses"],
    "kinds": ["denied"],
    "minimum": 40,
    "sources": [],
    "linked": True,
    "from": "2015",
    "to": "2020-04",
    "undated": True,
    "hidden": ["n20"],
    "shown": ["n5", "*"],
    "pinned": [["n4", -120, 34]],
    "pair": ["n1", "n6"],
    "path": None,
    "tab": "table",
}


def test_the_changes_name_every_key_of_the_view(open_page: Open) -> None:
    assert list(CHANGES) == KEYS == list(view_of(open_sample(open_page)))


def test_a_link_restores_the_view(open_page: Open) -> None:
    opened = open_sample(open_page)
    first = view_of(opened)
    patches = [{key: value} for key, value in CHANGES.items()]
    for patch in [*patches, {"path": 0}, CHANGES]:
        change(opened, **patch)
        wanted = view_of(opened)
        if wanted == first:
            continue
        opened.until("location.hash.length > 1")
        fragment = opened.page.url.partition("#")[2]
        assert "n3" not in fragment  # ids of this page are no names for another build
        follow(opened, fragment)
        assert view_of(opened) == wanted
        follow(opened, "")
    opened.assert_quiet()


def test_only_what_differs_is_in_the_link(open_page: Open) -> None:
    opened = open_sample(open_page)
    change(opened, minimum=30)
    change(opened, layout="time")
    change(opened, layout="force")
    opened.until("location.hash === '#minimum=30'")


def test_the_link_holds_where_the_reader_looks(open_page: Open) -> None:
    camera = "[window.claimgraph.network.getScale(), window.claimgraph.network.getViewPosition()]"
    opened = open_sample(open_page)
    opened.page.focus("#graph")
    for key in ("+", "+", "ArrowRight", "ArrowDown"):
        opened.page.keyboard.press(key)
    scale, middle = opened.page.evaluate(camera)
    last = f"{round(middle['x'])},{round(middle['y'])},{scale:.2f}"
    opened.until(f"decodeURIComponent(location.hash).includes('camera={last}')")
    follow(opened, opened.page.url.partition("#")[2])
    again = opened.page.evaluate(camera)
    assert again[0] == pytest.approx(scale, abs=0.01)
    assert again[1]["x"] == pytest.approx(middle["x"], abs=1)
    assert again[1]["y"] == pytest.approx(middle["y"], abs=1)
    opened.page.click("#fit")
    opened.until("!location.hash.includes('camera=')")
    opened.assert_quiet()


@pytest.mark.parametrize(
    "text", ["0,0,0.00", "1,2", "a,b,c", "99999999,0,1.00", "<img>", "NaN,0,1"]
)
def test_a_bad_camera_in_the_link_leaves_the_picture_whole(open_page: Open, text: str) -> None:
    opened = open_sample(open_page)
    before = opened.page.evaluate("window.claimgraph.network.getScale()")
    follow(opened, f"camera={quote(text)}")
    assert opened.page.evaluate("window.claimgraph.network.getScale()") == pytest.approx(before)
    opened.assert_quiet()


def test_the_back_of_the_browser_is_not_flooded(open_page: Open) -> None:
    opened = open_sample(open_page)
    before = opened.page.evaluate("history.length")
    for minimum in range(0, 100, 5):
        change(opened, minimum=minimum)
    opened.page.wait_for_timeout(200)
    assert opened.page.evaluate("history.length") == before


def test_a_link_pasted_into_the_open_page_is_followed(open_page: Open) -> None:
    opened = open_sample(open_page)
    change(opened, minimum=30)
    opened.page.evaluate("location.hash = 'layout=time'")
    opened.until("window.claimgraph.view.layout === 'time'")
    assert (view_of(opened)["layout"], view_of(opened)["minimum"]) == ("time", 0)


def test_undo_and_redo_walk_through_the_changes(open_page: Open) -> None:
    opened = open_sample(open_page)
    page, first = opened.page, view_of(opened)
    assert not page.is_enabled("#undo")
    change(opened, selected="n1")
    change(opened, colourBy="community")
    second = view_of(opened)
    page.click("#undo")
    page.focus("#graph")
    page.keyboard.press("Control+z")
    assert view_of(opened) == first
    page.keyboard.press("Control+Shift+Z")
    page.click("#redo")
    assert view_of(opened) == second
    page.click("#undo")
    change(opened, minimum=20)
    assert not page.is_enabled("#redo")


def test_one_drag_of_a_slider_is_one_step(open_page: Open) -> None:
    opened = open_sample(open_page)
    opened.page.evaluate("for (let i = 0; i < 60; i += 5) window.claimgraph.change({ minimum: i })")
    opened.page.click("#undo")
    assert view_of(opened)["minimum"] == 0


def test_a_hostile_link_does_nothing(open_page: Open) -> None:
    opened = open_sample(open_page)
    first = view_of(opened)
    emptied = {"from": "", "to": "", "selected": None, "centre": None, "path": None}
    expected = {name: emptied.get(name, first[name]) for name in first if name != "pair"}
    bad = [*HOSTILE, "-1", "1e99", "999999999", "NaN", "null", "[]", "{}", "toString"]
    everything = []
    for key in [*KEYS, "__proto__", "constructor", "zzz"]:
        fragments = [f"{key}={quote(value[:500], errors='replace')}" for value in bad]
        fragments += [f"{key}=%E0%A4%A&{key}=%00", key, f"={key}", "%"]
        everything += fragments
        opened.page.evaluate(
            """async (fragments) => { for (const one of fragments) { location.hash = one;
            await new Promise((done) => addEventListener("hashchange", done, { once: true })); } }""",
            fragments,
        )
        found = view_of(opened)
        assert set(found.pop("pair")) <= set(first["pair"])
        assert (key, found) == (key, expected)
    follow(opened, "&".join(everything))
    assert json.dumps(view_of(opened))
    opened.page.click("[data-node=n0]")
    opened.assert_quiet()
