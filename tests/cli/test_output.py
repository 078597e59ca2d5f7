"""What is printed: drawn on a terminal, plain in a pipe, never as markup."""

from __future__ import annotations

import re
import sys

import pytest

from kg.cli.output import (
    clean,
    note,
    say,
    say_marked,
    show_pace,
    show_progress,
    show_shards,
    show_table,
)
from kg.model import Failure, Span
from kg.shards import Report

ROWS = [("騰訊", 2), ("[bold]a[/bold]", None), ("x\x1b[31m\ty", ":smile:")]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (3, "3"),
        ("騰訊", "騰訊"),
        ("a\x1b[31mb\nc\td", "a [31mb c d"),
        ("\u202ex", " x"),
    ],
)
def test_no_control_character_reaches_the_terminal(value: object, expected: str) -> None:
    assert clean(value) == expected


def test_a_table_in_a_pipe_is_tab_separated(capsys: pytest.CaptureFixture[str]) -> None:
    show_table(("name", "count"), ROWS, "Title")
    assert capsys.readouterr().out.splitlines() == [
        "name\tcount", "騰訊\t2", "[bold]a[/bold]\t", "x [31m y\t:smile:",
    ]  # fmt: skip


def test_a_table_on_a_terminal_is_drawn(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    show_table(("name", "count"), ROWS, "Title")
    out = capsys.readouterr().out
    assert "Title" in out
    assert "───" in out
    for text in ("騰訊", "[bold]a[/bold]", ":smile:"):
        assert text in out
    assert "\x1b[31m" not in out


MARKS = [(Span(0, 2), "subject"), (Span(2, 4), "trigger"), (Span(6, 8), "object")]


@pytest.mark.parametrize(
    ("text", "marks", "line"),
    [
        ("海風收購[b]北辰", MARKS, "  【海風】‹收購›[b【]北】辰"),
        ("海風收購了\n北辰", MARKS, "  【海風】‹收購›了 【北辰】"),
        ("海風", [], "  海風"),
    ],
)
def test_marks_in_a_pipe_are_brackets(
    text: str, marks: list[tuple[Span, str]], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    say_marked(text, marks, "  ")
    assert capsys.readouterr().out == line + "\n"


def test_marks_on_a_terminal_are_colours(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.delenv("NO_COLOR", raising=False)
    text = "海風收購了\x1b北辰[b]" + "，" * 30
    say_marked(text, MARKS, "  ")
    out = capsys.readouterr().out
    parts = re.findall(r"\x1b\[([\d;]+)m(.*?)\x1b\[0m", out)
    assert [part for _, part in parts] == ["海風", "收購", "北辰"]
    assert len({style for style, _ in parts}) == 3
    plain = re.sub(r"\x1b\[[\d;]+m", "", out)
    assert plain == f"  {text.replace(chr(27), ' ')}\n"


def test_data_and_notes_go_their_own_ways(capsys: pytest.CaptureFixture[str]) -> None:
    say("data")
    note("two\nlines")
    assert capsys.readouterr() == ("data\n", "kg: two lines\n")


def test_progress_is_shown_on_a_terminal_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with show_progress("reading") as silent:
        assert silent is None
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with show_progress("reading") as progress:
        assert progress is not None
        for _ in range(3):
            progress(Failure("a", "read", "b"))
    out, err = capsys.readouterr()
    assert out == ""
    assert "reading 3 articles" in err


@pytest.mark.parametrize(
    ("done", "seconds", "left", "expected"),
    [
        (0, 9.0, 5, "0 articles/s"),
        (30, 10.0, None, "3.0 articles/s"),
        (30, 10.0, 11_000, "3.0 articles/s, 1:01:07 left"),
        (30, 10.0, -2, "3.0 articles/s, 0:00:00 left"),
    ],
)
def test_the_pace(done: int, seconds: float, left: int | None, expected: str) -> None:
    assert show_pace(done, seconds, left) == expected


def test_the_progress_of_shards(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with show_shards(3) as tell:
        assert tell is None
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with show_shards(3) as tell:
        assert tell is not None
        tell(Report(read=1, done=1, lost=[Failure("d", "process", "x")]))
    assert "1 failed" in capsys.readouterr().err
