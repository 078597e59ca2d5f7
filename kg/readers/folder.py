"""Which files of a folder are articles, and how a path is written."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from kg.model import Failure

TEXT = (".txt", ".md")
PAGES = (".html", ".htm")
LINES = (".jsonl", ".jsonl.gz")
TABLES = (".parquet",)
SUFFIXES = TEXT + PAGES + LINES + TABLES


def iter_files(folder: Path) -> Iterator[Path | Failure]:
    """The files with a known suffix, sorted by name, then those of each subfolder.

    Hidden names are skipped and links to folders not followed; a folder that cannot be listed and
    a link to a file that is gone are a Failure.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        name = show_path(str(folder))
        yield Failure(name, "read", f"{name} cannot be listed: {error.strerror}")
        return
    shown = [entry for entry in entries if not entry.name.startswith(".")]
    yield from (_read_entry(entry) for entry in shown if _is_article(entry))
    for entry in shown:
        if entry.is_dir(follow_symlinks=False):
            yield from iter_files(Path(entry))


def _is_article(entry: os.DirEntry[str]) -> bool:
    named = entry.name.lower().endswith(SUFFIXES)
    return named and (_leads_nowhere(entry) or entry.is_file())


def _read_entry(entry: os.DirEntry[str]) -> Path | Failure:
    if not _leads_nowhere(entry):
        return Path(entry)
    name = show_path(entry.path)
    return Failure(name, "read", f"{name} is a link to a file that is gone: restore or remove it")


def _leads_nowhere(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() and not Path(entry).exists()


def show_path(path: str) -> str:
    """*path* on one line of valid Unicode: what no line can show becomes U+FFFD."""
    return "".join("\ufffd" if _is_hidden(char) else char for char in path)


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")
