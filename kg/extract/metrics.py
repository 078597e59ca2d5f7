"""Numbers that the text gives of a thing: 騰訊會議 DAU 破千萬, 53 個可用區."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod

from kg.extract.clauses import Clause
from kg.extract.subjects import SubjectTracker, Topic
from kg.lexicon import PLACE, Lexicon
from kg.model import AnnotatedDocument, Measure, Mention, QuantityMention, Reason, Span
from kg.ontology import Ontology
from kg.script import simplify
from kg.words import Word, WordIndex

_MAX_NAME, _MAX_DISTANCE = 14, 16
_MEASURABLE = ("kg:Organization", "kg:Product", "kg:Event", "kg:CreativeWork")
_COUNTER = "个"
_NEAR = 0.8
_PRICE_OF_ACTION = ("以", "用")


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

    def __init__(
        self, annotated: AnnotatedDocument, lexicon: Lexicon, ontology: Ontology, words: WordIndex
    ) -> None:
        self.annotated, self.ontology, self.words = annotated, ontology, words
        self.vague_units = lexicon.words("lex:VagueUnit")
        self.sums, self.counters = lexicon.words("lex:SumUnit"), lexicon.words("lex:Counter")
        self.predicate = next(c for c, r in ontology.relations.items() if r.literal)
        self.usual, self.heads = lexicon.words("lex:Measured"), lexicon.words("lex:HeadCounter")
        self.reporting = lexicon.speech | lexicon.words("lex:Reporting")
        self.named = frozenset(
            at for m in annotated.mentions for at in range(m.span.start, m.span.end)
        )

    def read(
        self, clause: Clause, topic: Topic | None, subjects: SubjectTracker
    ) -> Iterator[MetricReading]:
        """The metrics of *clause*, in text order."""
        for at, unit in enumerate(clause.units):
            found = unit.quantity
            if found is None or self._simplified_unit(found) in self.vague_units:
                continue
            if at and clause.units[at - 1].text in _PRICE_OF_ACTION:
                continue
            subject, reason = self._subject(clause, at, topic, subjects)
            name = self._name(clause, found)
            usual = self._is_usual(name)
            if subject is None or not name or not (usual or self._may_count(found, reason)):
                continue
            named = Reason(f"{subject.surface} is a name by {subject.extractor}", _trust(subject))
            reasons: tuple[Reason, ...] = (reason, named)
            if not usual:
                reasons = (*reasons, Reason(f"{name} is no usual measure", 0.6))
            score = prod(r.factor for r in reasons)
            quantity = replace(found.quantity, unit=self._unit(found))
            yield MetricReading(
                self.predicate,
                subject,
                Measure(name, quantity),
                found.span,
                round(score, 4),
                reasons,
            )

    def _is_usual(self, name: str) -> bool:
        """Whether the lexicon knows the noun as something that is measured (營收, 用戶)."""
        return any(word in simplify(name) for word in self.usual)

    def _may_count(self, found: QuantityMention, reason: Reason) -> bool:
        """An unusual count is taken only of a name in its own clause, and not of heads."""
        near = reason.factor >= _NEAR
        return near and self._simplified_unit(found) not in self.heads

    def _simplified_unit(self, found: QuantityMention) -> str:
        unit = found.quantity.unit
        at = found.quantity.raw.rfind(unit) if unit else -1
        start = found.span.start + at
        return self.words.simplified[start : start + len(unit)] if at >= 0 else unit

    def _subject(
        self, clause: Clause, at: int, topic: Topic | None, subjects: SubjectTracker
    ) -> tuple[Mention | None, Reason]:
        """The nearest name before the quantity, else the subject that the clause leaves out."""
        for position in range(at - 1, max(-1, at - _MAX_DISTANCE), -1):
            group = clause.units[position].group
            if group is None or self.ontology.is_a(group.members[0].cls, PLACE):
                continue
            summed = clause.units[position + 1].text == "等"
            if self._reports(clause, position, at):
                break
            if summed or len(group.members) > 1 or not self._is_measurable(group.members[0]):
                break
            return group.members[0], Reason("a quantity after the name", _NEAR)
        else:
            if topic and len(topic.group.members) == 1:
                member, near = topic.group.members[0], topic.sentence == clause.sentence
                lone = near and not any(True for _ in clause.groups())
                if self._is_measurable(member) and (lone or subjects.leaves_out(clause, at)):
                    return member, Reason("a quantity of the subject before", 0.65 if near else 0.5)
        return None, Reason("", 0.0)

    def _reports(self, clause: Clause, start: int, end: int) -> bool:
        """Whether a word of saying or finding out stands between: the number is not the name's."""
        span = Span(clause.units[start].span.end, clause.units[end].span.start)
        return any(word.text in self.reporting for word in self.words.within(span))

    def _is_measurable(self, mention: Mention) -> bool:
        return self.ontology.is_any(mention.cls, _MEASURABLE)

    def _unit(self, found: QuantityMention) -> str:
        """個 says nothing: with the noun of one character that follows it (個州) it does."""
        end = found.span.end
        if self._simplified_unit(found) == _COUNTER and end < len(self.words.simplified):
            word = self.words.words[self.words.index_at(end)]
            if word.tag[0] == "n" and word.end == end + 1:
                return found.quantity.unit + self._surface(end, word.end)
        return found.quantity.unit

    def _name(self, clause: Clause, found: QuantityMention) -> str:
        """The noun that is counted: after a count, before a sum or a share."""
        before = self._nouns_before(Span(clause.span.start, found.span.start))
        after = self._nouns_after(Span(found.span.end, clause.span.end))
        unit = self._simplified_unit(found)
        if any(unit.endswith(word) for word in self.sums):
            return before or after
        if found.quantity.raw.startswith("第"):
            return before or found.quantity.raw
        beside = self.words.words[self.words.index_at(max(0, found.span.start - 1))]
        led_up = unit not in self.counters or self._is_nominal(beside)
        return after or (before if led_up else "")

    def _nouns_after(self, span: Span) -> str:
        """The run of nouns that begins right after, through 的."""
        run: list[Word] = []
        for word in self.words.within(span):
            if not self._is_nominal(word) and not (word.text == "的" and len(run) < 2):
                break
            run.append(word)
        while run and not run[-1].tag.startswith(("n", "vn", "eng", "j", "l")):
            run.pop()
        return self._text(run)

    def _nouns_before(self, span: Span) -> str:
        """The last run of nouns before the verb that leads up to the quantity."""
        run: list[Word] = []
        for word in reversed(self.words.within(span)):
            if self._is_nominal(word):
                run.insert(0, word)
            elif run or word.tag[0] not in "vdcpx" or word.text in "，,；;":
                break
        return self._text(run)

    def _is_nominal(self, word: Word) -> bool:
        if word.start in self.named:
            return False
        is_code = word.text[0].isdigit() or "." in word.text  # 000651.SZ
        is_noun = word.tag[0] in "nbj" or word.tag in ("vn", "eng", "l")
        return not is_code and (is_noun or word.text in self.usual)

    def _text(self, run: list[Word]) -> str:
        name = self._surface(run[0].start, run[-1].end).strip() if run else ""
        return name.removeprefix("的") if 1 < len(name) <= _MAX_NAME else ""

    def _surface(self, start: int, end: int) -> str:
        return self.annotated.document.text[start:end]


def _trust(mention: Mention) -> float:
    return 0.5 + mention.score / 2
