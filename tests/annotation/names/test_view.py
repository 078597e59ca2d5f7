"""What the rules look at."""

from __future__ import annotations

from annotated import tagged_view, view_of

from kg.annotation.names.view import overlaps_any
from kg.model import Mention, Span


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
    assert view_of("雲雲雲雲杉雲雲").occurrences("云云") == [0, 2, 5]
    assert view_of("雲雲雲雲杉雲雲").count("云云") == 3
    assert view_of("").occurrences("云") == []


def test_words_by_position() -> None:
    view = tagged_view("青禾/nz 科技/n 公司/n")
    assert [word.text for word in view.words] == ["青禾", "科技", "公司"]
    assert view.word_index(3) == 1
    assert view.is_boundary(2)
    assert not view.is_boundary(3)


def test_overlaps_any() -> None:
    taken = bytearray(b"\0\1\0")
    assert overlaps_any(Span(0, 2), taken)
    assert not overlaps_any(Span(2, 3), taken)
    assert not overlaps_any(Span(1, 1), taken)
