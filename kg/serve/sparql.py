"""The route ``/sparql``: queries, the description of the service, the editor for browsers."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response

from kg.query import load_questions
from kg.serve import negotiate as media
from kg.serve.asking import ask, respond
from kg.serve.described import describe_service
from kg.serve.pages import page_language, render_yasgui
from kg.serve.protocol import Asked, read_operation
from kg.serve.refused import Refused
from kg.serve.results import write_quads
from kg.serve.worker import Answer, Job

_MOST_GRAPHS = 1000
_GRAPHS = f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{}} }} ORDER BY ?g LIMIT {_MOST_GRAPHS}"
_EDITOR_OR_DATA: media.Offer = {media.TURTLE: media.TURTLE, media.HTML: media.HTML, **media.TRIPLES}
# The editor adds one style element, has style attributes, and draws its icons by data URLs.
_ITS_STYLE = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
EDITOR_POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self' {_ITS_STYLE}; "
    "style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; font-src data:; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


async def sparql(request: Request) -> Response:
    """Answer a query; without one tell what this is, in RDF or as an editor."""
    asked = await read_operation(request, request.app.state.settings.limits)
    accept = request.headers.get("accept")
    if asked.text is None or _wants_editor(accept):
        return await _introduce(request, accept)
    return respond(await ask(request, _job(asked, accept)))


def _job(asked: Asked, accept: str | None) -> Job:
    return Job(asked.text or "", asked.default, asked.named, accept)


def _wants_editor(accept: str | None) -> bool:
    """Whether it is a browser that goes to an address with a query in it."""
    both = {media.JSON: media.JSON, media.TURTLE: media.TURTLE, media.HTML: media.HTML}
    return accept is not None and media.choose(accept, both) == media.HTML


async def _introduce(request: Request, accept: str | None) -> Response:
    form = media.choose(accept, _EDITOR_OR_DATA)
    if form is None:
        raise Refused(406, "there is no query; the service is described in RDF or HTML")
    if form == media.HTML:
        return _editor(request)
    answer = await ask(request, Job(_GRAPHS, form=media.JSON, trusted=True))
    rows = json.loads(answer.body)["results"]["bindings"]
    endpoint = str(request.url.replace(query="", fragment=""))
    try:
        quads = describe_service(endpoint, (row["g"]["value"] for row in rows))
    except ValueError:
        raise Refused(400, "the Host header is no name of a host") from None
    return respond(Answer(200, form, write_quads(quads, form)))


def _editor(request: Request) -> Response:
    language = page_language(request.headers.get("accept-language"))
    return Response(
        render_yasgui(language, load_questions().values()),
        headers={
            "content-type": "text/html; charset=utf-8",
            "content-security-policy": EDITOR_POLICY,
            "vary": "accept, accept-language",
        },
    )
