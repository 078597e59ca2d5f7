"""Content negotiation (RFC 9110, section 12.5.1): which of our formats a client likes best."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_RANGE = re.compile(r"\s*([\w!#$&^.+-]+|\*)/([\w!#$&^.+-]+|\*)\s*((?:;[^,]*)?)", re.ASCII)
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
TURTLE, NTRIPLES, NQUADS = "text/turtle", "application/n-triples", "application/n-quads"
TRIG, JSONLD, RDFXML = "application/trig", "application/ld+json", "application/rdf+xml"
HTML = "text/html"

Offer = Mapping[str, str]
"""Media type a client may ask for → the one that it gets, the preferred first."""

ROWS: Offer = {
    JSON: JSON,
    XML: XML,
    CSV: CSV,
    TSV: TSV,
    "application/json": JSON,
    "application/xml": XML,
    "text/xml": XML,
}
TRUTH: Offer = {asked: given for asked, given in ROWS.items() if given in (JSON, XML)}
TRIPLES: Offer = {
    TURTLE: TURTLE,
    NTRIPLES: NTRIPLES,
    JSONLD: JSONLD,
    RDFXML: RDFXML,
    "application/x-turtle": TURTLE,
    "text/n3": TURTLE,
    "application/json": JSONLD,
    "application/xml": RDFXML,
    "text/xml": RDFXML,
}
QUADS: Offer = {**TRIPLES, NQUADS: NQUADS, TRIG: TRIG}
SHORT: Mapping[str, str] = {
    "json": JSON,
    "xml": XML,
    "csv": CSV,
    "tsv": TSV,
    "ttl": TURTLE,
    "nt": NTRIPLES,
    "nq": NQUADS,
    "trig": TRIG,
    "jsonld": JSONLD,
    "rdf": RDFXML,
    "html": HTML,
}
"""What may stand for a media type in ``?format=``."""


@dataclass(frozen=True, slots=True)
class _Liking:
    kind: str
    sub: str
    quality: float

    def fits(self, media: str) -> int:
        """How closely the range names *media*: 3 exactly, 2 by its kind, 1 by ``*/*``, 0 not."""
        kind, _, sub = media.partition("/")
        if self.kind == "*":
            return 1
        if self.kind != kind:
            return 0
        return 3 if self.sub == sub else 2 if self.sub == "*" else 0


def choose(accept: str | None, offer: Offer) -> str | None:
    """The media type of *offer* that *accept* likes best; None where it likes none.

    Of equals the first of *offer*. Without the header everything is liked.
    """
    likings = _parse(accept or "*/*")
    best, found = 0.0, None
    for asked, given in offer.items():
        quality = _quality(asked, likings)
        if quality > best:
            best, found = quality, given
    return found


def _quality(media: str, likings: list[_Liking]) -> float:
    """The quality of the range that names *media* most closely."""
    return max(
        ((one.fits(media), one.quality) for one in likings if one.fits(media)), default=(0, 0.0)
    )[1]


def _parse(accept: str) -> list[_Liking]:
    """The ranges of the header; parts that are none are passed over, as the RFC advises."""
    found = (_RANGE.fullmatch(part) for part in accept[:4000].split(","))
    return [_Liking(f[1].lower(), f[2].lower(), _q(f[3])) for f in found if f]


def _q(parameters: str) -> float:
    found = _QUALITY.search(parameters)
    return min(1.0, float(found[1])) if found else 1.0
