"""What can be seen of a candidate in its text: named traits, each 1 or a small number.

A trait says what it sees in words (``a comma between subject and word``), so that the judge's
reasons can be read. Words are Simplified; a name between two others is written ◦, a number #.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from kg.model import AnnotatedDocument, Candidate, Mention, Reason, Span
from kg.ontology import Ontology
from kg.words import Word, WordIndex

Traits = dict[str, float]
#: What the reader of pairs says: log-odds by subject, relation and object (ids of mentions).
Odds = Mapping[tuple[str, str, str], float]

FRAME = " in the frame "
#: The extractor of names that were not looked for but given.
GIVEN = "given"
#: The tags of words that say how a sentence is built, whatever it is about.
_BUILDING = frozenset("pcufdxrm")
LEARNED, NOT_LEARNED = "a learned reading of the pair", "no learned reading of the pair"
#: Of a pair with log-odds of −3, one in twenty, nothing is said; each step further counts one.
_STEP, _LEAST_ODDS = 3.0, -9.0
_DIGITS = re.compile(r"[\d.]+")
_REACH = 6
_FARTHEST = 5
_TOP = (
    "kg:Person", "kg:Organization", "kg:Country", "kg:Place", "kg:Product", "kg:CreativeWork",
    "kg:Event",
)  # fmt: skip


class TraitReader:
    """Sees the candidates of one document."""

    def __init__(
        self, annotated: AnnotatedDocument, ontology: Ontology, odds: Odds | None = None
    ) -> None:
        self.annotated, self.ontology, self.odds = annotated, ontology, odds or {}
        self.mentions = {mention.id: mention for mention in annotated.mentions}
        self.ordered = sorted(annotated.mentions, key=lambda m: m.span)
        self.starts = [mention.span.start for mention in self.ordered]

    @cached_property
    def words(self) -> WordIndex:
        """The words, cut where names begin and end."""
        edges = {at for m in self.ordered for at in (m.span.start, m.span.end)}
        return WordIndex(self.annotated.simplified, self.annotated.words, edges)

    def read(self, candidate: Candidate) -> Traits:
        """The traits of *candidate*, in the order in which they are told."""
        roles = dict(candidate.roles)
        ends = [self.mentions.get(roles.get(role, "")) for role in ("subject", "object")]
        found = {"any reading": 1.0, candidate.predicate: 1.0}
        found |= self._of_reasons(candidate)
        found |= dict.fromkeys(self._of_manner(candidate), 1.0)
        for role, mention in zip(("subject", "object"), ends, strict=True):
            if mention is not None:
                found |= dict.fromkeys(self._of_mention(role, mention), 1.0)
        subject, end = ends
        if subject is not None:
            place = end.span if end else None
            found |= dict.fromkeys(self._of_place(candidate, subject.span, place), 1.0)
        if subject is not None and end is not None:
            found |= dict.fromkeys(self._of_pair(candidate, subject, end), 1.0)
            if candidate.polarity == "asserted":  # the reader looks for what holds
                found |= self._of_reader(self.odds.get((subject.id, candidate.predicate, end.id)))
        return found

    def _of_reader(self, odds: float | None) -> Traits:
        """What the learned reader of pairs says, where it has read the two."""
        if odds is None:
            return {}
        said = max(odds, _LEAST_ODDS) / _STEP + 1
        return {LEARNED: round(said, 4)} if said > 0 else {NOT_LEARNED: round(-said, 4)}

    def _of_reasons(self, candidate: Candidate) -> Traits:
        """The frame, and the rules' doubts: that there is one, and how great they are together."""
        found: Traits = {}
        doubt = 0.0
        for reason in candidate.reasons:
            word, frame, pattern = reason.text.partition(FRAME)
            if frame:
                found[f"frame {pattern}"] = 1.0
                found[f"{candidate.predicate} by {word}"] = 1.0
                found["doubt about the frame"] = -math.log(max(reason.factor, 0.01))
            else:
                found[kind_of(reason)] = 1.0
                doubt -= math.log(max(reason.factor, 0.01))
        return {**found, "doubts of the rules": round(doubt, 4)}

    def _of_manner(self, candidate: Candidate) -> Iterator[str]:
        yield candidate.extractor
        yield f"said as {candidate.polarity}"
        yield f"said as {candidate.modality}"
        if candidate.speaker:
            yield "somebody says so"
        if candidate.time:
            yield "it has a date"

    def _of_mention(self, role: str, mention: Mention) -> Iterator[str]:
        if mention.is_anaphor:
            yield f"{role} is a pronoun"
            return
        if mention.extractor == GIVEN:
            return
        if mention.known:
            yield f"{role} is known"
        else:
            yield f"{role} found by {mention.extractor}"
            yield f"{role} of {min(len(mention.surface), 6)} characters"
        yield f"{role} surer than {math.floor(mention.score * 10) / 10:.1f}"

    def _of_place(self, candidate: Candidate, subject: Span, end: Span | None) -> Iterator[str]:
        """The order of the parts, and what stands between the word and each of them."""
        parts = [("S", subject), ("V", candidate.cue)] + ([("O", end)] if end else [])
        yield "order " + "".join(name for name, _ in sorted(parts, key=lambda p: p[1]))
        yield from self._between("subject", subject, candidate.cue)
        if end is not None:
            yield from self._between("object", end, candidate.cue)

    def _between(self, role: str, place: Span, cue: Span) -> Iterator[str]:
        if place.overlaps(cue):
            yield f"{role} within the word"
            return
        gap = _gap(place, cue)
        side = "before" if place < cue else "after"
        yield f"{role} {side} the word by {_size(gap.end - gap.start)}"
        text = self.annotated.document.text[gap.start : gap.end]
        for mark in "，。、；「」\n":
            if mark in text:
                yield f"{mark!r} between {role} and word"
        yield f"{min(3, self._names_in(gap))} names between {role} and word"
        words = self._told(gap)
        yield f"{min(3, sum(w.tag[0] == 'v' for w in words))} verbs between {role} and word"
        for word in words:
            if word.tag[0] in _BUILDING and word.text != "◦":
                yield f"{word.text} between {role} {side} and word"
        if words:
            yield f"{_plainly(words[0])} first between {role} {side} and word"
            yield f"{_plainly(words[-1])} last between {role} {side} and word"

    def _of_pair(self, candidate: Candidate, subject: Mention, end: Mention) -> Iterator[str]:
        """The classes, and the words around the two names for each relation."""
        yield f"{self._top(subject.cls)} → {self._top(end.cls)}"
        yield f"{self._top(subject.cls)} {candidate.predicate} {self._top(end.cls)}"
        first, last = sorted((subject.span, end.span))
        forth = "→" if first == subject.span else "←"
        yield f"{candidate.predicate} {forth}"
        gap = _gap(first, last)
        yield f"names apart by {_size(gap.end - gap.start)}"
        yield f"{min(3, self._names_in(gap))} names between the two"
        start = Span(max(0, first.start - 30), first.start)
        after = Span(last.end, min(len(self.annotated.simplified), last.end + 30))
        for where, words in (
            ("before", self._told(start)[-_REACH:]),
            ("between", self._told(gap)[:40]),
            ("after", self._told(after)[:_REACH]),
        ):
            for text in dict.fromkeys(_plainly(word) for word in words):
                yield f"{candidate.predicate} {forth} with {text} {where}"

    def _top(self, cls: str) -> str:
        return next((top for top in _TOP if self.ontology.is_a(cls, top)), cls)

    def _names_in(self, span: Span) -> int:
        low, high = bisect_left(self.starts, span.start), bisect_right(self.starts, span.end - 1)
        return max(0, high - low)

    def _told(self, span: Span) -> list[Word]:
        """The words in *span*, each name as one."""
        if span.start >= span.end:
            return []
        told: list[Word] = []
        low, high = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        names = {m.span.start: m.span.end for m in self.ordered[low:high]}
        until = span.start
        for word in self.words.within(span):
            if word.start in names:
                until = names[word.start]
                told.append(Word(word.start, until, "◦", "nr"))
            elif word.start >= until:
                told.append(word)
        return told


def kind_of(reason: Reason) -> str:
    """What kind of doubt a reason is: its words without the names and numbers in it."""
    text = reason.text
    if " is a name by " in text:
        return "a name by " + text.rpartition(" is a name by ")[2]
    return _DIGITS.sub("#", re.sub(r"[^\x00-\x7f]+", "…", text))


def _plainly(word: Word) -> str:
    return "#" if word.tag[0] == "m" or word.text[0].isdigit() else word.text


def _gap(left: Span, right: Span) -> Span:
    first, last = sorted((left, right))
    return Span(min(first.end, last.start), last.start)


def _size(length: int) -> str:
    return f"2^{min(_FARTHEST, int(math.log2(length + 1)))}"


def tell(traits: Iterable[str]) -> str:
    """Traits in one line."""
    return ", ".join(traits)
