"""Polarity and modality of a reading, from the words before its verb and right after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise

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

_AT_REQUEST = "应"
_TAKES_OBJECT, _DONE, _IN_ORDER_TO, _IF = "将", "了", "以", "的话"
# How a verb ends that says what becomes of the object after 將: 將 B 稱為, 將 B 納入.
_RESULTS = tuple("为成作给到入出")
_MODALITY_OF: dict[str, Modality] = {
    PLANNED: "planned",
    POSSIBLE: "possible",
    REPORTED: "reported",
}
_OF_ANOTHER = ("的不是", "的并不是", "的并非")
_COMMAS = "，,"


@dataclass(frozen=True, slots=True)
class Stance:
    """How something is said; ``void`` names the reason why it is no claim at all."""

    polarity: Polarity = "asserted"
    modality: Modality = "actual"
    cue: str = ""
    void: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reading stands: its *trigger* in its *clause* in its *sentence*.

    Its cues can stand in *window*, before the trigger; *own_object* says that a noun after the
    object is what the word is about (批評 B 的計劃), and does not name the act (收購 B 的計劃).
    """

    sentence: Span
    clause: Span
    window: Span
    trigger: Span
    own_object: bool = False


class StanceReader:
    """Reads the cues of the lexicon; *names* are the starts of words that belong to names."""

    def __init__(self, lexicon: Lexicon, words: WordIndex, names: frozenset[int]) -> None:
        self.lexicon, self.words, self.names = lexicon, words, names
        self.own = tuple(lexicon.words("lex:OwnThing"))
        self.endings, self.charges = lexicon.words("lex:Ending"), lexicon.words("lex:Charge")
        self.openings = {
            "a condition": lexicon.cues[CONDITIONAL],
            "a concession": lexicon.words("lex:Concession"),
        }
        self.purposes, self.vague = lexicon.words("lex:Purpose"), lexicon.words("lex:VagueSource")
        self.untrue = tuple(sorted(lexicon.words("lex:Untrue")))
        self.no_denial = lexicon.words("lex:NoDenial")
        self.attempts = lexicon.words("lex:Attempt")
        self.asking = lexicon.words("lex:IndirectQuestion")
        self.denial_verbs, self.stops = map(lexicon.words, ("lex:DenialVerb", "lex:ScopeEnd"))
        self.matters = {
            PLANNED: lexicon.words("lex:PlannedMatter"),
            POSSIBLE: lexicon.words("lex:PossibleMatter"),
            REPORTED: lexicon.words("lex:ReportedMatter"),
        }
        self.embedding = {
            PLANNED: tuple(lexicon.words("lex:Urging")),
            POSSIBLE: tuple(lexicon.words("lex:Supposing")),
            REPORTED: tuple(lexicon.words("lex:Accusing")),
        }
        self.forbidding = tuple(lexicon.words("lex:Bidding") & lexicon.cues[DENIED])

    def read(self, place: Place) -> Stance:
        """The stance of the reading at *place*.

        Hearsay (據報) reaches from the sentence's start, a question from its end, a condition
        over its own clause and the next.
        """
        if void := self._void(place):
            return Stance(void=void)
        near = self._cues(place.window)
        trigger = place.trigger
        before = self._cues(Span(place.sentence.start, trigger.start))
        after = Span(trigger.end, place.clause.end)
        matter, noun = self._matter(after, place.own_object)
        ended, denial = self._ending(after), self._denial(place)
        polarity: Polarity = "denied" if ended or denial == "denied" else "asserted"
        kinds = [*near, matter, REPORTED if REPORTED in before else ""]
        if denial == "open" or self._is_conditioned(place):
            kinds.append(POSSIBLE)
        if trigger.of(self.words.simplified) in self.attempts:
            kinds.append(PLANNED)
        if self._wonders(place):
            kinds = [POSSIBLE]
        found = (said for kind, said in _MODALITY_OF.items() if kind in kinds)
        modality: Modality = next(found, "actual")
        cues = (near.get(DENIED), near.get(PLANNED), near.get(POSSIBLE), noun, before.get(REPORTED))
        return Stance(polarity, modality, next(filter(None, (ended, *cues)), ""))

    def embedded(self, stance: Stance, subject: int) -> Stance:
        """*stance*, or that of the word right before who does it, at *subject*.

        要求 A 停止 is planned, 懷疑 A 停止 possible, 指責 A 停止 only reported, 禁止 A 停止 denied.
        """
        if self.words.simplified.endswith(self.forbidding, 0, subject):
            return replace(stance, polarity="denied")
        if stance.modality != "actual":
            return stance
        for kind, words in self.embedding.items():
            if self.words.simplified.endswith(words, 0, subject):
                return replace(stance, modality=_MODALITY_OF[kind], cue=stance.cue or "embedded")
        return stance

    def continued(self, before: Span, clause: Span) -> Stance:
        """Planned if *before* is and *clause* does not say that it has happened (已, 目前)."""
        happened = self.lexicon.words("lex:Happened")
        if any(word.text in happened for word in self.words.within(clause)):
            return Stance()
        plan = self._cues(before).get(PLANNED)
        return Stance(modality="planned", cue=plan) if plan else Stance()

    # --- No claim at all --------------------------------------------------------------------

    def _void(self, place: Place) -> str:
        """Why the reading is no claim, if it is none."""
        if self._asks(place.sentence):
            return "a question"
        opening = tuple(self._plain(Span(place.clause.start, place.trigger.start)))
        for reason, words in self.openings.items():
            if hit := next((w for w in opening if w.text in words), None):
                return f"{reason} ({hit.text})"
        if self.words.simplified.endswith(_IF, 0, place.clause.end):
            return f"a condition ({_IF})"
        return self._purpose(opening, place)

    def _purpose(self, opening: tuple[Word, ...], place: Place) -> str:
        """為了 before the word with no verb between them; 以 that opens the clause right before."""
        last = next((n for n, w in enumerate(opening) if w.text in self.purposes), None)
        if last is not None and not any(w.tag == "v" for w in opening[last + 1 :]):
            return f"a purpose ({opening[last].text})"
        start, end = place.clause.start, place.trigger.start
        alone = self.words.simplified[start:end] == _IN_ORDER_TO
        return f"a purpose ({_IN_ORDER_TO})" if alone else ""

    def _asks(self, sentence: Span) -> bool:
        text = self.words.simplified[sentence.start : sentence.end].rstrip("”」』）)\"' ")
        marks = tuple(self.lexicon.cues[QUESTION])
        return text.endswith(marks) and not any(
            word in text for word in self.lexicon.words("lex:Presupposing")
        )

    def _wonders(self, place: Place) -> bool:
        """Whether a word before it asks, which is asked of all that follows (A 能否說服 B V)."""
        before = Span(place.clause.start, place.trigger.start)
        return any(word.text in self.asking for word in self._plain(before))

    def _is_conditioned(self, place: Place) -> bool:
        """Whether the clause before is a condition."""
        text, start = self.words.simplified, place.sentence.start
        for _ in range(2):
            comma = max(text.rfind(mark, start, place.clause.start) for mark in _COMMAS)
            place = replace(place, clause=Span(max(start, comma), place.clause.end))
        return CONDITIONAL in self._cues(Span(place.clause.start, place.trigger.start))

    # --- Denial -----------------------------------------------------------------------------

    def _denial(self, place: Place) -> str:
        """``denied``, ``open`` where a denial is itself denied (未排除), or empty.

        未…之前 (before it was …) takes for granted that it was, as does 不能不.
        """
        if self.words.simplified.startswith("之前", place.trigger.end):
            return ""
        words = tuple(self._plain(place.window))
        stops = [n for n, word in enumerate(words) if word.text in self.stops]
        words = words[stops[-1] :] if stops else words
        cues = self.lexicon.cues[DENIED]
        denials = [w for w, pair in self._with_pairs(words) if {w.text, pair} & cues]
        for first, second in pairwise(denials):
            if first.end == second.start:
                return "open" if second.text in self.denial_verbs else ""
        follows = {n.text for w, n in pairwise(words) if w in denials} & self.denial_verbs
        return "open" if follows else "denied" if denials else ""

    def _with_pairs(self, words: tuple[Word, ...]) -> Iterator[tuple[Word, str]]:
        """The words, each with what it makes with the next; 不只 is no 不."""
        for word, following in pairwise((*words, _END)):
            if word.text + following.text not in self.no_denial:
                yield word, word.text + following.text

    def _ending(self, after: Span) -> str:
        """What the clause says after the word that takes it back.

        That what its noun names is over (合作已終止), that it is untrue, or of another (V 的不是).
        """
        rest = after.of(self.words.simplified)
        if rest.startswith(_OF_ANOTHER):
            return rest[:2]
        words = [word for word in self.words.within(after) if word.text != _DONE]
        verbs = [word for word in words if word.tag[0] == "v"]
        ends = len(verbs) == 1 and verbs[0] == words[-1] and verbs[0].text in self.endings
        return verbs[0].text if ends else next(filter(rest.__contains__, self.untrue), "")

    def _matter(self, after: Span, own_object: bool) -> tuple[str, str]:
        """The kind of noun that has the act for its matter, and the noun."""
        words = self.words.within(after)
        rest = words if own_object else tuple(dropwhile(lambda w: w.start in self.names, words))
        if len(rest) > 1 and rest[0].text == "的":
            for kind, nouns in self.matters.items():
                if rest[1].text in nouns:
                    return kind, rest[1].text
        return "", ""

    # --- Cues -------------------------------------------------------------------------------

    def _plain(self, window: Span) -> Iterator[Word]:
        """The words of the window that belong to no name."""
        return (word for word in self.words.within(window) if word.start not in self.names)

    def _cues(self, window: Span) -> dict[str, str]:
        """The first cue of each kind in the window."""
        found: dict[str, str] = {}
        words = tuple(self._plain(window))
        for position, (word, following) in enumerate(pairwise((*words, _END))):
            if self._is_other_use(words, position):
                continue
            pair = word.text + following.text
            for kind, cues in self.lexicon.cues.items():
                if kind not in found and (word.text in cues or pair in cues):
                    found[kind] = word.text if word.text in cues else pair
            if word.text in self.vague and self._speaks(words[position + 1 : position + 3]):
                found.setdefault(REPORTED, word.text)
        return found

    def _speaks(self, following: tuple[Word, ...]) -> bool:
        return any(word.text in self.lexicon.speech for word in following)

    def _is_other_use(self, words: tuple[Word, ...], position: int) -> bool:
        """Whether the word is not the cue that it looks like."""
        word, before, rest = words[position], words[:position][-1:], words[position + 1 :]
        if word.text in self.charges:
            return any(w.tag[0] == "v" for w in rest)  # 涉嫌盜竊被捕: the arrest is not supposed
        if word.text == _AT_REQUEST:
            return word.end in self.names  # 應甲要求
        if word.text == _TAKES_OBJECT:
            return self._takes_object(word, rest)
        if word.text == "或":
            return bool(before) and before[0].tag[0] == "v"  # 投資或收購
        return self._is_noun(word, before, rest[:1])

    def _takes_object(self, word: Word, rest: tuple[Word, ...]) -> bool:
        """將 is the preposition 把 before a name, one's own, or a noun that is made something."""
        if word.end in self.names or self.words.simplified.startswith(self.own, word.end):
            return True
        noun = bool(rest) and rest[0].tag in ("n", "nz", "r") and rest[0].start == word.end
        return noun and any(w.text.endswith(_RESULTS) and w.tag == "v" for w in rest)

    def _is_noun(self, word: Word, before: tuple[Word, ...], after: tuple[Word, ...]) -> bool:
        """Whether a plan is named: after 的, or a word and a mark enclose it (開放計劃，…)."""
        if word.text not in self.lexicon.cues[PLANNED] or not before:
            return False
        enclosed = bool(after) and after[0].tag == "x" and before[0].tag[0] in "anv"
        of = before[0].text == "的" and word.tag in ("n", "v", "vn")
        return before[0].end == word.start and (enclosed or of)


_END = Word(-1, -1, "", "x")
