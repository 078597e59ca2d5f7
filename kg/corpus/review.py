"""What resolution was not sure of, for a reader to judge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kg.annotation.sentences import split_sentences
from kg.iri import escape_name, unescape_name
from kg.model import ClaimGraph, Entity, Evidence, Judgement, Span

COLUMNS = (
    "verdict", "left_name", "right_name", "left_class", "right_class", "left_article",
    "right_article", "left_says", "right_says", "left_near", "right_near", "score", "reasons",
    "left", "right",
)  # fmt: skip
_QUOTES, _NEAREST = 3, 6


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things: what its article calls it, the sentences there that tell of it, or else
    name it, and the names that stand nearest to its own.
    """

    id: str
    name: str
    cls: str
    document: str
    quotes: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two things that may be one, and the judgement that says so."""

    left: Side
    right: Side
    judgement: Judgement


def find_doubts(graph: ClaimGraph, texts: Mapping[str, str] | None = None) -> tuple[Doubt, ...]:
    """The unsure judgements on what two articles tell of, the likeliest first.

    One that a reader has judged since is none. *texts* are those of articles, by IRI, where the
    graph has none; they give the sentences of what no claim is about.
    """
    ruled = {(j.left, j.right) for j in graph.judgements if j.verdict != "unsure"}
    unsure = [j for j in graph.judgements if j.verdict == "unsure" and "#" in j.left]
    open_ = [j for j in unsure if (j.left, j.right) not in ruled]
    documents = {end.partition("#")[0] for j in open_ for end in (j.left, j.right)}
    sides = _Sides(graph, documents, texts or {d.iri: d.text for d in graph.documents})
    ordered = sorted(open_, key=lambda j: (-j.score, j.left, j.right))
    return tuple(Doubt(sides.side(j.left), sides.side(j.right), j) for j in ordered)


def places_of(entity: Entity) -> Iterator[str]:
    """What judgements between articles may call the entity; see ``Profile.id``."""
    names = {*entity.labels.values(), *entity.aliases}
    for document in {mention.document for mention in entity.mentions}:
        for name in names:
            yield f"{document}#{escape_name(name)}"


def place_name(place: str) -> str:
    """The name in what :func:`places_of` gives; an IRI of another kind as it stands."""
    return unescape_name(place.partition("#")[2]) or place


class _Sides:
    """What the graph holds of some documents, by document."""

    def __init__(
        self, graph: ClaimGraph, documents: Collection[str], texts: Mapping[str, str]
    ) -> None:
        self.entities = {place: entity for entity in graph.entities for place in places_of(entity)}
        self.texts = texts
        self.quotes: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
        self.said: dict[str, list[Evidence]] = defaultdict(list)
        self.names: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for claim in graph.claims:
            for one in claim.evidence:
                self.said[one.document].append(one)
                for end in (claim.subject, claim.object):
                    self.quotes[str(end), one.document].append(one)
        for entity in graph.entities:
            for mention in entity.mentions:
                if mention.document in documents and entity.trigger is None:
                    self.names[mention.document].append((mention.span.start, entity.label))

    def side(self, place: str) -> Side:
        """One side of a doubt."""
        document, entity = place.partition("#")[0], self.entities.get(place)
        if entity is None:
            return Side(place, place_name(place), "", document)
        told = sorted(self.quotes[entity.iri, document], key=lambda one: one.span)
        quotes = [one.quote for one in told] or self._naming(entity, document)
        shown = tuple(dict.fromkeys(quotes))[:_QUOTES]
        near = self._near(entity, document)
        return Side(place, place_name(place), entity.cls, document, shown, near)

    def _naming(self, entity: Entity, document: str) -> Iterator[str]:
        """The sentences with its name, or what is quoted of them where there is no text."""
        text = self.texts.get(document, "")
        passages = [(span, span.of(text)) for span in split_sentences(text)]
        passages += [(one.span, one.quote) for one in self.said[document]]
        for mention in sorted(entity.mentions, key=lambda mention: mention.span):
            if mention.document == document:
                yield from (quote for span, quote in passages if _holds(span, mention.span))

    def _near(self, entity: Entity, document: str) -> tuple[str, ...]:
        starts = [m.span.start for m in entity.mentions if m.document == document]
        others = [(at, name) for at, name in self.names[document] if name != entity.label]
        by_distance = sorted(others, key=lambda found: min(abs(found[0] - at) for at in starts))
        return tuple(dict.fromkeys(name for _, name in by_distance))[:_NEAREST]


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
