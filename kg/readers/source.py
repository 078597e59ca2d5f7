"""Files, folders, JSON Lines, Parquet and standard input → documents, one at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from kg.errors import ClaimgraphError, InputError, SourceError
from kg.model import Document, Failure
from kg.readers.article import Article, Given, check_given, make_document
from kg.readers.decode import decode
from kg.readers.folder import LINES, PAGES, SUFFIXES, TABLES, iter_files, show_path
from kg.readers.jsonl import is_article_line, iter_file_lines, iter_lines, read_jsonl
from kg.readers.limits import MAX_BYTES, MAX_JSONL_LINE
from kg.readers.markup import find_charset, is_page, read_page
from kg.readers.parquet import count_rows, read_parquet
from kg.readers.plain import read_plain

STDIN = "-"

Read = Document | Failure


def iter_documents(
    sources: Sequence[str | Path],
    *,
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Read]:
    """Read *sources* lazily, in order: files, folders (recursive), JSON Lines, Parquet, ``-`` for
    *stdin*.

    *published* is a date, for all that is read; *title* and *url* are for a single article. The
    same document (by IRI) comes once. An article that cannot be read is a
    :class:`~kg.model.Failure` among others, and raises if it is the only source.

    Raises, before anything is read: SourceError (a source that does not exist), DateError.
    """
    given = check_given(published, title, url)
    names = list(dict.fromkeys(map(str, sources)))
    _check_sources(names, given, stdin)
    return _iter_once(_iter_all(names, given, stdin))


def count_articles(sources: Sequence[str | Path]) -> int | None:
    """About how many articles *sources* have, told cheaply; None where that cannot be told."""
    names = list(dict.fromkeys(map(str, sources)))
    if STDIN in names:
        return None
    try:
        return sum(map(_count, names))
    except (OSError, EOFError, ClaimgraphError, zlib.error):
        return None


def _count(name: str) -> int:
    path = Path(name)
    if path.is_dir():
        return sum(_count(str(one)) for one in iter_files(path) if isinstance(one, Path))
    if _has_rows(path):
        return count_rows(path, name)
    if _has_lines(path):
        return sum(1 for line in iter_file_lines(path, name) if line.strip())
    return 1


def _check_sources(names: Sequence[str], given: Given, stdin: BinaryIO | None) -> None:
    if not names:
        raise SourceError("no source: give a file, a folder, or - for standard input")
    if given.names_one and len(names) > 1:
        raise SourceError(f"a title or URL is for one article, here are {len(names)} sources")
    for name in names:
        if name == STDIN and stdin is None:
            raise SourceError("standard input is not there: give a file")
        if name != STDIN:
            _check_path(name, given)


def _check_path(name: str, given: Given) -> None:
    path = Path(name)
    try:
        if not path.exists():
            raise SourceError(f"{name!r} does not exist: check the path")
        if not path.is_file() and not path.is_dir():
            raise SourceError(f"{name!r} is neither a file nor a folder: pipe it in, with - for it")
        if given.names_one and (path.is_dir() or _has_lines(path) or _has_rows(path)):
            raise SourceError(f"a title or URL is for one article, {name} may have many")
    except OSError as error:
        raise SourceError(f"{name!r} cannot be read: {error.strerror}") from error


def _iter_once(items: Iterable[Read]) -> Iterator[Read]:
    """Each document once; one that has the IRI of another, but not its text, is a failure."""
    seen: dict[str, bytes] = {}
    for item in items:
        if isinstance(item, Failure):
            yield item
            continue
        digest = bytes.fromhex(item.digest)
        first = seen.setdefault(item.iri, digest)
        if first is digest:
            yield item
        elif first != digest:
            said = f"{item.url} was read before, with another text: keep one of the two"
            yield Failure(item.source, "read", said)


def _iter_all(names: Sequence[str], given: Given, stdin: BinaryIO | None) -> Iterator[Read]:
    for name in names:
        items = _iter_source(name, given, stdin)
        yield from items if len(names) == 1 else _keep_failures(name, items)


def _keep_failures(name: str, items: Iterator[Read]) -> Iterator[Read]:
    try:
        yield from items
    except InputError as error:
        yield Failure(show_path(name), "read", str(error))


def _iter_source(name: str, given: Given, stdin: BinaryIO | None) -> Iterator[Read]:
    if name == STDIN and stdin is not None:
        return _iter_stdin(stdin, given)
    return (_iter_folder if Path(name).is_dir() else _iter_file)(name, given)


def _iter_folder(name: str, given: Given) -> Iterator[Read]:
    empty = True
    for path in iter_files(Path(name)):
        empty = False
        if isinstance(path, Failure):
            yield path
        else:
            yield from _keep_failures(str(path), _iter_file(str(path), given))
    if empty:
        raise SourceError(f"{name} has no article: put {', '.join(SUFFIXES)} files there")


def _iter_file(source: str, given: Given) -> Iterator[Read]:
    path, name = Path(source), show_path(source)
    if _has_lines(path):
        yield from read_jsonl(iter_file_lines(path, name), name, given)
    elif _has_rows(path):
        yield from read_parquet(path, name, given)
    else:
        page = path.suffix.lower() in PAGES
        yield make_document(_read_article(_read_bytes(path, name), name, page), name, given)


def _has_lines(path: Path) -> bool:
    return path.name.lower().endswith(LINES)


def _has_rows(path: Path) -> bool:
    return path.name.lower().endswith(TABLES)


def _read_bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            _check_size(path.stat().st_size, name)
            return file.read(MAX_BYTES)
    except OSError as error:
        raise SourceError(f"{name} cannot be read: {error.strerror}") from error


def _check_size(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise SourceError(
            f"{name} has more than {MAX_BYTES:,} bytes: split it, or give JSONL, one article a line"
        )


def _read_article(data: bytes, name: str, page: bool | None = None) -> Article:
    """The article of a page or a text; *page* is None where only the data can tell."""
    text = decode(data, name, find_charset(data))
    if page is None:
        page = is_page(text)
    return read_page(text, name) if page else read_plain(text)


def _iter_stdin(stdin: BinaryIO, given: Given) -> Iterator[Read]:
    """Tell JSON Lines, a page and plain text apart by how the stream begins."""
    head = stdin.readline(MAX_JSONL_LINE + 1)
    if is_article_line(head):
        if given.names_one:
            raise SourceError("a title or URL is for one article, standard input has many")
        yield from read_jsonl(chain([head], iter_lines(stdin, STDIN)), STDIN, given)
        return
    data = head + stdin.read(MAX_BYTES + 1 - len(head))
    _check_size(len(data), STDIN)
    yield make_document(_read_article(data, STDIN), STDIN, given)
