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
from kg.ontology import load_ontology
from tests.pair_examples import RELATIONS, annotate, drawn_passage, drawn_weights, reader

TEXT = "林海生見了周若琳，晨星科技集團收購了白露影業。"
ALL = dict.fromkeys(RELATIONS, 0.0)


def told(accepts: dict[str, float], text: str = TEXT) -> list[tuple[str, str, str]]:
    reads = reader(accepts).read(annotate(text))
    return [(one.subject.surface, one.predicate, one.object.surface) for one in reads]


def test_it_proposes_only_what_the_ontology_allows() -> None:
    found = told(ALL)
    assert ("晨星科技集團", "kg:acquires", "白露影業") in found
    assert ("林海生", "kg:acquires", "周若琳") not in found
    assert not [one for one in found if one[1] == "kg:holdsRoleAt" and one[0] == "白露影業"]


def test_what_can_be_told_from_either_end_is_told_once() -> None:
    met = [one for one in told(ALL) if one[1] == "kg:meets"]
    assert ("林海生", "kg:meets", "周若琳") in met
    assert ("周若琳", "kg:meets", "林海生") not in met


def test_a_relation_without_a_threshold_is_not_proposed() -> None:
    assert {predicate for _, predicate, _ in told({"kg:meets": 0.0})} == {"kg:meets"}
    assert told({}) == []
    assert told(dict.fromkeys(RELATIONS, 1.01)) == []


def test_a_name_is_nothing_to_itself() -> None:
    assert not [one for one in told(ALL, "林海生說林海生來了。") if one[0] == one[2]]


def test_where_the_encoder_tells_nothing_nothing_is_read() -> None:
    assert list(reader(ALL, tells=False).read(annotate(TEXT))) == []


def test_scores_are_calibrated_and_the_cue_is_outside_the_names() -> None:
    annotated = annotate(TEXT)
    high, low = (list(reader(ALL, shift=shift).read(annotated)) for shift in (5.0, -5.0))
    assert all(0 <= b.score < a.score <= 1 for a, b in zip(high, low, strict=True))
    assert not any(one.cue.overlaps(m.span) for one in high for m in annotated.mentions)


def test_twice_the_same() -> None:
    annotated = annotate(TEXT)
    assert list(reader(ALL).read(annotated)) == list(reader(ALL).read(annotated))


# --- The network's parts ------------------------------------------------------------------------


def test_what_it_looks_at_sums_to_one_and_hangs_on_the_pair() -> None:
    passage = drawn_passage(20, [(1, 3), (7, 9), (15, 18)])
    odds, looked = PairNetwork(drawn_weights()).run(passage)
    assert odds.shape == (6, len(RELATIONS))
    np.testing.assert_allclose(looked.sum(-1), 1, rtol=1e-4)
    assert not np.allclose(looked[0], looked[1])


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
    assert set(description.accepts) <= set(description.relations)
    assert len(network.weights["out.bias"]) == len(description.relations)
    assert len(network.weights["class_subject"]) == len(description.classes) + 1
    assert all(0 < least <= 1 for least in description.accepts.values())


@pytest.mark.parametrize("text", ["", "[]", '{"line": [1, 0]}', '{"line": [1], "accepts": {}}'])
def test_a_description_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "reader.json").write_text(text, "utf-8")
    with pytest.raises(CheckpointError, match="describes no reader"):
        read_description(tmp_path / "reader.json")


def test_a_description_comes_back(tmp_path: Path) -> None:
    table = {"line": [0.5, -1], "accepts": {"kg:meets": 0.4}, "relations": ["kg:meets"]}
    path = tmp_path / "reader.json"
    path.write_text(json.dumps(table | {"classes": ["kg:Person"]}), "utf-8")
    found = read_description(path)
    assert (found.line, found.accepts) == ((0.5, -1.0), {"kg:meets": 0.4})


def test_weights_of_another_form_are_refused(tmp_path: Path) -> None:
    (tmp_path / "reader.npz").write_bytes(b"PK")
    with pytest.raises(CheckpointError, match="no weights"):
        read_network(tmp_path / "reader.npz")
