"""Short ways to annotate an invented text, and to show one rule a text of tagged words."""

from __future__ import annotations

from functools import cache

from kg.annotation.annotator import Annotator
from kg.annotation.names import TextView
from kg.annotation.words import tag_words
from kg.lexicon import load_lexicon
from kg.model import AnnotatedDocument, Document, Span
from kg.ontology import load_ontology
from kg.script import simplify


@cache
def annotator() -> Annotator:
    """The rules without the trained recogniser: weights change, a rule's test must not."""
    rules = Annotator()
    rules.nlp.disable_pipe("kg_recogniser")
    return rules


def annotate(text: str, published: str | None = None) -> AnnotatedDocument:
    return annotator().annotate(Document("doc:test", text, published=published))


def named(text: str) -> list[tuple[str, str]]:
    """The surfaces and classes of all mentions but anaphors, in text order."""
    return [
        (m.surface, m.cls) for m in annotate(text).mentions if not m.extractor.startswith("anaphor")
    ]


def surfaces(text: str) -> list[str]:
    return [surface for surface, _ in named(text)]


def classes(text: str) -> dict[str, str]:
    return dict(named(text))


def linked(text: str) -> set[tuple[str, str]]:
    """The pairs of surfaces that the text itself declares to be one."""
    annotated = annotate(text)
    surface = {mention.id: mention.surface for mention in annotated.mentions}
    return {(surface[j.left], surface[j.right]) for j in annotated.judgements}


def view_of(text: str) -> TextView:
    """*text* as the segmenter sees it."""
    simplified = simplify(text)
    return TextView(text, simplified, tag_words(simplified), load_lexicon(), load_ontology())


def tagged_view(tagged: str) -> TextView:
    """A view of given words: ``位於/v 松嶺/ns`` (so that a test does not hang on the segmenter)."""
    pairs = [one.rsplit("/", 1) for one in tagged.split()]
    words, position = [], 0
    for word, tag in pairs:
        words.append((Span(position, position + len(word)), tag))
        position += len(word)
    text = "".join(word for word, _ in pairs)
    return TextView(text, simplify(text), tuple(words), load_lexicon(), load_ontology())
