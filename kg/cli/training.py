"""``kg train``: the weights in the package, made anew."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.output import note, show_stages, show_table
from kg.errors import MissingExtra


@click.group(no_args_is_help=False)
def train() -> None:
    """Train what the package ships trained (needs the extra: pip install 'claimgraph[train]').

    \b
    Examples:
      kg train recogniser --data data/ --out run/
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
def recogniser(data: Path, out: Path, config: Path | None) -> int:
    """Train the recogniser of names: about four hours on two cores, minutes on a GPU.

    A run that was stopped goes on where it was. At its end DIR/checkpoint holds the files of
    kg/annotation/recogniser/checkpoint/, DIR/figures.json their scores on held-out sentences.

    \b
    Examples:
      kg train recogniser --data data/ --out run/
    """
    try:
        from kg.training.config import DEFAULT, read_config
        from kg.training.recogniser import train_recogniser
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"training needs {error.name}: pip install 'claimgraph[train]'"
        ) from error
    with show_stages() as progress:
        figures = train_recogniser(data, out, read_config(config or DEFAULT), progress)
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


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
