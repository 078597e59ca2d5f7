"""Tags to spans and back, and the best valid sequence of tags."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kg.annotation.recogniser.tags import Labelled, Scores, TagSet

LABELS = ("PER", "LOC", "ORG")
TAGS = TagSet(LABELS)
O, B, I, E, S = range(5)  # noqa: E741  the tags of the first label, in their order


@st.composite
def labelled_texts(draw: st.DrawFn) -> tuple[list[Labelled], int]:
    """Spans that do not overlap, some side by side, and the length of their text."""
    spans, at = [], 0
    for gap, length, label in draw(
        st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5), st.sampled_from(LABELS)))
    ):
        spans.append((at + gap, at + gap + length, label))
        at += gap + length
    return spans, at + draw(st.integers(0, 3))


def log_softmax(raw: Scores) -> Scores:
    whole = raw.astype(np.float64)
    return (whole - np.log(np.exp(whole).sum(-1, keepdims=True))).astype(np.float32)


def scores_of(labels: int, longest: int, loudest: float) -> st.SearchStrategy[Scores]:
    """Log-probabilities whose raw scores lie in ±*loudest*, for up to *longest* characters."""
    raw = st.integers(1, longest).flatmap(
        lambda length: hnp.arrays(
            np.float32, (length, 1 + 4 * labels), elements=st.floats(-loudest, loudest, width=32)
        )
    )
    return raw.map(log_softmax)


def is_valid(tags: list[int]) -> bool:
    """Whether *tags* are names of one label each, and Os: told without the code's own tables."""
    letters = "".join("O" if not tag else "BIES"[(tag - 1) % 4] for tag in tags)
    if not re.fullmatch("(?:O|S|BI*E)*", letters):
        return False
    names = re.finditer("BI*E", letters)
    return all(len({(tag - 1) // 4 for tag in tags[m.start() : m.end()]}) == 1 for m in names)


@cache
def valid_sequences(labels: int, length: int) -> np.ndarray:
    return np.array([p for p in product(range(1 + 4 * labels), repeat=length) if is_valid([*p])])


def total(scores: Scores, path: np.ndarray) -> float:
    return float(scores[np.arange(len(path)), path].sum(dtype=np.float64))


def highest(scores: Scores, paths: np.ndarray) -> float:
    return max(total(scores, path) for path in paths)


# A few small shapes: all sequences of 5 tags of 5 characters, and of 9 tags of 4.
AMBIGUOUS = [(1, 5), (2, 4)]
# With raw scores in ±1 no tag of five can reach a probability of 0.9, so no O is a sure one.
QUIET, LOUD = 1.0, 12.0


# --- Spans and tags -------------------------------------------------------------------------


def test_the_tags_are_none_and_then_four_a_label() -> None:
    assert len(TAGS) == 13
    assert TAGS.labels == LABELS
    assert TAGS.encode([], 3) == [O, O, O]
    assert TAGS.encode([(1, 4, "PER")], 5) == [O, B, I, E, O]
    assert TAGS.encode([(0, 2, "LOC"), (2, 3, "ORG")], 4) == [5, 7, 12, O]


@pytest.mark.parametrize(
    ("length", "letters"), [(1, [S]), (2, [B, E]), (3, [B, I, E]), (6, [B, I, I, I, I, E])]
)
@pytest.mark.parametrize("at", range(3))
def test_the_tags_of_a_name(at: int, length: int, letters: list[int]) -> None:
    assert TAGS.tags_of(LABELS[at], length) == [4 * at + letter for letter in letters]


def test_a_label_that_is_not_there_has_no_tags() -> None:
    with pytest.raises(KeyError, match="GPE"):
        TAGS.encode([(0, 2, "GPE")], 2)


@given(labelled_texts())
def test_decoding_gives_back_what_was_encoded(labelled: tuple[list[Labelled], int]) -> None:
    spans, length = labelled
    tags = TAGS.encode(spans, length)
    assert len(tags) == length
    assert is_valid(tags)
    assert list(TAGS.decode(tags)) == spans


@pytest.mark.parametrize(("labels", "length"), AMBIGUOUS)
def test_encoding_gives_back_any_valid_sequence(labels: int, length: int) -> None:
    tag_set = TagSet(LABELS[:labels])
    for tags in valid_sequences(labels, length).tolist():
        assert tag_set.encode(tag_set.decode(tags), length) == tags


def test_no_tags_are_no_spans() -> None:
    assert list(TAGS.decode([])) == []
    assert TAGS.encode([], 0) == []


# --- The best sequence ------------------------------------------------------------------------


@given(labelled_texts(), st.floats(0.1, 9))
def test_valid_best_tags_are_left_as_they_are(
    labelled: tuple[list[Labelled], int], loudness: float
) -> None:
    spans, length = labelled
    tags = TAGS.encode(spans, length)
    raw = np.zeros((length, len(TAGS)), np.float32)
    raw[np.arange(length), tags] = loudness
    assert TAGS.best(log_softmax(raw)).tolist() == tags


@given(scores_of(labels=3, longest=12, loudest=LOUD))
def test_the_best_sequence_is_valid(scores: Scores) -> None:
    path = TAGS.best(scores)
    assert path.shape == (len(scores),)
    assert is_valid(path.tolist())


@given(scores_of(labels=2, longest=8, loudest=LOUD))
def test_valid_or_not_the_input_is_untouched(scores: Scores) -> None:
    before = scores.copy()
    TagSet(LABELS[:2]).best(scores)
    assert np.array_equal(before, scores)


@pytest.mark.parametrize(("labels", "longest"), AMBIGUOUS)
@given(data=st.data())
def test_no_valid_sequence_is_better(labels: int, longest: int, data: st.DataObject) -> None:
    scores = data.draw(scores_of(labels, longest, QUIET))
    path = TagSet(LABELS[:labels]).best(scores)
    sequences = valid_sequences(labels, len(scores))
    assert total(scores, path) == pytest.approx(highest(scores, sequences), abs=1e-4)


@pytest.mark.parametrize(("labels", "longest"), AMBIGUOUS)
@given(data=st.data())
def test_none_is_better_among_those_that_keep_to_sure_os(
    labels: int, longest: int, data: st.DataObject
) -> None:
    scores = data.draw(scores_of(labels, longest, LOUD))
    assume((abs(np.exp(scores[:, O]) - 0.9) > 1e-3).all())  # else rounding says what is sure
    path = TagSet(LABELS[:labels]).best(scores)
    sure = np.flatnonzero(np.exp(scores[:, O]) > 0.9)
    sequences = valid_sequences(labels, len(scores))
    kept = sequences[(sequences[:, sure] == O).all(1)]
    assert not path[sure].any()
    assert total(scores, path) == pytest.approx(highest(scores, kept), abs=1e-3)


@given(st.lists(scores_of(labels=2, longest=6, loudest=4), min_size=2, max_size=5))
def test_between_sure_os_each_part_is_decoded_as_if_alone(parts: list[Scores]) -> None:
    tag_set = TagSet(LABELS[:2])
    sure = np.full((1, len(tag_set)), -9, np.float32)
    sure[0, O] = np.log(np.float32(0.999))
    joined = np.concatenate([row for part in parts for row in (part, sure)])
    paths = [tag for part in parts for tag in (*tag_set.best(part).tolist(), O)]
    assert tag_set.best(joined).tolist() == paths


def loudly(*tags: dict[int, float]) -> Scores:
    """Log-probabilities of a character by tag; what is left is shared among the other tags."""
    rows = []
    for given_ in tags:
        rest = (1 - sum(given_.values())) / (5 - len(given_))
        rows.append([given_.get(tag, rest) for tag in range(5)])
    return np.log(np.array(rows, np.float32))


@pytest.mark.parametrize(
    ("scores", "path"),
    [
        # Begun and not ended: the last character is made the end.
        (loudly({B: 0.9}, {I: 0.6, E: 0.3}), [B, E]),
        # Ended and not begun.
        (loudly({I: 0.5, B: 0.4}, {E: 0.9}), [B, E]),
        # A hole in a name is filled where the two ends are surer than the hole.
        (loudly({B: 0.9}, {O: 0.5, I: 0.4}, {E: 0.9}), [B, I, E]),
        (loudly({B: 0.9, S: 0.05}, {O: 0.88, I: 0.1}, {E: 0.9, S: 0.05}), [B, I, E]),
        # But not if the hole is sure (nine tenths) to be outside.
        (loudly({B: 0.9, S: 0.05}, {O: 0.92, I: 0.07}, {E: 0.9, S: 0.05}), [S, O, S]),
        # A lone end that nothing supports is dropped.
        (loudly({O: 0.99}, {E: 0.5, O: 0.45}, {O: 0.99}), [O, O, O]),
        # A sure O stays, and the repair on one side of it leaves the other alone.
        (loudly({B: 0.5, S: 0.4}, {O: 0.95}, {B: 0.8}, {E: 0.8}), [S, O, B, E]),
        # Two broken stretches in one text.
        (loudly({B: 0.5, S: 0.4}, {O: 0.95}, {E: 0.5, S: 0.4}), [S, O, S]),
    ],
)
def test_what_is_broken_is_repaired(scores: Scores, path: list[int]) -> None:
    assert TagSet(["PER"]).best(scores).tolist() == path


def test_a_name_does_not_change_its_label_midway() -> None:
    per, loc = TAGS.tags_of("PER", 3), TAGS.tags_of("LOC", 3)
    raw = np.zeros((3, len(TAGS)), np.float32)
    raw[[0, 1, 2], [per[0], loc[1], loc[2]]] = 3
    raw[0, loc[0]] = 2.5
    assert TAGS.best(log_softmax(raw)).tolist() == loc


def test_a_text_of_no_characters_has_no_tags() -> None:
    assert TAGS.best(np.empty((0, len(TAGS)), np.float32)).tolist() == []


def test_a_long_text_without_a_sure_character_is_decoded_validly() -> None:
    raw = np.random.default_rng(7).normal(size=(5_000, len(TAGS))).astype(np.float32)
    assert is_valid(TAGS.best(log_softmax(raw)).tolist())


def test_without_labels_every_character_is_outside() -> None:
    assert TagSet([]).best(np.zeros((4, 1), np.float32)).tolist() == [O, O, O, O]
