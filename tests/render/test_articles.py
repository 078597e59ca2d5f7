"""Articles in runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work import steps

from kg.model import Span
from kg.render.articles import Article, Sentences

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=12)


def test_overlapping_marks_keep_the_longer_first_one() -> None:
    marks = [(0, 2, "n0"), (3, 5, "n2"), (0, 4, "n1"), (5, 6, "n3"), (6, 9, "n4")]
    assert Article("甲乙丙丁戊己庚", marks).runs == [
        ["甲乙丙丁", "n1"],
        ["戊"],
        ["己", "n3"],
        ["庚"],
    ]


def test_quotes_that_overlap_share_their_common_run() -> None:
    article = Article("甲乙丙丁", [(1, 3, "n0")], [("c0", Span(0, 2)), ("c1", Span(1, 4))])
    said = [(run[0], run[1], article.sets[run[2]]) for run in article.runs]
    assert said == [
        ("甲", None, ["c0"]),
        ("乙", "n0", ["c0", "c1"]),
        ("丙", "n0", ["c1"]),
        ("丁", None, ["c1"]),
    ]


@given(st.text(max_size=40), SPANS, SPANS, SPANS)
def test_runs_are_the_text_and_every_span_is_some_of_them(
    text: str,
    marks: list[tuple[int, int]],
    quotes: list[tuple[int, int]],
    parts: list[tuple[int, int]],
) -> None:
    def spans(pairs: list[tuple[int, int]]) -> list[Span]:
        return [Span(a, a + n) for a, n in pairs if a + n <= len(text)]

    said = [(f"c{i}", span) for i, span in enumerate(spans(quotes))]
    named = [(a, a + n, f"n{i}") for i, (a, n) in enumerate(marks)]
    article = Article(text, named, said, spans(parts))
    assert "".join(run[0] for run in article.runs) == text
    for span in spans(quotes) + spans(parts):
        first, last = article.slice(span)
        assert "".join(run[0] for run in article.runs[first:last]) == span.of(text)
    for claim, span in said:
        covered = [claim in article.sets[run[2] if len(run) > 2 else 0] for run in article.runs]
        first, last = article.slice(span)
        assert covered == [first <= i < last for i in range(len(article.runs))]


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    text = "甲\ud83d\ude00乙\udc00😀"
    runs = Article(text, [(0, 2, "n0")], [("c0", Span(2, 4))]).runs
    assert [run[0] for run in runs] == ["甲?", "?乙", "?😀"]


def test_an_empty_text_has_no_runs() -> None:
    assert Article("").runs == []


def test_work_grows_with_the_length_of_the_article() -> None:
    def work(sentences: int) -> int:
        text = "甲公司與乙公司合作。" * sentences
        marks = [(at + i, at + i + 3, f"n{i}") for at in range(0, len(text), 10) for i in (0, 4)]
        quotes = [(f"c{at}", Span(at, at + 10)) for at in range(0, len(text), 10)]
        return steps(lambda: Article(text, marks, quotes)).total()

    assert work(400) < 2.5 * work(200)


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        (Span(0, 1), "第一。"),
        (Span(3, 5), "第二！"),
        (Span(6, 8), "第三"),
        (Span(1, 4), "第一。第二！"),
        (Span(7, 8), "第三"),
    ],
)
def test_sentences(span: Span, sentence: str) -> None:
    text = "第一。第二！第三"
    assert Sentences(text).around(span).of(text) == sentence
