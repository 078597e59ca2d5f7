"""Trains the judge of candidates: a logistic regression over their traits.

Articles annotated by reading teach it what holds in the news that the package is for; public sets
of related names, which count less, what holds for the words of their relations. Its confidence is
measured and calibrated (Platt 1999) on articles that it has not learned from, by turns.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import softplus

from kg.annotation.annotator import Annotator
from kg.extract.judge import Judge
from kg.files import replace_file
from kg.training.calibrate import Bin, reliability
from kg.training.cases import Case, CaseReader, Progress
from kg.training.platt import platt, share
from kg.training.platt import turns as draw_turns
from kg.training.reader import read_turns
from kg.training.relations import SETS

_FEWEST = 4  # cases that show a trait, else it is not learned
_PUBLIC = 0.1  # what a case of a public set counts, against one of an article
_SPREAD = 0.03  # variance of the weights expected before anything is seen
_STEPS = 80
_TURNS = 5
_LEAST_WEIGHT = 0.01
_PRECISION = 0.65  # what is accepted of the proposals shall be right so often


@dataclass(frozen=True, slots=True)
class JudgeFigures:
    """What was learned from, and how the confidence held on articles not learned from."""

    cases: dict[str, int]
    readings: tuple[Bin, ...]
    proposals: tuple[Bin, ...]
    accepts: float


def train_judge(
    data: Path,
    golds: Sequence[Path],
    out: Path,
    seed: int = 1,
    progress: Progress | None = None,
    turns: Path | None = None,
) -> JudgeFigures:
    """Write ``judge.json`` and ``figures.json`` to *out*; equal input gives equal bytes.

    *turns* is ``turns.jsonl`` of the run that made the reader of pairs.
    """
    torch.set_num_threads(1)
    told = progress or (lambda *_: None)
    reader, annotator = CaseReader(read_turns(turns) if turns else None), Annotator()
    articles: list[Case] = []
    for number, path in enumerate(golds):
        told("articles", number, len(golds), 0.0)
        articles += reader.from_gold(path, annotator)
    articles += reader.from_labels(data, annotator, told)
    articles += reader.from_verdicts(data, annotator, told)
    annotator.nlp.disable_pipe("kg_recogniser")
    public = {name: list(reader.from_set(name, data, annotator, told)) for name in SETS}
    others = [case for cases in public.values() for case in cases]
    judge, judged = learn(articles, others, seed, told)
    figures = JudgeFigures(
        {"articles": len(articles), **{name: len(cases) for name, cases in public.items()}},
        reliability(
            [pair for pair, case in zip(judged, articles, strict=True) if not case.proposed]
        ),
        reliability([pair for pair, case in zip(judged, articles, strict=True) if case.proposed]),
        judge.accepts,
    )
    out.mkdir(parents=True, exist_ok=True)
    replace_file(out / "judge.json", _dumped(judge))
    replace_file(out / "figures.json", json.dumps(asdict(figures), indent=1) + "\n")
    return figures


def learn(
    articles: Sequence[Case], others: Sequence[Case], seed: int, told: Progress
) -> tuple[Judge, list[tuple[float, bool]]]:
    """The judge, and each article's case with the confidence it has when not learned from."""
    cases = [*articles, *others]
    names = _vocabulary(cases)
    matrix = _matrix(cases, names)
    right = torch.tensor([float(case.right) for case in cases])
    counts = torch.tensor([1.0] * len(articles) + [_PUBLIC] * len(others))
    turn_of = draw_turns([case.document for case in articles], seed, _TURNS)
    odds = [0.0] * len(articles)
    for turn in range(_TURNS):
        told("judge", turn, _TURNS + 1, 0.0)
        held = [at for at in range(len(articles)) if turn_of[at] == turn]
        taught = counts.clone()
        taught[held] = 0.0
        scores = matrix.times(_fit(matrix, right, taught))
        for at in held:
            odds[at] = float(scores[at])
    told("judge", _TURNS, _TURNS + 1, 0.0)
    weights = _fit(matrix, right, counts)
    lines = {}
    for kind in (False, True):
        own = [at for at, case in enumerate(articles) if case.proposed is kind]
        lines[kind] = platt([odds[at] for at in own], [articles[at].right for at in own])
    judged = [
        (share(lines[case.proposed][0] * one + lines[case.proposed][1]), case.right)
        for one, case in zip(odds, articles, strict=True)
    ]
    kept = {
        name: round(float(weights[at]), 3)
        for at, name in enumerate(names)
        if abs(weights[at]) >= _LEAST_WEIGHT
    }
    proposals = [
        pair for pair, case in zip(judged, articles, strict=True) if case.proposed and case.whole
    ]
    return Judge(kept, lines[False], lines[True], threshold(proposals)), judged


def threshold(judged: Sequence[tuple[float, bool]], precision: float = _PRECISION) -> float:
    """The least confidence from which so many are right; 1 if there is none."""
    ranked = sorted(judged, reverse=True)
    right, least = 0, 1.0
    for number, (score, is_right) in enumerate(ranked, start=1):
        right += is_right
        if (right + precision) / (number + 1) >= precision:
            least = score
    return round(least, 3)


def _vocabulary(cases: Sequence[Case]) -> list[str]:
    seen = Counter(trait for case in cases for trait in case.traits)
    return sorted(trait for trait, count in seen.items() if count >= _FEWEST)


@dataclass(frozen=True, slots=True)
class _Matrix:
    """Cases × traits: the places that are not 0, and their values."""

    rows: Tensor
    columns: Tensor
    values: Tensor
    shape: tuple[int, int]

    def times(self, weights: Tensor) -> Tensor:
        """One sum a case."""
        parts = self.values * weights[self.columns]
        return torch.zeros(self.shape[0]).index_add_(0, self.rows, parts)

    def turned_times(self, slopes: Tensor) -> Tensor:
        """One sum a trait."""
        parts = self.values * slopes[self.rows]
        return torch.zeros(self.shape[1]).index_add_(0, self.columns, parts)


def _matrix(cases: Sequence[Case], names: Sequence[str]) -> _Matrix:
    column = {name: at for at, name in enumerate(names)}
    places = [
        (row, column[trait], value)
        for row, case in enumerate(cases)
        for trait, value in case.traits.items()
        if trait in column
    ]
    rows, columns, values = zip(*places, strict=True)
    shape = (len(cases), len(names))
    return _Matrix(torch.tensor(rows), torch.tensor(columns), torch.tensor(values), shape)


def _fit(matrix: _Matrix, right: Tensor, counts: Tensor) -> Tensor:
    """The weights of greatest likelihood under a normal prior."""
    weights = torch.zeros(matrix.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=_STEPS, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        with torch.no_grad():
            scores = matrix.times(weights)
            losses = softplus(scores) - right * scores
            loss = (counts * losses).sum() + weights.square().sum() / (2 * _SPREAD)
            slopes = counts * (torch.sigmoid(scores) - right)
            weights.grad = matrix.turned_times(slopes) + weights / _SPREAD
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return weights.detach()


def _dumped(judge: Judge) -> str:
    """One weight a line, so that two versions can be compared."""
    weights = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}: {weight}"
        for name, weight in sorted(judge.weights.items())
    )
    head = {"accepts": judge.accepts, "readings": judge.readings, "proposals": judge.proposals}
    return f'{json.dumps(head)[:-1]}, "weights": {{\n{weights}\n}}}}\n'
