"""Minting, checking and compacting IRIs; keys derived from content.

Chinese names keep their characters (RFC 3987, section 2.2): no transliteration and no slug, so
two different names never become one identifier.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any
from urllib.parse import unquote

BASE = "https://w3id.org/claimgraph/"

PREFIXES: dict[str, str] = {
    "kg": BASE + "ontology#",
    "ent": BASE + "entity/",
    "event": BASE + "event/",
    "claim": BASE + "claim/",
    "ev": BASE + "evidence/",
    "doc": BASE + "document/",
    "run": BASE + "run/",
    "time": BASE + "time/",
    "metric": BASE + "metric/",
    "extractor": BASE + "extractor/",
    "review": BASE + "review/",
    "reviewer": BASE + "reviewer/",
    "lex": BASE + "lexicon/",
    "owltime": "http://www.w3.org/2006/time#",
    "wd": "http://www.wikidata.org/entity/",
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "ontolex": "http://www.w3.org/ns/lemon/ontolex#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_RESERVED = frozenset("<>\"{}|\\^`%/?#[]@!$&'()*+,;= :")


def expand(curie: str) -> str:
    """The IRI of a CURIE; a full IRI comes back unchanged."""
    prefix, colon, local = curie.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else curie


def compact(iri: str) -> str:
    """The CURIE of an IRI with the longest namespace that fits; else the IRI itself."""
    fitting = [(len(ns), prefix, ns) for prefix, ns in PREFIXES.items() if iri.startswith(ns)]
    if not fitting:
        return iri
    _, prefix, namespace = max(fitting)
    return f"{prefix}:{iri[len(namespace) :]}"


def escape_name(name: str) -> str:
    """A name as one path segment of an IRI: injective, other scripts kept as they are.

    Characters outside RFC 3987 ``iunreserved`` are percent-encoded as UTF-8; a space becomes
    ``_`` and an underscore is percent-encoded, so that no two names meet.
    """
    return "".join(_escape(char) for char in unicodedata.normalize("NFC", name))


def _escape(char: str) -> str:
    if char == " ":
        return "_"
    if char != "_" and char not in _RESERVED and _is_iri_char(char):
        return char
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def _is_iri_char(char: str) -> bool:
    if char < "\x80":
        return char.isalnum() or char in "-.~"
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"):
        return False
    return not (0xFFF0 <= ord(char) <= 0xFFFF or 0xE0000 <= ord(char) <= 0xE0FFF)


def entity_iri(name: str) -> str:
    """The IRI of an entity of this name."""
    return PREFIXES["ent"] + escape_name(name)


def entity_name(iri: str) -> str | None:
    """The name that :func:`entity_iri` made *iri* of; None for another IRI."""
    name = iri.removeprefix(PREFIXES["ent"])
    return None if name == iri else unescape_name(name)


def unescape_name(segment: str) -> str:
    """The name that :func:`escape_name` made *segment* of."""
    return unquote(segment.replace("_", " "), errors="surrogatepass")


def content_key(*parts: Any, length: int = 16) -> str:
    """A hexadecimal key of *length* digits that depends on nothing but *parts* (JSON values)."""
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def document_iri(text: str, url: str | None = None) -> str:
    """A document's IRI: by its URL (a corrected text keeps it), without one by its text."""
    return PREFIXES["doc"] + content_key(url if url else text)
