"""Options that name a graph's place: a folder, or the address of a server."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import InputError

TOKEN = "KG_TOKEN"

Place = str | Path


if TYPE_CHECKING:
    _Base = click.ParamType[Place]
else:
    _Base = click.ParamType  # generic only in later versions


class PlaceType(_Base):
    """A folder as a Path, an address as it is (a Path would lose a slash of it)."""

    name = "place"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Place:
        """The place that the text names."""
        if isinstance(value, Path) or str(value).startswith(("http://", "https://")):
            return value  # type: ignore[no-any-return]
        return Path(value)


PLACE = PlaceType()

store_option: Callable[[Any], Any] = click.option(
    "--store",
    metavar="DIR|URL",
    required=True,
    envvar="KG_STORE",
    type=PLACE,
    help="The store: a folder or the address of a SPARQL 1.1 server (or set KG_STORE).",
)
wait_option: Callable[[Any], Any] = click.option(
    "--wait",
    metavar="SECONDS",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0),
    help="How long to wait for others who use the store.",
)


def _read_token(_: click.Context, __: click.Parameter, file: Path | None) -> str | None:
    """What the file holds; no argument is a token, as all users of the machine can read those."""
    if file is None:
        return os.environ.get(TOKEN)
    try:
        token = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read as a token: {error}") from error
    if not token:
        raise InputError(f"{file} is empty: write the token into it")
    return token


token_option: Callable[[Any], Any] = click.option(
    "--token-file",
    "token",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_read_token,
    help=f"A file with the token of a server; without it the token is what {TOKEN} is set to.",
)
