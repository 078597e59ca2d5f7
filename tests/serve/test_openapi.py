"""The description is valid, and it is honest: what it says is there is there, and the reverse."""

from __future__ import annotations

import json

import pytest
from openapi_spec_validator import validate
from served import DOCUMENT, Served

from kg.iri import BASE, PREFIXES
from kg.serve.app import routes
from kg.serve.openapi import describe_api

API = describe_api("1.2.3")
PATHS = {
    "/{kind}/{name}": "/entity/%E9%A8%B0%E8%A8%8A",
    "/page/{name}": "/page/entity/%E9%A8%B0%E8%A8%8A",
    "/data/{name}": "/data/entity/%E9%A8%B0%E8%A8%8A",
    "/static/{name}": "/static/serve.css",
}


def test_it_is_valid() -> None:
    validate(API)
    assert API["info"]["version"] == "1.2.3"


def test_it_has_every_route_with_every_method_and_no_other() -> None:
    served = {
        (route.path.replace(":path", ""), method.lower())
        for route in routes(writable=True)
        for method in route.methods or ()
        if method != "HEAD"
    }
    described = {
        (path, method)
        for path, item in API["paths"].items()
        for method in item
        if method != "summary"
    }
    assert served == described


@pytest.mark.parametrize("path", sorted(API["paths"]))
def test_what_it_promises_is_what_comes(server: Served, path: str) -> None:
    operation = API["paths"][path].get("get")
    if operation is None:
        return
    address = _address(path)
    promised = operation["responses"]
    for kind in promised.get("200", {}).get("content", {"text/turtle": {}}):
        answer = server.client.get(address, headers={"accept": kind})
        assert str(answer.status_code) in promised
        if answer.status_code == 200:
            media = answer.headers["content-type"].partition(";")[0]
            assert media in promised["200"]["content"]


def _address(path: str) -> str:
    iri = f"?iri={PREFIXES['ent']}QQ"
    if path in ("/about", "/page", "/data", "/expand"):
        return path + iri
    if path.startswith("/document/"):
        return "/" + DOCUMENT.removeprefix(BASE)
    return PATHS.get(path, path.replace("{name}", "x"))


def test_it_is_served(server: Served) -> None:
    answer = server.client.get("/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    validate(json.loads(answer.content))
