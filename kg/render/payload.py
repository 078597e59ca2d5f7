"""What the page shows, as JSON values: entities, claims and their sentences.

Ids are opaque (``n0``, ``c0``, ``p0``), because names come from strangers. A label is a list of
three texts in the order of :data:`LANGUAGES`. A quote is a list of ``[text, node id or null]``
runs, so that no offset has to survive the way into JavaScript, which counts UTF-16 units.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.iri import compact
from kg.model import (
    Claim,
    ClaimGraph,
    Entity,
    EntityMention,
    Evidence,
    Json,
    Measure,
    Span,
    TimeSpan,
)
from kg.ontology import Ontology
from kg.script import simplify, traditionalise

LANGUAGES = ("zh-Hant", "zh-Hans", "en")
_UMBRELLAS = ("kg:Entity", "kg:Agent")
_MAX_NAME = 160
_MAX_QUOTE = 1200
_MAX_SAID = 3
_SENTENCE_ENDS = "。！？!?\n"

Runs = list[tuple[str, str | None]]


def clip(text: str, limit: int = _MAX_NAME) -> str:
    """*text* without lone surrogates, cut to *limit* characters with an ellipsis."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return cut.encode("utf-8", "replace").decode("utf-8")


def group_of(cls: str, ontology: Ontology) -> str:
    """The class directly under the top of the ontology that *cls* belongs to; else the top."""
    queue = [cls]
    for current in queue:
        parents = ontology.classes[current].parents if current in ontology.classes else ()
        if current not in _UMBRELLAS and parents and set(parents) <= set(_UMBRELLAS):
            return current
        queue.extend(parents)
    return _UMBRELLAS[0]


def three_labels(labels: Mapping[str, str], fallback: str) -> list[str]:
    """The label in each interface language; a missing script is converted from the other."""
    hant, hans, english = (clip(labels.get(language, "")) for language in LANGUAGES)
    any_label = clip(next(filter(None, labels.values()), fallback))
    return [
        hant or (traditionalise(hans) if hans else english or any_label),
        hans or (simplify(hant) if hant else english or any_label),
        english or hant or hans or any_label,
    ]


def format_time(time: TimeSpan | None) -> str:
    """A date as it stands, or ``start – end``; an open end is ``…``."""
    if time is None:
        return ""
    if time.start == time.end:
        return time.start or ""
    return f"{time.start or '…'} – {time.end or '…'}"


