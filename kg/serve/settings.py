"""What ``kg serve`` was told."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.serve.limits import Limits

ARTICLES = {
    "text/plain": "article.txt",
    "text/html": "article.html",
    "application/json": "article.jsonl",
    "application/x-ndjson": "articles.jsonl",
}
"""Media type of a body with articles → the name of the file that it is read as."""

GIVEN = ("published", "title", "url")
"""What may be said of an article beside its body."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen and what to allow.

    ``token`` opens writing; it is no part of the repr. ``origins`` are the web origins that may
    read from a browser (CORS). ``hosts`` are the names under which the server is asked; by default
    a server on the loopback address knows only that, so that no web page can reach it by a name
    of its own (DNS rebinding), and another one answers to any.
    """

    host: str = "127.0.0.1"
    port: int = 7474
    limits: Limits = field(default_factory=Limits)
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    token: str | None = field(default=None, repr=False)

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """The values of the Host header that are answered; ``*`` for any."""
        if self.hosts:
            return self.hosts
        return (*LOOPBACK[:2], "[::1]") if self.host in LOOPBACK else ("*",)
