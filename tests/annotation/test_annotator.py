"""The laws of annotation, for any text; both scripts as equals."""

from __future__ import annotations

from pathlib import Path

import pytest
from annotated import annotate, annotator, surfaces
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotation.annotator import Annotator
from kg.errors import InputError
from kg.model import AnnotatedDocument, Document
from kg.ontology import load_ontology
from kg.script import simplify, traditionalise

PIECES = [
    "青禾科技有限公司", "（以下簡稱「青禾」）", "雲杉集團", "騰訊會議", "騰訊", "三星堆", "三星", "《星潮紀元》",
    "雷納德·科斯", "總裁", "張偉", "章偉", "表示，", "與", "合作。", "該公司", "其", "旗下", "Velmora ", "Quillix Pay",
    "（Yunshan Group）", "2020年3月", "3.5億元", "\n", "。", "、", "「", "」", "(", ")", "😀", "𠮷", "\u200b", "\u202e", "\x00",
    "\U000e0100", "e\u0301", "İ", "ß", "·", "A", "·B", "https://a.b/c", "a@b.cn", "記者", "責任編輯：",
]  # fmt: skip
TEXTS = st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=("Cs",)), max_size=4),
    max_size=12,
).map("".join)


def assert_laws(annotated: AnnotatedDocument, text: str) -> None:
    assert annotated.document.text == text
    assert annotated.simplified == simplify(text)
    ids = [mention.id for mention in annotated.mentions]
    assert len(set(ids)) == len(ids)
    ends = 0
    for mention in annotated.mentions:
        assert mention.surface == mention.span.of(text) != ""
        assert mention.span.start >= ends  # in order, and never one over another
        ends = mention.span.end
        assert mention.cls in load_ontology().classes
        assert 0 <= mention.score <= 1
    for judgement in annotated.judgements:
        assert {judgement.left, judgement.right} <= set(ids)
        assert judgement.left != judgement.right
        assert judgement.reasons
    assert "".join(span.of(text) for span, _ in annotated.words) == text
    assert all(0 <= s.start < s.end <= len(text) for s in annotated.sentences)
    assert all(one.surface == one.span.of(text) for one in annotated.times)
    assert all(one.quantity.raw for one in annotated.quantities)


@settings(max_examples=150)
@given(TEXTS)
def test_the_laws_hold_for_any_text(text: str) -> None:
    assert_laws(annotate(text), text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "\x00\x01\x02",
        "😀👩‍👩‍👧‍👦🇹🇼",
        "𠮷野家與𨋢公司",
        "葛\U000e0100城集團",
        "\u202e司公訊騰",
        "<script>alert(1)</script>騰訊",
        "__proto__ constructor 騰訊",
        "（" * 300,
        "《" * 300 + "》" * 300,
        "「" * 300,
        "·" * 300,
        "旗下" * 300,
    ],
)
def test_odd_texts(text: str) -> None:
    assert_laws(annotate(text), text)


def test_annotation_is_pure() -> None:
    text = "青禾科技有限公司（以下簡稱「青禾」）表示，青禾將與雲杉集團合作。"
    annotator, document = Annotator(), Document("doc:test", text)
    first = annotator.annotate(document)
    annotator.annotate(Document("doc:other", "雲杉集團（以下簡稱「青禾」）"))
    assert annotator.annotate(document) == first
    assert Annotator().annotate(document) == first


def test_times_are_resolved_against_the_day_of_publication() -> None:
    known = annotate("青禾昨日開會。", published="2021-05-03").times
    assert [(one.surface, one.time and one.time.start) for one in known] == [("昨日", "2021-05-02")]
    assert [one.time for one in annotate("青禾昨日開會。").times] == [None]
    assert annotate("青禾昨日開會。", published="2021-05-03").times == known


# --- Both scripts ------------------------------------------------------------------------

