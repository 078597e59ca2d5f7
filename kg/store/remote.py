"""A SPARQL 1.1 server: asked and changed over HTTP.

A change is one Update request, which servers take wholly or not at all. It holds only if nobody
else has changed the store since it was last looked at, which a mark in its books tells.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pyoxigraph as ox

from kg.errors import QueryError, StoreBusy, StoreError
from kg.iri import PREFIXES
from kg.ontology import language_tag
from kg.rdf.terms import Quad, Quads, node
from kg.store.base import BOOKS, Rows, Value
from kg.store.update import difference, given, update_text

_PLACES = (
    ("query", "update", "store"),  # Oxigraph
    ("sparql", "update", "store"),  # this package's own server
    ("query", "update", "data"),  # Fuseki: the dataset's address
    ("", "statements", "rdf-graphs/service"),  # RDF4J: the repository's address
)
_ROWS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_ACCEPT = f"{_ROWS}, {_TRIPLES};q=0.9"
_STRING = PREFIXES["xsd"] + "string"
_PACE = 100_000  # bytes of a change that a server surely takes in a second
_MARKED = f"{BOOKS}#mark"
_MARK = f"<{BOOKS}> <{_MARKED}>"


class _Late(StoreError):
    """There was no answer in time: what became of the request is not known."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The three addresses of a server: Query, Update and Graph Store Protocol."""

    query: str
    update: str
    graphs: str


