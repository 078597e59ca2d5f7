"""The RDF form of a graph: encode, decode, serialise, validate. Heavy libraries load when used."""

from kg.rdf.decode import decode
from kg.rdf.encode import RunInfo, encode
from kg.rdf.serialise import serialise
from kg.rdf.terms import Quad, Quads
from kg.rdf.validate import report_text, validate

__all__ = [
    "Quad",
    "Quads",
    "RunInfo",
    "decode",
    "encode",
    "report_text",
    "serialise",
    "validate",
]
