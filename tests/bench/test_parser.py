"""How the parser's bench cuts, counts and asks, on hand-written trees."""

from __future__ import annotations

import pytest

from kg.evaluate import Score
from kg.extract.extractor import FrameExtractor
from kg.model import Mention, Span
from tests.bench.arguments import (
    OBJECT,
    OBLIQUE,
    SUBJECT,
    Found,
    by_clauses,
    by_nearness,
    by_tree,
    either,
    scores,
    verbs_of,
)
from tests.bench.parser import attachment, on_words
from tests.bench.test_treebank import tree
from tests.bench.treebank import Tree
from tests.reading import document, named

VISIT = tree(
    "林海生|PROPN|NNP|nsubj>4 和|CCONJ|CC|cc>3 周若琳|PROPN|NNP|conj>1 訪問|VERB|VV|root>0"
    " 石橋市|PROPN|NNP|obj>4 並|SCONJ|RB|mark>7 推薦|VERB|VV|conj>4 碧波日報|PROPN|NNP|obj>7"
)
GOES_ON = tree(
    "林海生|PROPN|NNP|nsubj>2 訪問|VERB|VV|root>0 石橋市|PROPN|NNP|obj>2 ，|PUNCT|,|punct>5"
    " 推薦|VERB|VV|conj>2 碧波日報|PROPN|NNP|obj>5"
)
PASSIVE = tree(
    "青禾銀行|PROPN|NNP|nsubj:pass>4 被|AUX|BB|aux:pass>4 雲頂監管局|PROPN|NNP|obl:agent>4"
    " 處罰|VERB|VV|root>0"
)
RELATIVE = tree(
    "林海生|PROPN|NNP|nsubj>2 創辦|VERB|VV|acl:relcl>4 的|SCONJ|DEC|mark:rel>2"
    " 藍峰電子|PROPN|NNP|nsubj>5 發展|VERB|VV|root>0"
)
TITLE = tree(
    "南洲國|PROPN|NNP|nmod>2 總統|NOUN|NN|nsubj>4 林海生|PROPN|NNP|appos>2 訪問|VERB|VV|root>0"
    " 石橋市|PROPN|NNP|obj>4"
)

Answers = dict[str, dict[str, set[str]]]


def verbs(of: Tree) -> list[Span]:
    return [of.words[at].span for at in verbs_of(of)]


def mentions(of: Tree) -> tuple[Mention, ...]:
    """Every word that is a proper noun, with its characters for an id."""
    return tuple(
        Mention(of.form(at), word.span, of.form(at), "kg:Entity", 1.0, "test")
        for at, word in enumerate(of.words)
        if word.upos == "PROPN"
    )


def answers(of: Tree, found: Found) -> Answers:
    """What is said of each verb, empty slots left out."""
    told: Answers = {}
    for (verb, role), ids in found.sure.items():
        if ids:
            told.setdefault(verb.of(of.text), {})[role] = ids
    return told


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            VISIT,
            {
                "訪問": {SUBJECT: {"林海生", "周若琳"}, OBJECT: {"石橋市"}},
                "推薦": {SUBJECT: {"林海生", "周若琳"}, OBJECT: {"碧波日報"}},
            },
        ),
        (PASSIVE, {"處罰": {SUBJECT: {"青禾銀行"}, OBLIQUE: {"雲頂監管局"}}}),
        (RELATIVE, {"創辦": {SUBJECT: {"林海生"}}, "發展": {SUBJECT: {"藍峰電子"}}}),
        (TITLE, {"訪問": {SUBJECT: {"林海生"}, OBJECT: {"石橋市"}}}),
    ],
    ids=["list and coordination", "passive", "relative clause", "title before a name"],
)
def test_a_tree_says_whose_verb_it_is(sentence: Tree, expected: Answers) -> None:
    found = by_tree(sentence, verbs(sentence), mentions(sentence))
    assert answers(sentence, found) == expected


def test_what_the_tree_leaves_open_is_neither_right_nor_wrong() -> None:
    found = by_tree(RELATIVE, verbs(RELATIVE), mentions(RELATIVE))
    founds, grows = verbs(RELATIVE)
    assert found.open[founds, OBJECT] == {"藍峰電子"}
    assert found.open[grows, OBJECT] == set()
    given = Found({(founds, OBJECT): {"藍峰電子"}, (grows, OBJECT): {"林海生"}})
    assert scores(found, given)[OBJECT] == Score(0, 1, 0)


