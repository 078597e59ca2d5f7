"""Polarity and modality of a reading, from the words between its subject and its verb."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.lexicon import (
    CONDITIONAL,
    DENIED,
    PLANNED,
    POSSIBLE,
    QUESTION,
    REPORTED,
    Lexicon,
)
from kg.model import Modality, Polarity, Span
from kg.words import Word, WordIndex

_TAKES_OBJECT, _DONE = "将", "了"


@dataclass(frozen=True, slots=True)
class Stance:
    """How something is said; ``void`` names the reason why it is no claim at all."""

    polarity: Polarity = "asserted"
    modality: Modality = "actual"
    cue: str = ""
    void: str = ""


class StanceReader:
    """Reads the cues of the lexicon."""

    def __init__(self, lexicon: Lexicon, words: WordIndex) -> None:
        self.lexicon, self.words = lexicon, words
        self.urging = tuple(lexicon.words("lex:Urging"))
        self.own = tuple(lexicon.words("lex:OwnThing"))
        self.endings, self.charges = lexicon.words("lex:Ending"), lexicon.words("lex:Charge")

    def read(
        self, sentence: Span, clause: Span, window: Span, trigger: Span, names: frozenset[int]
    ) -> Stance:
        """The stance of a reading whose cues can stand in *window*, before *trigger*.

        *names* are the starts of words that belong to names. Hearsay (據報) reaches from the
        sentence's start, a question from its end, a condition from the clause's start.
        """
        near = self._cues(window, names)
        before = self._cues(Span(sentence.start, trigger.start), names)
        if self._asks(sentence):
            return Stance(void="a question")
        opening = self._cues(Span(clause.start, trigger.start), names)
        if hit := opening.get(CONDITIONAL):
            return Stance(void=f"a condition ({hit})")
        ended = self._ending(Span(trigger.end, clause.end))
        polarity: Polarity = "denied" if ended or self._denies(near, trigger) else "asserted"
        modality = self._modality(near, before)
        cue = (
            ended
            or near.get(DENIED)
            or near.get(PLANNED)
            or near.get(POSSIBLE)
            or before.get(REPORTED)
        )
        return Stance(polarity, modality, cue or "")

    def urged(self, stance: Stance, subject: int) -> Stance:
        """*stance*; planned if who does it, at *subject*, is only urged to (要求 A 停止 …)."""
        if stance.modality != "actual" or not self.words.simplified.endswith(
            self.urging, 0, subject
        ):
            return stance
        return replace(stance, modality="planned", cue="urged")

    def continued(self, before: Span, clause: Span, names: frozenset[int]) -> Stance:
        """Planned if *before* is and *clause* does not say that it has happened (已, 目前)."""
        happened = self.lexicon.words("lex:Happened")
        if any(word.text in happened for word in self.words.within(clause)):
            return Stance()
        plan = self._cues(before, names).get(PLANNED)
        return Stance(modality="planned", cue=plan) if plan else Stance()

    def _denies(self, near: dict[str, str], trigger: Span) -> bool:
        """未…之前 (before it was …) takes for granted that it was."""
        after = self.words.simplified[trigger.end : trigger.end + 2]
        return DENIED in near and after != "之前"

    def _ending(self, after: Span) -> str:
        """The word that ends what a noun names, if the clause closes with it (合作已終止)."""
        words = [word for word in self.words.within(after) if word.text != _DONE]
        verbs = [word for word in words if word.tag[0] == "v"]
        ends = len(verbs) == 1 and verbs[0] == words[-1]
        return verbs[0].text if ends and verbs[0].text in self.endings else ""

    def _modality(self, near: dict[str, str], before: dict[str, str]) -> Modality:
        if PLANNED in near:
            return "planned"
        if POSSIBLE in near or CONDITIONAL in before:
            return "possible"
        return "reported" if REPORTED in before else "actual"

    def _asks(self, sentence: Span) -> bool:
        text = self.words.simplified[sentence.start : sentence.end].rstrip("”」』）)\"' ")
        marks = tuple(self.lexicon.cues[QUESTION])
        return text.endswith(marks) and not any(
            word in text for word in self.lexicon.words("lex:Presupposing")
        )

    def _cues(self, window: Span, names: frozenset[int]) -> dict[str, str]:
        """The first cue of each kind in the window."""
        found: dict[str, str] = {}
        words = tuple(w for w in self.words.within(window) if w.start not in names)
        for position, word in enumerate(words):
            if word.text in self.charges and any(w.tag[0] == "v" for w in words[position + 1 :]):
                continue  # 涉嫌盜竊被捕: the theft is supposed, the arrest is not
            if word.text == _TAKES_OBJECT and self._takes_object(word.end, names):
                continue
            if self._is_noun(words[max(0, position - 1) : position + 2]):
                continue
            pair = word.text + (words[position + 1].text if position + 1 < len(words) else "")
            for kind, cues in self.lexicon.cues.items():
                if kind not in found and (word.text in cues or pair in cues):
                    found[kind] = word.text if word.text in cues else pair
        return found

    def _takes_object(self, end: int, names: frozenset[int]) -> bool:
        """將 right before a name, or what somebody has, is the preposition 把, not the future."""
        return end in names or self.words.simplified.startswith(self.own, end)

    def _is_noun(self, words: tuple[Word, ...]) -> bool:
        """Whether a plan, the middle one, is named: a word and a mark enclose it (開放計劃，…)."""
        if len(words) < 3 or words[1].text not in self.lexicon.cues[PLANNED]:
            return False
        before, plan, after = words
        return before.end == plan.start and before.tag[0] in "anv" and after.tag == "x"
