"""How long a reader waits for the page, in headless Chromium.

    python -m tests.bench.page [--runs N]

Prints, for graphs of 50 to 5,000 nodes: the size of the file; until the graph is painted (from
the start of the navigation, with everything drawn); from the last key of a search to its list;
from choosing a node, filtering and showing all nodes to the painted picture; one picture while
panning. Medians, in milliseconds.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page, sync_playwright

from kg.render.page import render_page

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from large_graph import large_graph
from opened import ARGUMENTS, PAINTED, find_chromium

SIZES = ((50, 100), (500, 1_000), (2_000, 5_000), (5_000, 20_000))
STEPS = {
    "search": "TIMED(() => { const box = document.getElementById('search');"
    " box.focus(); box.value = 'name 4'; box.dispatchEvent(new Event('input')); })",
    "select": "TIMED(() => window.claimgraph.change({ selected: 'n0' }))",
    "clear": "TIMED(() => window.claimgraph.change({ selected: null }))",
    "filter": "TIMED(() => window.claimgraph.change({ minimum: 70 }))",
    "all": "TIMED(() => window.claimgraph.change({ shown: ['*'], minimum: 0 }))",
    "pan": "TIMED(() => window.claimgraph.network.redraw())",
}


def measure(page: Page, address: str) -> Iterator[tuple[str, float]]:
    """One opening of the page with everything that a reader then does, in turn."""
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_function(PAINTED)
    yield "open", page.evaluate(PAINTED)
    for name, script in STEPS.items():
        yield name, page.evaluate(script.replace("TIMED", TIMED))


TIMED = """(async (act) => { const start = performance.now(); act();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - start; })"""


def table(runs: int, browser: Any) -> Iterator[str]:
    yield "".join(f"{name:>9}" for name in ("nodes", "edges", "MB", "open", *STEPS))
    with tempfile.TemporaryDirectory() as folder:
        for nodes, edges in SIZES:
            file = Path(folder, f"{nodes}.html")
            file.write_bytes(render_page(large_graph(nodes, edges), title="大圖"))
            found: dict[str, list[float]] = {}
            for _ in range(runs):
                page = browser.new_page(viewport={"width": 1400, "height": 840})
                for name, value in measure(page, file.as_uri()):
                    found.setdefault(name, []).append(value)
                page.close()
            size = file.stat().st_size / 1e6
            times = "".join(f"{median(values):9.0f}" for values in found.values())
            yield f"{nodes:9}{edges:9}{size:9.2f}{times}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        for line in table(runs, browser):
            sys.stdout.write(f"{line}\n")
        browser.close()


if __name__ == "__main__":
    main()
