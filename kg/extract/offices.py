"""Offices in a row: in X大學校長甲、副校長乙及教授丙 all three are at X大學."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.clauses import Clause, Group
from kg.extract.readings import Reading
from kg.extract.triggers import Trigger


class OfficeChain:
    """Remembers the body of the office before, and where its holder stands in the clause."""

    def __init__(self, separators: frozenset[str]) -> None:
        self.separators = separators
        self.body: Group | None = None
        self.clause: Clause | None = None
        self.holder = 0

    def note(self, readings: Iterable[Reading], clause: Clause) -> None:
        """Remember what *readings* of *clause* say of an office."""
        for reading in readings:
            bound = {slot: (group, at) for slot, group, at in reading.binding.groups}
            if reading.entry.office and {"A", "B"} <= set(bound) and bound["A"][1] is not None:
                self.body, self.clause, self.holder = bound["B"][0], clause, bound["A"][1]

    def body_of(self, trigger: Trigger, clause: Clause) -> Group | None:
        """The body before, if only a mark of a list stands between its holder and *trigger*."""
        if clause is not self.clause or trigger.start <= self.holder:
            return None
        between = clause.text[self.holder + 1 : trigger.start]
        return self.body if between in self.separators else None
