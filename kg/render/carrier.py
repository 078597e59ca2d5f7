"""The pyvis network that carries the page.

pyvis' own template loads from other hosts and escapes nothing, so only its bookkeeping and
:meth:`generate_html` are used, with an autoescaping environment and a template of our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import Environment
from pyvis.network import Network


class PageNetwork(Network):  # type: ignore[misc]
    """A directed network that renders *template* of *environment*.

    Directed, because pyvis drops parallel edges of undirected networks.
    """

    def __init__(
        self, heading: str, environment: Environment, template: str, options: Mapping[str, Any]
    ) -> None:
        super().__init__(directed=True, heading=heading, cdn_resources="in_line")
        self.templateEnv = environment
        self.path = template
        self.options = dict(options)

    def get_nodes(self) -> Iterable[str]:
        """The node ids; a view with constant-time look-up, where pyvis would scan a list."""
        return self.node_map.keys()  # type: ignore[no-any-return]

    def fill(self, nodes: Iterable[dict[str, Any]], edges: Iterable[dict[str, Any]]) -> None:
        """Add vis-network nodes (with ``id``) and edges (with ``id``, ``from`` and ``to``)."""
        for node in nodes:
            self.add_node(node["id"], **{key: node[key] for key in node if key != "id"})
        for edge in edges:
            ends = ("from", "to")
            rest = {key: edge[key] for key in edge if key not in ends}
            self.add_edge(edge["from"], edge["to"], **rest)
