"""Candidates and resolved mentions → claims and events.

A candidate becomes a claim if its ends are resolved, fit the relation's domain and range, and its
confidence reaches :data:`MIN_CONFIDENCE`; else it is a :class:`Drop` with the reason. Claims with
one key pool their evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.iri import PREFIXES, content_key
from kg.model import (
    Candidate,
    Claim,
    Drop,
    Entity,
    EntityMention,
    Evidence,
    Extraction,
    Measure,
    Participant,
    Script,
    TimeSpan,
)
from kg.ontology import Ontology
from kg.script import LANGUAGE_OF_SCRIPT, simplify

MIN_CONFIDENCE = 0.35
MAX_CONFIDENCE = 0.99
STAGE = "claims"
_ONE_PHRASE = 6  # characters that two words for one event may stand apart
_PASSIVE = frozenset("被")

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
        events: dict[str, Entity] = {}
        for extraction in sorted(extractions, key=lambda e: e.document.iri):
            found, at_cue = self._events(extraction)
            events.update({event.iri: event for event in found})
            claims += self._claims(extraction, at_cue)
        self.offices = {
            (c.subject, c.object) for c in claims if c.role and isinstance(c.object, str)
        }
        spoken = [self._by_insider(claim) for claim in self._aligned(claims)]
        pooled = sorted(pool(spoken), key=lambda c: c.key)
        return ClaimSet(tuple(pooled), tuple(events[i] for i in sorted(events)), tuple(self.drops))

    def _aligned(self, claims: Sequence[Claim]) -> Iterator[Claim]:
        """The claims, those of a symmetric relation all in the direction that is told first."""
        first: dict[tuple[str, frozenset[str]], str] = {}
        for claim in claims:
            if not isinstance(claim.object, str):
                yield claim
                continue
            ends = frozenset((claim.subject, claim.object))
            subject = first.setdefault((claim.predicate, ends), claim.subject)
            turned = self.ontology.relations[claim.predicate].symmetric and subject != claim.subject
            yield keyed(replace(claim, subject=subject, object=claim.subject)) if turned else claim

    def _by_insider(self, claim: Claim) -> Claim:
        """What a party says of itself is its word, also when its officer says it."""
        if claim.modality != "reported" or claim.speaker is None:
            return claim
        ends = (claim.subject, claim.object if isinstance(claim.object, str) else "")
        inside = claim.speaker in ends or any((claim.speaker, e) in self.offices for e in ends)
        return keyed(replace(claim, modality="actual")) if inside else claim

    def _claims(self, extraction: Extraction, at_cue: Mapping[int, Entity]) -> Iterator[Claim]:
        for candidate in extraction.candidates:
            if candidate.predicate in self.ontology.relations:
                claim = self._claim(extraction, candidate, at_cue.get(candidate.cue.start))
                if claim is not None:
                    yield claim

    def _claim(
        self, extraction: Extraction, candidate: Candidate, event: Entity | None
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
                event=event.iri if event else None,
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

    def _events(self, extraction: Extraction) -> tuple[list[Entity], dict[int, Entity]]:
        """The events of a document, and the event at each trigger's place."""
        told = _Told()
        at_cue: dict[int, Entity] = {}
        for candidate in extraction.candidates:
            if candidate.predicate not in self.ontology.classes:
                continue
            event = self._event(extraction, candidate)
            if event is None:
                self._drop(extraction, candidate, "no participant could be resolved")
                continue
            at_cue[candidate.cue.start] = told.tell(event)
        return told.events(), at_cue

    def _event(self, extraction: Extraction, candidate: Candidate) -> Entity | None:
        document = extraction.document
        by_iri: dict[str, Participant] = {}
        for role, mention in candidate.roles:
            if iri := self.iri_of.get((document.iri, mention)):
                by_iri.setdefault(iri, Participant(role, iri))
        participants = tuple(by_iri.values())
        if not participants:
            return None
        trigger = candidate.cue.of(document.text)
        key = content_key(document.iri, candidate.predicate, candidate.cue.start)
        return Entity(
            iri=PREFIXES["event"] + key,
            cls=candidate.predicate,
            labels=self._event_labels(document.script, trigger, participants),
            mentions=(EntityMention(document.iri, candidate.cue, trigger),),
            trigger=trigger,
            time=candidate.time,
            participants=participants,
        )

    def _event_labels(
        self, script: Script, trigger: str, participants: tuple[Participant, ...]
    ) -> dict[str, str]:
        names = {p.role: self.entities[p.iri].label for p in reversed(participants)}
        label = f"{names.get('agent', '')}{trigger}{names.get('patient', '')}"
        if script == "Hant":
            return {"zh-Hant": label, "zh-Hans": simplify(label)}
        return {LANGUAGE_OF_SCRIPT[script]: label}


class _Told:
    """The events of a document, each once however often it is told."""

    def __init__(self) -> None:
        self.by_class: dict[str, list[Entity]] = defaultdict(list)
        self.places: dict[tuple[str, str], list[int]] = defaultdict(list)

    def tell(self, event: Entity) -> Entity:
        """The event that *event* is, or tells again; only one with a participant of its can be."""
        known = self.by_class[event.cls]
        keys = [(event.cls, participant.iri) for participant in event.participants]
        sharing = sorted({place for key in keys for place in self.places[key]})
        again = next((n for n in sharing if _is_same(known[n], event)), None)
        if again is None:
            again = len(known)
            known.append(event)
        else:
            known[again] = _told_again(known[again], event)
        for key in keys:
            if again not in self.places[key]:
                self.places[key].append(again)
        return known[again]

    def events(self) -> list[Entity]:
        """All of them, by class as first told."""
        return [event for events in self.by_class.values() for event in events]


def _is_same(first: Entity, second: Entity) -> bool:
    """Whether two tellings of one class can be of one event.

    Two dates are two events, as are two things that one party does or undergoes, told by words
    without a character in common (被捕, 還柙), unless they are one phrase (簽署合作協議). Who took
    part need only be told once: all those of one telling take part in the other of the same word.
    """
    if first.time and second.time and first.time != second.time:
        return False
    ours, theirs = ({p.iri for p in event.participants} for event in (first, second))
    if ours == theirs:
        return len(ours) > 1 or _alike(first, second)
    same_word = simplify(first.trigger or "") == simplify(second.trigger or "")
    return same_word and (ours < theirs or theirs < ours)


def _alike(first: Entity, second: Entity) -> bool:
    left, right = simplify(first.trigger or ""), simplify(second.trigger or "")
    apart = second.mentions[0].span.start - first.mentions[-1].span.end
    return apart <= _ONE_PHRASE or not set(left).isdisjoint(set(right) - _PASSIVE)


def _told_again(first: Entity, second: Entity) -> Entity:
    """One event that is told twice: both places, all who took part, and the time of either."""
    by_iri = {p.iri: p for p in (*second.participants, *first.participants)}
    return replace(
        first if len(first.participants) >= len(second.participants) else second,
        iri=first.iri,
        mentions=first.mentions + second.mentions,
        participants=tuple(by_iri.values()),
        time=first.time or second.time,
    )


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
    )
