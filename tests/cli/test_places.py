from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kg.cli.places import token_option
from kg.errors import InputError


@click.command()
@token_option
def tell(token: str | None) -> None:
    click.echo(token or "none")


def told(*args: str) -> str:
    result = CliRunner().invoke(tell, args)
    if result.exception:
        raise result.exception
    return result.output.strip()


def test_a_token_comes_from_a_file_or_else_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KG_TOKEN", raising=False)
    assert told() == "none"
    monkeypatch.setenv("KG_TOKEN", "of the environment")
    assert told() == "of the environment"
    file = tmp_path / "token"
    file.write_text("of the file\n", "utf-8")
    assert told("--token-file", str(file)) == "of the file"


def test_a_token_is_no_argument() -> None:
    result = CliRunner().invoke(tell, ["--token", "secret"])
    assert result.exit_code == 2


@pytest.mark.parametrize("content", [None, b"\xff", b" \n"])
def test_a_file_without_a_token_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputError, match="token"):
        told("--token-file", str(file))
