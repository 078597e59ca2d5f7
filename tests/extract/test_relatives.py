"""Who is described by the clause before his name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import claims, in_both_scripts, read, said

Script = Callable[[str], str]


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "晨星科技集團很好。曾投資青禾銀行的藍峰電子今日上市。",
        "晨星科技集團很好，投資青禾銀行的藍峰電子則不好。",
        "市長說，曾投資青禾銀行的藍峰電子，將在下月上市。",
    ],
)
def test_the_subject_of_a_relative_clause_is_what_it_describes(text: str, script: Script) -> None:
    assert said(script(text)) == claims("藍峰電子 investsIn 青禾銀行")


@in_both_scripts
def test_without_a_name_behind_it_the_clause_goes_on_with_its_subject(script: Script) -> None:
    text = script("晨星科技集團很好，亦投資青禾銀行。")
    assert said(text) == claims("晨星科技集團 investsIn 青禾銀行")


@in_both_scripts
def test_the_described_one_is_the_topic_of_what_follows(script: Script) -> None:
    text = script("晨星科技集團很好。收購青禾銀行的藍峰電子也很好，並投資晨星科技集團。")
    assert said(text) == claims("藍峰電子 acquires 青禾銀行", "藍峰電子 investsIn 晨星科技集團")


@in_both_scripts
def test_a_preposition_before_the_clause_governs_the_name(script: Script) -> None:
    text = script("晨星科技集團對投資青禾銀行的藍峰電子表示歡迎。")
    assert "藍峰電子 investsIn 青禾銀行" not in {" ".join(c) for c in said(text)}


@in_both_scripts
def test_who_stands_before_the_word_is_its_subject(script: Script) -> None:
    text = script("林海生所屬的青禾基金會解散。")
    assert said(text) == claims("林海生 memberOf 青禾基金會")


def test_the_evidence_goes_to_the_name() -> None:
    graph = read("曾投資青禾銀行的藍峰電子今日上市。")
    quotes = [e.quote for c in graph.claims for e in c.evidence]
    assert quotes == ["曾投資青禾銀行的藍峰電子"]


@in_both_scripts
def test_where_somebody_goes_does_nothing_itself(script: Script) -> None:
    text = script("林海生訪美會見周若琳。")
    assert said(text) == claims("林海生 meets 周若琳")


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("曾透過NovaOS上載一段長3分鐘的林海生訪問。", set()),
        ("曾使用NovaOS的林海生出席。", claims("林海生 uses NovaOS")),
    ],
)
def test_a_measure_before_its_noun_is_no_clause_that_describes(
    text: str, expected: set[tuple[str, ...]], script: Script
) -> None:
    assert {claim for claim in said(script(text)) if claim[1] == "uses"} == expected


# --- What describes an object --------------------------------------------------------------------


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "晨星科技集團推出首款搭載NovaOS的LumaPad。",
            ["晨星科技集團 develops LumaPad", "LumaPad uses NovaOS"],
        ),
        (
            "晨星科技集團收購曾投資青禾銀行的藍峰電子。",
            ["晨星科技集團 acquires 藍峰電子", "藍峰電子 investsIn 青禾銀行"],
        ),
        (
            "晨星科技集團收購藍峰電子投資的青禾銀行。",
            ["晨星科技集團 acquires 青禾銀行", "藍峰電子 investsIn 青禾銀行"],
        ),
        ("晨星科技集團收購青禾銀行的股份。", ["晨星科技集團 investsIn 青禾銀行"]),
        ("晨星科技集團宣布收購青禾銀行的股份。", ["晨星科技集團 investsIn 青禾銀行"]),
        ("晨星科技集團推出使用NovaOS的新手機。", ["晨星科技集團 uses NovaOS"]),
        ("海岳大學發布了一份名為漣漪白皮書的文件。", ["海岳大學 publishes 漣漪白皮書"]),
    ],
)
def test_the_object_is_what_is_described(text: str, lines: list[str], script: Script) -> None:
    assert said(script(text)) == claims(*lines)
