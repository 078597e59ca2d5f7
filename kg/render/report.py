"""``report.md``: what a build found, for someone who was not there.

All that the articles say passes through :func:`kg.render.text.markdown`: the template's
environment escapes each value that is not marked as safe, as an HTML template would.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.findings import Analysis, Bridge, Brokerage, NodeRow, Path, Step
from kg.lookup import main_language, name_of
from kg.model import Claim, ClaimGraph, Document, Evidence, Review, TimeSpan
from kg.ontology import load_ontology
from kg.render.pictures import TEMPLATES, Bar, Link, draw_bars, draw_ways
from kg.render.text import markdown

if TYPE_CHECKING:
    from jinja2 import Environment

_CENTRAL, _BARS = 20, 12
_GROUPS, _MEMBERS = 8, 12
_BRIDGES, _BROKERS = 12, 12
_WAYS, _LONGEST_WAY = 5, 4
_ROWS = 50
_REJECTED = "judged wrong by a reader"


class Words:
    """The names of a graph in its main language."""

    def __init__(self, graph: ClaimGraph) -> None:
        self.language = main_language(graph)
        self._entities = graph.entity_by_iri()
        self._ontology = load_ontology()

    def name(self, iri: str) -> str:
        """An entity's name; an IRI that is no entity stays as it is."""
        entity = self._entities.get(iri)
        return name_of(entity, self.language) if entity else iri

    def term(self, curie: str) -> str:
        """The label of a class or relation."""
        return self._ontology.label(curie, self.language)

    def mutual(self, predicate: str) -> bool:
        """Whether the relation has no direction."""
        relation = self._ontology.relations.get(predicate)
        return relation is not None and relation.symmetric


