"""Who plays the parts that a document names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import document, in_both_scripts, plain

from kg.annotation.sentences import split_sentences
from kg.lexicon import load_lexicon
from kg.model import ROLE, AnnotatedDocument, ClaimGraph, Document, Mention, Span
from kg.ontology import load_ontology
from kg.resolve.roles import judge_roles
from kg.script import simplify

Script = Callable[[str], str]
SCHOOL, BODY, PERSON = "kg:EducationalOrganization", "kg:GovernmentOrganization", "kg:Person"


def annotated(text: str, roles: dict[str, str], names: dict[str, str]) -> AnnotatedDocument:
    """Every place of *roles* and *names* (surface → class) in *text*."""
    mentions = [
        Mention(f"{at}", Span(at, at + len(surface)), surface, cls, 0.9, rule)
        for table, rule in ((roles, ROLE), (names, "x"))
        for surface, cls in table.items()
        for at in range(len(text))
        if text.startswith(surface, at)
    ]
    return AnnotatedDocument(
        Document("https://example.org/1", text),
        simplify(text),
        split_sentences(text),
        mentions=tuple(sorted(mentions, key=lambda m: m.span)),
    )


def borne(text: str, roles: dict[str, str], names: dict[str, str]) -> list[tuple[str, str]]:
    """(role, bearer) pairs; a bearer is its name or, where there is none, the role again."""
    document = annotated(text, roles, names)
    surfaces = {m.id: m.surface for m in document.mentions}
    judged = list(judge_roles(document, load_ontology(), load_lexicon()))
    assert all(j.verdict == "same" and j.reasons for j in judged)
    return [(surfaces[j.left], surfaces[j.right]) for j in judged]


@pytest.mark.parametrize(
    ("text", "role", "names", "expected"),
    [
        ("海岳大學開學。天好。天好。校方致辭。", "校方", {"海岳大學": SCHOOL}, ["海岳大學"]),
        ("校方致辭。海岳大學開學。", "校方", {"海岳大學": SCHOOL}, ["海岳大學"]),
        ("雲頂監管局開會，局方滿意。", "局方", {"雲頂監管局": BODY, "雲頂法院": BODY}, ["雲頂監管局"]),
        ("海岳大學開學。天好。該校很大。", "該校", {"海岳大學": SCHOOL}, []),
        ("海岳大學開學。該校很大。", "該校", {"海岳大學": SCHOOL}, ["海岳大學"]),
        ("雲頂立法會開會，議會通過撥款。", "議會", {"雲頂立法會": BODY}, ["雲頂立法會"]),
        ("南洲人民銀行減息。央行滿意。", "央行", {"南洲人民銀行": BODY}, ["南洲人民銀行"]),
        ("海岳大學開學，雲頂監管局到場。局長讚校方。", "校方", {"雲頂監管局": BODY}, []),
    ],
)  # fmt: skip
def test_a_body_by_its_class_and_ending(
    text: str, role: str, names: dict[str, str], expected: list[str]
) -> None:
    cls = load_lexicon().roles[simplify(role)].cls
    assert [bearer for _, bearer in borne(text, {role: cls}, names)] == expected


def test_of_two_bodies_the_one_lately_named() -> None:
    names = {"海岳大學": SCHOOL, "青雲大學": SCHOOL}
    text = "海岳大學開學。天好。青雲大學裁員，校方道歉。"
    assert borne(text, {"校方": SCHOOL}, names) == [("校方", "青雲大學")]
    both = "海岳大學與青雲大學合併，校方道歉。"
    assert borne(both, {"校方": SCHOOL}, names) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("被告林海生到庭。其後被告離開。", [("被告", "林海生")]),
        ("林海生到庭。其後被告離開。", []),
        ("被告林海生、被告周若琳到庭。天好。天好。其後被告離開。", []),
    ],
)
def test_a_person_is_named_right_after_the_role(text: str, expected: list[tuple[str, str]]) -> None:
    names = {"林海生": PERSON, "周若琳": PERSON}
    document = annotated(text, {}, names)
    at = text.rindex("被告")
    role = Mention("r", Span(at, at + 2), "被告", PERSON, 0.8, ROLE)
    mentions = tuple(sorted([*document.mentions, role], key=lambda m: m.span))
    document = AnnotatedDocument(
        document.document, document.simplified, document.sentences, mentions=mentions
    )
    surfaces = {m.id: m.surface for m in mentions}
    judged = judge_roles(document, load_ontology(), load_lexicon())
    assert [(surfaces[j.left], surfaces[j.right]) for j in judged] == expected


def test_the_police_are_those_named_before_or_else_one_thing_of_its_own() -> None:
    names = {"青雲警方": BODY}
    before = "青雲警方到場。天好。天好。其後警方離開。"
    where = before.rindex("警方")
    document = annotated(before, {}, names)
    role = Mention("r", Span(where, where + 2), "警方", BODY, 0.8, ROLE)
    document = AnnotatedDocument(
        document.document, document.simplified, document.sentences,
        mentions=(*document.mentions, role),
    )  # fmt: skip
    (judgement,) = judge_roles(document, load_ontology(), load_lexicon())
    assert judgement.reasons == ("警方 stands for 青雲警方",)
    assert borne("警方到場。天好。警方離開。", {"警方": BODY}, {}) == [("警方", "警方")]


def read(*texts: str) -> ClaimGraph:
    """What the pipeline without the recogniser reads: it finds roles and the names given here."""
    return plain().resolve([plain().process(document(text)) for text in texts])


@in_both_scripts
def test_a_role_alone_is_an_entity_of_its_document(script: Script) -> None:
    texts = [script("警方拘捕林海生。"), script("警方拘捕周若琳。")]
    police = [e for e in read(*texts).entities if simplify(e.label) == "警方"]
    assert len(police) == 2
    assert len({e.iri for e in police}) == 2


@in_both_scripts
def test_a_role_whose_bearer_is_not_named_is_no_entity(script: Script) -> None:
    labels = {simplify(e.label) for e in read(script("校方批評林海生。")).entities}
    assert "校方" not in labels


@in_both_scripts
def test_a_claim_of_a_role_is_its_bearers_and_says_why(script: Script) -> None:
    graph = read(script("海岳大學開學。校方批評青禾銀行。"))
    (claim,) = [c for c in graph.claims if c.predicate == "kg:criticizes"]
    assert simplify(graph.entity_by_iri()[claim.subject].label) == "海岳大学"
    assert claim.evidence[0].quote == script("校方批評青禾銀行")
    assert script("校方 stands for 海岳大學") in {r for j in graph.judgements for r in j.reasons}
