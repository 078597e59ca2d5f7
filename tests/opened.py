"""A page opened in a headless Chromium, with everything that it did wrong."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
PAINTED = "performance.getEntriesByName('graph')[0]?.startTime"
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
    window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


def find_chromium() -> str:
    path = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if path:
        return path
    reason = "no Chromium found: install one or name it in the environment variable CHROMIUM"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@dataclass
class Opened:
    """A page with everything that it did wrong."""

    page: Any
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def assert_quiet(self) -> None:
        assert self.requests == []
        assert self.errors == []
        assert self.page.evaluate("window.violations") == []
        assert self.page.evaluate("typeof window.pwned") == "undefined"

    def until(self, expression: str) -> None:
        """Wait until it holds; the page's policy forbids the polling of ``wait_for_function``."""
        for _ in range(400):
            if self.page.evaluate(expression):
                return
            self.page.wait_for_timeout(25)
        pytest.fail(f"this never came true: {expression}")

    def text(self, selector: str) -> str:
        return str(self.page.inner_text(selector))

    def place_of(self, node: str) -> dict[str, float]:
        return self.place(f"return at('{node}')")

    def place(self, body: str) -> dict[str, float]:
        """Where on the screen; *body* may call ``at(node)``."""
        found: dict[str, float] = self.page.evaluate(
            f"""(() => {{
                const network = window.claimgraph.network;
                const box = document.getElementById("graph").getBoundingClientRect();
                const at = (id) => {{
                    const point = network.canvasToDOM(network.getPosition(id));
                    return {{ x: box.x + point.x, y: box.y + point.y }};
                }};
                {body}
            }})()"""
        )
        return found

    def names(self) -> dict[str, str]:
        """Traditional label → node id."""
        return dict(
            self.page.evaluate(
                "JSON.parse(document.getElementById('data').textContent)"
                ".entities.map((entity) => [entity.labels[0], entity.id])"
            )
        )


class Clock:
    """Seconds that the page's main thread has worked, which a busy machine does not change."""

    def __init__(self, opened: Opened) -> None:
        self.session = opened.page.context.new_cdp_session(opened.page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def read(self) -> float:
        metrics: list[dict[str, Any]] = self.session.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


Open = Callable[..., Opened]
