"""Sentences end where Chinese sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work import ReadText, steps

from kg.annotation.sentences import split_sentences

TEXTS = st.text(
    st.sampled_from("青禾。！？!?….,，「」（）()【】”\n\r\t \u3000😀a1") | st.characters()
)


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # No white space stands between Chinese sentences: nothing may wait for ". ".
        ("青禾發佈財報。雲杉沒有回應。", ["青禾發佈財報。", "雲杉沒有回應。"]),
        ("真的嗎？當然！好。", ["真的嗎？", "當然！", "好。"]),
        ("怎麼可能！？他走了", ["怎麼可能！？", "他走了"]),
        ("她想了很久……終於同意。", ["她想了很久……", "終於同意。"]),
        ("只有一個…不算完", ["只有一個…不算完"]),
        # A clause is no sentence.
        ("青禾，雲杉；星火：都來了、走了", ["青禾，雲杉；星火：都來了、走了"]),
    ],
)
def test_chinese_punctuation_ends_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他說：「不知道。」然後離開。", ["他說：「不知道。」", "然後離開。"]),
        ("她問：“来吗？”没人回答。", ["她問：“来吗？”", "没人回答。"]),
        ("「『好！』」他說。", ["「『好！』」", "他說。"]),
        ("《好嗎？》是一本書。", ["《好嗎？》", "是一本書。"]),
    ],
)
def test_closing_marks_belong_to_the_sentence_they_close(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "青禾（前身是星火。後來改名）昨日開會。",
        "雲杉(真的嗎?當然!)宣布合作。",
        "星火【圖一。圖二】上市。",
        "青禾（雲杉（一。二）三。四）開會。",
    ],
)
def test_no_sentence_ends_inside_brackets(text: str) -> None:
    assert sentences(text) == [text]


def test_a_bracket_left_open_ends_with_its_line() -> None:
    text = "青禾（未完。雲杉開會。\n星火上市。月底再說。"
    assert sentences(text) == ["青禾（未完。雲杉開會。", "星火上市。", "月底再說。"]


def test_a_bracket_that_only_closes_hides_nothing() -> None:
    assert sentences("一）青禾來了。雲杉走了。") == ["一）青禾來了。", "雲杉走了。"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Velmora grew. Quillix fell.", ["Velmora grew.", "Quillix fell."]),
        ("成長3.5%，見velmora.com/a.b", ["成長3.5%，見velmora.com/a.b"]),
        ("Velmora 2.0 上線。Quillix 1.5 下架。", ["Velmora 2.0 上線。", "Quillix 1.5 下架。"]),
    ],
)
def test_a_latin_full_stop_ends_a_sentence_before_white_space(
    text: str, expected: list[str]
) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("標題\n\n　　青禾開會。\r\n雲杉開會\n", ["標題", "青禾開會。", "雲杉開會"]),
        ("  青禾 。  雲杉  ", ["青禾 。", "雲杉"]),
        ("", []),
        (" \n\u3000\n", []),
        ("\n", []),
    ],
)
def test_lines_and_white_space(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(TEXTS)
def test_sentences_are_in_order_and_lose_nothing_but_white_space(text: str) -> None:
    spans = split_sentences(text)
    assert all(span.start < span.end for span in spans)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    kept = "".join(span.of(text) for span in spans)
    assert "".join(kept.split()) == "".join(text.split())


@given(TEXTS)
def test_a_sentence_has_no_white_space_around_it_and_no_line_end_in_it(text: str) -> None:
    for sentence in sentences(text):
        assert sentence == sentence.strip()
        assert "\n" not in sentence


@pytest.mark.parametrize("unit", ["字", "。", "（。", "…", "\n", "」", "。」", ".", "！ "])
def test_work_grows_with_the_line(unit: str) -> None:
    """A line of ours may run a few times a character, never a few times a pair of them."""
    count = 20_000 // len(unit)
    assert steps(lambda: split_sentences(unit * count)).total() <= 60 * count + 1_000


@pytest.mark.parametrize("blank", [" ", "\u3000", "\t"])
def test_blanks_in_a_run_without_an_end_make_no_sentence(blank: str) -> None:
    text = "字" * 1500 + blank * 5000 + "字" * 1500 + blank * 3000 + "字"
    spans = split_sentences(text)
    assert all(span.of(text).strip() == span.of(text) != "" for span in spans)
    assert sum(span.of(text).count("字") for span in spans) == 3001


# --- No sentence is endless ----------------------------------------------------------------


@pytest.mark.parametrize("mark", ["，", "、", "；", " ", "\t"])
def test_a_run_without_an_end_is_cut_after_a_pause(mark: str) -> None:
    clause = "青" * 299 + mark
    text = clause * 15
    assert sentences(text) == [(clause * 6).strip(), (clause * 6).strip(), (clause * 3).strip()]


def test_a_run_without_a_pause_is_cut_where_it_must_be() -> None:
    assert [len(one) for one in sentences("青" * 4500 + "。禾。")] == [2000, 2000, 501, 2]


def test_a_sentence_of_two_thousand_characters_stays_whole() -> None:
    text = "青，" * 999 + "禾。"
    assert sentences(text) == [text]


@given(st.text(st.sampled_from("青，、 ") | st.characters(), min_size=1).map(lambda t: t * 300))
def test_what_is_cut_is_short_and_nothing_but_blanks_is_lost(text: str) -> None:
    spans = split_sentences(text)
    assert all(0 < span.end - span.start <= 2000 for span in spans)
    assert "".join("".join(span.of(text) for span in spans).split()) == "".join(text.split())


@pytest.mark.parametrize("unit", ["（青。", "）青。", "（。）", "。", "（"])
def test_brackets_are_counted_once(unit: str) -> None:
    text = ReadText(unit * 2000)
    split_sentences(text)
    assert text.read <= 12 * len(text)  # six kinds of brackets, and the pieces
