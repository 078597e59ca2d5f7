"""What pronouns and definite nouns stand for."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from reading import claims, in_both_scripts, read, reasons, said

from kg.annotation.sentences import split_sentences
from kg.annotation.words import tag_words
from kg.lexicon import load_lexicon
from kg.model import AnnotatedDocument, Document, Mention, Span
from kg.ontology import load_ontology
from kg.resolve.coreference import judge_anaphors
from kg.script import simplify

Script = Callable[[str], str]
PERSON, COMPANY, ORGANIZATION = "kg:Person", "kg:Company", "kg:Organization"


def antecedents(text: str, *names: tuple[str, str, str]) -> list[tuple[str, str]]:
    """(anaphor, antecedent) pairs; *names* are (surface, class, extractor), each found once."""
    mentions = []
    for surface, cls, extractor in names:
        at = text.index(surface)
        span = Span(at, at + len(surface))
        mentions.append(Mention(f"{at}", span, surface, cls, 0.9, extractor))
    annotated = AnnotatedDocument(
        Document("https://example.org/1", text),
        simplify(text),
        split_sentences(text),
        tag_words(simplify(text)),
        mentions=tuple(sorted(mentions, key=lambda m: m.span)),
    )
    surfaces = {mention.id: mention.surface for mention in mentions}
    judged = list(judge_anaphors(annotated, load_ontology(), load_lexicon()))
    assert all(j.verdict == "same" and j.reasons and 0 < j.score < 1 for j in judged)
    return [(surfaces[j.left], surfaces[j.right]) for j in judged]


def test_a_persons_pronoun_takes_the_nearest_person_before() -> None:
    text = "林甲和周乙來了，海岳公司在場，他很滿意，吳丙也來。"
    names = [("林甲", PERSON, "x"), ("周乙", PERSON, "x"), ("海岳公司", COMPANY, "x")]
    later = ("吳丙", PERSON, "x")
    assert antecedents(text, *names, later, ("他", PERSON, "anaphor")) == [("他", "周乙")]


def test_a_definite_noun_takes_what_its_sentence_is_about() -> None:
    text = "藍峰公司收購青禾公司。該集團很大。"
    names = [("藍峰公司", COMPANY, "x"), ("青禾公司", COMPANY, "x")]
    anaphor = ("該集團", ORGANIZATION, "anaphor")
    assert antecedents(text, *names, anaphor) == [("該集團", "藍峰公司")]


def test_a_definite_noun_takes_a_name_that_ends_like_it() -> None:
    text = "藍峰公司投資青禾銀行。該銀行很大。"
    names = [("藍峰公司", COMPANY, "x"), ("青禾銀行", COMPANY, "x")]
    anaphor = ("該銀行", ORGANIZATION, "anaphor")
    assert antecedents(text, *names, anaphor) == [("該銀行", "青禾銀行")]


@pytest.mark.parametrize(("between", "found"), [("", 1), ("天氣好。", 1), ("天氣好。天氣好。", 0)])
def test_an_antecedent_is_at_most_two_sentences_back(between: str, found: int) -> None:
    text = f"藍峰公司很大。{between}該集團很好。"
    names = [("藍峰公司", COMPANY, "x"), ("該集團", ORGANIZATION, "anaphor")]
    assert len(antecedents(text, *names)) == found


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("他來了，林甲也來。", ("林甲", PERSON, "x")),
        ("海岳公司來了，他也來。", ("海岳公司", COMPANY, "x")),
    ],
)
def test_no_antecedent_after_it_or_of_another_class(text: str, other: tuple[str, str, str]) -> None:
    assert antecedents(text, other, ("他", PERSON, "anaphor")) == []


def test_an_anaphor_is_no_antecedent() -> None:
    text = "該集團很大。該公司很好。"
    anaphors = [("該集團", ORGANIZATION, "anaphor"), ("該公司", ORGANIZATION, "anaphor")]
    assert antecedents(text, *anaphors) == []


@pytest.mark.parametrize(
    ("extractor", "expected"),
    [("anaphor", True), ("anaphor-topic", True), ("known", False), ("suffix", False)],
)
def test_anaphors_are_known_by_their_rule(extractor: str, expected: bool) -> None:
    assert Mention("1", Span(0, 1), "他", PERSON, 0.5, extractor).is_anaphor is expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("林甲來了。周乙請林甲對他說話。", "林甲"),
        ("林甲來了。周乙對他說話。", "林甲"),  # 對他 is not the subject of its own clause
    ],
)
def test_a_governed_pronoun_is_not_the_person_of_its_own_clause(text: str, found: str) -> None:
    names = [("林甲", PERSON, "x"), ("周乙", PERSON, "x")]
    assert antecedents(text, *names, ("他", PERSON, "anaphor")) == [("他", found)]


def test_a_pronoun_hands_on_what_it_stands_for() -> None:
    text = "林甲來了。天好。他很好。天好。他走了。"
    where = [text.index("他"), text.rindex("他")]
    annotated = AnnotatedDocument(
        Document("https://example.org/1", text),
        simplify(text),
        split_sentences(text),
        tag_words(simplify(text)),
        mentions=(
            Mention("n", Span(0, 2), "林甲", PERSON, 0.9, "x"),
            *(Mention(f"{at}", Span(at, at + 1), "他", PERSON, 0.6, "anaphor") for at in where),
        ),
    )
    judged = judge_anaphors(annotated, load_ontology(), load_lexicon())
    assert [(j.left, j.right) for j in judged] == [(str(at), "n") for at in where]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("林甲來了。周乙說：「他很好。」", ["林甲"]),  # who speaks does not say he of himself
        ("林甲來了。周乙說，他很好。", ["周乙"]),
    ],
)
def test_a_pronoun_in_a_quotation_is_not_the_speaker(text: str, found: list[str]) -> None:
    names = [("林甲", PERSON, "x"), ("周乙", PERSON, "x")]
    pairs = antecedents(text, *names, ("他", PERSON, "anaphor"))
    assert [antecedent for _, antecedent in pairs] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("林甲說：「天好。天壞。天又好。天又壞。」他很好。", "林甲"),  # a quotation is one sentence
        ("林甲說：「周乙很好。」他又說天好。", "林甲"),  # not whom the quotation names
        ("會上人說：「周乙很好。」他也來了。", "周乙"),  # but if there is no other
    ],
)
def test_a_pronoun_behind_a_quotation(text: str, found: str) -> None:
    names = [(name, PERSON, "x") for name in ("林甲", "周乙") if name in text]
    assert antecedents(text, *names, ("他", PERSON, "anaphor")) == [("他", found)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("林甲來了。周乙陪他到場。", "林甲"),
        ("林甲來了。周乙說他滿意。", "周乙"),
    ],
)
def test_whom_one_deals_with_is_another(text: str, found: str) -> None:
    names = [("林甲", PERSON, "x"), ("周乙", PERSON, "x")]
    assert antecedents(text, *names, ("他", PERSON, "anaphor")) == [("他", found)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("周乙個人認為天好", "周乙"),  # opens its clause
        ("議員周乙周四表示天好", "周乙"),
        ("周乙的天很好", "林甲"),
        ("天好，人人喜歡周乙", "林甲"),
    ],
)
def test_a_person_that_a_clause_is_about_takes_the_pronoun_over(sentence: str, found: str) -> None:
    text = f"林甲來了，他坐下。{sentence}，他走了。"
    at = [m.start() for m in re.finditer("他", text)]
    annotated = AnnotatedDocument(
        Document("https://example.org/1", text),
        simplify(text),
        split_sentences(text),
        tag_words(simplify(text)),
        mentions=tuple(
            sorted(
                (
                    *(
                        Mention(n, Span(text.index(n), text.index(n) + 2), n, PERSON, 0.9, "x")
                        for n in ("林甲", "周乙")
                    ),
                    *(Mention(f"{a}", Span(a, a + 1), "他", PERSON, 0.6, "anaphor") for a in at),
                ),
                key=lambda m: m.span,
            )
        ),
    )
    judged = judge_anaphors(annotated, load_ontology(), load_lexicon())
    assert [(j.left, j.right) for j in judged][-1] == (str(at[-1]), found)


def test_he_and_she_are_two_persons() -> None:
    text = "林甲會見周乙。她說天好，他說天壞。"
    names = [("林甲", PERSON, "x"), ("周乙", PERSON, "x")]
    pronouns = [("她", PERSON, "anaphor"), ("他", PERSON, "anaphor")]
    assert antecedents(text, *names, *pronouns) == [("她", "周乙"), ("他", "林甲")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("藍峰公司批評青禾公司大幅裁員，其股價上升。", ["青禾公司"]),  # who lays off is the subject
        ("藍峰公司收購青禾公司，其股價上升。", ["藍峰公司"]),
        ("藍峰公司拒絕其申請。", []),  # right after a verb nobody can tell
        ("青禾公司宣布藍峰公司成為其夥伴。", ["青禾公司"]),  # nobody is a partner of his own
        ("藍峰公司成為其夥伴。", []),
    ],
)
def test_its_is_the_nearest_subjects(text: str, found: list[str]) -> None:
    names = [(name, COMPANY, "x") for name in ("藍峰公司", "青禾公司") if name in text]
    pairs = antecedents(text, *names, ("其", "kg:Agent", "anaphor-topic"))
    assert [antecedent for _, antecedent in pairs] == found


def test_a_company_is_no_ministry() -> None:
    text = "雲頂監管局到場，藍峰公司開會。該公司很好。"
    names = [("雲頂監管局", "kg:GovernmentOrganization", "x"), ("藍峰公司", COMPANY, "x")]
    assert antecedents(text, *names, ("該公司", COMPANY, "anaphor")) == [("該公司", "藍峰公司")]


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "晨星科技集團推出NovaOS。該公司亦投資青禾銀行。",
            "晨星科技集團 investsIn 青禾銀行",
        ),
        ("林海生會見周若琳。她亦參加山海論壇。", "周若琳 participatesIn 山海論壇"),
        ("林海生創辦晨星科技集團。他亦參加山海論壇。", "林海生 participatesIn 山海論壇"),
        (
            "晨星科技集團推出NovaOS，其競爭對手藍峰電子很大。",
            "藍峰電子 competesWith 晨星科技集團",
        ),
    ],
)
def test_a_claim_of_an_anaphor_is_one_of_its_antecedent(
    text: str, line: str, script: Script
) -> None:
    assert claims(line) <= said(script(text))


@in_both_scripts
def test_an_anaphor_without_antecedent_is_a_drop(script: Script) -> None:
    graph = read(script("該公司收購藍峰電子。"))
    assert graph.claims == ()
    assert reasons(graph) == {("acquires", "an end that could not be resolved")}


@in_both_scripts
def test_an_anaphor_names_no_entity(script: Script) -> None:
    graph = read(script("晨星科技集團推出NovaOS。該公司亦投資青禾銀行。"))
    names = {n for e in graph.entities for n in (*e.labels.values(), *e.aliases)}
    assert names & {"該公司", "该公司"} == set()
    assert all(m.surface != script("該公司") for e in graph.entities for m in e.mentions)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("林甲表示，周乙會來。他又說很滿意。", "林甲"),
        ("林甲批評周乙，他說很失望。", "林甲"),
        ("林甲認為周乙很好。天氣不錯。他希望再來。", "林甲"),
        ("林甲表示很好，周乙則表示不好。他說明天再來。", "林甲"),
        ("林甲會見周乙。他身體很好。", "周乙"),
        ("林甲來了，周乙說很好。他又說再來。", "周乙"),
    ],
)
def test_who_says_more_is_who_spoke(text: str, meant: str) -> None:
    names = [("林甲", PERSON, "x"), ("周乙", PERSON, "x"), ("他", PERSON, "anaphor")]
    assert antecedents(text, *names) == [("他", meant)]


def test_who_names_somebody_is_not_him() -> None:
    text = "林甲來了。周乙表示很好。他又引述周乙說再來。"
    names = [("林甲", PERSON, "x"), ("周乙", PERSON, "x"), ("他", PERSON, "anaphor")]
    assert antecedents(text, *names) == [("他", "林甲")]


@pytest.mark.parametrize("somebody", ["一名工人", "該名男子", "另一名遊客"])
def test_somebody_without_a_name_is_nobody_named_before(somebody: str) -> None:
    text = f"林甲來了。{somebody}受傷，他很痛。"
    assert antecedents(text, ("林甲", PERSON, "x"), ("他", PERSON, "anaphor")) == []


def test_the_first_is_not_one_of_many() -> None:
    text = "林甲得了第一名，他很高興。"
    assert antecedents(text, ("林甲", PERSON, "x"), ("他", PERSON, "anaphor")) == [("他", "林甲")]
