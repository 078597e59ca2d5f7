"""Names as the page shows and finds them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kg.render.names import search_forms, three_labels


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ({"zh-Hant": "騰龍"}, ["騰龍", "腾龙", "騰龍"]),
        ({"zh-Hans": "腾龙", "en": "Dragon"}, ["騰龍", "腾龙", "Dragon"]),
        ({"en": "Dragon"}, ["Dragon", "Dragon", "Dragon"]),
        ({}, ["ent:x", "ent:x", "ent:x"]),
    ],
)
def test_labels_in_three_languages(labels: dict[str, str], expected: list[str]) -> None:
    assert three_labels(labels, "ent:x") == expected


def test_search_forms_hold_both_scripts() -> None:
    assert {"環盟", "环盟", "oceanic union"} <= set(search_forms(["環盟", "Oceanic Union"]))


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("星河科技", "xinghekeji", "xhkj"),
        ("重慶長城廠", "chongqingchangchengchang", "cqccc"),
        ("重庆长城厂", "chongqingchangchengchang", "cqccc"),
        ("安娜·科瓦奇", "annakewaqi", "ankwq"),
        ("Lyra天琴 2", "lyratianqin2", "lyratq2"),
    ],
)
def test_chinese_names_are_found_by_pinyin(name: str, full: str, initials: str) -> None:
    assert {full, initials} <= set(search_forms([name]))


def test_other_names_have_no_pinyin() -> None:
    assert search_forms(["Lyra 2"]) == ["lyra 2"]


def test_the_dictionaries_are_loaded_only_for_a_chinese_name() -> None:
    code = (
        "import sys; import kg.render.page; from kg.render.names import search_forms;"
        "search_forms(['Lyra']); assert 'pypinyin' not in sys.modules;"
        "search_forms(['天琴']); assert 'pypinyin' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
