"""Text of strangers in a line, in Markdown, in a drawing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kg.render.text import markdown, plain, shorten, width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲  乙\n丙\t丁", "甲 乙 丙 丁"),
        ("\x00a\x1b[2J", "\ufffda\ufffd[2J"),
        ("安\u202e全", "安\ufffd全"),
        ("\ud800", "\ufffd"),
        ("字" * 401, "字" * 399 + "…"),
        ("字" * 400, "字" * 400),
        (" " * 2_000 + "字", "…"),
    ],
)
def test_plain(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_a_giant_line_costs_nothing() -> None:
    assert len(plain("字" * 20_000_000)) == 400


@given(st.text(alphabet="aZ9甲`*_~[]()<>&|#!\\$-+=.:/ \n\x00'\"", max_size=40))
def test_markdown_shows_the_text_and_nothing_else(text: str) -> None:
    shown = plain(text)
    html = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .render(f"x “{markdown(text)}” x")
    )
    assert html == f"<p>x “{escaped(shown)}” x</p>\n"


def escaped(text: str) -> str:
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(char, entity)
    return text


def test_a_cell_stays_a_cell() -> None:
    table = f"| a | b |\n|---|---|\n| {markdown('x | y')} | {markdown('z')} |\n"
    html = MarkdownIt("commonmark").enable("table").render(table)
    assert html.count("<td>") == 2
    assert "<td>x | y</td>" in html


def test_a_chinese_character_is_twice_a_letter() -> None:
    assert width("騰訊") == 2
    assert 0.9 < width("ab") < 1.3
    assert width("é") == width("e")
    assert width("e\u0301") == width("e")


@given(st.text(max_size=40), st.integers(2, 20))
def test_shortened_text_fits(text: str, ems: int) -> None:
    short = shorten(text, ems)
    assert width(short) <= ems
    assert short == plain(text) or short.endswith("…")


def test_shorten() -> None:
    assert shorten("一二三四五六", 6) == "一二三四五六"
    assert shorten("一二三四五六", 5) == "一二三四…"
