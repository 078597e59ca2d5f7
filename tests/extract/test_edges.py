"""Where words end: at names and numbers, and at a measure that the tagger runs into a verb."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import document, in_both_scripts, named

from kg.extract.edges import word_edges
from kg.lexicon import load_lexicon

Script = Callable[[str], str]


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("晨星科技集團營收達1400億元。", "晨星科技集團營收"),
        ("晨星科技集團營收達1400億元。", "晨星科技集團"),
        ("晨星科技集團營收達1400億元。", "晨星科技集團營收達"),
    ],
)
def test_words_end_at_names_numbers_and_measures(text: str, before: str, script: Script) -> None:
    annotated = named().annotator.annotate(document(script(text)))
    assert len(before) in word_edges(annotated, load_lexicon())


@in_both_scripts
def test_no_word_is_cut_where_no_number_follows(script: Script) -> None:
    annotated = named().annotator.annotate(document(script("營收達標，晨星科技集團慶祝。")))
    assert len("營收") not in word_edges(annotated, load_lexicon())
