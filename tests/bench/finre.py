"""Relations between given names on FinRE, or on DuIE: precision, recall and F1 by relation.

    python -m tests.bench.finre FILE [--set duie] [--half 0|1] [--misses]

FILE is ``finre-valid.tsv`` or ``finre-train.tsv``: lines of head, tail, label and sentence with tabs
between (https://github.com/thunlp/Chinese_NRE, MIT). The firms that the file names are given, so
that only the relations are measured; numbers, which the file masks, are all 5. With ``--set duie``
it is lines of JSON of DuIE 2.0, of authors, founders, offices and places; ``--half`` takes the texts
whose digest is even or odd, so that one half can be looked at and the other one only measured.

``kg/training/relations.tsv`` says which of our relations a label means. Only pairs that the file
has a label for are judged. Many labels come from what the annotators knew, not from the sentence:
recall is a lower bound. ``--misses`` lists what is missed and what is wrong.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.evaluate import Score
from kg.model import ClaimGraph, Entity
from kg.pipeline import Pipeline
from kg.script import simplify
from kg.training.given import GivenNames
from kg.training.relations import SETS, Meaning, Related, Triple
from tests.reading import document


def claimed(meaning: Meaning, sentence: Related, graph: ClaimGraph) -> set[Triple]:
    """The measured triples of *graph* between firms that the file has a label for."""
    names = {entity.iri: _named(sentence, entity) for entity in graph.entities}
    found = {
        meaning.normal(names[c.subject], c.predicate, names[c.object])
        for c in graph.claims
        if isinstance(c.object, str)
    }
    return {t for t in found if t[1] in meaning.measured and sentence.is_labelled(t[0], t[2])}


def _named(sentence: Related, entity: Entity) -> str:
    """The name that the file has for an entity: the one most often meant; empty if none."""
    surfaces = [simplify(mention.surface) for mention in entity.mentions]
    known = sorted(sentence.names & set(surfaces), key=lambda name: (-surfaces.count(name), name))
    return known[0] if known else ""


def build(sentences: Iterable[Related]) -> Iterator[tuple[Related, ClaimGraph]]:
    """The claim graph of each sentence, its firms given."""
    pipeline = Pipeline()
    pipeline.annotator.nlp.disable_pipe("kg_recogniser")
    plain = pipeline.annotator
    for sentence in sentences:
        pipeline.annotator = GivenNames(plain, sentence.classes)  # type: ignore[assignment]
        yield sentence, pipeline.resolve([pipeline.process(document(sentence.text))])


@dataclass
class Counts:
    """Right, claimed and meant triples by relation, and what disagrees."""

    scores: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    differences: list[str] = field(default_factory=list)

    def add(
        self, text: str, meant: set[Triple], allowed: set[Triple], claimed: set[Triple]
    ) -> None:
        """Count one sentence; what is only allowed is neither right nor wrong."""
        counted = claimed - (allowed - meant)
        for column, triples in enumerate((meant & claimed, counted, meant)):
            for _, relation, _ in triples:
                self.scores[relation][column] += 1
        for kind, triples in (("missed", meant - claimed), ("wrong", counted - meant)):
            self.differences += [f"{kind}\t{' '.join(t)}\t{text}" for t in sorted(triples)]

    def lines(self) -> Iterator[str]:
        """A line a relation, the most frequent first, and one for all."""
        yield f"{'relation':<14} {'P':>5} {'R':>5} {'F1':>5} {'right':>6} {'claimed':>8} {'meant':>6}"
        totals = [sum(column) for column in zip(*self.scores.values(), strict=True)]
        rows = sorted(self.scores.items(), key=lambda item: (-item[1][2], item[0]))
        for name, (right, claimed, meant) in [*rows, ("all", totals)]:
            score = Score(right, claimed, meant)
            parts = (score.precision, score.recall, score.f1)
            shown = " ".join(f"{part or 0.0:>5.2f}" for part in parts)
            yield f"{name:<14} {shown} {right:>6} {claimed:>8} {meant:>6}"


def measure(path: Path, name: str = "finre", half: int | None = None) -> Counts:
    """Read *path*, a file of the set *name*, and count; only one half of it, if that is given."""
    meaning, counts, read = Meaning(name), Counts(), SETS[name][1]
    for sentence, graph in build(s for s in read(path) if half in (None, half_of(s.text))):
        meant, allowed = (meaning.meant(sentence, kind) for kind in ("expected", "allowed"))
        counts.add(sentence.text, meant, allowed, claimed(meaning, sentence, graph))
    return counts


def half_of(text: str) -> int:
    """0 or 1: the last bit of the first byte of the text's SHA-256."""
    return hashlib.sha256(text.encode()).digest()[0] & 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "file", type=Path, help="finre-valid.tsv, finre-train.tsv, duie2-5000.jsonl"
    )
    parser.add_argument("--set", choices=SETS, default="finre", help="of which set the file is")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only this half of the texts")
    parser.add_argument("--misses", action="store_true", help="list what is missed and wrong")
    options = parser.parse_args()
    result = measure(options.file, options.set, options.half)
    print("\n".join(result.lines()))
    for difference in result.differences if options.misses else ():
        print(difference)
