"""Mentions to entities: within a document, over documents, and by judgements."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from reading import document, extraction, in_both_scripts, plain

from kg.iri import entity_iri
from kg.model import AnnotatedDocument, Document, Entity, Extraction, Judgement, Mention, Span
from kg.ontology import load_known_entities, load_ontology
from kg.resolve import Resolution, Resolver, told_apart
from kg.resolve.resolve import canonical_name
from kg.script import simplify

Script = Callable[[str], str]
TENCENT = "http://www.wikidata.org/entity/Q860580"


def resolver() -> Resolver:
    return Resolver(load_ontology(), load_known_entities())


def resolved(text: str) -> Resolution:
    return resolver().resolve(extraction(text))


def entity_of(resolution: Resolution, name: str) -> Entity:
    """The one entity that has this name."""
    (found,) = [
        e
        for e in resolution.entities.values()
        if name in (*e.labels.values(), *e.aliases, *(m.surface for m in e.mentions))
    ]
    return found


def made(
    text: str, mentions: Sequence[tuple[str, str, float]], *same: tuple[int, int]
) -> Extraction:
    """An extraction by hand: (surface, class, score) in text order, and who is whom."""
    found, at = [], 0
    for surface, cls, score in mentions:
        at = text.index(surface, at)
        span = Span(at, at + len(surface))
        found.append(Mention(f"m{len(found)}", span, surface, cls, score, "given"))
        at = span.end
    judgements = tuple(
        Judgement(f"m{a}", f"m{b}", "same", 0.9, ("said so",), "test") for a, b in same
    )
    doc = document(text)
    annotated = AnnotatedDocument(
        doc, simplify(text), (Span(0, len(text)),), mentions=tuple(found), judgements=judgements
    )
    return Extraction(doc, tuple(found), annotated=annotated)


@in_both_scripts
def test_equal_names_are_one_entity(script: Script) -> None:
    resolution = resolved(script("晨星科技集團很大。晨星科技集團很好。"))
    (entity,) = resolution.entities.values()
    assert entity.iri == entity_iri(script("晨星科技集團"))
    assert [m.span.start for m in entity.mentions] == [0, 9]


def test_different_names_stay_different() -> None:
    resolution = resolved("晨星科技集團很大，藍峰電子很小。")
    assert len(resolution.entities) == 2


@pytest.mark.parametrize("name", ["騰訊", "腾讯", "Tencent"])
def test_a_known_entity_by_its_name_in_three_languages(name: str) -> None:
    (entity,) = resolved(f"{name}很大。").entities.values()
    assert entity.labels == {"zh-Hant": "騰訊", "zh-Hans": "腾讯", "en": "Tencent"}
    assert entity.same_as == (TENCENT,)
    assert entity.cls == "kg:Company"


@in_both_scripts
def test_an_unknown_entity_has_the_documents_script_and_simplified(script: Script) -> None:
    (entity,) = resolved(script("藍峰電子很大。")).entities.values()
    assert entity.labels["zh-Hans"] == "蓝峰电子"
    assert entity.labels.get("zh-Hant") == ("藍峰電子" if script is str else None)
    assert entity.label == script("藍峰電子")


def test_a_latin_name_is_an_english_label() -> None:
    (entity,) = resolved("NovaOS很好。").entities.values()
    assert entity.labels == {"en": "NovaOS"}


def test_a_declared_alias_is_a_name_of_the_same_entity() -> None:
    pipeline = plain()
    text = "青禾銀行（Qinghe Bank）投資海岳大學。Qinghe Bank很大。"
    resolution = resolver().resolve(pipeline.process(document(text)))
    entity = entity_of(resolution, "Qinghe Bank")
    assert entity.labels == {"zh-Hant": "青禾銀行", "zh-Hans": "青禾银行", "en": "Qinghe Bank"}
    assert [m.surface for m in entity.mentions] == ["青禾銀行", "Qinghe Bank", "Qinghe Bank"]


def test_a_judgement_joins_and_withdrawing_it_splits() -> None:
    names = [("甲公司", "kg:Company", 0.9), ("乙公司", "kg:Company", 0.9)]
    joined = resolver().resolve(made("甲公司和乙公司", names, (0, 1)))
    apart = resolver().resolve(made("甲公司和乙公司", names))
    assert (len(joined.entities), len(apart.entities)) == (1, 2)


def test_only_same_joins() -> None:
    extraction_ = made(
        "甲公司和乙公司", [("甲公司", "kg:Company", 0.9), ("乙公司", "kg:Company", 0.9)]
    )
    assert extraction_.annotated is not None
    for verdict in ("different", "unsure"):
        judgement = Judgement("m0", "m1", verdict, 0.9, ("no",), "test")  # type: ignore[arg-type]
        annotated = AnnotatedDocument(
            extraction_.document,
            "甲公司和乙公司",
            mentions=extraction_.mentions,
            judgements=(judgement,),
        )
        changed = Extraction(extraction_.document, extraction_.mentions, annotated=annotated)
        assert len(resolver().resolve(changed).entities) == 2


@pytest.mark.parametrize(
    ("votes", "cls"),
    [
        ([("kg:Organization", 0.9), ("kg:Company", 0.7)], "kg:Company"),
        ([("kg:Person", 0.9), ("kg:Company", 0.5)], "kg:Person"),
        ([("kg:Person", 0.5), ("kg:Company", 0.3), ("kg:Company", 0.3)], "kg:Company"),
    ],
)
def test_the_class_is_the_most_supported_and_the_most_specific(
    votes: list[tuple[str, float]], cls: str
) -> None:
    names = [("海岳", proposed, score) for proposed, score in votes]
    (entity,) = resolver().resolve(made("海岳海岳海岳", names)).entities.values()
    assert entity.cls == cls


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([("海岳", "short-form"), ("海岳", "short-form"), ("海岳大學", "suffix")], "海岳大學"),
        ([("甲", "x"), ("乙", "x"), ("乙", "x")], "乙"),
        ([("甲", "x"), ("乙乙", "x")], "乙乙"),
        ([("甲丙", "x"), ("甲丙", "x"), ("甲乙丙", "x")], "甲乙丙"),  # short for it
        ([("乙", "x"), ("丙", "x")], "丙"),
        ([("海岳", "declared-alias")], "海岳"),
    ],
)
def test_the_canonical_name(names: list[tuple[str, str]], expected: str) -> None:
    mentions = [
        Mention(str(n), Span(n, n + 1), surface, "kg:Company", 0.9, extractor)
        for n, (surface, extractor) in enumerate(names)
    ]
    assert canonical_name(mentions) == expected
    assert canonical_name(mentions[::-1]) == expected


def test_every_name_has_a_judgement_with_a_reason() -> None:
    text = "騰訊和晨星科技集團很大。該公司很好。"
    resolution = resolved(text)
    for (base, mention), iri in resolution.iri_of.items():
        judged = [j for j in resolution.judgements if j.left == f"{base}#{mention}"]
        assert judged, mention
        assert all(j.reasons and 0 < j.score <= 1 for j in judged)
        assert iri in resolution.entities


def test_a_document_that_failed_has_no_entities() -> None:
    assert (
        resolver().resolve(Extraction(Document("https://example.org/1", "甲公司"))).entities == {}
    )


def test_one_unknown_name_in_both_scripts_is_one_entity_in_a_document() -> None:
    (entity,) = resolved("藍峰電子很大，蓝峰电子很好。").entities.values()
    assert [mention.surface for mention in entity.mentions] == ["藍峰電子", "蓝峰电子"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("海風科技與東嶺大學合作。", True),
        ("海风科技与东岭大学合作。", True),
        ("海風科技與北辰集團合作。", False),
        ("", False),
    ],
)
def test_a_text_hangs_on_what_is_held_apart_only_if_it_names_both(text: str, told: bool) -> None:
    pair = (entity_iri("海風科技"), entity_iri("東嶺大學"))
    assert told_apart(text, [pair]) == ((pair,) if told else ())


def test_a_known_entity_is_told_by_any_of_its_names() -> None:
    tencent = next(one.iri for one in load_known_entities() if "Tencent" in one.names())
    pair = (tencent, entity_iri("海風科技"))
    assert told_apart("Tencent 投資海風科技。", [pair]) == (pair,)
    places = ("https://example.org/a#海風科技", "https://example.org/b#海風科技")
    assert told_apart("海風科技成立。", [places]) == ()
