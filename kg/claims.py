"""Candidates and resolved mentions → claims and events.

A candidate becomes a claim if its ends are resolved, fit the relation's domain and range, and its
confidence reaches :data:`MIN_CONFIDENCE`; else it is a :class:`Drop` with the reason. Claims with
one key pool their evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.events import EventReader
from kg.iri import content_key
from kg.model import (
    Candidate,
    Claim,
    Drop,
    Entity,
    Evidence,
    Extraction,
    Measure,
    Review,
    TimeSpan,
)
from kg.ontology import Ontology

MIN_CONFIDENCE = 0.3
MAX_CONFIDENCE = 0.99
STAGE = "claims"

IriOf = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class ClaimSet:
    """What became of the candidates: claims by key, events by IRI, and the dropped ones."""

    claims: tuple[Claim, ...]
    events: tuple[Entity, ...]
    drops: tuple[Drop, ...]


class ClaimMaker:
    """Makes the claims of resolved extractions."""

    def __init__(self, ontology: Ontology, entities: Mapping[str, Entity], iri_of: IriOf) -> None:
        self.ontology, self.entities, self.iri_of = ontology, entities, iri_of
        self.drops: list[Drop] = []
        self.offices: set[tuple[str, str]] = set()

    def make(self, extractions: Sequence[Extraction]) -> ClaimSet:
        """Claims sorted by key, events by IRI; the order of *extractions* does not matter."""
        self.drops = []
        claims: list[Claim] = []
        readers: list[EventReader] = []
        for extraction in sorted(extractions, key=lambda e: e.document.iri):
            readers.append(EventReader(self.ontology, self.entities, self.iri_of, extraction))
            claims += self._claims(extraction, self._events(extraction, readers[-1]))
        self.offices = {
            (c.subject, c.object) for c in claims if c.role and isinstance(c.object, str)
        }
        spoken = [self._by_insider(claim) for claim in aligned(claims, self.ontology)]
        pooled = sorted(pool(spoken), key=lambda c: c.key)
        events = {event.iri: event for r in readers for event in r.events(self._speaks_for)}
        return ClaimSet(tuple(pooled), tuple(events[i] for i in sorted(events)), tuple(self.drops))

    def _by_insider(self, claim: Claim) -> Claim:
        """What a party says of itself is its word, also when its officer says it."""
        if claim.modality != "reported" or claim.speaker is None:
            return claim
        ends = (claim.subject, claim.object if isinstance(claim.object, str) else "")
        inside = any(self._speaks_for(claim.speaker, end) for end in ends)
        return keyed(replace(claim, modality="actual")) if inside else claim

    def _speaks_for(self, speaker: str, party: str) -> bool:
        return speaker == party or (speaker, party) in self.offices

    def _claims(self, extraction: Extraction, at_cue: Mapping[int, str]) -> Iterator[Claim]:
        for candidate in extraction.candidates:
            if candidate.predicate in self.ontology.relations:
                claim = self._claim(extraction, candidate, at_cue.get(candidate.cue.start))
                if claim is not None:
                    yield claim

    def _claim(
        self, extraction: Extraction, candidate: Candidate, event: str | None
    ) -> Claim | None:
        ends = self._ends(extraction, candidate)
        reason = self._objection(candidate, ends)
        if reason:
            self._drop(extraction, candidate, reason)
            return None
        subject, object_ = ends
        document = extraction.document
        evidence = Evidence(
            document.iri, candidate.evidence, candidate.evidence.of(document.text),
            candidate.extractor, candidate.score,
        )  # fmt: skip
        speaker = self.iri_of.get((document.iri, candidate.speaker or ""))
        return keyed(
            Claim(
                key="",
                subject=subject or "",
                predicate=candidate.predicate,
                object=candidate.measure or object_ or "",
                evidence=(evidence,),
                time=candidate.time,
                place=self.iri_of.get((document.iri, candidate.place or "")),
                role=candidate.office,
                polarity=candidate.polarity,
                modality=candidate.modality,
                speaker=speaker,
                event=event,
                confidence=min(MAX_CONFIDENCE, candidate.score),
                extractor=candidate.extractor,
                reasons=candidate.reasons,
            )
        )

    def _ends(self, extraction: Extraction, candidate: Candidate) -> tuple[str | None, str | None]:
        roles = dict(candidate.roles)
        base = extraction.document.iri
        subject = self.iri_of.get((base, roles.get("subject", "")))
        return subject, self.iri_of.get((base, roles.get("object", "")))

    def _objection(self, candidate: Candidate, ends: tuple[str | None, str | None]) -> str | None:
        """Why the candidate is no claim; None if it is one."""
        subject, object_ = ends
        if subject is None or (object_ is None and candidate.measure is None):
            return "an end that could not be resolved"
        if subject == object_:
            return "both ends are the same entity"
        classes = self._class(subject), self._class(object_) if object_ else None
        if not self.ontology.fits(candidate.predicate, classes[0] or "", classes[1]):
            return f"{classes[0]} → {classes[1] or 'quantity'} does not fit domain and range"
        if candidate.score < MIN_CONFIDENCE:
            return f"confidence below {MIN_CONFIDENCE}"
        return None

    def _class(self, iri: str) -> str:
        return self.entities[iri].cls

    def _drop(self, extraction: Extraction, candidate: Candidate, reason: str) -> None:
        quote = candidate.evidence.of(extraction.document.text)
        self.drops.append(Drop(extraction.document.iri, STAGE, candidate.predicate, reason, quote))

    def _events(self, extraction: Extraction, reader: EventReader) -> dict[int, str]:
        """The IRI of the event at each trigger's place."""
        at_cue: dict[int, str] = {}
        for candidate in extraction.candidates:
            if candidate.predicate not in self.ontology.classes:
                continue
            event = reader.read(candidate)
            if event is None:
                self._drop(extraction, candidate, "no participant could be resolved")
                continue
            at_cue[candidate.cue.start] = event
        return at_cue


