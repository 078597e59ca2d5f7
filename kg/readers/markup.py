"""A saved HTML page → its article, by trafilatura, which is imported only here.

Nothing is fetched and nothing is run: the page is parsed as HTML, where a document type's
entities have no meaning, and only text comes out.
"""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from functools import cache
from itertools import islice
from typing import Any

from kg.dates import find_head_date
from kg.errors import SourceError
from kg.readers.article import Article
from kg.readers.limits import MAX_TAG_LENGTH, MAX_TAGS

_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:[\w/+.;=-]{1,100},[\w%+/=.-]{200,}")
_LONG_TAG = re.compile(rf"<[^<>]{{{MAX_TAG_LENGTH}}}")

# A page's own statements about itself, wherever a careless writer put them; its running text,
# with the dates of other articles and of the footer, is left out.
_IN_HEAD = ".//meta | .//link[@rel='canonical'] | (.//title)[1]"
_IN_BODY = ".//h1 | .//script[@type='application/ld+json'] | (.//time[@datetime])[1]"

# No guess from running text, and no bound that moves with the clock.
_DATE_OPTIONS = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}

# trafilatura distrusts what is shorter, and counts in Latin letters (250).
_LEAST_CHARACTERS = "100"

# Where the dateline is looked for: characters before the article's first sentence, which is a
# text of some length that is in the article and not its title.
_DATELINE = 300
_SENTENCE = 20
_SEARCHED = 5_000


def is_page(text: str) -> bool:
    """Whether *text* begins like an HTML page."""
    return _START.match(text[:5000]) is not None


def find_charset(data: bytes) -> str | None:
    """The encoding that a page's head declares."""
    declared = _CHARSET.search(data[:4096])
    return declared[1].decode("ascii", "replace") if declared else None


def read_page(page: str, name: str) -> Article:
    """The article of a page. Raises SourceError where there is none, or the page is too large."""
    page = _EMBEDDED.sub("", page)
    if page.count("<") > MAX_TAGS or _LONG_TAG.search(page):
        raise SourceError(f"{name} has too many or too long tags: save the page's text as .txt")
    trafilatura = _load_trafilatura()
    tree = trafilatura.load_html(page if is_page(page) else f"<html><body>{page}</body></html>")
    text = None if tree is None else _extract_text(trafilatura, tree)
    if not text:
        raise SourceError(f"no article text found in {name}; save the page's text as .txt")
    stated = trafilatura.extract_metadata(_statements(tree), date_config=dict(_DATE_OPTIONS))
    return Article(
        text=text,
        title=stated.title,
        published=stated.date or _find_dateline(tree, text, stated.title),
        publisher=stated.sitename,
        url=stated.url,
    )


@cache
def _load_trafilatura() -> Any:
    import trafilatura

    # Without a handler their warnings would go to standard error.
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    return trafilatura


def _extract_text(trafilatura: Any, tree: Any) -> str | None:
    config = trafilatura.settings.use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", _LEAST_CHARACTERS)
    text: str | None = trafilatura.extract(tree, include_comments=False, config=config)
    return text


def _statements(tree: Any) -> Any:
    """A page of nothing but what *tree* states about itself."""
    page, head, body = map(tree.makeelement, ("html", "head", "body"))
    page.extend((head, body))
    for part, path in ((head, _IN_HEAD), (body, _IN_BODY)):
        part.extend(map(_copy, tree.xpath(path)))
    return page


def _copy(element: Any) -> Any:
    copy = deepcopy(element)
    copy.tail = None
    return copy


def _find_dateline(tree: Any, text: str, title: str | None) -> str | None:
    """The date between the page's title and its article, where the extraction leaves it out."""
    pieces = tree.xpath(".//body//text()[not(parent::script or parent::style)]")
    before: list[str] = []
    for piece in islice((piece.strip() for piece in pieces), _SEARCHED):
        if len(piece) >= _SENTENCE and piece != title and piece in text[:_SEARCHED]:
            return find_head_date("\n".join(filter(None, before))[-_DATELINE:])
        before.append(piece)
    return None
