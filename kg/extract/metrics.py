"""Numbers that the text gives of a thing: 騰訊會議 DAU 破千萬, 53 個可用區, 收到 32 宗申請."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod

from kg.extract.bearers import Bearer, BearerFinder, Scene
from kg.extract.clauses import Clause
from kg.extract.subjects import Topic
from kg.lexicon import PERSON, PRODUCT, Lexicon
from kg.model import AnnotatedDocument, Measure, Mention, QuantityMention, Reason, Span
from kg.ontology import Ontology
from kg.script import simplify
from kg.words import Word, WordIndex

_MAX_NAME = 14
_COUNTER, _SHARE, _ORDINAL = "个", "%", "第"
_RANK = "排名"
_MANY = 10  # what is fewer is told in passing (兩名學生), unless it is known to be a measure
_NOUNS = ("n", "vn", "eng", "j", "l")


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


@dataclass(frozen=True, slots=True)
class _Counted:
    """A quantity with its surroundings; ``before`` and ``after`` are nouns, ``verb`` leads to it.

    ``unit`` is in Simplified characters.
    """

    found: QuantityMention
    unit: str
    verb: Word | None
    before: Span | None
    after: Span | None


class MetricReader:
    """Reads the quantities of each clause in turn; it remembers what was counted last."""

    def __init__(
        self, annotated: AnnotatedDocument, lexicon: Lexicon, ontology: Ontology, words: WordIndex
    ) -> None:
        self.annotated, self.ontology, self.words = annotated, ontology, words
        self.vague_units, self.sums = lexicon.words("lex:VagueUnit"), lexicon.words("lex:SumUnit")
        self.predicate = next(c for c, r in ontology.relations.items() if r.literal)
        self.usual, self.counted = lexicon.words("lex:Measured"), lexicon.words("lex:Counted")
        self.amounts = tuple(lexicon.words("lex:AmountEnding"))
        self.lasting = tuple(lexicon.words("lex:Lasting"))
        self.deeds = lexicon.words("lex:Deed")
        self.having = lexicon.words("lex:Having")
        self.deeds |= self.having | lexicon.words("lex:Levied")
        self.changes, self.reaching = lexicon.words("lex:Change"), lexicon.words("lex:Reaching")
        self.periods = lexicon.words("lex:Period")
        self.definite = lexicon.words("lex:Definite")
        self.each, self.together = lexicon.words("lex:Each"), lexicon.words("lex:Together")
        self.prices = tuple(lexicon.words("lex:Price"))
        self.purposes = lexicon.words("lex:Purpose")
        self.sources = tuple(lexicon.words("lex:Source"))
        self.bearers = BearerFinder(annotated, lexicon, ontology, words)
        self.named = frozenset(
            at for m in annotated.mentions for at in range(m.span.start, m.span.end)
        )
        self.left: Topic | None = None  # the topic that a clause since has turned away from
        self.owner: Topic | None = None  # whose noun was the last subject (A 的評分)
        self.lead: Topic | None = None  # the last name that could be a subject
        self.listed: Topic | None = None  # the last list of names
        self.product: Topic | None = None  # the last product, whose price may follow
        self.noun: tuple[str, str] = ("", "")  # the unit and the noun of the last count

    def read(self, clause: Clause, scene: Scene) -> Iterator[MetricReading]:
        """The metrics of *clause*, in text order."""
        bearer: Bearer | None = None
        counted: _Counted | None = None
        for at, unit in enumerate(clause.units):
            if unit.quantity is None or self._is_definite(unit.span):
                continue
            counted = self._like(counted, self._counted(clause, unit.quantity))
            if bearer is None or not self._goes_on(counted):
                bearer = self._bearer(clause, at, counted, scene)
            yield from self._read_one(clause, at, counted, bearer)
        self._remember(clause, scene, bearer is not None)

    def _like(self, previous: _Counted | None, counted: _Counted) -> _Counted:
        """With the verb of the number before, if it stands beside that (提出 8 宗和 5 宗)."""
        alike = previous and not counted.verb and previous.unit == counted.unit
        return replace(counted, verb=previous.verb) if previous and alike else counted

    def _is_definite(self, span: Span) -> bool:
        """Whether the text speaks of it as known (前 3 宗, 該 6 名, 另外 2 人)."""
        return self.words.simplified.endswith(tuple(self.definite), 0, span.start)

    def _goes_on(self, counted: _Counted) -> bool:
        """Whether the measure follows another in a list (1 萬用戶、市值 3 億元)."""
        before = counted.before
        return before is not None and self.words.simplified.endswith("、", 0, before.start)

    def _read_one(
        self, clause: Clause, at: int, counted: _Counted, bearer: Bearer | None
    ) -> Iterator[MetricReading]:
        trust = self._matters(counted, bearer) if bearer else None
        word = self._text(bearer.word) if bearer and not self._is_measure(counted.before) else ""
        name = word or self._name(counted)
        if bearer is None or trust is None or not name:
            return
        quantity = replace(counted.found.quantity, unit=self._unit(counted.found))
        for subject in self._members(clause, at, bearer):
            reasons = (bearer.reason, _named(subject), *trust)
            yield MetricReading(
                self.predicate,
                subject,
                Measure(name, quantity),
                counted.found.span,
                round(prod(reason.factor for reason in reasons), 4),
                reasons,
            )

    def _counted(self, clause: Clause, found: QuantityMention) -> _Counted:
        return _Counted(
            found,
            self._simplified_unit(found),
            self._verb_before(Span(clause.span.start, found.span.start))
            or self._change_after(found.span),
            self._nouns_before(Span(clause.span.start, found.span.start)),
            self._nouns_after(Span(found.span.end, clause.span.end)),
        )

    # --- Whose it is ---------------------------------------------------------------

    def _bearer(self, clause: Clause, at: int, counted: _Counted, scene: Scene) -> Bearer | None:
        topic = self._topic(clause)
        measure = counted.before if self._is_measure(counted.before) else None
        if measure and self.owner and self.owner.sentence == clause.sentence:
            later = topic is None or topic.group.span.start < self.owner.group.span.start
            topic = self.owner if later else topic
        if self.listed and self._opens_apart(clause) and self.listed.sentence == clause.sentence:
            topic = self.listed
        if measure and self._is_price(measure) and self.product:
            topic = self.product if self.product.sentence == clause.sentence else topic
        part = measure is None and self._is_part(counted)
        return self.bearers.find(clause, at, replace(scene, topic=topic), measure, part)

    def _is_price(self, measure: Span) -> bool:
        return simplify(self._text(measure)).endswith(self.prices)

    def _is_part(self, counted: _Counted) -> bool:
        """Whether what is counted is of the name beside it: no money, which is only of its deed."""
        is_money = self._is_sum(counted.unit) and counted.unit != _SHARE
        return not is_money and self._is_usual(counted)

    def _topic(self, clause: Clause) -> Topic | None:
        """The subject that the clause may leave out: one of this paragraph, a sentence back."""
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

    def _matters(self, counted: _Counted, bearer: Bearer) -> tuple[Reason, ...] | None:
        """Nothing if the number is a usual measure, doubt if it is any count; None if neither."""
        if counted.unit in self.vague_units:
            return () if self._lasts(counted.found.span) else None
        if self._is_sum(counted.unit):
            return () if self._is_amount(counted, bearer) else None
        if self._is_measure(counted.before):
            return ()
        if self._is_usual(counted):
            return () if counted.verb or bearer.own else None
        return self._doubt(counted, bearer)

    def _doubt(self, counted: _Counted, bearer: Bearer) -> tuple[Reason, ...] | None:
        """A count of any noun: of a deed, or high, and in the clause of its bearer."""
        verb, noun = counted.verb, counted.after
        if verb is None or not counted.unit:
            return None
        if verb.text in self.deeds | self.changes and (noun or self._ends(counted)):
            return (Reason(f"what was {verb.text} is counted", 0.9),)
        if counted.found.quantity.value < _MANY or bearer.carried or noun is None:
            return None
        return (Reason(f"{self._text(noun)} is no usual measure", 0.6),)

    def _ends(self, counted: _Counted) -> bool:
        """Whether nothing but another number follows: what is counted was named before."""
        end = counted.found.span.end
        rest = self.words.simplified[end : end + 1]
        if end in self.named or self._change_after(counted.found.span):
            return True
        return not rest or rest in "，。；、,;！!）)\n和及"

    def _is_sum(self, unit: str) -> bool:
        return any(unit.endswith(word) for word in self.sums)

    def _is_amount(self, counted: _Counted, bearer: Bearer) -> bool:
        """Whether a sum is one that a verb or a noun explains; a share needs the noun."""
        if self._is_measure(counted.before) or self._has_usual(counted.after):
            return True
        told = counted.verb is not None and counted.verb.text not in self.reaching
        return counted.unit != _SHARE and (told or bearer.own)

    def _lasts(self, span: Span) -> bool:
        """Whether a span of time is a term: 判囚 3 年, 3 年監禁, 試用期 120 日."""
        return self._term(span) is not None

    def _term(self, span: Span) -> Span | None:
        """The word beside a span of time that makes it a term."""
        text = self.words.simplified
        low = span.start - text.endswith("了", 0, span.start)
        high = span.end + text.startswith("的", span.end)
        for word in self.lasting:
            if text.endswith(word, 0, low):
                return Span(low - len(word), low)
            if text.startswith(word, high):
                return Span(high, high + len(word))
        return None

    def _is_usual(self, counted: _Counted) -> bool:
        """Whether the noun behind the number, or its unit, is known to be measured."""
        known = counted.unit in self.usual or counted.unit in self.counted
        return known or self._has_usual(counted.after)

    def _has_usual(self, span: Span | None) -> bool:
        """Whether the lexicon knows the noun as something that is measured (營收, 用戶)."""
        name = simplify(self._text(span)) if span else ""
        return name.endswith((*self.usual, *self.counted, *self.amounts))

    def _is_measure(self, span: Span | None) -> bool:
        """Whether the noun before the number is what the number measures (市值, 持股比例)."""
        name = simplify(self._text(span)) if span else ""
        return any(word in name for word in self.usual) or name.endswith(self.amounts)

    # --- What it is called -----------------------------------------------------------

    def _name(self, counted: _Counted) -> str:
        """The noun that is counted, with the deed that counts it: 提出移交申請, 市值, 歸還."""
        verb, term = counted.verb, self._term(counted.found.span)
        if counted.unit in self.vague_units and term:
            return self._text(term)
        noun = self._noun(counted)
        if _is_rank(counted.found):
            return noun if _RANK in noun else noun + _RANK
        deed = verb and verb.text in self.deeds - self.having
        lead = self._surface(verb.start, verb.end) if verb and (deed or not noun) else ""
        return noun if lead in noun else lead + noun

    def _noun(self, counted: _Counted) -> str:
        """The noun before a sum and behind a count; that of the last count where it is left out."""
        after, before, unit = self._text(counted.after), counted.before, counted.unit
        crossed = before and counted.verb and before.start < counted.verb.start
        if crossed and not self._is_measure(before):
            before = None  # 從基金取去 3 億元
        after = after or (counted.found.quantity.unit if self._is_usual(counted) else "")
        noun = self._text(before) or after if self._is_sum(unit) else after or self._text(before)
        if unit and not self._is_sum(unit):
            noun = noun or (self.noun[1] if self.noun[0] == unit else "")
            self.noun = (unit, noun)
        return noun

    def _simplified_unit(self, found: QuantityMention) -> str:
        unit = found.quantity.unit
        at = found.quantity.raw.rfind(unit) if unit else -1
        start = found.span.start + at
        return self.words.simplified[start : start + len(unit)] if at >= 0 else unit

    def _unit(self, found: QuantityMention) -> str:
        """個 says nothing: with the noun of one character that follows it (個州) it does."""
        end = found.span.end
        if self._simplified_unit(found) == _COUNTER and end < len(self.words.simplified):
            word = self.words.word_at(end)
            if word.tag[0] == "n" and word.end == end + 1:
                return found.quantity.unit + self._surface(end, word.end)
        return found.quantity.unit

    def _verb_before(self, span: Span) -> Word | None:
        """The verb that has the number as its object: only its noun may come between."""
        for word in reversed(self.words.within(span)):
            if word.start in self.named:
                continue
            if word.tag[0] == "v" and word.tag != "vn":
                return word
            if word.start not in self.bearers.taken and not self._may_stand_between(word):
                return None
        return None

    def _may_stand_between(self, word: Word) -> bool:
        return word.tag[0] in "nbjudmxf" or word.tag in _NOUNS or word.text in self.reaching

    def _change_after(self, span: Span) -> Word | None:
        """The verb of a change whose start the number is (由 870 間減至 766 間)."""
        words, at = self.words.words, self.words.index_at(max(0, span.end - 1)) + 1
        return words[at] if at < len(words) and words[at].text in self.changes else None

    def _nouns_after(self, span: Span) -> Span | None:
        """The run of nouns that begins right after, through 的; verbs if nouns end it."""
        run: list[Word] = []
        for word in self.words.within(span):
            qualifies = word.tag == "a" or (word.text == "的" and len(run) < 2)
            if not qualifies and not self._is_nominal(word):
                break
            run.append(word)
        while run and not (run[-1].tag.startswith(_NOUNS) or run[-1].text in self.usual):
            run.pop()
        noun = self._span(run)
        return noun if self._has_usual(noun) else self._verbal(span) or noun

    def _verbal(self, span: Span) -> Span | None:
        """A noun phrase that begins with its verbs, to the end of the clause (移交逃犯申請)."""
        run = self.words.within(span)
        if run and run[0].text in self.purposes:
            return None  # 15 億元用於建設: a purpose
        plain = all(w.start not in self.named for w in run) and all(
            self._is_nominal(w) or w.tag == "v" for w in run
        )
        return self._span(list(run)) if plain else None

    def _nouns_before(self, span: Span) -> Span | None:
        """The last run of nouns before the verb that leads up to the quantity."""
        run: list[Word] = []
        for word in reversed(self.words.within(span)):
            if self._is_nominal(word) or (run and self._is_period(word)):
                run.insert(0, word)
            elif run or not self._leads_up(word):
                break
        return self._span(run)

    def _is_period(self, word: Word) -> bool:
        """日 in 日活躍用戶: not a date's."""
        return word.text in self.periods and word.start not in self.bearers.taken

    def _leads_up(self, word: Word) -> bool:
        """Whether the word may stand between the measure and its number (從 8% 降至 5%)."""
        if word.start in self.named or word.text in "，,；;":
            return False
        return word.tag[0] in "vdcpxu" or word.start in self.bearers.taken

    def _is_nominal(self, word: Word) -> bool:
        if word.start in self.bearers.taken:
            return False
        is_code = word.text[0].isdigit() or "." in word.text  # 000651.SZ
        is_noun = word.tag[0] in "nbj" or word.tag in ("vn", "eng", "l")
        return not is_code and (is_noun or word.text in self.usual)

    def _span(self, run: list[Word]) -> Span | None:
        run = run[1:] if run and run[0].text == "的" else run
        span = Span(run[0].start, run[-1].end) if run else None
        return span if span and 1 < span.end - span.start <= _MAX_NAME else None

    def _text(self, span: Span | None) -> str:
        return span.of(self.annotated.document.text).strip() if span else ""

    def _surface(self, start: int, end: int) -> str:
        return self.annotated.document.text[start:end]


def _is_rank(found: QuantityMention) -> bool:
    """Whether it is a place among others (位居全球第二)."""
    return found.quantity.raw.startswith(_ORDINAL)


def _named(mention: Mention) -> Reason:
    return Reason(f"{mention.surface} is a name by {mention.extractor}", 0.5 + mention.score / 2)
