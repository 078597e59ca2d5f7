"""Numbers that the text gives of a thing."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

import pytest
from reading import claims, in_both_scripts, label, only, read, said

from kg.model import Measure
from kg.script import simplify

Script = Callable[[str], str]


def measured(text: str) -> tuple[str, str, float, str, str]:
    """(subject, name, value, comparator, unit) of the one metric."""
    graph = read(text)
    claim = only(graph, "hasMetric")
    assert isinstance(claim.object, Measure)
    quantity = claim.object.quantity
    name, unit = simplify(claim.object.name), simplify(quantity.unit)
    return label(graph, claim.subject), name, quantity.value, quantity.comparator, unit


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NovaOS用戶達到5000萬人。", ("NovaOS", "用戶", 5e7, "=", "人")),
        ("晨星科技集團擁有3000名員工。", ("晨星科技集團", "員工", 3000, "=", "名")),
        ("晨星科技集團市值達140億元。", ("晨星科技集團", "市值", 1.4e10, "=", "元")),
        ("NovaOS的用戶超過1200萬人。", ("NovaOS", "用戶", 1.2e7, ">", "人")),
        ("晨星科技集團營收140億元。", ("晨星科技集團", "營收", 1.4e10, "=", "元")),
    ],
)
def test_a_quantity_of_the_name_before_it(
    text: str, expected: tuple[str, str, float, str, str], script: Script
) -> None:
    subject, name, value, comparator, unit = expected
    wanted = (simplify(subject), simplify(name), value, comparator, unit)
    assert measured(script(text)) == wanted


@in_both_scripts
def test_the_name_and_the_unit_are_as_written(script: Script) -> None:
    claim = only(read(script("晨星科技集團擁有3000名員工。")), "hasMetric")
    assert isinstance(claim.object, Measure)
    assert claim.object.name == script("員工")
    assert "3000" in claim.object.quantity.raw


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "天氣很好，有3000名員工。",
        "林海生擁有3000名員工。",
        "晨星科技集團和藍峰電子擁有3000名員工。",
        "晨星科技集團成立20周年。",
    ],
)
def test_no_metric_without_one_measurable_subject(text: str, script: Script) -> None:
    assert {one for one in said(script(text)) if one[1] == "hasMetric"} == set()


@in_both_scripts
def test_a_metric_can_be_denied_planned_or_asked(script: Script) -> None:
    metric = "晨星科技集團 hasMetric 員工"
    assert said(script("晨星科技集團未擁有3000名員工。")) == claims(f"{metric} denied")
    assert said(script("晨星科技集團將擁有3000名員工。")) == claims(f"{metric} planned")
    graph = read(script("晨星科技集團擁有3000名員工嗎？"))
    assert graph.claims == ()
    assert ("kg:hasMetric", "a question") in {(d.predicate, d.reason) for d in graph.drops}


@in_both_scripts
def test_a_metric_takes_the_subject_that_its_clause_leaves_out(script: Script) -> None:
    text = script("晨星科技集團收購藍峰電子，並擁有3000名員工。")
    assert claims("晨星科技集團 hasMetric 員工") <= said(text)


@in_both_scripts
def test_two_values_are_two_claims(script: Script) -> None:
    graph = read(script("晨星科技集團擁有3000名員工。晨星科技集團擁有4000名員工。"))
    values = [c.object.quantity.value for c in graph.claims if isinstance(c.object, Measure)]
    assert sorted(values) == [3000, 4000]


def test_a_metrics_reasons_are_its_whole_score() -> None:
    claim = only(read("晨星科技集團擁有3000名員工。"), "hasMetric")
    product = prod(reason.factor for reason in claim.reasons)
    assert claim.confidence == pytest.approx(product, abs=1e-4)
