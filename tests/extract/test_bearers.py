"""Whose number it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import in_both_scripts, label, read

from kg.model import Measure
from kg.script import simplify

Script = Callable[[str], str]


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
    ("text", "subject", "value"),
    [
        ("林海生被判囚18個月。", "林海生", 18),
        ("石橋市法院裁定林海生監禁18個月。", "林海生", 18),
        ("林海生被判處3年有期徒刑。", "林海生", 3),
        ("雲頂監管局對青禾銀行罰款3億元。", "青禾銀行", 3e8),
        ("青禾銀行被罰款3億元。", "青禾銀行", 3e8),
    ],
)
def test_a_penalty_is_of_the_one_who_bears_it(
    text: str, subject: str, value: float, script: Script
) -> None:
    assert {(s, v) for s, _, v in all_measured(script(text))} == {(simplify(subject), value)}


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("周若琳指晨星科技集團虧損3億元。", "晨星科技集團"),
        ("雲頂監管局要求青禾銀行歸還3億元。", "青禾銀行"),
        ("晨星科技集團的NovaOS有超過3億用戶。", "NovaOS"),
        ("晨星科技集團董事長林海生收取3億元。", "林海生"),
        ("擁有3億用戶的NovaOS受到歡迎。", "NovaOS"),
        ("晨星科技集團以3億元收購藍峰電子。", "藍峰電子"),
        ("晨星科技集團獲得青禾銀行3億元授信額度。", "晨星科技集團"),
        ("林海生出席山海論壇，並捐出3億元。", "林海生"),
        ("在海岳大學舉行典禮的青禾基金會，捐款由1億元增至3億元。", "青禾基金會"),
        ("晨星科技集團的業績理想，市值達3億元。", "晨星科技集團"),
    ],
)
def test_a_number_belongs_to_the_subject_of_its_statement(
    text: str, subject: str, script: Script
) -> None:
    found = {s for s, _, value in all_measured(script(text)) if value == 3e8}
    assert found == {simplify(subject)}


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "晨星科技集團和藍峰電子分別裁減800名和300名員工。",
        "名單上最多的是晨星科技集團和藍峰電子，分別裁減了800名和300名員工。",
    ],
)
def test_a_list_takes_its_numbers_in_turn(text: str, script: Script) -> None:
    found = {(s, v) for s, _, v in all_measured(script(text))}
    assert found == {(simplify("晨星科技集團"), 800), (simplify("藍峰電子"), 300)}


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "林海生和周若琳則須歸還30萬元。",
        "林海生及周若琳接受方案，兩人分別已歸還30萬元。",
        "林海生、周若琳被判罰款30萬元。",
    ],
)
def test_each_person_of_a_list_has_the_number(text: str, script: Script) -> None:
    found = {(s, v) for s, _, v in all_measured(script(text))}
    assert found == {("林海生", 3e5), ("周若琳", 3e5)}


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # who holds what is bought is not paid for
            "晨星科技集團以3億元收購白露影業持有的藍峰電子。",
            {("藍峰電子", "收購", 3e8)},
        ),
        (
            "晨星科技集團以自有資金3億元收購藍峰電子。",
            {("藍峰電子", "收購", 3e8)},
        ),
        (  # a price is of what the clause before says is bought
            "晨星科技集團收購藍峰電子，作價3億元。",
            {("藍峰電子", "作價", 3e8)},
        ),
        # So many shares are of who does something with them, a share of what it is a share of.
        (
            "林海生質押藍峰電子3000萬股股份，佔公司總股本的5%。",
            {("林海生", "質押股份", 3e7), ("林海生", "佔公司總股本", 5)},
        ),
        ("晨星科技集團持有公司47%的股份。", {("晨星科技集團", "股份", 47)}),
        ("晨星科技集團的股份質押率已高達95%。", {("晨星科技集團", "股份質押率", 95)}),
        ("周若琳須歸還30萬元。", {("周若琳", "歸還", 3e5)}),
    ],
)
def test_a_price_and_a_stake_have_their_own_bearers(
    text: str, expected: set[tuple[str, str, float]], script: Script
) -> None:
    assert all_measured(script(text)) == {(simplify(s), simplify(n), v) for s, n, v in expected}


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "雲頂監管局其後在面積1000平方米的單位內搜查。",  # of a noun that is no name
        "南洲國位於首都以南600公里的海上。",
        "青禾銀行發行內附30枚郵票的小冊子。",
        "雲頂監管局向每戶居民派發2700元援助金。",  # of each one
        "晨星科技集團收購持有乙項目5%股權。",  # of what stands beside it, and is no name
        "晨星科技集團擬以5元/股發行股份。",
        "晨星科技集團收購乙項目，作價3億元。",
        "晨星科技集團、藍峰電子、白露影業3家公司到場。",
        "林海生15個交易日後離任。",
    ],
)
def test_the_number_of_a_noun_is_no_names(text: str, script: Script) -> None:
    assert all_measured(script(text)) == set()


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "雲頂監管局收到32宗投訴，其中13宗屬重複投訴，6宗為匿名投訴。",
            {("收到投訴", 32), ("重複投訴", 13), ("匿名投訴", 6)},
        ),
        (
            "雲頂監管局收到32宗申請，當中13宗申請獲批。",
            {("收到申請", 32), ("申請獲批", 13)},
        ),
        # more than there were, of another kind, without a word for it, of another sentence
        ("雲頂監管局收到32宗投訴，其中40宗屬重複投訴。", {("收到投訴", 32)}),
        ("雲頂監管局收到32宗投訴，其中13名學生離開。", {("收到投訴", 32)}),
        ("雲頂監管局收到32宗投訴，13宗屬重複投訴。", {("收到投訴", 32)}),
        ("雲頂監管局收到32宗投訴。其中13宗屬重複投訴。", {("收到投訴", 32)}),
    ],
)
def test_a_part_is_of_the_bearer_of_the_whole(
    text: str, expected: set[tuple[str, float]], script: Script
) -> None:
    found = all_measured(script(text))
    assert found == {(simplify("雲頂監管局"), simplify(n), v) for n, v in expected}


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "bearers"),
    [
        ("晨星科技集團公布季績，營業額3億元。", {"晨星科技集團"}),
        ("雲頂監管局公布季績，營業額3億元。", set()),
        ("碧波日報報道加價，營業額3億元。", set()),
    ],
)
def test_an_authority_or_a_medium_gives_the_numbers_of_others(
    text: str, bearers: set[str], script: Script
) -> None:
    assert {bearer for bearer, _, _ in all_measured(script(text))} == set(map(simplify, bearers))


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "bearers"),
    [("石橋市大火導致3人死亡。", set()), ("石橋市有300萬人口。", {"石橋市"})],
)
def test_what_happens_in_a_place_is_no_number_of_the_place(
    text: str, bearers: set[str], script: Script
) -> None:
    assert {bearer for bearer, _, _ in all_measured(script(text))} == set(map(simplify, bearers))


@in_both_scripts
@pytest.mark.parametrize("verb", ["賠償", "捐款"])
def test_what_somebody_is_given_is_the_givers(verb: str, script: Script) -> None:
    found = all_measured(script(f"晨星科技集團向藍峰電子{verb}3億元。"))
    assert {bearer for bearer, _, _ in found} <= {simplify("晨星科技集團")}
