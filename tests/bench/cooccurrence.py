"""What one would take otherwise: jieba's names, and a pair for each two in one sentence.

    python -m tests.bench.cooccurrence GOLD.json…

Scored by the same ``kg.evaluate``. Such pairs have no relation, so only entities and pairs can
be compared; the claims are 0 by construction.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import rjieba

from kg.evaluate import Score, evaluate, load_gold
from kg.iri import document_iri, entity_iri
from kg.model import Claim, ClaimGraph, Document, Entity, EntityMention, Evidence, Span
from kg.script import match_key, simplify

CLASSES = {"nr": "kg:Person", "ns": "kg:Place", "nt": "kg:Organization", "nz": "kg:Product"}
_SENTENCE = re.compile(r"[^。！？；\n]+")


def names_of(text: str) -> Iterator[tuple[Span, str]]:
    """The names of *text* and their tags; the dictionary is Simplified, the offsets the text's."""
    simplified, at = simplify(text), 0
    for word, tag in rjieba.tag(simplified):
        start = simplified.index(word, at)
        at = start + len(word)
        if tag in CLASSES and len(word) > 1:
            yield Span(start, at), tag


def build(text: str) -> ClaimGraph:
    """Every name an entity, every two names of a sentence a claim without a relation."""
    document = Document(document_iri(text), text)
    mentions: dict[str, list[EntityMention]] = defaultdict(list)
    classes: dict[str, str] = {}
    for span, tag in names_of(text):
        key = match_key(span.of(text))
        mentions[key].append(EntityMention(document.iri, span, span.of(text)))
        classes.setdefault(key, CLASSES[tag])
    entities = tuple(
        Entity(entity_iri(key), classes[key], {"zh": found[0].surface}, mentions=tuple(found))
        for key, found in mentions.items()
    )
    return ClaimGraph((document,), entities, tuple(_pairs(document, entities)))


def _pairs(document: Document, entities: tuple[Entity, ...]) -> Iterator[Claim]:
    for found in _SENTENCE.finditer(document.text):
        sentence = Span(*found.span())
        inside = [e for e in entities if any(sentence.covers(m.span) for m in e.mentions)]
        evidence = Evidence(document.iri, sentence, found[0], "cooccurrence", 1.0)
        for left, right in combinations(inside, 2):
            key = f"{left.iri} {right.iri} {sentence.start}"
            yield Claim(key, left.iri, "kg:cooccursWith", right.iri, (evidence,))


def main(paths: list[str]) -> None:
    golds = [load_gold(Path(path)) for path in paths]
    report = evaluate([(build(gold.text or ""), gold) for gold in golds])
    rows = [("all", report.pooled), *((d.document, d.measures) for d in report.documents)]
    for name, found in rows:
        print(f"{name}: entities {_show(found.entities)}; pairs {_show(found.pairs)}")


def _show(score: Score) -> str:
    figures = (score.precision, score.recall, score.f1)
    return "P {:.2f} R {:.2f} F1 {:.2f}".format(*(figure or 0.0 for figure in figures))


if __name__ == "__main__":
    main(sys.argv[1:])
