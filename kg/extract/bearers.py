"""Whose number it is: the thing, in a clause or carried into it, that a quantity belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.extract.clauses import Clause, Group
from kg.extract.holders import HolderFinder
from kg.extract.subjects import SubjectTracker, Topic
from kg.lexicon import GOVERNMENT, MEDIUM, PERSON, PLACE, PLANNED, WORK, Lexicon
from kg.model import AnnotatedDocument, Mention, Reason, Span
from kg.ontology import Ontology
from kg.words import Word, WordIndex

_NOUNS = ("n", "vn", "eng", "j", "l", "b")
_AND_OTHERS = ("等", "、")  # A 等 30 人; A、股東及員工
_QUOTES = "《》「」『』“”"
_BOUGHT, _DESCRIBED, _REACH = 40, 12, 40
OWN, NEAR = 0.8, 0.65


@dataclass(frozen=True, slots=True)
class Bearer:
    """What a quantity belongs to; ``carried`` if another clause names it.

    ``own`` if no verb needs to say that the quantity is the name's; ``word`` tells what it is
    where no noun does.
    """

    group: Group
    reason: Reason
    carried: bool = False
    own: bool = False
    word: Span | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known of a clause when its quantities are read.

    ``oblique`` are the positions of names that a preposition governs, ``speaker`` is who says
    the clause, and ``subjects`` knows whether the clause leaves its subject out.
    """

    topic: Topic | None
    subjects: SubjectTracker
    oblique: frozenset[int] = frozenset()
    speaker: Mention | None = None


