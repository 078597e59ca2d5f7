"""What the page shows, as JSON values: entities, claims and the articles that say them.

Ids are opaque (``n0``, ``c0``, ``p0``), because names come from strangers. A label is a list of
three texts in the order of :data:`kg.render.names.LANGUAGES`. What is said is the number of an
article with the numbers of the first run that is shown and of the one after the last, or, where
the text is not at hand, with the quote; of an unknown article the bare quote. The form is short:
fields without a value, and what others tell, are left out, and what comes often is named by number;
``static/unpack.js`` puts it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TypeVar

from kg.iri import compact, content_key
from kg.model import Claim, ClaimGraph, Entity, Json, Measure, Reason, TimeSpan
from kg.ontology import Ontology
from kg.render.names import LANGUAGES, clean, clip, search_forms, three_labels
from kg.render.sources import Sources

T = TypeVar("T")

_UMBRELLAS = ("kg:Entity", "kg:Agent")
_MAX_URL = 2000
_NUMBER = ("value", "max", "comparator", "unit")


def group_of(cls: str, ontology: Ontology) -> str:
    """The class directly under the top of the ontology that *cls* belongs to; else the top."""
    queue = [cls]
    for current in queue:
        parents = ontology.classes[current].parents if current in ontology.classes else ()
        if current not in _UMBRELLAS and parents and set(parents) <= set(_UMBRELLAS):
            return current
        queue.extend(parents)
    return _UMBRELLAS[0]


def format_time(time: TimeSpan | None) -> str:
    """A date as it stands, or ``start – end``; an open end is ``…``."""
    if time is None:
        return ""
    if time.start == time.end:
        return time.start or ""
    return f"{time.start or '…'} – {time.end or '…'}"


# What a field holds where it is left out.
ENTITY_DEFAULTS: Json = {
    "own": [0], "times": None, "polarity": "asserted", "modality": "actual",
    "aliases": [], "links": [], "time": "", "trigger": "", "when": "", "said": [], "core": True,
    "reach": 0,
}  # fmt: skip
CLAIM_DEFAULTS: Json = {
    "times": None, "place": None, "role": "", "polarity": "asserted",
    "modality": "actual", "fact": True, "speaker": None, "event": None, "reasons": [],
    "review": None,
    "documents": None, "support": 1,
}  # fmt: skip


def shorten(row: Json, defaults: Json) -> Json:
    """*row* without the fields that hold their default."""
    return {
        name: value
        for name, value in row.items()
        if name not in defaults or value != defaults[name]
    }


@dataclass(frozen=True)
class PayloadWriter:
    """Writes the parts of a graph as JSON values; nodes and claims are numbered in its order."""

    graph: ClaimGraph
    ontology: Ontology

    @cached_property
    def node_ids(self) -> dict[str, str]:
        """IRI → node id."""
        return {entity.iri: f"n{i}" for i, entity in enumerate(self.graph.entities)}

    @cached_property
    def _sources(self) -> Sources:
        return Sources(self.graph, self.node_ids)

    def documents(self) -> list[Json]:
        """The sources, numbered by their place in the list, each with its text in runs."""
        return [
            {
                "key": clean(compact(document.iri)),
                "language": clip(document.language),
                "title": clip(document.title or document.source or compact(document.iri)),
                "named": document.title is not None,
                "publisher": clip(document.publisher or ""),
                "date": document.published or "",
                "url": clip(document.url or "", _MAX_URL),
                "text": article.runs,
                "sets": article.sets,
            }
            for document, article in zip(self.graph.documents, self._sources.articles, strict=True)
        ]

    def entities(self) -> list[Json]:
        """One object an entity, in the order of the node ids."""
        return [self._entity(entity) for entity in self.graph.entities]

    def _entity(self, entity: Entity) -> Json:
        labels = three_labels(entity.labels, compact(entity.iri))
        names = [clip(name) for name in (*entity.labels.values(), *entity.aliases)]
        aliases = [name for name in dict.fromkeys(names) if name not in labels]
        shown = {name.lower() for name in (*labels, *aliases)}
        return {
            "id": self.node_ids[entity.iri],
            "key": clean(compact(entity.iri)),
            "cls": entity.cls,
            "group": group_of(entity.cls, self.ontology),
            "labels": labels,
            "own": [i for i, tag in enumerate(LANGUAGES) if entity.labels.get(tag)],
            "aliases": aliases,
            "find": [form for form in search_forms([*labels, *names]) if form not in shown],
            "links": [{"iri": iri, "text": clip(compact(iri))} for iri in entity.same_as],
            "time": format_time(entity.time),
            "times": asdict(entity.time) if entity.time else None,
            "polarity": entity.polarity,
            "modality": entity.modality,
            "when": self._years.get(entity.iri, ""),
            "trigger": clip(entity.trigger or ""),
            "said": self._sources.said(entity.iri),
            "mentions": len(entity.mentions),
        }

    @cached_property
    def _years(self) -> dict[str, str]:
        """Entity IRI → the first year in which it, or a claim of it, is told to be."""
        dated: list[tuple[tuple[object, ...], TimeSpan | None]]
        dated = [((entity.iri,), entity.time) for entity in self.graph.entities]
        dated += [((c.subject, c.object, c.event), c.time) for c in self.graph.claims]
        years: dict[str, str] = {}
        for iris, time in dated:
            first = (time.start or time.end or "")[:4] if time else ""
            for iri in iris:
                if first and isinstance(iri, str):
                    years[iri] = min(years.get(iri, first), first)
        return years

    def claims(self) -> list[Json]:
        """One object a claim, in the graph's order; ends without an entity come as text."""
        return [self._claim(f"c{i}", claim) for i, claim in enumerate(self.graph.claims)]

    def _claim(self, id_: str, claim: Claim) -> Json:
        quoted = list(map(self._sources.quote, claim.evidence))
        return {
            "id": id_,
            "key": clean(claim.key),
            "s": self._end(claim.subject),
            "p": claim.predicate,
            "o": self._end(claim.object),
            "times": self.times[claim.time] if claim.time else None,
            "place": self._end(claim.place) if claim.place else None,
            "role": clip(claim.role or ""),
            "polarity": claim.polarity,
            "modality": claim.modality,
            "fact": claim.is_fact,
            "speaker": self._end(claim.speaker) if claim.speaker else None,
            "event": self.node_ids.get(claim.event or ""),
            "confidence": round(min(max(claim.confidence, 0.0), 1.0), 3),
            "reasons": [self.reasons[reason] for reason in claim.reasons],
            "review": asdict(claim.review) if claim.review else None,
            "evidence": quoted,
            **self._support(claim, quoted),
        }

    def _support(self, claim: Claim, quoted: Sequence[list[int | str] | str]) -> Json:
        """Which documents say it, where its quotes do not tell; and how many publishers.

        A document without a publisher counts for itself.
        """
        told = {evidence.document for evidence in claim.evidence}
        numbers = {self._sources.numbers[iri] for iri in told & self._sources.numbers.keys()}
        sources = (self.graph.documents[number] for number in numbers)
        seen = {None if isinstance(place, str) else place[0] for place in quoted}
        return {
            "documents": None if seen == numbers else sorted(numbers),
            "support": len({source.publisher or source.iri for source in sources}),
        }

    @cached_property
    def reasons(self) -> dict[Reason, int]:
        """All reasons, numbered."""
        return _number(reason for claim in self.graph.claims for reason in claim.reasons)

    @cached_property
    def times(self) -> dict[TimeSpan, int]:
        """All times of claims, numbered."""
        return _number(claim.time for claim in self.graph.claims if claim.time)

    def tables(self) -> Json:
        """What claims name by number."""
        return {
            "reasons": [[clip(one.text), round(one.factor, 2)] for one in self.reasons],
            "times": [asdict(one) | {"text": format_time(one)} for one in self.times],
        }

    def _end(self, end: str | Measure) -> str | Json:
        """An entity's node id, or the ``text`` of what is none, with its ``name`` if measured."""
        if isinstance(end, Measure):
            number = {name: getattr(end.quantity, name) for name in _NUMBER}
            key = f"metric:{content_key(asdict(end))}"
            return {"name": clip(end.name), "text": clip(end.quantity.raw), "key": key, **number}
        return self.node_ids.get(end) or {"text": clip(compact(end))}

    def participations(self) -> list[Json]:
        """Who took part in which event, where no claim joins the two already."""
        joined = {frozenset((c.subject, c.object)) for c in self.graph.claims if _is_edge(c)}
        found = [
            (self.node_ids[part.iri], self.node_ids[event.iri], clip(part.role))
            for event in self.graph.entities
            for part in event.participants
            if part.iri in self.node_ids and frozenset((part.iri, event.iri)) not in joined
        ]
        return [
            {"id": f"p{i}", "s": part, "o": event, "role": role}
            for i, (part, event, role) in enumerate(dict.fromkeys(found))
        ]

    def terms(self) -> dict[str, list[str]]:
        """The labels of every class and relation that the graph uses."""
        groups = {group_of(entity.cls, self.ontology) for entity in self.graph.entities}
        used = groups | {entity.cls for entity in self.graph.entities}
        used |= {claim.predicate for claim in self.graph.claims}
        return {curie: self._term(curie) for curie in sorted(used)}

    def _term(self, curie: str) -> list[str]:
        return [clip(self.ontology.label(curie, language) or curie) for language in LANGUAGES]


def _is_edge(claim: Claim) -> bool:
    return isinstance(claim.object, str)


def _number(values: Iterable[T]) -> dict[T, int]:
    return {value: i for i, value in enumerate(dict.fromkeys(values))}
