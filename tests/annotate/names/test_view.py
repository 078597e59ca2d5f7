"""What the rules look at, and the choice among what they propose."""

from __future__ import annotations

from annotated import tagged_view, view_of
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.names.view import overlaps_any, select_longest
from kg.model import Mention, Span


def mention(start: int, end: int, score: float = 0.5, rule: str = "a") -> Mention:
    return Mention(
        f"{start}-{end}", Span(start, end), "字" * (end - start), "kg:Person", score, rule
    )


mentions = st.lists(
    st.builds(
        lambda start, length, score: mention(start, start + length, score),
        st.integers(0, 20),
        st.integers(1, 9),
        st.sampled_from([0.5, 0.7, 0.9]),
    )
)


def test_before_and_after_are_simplified_and_stop_at_the_ends() -> None:
    view = view_of("雲杉集團發佈")
    assert view.before(4, 2) == "集团"
    assert view.before(1, 5) == "云"
    assert view.before(0, 3) == ""
    assert view.after(4, 5) == "发布"
    assert view.after(6, 2) == ""


def test_a_mention_is_named_by_its_place_and_keeps_the_original_characters() -> None:
    assert view_of("在雲杉").mention(1, 3, "kg:Company", 0.8, "suffix") == Mention(
        "1-3", Span(1, 3), "雲杉", "kg:Company", 0.8, "suffix", None
    )


def test_occurrences_do_not_overlap() -> None:
    assert list(view_of("雲雲雲雲杉雲雲").occurrences("云云")) == [0, 2, 5]
    assert list(view_of("").occurrences("云")) == []


def test_words_by_position() -> None:
    view = tagged_view("青禾/nz 科技/n 公司/n")
    assert [word.text for word in view.words] == ["青禾", "科技", "公司"]
    assert view.word_index(3) == 1
    assert view.is_boundary(2)
    assert not view.is_boundary(3)


def test_the_longest_stays_then_the_better_then_the_earlier() -> None:
    assert select_longest([mention(0, 2), mention(0, 4)], 9) == [mention(0, 4)]
    assert select_longest([mention(0, 3, 0.5), mention(2, 5, 0.9)], 9) == [mention(2, 5, 0.9)]
    assert select_longest([mention(2, 5), mention(0, 3)], 9) == [mention(0, 3)]
    assert select_longest([mention(3, 5), mention(0, 3)], 9) == [mention(0, 3), mention(3, 5)]
    assert select_longest([], 0) == []


@given(mentions)
def test_what_is_chosen_never_overlaps_and_leaves_out_only_what_does(found: list[Mention]) -> None:
    chosen = select_longest(found, 30)
    assert all(a.span.end <= b.span.start for a, b in zip(chosen, chosen[1:], strict=False))
    assert set(chosen) <= set(found)
    for left_out in set(found) - set(chosen):
        rivals = [m for m in chosen if m.span.overlaps(left_out.span)]
        assert any(len(m.surface) >= len(left_out.surface) for m in rivals)


@given(mentions, st.randoms())
def test_the_choice_does_not_hang_on_the_order(found: list[Mention], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert select_longest(shuffled, 30) == select_longest(found, 30)


def test_overlaps_any() -> None:
    taken = bytearray(b"\0\1\0")
    assert overlaps_any(Span(0, 2), taken)
    assert not overlaps_any(Span(2, 3), taken)
    assert not overlaps_any(Span(1, 1), taken)
