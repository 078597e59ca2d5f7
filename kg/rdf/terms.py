"""Nodes and literals of the RDF form, to and from plain values.

Literals hold any Unicode text, control characters included (the syntaxes escape them). Only lone
surrogates are no characters of RDF: each becomes U+FFFD, so that lengths and offsets hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

import pyoxigraph as ox

from kg.iri import PREFIXES, escape_name, expand
from kg.model import TimeSpan
from kg.script import LANGUAGE_OF_SCRIPT, detect_script

Quad = ox.Quad
Quads = Iterable[ox.Quad]
Resource = ox.NamedNode
Term = ox.NamedNode | ox.Literal
Triple = tuple[ox.NamedNode, ox.NamedNode, Term]

_SURROGATE = re.compile("[\ud800-\udfff]")
_TIME_TYPES = (
    (re.compile(r"\d{4}"), "xsd:gYear"),
    (re.compile(r"\d{4}-\d\d"), "xsd:gYearMonth"),
    (re.compile(r"\d{4}-\d\d-\d\d"), "xsd:date"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?"), "xsd:dateTime"),
)
_MINUTE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_MINUTE_AS_DATETIME = re.compile(_MINUTE.pattern + ":00")


@lru_cache(maxsize=1 << 16)
def node(name: str) -> ox.NamedNode:
    """The node of a CURIE or an IRI; ValueError for what is no IRI."""
    return ox.NamedNode(expand(name))


def minted(prefix: str, *names: str) -> ox.NamedNode:
    """The node under *prefix* that these names alone decide."""
    return ox.NamedNode(PREFIXES[prefix] + "_".join(map(escape_name, names)))


def text(value: str, language: str | None = None) -> ox.Literal:
    """A string, in a language if one is given."""
    clean = _SURROGATE.sub("\ufffd", value)
    return ox.Literal(clean, language=language) if language else ox.Literal(clean)


def written(value: str) -> ox.Literal:
    """A string in the language that its script shows."""
    return text(value, LANGUAGE_OF_SCRIPT[detect_script(value)])


def integer(value: int) -> ox.Literal:
    """An ``xsd:integer``."""
    return ox.Literal(str(value), datatype=node("xsd:integer"))


def decimal(value: float) -> ox.Literal:
    """An ``xsd:decimal`` that reads back as the same float; never in exponent form."""
    digits = format(Decimal(repr(value)), "f")
    digits = digits if "." in digits else f"{digits}.0"
    return ox.Literal(digits, datatype=node("xsd:decimal"))


def moment(value: str) -> ox.Literal:
    """A date typed by its form: ``2017`` is a ``gYear``, ``2017-11`` a ``gYearMonth``.

    ``xsd:dateTime`` wants seconds, so ``T18:00`` is written ``T18:00:00``. What is no date stays a
    string, which the shapes refuse.
    """
    lexical = f"{value}:00" if _MINUTE.fullmatch(value) else value
    for form, datatype in _TIME_TYPES:
        if form.fullmatch(lexical):
            return ox.Literal(lexical, datatype=node(datatype))
    return text(value)


def read_moment(lexical: str) -> str:
    """The value that :func:`moment` wrote."""
    return lexical[: -len(":00")] if _MINUTE_AS_DATETIME.fullmatch(lexical) else lexical


def time_node(time: TimeSpan) -> ox.NamedNode:
    """``time:2017-11_month`` or, for a period, ``time:2017_2019_year``; an open end is empty."""
    ends = (time.start,) if time.start == time.end else (time.start, time.end)
    return minted("time", *(end or "" for end in ends), time.precision)
