"""One article a line: a bad line costs one article."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from pathlib import Path

import pytest

from kg.errors import EncodingError, SourceError
from kg.model import Document, Failure
from kg.readers.article import Given
from kg.readers.jsonl import is_article_line, iter_file_lines, iter_lines, read_jsonl
from kg.readers.limits import MAX_JSONL_LINE


def line(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def read(*lines: bytes) -> list[Document | Failure]:
    return list(read_jsonl(lines, "n.jsonl", Given()))


def test_the_fields_of_a_line() -> None:
    (document,) = read(
        line(
            id="7",
            url="https://news.example/7",
            title="校長來訪",
            published="2020-10-28",
            author="甲",
            category="教育",
            lang="zh-Hant",
            publisher="晨報",
            text="校長昨日來訪。",
        )
    )
    assert isinstance(document, Document)
    assert document.text == "校長昨日來訪。"
    assert document.title == "校長來訪"
    assert document.published == "2020-10-28"
    assert document.publisher == "晨報"
    assert document.url == "https://news.example/7"
    assert document.source == "n.jsonl#1"


def test_fields_of_the_wrong_kind_are_left_out() -> None:
    (document,) = read(line(text="文。", title=["甲"], url=7, source={"a": 1}, published=None))
    assert isinstance(document, Document)
    assert (document.title, document.url, document.publisher, document.published) == (None,) * 4


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        (b"not json\n", "is no JSON:"),
        (b"[1]\n", "is no JSON object"),
        (b"[" * 100_000 + b"\n", "is no JSON"),
        (b"9" * 10_000 + b"\n", "is no JSON"),
        (line(title="甲"), 'has no "text"'),
        (line(text=7), 'has no "text"'),
        (line(text=" \n"), "is empty"),
        (b'{"text": "a\\ud800"}\n', "surrogate"),
        (b'{"text": "a\\u0000"}\n', "binary data"),
        (line(text="文。", published="2020-02-30"), "2020-02-30"),
        (line(text="文。", published=20201), "20201"),
        (b'{"text": "\xff\xff"}\n', "convert it to UTF-8"),
        (b'{"text": "' + b"a" * 20_000_000 + b'"}\n', "more than 16,000,000 bytes"),
    ],
)
def test_a_bad_line_is_a_failure_and_the_rest_goes_on(bad: bytes, error: str) -> None:
    lines = iter_lines(io.BytesIO(line(text="一。") + bad + line(text="三。")), "n.jsonl")
    first, failure, third = read_jsonl(lines, "n.jsonl", Given())
    assert isinstance(first, Document)
    assert isinstance(failure, Failure)
    assert (failure.document, failure.stage) == ("n.jsonl#2", "read")
    assert error in failure.error
    assert "\n" not in failure.error
    assert isinstance(third, Document)
    assert third.source == "n.jsonl#3"


def test_blank_lines_count_but_are_no_articles() -> None:
    assert [
        item.source for item in read(b"\n", line(text="文。")) if isinstance(item, Document)
    ] == ["n.jsonl#2"]


def test_a_byte_order_mark_and_a_missing_last_line_end() -> None:
    (document,) = read(b"\xef\xbb\xbf" + line(text="文。").rstrip())
    assert isinstance(document, Document)


@pytest.mark.parametrize("lines", [(), (b"\n", b" \n")])
def test_no_line_at_all(lines: tuple[bytes, ...]) -> None:
    with pytest.raises(SourceError, match=r"n\.jsonl is empty"):
        read(*lines)


def test_a_long_line_is_never_held_whole() -> None:
    with gzip.open(packed := io.BytesIO(), "wb", compresslevel=1) as file:
        for _ in range(100):
            file.write(b"a" * 1_000_000)
    packed.seek(0)
    tracemalloc.start()
    (cut,) = iter_lines(gzip.GzipFile(fileobj=packed), "n.jsonl.gz")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(cut) == MAX_JSONL_LINE + 1
    assert peak < 5 * MAX_JSONL_LINE


def test_utf_16_is_refused_once() -> None:
    data = '{"text": "文"}\n{"text": "章"}\n'.encode("utf-16")
    with pytest.raises(EncodingError, match="UTF-16"):
        list(iter_lines(io.BytesIO(data), "n.jsonl"))


def test_gzip(tmp_path: Path) -> None:
    path = tmp_path / "n.jsonl.gz"
    path.write_bytes(gzip.compress(line(text="一。") + line(text="二。")))
    assert list(iter_file_lines(path, "n")) == [line(text="一。"), line(text="二。")]


def test_a_file_that_is_no_gzip(tmp_path: Path) -> None:
    path = tmp_path / "n.jsonl.gz"
    path.write_bytes(line(text="一。"))
    with pytest.raises(SourceError, match="n cannot be read"):
        list(read_jsonl(iter_file_lines(path, "n"), "n", Given()))


def test_a_gzip_file_that_breaks_off_keeps_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "n.jsonl.gz"
    lines = b"".join(line(text=f"第{number}篇在此。") for number in range(9000))
    path.write_bytes(gzip.compress(lines)[:-2000])
    *documents, failure = read_jsonl(iter_file_lines(path, "n"), "n", Given())
    assert len(documents) > 1000
    assert isinstance(failure, Failure)
    assert failure.document == f"n#{len(documents) + 1}"
    assert "cannot be read" in failure.error


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "n.jsonl.gz"
    with gzip.open(path, "wb") as file:
        file.write(line(text="一。"))
        for _ in range(50):
            file.write((b" " * 9_999 + b"\n") * 100)
    first, failure = read_jsonl(iter_file_lines(path, "n"), "n", Given())
    assert isinstance(first, Document)
    assert isinstance(failure, Failure)
    assert "100 times its size" in failure.error


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (line(text="文"), True),
        (b"\xef\xbb\xbf " + line(text="文"), True),
        (line(title="文"), False),
        (b"{not json\n", False),
        (b"plain text\n", False),
        (b"", False),
    ],
)
def test_is_article_line(data: bytes, expected: bool) -> None:
    assert is_article_line(data) is expected
