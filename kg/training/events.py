"""Public sets of events in text, and what their types mean in our classes.

FewFC (github.com/TimeBurningFish/FewFC, CC BY-SA 4.0) labels events in finance news, DuEE 1.0
(ai.baidu.com/broad) events in news of all kinds: trigger, type, and arguments in roles.
``event_types.tsv`` says which of our classes a type means: *expected*; *partial*, the set labels
only some events of the class; *allowed*, neither right nor wrong. ``event_roles.tsv`` says what
part a role plays: *agent*, *patient*; *party*, either of the two, where the word decides; *place*;
*time*. Other types and roles mean none of ours.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.lexicon import EVENT
from kg.model import Span
from kg.ontology import Ontology, load_ontology

TYPES = Path(__file__).with_name("event_types.tsv")
ROLES = Path(__file__).with_name("event_roles.tsv")
_EXPECTED, _PARTIAL = "expected", "partial"


@dataclass(frozen=True, slots=True)
class LabelledEvent:
    """An event of a text: where its trigger stands, its type, its (role, words) pairs."""

    trigger: Span
    type: str
    arguments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EventText:
    """A text with its events; only with their ``types`` where the set tells no more."""

    text: str
    events: tuple[LabelledEvent, ...]
    types: frozenset[str]


def read_fewfc(path: Path) -> list[EventText]:
    """The texts of a FewFC file, each once."""
    events: dict[str, list[LabelledEvent]] = defaultdict(list)
    for row in _rows(path):
        events[row["content"]] += filter(None, map(_of_fewfc, row["events"]))
    return _texts(events.items())


def _of_fewfc(event: Any) -> LabelledEvent | None:
    spans = [mention["span"] for mention in event["mentions"] if mention["role"] == "trigger"]
    roles = ((m["role"], m["word"]) for m in event["mentions"] if m["role"] != "trigger")
    return LabelledEvent(Span(*spans[0]), event["type"], tuple(roles)) if spans else None


def read_duee(path: Path) -> list[EventText]:
    """The texts of a DuEE file with triggers."""
    return _texts((row["text"], map(_of_duee, row["event_list"])) for row in _rows(path))


def _of_duee(event: Any) -> LabelledEvent:
    start = event["trigger_start_index"]
    roles = tuple((argument["role"], argument["argument"]) for argument in event["arguments"])
    return LabelledEvent(Span(start, start + len(event["trigger"])), event["event_type"], roles)


def read_duee_types(path: Path) -> list[EventText]:
    """The texts of a DuEE file that has only types, each once."""
    types = {row["text1"]: frozenset(row["label"]) for row in _rows(path)}
    return [EventText(text, (), labels) for text, labels in types.items()]


def _rows(path: Path) -> Iterator[Any]:
    yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _texts(found: Iterable[tuple[str, Iterable[LabelledEvent]]]) -> list[EventText]:
    texts = ((text, tuple(dict.fromkeys(events))) for text, events in found)
    return [EventText(text, events, frozenset(e.type for e in events)) for text, events in texts]


#: Of each set: where it lies in the data folder, and its reader.
SETS: dict[str, tuple[str, Callable[[Path], list[EventText]]]] = {
    "fewfc": ("events/fewfc-train.jsonl", read_fewfc),
    "duee": ("events/duee-sample.jsonl", read_duee),
    "duee-types": ("events/duee-train-types-only.txt", read_duee_types),
}


def read_event_set(name: str, folder: Path, *, held_out: bool) -> list[EventText]:
    """One half of a set in the data *folder*; InputError if it cannot be read.

    The half that is held out is for measuring, the other one to learn from.
    """
    file, reader = SETS[name]
    try:
        texts = reader(folder / file)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{folder / file} cannot be read as {name}: {error}") from error
    return [text for text in texts if is_held_out(text.text) == held_out]


def is_held_out(text: str) -> bool:
    """Whether *text* is for measuring: one in two, by its digest."""
    return hashlib.sha256(text.encode()).digest()[-1] % 2 == 1


class EventMeaning:
    """What the types and roles of one set say in our classes and parts."""

    def __init__(
        self,
        name: str,
        ontology: Ontology | None = None,
        types: Path = TYPES,
        roles: Path = ROLES,
    ) -> None:
        known = ontology or load_ontology()
        self._types: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in _table(types, name):
            cls = f"kg:{row['event']}"
            if not known.is_a(cls, EVENT):
                raise InputError(f"{types}: {row['type']} means {cls}, which is no event")
            self._types[row["type"], row["standing"]].append(cls)
        self._parts = {(row["type"], row["role"]): row["part"] for row in _table(roles, name)}
        named = {standing: self._with(standing) for standing in (_EXPECTED, _PARTIAL)}
        self.measured = named[_EXPECTED] - named[_PARTIAL]

    def _with(self, standing: str) -> frozenset[str]:
        return frozenset(
            c for (_, how), all_ in self._types.items() if how == standing for c in all_
        )

    def classes(self, type_: str, standing: str = _EXPECTED) -> tuple[str, ...]:
        """The classes that the type means with this standing; none if it is none of ours.

        Those of which the set labels only some events are expected too.
        """
        own = self._types.get((type_, standing), [])
        return (*own, *self._types.get((type_, _PARTIAL), ())) if standing == _EXPECTED else (*own,)

    def told_by(self, type_: str) -> tuple[str, ...]:
        """The classes that may tell an event of the type: those that it means, or allows."""
        return self.classes(type_) + self.classes(type_, "allowed")

    def part(self, type_: str, role: str) -> str | None:
        """What part the role plays in an event of the type; None if none of ours."""
        return self._parts.get((type_, role))


def _table(path: Path, name: str) -> list[dict[str, str]]:
    """The rows of a mapping that are about one set; DuEE's types are one set's, however told."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return [row for row in rows if row["set"] == name.partition("-")[0]]
