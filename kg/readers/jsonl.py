"""JSON Lines, one article a line, read line by line: ``{"text": …, "title": …, …}``."""

from __future__ import annotations

import codecs
import gzip
import json
import math
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from kg.errors import EncodingError, InputError, SourceError
from kg.model import Document, Failure
from kg.readers.article import Article, Given, make_document
from kg.readers.decode import decode
from kg.readers.limits import MAX_EXPANSION, MAX_JSONL_LINE

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHUNK = 1 << 20
FIELDS = ("text", "title", "published", "publisher", "source", "url")


class Stream(Protocol):
    """Bytes with line ends."""

    def readline(self, size: int, /) -> bytes:
        """At most *size* bytes, to the end of the line; empty at the end."""


def is_article_line(line: bytes) -> bool:
    """Whether *line* is a JSON object with a text."""
    try:
        return line.lstrip(codecs.BOM_UTF8).lstrip().startswith(b"{") and bool(_parse(line, "-"))
    except SourceError:
        return False


def read_jsonl(lines: Iterable[bytes], name: str, given: Given) -> Iterator[Document | Failure]:
    """A document or a failure for each line that is not blank; sources are ``name#line``.

    Raises SourceError if there is no line, or the first cannot be read from the file.
    """
    number, found = 0, False
    try:
        for number, line in enumerate(lines, 1):
            if line.strip():
                found = True
                yield _read_line(line, f"{name}#{number}", given)
    except SourceError as error:
        if not found:
            raise
        yield Failure(f"{name}#{number + 1}", "read", str(error))
    if not found:
        raise SourceError(f'{name} is empty: give one article a line, as {{"text": …}}')


def _read_line(line: bytes, source: str, given: Given) -> Document | Failure:
    try:
        return make_document(_parse(line, source), source, given)
    except InputError as error:
        return Failure(source, "read", str(error))


def _parse(line: bytes, source: str) -> Article:
    if len(line) > MAX_JSONL_LINE:
        raise SourceError(f"{source} has more than {MAX_JSONL_LINE:,} bytes: split the article")
    return article_of(_parse_object(decode(line, source), source), source)


def article_of(record: dict[str, Any], source: str) -> Article:
    """The article of a record with :data:`FIELDS`; raises SourceError if it has no text."""
    if not isinstance(record.get("text"), str):
        raise SourceError(f'{source} has no "text": give the article as a string')
    published = record.get("published")
    return Article(
        text=record["text"],
        title=_string(record, "title"),
        published=str(published) if published else None,
        publisher=_string(record, "publisher") or _string(record, "source"),
        url=_string(record, "url"),
    )


def _string(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    return value if isinstance(value, str) else None


def _parse_object(text: str, source: str) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{source} is no JSON: write one object a line") from error
    if not isinstance(record, dict):
        raise SourceError(f"{source} is no JSON object: write one object a line")
    return record


def iter_file_lines(path: Path, name: str) -> Iterator[bytes]:
    """The lines of a ``.jsonl`` or ``.jsonl.gz`` file, as :func:`iter_lines` gives them."""
    try:
        packed = path.suffix.lower() == ".gz"
        most = MAX_JSONL_LINE + MAX_EXPANSION * path.stat().st_size if packed else math.inf
        with gzip.open(path) if packed else path.open("rb") as stream:
            yield from iter_lines(stream, name, most)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(f"{name} cannot be read: {error}") from error


def iter_lines(stream: Stream, name: str, most: float = math.inf) -> Iterator[bytes]:
    """The lines of *stream*; of one that is too long, a little more than is allowed.

    Raises SourceError once there are more than *most* bytes, and for UTF-16, whose line ends are
    not single bytes.
    """
    total = 0
    for piece, is_start in _iter_pieces(stream):
        if not total and piece.startswith(_UTF16):
            raise EncodingError(f"{name} is UTF-16: convert it to UTF-8")
        total += len(piece)
        if total > most:
            raise SourceError(f"{name} grows over {MAX_EXPANSION} times its size: unpack it first")
        if is_start:
            yield piece


def _iter_pieces(stream: Stream) -> Iterator[tuple[bytes, bool]]:
    """The starts of lines, and what follows of those that are too long."""
    is_start = True
    while piece := stream.readline(MAX_JSONL_LINE + 1 if is_start else _CHUNK):
        yield piece, is_start
        is_start = piece.endswith(b"\n")
