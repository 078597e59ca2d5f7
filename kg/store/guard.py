"""What a query of a stranger may be: parsed first, and refused before it is evaluated.

Both engines would follow ``SERVICE`` and ``FROM``, and with them read what this machine can reach.
rdflib's grammar says what a query is. As Oxigraph reads a few texts otherwise, such texts are
refused or made plain: escapes of characters by number (``\\u0022``), and line ends. A second look
at the bare words, with comments, strings and IRIs taken out, must agree.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kg.errors import QueryError
from kg.iri import PREFIXES

Kind = Literal["select", "ask", "construct", "describe"]

MAX_LENGTH = 10_000
"""Characters; chains of some ten thousand operators overflow Oxigraph's stack."""

_KINDS: dict[str, Kind] = {
    "SelectQuery": "select",
    "AskQuery": "ask",
    "ConstructQuery": "construct",
    "DescribeQuery": "describe",
}
_SERVICE = "a query may not ask other servers: remove SERVICE"
_FROM = "a query is about the whole graph: remove FROM (use GRAPH to choose a document)"
_TOKEN = re.compile(
    r"""
      "{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
    | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'
    | <[^<>"{}|^`\\\x00-\x20]*>
    | \#[^\n]*
    | [?$@]\w+
    | (?:[^\W\d_][\w.-]*)?:(?:[\w.:%-]|\\.)*
    | (?P<word>\w+)
    | .
    """,
    re.VERBOSE | re.DOTALL,
)


def plain(text: str) -> str:
    """*text* with line ends that both parsers take for such; QueryError for ``\\u`` escapes."""
    if re.search(r"\\[uU]", text):
        raise QueryError("a query may not hold \\u escapes: write the character itself")
    return text.replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True, slots=True)
class Checked:
    """A query that may be evaluated; ``names_graphs`` if it has FROM or FROM NAMED."""

    kind: Kind
    names_graphs: bool


def check_query(text: str) -> Kind:
    """The kind of the query *text*, with FROM refused; otherwise as :func:`check`."""
    return check(text, ()).kind


def check(text: str, graphs: Container[str]) -> Checked:
    """What the query *text* is; QueryError, with the reason, for all that is refused.

    Refused are what does not parse, updates, SERVICE, FROM but of *graphs* (the IRIs of the named
    graphs that are here), and texts over :data:`MAX_LENGTH`. Evaluate ``plain(text)``, not *text*.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the query has {len(text)} characters; at most {MAX_LENGTH} are read")
    clean = plain(text)
    tree = _parse(clean)
    query = tree[1]
    names = set(_node_names(query))
    words = {found.upper() for found in _bare_words(clean)}
    if "ServiceGraphPattern" in names or "SERVICE" in words:
        raise QueryError(_SERVICE)
    names_graphs = "DatasetClause" in names or "FROM" in words
    if names_graphs and not graphs:
        raise QueryError(_FROM)
    _refuse_strange(tree, graphs)
    return Checked(_KINDS[query.name], names_graphs)


def _refuse_strange(tree: Any, graphs: Container[str]) -> None:
    """Refuse FROM and FROM NAMED of what is no graph of ours."""
    clauses = tree[1].datasetClause or ()
    declared = {one.prefix or "": str(one.iri) for one in tree[0] if one.name == "PrefixDecl"}
    for clause in clauses:
        name = clause.named if clause.default is None else clause.default
        iri = _resolved(name, {**PREFIXES, **declared})
        if iri not in graphs:
            raise QueryError(f"FROM {iri}: no graph here has this name (GRAPH ?g lists them)")


def _resolved(name: Any, prefixes: Mapping[str, str]) -> str:
    """The IRI of a name in FROM; one that is relative, or of no known prefix, stays as it is."""
    if isinstance(name, str):
        return str(name)
    return f"{prefixes.get(name.prefix or '', name.prefix)}{name.localname or ''}"


def _parse(text: str) -> Any:
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return parseQuery(text)
    except RecursionError:
        raise QueryError("the query is nested too deeply: take some brackets away") from None
    except ParseBaseException as error:
        if _is_update(text):
            raise QueryError("a query may not change the graph: updates are refused") from None
        raise QueryError(f"the query does not parse: {_where(error)}") from None


def _where(error: Any) -> str:
    line = error.line.strip()[:60]
    return f"line {error.lineno}, column {error.column}: {line!r}"


def _is_update(text: str) -> bool:
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        return bool(parseUpdate(text).request)
    except (ParseBaseException, RecursionError):
        return False


def _node_names(tree: Any) -> Iterator[str]:
    """The names of all nodes of a parse tree; without recursion, as trees may be deep."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    stack = [tree]
    while stack:
        part = stack.pop()
        if isinstance(part, CompValue):
            yield part.name
            stack.extend(part.values())
        elif isinstance(part, list | tuple | ParseResults):
            stack.extend(part)


def _bare_words(text: str) -> Iterator[str]:
    return (found["word"] for found in _TOKEN.finditer(text) if found["word"])
