"""The form of ``readings.jsonl``: gold files whose every text is a place in the article.

A line has the ``name`` of the reading, the ``part`` it is for, where its article is from (``file``
and ``rows`` of the data folder, ``field`` of a row), the article's ``published`` date, ``chars``
and SHA-256 ``digest``, the digest of the gold, and the gold's lists. In these a name, a quote and
a trigger is ``[start, end]``, code points of the article, end exclusive; a role, which may be put
together from the article's words, a list of such pairs, with a character that it has not as it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Place = list[int]

READINGS = Path(__file__).with_name("readings.jsonl")
LISTS = ("entities", "claims", "events")


def read_readings(path: Path = READINGS) -> list[Json]:
    """The lines of the file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def write_readings(rows: list[Json], path: Path = READINGS) -> None:
    """The other way: one line each."""
    dumped = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    path.write_text("".join(f"{line}\n" for line in dumped), "utf-8")


def pack(source: Json, gold: Json, text: str) -> Json:
    """A line from a gold file and its article; ``source`` has the fields that gold has not."""
    return {
        **{key: source[key] for key in ("name", "part", "file", "field", "rows", "published")},
        "chars": len(text),
        "digest": digest(text),
        "gold": gold_digest(gold),
        "entities": [_pack_entity(row, text) for row in gold["entities"]],
        "claims": [_pack_said(row, text) for row in gold["claims"]],
        "events": [_pack_said(row, text) for row in gold["events"]],
    }


def unpack(row: Json, text: str, title: str) -> Json:
    """The gold file of a line."""
    return {
        "document": f"{row['name']}.txt",
        "title": title,
        "published": row["published"],
        "entities": [_unpack_entity(entity, text) for entity in row["entities"]],
        "claims": [_unpack_said(claim, text) for claim in row["claims"]],
        "events": [_unpack_said(event, text) for event in row["events"]],
    }


def digest(text: str) -> str:
    """SHA-256 of the UTF-8 text, hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def gold_digest(gold: Json) -> str:
    """A digest of what was read: title and date are the article's."""
    read = {key: gold[key] for key in LISTS}
    return digest(json.dumps(read, ensure_ascii=False, sort_keys=True))


def places_of(row: Json) -> Iterator[Place]:
    """Every place of a line's lists."""
    for entity in row["entities"]:
        yield from entity["names"]
    for said in (*row["claims"], *row["events"]):
        yield from (said[key] for key in ("quote", "trigger") if key in said)
        yield from (piece for piece in said.get("role", ()) if not isinstance(piece, str))


def _pack_entity(entity: Json, text: str) -> Json:
    return {**entity, "names": [_place(name, text) for name in entity["names"]]}


def _unpack_entity(entity: Json, text: str) -> Json:
    return {**entity, "names": [text[start:end] for start, end in entity["names"]]}


def _pack_said(said: Json, text: str) -> Json:
    """A claim or an event; a trigger that is empty is left out."""
    quote = _place(said["quote"], text)
    packed = {**said, "quote": quote}
    if trigger := packed.pop("trigger", ""):
        packed["trigger"] = _place(trigger, text[: quote[1]], quote[0])
    if role := said.get("role"):
        packed["role"] = list(_pieces(role, text))
    return packed


def _unpack_said(said: Json, text: str) -> Json:
    plain = {**said, "quote": _text(said["quote"], text)}
    plain["trigger"] = _text(said.get("trigger", [0, 0]), text)
    if "role" in said:
        plain["role"] = "".join(_text(piece, text) for piece in said["role"])
    return plain


def _text(place: Place | str, text: str) -> str:
    if isinstance(place, str):
        return place
    start, end = place
    return text[start:end]


def _place(word: str, text: str, start: int = 0) -> Place:
    at = text.index(word, start)
    return [at, at + len(word)]


def _pieces(word: str, text: str) -> Iterator[Place | str]:
    """Places that read *word* in a row, each as long as can be; a character that has none."""
    while word:
        longest = next((n for n in range(len(word), 0, -1) if word[:n] in text), 0)
        yield _place(word[:longest], text) if longest else word[0]
        word = word[longest or 1 :]
