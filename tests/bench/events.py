"""Events on public sets: triggers by class, who takes part, time and place.

    python -m tests.bench.events DATA [--set NAME] [--most N] [--misses]

DATA is a folder with the public files that ``kg/training/events.py`` names. Measured is the half
of each that ``tests.bench.triggers`` does not mine, its first N texts (500), read with the plain
pipeline, names included.
``kg/training/event_types.tsv`` says which of our classes a type means.

An event of the set is found if one of ours of its classes has a word that touches its trigger;
one of ours is wrong if it is of a class that the set labels, but not in this text. Of events that are found the parties, time and place that the set gives are
looked for. ``duee-types`` has no triggers: there a class of a text is found if an event has it.
``--misses`` lists what is missed and what is wrong.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.model import ClaimGraph, Entity, Span
from kg.pipeline import Pipeline
from kg.script import simplify
from kg.training.events import SETS, EventMeaning, EventText, LabelledEvent, read_event_set
from tests.reading import document

Names = dict[str, frozenset[str]]


@dataclass(frozen=True)
class Meant:
    """What a set labels at one trigger: the classes that may be told, and (part, words) pairs."""

    trigger: Span
    classes: tuple[str, ...]
    allowed: frozenset[str]
    parts: frozenset[tuple[str, str]]


def meant(text: EventText, meaning: EventMeaning) -> list[Meant]:
    """The events of *text* that are any of ours, those of one trigger as one."""
    by_trigger: dict[Span, list[LabelledEvent]] = defaultdict(list)
    for event in text.events:
        if meaning.classes(event.type):
            by_trigger[event.trigger].append(event)
    return [_meant(trigger, told, meaning) for trigger, told in by_trigger.items()]


def _meant(trigger: Span, told: list[LabelledEvent], meaning: EventMeaning) -> Meant:
    parts = (
        (part, simplify(words))
        for event in told
        for role, words in event.arguments
        if (part := meaning.part(event.type, role))
    )
    return Meant(
        trigger,
        tuple(dict.fromkeys(cls for event in told for cls in meaning.classes(event.type))),
        frozenset(cls for event in told for cls in meaning.classes(event.type, "allowed")),
        frozenset(parts),
    )


@dataclass
class Counts:
    """By class how many are found, meant, right and told; by part found and meant; differences."""

    classes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    parts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    differences: list[str] = field(default_factory=list)

    def add(self, text: str, wanted: list[Meant], graph: ClaimGraph, meaning: EventMeaning) -> None:
        """Count one text whose triggers are labelled."""
        told = [entity for entity in graph.entities if entity.trigger is not None]
        names = {entity.iri: _names(entity) for entity in graph.entities}
        for one in wanted:
            found = next((event for event in told if _tells(event, one)), None)
            cls = found.cls if found and found.cls in one.classes else one.classes[0]
            self._count_meant(cls, found is not None, f"{one.trigger.of(text)}\t{text}")
            if found is not None:
                self._count_parts(one, found, names)
        classes = {cls for one in wanted for cls in one.classes}
        allowed = {cls for one in wanted for cls in one.allowed}
        for event in told:
            self._count_told(event.cls, classes, allowed, meaning, f"{event.trigger}\t{text}")

    def add_types(self, text: EventText, graph: ClaimGraph, meaning: EventMeaning) -> None:
        """Count one text that is labelled with types alone."""
        told = {entity.cls for entity in graph.entities if entity.trigger is not None}
        wanted = {classes for type_ in text.types if (classes := meaning.classes(type_))}
        allowed = {cls for type_ in text.types for cls in meaning.classes(type_, "allowed")}
        for classes in wanted:
            found = next((cls for cls in classes if cls in told), None)
            self._count_meant(found or classes[0], found is not None, f"\t{text.text}")
        for cls in told:
            self._count_told(
                cls, {c for w in wanted for c in w}, allowed, meaning, f"\t{text.text}"
            )

    def _count_meant(self, cls: str, found: bool, shown: str) -> None:
        self.classes[cls].update(meant=1, found=found)
        if not found:
            self.differences.append(f"missed\t{cls}\t{shown}")

    def _count_told(
        self, cls: str, wanted: set[str], allowed: set[str], meaning: EventMeaning, shown: str
    ) -> None:
        """Only what the set would label counts; it labels an event that is told twice once."""
        if cls in meaning.measured and cls not in allowed - wanted:
            self.classes[cls].update(told=1, right=cls in wanted)
            if cls not in wanted:
                self.differences.append(f"wrong\t{cls}\t{shown}")

    def _count_parts(self, one: Meant, found: Entity, names: Names) -> None:
        own = [(party.role, names[party.iri]) for party in found.participants]
        for part, words in one.parts:
            self.parts[part].update(meant=1, found=_plays(part, words, found, own, names))
        labelled = [words for _, words in one.parts]
        right = sum(any(_is(words, name) for words in labelled) for _, name in own)
        self.parts["told"].update(meant=len(own), found=right)

    def lines(self) -> Iterator[str]:
        """A line a class, the most frequent first, one for all, and one a part."""
        yield f"{'class':<14} {'P':>5} {'R':>5} {'right':>6} {'told':>6} {'found':>6} {'meant':>6}"
        rows = sorted(self.classes.items(), key=lambda item: (-item[1]["meant"], item[0]))
        for name, row in [*rows, ("all", sum(self.classes.values(), Counter[str]()))]:
            shares = f"{_share(row, 'right', 'told')} {_share(row, 'found', 'meant')}"
            counts = " ".join(f"{row[key]:>6}" for key in ("right", "told", "found", "meant"))
            yield f"{name.removeprefix('kg:'):<14} {shares} {counts}"
        for name, row in sorted(self.parts.items()):
            label = "told parties" if name == "told" else name
            yield f"{label:<14} {_share(row, 'found', 'meant')} ({row['found']} of {row['meant']})"


def _share(row: Counter[str], part: str, whole: str) -> str:
    return f"{row[part] / row[whole]:>5.2f}" if row[whole] else f"{'–':>5}"


def _names(entity: Entity) -> frozenset[str]:
    return frozenset(simplify(mention.surface) for mention in entity.mentions)


def _is(words: str, names: frozenset[str]) -> bool:
    """Whether a thing of these names is what *words* name (as a part of them, or they of it)."""
    return any(name in words or words in name for name in names)


def _tells(event: Entity, one: Meant) -> bool:
    touches = any(
        m.span.start < one.trigger.end and one.trigger.start < m.span.end for m in event.mentions
    )
    return touches and event.cls in {*one.classes, *one.allowed}


def _plays(
    part: str, words: str, event: Entity, own: list[tuple[str, frozenset[str]]], names: Names
) -> bool:
    """Whether *event* has what *words* name in this part; of the time only whether it has one."""
    if part == "time":
        return event.time is not None
    places = [("place", names[event.place])] if event.place else []
    return any(
        _is(words, name) and (part in ("party", "place") or role == part)
        for role, name in (*own, *places)
    )


def measure(folder: Path, name: str, most: int) -> Counts:
    """Read the first *most* texts of the half of a set that is held out, and count."""
    meaning, counts, pipeline = EventMeaning(name), Counts(), Pipeline()
    for text in read_event_set(name, folder, held_out=True)[:most]:
        graph = pipeline.resolve([pipeline.process(document(text.text, None))])
        if text.events:
            counts.add(text.text, meant(text, meaning), graph, meaning)
        else:
            counts.add_types(text, graph, meaning)
    return counts


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="folder with the public files")
    parser.add_argument("--set", choices=SETS, help="only this set")
    parser.add_argument("--most", type=int, default=500, help="so many texts of a set (500)")
    parser.add_argument("--misses", action="store_true", help="list what is missed and wrong")
    options = parser.parse_args()
    for chosen in [options.set] if options.set else SETS:
        result = measure(options.data, chosen, options.most)
        print(chosen, *result.lines(), sep="\n")
        for difference in result.differences if options.misses else ():
            print(difference)
