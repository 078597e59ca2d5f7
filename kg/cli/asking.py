"""``kg show``, ``kg path``, ``kg query`` and ``kg analyze``: questions to a saved graph."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.building import DEMO
from kg.cli.output import note, say, show_table
from kg.cli.places import PLACE, Place
from kg.cli.telling import arrow, qualifiers, sentence, title, when
from kg.errors import SourceError

if TYPE_CHECKING:
    from kg.findings import Path as Way
    from kg.graph import Graph
    from kg.model import Claim, Entity
    from kg.query import Answer

graph_option: Callable[[Any], Any] = click.option(
    "--graph",
    "folder",
    metavar="DIR|URL",
    default=DEMO,
    show_default=True,
    envvar="KG_GRAPH",
    type=PLACE,
    help="The folder of a build or a store, or a server's address (or set KG_GRAPH).",
)


@click.command()
@click.argument("name")
@graph_option
@click.option(
    "--why", is_flag=True, help="Also the reasons: of a claim's confidence, of names taken as one."
)
def show(name: str, folder: Place, why: bool) -> int:
    """Show an entity with its claims, or a claim with its sentences.

    NAME is a name in any script, an IRI, or (the beginning of) a claim's key.

    \b
    Examples:
      kg show 騰訊
      kg show 腾讯 --why
      kg show 9f2c41
    """
    from kg.explain import claims_by_key
    from kg.graph import load

    whole = load(folder)
    graph = whole if why else whole.unjudged()
    claims = claims_by_key(graph.content, name)
    if claims:
        _show_claims(graph, claims, why)
    else:
        _show_entity(graph, graph.entity(name), why)
    return 0


def _show_claim(graph: Graph, claim: Claim, why: bool, publishers: Sequence[str]) -> None:
    say(f"{claim.key}  {sentence(graph, claim)}")
    for name, value in qualifiers(graph, claim):
        say(f"  {name}: {value}")
    say(f"  confidence: {claim.confidence:.2f}, by {claim.extractor}")
    for found in claim.evidence:
        place = f"{title(graph, found.document)} {found.span.start}–{found.span.end}"
        say(f"  「{found.quote}」 {place}")
    if publishers:
        names = ", ".join(title(graph, name) for name in publishers)
        say(f"  support: {len(publishers)} ({names})")
    if why:
        for reason in claim.reasons:
            say(f"  × {reason.factor:.2f}  {reason.text}")


def _show_claims(graph: Graph, claims: Sequence[Claim], why: bool) -> None:
    """Each claim, and whose stories say it where that is more than one article."""
    shared = [claim for claim in claims if len({e.document for e in claim.evidence}) > 1]
    by = _publishers(graph, shared) if shared else {}
    for claim in claims:
        _show_claim(graph, claim, why, by.get(claim.key, ()))


def _publishers(graph: Graph, claims: Sequence[Claim]) -> dict[str, tuple[str, ...]]:
    """Key of a claim → whose stories say it."""
    from kg.corpus.support import find_support

    judgements = (*graph.content.judgements, *graph.copies())
    content = replace(graph.content, judgements=judgements)
    return {one.claim.key: one.publishers for one in find_support(content, claims)}


def _show_entity(graph: Graph, entity: Entity, why: bool) -> None:
    say(f"{entity.label}  {entity.cls}  {entity.iri}")
    for tag, label in entity.labels.items():
        say(f"  {tag}: {label}")
    if entity.aliases:
        say(f"  also: {', '.join(entity.aliases)}")
    for same in entity.same_as:
        say(f"  same as: {same}")
    if entity.time:
        say(f"  time: {when(entity.time)}")
    for part in entity.participants:
        say(f"  {part.role}: {graph.label(part.iri)}")
    if why:
        _show_judgements(graph, entity)
    say(f"  {len(entity.mentions)} mentions")
    say()
    _show_claims(graph, graph.claims_of(entity.iri), why)


def _show_judgements(graph: Graph, entity: Entity) -> None:
    """Which other things are taken for the entity, or are not, and why; alike ones once."""
    from kg.corpus.review import place_name, places_of

    surfaces = {f"{m.document}#{m.span.start}-{m.span.end}": m.surface for m in entity.mentions}
    own = {entity.iri, *places_of(entity)}
    alike: Counter[str] = Counter()
    for judgement in graph.content.judgements:
        if judgement.left in own or judgement.right in own:
            other = judgement.left if judgement.right in own else judgement.right
            reasons = "; ".join(judgement.reasons)
            how = f"{judgement.verdict} ({judgement.score:.2f}, by {judgement.by})"
            alike[f"{how}: {surfaces.get(other) or place_name(other)}: {reasons}"] += 1
    for line, times in alike.items():
        say(f"  {line}" + (f" (×{times})" if times > 1 else ""))


@click.command()
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@graph_option
@click.option(
    "-k",
    "count",
    default=5,
    show_default=True,
    type=click.IntRange(1, 50),
    help="How many ways at least.",
)
def path(left: str, right: str, folder: Place, count: int) -> int:
    """Show how two entities connect, and which sentence says so.

    \b
    Examples:
      kg path 騰訊 聯合國
      kg path Tencent 联合国 -k 10 --graph graph
    """
    from kg.graph import load

    graph = load(folder)
    ways = graph.path(left, right, count)
    for number, way in enumerate(ways, 1):
        _show_way(graph, number, way)
    if not ways:
        note(f"no facts connect {left!r} and {right!r}")
    return 0


def _show_way(graph: Graph, number: int, way: Way) -> None:
    steps = len(way.steps)
    say(f"{number}. {steps} step{'s' * (steps > 1)}, confidence {way.confidence:.2f}")
    for step in way.steps:
        relation = arrow(step.predicate, step.label, step.forward)
        say(f"   {graph.label(step.source)} {relation} {graph.label(step.target)}  [{step.claim}]")
        say(f"      「{step.quote}」")


@click.command()
@click.argument("question", required=False)
@click.argument("bindings", metavar="[NAME=VALUE]...", nargs=-1)
@graph_option
@click.option(
    "--format",
    "form",
    default="table",
    show_default=True,
    type=click.Choice(["table", "csv", "json", "ttl"]),
    help="How to print the answer.",
)
def query(question: str | None, bindings: tuple[str, ...], folder: Place, form: str) -> int:
    """Ask a named question, or SPARQL.

    QUESTION is one of the names that `kg query` lists, a SPARQL text, or a file with it (.rq).
    Names in any script, CURIEs and IRIs can be bound to the variables of the question.

    \b
    Examples:
      kg query
      kg query partners --format csv
      kg query products-of organization=騰訊
      kg query mine.rq --graph graph
      kg query 'SELECT ?s WHERE { ?s a kg:Company }'
    """
    from kg.graph import load

    if question is None:
        return _list_questions()
    pairs = dict(_split_binding(binding) for binding in bindings)
    _show_answer(load(folder).query(_text_of(question), **pairs), form)
    return 0


def _list_questions() -> int:
    from kg.query import load_questions

    questions = load_questions().values()
    rows = ((q.name, " ".join(q.parameters), q.description) for q in questions)
    show_table(("question", "parameters", "asks"), rows)
    return 0


def _split_binding(binding: str) -> tuple[str, str]:
    name, equals, value = binding.partition("=")
    if not equals:
        raise click.UsageError(f"{binding!r} binds nothing: write NAME=VALUE")
    return name.lstrip("?$"), value


def _text_of(question: str) -> str:
    """The text of a file that ends in .rq or .sparql; else the question itself."""
    if not question.endswith((".rq", ".sparql")):
        return question
    try:
        return Path(question).read_text("utf-8")
    except OSError as error:
        raise SourceError(f"{question} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{question} is not UTF-8: save it as UTF-8") from error


def _show_answer(answer: Answer, form: str) -> None:
    """Print an answer in a form that it has."""
    if isinstance(answer, str):
        _want(form, ("table", "ttl"), "CONSTRUCT and DESCRIBE give Turtle")
        click.echo(answer, nl=False)
    elif isinstance(answer, bool):
        _want(form, ("table", "json"), "ASK gives true or false")
        truth = json.dumps(answer)
        click.echo(f'{{"head": {{}}, "boolean": {truth}}}' if form == "json" else truth)
    elif form == "table":
        show_table(answer.columns, answer.texts())
    else:
        _want(form, ("csv", "json"), "SELECT gives rows")
        click.echo(answer.to_csv() if form == "csv" else answer.to_json(), nl=False)


def _want(form: str, possible: tuple[str, ...], why: str) -> None:
    if form not in possible:
        raise click.UsageError(f"{why}: take --format {' or '.join(possible)}")


@click.command()
@graph_option
@click.option(
    "--between",
    nargs=2,
    metavar="A B",
    help="The two entities to look between.  [default: the two most central organizations]",
)
@click.option(
    "--top",
    default=10,
    show_default=True,
    type=click.IntRange(1),
    help="How many entities to list.",
)
@click.option(
    "--format",
    "form",
    default="table",
    show_default=True,
    type=click.Choice(["table", "json"]),
    help="How to print the findings.",
)
def analyze(folder: Place, between: tuple[str, str] | None, top: int, form: str) -> int:
    """Show who is central, and who stands between two entities.

    \b
    Examples:
      kg analyze
      kg analyze --between 騰訊 聯合國 --graph graph
      kg analyze --format json
    """
    from kg.graph import load

    graph = load(folder)
    if form == "json":
        click.echo(graph.analysis_json(between).decode(), nl=False)
        return 0
    _show_central(graph, top)
    _show_communities(graph, top)
    _show_brokers(graph, between, top)
    return 0


def _show_central(graph: Graph, top: int) -> None:
    columns = ("entity", "class", "claims", "betweenness", "pagerank", "core", "community")
    rows = (
        (n.label, n.cls, n.claims, f"{n.betweenness:.4f}", f"{n.pagerank:.4f}", n.core, n.community)
        for n in graph.analyse().nodes[:top]
    )
    show_table(columns, rows, "Most central")


def _show_communities(graph: Graph, top: int) -> None:
    say()
    groups = enumerate(graph.analyse().communities[:top])
    rows = ((n, len(group), "、".join(map(graph.label, group[:top]))) for n, group in groups)
    show_table(("community", "members", "the most central of them"), rows, "Communities")


def _show_brokers(graph: Graph, between: tuple[str, str] | None, top: int) -> None:
    found = graph.brokers(*between or ())
    if found is None:
        return
    say()
    rows = (
        (graph.label(b.iri), b.ways, f"{b.share:.2f}", "none" if b.without is None else b.without)
        for b in found.brokers[:top]
    )
    title = f"Between {graph.label(found.left)} and {graph.label(found.right)}"
    if found.distance is None:
        note(f"{title}: no facts connect them")
    show_table(("broker", "ways", "share", "distance without"), rows, title)
