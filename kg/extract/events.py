"""Events: a word that denotes an event class, with those who take part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.frames import Binding, Matcher
from kg.extract.readings import Reading, fitting
from kg.extract.triggers import Trigger
from kg.lexicon import Entry
from kg.model import Mention
from kg.ontology import Ontology

_CAN_ACT = ("kg:Agent", "kg:Product", "kg:CreativeWork")
_CAN_TAKE_PART = ("kg:Entity",)
_ROLE = {"A": "agent", "B": "patient"}


@dataclass(frozen=True, slots=True)
class EventReading:
    """An event class with (role, mention) pairs in text order, at least one."""

    cls: str
    roles: tuple[tuple[str, Mention], ...]
    leftmost: int
    score: float


class EventMaker:
    """Reads the event of a word: with its relation where that was read, else by itself."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology

    def read(
        self, trigger: Trigger, matcher: Matcher, readings: list[Reading]
    ) -> Iterator[EventReading]:
        """At most one event a word."""
        for reading in readings:
            for cls in reading.entry.events:
                yield EventReading(cls, _roles(reading), reading.binding.leftmost, 0.8)
                return
        for entry in trigger.entries:
            if entry.events and not entry.relations:
                event = self._alone(entry, trigger, matcher)
                if event is not None:
                    yield event
                    return

    def _alone(self, entry: Entry, trigger: Trigger, matcher: Matcher) -> EventReading | None:
        acting = entry.classes.get("A") or _CAN_ACT
        classes = {"A": acting, "B": entry.classes.get("B") or _CAN_TAKE_PART}
        typed = replace(
            matcher, fits=lambda slot, group: fitting(self.ontology, classes[slot], group)
        )
        for pattern in entry.patterns:
            binding = typed.match(pattern, trigger.start, trigger.end)
            if binding is not None:
                return EventReading(entry.events[0], _bound(binding), binding.leftmost, 0.7)
        agent = typed.agent_of(trigger.start)
        if agent is None:
            return None
        return EventReading(entry.events[0], _bound(agent), agent.leftmost, 0.65)


def _roles(reading: Reading) -> tuple[tuple[str, Mention], ...]:
    found = [(_ROLE["A"], a) for a, _ in reading.pairs] + [
        (_ROLE["B"], b) for _, b in reading.pairs
    ]
    return tuple(dict.fromkeys(found))


def _bound(binding: Binding) -> tuple[tuple[str, Mention], ...]:
    return tuple(
        (_ROLE.get(slot, "agent"), member)
        for slot, group, _ in binding.groups
        for member in group.members
    )
