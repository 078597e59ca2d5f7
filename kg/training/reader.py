"""Trains the reader of pairs on the states of the packaged encoder, and adds these to its graph.

The states of the layers that know most of who does what are brought down to a few numbers a
character (principal components); on these a small network learns. Networks that have not seen a
part of the articles tell of that part how far the reader can be trusted.
"""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from kg.annotation.annotator import Annotator
from kg.annotation.recogniser import Recogniser
from kg.annotation.recogniser.checkpoint import DESCRIPTION as CHECKPOINT
from kg.annotation.recogniser.checkpoint import GRAPH, PACKAGED, load_checkpoint
from kg.errors import InputError
from kg.extract.passages import PassageMaker
from kg.extract.reader import DESCRIPTION, WEIGHTS
from kg.files import replace_file, replacing
from kg.lexicon import load_lexicon
from kg.ontology import load_ontology
from kg.training.calibrate import Bin, reliability
from kg.training.cases import Progress
from kg.training.export import add_states, write_checksum
from kg.training.pair_network import Batch, TrainedPairs, make_batch
from kg.training.pairs import RIGHT, UNKNOWN, Example, ExampleReader
from kg.training.platt import share, turns

LAYERS = (6, 8)
#: The log-odds by networks that have not learned from the article.
TURNS = "turns.jsonl"
_KEPT = 128  # principal components of the states
_WIDTH, _HEADS, _INNER, _DROPOUT = 64, 4, 128, 0.45
_FINRE = 600  # sentences
_EPOCHS, _BATCH, _RATE, _DECAY, _WARM = 8, 16, 2.5e-3, 0.05, 30
_TURNS = 3
#: The classes that the network tells apart, the most special first.
CLASSES = (
    "kg:Person", "kg:Company", "kg:GovernmentOrganization", "kg:IntergovernmentalOrganization",
    "kg:EducationalOrganization", "kg:MediaOrganization", "kg:Organization", "kg:Country",
    "kg:City", "kg:Place", "kg:Product", "kg:CreativeWork", "kg:Event",
)  # fmt: skip

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ReaderFigures:
    """What was learned from, and how often pairs were right by the share that the network gives.

    All pairs are of articles not learned from; those that the rules have too are apart.
    """

    examples: dict[str, int]
    told: tuple[Bin, ...]
    others: tuple[Bin, ...]


def train_reader(
    data: Path, golds: Sequence[Path], out: Path, seed: int = 1, progress: Progress | None = None
) -> ReaderFigures:
    """Write ``reader.npz``, ``reader.json`` and a checkpoint with states to *out*.

    ``turns.jsonl`` there has the log-odds by networks that have not learned from the article, for
    the judge to learn from. Equal input gives equal bytes.
    """
    torch.set_num_threads(1)
    told = progress or (lambda *_: None)
    out.mkdir(parents=True, exist_ok=True)
    maker = PassageMaker(_relations(), CLASSES, load_ontology(), load_lexicon())
    articles, others = _read(maker, data, golds, seed, told)
    projection = components([example.passage.states for example in articles])
    articles, others = (_projected(part, projection) for part in (articles, others))
    odds = _by_turns(articles, others, len(maker.relations), seed, told)
    network = fit([*articles, *others], seed, len(maker.relations))
    _write(out, network, maker.relations)
    _write_turns(out / TURNS, articles, odds, maker.relations)
    _write_checkpoint(out / "checkpoint", projection)
    figures = ReaderFigures(
        {"of articles": len(articles), "of finre": len(others)},
        *(reliability(_judged(articles, odds, told=told_too)) for told_too in (True, False)),
    )
    replace_file(out / "reader-figures.json", json.dumps(asdict(figures), indent=1) + "\n")
    return figures


def _relations() -> tuple[str, ...]:
    """The relations whose both ends are things that can be named."""
    relations = load_ontology().relations.values()
    return tuple(sorted(relation.curie for relation in relations if not relation.literal))


def _read(
    maker: PassageMaker, data: Path, golds: Sequence[Path], seed: int, told: Progress
) -> tuple[list[Example], list[Example]]:
    """The examples of articles, and those of FinRE, with the encoder's states as they are."""
    with tempfile.TemporaryDirectory() as scratch:
        add_states(PACKAGED / GRAPH, Path(scratch) / GRAPH, LAYERS)
        shutil.copy(PACKAGED / CHECKPOINT, Path(scratch) / CHECKPOINT)
        write_checksum(Path(scratch))
        reader = ExampleReader(maker, Recogniser(load_checkpoint(Path(scratch))))
    annotator = Annotator()
    articles: list[Example] = []
    for number, path in enumerate(golds):
        told("articles", number, len(golds), 0.0)
        articles += reader.from_gold(path, annotator)
    articles += reader.from_labels(data, annotator, told)
    annotator.nlp.disable_pipe("kg_recogniser")
    others = list(reader.from_finre(data, annotator, _FINRE, seed, told))
    return [e for e in articles if e.tells], [e for e in others if e.tells]


def components(states: Sequence[Matrix]) -> tuple[Matrix, Matrix]:
    """Matrix and shift that bring states to their principal components, the large ones damped."""
    rows = np.concatenate(states).astype(np.float64)
    mean, spread = rows.mean(0), rows.std(0) + 1e-6
    scaled = (rows - mean) / spread
    sizes, ways = np.linalg.eigh(scaled.T @ scaled / len(scaled))
    kept = slice(-1, -_KEPT - 1, -1)
    ways = ways[:, kept] * np.sign(ways[:, kept].sum(0)) / np.maximum(sizes[kept], 1e-6) ** 0.25
    matrix = ways / spread[:, None]
    return matrix.astype(np.float32), (-mean @ matrix).astype(np.float32)