@dataclass(frozen=True, slots=True)
class _Quote:
    """A sentence and, where there are several documents, which one says it."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class _Statement:
    """A claim as a line: "A —label→ B", what is known about it, and its sentences."""

    left: str
    link: str
    right: str
    notes: tuple[str, ...]
    quotes: tuple[_Quote, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """A path as a list of statements."""

    names: tuple[str, ...]
    steps: tuple[_Statement, ...]
    confidence: float


def render_report(
    graph: ClaimGraph,
    analysis: Analysis,
    *,
    brokerage: Brokerage | None = None,
    paths: Sequence[Path] = (),
) -> dict[str, bytes]:
    """``report.md`` and its pictures, by file name.

    *brokerage* chooses the pair whose connection is told, *paths* are the ways between the two.
    Pictures come only where there is something to draw. The same input gives the same bytes.
    """
    words = Words(graph)
    files = dict(_pictures(analysis, brokerage, paths, graph, words))
    context = {
        **_what_was_read(graph, words),
        **_network(graph, analysis, words),
        **_connection(graph, brokerage, paths, words),
        **_doubts(graph, words),
        "pictures": sorted(files),
    }
    text = _environment().get_template("report.md.j2").render(context)
    return {"report.md": text.encode("utf-8"), **files}


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def escape(value: object) -> object:
        return value if isinstance(value, Markup | int | float) else markdown(str(value))

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        finalize=escape,
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _what_was_read(graph: ClaimGraph, words: Words) -> dict[str, Any]:
    ontology = load_ontology()
    return {
        "documents": graph.documents[:_ROWS],
        "read": len(graph.documents),
        "entities": len(graph.entities),
        "events": sum(ontology.is_a(entity.cls, "kg:Event") for entity in graph.entities),
        "claims": len(graph.claims),
        "facts": sum(claim.is_fact for claim in graph.claims),
        "classes": _count(words.term(entity.cls) for entity in graph.entities),
        "relations": _count(words.term(claim.predicate) for claim in graph.claims),
        "counts": sorted(graph.counts.items()),
    }


def _count(things: Iterable[Any]) -> list[tuple[Any, int]]:
    """Each thing with its number, most frequent first."""
    return sorted(Counter(things).items(), key=lambda item: (-item[1], item[0]))


def _network(graph: ClaimGraph, analysis: Analysis, words: Words) -> dict[str, Any]:
    groups = [[words.name(iri) for iri in members] for members in analysis.communities]
    bridges = [bridge for bridge in analysis.bridges if bridge.lost > 1]
    return {
        "analysis": analysis,
        "central": [(row, words.term(row.cls)) for row in _linked(analysis)[:_CENTRAL]],
        "linked": len(_linked(analysis)),
        "groups": [(names[:_MEMBERS], len(names)) for names in groups[:_GROUPS]],
        "more_groups": max(0, len(groups) - _GROUPS),
        "bridges": [_bridge(graph, bridge, words) for bridge in bridges[:_BRIDGES]],
        "more_bridges": max(0, len(bridges) - _BRIDGES),
    }


def _linked(analysis: Analysis) -> list[NodeRow]:
    return [row for row in analysis.nodes if row.neighbours]


def _bridge(graph: ClaimGraph, bridge: Bridge, words: Words) -> dict[str, Any]:
    pair = {bridge.left, bridge.right}
    found = {
        words.term(claim.predicate)
        for claim in graph.claims
        if claim.is_fact and {claim.subject, claim.object} == pair
    }
    return {
        "left": words.name(bridge.left),
        "right": words.name(bridge.right),
        "labels": sorted(found),
        "lost": bridge.lost,
    }


def _connection(
    graph: ClaimGraph, brokerage: Brokerage | None, paths: Sequence[Path], words: Words
) -> dict[str, Any]:
    teller = _Teller(graph, words)
    return {
        "pair": brokerage,
        "left": words.name(brokerage.left) if brokerage else "",
        "right": words.name(brokerage.right) if brokerage else "",
        "ways": [_way(path, teller) for path in paths],
        "brokers": [(words.name(b.iri), b) for b in _between(brokerage)[:_BROKERS]],
        "more_brokers": max(0, len(_between(brokerage)) - _BROKERS),
    }


def _between(brokerage: Brokerage | None) -> Sequence[Any]:
    return brokerage.brokers if brokerage else ()


class _Teller:
    """Turns claims and steps into statements."""

    def __init__(self, graph: ClaimGraph, words: Words) -> None:
        self.words = words
        self._claims = {claim.key: claim for claim in graph.claims}
        self._documents = {document.iri: document for document in graph.documents}

    def claim(self, key: str) -> Claim | None:
        """The claim of this key; None for an edge that stands for taking part in an event."""
        return self._claims.get(key)

    def of_step(self, step: Step) -> _Statement:
        """The statement that proves a step, in the step's direction."""
        claim = self.claim(step.claim)
        notes = _notes(claim, self.words) if claim else ()
        others = f"{len(step.others)} more between the two" if step.others else ""
        return _Statement(
            left=self.words.name(step.source),
            link=_link(step, self.words),
            right=self.words.name(step.target),
            notes=tuple(filter(None, (*notes, others))),
            quotes=self._quotes(claim.evidence) if claim else (_Quote(step.quote, ""),),
        )

    def of_claim(self, claim: Claim) -> _Statement:
        """The statement of a claim, from subject to object."""
        label, mutual = self.words.term(claim.predicate), self.words.mutual(claim.predicate)
        return _Statement(
            left=self.words.name(claim.subject),
            link=f"—{label}—" if mutual else f"—{label}→",
            right=_object(claim, self.words),
            notes=_notes(claim, self.words),
            quotes=self._quotes(claim.evidence),
        )

    def _quotes(self, evidence: Sequence[Evidence], most: int = 2) -> tuple[_Quote, ...]:
        best = sorted(evidence, key=lambda found: (-found.score, found.document, found.span))
        return tuple(_Quote(e.quote, self._source(e.document)) for e in best[:most])

    def _source(self, iri: str) -> str:
        document = self._documents.get(iri)
        if document is None or len(self._documents) == 1:
            return ""
        return ", ".join(filter(None, (_title(document), document.published)))


