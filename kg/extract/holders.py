"""Names that only say whose something is: 甲 in 收購甲持有的乙, in 收購甲旗下的乙."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.extract.clauses import Clause
from kg.extract.frames import Matcher
from kg.extract.triggers import Trigger
from kg.lexicon import Lexicon, choice


class HolderFinder:
    """Finds the names before a word of holding (``lex:Holding``), adverbs between them aside."""

    def __init__(self, lexicon: Lexicon) -> None:
        adverbs = choice(lexicon.words("lex:HoldingAdverb"))
        self.pattern = re.compile(f"(?:{adverbs})*(?:{choice(lexicon.words('lex:Holding'))})")

    def find(self, clause: Clause) -> dict[int, int]:
        """For each such name's unit, where its word of holding ends."""
        found = ((at, self.pattern.match(clause.text, at + 1)) for at, _ in clause.groups())
        return {at: match.end() for at, match in found if match}


def passing_over(matcher: Matcher, trigger: Trigger, holders: Mapping[int, int]) -> Matcher:
    """*matcher*, which passes over the holders for every word but that of their own holding."""
    held = [at for at, end in holders.items() if not at < trigger.start < end]
    return matcher.passing(held) if held else matcher
