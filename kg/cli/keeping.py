"""``kg remove``, ``merge``, ``diff``, ``stats``, ``backup``, ``restore``, ``migrate``, ``view``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.asking import graph_option
from kg.cli.building import DEMO
from kg.cli.living import tell, tell_failure
from kg.cli.output import say, show_table
from kg.cli.places import PLACE, Place, store_option, token_option, wait_option
from kg.cli.telling import qualifiers, sentence
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.collection import Collection
    from kg.collection.compare import Changed, Difference
    from kg.graph import Graph
    from kg.model import Claim, Document, Failure


@click.command()
@click.argument("names", metavar="DOCUMENT...", nargs=-1, required=True)
@store_option
@wait_option
@token_option
def remove(names: tuple[str, ...], store: Place, wait: float, token: str | None) -> int:
    """Take articles out of a store.

    DOCUMENT is an IRI, an address, a title or a source's name, as `kg stats --documents` lists
    them. What the article alone says goes with it: its claims, its evidence, and entities that no
    other article names. All articles go in one step.

    \b
    Examples:
      kg remove https://news.example/1 --store store
      kg remove article.txt --store store --wait 60
    """
    from kg.collection import Collection

    with Collection.open(store, write=True, wait=wait, token=token) as collection:
        gone = {document.iri: document for name in names for document in _find(collection, name)}
        collection.remove(*gone)
    for document in gone.values():
        tell("removed", document)
    return 0


def _find(collection: Collection, name: str) -> list[Document]:
    found = collection.find(name)
    if not found:
        raise InputError(f"no article is called {name!r}: `kg stats --documents` lists them")
    if len(found) > 1:
        iris = ", ".join(document.iri for document in found)
        raise InputError(f"{name!r} is the name of {len(found)} articles: give one of {iris}")
    return found


@click.command()
@click.argument("places", metavar="A B...", nargs=-1, required=True, type=PLACE)
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path), help="Folder for the artefacts."
)
@click.option("--store", metavar="DIR|URL", type=PLACE, help="The store to put all into.")
@wait_option
@token_option
def merge(
    places: tuple[Place, ...], out: Path | None, store: Place | None, wait: float, token: str | None
) -> int:
    """Put the articles of several stores together.

    The result is that of building all their articles at once; of two versions of an article the
    one of the last store stands. Verdicts come along. A build's folder has no texts and cannot be
    merged: build its articles with --store.

    \b
    Examples:
      kg merge one two --store both
      kg merge store http://localhost:7878 --out graph
    """
    from kg.collection.merging import merge_into, merged_graph
    from kg.graph import Graph

    if store is None and out is None:
        raise click.UsageError("give --store, --out or both")
    failures: tuple[Failure, ...] = ()
    if store is not None:
        count, failures = merge_into(store, places, wait=wait, token=token)
        say(f"{count} articles in {store}")
    if out is not None:
        graph = Graph(merged_graph([store] if store is not None else places, token=token))
        failures += graph.failures
        for path in graph.save(out):
            say(str(path))
    for failure in failures:
        tell_failure(failure)
    return 1 if failures else 0


@click.command()
@click.argument("left", metavar="A", type=PLACE)
@click.argument("right", metavar="B", type=PLACE)
@click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    type=click.Choice(["text", "json"]),
    help="How to print the difference.",
)
def diff(left: Place, right: Place, form: str) -> int:
    """Show which claims one graph has and another has not.

    A and B are folders of builds or stores, or addresses. Lines begin with + for a claim that only
    B has, - for one that only A has, ~ for one that both tell in another way. Exit status 0 if
    there is no difference, 1 if there is one.

    \b
    Examples:
      kg diff yesterday today
      kg diff graph store --format json
    """
    from kg.collection.compare import compare
    from kg.graph import load

    before, after = load(left), load(right)
    found = compare(before.content, after.content)
    if form == "json":
        click.echo(json.dumps(_difference_json(found, before, after), ensure_ascii=False, indent=1))
    else:
        _show_difference(found, before, after)
    return 1 if found else 0


def _show_difference(found: Difference, before: Graph, after: Graph) -> None:
    for claim in found.lost:
        _show_claim("-", before, claim)
    for claim in found.gained:
        _show_claim("+", after, claim)
    for one in found.changed:
        _show_claim("~", after, one.after)
        for line in _changes(one):
            say(f"    {line}")


def _show_claim(sign: str, graph: Graph, claim: Claim) -> None:
    told = "; ".join(value for _, value in qualifiers(graph, claim))
    say(f"{sign} {claim.key}  {sentence(graph, claim)}" + (f"  ({told})" if told else ""))
    if sign != "~":
        say(f"    「{claim.evidence[0].quote}」")


def _changes(one: Changed) -> Iterator[str]:
    for name, (before, after) in one.fields.items():
        if name == "evidence":
            yield f"evidence: {len(one.before.evidence)} → {len(one.after.evidence)} passages"
        else:
            yield f"{name}: {_value(before)} → {_value(after)}"


def _value(value: Any) -> str:
    if hasattr(value, "ruling"):
        return f"{value.ruling} ({value.by})"
    if hasattr(value, "precision"):
        return f"{value.start or ''}–{value.end or ''}"
    return "none" if value is None else str(value)


def _difference_json(found: Difference, before: Graph, after: Graph) -> dict[str, Any]:
    return {
        "gained": _claim_rows(after, found.gained),
        "lost": _claim_rows(before, found.lost),
        "changed": [
            {
                "before": _claim_rows(before, [one.before])[0],
                "after": _claim_rows(after, [one.after])[0],
                "fields": sorted(one.fields),
            }
            for one in found.changed
        ],
    }


def _claim_rows(graph: Graph, claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """The lines of ``claims.jsonl``."""
    from kg.interchange import claims_jsonl
    from kg.model import ClaimGraph

    part = ClaimGraph(entities=graph.entities, claims=tuple(claims))
    return [json.loads(line) for line in claims_jsonl(part).decode().splitlines()]


@click.command()
@click.argument("place", metavar="[DIR|URL]", default=DEMO, envvar="KG_GRAPH", type=PLACE)
@click.option("--documents", is_flag=True, help="List the articles instead.")
@click.option(
    "--format",
    "form",
    default="table",
    show_default=True,
    type=click.Choice(["table", "json"]),
    help="How to print the figures.",
)
def stats(place: Place, documents: bool, form: str) -> int:
    """Show what is in a build or a store: how many articles, entities, claims.

    \b
    Examples:
      kg stats
      kg stats store --documents
      kg stats http://localhost:7878 --format json
    """
    from kg.graph import load

    columns: tuple[str, ...] = ("what", "of", "count")
    rows: Sequence[Sequence[Any]]
    if documents:
        columns = ("document", "date", "publisher", "title", "source")
        rows = load(place).list_documents()
    else:
        rows = load(place).count()
    if form == "json":
        found = [dict(zip(columns, row, strict=True)) for row in rows]
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        show_table(columns, rows)
    return 0


@click.command()
@click.argument("store", metavar="STORE", type=PLACE)
@click.argument("target", metavar="TARGET", type=click.Path(path_type=Path))
@wait_option
@token_option
def backup(store: Place, target: Path, wait: float, token: str | None) -> int:
    """Copy a store.

    A TARGET that ends in .jsonl.gz becomes one file with all articles, what was read in them, and
    the verdicts: any later version can read it, and it restores a folder or a server. Another
    TARGET becomes a folder, which is a store again; on one file system that takes no time.

    \b
    Examples:
      kg backup store 2026-11-30.jsonl.gz
      kg backup store copy
      kg backup http://localhost:7878 server.jsonl.gz
    """
    from kg.collection.archive import backup as copy

    copy(store, target, wait=wait, token=token)
    say(str(target))
    return 0


@click.command()
@click.argument("source", metavar="BACKUP", type=click.Path(path_type=Path))
@click.argument("store", metavar="STORE", type=PLACE)
@token_option
def restore(source: Path, store: Place, token: str | None) -> int:
    """Make a store of a backup.

    STORE is a new folder, or a server that holds nothing. It appears when all is in it.

    \b
    Examples:
      kg restore 2026-11-30.jsonl.gz store
      kg restore server.jsonl.gz http://localhost:7878
    """
    from kg.collection.archive import restore as make

    say(f"{make(source, store, token=token)} articles in {store}")
    return 0


@click.command()
@click.argument("store", metavar="STORE", type=PLACE)
@wait_option
@token_option
def migrate(store: Place, wait: float, token: str | None) -> int:
    """Bring a store to the form that this version reads, in one step.

    Only after an update that asks for it; make a backup first.

    \b
    Examples:
      kg migrate store
    """
    from kg.collection.migrate import migrate as bring

    before, after = bring(store, wait=wait, token=token)
    say(f"form {before}: nothing to do" if before == after else f"form {before} → {after}")
    return 0


@click.command()
@graph_option
@click.option(
    "--out",
    metavar="FILE",
    default="graph.html",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The page to write.",
)
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
def view(folder: Place, out: Path, show: bool) -> int:
    """Write the page of a graph: one file, offline.

    \b
    Examples:
      kg view --graph store --out store.html
      kg view --open
    """
    from kg.artefacts import write_file
    from kg.graph import load

    write_file(out, load(folder).page())
    say(str(out))
    if show:
        click.launch(str(out))
    return 0
