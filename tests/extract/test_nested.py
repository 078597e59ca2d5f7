"""Names that begin with another name of the text."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

import pytest
from reading import claims, document, in_both_scripts, named, only, read, said

from kg.extract.extractor import FrameExtractor
from kg.model import AnnotatedDocument, Mention, Span

Script = Callable[[str], str]


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("騰訊會議很好。騰訊很大。", "騰訊 develops 騰訊會議"),
        ("香港大學很大。香港很熱鬧。", "香港大學 locatedIn 香港"),
    ],
)
def test_the_beginning_tells_the_relation(text: str, line: str, script: Script) -> None:
    assert said(script(text)) == claims(line)


@in_both_scripts
@pytest.mark.parametrize("text", ["騰訊會議很好。", "香港大學很大。"])
def test_only_a_beginning_that_the_text_names_by_itself_counts(text: str, script: Script) -> None:
    assert said(script(text)) == set()


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "晨星科技集團NovaOS很好。晨星科技集團很大。",  # both given: nobody knows the maker
        "香港大學員工會很好。香港大學很大。",  # its members work there
    ],
)
def test_some_beginnings_tell_nothing(text: str, script: Script) -> None:
    told = {line[1] for line in said(script(text))}
    assert told.isdisjoint({"develops", "subsidiaryOf"})


@in_both_scripts
def test_the_evidence_is_the_sentence_of_the_longer_name(script: Script) -> None:
    text = script("騰訊很大。騰訊會議很好。天氣也好。")
    (evidence,) = only(read(text), "develops").evidence
    assert evidence.quote == script("騰訊會議很好。")


def extracted(parts: dict[str, str], score: float) -> AnnotatedDocument:
    """A document that consists of these names, a sentence each, all of known entities."""
    text = "。".join(parts) + "。"
    mentions, at = [], 0
    for name, cls in parts.items():
        span = Span(at, at + len(name))
        mentions.append(Mention(f"m{at}", span, name, cls, score, "given", known=name))
        at = span.end + 1
    annotated = named().annotator.annotate(document(text))
    return AnnotatedDocument(
        annotated.document,
        annotated.simplified,
        annotated.sentences,
        annotated.words,
        tuple(mentions),
    )


def test_the_longest_beginning_counts() -> None:
    parts = {"青禾": "kg:Company", "青禾雲": "kg:Company", "青禾雲筆": "kg:Software"}
    found = FrameExtractor().extract(extracted(parts, 0.9)).candidates
    pairs = [(c.predicate, tuple(mention for _, mention in c.roles)) for c in found]
    assert ("kg:develops", ("m3", "m7")) in pairs
    assert ("kg:develops", ("m0", "m7")) not in pairs


def test_classes_that_fit_no_relation_give_none() -> None:
    parts = {"青禾": "kg:Person", "青禾雲": "kg:Person"}
    assert FrameExtractor().extract(extracted(parts, 0.9)).candidates == ()


def test_a_nested_names_reasons_are_its_whole_score() -> None:
    parts = {"青禾": "kg:Company", "青禾雲": "kg:Software"}
    (candidate,) = FrameExtractor().extract(extracted(parts, 0.6)).candidates
    product = prod(reason.factor for reason in candidate.reasons)
    assert candidate.score == pytest.approx(product, abs=1e-4)


@pytest.mark.parametrize(
    ("parts", "right"),
    [
        ({"青禾": "kg:Company", "青禾控股": "kg:Company"}, False),
        ({"青禾": "kg:Company", "青禾影業": "kg:Company"}, False),
        ({"青禾大學": "kg:EducationalOrganization", "青禾大學出版社": "kg:Company"}, True),
        (
            {"雲頂局": "kg:GovernmentOrganization", "雲頂局執行處": "kg:GovernmentOrganization"},
            True,
        ),
    ],
)
def test_an_institution_has_its_name_in_its_parts_and_a_firm_need_not(
    parts: dict[str, str], right: bool
) -> None:
    found = FrameExtractor().extract(extracted(parts, 0.9)).candidates
    assert ("kg:subsidiaryOf" in [c.predicate for c in found]) == right
