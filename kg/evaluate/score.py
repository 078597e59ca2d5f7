"""The figures of one article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from kg.evaluate.gold import OTHER, Gold, GoldClaim, GoldEntity
from kg.evaluate.match import (
    class_score,
    match_entities,
    match_events,
    participants,
    same_measure,
    shared_names,
)
from kg.evaluate.measures import Breakdown, Measures, Score, Share
from kg.evaluate.report import DocumentReport, Finding
from kg.model import Claim, ClaimGraph, Entity, Evidence, TimeSpan
from kg.ontology import Ontology

Key = tuple[str, str, str]


@dataclass(frozen=True)
class _Triples:
    """Claims by triple: the ends are gold ids where they match, else IRIs or written numbers."""

    gold: dict[Key, list[GoldClaim]]
    predicted: dict[Key, list[Claim]]

    @cached_property
    def common(self) -> list[Key]:
        """The triples of the gold that are predicted, in whatever polarity."""
        return [key for key in self.gold if key in self.predicted]

    @cached_property
    def right(self) -> frozenset[Key]:
        """Those of them whose polarity and modality pass as well."""
        return frozenset(k for k in self.common if _any(_found, self.predicted[k], self.gold[k]))


def score_document(graph: ClaimGraph, gold: Gold, ontology: Ontology) -> DocumentReport:
    """Score what *graph* has of one article; ``kg.evaluate`` says what counts."""
    things = [entity for entity in graph.entities if entity.trigger is None]
    matched = match_entities(things, gold.entities, ontology)
    ids = {things[p].iri: gold.entities[g].id for p, g in matched.items()}
    triples = _triples(graph, gold, ids, ontology)
    show = _shower(graph, gold)
    parts = (
        _score_entities(things, matched, gold, ontology),
        _score_resolution(things, gold),
        _score_claims(triples, ontology, show),
        _score_events([e for e in graph.entities if e.trigger is not None], gold, ids, show),
        _score_grounding(graph, gold),
    )
    findings = tuple(finding for _, found in parts for finding in found)
    measures = sum((m for m, _ in parts), Measures())
    return DocumentReport(gold.document, measures, findings, _break_down(triples))


Part = tuple[Measures, list[Finding]]
Show = Callable[[str], str]


def _shower(graph: ClaimGraph, gold: Gold) -> Show:
    labels = {entity.iri: entity.label for entity in graph.entities}
    labels |= {entity.id: entity.label for entity in gold.entities}
    return lambda name: labels.get(name, name)


def _score_entities(
    things: Sequence[Entity], matched: dict[int, int], gold: Gold, ontology: Ontology
) -> Part:
    pairs = [(things[p], gold.entities[g]) for p, g in sorted(matched.items())]
    scores = [class_score(entity.cls, wanted.cls, ontology) for entity, wanted in pairs]
    found = set(matched.values())
    missed = [w for g, w in enumerate(gold.entities) if g not in found]
    wrong = [e for p, e in enumerate(things) if p not in matched]
    findings = [_finding("missed entity", f"{w.label} ({w.cls})") for w in missed]
    findings += [_finding("wrong entity", f"{e.label} ({e.cls})") for e in wrong]
    findings += [
        _finding("wrong class", f"{wanted.label}: {entity.cls}, gold {wanted.cls}")
        for (entity, wanted), score in zip(pairs, scores, strict=True)
        if score < 1
    ]
    entities = Score(len(pairs), len(things), len(gold.entities))
    return Measures(entities=entities, classes=Share(sum(scores), len(scores))), findings


def _score_resolution(things: Sequence[Entity], gold: Gold) -> Part:
    """Whether each gold entity that is found is one of ours, and each of ours found one of gold."""
    ours: dict[int, list[int]] = defaultdict(list)
    theirs: dict[int, list[int]] = defaultdict(list)
    for g, p in shared_names(things, gold.entities):
        ours[g].append(p)
        theirs[p].append(g)
    split = {g: found for g, found in ours.items() if len(found) > 1}
    merged = {p: found for p, found in theirs.items() if len(found) > 1}
    measures = Measures(
        unsplit=Share(len(ours) - len(split), len(ours)),
        unmerged=Share(len(theirs) - len(merged), len(theirs)),
    )
    findings = [
        _finding("split entity", _several(gold.entities[g], [things[p] for p in found]))
        for g, found in split.items()
    ]
    findings += [
        _finding("merged entities", _several(things[p], [gold.entities[g] for g in found]))
        for p, found in merged.items()
    ]
    return measures, findings


def _several(one: Entity | GoldEntity, others: Sequence[Entity | GoldEntity]) -> str:
    return f"{one.label} is {' and '.join(other.label for other in others)}"


def _triples(graph: ClaimGraph, gold: Gold, ids: dict[str, str], ontology: Ontology) -> _Triples:
    wanted: dict[Key, list[GoldClaim]] = defaultdict(list)
    predicted: dict[Key, list[Claim]] = defaultdict(list)
    for row in gold.claims:
        wanted[_key(row.subject, row.predicate, row.object, ontology)].append(row)
    for claim in graph.claims:
        subject = ids.get(claim.subject, claim.subject)
        end = _object_key(claim, subject, gold, ids)
        predicted[_key(subject, claim.predicate, end, ontology)].append(claim)
    return _Triples(dict(wanted), dict(predicted))


def _object_key(claim: Claim, subject: str, gold: Gold, ids: dict[str, str]) -> str:
    if isinstance(claim.object, str):
        return ids.get(claim.object, claim.object)
    for row in gold.claims:
        same_ends = (row.subject, row.predicate) == (subject, claim.predicate)
        if row.literal and same_ends and same_measure(row.object, claim.object):
            return row.object
    quantity = claim.object.quantity
    return f"{quantity.value:g} {quantity.unit}".strip()


def _key(subject: str, predicate: str, end: str, ontology: Ontology) -> Key:
    relation = ontology.relations.get(predicate)
    if relation and relation.symmetric:
        subject, end = sorted((subject, end))
    return subject, predicate, end


def _score_claims(triples: _Triples, ontology: Ontology, show: Show) -> Part:
    common, right = triples.common, triples.right
    core = [key for key, rows in triples.gold.items() if any(row.core for row in rows)]
    agreeing = sum(_any(_agrees, triples.predicted[key], triples.gold[key]) for key in common)
    dated = [key for key in triples.gold if key in right and any(r.time for r in triples.gold[key])]
    timely = sum(_any(_same_time, triples.predicted[key], triples.gold[key]) for key in dated)
    pairs, relation = _score_pairs(triples, ontology)
    measures = Measures(
        claims=Score(len(right), len(triples.predicted), len(triples.gold)),
        core=Share(sum(key in right for key in core), len(core)),
        polarity=Share(agreeing, len(common)),
        times=Share(timely, len(dated)),
        pairs=pairs,
        relation=relation,
    )
    return measures, list(_claim_findings(triples, show))


def _break_down(triples: _Triples) -> Breakdown:
    right, predicted, gold = (
        Counter(relation for _, relation, _ in keys)
        for keys in (triples.right, triples.predicted, triples.gold)
    )
    said = dict.fromkeys((r.construction, key) for key, rows in triples.gold.items() for r in rows)
    of = Counter(construction for construction, _ in said if construction)
    found = Counter(construction for construction, key in said if key in triples.right)
    return Breakdown(
        {name: Score(right[name], predicted[name], gold[name]) for name in gold | predicted},
        {name: Share(found[name], of[name]) for name in of},
        _by_confidence(triples),
    )


def _by_confidence(triples: _Triples) -> dict[str, Share]:
    """How many of the triples are right, by the confidence of their best claim."""
    shares: dict[str, Share] = {}
    for key, claims in triples.predicted.items():
        least = min(9, int(10 * max(claim.confidence for claim in claims))) / 10
        name = f"{least:.1f}–{least + 0.1:.1f}"
        shares[name] = shares.get(name, Share()) + Share(key in triples.right, 1)
    return shares


def _any(
    test: Callable[[Claim, GoldClaim], bool], claims: list[Claim], rows: list[GoldClaim]
) -> bool:
    return any(test(claim, row) for claim, row in product(claims, rows))


def _found(claim: Claim, row: GoldClaim) -> bool:
    polarity = "denied" if row.negated else "asserted"
    return claim.polarity == polarity and not (row.planned and claim.modality == "actual")


def _agrees(claim: Claim, row: GoldClaim) -> bool:
    return _found(claim, row) and row.planned == (claim.modality != "actual")


def _same_time(claim: Claim, row: GoldClaim) -> bool:
    return row.time is not None and _found(claim, row) and _is_date(claim.time, row.time)


def _is_date(time: TimeSpan | None, gold: str) -> bool:
    return time is not None and (time.start or time.end or "").partition("T")[0] == gold


def _score_pairs(triples: _Triples, ontology: Ontology) -> tuple[Score, Share]:
    literal = {curie for curie, relation in ontology.relations.items() if relation.literal}

    def pairs(keys: Iterable[Key]) -> set[frozenset[str]]:
        return {frozenset((s, o)) for s, p, o in keys if p not in literal}

    gold, predicted = pairs(triples.gold), pairs(triples.predicted)
    related = pairs(triples.common)
    both = gold & predicted
    return Score(len(both), len(predicted), len(gold)), Share(len(related), len(both))


def _claim_findings(triples: _Triples, show: Show) -> Iterator[Finding]:
    for key, rows in triples.gold.items():
        if key not in triples.right:
            told = triples.predicted.get(key)
            note = f" — found as {_stance(told[0])}" if told else ""
            yield _finding(
                "missed claim", _sentence(key, _gold_marks(rows[0]), rows[0].quote, show) + note
            )
    for key, claims in triples.predicted.items():
        if key not in triples.right:
            quote = claims[0].evidence[0].quote if claims[0].evidence else ""
            marks = [] if claims[0].is_fact else [_stance(claims[0])]
            yield _finding("wrong claim", _sentence(key, marks, quote, show))


def _stance(claim: Claim) -> str:
    return f"{claim.polarity}, {claim.modality}"


def _gold_marks(row: GoldClaim) -> list[str]:
    flags = {"core": row.core, "negated": row.negated, "planned": row.planned}
    marks = [name for name, flag in flags.items() if flag]
    return [*marks, row.construction] if row.construction else marks


def _sentence(key: Key, marks: list[str], quote: str, show: Show) -> str:
    subject, predicate, end = key
    note = f" [{', '.join(marks)}]" if marks else ""
    return f"{show(subject)} {predicate} {show(end)}{note} 「{quote}」"


def _score_events(events: Sequence[Entity], gold: Gold, ids: dict[str, str], show: Show) -> Part:
    wanted = [event for event in gold.events if event.cls != OTHER]
    matched = match_events(events, wanted, ids)
    pairs = [(events[p], wanted[g]) for p, g in sorted(matched.items())]
    people = [(participants(event, ids), row.participants) for event, row in pairs]
    scores = (Score(len(own & theirs), len(own), len(theirs)) for own, theirs in people)
    dated = [(event, row.time) for event, row in pairs if row.time]
    measures = Measures(
        events=Score(len(pairs), len(events), len(wanted)),
        participants=sum(scores, Score()),
        event_times=Share(sum(_is_date(event.time, time) for event, time in dated), len(dated)),
        other_events=len(gold.events) - len(wanted),
    )
    found = set(matched.values())
    missed = [row for g, row in enumerate(wanted) if g not in found]
    findings = [_finding("missed event", _event_line(r.cls, r.trigger, r.quote)) for r in missed]
    for p, event in enumerate(events):
        if p not in matched:
            who = "、".join(show(participant.iri) for participant in event.participants)
            findings.append(_finding("wrong event", _event_line(event.cls, event.trigger, who)))
    return measures, findings


def _event_line(cls: str, trigger: str | None, context: str) -> str:
    return f"{cls} {trigger} 「{context}」"


def _score_grounding(graph: ClaimGraph, gold: Gold) -> Part:
    texts = {document.iri: gold.text or document.text for document in graph.documents}
    evidence = [e for claim in graph.claims for e in claim.evidence if texts.get(e.document, True)]
    loose = [e for e in evidence if not _is_grounded(e, texts)]
    findings = [
        _finding("ungrounded evidence", f"{e.span.start}–{e.span.end} 「{e.quote}」") for e in loose
    ]
    return Measures(grounding=Share(len(evidence) - len(loose), len(evidence))), findings


def _is_grounded(evidence: Evidence, texts: dict[str, str]) -> bool:
    text = texts.get(evidence.document, "")
    return bool(evidence.quote) and evidence.span.of(text) == evidence.quote


def _finding(kind: str, text: str) -> Finding:
    """Names come from strangers: a finding is one line of printable characters."""
    printable = "".join(char if char.isprintable() else " " for char in text)
    return Finding(kind, " ".join(printable.split()))
