"""What a name says by itself: 騰訊會議 is 騰訊's, 香港大學 is in 香港."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.lexicon import Entry, Lexicon
from kg.model import AnnotatedDocument, Mention, Reason
from kg.ontology import Ontology
from kg.script import simplify


@dataclass(frozen=True, slots=True)
class NestedReading:
    """A relation between a longer name and the name that it begins with."""

    predicate: str
    subject: Mention
    object: Mention
    whole: Mention
    reasons: tuple[Reason, ...]


class NestedReader:
    """Reads names that begin with another name of the same text.

    Only a beginning that the text also names by itself counts: nothing is added to the graph
    that the text does not name. Which relation it is, the lexicon says (``lex:prefix`` entries).
    """

    def __init__(self, lexicon: Lexicon, ontology: Ontology) -> None:
        self.entries = tuple(entry for entry in lexicon.entries if entry.prefix)
        self.ontology, self.bare = ontology, lexicon.words("lex:BareBody")
        self.members = lexicon.words("lex:OfMembers")

    def read(self, annotated: AnnotatedDocument) -> Iterator[NestedReading]:
        """One reading for each longer name, at its first mention."""
        text = annotated.simplified
        first: dict[str, Mention] = {}
        for mention in (m for m in annotated.mentions if m.is_name):
            first.setdefault(text[mention.span.start : mention.span.end], mention)
        for name, whole in first.items():
            beginnings = (first.get(name[:cut]) for cut in range(len(name) - 1, 1, -1))
            part = next((mention for mention in beginnings if mention is not None), None)
            if part is not None and not self._is_bare(part, whole):
                yield from self._of(part, whole)

    def _is_bare(self, part: Mention, whole: Mention) -> bool:
        """Whether the longer name tells nothing: a place with 政府 or 法院, or with a mark added.

        A union is named after the body that its members work for, and is no part of it.
        """
        rest = simplify(whole.surface[len(part.surface) :])
        of_members = any(word in rest for word in self.members)
        return of_members or rest in self.bare or not any(char.isalnum() for char in rest)

    def _of(self, part: Mention, whole: Mention) -> Iterator[NestedReading]:
        for entry in self.entries:
            for predicate in entry.relations:
                if entry.prefix == "A" and not part.known:
                    continue  # what begins with a name that nobody knows may be that itself
                ends = {"A": part, "B": whole} if entry.prefix == "A" else {"A": whole, "B": part}
                if self._fits(entry, predicate, ends):
                    reason = Reason(f"{whole.surface} begins with {part.surface}", entry.weight)
                    yield NestedReading(predicate, ends["A"], ends["B"], whole, (reason,))

    def _fits(self, entry: Entry, predicate: str, ends: dict[str, Mention]) -> bool:
        narrowed = all(
            not classes or self.ontology.is_any(ends[slot].cls, classes)
            for slot, classes in entry.classes.items()
        )
        return narrowed and self.ontology.fits(predicate, ends["A"].cls, ends["B"].cls)
