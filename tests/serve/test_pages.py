"""The HTML of things, by rows as the store gives them."""

from __future__ import annotations

import pytest

from kg.iri import PREFIXES
from kg.serve.pages import Binding, render_thing
from kg.serve.resources import MOST_QUOTES

HERE = PREFIXES["ent"] + "甲"
MORE = "There are more"


def told(count: int, quote: str = "甲擁有乙") -> list[Binding]:
    """A claim with so many sentences."""
    uris = {
        "claim": PREFIXES["claim"] + "1",
        "subject": HERE,
        "predicate": PREFIXES["kg"] + "owns",
        "object": PREFIXES["ent"] + "乙",
        "polarity": PREFIXES["kg"] + "Asserted",
        "modality": PREFIXES["kg"] + "Actual",
        "document": PREFIXES["doc"] + "1",
    }
    row = {name: {"type": "uri", "value": iri} for name, iri in uris.items()}
    said = {"confidence": {"type": "literal", "value": "0.9"}}
    quotes = ({"quote": {"type": "literal", "value": f"{quote}{n}"}} for n in range(count))
    return [{**row, **said, **one} for one in quotes]


@pytest.mark.parametrize(("count", "cut"), [(3, False), (MOST_QUOTES, True)])
def test_that_there_is_more_is_told(count: int, cut: bool) -> None:
    page = render_thing(HERE, [], [], told(count), "en").decode()
    assert (MORE in page) == cut
    assert page.count("<blockquote") == count


def test_text_of_strangers_is_no_markup() -> None:
    page = render_thing(HERE, [], [], told(1, "<script>alert(1)</script>"), "en").decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
