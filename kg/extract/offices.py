"""Offices: of what body they are where that is not said beside them, and how they are called."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from kg.extract.clauses import Clause, Group
from kg.extract.readings import Reading
from kg.extract.triggers import Trigger
from kg.lexicon import HEAD, Lexicon
from kg.model import AnnotatedDocument, Mention, Span

_UNIT = re.compile("[\u4e00-\u9fff]{1,9}(?:[组部科处室局院队署系所区群]|业务|事业)")
_BEGIN = "由是与和及为的任括"  # what may stand before a noun phrase


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
        self.ranks = tuple(sorted(lexicon.words("lex:Rank"), key=len, reverse=True))
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
        """The office as written, with what makes it another one (名譽, 高級) and what says whether
        its time is over or still to come, be it before the body (前甲會主席乙)."""
        if not reading.entry.office:
            return None
        if cue.of(self.annotated.simplified) == HEAD:  # 經濟|部|長
            cue = Span(cue.start - 1, cue.end)
        start = self._start(reading, cue)
        length = next((len(w) for w in self.former if self._stands_before(w, start)), 0)
        title = Span(start - length, cue.end).of(self.annotated.document.text)
        return title if length else self._former(reading) + title

    def _start(self, reading: Reading, cue: Span) -> int:
        """Where the title begins with its words of rank, and with the unit of the body that it
        is of (甲會 警權組召集人); no part of a name is one."""
        ends = [m.span.end for _, group, _ in reading.binding.groups for m in group.members]
        floor = max((end for end in ends if end <= cue.start), default=0)
        unit = _UNIT.match(self.annotated.simplified, floor, cue.end - 1)
        if 0 < floor < cue.start and unit and unit.end() >= cue.start:
            return floor
        start = cue.start
        while rank := next((w for w in self.ranks if self._stands_before(w, start)), ""):
            if start - len(rank) < floor:
                return start
            start -= len(rank)
        return start

    def _stands_before(self, word: str, position: int) -> bool:
        return self.annotated.simplified.endswith(word, 0, position)

    def _former(self, reading: Reading) -> str:
        """前 before the body, where it begins a phrase (not 選舉前甲會主席乙)."""
        bodies = [g for slot, g, at in reading.binding.groups if slot == "B" and at is not None]
        start = bodies[0].span.start if len(bodies) == 1 and len(bodies[0].members) == 1 else 0
        for word in self.former:
            before = start - len(word)
            if before < 0 or not self._stands_before(word, start):
                continue
            left = self.annotated.simplified[max(0, before - 1) : before]
            if not left.isalnum() or left in _BEGIN:
                return self.annotated.document.text[before:start]
        return ""


def _key(mention: Mention) -> str:
    return mention.known or mention.surface
