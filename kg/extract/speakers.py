"""Who says what: the stretch of text that a word of saying, or a quotation, gives to a speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Mention, Span, TimeSpan

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