SENTENCES = [
    "青禾科技有限公司（以下簡稱「青禾科技」）昨日發佈新產品，青禾科技表示滿意。",
    "雲杉集團旗下的青鸞影業拍攝了《遠山來信》，遊戲《星潮紀元》也上線了。",
    "董事長張偉宣布，總經理章偉已經離職。",
    "聯合國與騰訊會議、微軟雲都在名單中，三星堆不在。",
    "雷納德·科斯表示，星海銀行收購了南嶺證券。",
    "操作系統「青鸞」與鴻鵠OS 2.0 發佈，電商公司 Velmora 使用它們。",
    "第三屆雲河論壇在上海開幕，青禾大學、北辰研究院和雲河海洋基金會參加。",
    "該公司與其產品都很受歡迎。他前往溫哥華。",
    "責任編輯：林小雨　版權所有",
]


def places(annotated: AnnotatedDocument) -> list[tuple[object, ...]]:
    return [(m.span, m.cls, m.extractor, m.known) for m in annotated.mentions]


def assert_equal_in_both_scripts(text: str) -> None:
    simplified = simplify(text)
    one, other = annotate(text), annotate(simplified)
    assert places(one) == places(other)
    assert one.judgements == other.judgements or [(j.left, j.right) for j in one.judgements] == [
        (j.left, j.right) for j in other.judgements
    ]
    assert [s.span for s in one.times] == [s.span for s in other.times]
    assert [q.span for q in one.quantities] == [q.span for q in other.quantities]
    assert one.sentences == other.sentences


@pytest.mark.parametrize("text", SENTENCES)
def test_both_scripts_give_the_same(text: str) -> None:
    assert_equal_in_both_scripts(text)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(SENTENCES + PIECES), min_size=1, max_size=8).map("".join))
def test_both_scripts_give_the_same_in_any_order(text: str) -> None:
    assert_equal_in_both_scripts(text)


def test_a_simplified_text_keeps_its_own_characters() -> None:
    text = simplify(SENTENCES[0])
    assert surfaces(text)[:2] == ["青禾科技有限公司", "青禾科技"]
    assert surfaces("云杉集团旗下的青鸾影业成立。") == ["云杉集团", "青鸾影业"]
    assert traditionalise("云杉集团") == surfaces("雲杉集團旗下的青鸞影業成立。")[0]


# --- Time -----------------------------------------------------------------------------------

LONG = [
    "字",
    "青禾很好而且",
    "騰",
    "該",
    "（",
    "《",
    "「",
    "·",
    "阿·",
    "公司",
    "A ",
    "1",
    "旗下",
    "-",
    " ",
]
LATIN = ["a", "A-", "a."]


@pytest.mark.parametrize("unit", [*LONG, *LATIN, "a@"])
def test_an_endless_line_is_read_to_its_end(unit: str) -> None:
    """A pattern that backtracks would not come back from these."""
    text = unit * (20_000 // len(unit))
    assert_laws(annotate(text), text)


# --- Pipelines -------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["zh_core_web_huge_no_such", "no/such/folder", "../x"])
def test_a_model_that_does_not_exist_is_an_input_error(model: str) -> None:
    with pytest.raises(InputError) as error:
        Annotator(model)
    assert repr(model) in str(error.value)
    assert "\n" not in str(error.value)


def test_a_folder_that_is_no_pipeline_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no spaCy pipeline"):
        Annotator(str(tmp_path))


def test_a_pipeline_saved_to_a_folder_can_be_chosen(tmp_path: Path) -> None:
    import spacy

    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "甲乙丙"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "pipeline")
    chosen = Annotator(str(tmp_path / "pipeline"))
    mentions = chosen.annotate(Document("doc:test", "甲乙丙與騰訊合作。")).mentions
    assert [(m.surface, m.cls) for m in mentions] == [
        ("甲乙丙", "kg:Organization"),
        ("騰訊", "kg:Company"),
    ]


def test_a_text_longer_than_spacys_own_limit_is_taken() -> None:
    assert annotator().nlp.max_length >= 10_000_000
