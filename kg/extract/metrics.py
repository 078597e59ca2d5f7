"""Numbers that the text gives of a thing: 騰訊會議 DAU 破千萬, 53 個可用區, 收到 32 宗申請."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.bearers import NEAR, Bearer, BearerFinder, Scene
from kg.extract.clauses import Clause
from kg.extract.counted import SHARE, Counted, CountReader
from kg.extract.doubts import product_of, reason_of_name
from kg.extract.parts import Part, PartReader
from kg.extract.subjects import Topic
from kg.lexicon import PERSON, PRODUCT, Lexicon
from kg.model import AnnotatedDocument, Measure, Mention, QuantityMention, Reason, Span
from kg.ontology import Ontology
from kg.words import WordIndex

_MANY = 10  # what is fewer is told in passing (兩名學生), unless it is known to be a measure
_STOCK = "股"


@dataclass(frozen=True, slots=True)
class MetricReading:
    """A quantity of a subject, with the name of what is counted."""

    predicate: str
    subject: Mention
    measure: Measure
    cue: Span
    score: float
    reasons: tuple[Reason, ...]

    @property
    def bounded(self) -> bool:
        """Whether a 不 before it may belong to its 不超過, and denies nothing."""
        return self.measure.quantity.comparator in ("<=", ">=")


class MetricReader:
    """Reads the quantities of each clause in turn; it remembers what was counted last."""

    def __init__(
        self, annotated: AnnotatedDocument, lexicon: Lexicon, ontology: Ontology, words: WordIndex
    ) -> None:
        self.annotated, self.ontology, self.words = annotated, ontology, words
        self.predicate = next(c for c, r in ontology.relations.items() if r.literal)
        self.definite = lexicon.words("lex:Definite")
        self.each, self.together = lexicon.words("lex:Each"), lexicon.words("lex:Together")
        self.sources = tuple(lexicon.words("lex:Source"))
        self.bearers = BearerFinder(annotated, lexicon, ontology, words)
        self.counts = CountReader(annotated, lexicon, words, self.bearers.taken)
        self.parts = PartReader(self.counts, lexicon)
        self.left: Topic | None = None  # the topic that a clause since has turned away from
        self.owner: Topic | None = None  # whose noun was the last subject (A 的評分)
        self.lead: Topic | None = None  # the last name that could be a subject
        self.listed: Topic | None = None  # the last list of names
        self.product: Topic | None = None  # the last product, whose price may follow
        self.bought: Topic | None = None  # what was bought last

    def read(self, clause: Clause, scene: Scene) -> Iterator[MetricReading]:
        """The metrics of *clause*, in text order."""
        bearer: Bearer | None = None
        counted: Counted | None = None
        for at, unit in enumerate(clause.units):
            if unit.quantity is None or self._is_passing(clause, at, unit.quantity):
                continue
            counted = self._like(counted, self.counts.read(clause, unit.quantity))
            if self.counts.is_rate(unit.span) and self.counts.deal(counted) is None:
                continue  # 以 5 元/股發行
            if part := self.parts.read(clause, at, counted):
                yield from self._part(part, counted)
                continue
            if bearer is None or not self._goes_on(counted):
                bearer = self._bearer(clause, at, counted, scene)
            yield from self._read_one(clause, at, counted, bearer)
        self._remember(clause, scene, bearer is not None)

    def _is_passing(self, clause: Clause, at: int, found: QuantityMention) -> bool:
        """Whether the number says nothing of a name: it is known, of each one, or of a noun."""
        span = found.span
        return (
            self._is_definite(span)
            or self._counts_list(clause, at, found)
            or self.counts.is_of_each(clause, span)
            or self.counts.is_of_noun(found)
        )

    def _counts_list(self, clause: Clause, at: int, found: QuantityMention) -> bool:
        """Whether it only says how many names stand before it (甲、乙、丙三家公司)."""
        group = clause.units[at - 1].group if at else None
        return group is not None and len(group.members) == found.quantity.value > 1

    def _like(self, previous: Counted | None, counted: Counted) -> Counted:
        """With the verb of the number before, if it stands beside that (提出 8 宗和 5 宗)."""
        alike = previous and not counted.verb and previous.unit == counted.unit
        return replace(counted, verb=previous.verb) if previous and alike else counted

    def _is_definite(self, span: Span) -> bool:
        """Whether the text speaks of it as known (前 3 宗, 該 6 名, 另外 2 人)."""
        return self.words.simplified.endswith(tuple(self.definite), 0, span.start)

    def _goes_on(self, counted: Counted) -> bool:
        """Whether the measure follows another in a list (1 萬用戶、市值 3 億元)."""
        before = counted.before
        return before is not None and self.words.simplified.endswith("、", 0, before.start)

    def _read_one(
        self, clause: Clause, at: int, counted: Counted, bearer: Bearer | None
    ) -> Iterator[MetricReading]:
        trust = self._matters(counted, bearer) if bearer else None
        name = self._name(counted, bearer)
        if bearer is None or trust is None or not name:
            return
        for subject in self._members(clause, at, bearer):
            reasons = (bearer.reason, reason_of_name(subject), *trust)
            yield self._reading(subject, name, counted, reasons)
            self.parts.note(subject, counted, clause)

    def _part(self, part: Part, counted: Counted) -> Iterator[MetricReading]:
        """A part of the number before is the same name's."""
        reasons = (Reason("a part of the number before", NEAR), reason_of_name(part.subject))
        yield self._reading(part.subject, part.name, counted, reasons)

    def _reading(
        self, subject: Mention, name: str, counted: Counted, reasons: tuple[Reason, ...]
    ) -> MetricReading:
        quantity = replace(counted.found.quantity, unit=self.counts.unit(counted.found))
        return MetricReading(
            self.predicate,
            subject,
            Measure(name, quantity),
            counted.found.span,
            product_of(reasons),
            reasons,
        )

    def _name(self, counted: Counted, bearer: Bearer | None) -> str:
        """What the number is called; what is paid for something is no fund (以資金 Q 收購 B)."""
        word = self.counts.of(bearer.word) if bearer else ""
        if word and not (self.counts.is_price(counted.before) or self.counts.deal(counted)):
            return word
        return self.counts.name(counted) or word

    # --- Whose it is ---------------------------------------------------------------

    def _bearer(self, clause: Clause, at: int, counted: Counted, scene: Scene) -> Bearer | None:
        topic = self._topic(clause)
        measure = counted.before if self.counts.is_measure(counted.before) else None
        if measure and self.owner and self.owner.sentence == clause.sentence:
            later = topic is None or topic.group.span.start < self.owner.group.span.start
            topic = self.owner if later else topic
        if self.listed and self._opens_apart(clause) and self.listed.sentence == clause.sentence:
            topic = self.listed
        if measure and self.counts.is_price(measure) and self.product:
            topic = self.product if self.product.sentence == clause.sentence else topic
        part = measure is None and self._is_part(counted)
        if part and self.counts.is_beside_noun(counted):
            return None
        bearer = self.bearers.find(clause, at, replace(scene, topic=topic), measure, part)
        return self._priced(clause, counted, bearer) if bearer and bearer.carried else bearer

    def _is_part(self, counted: Counted) -> bool:
        """Whether what is counted is of the name beside it: no money, which is only of its deed.

        So many shares are of who does something with them, a share is of the firm.
        """
        is_money = self.counts.is_sum(counted.unit) and counted.unit != SHARE
        is_stock = counted.unit.endswith(_STOCK)
        return not is_money and not is_stock and self.counts.is_usual(counted)

    def _priced(self, clause: Clause, counted: Counted, bearer: Bearer) -> Bearer | None:
        """A price that a clause after that of the buying tells (收購 B，作價 Q) is that of B."""
        price = self.counts.deal(counted)
        if price is None:
            return bearer
        if self.bought is None or self.bought.sentence != clause.sentence:
            return bearer if self.product and bearer.group == self.product.group else None
        reason = Reason("the price of what was bought", NEAR)
        return Bearer(self.bought.group, reason, own=True, word=price)

    def _topic(self, clause: Clause) -> Topic | None:
        """The subject that the clause may leave out: one of this paragraph, a sentence back."""
        if clause.aside:
            return Topic(clause.about, clause.sentence) if clause.about else None
        lead = self.lead
        if lead is None or lead is self.left or clause.sentence - lead.sentence > 1:
            return None
        between = self.annotated.document.text[lead.group.span.end : clause.span.start]
        return None if "\n" in between else lead

    def _opens_apart(self, clause: Clause) -> bool:
        """Whether each name of the list before gets a number here (分別有 8 宗和 5 宗)."""
        first = self.words.word_at(clause.span.start)
        return first.text in self.each

    def _members(self, clause: Clause, at: int, bearer: Bearer) -> tuple[Mention, ...]:
        """Who of a list has the number: each, or the one in its place; none of a common sum."""
        members = bearer.group.members
        before = Span(clause.span.start, clause.units[at].span.start)
        said = {word.text for word in self.words.within(before)}
        if len(members) == 1:
            return members
        if said & self.each:
            return self._in_turn(clause, at, members)
        people = all(self.ontology.is_a(member.cls, PERSON) for member in members)
        return members if people and not said & self.together else ()

    def _in_turn(
        self, clause: Clause, at: int, members: tuple[Mention, ...]
    ) -> tuple[Mention, ...]:
        """The member whose turn it is, if there are as many numbers; all if there is one number."""
        found = clause.units[at].quantity
        unit = found.quantity.unit if found else ""
        alike = [
            n for n, u in enumerate(clause.units) if u.quantity and u.quantity.quantity.unit == unit
        ]
        if len(alike) == len(members):
            return (members[alike.index(at)],)
        return members if len(alike) == 1 else ()

    def _remember(self, clause: Clause, scene: Scene, told: bool) -> None:
        """Note what the next clause may refer to."""
        if clause.aside:
            return
        if bought := self.bearers.bought_in(clause):
            self.bought = Topic(bought, clause.sentence)
        listed = [group for _, group in clause.groups() if len(group.members) > 1]
        if listed:
            self.listed = Topic(listed[-1], clause.sentence)
        products = [g for _, g in clause.groups() if self.ontology.is_a(g.members[-1].cls, PRODUCT)]
        if products:
            self.product = Topic(products[-1], clause.sentence)
        at = self._leading(clause, scene)
        if at is None:
            self._without_name(clause, scene, told)
        elif self.bearers.is_not_alone(clause, at):
            self.left, group = self.lead, clause.units[at].group
            if told and group is not None:
                self.owner = Topic(group, clause.sentence)
        elif (group := clause.units[at].group) is not None:
            topic = Topic(group, clause.sentence)
            if clause.text.startswith("的", at + 1):
                self.owner = topic
            else:
                self.lead = topic

    def _leading(self, clause: Clause, scene: Scene) -> int | None:
        """Where the name stands that is before the first verb, and is no part of another's.

        A clause that gives a source (據 A 的數據) is not about it.
        """
        if self.words.simplified.startswith(self.sources, clause.span.start):
            return None
        limit = self.bearers.first_verb(clause)
        for at, group in clause.groups():
            if group.span.start >= limit:
                return None
            if at not in scene.oblique and not self.bearers.is_modifier(clause, at):
                return at
        return None

    def _without_name(self, clause: Clause, scene: Scene, told: bool) -> None:
        """A clause with a subject that is no name ends the topic; 有 3 千員工的 A sets one."""
        last = clause.units[-1].group
        if last and clause.text[-2:-1] == "的":
            self.lead = Topic(last, clause.sentence)
        elif not told and not self.bearers.opens_with_verb(clause, scene):
            self.left = self._topic(clause)

    # --- Whether it matters --------------------------------------------------------

    def _matters(self, counted: Counted, bearer: Bearer) -> tuple[Reason, ...] | None:
        """Nothing if the number is a usual measure, doubt if it is any count; None if neither."""
        if self.counts.is_vague(counted.unit):
            return () if self.counts.term(counted.found.span) else None
        if self.counts.is_sum(counted.unit):
            return () if self._is_amount(counted, bearer) else None
        if self.counts.is_measure(counted.before):
            return ()
        if self.counts.is_usual(counted):
            return () if counted.verb or bearer.own else None
        return self._doubt(counted, bearer)

    def _doubt(self, counted: Counted, bearer: Bearer) -> tuple[Reason, ...] | None:
        """A count of any noun: of a deed, or high, and in the clause of its bearer."""
        verb, noun = counted.verb, counted.after
        if verb is None or not counted.unit:
            return None
        if verb.text in self.counts.deeds | self.counts.changes and (noun or self._ends(counted)):
            return (Reason(f"what was {verb.text} is counted", 0.9),)
        if counted.found.quantity.value < _MANY or bearer.carried or noun is None:
            return None
        if "的" in self.counts.of(noun):
            return None  # 附 30 枚郵票的小冊子: rather of the one than of the other
        return (Reason(f"{self.counts.of(noun)} is no usual measure", 0.6),)

    def _ends(self, counted: Counted) -> bool:
        """Whether nothing but another number follows: what is counted was named before."""
        end = counted.found.span.end
        rest = self.words.simplified[end : end + 1]
        if end in self.counts.named or self.counts.change_after(counted.found.span):
            return True
        return not rest or rest in "，。；、,;！!）)\n和及"

    def _is_amount(self, counted: Counted, bearer: Bearer) -> bool:
        """Whether a sum is one that a verb or a noun explains; a share needs the noun."""
        if self.counts.is_measure(counted.before) or self.counts.has_usual(counted.after):
            return True
        told = counted.verb is not None and counted.verb.text not in self.counts.reaching
        return counted.unit != SHARE and (told or bearer.own)
