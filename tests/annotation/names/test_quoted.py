"""Names in marks: 《works》, 「names」 and “names”."""

from __future__ import annotations

import pytest
from annotated import classes, named, surfaces, view_of

from kg.annotation.names.quoted import find_quoted_names, find_works


def works(text: str) -> list[tuple[str, str]]:
    return [(m.surface, m.cls) for m in find_works(view_of(text))]


def quoted(text: str) -> list[tuple[str, str]]:
    return [(m.surface, m.cls) for m in find_quoted_names(view_of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("她寫了《遠山來信》。", [("遠山來信", "kg:CreativeWork")]),
        ("小說《遠山來信》出版。", [("遠山來信", "kg:CreativeWork")]),
        ("遊戲《星潮紀元》上線。", [("星潮紀元", "kg:Game")]),
        ("游戏《星潮纪元》上线。", [("星潮纪元", "kg:Game")]),
        ("《星潮紀元》手遊上線。", [("星潮紀元", "kg:Game")]),
        ("法案〈海洋保護法〉通過。", [("海洋保護法", "kg:CreativeWork")]),
        ("《A：B，C》", [("A：B，C", "kg:CreativeWork")]),
        ("《未完", []),
        ("《》", []),
        ("《一\n二》", []),
        ("《" + "長" * 61 + "》", []),
    ],
)
def test_works(text: str, expected: list[tuple[str, str]]) -> None:
    assert works(text) == expected


def test_the_noun_before_a_list_holds_for_all_of_it() -> None:
    assert works("遊戲《星潮》、《北境》和《南風》，她寫了《來信》。") == [
        ("星潮", "kg:Game"),
        ("北境", "kg:Game"),
        ("南風", "kg:Game"),
        ("來信", "kg:CreativeWork"),
    ]


def test_a_title_is_one_mention_whatever_stands_in_it() -> None:
    assert surfaces("她寫了《騰訊與聯合國》。") == ["騰訊與聯合國"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("操作系統「青鸞」發佈。", [("青鸞", "kg:Software")]),
        ("操作系统“青鸾”发布。", [("青鸾", "kg:Software")]),
        ("「青鸞」手機上市。", [("青鸞", "kg:Device")]),
        ("『青鸞』平台上線。", [("青鸞", "kg:Service")]),
        ("新軟體名為「青鸞」。", [("青鸞", "kg:Product")]),
        ("「北辰同盟」成立。", [("北辰同盟", "kg:Organization")]),
        ("「雲間行動」開始。", [("雲間行動", "kg:Event")]),
        ("他說「你好嗎」。", []),
        ("「真的」很「好」。", []),
        ("「一，二」平台", []),
    ],
)
def test_quoted_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert quoted(text) == expected


def test_what_is_quoted_keeps_its_marks_outside() -> None:
    text = "操作系統「青鸞」與《來信》。"
    assert classes(text) == {"青鸞": "kg:Software", "來信": "kg:CreativeWork"}
    assert named(text)[0][0] == "青鸞"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("晶片「青鸞聯盟」成立。", [("青鸞聯盟", "kg:Organization")]),
        ("芯片“青鸾联盟”成立。", [("青鸾联盟", "kg:Organization")]),
        ("晶片「青鸞」上市。", [("青鸞", "kg:Device")]),
    ],
)
def test_the_head_of_a_quoted_name_says_more_than_the_noun_before_it(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "青禾集團旗下的「遠山」和「北境」上線。",
            [("遠山", "kg:Product"), ("北境", "kg:Product")],
        ),
        ("青禾集团旗下“远山”、“北境”上线。", [("远山", "kg:Product"), ("北境", "kg:Product")]),
        ("青禾集團說「遠山」和「北境」。", []),
        ("軟件「遠山」很好，他說「北境」。", [("遠山", "kg:Software")]),
        ("官民基金「產業更新機構」提出方案。", [("產業更新機構", "kg:Organization")]),
    ],
)
def test_what_a_firm_owns_and_what_stands_in_a_list_with_it(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert quoted(text) == expected
