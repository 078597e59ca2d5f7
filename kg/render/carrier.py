"""The pyvis network that carries the page.

pyvis' own template loads from other hosts and escapes nothing, so only its bookkeeping and
:meth:`generate_html` are used, with an autoescaping environment and a template of our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment
from pyvis.network import Network


class PageNetwork(Network):  # type: ignore[misc]
    """A network of ``nodes`` that renders *template* of *environment*.

    Its nodes are set as they are to be written: ``add_node`` would scan those before it. It has no
    edges: the page draws them, from its claims.
    """

    def __init__(
        self, heading: str, environment: Environment, template: str, options: Mapping[str, Any]
    ) -> None:
        super().__init__(directed=True, heading=heading, cdn_resources="in_line")
        self.templateEnv = environment
        self.path = template
        self.options = dict(options)
