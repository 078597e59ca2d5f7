"""Articles that are one story."""

from __future__ import annotations

import random
import struct
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import article

from kg.corpus.copies import BY, bands, judge_copies, likeness, signature, stories
from kg.model import Judgement
from kg.script import simplify

LETTERS = "天地玄黃宇宙洪荒日月盈昃辰宿列張寒來暑往秋收冬藏閏餘成歲律呂調陽雲騰致雨露結為霜"


def text(seed: int, length: int = 400) -> str:
    """A text in which no sequence comes twice, by chance."""
    drawn = random.Random(seed)
    return "".join(drawn.choice(LETTERS) for _ in range(length))


def test_a_text_is_like_itself_in_either_script_and_with_other_punctuation() -> None:
    one = text(1)
    assert likeness(signature(one), signature(simplify(one))) == 1
    assert likeness(signature(one), signature("，".join(one))) == 1


@pytest.mark.parametrize("kept", [0.9, 0.75, 0.5, 0.1])
def test_the_likeness_is_about_the_shared_part(kept: float) -> None:
    cut = round(1000 * kept)
    left, right = text(1, 1000), text(1, 1000)[:cut] + text(2, 1000 - cut)
    shared = cut / (2000 - cut)
    assert likeness(signature(left), signature(right)) == pytest.approx(shared, abs=0.15)


def test_a_short_text_is_like_nothing() -> None:
    assert signature("天地玄黃。" * 10) == b""
    assert likeness(b"", b"") == 0
    assert list(bands(b"")) == []


def test_the_signature_is_the_same_on_every_machine() -> None:
    assert struct.unpack_from("<3I", signature(text(3))) == SIGNED


SIGNED = (6_539_458, 14_398_871, 3_104_268)


def news() -> list:
    agency = text(1, 600)
    return [
        article("1", "2020-01-02", text=agency + text(5, 60)),
        article("2", "2020-01-01", text=agency),
        article("3", "2020-01-03", text=simplify(agency) + text(6, 90)),
        article("4", "2020-01-01", text=text(7, 600)),
        article("5", None, text="短"),
    ]


def test_copies_are_judged_with_the_first_of_the_story() -> None:
    found = judge_copies(news())
    assert [(j.left[-1], j.right[-1], j.verdict, j.by) for j in found] == [
        ("1", "2", "same", BY),
        ("3", "2", "same", BY),
    ]
    assert all(j.reasons and 0.5 <= j.score <= 1 for j in found)


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter(shuffle: random.Random) -> None:
    articles = news()
    shuffle.shuffle(articles)
    assert judge_copies(articles) == judge_copies(news())


def test_stories_are_named_by_their_first_article() -> None:
    articles = news()
    of = stories(articles, judge_copies(articles))
    assert [of[one.iri][-1] for one in articles] == ["2", "2", "2", "4", "5"]


def test_a_reader_can_hold_two_articles_apart() -> None:
    articles = news()
    found = judge_copies(articles)
    other = replace(found[1], verdict="different", by="me")
    assert stories(articles, [*found, other])[articles[2].iri] == articles[2].iri


def test_judgements_on_other_things_are_none_on_articles() -> None:
    articles = news()[:2]
    names = Judgement("https://a", "https://b", "same", 1, ("x",), "y")
    assert len(set(stories(articles, [names]).values())) == 2
