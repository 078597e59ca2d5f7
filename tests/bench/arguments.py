"""Who does it and to whom: the names that are subject, object or oblique of a verb.

The verbs of a sentence are given, and the names that the package finds; the question is which name
belongs to which verb. A tree answers by its labels (:func:`by_tree`: the gold one, or the parser's),
the clause analysis by what the frames of the lexicon are matched with (:func:`by_clauses`): the same
matcher, prepositions, lists and carried subjects, asked with the plain patterns of :data:`ASKED` in
place of those of an entry. :func:`by_nearness` is the least that one can do.

Names only: that is all that the clause analysis has for arguments, and all that claims are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field

from kg.evaluate.measures import Score
from kg.extract.clauses import Clause
from kg.extract.extractor import FrameExtractor, _DocumentReader
from kg.extract.frames import Binding, Matcher
from kg.extract.subjects import Topic
from kg.extract.triggers import Trigger
from kg.lexicon import parse_pattern
from kg.model import AnnotatedDocument, Candidate, Mention, Span
from tests.bench.treebank import Tree

SUBJECT, OBJECT, OBLIQUE = "subject", "object", "oblique"
ROLES = (SUBJECT, OBJECT, OBLIQUE)
#: What the clause analysis is asked, in this order: the first pattern that fits answers.
ASKED = {
    role: tuple(map(parse_pattern, patterns))
    for role, patterns in {
        SUBJECT: ("A … (被|遭|遭到|受到) … V", "由 A … V", "A … V"),
        OBJECT: ("V B", "V ~ B", "V … B"),
        OBLIQUE: ("(把|將|被|遭|遭到|受到|對|向) B … V",),
    }.items()
}
_PREPOSITIONS = frozenset("把將被對向将对")
_PREDICATES = ("root", "conj", "ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj")
_SAME = ("flat", "appos")  # 作家 王 某某: each of them names who it is
_STOPS = frozenset("，,；;：:。！？!?…")

#: A verb's place and a role of it.
Slot = tuple[Span, str]


@dataclass
class Found:
    """The ids of names by verb and role; ``open`` may be given too, and is neither right nor
    wrong; ``shared`` are the slots that a coordinated verb has from the one before it."""

    sure: dict[Slot, set[str]] = field(default_factory=dict)
    open: dict[Slot, set[str]] = field(default_factory=dict)
    shared: set[Slot] = field(default_factory=set)


def verbs_of(tree: Tree) -> list[int]:
    """The verbs that are the predicate of some clause, not part of a noun (領導 者)."""
    return [
        at for at, word in enumerate(tree.words) if word.upos == "VERB" and _is_clause(tree, at)
    ]


def _is_clause(tree: Tree, at: int) -> bool:
    return tree.words[at].label.lower().split(":")[0] in _PREDICATES


# --- By trees ----------------------------------------------------------------------------------


def by_tree(tree: Tree, verbs: Iterable[Span], mentions: Iterable[Mention]) -> Found:
    """What the labels say of *verbs*, of each the word of the tree that has most of it."""
    reader, found = _TreeReader(tree, tuple(mentions)), Found()
    for verb in verbs:
        at = max(range(len(tree.words)), key=lambda n: _overlap(tree.words[n].span, verb))
        reader.read(at, verb, found)
    return found


def _overlap(left: Span, right: Span) -> int:
    return max(0, min(left.end, right.end) - max(left.start, right.start))


class _TreeReader:
    def __init__(self, tree: Tree, mentions: tuple[Mention, ...]) -> None:
        self.tree, self.mentions = tree, mentions

    def read(self, at: int, verb: Span, found: Found) -> None:
        word, head = self.tree.words[at], self.tree.words[at].head
        subjects, shared = self.subjects(at), False
        if not subjects and word.label == "conj":
            subjects, shared = self.subjects(head), True
        objects = self.with_label(at, "obj")
        found.sure[verb, SUBJECT] = self.names(subjects)
        found.sure[verb, OBJECT] = self.names(objects)
        found.sure[verb, OBLIQUE] = self.names(self.obliques(at))
        if shared and found.sure[verb, SUBJECT]:
            found.shared.add((verb, SUBJECT))
        modified = [head] if word.label.startswith("acl") else []
        others = [n for v in range(len(self.tree.words)) for n in self.subjects(v)]
        pivots = self.with_label(head, "obj") if head >= 0 else []
        found.open[verb, SUBJECT] = self.names(modified + ([] if subjects else others + pivots))
        joined = [n for n in (head, *self.tree.dependents(at)) if self._is_conj(n, at)]
        passed = [n for v in joined for n in self.with_label(v, "obj")]
        patients = self.with_label(at, "iobj") + self.obliques(at)
        found.open[verb, OBJECT] = self.names(modified + passed + patients)

    def _is_conj(self, other: int, at: int) -> bool:
        words = self.tree.words
        return other >= 0 and "conj" in (words[other].label, words[at].label)

    def subjects(self, at: int) -> list[int]:
        """The dependents of a verb that are its subjects."""
        return self.with_label(at, "nsubj")

    def with_label(self, at: int, label: str) -> list[int]:
        """The dependents of that label, whatever follows its colon."""
        words = self.tree.words
        return [n for n in self.tree.dependents(at) if words[n].label.split(":")[0] == label]

    def obliques(self, at: int) -> list[int]:
        """Those after 把, 被, 對 or 向."""
        words = self.tree.words
        return [
            n
            for n in self.with_label(at, "obl")
            if words[n].label in ("obl:agent", "obl:patient")
            or any(self.tree.form(c) in _PREPOSITIONS for c in self.with_label(n, "case"))
        ]

    def names(self, heads: Iterable[int]) -> set[str]:
        """The names that are one of these, or in a list with it."""
        spans = [self.tree.words[n].span for at in heads for n in self._with_others(at)]
        return {m.id for m in self.mentions if any(m.span.overlaps(span) for span in spans)}

    def _with_others(self, at: int) -> Iterator[int]:
        yield at
        for n in self.tree.dependents(at):
            if self.tree.words[n].label.split(":")[0] in (*_SAME, "conj"):
                yield from self._with_others(n)


# --- By clauses --------------------------------------------------------------------------------


def by_clauses(
    annotated: AnnotatedDocument,
    verbs: Iterable[Span],
    extractor: FrameExtractor,
    strict: bool = False,
) -> Found:
    """What the clause analysis answers; *strict*: not over another verb."""
    reader = _Asker(extractor, annotated, frozenset(verbs), strict)
    for _ in reader.candidates():
        pass
    return reader.found


class _Asker(_DocumentReader):
    """Reads a document as ever, but for the verbs it is given, and answers instead of claiming."""

    def __init__(
        self,
        parent: FrameExtractor,
        annotated: AnnotatedDocument,
        verbs: frozenset[Span],
        strict: bool,
    ) -> None:
        parent = copy(parent)
        parent.finder = _Given(verbs)  # type: ignore[assignment]
        super().__init__(parent, annotated)
        self.strict, self.found = strict, Found()

    def _read_trigger(
        self, trigger: Trigger, matcher: Matcher, topic: Topic | None
    ) -> Iterator[Candidate]:
        verb = trigger.cue(matcher.clause)
        for role, patterns in ASKED.items():
            bindings = (matcher.match(p, trigger.start, trigger.end) for p in patterns)
            binding = next((b for b in bindings if b is not None), None)
            if binding and not (self.strict and self._is_parted(matcher.clause, trigger, binding)):
                _, group, _ = binding.groups[-1]
                self.found.sure[verb, role] = {mention.id for mention in group.members}
        yield from ()

    def _is_parted(self, clause: Clause, trigger: Trigger, binding: Binding) -> bool:
        """Whether a verb stands between the word and a name that is bound."""
        places = [at for _, _, at in binding.groups if at is not None]
        units = [u for at in places for u in clause.units[at + 1 : trigger.start]]
        units += [u for at in places for u in clause.units[trigger.end : at]]
        words = [self.words.word_at(unit.span.start) for unit in units if unit.is_plain]
        return any(word.tag == "v" for word in words)

    def _note_saying(self, trigger: Trigger, matcher: Matcher) -> None:
        pass

    def _read_neighbours(self, matcher: Matcher) -> Iterator[Candidate]:
        yield from ()

    def _read_metrics(self, *_: object) -> Iterator[Candidate]:
        yield from ()


@dataclass(frozen=True)
class _Given:
    """Finds the verbs that it is given."""

    verbs: frozenset[Span]

    def find(self, clause: Clause, *_: object) -> Iterator[Trigger]:
        starts = {unit.span.start: at for at, unit in enumerate(clause.units)}
        ends = {unit.span.end: at + 1 for at, unit in enumerate(clause.units)}
        for verb in sorted(self.verbs):
            if verb.start in starts and verb.end in ends:
                low, high = starts[verb.start], ends[verb.end]
                yield Trigger(low, high, clause.text[low:high], ())


# --- By nearness, and the score ----------------------------------------------------------------


def by_nearness(tree: Tree, verbs: Iterable[Span], mentions: Iterable[Mention]) -> Found:
    """The last name before the verb is its subject, the next one its object, up to a comma."""
    names, found = sorted(mentions, key=lambda mention: mention.span), Found()
    for verb in verbs:
        before = [m for m in names if m.span.end <= verb.start][-1:]
        after = [m for m in names if m.span.start >= verb.end][:1]
        for role, near in ((SUBJECT, before), (OBJECT, after)):
            for mention in near:
                low, high = sorted((mention.span, verb))
                if _STOPS.isdisjoint(tree.text[low.end : high.start]):
                    found.sure[verb, role] = {mention.id}
    return found


def either(first: Found, second: Found) -> Found:
    """What *first* says, and *second* where that is silent."""
    slots = first.sure.keys() | second.sure.keys()
    return Found({s: first.sure.get(s) or second.sure.get(s, set()) for s in slots})


def compare(gold: Found, found: Found, slots: Iterable[Slot]) -> Score:
    """Names right, given and meant in these *slots*."""
    score = Score()
    for slot in slots:
        meant, given = gold.sure[slot], found.sure.get(slot, set())
        judged = given - (gold.open.get(slot, set()) - meant)
        score += Score(len(judged & meant), len(judged), len(meant))
    return score


def scores(gold: Found, found: Found) -> Mapping[str, Score]:
    """By role, for all, and for the subjects that coordinated verbs share."""
    told = {role: compare(gold, found, [s for s in gold.sure if s[1] == role]) for role in ROLES}
    shared = compare(gold, found, gold.shared)
    return {**told, "all": sum(told.values(), Score()), "shared subject": shared}
