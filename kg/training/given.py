"""An annotator that is told the names, so that nothing hangs on finding them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from kg.annotation.names.choose import choose
from kg.extract.traits import GIVEN
from kg.model import ANAPHORS, AnnotatedDocument, Document, Mention, Span
from kg.script import simplify

_KEPT = frozenset((*ANAPHORS, "known", "declared-alias", "short-form"))


class _Annotates(Protocol):
    def annotate(self, document: Document) -> AnnotatedDocument: ...


class GivenNames:
    """An annotator whose names are given; it stands in for the pipeline's own."""

    def __init__(self, annotator: _Annotates, names: Mapping[str, str]) -> None:
        self.annotator = annotator
        self.classes = {simplify(name): cls for name, cls in names.items()}
        longest_first = sorted(self.classes, key=lambda name: (-len(name), name))
        self.pattern = re.compile("|".join(map(re.escape, longest_first)))

    def annotate(self, document: Document) -> AnnotatedDocument:
        """What the annotator finds, with these names in place of those it would guess."""
        found = self.annotator.annotate(document)
        given = list(self._given(found))
        others = [m for m in found.mentions if not _KEPT.isdisjoint(m.sources)]
        mentions = choose([*given, *others], len(document.text))
        ids = {mention.id for mention in mentions}
        kept = tuple(j for j in found.judgements if {j.left, j.right} <= ids)
        return replace(found, mentions=tuple(mentions), judgements=kept)

    def _given(self, found: AnnotatedDocument) -> Iterator[Mention]:
        for match in self.pattern.finditer(found.simplified):
            span, cls = Span(*match.span()), self.classes[match[0]]
            surface = span.of(found.document.text)
            yield Mention(f"{span.start}-{span.end}", span, surface, cls, 0.9, GIVEN)
