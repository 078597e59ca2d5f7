"""Small passages, and a reader of pairs whose weights are drawn, for tests of both."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kg.extract.passages import Passage, PassageMaker
from kg.extract.reader import MOST_BETWEEN, STEPS, Description, PairNetwork, Reader
from kg.lexicon import load_lexicon
from kg.model import AnnotatedDocument, Mention, Span
from kg.ontology import load_ontology
from tests.reading import document, named

RELATIONS = ("kg:acquires", "kg:holdsRoleAt", "kg:meets")
CLASSES = ("kg:Person", "kg:Organization", "kg:Place")
WIDTH, HEADS, INNER, STATES = 8, 2, 6, 5


def maker() -> PassageMaker:
    return PassageMaker(RELATIONS, CLASSES, load_ontology(), load_lexicon())


def annotate(text: str) -> AnnotatedDocument:
    return named().annotator.annotate(document(text))


def states_of(simplified: str) -> NDArray[np.float16]:
    """A row a character that hangs on the character alone."""
    codes = np.array([[ord(character)] for character in simplified]) * np.arange(1, STATES + 1)
    return np.sin(codes).astype(np.float16)


def passages(text: str) -> list[Passage]:
    annotated = annotate(text)
    return list(maker().make(annotated, states_of(annotated.simplified)))


def drawn_passage(length: int, spans: list[tuple[int, int]], seed: int = 0) -> Passage:
    """A passage of *length* characters with a name at each of *spans*, all pairs of them."""
    drawn = np.random.default_rng(seed)
    mentions = tuple(
        Mention(f"{s}-{e}", Span(s, e), "x" * (e - s), "kg:Person", 1.0, "drawn") for s, e in spans
    )
    pairs = tuple((s, o) for s in range(len(spans)) for o in range(len(spans)) if s != o)
    classes = tuple(int(drawn.integers(len(CLASSES) + 1)) for _ in spans)
    marks = np.zeros(length, np.int64)
    for (start, end), cls in zip(spans, classes, strict=True):
        marks[start:end] = cls + 1
    return Passage(
        Span(0, length),
        drawn.normal(size=(length, STATES)).astype(np.float32),
        drawn.random((length, len(RELATIONS))) < 0.2,
        marks,
        mentions,
        classes,
        pairs,
        np.ones((len(pairs), len(RELATIONS)), np.bool_),
    )


def drawn_weights(seed: int = 0) -> dict[str, NDArray[np.float16]]:
    """Weights of a network, of the shapes that it needs."""
    drawn = np.random.default_rng(seed)
    shapes = {
        "states": (WIDTH, STATES), "beside": (WIDTH, 3 * WIDTH), "query": (WIDTH, 4 * WIDTH),
        "key": (WIDTH, WIDTH), "value": (WIDTH, WIDTH), "hidden": (INNER, 8 * WIDTH),
        "out": (len(RELATIONS), INNER), "norm": (WIDTH,),
    }  # fmt: skip
    tables = {
        "mark": (len(CLASSES) + 2, WIDTH), "apart": (2 * STEPS, WIDTH),
        "class_subject": (len(CLASSES) + 1, WIDTH), "class_object": (len(CLASSES) + 1, WIDTH),
        "names_between": (MOST_BETWEEN + 1, WIDTH), "words.weight": (WIDTH, len(RELATIONS)),
        "seen_subject": (2 * STEPS + 1, HEADS), "seen_object": (2 * STEPS + 1, HEADS),
    }  # fmt: skip
    weights = {f"{name}.weight": shape for name, shape in shapes.items()} | tables
    weights |= {f"{name}.bias": shape[:1] for name, shape in shapes.items()}
    return {n: drawn.normal(size=shape).astype(np.float16) for n, shape in weights.items()}


def reader(*, tells: bool = True) -> Reader:
    """A reader with drawn weights."""
    network = PairNetwork(drawn_weights())
    return Reader(
        network, Description(RELATIONS, CLASSES), states_of if tells else lambda text: None
    )
