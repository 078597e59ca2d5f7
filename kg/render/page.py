"""The graph as one HTML file that needs nothing else and asks nothing of anybody.

The file holds vis-network, our own script and style, and the data. Data stands only in
``application/json`` blocks; the Content Security Policy allows the three inline pieces by their
hash and nothing else, so that no text of an article can ever run or load anything.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Any

from markupsafe import Markup

from kg.model import ClaimGraph, Json
from kg.ontology import load_ontology
from kg.render.layout import label_box, place_nodes
from kg.render.payload import LANGUAGES, PayloadWriter, clip

_TEMPLATE = "page.html.j2"
_SCRIPTS = ("base.js", "graph.js", "panel.js", "page.js")
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_SMALL, _LARGE = 10, 27
_CURVE = 0.16
_OPTIONS: Json = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "multiselect": False, "selectConnectedEdges": False},
    "nodes": {"shape": "dot", "borderWidth": 0, "borderWidthSelected": 0, "chosen": False},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
        "chosen": False,
        "selfReference": {"size": 18},
    },
}


def render_page(
    graph: ClaimGraph,
    *,
    title: str,
    pair: tuple[str, str] | None = None,
    centrality: Mapping[str, float] | None = None,
    communities: Mapping[str, int] | None = None,
) -> bytes:
    """One self-contained HTML file (UTF-8), the same bytes for the same input.

    *pair* are the IRIs of two entities whose connection the page offers first. *centrality* (any
    range from 0 up; the number of relations where None) gives the nodes' size and order,
    *communities* a second way to colour; both go by entity IRI, and may leave entities out.
    """
    from kg.render.carrier import PageNetwork

    writer = PayloadWriter(graph, load_ontology())
    entities, claims, parts = writer.entities(), writer.claims(), writer.participations()
    ends = _ends(claims, parts)
    degree = Counter(node for pair_ in ends.values() for node in pair_)
    importance = _importance(writer, degree, centrality)
    for entity, iri in zip(entities, writer.node_ids, strict=True):
        node, community = entity["id"], (communities or {}).get(iri)
        entity |= {"rank": importance[node], "degree": degree[node], "community": community}
    data: Json = {
        "language": _language(graph),
        "pair": [writer.node_ids[iri] for iri in pair or () if iri in writer.node_ids],
        "documents": writer.documents(),
        "terms": writer.terms(),
        "symmetric": _symmetric(claims),
        "entities": entities,
        "claims": claims,
        "participations": parts,
        "style": _json_asset("style.json"),
        "strings": _json_asset("strings.json"),
    }
    network = PageNetwork(clip(title), _environment(data), _TEMPLATE, _OPTIONS)
    network.fill(_nodes(entities, ends), _edges(ends))
    html: str = network.generate_html()
    return html.encode("utf-8", errors="replace")


def _language(graph: ClaimGraph) -> str:
    language = graph.documents[0].language if graph.documents else LANGUAGES[0]
    return language if language in LANGUAGES else LANGUAGES[0]


def _symmetric(claims: Sequence[Json]) -> list[str]:
    relations = load_ontology().relations
    used = {claim["p"] for claim in claims}
    return sorted(curie for curie in used if curie in relations and relations[curie].symmetric)


def _ends(claims: Sequence[Json], parts: Sequence[Json]) -> dict[str, tuple[str, str]]:
    """Edge id → its two nodes, for all claims between entities and all participations."""
    nodes = {claim["id"]: (claim["s"]["node"], claim["o"]["node"]) for claim in claims}
    edges = {id_: pair for id_, pair in nodes.items() if all(pair)}
    return edges | {part["id"]: (part["s"], part["o"]) for part in parts}


def _importance(
    writer: PayloadWriter, degree: Counter[str], centrality: Mapping[str, float] | None
) -> dict[str, float]:
    """Node id → share of the greatest value, in [0, 1]."""
    values = {
        node: float(degree[node]) if centrality is None else centrality.get(iri, 0.0)
        for iri, node in writer.node_ids.items()
    }
    top = max(values.values(), default=0.0)
    return {
        node: round(max(value, 0.0) / top, 4) if top > 0 else 0.0 for node, value in values.items()
    }


def _nodes(entities: Sequence[Json], ends: Mapping[str, tuple[str, str]]) -> list[Json]:
    sizes = [round(_SMALL + (_LARGE - _SMALL) * sqrt(entity["rank"])) for entity in entities]
    boxes = [
        label_box(entity["labels"], size) for entity, size in zip(entities, sizes, strict=True)
    ]
    number = {entity["id"]: i for i, entity in enumerate(entities)}
    places = place_nodes(boxes, [(number[a], number[b]) for a, b in ends.values()])
    return [
        {"id": entity["id"], "label": entity["labels"][0], "size": size, "x": x, "y": y}
        for entity, size, (x, y) in zip(entities, sizes, places, strict=True)
    ]


def _edges(ends: Mapping[str, tuple[str, str]]) -> list[Json]:
    """Edges between the same two nodes curve apart, evenly on both sides of the straight line."""
    between: dict[tuple[str, str], list[str]] = defaultdict(list)
    for id_, pair in ends.items():
        between[min(pair), max(pair)].append(id_)
    return [
        {"id": id_, "from": ends[id_][0], "to": ends[id_][1]} | _bend(i, len(ids), *ends[id_])
        for ids in between.values()
        for i, id_ in enumerate(ids)
    ]


def _bend(index: int, count: int, source: str, target: str) -> Json:
    if source == target:
        return {"selfReference": {"size": 18 + 9 * index}}
    bend = round(_CURVE * (index - (count - 1) / 2), 3) * (1 if source < target else -1)
    if not bend:
        return {"smooth": False}
    side = "curvedCW" if bend > 0 else "curvedCCW"
    return {"smooth": {"enabled": True, "type": side, "roundness": abs(bend)}}


def _environment(data: Json) -> Any:
    """The autoescaping environment with everything that the template names."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("kg.render"), autoescape=True, undefined=StrictUndefined
    )
    style, vendor, script = _asset("page.css"), _vendor(), _script()
    policy = (
        f"default-src 'none'; script-src {_hash(vendor)} {_hash(script)}; "
        f"style-src {_hash(style)}; img-src data:; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    environment.globals |= {"style": Markup(style), "vendor": Markup(vendor)}
    environment.globals |= {"script": Markup(script), "policy": Markup(policy)}
    environment.globals |= {"data": data, "languages": LANGUAGES}
    environment.filters["embed"] = embed
    return environment


def embed(value: object) -> Markup:
    """*value* as JSON that can stand in a ``<script>`` element, whatever it contains."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.translate(_ESCAPES))


@cache
def _asset(name: str) -> str:
    return (files("kg.render") / "static" / name).read_text(encoding="utf-8")


@cache
def _json_asset(name: str) -> Json:
    parsed: Json = json.loads(_asset(name))
    return parsed


@cache
def _vendor() -> str:
    """vis-network without its last comment: a browser's tools would fetch the map it names."""
    return _asset("vendor/vis-network.min.js").partition("//# sourceMappingURL=")[0]


@cache
def _script() -> str:
    body = "\n".join(map(_asset, _SCRIPTS))
    return f'(() => {{\n"use strict";\n{body}}})();\n'


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