@dataclass(frozen=True)
class PayloadWriter:
    """Writes the parts of a graph as JSON values; nodes are numbered in the graph's order."""

    graph: ClaimGraph
    ontology: Ontology

    @cached_property
    def node_ids(self) -> dict[str, str]:
        """IRI → node id."""
        return {entity.iri: f"n{i}" for i, entity in enumerate(self.graph.entities)}

    @cached_property
    def _document_numbers(self) -> dict[str, int]:
        return {document.iri: i for i, document in enumerate(self.graph.documents)}

    @cached_property
    def _mentions(self) -> dict[str, list[tuple[int, int, str]]]:
        """Document IRI → (start, end, node id), sorted: the marks of all quotes."""
        found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for entity in self.graph.entities:
            for mention in entity.mentions:
                span = mention.span
                found[mention.document].append((span.start, span.end, self.node_ids[entity.iri]))
        return {document: sorted(marks) for document, marks in found.items()}

    def documents(self) -> list[Json]:
        """The sources, numbered by their place in the list."""
        return [
            {
                "title": clip(document.title or document.source or compact(document.iri)),
                "publisher": clip(document.publisher or ""),
                "date": document.published or "",
                "url": document.url or "",
            }
            for document in self.graph.documents
        ]

    def entities(self) -> list[Json]:
        """One object an entity, in the order of the node ids."""
        return [self._entity(entity) for entity in self.graph.entities]

    def _entity(self, entity: Entity) -> Json:
        labels = three_labels(entity.labels, compact(entity.iri))
        names = [clip(name) for name in (*entity.labels.values(), *entity.aliases)]
        return {
            "id": self.node_ids[entity.iri],
            "cls": entity.cls,
            "group": group_of(entity.cls, self.ontology),
            "labels": labels,
            "aliases": [name for name in dict.fromkeys(names) if name not in labels],
            "find": _search_forms([*labels, *names]),
            "links": [{"iri": iri, "text": clip(compact(iri))} for iri in entity.same_as],
            "time": format_time(entity.time),
            "trigger": clip(entity.trigger or ""),
            "said": list(self._said(entity)),
        }

    def _said(self, entity: Entity) -> Iterator[Json]:
        """The sentences that name *entity* first."""
        seen: set[tuple[str, Span]] = set()
        for mention in entity.mentions:
            span = self._sentence(mention)
            if span and (mention.document, span) not in seen and len(seen) < _MAX_SAID:
                seen.add((mention.document, span))
                yield self._quote(mention.document, span, self._text(mention.document))

    def _text(self, document: str) -> str:
        number = self._document_numbers.get(document)
        return "" if number is None else self.graph.documents[number].text

    def _sentence(self, mention: EntityMention) -> Span | None:
        text, span = self._text(mention.document), mention.span
        if span.of(text) != mention.surface:
            return None
        start = max((text.rfind(end, 0, span.start) + 1 for end in _SENTENCE_ENDS), default=0)
        ends = [text.find(end, span.end) for end in _SENTENCE_ENDS]
        stop = min((end + 1 for end in ends if end >= 0), default=len(text))
        return Span(start, stop)

    def claims(self) -> list[Json]:
        """One object a claim, in the graph's order; ends without an entity come as text."""
        return [self._claim(f"c{i}", claim) for i, claim in enumerate(self.graph.claims)]

    def _claim(self, id_: str, claim: Claim) -> Json:
        return {
            "id": id_,
            "s": self._end(claim.subject),
            "p": claim.predicate,
            "o": self._end(claim.object),
            "time": format_time(claim.time),
            "place": self._end(claim.place) if claim.place else None,
            "role": clip(claim.role or ""),
            "polarity": claim.polarity,
            "modality": claim.modality,
            "fact": claim.is_fact,
            "speaker": self._end(claim.speaker) if claim.speaker else None,
            "event": self.node_ids.get(claim.event or ""),
            "confidence": round(min(max(claim.confidence, 0.0), 1.0), 3),
            "reasons": [[clip(reason.text), round(reason.factor, 2)] for reason in claim.reasons],
            "evidence": [self._evidence(evidence) for evidence in claim.evidence],
        }

    def _end(self, end: str | Measure) -> Json:
        """``node`` of an entity, or the ``text`` of what is none, with its ``name`` if measured."""
        if isinstance(end, Measure):
            return {"node": None, "name": clip(end.name), "text": clip(end.quantity.raw)}
        node = self.node_ids.get(end)
        return {"node": node, "text": "" if node else clip(compact(end))}

    def _evidence(self, evidence: Evidence) -> Json:
        text = self._text(evidence.document)
        if evidence.quote and evidence.span.of(text) == evidence.quote:
            return self._quote(evidence.document, evidence.span, text)
        return {"doc": None, "runs": [(clip(evidence.quote, _MAX_QUOTE), None)]}

    def _quote(self, document: str, span: Span, text: str) -> Json:
        marks = self._mentions.get(document, [])
        span = Span(span.start, min(span.end, span.start + _MAX_QUOTE))
        runs = split_at_marks(text, span, marks)
        return {"doc": self._document_numbers[document], "runs": runs}

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


def _search_forms(names: Iterable[str]) -> list[str]:
    """Every name in both scripts, case-folded, each once."""
    forms = (form for name in names for form in (name, simplify(name), traditionalise(name)))
    return list(dict.fromkeys(form.casefold() for form in forms))


def split_at_marks(text: str, span: Span, marks: Sequence[tuple[int, int, str]]) -> Runs:
    """The characters of *span* in runs; *marks* (sorted by start) name the marked ones' node.

    Of two marks that overlap the longer one that starts first wins; a mark that the span cuts is
    left out. Together the runs are the quote, character for character.
    """
    runs: Runs = []
    at = span.start
    low, high = (bisect_left(marks, (at,)) for at in (span.start, span.end))
    inside = [mark for mark in marks[low:high] if mark[0] < mark[1] <= span.end]
    for start, end, node in sorted(inside, key=lambda mark: (mark[0], -mark[1], mark[2])):
        if start < at:
            continue
        runs += [(text[at:start], None)] if start > at else []
        runs.append((text[start:end], node))
        at = end
    return [*runs, (text[at : span.end], None)] if at < span.end else runs
