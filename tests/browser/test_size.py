"""Large graphs: the main thread's own time, which a busy machine does not change, and no waste."""

from __future__ import annotations

import pytest
from large_graph import large_graph
from opened import PAINTED, Clock, Open

pytestmark = pytest.mark.browser

PAINT, ANSWER = 2.0, 1.0
FIND = """(() => { const box = document.getElementById("search"); box.focus(); box.value = "Name 49";
    box.dispatchEvent(new Event("input")); return document.getElementById("results").children.length; })()"""


@pytest.mark.parametrize(
    ("nodes", "edges"), [(50, 100), (500, 1_000), (2_000, 5_000), (5_000, 20_000)]
)
def test_it_opens_and_answers_in_time(open_page: Open, nodes: int, edges: int) -> None:
    opened = open_page(large_graph(nodes, edges))
    clock, page = Clock(opened), opened.page
    start = clock.read()
    page.reload()
    opened.until(PAINTED)
    opened.requests.clear()
    page.wait_for_timeout(50)
    assert clock.read() - start < PAINT
    start = clock.read()
    assert page.evaluate(FIND) >= 1
    assert clock.read() - start < ANSWER
    start = clock.read()
    page.evaluate("window.claimgraph.change({ selected: 'n0' })")
    page.wait_for_timeout(100)
    assert clock.read() - start < ANSWER
    opened.assert_quiet()


WORK = """(act) => { const kind = CanvasRenderingContext2D.prototype, kept = kind.measureText;
    let measured = 0, updated = 0;
    kind.measureText = function (...given) { measured += 1; return kept.apply(this, given); };
    const { nodes, edges } = window.claimgraph.network.body.data;
    for (const set of [nodes, edges]) set.on("*", (type, { items }) => { updated += items.length; });
    act = new Function(act); act();
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
        kind.measureText = kept; done([measured, updated]); }))); }"""
ACTS = {
    "redraw": "window.claimgraph.network.redraw()",
    "select": "window.claimgraph.change({ selected: 'n0' })",
    "colour": "window.claimgraph.change({ colourBy: 'community' })",
    "filter": "window.claimgraph.change({ minimum: 60 })",
}


@pytest.mark.parametrize("act", ACTS)
def test_a_change_touches_only_what_changed(open_page: Open, act: str) -> None:
    opened = open_page(large_graph(500, 1_000))
    script = WORK.replace("act = new Function(act); act();", ACTS[act]).replace("(act) =>", "() =>")
    measured, updated = opened.page.evaluate(script)
    assert measured < 20  # the names are known; new are the relations of what was chosen
    assert updated == 0
