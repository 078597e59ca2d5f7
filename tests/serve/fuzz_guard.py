"""Fuzzes the guard with atheris, which has to be installed by hand.

    nice -n 19 python -m tests.serve.fuzz_guard FOLDER -max_total_time=1200

FOLDER gathers texts that took new ways through the guard. Each that the guard lets pass is
evaluated where the kernel kills whoever opens a file or a socket.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kg.store.guard", "rdflib.plugins.sparql", "pyparsing"]):
    import rdflib.plugins.sparql.algebra
    import rdflib.plugins.sparql.parser  # noqa: F401

    from kg.store import guard

from kg.errors import QueryError
from tests.guard_oracle import Oracle

_WORDS = [
    "SERVICE",
    "SILENT",
    "FROM",
    "NAMED",
    "SELECT",
    "ASK",
    "CONSTRUCT",
    "DESCRIBE",
    "WHERE",
    "GRAPH",
    "FILTER",
    "EXISTS",
    "NOT",
    "MINUS",
    "OPTIONAL",
    "UNION",
    "VALUES",
    "BIND",
    "AS",
    "LOAD",
    "INTO",
    "INSERT",
    "DELETE",
    "DATA",
    "PREFIX",
    "BASE",
    "LIMIT",
    "ORDER",
    "BY",
    "GROUP",
    "HAVING",
    "<http://127.0.0.1:4747/x>",
    "<urn:a>",
    "?s",
    "?p",
    "?o",
    "'''",
    '\\"\\"\\"',
    "\\\\u0022",
    "#",
    "\\x0d",
    "\\x0a",
    "{",
    "}",
    "(",
    ")",
    "^^",
    "@en",
]


def main() -> None:
    """Run libFuzzer over the guard."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    words = folder.with_suffix(".words")
    words.write_text("".join(f'"{word}"\n' for word in _WORDS), "utf-8")
    with Oracle() as oracle:

        def one(data: bytes) -> None:
            text = data.decode("utf-8", "replace")
            try:
                guard.check(text, frozenset(("urn:a", "urn:b")))
            except QueryError:
                return
            if oracle.evaluate(guard.plain(text)) == "dead":
                raise AssertionError(f"reached out: {text!r}")

        atheris.Setup([sys.argv[0], f"-dict={words}", str(folder), *sys.argv[2:]], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
