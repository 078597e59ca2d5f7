"""Persons in no list: beside an office or a word of saying, or with an interpunct."""

from __future__ import annotations

import pytest
from annotated import annotate, classes, named, surfaces, tagged_view, view_of

from kg.annotation.names.persons import (
    find_named_persons,
    find_titled_transliterations,
    find_transliterated,
)
from kg.lexicon import load_lexicon

SPEECH = load_lexicon().speech


def persons(tagged: str) -> list[str]:
    return [m.surface for m in find_named_persons(tagged_view(tagged), SPEECH)]


def with_dot(tagged: str) -> list[tuple[str, str]]:
    return [(m.surface, m.cls) for m in find_transliterated(tagged_view(tagged))]


def test_two_names_that_sound_alike_are_two_mentions_and_never_one() -> None:
    annotated = annotate("董事長張偉宣布，總經理章偉已經離職。")
    assert [m.surface for m in annotated.mentions] == ["張偉", "章偉"]
    assert {m.cls for m in annotated.mentions} == {"kg:Person"}
    assert annotated.judgements == ()


@pytest.mark.parametrize(
    "text",
    [
        "董事長陳大為宣布退休。",
        "陳大為教授出席了。",
        "主席陳大為出席了。",
        "陳大為先生出席了。",
        "陳大為表示，問題很多。",
        "陈大为指出，问题很多。",
        "北辰大學校長陳大為說，很好。",
    ],
)
def test_an_office_or_a_word_of_saying_supports_a_name(text: str) -> None:
    assert {"陳大為", "陈大为"} & {name for name, cls in named(text) if cls == "kg:Person"}


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("主席/n 李念祖/nr 出席/v", ["李念祖"]),
        ("李念祖/nr 外長/n 出席/v", ["李念祖"]),
        ("李念祖/nr 表示/v", ["李念祖"]),
        ("主席/n 李/nr 念祖/nz 出席/v", ["李念祖"]),
        ("吃/v 李念祖/n 了/ul", []),  # no sign of a person but the surname
        ("主席/n 青念祖/nr 出席/v", []),  # 青 is no surname
        ("主席/n 他/r 出席/v", []),
    ],
)
def test_what_supports_a_name(tagged: str, expected: list[str]) -> None:
    assert persons(tagged) == expected


@pytest.mark.parametrize("name", ["司馬青雲", "諸葛明遠", "歐陽雪"])
def test_surnames_of_two_characters(name: str) -> None:
    assert f"{name}" in surfaces(f"{name}教授說，很好。")


@pytest.mark.parametrize(
    "text",
    [
        "記者林小雨報導",
        "（記者林小雨／台北報導）昨日下雨。",
        "文：林小雨　圖：陳大為",
        "編輯：林小雨",
        "责任编辑：林小雨",
    ],
)
def test_who_only_signs_the_article_is_left_out(text: str) -> None:
    assert "kg:Person" not in classes(text).values()


def test_a_reporter_who_says_something_is_somebody() -> None:
    assert named("記者林小雨說，現場很亂。") == [("林小雨", "kg:Person")]


@pytest.mark.parametrize(
    "name",
    [
        "雷納德·科斯",
        "克莉絲•沃特曼",
        "列昂‧巴赫",
        "詹姆斯・沃勒",
        "雷纳德·科斯",
        "列昂·施密特·沃特曼",
    ],
)
@pytest.mark.parametrize("sentence", ["{}說，很好。", "總裁{}表示滿意。", "他見到{}。"])
def test_names_with_an_interpunct(name: str, sentence: str) -> None:
    assert (name, "kg:Person") in named(sentence.format(name))


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("見/v 列昂/nr ·/x 巴赫/nr 。/x", [("列昂·巴赫", "kg:Person")]),
        ("總統/n 列昂/nr ·/x 巴赫/nr 說/v", [("列昂·巴赫", "kg:Person")]),
        ("列昂/nr ·/x 巴赫/nr 研究院/n", [("列昂·巴赫研究院", "kg:Organization")]),
        ("·/x 巴赫/nr", []),
        ("列昂/nr ·/x", []),
        ("·/x ·/x ·/x", []),
        ("甲/n ·/x 乙/n", []),
    ],
)
def test_what_stands_around_an_interpunct(tagged: str, expected: list[tuple[str, str]]) -> None:
    assert with_dot(tagged) == expected


def test_several_names_with_interpuncts_are_several_persons() -> None:
    assert surfaces("列昂·巴赫、漢娜·施密特和克莉絲·沃特曼來了。") == [
        "列昂·巴赫",
        "漢娜·施密特",
        "克莉絲·沃特曼",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("瑪格麗特·霍恩出席論壇。", "瑪格麗特·霍恩"),
        ("雷納德·科斯訪問明川大學。", "雷納德·科斯"),
    ],
)
def test_a_verb_ends_a_name_with_an_interpunct(text: str, expected: str) -> None:
    assert (expected, "kg:Person") in named(text)


def test_a_verb_that_begins_with_such_a_character_is_no_part_of_the_name() -> None:
    assert ("雷納德·科斯", "kg:Person") in named("雷納德·科斯加入星海銀行。")


@pytest.mark.parametrize("name", ["雷納德·柯斯汀", "瑪麗婭·科斯", "約翰·狄更", "列昂·崔維斯"])
def test_common_characters_of_foreign_names(name: str) -> None:
    assert surfaces(f"{name}說，很好。") == [name]


def test_a_foreign_name_right_after_an_office() -> None:
    view = tagged_view("首相/n 柯斯特曼/nr 下台/v")
    assert [m.surface for m in find_titled_transliterations(view)] == ["柯斯特曼"]
    view = tagged_view("首相/n 柯/nr 下台/v")
    assert list(find_titled_transliterations(view)) == []


def test_a_row_of_interpuncts_is_no_name() -> None:
    assert surfaces("約翰·" * 12 + "約翰說。") == ["約翰·" * 12 + "約翰"]
    assert surfaces("約翰·" * 40 + "約翰說。") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("出版商布蘭德·自然宣布裁員。", [("布蘭德·自然", "kg:Company")]),
        ("銀行范登·克萊恩宣布裁員。", [("范登·克萊恩", "kg:Company")]),
        ("作家范登·克萊恩到場。", [("范登·克萊恩", "kg:Person")]),
        ("出版商布蘭德·", []),
        ("出版商布蘭德·，好。", []),
    ],
)
def test_after_the_noun_for_a_body_it_is_a_bodys(
    text: str, expected: list[tuple[str, str]]
) -> None:
    found = find_transliterated(view_of(text))
    assert [(m.surface, m.cls) for m in found] == expected
