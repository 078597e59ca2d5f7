"""A sentence with names as numbers."""

from __future__ import annotations

import numpy as np
import pytest

from kg.extract.passages import LONGEST, MOST_NAMES
from tests.pair_examples import CLASSES, RELATIONS, annotate, maker, passages, states_of

TEXT = "南洲國很大。林海生說晨星科技集團收購了白露影業。"


def test_a_sentence_with_one_name_is_no_passage() -> None:
    (passage,) = passages(TEXT)
    assert passage.span.of(TEXT) == "林海生說晨星科技集團收購了白露影業。"


@pytest.mark.parametrize("text", [TEXT, "南洲国很大。林海生说晨星科技集团收购了白露影业。"])
def test_what_stands_at_each_character(text: str) -> None:
    (passage,) = passages(text)
    inside = passage.span.of(text)
    assert passage.marks[inside.index("林")] == 1 + CLASSES.index("kg:Person")
    assert passage.marks[inside.index("晨")] == 1 + CLASSES.index("kg:Organization")
    assert passage.marks[inside.index("了")] == 0
    words = passage.words[:, RELATIONS.index("kg:acquires")]
    assert [inside[at] for at in np.flatnonzero(words)] in (list("收購"), list("收购"))


def test_states_are_those_of_its_characters() -> None:
    (passage,) = passages(TEXT)
    whole = states_of(annotate(TEXT).simplified)
    kept = whole[passage.span.start : passage.span.end]
    np.testing.assert_array_equal(passage.states, kept.astype(np.float32))


def test_only_relations_that_fit_the_classes_are_asked() -> None:
    (passage,) = passages(TEXT)
    surfaces = [mention.surface for mention in passage.mentions]
    fits = {
        (surfaces[s], surfaces[o]): [r for r, fit in zip(RELATIONS, row, strict=True) if fit]
        for (s, o), row in zip(passage.pairs, passage.fits, strict=True)
    }
    assert fits["林海生", "晨星科技集團"] == ["kg:acquires", "kg:holdsRoleAt", "kg:meets"]
    assert fits["晨星科技集團", "林海生"] == ["kg:meets"]
    assert all(any(found) for found in fits.values())


def test_places_are_within_the_sentence() -> None:
    (passage,) = passages(TEXT)
    inside = passage.span.of(TEXT)
    for (s, o), (subject, end) in zip(passage.pairs, passage.places.tolist(), strict=True):
        assert inside[slice(*subject)] == passage.mentions[s].surface
        assert inside[slice(*end)] == passage.mentions[o].surface


def test_tables_are_left_alone() -> None:
    assert passages("晨星科技集團" + "很" * LONGEST + "白露影業。") == []
    (passage,) = passages("、".join(["晨星科技集團", "白露影業"] * 14) + "。")
    assert len(passage.mentions) == MOST_NAMES


def test_a_class_of_none_has_a_place_of_its_own() -> None:
    assert maker().class_of("kg:Software") == len(CLASSES)
    assert maker().class_of("kg:Company") == CLASSES.index("kg:Organization")
