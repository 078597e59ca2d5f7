"""What the head of a plain text says."""

from __future__ import annotations

import pytest

from kg.readers.plain import read_plain


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# 標題\n\n正文。", "標題"),
        ("\r\n# A title #\r\n\r\nText.", "A title"),
        ("---\ntitle: '前言'\n---\n# 標題\n", "前言"),
        ("---\nauthor: 甲\n---\n\n# 標題\n", "標題"),
        ("## 小節\n正文。", None),
        ("#標籤 正文。", None),
        ("正文。\n# 小節\n", None),
        ("", None),
    ],
)
def test_title(text: str, title: str | None) -> None:
    assert read_plain(text).title == title


def test_front_matter() -> None:
    fields = 'Title: "雲端: 平台"', "date: 2021-03-05", "url: https://a.example/1", "source: 甲報"
    text = "\r\n".join(("---", *fields, "---", "文"))
    article = read_plain(text)
    assert article.text == text
    assert article.title == "雲端: 平台"
    assert article.published == "2021-03-05"
    assert article.url == "https://a.example/1"
    assert article.publisher == "甲報"


@pytest.mark.parametrize("text", ["---\ntitle: 甲\n正文。", "正文。\n---\ntitle: 甲\n---\n"])
def test_what_is_no_front_matter(text: str) -> None:
    assert read_plain(text).title is None


@pytest.mark.parametrize("start", ["# ", "---\n", "\n", " ", "#"])
def test_hostile_heads_are_read_to_their_end(start: str) -> None:
    assert read_plain(start + " \t" * 500_000 + "x").text.endswith("x")
    assert len(read_plain(start * 200_000).text) == len(start) * 200_000
