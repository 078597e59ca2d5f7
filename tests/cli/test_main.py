"""The command line itself: help, errors, how it ends."""

from __future__ import annotations

import re
import resource
import subprocess
from pathlib import Path

import pytest
from commands import COMMAND, Result, Run, one_line

from kg.cli import app

ROOT = Path(__file__).resolve().parents[2]


def test_every_command_has_help_with_examples(run: Run) -> None:
    for name in app.commands:
        result = run(name, "--help")
        assert result.status == 0
        assert f"kg {name}" in result.out.partition("Examples:")[2]


def test_the_commands_are_these() -> None:
    assert list(app.commands) == [
        "build", "demo", "show", "explain", "path", "query", "analyze", "timeline", "changes",
        "contradictions", "support", "copies", "review", "serve", "view", "stats", "diff", "remove", "merge",
        "backup", "restore", "migrate", "validate", "evaluate", "ontology", "train",
    ]  # fmt: skip


def test_the_readme_shows_every_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in app.commands if not re.search(rf"kg {name}\b", readme)] == []


def test_without_a_command_it_tells_what_there_is(run: Run) -> None:
    assert run() == run("--help")
    assert "kg demo" in run().out


def test_the_version(run: Run) -> None:
    assert run("--version") == Result(0, "kg, version 0.1.0\n", "")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["biuld"], "no command 'biuld': did you mean 'build'?"),
        (["build"], "Missing argument 'SOURCE...'"),
        (["build", "x", "--out"], "requires an argument"),
        (["show"], "(see `kg show --help`)"),
        (["path", "a", "b", "-k", "0"], "not in the range"),
        (["query", "x", "--format", "xml"], "'xml' is not one of"),
        (["show", "a", "--grpah", "x"], "--graph"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_status_2(
    run: Run, args: list[str], message: str
) -> None:
    result = run(*args)
    assert result.status == 2
    assert message in one_line(result)


def test_help_takes_less_than_half_a_second_of_cpu() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*COMMAND, "--help"], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5


def test_a_reader_that_leaves_is_no_error() -> None:
    process = subprocess.Popen(
        [*COMMAND, "ontology"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_control_c_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.graph.load", interrupt)
    assert run("show", "a") == Result(130, "", "kg: interrupted\n")
