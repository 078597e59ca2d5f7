"""Sentences of unseen news whose pairs of names were labelled by reading.

``labels/pairs.jsonl`` holds places only: a line has ``file``, ``row`` (from 0), ``start`` and
``end`` of a sentence in that row's text, and ``pairs`` of it: start and end of the subject in the
sentence, relation (empty where the reader was not sure), start and end of the object. A pair of
the sentence that is not there is none of the relations.

``labels/judged.jsonl`` holds what a reader said of claims that were made of whole articles: a line
has ``file``, ``row`` and ``judged``: start and end of the subject in the text, relation, start and
end of the object (of a number: of the word that it was found by), and whether that is right.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.model import Span
from kg.script import simplify

LABELS = Path(__file__).parent / "labels" / "pairs.jsonl"
JUDGED = LABELS.with_name("judged.jsonl")

#: What a pair is called: subject's place, relation (empty: not sure), object's place.
Labelled = tuple[Span, str, Span]


def is_alike(left: str, right: str) -> bool:
    """Whether one name holds the other (林鄭 in 林鄭月娥)."""
    left, right = simplify(left), simplify(right)
    return left in right or right in left


def labels_by_article(labels: Path = LABELS) -> dict[str, dict[int, list[Any]]]:
    """The lines of *labels* by the file and row of their article."""
    rows: dict[str, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for line in labels.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["file"]][row["row"]].append(row)
    return rows


def iter_labelled_articles(
    folder: Path, rows: Mapping[str, Mapping[int, object]]
) -> Iterator[tuple[tuple[str, int], str, str | None]]:
    """Each article of *rows*: where it is, text and date; InputError if it cannot be read."""
    for file, wanted in rows.items():
        try:
            with gzip.open(folder / file, "rt", encoding="utf-8") as lines:
                for number, line in enumerate(lines):
                    if number in wanted:
                        article = json.loads(line)
                        date = (article.get("published") or "")[:10] or None
                        yield (file, number), article["text"], date
        except (OSError, EOFError, ValueError, KeyError) as error:
            raise InputError(f"{folder / file} cannot be read as news: {error}") from error


def labels_of(row: Mapping[str, Any]) -> Iterator[Labelled]:
    """The pairs of one line, their places counted from the text's beginning."""
    start = row["start"]
    for first, first_end, relation, last, last_end in row["pairs"]:
        places = (Span(start + first, start + first_end), Span(start + last, start + last_end))
        yield places[0], f"kg:{relation}" if relation else "", places[1]


def verdicts_of(row: Mapping[str, Any]) -> Iterator[tuple[Labelled, bool]]:
    """The judged claims of one line, and whether they are right."""
    for first, first_end, relation, last, last_end, right in row["judged"]:
        yield (Span(first, first_end), f"kg:{relation}", Span(last, last_end)), right
