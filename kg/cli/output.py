"""What the commands print: data on stdout, everything else on stderr, nothing of it as markup.

On a terminal tables are drawn and progress is shown; in a pipe rows are tab-separated lines.
Text of articles comes from strangers: control characters never reach the terminal.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kg.graph import Progress
    from kg.model import Span
    from kg.shards import Report

_ARGUMENT, _TRIGGER = ("【", "】"), ("‹", "›")
_STYLES = {
    "subject": "bold cyan underline",
    "object": "bold magenta underline",
    "trigger": "bold yellow",
}
_CONTROL = ("Cc", "Cf", "Cs", "Zl", "Zp")


def clean(value: Any) -> str:
    """A value as one line of printable text; nothing for None."""
    text = "" if value is None else str(value)
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(c) in _CONTROL else c for c in text)


def say(line: str = "") -> None:
    """A line of data on stdout."""
    click.echo(clean(line))


def say_marked(text: str, marks: Iterable[tuple[Span, str]], indent: str) -> None:
    """A line of data with parts of it marked: coloured on a terminal, else in brackets.

    *marks* are places of *text* that do not overlap, in order, with ``trigger`` or another part.
    """
    line = clean(text)
    if sys.stdout.isatty():
        _colour(line, marks, indent)
        return
    done, pieces = 0, [indent]
    for span, part in marks:
        left, right = _TRIGGER if part == "trigger" else _ARGUMENT
        pieces += [line[done : span.start], left, span.of(line), right]
        done = span.end
    click.echo("".join(pieces) + line[done:])


def _colour(line: str, marks: Iterable[tuple[Span, str]], indent: str) -> None:
    from rich.console import Console
    from rich.text import Text

    drawn = Text(line)
    for span, part in marks:
        drawn.stylize(_STYLES.get(part, "underline"), span.start, span.end)
    console = Console(markup=False, highlight=False, emoji=False)
    console.print(Text(indent) + drawn, soft_wrap=True)


def note(line: str) -> None:
    """A line for the reader on stderr."""
    click.echo(f"kg: {clean(line)}", err=True)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> None:
    """A table on stdout: drawn on a terminal, else tab-separated under a line of names."""
    cells = [[clean(value) for value in row] for row in rows]
    if sys.stdout.isatty():
        _draw(columns, cells, title)
        return
    for row in [list(columns), *cells]:
        click.echo("\t".join(row))


def _draw(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title) if title else None, box=box.SIMPLE_HEAD, title_justify="left")
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console(markup=False, highlight=False, emoji=False).print(table)


@contextmanager
def show_progress(verb: str) -> Iterator[Progress | None]:
    """A function to call with each article; None, and nothing shown, off a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description} {task.completed} articles", markup=False),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(verb, total=None)
        yield lambda _: bar.advance(task)


@contextmanager
def show_shards(total: int | None) -> Iterator[Callable[[Report], None] | None]:
    """A function to call with how far a build of *total* articles is; None off a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}"),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task, start = bar.add_task("", total=total, pace=""), monotonic()

        def tell(report: Report) -> None:
            failed = len(report.unread) + len(report.lost)
            done = report.read + report.done + failed
            left = None if total is None else total - done
            pace = show_pace(report.read + failed, monotonic() - start, left)
            bar.update(task, completed=done, pace=f"{pace}, {failed} failed")

        yield tell


def show_pace(done: int, seconds: float, left: int | None) -> str:
    """How many articles a second, and how long for those that are left; those read now count."""
    if not done or seconds <= 0:
        return "0 articles/s"
    rate = f"{done / seconds:.1f} articles/s"
    if left is None:
        return rate
    minutes, rest = divmod(round(max(left, 0) * seconds / done), 60)
    return f"{rate}, {minutes // 60}:{minutes % 60:02d}:{rest:02d} left"


@contextmanager
def show_stages() -> Iterator[Callable[[str, int, int, float], None] | None]:
    """A function to call with stage, done, of how much, and loss; None off a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("loss {task.fields[loss]:.3f}"),
    )
    with Bar(*columns, console=Console(stderr=True)) as bar:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, total: int, loss: float) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, loss=loss)
            bar.update(tasks[stage], completed=done, total=total, loss=loss)

        yield tell
