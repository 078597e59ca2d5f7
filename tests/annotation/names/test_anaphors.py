"""What stands for a name."""

from __future__ import annotations

import pytest
from annotated import view_of

from kg.annotation.names.anaphors import find_anaphors
from kg.annotation.names.choose import choose
from kg.model import ANAPHOR, BOTH_ANAPHOR, SPEAKER_ANAPHOR, TOPIC_ANAPHOR


def anaphors(text: str) -> list[tuple[str, str]]:
    found = choose(find_anaphors(view_of(text)), len(text))
    return [(mention.surface, mention.cls) for mention in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("該公司表示滿意。", [("該公司", "kg:Company")]),
        ("该公司表示满意。", [("该公司", "kg:Company")]),
        ("他加入該組織。", [("他", "kg:Person"), ("該組織", "kg:Organization")]),
        ("該國與該遊戲。", [("該國", "kg:Country"), ("該遊戲", "kg:Product")]),
        ("她說，他走了。", [("她", "kg:Person"), ("他", "kg:Person")]),
        ("集團宣布裁員。", [("集團", "kg:Company")]),
        ("去年，公司宣布裁員。", [("公司", "kg:Company")]),
        ("昨晚,公司董事長辭職。", [("公司", "kg:Company")]),
        ("公司股東表示滿意。", [("公司", "kg:Company")]),
        ("公司現有員工三千人。", [("公司", "kg:Company")]),
        ("公司股價下跌。", [("公司", "kg:Company")]),
        ("這家公司裁員。", [("這家公司", "kg:Company")]),
        ("其產品很好。", [("其", "kg:Agent")]),
        ("我們很好。", [("我們", "kg:Organization")]),
        ("雙方會面，兩國同意。", [("雙方", "kg:Agent"), ("兩國", "kg:Country")]),
        ("两家公司合作，后者退出。", [("两家公司", "kg:Company"), ("后者", "kg:Agent")]),
    ],
)
def test_anaphors(text: str, expected: list[tuple[str, str]]) -> None:
    assert anaphors(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "公司大樓停電。",
        "加入公司很久。",
        "集團的大樓停電。",
        "他們來了。",
        "其他產品，尤其重要，其中一人。",
        "應該很好。",
        "",
    ],
)
def test_what_stands_for_nothing(text: str) -> None:
    assert anaphors(text) == []


def test_the_kinds_are_told_apart() -> None:
    text = "該公司很好，其產品也很好，我們與雙方"
    rules = {m.surface: m.extractor for m in find_anaphors(view_of(text))}
    kinds = {"該公司": ANAPHOR, "其": TOPIC_ANAPHOR, "我們": SPEAKER_ANAPHOR, "雙方": BOTH_ANAPHOR}
    assert rules == kinds
