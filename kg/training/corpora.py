"""The public sets that the recogniser learns from, each in its own form, as sentences.

Every reader takes a file and gives sentences in file order, texts in Simplified characters
(the conversion keeps the length, so offsets hold). Where the originals are public stands in
``recogniser.toml`` beside each set.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from kg.annotation.recogniser.tags import Labelled
from kg.errors import InputError
from kg.script import simplify


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text and the names in it: half-open spans of the text, in order, without overlap."""

    text: str
    spans: tuple[Labelled, ...]


def read_sentences(folder: Path, file: str, reader: str) -> list[Sentence]:
    """The sentences of *file* in the data *folder*, by the *reader* of that name.

    InputError if the file is not there or of another form.
    """
    try:
        found = _read(folder, file, reader)
        return [Sentence(simplify(s.text), tuple(sorted(s.spans))) for s in found]
    except (
        OSError,
        EOFError,
        zlib.error,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
    ) as error:
        raise InputError(f"{folder / file} cannot be read as {reader}: {error}") from error


def _read(folder: Path, file: str, reader: str) -> Iterator[Sentence]:
    if reader == OWN:
        yield from read_own(Path(__file__).parent / file, folder)
    else:
        with _open(folder / file) as lines:
            yield from READERS[reader](lines)


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def read_cluener(lines: Iterable[str]) -> Iterator[Sentence]:
    """CLUENER2020 (arXiv:2001.04351): JSON a line; ends are inclusive there."""
    for line in lines:
        row = json.loads(line)
        yield Sentence(row["text"], tuple(_outermost(_cluener_spans(row["label"]))))


def _cluener_spans(labels: Mapping[str, Mapping[str, list[list[int]]]]) -> Iterator[Labelled]:
    for label, names in labels.items():
        for places in names.values():
            for start, end in places:
                yield start, end + 1, label


def _outermost(spans: Iterable[Labelled]) -> Iterator[Labelled]:
    """The longest spans that do not overlap."""
    taken: set[int] = set()
    for start, end, label in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            yield start, end, label


def read_columns(lines: Iterable[str]) -> Iterator[Sentence]:
    """A character and its tag a line (BIO, BMES), an empty line between sentences."""
    rows: list[tuple[str, str]] = []
    for line in [*lines, ""]:
        if line.strip():
            rows.append((line[0], line[1:].strip()))
        elif rows:
            yield _from_rows(rows)
            rows = []


def read_iob2(lines: Iterable[str]) -> Iterator[Sentence]:
    """Universal NER (arXiv:2311.09122): a number, a word and its tag a line, # for comments."""
    rows: list[tuple[str, str]] = []
    for line in [*lines, ""]:
        if line.startswith("#"):
            continue
        if line.strip():
            _, word, tag, *_ = line.split("\t")
            rows.append((word, tag))
        elif rows:
            yield _from_rows(rows)
            rows = []


def _from_rows(rows: list[tuple[str, str]]) -> Sentence:
    """Pieces of text with BIO or BMES tags; what follows a name's first piece belongs to it."""
    spans: list[Labelled] = []
    at, open_label = 0, ""
    for piece, tag in rows:
        prefix, _, label = tag.partition("-")
        if prefix in ("B", "S") or (label and label != open_label):
            spans.append((at, at + len(piece), label))
        elif label:
            spans[-1] = (spans[-1][0], at + len(piece), label)
        open_label = label
        at += len(piece)
    return Sentence("".join(piece for piece, _ in rows), tuple(spans))


def read_duie(lines: Iterable[str]) -> Iterator[Sentence]:
    """DuIE 2.0: subjects and objects by name; each name labelled where it stands once."""
    for line in lines:
        row = json.loads(line)
        names: dict[str, str] = {}
        for spo in row["spo_list"]:
            names[spo["subject"]] = spo["subject_type"]
            names[spo["object"]["@value"]] = spo["object_type"]["@value"]
        yield Sentence(row["text"], tuple(_outermost(_where(row["text"], names))))


def _where(text: str, names: Mapping[str, str]) -> Iterator[Labelled]:
    for name, label in names.items():
        for match in re.finditer(re.escape(name), text) if name else ():
            yield match.start(), match.end(), label


def read_fewfc(lines: Iterable[str]) -> Iterator[Sentence]:
    """FewFC (AAAI 2021): the arguments of financial events by their role."""
    for line in lines:
        row = json.loads(line)
        mentions = [m for event in row["events"] for m in event["mentions"]]
        spans = {(*m["span"], m["role"]) for m in mentions if m["role"] != "trigger"}
        yield Sentence(row["content"], tuple(_outermost(spans)))


def read_finre(lines: Iterable[str]) -> Iterator[Sentence]:
    """FinRE (ACL 2019): pairs of companies; a sentence with all names of its pairs."""
    names: dict[str, dict[str, str]] = {}
    for line in lines:
        left, right, _, text = [*line.rstrip("\n").split("\t"), "", "", ""][:4]
        if text:
            names.setdefault(text, {}).update({left: "name", right: "name"})
    for text, found in names.items():
        yield Sentence(text, tuple(_outermost(_where(text, found))))


def read_json(lines: Iterable[str]) -> Iterator[Sentence]:
    """Texts without labels: JSON a line with ``text`` (DuEE: ``text1``, FewFC: ``content``)."""
    for line in lines:
        yield Sentence(_text_of(line), ())


def _text_of(line: str) -> str:
    """The text of a line of one of the sets that our own labels point into."""
    if not line.startswith("{"):
        return line.rstrip("\n").split("\t")[3]
    row = json.loads(line)
    key = next((key for key in ("text", "content", "text1") if key in row), "text")
    return str(row[key])


def read_own(labels: Path, folder: Path) -> Iterator[Sentence]:
    """Our own labels: JSON a line with ``file``, ``row`` (from 0), ``start`` and ``end`` of a part
    of that row's text, and ``names``, [start, end, class] in the part. The text stays in *folder*.
    """
    wanted: dict[str, dict[int, list[dict[str, Any]]]] = {}
    for line in labels.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        wanted.setdefault(entry["file"], {}).setdefault(entry["row"], []).append(entry)
    for file, rows in wanted.items():
        with _open(folder / file) as lines:
            for number, line in enumerate(lines):
                for entry in rows.get(number, ()):
                    names = ((s, e, f"kg:{cls}") for s, e, cls in entry["names"])
                    yield Sentence(_text_of(line)[entry["start"] : entry["end"]], tuple(names))


OWN = "own"
READERS: dict[str, Callable[[Iterable[str]], Iterator[Sentence]]] = {
    "cluener": read_cluener,
    "columns": read_columns,
    "iob2": read_iob2,
    "duie": read_duie,
    "fewfc": read_fewfc,
    "finre": read_finre,
    "json": read_json,
}
