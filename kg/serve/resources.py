"""Resources by their IRI: from the path of a request to the IRI, and what is known of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qs

from starlette.requests import Request

from kg.iri import BASE, escape_name
from kg.rdf.terms import node
from kg.serve.refused import Refused

KINDS = (
    "entity",
    "event",
    "claim",
    "evidence",
    "document",
    "metric",
    "time",
    "run",
    "extractor",
    "review",
    "reviewer",
)
"""The first step of the paths under :data:`kg.iri.BASE` that name things."""

MOST_CLAIMS, MOST_QUOTES = 500, 5_000
"""Of one page: a thing that thousands of articles tell of has more than a reader reads."""

SENTENCES = 2_000
"""Of one answer of ``/data``; the rest comes in further ones."""

_LONGEST = 4000  # bytes or characters
_ESCAPED = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")
_BROKEN = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\x7f-\x9f]+")


def iri_of_path(path: bytes) -> str:
    """The IRI under our base that *path* (as it came, percent-encoded) stands for.

    What need not be encoded in an IRI is decoded, the rest stays, so that ``%2F`` remains what it
    is. Refused for what is no UTF-8 or no percent-encoding.
    """
    if _BROKEN.search(path) or len(path) > _LONGEST:
        raise _malformed()
    plain = _ESCAPED.sub(_decoded, path).decode("utf-8", "strict")
    return check_iri(BASE + plain.lstrip("/"))


def _malformed() -> Refused:
    return Refused(400, "the path is no percent-encoded UTF-8")


def check_iri(text: str) -> str:
    """*text*, if it can be an IRI; Refused otherwise."""
    broken = _BROKEN.search(text.encode("utf-8", "replace"))
    if broken or len(text) > _LONGEST or not _IRI.fullmatch(text) or not _is_node(text):
        raise Refused(400, "this is no IRI")
    return text


def _is_node(text: str) -> bool:
    try:
        return bool(node(text))
    except ValueError:
        return False


def iri_field(request: Request) -> str:
    """The IRI in the field ``iri`` of the address; Refused where there is not one."""
    try:
        fields = parse_qs(request.scope["query_string"].decode("ascii"), errors="strict")
    except UnicodeDecodeError:
        raise Refused(400, "the address is no percent-encoded UTF-8") from None
    if len(fields.get("iri", ())) != 1:
        raise Refused(400, "name one thing: ?iri=…")
    return check_iri(fields["iri"][0])


def start_field(request: Request) -> int:
    """The number in the field ``from`` of the address, or 0; Refused for what is none."""
    text = request.query_params.get("from", "0")
    if not re.fullmatch(r"[0-9]{1,7}", text):
        raise Refused(400, "from is a number: that of the first to give")
    return int(text)


def path_of_iri(iri: str) -> str | None:
    """The path of an IRI of ours with its characters as they are; None for any other."""
    path = iri.removeprefix(BASE)
    return f"/{path}" if path != iri and path.split("/")[0] in KINDS and "/" in path else None


def _decoded(escapes: re.Match[bytes]) -> bytes:
    """Escapes as they stand in our IRIs: characters of IRIs bare, all else in capitals."""
    raw = bytes.fromhex(escapes[0].replace(b"%", b"").decode())
    try:
        text = raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        raise _malformed() from None
    if "\0" in text:
        raise Refused(400, "the path holds NUL")
    return "".join(map(_bare, text)).encode()


def _bare(char: str) -> str:
    return f"%{ord(char):02X}" if char in " _" else escape_name(char)


def exists_query(iri: str) -> str:
    """Whether anything is said of *iri*, or with it."""
    return f"ASK {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?q <{iri}> }} }}"


def own_query(iri: str) -> str:
    """What is said of *iri*: predicate, value, its name if it has one."""
    return f"""
        SELECT DISTINCT ?p ?o ?name WHERE {{
            <{iri}> ?p ?o OPTIONAL {{ ?o schema:name|dcterms:title ?name }}
        }} ORDER BY ?p ?o LIMIT 1000"""


def back_query(iri: str) -> str:
    """What points to *iri*, but for claims: predicate, thing, its name."""
    return f"""
        SELECT DISTINCT ?p ?o ?name WHERE {{
            ?o ?p <{iri}> OPTIONAL {{ ?o schema:name|dcterms:title ?name }}
            FILTER NOT EXISTS {{ ?o a kg:Claim }}
        }} ORDER BY ?p ?o LIMIT 200"""


def claims_query(iri: str) -> str:
    """The claims that *iri* is in, or that a document of this name says, with their sentences."""
    return f"""
        SELECT DISTINCT ?claim ?subject ?from ?predicate ?object ?to ?polarity ?modality
                        ?confidence ?quote ?document ?title WHERE {{
            {_claims_of(iri, f"ORDER BY ?claim LIMIT {MOST_CLAIMS}")}
            ?claim kg:subject ?subject ; kg:predicate ?predicate ; kg:object ?object ;
                kg:polarity ?polarity ; kg:modality ?modality ; kg:confidence ?confidence ;
                kg:evidence ?evidence .
            ?evidence oa:exact ?quote ; prov:wasQuotedFrom ?document .
            OPTIONAL {{ ?document dcterms:title ?title }}
            OPTIONAL {{ ?subject schema:name ?from }}
            OPTIONAL {{ ?object schema:name ?to }}
        }} ORDER BY DESC(?confidence) ?claim ?document LIMIT {MOST_QUOTES}"""


def _claims_of(iri: str, most: str = "") -> str:
    ends = "kg:subject|kg:object|kg:event|kg:speaker|kg:place"
    return f"""{{ SELECT DISTINCT ?claim WHERE {{
            {{ ?claim {ends} <{iri}> . ?claim a kg:Claim }}
            UNION {{ ?evidence prov:wasQuotedFrom <{iri}> . ?claim kg:evidence ?evidence }}
            UNION {{ BIND(<{iri}> AS ?claim) <{iri}> a kg:Claim }}
        }} {most} }}"""


def counts_query(iri: str) -> str:
    """The claims of *iri* and how many sentences each has; in no order, as to sort is slow."""
    return f"""
        SELECT ?claim (COUNT(?evidence) AS ?n) WHERE {{
            {_claims_of(iri)} ?claim kg:evidence ?evidence
        }} GROUP BY ?claim"""


def sentences_query(claims: Iterable[str]) -> str:
    """The sentences of *claims*, in no order."""
    values = " ".join(f"<{claim}>" for claim in claims)
    return (
        f"SELECT ?claim ?evidence {{ VALUES ?claim {{ {values} }} ?claim kg:evidence ?evidence }}"
    )


def description_query(iri: str, said: Iterable[tuple[str, str]], *, whole: bool) -> str:
    """Claims of *iri* with a sentence each, and if *whole* what else is known of it.

    That are its own triples and its parts.
    """
    pairs = [(f"<{claim}>", f"<{evidence}>") for claim, evidence in said]
    claims = " ".join(dict.fromkeys(claim for claim, _ in pairs))
    own = f"""
            {{ BIND(<{iri}> AS ?s) <{iri}> ?p ?o FILTER(?p != kg:evidence) }}
            UNION {{ <{iri}> kg:participation|kg:time ?s . ?s ?p ?o }}
            UNION"""
    return f"""
        CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {own if whole else ""}
            {{ VALUES ?s {{ {claims} }} ?s ?p ?o FILTER(?p != kg:evidence) }}
            UNION {{ VALUES (?s ?o) {{ {" ".join(f"({c} {e})" for c, e in pairs)} }}
                     BIND(kg:evidence AS ?p) }}
            UNION {{ VALUES ?s {{ {" ".join(evidence for _, evidence in pairs)} }} ?s ?p ?o }}
        }}"""


def graph_query(iri: str) -> str:
    """All that stands in the named graph *iri*."""
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
