"""Why a claim is there: its sentences, with the characters that stand for each of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from kg.errors import InputError
from kg.lookup import get_entity
from kg.model import Claim, ClaimGraph, Document, Evidence, Judgement, Measure, Span
from kg.ontology import Relation, load_ontology
from kg.script import match_key, simplify

Part = Literal["subject", "object", "trigger"]

_MENTION = re.compile(r"#(\d+)-(\d+)$")
_FRAME = " in the frame "


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a quote and what it stands for; ``span`` counts from the quote's beginning.

    ``reasons`` tell why a pronoun or a definite noun (該公司) is taken for the subject or object.
    """

    span: Span
    part: Part
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """One evidence; ``document`` is None if the graph does not have it, marks never overlap."""

    evidence: Evidence
    document: Document | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A claim with its passages, in the order of its evidence."""

    claim: Claim
    passages: tuple[Passage, ...]


def explain(graph: ClaimGraph, *words: str) -> tuple[Explanation, ...]:
    """What :func:`find_claims` finds, explained."""
    return tuple(explain_claim(graph, claim) for claim in find_claims(graph, *words))


def explain_claim(graph: ClaimGraph, claim: Claim) -> Explanation:
    """The passages of a claim of *graph*, with the subject, the trigger and the object marked.

    The trigger is where the claim's event has it, else where the word stands that the reasons
    name; a claim without either (a name within a name, a quantity) has none.
    """
    documents = {document.iri: document for document in graph.documents}
    marker = _Marker(graph, claim)
    return Explanation(
        claim,
        tuple(Passage(e, documents.get(e.document), marker.marks(e)) for e in claim.evidence),
    )


# --- Finding the claim -------------------------------------------------------------------------


def find_claims(graph: ClaimGraph, *words: str) -> tuple[Claim, ...]:
    """The claims with this (beginning of a) key, or with this subject, relation and object.

    The three may be one text, parted by spaces. Entities are named in any script, relations by
    CURIE or label, a quantity by its name or as written. Raises InputError if nothing fits,
    UnknownEntity for a name that no entity has.
    """
    if len(words) == 1:
        if found := claims_by_key(graph, words[0]):
            return found
        words = tuple(words[0].split())
    if len(words) == 3:
        return _by_triple(graph, *words)
    asked = " ".join(words)
    raise InputError(
        f"no claim has a key that begins with {asked!r}: take one that `kg show NAME` lists, "
        "or give SUBJECT RELATION OBJECT"
    )


def claims_by_key(graph: ClaimGraph, name: str) -> tuple[Claim, ...]:
    """The claims whose key, CURIE or IRI begins so: by at least six hexadecimal digits of it."""
    key = name.rpartition("/")[2].removeprefix("claim:").lower()
    return tuple(claim for claim in graph.claims if len(key) >= 6 and claim.key.startswith(key))


def _by_triple(graph: ClaimGraph, left: str, name: str, right: str) -> tuple[Claim, ...]:
    subject, relation = get_entity(graph, left).iri, _get_relation(name)
    told = [c for c in graph.claims if c.predicate == relation.curie]
    if relation.literal:
        found = [c for c in told if c.subject == subject and _is_named(c.object, right)]
    else:
        ends = (subject, get_entity(graph, right).iri)
        either = (ends, ends[::-1]) if relation.symmetric else (ends,)
        found = [c for c in told if (c.subject, c.object) in either]
    if not found:
        raise InputError(
            f"no claim says {left} {relation.curie} {right}: `kg show {left}` lists what is said"
        )
    return tuple(found)


def _get_relation(name: str) -> Relation:
    relations = load_ontology().relations
    known = {
        match_key(word): relation
        for relation in relations.values()
        for word in (relation.curie, relation.curie.removeprefix("kg:"), *relation.labels.values())
    }
    if found := known.get(match_key(name)):
        return found
    nearest = get_close_matches(match_key(name), known, n=1, cutoff=0)
    raise InputError(
        f"there is no relation {name!r}; the nearest is {known[nearest[0]].curie!r}: "
        "`kg ontology --only relations` lists them"
    )


def _is_named(measure: str | Measure, name: str) -> bool:
    if isinstance(measure, str):
        return False
    return match_key(name) in map(match_key, (measure.name, measure.quantity.raw))


# --- Marking the parts -------------------------------------------------------------------------


class _Marker:
    """Finds the parts of one claim in its quotes."""

    def __init__(self, graph: ClaimGraph, claim: Claim) -> None:
        self.claim = claim
        self.judgements = [j for j in graph.judgements if j.verdict == "same"]
        self.mentions = {
            iri: [(m.document, m.span) for m in entity.mentions]
            for iri, entity in graph.entity_by_iri().items()
            if iri in (claim.subject, claim.object, claim.event)
        }

    def marks(self, evidence: Evidence) -> tuple[Mark, ...]:
        """The marks in a quote, in order; of two at one place the longer argument stays."""
        kept: list[Mark] = []
        for mark in sorted(self._arguments(evidence), key=lambda m: (-_length(m.span), m.span)):
            if _is_free(mark, kept):
                kept.append(mark)
        kept += [mark for mark in self._triggers(evidence) if _is_free(mark, kept)][:1]
        return tuple(sorted(kept, key=lambda mark: mark.span))

    def _arguments(self, evidence: Evidence) -> Iterator[Mark]:
        yield from self._named("subject", self.claim.subject, evidence)
        if isinstance(self.claim.object, str):
            yield from self._named("object", self.claim.object, evidence)
        else:
            for span in _places(self.claim.object.quantity.raw, evidence.quote):
                yield Mark(span, "object")

    def _named(self, part: Part, iri: str, evidence: Evidence) -> Iterator[Mark]:
        places = self.mentions.get(iri, ())
        for document, span in places:
            if document == evidence.document and evidence.span.covers(span):
                yield Mark(_within(span, evidence), part)
        ids = {f"{document}#{span.start}-{span.end}" for document, span in places}
        for judgement in self.judgements:
            stand_in = _anaphor(judgement, ids, evidence.document)
            if stand_in and evidence.span.covers(stand_in):
                yield Mark(_within(stand_in, evidence), part, judgement.reasons)

    def _triggers(self, evidence: Evidence) -> Iterator[Mark]:
        for document, span in self.mentions.get(self.claim.event or "", ()):
            if document == evidence.document and evidence.span.covers(span):
                yield Mark(_within(span, evidence), "trigger")
        for reason in self.claim.reasons:
            word, frame, _ = reason.text.partition(_FRAME)
            if frame:
                for span in _places(word, evidence.quote):
                    yield Mark(span, "trigger")


def _is_free(mark: Mark, others: Iterable[Mark]) -> bool:
    return not any(mark.span.overlaps(other.span) for other in others)


def _anaphor(judgement: Judgement, ids: set[str], document: str) -> Span | None:
    """The place of another mention that a judgement takes for one of *ids*."""
    ends = (judgement.left, judgement.right)
    other = next((end for end in ends if end not in ids), None)
    found = _MENTION.search(other or "")
    if other is None or found is None or not ids.intersection(ends):
        return None
    return Span(int(found[1]), int(found[2])) if other.startswith(document + "#") else None


def _places(word: str, quote: str) -> Iterator[Span]:
    """Where a word stands in a quote, in either script."""
    wanted = simplify(word)
    if wanted:
        for found in re.finditer(re.escape(wanted), simplify(quote)):
            yield Span(*found.span())


def _within(span: Span, evidence: Evidence) -> Span:
    start = evidence.span.start
    return Span(span.start - start, span.end - start)


def _length(span: Span) -> int:
    return span.end - span.start
