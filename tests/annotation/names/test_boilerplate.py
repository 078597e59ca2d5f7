"""Lines at an article's ends that are not the article."""

from __future__ import annotations

import pytest
from annotated import annotate, view_of

from kg.annotation.names.boilerplate import boilerplate_lines

BODY = "青禾集團昨日在上海開會。" * 120  # longer than head and foot together
CREDITS = "責任編輯：雲杉集團　版權所有"


def lines(text: str) -> list[str]:
    return [span.of(text) for span in boilerplate_lines(view_of(text))]


@pytest.mark.parametrize(
    "line",
    [
        CREDITS,
        "责任编辑：云杉集团　版权所有",
        "未經授權不得轉載",
        "免責聲明：僅供參考",
        "延伸閱讀：雲杉集團",
        "雲杉新聞網　記者王小雲／雲河報導",
        "（记者王小云 云河综合报道）",
    ],
)
@pytest.mark.parametrize("layout", ["{}\n" + BODY, BODY + "\n{}", BODY + "\n{}\n"])
def test_credits_at_either_end(line: str, layout: str) -> None:
    assert lines(layout.format(line)) == [line]


def test_the_same_words_in_the_middle_are_the_article() -> None:
    assert lines(f"{BODY}\n{CREDITS}\n{BODY}") == []


@pytest.mark.parametrize(
    "line", ["記者王小雲報導了此事。他說，雲杉集團開會。", "雲杉集團邀請記者採訪。"]
)
def test_a_line_that_tells_of_reporters_is_the_article(line: str) -> None:
    assert lines(f"{line}\n{BODY}") == []


def test_a_long_line_is_the_article() -> None:
    assert lines(CREDITS + "雲杉" * 100) == []


def test_an_article_without_credits() -> None:
    assert lines(BODY) == []
    assert lines("") == []


def test_names_on_such_lines_do_not_count() -> None:
    text = f"{BODY}\n{CREDITS}"
    assert {m.surface for m in annotate(text).mentions} == {"青禾集團", "上海"}


@pytest.mark.parametrize("line", ["責任編輯：青禾集團　版權所有", "關注我們的版權"])
def test_neither_do_short_forms_and_anaphors_there(line: str) -> None:
    text = f"{BODY}\n{line}"
    assert all(m.span.end <= len(BODY) for m in annotate(text).mentions)
