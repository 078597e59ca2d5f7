"""Routes of single things: the IRI itself, the page about it, the data about it.

A thing of the world cannot be sent over HTTP, so its IRI answers 303 See Other and names what can:
the page for people, the data for programs (Cool URIs for the Semantic Web, section 4).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from kg.serve import negotiate as media
from kg.serve import resources
from kg.serve.asking import ask, respond
from kg.serve.pages import POLICY, Binding, data_path, page_language, page_path, render_thing
from kg.serve.refused import Refused
from kg.serve.worker import Job

_PAGE_OR_DATA: media.Offer = {media.HTML: media.HTML, **media.QUADS}
_HTML = {"content-type": "text/html; charset=utf-8", "content-security-policy": POLICY}


async def thing(request: Request) -> Response:
    """303 to the page or to the data."""
    iri = resources.iri_of_path(_raw_path(request))
    return await _see_other(request, iri)


async def about(request: Request) -> Response:
    """As :func:`thing`, for any IRI in the field ``iri``."""
    return await _see_other(request, resources.iri_field(request))


async def page(request: Request) -> Response:
    """The HTML page about a thing."""
    iri = _iri_below(request, b"/page")
    language = page_language(request.headers.get("accept-language"))
    own, back, claims = await asyncio.gather(
        _rows(request, resources.own_query(iri)),
        _rows(request, resources.back_query(iri)),
        _rows(request, resources.claims_query(iri)),
    )
    if not (own or back or claims):
        raise _unknown(iri)
    headers = {**_HTML, "vary": "accept-language", "link": f'<{data_path(iri)}>; rel="describedby"'}
    return Response(render_thing(iri, own, back, claims, language), headers=headers)


async def data(request: Request) -> Response:
    """The RDF about a thing; of a document all that its graph holds.

    Of what has more sentences than one answer gives, the header names the next.
    """
    iri = _iri_below(request, b"/data")
    form = _form(request, media.QUADS)
    links = [f'<{page_path(iri)}>; rel="alternate"; type="text/html"']
    if await _is_true(request, f"ASK {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"):
        job = Job(resources.graph_query(iri), form=form, trusted=True, graph=iri)
    else:
        text, following = await _description(request, iri, resources.start_field(request))
        job = Job(text, form=form, trusted=True)
        if following:
            links.append(f'<{_data_from(request, iri, following)}>; rel="next"')
    return respond(await ask(request, job), {"link": ", ".join(links)})


async def _description(request: Request, iri: str, start: int) -> tuple[str, int | None]:
    """The query for what is known of *iri* from a sentence on, and the number of the next."""
    rows = await _rows(request, resources.counts_query(iri))
    counts = {row["claim"]["value"]: int(row["n"]["value"]) for row in rows}
    end, count = start + resources.SENTENCES, sum(counts.values())
    if start >= max(1, count):
        raise Refused(404, f"nothing more is known of {iri}")
    if not counts:
        await _must_exist(request, iri)
    claims, before = _claims_between(counts, start, end)
    rows = await _rows(request, resources.sentences_query(claims)) if claims else []
    said = sorted((row["claim"]["value"], row["evidence"]["value"]) for row in rows)
    shown = said[before : before + resources.SENTENCES]
    text = resources.description_query(iri, shown, whole=not start)
    return text, end if end < count else None


def _claims_between(counts: Mapping[str, int], start: int, end: int) -> tuple[list[str], int]:
    """The claims that have the sentences of these numbers, and how many these have before."""
    found: list[str] = []
    before = place = 0
    for claim in sorted(counts):
        first, place = place, place + counts[claim]
        if first < end and start < place:
            before = before if found else start - first
            found.append(claim)
    return found, before


def _data_from(request: Request, iri: str, start: int) -> str:
    path, form = data_path(iri), request.query_params.get("format")
    fields = f"format={form}&from={start}" if form else f"from={start}"
    return f"{path}{'&' if '?' in path else '?'}{fields}"


async def _see_other(request: Request, iri: str) -> Response:
    form = _form(request, _PAGE_OR_DATA)
    await _must_exist(request, iri)
    place = page_path(iri) if form == media.HTML else data_path(iri)
    return Response(status_code=303, headers={"location": place, "vary": "accept"})


def _form(request: Request, offer: media.Offer) -> str:
    """The media type of ``?format=``, or the one that ``Accept`` likes best."""
    named = request.query_params.get("format")
    if named is not None:
        form = media.SHORT.get(named)
        if form is not None and form in offer.values():
            return form
        raise Refused(406, f"there is no such format here: {', '.join(_names(offer))}")
    form = media.choose(request.headers.get("accept"), offer)
    if form is None:
        raise Refused(406, f"this comes as {', '.join(dict.fromkeys(offer.values()))}")
    return form


def _names(offer: media.Offer) -> list[str]:
    return [name for name, form in media.SHORT.items() if form in offer.values()]


def _iri_below(request: Request, place: bytes) -> str:
    path = _raw_path(request).removeprefix(place)
    return resources.iri_of_path(path) if path.strip(b"/") else resources.iri_field(request)


def _raw_path(request: Request) -> bytes:
    """The path as it came; Starlette's is decoded, so that an escaped slash would be lost."""
    raw: bytes = request.scope["raw_path"]
    return raw.partition(b"?")[0]


async def _must_exist(request: Request, iri: str) -> None:
    if not await _is_true(request, resources.exists_query(iri)):
        raise _unknown(iri)


async def _is_true(request: Request, text: str) -> bool:
    answer = await ask(request, _trusted(text))
    return bool(json.loads(answer.body)["boolean"])


def _unknown(iri: str) -> Refused:
    return Refused(404, f"nothing is known of {iri}")


async def _rows(request: Request, text: str) -> list[Binding]:
    answer = await ask(request, _trusted(text))
    rows: list[Binding] = json.loads(answer.body)["results"]["bindings"]
    return rows


def _trusted(text: str) -> Job:
    return Job(text, form=media.JSON, trusted=True)