class RemoteStore:
    """A :class:`kg.store.base.Store` on the server at *url*.

    Its addresses are found by trying those of common servers below *url*. *token* is sent as a
    bearer token; *timeout* is in seconds, for each request; a large change has more. Raises
    StoreError where no server answers, or not in time, StoreBusy for a change after somebody
    else's.
    """

    def __init__(
        self,
        url: str,
        *,
        token: str | None = None,
        timeout: float = 60.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        if token and not (token.isascii() and token.isprintable()):
            raise StoreError("the token has other characters than ASCII: copy it again")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.url = url.rstrip("/")
        self._seconds = timeout
        self._http = httpx.Client(headers=headers, timeout=timeout, transport=transport)
        try:
            self._at = self._discover()
            self._mark = self._read_mark()
        except BaseException:
            self._http.close()
            raise

    def _discover(self) -> Endpoints:
        problem = ""
        for names in _PLACES:
            at = Endpoints(*(f"{self.url}/{name}".rstrip("/") for name in names))
            try:
                found = self._post(at.query, "ASK {}", "query", _ROWS)
                if _answer(found.json()) is True:
                    return at
            except (StoreError, QueryError, ValueError, KeyError, TypeError) as error:
                problem = problem or str(error)
        raise StoreError(f"no SPARQL server answers at {self.url}: {problem}")

    def add(self, quads: Quads) -> None:
        """Add *quads*; those that are there already change nothing."""
        self.change((), quads)

    def change(self, remove: Quads, add: Quads) -> None:
        """Take *remove* away and put *add* in, by one request."""
        gone, come = difference(remove, add)
        if not gone and not come:
            return
        mark = secrets.token_hex(8)
        text = f"{_marking(self._mark, mark)} ;\n{update_text(gone, come, _marked(mark))}"
        self._update(text)
        last, self._mark = self._mark, self._read_mark()
        if self._mark != mark:
            raise StoreBusy(
                f"{self.url} was changed by somebody else meanwhile (mark {last} became "
                f"{self._mark}): nothing was changed; run it again"
            )

    def _update(self, text: str) -> None:
        size = len(text.encode())
        try:
            self._post(self._at.update, text, "update", "*/*", self._seconds + size / _PACE)
        except _Late as error:
            raise StoreError(
                f"{error}: the server may still be at work on the change ({size / 1e6:.1f} MB), "
                f"which it makes wholly or not at all; look with `kg stats {self.url}`, then run "
                "it again"
            ) from error

    def _read_mark(self) -> str | None:
        answer = self.query(f"SELECT ?mark {{ GRAPH <{BOOKS}> {{ {_MARK} ?mark }} }}")
        rows = answer.rows if isinstance(answer, Rows) else ()
        return max((value.text for row in rows for value in row if value), default=None)

    def query(
        self, text: str, bindings: Mapping[str, str] | None = None
    ) -> Rows | bool | tuple[Quad, ...]:
        """Evaluate *text*; the prefixes of :mod:`kg.iri` need no declaration."""
        full = _with_prefixes(_with_bindings(text, bindings or {}))
        response = self._post(self._at.query, full, "query", _ACCEPT)
        if response.headers.get("content-type", "").startswith(_TRIPLES):
            return tuple(self._triples(response))
        try:
            return _answer(response.json())
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{self.url} answers what is no SPARQL result: {error}") from error

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """All quads but the books' as they were added, or those of one graph; in no order."""
        graphs = [graph] if graph is not None else self._graphs()
        for name in graphs:
            yield from given(self._graph(name))

    def _graphs(self) -> list[str]:
        answer = self.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        rows = answer.rows if isinstance(answer, Rows) else ()
        names = [value.text for row in rows for value in row if value]
        return [name for name in names if name != BOOKS]

    def _graph(self, name: str) -> Iterator[Quad]:
        """By the Graph Store Protocol: a graph that is not there is empty. Without the mark."""
        response = self._send("GET", self._at.graphs, params={"graph": name}, accept=_TRIPLES)
        if response.status_code == httpx.codes.NOT_FOUND:
            return
        self._check(response)
        graph = ox.NamedNode(name)
        for each in self._triples(response):
            if each.predicate.value != _MARKED:
                yield ox.Quad(each.subject, each.predicate, each.object, graph)

    def _triples(self, response: httpx.Response) -> Iterator[Quad]:
        try:
            for each in ox.parse(response.content, format=ox.RdfFormat.N_TRIPLES):
                yield ox.Quad(each.subject, each.predicate, each.object)
        except SyntaxError as error:
            raise StoreError(f"{self.url} answers what are no N-Triples: {error}") from error

    def close(self) -> None:
        """Leave the server."""
        self._http.close()

    def _post(
        self, url: str, text: str, kind: str, accept: str, seconds: float | None = None
    ) -> httpx.Response:
        media = f"application/sparql-{kind}"
        response = self._send(
            "POST", url, content=text.encode("utf-8"), accept=accept, content_type=media,
            seconds=seconds,
        )  # fmt: skip
        self._check(response)
        return response

    def _send(
        self, method: str, url: str, *, accept: str, content_type: str = "",
        seconds: float | None = None, **more: Any,
    ) -> httpx.Response:  # fmt: skip
        headers = {"Accept": accept} | ({"Content-Type": content_type} if content_type else {})
        limit = seconds or self._seconds
        try:
            return self._http.request(method, url, headers=headers, timeout=limit, **more)
        except httpx.TimeoutException as error:
            raise _Late(f"{url} does not answer within {limit:.0f} s") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise StoreError(f"{url} does not answer: {error}") from error

    def _check(self, response: httpx.Response) -> None:
        if response.is_success:
            return
        said = f"{response.status_code}: {response.text.strip()[:300]}"
        if response.status_code == httpx.codes.BAD_REQUEST:
            raise QueryError(f"the query cannot be evaluated: {said}")
        if response.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
            size = len(response.request.content) / 1e6
            raise StoreError(
                f"{response.url} takes no request of {size:.1f} MB, nothing was changed: raise the "
                f"limit of the server, or keep the graph in a folder ({said})"
            )
        raise StoreError(f"{response.url} answers {said}")


def _marked(mark: str) -> str:
    return f'GRAPH <{BOOKS}> {{ {_MARK} "{mark}" }}'


def _marking(old: str | None, new: str) -> str:
    """Set the mark, if it is still the old one."""
    if old is None:
        free = f"FILTER NOT EXISTS {{ GRAPH <{BOOKS}> {{ {_MARK} ?any }} }}"
        return f"INSERT {{ {_marked(new)} }} WHERE {{ {free} }}"
    return f"DELETE {{ {_marked(old)} }} INSERT {{ {_marked(new)} }} WHERE {{ {_marked(old)} }}"


def _with_prefixes(text: str) -> str:
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + text


def _with_bindings(text: str, bindings: Mapping[str, str]) -> str:
    """*text* with a VALUES clause at its end, which binds the variables of the outermost pattern.

    Servers have no other way to be given a term.
    """
    if not bindings:
        return text
    names = " ".join(f"?{name}" for name in bindings)
    terms = " ".join(str(node(iri)) for iri in bindings.values())
    return f"{text}\nVALUES ({names}) {{ ({terms}) }}"


def _answer(found: Any) -> Rows | bool:
    if "boolean" in found:
        return bool(found["boolean"])
    columns = tuple(found["head"]["vars"])
    rows = found["results"]["bindings"]
    return Rows(columns, tuple(tuple(_value(row.get(name)) for name in columns) for row in rows))


def _value(term: Mapping[str, str] | None) -> Value | None:
    if term is None:
        return None
    if term["type"] == "uri":
        return Value("uri", term["value"])
    if term["type"] == "bnode":
        return Value("bnode", term["value"])
    language, datatype = term.get("xml:lang"), term.get("datatype")
    tag = language_tag(language) if language else None
    return Value("literal", term["value"], tag, None if datatype in (_STRING, None) else datatype)