def _projected(examples: Sequence[Example], projection: tuple[Matrix, Matrix]) -> list[Example]:
    """The same with few numbers a character, as the shipped graph will tell them."""
    matrix, shift = projection
    return [
        replace(
            example,
            passage=replace(
                example.passage,
                states=(example.passage.states @ matrix + shift)
                .astype(np.float16)
                .astype(np.float32),
            ),
        )
        for example in examples
    ]


def fit(examples: Sequence[Example], seed: int, relations: int) -> TrainedPairs:
    """A network that has learned from *examples*; equal *seed*, equal network."""
    torch.manual_seed(seed)
    drawn = random.Random(seed)
    width = examples[0].passage.states.shape[1]
    network = TrainedPairs(width, relations, len(CLASSES), _WIDTH, _HEADS, _INNER, _DROPOUT)
    batches = _batches(examples)
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    steps = _EPOCHS * len(batches)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / _WARM) * max(0.02, 1 - step / steps)
    )
    for _ in range(_EPOCHS):
        drawn.shuffle(batches)
        for batch in batches:
            optimiser.zero_grad()
            _loss(network(batch), batch).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            pace.step()
    return network.eval()


def _batches(examples: Sequence[Example]) -> list[Batch]:
    """Batches of sentences of like size."""
    ordered = sorted(examples, key=lambda e: (len(e.passage.pairs) > 12, len(e.passage.states)))
    return [make_batch(ordered[at : at + _BATCH]) for at in range(0, len(ordered), _BATCH)]


def _loss(odds: Tensor, batch: Batch) -> Tensor:
    wanted = (batch.wanted == RIGHT).float()
    losses = binary_cross_entropy_with_logits(odds, wanted, reduction="none")
    return (losses * batch.known).sum() / _BATCH


def _by_turns(
    articles: Sequence[Example], others: Sequence[Example], relations: int, seed: int,
    told: Progress,
) -> list[Matrix]:  # fmt: skip
    """The log-odds of each example by a network that has not learned from its article."""
    turn_of = turns([example.document for example in articles], seed, _TURNS)
    odds: dict[int, Matrix] = {}
    for turn in range(_TURNS):
        told("reader", turn, _TURNS + 1, 0.0)
        taught = [e for e, own in zip(articles, turn_of, strict=True) if own != turn]
        network = fit([*taught, *others], seed, relations)
        for at, example in enumerate(articles):
            if turn_of[at] == turn:
                odds[at] = _odds(network, example)
    told("reader", _TURNS, _TURNS + 1, 0.0)
    return [odds[at] for at in range(len(articles))]


@torch.no_grad()
def _odds(network: TrainedPairs, example: Example) -> Matrix:
    odds: Matrix = network(make_batch([example]))[0].numpy()
    return odds


def _judged(
    examples: Sequence[Example], odds: Sequence[Matrix], *, told: bool
) -> Iterator[tuple[float, bool]]:
    """Share and verdict of all that is known, of what the rules have too or of all else."""
    for example, rows in zip(examples, odds, strict=True):
        asked = (example.wanted != UNKNOWN) & (example.told == told)
        for row, verdict in zip(rows[asked], example.wanted[asked], strict=True):
            yield share(float(row)), bool(verdict == RIGHT)


def _write_turns(
    path: Path, examples: Sequence[Example], odds: Sequence[Matrix], relations: Sequence[str]
) -> None:
    """A line a passage: its document, and subject, relation, object and log-odds of each pair."""
    with replacing(path) as waiting, waiting.open("w", encoding="utf-8") as file:
        for example, rows in zip(examples, odds, strict=True):
            passage = example.passage
            read = [
                [subject, relations[at], end, round(float(row[at]), 3)]
                for (subject, end), row, fits in zip(passage.ids, rows, passage.fits, strict=True)
                for at in np.flatnonzero(fits).tolist()
            ]
            line = {"document": example.document, "pairs": read}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def read_turns(path: Path) -> dict[str, dict[tuple[str, str, str], float]]:
    """What ``turns.jsonl`` has of each document; InputError if it cannot be read."""
    odds: dict[str, dict[tuple[str, str, str], float]] = defaultdict(dict)
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            odds[row["document"]] |= {(s, p, o): value for s, p, o, value in row["pairs"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} holds no odds of a reader by turns: {error!r}") from error
    return odds


def _write(out: Path, network: TrainedPairs, relations: Sequence[str]) -> None:
    weights = {
        name: tensor.numpy().astype(np.float16) for name, tensor in network.state_dict().items()
    }
    with replacing(out / WEIGHTS) as waiting, waiting.open("wb") as file:
        np.savez(file, **weights)
    description = {"relations": list(relations), "classes": list(CLASSES)}
    replace_file(out / DESCRIPTION, json.dumps(description, indent=1) + "\n")


def _write_checkpoint(folder: Path, projection: tuple[Matrix, Matrix]) -> None:
    """The packaged checkpoint whose graph tells the states too."""
    folder.mkdir(parents=True, exist_ok=True)
    add_states(PACKAGED / GRAPH, folder / GRAPH, LAYERS, projection)
    shutil.copy(PACKAGED / CHECKPOINT, folder / CHECKPOINT)
    write_checksum(folder)
