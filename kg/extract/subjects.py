"""The subject that a clause leaves out: carried over commas, and from the sentence before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.extract.clauses import Clause, Group
from kg.lexicon import AGENT, ORGANIZATION, PERSON, PLACE, Lexicon
from kg.model import Span
from kg.ontology import Ontology
from kg.words import Word, WordIndex

_BY = "以"  # a tagger makes it one word with the verb before it (擬以)
_ADVERBIAL = ("方面", "次", "再")  # 一方面, 多次, 一再: tagged as numerals
_CAN_LEAD = ("kg:Agent", "kg:Product", "kg:Event")
_ADVERBS = ("d", "c", "t", "z")
_NOUN_TAGS = ("n", "b")
_MANNER = "da"
_OPEN_TAGS = ("d", "c", "p", "t", "f", "u", "v", "y", "z", "a")


@dataclass(frozen=True, slots=True)
class Topic:
    """The last subject and the sentence it stood in; ``bidder`` tells it what to do."""

    group: Group
    sentence: int
    bidder: Group | None = None


class SubjectTracker:
    """Follows the subject from clause to clause."""

    def __init__(self, words: WordIndex, ontology: Ontology, lexicon: Lexicon) -> None:
        self.words, self.ontology = words, ontology
        self.titles = lexicon.words("lex:Title")
        self.light = lexicon.words("lex:AuxiliaryVerb")  # a clause begins with them that has none
        self.prepositions = lexicon.words("lex:Preposition")
        self.introducing = lexicon.speech | lexicon.words("lex:Presenting")
        self.kin = tuple(lexicon.words("lex:Kin") - self.titles)
        self.bidding = tuple(lexicon.words("lex:Bidding"))
        self.going_on = tuple(lexicon.words("lex:GoingOn"))
        self.topic: Topic | None = None
        self.bidden: Topic | None = None

    def forget(self) -> None:
        """Start anew."""
        self.topic = self.bidden = None

    def carried(self, clause: Clause) -> Topic | None:
        """The subject that *clause* may leave out, if it stood in this or the last sentence.

        After 甲要求乙停產 it is 乙 who goes on, up to the end of the sentence, or to 並.
        """
        goes_on = self.bidden and clause.sentence == self.bidden.sentence
        if goes_on and not clause.text.startswith(self.going_on):
            return self.bidden
        self.bidden = None
        topic = self.topic
        return topic if topic and clause.sentence - topic.sentence <= 1 else None

    def leaves_out(self, clause: Clause, limit: int) -> bool:
        """Whether the clause has no subject of its own before unit *limit*.

        It has none if only adverbs, conjunctions, auxiliaries, light verbs and phrases that a
        preposition opens stand there.
        """
        if limit <= 0:
            return True
        for word in self._words_before(clause, limit):
            opens_phrase = word.tag == "p" or word.text in self.prepositions
            if opens_phrase or (word.tag == "v" and word.text.removesuffix(_BY) in self.light):
                return True
            if word.tag[0] not in _OPEN_TAGS and not word.text.endswith(_ADVERBIAL):
                return False
        return True

    def opens_with_name(self, clause: Clause) -> bool:
        """Whether a name opens the clause that can do something, but for a place, where it is."""
        first = clause.units[0].group
        cls = first.members[-1].cls if first else ""
        return self.ontology.is_any(cls, _CAN_LEAD) and not self.ontology.is_a(cls, PLACE)

    def _words_before(self, clause: Clause, limit: int) -> list[Word]:
        """The words before the unit that are no part of a name or a time."""
        units = clause.units[:limit]
        if not units:
            return []
        taken = [unit.span for unit in units if unit.group or unit.time]
        words = self.words.within(Span(clause.span.start, units[-1].span.end))
        return [w for w in words if not any(t.start <= w.start and w.end <= t.end for t in taken)]

    def update(
        self, clause: Clause, first_verb: int, is_oblique: set[int], described: Group | None = None
    ) -> None:
        """Remember the clause's subject: its first plain name before the verb.

        A clause that leaves its subject out goes on about the one before, unless its verb is part
        of what describes the name *described*.
        """
        if self._opens_with_verb(clause):
            goes_on = self.topic and replace(self.topic, sentence=clause.sentence)
            self.topic = Topic(described, clause.sentence) if described else goes_on
            if self.topic and not described:
                self.bidden = self._bidden(clause, -1, self.topic.group) or self.bidden
            return
        for at, group in clause.groups():
            if at >= first_verb:
                return
            after = clause.units[at + 1].text if at + 1 < len(clause.units) else ""
            if at in is_oblique or after == "的" or self._is_title(clause, at + 1):
                continue
            if clause.text.startswith(self.kin, at + 1):
                self.topic = None  # 甲母親: somebody without a name of her own
                return
            if self._is_modifier(clause, at, first_verb):
                continue
            if self.ontology.is_any(group.members[-1].cls, _CAN_LEAD):
                self.topic = Topic(group, clause.sentence)
                self.bidden = self._bidden(clause, at, group)
                return

    def _bidden(self, clause: Clause, position: int, bidder: Group) -> Topic | None:
        """Whom *bidder*, at *position*, tells what to do, if the clause says so."""
        for at, group in clause.groups():
            bids = at > position and clause.text.endswith(self.bidding, position + 1, at)
            acts = self.ontology.is_a(group.members[-1].cls, AGENT)
            if bids and acts and clause.text[at + 1 : at + 2] != "的":
                return Topic(group, clause.sentence, bidder)
        return None

    def is_bidden(self, clause: Clause, limit: int) -> bool:
        """Whether what stands before unit *limit* tells of a deed that somebody is bidden.

        It is more than adverbs: 停止, 繼續為某人.
        """
        words = self._words_before(clause, limit)
        return bool(words) and not all(word.tag[0] in _MANNER for word in words)

    def _is_title(self, clause: Clause, low: int) -> bool:
        """Whether all that follows is an office: the clause says more of the one before."""
        return clause.text[low:] in self.titles

    def _is_modifier(self, clause: Clause, at: int, first_verb: int) -> bool:
        """Whether nouns alone stand between the name and the next one (南洲國 官媒 A).

        A place may touch the name of what is from there (南洲國 A), and a party that of its member.
        """
        following = next((n for n, _ in clause.groups() if n > at), first_verb)
        if following >= first_verb:
            return False
        if following == at + 1:
            first, second = clause.units[at].group, clause.units[following].group
            if first is None or second is None:
                return False
            is_a, cls = self.ontology.is_a, first.members[-1].cls
            of_member = is_a(cls, ORGANIZATION) and is_a(second.members[0].cls, PERSON)
            return of_member or is_a(cls, PLACE)
        between = Span(clause.units[at].span.end, clause.units[following].span.start)
        return all(word.tag[0] in _NOUN_TAGS for word in self.words.within(between))

    def _opens_with_verb(self, clause: Clause) -> bool:
        """Whether a verb, but none of saying or being there, comes before any name and noun."""
        first_name = next((at for at, _ in clause.groups()), len(clause.units))
        for word in self._words_before(clause, first_name):
            if word.tag[0] == "v":
                return word.text not in self.introducing
            if word.tag[0] not in _ADVERBS:
                return False
        return False
