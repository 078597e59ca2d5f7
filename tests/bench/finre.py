"""Relations of firms on FinRE: precision, recall and F1 by relation.

    python -m tests.bench.finre FILE [--misses]

FILE is ``finre-valid.tsv`` or ``finre-train.tsv``: lines of head, tail, label and sentence with tabs
between (https://github.com/thunlp/Chinese_NRE, MIT). The firms that the file names are given, so
that only the relations are measured; numbers, which the file masks, are all 5.

``finre.tsv`` says which of our relations a label means, from head to tail (from tail to head for
the labels that begin with 被): *expected*, *allowed* beside it but not asked for, or *converse*,
the expected one told from the other end. Labels that are not there mean none of ours. Only pairs
that the file has a label for are judged. Many labels come from what the annotators knew, not from
the sentence: recall is a lower bound. ``--misses`` lists what is missed and what is wrong.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.evaluate import Score
from kg.model import ClaimGraph, Entity
from kg.ontology import load_ontology
from kg.pipeline import Pipeline
from kg.script import simplify
from tests.reading import GivenNames, document

MAPPING = Path(__file__).with_name("finre.tsv")
MASK, NUMBER = "<N>", "5"
SELF, REVERSED = "自己", "被"

Triple = tuple[str, str, str]
Standings = dict[str, dict[str, list[str]]]


@dataclass(frozen=True)
class Sentence:
    """A sentence of the file and, for each pair of firms (head, tail), its labels."""

    text: str
    labels: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def names(self) -> set[str]:
        """The firms of all pairs."""
        return {name for pair in self.labels for name in pair}


def read_sentences(path: Path) -> list[Sentence]:
    """The sentences of *path* in order, each once; pairs of a firm with itself are left out."""
    found: dict[str, Sentence] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.count("\t") == 3:
            head, tail, label, text = line.replace(MASK, NUMBER).split("\t")
            sentence = found.setdefault(text, Sentence(text))
            if label != SELF and head != tail:
                sentence.labels[head, tail].add(label)
    return [sentence for sentence in found.values() if sentence.labels]


def read_standings(path: Path = MAPPING) -> Standings:
    """For each label its relations by standing."""
    standings: Standings = defaultdict(lambda: defaultdict(list))
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            standings[row["label"]][row["standing"]].append(row["relation"])
    return standings


class Judge:
    """Compares what is claimed of a sentence's firms with their labels."""

    def __init__(self, standings: Standings) -> None:
        self.standings = standings
        self.relations = load_ontology().relations
        self.converse = {
            converse: expected
            for by_standing in standings.values()
            for expected in by_standing["expected"]
            for converse in by_standing["converse"]
        }
        self.measured = {r for by in standings.values() for r in by["expected"]}

    def meant(self, sentence: Sentence, standing: str) -> set[Triple]:
        """The triples that the labels of *sentence* mean with this standing."""
        return {
            self.normal(head, relation, tail)
            for pair, labels in sentence.labels.items()
            for label in labels
            for head, tail in [pair[::-1] if label.startswith(REVERSED) else pair]
            for relation in self.standings[label.removeprefix(REVERSED)][standing]
        }

    def claimed(self, sentence: Sentence, graph: ClaimGraph) -> set[Triple]:
        """The measured triples of *graph* between firms that the file has a label for."""
        names = {entity.iri: _named(sentence, entity) for entity in graph.entities}
        pairs = {frozenset(pair) for pair in sentence.labels}
        found = {
            self.normal(names[c.subject], c.predicate.removeprefix("kg:"), names[c.object])
            for c in graph.claims
            if isinstance(c.object, str)
        }
        return {t for t in found if t[1] in self.measured and frozenset((t[0], t[2])) in pairs}

    def normal(self, head: str, relation: str, tail: str) -> Triple:
        """One form for what can be told from either end."""
        if relation in self.converse:
            return tail, self.converse[relation], head
        if self.relations[f"kg:{relation}"].symmetric and tail < head:
            return tail, relation, head
        return head, relation, tail


def _named(sentence: Sentence, entity: Entity) -> str:
    """The name that the file has for an entity: the one most often meant; empty if none."""
    surfaces = [simplify(mention.surface) for mention in entity.mentions]
    known = sorted(sentence.names & set(surfaces), key=lambda name: (-surfaces.count(name), name))
    return known[0] if known else ""


def build(sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, ClaimGraph]]:
    """The claim graph of each sentence, its firms given."""
    pipeline = Pipeline()
    pipeline.annotator.nlp.disable_pipe("kg_recogniser")
    plain = pipeline.annotator
    for sentence in sentences:
        names = dict.fromkeys(sentence.names, "kg:Company")
        pipeline.annotator = GivenNames(plain, names)  # type: ignore[assignment]
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


def measure(path: Path) -> Counts:
    """Read *path* and count."""
    judge, counts = Judge(read_standings()), Counts()
    for sentence, graph in build(read_sentences(path)):
        meant, allowed = (judge.meant(sentence, kind) for kind in ("expected", "allowed"))
        counts.add(sentence.text, meant, allowed, judge.claimed(sentence, graph))
    return counts


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="finre-valid.tsv or finre-train.tsv")
    parser.add_argument("--misses", action="store_true", help="list what is missed and wrong")
    options = parser.parse_args()
    result = measure(options.file)
    print("\n".join(result.lines()))
    for difference in result.differences if options.misses else ():
        print(difference)
