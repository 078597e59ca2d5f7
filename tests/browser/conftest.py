"""The browser, and a fixture that writes the page of a graph and opens it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from opened import ARGUMENTS, WATCH, Open, Opened, find_chromium

from kg.model import ClaimGraph
from kg.render.page import render_page


# Not for the session: while the browser is driven an event loop runs in this thread, and the tests
# of other folders start their own.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    path = find_chromium()
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, tmp_path: Path) -> Iterator[Open]:
    contexts = []

    def open_(
        graph: ClaimGraph, *, width: int = 1400, height: int = 840, scheme: str = "light", **kw: Any
    ) -> Opened:
        file = tmp_path / "graph.html"
        file.write_bytes(render_page(graph, **({"title": "範例"} | kw)))
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.set_default_timeout(30_000)
        opened.page.add_init_script(WATCH)
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.page.on("console", lambda line: opened.errors.append(line.text))
        opened.page.goto(file.as_uri())
        assert opened.requests.pop(0) == file.as_uri()
        opened.until("window.claimgraph !== undefined")
        opened.page.wait_for_timeout(150)
        return opened

    yield open_
    for context in contexts:
        context.close()
