"""A document through the spaCy pipeline, and what the components found as records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.model import AnnotatedDocument, Document

if TYPE_CHECKING:
    from spacy.language import Language


class Annotator:
    """Holds one spaCy pipeline: blank ``zh`` with our components, or an installed *model*.

    With a model its entity recogniser runs first, and what it finds competes with our rules.
    InputError if no such pipeline is installed.
    """

    def __init__(self, model: str | None = None) -> None:
        self.nlp = make_pipeline(model)

    def annotate(self, document: Document) -> AnnotatedDocument:
        """Sentences, words, times, quantities and mentions of *document*; pure."""
        doc = self.nlp.make_doc(document.text)
        doc._.kg_published = document.published
        doc = self.nlp(doc)
        return AnnotatedDocument(
            document=document,
            simplified=doc._.kg_simplified,
            sentences=doc._.kg_sentences,
            words=doc._.kg_words,
            mentions=doc._.kg_mentions,
            times=doc._.kg_times,
            quantities=doc._.kg_quantities,
            judgements=doc._.kg_judgements,
        )


def make_pipeline(model: str | None = None) -> Language:
    """The spaCy pipeline: *model* (a package's name or a folder) or blank ``zh``, plus ours."""
    import spacy

    from kg.annotate.components import COMPONENTS

    try:
        nlp = spacy.load(model) if model else spacy.blank("zh")
    except (OSError, ImportError, ValueError) as error:
        raise InputError(
            f"no spaCy pipeline {model!r} is installed: {str(error).splitlines()[0]}"
        ) from error
    nlp.max_length = 10_000_000
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp
