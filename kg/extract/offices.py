"""Offices: of what body they are where that is not said beside them, and how they are called."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from kg.extract.clauses import Clause, Group
from kg.extract.readings import Reading
from kg.extract.triggers import Trigger
from kg.lexicon import HEAD, Lexicon
from kg.model import AnnotatedDocument, Mention, Span

_REACH = 8


class Offices:
    """What is known of the offices of one document.

    In X大學校長甲、副校長乙及教授丙 all three are at X大學: the body of the office before, and
    where its holder stands in the clause, are remembered. 特首 is an office of 香港 anywhere.
    """

    def __init__(self, annotated: AnnotatedDocument, lexicon: Lexicon) -> None:
        self.annotated = annotated
        self.separators = lexicon.words("lex:Conjunction")
        self.joins = tuple(lexicon.words("lex:OfficeJoin"))
        self.former = tuple(sorted(lexicon.words("lex:Former"), key=len, reverse=True))
        bodies = {entry.body for entry in lexicon.entries if entry.body}
        self.bodies: dict[str, list[Mention]] = defaultdict(list)
        for mention in annotated.mentions:
            if mention.known in bodies:
                self.bodies[mention.known].append(mention)
        self.held: set[tuple[str, str]] = set()  # holder and body
        self.body: Group | None = None
        self.clause: Clause | None = None
        self.holder = 0

    def note(self, readings: Iterable[Reading], clause: Clause) -> None:
        """Remember what *readings* of *clause* say of an office.

        Not of one that its holder has beside another (主席兼甲會議員乙): who follows him is rather
        of the first one's body.
        """
        for reading in readings:
            if reading.entry.office:
                self.held |= {(_key(holder), _key(body)) for holder, body in reading.pairs}
            bound = {slot: (group, at) for slot, group, at in reading.binding.groups}
            if reading.entry.office and {"A", "B"} <= set(bound) and bound["A"][1] is not None:
                body, at = bound["B"]
                beside = at is not None and clause.text[:at].endswith(self.joins)
                self.body = None if beside else body
                self.clause, self.holder = clause, bound["A"][1]

    def speaks_for(self, speaker: Mention, party: Mention) -> bool:
        """Whether *speaker* is *party*, or has an office there by what was read so far."""
        return speaker.id == party.id or (_key(speaker), _key(party)) in self.held

    def body_of(self, trigger: Trigger, clause: Clause) -> Group | None:
        """The body before, if only a mark of a list stands between its holder and *trigger*."""
        if clause is not self.clause or trigger.start <= self.holder:
            return None
        between = clause.text[self.holder + 1 : trigger.start]
        return self.body if between in self.separators else None

    def implied_body(self, trigger: Trigger, cue: Span) -> Group | None:
        """What the office is always of, where the document names that: its nearest mention."""
        named = [m for entry in trigger.entries for m in self.bodies.get(entry.body, ())]
        after = bisect_left(named, cue.start, key=lambda mention: mention.span.start)
        near = named[max(0, after - 1) : after + 1]
        nearest = min(near, key=lambda m: abs(m.span.start - cue.start), default=None)
        return Group((nearest,)) if nearest else None

    def title(self, reading: Reading, cue: Span) -> str | None:
        """The office as written, with what says whether its time is over or still to come."""
        if not reading.entry.office:
            return None
        if cue.of(self.annotated.simplified) == HEAD:  # 經濟|部|長
            cue = Span(cue.start - 1, cue.end)
        before = self.annotated.simplified[max(0, cue.start - _REACH) : cue.start]
        length = next((len(word) for word in self.former if before.endswith(word)), 0)
        return Span(cue.start - length, cue.end).of(self.annotated.document.text)


def _key(mention: Mention) -> str:
    return mention.known or mention.surface
