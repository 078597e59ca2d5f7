"""Whose 我們 it is."""

from __future__ import annotations

import pytest

from kg.annotation.sentences import split_sentences
from kg.lexicon import load_lexicon
from kg.model import AnnotatedDocument, Document, Mention, Span
from kg.ontology import load_ontology
from kg.resolve.speakers import Spokesmen
from kg.script import simplify

NAMES = {
    "晨星科技集團": "kg:Company", "青禾銀行": "kg:Company", "林海生": "kg:Person", "石橋市": "kg:City",
}  # fmt: skip


def behind(text: str) -> str | None:
    mentions = [
        Mention(f"{at}", Span(at, at + len(name)), name, cls, 0.9, "x")
        for name, cls in NAMES.items()
        for at in range(len(text))
        if text.startswith(name, at)
    ]
    annotated = AnnotatedDocument(
        Document("https://example.org/1", text),
        simplify(text),
        split_sentences(text),
        mentions=tuple(sorted(mentions, key=lambda m: m.span)),
    )
    at = text.index("我")
    anaphor = Mention("w", Span(at, at + 2), "我們", "kg:Organization", 0.6, "anaphor-speaker")
    found = Spokesmen(annotated, load_ontology(), load_lexicon()).behind(anaphor)
    return found.surface if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("晨星科技集團表示：「我們很好。」", "晨星科技集團"),
        ("晨星科技集團主席林海生表示：“我们很好。”", "晨星科技集團"),
        ("晨星科技集團主席林海生到場。林海生說：「天好，我們也好。」", "晨星科技集團"),
        ("林海生表示：「我們很好。」", None),
        ("晨星科技集團主席林海生、青禾銀行主席林海生說：「我們很好。」", None),
        ("晨星科技集團裁員。我們很好。", None),
        ("晨星科技集團說「很好」，我們也好。", None),
        ("林海生在晨星科技集團表示：「我們很好。」", None),
    ],
)
def test_the_body_behind_a_quotation(text: str, expected: str | None) -> None:
    assert behind(text) == expected
