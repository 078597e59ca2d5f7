"""The command ``kg``: parse, call, print, exit status.

Exit status: 0 all well; 1 some articles failed (the rest is built), or a graph does not conform;
2 the input or the command line cannot be used; 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches

import click

from kg import __version__
from kg.cli import asking, building, checking, explaining, keeping, serving, training, views
from kg.cli.output import note
from kg.errors import ClaimgraphError, ValidationError


class _Group(click.Group):
    """Commands in the order of their use; a mistyped one is answered with the nearest."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            near = get_close_matches(args[0], self.commands, n=1)
            advice = f": did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"there is no command {args[0]!r}{advice}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Group,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="kg")
@click.pass_context
def app(ctx: click.Context) -> None:
    """Turn news articles into a knowledge graph whose every edge points at its sentence.

    \b
    Start here:
      kg demo                               build the packaged sample article
      kg build article.txt --out graph      build your own
      kg path 騰訊 聯合國 --graph graph       how two entities connect, with the sentences
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


for _command in (
    building.build,
    building.demo,
    asking.show,
    explaining.explain,
    asking.path,
    asking.query,
    asking.analyze,
    views.timeline,
    views.changes,
    views.contradictions,
    views.support,
    views.copies,
    views.review,
    serving.serve,
    keeping.view,
    keeping.stats,
    keeping.diff,
    keeping.remove,
    keeping.merge,
    keeping.backup,
    keeping.restore,
    keeping.migrate,
    checking.validate,
    checking.evaluate,
    checking.ontology,
    training.train,
):
    app.add_command(_command)


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(sys.argv[1:] if args is None else list(args))
    except BrokenPipeError:
        # The reader has left; without this Python complains once more at its own end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        note("interrupted")
        return 130
    except click.ClickException as error:
        note(_advise(error))
        return 2
    except ClaimgraphError as error:
        note(str(error))
        return 1 if isinstance(error, ValidationError) else 2


def _run(args: list[str]) -> int:
    """As ``app.main`` would, but what it catches and tells in its own words reaches us."""
    try:
        with app.make_context("kg", args) as context:
            status = app.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as ending:
        return ending.exit_code
    return status if isinstance(status, int) else 0


def _advise(error: click.ClickException) -> str:
    """What is wrong with the command line, and where to read on."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    message = error.format_message().rstrip(".")
    return f"{message} (see `{context.command_path} --help`)" if context else message
