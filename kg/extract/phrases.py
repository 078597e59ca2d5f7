"""Persons with what stands before their names: 甲黨主席王某, and rows of such persons.

A name before a person's only says whose officer he is, and 甲黨主席王某、乙黨李某 names two persons
who do the same thing although other names stand between theirs. In 遊戲甲開發商乙 the name of the
game says no more of its maker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from kg.extract.clauses import Clause, Group
from kg.lexicon import ORGANIZATION, PERSON, PLACE, Lexicon
from kg.ontology import Ontology

_LONGEST_TITLE = 12
AT_POST = "驻"
_ONCE = "前原"  # 前開發商

InClause = Callable[[Clause, int, int], bool]


class PersonPhrases:
    """Reads the persons' phrases of a clause by its positions."""

    def __init__(
        self, lexicon: Lexicon, ontology: Ontology, is_nominal: InClause, is_word: InClause
    ) -> None:
        self.ontology, self.is_nominal, self.is_word = ontology, is_nominal, is_word
        self.after = tuple(lexicon.words("lex:Subordinating"))
        self.missions = tuple(lexicon.words("lex:Mission"))
        self.serving = tuple(lexicon.words("lex:Serving"))
        self.titles = tuple(lexicon.words("lex:Title") | lexicon.words("lex:SharedTitle"))
        self.former = tuple(lexicon.words("lex:Former"))
        self.standings = tuple(lexicon.words("lex:Standing"))
        self.separators = tuple(lexicon.words("lex:Enumeration"))
        self.makers = lexicon.words("lex:Maker")

    def describing(self, clause: Clause) -> dict[int, int]:
        """The person whom a name before a title, or right before a person's name, describes.

        Also the maker whose product's name stands before the noun for makers (甲開發商乙).
        """
        found: dict[int, int] = {}
        for (at, group), (following, person) in reversed(list(pairwise(clause.groups()))):
            if self._is_person(group):
                continue
            if clause.text[at + 1 : following].lstrip(_ONCE) in self.makers:
                found[at] = following
            if self._is_person(person) and self._may_describe(clause, at, group, following):
                found[at] = following
            elif following in found and self._has_office_too(clause, at, following):
                found[at] = found[following]
        return found

    def _has_office_too(self, clause: Clause, at: int, following: int) -> bool:
        """甲委員、乙書記王某: a title and a separator stand before the next name."""
        between = clause.text[at + 1 : following]
        mark = next((mark for mark in self.separators if between.endswith(mark)), None)
        return mark is not None and self._is_title(clause, at + 1, following - len(mark), least=2)

    def start_of(self, clause: Clause, at: int, describing: Mapping[int, int]) -> int:
        """Where the phrase of a name begins: before its titles and the names that describe it.

        Of a name that is no person's: before the noun for what it is to another (控股股東 A).
        """
        start = min([name for name, person in describing.items() if person == at], default=at)
        start = self._start_of_envoy(clause, start)
        group = clause.units[at].group
        if start < at or group is None:
            return start
        is_person = self._is_person(group)
        for words in (self.titles, self.serving) if is_person else (self.standings, self.former):
            before = clause.text[:start]
            start -= max((len(word) for word in words if before.endswith(word)), default=0)
        return start

    def _start_of_envoy(self, clause: Clause, start: int) -> int:
        """Before 駐 and who sends him, if his phrase says where somebody is posted."""
        if not clause.text.endswith(AT_POST, 0, start):
            return start
        sender = start - len(AT_POST) - 1
        return sender if sender >= 0 and clause.units[sender].group else sender + 1

    def aside(self, clause: Clause) -> frozenset[int]:
        """The names that can be no subject: 到 A 後, A 駐 B 使館."""
        return frozenset(at for at, _ in clause.groups() if self._is_aside(clause, at))

    def _is_aside(self, clause: Clause, at: int) -> bool:
        """Whether the name ends a clause of time (到 A 後) or sends a mission (A 駐 B 使館)."""
        text, low = clause.text, at + 1
        if any(
            text.startswith(w, low) and self.is_word(clause, low, low + len(w)) for w in self.after
        ):
            return True
        return text.startswith(AT_POST, low) and any(
            w in text[low : low + 8] for w in self.missions
        )

    def rows(self, clause: Clause, describing: Mapping[int, int]) -> dict[int, Group]:
        """All persons of a row, by the position of each of them."""
        found: dict[int, Group] = {}
        for row in self._rows(clause, describing):
            members = [m for at in row for m in self._group(clause, at).members]
            found |= dict.fromkeys(row, Group(tuple(members)))
        return found

    def _rows(self, clause: Clause, describing: Mapping[int, int]) -> Iterator[list[int]]:
        persons = [at for at, group in clause.groups() if self._is_person(group)]
        row: list[int] = persons[:1]
        for before, at in pairwise(persons):
            if not self._goes_on(clause, before, at, describing):
                if len(row) > 1:
                    yield row
                row = []
            row.append(at)
        if len(row) > 1:
            yield row

    def _goes_on(self, clause: Clause, before: int, at: int, describing: Mapping[int, int]) -> bool:
        """Whether a separator, then no more than a title and names that describe, stand between."""
        low = next(
            (
                before + 1 + len(mark)
                for mark in sorted(self.separators, key=len, reverse=True)
                if clause.text.startswith(mark, before + 1)
            ),
            None,
        )
        if low is None or at - low > _LONGEST_TITLE + 1:
            return False
        names = [n for n, _ in clause.groups() if low <= n < at]
        if any(describing.get(name) != at for name in names):
            return False
        return self._is_title(clause, max(names, default=low - 1) + 1, at)

    def _may_describe(self, clause: Clause, at: int, group: Group, following: int) -> bool:
        if following == at + 1:
            first = group.members[-1].cls
            return self.ontology.is_any(first, (ORGANIZATION, PLACE))
        return self._is_title(clause, at + 1, following, least=2)

    def _is_title(self, clause: Clause, low: int, high: int, least: int = 0) -> bool:
        title = clause.text[low:high]
        if not least <= len(title) <= _LONGEST_TITLE:
            return False
        return not title or (title.endswith(self.titles) and self.is_nominal(clause, low, high))

    def _is_person(self, group: Group) -> bool:
        return self.ontology.is_a(group.members[0].cls, PERSON)

    def _group(self, clause: Clause, at: int) -> Group:
        group = clause.units[at].group
        return group if group is not None else Group(())
