"""Pairs of names around a word that no frame joined: readings for the judge to accept or not."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, product, zip_longest

from kg.extract.clauses import Group
from kg.extract.frames import Binding, Matcher
from kg.extract.readings import Reading, fitting
from kg.extract.traits import FRAME
from kg.extract.triggers import Trigger
from kg.lexicon import PLACE, Element, Entry, Pattern
from kg.model import AnnotatedDocument, Mention, Reason, Span
from kg.ontology import Ontology, Relation

PROPOSER = "pairs/1"
_NO_FRAME = Pattern("A, B near V", (Element("gap"),), (Element("gap"),))
# Further names stand to others than this word; a list of them says nothing of each.
_NEAREST = 5
_MOST = 12
_TITLE_MARKS = "《〈「“"


def proposals(
    trigger: Trigger,
    matcher: Matcher,
    readings: Sequence[Reading],
    annotated: AnnotatedDocument,
    ontology: Ontology,
) -> Iterator[Reading]:
    """A reading for each relation of *trigger* that has none yet, and each pair that fits it.

    One of the two stands in the clause of the word, the other at least in its sentence: what is in
    a place in no later clause. Of offices there are none: a title near two names is mostly that of
    a third one.
    """
    read = {reading.predicate for reading in readings}
    place = trigger.cue(matcher.clause)
    near = _nearest(annotated, annotated.sentences[matcher.clause.sentence], place, ontology)
    entries = [entry for entry in trigger.entries if not (entry.office or entry.body)]
    for entry in entries if _has_meaning(trigger, annotated, place) else ():
        for predicate in entry.relations:
            relation = ontology.relations[predicate]
            if relation.curie not in read:
                read.add(relation.curie)
                pairs = _pairs(entry, relation, near, matcher.clause.span, ontology)
                yield from (_reading(trigger, entry, relation, pair) for pair in pairs)


def _has_meaning(trigger: Trigger, annotated: AnnotatedDocument, place: Span) -> bool:
    """Whether it is more than a particle (的, 在), which relates names only in its frames."""
    at = bisect_right(annotated.words, place.start, key=lambda word: word[0].start) - 1
    return len(trigger.word) > 1 or (bool(trigger.word) and annotated.words[at][1][0] in "nv")


def _nearest(
    annotated: AnnotatedDocument, sentence: Span, place: Span, ontology: Ontology
) -> list[Mention]:
    """The nearest names of the sentence on either side of the word.

    Not a place that a name follows, which says where that one is from (德國大眾汽車), nor what
    nouns join to the next name (南洲電台節目《夜話》, 甲會主席乙).
    """
    low, high = (
        bisect_left(annotated.mentions, at, key=lambda m: m.span.start)
        for at in (sentence.start, sentence.end)
    )
    named = annotated.mentions[low:high]
    starts = {mention.span.start for mention in named}
    inside = [
        mention
        for mention, following in zip_longest(named, named[1:])
        if (mention.span.end not in starts or not ontology.is_a(mention.cls, PLACE))
        and not (following and _is_joined(annotated, mention, following, place))
    ]
    before = [m for m in inside if m.span.end <= place.start]
    after = [m for m in inside if m.span.start >= place.end]
    return before[-_NEAREST:] + after[:_NEAREST]


def _is_joined(
    annotated: AnnotatedDocument, mention: Mention, following: Mention, place: Span
) -> bool:
    """Whether nouns alone, none of them the word itself, stand between the two."""
    between = Span(mention.span.end, following.span.start)
    low, high = (
        bisect_left(annotated.words, at, key=lambda word: word[0].start)
        for at in (between.start, between.end)
    )
    words = [
        tag
        for span, tag in annotated.words[low:high]
        if span.of(annotated.simplified) not in _TITLE_MARKS
    ]
    nouns = bool(words) and all(tag[0] == "n" for tag in words)
    return nouns and not between.overlaps(place)


def _pairs(
    entry: Entry, relation: Relation, near: list[Mention], clause: Span, ontology: Ontology
) -> Iterator[tuple[Mention, Mention]]:
    found = (
        (left, right)
        for left, right in product(near, near)
        if left.surface != right.surface
        and not (relation.symmetric and right.span < left.span)
        and (clause.covers(left.span) or clause.covers(right.span))
        and (left.span.start < clause.end or relation.range != (PLACE,))
        and _fits(ontology, relation.domain, entry, "A", left)
        and _fits(ontology, relation.range, entry, "B", right)
    )
    return islice(found, _MOST)


def _fits(
    ontology: Ontology, classes: tuple[str, ...], entry: Entry, slot: str, mention: Mention
) -> bool:
    narrower = entry.classes.get(slot, ())
    if entry.exact and narrower and mention.cls not in narrower:
        return False
    wanted = [one for one in (classes, narrower) if one]
    return all(fitting(ontology, one, Group((mention,))) for one in wanted)


def _reading(
    trigger: Trigger, entry: Entry, relation: Relation, pair: tuple[Mention, Mention]
) -> Reading:
    binding = Binding(
        tuple((slot, Group((mention,)), None) for slot, mention in zip("AB", pair, strict=True)),
        leftmost=trigger.start,
    )
    reason = Reason(f"{trigger.word}{FRAME}{_NO_FRAME.source}", entry.weight)
    return Reading(relation.curie, entry, _NO_FRAME, (pair,), binding, (reason,), PROPOSER)