def keyed(claim: Claim) -> Claim:
    """*claim* with the key of its content: what is said, how, of when, by whom if reported."""
    speaker = claim.speaker if claim.modality == "reported" else None
    key = content_key(
        claim.subject, claim.predicate, _object_key(claim.object), claim.role,
        _time_key(claim.time), claim.polarity, claim.modality, speaker,
    )  # fmt: skip
    return replace(claim, key=key)


def _object_key(object_: str | Measure) -> object:
    if isinstance(object_, str):
        return object_
    quantity = object_.quantity
    return [object_.name, quantity.value, quantity.max, quantity.comparator, quantity.unit]


def _time_key(time: TimeSpan | None) -> object:
    return [time.start, time.end] if time else None


def aligned(claims: Sequence[Claim], ontology: Ontology) -> Iterator[Claim]:
    """The claims, those of a symmetric relation all in the direction that is told first."""
    first: dict[tuple[str, frozenset[str]], str] = {}
    for claim in claims:
        if not isinstance(claim.object, str):
            yield claim
            continue
        ends = frozenset((claim.subject, claim.object))
        subject = first.setdefault((claim.predicate, ends), claim.subject)
        turned = ontology.relations[claim.predicate].symmetric and subject != claim.subject
        yield keyed(replace(claim, subject=subject, object=claim.subject)) if turned else claim


def pool(claims: Sequence[Claim]) -> list[Claim]:
    """One claim a key: evidence united, confidence 1 − ∏(1 − cᵢ) over different places."""
    by_key: dict[str, list[Claim]] = defaultdict(list)
    for claim in _dated(claims):
        by_key[claim.key].append(claim)
    return [_pooled(group) for group in by_key.values()]


def _dated(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims; one told without its date takes that of its only dated telling."""
    times: dict[str, set[TimeSpan]] = defaultdict(set)
    for claim in claims:
        if claim.time:
            times[keyed(replace(claim, time=None)).key].add(claim.time)
    for claim in claims:
        known = times.get(claim.key, ()) if claim.time is None else ()
        yield keyed(replace(claim, time=next(iter(known)))) if len(known) == 1 else claim


def _pooled(group: list[Claim]) -> Claim:
    best = max(group, key=lambda c: (c.confidence, -c.evidence[0].span.start))
    ranked = sorted((e for c in group for e in c.evidence), key=lambda e: e.score)
    evidence = {(e.document, e.span): e for e in ranked}  # the best reading of each place
    doubt = 1.0
    for one in evidence.values():
        doubt *= 1.0 - one.score
    confidence = round(min(MAX_CONFIDENCE, 1.0 - doubt), 4)
    return replace(
        best,
        evidence=tuple(evidence[key] for key in sorted(evidence)),
        confidence=confidence,
        event=best.event or next((c.event for c in group if c.event), None),
        review=max((c.review for c in group if c.review), key=_lastness, default=None),
    )


def _lastness(review: Review) -> tuple[str, str, str]:
    """Of two reviews the later stands; of two at once the one that rejects."""
    return review.at or "", review.ruling, review.by
