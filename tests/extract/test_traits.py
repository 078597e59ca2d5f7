"""What is seen of a candidate."""

from __future__ import annotations

import pytest

from kg.extract.extractor import FrameExtractor
from kg.extract.judge import Judge
from kg.extract.proposals import PROPOSER
from kg.extract.traits import LEARNED, NOT_LEARNED, TraitReader, Traits, kind_of
from kg.model import Reason
from kg.ontology import load_ontology
from tests.reading import document, named

_ONTOLOGY = load_ontology()


def seen(text: str, relation: str, extractor: str = "frames/1") -> Traits:
    """The traits of the first candidate of this relation."""
    annotated = named().annotator.annotate(document(text))
    found = FrameExtractor(judge=Judge({})).extract(annotated).candidates
    one = next(c for c in found if (c.predicate, c.extractor) == (relation, extractor))
    return TraitReader(annotated, _ONTOLOGY).read(one)


@pytest.mark.parametrize("text", ["晨星科技集團收購了白露影業。", "晨星科技集团收购了白露影业。"])
def test_a_plain_sentence(text: str) -> None:
    found = seen(text, "kg:acquires")
    assert {
        "any reading", "kg:acquires", "frames/1", "said as asserted", "said as actual",
        "kg:acquires by 收购", "order SVO", "kg:Organization → kg:Organization",
        "0 names between the two", "了 between object after and word", "kg:acquires →",
        "kg:acquires → with 收购 between",
    } <= found.keys()  # fmt: skip
    assert not {"subject is a pronoun", "it has a date", "somebody says so"} & found.keys()


def test_order_and_what_stands_between() -> None:
    text = "青禾銀行，前身是白露影業，被晨星科技集團收購。"
    found = seen(text, "kg:acquires")
    assert "order OSV" in found
    assert "'，' between object and word" in found
    assert "被 between object before and word" in found
    assert "1 names between object and word" in found


def test_a_pair_that_no_frame_joins_has_no_other_frame() -> None:
    found = seen("晨星科技集團談合作那天藍峰電子在場。", "kg:partnerOf", PROPOSER)
    frames = [trait for trait in found if trait.startswith("frame ")]
    assert frames == ["frame A, B near V"]


def test_a_given_name_says_nothing_of_how_it_was_found() -> None:
    found = seen("晨星科技集團收購了白露影業。", "kg:acquires")
    assert not [trait for trait in found if "found by" in trait or "surer than" in trait]


def test_a_metric_has_no_object() -> None:
    found = seen("晨星科技集團2020年收入達30億元。", "kg:hasMetric", "metrics/1")
    assert any(trait.startswith("subject before the word by") for trait in found)
    assert not [trait for trait in found if "object" in trait]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12 characters passed over", "# characters passed over"),
        ("A stands before 總裁", "A stands before …"),
        ("甲 is a name by recogniser", "a name by recogniser"),
    ],
)
def test_kinds_of_reasons_are_without_names_and_numbers(text: str, kind: str) -> None:
    assert kind_of(Reason(text, 0.5)) == kind


@pytest.mark.parametrize(
    ("odds", "trait", "value"),
    [(0.0, LEARNED, 1.0), (3.0, LEARNED, 2.0), (-6.0, NOT_LEARNED, 1.0), (-90.0, NOT_LEARNED, 2.0)],
)
def test_what_the_reader_of_pairs_says(odds: float, trait: str, value: float) -> None:
    annotated = named().annotator.annotate(document("晨星科技集團收購了白露影業。"))
    (one, *_) = FrameExtractor().extract(annotated).candidates
    ends = (one.roles[0][1], one.predicate, one.roles[1][1])
    found = TraitReader(annotated, _ONTOLOGY, {ends: odds}).read(one)
    assert found[trait] == value
    assert len({LEARNED, NOT_LEARNED} & found.keys()) == 1
    assert not {LEARNED, NOT_LEARNED} & TraitReader(annotated, _ONTOLOGY).read(one).keys()


def test_the_reader_of_pairs_has_no_say_where_something_is_denied() -> None:
    annotated = named().annotator.annotate(document("晨星科技集團否認收購白露影業。"))
    (one, *_) = FrameExtractor().extract(annotated).candidates
    assert one.polarity == "denied"
    ends = (one.roles[0][1], one.predicate, one.roles[1][1])
    found = TraitReader(annotated, _ONTOLOGY, {ends: -6.0}).read(one)
    assert not {LEARNED, NOT_LEARNED} & found.keys()
