"""Questions to a graph: the named ones of ``ontology/queries/``, or SPARQL text that is checked.

A named question is one ``.rq`` file: comment lines at the top describe it, and ``# $name: …``
declares a parameter. A parameter that is left open is answered for every value.
"""

from __future__ import annotations

import csv
import difflib
import io
import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import QueryError, UnknownEntity
from kg.iri import PREFIXES, compact, expand
from kg.ontology import load_ontology, ontology_dir
from kg.rdf.serialise import serialise
from kg.script import match_key
from kg.store.base import Rows, Store, Value
from kg.store.guard import check_query, plain

_PARAMETER = re.compile(r"\$(\w+): *(.+)")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NAMES = """
    SELECT DISTINCT ?thing ?name ?rank WHERE {
        { ?thing rdfs:label ?name BIND(0 AS ?rank) } UNION
        { ?thing skos:altLabel ?name BIND(1 AS ?rank) }
    }"""


@dataclass(frozen=True, slots=True)
class Question:
    """A named query; ``parameters`` maps each name to what it stands for."""

    name: str
    description: str
    parameters: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a SELECT, in the order of the query."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]

    def texts(self) -> list[list[str]]:
        """Each row for people: IRIs as CURIEs, literals without type, "" where unbound."""
        return [[_text(value) for value in row] for row in self.rows]

    def to_csv(self) -> str:
        """CSV (RFC 4180), safe in a spreadsheet: what would be a formula gets an apostrophe."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows([_no_formula(cell) for cell in row] for row in self.texts())
        return out.getvalue()

    def to_json(self) -> str:
        """SPARQL 1.1 Query Results JSON."""
        bindings = [
            {name: _json(value) for name, value in zip(self.columns, row, strict=True) if value}
            for row in self.rows
        ]
        document = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


Answer = Table | bool | str
"""A table (SELECT), a truth (ASK), or Turtle (CONSTRUCT, DESCRIBE)."""


@cache
def load_questions(folder: Path | None = None) -> dict[str, Question]:
    """The named questions by name, in order of name."""
    paths = sorted((folder or ontology_dir() / "queries").glob("*.rq"))
    return {path.stem: _read_question(path) for path in paths}


def _read_question(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    lines = [line.lstrip("# ") for line in text.splitlines() if line.startswith("#")]
    declared = filter(None, map(_PARAMETER.fullmatch, lines))
    parameters = {found[1]: found[2] for found in declared}
    description = " ".join(line for line in lines if not line.startswith("$"))
    return Question(path.stem, description, parameters, text)


def run_query(store: Store, text_or_name: str, bindings: Mapping[str, str] | None = None) -> Answer:
    """Ask *store* a named question, or a SPARQL text once :func:`check_query` lets it pass.

    *bindings* gives variables the entity or relation of a name (in any script), a CURIE or an
    IRI. They are bound as terms, never pasted into the text. A named question hides the columns
    of its parameters, whose names it shows anyway. Raises QueryError and UnknownEntity.
    """
    question = load_questions().get(text_or_name)
    if question is None:
        _refuse_mere_name(text_or_name)
        check_query(text_or_name)
    _refuse_unknown(question, bindings or {})
    bound = {name: resolve(store, value) for name, value in (bindings or {}).items()}
    answer = store.query(question.text if question else plain(text_or_name), bound)
    if isinstance(answer, bool):
        return answer
    if isinstance(answer, Rows):
        return _table(answer, hidden=set(question.parameters) if question else set())
    return serialise(answer, "ttl").decode()


def _table(rows: Rows, hidden: set[str]) -> Table:
    shown = [place for place, name in enumerate(rows.columns) if name not in hidden]
    columns = tuple(rows.columns[place] for place in shown)
    if not hidden:
        return Table(columns, rows.rows)
    once = dict.fromkeys(tuple(row[place] for place in shown) for row in rows.rows)
    return Table(columns, tuple(once))


def _refuse_mere_name(text: str) -> None:
    if re.fullmatch(r"[\w-]*", text):
        names = ", ".join(load_questions())
        raise QueryError(f"no question is called {text!r}; there are {names}")


def _refuse_unknown(question: Question | None, bindings: Mapping[str, str]) -> None:
    for name in bindings:
        if question and name not in question.parameters:
            known = ", ".join(question.parameters) or "none"
            raise QueryError(f"{question.name} has no parameter {name!r}; it has {known}")
        if not re.fullmatch(r"\w+", name):
            raise QueryError(f"{name!r} is no name of a variable: take letters and digits")


def resolve(store: Store, name: str) -> str:
    """The IRI of *name*: a label or alias in any script, the name of a relation, or an IRI.

    Labels come before aliases, entities before relations. Raises UnknownEntity with the nearest
    names, and QueryError where the name belongs to several.
    """
    if _is_iri(name):
        return expand(name)
    names = _names(store)
    found = names.get(match_key(name))
    if not found:
        nearest = difflib.get_close_matches(match_key(name), names, n=3, cutoff=0.3)
        advice = f"the nearest are {', '.join(nearest)}" if nearest else "no name is near"
        raise UnknownEntity(f"nothing in the graph is called {name!r}; {advice}")
    best = sorted(iri for iri, rank in found.items() if rank == min(found.values()))
    if len(best) > 1:
        several = ", ".join(map(compact, best))
        raise QueryError(f"{name!r} is the name of {several}: give one of these instead")
    return best[0]


def _is_iri(name: str) -> bool:
    prefix, colon, _ = name.partition(":")
    known = bool(colon) and prefix in (*PREFIXES, "http", "https", "urn")
    return known and not re.search(r"[\x00-\x20<>\"{}|^`\\]", name)


def _names(store: Store) -> dict[str, dict[str, int]]:
    """Match key → IRI → rank (0 label, 1 alias, 2 relation); other ontology terms have none."""
    names: dict[str, dict[str, int]] = defaultdict(dict)
    answer = store.query(_NAMES)
    relations = load_ontology().relations
    for thing, name, rank in answer.rows if isinstance(answer, Rows) else ():
        if thing and name and rank:
            own = compact(thing.text).startswith("kg:")
            if not own or compact(thing.text) in relations:
                place = 2 if own else int(rank.text)
                ranks = names[match_key(name.text)]
                ranks[thing.text] = min(place, ranks.get(thing.text, place))
    return names


def _text(value: Value | None) -> str:
    if value is None:
        return ""
    return compact(value.text) if value.kind == "uri" else value.text


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _json(value: Value) -> dict[str, str]:
    found = {"type": value.kind, "value": value.text}
    if value.language:
        found["xml:lang"] = value.language
    if value.datatype:
        found["datatype"] = value.datatype
    return found