def test_the_subject_of_the_verb_before_is_shared() -> None:
    found = by_tree(VISIT, verbs(VISIT), mentions(VISIT))
    assert {verb.of(VISIT.text) for verb, _ in found.shared} == {"推薦"}
    assert scores(found, Found())["shared subject"] == Score(0, 0, 2)
    assert scores(found, found)["all"] == Score(6, 6, 6)


def test_no_predicate_is_a_verb_within_a_noun() -> None:
    noun = tree("領導|VERB|VV|compound>2 者|PART|SFN|nsubj>3 離開|VERB|VV|root>0")
    assert [span.of(noun.text) for span in verbs(noun)] == ["離開"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            GOES_ON,
            {
                "訪問": {SUBJECT: {"林海生"}, OBJECT: {"石橋市"}},
                "推薦": {SUBJECT: {"林海生"}, OBJECT: {"碧波日報"}},
            },
        ),
        (TITLE, {"訪問": {SUBJECT: {"林海生"}, OBJECT: {"石橋市"}}}),
        (PASSIVE, {"處罰": {SUBJECT: {"青禾銀行"}, OBLIQUE: {"雲頂監管局"}}}),
    ],
    ids=["clause without its subject", "title before a name", "passive"],
)
def test_clauses_answer_the_same_question(sentence: Tree, expected: Answers) -> None:
    annotated = named().annotator.annotate(document(sentence.text))
    names = {mention.id: mention.surface for mention in annotated.mentions}
    found = by_clauses(annotated, verbs(sentence), FrameExtractor())
    for slot, ids in found.sure.items():
        found.sure[slot] = {names[one] for one in ids}
    assert answers(sentence, found) == expected


def test_the_nearest_names_are_asked_up_to_a_comma() -> None:
    found = by_nearness(VISIT, verbs(VISIT), mentions(VISIT))
    assert answers(VISIT, found)["訪問"] == {SUBJECT: {"周若琳"}, OBJECT: {"石橋市"}}
    split = tree("林海生|PROPN|NNP|nsubj>3 ，|PUNCT|,|punct>1 走|VERB|VV|root>0")
    assert answers(split, by_nearness(split, verbs(split), mentions(split))) == {}


def test_the_second_is_asked_where_the_first_is_silent() -> None:
    verb = Span(0, 2)
    first = Found({(verb, SUBJECT): {"甲"}, (verb, OBJECT): set()})
    second = Found({(verb, SUBJECT): {"乙"}, (verb, OBJECT): {"丙"}})
    assert either(first, second).sure == {(verb, SUBJECT): {"甲"}, (verb, OBJECT): {"丙"}}


def test_words_in_one_wider_word_become_one() -> None:
    narrow = tree(
        "基金|NOUN|NN|compound>2 會|PART|SFN|nsubj>3 成|VERB|VV|root>0 立|VERB|VV|mark>3 了|AUX|AS|aux>3"
    )
    wide = on_words(narrow, [Span(0, 3), Span(3, 5), Span(5, 6)])
    assert [(wide.form(at), word.label, word.head) for at, word in enumerate(wide.words)] == [
        ("基金會", "nsubj", 1),
        ("成立", "root", -1),
        ("了", "aux", 1),
    ]


def test_a_wider_word_of_two_phrases_is_left_apart() -> None:
    phrases = tree("他|PRON|PRP|nsubj>2 說|VERB|VV|root>0 她|PRON|PRP|nsubj>4 走|VERB|VV|ccomp>2")
    assert on_words(phrases, [Span(0, 1), Span(1, 3), Span(3, 4)]) == phrases
    assert on_words(phrases, [Span(0, 5)]) == phrases


def test_attachment_counts_equal_words_only() -> None:
    wide = on_words(TITLE, [Span(0, 5)])  # 南洲國總統 is one word
    counts = attachment(TITLE, wide)
    assert counts["words"] == Score(3, 4, 5)
    assert counts["LAS"] == Score(2, 4, 5)  # 林海生 depends on another word
    assert attachment(TITLE, TITLE)["LAS"] == Score(5, 5, 5)
