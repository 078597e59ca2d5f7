"""``kg timeline``, ``changes``, ``contradictions``, ``support``, ``copies``, ``review``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from kg.artefacts import SHARDS
from kg.cli.asking import graph_option
from kg.cli.output import note, show_table
from kg.cli.places import Place
from kg.cli.telling import sentence, when

if TYPE_CHECKING:
    from kg.corpus.review import Doubt
    from kg.corpus.timeline import Moment
    from kg.graph import Graph
    from kg.model import Claim

Row = Sequence[str | float | None]

format_option: Callable[[Any], Any] = click.option(
    "--format",
    "form",
    default="table",
    show_default=True,
    type=click.Choice(["table", "csv", "json"]),
    help="How to print the rows.",
)
top_option: Callable[[Any], Any] = click.option(
    "--top",
    metavar="N",
    type=click.IntRange(1),
    help="Only the first N rows.",
)


def show_rows(
    columns: Sequence[str], rows: Iterable[Row], form: str, top: int | None = None
) -> None:
    """Rows on stdout as a table, as CSV, or as JSON: an array of objects."""
    kept = list(islice(rows, top))
    if form == "csv":
        from kg.spreadsheet import rows_csv

        click.echo(rows_csv(columns, kept), nl=False)
    elif form == "json":
        objects = [dict(zip(columns, row, strict=True)) for row in kept]
        click.echo(json.dumps(objects, ensure_ascii=False, indent=1))
    else:
        show_table(columns, kept)


@click.command()
@click.argument("name", required=False)
@graph_option
@format_option
@top_option
def support(name: str | None, folder: Place, form: str, top: int | None) -> int:
    """List claims by how many independent publishers say them.

    Articles that copy one story count once, as its first publisher's; so do several articles of
    one publisher. NAME keeps the claims of one entity.

    \b
    Examples:
      kg support --top 20
      kg support 騰訊 --format csv
    """
    from kg.corpus.support import find_support
    from kg.graph import load

    graph = load(folder)
    claims = graph.claims_of(graph.entity(name).iri) if name else graph.claims
    columns = ("publishers", "stories", "articles", "claim", "stance", "key")
    rows = (
        (
            len(row.publishers),
            len(row.stories),
            len(row.documents),
            sentence(graph, row.claim),
            _stance(row.claim),
            row.claim.key,
        )
        for row in find_support(graph.content, claims)
    )
    show_rows(columns, rows, form, top)
    return 0


def _stance(claim: Claim) -> str:
    return f"{claim.polarity}, {claim.modality}"


@click.command()
@graph_option
@format_option
def copies(folder: Place, form: str) -> int:
    """List articles that are one story: copies, and versions of one article.

    \b
    Examples:
      kg copies --graph graph
      kg copies --format json
    """
    from kg.corpus.copies import find_copies
    from kg.graph import load

    graph = load(folder)
    columns = ("first", "copy", "alike", "first_iri", "copy_iri")
    titles = _titles(graph)
    rows = [
        (titles[one.right], titles[one.left], one.score, one.right, one.left)
        for one in find_copies(graph.content)
    ]
    show_rows(columns, rows, form)
    if not rows:
        note("no article is a copy of another")
    return 0


@click.command()
@graph_option
@format_option
@click.option("--retold", is_flag=True, help="Also where one article says both.")
def contradictions(folder: Place, form: str, retold: bool) -> int:
    """List what one article asserts and another denies, or asserts although it is over.

    Both sentences are shown. What is planned or merely possible contradicts nothing, nor does the
    end of something what was so before.

    \b
    Examples:
      kg contradictions --graph graph
      kg contradictions --retold --format json
    """
    from kg.corpus.contradictions import find_contradictions
    from kg.graph import load
    from kg.ontology import load_ontology

    graph = load(folder)
    titles = _titles(graph)
    columns = ("kind", "claim", "said", "said_in", "against", "against_in", "key", "contrary_key")
    rows = [
        (
            one.kind,
            sentence(graph, one.asserted),
            one.said.quote,
            titles[one.said.document],
            one.against.quote,
            titles[one.against.document],
            one.asserted.key,
            one.contrary_name,
        )
        for one in find_contradictions(graph.content, load_ontology())
        if retold or one.kind != "retold"
    ]
    show_rows(columns, rows, form)
    if not rows:
        note("no article contradicts another")
    return 0


def _titles(graph: Graph) -> dict[str, str]:
    """What each article is called, and its date."""
    return {
        d.iri: f"{d.title or d.source or d.iri} ({d.published or 'no date'})"
        for d in graph.documents
    }


@click.command()
@graph_option
@click.option("--from", "start", metavar="DATE", help="The first day.  [default: of all articles]")
@click.option("--to", "end", metavar="DATE", help="The last day.  [default: of all articles]")
@format_option
@top_option
def changes(folder: Place, start: str | None, end: str | None, form: str, top: int | None) -> int:
    """List the facts that articles gained and lost over some days.

    Gained on the day of the first article that says it; lost when a later article denies it or
    says it to be over, or when the time that the text gives has passed.

    \b
    Examples:
      kg changes --from 2020-01-01 --to 2020-03-31
      kg changes --from 2021-06-01 --format csv
    """
    from kg.corpus.changes import find_changes
    from kg.dates import parse_date
    from kg.graph import load
    from kg.ontology import load_ontology

    graph = load(folder)
    first, last = parse_date(start) if start else "", parse_date(end) if end else "~"
    found = find_changes(graph.content, load_ontology(), first, last)
    titles = _titles(graph)
    columns = ("date", "change", "how", "claim", "sentence", "article", "key")
    rows = (
        (
            one.on,
            "gained" if one.is_gain else "lost",
            one.how,
            sentence(graph, one.claim),
            one.evidence.quote,
            titles[one.evidence.document],
            one.claim.key,
        )
        for one in found
    )
    show_rows(columns, rows, form, top)
    if not found:
        note("no fact is gained or lost in these days")
    return 0


@click.command()
@click.argument("name")
@graph_option
@format_option
def timeline(name: str, folder: Place, form: str) -> int:
    """Show what is told of an entity in the order of its time.

    A date in brackets is that of the article: the text gives none.

    \b
    Examples:
      kg timeline 騰訊
      kg timeline 世卫组织 --graph graph --format csv
    """
    from kg.corpus.timeline import find_timeline
    from kg.graph import load

    graph = load(folder)
    moments = find_timeline(graph.content, graph.entity(name).iri)
    columns = ("time", "what", "stance", "sentence", "article", "key")
    show_rows(columns, _moments(graph, moments), form)
    return 0


def _moments(graph: Graph, moments: Iterable[Moment]) -> Iterator[Row]:
    from kg.model import Claim, Evidence

    titles = _titles(graph)
    for one in moments:
        what, told = one.what, one.told
        if isinstance(what, Claim):
            name, key = sentence(graph, what), what.key
        else:
            name, key = f"{what.label} ({what.cls})", what.iri
        time = when(what.time) if what.time else f"({one.on})" if one.on else ""
        said = told.quote if isinstance(told, Evidence) else told.surface
        yield time, name, f"{what.polarity}, {what.modality}", said, titles[told.document], key


@click.command()
@graph_option
@format_option
@top_option
def review(folder: Place, form: str, top: int | None) -> int:
    """List like-named things of which it is not sure whether they are one.

    Save the rows as CSV, write same or different into the column "verdict", and give the file to
    the next build with --judgements; rows without a verdict are passed over.

    \b
    Examples:
      kg review --graph graph --top 20
      kg review --graph graph --format csv > doubts.csv
      kg build news/ --out graph --judgements doubts.csv
    """
    from kg.corpus.review import COLUMNS, find_doubts
    from kg.graph import load

    graph = load(folder)
    doubts = find_doubts(graph.content, _texts(graph, folder))
    titles = _titles(graph)
    show_rows(COLUMNS, (_doubt(one, titles) for one in doubts), form, top)
    if not doubts:
        note("nothing is unsure")
    return 0


def _texts(graph: Graph, folder: Place) -> dict[str, str]:
    """The articles' texts, from the graph or the shards that it was made of, if any are left."""
    if isinstance(folder, str) or not (folder / SHARDS).is_dir():
        return {document.iri: document.text for document in graph.documents}
    from kg.shards.folder import read_texts

    return read_texts(folder, [document.iri for document in graph.documents])


def _doubt(one: Doubt, titles: dict[str, str]) -> Row:
    sides = (one.left, one.right)
    return (
        "",
        *(side.name for side in sides),
        *(side.cls for side in sides),
        *(titles.get(side.document, side.document) for side in sides),
        *(" ‖ ".join(side.quotes) for side in sides),
        *(", ".join(side.near) for side in sides),
        one.judgement.score,
        "; ".join(one.judgement.reasons),
        *(side.id for side in sides),
    )
