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
        ("晨星科技集團營收達140億元。", ("晨星科技集團", "營收", 1.4e10, "=", "元")),
        ("晨星科技集團第三季營收為140億元。", ("晨星科技集團", "營收", 1.4e10, "=", "元")),
    ],
)
def test_a_quantity_of_the_name_before_it(
    text: str, expected: tuple[str, str, float, str, str], script: Script
) -> None:
    subject, name, value, comparator, unit = expected
    wanted = (simplify(subject), simplify(name), value, comparator, unit)
    assert measured(script(text)) == wanted


@in_both_scripts
def test_who_gives_a_number_does_not_bear_it(script: Script) -> None:
    text = "根據青禾銀行的數據，晨星科技集團手機出貨量為5870萬部，同比增長8.3%，市場份額17.6%。"
    graph = read(script(text))
    bearers = {label(graph, claim.subject) for claim in graph.claims}
    assert bearers == {simplify("晨星科技集團")}
    names = [claim.object.name for claim in graph.claims if isinstance(claim.object, Measure)]
    assert script("市場份額") in names


@in_both_scripts
def test_a_price_is_that_of_the_product_just_named(script: Script) -> None:
    assert measured(script("晨星科技集團推出NovaOS，售價3799元。"))[:2] == (
        "NovaOS",
        simplify("售價"),
    )
    subject, name, *_ = measured(script("晨星科技集團推出NovaOS，營收3799元。"))
    assert (subject, name) == (simplify("晨星科技集團"), simplify("營收"))


@in_both_scripts
def test_a_rank_is_called_one_and_a_purpose_is_no_noun(script: Script) -> None:
    assert measured(script("晨星科技集團位居全球第二。"))[1:3] == ("全球排名", 2)
    assert measured(script("晨星科技集團市值排名第七。"))[1:3] == ("市值排名", 7)
    assert measured(script("晨星科技集團投入15億元用於市場建設。"))[1] == script("投入")


@in_both_scripts
def test_a_price_is_named_after_the_purchase_and_is_of_what_is_bought(script: Script) -> None:
    graph = read(script("晨星科技集團以25億美元收購NovaOS開發商藍峰電子。"))
    claim = only(graph, "hasMetric")
    assert isinstance(claim.object, Measure)
    assert (label(graph, claim.subject), claim.object.name) == (
        simplify("藍峰電子"),
        script("收購"),
    )


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


def all_measured(text: str) -> set[tuple[str, str, float]]:
    """(subject, name, value) of every metric, in Simplified characters."""
    graph = read(text)
    return {
        (label(graph, c.subject), simplify(c.object.name), c.object.quantity.value)
        for c in graph.claims
        if isinstance(c.object, Measure)
    }


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("雲頂監管局去年收到32宗投訴。", {("雲頂監管局", "收到投訴", 32)}),
        ("雲頂監管局在2014年提出7宗搜查住宅申請。", {("雲頂監管局", "提出搜查住宅申請", 7)}),
        ("南洲國昨日確診85宗個案。", {("南洲國", "確診個案", 85)}),
        ("林海生從基金取去200萬元。", {("林海生", "取去", 2e6)}),
        ("海岳大學收回6655份有效問卷。", {("海岳大學", "收回有效問卷", 6655)}),
        ("南洲國拘留了兩名商人。", {("南洲國", "拘留商人", 2)}),
        ("青禾銀行須賠償3億元。", {("青禾銀行", "賠償", 3e8)}),
        ("白露影業票房由3億元增至5億元。", {("白露影業", "票房", 3e8), ("白露影業", "票房", 5e8)}),
        ("青禾銀行的貸款損失率達7%。", {("青禾銀行", "貸款損失率", 7)}),
    ],
)
def test_what_somebody_did_is_counted(
    text: str, expected: set[tuple[str, str, float]], script: Script
) -> None:
    assert all_measured(script(text)) == {(simplify(s), simplify(n), v) for s, n, v in expected}


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "林海生帶兩個行李箱。",
        "林海生在石橋市逗留三天。",
        "林海生發言三分鐘。",
        "林海生在會上足足發言四個小時。",
        "白皮書內容分為緒論、調查及結語三部份。",
        "晨星科技集團宣布兩項措施。",
        "晨星科技集團股東支付3億元。",
        "林海生和周若琳合共捐出3億元。",
        "林海生、周若琳等30人到場。",
        "周若琳透露，收到300宗投訴。",
        "青禾基金會批准後，其中30宗申請獲批。",
        "晨星科技集團開會，住客共交出3億元。",
        "雲頂監管局接見該300名學生。",
        "雲頂監管局指出虧損達3億元。",
        "獲雲頂監管局過半委員通過。",
        "林海生等，共計30人出席。",
    ],
)
def test_a_number_told_in_passing_is_no_metric(text: str, script: Script) -> None:
    assert all_measured(script(text)) == set()


@in_both_scripts
def test_a_plan_reaches_the_number_of_the_next_clause(script: Script) -> None:
    text = script("林海生計劃在三個月內離任，減持300萬股。")
    assert claims("林海生 hasMetric 減持 planned") <= said(text)
    done = script("林海生此次減持計劃已實施完成，套現3億元。")
    assert claims("林海生 hasMetric 套現") <= said(done)


@in_both_scripts
def test_an_upper_bound_denies_nothing(script: Script) -> None:
    text = script("林海生減持不超過公司總股本的2%。")
    assert {one[3] for one in said(text) if one[1] == "hasMetric"} <= {"asserted"}


@in_both_scripts
@pytest.mark.parametrize("compared", ["按年", "同比", "較去年"])
def test_what_is_compared_goes_on_about_the_subject_before(compared: str, script: Script) -> None:
    text = script(f"晨星科技集團營收為140億元，{compared}增長10%，淨利潤為5億元。")
    expected = claims(*(f"晨星科技集團 hasMetric {name}" for name in ("營收", "增長", "淨利潤")))
    assert {(s, p, o.removeprefix("同比"), *rest) for s, p, o, *rest in said(text)} == expected
