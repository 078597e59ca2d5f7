"""The components in pipelines that are not ours."""

from __future__ import annotations

import subprocess
import sys

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.annotator import Annotator
from kg.annotation.components import COMPONENTS, MentionFinder
from kg.model import Document, Span
from kg.ontology import KnownEntity

TEXT = "聯合國昨日表示，青禾科技有限公司推出《星潮紀元》。三星與 Quillix Foundation 合作了3次！"


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("zh")
    for name in COMPONENTS:
        pipeline.add_pipe(name)
    return pipeline


def doc_of(nlp: Language, words: str, **annotation: list[object]) -> Doc:
    """A Doc whose tokens are *words*, separated here by | signs."""
    tokens = words.split("|")
    return Doc(nlp.vocab, words=tokens, spaces=[False] * len(tokens), **annotation)  # type: ignore[arg-type]


def found(doc: Doc) -> list[tuple[Span, str]]:
    return [(mention.span, mention.cls) for mention in doc._.kg_mentions]


def test_spacy_finds_the_components_by_itself() -> None:
    code = f"""
import spacy
nlp = spacy.blank("zh")
for name in {COMPONENTS!r}:
    nlp.add_pipe(name)
print([ent.text for ent in nlp("聯合國表示，青禾科技有限公司成立。").ents])
"""
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-X", "utf8", "-c", code],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert run.stdout.strip() == "['聯合國', '青禾科技有限公司']"


def test_a_pipeline_with_our_components_finds_what_the_annotator_finds(nlp: Language) -> None:
    doc, ours = nlp(TEXT), Annotator().annotate(Document("doc:test", TEXT))
    assert doc._.kg_mentions == ours.mentions
    assert doc._.kg_sentences == ours.sentences
    assert doc._.kg_words == ours.words
    assert doc._.kg_quantities == ours.quantities


def test_names_are_spans_and_entities_of_the_doc(nlp: Language) -> None:
    doc = nlp("三星與青禾科技有限公司合作。")
    assert [(s.text, s.label_) for s in doc.spans["kg"]] == [
        ("三星", "kg:Company"),
        ("青禾科技有限公司", "kg:Company"),
    ]
    assert [(e.text, e.label_) for e in doc.ents] == [(s.text, s.label_) for s in doc.spans["kg"]]
    assert doc.ents[0].kb_id_ == "https://w3id.org/claimgraph/entity/三星"
    assert doc.ents[1].kb_id_ == ""


def test_norms_are_simplified_and_lower_case_and_the_text_is_kept(nlp: Language) -> None:
    doc = nlp("騰訊 QQ")
    assert doc.text == "騰訊 QQ"
    assert "".join(token.norm_ for token in doc).replace(" ", "") == "腾讯qq"


def test_sentences_of_the_doc(nlp: Language) -> None:
    doc = nlp("青禾來了。「走吧！」他說。")
    assert [sent.text for sent in doc.sents] == ["青禾來了。", "「走吧！」", "他說。"]


def test_the_stream_form_gives_the_same(nlp: Language) -> None:
    texts = [TEXT, "", "三星推出手機。"]
    assert [found(doc) for doc in nlp.pipe(texts)] == [found(nlp(text)) for text in texts]


def test_an_empty_text_has_nothing(nlp: Language) -> None:
    doc = nlp("")
    assert (found(doc), doc._.kg_words, doc._.kg_sentences, doc.ents) == ([], (), (), ())


@pytest.mark.parametrize("left_out", ["kg_norm", "kg_words", "kg_sentences", "kg_times"])
def test_each_component_does_without_the_others_before_it(nlp: Language, left_out: str) -> None:
    with nlp.select_pipes(disable=[left_out]):
        doc = nlp("青禾科技有限公司昨日成立。《星潮紀元》上市。")
    assert [m.surface for m in doc._.kg_mentions] == ["青禾科技有限公司", "星潮紀元"]


def test_known_names_are_found_in_traditional_text_without_norms(nlp: Language) -> None:
    with nlp.select_pipes(disable=["kg_norm"]):
        doc = nlp("騰訊與聯合國合作。")
    assert [m.surface for m in doc._.kg_mentions] == ["騰訊", "聯合國"]


# --- Tokens that are words -----------------------------------------------------------


def test_a_pipeline_of_words_finds_the_same(nlp: Language) -> None:
    words = "聯合國|昨日|表示|，|青禾科技|有限公司|推出|《|星潮|紀元|》|。|三星|推出|手機|。"
    doc = nlp(doc_of(nlp, words))
    assert found(doc) == found(nlp(words.replace("|", "")))
    assert [span.text for span in doc.spans["kg"]] == [m.surface for m in doc._.kg_mentions]


def test_a_name_inside_a_token_is_a_record_but_no_span(nlp: Language) -> None:
    doc = nlp(doc_of(nlp, "與三星推|出|手機|。|聯合國|開會|。"))
    assert [m.surface for m in doc._.kg_mentions] == ["三星", "聯合國"]
    assert [span.text for span in doc.spans["kg"]] == ["聯合國"]


def test_a_tokeniser_of_another_language(nlp: Language) -> None:
    other = spacy.blank("en")
    for name in COMPONENTS:
        other.add_pipe(name)
    assert found(other(TEXT)) == found(nlp(TEXT))


# --- What other components have found ---------------------------------------------------


def test_another_recognisers_names_compete_with_ours(nlp: Language) -> None:
    doc = nlp(doc_of(nlp, "甲乙丙|見|維摩", ents=["B-ORG", "O", "B-PERSON"]))
    assert [(m.surface, m.cls, m.extractor) for m in doc._.kg_mentions] == [
        ("甲乙丙", "kg:Organization", "spacy:ORG"),
        ("維摩", "kg:Person", "spacy:PERSON"),
    ]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("甲乙丙", "ORG"), ("維摩", "PERSON")]


def test_a_label_that_the_ontology_does_not_know_is_left_alone(nlp: Language) -> None:
    doc = nlp(doc_of(nlp, "甲乙丙|見|丁", ents=["B-XYZ", "O", "O"]))
    assert found(doc) == []


def test_a_parsed_doc_keeps_its_parse(nlp: Language) -> None:
    heads, deps = [1, 1, 1, 1, 5, 5], ["nsubj", "ROOT", "obj", "punct", "nsubj", "ROOT"]
    doc = nlp(doc_of(nlp, "三星|推出|手機|。|聯合國|開會", heads=heads, deps=deps))
    assert [m.surface for m in doc._.kg_mentions] == ["三星", "聯合國"]
    assert [token.dep_ for token in doc] == deps
    assert [sent.text for sent in doc.sents] == ["三星推出手機。", "聯合國開會"]


def test_known_names_come_from_the_entities_given(nlp: Language) -> None:
    entity = KnownEntity("urn:x", "kg:Game", {"zh-Hant": "鬼怪樂園"}, ("Spookland",), ())
    finder = MentionFinder(nlp.vocab, (entity,))
    with nlp.select_pipes(disable=["kg_mentions"]):
        doc = finder(nlp("他玩鬼怪乐园，又叫Spookland。"))
    known = [(m.surface, m.cls) for m in doc._.kg_mentions if m.known == "urn:x"]
    assert known == [("鬼怪乐园", "kg:Game"), ("Spookland", "kg:Game")]


@pytest.mark.parametrize("text", ["", " ", "聯合國  與\t\n三星", "e\u0301😀\x00\u3000"])
def test_our_own_pipeline_has_a_token_for_each_character(text: str) -> None:
    doc = Annotator().nlp.make_doc(text)
    assert [token.text for token in doc] == list(text)
    assert doc.text == text
