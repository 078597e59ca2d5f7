"""What the articles of some days say for the first time, and what they say to be no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.corpus.contradictions import find_contradictions
from kg.corpus.endings import find_endings
from kg.model import Claim, ClaimGraph, Evidence
from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that was gained or lost; ``on`` is the date of the article that says so.

    ``how`` is ``first said``, ``denied`` or ``retold`` (as in
    :class:`~kg.corpus.contradictions.Contradiction`), ``ended`` (an article tells its end) or
    ``over`` (its own time is).
    """

    on: str
    how: str
    claim: Claim
    evidence: Evidence

    @property
    def is_gain(self) -> bool:
        """Whether the fact is new rather than gone."""
        return self.how == FIRST


FIRST, ENDED, OVER = "first said", "ended", "over"


def find_changes(graph: ClaimGraph, ontology: Ontology, start: str, end: str) -> tuple[Change, ...]:
    """The facts gained and lost from *start* to *end*, ISO 8601 dates, both included; by date.

    A fact is gained on the day of the first article that says it. It is lost on the day of the
    first later article that denies it or says it to be over, or the day after the end of its own
    time. Articles without a date say nothing here.
    """
    dates = {d.iri: d.published for d in graph.documents if d.published}
    found = [*_gains(graph, dates), *_losses(graph, ontology, dates)]
    within = (change for change in found if start <= change.on <= end)
    return tuple(sorted(within, key=lambda c: (c.on, not c.is_gain, c.claim.key, c.how)))


def _gains(graph: ClaimGraph, dates: Mapping[str, str]) -> Iterator[Change]:
    for claim in graph.claims:
        first = _first(claim, dates)
        if claim.is_fact and first:
            yield Change(dates[first.document], FIRST, claim, first)


def _losses(graph: ClaimGraph, ontology: Ontology, dates: Mapping[str, str]) -> Iterator[Change]:
    for claim in graph.claims:
        first, end = _first(claim, dates), claim.time.end if claim.time else None
        if claim.is_fact and first and end and _is_period(claim):
            yield Change(max(end, dates[first.document]), OVER, claim, first)
    for one in find_contradictions(graph, ontology):
        if one.kind != ENDED and isinstance(one.contrary, Claim):
            yield from _loss(one.asserted, one.kind, _first(one.contrary, dates), dates)
    for over in find_endings(graph, ontology):
        yield from _loss(over.claim, ENDED, over.told, dates)


def _loss(
    claim: Claim, how: str, against: Evidence | None, dates: Mapping[str, str]
) -> Iterator[Change]:
    """The loss of a fact by a later article."""
    first = _first(claim, dates)
    on = dates.get(against.document) if against else None
    if claim.is_fact and first and against and on and on > dates[first.document]:
        yield Change(on, how, claim, against)


def _is_period(claim: Claim) -> bool:
    return bool(claim.time and claim.time.start != claim.time.end)


def _first(claim: Claim, dates: Mapping[str, str]) -> Evidence | None:
    """Where the first dated article says it."""
    dated = (e for e in claim.evidence if e.document in dates)
    return min(dated, key=lambda e: (dates[e.document], e.document, e.span), default=None)
