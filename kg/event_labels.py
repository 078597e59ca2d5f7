"""What a reader would call an event: who, the word that tells it, and whom or what it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.lexicon import Lexicon
from kg.model import Document, Entity, Extraction, Span
from kg.ontology import Ontology
from kg.script import LANGUAGE_OF_SCRIPT, simplify

LONGEST, LONGEST_ENGLISH = 24, 72
_LONGEST_NAME = 10  # from here on a shorter name is looked for
_NEAR = 8  # characters between the trigger and the name that it is done to
_REACH = 60  # characters after the trigger in which its object begins and ends
_ENDS = re.compile(r"[，,。；;：:！!？?…\n（(【】\u3000]")
_SAYING = re.compile(r"[称稱指说說道]?\s*[，,：:]?[\s「『“”]*")
_ASPECT = re.compile(r"[了过過着著]?")
_MARKS = re.compile(r"[\s「」『』“”\"'《》]")
_PASSIVE = re.compile(r"(?:被|遭到?|受到|[获獲]得?)$")


class EventLabeller:
    """Labels the events of one document; *entities* are those that take part, by IRI."""

    def __init__(
        self, ontology: Ontology, lexicon: Lexicon, entities: Mapping[str, Entity]
    ) -> None:
        self.ontology, self.entities = ontology, entities
        self.speech = lexicon.speech
        self.hanging = tuple(lexicon.words("lex:Subordinating"))
        self.no_object = tuple(lexicon.words("lex:NoObject"))

    def headline(self, event: Entity, extraction: Extraction, at: Mapping[str, int]) -> str:
        """The event in the words of its document; *at* is where each party is named."""
        text, cue = extraction.document.text, event.mentions[0].span
        agents, patients = (
            self._names(event, role, extraction.document) for role in ("agent", "patient")
        )
        first = min((at[p.iri] for p in event.participants if p.role == "patient"), default=0)
        between = _MARKS.sub("", text[cue.end : first]) if first <= cue.end + _NEAR else ""
        if agents and patients:
            return f"{agents}{cue.of(text)}{between}{patients}"
        if agents:
            return f"{agents}{cue.of(text)}{self._object(extraction, cue)}"
        passive = _PASSIVE.search(text, max(0, cue.start - 2), cue.start)
        trigger = (passive[0] if passive else "") + cue.of(text)
        if first > cue.start:
            return f"{trigger}{between}{patients}"
        return f"{patients}{trigger}{self._object(extraction, cue)}"

    def labelled(self, events: Sequence[Entity], headlines: Sequence[str]) -> Iterator[Entity]:
        """The events with labels: dated where the words say little or are those of another."""
        often = Counter(headlines)
        for event, headline in zip(events, headlines, strict=True):
            dated = headline.endswith(event.trigger or "") or often[headline] > 1
            labels = {tag: self._label(event, headline, tag, dated) for tag in event.labels}
            yield replace(event, labels={**labels, "en": self._english(event)})

    def _label(self, event: Entity, headline: str, tag: str, dated: bool) -> str:
        dates = [day for day in [_day(event)] if day and dated]
        tail = "".join(f"（{mark}）" for mark in (*self._marks(event, tag), *dates))
        label = _cut(headline, LONGEST - len(tail)) + tail
        return simplify(label) if tag == "zh-Hans" else label

    def _english(self, event: Entity) -> str:
        parties = (self.entities[part.iri] for part in event.participants)
        names = ", ".join(party.labels.get("en", party.label) for party in parties)
        marks = (*self._marks(event, "en"), *filter(None, [_day(event)]))
        tail = "".join(f" ({mark})" for mark in marks)
        head = f"{self.ontology.label(event.cls)}: {names}"
        return _cut(head, LONGEST_ENGLISH - len(tail)) + tail

    def _marks(self, event: Entity, tag: str) -> Iterator[str]:
        """What is said of an event that is no fact."""
        if event.polarity != "asserted":
            yield self.ontology.label(f"kg:{event.polarity.title()}", tag)
        if event.modality != "actual":
            yield self.ontology.label(f"kg:{event.modality.title()}", tag)

    def _names(self, event: Entity, role: str, document: Document) -> str:
        """Two names joined, of more only the first."""
        found = [self._name(p.iri, document) for p in event.participants if p.role == role]
        more = "等" if len(found) > 2 else ""
        joint = "與" if document.script == "Hant" else "与"
        return joint.join(found[: 1 if more else 2]) + more

    def _name(self, iri: str, document: Document) -> str:
        """The name in the document's script; of a long one its shortest short form."""
        entity = self.entities[iri]
        label = entity.labels.get(LANGUAGE_OF_SCRIPT[document.script], entity.label)
        if len(label) <= _LONGEST_NAME:
            return label
        forms = {form for form in entity.aliases if len(form) > 1 and set(form) <= set(label)}
        return min((label, *forms), key=lambda form: (len(form), form))

    def _object(self, extraction: Extraction, cue: Span) -> str:
        """What follows the trigger in its clause; after a word of saying, what is said."""
        text = extraction.document.text
        skipped = _SAYING if simplify(cue.of(text)) in self.speech else _ASPECT
        opens = skipped.match(text, cue.end)
        start = opens.end() if opens else cue.end
        stop = _ENDS.search(text, start, start + _REACH)
        found = text[start : stop.start() if stop else start + _REACH]
        plain = simplify(found)
        if plain.startswith((*self.no_object, *self.hanging)):
            return ""
        last = next((word for word in self.hanging if plain.endswith(word)), "")
        return _MARKS.sub("", found[: len(found) - len(last)])


def _day(event: Entity) -> str:
    """The date of *event*, of a period its beginning and end; "" for an open one."""
    time = event.time
    if time is None or time.start is None or time.end is None:
        return ""
    start, end = time.start.partition("T")[0], time.end.partition("T")[0]
    return start if start == end else f"{start}/{end}"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
