"""What a clause's words are to its names: prepositions before, nouns and verbs between them."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.clauses import Clause, Unit
from kg.extract.phrases import PersonPhrases
from kg.lexicon import Lexicon
from kg.model import Span
from kg.ontology import Ontology
from kg.words import WordIndex

_TO = "给"
_SOON = 3  # words after a name within which its clause of time ends


class Grammar:
    """Reads the clauses of one document by their positions."""

    def __init__(self, words: WordIndex, lexicon: Lexicon, ontology: Ontology) -> None:
        self.words = words
        self.prepositions = lexicon.words("lex:Preposition")
        self.clinging = lexicon.words("lex:Clinging")
        self.times = lexicon.words("lex:WhenWord")
        self.travelling = lexicon.words("lex:Travelling")
        self.replacing = tuple(lexicon.words("lex:Replacing"))
        self.leaving = tuple(lexicon.words("lex:GoneFrom"))
        self.inside = lexicon.words("lex:NameVerb") | lexicon.words("lex:Serving")
        self.titles = tuple(lexicon.words("lex:Title"))
        self.persons = PersonPhrases(lexicon, ontology, self.is_nominal, self.is_word)

    def objects(self, clause: Clause) -> frozenset[int]:
        """The names that are but the object of a verb.

        接受 A 訪問時, 訪 A 會見 B, A 畢業後, 接替 A 任主席.
        """
        return frozenset(
            at
            for at, _ in clause.groups()
            if self._is_object(clause, at)
            or self._is_destination(clause, at)
            or clause.text.startswith(self.leaving, at + 1)
            or clause.text.endswith(self.replacing, 0, at)
        )

    def _is_destination(self, clause: Clause, at: int) -> bool:
        before = clause.units[at - 1] if at else None
        if before is None or not before.is_plain:
            return False
        return self.words.word_at(before.span.start).text in self.travelling

    def _is_object(self, clause: Clause, at: int) -> bool:
        before = clause.units[at - 1] if at else None
        if before is None or not before.is_plain:
            return False
        verb = self.words.word_at(before.span.start)
        behind = self.words.within(Span(clause.units[at].span.end, clause.span.end))[:_SOON]
        ends = next((n for n, word in enumerate(behind) if word.text in self.times), 0)
        return verb.tag == "v" and any(word.tag[0] == "v" for word in behind[:ends])

    def governors(
        self, clause: Clause, describing: Mapping[int, int]
    ) -> dict[int, tuple[int, str]]:
        """For each name after a preposition: the preposition's unit and text.

        A name that describes an officer by his title is as oblique as these.
        """
        found = {at: (at, "") for at, person in describing.items() if person > at + 1}
        for at, _ in clause.groups():
            governor = self._governor(clause, self.persons.start_of(clause, at, describing))
            if governor is not None:
                found[at] = governor
        return found

    def _governor(self, clause: Clause, at: int) -> tuple[int, str] | None:
        before = clause.units[at - 1] if at else None
        if before is None or not before.is_plain:
            return None
        word = self.words.word_at(before.span.start)
        governor = word.text[: before.span.end - word.start]  # a word may run into the name
        if governor[:1] in self.clinging and governor not in self.prepositions:
            governor = governor[1:]
        if word.tag == "v" and governor.endswith(_TO):  # 寫給 A
            governor = _TO
        return (at - len(governor), governor) if governor in self.prepositions else None

    def is_word(self, clause: Clause, low: int, high: int) -> bool:
        """Whether units ``[low, high)`` begin and end where words, or names, do."""
        units = clause.units
        begins = (
            self.words.is_boundary(units[low].span.start)
            or (low > 0 and units[low - 1].group)
            or self._clings(units, low)
        )
        after_name = high < len(units) and units[high].group is not None
        return bool(begins) and (after_name or self.words.is_boundary(units[high - 1].span.end))

    def _clings(self, units: tuple[Unit, ...], low: int) -> bool:
        """Whether the tagger has run a word of one character into the unit (時遭, 願向)."""
        before = units[low - 1] if low else None
        if before is None or before.text not in self.clinging:
            return False
        return self.words.is_boundary(before.span.start)

    def is_nominal(self, clause: Clause, low: int, high: int) -> bool:
        """Whether units ``[low, high)`` can be part of one noun phrase: no verb of a clause."""
        units = clause.units[low:high]
        if not units:
            return True
        inside = self.inside
        words = self.words.within(Span(units[0].span.start, units[-1].span.end))
        spoken = [word for word in words if word.text[0].isalnum()]
        return all(w.tag[0] not in "vpry" or w.tag == "vn" or w.text in inside for w in spoken)
