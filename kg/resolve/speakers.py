"""Whose 我們 it is in a quotation: the body that speaks, or that the speaker is an officer of."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from kg.lexicon import ORGANIZATION, PERSON, Lexicon
from kg.model import AnnotatedDocument, Mention
from kg.ontology import Ontology
from kg.resolve.nearby import Nearby
from kg.script import match_key

_OPENING, _CLOSING = "「『“", "」』”"
_SAYING = 20  # characters from the speaker's name to what he says
_LONGEST_TITLE = 12
_QUOTED = re.compile(f"[{_OPENING}{_CLOSING}\n]")


class Spokesmen:
    """The speakers of a document's quotations, and the bodies whose officers they are."""

    def __init__(self, annotated: AnnotatedDocument, ontology: Ontology, lexicon: Lexicon) -> None:
        self.text, self.ontology = annotated.simplified, ontology
        self.titles = tuple(lexicon.words("lex:Title"))
        self.prepositions = tuple(lexicon.words("lex:Preposition"))
        names = [m for m in annotated.mentions if m.is_name]
        self.names = Nearby(annotated.sentences, names)
        self.marks = [match.start() for match in _QUOTED.finditer(self.text)]
        self.bodies: dict[str, set[str]] = {}
        self.body: dict[str, Mention] = {}
        for left, right in pairwise(names):
            if ontology.is_a(left.cls, ORGANIZATION) and self._is_officer(left, right):
                person = match_key(right.surface)
                self.bodies.setdefault(person, set()).add(left.known or match_key(left.surface))
                self.body.setdefault(person, left)

    def _is_officer(self, body: Mention, person: Mention) -> bool:
        title = self.text[body.span.end : person.span.start]
        fits = len(title) <= _LONGEST_TITLE and title.endswith(self.titles)
        return fits and self.ontology.is_a(person.cls, PERSON)

    def behind(self, anaphor: Mention) -> Mention | None:
        """The body for which the quotation that holds *anaphor* speaks."""
        speaker = self.speaker(anaphor)
        if speaker is None or self.ontology.is_a(speaker.cls, ORGANIZATION):
            return speaker
        person = match_key(speaker.surface)
        return self.body[person] if len(self.bodies.get(person, ())) == 1 else None

    def is_quoted(self, position: int) -> bool:
        """Whether *position* stands in a quotation."""
        return self._opening(position) is not None

    def _opening(self, position: int) -> int | None:
        """Where the quotation that holds *position* opens."""
        at = bisect_left(self.marks, position) - 1
        opens = at >= 0 and self.text[self.marks[at]] in _OPENING
        return self.marks[at] if opens else None

    def speaker(self, anaphor: Mention) -> Mention | None:
        """Who is named right before the quotation that holds *anaphor*."""
        opening = self._opening(anaphor.span.start)
        if opening is None:
            return None
        for _, name in self.names.backwards(opening, 1):
            if opening - name.span.end > _SAYING:
                return None
            speaks = self.ontology.is_any(name.cls, (ORGANIZATION, PERSON))
            if speaks and not self.text.endswith(self.prepositions, 0, name.span.start):
                return name
        return None
