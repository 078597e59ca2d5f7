"""``kg.annotate`` and ``kg.label_map``: only the names, in our classes or another scheme's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from fake_recogniser import NAMES, fake_recogniser
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

import kg
from kg.annotation import annotator, components
from kg.annotation.names import RECOGNISER
from kg.errors import InputError
from kg.lexicon import ENTITY
from kg.model import Document, Mention, Span
from kg.ontology import load_ontology
from kg.script import simplify

CLUENER = {
    "address", "book", "company", "game", "government", "movie", "name", "organization",
    "position", "scene",
}  # fmt: skip
CLASSES = list(load_ontology().classes)
PIECES = [
    *NAMES["news"], "瀾汐", "技術總監", "鯨落物語", "騰訊", "聯合國", "《星潮紀元》", "青禾科技有限公司", "總裁", "張偉",
    "表示，", "該公司", "與", "旗下", "推出", "。", "\n", "，", " ", "😀", "𠮷", "\u200b", "A", "e\u0301", "責任編輯：",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@pytest.fixture(autouse=True, scope="module")
def _without_weights() -> Iterator[None]:
    """The names of :mod:`fake_recogniser` in place of what the trained weights would find."""
    fake = fake_recogniser()
    with pytest.MonkeyPatch.context() as patch:
        for module in (annotator, components):
            patch.setattr(module, "load_recogniser", lambda: fake)
        yield


def named(mentions: Sequence[Mention]) -> list[tuple[str, str]]:
    return [(mention.surface, mention.cls) for mention in mentions]


def assert_laws(text: str, mentions: tuple[Mention, ...]) -> None:
    ends = 0
    for mention in mentions:
        assert mention.surface == mention.span.of(text) != ""
        assert mention.span.start >= ends  # in text order, and never one over another
        ends = mention.span.end
        assert 0 <= mention.score <= 1
        assert not mention.is_anaphor
    ids = {mention.id for mention in mentions}
    assert len(ids) == len(mentions)


# --- In the ontology's classes ------------------------------------------------------------------


def test_names_of_all_sources_are_found_together() -> None:
    text = "瀾汐與騰訊推出《星潮紀元》。"
    assert named(kg.annotate(text)) == [
        ("瀾汐", "kg:Company"),  # by the recogniser alone
        ("騰訊", "kg:Company"),  # in the list of known entities
        ("星潮紀元", "kg:CreativeWork"),  # by its shape
    ]


def test_a_name_of_the_recogniser_says_so() -> None:
    [mention] = kg.annotate("木木瀾汐木木")
    assert mention == Mention(
        "2-4", Span(2, 4), "瀾汐", "kg:Company", mention.score, RECOGNISER, None
    )
    assert 0.99 < mention.score <= 1


def test_without_the_recogniser_the_invented_name_would_not_be_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nothing = fake_recogniser({"news": {"沄沄沄": "kg:Company"}})
    monkeypatch.setattr(components, "load_recogniser", lambda: nothing)
    assert kg.annotate("木木瀾汐木木") == ()


def test_positions_are_among_the_names() -> None:
    mentions = kg.annotate("瀾汐的技術總監是葛又晴。")
    assert named(mentions) == [
        ("瀾汐", "kg:Company"),
        ("技術總監", "kg:Position"),
        ("葛又晴", "kg:Person"),
    ]
    assert mentions[1].extractor == RECOGNISER
    assert not load_ontology().is_a("kg:Position", ENTITY)


def test_a_position_inside_a_name_is_none_of_its_own() -> None:
    assert named(kg.annotate("他讀了《技術總監》。")) == [("技術總監", "kg:CreativeWork")]


def test_a_position_around_a_name_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = fake_recogniser({"news": {"腾讯顾问": "kg:Position", "沄": "kg:Company"}})
    monkeypatch.setattr(components, "load_recogniser", lambda: fake)
    assert named(kg.annotate("他是騰訊顧問。")) == [("騰訊", "kg:Company")]


def test_a_name_that_was_turned_down_does_not_come_back_as_a_position() -> None:
    """Who edited the page is no part of the news, though the recogniser reads the name."""
    assert kg.annotate("責任編輯：葛又晴") == ()


def test_anaphors_are_no_names() -> None:
    text = "青禾科技有限公司成立，該公司很大。"
    assert [mention.surface for mention in kg.annotate(text)] == ["青禾科技有限公司"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "😀", "木", "👩‍👩‍👧‍👦🇹🇼", "\x00", "。"])
@pytest.mark.parametrize("labels", ["", "cluener"])
def test_texts_without_a_name(text: str, labels: str) -> None:
    assert kg.annotate(text, labels=labels) == ()


def test_the_document_that_is_read_has_the_text_and_the_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read, documents = annotator.Annotator.read, list[Document]()

    def spy(self: annotator.Annotator, document: Document) -> Doc:
        documents.append(document)
        return read(self, document)

    monkeypatch.setattr(annotator.Annotator, "read", spy)
    kg.annotate("瀾汐昨日成立。", published="2021-05-03")
    kg.annotate("瀾汐昨日成立。")
    assert [(d.text, d.published) for d in documents] == [
        ("瀾汐昨日成立。", "2021-05-03"),
        ("瀾汐昨日成立。", None),
    ]


@settings(max_examples=60)
@given(TEXTS)
def test_the_laws_hold_for_any_text(text: str) -> None:
    mentions = kg.annotate(text)
    assert_laws(text, mentions)
    assert {mention.cls for mention in mentions} <= set(CLASSES)
    assert kg.annotate(text) == mentions


@settings(max_examples=60)
@given(TEXTS)
def test_both_scripts_give_the_same(text: str) -> None:
    one, other = kg.annotate(text), kg.annotate(simplify(text))
    assert [(m.span, m.cls) for m in one] == [(m.span, m.cls) for m in other]


def test_a_model_that_is_not_installed_is_an_input_error() -> None:
    with pytest.raises(InputError, match="zh_no_such_model"):
        kg.annotate("瀾汐", model="zh_no_such_model")


# --- In another scheme --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ("cluener", [("葛又晴", "name"), ("瀾汐", "company"), ("技術總監", "position")]),
        ("uner", [("葛又晴", "PER"), ("瀾汐", "ORG")]),
    ],
)
def test_labels_of_another_scheme(labels: str, found: list[tuple[str, str]]) -> None:
    mentions = kg.annotate("葛又晴任瀾汐技術總監，見騰訊。", labels=labels)
    assert named(mentions) == found
    assert {mention.extractor for mention in mentions} == {RECOGNISER}


@given(TEXTS, st.sampled_from(["cluener", "uner"]))
def test_the_laws_hold_in_another_scheme(text: str, labels: str) -> None:
    mentions = kg.annotate(text, labels=labels)
    assert_laws(text, mentions)
    assert {mention.cls for mention in mentions} <= set(NAMES[labels].values())
    other = kg.annotate(simplify(text), labels=labels)
    assert [(m.span, m.cls) for m in other] == [(m.span, m.cls) for m in mentions]


@pytest.mark.parametrize("labels", ["ontonotes", "CLUENER", " cluener", "conll"])
@pytest.mark.parametrize("text", ["瀾汐", ""])
def test_labels_that_are_not_there_are_an_input_error(labels: str, text: str) -> None:
    with pytest.raises(InputError, match=r"choose one of news, cluener, uner$") as error:
        kg.annotate(text, labels=labels)
    assert repr(labels) in str(error.value)


# --- Label maps ---------------------------------------------------------------------------------


def test_every_label_of_cluener_but_movie_is_reached() -> None:
    """A film is a creative work, as a book is: one class cannot have two labels."""
    assert set(kg.label_map("cluener").values()) == CLUENER - {"movie"}


def test_the_labels_of_conll_are_three() -> None:
    assert set(kg.label_map("conll").values()) == {"PER", "LOC", "ORG"}


@pytest.mark.parametrize("scheme", ["cluener", "conll"])
def test_a_map_is_of_classes_that_there_are(scheme: str) -> None:
    assert set(kg.label_map(scheme)) <= set(CLASSES)


def below(ancestor: str) -> list[str]:
    return [cls for cls in CLASSES if load_ontology().is_a(cls, ancestor)]


@pytest.mark.parametrize(
    ("ancestor", "label"),
    [("kg:Organization", "ORG"), ("kg:Person", "PER"), ("kg:Place", "LOC")],
)
def test_classes_below_have_the_label_of_conll_too(ancestor: str, label: str) -> None:
    labels = kg.label_map("conll")
    assert len(below("kg:Organization")) > 5
    assert {cls: labels.get(cls) for cls in below(ancestor)} == dict.fromkeys(
        below(ancestor), label
    )


@pytest.mark.parametrize(
    ("cls", "label"),
    [
        ("kg:Person", "name"),
        ("kg:Company", "company"),
        ("kg:GovernmentOrganization", "government"),
        ("kg:Organization", "organization"),
        ("kg:IntergovernmentalOrganization", "organization"),
        ("kg:EducationalOrganization", "organization"),
        ("kg:MediaOrganization", "organization"),
        ("kg:Game", "game"),
        ("kg:CreativeWork", "book"),
        ("kg:Place", "scene"),
        ("kg:Country", "address"),
        ("kg:City", "address"),
        ("kg:Region", "address"),
        ("kg:Position", "position"),
    ],
)
def test_the_nearest_class_above_gives_the_label_of_cluener(cls: str, label: str) -> None:
    assert kg.label_map("cluener")[cls] == label


@pytest.mark.parametrize("scheme", ["cluener", "conll"])
@pytest.mark.parametrize("cls", ["kg:Entity", "kg:Agent", "kg:Event", "kg:Award", "kg:Device"])
def test_a_class_without_a_label_is_left_out(scheme: str, cls: str) -> None:
    assert cls in CLASSES
    assert cls not in kg.label_map(scheme)


def test_a_map_can_be_changed_without_harm() -> None:
    kg.label_map("conll").clear()
    assert kg.label_map("conll")


@pytest.mark.parametrize("scheme", ["", "ontonotes", "CONLL", "movie", "cluener:name"])
def test_a_map_that_is_not_there_is_an_input_error(scheme: str) -> None:
    with pytest.raises(InputError, match="choose cluener or conll") as error:
        kg.label_map(scheme)
    assert repr(scheme) in str(error.value)


def test_titles_of_persons_are_kept_as_offices() -> None:
    text = "瀾汐的技術總監表示。"
    found = annotator.Annotator().annotate(Document("", text))
    assert [span.of(text) for span in found.offices] == ["技術總監"]
    assert "技術總監" not in [mention.surface for mention in found.mentions]
