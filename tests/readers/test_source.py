"""Reading sources of every kind, alone and together."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import DateError, EncodingError, SourceError
from kg.model import Document, Failure
from kg.readers import STDIN, count_articles, iter_documents
from kg.readers.limits import MAX_BYTES

TEXT = "晨星科技擴大投資\n\n晨星科技說，這個平台會為學校提供服務。\n"
OTHER = "南港大學換了校長\n\n林一凡說，他會留在學校教書。\n"


def documents(*sources: str | Path, **options: Any) -> list[Document]:
    return [item for item in iter_documents(sources, **options) if isinstance(item, Document)]


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.TXT", "a", "a.text", "新聞.txt"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp950", "gb18030"])
def test_a_text_file(tmp_path: Path, name: str, encoding: str) -> None:
    path = write(tmp_path / name, TEXT.replace("\n", "\r\n"), encoding)
    (document,) = documents(path)
    assert document.text == TEXT.replace("\n", "\r\n")
    assert document.title == "晨星科技擴大投資"
    assert document.source == str(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"), include_characters="\r\n\t"))
)
def test_the_text_is_exact(tmp_path: Path, text: str) -> None:
    path = write(tmp_path / "a.txt", "文" + text)
    assert [document.text for document in documents(path)] == ["文" + text]


def test_a_page(tmp_path: Path) -> None:
    sentence = (
        "晨星科技宣布，將與南港大學合作開發新的雲端平台，預計明年投入使用，並在三個城市試行。"
    )
    body = "".join(f"<p>{sentence}第{number}段。</p>" for number in "一二三四")
    page = (
        "<html><head><meta charset='gb2312'><title>平台</title></head>"
        f"<body><article>{body}</article></body></html>"
    )
    (document,) = documents(write(tmp_path / "a.html", page, "gb18030"))
    assert document.text.count(sentence) == 4
    assert document.title == "平台"


def test_a_folder_with_a_bad_file(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT)
    (tmp_path / "b.txt").write_bytes(b"\0\1\2")
    write(tmp_path / "c" / "d.jsonl", json.dumps({"text": OTHER}))
    first, failure, last = iter_documents([tmp_path])
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert failure == Failure(
        str(tmp_path / "b.txt"),
        "read",
        f"{tmp_path / 'b.txt'} is binary data, not text: give text, HTML or JSONL",
    )
    assert [first.source, last.source] == [
        str(tmp_path / "a.txt"),
        f"{tmp_path / 'c' / 'd.jsonl'}#1",
    ]


def test_a_bad_source_among_several_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    blank = write(tmp_path / "blank.txt", " \n")
    good = write(tmp_path / "a.txt", TEXT)
    items = list(iter_documents([tmp_path / "empty", blank, good]))
    assert [type(item) for item in items] == [Failure, Failure, Document]


def test_a_missing_source_is_noticed_before_anything_is_read(tmp_path: Path) -> None:
    good = write(tmp_path / "a.txt", TEXT)
    with pytest.raises(SourceError, match=r"b\.txt' does not exist"):
        iter_documents([good, tmp_path / "b.txt"])


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "", "missing/"])
def test_paths_that_cannot_be(name: str) -> None:
    with pytest.raises(SourceError):
        list(iter_documents([name] if name else []))


def test_what_is_neither_a_file_nor_a_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="neither a file nor a folder"):
        iter_documents([tmp_path / "pipe"])


def test_a_file_that_goes_away_is_a_failure_among_others(tmp_path: Path) -> None:
    one, two = write(tmp_path / "1.txt", TEXT), write(tmp_path / "2.txt", OTHER)
    items = iter_documents([one, two])
    two.unlink()
    assert [type(item) for item in items] == [Document, Failure]


def test_an_impossible_date_is_noticed_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(DateError, match="2020-02-30"):
        iter_documents([write(tmp_path / "a.txt", TEXT)], published="2020-02-30")


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b"", SourceError, "is empty"),
        (b" \n\t", SourceError, "is empty"),
        (b"\x7fELF\0\0\0", SourceError, "is binary data"),
        (b"caf\xe9 au lait", EncodingError, "convert it to UTF-8"),
        (b"a" * 2_000_001, SourceError, "line of 2,000,001 characters"),
        (b"a" * 20 * 2**20, SourceError, "more than 20,000,000 bytes"),
        (b"---\ndate: 2020-02-30\n---\na", DateError, "2020-02-30"),
    ],
)
def test_a_bad_file_alone_is_an_error(
    tmp_path: Path, data: bytes, error: type[Exception], message: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(error, match=message) as caught:
        list(iter_documents([path]))
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_without_articles(tmp_path: Path) -> None:
    write(tmp_path / "a.pdf", "x")
    with pytest.raises(SourceError, match=r"has no article: put \.txt"):
        list(iter_documents([tmp_path]))


def test_a_large_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    monkeypatch.setattr("kg.readers.source.decode", lambda *_: pytest.fail("it was read"))
    with pytest.raises(SourceError, match="bytes"):
        list(iter_documents([path]))


def test_the_same_article_comes_once(tmp_path: Path) -> None:
    one, two = write(tmp_path / "1.txt", TEXT), write(tmp_path / "2.md", TEXT)
    other = write(tmp_path / "3.txt", OTHER)
    assert [document.source for document in documents(one, two, one, other)] == [
        str(one),
        str(other),
    ]


def test_what_is_given(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    (document,) = documents(path, published="2020/4/1", title="甲", url="https://a.example/1")
    assert (document.published, document.title, document.url) == (
        "2020-04-01",
        "甲",
        "https://a.example/1",
    )


@pytest.mark.parametrize("options", [{"title": "甲"}, {"url": "https://a.example/1"}])
def test_a_title_or_url_is_for_one_article(tmp_path: Path, options: dict[str, Any]) -> None:
    one, two = write(tmp_path / "1.txt", TEXT), write(tmp_path / "2.txt", OTHER)
    lines = write(tmp_path / "n.jsonl", json.dumps({"text": TEXT}))
    for sources in ([one, two], [tmp_path], [lines]):
        with pytest.raises(SourceError, match="is for one article"):
            iter_documents(sources, **options)
    with pytest.raises(SourceError, match="is for one article"):
        list(iter_documents([STDIN], stdin=io.BytesIO(lines.read_bytes()), **options))


def test_packed_lines(tmp_path: Path) -> None:
    path = tmp_path / "n.jsonl.gz"
    lines = "\n".join(json.dumps({"text": text}) for text in (TEXT, OTHER))
    path.write_bytes(gzip.compress(lines.encode()))
    assert [document.source for document in documents(path)] == [f"{path}#1", f"{path}#2"]


def from_stdin(data: bytes) -> list[Document]:
    items = iter_documents([STDIN], stdin=io.BytesIO(data))
    return [item for item in items if isinstance(item, Document)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030", "cp950"])
def test_text_from_standard_input(encoding: str) -> None:
    (document,) = from_stdin(TEXT.encode(encoding))
    assert (document.text, document.source) == (TEXT, "-")


def test_lines_from_standard_input() -> None:
    lines = "\n".join(json.dumps({"text": text}) for text in (TEXT, OTHER))
    assert [document.source for document in from_stdin(lines.encode())] == ["-#1", "-#2"]


def test_a_page_from_standard_input() -> None:
    sentence = "晨星科技宣布，將與南港大學合作開發新的雲端平台，預計明年投入使用。"
    page = f"<!DOCTYPE html><html><body><article><p>{sentence}</p></article></body></html>"
    (document,) = from_stdin(page.encode())
    assert document.text == sentence


@pytest.mark.parametrize(
    ("data", "message"), [(b"", "- is empty"), (b"ab " * 7_000_000, "- has more than 20,000,000")]
)
def test_bad_standard_input(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        from_stdin(data)


def test_standard_input_that_is_not_there() -> None:
    with pytest.raises(SourceError, match="standard input"):
        iter_documents([STDIN])


def test_importing_the_readers_is_cheap() -> None:
    heavy = ("trafilatura", "lxml", "spacy", "rdflib", "networkx", "charset_normalizer")
    code = f"import sys, kg.readers; print(*(set({heavy}) & set(sys.modules)))"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == ""


def test_text_needs_no_html_library(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    code = (
        "import sys; from kg.readers import iter_documents\n"
        f"list(iter_documents([{str(path)!r}])); print('trafilatura' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "False"


@pytest.mark.shared
def test_the_seed_article_has_its_date_and_title(shared: Path) -> None:
    (document,) = documents(shared / "articles" / "tencent-un75.txt")
    assert document.published == "2020-04-01"
    assert document.language == "zh-Hant"
    assert document.title is not None
    assert document.title in document.text


def test_two_texts_of_one_address_are_told_and_the_first_stands(tmp_path: Path) -> None:
    url = "https://news.example/7"
    texts = ("甲公司成立。", "乙公司成立。", "甲公司成立。")
    lines = [json.dumps({"url": url, "text": text}, ensure_ascii=False) for text in texts]
    path = tmp_path / "n.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    first, second = iter_documents([path])
    assert isinstance(first, Document)
    assert first.text == texts[0]
    assert second == Failure(
        f"{path}#2", "read", f"{url} was read before, with another text: keep one of the two"
    )


def test_articles_are_counted_cheaply(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲", "utf-8")
    (tmp_path / "b.jsonl").write_text("{}\n\n{}\n", "utf-8")
    assert count_articles([tmp_path]) == 3
    assert count_articles([tmp_path, "-"]) is None
