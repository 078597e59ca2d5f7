"""``kg build`` and ``kg demo``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.corpus import (
    Built,
    Plan,
    build_corpus,
    corpus_options,
    is_corpus,
    open_shards,
    show_corpus,
)
from kg.cli.living import Target, build_into, take_shards
from kg.cli.output import note, say, show_progress, show_table
from kg.cli.places import PLACE, Place, token_option, wait_option

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Claim

SAMPLE = Path(__file__).resolve().parent.parent / "sample" / "un75.txt"
DEMO = "output/sample"
FORMATS_HELP = (
    "Comma-separated: ttl, trig, nq, jsonld, graphml, gexf, csv, html, report, shacl. "
    "The JSONL records and the manifest are always written.  [default: all]"
)


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder for the artefacts.",
)
@click.option(
    "--store",
    metavar="DIR|URL",
    type=PLACE,
    help="A store for the articles to live in: a folder or a SPARQL server's address.",
)
@click.option(
    "--published",
    metavar="DATE",
    help="The articles' date (YYYY-MM-DD).  [default: from their head lines]",
)
@click.option("--title", help="The article's title.")
@click.option("--url", help="The article's address; its IRI is made from it.")
@click.option("--formats", metavar="LIST", help=FORMATS_HELP)
@click.option("--model", metavar="NAME", help="An installed spaCy pipeline to annotate with.")
@click.option(
    "--judgements",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Verdicts that the page saved: which claims are wrong, which entities are one.",
)
@wait_option
@token_option
@corpus_options
def build(
    sources: tuple[str, ...],
    out: Path | None,
    store: Place | None,
    published: str | None,
    title: str | None,
    url: str | None,
    formats: str | None,
    model: str | None,
    judgements: tuple[Path, ...],
    wait: float,
    token: str | None,
    **corpus: Any,
) -> int:
    """Build the graph of articles.

    SOURCE is a text or Markdown file, a saved HTML page, a JSONL file (.gz too), a Parquet table, a
    folder of such files, or - for standard input.

    A claim that --judgements holds wrong stays in the graph, marked with who said so and when, but
    is no fact; entities judged the same become one, and those judged different stay apart. Of two
    verdicts on one thing the one of the later date stands, without dates the one given last. A
    verdict on what the articles do not say any more does nothing, and is told.

    With --store the articles join those that are in the store, each in a step of its own: an
    article that is there already is not read again, one with the same address and another text
    takes its place, and --judgements stay there. A folder for --out then gets the whole store.

    With --workers or --scheduler the articles are read by processes of their own and what each
    says is kept in DIR/shards, so that a run that was stopped goes on where it was, and only new
    and changed articles are read again. The artefacts are the same. An article that ends its
    process, or goes over a limit, is a failure and takes no other along.

    \b
    Examples:
      kg build article.txt --out graph --published 2020-04-01
      kg build article.txt --out graph --judgements verdicts.jsonl
      kg build news/ --out graph --formats ttl,html
      zcat news.jsonl.gz | kg build - --out graph
      kg build news.jsonl.gz --out graph --workers 2
      kg build news/ --store store
    """
    from kg.artefacts import check_formats, check_out
    from kg.graph import build as build_graph
    from kg.graph import load

    chosen = check_formats([name.strip() for name in formats.split(",")] if formats else None)
    given: dict[str, Any] = {"published": published, "title": title, "url": url}
    if out is not None:
        check_out(out)
    if out is None and (store is None or is_corpus(corpus)):
        raise click.UsageError("give --out (where shards are kept, too), or --store")
    target = Target(store, wait, token) if store is not None else None
    if out is not None and is_corpus(corpus):
        plan = Plan(sources, out, given, model, judgements, **corpus)
        return _finish(build_corpus(plan), plan, chosen, target)
    if target is not None:
        status = build_into(target, sources, given, model, judgements)
        return max(status, _save(load(target.store), out, chosen)) if out else status
    with show_progress("reading") as progress:
        graph = build_graph(sources, **given, model=model, judgements=judgements, progress=progress)
    return _save(graph, out or Path(), chosen)


def _finish(
    built: Graph | Built, plan: Plan, formats: tuple[str, ...], target: Target | None
) -> int:
    """Save what workers read, and take it into a store if one is given."""
    status = show_corpus(built) if isinstance(built, Built) else _save(built, plan.out, formats)
    if target is None:
        return status
    return max(status, take_shards(target, open_shards(plan), plan.model, plan.judgements))


@click.command()
@click.option(
    "--out",
    metavar="DIR",
    default=DEMO,
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder for the artefacts.",
)
def demo(out: Path) -> int:
    """Build the packaged sample article.

    \b
    Examples:
      kg demo
      kg demo --out sample
    """
    from kg.artefacts import FORMATS, check_out
    from kg.graph import build as build_graph

    check_out(out)
    return _save(build_graph(SAMPLE), out, FORMATS)


def _save(graph: Graph, out: Path, formats: tuple[str, ...]) -> int:
    for path in graph.save(out, formats):
        say(str(path))
    say()
    show_table(("stage", "count"), summarise(graph))
    for line in _notes(graph):
        note(line)
    return 1 if graph.failures else 0


def summarise(graph: Graph) -> Iterator[tuple[str, int]]:
    """The rows of the summary: what was read, what became of it, what was dropped and why."""
    content = graph.content
    counted = {"documents", "entities", "claims"}
    yield "documents", len(content.documents)
    counts = content.counts.items()
    yield from ((name.replace("_", " "), n) for name, n in counts if name not in counted)
    yield "entities", len(content.entities)
    yield "claims", len(content.claims)
    yield from sorted(Counter(map(_stance, graph.claims)).items())
    yield "candidates dropped", len(content.drops)
    reasons = Counter(drop.reason for drop in content.drops)
    yield from ((f"dropped: {reason}", n) for reason, n in sorted(reasons.items()))
    yield "failures", len(content.failures)


def _stance(claim: Claim) -> str:
    """How a claim is meant; what is both denied and planned counts as denied."""
    if claim.is_fact:
        return "claims: facts"
    if claim.is_rejected:
        return "claims: rejected by a reader"
    return f"claims: {'denied' if claim.polarity == 'denied' else claim.modality}"


def _notes(graph: Graph) -> Iterator[str]:
    undated = sum(document.published is None for document in graph.documents)
    if undated:
        yield (
            f"{undated} of {len(graph.documents)} articles tell no date, so that relative dates "
            f"stay unresolved ({graph.content.counts.get('unresolved_times', 0)} of all): "
            "give it with --published"
        )
    for drop in graph.content.drops:
        if drop.stage == "judgements":
            yield f"{drop.reason}: {drop.quote}"
    for failure in graph.failures:
        yield f"{failure.document}: failed to {failure.stage}: {failure.error}"
