"""``ontology/lexicon.ttl``: every word and frame is of use, and mistakes are named."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import OntologyError
from kg.iri import compact, expand
from kg.lexicon import (
    CONDITIONAL,
    DEFAULT_WEIGHT,
    DENIED,
    PLANNED,
    POSSIBLE,
    QUESTION,
    REPORTED,
    Element,
    Entry,
    Lexicon,
    Role,
    load_lexicon,
    parse_pattern,
    read_lexicon,
)
from kg.ontology import load_ontology, ontology_dir, read_turtle
from kg.script import simplify

LEXICON = load_lexicon()
ONTOLOGY = load_ontology()
TABLE = read_turtle(ontology_dir() / "lexicon.ttl")
PREFIXES = """
@prefix kg: <https://w3id.org/claimgraph/ontology#> .
@prefix lex: <https://w3id.org/claimgraph/lexicon/> .
@prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
"""

by_name = pytest.mark.parametrize("entry", LEXICON.entries, ids=lambda entry: entry.name)


def read(tmp_path: Path, turtle: str) -> Lexicon:
    path = tmp_path / "lexicon.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return read_lexicon(path)


def kinds(elements: tuple[Element, ...]) -> list[str]:
    return [element.kind for element in elements]


# --- Patterns ---------------------------------------------------------------------


def test_the_left_side_is_read_leftwards_from_the_word() -> None:
    pattern = parse_pattern("A … (與|和) … B V … Q")
    assert [e.text for e in pattern.left] == ["B", "…", "(與|和)", "…", "A"]
    assert kinds(pattern.left) == ["slot", "gap", "literal", "gap", "slot"]
    assert kinds(pattern.right) == ["gap", "quantity"]
    assert pattern.source == "A … (與|和) … B V … Q"


@pytest.mark.parametrize(
    ("source", "left", "right"),
    [
        ("A V B", ["slot"], ["slot"]),
        ("A+B … V", ["gap", "pair"], []),
        ("B ~ V A", ["noun-gap", "slot"], ["slot"]),
        ("A V 的 B", ["slot"], ["literal", "slot"]),
        ("V A", [], ["slot"]),
        ("A B", ["slot", "slot"], []),
        ("  A   V  ", ["slot"], []),
        ("A … V … B Q", ["gap", "slot"], ["gap", "slot", "quantity"]),
    ],
)
def test_patterns(source: str, left: list[str], right: list[str]) -> None:
    pattern = parse_pattern(source)
    assert kinds(pattern.left) == left
    assert kinds(pattern.right) == right


def test_words_of_a_pattern_are_simplified_and_the_longest_is_tried_first() -> None:
    (choice, _slot) = parse_pattern("A (與|為了|給) V").left
    assert choice.choices == ("为了", "与", "给")
    (word,) = parse_pattern("V 於").right
    assert word.choices == ("于",)


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("A … C", "'C'"),
        ("A 和V B", "'和V'"),
        ("A (與|和 V B", "'(與|和'"),
        ("A () V", "'()'"),
        ("A …B V", "'…B'"),
        ("A+C V", "'A+C'"),
        ("A V B V", "V stands more than once"),
    ],
)
def test_a_pattern_that_cannot_be_read_names_what_is_wrong(source: str, wrong: str) -> None:
    with pytest.raises(OntologyError) as error:
        parse_pattern(source)
    assert wrong in str(error.value)
    assert repr(source) in str(error.value)


@pytest.mark.parametrize("source", ["A (與|) B V", "A (|) V"])
def test_an_empty_choice_is_refused(source: str) -> None:
    with pytest.raises(OntologyError):
        parse_pattern(source)


@given(
    st.lists(st.sampled_from(["A", "B", "A+B", "…", "~", "Q", "的", "(甲|乙)"]), max_size=8),
    st.data(),
)
def test_no_element_is_lost_or_moved(tokens: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(tokens)))
    pattern = parse_pattern(" ".join([*tokens[:cut], "V", *tokens[cut:]]))
    assert [e.text for e in reversed(pattern.left)] == tokens[:cut]
    assert [e.text for e in pattern.right] == tokens[cut:]


@pytest.mark.parametrize(
    ("source", "specificity", "phrase"),
    [
        ("A … V … B", 0, False),
        ("A+B … V", 1, False),
        ("A … V … B Q", 1, False),
        ("A … (為|給) … B V", 1, False),
        ("B ~ V ~ A", 0, True),
        ("A B", 0, True),
        ("A V 的 B", 1, False),
    ],
)
def test_what_a_pattern_asks_for(source: str, specificity: int, phrase: bool) -> None:
    pattern = parse_pattern(source)
    assert pattern.specificity == specificity
    assert pattern.is_phrase is phrase


# --- The packaged lexicon -----------------------------------------------------------


@by_name
def test_an_entry_denotes_what_exists(entry: Entry) -> None:
    assert set(entry.relations) <= set(ONTOLOGY.relations)
    assert all(ONTOLOGY.is_a(event, "kg:Event") for event in entry.events)
    assert entry.relations or entry.events or entry.speech
    assert {cls for ends in entry.classes.values() for cls in ends} <= set(ONTOLOGY.classes)


@by_name
def test_an_entry_can_be_found_in_a_text(entry: Entry) -> None:
    assert 0 < entry.weight <= 1
    assert entry.prefix in ("", "A", "B")
    assert all(word == simplify(word) and word.strip() for word in entry.words)
    has_word = any(e.kind == "word" for p in entry.patterns for e in (*p.left, *p.right))
    assert not has_word  # V is where a pattern is split, never an element of a side
    assert entry.words or entry.patterns or entry.prefix


@by_name
def test_patterns_are_tried_from_the_most_specific_on(entry: Entry) -> None:
    specific = [pattern.specificity for pattern in entry.patterns]
    assert specific == sorted(specific, reverse=True)


@by_name
def test_a_relation_has_both_ends_in_every_pattern(entry: Entry) -> None:
    for pattern in entry.patterns:
        texts = {e.text for e in (*pattern.left, *pattern.right)}
        two = {"A", "B"} <= texts or "A+B" in texts or {"A", "Q"} <= texts
        assert two or not entry.relations, pattern.source


def frames_used() -> set[str]:
    return {o.value for props in TABLE.values() for o in props.get(expand("lex:frame"), ())}


def frames() -> set[str]:
    frame = expand("lex:Frame")
    return {
        iri
        for iri, props in TABLE.items()
        if frame in {o.value for o in props.get(expand("rdf:type"), ())}
    }


def test_every_frame_that_is_used_exists_and_has_a_pattern() -> None:
    assert frames_used() <= frames()
    assert all(TABLE[iri].get(expand("lex:pattern")) for iri in frames())


def test_every_frame_is_of_use() -> None:
    assert not {compact(iri) for iri in frames() - frames_used()}


def test_no_two_entries_have_one_name() -> None:
    names = [entry.name for entry in LEXICON.entries]
    assert len(set(names)) == len(names)


def test_every_core_relation_has_words() -> None:
    spoken = {curie for entry in LEXICON.entries for curie in entry.relations}
    assert set(ONTOLOGY.relations) - spoken <= {"kg:hasMetric"}


def test_every_core_event_has_words() -> None:
    spoken = {curie for entry in LEXICON.entries for curie in entry.events}
    events = {c for c in ONTOLOGY.classes if ONTOLOGY.is_a(c, "kg:Event")} - {"kg:Event"}
    assert events - spoken == set()


@pytest.mark.parametrize(
    "table",
    [
        LEXICON.kinds,
        LEXICON.quoted,
        LEXICON.latin_heads,
        LEXICON.anaphors,
        LEXICON.both,
        LEXICON.counted,
        {word: role.cls for word, role in LEXICON.roles.items()},
    ],
)
def test_words_of_names_lead_to_classes(table: dict[str, str]) -> None:
    assert table
    assert set(table.values()) <= set(ONTOLOGY.classes)
    assert all(word == simplify(word) for word in table)


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("校方", Role("kg:EducationalOrganization")),
        ("局方", Role("kg:GovernmentOrganization", ("局",))),
        ("政府", Role("kg:GovernmentOrganization", ("政府",), alone=True)),
    ],
)
def test_roles_say_whose_they_are(word: str, role: Role) -> None:
    assert LEXICON.roles[word] == role


def test_the_last_words_of_english_names_are_lower_case() -> None:
    assert all(word == word.lower() for word in LEXICON.latin_heads)


@pytest.mark.parametrize(
    ("suffix", "cls"),
    [
        ("公司", "kg:Company"),
        ("集团", "kg:Company"),
        ("大学", "kg:EducationalOrganization"),
        ("委员会", "kg:GovernmentOrganization"),
        ("基金会", "kg:NonprofitOrganization"),
        ("日报", "kg:MediaOrganization"),
        ("论坛", "kg:Event"),
    ],
)
def test_suffixes(suffix: str, cls: str) -> None:
    assert LEXICON.suffixes[suffix].cls == cls
    assert LEXICON.suffixes[suffix].strong


def test_suffixes_have_their_own_text_and_a_class() -> None:
    assert all(text == suffix.text for text, suffix in LEXICON.suffixes.items())
    assert {suffix.cls for suffix in LEXICON.suffixes.values()} <= set(ONTOLOGY.classes)


@pytest.mark.parametrize(
    ("cue", "words"),
    [
        (DENIED, {"未", "否认", "并非"}),
        (PLANNED, {"将", "计划", "拟"}),
        (POSSIBLE, {"可能", "或"}),
        (REPORTED, {"据报", "据悉"}),
        (CONDITIONAL, {"如果", "一旦"}),
        (QUESTION, {"？"}),
    ],
)
def test_cues(cue: str, words: set[str]) -> None:
    assert words <= LEXICON.cues[cue]


def test_words_of_saying() -> None:
    assert {"表示", "指出", "称", "说"} <= LEXICON.speech
    assert "收购" not in LEXICON.speech


def test_plain_lists() -> None:
    assert "董事长" in LEXICON.words("lex:Title")
    assert "欧阳" in LEXICON.words("lex:Surname")
    assert LEXICON.words("lex:NoSuchList") == frozenset()


# --- Files ----------------------------------------------------------------------------

GOOD = """
lex:f a lex:Frame ; lex:pattern "A … V … B" , "A … (把|將) B V" .
lex:buy a ontolex:LexicalEntry ; ontolex:denotes kg:acquires , kg:Acquisition ;
    lex:words "收購 併購" , "買下 收購" ; lex:frame lex:f ; lex:subjectClass kg:Company .
