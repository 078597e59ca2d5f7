"""Who says what: the stretch of text that a word of saying, or a quotation, gives to a speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.clauses import Group
from kg.extract.frames import Matcher
from kg.lexicon import AGENT, MEDIUM, Lexicon
from kg.model import AnnotatedDocument, Mention, Span, TimeSpan
from kg.ontology import Ontology

_REACH = 12  # units between a speaker and the word of saying
_OPENING, _CLOSING = "「『“", "」』”"
_QUOTATION = re.compile(r"[：:，,]\s*[「“『]([^」”』]{0,2000})[」”』]")


@dataclass(frozen=True, slots=True)
class Saying:
    """*speaker* says what stands in *span*, at *time*."""

    speaker: Mention
    span: Span
    time: TimeSpan | None = None


def saying_after(
    text: str, speaker: Mention, verb_end: int, sentence: Span, time: TimeSpan | None = None
) -> Saying:
    """What follows the verb in its sentence, or the whole quotation that begins there."""
    match = _QUOTATION.match(text, verb_end)
    end = max(sentence.end, match.end()) if match else sentence.end
    return Saying(speaker, Span(verb_end, end), time)


def resumed_speaker(
    text: str, sayings: list[Saying], sentence: Span, position: int
) -> Mention | None:
    """Who goes on speaking at *position*: in no quotation, and said so in the same sentence."""
    for saying in reversed(sayings):
        if sentence.start <= saying.span.start <= position < saying.span.end:
            between = text[saying.span.start : position]
            opened = sum(map(between.count, _OPENING)) - sum(map(between.count, _CLOSING))
            return saying.speaker if opened <= 0 else None
    return None


def saying_at(sayings: list[Saying], position: int) -> Saying | None:
    """The innermost saying that holds *position*."""
    return next((s for s in reversed(sayings) if s.span.start <= position < s.span.end), None)


def speaker_of(sayings: list[Saying], position: int) -> Mention | None:
    """The speaker of the innermost saying that holds *position*."""
    saying = saying_at(sayings, position)
    return saying.speaker if saying else None


class Sayings:
    """What is said in one document, as far as it is read: the sentence before may reach into it."""

    def __init__(self, annotated: AnnotatedDocument, lexicon: Lexicon, ontology: Ontology) -> None:
        self.annotated, self.ontology = annotated, ontology
        self.sources = lexicon.words("lex:Source")
        self.said: list[Saying] = []

    def forget(self, position: int) -> None:
        """Leave what ends before *position*."""
        self.said = [saying for saying in self.said if saying.span.end > position]

    def note(self, matcher: Matcher, start: int, end: int, time: TimeSpan | None) -> None:
        """Remember who speaks by the word of saying at units ``[start, end)``, and when."""
        speaker = self._before(matcher, start)
        if speaker is not None:
            text, clause = self.annotated.document.text, matcher.clause
            sentence = self.annotated.sentences[clause.sentence]
            verb_end = clause.units[end - 1].span.end
            self.said.append(saying_after(text, speaker, verb_end, sentence, time))

    def _before(self, matcher: Matcher, start: int) -> Mention | None:
        """The nearest agent before the word of saying."""
        units = matcher.clause.units[:start]
        for at in range(len(units) - 1, max(-1, len(units) - _REACH), -1):
            group = units[at].group
            quoted = matcher.governors.get(at, (at, ""))[1] in self.sources
            if group and (quoted or not matcher.is_oblique(at)) and self._is_agent(group):
                return group.members[-1]
        return None

    def _is_agent(self, group: Group) -> bool:
        return self.ontology.is_a(group.members[-1].cls, AGENT)

    def at(self, position: int) -> Saying | None:
        """The innermost saying that holds *position*."""
        return saying_at(self.said, position)

    def speaker(self, position: int) -> Mention | None:
        """Its speaker."""
        return speaker_of(self.said, position)

    def resumed(self, sentence: Span, position: int) -> Mention | None:
        """Who goes on speaking at *position*: in no quotation, and said so in the same sentence."""
        return resumed_speaker(self.annotated.document.text, self.said, sentence, position)

    def only_tells(self, position: int, pair: tuple[Mention, Mention]) -> bool:
        """Whether one of the two only tells what stands there: of others' deeds, or a medium."""
        speakers = {s.speaker.id for s in self.said if s.span.start <= position < s.span.end}
        is_medium = self.ontology.is_a(pair[0].cls, MEDIUM)
        return pair[1].id in speakers or (is_medium and pair[0].id in speakers)
