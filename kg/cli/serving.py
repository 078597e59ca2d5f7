"""``kg serve``."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kg.cli.building import DEMO
from kg.cli.output import note, say
from kg.cli.places import TOKEN, token_option
from kg.errors import InputError, MissingExtra

_SHORTEST = 16


@click.command()
@click.argument(
    "folder", metavar="[DIR]", default=DEMO, envvar="KG_GRAPH", type=click.Path(path_type=Path)
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; any but a loopback address lets other machines in.",
)
@click.option(
    "--port",
    default=7474,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port to listen on; 0 takes a free one.",
)
@click.option(
    "--limit-seconds",
    default=10.0,
    show_default=True,
    type=click.FloatRange(0.1, 3600),
    help="How long one query may run.",
)
@click.option(
    "--limit-rows",
    default=100_000,
    show_default=True,
    type=click.IntRange(1),
    help="How many rows or triples one answer may have.",
)
@click.option(
    "--limit-memory",
    metavar="MIB",
    default=2048,
    show_default=True,
    type=click.IntRange(64),
    help="How much memory one query may need.",
)
@click.option(
    "--workers",
    default=8,
    show_default=True,
    type=click.IntRange(1, 64),
    help="How many queries run at once.",
)
@click.option(
    "--patience",
    metavar="SECONDS",
    default=30.0,
    show_default=True,
    type=click.FloatRange(0.1, 3600),
    help="How long a client may take to send its request, or to fetch a piece of the answer.",
)
@click.option(
    "--origin",
    "origins",
    metavar="URL",
    multiple=True,
    help="A web origin whose pages may ask from a browser (CORS); none by default.",
)
@click.option(
    "--name",
    "hosts",
    metavar="HOST",
    multiple=True,
    help="A name of this server; requests for another one are refused.",
)
@click.option("--write", is_flag=True, help="Let who has the token change the store.")
@token_option
def serve(
    folder: Path,
    host: str,
    port: int,
    limit_seconds: float,
    limit_rows: int,
    limit_memory: int,
    workers: int,
    patience: float,
    origins: tuple[str, ...],
    hosts: tuple[str, ...],
    write: bool,
    token: str | None,
) -> int:
    """Serve a graph over HTTP: the page, an entity page at each IRI, SPARQL.

    DIR is the folder of a build or a store; what is added to it is shown a few seconds later.
    A query runs in a process of its own, within limits, and may not ask other servers. Nothing can
    be changed over HTTP but with --write, on a store, by who has the token.

    \b
    Examples:
      kg serve
      kg serve graph --port 8080
      KG_TOKEN=… kg serve store --write
      kg serve graph --limit-seconds 30 --origin https://example.org
    """
    try:
        from kg.serve.run import serve as run
    except ImportError as error:
        raise MissingExtra(
            f"kg serve needs {error.name}: install it with pip install 'claimgraph[serve]'"
        ) from error
    from kg.serve.limits import Limits
    from kg.serve.settings import Settings

    limits = Limits(
        seconds=limit_seconds,
        rows=limit_rows,
        memory=limit_memory << 20,
        workers=workers,
        patience=patience,
    )
    opened = _checked(folder, token) if write else None
    with _tidied_up():
        run(folder, Settings(host, port, limits, origins, hosts, opened), _tell)
    return 0


def _checked(folder: Path, token: str | None) -> str:
    """The token, if it can open *folder* for writing."""
    from kg.store import is_store

    if not is_store(folder):
        raise InputError(f"{folder} is no store: --write wants one (`kg build … --store DIR`)")
    found = (token or "").strip()
    if len(found) < _SHORTEST or not (found.isascii() and found.isprintable()):
        raise click.UsageError(
            f"--write needs a token of {_SHORTEST} ASCII characters or more: "
            f"set {TOKEN}, or give --token-file"
        )
    return found


@contextmanager
def _tidied_up() -> Iterator[None]:
    """Let SIGTERM end what is done by the way on which all is tidied up; dying of it is not."""
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(*_: object) -> None:
    raise SystemExit(0)


def _tell(address: str) -> None:
    say(address)
    note(f"the graph is at {address}, SPARQL at {address}sparql; end with Ctrl-C")
