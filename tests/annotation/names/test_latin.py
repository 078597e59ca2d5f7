"""Names in Latin letters inside Chinese text."""

from __future__ import annotations

import pytest
from annotated import classes, named, surfaces


@pytest.mark.parametrize(
    ("name", "cls"),
    [
        ("Quillix Foundation", "kg:NonprofitOrganization"),
        ("Quillix University", "kg:EducationalOrganization"),
        ("Quillix Times", "kg:MediaOrganization"),
        ("Quillix Technologies", "kg:Company"),
        ("Quillix Summit", "kg:Event"),
        ("Quillix Pay", "kg:Service"),
        ("QuillixOS", "kg:Product"),
        ("Velmora", "kg:Product"),
        ("Velmora 2.0", "kg:Product"),
        ("Vélmora", "kg:Product"),
        ("Society of Velmora Foundation", "kg:NonprofitOrganization"),
    ],
)
@pytest.mark.parametrize("sentence", ["他提到{}。", "他提到 {} ，很好。", "{}很好。"])
def test_a_names_last_word_tells_its_class(name: str, cls: str, sentence: str) -> None:
    assert (name, cls) in named(sentence.format(name))


@pytest.mark.parametrize(
    ("text", "cls"),
    [
        ("電商公司 Velmora 成立。", "kg:Company"),
        ("电商公司Velmora成立。", "kg:Company"),
        ("社交平台 Velmora 上線。", "kg:Service"),
        ("Velmora 平台上線。", "kg:Service"),
        ("Velmora 手機上市。", "kg:Device"),
        ("遊戲 Velmora 上市。", "kg:Game"),
    ],
)
def test_the_noun_beside_a_name_tells_its_class(text: str, cls: str) -> None:
    assert classes(text)["Velmora"] == cls


def test_an_unknown_chinese_word_grown_together_with_letters_belongs_to_the_name() -> None:
    assert named("鴻鵠OS 2.0 發佈了。") == [("鴻鵠OS 2.0", "kg:Software")]


@pytest.mark.parametrize(
    "text",
    [
        "CEO 和 CFO 使用 AI。",
        "GDP、CPI 與 PPI 都上升。",
        "U盤和K歌。",
        "請看 https://www.velmora.com/News/Today 。",
        "電郵 info@velmora.com 。",
        "網站 velmora.com/About 。",
        "the and of",
        "a b c",
        "12 34",
        "編號 AB-12345",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert surfaces(text) == []


def test_an_english_sentence_is_no_name() -> None:
    quote = "We are very happy to see that Velmora Pay is growing so fast today"
    assert surfaces(f"他說「{quote}」。") == []


def test_a_count_after_a_name_is_no_version() -> None:
    assert surfaces("Velmora 200個用戶") == ["Velmora"]
    assert surfaces("Velmora 2020年成立") == ["Velmora"]


@pytest.mark.parametrize("text", ["Mary Quill表示滿意。", "總裁Mary Quill出席。"])
def test_an_english_name_beside_an_office_or_a_word_of_saying_is_a_person(text: str) -> None:
    assert named(text) == [("Mary Quill", "kg:Person")]


@pytest.mark.parametrize("text", ["總裁 Mary Quill 出席。", "Mary Quill 表示滿意。"])
def test_a_space_beside_a_persons_name_changes_nothing(text: str) -> None:
    assert named(text) == [("Mary Quill", "kg:Person")]


@pytest.mark.parametrize(
    "text",
    [
        "他在Quillix看velmora.com。",
        "網址https://velmora.com，Quillix發佈。",
        "青禾推出Quillix，電郵info@velmora.com。",
    ],
)
def test_an_address_hides_no_name_beside_it(text: str) -> None:
    assert surfaces(text) == ["Quillix"]


@pytest.mark.parametrize(("length", "found"), [(100, True), (130, False)])
def test_a_word_without_end_is_no_name(length: int, found: bool) -> None:
    assert surfaces(f"他提到{'V' + 'e' * (length - 1)}。") == ["V" + "e" * (length - 1)] * found
