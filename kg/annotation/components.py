"""spaCy components: the steps of the ``zh`` pipeline, which any spaCy pipeline can add.

    nlp = spacy.blank("zh")
    for name in ("kg_norm", "kg_sentences", "kg_words", "kg_times", "kg_recogniser", "kg_mentions"):
        nlp.add_pipe(name)

Each is Doc → Doc. Tokens may be characters (spaCy's default for Chinese) or words: all results
are in code points of ``doc.text``, kept as records in ``doc._``; names that fall on token
boundaries are in ``doc.spans["kg"]`` as well, and in ``doc.ents`` where the pipeline has none.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan
from spacy.util import DummyTokenizer, filter_spans
from spacy.vocab import Vocab

from kg.annotation.names import RECOGNISER, KnownMatch, TextView, find_names, known_names
from kg.annotation.names.known import fold
from kg.annotation.quantities import find_quantities
from kg.annotation.recogniser import load_recogniser
from kg.annotation.sentences import split_sentences
from kg.annotation.times import find_times
from kg.annotation.words import tag_words
from kg.lexicon import ENTITY, load_lexicon
from kg.model import Mention, Span
from kg.ontology import KnownEntity, load_known_entities, load_ontology
from kg.script import simplify

COMPONENTS = (
    "kg_norm", "kg_sentences", "kg_words", "kg_times", "kg_recogniser", "kg_mentions",
)  # fmt: skip

for _name, _default in (
    ("kg_published", None), ("kg_simplified", ""), ("kg_sentences", ()), ("kg_words", ()),
    ("kg_times", ()), ("kg_quantities", ()), ("kg_recognised", ()), ("kg_mentions", ()),
    ("kg_judgements", ()),
):  # fmt: skip
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


class CharacterTokenizer(DummyTokenizer):
    """Each character is a token, blanks too.

    spaCy's own tokenizer of Chinese copies the rest of the text for each character: quadratic.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """*text* as a Doc of its characters."""
        return Doc(self.vocab, words=list(text), spaces=[False] * len(text))


@Language.component("kg_norm")
def normalise(doc: Doc) -> Doc:
    """Set ``norm_`` of every token to its Simplified, lower-case form, for matching only."""
    simplified = simplify(doc.text)
    doc._.kg_simplified = simplified
    folded = fold(simplified)
    for token in doc:
        token.norm_ = folded[token.idx : token.idx + len(token.text)]
    return doc


@Language.component("kg_sentences")
def sentences(doc: Doc) -> Doc:
    """Sentences by Chinese punctuation; a token starts one if a sentence starts in it."""
    spans = split_sentences(doc.text)
    doc._.kg_sentences = spans
    starts = {span.start for span in spans}
    begins = [1 if token.i == 0 or token.idx in starts else -1 for token in doc]
    # One array: setting tokens one by one looks through the whole Doc each time.
    values: Any = np.asarray(begins).astype(np.uint64)
    return doc.from_array(["SENT_START"], values)


@Language.component("kg_words")
def words(doc: Doc) -> Doc:
    """Words and parts of speech of the Simplified text."""
    doc._.kg_words = tag_words(doc._.kg_simplified or simplify(doc.text))
    return doc


@Language.component("kg_times")
def times(doc: Doc) -> Doc:
    """Times, resolved against ``doc._.kg_published``, and quantities."""
    simplified = doc._.kg_simplified or simplify(doc.text)
    doc._.kg_times = find_times(doc.text, simplified, doc._.kg_published)
    doc._.kg_quantities = find_quantities(doc.text, simplified, doc._.kg_times)
    return doc


class NameRecogniser:
    """The trained recogniser; its weights are loaded when the first text comes."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.kg_recognised``, and ``doc.spans["kg_recogniser"]`` where tokens allow."""
        found = load_recogniser().find(doc._.kg_simplified or simplify(doc.text))
        doc._.kg_recognised = tuple(found)
        spans = (doc.char_span(name.start, name.end, name.label) for name in found)
        doc.spans["kg_recogniser"] = [span for span in spans if span is not None]
        return doc


@Language.factory("kg_recogniser")
def make_recogniser(nlp: Language, name: str) -> NameRecogniser:
    """The component that finds names that are in no list."""
    return NameRecogniser()


class MentionFinder:
    """Names: known entities by :class:`PhraseMatcher` over norms, and the rules of shape."""

    def __init__(self, vocab: Vocab, entities: tuple[KnownEntity, ...]) -> None:
        self.names, self.vocab = known_names(entities), vocab
        self.matcher = PhraseMatcher(vocab, attr="NORM")
        for name in self.names:
            self.matcher.add(name, [Doc(vocab, words=list(name), spaces=[False] * len(name))])

    def __call__(self, doc: Doc) -> Doc:
        """Find the names of *doc*; words and norms are made here if no component made them."""
        simplified = doc._.kg_simplified or simplify(doc.text)
        tagged = doc._.kg_words or tag_words(simplified)
        view = TextView(doc.text, simplified, tagged, load_lexicon(), load_ontology())
        mentions, judgements = find_names(
            view, self.matches(doc), _recognised(view, doc), frozenset(self.names), offices(doc)
        )
        doc._.kg_mentions, doc._.kg_judgements = mentions, judgements
        _set_spans(doc, mentions)
        return doc

    def matches(self, doc: Doc) -> list[KnownMatch]:
        """Where known names stand; a Doc of words is matched character by character."""
        normed = bool(doc._.kg_simplified) and len(doc) == len(doc.text)
        characters = doc if normed else _characters(doc)
        return [
            KnownMatch(start, end, self.names[self.vocab.strings[key]])
            for key, start, end in self.matcher(characters)
        ]


def _characters(doc: Doc) -> Doc:
    folded = fold(doc._.kg_simplified or simplify(doc.text))
    return Doc(doc.vocab, words=list(folded), spaces=[False] * len(folded))


def _recognised(view: TextView, doc: Doc) -> list[Mention]:
    """What our recogniser found, and another one earlier in the pipeline (``kg:nerLabel``)."""
    labels = load_ontology().ner_labels
    others = [
        view.mention(ent.start_char, ent.end_char, labels[ent.label_], 0.8, f"spacy:{ent.label_}")
        for ent in doc.ents
        if ent.label_ in labels
    ]
    return others + [
        view.mention(name.start, name.end, name.label, name.score, RECOGNISER)
        for name in doc._.kg_recognised
        if view.ontology.is_a(name.label, ENTITY)
    ]


def offices(doc: Doc) -> tuple[Span, ...]:
    """What the recogniser found that is no name of an entity: titles of persons."""
    is_a = load_ontology().is_a
    return tuple(Span(f.start, f.end) for f in doc._.kg_recognised if not is_a(f.label, ENTITY))


def _set_spans(doc: Doc, mentions: tuple[Mention, ...]) -> None:
    spans = [
        span
        for m in mentions
        if (span := doc.char_span(m.span.start, m.span.end, m.cls, kb_id=m.known or ""))
    ]
    doc.spans["kg"] = spans
    if not doc.ents:
        doc.ents = tuple(filter_spans([_named(span) for span in spans]))


def _named(span: DocSpan) -> DocSpan:
    return DocSpan(span.doc, span.start, span.end, label=span.label_, kb_id=span.kb_id_)


@Language.factory("kg_mentions")
def make_mentions(nlp: Language, name: str) -> MentionFinder:
    """The component that finds names; the known entities are those of the package."""
    return MentionFinder(nlp.vocab, load_known_entities())
