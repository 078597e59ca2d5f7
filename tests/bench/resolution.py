"""Resolution across documents on the labelled names of ``tests/pairs``.

    python -m tests.bench.resolution ARCHIVE [--keep FILE] [--fit]

ARCHIVE is a JSONL file (.gz too) with the articles of the labels, ``news-hant.jsonl.gz``; the other
articles in it are passed over. Those of the labels are read (a third of a CPU second each) and
judged together; ``--keep`` stores their profiles for the next time. Printed are precision and
recall of pairs and B³, for ours and for the baseline "equal names are one".

``--fit`` fits the weights anew on the part for tuning: a logistic regression of the pairs that are
compared, with a normal prior on each weight but the bias. Save what it prints as
``kg/resolve/weights.json``.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from kg.model import Document
from kg.pipeline import Pipeline
from kg.readers import iter_documents
from kg.resolve.across import judge
from kg.resolve.blocks import Surroundings, blocks
from kg.resolve.compare import are_of_one_kind
from kg.resolve.profiles import Profile, profiles_of
from tests.pairs.form import PARTS, SAMPLES, Block, Place, load_blocks, score

PRIOR = 0.3  # the precision of the prior: one over its variance
AGAINST = frozenset((
    "a name that many have", "a short name of a person", "another name",
    "names of several things", "nothing in common", "offices at other bodies", "other class",
    "other places",
))  # fmt: skip
FOR = frozenset((
    "a shared neighbour", "alike words before the name", "an office at the same body", "in one week",
    "likeness of names", "one is called like the other", "share of the setting", "shared company",
    "the same names near", "the same office", "the same places",
))  # fmt: skip


def read_profiles(archive: Path, documents: set[str]) -> list[Profile]:
    """The profiles of the articles with these IRIs."""
    pipeline = Pipeline()
    found = iter_documents([str(archive)], published=None, title=None, url=None, stdin=None)
    wanted = (one for one in found if isinstance(one, Document) and one.iri in documents)
    return [profile for one in wanted for profile in profiles_of(pipeline.read(one))]


def ours(profiles: Sequence[Profile]) -> dict[Place, str]:
    moves = judge(profiles).moves
    return {(p.document, p.iri): moves.get((p.document, p.iri), p.iri) for p in profiles}


def baseline(profiles: Sequence[Profile]) -> dict[Place, str]:
    """Equal names are one, whatever their script; so are the names of a known entity."""
    return {(p.document, p.iri): p.iri if p.known else p.key for p in profiles}


def fit(profiles: Sequence[Profile], labels: Iterable[Block]) -> dict[str, float]:
    """The weight of each feature, by the pairs of *labels* whose kinds can be one."""
    rows, answers = [], []
    by_place = {(p.document, p.iri): p for p in profiles}
    around = {p.id: s for b in blocks(profiles) for s in [Surroundings(b)] for p in b}
    for block in labels:
        pairs = [(by_place.get(a), by_place.get(b), one) for a, b, one in block.pairs()]
        for left, right, one in pairs:
            if left and right and left.id in around and are_of_one_kind(left.cls, right.cls):
                seen = around[left.id]
                rows.append((seen.features(left, right), 1 / len(pairs) ** 0.5))
                answers.append(one)
    return _regress(rows, np.array(answers, float))


def _regress(
    rows: Sequence[tuple[Mapping[str, float], float]], answers: np.ndarray
) -> dict[str, float]:
    """Newton's method; a pair of a large block counts for less.

    What cannot speak for sameness by its nature (:data:`AGAINST`), or not against it (:data:`FOR`),
    but seems to in these pairs, is left out.
    """
    names = sorted({name for found, _ in rows for name in found})
    while True:
        weights = _newton(names, rows, answers)
        wrong = [
            n for n in names if (n in AGAINST and weights[n] > 0) or (n in FOR and weights[n] < 0)
        ]
        if not wrong:
            return {name: round(weight, 2) for name, weight in weights.items()}
        names = [name for name in names if name not in wrong]


def _newton(
    names: Sequence[str], rows: Sequence[tuple[Mapping[str, float], float]], answers: np.ndarray
) -> dict[str, float]:
    x = np.array([[found.get(name, 0.0) for name in names] for found, _ in rows])
    counts = np.array([weight for _, weight in rows])
    prior = np.diag([0.01 if name == "bias" else PRIOR for name in names])
    weights = np.zeros(len(names))
    for _ in range(50):
        said = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (counts * (answers - said)) - prior @ weights
        curve = (x.T * (counts * said * (1 - said))) @ x + prior
        weights += np.linalg.solve(curve, slope)
    return dict(zip(names, map(float, weights), strict=True))


def report(profiles: Sequence[Profile], labels: Sequence[Block]) -> None:
    for part in PARTS:
        for sample in (*SAMPLES, "all"):
            kept = [b for b in labels if b.part == part and sample in (b.sample, "all")]
            for name, found in (("ours", ours(profiles)), ("equal names", baseline(profiles))):
                print(f"{part:9}{sample:10}{name:12}{score(kept, found).row()}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("archive", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--fit", action="store_true")
    args = parser.parse_args()
    labels = load_blocks()
    if args.keep and args.keep.exists():
        profiles = pickle.loads(args.keep.read_bytes())
    else:
        profiles = read_profiles(args.archive, {d for b in labels for d, _ in b.places})
        if args.keep:
            args.keep.write_bytes(pickle.dumps(profiles))
    if args.fit:
        found = fit(profiles, [b for b in labels if b.part == "tune"])
        print(json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True))
    else:
        report(profiles, labels)


if __name__ == "__main__":
    main()
