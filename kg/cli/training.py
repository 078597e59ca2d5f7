"""``kg train``: the weights in the package, made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from kg.cli.checking import ManyGold
from kg.cli.output import note, show_stages, show_table
from kg.errors import MissingExtra

_PACKAGED = "packaged"
_gold: Callable[[Any], Any] = click.option(
    "--gold",
    metavar="FILE...",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="Articles annotated by reading (.json), each with its article beside it (.txt).",
)


@contextmanager
def _needing_extra() -> Iterator[None]:
    """Around imports: what is missing is told with how to get it."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"training needs {error.name}: pip install 'claimgraph[train]'"
        ) from error


@click.group(no_args_is_help=False)
def train() -> None:
    """Train what the package ships trained (needs the extra: pip install 'claimgraph[train]').

    \b
    Examples:
      kg train recogniser --data data/ --out run/
      kg train judge --data data/ --gold gold/*.json --out run/
      kg train reader --data data/ --gold gold/*.json --out run/
    """


@train.command()
@click.option(
    "--data",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder with the public training sets; recogniser.toml says which and where from.",
)
@click.option(
    "--out",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder for the run; one that is there already is gone on with.",
)
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Another configuration than the packaged kg/training/recogniser.toml.",
)
@click.option(
    "--from",
    "start",
    metavar="[DIR]",
    is_flag=False,
    flag_value=_PACKAGED,
    type=click.Path(path_type=Path),
    help="Go on from the weights of a checkpoint; without DIR from the packaged ones.",
)
def recogniser(data: Path, out: Path, config: Path | None, start: Path | None) -> int:
    """Train the recogniser of names: about four hours on two cores, minutes on a GPU.

    A run that was stopped goes on where it was. At its end DIR/checkpoint holds the files of
    kg/annotation/recogniser/checkpoint/, DIR/figures.json their scores on held-out sentences.

    With labels of your own, name them in a copy of recogniser.toml and go on from the weights in
    the package: minutes instead of hours. Keep some of the other sets, or they are forgotten.

    \b
    Examples:
      kg train recogniser --data data/ --out run/
      kg train recogniser --data data/ --out run/ --config mine.toml --from
    """
    with _needing_extra():
        from kg.annotation.recogniser.checkpoint import PACKAGED
        from kg.training.config import DEFAULT, read_config
        from kg.training.recogniser import train_recogniser
    with show_stages() as progress:
        begin = PACKAGED if start == Path(_PACKAGED) else start
        figures = train_recogniser(data, out, read_config(config or DEFAULT), progress, begin)
    rows = (
        (name, label or "all", *map(_figure, (s.precision, s.recall, s.f1)), s.gold)
        for name, scores in figures.scores.items()
        for label, s in scores.items()
    )
    show_table(("set", "label", "precision", "recall", "F1", "names"), rows)
    bins = (
        (scheme, f"{one.least:.1f}", one.names, one.right)
        for scheme, rows in figures.reliability.items()
        for one in rows
    )
    show_table(("labels", "confidence from", "names", "right"), bins)
    note(f"the checkpoint is in {out / 'checkpoint'}")
    return 0


@train.command(cls=ManyGold)
@click.option(
    "--data",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder with FinRE and DuIE; kg/training/relations.py says which files and where from.",
)
@_gold
@click.option(
    "--out",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder for judge.json (which belongs into kg/extract/) and figures.json.",
)
@click.option(
    "--turns",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="turns.jsonl of the run that made the packaged reader, which has seen these articles.",
)
@click.option("--seed", default=1, show_default=True, help="Draws the articles held out by turns.")
def judge(data: Path, gold: tuple[Path, ...], out: Path, turns: Path | None, seed: int) -> int:
    """Train the judge of candidates, who gives each claim its confidence: some minutes.

    It learns which of the candidates that the rules now make are right. Train it anew when the
    frames have changed. The articles of tests/readings (--part tuning) are those it was made with.

    \b
    Examples:
      python -m tests.readings data/ gold/ --part tuning
      kg train judge --data data/ --gold gold/*.json --out run/
    """
    with _needing_extra():
        from kg.training.judge import train_judge
    with show_stages() as progress:
        figures = train_judge(data, gold, out, seed, progress, turns)
    show_table(("cases of", "number"), figures.cases.items())
    show_table(
        ("of", "confidence from", "cases", "right"),
        (
            (name, f"{one.least:.1f}", one.names, one.right)
            for name, found in (("readings", figures.readings), ("pairs", figures.proposals))
            for one in found
        ),
    )
    note(f"pairs that no frame joins are claims from {figures.accepts}; see {out / 'judge.json'}")
    return 0


@train.command(cls=ManyGold)
@click.option(
    "--data",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder with FinRE and the news that kg/training/labels/pairs.jsonl points into.",
)
@_gold
@click.option(
    "--out",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder for reader.npz and reader.json (for kg/extract/) and a checkpoint with states.",
)
@click.option("--seed", default=1, show_default=True, help="Draws weights, order and turns.")
def reader(data: Path, gold: tuple[Path, ...], out: Path, seed: int) -> int:
    """Train the reader of pairs, whose learned reading the judge weighs: some minutes.

    It looks at the text through the packaged recogniser, so train it anew when that has new
    weights; its files and DIR/checkpoint take the place of the packaged ones together. Then
    train the judge, with --turns DIR/turns.jsonl.

    \b
    Examples:
      python -m tests.readings data/ gold/ --part tuning
      kg train reader --data data/ --gold gold/*.json --out run/
    """
    with _needing_extra():
        from kg.training.reader import train_reader
    with show_stages() as progress:
        figures = train_reader(data, gold, out, seed, progress)
    show_table(("sentences", "number"), figures.examples.items())
    show_table(
        ("pairs", "share from", "number", "right"),
        (
            (name, f"{one.least:.1f}", one.names, one.right)
            for name, found in (("of the rules", figures.told), ("others", figures.others))
            for one in found
        ),
    )
    note(f"the reader is in {out}, what it says of articles not learned from in turns.jsonl")
    return 0


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
