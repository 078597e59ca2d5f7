"""The graph as one HTML file that needs nothing else and asks nothing of anybody.

The file holds vis-network and noUiSlider, our own script and style, and the data. Data stands
only in ``application/json`` blocks; the Content Security Policy allows the three inline pieces by
their hash and nothing else, so that no text of an article can ever run or load anything.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Any

from markupsafe import Markup

from kg.findings import Analysis
from kg.iri import PREFIXES
from kg.model import ClaimGraph, Json
from kg.ontology import load_ontology
from kg.render.layout import label_box, place_nodes
from kg.render.names import LANGUAGES, clip
from kg.render.payload import CLAIM_DEFAULTS, ENTITY_DEFAULTS, PayloadWriter, shorten
from kg.render.weights import MEASURES, weigh

_TEMPLATE = "page.html.j2"
_REMOTE = "remote.js"  # in pages that are served only
_SCRIPTS = (
    "unpack.js",
    "base.js",
    "view.js",
    "routes.js",
    "geometry.js",
    "graph.js",
    "layouts.js",
    "expand.js",
    "panel.js",
    "reader.js",
    "table.js",
    "vector.js",
    "turtle.js",
    "takeaway.js",
    "judge.js",
    "combobox.js",
    "search.js",
    "connect.js",
    "filters.js",
    "timeline.js",
    _REMOTE,
    "page.js",
)
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_SMALL, _LARGE = 10, 27
_OPTIONS: Json = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "multiselect": False},
    "nodes": {"shape": "dot", "borderWidth": 0, "borderWidthSelected": 0, "chosen": False},
}


@dataclass(frozen=True, slots=True)
class Served:
    """A server that knows more than the page holds, and answers at *path* of the page's origin.

    *reach* is, for the IRI of each entity of the page, how many neighbours it has in all: other
    ends of its claims, and who takes part in an event with the event itself.
    """

    path: str
    reach: Mapping[str, int]


def render_page(
    graph: ClaimGraph,
    *,
    title: str | None,
    pair: tuple[str, str] | None = None,
    analysis: Analysis | None = None,
    served: Served | None = None,
) -> bytes:
    """One self-contained HTML file (UTF-8), the same bytes for the same input.

    Without a *title* the page says, in its language, of how many articles it is. *pair* are the
    IRIs of two entities whose connection the page offers first, if anything connects them.
    *analysis* gives the nodes' importance and their communities; without it the number of
    relations stands in. A page that is *served* asks its server for what lies beyond its nodes;
    any other asks nobody for anything.
    """
    from kg.render.carrier import PageNetwork

    parts = _Parts.of(graph, analysis, served.reach if served else {})
    data: Json = {
        "language": _language(graph),
        "titled": title is not None,
        "served": served.path if served else None,
        "pair": [parts.node_ids[iri] for iri in pair or () if iri in parts.node_ids],
        **parts.data,
        "style": _json_asset("style.json"),
        "icons": _json_asset("vendor/lucide.json"),
        "strings": _json_asset("strings.json"),
    }
    heading = _heading(graph) if title is None else clip(title)
    network = PageNetwork(heading, _environment(data), _TEMPLATE, _OPTIONS)
    network.nodes = _places(parts.entities, parts.ends)
    html: str = network.generate_html()
    return html.encode("utf-8", errors="replace")


def render_expansion(
    graph: ClaimGraph, *, reach: Mapping[str, int], following: int | None = None
) -> bytes:
    """What a server answers when a page asks for more of an entity: JSON in UTF-8.

    *graph* holds the entity, its next neighbours, the claims between it and them, all entities
    that these name, and the documents of their evidence, with or without their texts. *reach* is
    as in :class:`Served`; *following* is the ``from`` of the next answer, None after the last.
    """
    data = _Parts.of(graph, None, reach).data | {"next": following}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


@dataclass(frozen=True)
class _Parts:
    """The graph as values of the page: what page and expansion have in common."""

    node_ids: Mapping[str, str]
    entities: Sequence[Json]
    ends: Mapping[str, tuple[str, str]]
    data: Json

    @classmethod
    def of(cls, graph: ClaimGraph, analysis: Analysis | None, reach: Mapping[str, int]) -> _Parts:
        writer = PayloadWriter(graph, load_ontology())
        entities, claims, parts = writer.entities(), writer.claims(), writer.participations()
        ends = _ends(claims, parts)
        degree = Counter(node for pair in ends.values() for node in pair)
        weights = weigh(graph.entities, [degree[entity["id"]] for entity in entities], analysis)
        known = [{"reach": reach.get(entity.iri, 0)} for entity in graph.entities]
        entities = [a | b | c for a, b, c in zip(entities, weights, known, strict=True)]
        data: Json = {
            "documents": writer.documents(),
            "terms": writer.terms(),
            "symmetric": _symmetric(claims),
            "entities": [shorten(entity, ENTITY_DEFAULTS) for entity in entities],
            "claims": [shorten(claim, CLAIM_DEFAULTS) for claim in claims],
            "defaults": {"entity": ENTITY_DEFAULTS, "claim": CLAIM_DEFAULTS},
            **writer.tables(),
            "measures": MEASURES,
            "prefixes": PREFIXES,
            "participations": parts,
        }
        return cls(writer.node_ids, entities, ends, data)


def _heading(graph: ClaimGraph) -> str:
    words: dict[str, str] = _json_asset("strings.json")[_language(graph)]
    return words["articles"].replace("{0}", str(len(graph.documents)))


def _language(graph: ClaimGraph) -> str:
    language = graph.documents[0].language if graph.documents else LANGUAGES[0]
    return language if language in LANGUAGES else LANGUAGES[0]


def _symmetric(claims: Sequence[Json]) -> list[str]:
    relations = load_ontology().relations
    used = {claim["p"] for claim in claims}
    return sorted(curie for curie in used if curie in relations and relations[curie].symmetric)


def _ends(claims: Sequence[Json], parts: Sequence[Json]) -> dict[str, tuple[str, str]]:
    """Edge id → its two nodes, for all claims between entities and all participations."""
    ends = {claim["id"]: (claim["s"], claim["o"]) for claim in claims}
    edges = {id_: pair for id_, pair in ends.items() if all(isinstance(end, str) for end in pair)}
    return edges | {part["id"]: (part["s"], part["o"]) for part in parts}


def _places(entities: Sequence[Json], ends: Mapping[str, tuple[str, str]]) -> list[Json]:
    """The nodes as vis-network takes them, with the room that icon and label need."""
    sizes = [round(_SMALL + (_LARGE - _SMALL) * sqrt(entity["rank"])) for entity in entities]
    boxes = [
        label_box(entity["labels"], size) for entity, size in zip(entities, sizes, strict=True)
    ]
    number = {entity["id"]: i for i, entity in enumerate(entities)}
    edges = [(number[a], number[b]) for a, b in ends.values()]
    places = place_nodes(boxes, edges, [entity["group"] for entity in entities])
    return [
        {"id": entity["id"], "x": x, "y": y}
        for entity, (x, y) in zip(entities, places, strict=True)
    ]


def _environment(data: Json) -> Any:
    """The autoescaping environment with everything that the template names."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("kg.render"), autoescape=True, undefined=StrictUndefined
    )
    style = _asset("vendor/nouislider.min.css") + _asset("page.css") + _asset("right.css")
    vendor, script = _vendor(), _script(data["served"] is not None)
    connect = "connect-src 'self'; " if data["served"] is not None else ""
    policy = (
        f"default-src 'none'; script-src {_hash(vendor)} {_hash(script)}; "
        f"style-src {_hash(style)}; img-src data:; "
        f"{connect}base-uri 'none'; form-action 'none'; "
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
    """The libraries without a last comment: a browser's tools would fetch the map it names."""
    sources = (_asset(f"vendor/{name}.min.js") for name in ("vis-network", "nouislider"))
    return "\n".join(source.partition("//# sourceMappingURL=")[0] for source in sources)


@cache
def _script(served: bool) -> str:
    names = _SCRIPTS if served else (name for name in _SCRIPTS if name != _REMOTE)
    body = "\n".join(map(_asset, names))
    return f'(() => {{\n"use strict";\n{body}}})();\n'


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
