"""Occasions that are named by what is said after 舉行 or 出席."""

from __future__ import annotations

import pytest
from annotated import view_of

from kg.annotation.names.occasions import find_occasions
from kg.model import Mention
from kg.script import simplify


def occasions(text: str, *names: Mention) -> list[tuple[str, str]]:
    return [(simplify(m.surface), m.cls) for m in find_occasions(view_of(text), names)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("公會今日舉行50周年紀念酒會，招待會員。", "50周年纪念酒会"),
        ("公会今日举行50周年纪念酒会，招待会员。", "50周年纪念酒会"),
        ("他出席2031年漁業發展論壇。", "2031年渔业发展论坛"),
        ("校方將舉辦新生入學典禮暨獎學金頒授典禮。", "新生入学典礼暨奖学金颁授典礼"),
        ("協會舉行一場2031年漁業發展論壇。", "2031年渔业发展论坛"),
        ("他出席2031年漁業發展論壇時表示歡迎。", "2031年渔业发展论坛"),
        ("他出席2031年漁業發展論壇期間會見同業。", "2031年渔业发展论坛"),
        ("她參加了漁業發展論壇頒獎典禮。", "渔业发展论坛颁奖典礼"),
    ],
)
def test_the_words_after_the_verb_name_the_occasion(text: str, name: str) -> None:
    assert occasions(text) == [(name, "kg:Event")]


@pytest.mark.parametrize(
    "text",
    [
        "公會今日舉行記者會。",  # which one, it does not say
        "公會今日舉行新聞發布會。",
        "公會召開會議。",
        "他出席並發表2031年漁業發展報告。",  # no occasion
        "他談到2031年漁業發展論壇。",  # no such verb
        "他出席。2031年漁業發展論壇昨日閉幕。",
    ],
)
def test_what_tells_no_occasion_apart_is_no_name(text: str) -> None:
    assert occasions(text) == []


def test_who_holds_it_is_a_name_of_its_own() -> None:
    text = "他出席石橋商會50周年紀念酒會。"
    start = text.index("石橋")
    holder = view_of(text).mention(start, start + 4, "kg:Organization", 0.9, "given")
    assert occasions(text, holder) == [("50周年纪念酒会", "kg:Event")]


def test_the_second_of_two_such_verbs_is_no_part_of_the_name() -> None:
    assert occasions("他主持召開2031年漁業發展會議。") == [("2031年渔业发展会议", "kg:Event")]
