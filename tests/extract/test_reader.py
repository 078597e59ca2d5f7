"""The reader of pairs: what it proposes, and that what is shipped fits together."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import CheckpointError
from kg.extract.reader import (
    Description,
    PairNetwork,
    at,
    between_mask,
    gelu,
    load_network,
    read_description,
    read_network,
    steps_apart,
    steps_from,
)
from kg.model import Candidate, Span
from kg.ontology import load_ontology
from tests.pair_examples import RELATIONS, annotate, drawn_passage, drawn_weights, reader

TEXT = "林海生見了周若琳，晨星科技集團收購了白露影業。"


def asked(text: str, *pairs: tuple[str, str]) -> dict[tuple[str, str, str], float]:
    """What the reader says of candidates that join *pairs*, by surface."""
    annotated = annotate(text)
    surface = {mention.id: mention.surface for mention in annotated.mentions}
    ids = {surface: mention for mention, surface in surface.items()}
    candidates = [
        Candidate(
            "kg:meets", (("subject", ids[left]), ("object", ids[right])), Span(0, 1), Span(0, 1),
            0.5, "test",
        )
        for left, right in pairs
    ]  # fmt: skip
    found = reader().odds(annotated, candidates)
    return {(surface[s], relation, surface[o]): odds for (s, relation, o), odds in found.items()}


def test_of_a_pair_all_relations_that_the_ontology_allows() -> None:
    found = asked(TEXT, ("晨星科技集團", "白露影業"), ("林海生", "周若琳"))
    assert set(found) == {
        ("晨星科技集團", "kg:acquires", "白露影業"),
        ("晨星科技集團", "kg:meets", "白露影業"),
        ("林海生", "kg:meets", "周若琳"),
    }


def test_only_what_is_asked() -> None:
    assert asked(TEXT) == {}
    assert {pair[0] for pair in asked(TEXT, ("林海生", "周若琳"))} == {"林海生"}


def test_each_direction_has_odds_of_its_own() -> None:
    forth = asked(TEXT, ("林海生", "周若琳"))["林海生", "kg:meets", "周若琳"]
    back = asked(TEXT, ("周若琳", "林海生"))["周若琳", "kg:meets", "林海生"]
    assert forth != back


def test_names_of_two_sentences_are_not_read() -> None:
    assert asked("林海生來了。周若琳和晨星科技集團不在。", ("林海生", "周若琳")) == {}


def test_where_the_encoder_tells_nothing_nothing_is_read() -> None:
    annotated = annotate(TEXT)
    ids = [mention.id for mention in annotated.mentions]
    roles = (("subject", ids[0]), ("object", ids[1]))
    one = Candidate("kg:meets", roles, Span(0, 1), Span(0, 1), 0.5, "test")
    assert reader(tells=False).odds(annotated, [one]) == {}
    assert reader().odds(annotated, [one]) == reader().odds(annotated, [one]) != {}


# --- The network's parts ------------------------------------------------------------------------


def test_odds_hang_on_the_pair() -> None:
    odds = PairNetwork(drawn_weights()).run(drawn_passage(20, [(1, 3), (7, 9), (15, 18)]))
    assert odds.shape == (6, len(RELATIONS))
    assert len({tuple(row) for row in odds.tolist()}) == 6


def test_rows_outside_are_zero() -> None:
    rows = np.ones((3, 2), np.float32)
    assert at(rows, np.array([-1, 0, 2, 3])).sum(-1).tolist() == [0, 2, 2, 0]


spans = st.tuples(st.integers(0, 50), st.integers(1, 5)).map(lambda s: (s[0], s[0] + s[1]))


@given(spans, spans)
def test_distance_is_the_same_from_either_end_but_for_the_order(
    left: tuple[int, int], right: tuple[int, int]
) -> None:
    forth, back = steps_apart(np.array([[left, right], [right, left]])).tolist()
    if left[0] != right[0]:
        assert abs(forth - back) * 2 == 2 * 11
    between = between_mask(np.array([[left, right]]), 60)
    assert between.sum() == max(0, max(left[0], right[0]) - min(left[1], right[1]))


@given(spans)
def test_places_are_before_within_or_after(span: tuple[int, int]) -> None:
    (steps,) = steps_from(np.array([span]), 60)
    inside = [place for place, step in enumerate(steps.tolist()) if step == 22]
    assert inside == list(range(*span))
    assert (steps[: span[0]] < 11).all()
    assert (steps[span[1] :] >= 11).all()


def test_gelu_is_near_the_exact_one() -> None:
    found = gelu(np.array([-3.0, -1.0, 0.0, 1.0, 3.0], np.float32))
    np.testing.assert_allclose(found, [-0.004, -0.159, 0.0, 0.841, 2.996], atol=2e-3)


# --- Files --------------------------------------------------------------------------------------


def test_what_is_shipped_fits_together() -> None:
    network, description = load_network()
    known = {relation.curie for relation in load_ontology().relations.values()}
    assert set(description.relations) <= known
    assert len(network.weights["out.bias"]) == len(description.relations)
    assert len(network.weights["class_subject"]) == len(description.classes) + 1


@pytest.mark.parametrize("text", ["", "[]", '{"relations": []}', '{"classes": 1, "relations": []}'])
def test_a_description_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "reader.json").write_text(text, "utf-8")
    with pytest.raises(CheckpointError, match="describes no reader"):
        read_description(tmp_path / "reader.json")


def test_a_description_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "reader.json"
    path.write_text(json.dumps({"relations": ["kg:meets"], "classes": ["kg:Person"]}), "utf-8")
    assert read_description(path) == Description(("kg:meets",), ("kg:Person",))


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04 cut off"])
def test_weights_of_another_form_are_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "reader.npz").write_bytes(content)
    with pytest.raises(CheckpointError, match="no weights"):
        read_network(tmp_path / "reader.npz")
