"""Quads to bytes: the same quads give the same bytes, whatever order they come in.

pyoxigraph writes; this module sorts, so that a reader meets documents, entities, events, claims
and evidence in that order, and gives language tags back the case that Oxigraph lowers.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from itertools import groupby
from typing import Literal

import pyoxigraph as ox

from kg.iri import PREFIXES, expand
from kg.ontology import language_tag
from kg.rdf.terms import Quads

Format = Literal["ttl", "trig", "nq", "jsonld", "rdf"]

_SYNTAX = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
_SECTIONS = (
    ("Documents", ("doc",)),
    ("Entities", ("ent", "wd")),
    ("Events and who takes part", ("event",)),
    ("Claims", ("claim",)),
    ("Evidence", ("ev",)),
    ("Times", ("time",)),
    ("Metrics", ("metric",)),
    ("Reviews by readers", ("review", "reviewer")),
    ("Runs and extractors", ("run", "extractor")),
    ("Other", ()),
)
_RANK = {
    PREFIXES[prefix]: rank for rank, (_, prefixes) in enumerate(_SECTIONS) for prefix in prefixes
}
_FIRST_PREDICATES = (
    "rdf:type", "schema:name", "rdfs:label", "skos:altLabel", "owl:sameAs", "dcterms:title",
    "kg:subject", "kg:predicate", "kg:object", "kg:polarity", "kg:modality", "kg:confidence",
    "oa:exact", "oa:start", "oa:end", "kg:start", "kg:end",
)  # fmt: skip
_PLACE = {f"<{expand(curie)}>": f"{n:02d}" for n, curie in enumerate(_FIRST_PREDICATES)}
_LAST = f"{len(_PLACE):02d}"

_PREFIX_LINE = re.compile(rb"^@prefix .*\n", re.M)
_STATEMENT_END = re.compile(rb" \.\n(?=[^}])")
_INDENT = re.compile(rb"^\t+", re.M)
_STRING = re.compile(rb'("(?:[^"\\]|\\.)*")(?:@([A-Za-z0-9-]+))?')
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ROOT = re.compile(rb"<rdf:RDF( [^>]*)>")
_XML_TAG = re.compile(rb'(?<= xml:lang=")[A-Za-z0-9-]+(?=">)')
_JSON_TAG = re.compile(rb'(?<="@language": ")[A-Za-z0-9-]+')

_Row = tuple[str, int, str, str, str, ox.Quad]


def serialise(quads: Quads, form: Format) -> bytes:
    """*quads* as UTF-8 ``ttl``, ``trig``, ``nq``, ``jsonld`` or ``rdf`` (RDF/XML).

    Turtle and RDF/XML merge the graphs.
    """
    if form == "ttl":
        return _turtle(quads)
    if form == "rdf":
        return _rdf_xml(_sorted(map(_unnamed, quads)))
    data = _write(_sorted(quads), form)
    if form == "jsonld":
        return _pretty_json(data)
    return _readable(data) if form == "trig" else _restore_tags(data)


def _turtle(quads: Quads) -> bytes:
    merged = _sorted(map(_unnamed, quads))
    sections = [
        f"# --- {_SECTIONS[rank][0]} ---\n\n".encode() + _write(list(group), "ttl")
        for rank, group in groupby(merged, key=_rank)
    ]
    return _readable(b"".join(sections))


def _unnamed(quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object)


def _sorted(quads: Quads) -> list[ox.Quad]:
    return [row[-1] for row in sorted(map(_row, dict.fromkeys(quads)), key=lambda row: row[:-1])]


def _row(quad: ox.Quad) -> _Row:
    predicate = str(quad.predicate)
    place = _PLACE.get(predicate, _LAST) + predicate
    return str(quad.graph_name), _rank(quad), str(quad.subject), place, str(quad.object), quad


def _rank(quad: ox.Quad) -> int:
    iri = str(quad.subject)
    return _rank_of_namespace(iri[1 : max(iri.rfind("/"), iri.rfind("#")) + 1])


@lru_cache
def _rank_of_namespace(namespace: str) -> int:
    return _RANK.get(namespace, len(_SECTIONS) - 1)


def _write(quads: list[ox.Quad], form: Format) -> bytes:
    """What pyoxigraph writes, less the prefixes: its order of them is that of a hash table."""
    statements = [quad.triple for quad in quads] if form in ("ttl", "rdf") else quads
    data = ox.serialize(statements, format=_SYNTAX[form], prefixes=PREFIXES) or b""
    return _PREFIX_LINE.sub(b"", data) if form in ("ttl", "trig") else data


def _readable(body: bytes) -> bytes:
    """Turtle or TriG with its prefixes and a blank line after each subject."""
    spaced = _STATEMENT_END.sub(b" .\n\n", body)
    indented = _INDENT.sub(lambda tabs: b"    " * len(tabs[0]), spaced)
    return _header(indented) + _restore_tags(indented).rstrip(b"\n") + b"\n"


def _header(body: bytes) -> bytes:
    """The prefixes that *body* uses."""
    used = [prefix for prefix in PREFIXES if f"{prefix}:".encode() in body]
    return "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in used).encode() + b"\n"


def _restore_tags(data: bytes) -> bytes:
    return _STRING.sub(lambda found: found[1] + _tag(found[2]), data)


@lru_cache
def _tag(tag: bytes | None) -> bytes:
    return b"@" + language_tag(tag.decode()).encode() if tag else b""


def _rdf_xml(quads: list[ox.Quad]) -> bytes:
    """RDF/XML with its namespaces in order of name."""
    written = _write([_in_xml(quad) for quad in quads], "rdf")
    # A bare carriage return would be read as a line feed.
    data = _XML_TAG.sub(_cased, written.replace(b"\r", b"&#13;"))
    return _ROOT.sub(lambda root: b"<rdf:RDF " + b" ".join(sorted(root[1].split())) + b">", data, 1)


def _in_xml(quad: ox.Quad) -> ox.Quad:
    """*quad* with U+FFFD for each character that XML 1.0 cannot hold, not even escaped."""
    value = quad.object
    if not isinstance(value, ox.Literal) or not _NO_XML.search(value.value):
        return quad
    clean = _NO_XML.sub("\ufffd", value.value)
    if value.language:
        return ox.Quad(quad.subject, quad.predicate, ox.Literal(clean, language=value.language))
    return ox.Quad(quad.subject, quad.predicate, ox.Literal(clean, datatype=value.datatype))


def _pretty_json(data: bytes) -> bytes:
    """A line a value; a quote inside a JSON string is escaped, so a key is what it looks like."""
    text = json.dumps(json.loads(data), ensure_ascii=False, indent=1).encode()
    return _JSON_TAG.sub(_cased, text) + b"\n"


def _cased(tag: re.Match[bytes]) -> bytes:
    return language_tag(tag[0].decode()).encode()
