"""Other names that a text declares, and short forms of its names."""

from __future__ import annotations

import pytest
from annotated import annotate, classes, linked, surfaces


@pytest.mark.parametrize(
    ("text", "alias", "full"),
    [
        ("青禾科技有限公司（以下簡稱「青禾」）開會。", "青禾", "青禾科技有限公司"),
        ("青禾科技有限公司（以下简称“青禾”）开会。", "青禾", "青禾科技有限公司"),
        ("明川市人民政府（下稱「市政府」）開會。", "市政府", "明川市人民政府"),
        ("雲杉集團（Yunshan Group）開會。", "Yunshan Group", "雲杉集團"),
        ("雲杉集團(Yunshan Group)開會。", "Yunshan Group", "雲杉集團"),
        ("雲杉集團【Yunshan Group】開會。", "Yunshan Group", "雲杉集團"),
        ("雲杉集團（即老杉集團）開會。", "老杉集團", "雲杉集團"),
        ("雲杉集團（又名「老杉」）開會。", "老杉", "雲杉集團"),
        ("雲杉集團（英文名：Yunshan）開會。", "Yunshan", "雲杉集團"),
        ("Velmora Group（維摩拉）開會。", "維摩拉", "Velmora Group"),
    ],
)
def test_a_name_declared_in_brackets(text: str, alias: str, full: str) -> None:
    assert (alias, full) in linked(text)
    assert classes(text)[alias] == classes(text)[full]


def test_a_declaration_is_a_judgement_with_its_reason() -> None:
    (judgement,) = annotate("雲杉集團（Yunshan Group）開會。").judgements
    assert (judgement.left, judgement.right, judgement.verdict) == ("5-18", "0-4", "same")
    assert 0 < judgement.score <= 1
    assert "雲杉集團" in judgement.reasons[0]


def test_a_known_name_hands_its_identity_to_its_alias() -> None:
    annotated = annotate("騰訊（Penguin Works）開會。")
    assert {m.known for m in annotated.mentions} == {"https://w3id.org/claimgraph/entity/騰訊"}


@pytest.mark.parametrize(
    "inside",
    ["見圖", "2019年", "600123.SH", "3月5日", "詳見下文", "，", "左", "12:30", "按此", "約3億元"],
)
def test_what_in_brackets_is_no_name(inside: str) -> None:
    text = f"雲杉集團（{inside}）開會。"
    assert linked(text) == set()
    assert surfaces(text) == ["雲杉集團"]


def test_a_bracket_further_on_declares_nothing() -> None:
    assert linked("雲杉集團昨日開會（Yunshan Group）。") == set()


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("青禾控股昨日公布，青禾將收購星火證券。", "青禾", "青禾控股"),
        ("鴻鵠OS 2.0 發佈後，鴻鵠很受歡迎。", "鴻鵠", "鴻鵠OS 2.0"),
        ("列昂·沃特曼來了，沃特曼走了。", "沃特曼", "列昂·沃特曼"),
        ("列昂·施密特·沃特曼來了，沃特曼走了。", "沃特曼", "列昂·施密特·沃特曼"),
    ],
)
def test_short_forms(text: str, short: str, full: str) -> None:
    assert (short, full) in linked(text)


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("青禾控股公布業績。田裡青禾苗很綠。", "青禾苗"),
        ("大型控股公司公布，大型會議取消。", "大型"),
        ("雲杉集團開會。集團大樓停電。", "雲"),
        ("列昂·沃特曼來了，列昂走了。", "昂"),
    ],
)
def test_what_is_no_short_form(text: str, never: str) -> None:
    assert never not in surfaces(text)


def test_a_short_form_that_a_known_entity_owns_stays_with_it() -> None:
    annotated = annotate("三星集團開會。三星大跌。")
    short = annotated.mentions[-1]
    assert (short.surface, short.known) == ("三星", "https://w3id.org/claimgraph/entity/三星")


def test_every_judgement_is_between_mentions_that_stay() -> None:
    annotated = annotate("青禾科技有限公司（以下簡稱「青禾」）與《青禾（Qinghe）》，青禾開會。")
    ids = {mention.id for mention in annotated.mentions}
    assert all({j.left, j.right} <= ids for j in annotated.judgements)


def test_the_declaring_word_is_no_part_of_the_name() -> None:
    assert linked("雲杉集團（又名老杉集團）開會。") == {("老杉集團", "雲杉集團")}


def test_a_second_name_in_a_bracket_may_be_declared_too() -> None:
    text = "雲河海洋基金會（Yunhe Ocean Fund，簡稱 YOF）開會。"
    assert {("Yunhe Ocean Fund", "雲河海洋基金會"), ("YOF", "雲河海洋基金會")} <= linked(text)


def test_two_names_declared_with_or() -> None:
    full = "青禾科技有限公司"
    found = linked(f"{full}（以下簡稱「青禾」或「禾公司」）開會。")
    assert {("青禾", full), ("禾公司", full)} <= found


def test_a_half_translated_name_is_the_first_alias_that_begins_so() -> None:
    text = (
        "星河基金會（Stellar Development Foundation）與月河基金會（Stellar Moon Foundation）"
        "開會，Stellar 基金會主辦。"
    )
    found = linked(text)
    assert ("Stellar 基金會", "Stellar Development Foundation") in found
    assert ("Stellar 基金會", "Stellar Moon Foundation") not in found


def test_blanks_in_a_bracket_are_passed_over_once() -> None:
    text = "雲杉集團（" + " " * 50_000 + "Yunshan Group" + " " * 50_000 + "）開會。"
    assert linked(text) == {("Yunshan Group", "雲杉集團")}
    assert linked("雲杉集團（" + " " * 100_000 + "開會。") == set()
