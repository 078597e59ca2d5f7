"""From what was found to a checked document."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from kg.errors import DateError, EncodingError, SourceError
from kg.iri import document_iri
from kg.readers.article import Article, Given, check_given, clean_name, clean_url, make_document

TEXT = "晨星科技擴大投資\n\n晨星科技說，這個平台會為學校提供服務。\n"
NOTHING = Given()


def test_a_document_says_where_it_is_from_and_what_it_is() -> None:
    document = make_document(Article(TEXT, url="https://a.example/1"), "a.txt", NOTHING)
    assert document.text == TEXT
    assert document.iri == document_iri(TEXT, "https://a.example/1")
    assert document.source == "a.txt"
    assert document.digest == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (document.language, document.script) == ("zh-Hant", "Hant")
    assert document.url == "https://a.example/1"


@pytest.mark.parametrize(
    ("text", "language"),
    [("晨星科技说，这个平台会为学校提供服务。", "zh-Hans"), ("It serves schools.", "en")],
)
def test_language(text: str, language: str) -> None:
    assert make_document(Article(text), "a.txt", NOTHING).language == language


def test_what_is_given_goes_first() -> None:
    article = Article(TEXT, title="甲", published="2020-01-02", url="https://a.example/1")
    wishes = Given(published="2021-03-05", title="乙", url="https://b.example/2")
    document = make_document(article, "a.txt", wishes)
    assert (document.title, document.published, document.url) == (
        "乙",
        "2021-03-05",
        "https://b.example/2",
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (TEXT, "晨星科技擴大投資"),
        ("\n\n 標題 \r\n正文。", "標題"),
        ("長" * 80 + "\n正文。", "長" * 80),
        ("長" * 81 + "\n正文。", None),
        ("只有一行。\n", None),
    ],
)
def test_the_first_line_is_the_title_if_it_can_be(text: str, title: str | None) -> None:
    assert make_document(Article(text), "a.txt", NOTHING).title == title


def test_the_date_is_the_article_s_own_or_found_in_its_head() -> None:
    text = "晨星科技擴大投資\n2020年04月01日12:45\n\n正文在這裡。"
    assert make_document(Article(text), "a.txt", NOTHING).published == "2020-04-01"
    stated = Article(text, published="2020-04-02")
    assert make_document(stated, "a.txt", NOTHING).published == "2020-04-02"
    assert make_document(Article(TEXT), "a.txt", NOTHING).published is None


def test_an_impossible_date_is_an_error_that_names_the_source() -> None:
    with pytest.raises(DateError, match=r"^a\.txt: .*2020-02-30"):
        make_document(Article(TEXT, published="2020-02-30"), "a.txt", NOTHING)


@pytest.mark.parametrize("text", ["", " \r\n\t", "\u3000\u200b\ufeff\x07"])
def test_nothing_to_read(text: str) -> None:
    with pytest.raises(SourceError, match=r"^a\.txt is empty"):
        make_document(Article(text), "a.txt", NOTHING)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("文" * 2_000_001, "line of 2,000,001 characters"),
        (("文" * 99 + "\n") * 50_001, "more than 5,000,000 characters"),
        ("文\0文", "binary data"),
    ],
)
def test_what_is_no_article(text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        make_document(Article(text), "a.txt", NOTHING)


def test_the_longest_line_is_allowed() -> None:
    text = "文" * 2_000_000 + "\n"
    assert make_document(Article(text), "a.txt", NOTHING).text == text


def test_half_a_surrogate_pair_is_no_character() -> None:
    with pytest.raises(EncodingError, match=r"U\+D83D"):
        make_document(Article("文\ud83d文"), "a.txt", NOTHING)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("甲　乙", "甲　乙"),
        (" 甲\r\n乙\x00\u2028丙\ud800 ", "甲 乙 丙"),
        ("\x07", None),
        ("長" * 301, None),
        (None, None),
        (7, None),
    ],
)
def test_clean_name(value: object, name: str | None) -> None:
    assert clean_name(value) == name


@pytest.mark.parametrize("value", ["https://a.example/新聞?x=1#y", "HTTP://a.example"])
def test_a_url(value: str) -> None:
    assert clean_url(value) == value


@pytest.mark.parametrize(
    "value",
    ["javascript:alert(1)", "https://a b", 'https://a"', "https://a<", "https://a\u202e", "", None],
)
def test_no_url(value: object) -> None:
    assert clean_url(value) is None
    document = make_document(replace(Article(TEXT), url=value), "a.txt", NOTHING)  # type: ignore[arg-type]
    assert document.url is None
    assert document.iri == document_iri(TEXT)


def test_given_values_are_checked() -> None:
    assert check_given("2020年4月1日", "甲", "https://a.example/") == Given(
        "2020-04-01", "甲", "https://a.example/"
    )
    with pytest.raises(DateError, match="2020-13-01"):
        check_given("2020-13-01", None, None)
    with pytest.raises(SourceError, match="http"):
        check_given(None, None, "a.example")
