"""How many independent sources say a claim: a copied story and a second telling count once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.corpus.copies import stories
from kg.model import Claim, ClaimGraph, Document


@dataclass(frozen=True, slots=True)
class Support:
    """The articles that say a claim, the stories that they tell, and whose stories these are.

    ``publishers`` are those of each story's first article; their number is the support.
    """

    claim: Claim
    documents: tuple[str, ...]
    stories: tuple[str, ...]
    publishers: tuple[str, ...]


def publisher_of(document: Document) -> str:
    """The publisher as the article names it, else the host of its address, else the article."""
    return document.publisher or urlsplit(document.url or "").hostname or document.iri


def find_support(graph: ClaimGraph, claims: Iterable[Claim] | None = None) -> tuple[Support, ...]:
    """The support of *claims* (all of the graph's by default), the best supported first."""
    found = stories(graph.documents, graph.judgements)
    publishers = {document.iri: publisher_of(document) for document in graph.documents}
    rows = [_support(c, found, publishers) for c in (graph.claims if claims is None else claims)]
    return tuple(sorted(rows, key=_rank))


def _support(claim: Claim, of: Mapping[str, str], publishers: Mapping[str, str]) -> Support:
    documents = sorted({evidence.document for evidence in claim.evidence})
    told = sorted({of.get(document, document) for document in documents})
    by = sorted({publishers.get(story, story) for story in told})
    return Support(claim, tuple(documents), tuple(told), tuple(by))


def _rank(row: Support) -> tuple[int, int, int, str]:
    return -len(row.publishers), -len(row.stories), -len(row.documents), row.claim.key
