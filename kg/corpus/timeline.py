"""What is told of an entity, by the time of which it is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Claim, ClaimGraph, Entity, EntityMention, Evidence, TimeSpan


@dataclass(frozen=True, slots=True)
class Moment:
    """A claim, or an event, of which an entity is a part.

    ``on`` is when it is or was so, as precise as the text is; where the text does not say, when
    the first article that tells it was published, and ``dated`` is False; "" if neither is known.
    ``told`` is where that article tells it.
    """

    on: str
    dated: bool
    what: Claim | Entity
    told: Evidence | EntityMention


def find_timeline(graph: ClaimGraph, iri: str) -> tuple[Moment, ...]:
    """The moments of an entity (IRI), the earliest first, those without any date last.

    An event of which a claim tells is there as the claim alone.
    """
    dates = {d.iri: d.published or "" for d in graph.documents}
    found = [*_claims(graph, iri, dates), *_events(graph, iri, dates)]
    return tuple(sorted(found, key=lambda m: (m.on or "~", not m.dated, _name(m))))


def _name(moment: Moment) -> str:
    return moment.what.key if isinstance(moment.what, Claim) else moment.what.iri


def _claims(graph: ClaimGraph, iri: str, dates: dict[str, str]) -> Iterator[Moment]:
    for claim in graph.claims:
        if iri in (claim.subject, claim.object, claim.event):
            first = min(claim.evidence, key=lambda e: (dates.get(e.document) or "~", e.span))
            yield _moment(claim.time, claim, first, dates)


def _events(graph: ClaimGraph, iri: str, dates: dict[str, str]) -> Iterator[Moment]:
    claimed = {claim.event for claim in graph.claims if iri in (claim.subject, claim.object)}
    for event in graph.entities:
        takes_part = any(part.iri == iri for part in event.participants)
        if takes_part and event.iri not in claimed and event.mentions:
            first = min(event.mentions, key=lambda m: (dates.get(m.document) or "~", m.span))
            yield _moment(event.time, event, first, dates)


def _moment(
    time: TimeSpan | None,
    what: Claim | Entity,
    told: Evidence | EntityMention,
    dates: dict[str, str],
) -> Moment:
    on = (time.start or time.end or "") if time else ""
    return Moment(on or dates.get(told.document, ""), bool(on), what, told)
