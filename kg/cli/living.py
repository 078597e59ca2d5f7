"""``kg build --store``: articles into a store, one step each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.output import clean, note, say, show_table
from kg.cli.places import Place

if TYPE_CHECKING:
    from kg.collection.taking import Taken
    from kg.model import Document, Failure
    from kg.shards import ShardFolder

_STATES = ("new", "changed", "unchanged", "failed")


@dataclass(frozen=True, slots=True)
class Target:
    """The store to build into, and how to get there."""

    store: Place
    wait: float = 0.0
    token: str | None = None


def build_into(
    target: Target,
    sources: tuple[str, ...],
    given: Mapping[str, Any],
    model: str | None,
    judgements: tuple[Path, ...],
) -> int:
    """Put articles into a store and tell of each when the store has it; gives the exit status."""
    from kg.collection.use import build_into as build

    return tell_all(
        build(
            target.store, sources, model=model, judgements=judgements, wait=target.wait,
            token=target.token, **given,
        )
    )  # fmt: skip


def take_shards(
    target: Target, folder: ShardFolder, model: str | None, judgements: tuple[Path, ...]
) -> int:
    """Put what the shards in *folder* hold into a store, and tell of each; the exit status.

    An empty store gets all at once, which is much faster.
    """
    from kg.collection import Collection
    from kg.collection.reading import Reading
    from kg.collection.taking import failed, take_graphs
    from kg.verdicts import read_verdicts

    verdicts = read_verdicts(judgements)
    graphs = (graph for key in sorted(folder.keys) for graph in folder.read(key))
    with Collection.open(
        target.store, write=True, read=Reading(model), wait=target.wait, token=target.token
    ) as held:
        failures = map(failed, held.judge(verdicts))
        return tell_all(chain(failures, take_graphs(held, graphs, verdicts)))


def tell_all(found: Iterable[Taken]) -> int:
    """A line for each article as it comes, then how many; 1 if some failed."""
    counts: Counter[str] = Counter()
    for taken in found:
        counts[taken.state] += 1
        if taken.document:
            tell(taken.state, taken.document)
        if taken.failure:
            tell_failure(taken.failure)
    say()
    show_table(("articles", "count"), ((state, counts[state]) for state in _STATES))
    return 1 if counts["failed"] else 0


def tell_failure(failure: Failure) -> None:
    """Which article failed, where and why."""
    note(f"{failure.document}: failed to {failure.stage}: {failure.error}")


def tell(state: str, document: Document) -> None:
    """What became of one article, as a line of three columns."""
    name = document.title or document.source
    click.echo("\t".join(map(clean, (state, document.iri, name))))
