"""Numbers that the text gives of a thing: 騰訊會議 DAU 破千萬, 53 個可用區."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.clauses import Clause, Group
from kg.lexicon import Lexicon
from kg.model import Measure, Mention, QuantityMention, Reason, Span
from kg.ontology import Ontology
from kg.words import Word, WordIndex

_NOUN, _COUNTED, _MAX_NAME = "n", 3, 14
_MEASURABLE = ("kg:Organization", "kg:Product", "kg:Event", "kg:CreativeWork")


@dataclass(frozen=True, slots=True)
class MetricReading:
    """A quantity of a subject, with the name of what is counted."""

    predicate: str
    subject: Mention
    measure: Measure
    cue: Span
    score: float
    reasons: tuple[Reason, ...]


class MetricReader:
    """Reads the quantities of a clause whose subject is a name before them."""

    def __init__(self, lexicon: Lexicon, ontology: Ontology, words: WordIndex) -> None:
        self.ontology, self.words = ontology, words
        self.vague_units = lexicon.words("lex:VagueUnit")
        self.predicate = next(c for c, r in ontology.relations.items() if r.literal)

    def read(self, clause: Clause, carried: Group | None) -> Iterator[MetricReading]:
        """The metrics of *clause*, in text order."""
        for at, unit in enumerate(clause.units):
            found = unit.quantity
            if found is None or found.quantity.unit in self.vague_units:
                continue
            subject, reason = self._subject(clause, at, carried)
            name = self._name(clause, at, found)
            if subject is not None and name:
                yield MetricReading(
                    self.predicate, subject, Measure(name, found.quantity), found.span,
                    round(reason.factor * (0.5 + subject.score / 2), 4), (reason,),
                )  # fmt: skip

    def _subject(
        self, clause: Clause, at: int, carried: Group | None
    ) -> tuple[Mention | None, Reason]:
        for position in range(at - 1, -1, -1):
            group = clause.units[position].group
            if group and len(group.members) == 1 and self._measurable(group):
                return group.members[0], Reason("a quantity after the name", 0.75)
        if carried and len(carried.members) == 1 and self._measurable(carried):
            return carried.members[0], Reason("a quantity of the subject before", 0.55)
        return None, Reason("", 0.0)

    def _measurable(self, group: Group) -> bool:
        return self.ontology.is_any(group.members[-1].cls, _MEASURABLE)

    def _name(self, clause: Clause, at: int, found: QuantityMention) -> str:
        """The noun that is counted: after the quantity, else before it."""
        after = self._nouns(Span(found.span.end, clause.span.end), from_left=True)
        before = self._nouns(Span(clause.span.start, found.span.start), from_left=False)
        return after or before or found.quantity.unit

    def _nouns(self, span: Span, *, from_left: bool) -> str:
        words = self.words.within(span)
        ordered = words if from_left else tuple(reversed(words))
        run: list[Word] = []
        for word in ordered:
            if word.tag[0] in "nbj" or word.tag in ("vn", "eng", "l", "i"):
                run.append(word)
            elif run or len(run) > _COUNTED or from_left and word.text != "的":
                break
        text = "".join(w.text for w in (run if from_left else reversed(run)))
        return text[:_MAX_NAME]
