"""``kg validate``, ``kg evaluate`` and ``kg ontology``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from kg.cli.building import DEMO
from kg.cli.output import note, say, show_table
from kg.cli.places import PLACE, Place


@click.command()
@click.argument("source", metavar="[DIR|URL|FILE]", default=DEMO, type=PLACE)
@click.option("--turtle", is_flag=True, help="Print the SHACL report itself.")
def validate(source: Place, turtle: bool) -> int:
    """Check a build, a store or an RDF file against the shapes.

    These stand in ontology/shapes.ttl. Exit status 1 if it does not conform.

    \b
    Examples:
      kg validate
      kg validate graph/
      kg validate graph/graph.ttl --turtle
    """
    from kg.graph import validate as check
    from kg.rdf import report_text

    report = check(source)
    click.echo(report.turtle if turtle else report_text(report), nl=False)
    return 0 if report.conforms else 1


class ManyGold(click.Command):
    """Takes ``--gold a.json b.json`` as well as ``--gold a.json --gold b.json``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat the option before each gold file that follows one."""
        spread: list[str] = []
        for arg in args:
            follows_gold = len(spread) > 1 and spread[-2] == "--gold"
            if follows_gold and arg.endswith(".json"):
                spread.append("--gold")
            spread.append(arg)
        return super().parse_args(ctx, spread)


@click.command(cls=ManyGold)
@click.argument("source", metavar="BUILD|SOURCE", type=click.Path(path_type=Path))
@click.option(
    "--gold",
    metavar="FILE...",
    multiple=True,
    type=click.Path(path_type=Path),
    help="The gold files (.json), each with its article beside it (.txt).",
)
@click.option(
    "--judgements",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Verdicts that the page saved: how many of the judged claims of a build are right.",
)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder for evaluation.json and .md.  [default: the build, else output/evaluation]",
)
@click.option("--model", metavar="NAME", help="An installed spaCy pipeline to annotate with.")
def evaluate(
    source: Path,
    gold: tuple[Path, ...],
    judgements: tuple[Path, ...],
    out: Path | None,
    model: str | None,
) -> int:
    """Score a build, or articles, against annotated gold or against readers' verdicts.

    Prints and writes the measures with everything that was missed or is wrong; for verdicts the
    share of right claims by relation and by confidence.

    \b
    Examples:
      kg evaluate graph/ --gold gold/a.json gold/b.json
      kg evaluate gold/ --gold gold/*.json --out scores
      kg evaluate graph/ --judgements verdicts.jsonl
    """
    from kg.artefacts import write_evaluation
    from kg.graph import evaluate as score
    from kg.graph import evaluate_judged

    if bool(gold) == bool(judgements):
        raise click.UsageError("give either --gold or --judgements")
    report = evaluate_judged(source, judgements) if judgements else score(source, gold, model=model)
    for line in report.lines():
        say(line)
    for path in write_evaluation(out or _beside(source), report):
        note(f"wrote {path}")
    return 0


@click.command()
@click.option(
    "--only",
    type=click.Choice(["classes", "relations", "frames"]),
    help="Only one of the three tables.",
)
def ontology(only: str | None) -> int:
    """Show the classes, relations and sentence frames.

    \b
    Examples:
      kg ontology
      kg ontology --only frames | grep partnerOf
    """
    tables = {"classes": _classes, "relations": _relations, "frames": _frames}
    for name in [only] if only else tables:
        columns, *rows = tables[name]()
        show_table(columns, rows, name)
        if not only:
            say()
    return 0


def _beside(source: Path) -> Path:
    from kg.artefacts import is_build

    return source if is_build(source) else Path("output/evaluation")


def _classes() -> Iterator[tuple[str, ...]]:
    from kg.ontology import load_ontology

    yield "class", "under", "zh-Hant", "zh-Hans", "en"
    for cls in load_ontology().classes.values():
        yield cls.curie, ", ".join(cls.parents), *map(cls.labels.get, _TAGS, ("", "", ""))


def _relations() -> Iterator[tuple[str, ...]]:
    from kg.ontology import load_ontology

    yield "relation", "subject", "object", "symmetric", "zh-Hant", "zh-Hans", "en"
    for one in load_ontology().relations.values():
        ends = (", ".join(one.domain), ", ".join(one.range), "yes" if one.symmetric else "")
        yield one.curie, *ends, *map(one.labels.get, _TAGS, ("", "", ""))


def _frames() -> Iterator[tuple[str, ...]]:
    from kg.lexicon import load_lexicon

    yield "denotes", "frame", "words", "weight"
    for entry in load_lexicon().entries:
        denoted = ", ".join((*entry.relations, *entry.events))
        for pattern in entry.patterns:
            yield denoted, pattern.source, " ".join(entry.words), f"{entry.weight:.2f}"


_TAGS = ("zh-Hant", "zh-Hans", "en")
