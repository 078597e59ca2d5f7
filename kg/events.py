"""Candidates of event classes → events, each once however often its document tells of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import get_args

from kg.event_labels import EventLabeller
from kg.iri import PREFIXES, content_key
from kg.lexicon import load_lexicon
from kg.model import (
    Candidate,
    Entity,
    EntityMention,
    Extraction,
    Modality,
    Participant,
    Precision,
    TimeSpan,
)
from kg.ontology import Ontology
from kg.script import LANGUAGE_OF_SCRIPT, simplify

_ONE_PHRASE = 6  # characters that two words for one event may stand apart
_RECENT = 12  # how many events of a party may be meant by a later telling: the last ones
_PASSIVE = frozenset("被")
_FINER = get_args(Precision)
# An event that is told as a plan and as done is done: the surest telling counts.
_SUREST: tuple[Modality, ...] = ("actual", "reported", "planned", "possible")


class EventReader:
    """Reads the events of one document whose mentions are resolved."""

    def __init__(
        self,
        ontology: Ontology,
        entities: Mapping[str, Entity],
        iri_of: Mapping[tuple[str, str], str],
        extraction: Extraction,
    ) -> None:
        self.extraction, self.iri_of = extraction, iri_of
        self.labeller = EventLabeller(ontology, load_lexicon(), entities)
        self.starts = {mention.id: mention.span.start for mention in extraction.mentions}
        self.told = _Told()

    def read(self, candidate: Candidate) -> str | None:
        """The IRI of the event that *candidate* tells; None if nobody takes part in it."""
        parties: dict[str, Participant] = {}
        for role, mention in candidate.roles:
            if iri := self._iri(mention):
                parties.setdefault(iri, Participant(role, iri))
        if not parties:
            return None
        event = self._event(candidate, tuple(parties.values()))
        named = [(self._iri(m) or "", self.starts.get(m, 0)) for _, m in candidate.roles]
        at = dict(reversed(named))  # the first place of each
        return self.told.tell(event, self.labeller.headline(event, self.extraction, at))

    def events(self, speaks_for: Callable[[str, str], bool]) -> Iterator[Entity]:
        """All events, with labels; what an event's party tells of it itself is not hearsay."""
        told = self.told.all()
        found = [
            replace(_by_insider(one.event, speaks_for), mentions=tuple(one.mentions))
            for one in told
        ]
        return self.labeller.labelled(found, [one.headline for one in told])

    def _iri(self, mention: str | None) -> str | None:
        return self.iri_of.get((self.extraction.document.iri, mention or ""))

    def _event(self, candidate: Candidate, parties: tuple[Participant, ...]) -> Entity:
        document = self.extraction.document
        trigger = candidate.cue.of(document.text)
        tags = sorted({LANGUAGE_OF_SCRIPT[document.script], "zh-Hans"})
        key = content_key(document.iri, candidate.predicate, candidate.cue.start)
        return Entity(
            iri=PREFIXES["event"] + key,
            cls=candidate.predicate,
            labels=dict.fromkeys(tags, trigger),
            mentions=(EntityMention(document.iri, candidate.cue, trigger),),
            trigger=trigger,
            time=candidate.time,
            participants=parties,
            place=self._iri(candidate.place),
            polarity=candidate.polarity,
            modality=candidate.modality,
            speaker=self._iri(candidate.speaker),
        )


def _by_insider(event: Entity, speaks_for: Callable[[str, str], bool]) -> Entity:
    speaker = event.speaker or ""
    if event.modality != "reported" or not speaker:
        return event
    inside = any(speaks_for(speaker, party.iri) for party in event.participants)
    return replace(event, modality="actual") if inside else event


@dataclass(slots=True)
class _Telling:
    """An event as told so far, all places that tell it, and its best headline.

    ``event`` has only the place that told it last.
    """

    event: Entity
    headline: str
    mentions: list[EntityMention] = field(default_factory=list)


class _Told:
    """The events of a document, each once however often it is told."""

    def __init__(self) -> None:
        self.by_class: dict[str, list[_Telling]] = defaultdict(list)
        self.of_party: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)

    def tell(self, event: Entity, headline: str) -> str:
        """The IRI of the event that *event* is, or tells again."""
        known = self.by_class[event.cls]
        again = next((n for n in self._recent(event) if _is_same(known[n].event, event)), None)
        if again is None:
            again = len(known)
            known.append(_Telling(event, headline))
        else:
            known[again] = _told_again(known[again], event, headline)
        known[again].mentions.extend(event.mentions)
        for party in event.participants:
            told = self.of_party[event.cls, party.iri]
            told.pop(again, None)
            told[again] = None
        return known[again].event.iri

    def _recent(self, event: Entity) -> list[int]:
        """The last events in which a party of *event* took part, in the order of the text."""
        of_each = (self.of_party[event.cls, party.iri] for party in event.participants)
        return sorted({n for told in of_each for n in islice(reversed(told), _RECENT)})

    def all(self) -> list[_Telling]:
        """All of them, by class as first told."""
        return [telling for tellings in self.by_class.values() for telling in tellings]


def _is_same(first: Entity, second: Entity) -> bool:
    """Whether two tellings of one class can be of one event.

    What is denied is not what is told to be; two dates are two events, as are two things that one
    party does or undergoes, told by words without a character in common (被捕, 還柙), unless they
    are one phrase (簽署合作協議). Who took part need only be told once: all those of one telling
    take part in the other of like words.
    """
    if first.polarity != second.polarity or not _meet(first.time, second.time):
        return False
    ours, theirs = ({p.iri for p in event.participants} for event in (first, second))
    if ours == theirs:
        return len(ours) > 1 or _alike(first, second)
    return (ours < theirs or theirs < ours) and _share_words(first, second)


def _meet(first: TimeSpan | None, second: TimeSpan | None) -> bool:
    """Whether one time lies in the other (a day in its year); none is known to differ from any."""
    if first is None or second is None:
        return True
    return _lies_in(first, second) or _lies_in(second, first)


def _lies_in(inner: TimeSpan, outer: TimeSpan) -> bool:
    starts = outer.start is None or (inner.start or "")[: len(outer.start)] >= outer.start
    ends = outer.end is None or (inner.end or "9")[: len(outer.end)] <= outer.end
    return starts and ends


def _alike(first: Entity, second: Entity) -> bool:
    apart = second.mentions[0].span.start - first.mentions[-1].span.end
    return apart <= _ONE_PHRASE or _share_words(first, second)


def _share_words(first: Entity, second: Entity) -> bool:
    left, right = simplify(first.trigger or ""), simplify(second.trigger or "")
    return not set(left).isdisjoint(set(right) - _PASSIVE)


def _told_again(telling: _Telling, second: Entity, headline: str) -> _Telling:
    """One event that is told twice: all who took part, and the finer time, of either."""
    first = telling.event
    by_iri = {p.iri: p for p in (*second.participants, *first.participants)}
    fuller = first if len(first.participants) >= len(second.participants) else second
    surer = min(first, second, key=lambda event: _SUREST.index(event.modality))
    event = replace(
        fuller,
        iri=first.iri,
        mentions=second.mentions,
        participants=tuple(by_iri.values()),
        time=min(filter(None, (first.time, second.time)), key=_coarseness, default=None),
        place=first.place or second.place,
        modality=surer.modality,
        speaker=surer.speaker,
    )
    return replace(telling, event=event, headline=max(telling.headline, headline, key=len))


def _coarseness(time: TimeSpan) -> int:
    return -_FINER.index(time.precision)
