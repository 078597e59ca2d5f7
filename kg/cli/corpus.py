"""``kg build`` of many articles: on workers, in shards, with progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli.output import note, say, show_shards, show_table
from kg.errors import InputError, MissingExtra

if TYPE_CHECKING:
    from kg.engine import Engine
    from kg.graph import Graph
    from kg.shards import Report, Setup, ShardFolder
    from kg.shards.corpus import Summary
    from kg.verdicts import Verdicts

SECONDS = 600.0  # for one article: a thousand times what a usual one takes
MANY = 2_000  # articles from which on their graph is put together on disk

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--workers",
        metavar="N",
        type=click.IntRange(1),
        help="Read in N processes (1: in this one) and keep shards.",
    ),
    click.option("--scheduler", metavar="URL", help="Read on the Dask cluster at tcp://HOST:PORT."),
    click.option(
        "--resume/--no-resume",
        default=True,
        show_default=True,
        help="Keep what the shards in DIR have already.",
    ),
    click.option(
        "--out-of-core/--in-memory",
        default=None,
        help="Put the graph together on disk.  [default: over 2,000 articles]",
    ),
    click.option(
        "--batch", metavar="N", type=click.IntRange(1), help="Articles a shard.  [default: 32]"
    ),
    click.option(
        "--max-characters", metavar="N", type=click.IntRange(1), help="The longest article to read."
    ),
    click.option(
        "--time-limit",
        metavar="SECONDS",
        type=click.FloatRange(0, min_open=True),
        help="The longest that one article may take.  [default: 600]",
    ),
)


def corpus_options(command: F) -> F:
    """*command* with the options of a build on workers."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def is_corpus(options: Mapping[str, Any]) -> bool:
    """Whether the options ask for workers; raises InputError for some that make no sense then."""
    if options["workers"] and options["scheduler"]:
        raise InputError("--workers and --scheduler exclude each other: a cluster has its own")
    wanted = bool(options["workers"] or options["scheduler"])
    for flag in () if wanted else _for_workers(options):
        raise InputError(f"{flag} goes with --workers or --scheduler")
    return wanted


def _for_workers(options: Mapping[str, Any]) -> Iterator[str]:
    """What was given that means nothing without workers."""
    for name in ("batch", "max_characters", "time_limit"):
        if options[name]:
            yield f"--{name.replace('_', '-')}"
    if options["out_of_core"] is not None:
        yield "--out-of-core" if options["out_of_core"] else "--in-memory"
    if not options["resume"]:
        yield "--no-resume"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the command line asks for."""

    sources: tuple[str, ...]
    out: Path
    given: Mapping[str, str | None]
    model: str | None
    judgements: tuple[Path, ...]
    workers: int | None
    scheduler: str | None
    resume: bool
    batch: int | None
    max_characters: int | None
    time_limit: float | None
    out_of_core: bool | None


@dataclass(frozen=True, slots=True)
class Built:
    """A build that was put together on disk."""

    paths: list[Path]
    summary: Summary
    report: Report


def build_corpus(plan: Plan) -> Graph | Built:
    """The graph of the articles, by way of shards in ``plan.out``; on disk if it is large."""
    from kg.graph import Graph
    from kg.verdicts import read_verdicts

    shards = _load()
    verdicts = read_verdicts(plan.judgements)
    setup = _setup(plan, verdicts)
    folder = shards.ShardFolder.open(plan.out, setup.key)
    if not plan.resume:
        folder.clear()
    report = _read(plan, setup, folder)
    for line in _notes(report):
        note(line)
    large = folder.documents > MANY if plan.out_of_core is None else plan.out_of_core
    if large:
        summary, paths = shards.save_corpus(folder, plan.out, report.failures, verdicts)
        return Built(paths, summary, report)
    graph = shards.join_shards(folder, verdicts)
    return Graph(replace(graph, failures=(*report.failures, *graph.failures)))


def show_corpus(built: Built) -> int:
    """Print what was written, the summary and the failures; the exit status."""
    failures = (*built.report.failures, *built.summary.failed)
    folders = sorted({path.parent for path in built.paths})
    for path in built.paths:
        if path.parent == folders[0]:
            say(str(path))
    for folder in folders[1:]:
        say(f"{folder}/ ({sum(path.parent == folder for path in built.paths)} files)")
    say()
    show_table(("stage", "count"), _rows(built))
    note(
        "page, report, network and the other forms of RDF are left out of a graph put together on "
        "disk, and the shapes were not checked: load rdf/*.nq into a store, or add --in-memory"
    )
    for drop in built.summary.gone:
        note(f"{drop.reason}: {drop.quote}")
    for failure in failures:
        note(f"{failure.document}: failed to {failure.stage}: {failure.error}")
    return 1 if failures else 0


def _rows(built: Built) -> Iterator[tuple[str, int]]:
    summary = built.summary
    counts = dict(summary.counts)
    last = {name: counts.pop(name, 0) for name in ("entities", "claims")}
    yield from ((name.replace("_", " "), n) for name, n in (counts | last).items())
    yield from sorted((f"claims: {stance}", n) for stance, n in summary.stances.items())
    yield "candidates dropped", sum(summary.reasons.values())
    yield from sorted((f"dropped: {reason}", n) for reason, n in summary.reasons.items())
    yield "failures", len(built.report.failures) + len(summary.failed)


def open_shards(plan: Plan) -> ShardFolder:
    """The shards that :func:`build_corpus` left in ``plan.out``."""
    from kg.verdicts import read_verdicts

    setup = _setup(plan, read_verdicts(plan.judgements))
    folder: ShardFolder = _load().ShardFolder.open(plan.out, setup.key)
    return folder


def _load() -> Any:
    try:
        from kg import shards
    except ModuleNotFoundError as error:
        raise MissingExtra(f"shards need {error.name}: pip install 'claimgraph[corpus]'") from error
    return shards


def _setup(plan: Plan, verdicts: Verdicts) -> Setup:
    from kg.shards import Setup

    wished = {"seconds": plan.time_limit or SECONDS, "characters": plan.max_characters}
    limits: dict[str, Any] = {name: value for name, value in wished.items() if value}
    apart = tuple(sorted(verdicts.apart))
    return Setup(model=plan.model, apart=apart, expendable=_is_expendable(plan), **limits)


def _is_expendable(plan: Plan) -> bool:
    """Whether the articles are read in processes that may end."""
    return plan.workers != 1


def _read(plan: Plan, setup: Setup, folder: Any) -> Report:
    from kg.readers import count_articles, iter_documents
    from kg.shards import BATCH, build_shards

    found = iter_documents(plan.sources, stdin=sys.stdin.buffer, **plan.given)
    with (
        _engine(plan) as engine,
        show_shards(count_articles(plan.sources)) as progress,
    ):
        size = plan.batch or BATCH
        return build_shards(found, folder, engine, setup, batch=size, progress=progress)


@contextmanager
def _engine(plan: Plan) -> Iterator[Engine]:
    if not _is_expendable(plan):
        from kg.engine import InProcess

        yield InProcess()
        return
    from kg.engine.dask import DaskEngine

    with closing(DaskEngine(plan.workers, plan.scheduler)) as engine:
        yield engine


def _notes(report: Report) -> Iterator[str]:
    if report.done:
        yield f"{report.done} articles were in the shards already, {report.read} are new"
    if report.gone:
        yield f"{report.gone} articles in the shards are not among the sources any more: removed"
    if report.strange:
        yield (
            f"{report.strange} shards of another version, ontology or model, or damaged ones: "
            "removed"
        )
