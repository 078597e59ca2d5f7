"""Sets of allowed tags."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from training_set import CITY, COMPANY, LABELS, PERSON, joined, sentences

from kg.annotation.recogniser.tags import TagSet
from kg.training.config import Corpus
from kg.training.corpora import Sentence
from kg.training.targets import PartialTargets

TAGS = TagSet(LABELS)
#: O and then B, I, E, S of each label.
NAMES = ["O", *(f"{kind}-{label}" for label in LABELS for kind in "BIES")]


def corpus(**more: object) -> Corpus:
    return Corpus("made", "made.jsonl", "cluener", 1.0, 1.0, **more)  # type: ignore[arg-type]


def allowed(
    sentence: Sentence, of: Corpus, classes_of: dict[str, str] | None = None
) -> list[set[str]]:
    """The tags that each character may have, by name."""
    targets = PartialTargets(TAGS, classes_of or {})
    row = targets.encode(sentence, of)
    return [{NAMES[tag] for tag in np.flatnonzero(targets.table[number])} for number in row]


def only(tags: str) -> list[set[str]]:
    return [{tag} for tag in tags.split()]


ANY = set(NAMES)
SAID = joined([("林知远", PERSON), ("说", "")])
MEANS_TWO = corpus(classes={"ORG": (COMPANY, CITY)})


@given(sentences())
def test_labels_of_our_own_classes_allow_one_tag_each(sentence: Sentence) -> None:
    tags = TAGS.encode(sentence.spans, len(sentence.text))
    assert allowed(sentence, corpus()) == [{NAMES[tag]} for tag in tags]


@given(sentences())
def test_the_true_tags_are_always_allowed(sentence: Sentence) -> None:
    """However little a set says: hidden classes, several meanings, labels that mean nothing."""
    tags = [NAMES[tag] for tag in TAGS.encode(sentence.spans, len(sentence.text))]
    for of in (
        corpus(classes={PERSON: (PERSON, CITY), COMPANY: (COMPANY,)}),
        corpus(hidden=("*",), classes={CITY: (CITY, PERSON)}),
        corpus(hidden=(PERSON, CITY), classes=dict.fromkeys(LABELS, LABELS)),
    ):
        assert all(tag in may for tag, may in zip(tags, allowed(sentence, of), strict=True))


def test_a_label_that_means_several_classes_allows_the_tags_of_each() -> None:
    sentence = joined([("青禾科", "ORG"), ("和", ""), ("禾", "ORG")])
    assert allowed(sentence, MEANS_TWO) == [
        {f"B-{COMPANY}", f"B-{CITY}"},
        {f"I-{COMPANY}", f"I-{CITY}"},
        {f"E-{COMPANY}", f"E-{CITY}"},
        {"O"},
        {f"S-{COMPANY}", f"S-{CITY}"},
    ]


@pytest.mark.parametrize("classes", [{"PER": (PERSON,)}, {"PER": (PERSON,), "JOB": ()}])
def test_a_label_that_means_none_of_our_classes_tells_nothing(
    classes: dict[str, tuple[str, ...]],
) -> None:
    sentence = joined([("主任", "JOB"), ("说", "")])
    assert allowed(sentence, corpus(classes=classes)) == [ANY, ANY, {"O"}]


def test_classes_that_a_set_does_not_label_can_be_anywhere_outside_its_names() -> None:
    hidden = {f"{kind}-{CITY}" for kind in "BIES"}
    found = allowed(SAID, corpus(hidden=(CITY,)))
    assert found == [*only(f"B-{PERSON} I-{PERSON} E-{PERSON}"), {"O", *hidden}]


def test_with_all_hidden_only_what_is_labelled_teaches() -> None:
    found = allowed(SAID, corpus(hidden=("*",)))
    assert found == [*only(f"B-{PERSON} I-{PERSON} E-{PERSON}"), ANY]


@pytest.mark.parametrize(
    ("name", "tags"),
    [
        ("《青禾》", f"O B-{COMPANY} E-{COMPANY} O"),
        ("“《青》”", f"O O S-{COMPANY} O O"),
        ("青禾》", f"B-{COMPANY} E-{COMPANY} O"),
        ("青《禾", f"B-{COMPANY} I-{COMPANY} E-{COMPANY}"),
        ("《》", "O O"),
    ],
)
def test_brackets_around_a_name_are_not_of_it(name: str, tags: str) -> None:
    sentence = joined([(name, COMPANY)])
    assert allowed(sentence, corpus(strip="《》“”")) == only(tags)


def test_brackets_stay_where_they_are_not_stripped() -> None:
    found = allowed(joined([("《青》", COMPANY)]), corpus())
    assert found == only(f"B-{COMPANY} I-{COMPANY} E-{COMPANY}")


@pytest.mark.parametrize(
    ("classes_of", "expected"),
    [
        ({"霜河": CITY}, {CITY}),
        ({"…河": CITY}, {CITY}),
        ({"霜河": COMPANY, "…河": CITY}, {COMPANY}),
        # A class that the label cannot mean, and an ending that is all of the name, tell nothing.
        ({"霜河": PERSON}, {COMPANY, CITY}),
        ({"…霜河": CITY}, {COMPANY, CITY}),
        ({"霜": CITY, "河": CITY}, {COMPANY, CITY}),
        ({"霜河": PERSON, "…河": CITY}, {CITY}),
        ({}, {COMPANY, CITY}),
    ],
)
def test_a_known_name_or_ending_tells_which_class_is_meant(
    classes_of: dict[str, str], expected: set[str]
) -> None:
    found = allowed(joined([("霜河", "ORG")]), MEANS_TWO, classes_of)
    assert found == [{f"{kind}-{label}" for label in expected} for kind in "BE"]


def test_the_longest_ending_tells() -> None:
    endings = {"…市": CITY, "…城市": COMPANY}
    found = allowed(joined([("青禾城市", "ORG")]), MEANS_TWO, endings)
    assert found[0] == {f"B-{COMPANY}"}


def test_a_label_that_means_one_class_is_not_asked_about() -> None:
    of = corpus(classes={"ORG": (COMPANY,)})
    found = allowed(joined([("霜河", "ORG")]), of, {"霜河": CITY})
    assert found == only(f"B-{COMPANY} E-{COMPANY}")


def test_the_stripped_name_is_what_is_known() -> None:
    of = corpus(classes={"ORG": (COMPANY, CITY)}, strip="《》")
    found = allowed(joined([("《霜河》", "ORG")]), of, {"霜河": CITY})
    assert found == only(f"O B-{CITY} E-{CITY} O")


def test_equal_sets_have_one_number() -> None:
    targets = PartialTargets(TAGS, {})
    first = targets.encode(SAID, corpus())
    assert targets.encode(SAID, corpus()) == first
    assert len(targets.table) == 1 + len(set(first))
    assert len(np.unique(targets.table, axis=0)) == len(targets.table)


def test_anything_allows_all() -> None:
    targets = PartialTargets(TAGS, {})
    assert targets.table[targets.anything].all()
    assert targets.table.shape == (1, len(TAGS))
