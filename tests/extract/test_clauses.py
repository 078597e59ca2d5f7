"""Clauses as rows of units."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from reading import claims, clauses, in_both_scripts, said

from kg.extract.clauses import MENTION, QUANTITY, TIME

Script = Callable[[str], str]


def surfaces(text: str) -> list[list[list[str]]]:
    """The names of each group of each clause."""
    return [[[m.surface for m in group.members] for _, group in c.groups()] for c in clauses(text)]


@in_both_scripts
def test_names_times_and_quantities_are_one_unit_each(script: Script) -> None:
    (clause,) = clauses(script("2019年晨星科技集團聘用300人"))
    assert clause.text == TIME + MENTION + "聘用" + QUANTITY


@pytest.mark.parametrize("mark", list("，,；;：:。！？!?…\n—【】"))
def test_a_break_ends_a_clause(mark: str) -> None:
    assert len(clauses(f"晨星科技集團很大{mark}藍峰電子很小")) == 2


@pytest.mark.parametrize("mark", list("“”‘’「」『』《》〈〉\"' \t®™*"))
def test_marks_and_white_space_are_no_units(mark: str) -> None:
    (clause,) = clauses(f"很{mark}大")
    assert clause.text == "很大"


@pytest.mark.parametrize("brackets", ["（{}）", "({})"])
def test_what_stands_in_brackets_is_read_after_its_sentence(brackets: str) -> None:
    clause, *asides = clauses(f"很{brackets.format('藍峰電子，青禾銀行')}大")
    assert clause.text == "很大"
    assert not clause.aside
    assert [(one.text, one.aside, one.about) for one in asides] == [(MENTION, True, None)] * 2


def test_brackets_are_about_the_name_before_them() -> None:
    _, aside = clauses("藍峰電子（青禾銀行股東）很大")
    assert aside.about is not None
    assert [member.surface for member in aside.about.members] == ["藍峰電子"]


def test_a_short_word_in_brackets_is_no_clause() -> None:
    assert len(clauses("藍峰電子（甲）很大")) == 1


@pytest.mark.parametrize("separator", ["、", "及", "以及", "或", "暨", "/", "和", "與", "同", "跟"])
def test_names_of_one_kind_make_a_list(separator: str) -> None:
    assert surfaces(f"藍峰電子{separator}青禾銀行") == [[["藍峰電子", "青禾銀行"]]]


def test_title_marks_alone_separate_works() -> None:
    assert surfaces("《漣漪白皮書》《漣漪白皮書》") == [[["漣漪白皮書", "漣漪白皮書"]]]


@pytest.mark.parametrize("text", ["晨星科技集團、NovaOS", "林海生、石橋市", "藍峰電子青禾銀行"])
def test_names_of_different_kinds_or_without_a_separator_make_none(text: str) -> None:
    assert [len(group) for clause in surfaces(text) for group in clause] == [1, 1]


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("藍峰電子與青禾銀行、白露影業", 1),
        ("藍峰電子、青禾銀行與白露影業", 2),
        ("藍峰電子、青禾銀行、白露影業", 0),
    ],
)
def test_a_list_remembers_where_its_pairing_word_stands(text: str, split: int) -> None:
    ((_, group),) = [pair for clause in clauses(text) for pair in clause.groups()]
    assert (len(group.members), group.split) == (3, split)


@in_both_scripts
def test_the_subject_of_the_next_clause_is_no_member_of_a_list(script: Script) -> None:
    text = script("晨星科技集團收購藍峰電子，青禾銀行投資白露影業。")
    assert said(text) == claims("晨星科技集團 acquires 藍峰電子", "青禾銀行 investsIn 白露影業")


def test_a_run_without_a_break_is_no_prose() -> None:
    assert clauses("很" * 160 + "。") != []
    assert clauses("很" * 161 + "。") == []


@pytest.mark.parametrize(
    "text", ["", " ", "😀晨星科技集團𠮷（藍峰電子）收購「青禾銀行」，𡃁很大。\n第二段：好"]
)
def test_units_are_in_order_and_never_overlap(text: str) -> None:
    spans = [unit.span for clause in clauses(text) if not clause.aside for unit in clause.units]
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_clauses_know_their_sentence() -> None:
    numbers = [clause.sentence for clause in clauses("甲很大，乙很小。丙很好。\n丁很遠。")]
    assert numbers == [0, 0, 1, 2]


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("林海生批評，周若琳沒有做事。", 1),  # the mark stands before what is criticised
        ("林海生質疑：「周若琳沒有做事。」", 1),
        ("林海生作出批評，周若琳沒有回應。", 2),  # a noun
        ("建議受到林海生批評，周若琳沒有回應。", 2),  # who is criticised comes before
        ("林海生批評，有人沒有做事。", 2),  # no name follows
        ("林海生表示，周若琳沒有做事。", 2),
    ],
)
def test_a_verb_of_stance_keeps_what_it_is_about(text: str, count: int, script: Script) -> None:
    assert len(clauses(script(text))) == count
