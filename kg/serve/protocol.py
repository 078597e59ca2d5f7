"""The SPARQL 1.1 Protocol: what a request asks, whichever of the three ways it comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.serve.body import media_type, read_body
from kg.serve.limits import Limits
from kg.serve.refused import Refused

FORM, QUERY, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
READ_ONLY = "this endpoint answers questions; updates are refused"
_MOST_FIELDS = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """A query operation; ``text`` is None where a request asks nothing."""

    text: str | None
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)


async def read_operation(request: Request, limits: Limits) -> Asked:
    """What *request* asks; Refused for what the protocol does not allow."""
    fields = parse_fields(request.scope["query_string"])
    if request.method != "POST":
        return _asked(fields)
    kind = media_type(request)
    if kind == UPDATE:
        raise Refused(403, READ_ONLY)
    if kind not in (FORM, QUERY):
        raise Refused(415, f"a query comes as {QUERY} or {FORM}")
    body = await read_body(request, most=limits.body, patience=limits.patience)
    if kind == FORM:
        return _required(_asked([*fields, *parse_fields(body)]))
    if any(name == "query" for name, _ in fields):
        raise Refused(400, "the query stands both in the address and in the body")
    return _required(_asked([*fields, ("query", _decoded(body))]))


def parse_fields(encoded: bytes) -> list[tuple[str, str]]:
    """The fields of a form; Refused for what is not percent-encoded UTF-8, or far too much."""
    try:
        text = encoded.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise Refused(400, "the fields are not percent-encoded UTF-8") from None
    except ValueError:
        raise Refused(400, f"there are more than {_MOST_FIELDS} fields") from None


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400, "the query is not UTF-8") from None


def _asked(fields: Iterable[tuple[str, str]]) -> Asked:
    fields = list(fields)
    if any(name == "update" for name, _ in fields):
        raise Refused(403, READ_ONLY)
    queries = [value for name, value in fields if name == "query"]
    if len(queries) > 1:
        raise Refused(400, "there is more than one query")
    return Asked(
        queries[0] if queries else None,
        tuple(value for name, value in fields if name == "default-graph-uri"),
        tuple(value for name, value in fields if name == "named-graph-uri"),
        dict(fields),
    )


def _required(asked: Asked) -> Asked:
    if asked.text is None:
        raise Refused(400, "there is no query")
    return asked
