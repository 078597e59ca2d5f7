"""Graphs of single documents that meet in every way: same names, same claims, rival classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.claims import keyed
from kg.iri import PREFIXES, content_key, document_iri, entity_iri
from kg.model import (
    Claim,
    ClaimGraph,
    Document,
    Entity,
    EntityMention,
    Evidence,
    Measure,
    Modality,
    Participant,
    Quantity,
    Script,
    Span,
    TimeSpan,
)

YEAR = TimeSpan("2017", "2017", "year")


@dataclass(frozen=True)
class Told:
    """One sentence: who does what to whom; ``event`` if it also tells of one."""

    subject: str
    predicate: str
    object: str | int
    dated: bool = False
    modality: Modality = "actual"
    event: bool = False
    score: float = 0.8


def document_graph(
    number: int,
    told: Sequence[Told],
    *,
    script: Script = "Hant",
    classes: dict[str, str] | None = None,
    also: dict[str, str] | None = None,
    edition: int = 1,
    publisher: str | None = None,
) -> ClaimGraph:
    """The graph of document *number*; *classes* and *also* (another name) are by name."""
    url = f"https://news.example/{number}"
    text = "。".join(f"{t.subject}{t.predicate}{t.object}" for t in told) + f"{edition}"
    document = Document(
        document_iri("", url), text, title=f"第{number}篇", published=str(date(2020, 1, 1) + timedelta(number % 1500)),
        publisher=publisher, language=f"zh-{script}", script=script, source=f"{number}.txt",
        digest=content_key(text), url=url,
    )  # fmt: skip
    names = {name for t in told for name in (t.subject, t.object) if isinstance(name, str)}
    things = [
        _thing(document, n, (classes or {}).get(n, "kg:Company"), (also or {}).get(n))
        for n in names
    ]
    events = [_event(document, t, place) for place, t in enumerate(told) if t.event]
    claims = {c.key: c for c in (_claim(document, t, place) for place, t in enumerate(told))}
    return ClaimGraph(
        documents=(document,),
        entities=tuple(sorted((*things, *events), key=lambda entity: entity.iri)),
        claims=tuple(claims[key] for key in sorted(claims)),
        counts={"documents": 1, "mentions": len(names)},
    )


def _thing(document: Document, name: str, cls: str, also: str | None) -> Entity:
    mention = EntityMention(document.iri, Span(0, len(name)), name)
    aliases = (also,) if also else ()
    return Entity(entity_iri(name), cls, {document.language: name}, aliases, mentions=(mention,))


def _event_iri(document: Document, place: int) -> str:
    return PREFIXES["event"] + content_key(document.iri, place)


def _event(document: Document, told: Told, place: int) -> Entity:
    ends = [told.subject, told.object] if isinstance(told.object, str) else [told.subject]
    return Entity(
        _event_iri(document, place), "kg:Agreement", {document.language: "簽署"}, trigger="簽署",
        time=YEAR if told.dated else None,
        participants=tuple(Participant("agent", entity_iri(name)) for name in ends),
        mentions=(EntityMention(document.iri, Span(place, place + 1), "簽"),),
    )  # fmt: skip


def _claim(document: Document, told: Told, place: int) -> Claim:
    target: str | Measure
    if isinstance(told.object, str):
        target = entity_iri(told.object)
    else:
        target = Measure("員工", Quantity(float(told.object), None, "=", "人", f"{told.object}人"))
    span = Span(place, place + 2)
    return keyed(
        Claim(
            "", entity_iri(told.subject), told.predicate, target,
            (Evidence(document.iri, span, "句子", "frames/1", told.score),),
            time=YEAR if told.dated else None, modality=told.modality,
            event=_event_iri(document, place) if told.event else None,
            confidence=told.score, extractor="frames/1",
        )
    )  # fmt: skip