lex:head a lex:Title ; lex:words "會長 團長" .
lex:boss a ontolex:LexicalEntry ; ontolex:denotes kg:holdsRoleAt ; lex:office true ;
    lex:weight 0.5 ; lex:words "老大" ; lex:wordsFrom lex:head ; lex:frame lex:f .
lex:say a ontolex:LexicalEntry ; lex:speech true ; lex:words "說道" .
lex:end a lex:Suffix ; ontolex:denotes kg:Company ; lex:words "商行" .
lex:no a lex:Cue ; lex:marks kg:Denied ; lex:words "並無" .
"""


def test_an_entry_as_written(tmp_path: Path) -> None:
    lexicon = read(tmp_path, GOOD)
    buy, boss, say = lexicon.entries
    assert buy.words == ("收购", "并购", "买下")
    assert (buy.relations, buy.events) == (("kg:acquires",), ("kg:Acquisition",))
    assert [p.source for p in buy.patterns] == ["A … (把|將) B V", "A … V … B"]
    assert buy.classes == {"A": ("kg:Company",), "B": ()}
    assert (buy.weight, buy.office, buy.speech) == (DEFAULT_WEIGHT, False, False)
    assert boss.words == ("老大", "会长", "团长")
    assert (boss.weight, boss.office) == (0.5, True)
    assert say.speech
    assert lexicon.speech == {"说道"}


def test_what_names_are_made_of_as_written(tmp_path: Path) -> None:
    lexicon = read(tmp_path, GOOD)
    assert lexicon.suffixes["商行"].cls == "kg:Company"
    assert not lexicon.suffixes["商行"].strong
    assert lexicon.cues["kg:Denied"] == {"并无"}
    assert lexicon.words("lex:Title") == {"会长", "团长"}


ENTRY = "lex:buy a ontolex:LexicalEntry ; ontolex:denotes kg:acquires ; lex:words 'x' ;"


@pytest.mark.parametrize(
    ("turtle", "named"),
    [
        (f"{ENTRY} lex:frame lex:gone .", "lex:buy names no frame lex:gone"),
        (
            "lex:buy a ontolex:LexicalEntry ; ontolex:denotes kg:buysUp .",
            "lex:buy denotes kg:buysUp",
        ),
        ("lex:end a lex:Suffix ; ontolex:denotes kg:Firm ; lex:words 'x' .", "lex:end .* kg:Firm"),
        ("lex:k a lex:Kind ; ontolex:denotes kg:Firm ; lex:words 'x' .", "lex:k .* kg:Firm"),
        (f'{ENTRY} lex:frame lex:f . lex:f a lex:Frame ; lex:pattern "A X V" .', "'X'"),
        (f'{ENTRY} lex:frame lex:f . lex:f a lex:Frame ; lex:pattern "V V" .', "more than once"),
        (f"{ENTRY} lex:frame [ a lex:Frame ] .", "blank node"),
        ("lex:buy a ontolex:LexicalEntry ; lex:words 'x", "lexicon.ttl"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, turtle: str, named: str) -> None:
    with pytest.raises(OntologyError, match=named):
        read(tmp_path, turtle)


@pytest.mark.parametrize(
    ("turtle", "named"),
    [
        (f"{ENTRY} lex:weight 'high' .", "lex:buy"),
        (f"{ENTRY} lex:weight 7 .", "lex:buy"),
        (f"{ENTRY} lex:prefix 'C' .", "lex:buy"),
        (f"{ENTRY} lex:complement 'noun' .", "lex:buy"),
        (f"{ENTRY} lex:wordsFrom lex:gone .", "lex:gone"),
        (f"{ENTRY} lex:subjectClass kg:Firm .", "kg:Firm"),
        ("lex:end a lex:Suffix ; lex:words 'x' .", "lex:end"),
        ("lex:no a lex:Cue ; lex:words 'x' .", "lex:no"),
    ],
)
def test_a_mistake_in_the_small_print_is_named(tmp_path: Path, turtle: str, named: str) -> None:
    with pytest.raises(OntologyError, match=named):
        read(tmp_path, turtle)


def test_nothing_is_told_twice() -> None:
    """Turtle would join two things of one name: the words of both would be words of each."""
    begun = re.findall(
        r"^(lex:\S+) a ", (ontology_dir() / "lexicon.ttl").read_text("utf-8"), re.MULTILINE
    )
    assert [name for name, times in Counter(begun).items() if times > 1] == []


def test_a_lexicon_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"lexicon\.ttl"):
        read_lexicon(tmp_path / "lexicon.ttl")
