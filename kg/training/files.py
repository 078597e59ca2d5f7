"""A file is there whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path to write to; what is there at the end becomes *path*, at once."""
    waiting = path.with_suffix(".part")
    yield waiting
    waiting.replace(path)


def replace_file(path: Path, text: str) -> None:
    """Write *text* as UTF-8 to *path*."""
    with replacing(path) as waiting:
        waiting.write_text(text, encoding="utf-8")
