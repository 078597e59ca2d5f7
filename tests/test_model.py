"""The records: frozen, slotted, equal by content."""

from __future__ import annotations

import dataclasses
import inspect
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.model
from kg.model import Claim, ClaimGraph, Document, Entity, Evidence, Mention, Span

RECORDS = [
    cls for _, cls in inspect.getmembers(kg.model, inspect.isclass) if dataclasses.is_dataclass(cls)
]
EVIDENCE = Evidence("doc:1", Span(0, 2), "青禾", "frames", 0.9)

spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda ends: Span(*sorted(ends)))


@pytest.mark.parametrize("record", RECORDS)
def test_every_record_is_frozen_and_slotted(record: type) -> None:
    assert record.__dataclass_params__.frozen
    assert "__slots__" in vars(record)
    assert record.__doc__


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Span(0, 2).start = 1  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        Document("doc:1", "青禾").note = "x"  # type: ignore[attr-defined]


def test_records_are_equal_by_content_and_travel_between_processes() -> None:
    one = Mention("0-2", Span(0, 2), "青禾", "kg:Company", 0.8, "suffix")
    assert one == Mention("0-2", Span(0, 2), "青禾", "kg:Company", 0.8, "suffix")
    assert hash(one) == hash(pickle.loads(pickle.dumps(one)))
    assert pickle.loads(pickle.dumps(one)) == one


def test_a_span_counts_code_points() -> None:
    text = "😀𠮷雲e\u0301"
    assert Span(0, 1).of(text) == "😀"
    assert Span(1, 3).of(text) == "𠮷雲"
    assert Span(3, 5).of(text) == "e\u0301"


@pytest.mark.parametrize(
    ("one", "other", "covers", "overlaps"),
    [
        (Span(0, 4), Span(1, 3), True, True),
        (Span(1, 3), Span(0, 4), False, True),
        (Span(0, 2), Span(2, 4), False, False),
        (Span(0, 3), Span(2, 4), False, True),
        (Span(0, 2), Span(0, 2), True, True),
    ],
)
def test_how_spans_lie(one: Span, other: Span, covers: bool, overlaps: bool) -> None:
    assert one.covers(other) is covers
    assert one.overlaps(other) is overlaps


@given(spans, spans)
def test_spans_overlap_where_they_share_a_character(one: Span, other: Span) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    # An empty span between two characters of another shares none but splits it.
    if one.start < one.end and other.start < other.end:
        assert one.overlaps(other) == bool(shared)
    assert one.overlaps(other) == other.overlaps(one)


@given(spans, spans, spans)
def test_covering_is_an_order(a: Span, b: Span, c: Span) -> None:
    assert a.covers(a)
    assert not (a.covers(b) and b.covers(a)) or a == b
    assert not (a.covers(b) and b.covers(c)) or a.covers(c)


def test_spans_sort_by_place() -> None:
    assert sorted([Span(3, 4), Span(0, 9), Span(0, 2)]) == [Span(0, 2), Span(0, 9), Span(3, 4)]


@pytest.mark.parametrize(
    ("labels", "label"),
    [
        ({"en": "Velmora", "zh-Hans": "维摩", "zh-Hant": "維摩"}, "維摩"),
        ({"en": "Velmora", "zh-Hans": "维摩"}, "维摩"),
        ({"en": "Velmora"}, "Velmora"),
        ({"fr": "Vélmora"}, "Vélmora"),
        ({}, "ent:x"),
    ],
)
def test_the_label_of_an_entity(labels: dict[str, str], label: str) -> None:
    assert Entity("ent:x", "kg:Company", labels).label == label


@pytest.mark.parametrize("polarity", ["asserted", "denied"])
@pytest.mark.parametrize("modality", ["actual", "planned", "possible", "reported"])
def test_only_what_is_asserted_as_actual_is_a_fact(polarity: str, modality: str) -> None:
    claim = Claim(
        "k", "ent:a", "kg:owns", "ent:b", (EVIDENCE,), polarity=polarity, modality=modality
    )  # type: ignore[arg-type]
    assert claim.is_fact == (polarity == "asserted" and modality == "actual")


def test_entities_by_iri() -> None:
    one, two = Entity("ent:a", "kg:Company", {}), Entity("ent:b", "kg:Person", {})
    assert ClaimGraph(entities=(one, two)).entity_by_iri() == {"ent:a": one, "ent:b": two}
    assert ClaimGraph().entity_by_iri() == {}