def _title(document: Document) -> str:
    return document.title or document.source or document.iri


def _link(step: Step, words: Words) -> str:
    if words.mutual(step.predicate):
        return f"—{step.label}—"
    return f"—{step.label}→" if step.forward else f"←{step.label}—"


def _object(claim: Claim, words: Words) -> str:
    if isinstance(claim.object, str):
        return words.name(claim.object)
    return f"{claim.object.name}: {claim.object.quantity.raw}"


def _notes(claim: Claim, words: Words) -> tuple[str, ...]:
    speaker = f"according to {words.name(claim.speaker)}" if claim.speaker else None
    place = words.name(claim.place) if claim.place else None
    when = _when(claim.time)
    return tuple(filter(None, (claim.role, when, place, speaker, _held(claim.review))))


def _held(review: Review | None) -> str:
    """Who judged the claim, and when."""
    if review is None:
        return ""
    on = f" on {review.at[:10]}" if review.at else ""
    return f"judged {review.ruling} by {review.by}{on}"


def _when(time: TimeSpan | None) -> str:
    if time is None:
        return ""
    if time.start == time.end:
        return time.start or ""
    return f"{time.start or '…'} – {time.end or '…'}"


def _way(path: Path, teller: _Teller) -> _Way:
    ends = (path.steps[0].source, *(step.target for step in path.steps))
    return _Way(
        names=tuple(map(teller.words.name, ends)),
        steps=tuple(map(teller.of_step, path.steps)),
        confidence=path.confidence,
    )


def _doubts(graph: ClaimGraph, words: Words) -> dict[str, Any]:
    teller = _Teller(graph, words)
    drops = _count((drop.stage, drop.reason) for drop in graph.drops)
    doubtful: dict[str, list[_Statement]] = defaultdict(list)
    for claim in graph.claims:
        if not claim.is_fact:
            doubtful[_kind(claim)].append(teller.of_claim(claim))
    return {
        "doubtful": [
            (kind, doubtful[kind][:_ROWS], len(doubtful[kind]))
            for kind in (_REJECTED, "denied", "planned", "possible", "reported")
            if kind in doubtful
        ],
        "drops": drops[:_ROWS],
        "more_drops": sum(number for _, number in drops[_ROWS:]),
        "failures": graph.failures,
        "unresolved": graph.counts.get("unresolved_times", 0),
        "undated": [_title(document) for document in graph.documents if not document.published],
    }


def _kind(claim: Claim) -> str:
    if claim.is_rejected:
        return _REJECTED
    return "denied" if claim.polarity == "denied" else claim.modality


def _pictures(
    analysis: Analysis,
    brokerage: Brokerage | None,
    paths: Sequence[Path],
    graph: ClaimGraph,
    words: Words,
) -> Iterator[tuple[str, bytes]]:
    central = _linked(analysis)[:_BARS]
    if central:
        bars = [Bar(r.label, r.pagerank, _bar_note(r, words)) for r in central]
        caption = "Share of the visits of a reader who follows claims at random (PageRank)"
        yield "central.svg", draw_bars("Who is central", caption, bars)
    short = [path for path in paths if len(path.steps) <= _LONGEST_WAY][:_WAYS]
    if brokerage and short:
        left, right = words.name(brokerage.left), words.name(brokerage.right)
        teller = _Teller(graph, words)
        ways = [[_drawn(step, teller) for step in path.steps] for path in short]
        yield "connection.svg", draw_ways(f"How {left} and {right} connect", left, right, ways)


def _bar_note(row: NodeRow, words: Words) -> str:
    return f"{row.pagerank:.1%} · {words.term(row.cls)}"


def _drawn(step: Step, teller: _Teller) -> Link:
    claim, words = teller.claim(step.claim), teller.words
    mutual = words.mutual(step.predicate)
    arrow = "" if mutual else "forward" if step.forward else "back"
    return Link(words.name(step.target), step.label, _when(claim.time) if claim else "", arrow)
