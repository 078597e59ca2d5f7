"""What a reader found → a checked :class:`~kg.model.Document`."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from kg.dates import find_head_date, parse_date
from kg.errors import DateError, EncodingError, SourceError
from kg.iri import document_iri
from kg.model import Document
from kg.readers.decode import refuse_binary
from kg.readers.limits import MAX_CHARACTERS, MAX_LINE, MAX_TITLE
from kg.script import LANGUAGE_OF_SCRIPT, detect_script

_SHORT = 80
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]{1,2000}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Article:
    """What the source itself says, as found; None where it says nothing."""

    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of a source; it goes before what the source says of itself."""

    published: str | None = None
    title: str | None = None
    url: str | None = None

    @property
    def names_one(self) -> bool:
        """Whether it can be true of one article only."""
        return self.title is not None or self.url is not None


def check_given(published: str | None, title: str | None, url: str | None) -> Given:
    """The checked wishes of the user. Raises DateError, or SourceError for a URL that is none."""
    if url is not None and clean_url(url) is None:
        raise SourceError(f"{url!r} is no URL: give one that begins with http:// or https://")
    return Given(None if published is None else parse_date(published), title, url)


def make_document(article: Article, source: str, given: Given) -> Document:
    """The document of *article*. Raises InputError: empty, too long, no text, impossible date."""
    data = _checked_bytes(article.text, source)
    script = detect_script(article.text)
    url = clean_url(given.url or article.url)
    return Document(
        iri=document_iri(article.text, url),
        text=article.text,
        title=clean_name(given.title) or clean_name(article.title) or _first_line(article.text),
        published=given.published or _date(article, source),
        publisher=clean_name(article.publisher),
        language=LANGUAGE_OF_SCRIPT[script],
        script=script,
        source=source,
        digest=hashlib.sha256(data).hexdigest(),
        url=url,
    )


def clean_name(value: object) -> str | None:
    """*value* on one line without control characters; None unless it is a name of some length."""
    if not isinstance(value, str) or len(value) > MAX_TITLE:
        return None
    shown = (char if char.isprintable() or char == "\u3000" else " " for char in value)
    return re.sub(" +", " ", "".join(shown)).strip() or None


def clean_url(value: object) -> str | None:
    """*value* if it is an http(s) address that can be written as an IRI, else None."""
    usable = isinstance(value, str) and value.isprintable() and _URL.fullmatch(value)
    return str(value) if usable else None


def _checked_bytes(text: str, name: str) -> bytes:
    if len(text) > MAX_CHARACTERS:
        raise SourceError(f"{name} has more than {MAX_CHARACTERS:,} characters: split it")
    if not any(char.isprintable() and char != " " for char in text):
        raise SourceError(f"{name} is empty: give a source with the article's text")
    longest = max(map(len, text.splitlines()))
    if longest > MAX_LINE:
        raise SourceError(f"{name} has a line of {longest:,} characters: break it into paragraphs")
    data = _encode(text, name)
    refuse_binary(data, name)
    return data


def _encode(text: str, name: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        code = ord(text[error.start])
        raise EncodingError(
            f"{name} has half a surrogate pair (U+{code:04X}): write the character whole"
        ) from error


def _date(article: Article, name: str) -> str | None:
    if not article.published:
        return find_head_date(article.text)
    try:
        return parse_date(article.published)
    except DateError as error:
        raise DateError(f"{name}: {error}") from error


def _first_line(text: str) -> str | None:
    """The first line with something in it, if it is short and more follows."""
    first, _, rest = text.lstrip().partition("\n")
    return clean_name(first) if len(first.strip()) <= _SHORT and rest.strip() else None
