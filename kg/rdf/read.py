"""RDF files of any origin → quads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import SourceError

_SUFFIXES = (".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf")


def parse_quads(data: bytes) -> Iterator[ox.Quad]:
    """The quads of N-Quads or N-Triples."""
    return iter(ox.parse(data, format=ox.RdfFormat.N_QUADS))


def read_quads(path: Path) -> list[ox.Quad]:
    """The quads of a Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD file, by its suffix.

    Raises SourceError for a file that is missing, has another suffix or is malformed.
    """
    syntax = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if path.suffix not in _SUFFIXES or syntax is None:
        raise SourceError(f"{path} is no RDF: give a file that ends in {', '.join(_SUFFIXES)}")
    try:
        return list(ox.parse(path=str(path), format=syntax))
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}") from error
    except (SyntaxError, ValueError) as error:
        raise SourceError(f"{path} is malformed: {error}") from error