class BearerFinder:
    """Finds the bearer of a quantity by the words between the names and the quantity."""

    def __init__(
        self,
        annotated: AnnotatedDocument,
        lexicon: Lexicon,
        ontology: Ontology,
        words: WordIndex,
    ) -> None:
        self.ontology, self.words = ontology, words
        telling = lexicon.speech | lexicon.words("lex:Reporting")
        self.yielding = telling | lexicon.words("lex:Causing")
        self.deeds, self.levied = lexicon.words("lex:Deed"), lexicon.words("lex:Levied")
        self.levied_behind = tuple(f"{of}{w}" for w in self.levied for of in ("", "的"))
        self.buying, self.toward = lexicon.words("lex:Buying"), lexicon.words("lex:Toward")
        self.holders, self.when = HolderFinder(lexicon), lexicon.words("lex:WhenWord")
        self.starting = lexicon.words("lex:ChangeStart")
        self.measured = lexicon.words("lex:Measured")
        self.receiving = lexicon.words("lex:Receiving")
        self.bringing = lexicon.words("lex:Bringing")
        self.clinging = lexicon.words("lex:Clinging")
        self.comparing = tuple(lexicon.words("lex:Comparing"))
        self.planned = lexicon.cues[PLANNED]
        acts = (entry.words for entry in lexicon.entries if entry.events)
        self.acts = frozenset(
            word for words in acts for word in words
        )  # 上線: a noun to the tagger
        self.passive = lexicon.words("lex:Passive")
        self.light = lexicon.words("lex:Under") | lexicon.words("lex:Belonging")
        self.simplified = annotated.simplified
        spans = [mention.span for mention in annotated.mentions]
        spans += [time.span for time in annotated.times]
        spans += [quantity.span for quantity in annotated.quantities]
        self.taken = frozenset(at for span in spans for at in range(span.start, span.end))

    def find(
        self, clause: Clause, at: int, scene: Scene, measure: Span | None, part: bool = False
    ) -> Bearer | None:
        """Who bears the quantity at unit *at*.

        *measure* is the noun before it that it measures; *part* tells that the noun behind it is
        a part of whatever stands beside it (A 15% 股權, A 旗下 20 間分店).
        """
        return (
            self._bought(clause, at)
            or self._described(clause, at)
            or self._levied(clause, at, scene)
            or (self._possessor(clause, measure) if measure else None)
            or (self._beside(clause, at) if part else None)
            or self._subject(clause, at, scene, measure)
        )

    def _bought(self, clause: Clause, at: int) -> Bearer | None:
        """以 Q 收購 B, 以 Q 收購 A 持有的 B: the price is B's."""
        start = clause.units[at].span.end
        end = min(clause.span.end, start + _BOUGHT)
        word = next((w for w in self.between(start, end) if w.text in self.buying), None)
        group = self._object_of(clause, word) if word else None
        if word is None or group is None:
            return None
        reason = Reason("the price of what is bought", OWN)
        return Bearer(group, reason, own=True, word=Span(word.start, word.end))

    def _object_of(self, clause: Clause, verb: Word) -> Group | None:
        """The first name after *verb*; not one that only says whose the next one is."""
        holders = self.holders.find(clause)
        for at, group in clause.groups():
            if group.span.start < verb.end or at in holders or group.members[0].is_anaphor:
                continue
            if not self.is_modifier(clause, at):
                return group
        return None

    def bought_in(self, clause: Clause) -> Group | None:
        """What the clause says is bought, if it says so."""
        words = self.between(clause.span.start, clause.span.end)
        verb = next((word for word in words if word.text in self.buying), None)
        return self._object_of(clause, verb) if verb else None

    def _described(self, clause: Clause, at: int) -> Bearer | None:
        """擁有 Q 員工的 B: the verb and its number describe the name behind 的."""
        start = clause.units[at].span.start
        verbs = [w for w in self.between(clause.span.start, start) if self._is_verb(w)]
        for position in range(at + 1, min(at + _DESCRIBED, len(clause.units) - 1)):
            group = clause.units[position + 1].group
            if clause.units[position].text == "的" and group is not None:
                noun = Span(clause.units[at].span.end, clause.units[position].span.start)
                place = self.ontology.is_a(group.members[0].cls, PLACE)
                named = not place and not group.members[0].is_anaphor
                inside = self.words.within(noun)
                timed = bool(inside) and inside[-1].text in self.when  # 收購 Q 股權後的 B
                if not verbs or not named or timed or any(map(self._is_verb, inside)):
                    return None
                reason = Reason("a quantity that describes the name", OWN)
                return Bearer(group, reason, own=True)
        return None

    def _levied(self, clause: Clause, at: int, scene: Scene) -> Bearer | None:
        """對 B 罰款 Q, 判 B 罰款 Q, B 被罰款 Q: B pays, whoever takes."""
        end = clause.units[at].span.start
        places = (self.simplified.rfind(w, clause.span.start, end) for w in self.levied)
        word = max(places, default=-1)
        if self.simplified.startswith(self.levied_behind, clause.units[at].span.end):
            word = end  # 處以 Q 罰款
        for position, group in reversed(list(clause.groups())):
            if group.span.end > word:
                continue
            if position not in scene.oblique or clause.units[position - 1].text in self.toward:
                reason = Reason("what is levied on the name", OWN)
                return Bearer(group, reason)
        return None

    def _possessor(self, clause: Clause, measure: Span) -> Bearer | None:
        """A 的市值 Q, A 市值 Q: the noun that is measured is A's; not in 向 A 賠償 Q."""
        for position, group in clause.groups():
            if position and clause.units[position - 1].text in self.receiving:
                continue
            of = clause.text[position + 1 : position + 2] == "的"
            after = clause.units[min(position + 1 + of, len(clause.units) - 1)].span.start
            if after == measure.start:
                return Bearer(group, Reason("a measure of the name", OWN), own=True)
        return None

    def _beside(self, clause: Clause, at: int) -> Bearer | None:
        """A Q 股權, A 旗下 Q 門店: the name right before, whatever is done with its part."""
        before = at - 1
        while before >= 0 and self._is_light(clause, before):
            before -= 1
        group = clause.units[before].group if before >= 0 else None
        if group is None or self.ontology.is_a(group.members[0].cls, PLACE):
            return None
        return Bearer(group, Reason("a quantity beside the name", OWN), own=True)

    def _is_light(self, clause: Clause, position: int) -> bool:
        unit = clause.units[position]
        if not unit.is_plain:
            return False
        word = self.words.word_at(unit.span.start)
        return word.text in self.light

    def _subject(
        self, clause: Clause, at: int, scene: Scene, measure: Span | None
    ) -> Bearer | None:
        """The subject of the clause's last statement, else the one that it leaves out."""
        low = self._statement(clause, at)
        if low is None:
            return None
        for position, group in clause.groups():
            if position >= at or group.span.start < low or position in scene.oblique:
                continue
            if any(map(self._is_verb, self.between(low, group.span.start))):
                return self._carried(clause, at, scene, measure)
            if self.is_modifier(clause, position):
                continue
            if not self._leads_to(clause, position, at, measure):
                return None
            if self._only_happens_there(clause, group, at):
                return None
            return Bearer(group, Reason("a quantity after the name", OWN))
        return self._carried(clause, at, scene, measure) if low == clause.span.start else None

    def _only_happens_there(self, clause: Clause, group: Group, at: int) -> bool:
        """Whether the number is what something caused in the place (南洲國大火導致3人死亡)."""
        if not self.ontology.is_a(group.members[0].cls, PLACE):
            return False
        words = self.between(group.span.end, clause.units[at].span.start)
        return any(word.text in self.bringing for word in words)

    def _statement(self, clause: Clause, at: int) -> int | None:
        """Where the statement with the quantity begins: behind the last word of telling.

        None where no name follows that word: then the number is not the teller's. The word right
        before the quantity says what was counted (收到 30 宗).
        """
        end = clause.units[at].span.start
        low = clause.span.start
        names = [group.span.start for _, group in clause.groups() if group.span.start < end]
        verbs = [w for w in self.between(clause.span.start, end) if self._is_verb(w)]
        for word in self.between(clause.span.start, end):
            counted = verbs and word == verbs[-1] and self._is_deed(word)
            if word.text not in self.yielding or counted or self._is_passive(clause, word):
                continue
            if not any(name >= word.end for name in names):
                return None
            low = word.end
        return low

    def _is_passive(self, clause: Clause, word: Word) -> bool:
        """Whether the clause is about whom another tells or bids (A 被 B 要求…)."""
        before = self.words.within(Span(clause.span.start, word.start))
        return any(w.text in self.passive for w in before)

    def _is_deed(self, word: Word) -> bool:
        return word.text in self.deeds or word.text in self.levied

    def is_modifier(self, clause: Clause, position: int) -> bool:
        """Whether the name only says more of the name that follows (A 的 B, A 董事長 B)."""
        units = clause.units
        following = next((at for at, _ in clause.groups() if at > position), None)
        if following is None:
            return False
        between = Span(units[position].span.end, units[following].span.start)
        words = (w for w in self.words.within(between) if w.text not in _QUOTES)
        return all(self._is_nominal(w) or w.text == "的" for w in words)

    def is_not_alone(self, clause: Clause, position: int) -> bool:
        """Whether a noun that follows the name is the subject (A 股東 支付), or A 等."""
        if clause.text.startswith(_AND_OTHERS, position + 1):
            return True
        after = clause.units[position].span.end
        word = next(self.between(after, clause.span.end), None)
        if word is None or word.start != after or word.text in self.planned | self.acts:
            return False
        return self._is_nominal(word)

    def _leads_to(self, clause: Clause, position: int, at: int, measure: Span | None) -> bool:
        """Whether the words from the name to the quantity say something of the name itself.

        Not so where another noun is the subject (A 股東 支付 Q), where others stand beside it
        (A 等 30 人), or where nothing but the name's own noun comes between.
        """
        start, end = clause.units[position].span.end, clause.units[at].span.start
        if end - start > _REACH:
            return False
        following = clause.units[position + 1].text
        words = [w for w in self.between(start, end) if w.text[0].isalnum()]
        if following in _AND_OTHERS or not words:
            return False
        if not self.words.is_boundary(start):
            return True  # a word of the tagger runs over the name's end, and is none
        head = [w for w in words[: self._run(words)] if w.text != "的"]
        if not head:
            return True
        return measure is not None and measure.start <= head[-1].start < measure.end

    def _run(self, words: list[Word]) -> int:
        """How many words of *words* are one noun phrase with the name before them."""
        for count, word in enumerate(words):
            if not self._is_nominal(word) and word.text != "的":
                return count
        return len(words)

    def _is_nominal(self, word: Word) -> bool:
        if word.text in self.clinging:
            return False  # the tagger has run it into the name before it (甲須)
        return word.tag[0] in "nm" or word.tag in _NOUNS

    def _carried(
        self, clause: Clause, at: int, scene: Scene, measure: Span | None
    ) -> Bearer | None:
        """The subject of the clause before, if this one opens with its verb or its measure."""
        topic = scene.topic
        if topic is None or not self._leaves_out(clause, at, scene, measure):
            return None
        if topic.sentence != clause.sentence or self.ontology.is_a(
            topic.group.members[0].cls, WORK
        ):
            return None  # of a sentence before, or of what only tells of it, half are another's
        if scene.speaker in topic.group.members and self._tells_of_others(topic.group):
            return None
        reason = Reason("a quantity of the subject before", NEAR)
        return Bearer(topic.group, reason, carried=True)

    def _tells_of_others(self, group: Group) -> bool:
        """A person, an authority or a medium gives the numbers of others, a firm its own."""
        return self.ontology.is_any(group.members[0].cls, (PERSON, GOVERNMENT, MEDIUM))

    def _leaves_out(self, clause: Clause, at: int, scene: Scene, measure: Span | None) -> bool:
        """Whether nothing but its verb, its measure, or 兩人 for the list before, opens it."""
        opening = clause.units[0].quantity
        members = scene.topic.group.members if scene.topic else ()
        if at and opening and len(members) > 1 and opening.quantity.value == len(members):
            return True
        start = min(self.first_verb(clause), measure.start if measure else clause.span.end)
        start = min(start, self._change_start(clause))
        limit = sum(unit.span.start < start for unit in clause.units)
        compares = clause.text.startswith(self.comparing)
        return compares or scene.subjects.leaves_out(clause, min(limit, at))

    def _change_start(self, clause: Clause) -> int:
        """Where 由 Q 增至 Q begins to count; the end of the clause if it does not."""
        for before, unit in pairwise(clause.units):
            if unit.quantity and before.text in self.starting:
                return unit.span.start
        return clause.span.end

    def opens_with_verb(self, clause: Clause, scene: Scene) -> bool:
        """Whether the clause goes on about the subject before it."""
        verb = self.first_verb(clause)
        limit = sum(unit.span.start < verb for unit in clause.units)
        leaves_out = verb < clause.span.end and scene.subjects.leaves_out(clause, limit)
        return leaves_out or clause.text.startswith(self.comparing)

    def first_verb(self, clause: Clause) -> int:
        """Where the clause's first verb begins; its end if it has none."""
        words = self.between(clause.span.start, clause.span.end)
        verbs = (w.start for w in words if self._is_verb(w) or w.text in self.planned)
        return next(verbs, clause.span.end)

    def between(self, low: int, high: int) -> Iterator[Word]:
        """The words from *low* to *high* that are no name, time or quantity."""
        return (w for w in self.words.within(Span(low, high)) if w.start not in self.taken)

    def _is_verb(self, word: Word) -> bool:
        """Not 營收, which the tagger does not know for a noun."""
        return word.tag[0] == "v" and word.tag != "vn" and word.text not in self.measured
