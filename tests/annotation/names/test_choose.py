"""One mention a span, and none that overlap."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotation.names.choose import DOUBTED, LEAST, RECOGNISER, choose
from kg.annotation.names.choose import weigh as weigh_by
from kg.model import TOPIC_ANAPHOR, Mention, Span
from kg.ontology import load_ontology


def weigh(found: list[Mention]) -> list[Mention]:
    return list(weigh_by(found, load_ontology()))


def mention(
    start: int, end: int, score: float = 0.5, rule: str = "a", known: str | None = None
) -> Mention:
    surface = "字" * (end - start)
    return Mention(f"{start}-{end}", Span(start, end), surface, "kg:Person", score, rule, known)


mentions = st.lists(
    st.builds(
        lambda start, length, score, rule: mention(start, start + length, score, rule),
        st.integers(0, 20),
        st.integers(1, 9),
        st.sampled_from([0.4, 0.5, 0.7, 0.9]),
        st.sampled_from(["a", "b", RECOGNISER]),
    )
)


def test_the_longest_stays_then_the_better_then_the_earlier() -> None:
    assert choose([mention(0, 2), mention(0, 4)], 9) == [mention(0, 4)]
    assert choose([mention(0, 3, 0.5), mention(2, 5, 0.9)], 9) == [mention(2, 5, 0.9)]
    assert choose([mention(2, 5), mention(0, 3)], 9) == [mention(0, 3)]
    assert choose([mention(3, 5), mention(0, 3)], 9) == [mention(0, 3), mention(3, 5)]
    assert choose([], 0) == []


def test_a_sure_name_stays_before_a_longer_one_that_is_hardly_founded() -> None:
    assert choose([mention(0, 3, 0.95), mention(0, 4, 0.5)], 9) == [mention(0, 3, 0.95)]
    assert choose([mention(0, 3, 0.6), mention(0, 4, 0.5)], 9) == [mention(0, 4, 0.5)]


@given(mentions)
def test_what_is_chosen_never_overlaps_and_leaves_out_only_what_does(found: list[Mention]) -> None:
    chosen = choose(found, 30)
    assert all(a.span.end <= b.span.start for a, b in zip(chosen, chosen[1:], strict=False))
    assert set(chosen) <= set(found)
    for left_out in set(found) - set(chosen):
        rivals = [m for m in chosen if m.span.overlaps(left_out.span)]
        weight = len(left_out.surface) * left_out.score
        assert any(len(m.surface) * m.score >= weight for m in rivals)


@given(mentions, st.integers())
def test_the_choice_does_not_hang_on_the_order(found: list[Mention], seed: int) -> None:
    shuffled = random.Random(seed).sample(found, len(found))
    assert choose(shuffled, 30) == choose(found, 30)
    by_span = {m.span: m for m in weigh(found)}
    assert {m.span: m for m in weigh(shuffled)} == by_span


@given(mentions)
def test_weighing_leaves_one_mention_a_span_with_every_source(found: list[Mention]) -> None:
    weighed = {m.span: m for m in weigh(found)}
    assert len(weighed) == len(weigh(found))
    for span, one in weighed.items():
        group = [m for m in found if m.span == span]
        assert set(one.sources) == {m.extractor for m in group}
        assert max(m.score for m in group) <= one.score <= 1


def test_witnesses_that_agree_make_a_name_surer() -> None:
    (one,) = weigh([mention(0, 2, 0.5, "suffix"), mention(0, 2, 0.8, RECOGNISER)])
    assert (one.sources, one.score) == ((RECOGNISER, "suffix"), 0.9)


def test_a_known_entity_gives_the_class() -> None:
    found = [mention(0, 2, 0.99, RECOGNISER), mention(0, 2, 0.9, "known", known="urn:x")]
    (one,) = weigh(found)
    assert one.known == "urn:x"


def test_an_anaphor_stays_what_it_is() -> None:
    anaphor = mention(0, 2, 0.5, TOPIC_ANAPHOR)
    assert list(weigh([mention(0, 2, 0.9, RECOGNISER), anaphor])) == [anaphor]


@pytest.mark.parametrize(("score", "left"), [(LEAST, 0), (LEAST + 0.01, 1)])
def test_what_the_recogniser_alone_is_not_sure_of_is_left_out(score: float, left: int) -> None:
    assert len(weigh([mention(0, 2, score, RECOGNISER)])) == left
    assert len(weigh([mention(0, 2, score, RECOGNISER), mention(0, 2, 0.3, "b")])) == 1


@pytest.mark.parametrize("rule", sorted(DOUBTED))
def test_a_shape_that_the_recogniser_did_not_see_is_left_out_where_it_read(rule: str) -> None:
    shape, elsewhere = mention(0, 2, 0.8, rule), mention(5, 7, 0.9, RECOGNISER)
    assert list(weigh([shape])) == [shape]
    assert list(weigh([shape, elsewhere])) == [elsewhere]
    assert len(weigh([shape, mention(0, 2, 0.9, RECOGNISER)])) == 1
    assert len(weigh([shape, mention(0, 2, 0.6, "quoted"), elsewhere])) == 2


def test_an_event_by_its_shape_is_spared() -> None:
    event = replace(mention(0, 2, 0.8, "suffix"), cls="kg:Anniversary")
    assert weigh([event, mention(5, 7, 0.9, RECOGNISER)])[0] == event
