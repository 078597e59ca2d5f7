"""Plain text and Markdown: the text as it is, with what its head says of it."""

from __future__ import annotations

import re

from kg.readers.article import Article

_FRONT_MATTER = re.compile(r"\s*---\r?\n(.{0,4000}?\n)---(?:\r?\n|$)", re.DOTALL)


def read_plain(text: str) -> Article:
    """*text* with the title, date, publisher and URL of its front matter, or its ``# heading``."""
    front = _FRONT_MATTER.match(text)
    fields = _read_fields(front[1]) if front else {}
    body = text[front.end() :] if front else text
    return Article(
        text=text,
        title=fields.get("title") or _heading(body),
        published=fields.get("published") or fields.get("date"),
        publisher=fields.get("publisher") or fields.get("source"),
        url=fields.get("url"),
    )


def _read_fields(block: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in block.splitlines())
    return {key.strip().lower(): value.strip().strip("'\"") for key, _, value in pairs}


def _heading(body: str) -> str | None:
    line = body.lstrip().partition("\n")[0]
    return line.strip("# \t\r") if line.startswith("# ") else None
