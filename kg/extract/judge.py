"""The judge: how far a candidate is to be trusted, learned from annotated text.

A logistic regression over the traits of a candidate (:mod:`kg.extract.traits`). Its weights stand
in ``judge.json``; ``kg train judge`` makes them. What speaks for a candidate makes the first
reason, each trait that speaks against it a further one, so that their factors still multiply to
the score.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kg.errors import CheckpointError
from kg.extract.proposals import PROPOSER
from kg.extract.traits import Odds, TraitReader, Traits, tell
from kg.model import AnnotatedDocument, Candidate, Reason
from kg.ontology import Ontology

PACKAGED = Path(__file__).with_name("judge.json")
#: Below this the rules themselves do not trust a reading; it is less than a claim needs.
LEAST_BY_RULE = 0.25
_TOLD, _LEAST_TOLD = 4, 0.05


@dataclass(frozen=True)
class Judge:
    """Weights by trait; what is calibrated apart for the rules' readings and for proposals.

    ``readings`` and ``proposals`` are slope and shift of the log-odds (Platt 1999); ``accepts`` is
    the confidence from which a proposed pair is a candidate.
    """

    weights: Mapping[str, float]
    readings: tuple[float, float] = (1.0, 0.0)
    proposals: tuple[float, float] = (1.0, 0.0)
    accepts: float = 0.0

    def judge(
        self,
        annotated: AnnotatedDocument,
        candidates: Iterable[Candidate],
        ontology: Ontology,
        odds: Odds | None = None,
    ) -> Iterator[Candidate]:
        """The candidates with the judge's score and reasons; proposals only where accepted.

        Events, and what the rules themselves hold for doubtful, stay as they are. *odds* are what
        the reader of pairs says of them.
        """
        reader = TraitReader(annotated, ontology, odds)
        for one in candidates:
            if not is_judged(one, ontology):
                yield one
                continue
            judged = self.reasoned(one, reader.read(one))
            if one.extractor != PROPOSER or judged.score >= self.accepts:
                yield judged

    def reasoned(self, candidate: Candidate, traits: Traits) -> Candidate:
        """*candidate* with the judge's reasons; its score is their product."""
        slope, shift = self.proposals if candidate.extractor == PROPOSER else self.readings
        parts = {t: slope * self.weights.get(t, 0.0) * value for t, value in traits.items()}
        parts["any reading"] = parts.get("any reading", 0.0) + shift
        reasons = tuple(_reasons(candidate, parts))
        score = math.prod(reason.factor for reason in reasons)
        return replace(candidate, score=round(score, 4), reasons=reasons)


def is_judged(candidate: Candidate, ontology: Ontology) -> bool:
    """Whether it is a relation that the rules do not doubt too much, or a proposed pair."""
    trusted = candidate.extractor == PROPOSER or candidate.score >= LEAST_BY_RULE
    return trusted and candidate.predicate in ontology.relations


def _reasons(candidate: Candidate, parts: Mapping[str, float]) -> Iterator[Reason]:
    """What speaks for it, then what speaks against it, the gravest first."""
    told = candidate.reasons[0].text if candidate.reasons else candidate.extractor
    speaking = sorted((t for t, part in parts.items() if part > 0), key=lambda t: -parts[t])
    against = sorted((t for t, part in parts.items() if part < 0), key=lambda t: parts[t])
    odds = sum(parts[trait] for trait in speaking)
    shown = [f"{t} +{parts[t]:.1f}" for t in speaking[:_TOLD] if parts[t] >= _LEAST_TOLD]
    yield Reason(f"{told} ({tell(shown)})" if shown else told, _share(odds))
    for trait in against[:_TOLD]:
        yield Reason(trait, _share(odds + parts[trait]) / _share(odds))
        odds += parts[trait]
    if rest := against[_TOLD:]:
        smaller = sum(parts[trait] for trait in rest)
        yield Reason(f"{len(rest)} smaller doubts", _share(odds + smaller) / _share(odds))


def _share(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


def read_judge(path: Path) -> Judge:
    """The judge in a file; CheckpointError if it is missing or malformed."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        weights = {str(trait): float(weight) for trait, weight in table["weights"].items()}
        lines = (_line(table["readings"]), _line(table["proposals"]))
        return Judge(weights, *lines, float(table["accepts"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CheckpointError(f"{path} holds no weights of a judge: {error!r}") from error


def _line(row: list[float]) -> tuple[float, float]:
    slope, shift = map(float, row)
    return slope, shift


@cache
def load_judge() -> Judge:
    """The packaged judge, loaded once a process."""
    return read_judge(PACKAGED)
