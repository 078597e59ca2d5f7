"""Score claim graphs against articles that were annotated by reading (gold).

What counts, where the annotation guide leaves room:

- **Entities.** A predicted entity (labels, aliases and mention surfaces) matches a gold one if
  they share a name under :func:`kg.script.match_key` (spaces and letter case aside, Traditional =
  Simplified). Matching is one to one: pairs that share most names first, then those whose class
  fits better, then by order. An entity with a ``trigger`` is scored under events, never here.
  The class scores 1 if it is the gold class or below it, 0.5 if above, else 0.
- **Who is who.** ``unsplit``: the share of the gold entities found whose names are all one
  predicted entity's; ``unmerged``: the share of the predicted entities found that have names of
  one gold entity only.
- **Claims.** Compared as (subject, relation, object) after entity matching, in either direction
  for symmetric relations, each triple once however often it is said. An end that matches no gold
  entity makes a claim wrong. A negated gold claim is found only by a denied one, a plain one only
  by an asserted one of any modality, a planned one only by an asserted one that is planned,
  possible or reported. ``polarity`` is stricter and stands beside: the share of matched triples
  whose polarity *and* modality agree (a plain claim is asserted and actual).
- **By relation and construction.** The same triples by relation; and those of the gold by the
  ``construction`` of their sentence (verb, prep, nominal, …), where gold claims carry one. A triple
  that several constructions say counts once under each.
- **Quantities.** The gold object is ``NAME=VALUE UNIT``. The number must agree within 1 %, the
  units loosely (one contains the other, or one is empty), or the wording be the same; metric
  names and comparators are not compared.
- **Pairs.** Unordered pairs of entities that some claim joins, quantities aside; ``relation`` is
  the share of the pairs found for which a relation with its direction is right as well.
- **Events.** Matched one to one by type and trigger (equal, or one contains the other). Gold
  events of type ``Other`` cannot be predicted: they are left out and only counted.
  ``participants`` are scored within the matched events, without their roles.
- **Times.** The share of matched dated gold claims, and events, whose predicted start (end, where
  the start is open) is the gold date, time of day aside.
- **Grounding.** The share of evidence whose characters in the text are its quote. Expected: 1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kg.errors import InputError
from kg.evaluate.gold import Gold, GoldClaim, GoldEntity, GoldEvent, load_gold
from kg.evaluate.measures import Breakdown, Measures, Score, Share
from kg.evaluate.report import DocumentReport, Finding, Report
from kg.evaluate.score import score_document
from kg.model import ClaimGraph, Document
from kg.ontology import Ontology, load_ontology

__all__ = [
    "Breakdown",
    "DocumentReport",
    "Finding",
    "Gold",
    "GoldClaim",
    "GoldEntity",
    "GoldEvent",
    "Measures",
    "Report",
    "Score",
    "Share",
    "document_graph",
    "evaluate",
    "evaluate_folder",
    "find_document",
    "load_gold",
]


def evaluate(pairs: Sequence[tuple[ClaimGraph, Gold]], ontology: Ontology | None = None) -> Report:
    """Score each graph, built from one article alone, against that article's gold."""
    ontology = ontology or load_ontology()
    return Report(tuple(score_document(graph, gold, ontology) for graph, gold in pairs))


def evaluate_folder(
    build: ClaimGraph, golds: Sequence[Gold], ontology: Ontology | None = None
) -> Report:
    """Score a build of many articles, each gold against the part that its article says.

    The article of a gold is the document of equal text, else the one whose source has its name.
    Raises InputError for a gold whose article is not in the build.
    """
    pairs = [(document_graph(build, find_document(build, gold)), gold) for gold in golds]
    return evaluate(pairs, ontology)


def find_document(build: ClaimGraph, gold: Gold) -> Document:
    """The document of *gold* in *build*; InputError if there is none."""
    digest = hashlib.sha256((gold.text or "").encode()).hexdigest()
    stems = {gold.path.stem, Path(gold.document).stem}
    by_text = [d for d in build.documents if gold.text and d.digest == digest]
    by_name = [d for d in build.documents if d.source and Path(d.source).stem in stems]
    for document in by_text + by_name:
        return document
    raise InputError(f"no document of the build is {gold.document}: build it, then evaluate again")


def document_graph(build: ClaimGraph, document: Document) -> ClaimGraph:
    """What *document* alone says: its claims with only its evidence, and their entities."""
    claims = tuple(
        replace(claim, evidence=evidence)
        for claim in build.claims
        if (evidence := tuple(e for e in claim.evidence if e.document == document.iri))
    )
    named = {iri for claim in claims for iri in (claim.subject, claim.object, claim.event)}
    entities = tuple(
        entity
        for entity in build.entities
        if entity.iri in named or any(m.document == document.iri for m in entity.mentions)
    )
    return ClaimGraph((document,), entities, claims)
