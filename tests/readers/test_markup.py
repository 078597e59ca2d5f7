"""Saved pages: their article, their statements, and hostile ones."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.readers.limits import MAX_TAGS
from kg.readers.markup import find_charset, is_page, read_page

FIRST = "晨星科技昨日宣布，將與南港大學合作開發新的雲端平台，預計明年初投入使用，並在三個城市試行。"
SECOND = "公司表示，平台的第一階段將於六月完成，屆時會邀請五十家企業參加測試，並公開測試的結果。"
THIRD = "南港大學校長林一凡說，雙方的合作已有三年，學生可以參與開發，也可以把成果寫成論文。"
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
NAVIGATION = "<nav><a href='/'>首頁</a><a href='/money'>財經</a></nav>"
FOOTER = "<footer>版權所有 2024-01-01</footer>"


def page(head: str = "", before: str = "", body: str = BODY, doctype: str = "") -> str:
    return (
        f"{doctype}<html><head>{head}</head><body>{NAVIGATION}{before}"
        f"<article>{body}</article>{FOOTER}</body></html>"
    )


def test_the_article_without_what_is_around_it() -> None:
    assert read_page(page(), "a.html").text == f"{FIRST}\n{SECOND}\n{THIRD}"


def test_what_the_page_states() -> None:
    head = (
        "<title>雲端平台明年啟用 - 晨報</title>"
        "<meta property='article:published_time' content='2021-03-05T08:00:00+08:00'>"
        "<meta property='og:site_name' content='晨報'>"
        "<link rel='canonical' href='https://news.example/a/1'>"
    )
    article = read_page(page(head), "a.html")
    assert article.title == "雲端平台明年啟用"
    assert article.published == "2021-03-05"
    assert article.publisher == "晨報"
    assert article.url == "https://news.example/a/1"


@pytest.mark.parametrize(
    ("head", "before"),
    [
        ("", "<time datetime='2021-03-05T08:00'>3月5日</time>"),
        ('<script type=\'application/ld+json\'>{"datePublished": "2021-03-05"}</script>', ""),
        ("", "<div><h1>雲端平台明年啟用</h1><span class='date'>2021年03月05日 08:30</span></div>"),
        ("<meta itemprop='datePublished' content='2021-03-05'>", "<p>2020-01-01 10:00</p>"),
    ],
)
def test_the_date_is_not_the_footer_s(head: str, before: str) -> None:
    assert read_page(page(head, before), "a.html").published == "2021-03-05"


def test_a_page_without_a_date_has_none() -> None:
    assert read_page(page(), "a.html").published is None


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<html><head><title>空</title></head><body></body></html>",
        "<html><body><script>let text = 'no article'</script></body></html>",
    ],
)
def test_no_article(markup: str) -> None:
    with pytest.raises(SourceError, match=r"no article text found in a\.html; save .* as \.txt"):
        read_page(markup, "a.html")


def test_a_fragment_is_a_page() -> None:
    assert read_page(f"<p>{FIRST}</p>", "a.html").text == FIRST


def test_entities_of_a_document_type_stay_closed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("PASSWORD")
    entities = "".join(f"<!ENTITY e{i} '&e{i - 1};&e{i - 1};'>" for i in range(1, 40))
    doctype = (
        f"<!DOCTYPE html [<!ENTITY e0 'EXPANDED'><!ENTITY x SYSTEM '{secret.as_uri()}'>"
        f"<!ENTITY % p SYSTEM '{secret.as_uri()}'> %p; {entities}]>"
    )
    body = f"{BODY}<p>秘密是 &x; 還有 &e0; 和 &e39; 這些。</p>"
    for prolog in ("", "<?xml version='1.0'?>"):
        text = read_page(prolog + page(body=body, doctype=doctype), "a.html").text
        assert FIRST in text
        assert "PASSWORD" not in text
        assert "EXPANDED" not in text.partition(FIRST)[2]


def test_nothing_is_run_or_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a page reached for the network")

    monkeypatch.setattr("socket.socket.connect", refuse)
    body = (
        f"{BODY}<script>document.title = 'RUN'</script><iframe src='http://127.0.0.1:9/'></iframe>"
        "<img src='http://127.0.0.1:9/x.png' onerror='alert(1)'><object data='file:///etc/passwd'>"
    )
    head = "<base href='http://127.0.0.1:9/'><link rel='stylesheet' href='http://127.0.0.1:9/c'>"
    article = read_page(page(head, body=body), "a.html")
    assert article.text == f"{FIRST}\n{SECOND}\n{THIRD}"
    assert article.title is None


@pytest.mark.parametrize(
    "markup",
    [
        "<p>" * (MAX_TAGS + 1),
        "<html><body " + " ".join(f"a{i}=1" for i in range(20_000)) + f">{BODY}",
    ],
)
def test_a_page_that_would_take_minutes_is_refused(markup: str) -> None:
    with pytest.raises(SourceError, match="tags"):
        read_page(markup, "a.html")


@pytest.mark.parametrize(
    "extra",
    [
        "<div>" * 90_000,
        "<!--" * 50_000,
        "<script>" * 50_000,
        "<img src='data:image/png;base64," + "A" * 3_000_000 + "'>",
        "\x01\x02",
    ],
)
def test_odd_pages_are_read(extra: str) -> None:
    assert FIRST in read_page(page(body=BODY + extra), "a.html").text


@pytest.mark.parametrize("ld", ["[" * 5000, '{"headline": {"a": []}, "datePublished": [1]}', "{"])
def test_bad_statements_are_left_out(ld: str) -> None:
    head = f"<script type='application/ld+json'>{ld}</script>"
    article = read_page(page(head), "a.html")
    assert (article.title, article.published) == (None, None)


def test_its_complaints_do_not_reach_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SourceError):
        read_page("<html><body></body></html>", "a.html")
    assert logging.getLogger("trafilatura").hasHandlers()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "text", ["<!DOCTYPE html><p>", " \n<HTML lang=zh>", "<?xml version='1.0'?><!-- a --><html>"]
)
def test_is_page(text: str) -> None:
    assert is_page(text)


@pytest.mark.parametrize("text", ["正文 <html>", "<b>粗</b>", "", "<!-- a -->" * 2000])
def test_is_no_page(text: str) -> None:
    assert not is_page(text)


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (b"<meta charset=big5>", "big5"),
        (b"<META http-equiv='x' content='text/html; charset=GB2312'>", "GB2312"),
        (b"charset=big5", None),
    ],
)
def test_find_charset(data: bytes, charset: str | None) -> None:
    assert find_charset(data) == charset
