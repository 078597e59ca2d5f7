"""The description of the interface, as OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.serve import negotiate as media
from kg.serve.resources import KINDS
from kg.serve.settings import ARTICLES, GIVEN

Json = dict[str, Any]

_RESULTS = (*dict.fromkeys((*media.ROWS.values(), *media.TRIPLES.values())),)
_RDF = tuple(dict.fromkeys(media.QUADS.values()))
_REASONS = {
    "400": "The request cannot be understood, or is refused; the body says why.",
    "401": "The token is missing or wrong.",
    "403": "Updates are refused.",
    "404": "Nothing is known of this IRI.",
    "406": "None of the accepted media types can be given.",
    "408": "The body did not come in time.",
    "413": "The body is too large.",
    "415": "The body has another media type or charset than is read.",
    "422": "There is no article in the body, or none that can be read.",
    "503": "There is no place for the query now, or it needed too much memory.",
    "504": "The query ran up to its time limit and was stopped.",
}


def describe_api(version: str) -> Json:
    """The description, of all that is served here."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Claimgraph",
            "version": version,
            "description": "A knowledge graph of news whose every edge points at its sentence.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "paths": {
            "/": {"get": _get("The graph as a page to explore", _ok(media.HTML))},
            "/expand": {"get": _get("What lies beyond an entity of the page", {
                **_ok("application/json"), **_refusals("400", "404", "503", "504"),
            }, [_IRI, _FROM])},
            "/sparql": _sparql(),
            **{f"/{kind}/{{name}}": _thing(kind) for kind in KINDS},
            "/document/{name}": _thing("document") | {"delete": _removal()},
            "/documents": {"post": _addition()},
            "/about": {"get": _see_other("Where any IRI is described", [_IRI, _FORMAT])},
            "/page": {"get": _described("The page about any IRI", (media.HTML,), [_IRI])},
            "/page/{name}": {"get": _described("The page about a thing", (media.HTML,), [_NAME])},
            "/data": {"get": _described("The RDF about any IRI", _RDF, [_IRI, _FORMAT, _FROM])},
            "/data/{name}": {"get": _described("The RDF about a thing", _RDF, [
                _NAME, _FORMAT, _FROM,
            ])},
            "/openapi.json": {"get": _get("This description", _ok("application/json"))},
            "/health": {"get": _get("Whether queries are answered", {
                **_ok("application/json"), "503": {"description": "They are not."},
            })},
            "/metrics": {"get": _get("Numbers for Prometheus", _ok("text/plain"))},
            "/static/{name}": {"get": _get("What the pages load", {
                **_ok("text/css", "text/javascript", "image/svg+xml"),
                "304": {"description": "As it was."}, **_refusals("404"),
            }, [_NAME])},
        },
    }  # fmt: skip


_STRING: Json = {"type": "string"}
_NAME: Json = {"name": "name", "in": "path", "required": True, "schema": _STRING}
_IRI: Json = {"name": "iri", "in": "query", "required": True, "schema": _STRING}
_FROM: Json = {"name": "from", "in": "query", "schema": {"type": "integer", "minimum": 0}}
_FORMAT: Json = {
    "name": "format",
    "in": "query",
    "description": "Instead of the Accept header.",
    "schema": {"type": "string", "enum": sorted(media.SHORT)},
}
_GRAPHS: list[Json] = [
    {"name": name, "in": "query", "schema": {"type": "array", "items": _STRING}}
    for name in ("default-graph-uri", "named-graph-uri")
]


def _ok(*forms: str) -> Json:
    content: Json = {form: {} for form in forms}
    return {"200": {"description": "It comes.", "content": content}}


def _refusals(*statuses: str) -> Json:
    content = {"text/plain": {"schema": _STRING}}
    return {status: {"description": _REASONS[status], "content": content} for status in statuses}


def _get(summary: str, responses: Json, parameters: Iterable[Json] = ()) -> Json:
    return {"summary": summary, "parameters": list(parameters), "responses": responses}


def _described(summary: str, forms: Iterable[str], parameters: list[Json]) -> Json:
    refused = _refusals("400", "404", "406", "503", "504")
    return _get(summary, {**_ok(*forms), **refused}, parameters)


def _see_other(summary: str, parameters: list[Json]) -> Json:
    found = {"303": {"description": "See the page or the data, by Accept."}}
    return _get(summary, {**found, **_refusals("400", "404", "406", "503", "504")}, parameters)


def _thing(kind: str) -> Json:
    return {"get": _see_other(f"Where the {kind} of this name is described", [_NAME, _FORMAT])}


_TOKEN: Json = {"security": [{"token": []}]}


def _addition() -> Json:
    document = {
        "type": "object",
        "required": ["state"],
        "properties": dict.fromkeys(("state", "iri", "title", "reason"), _STRING),
    }
    listed = {
        "type": "object",
        "required": ["documents"],
        "properties": {"documents": {"type": "array", "items": document}},
    }
    content = {"application/json": {"schema": listed}}
    responses = {
        "200": {"description": "They were there, or take the place of others.", "content": content},
        "201": {"description": "At least one is new.", "content": content},
        **_refusals("400", "401", "408", "413", "415", "422", "503", "504"),
    }
    body = {"required": True, "content": {kind: {"schema": _STRING} for kind in ARTICLES}}
    given = [{"name": name, "in": "query", "schema": _STRING} for name in GIVEN]
    summary = "Take articles into the store (a server that was started for writing)"
    return {**_get(summary, responses, given), **_TOKEN, "requestBody": body}


def _removal() -> Json:
    gone = {"204": {"description": "It is gone, with what it alone said."}}
    responses = {**gone, **_refusals("401", "404", "503", "504")}
    summary = "Take a document out (a server that was started for writing)"
    return {**_get(summary, responses, [_NAME]), **_TOKEN}


def _sparql() -> Json:
    refused = _refusals("400", "403", "406", "408", "413", "415", "503", "504")
    answers = {**_ok(*_RESULTS, media.HTML), **refused}
    form = {
        "type": "object",
        "required": ["query"],
        "properties": {"query": _STRING}
        | {one["name"]: {"type": "array", "items": _STRING} for one in _GRAPHS},
    }
    body = {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {"schema": form},
            "application/sparql-query": {"schema": _STRING},
        },
    }
    return {
        "get": _get(
            "Answer a SPARQL 1.1 query; without one, describe the service",
            answers,
            [{"name": "query", "in": "query", "schema": _STRING}, *_GRAPHS],
        ),
        "post": {**_get("Answer a SPARQL 1.1 query", answers, _GRAPHS), "requestBody": body},
    }
