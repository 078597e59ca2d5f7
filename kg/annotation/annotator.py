"""A document through the spaCy pipeline, and what the components found as records."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.annotation.names import RECOGNISER
from kg.annotation.names.view import mention_at
from kg.annotation.recogniser import Found, load_recogniser
from kg.errors import InputError
from kg.lexicon import ENTITY
from kg.model import AnnotatedDocument, Document, Mention, Span
from kg.ontology import load_ontology
from kg.script import simplify

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


class Annotator:
    """Holds one spaCy pipeline: blank ``zh`` with our components, or an installed *model*.

    With a model its entity recogniser runs first, and what it finds competes with our rules.
    InputError if no such pipeline is installed.
    """

    def __init__(self, model: str | None = None) -> None:
        self.nlp = make_pipeline(model)

    def read(self, document: Document) -> Doc:
        """*document* through the pipeline: a spaCy Doc with our layers in ``doc._``."""
        doc = self.nlp.make_doc(document.text)
        doc._.kg_published = document.published
        return self.nlp(doc)

    def annotate(self, document: Document) -> AnnotatedDocument:
        """Sentences, words, times, quantities and mentions of *document*; pure."""
        doc = self.read(document)
        return AnnotatedDocument(
            document=document,
            simplified=doc._.kg_simplified,
            sentences=doc._.kg_sentences,
            words=doc._.kg_words,
            mentions=doc._.kg_mentions,
            times=doc._.kg_times,
            quantities=doc._.kg_quantities,
            judgements=doc._.kg_judgements,
            offices=tuple(Span(found.start, found.end) for found in _offices(doc)),
        )


def make_pipeline(model: str | None = None) -> Language:
    """The spaCy pipeline: *model* (a package's name or a folder) or blank ``zh``, plus ours."""
    import spacy

    from kg.annotation.components import COMPONENTS, CharacterTokenizer

    try:
        nlp = spacy.load(model) if model else spacy.blank("zh")
    except (OSError, ImportError, ValueError) as error:
        raise InputError(
            f"no spaCy pipeline {model!r} is installed: {str(error).splitlines()[0]}"
        ) from error
    if not model:
        nlp.tokenizer = CharacterTokenizer(nlp.vocab)
    nlp.max_length = 10_000_000
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def annotate(
    text: str, *, labels: str = "", published: str | None = None, model: str | None = None
) -> tuple[Mention, ...]:
    """The names in *text*, in text order, without overlap: class, span in code points, score.

    By default all sources together (known entities, rules of shape, the trained recogniser), in
    the ontology's classes, positions such as 行政總裁 among them; scores are in [0, 1]. With
    *labels* the recogniser alone, by the rules of one annotated set, whose labels are then each
    mention's ``cls``: ``cluener`` (ten classes), ``msra`` or ``uner`` (PER, LOC, ORG); ``news``
    are our own classes. :func:`label_map` translates those to the labels of other schemes.
    Raises InputError for *labels* that are not there or a *model* that is not installed.
    """
    if labels:
        return _in_scheme(text, labels)
    doc = _annotator(model).read(Document("", text, published=published))
    names = [mention for mention in doc._.kg_mentions if mention.is_name]
    taken = bytearray(len(text))
    for mention in names:
        taken[mention.span.start : mention.span.end] = b"\1" * len(mention.surface)
    offices = [
        _mention(text, found) for found in _offices(doc) if not any(taken[found.start : found.end])
    ]
    return tuple(sorted([*names, *offices], key=lambda mention: mention.span))


def _offices(doc: Doc) -> list[Found]:
    """What the recogniser found that is no name of an entity: titles of persons."""
    is_a = load_ontology().is_a
    return [found for found in doc._.kg_recognised if not is_a(found.label, ENTITY)]


def label_map(scheme: str) -> dict[str, str]:
    """Our classes → the labels of *scheme*: ``cluener`` or ``conll`` (PER, LOC, ORG).

    A class that the scheme has no label for is left out. InputError if there is no such scheme.
    """
    if found := load_ontology().label_map(scheme):
        return found
    raise InputError(f"no class has a label of the scheme {scheme!r}: choose cluener or conll")


def _in_scheme(text: str, scheme: str) -> tuple[Mention, ...]:
    recogniser = load_recogniser()
    if scheme not in recogniser.schemes:
        known = ", ".join(recogniser.schemes)
        raise InputError(f"the recogniser has no labels {scheme!r}: choose one of {known}")
    return tuple(_mention(text, found) for found in recogniser.find(simplify(text), scheme))


def _mention(text: str, found: Found) -> Mention:
    return mention_at(text, found.start, found.end, found.label, found.score, RECOGNISER)


@cache
def _annotator(model: str | None) -> Annotator:
    return Annotator(model)
