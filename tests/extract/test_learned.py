"""What the reader proposes becomes a candidate with stance, speaker and time of its sentence."""

from __future__ import annotations

import pytest

from kg.extract.extractor import FrameExtractor
from kg.extract.learned import LOOKING, timeless_relations, without_repeats
from kg.extract.reader import READER, Read, Reader
from kg.lexicon import load_lexicon
from kg.model import AnnotatedDocument, Candidate, Span
from kg.ontology import load_ontology
from tests.pair_examples import annotate
from tests.reading import in_both_scripts


class Told(Reader):
    """A reader that says what it is told: two surfaces, a relation and the word between."""

    def __init__(self, subject: str, predicate: str, end: str, word: str) -> None:
        self.told = (subject, predicate, end, word)

    def read(self, annotated: AnnotatedDocument) -> list[Read]:  # type: ignore[override]
        subject, predicate, end, word = self.told
        first, last = (
            next(m for m in annotated.mentions if m.surface == name) for name in (subject, end)
        )
        at = annotated.document.text.index(word)
        return [Read(first, predicate, last, 0.6, Span(at, at + 1))]


def learned(text: str, *told: str) -> list[Candidate]:
    candidates = FrameExtractor(reader=Told(*told)).extract(annotate(text)).candidates
    return [one for one in candidates if one.extractor == READER]


@in_both_scripts
def test_a_proposal_names_its_sentence_and_what_it_looked_at(script: type[str]) -> None:
    text = script("晨星科技集團把白露影業納入版圖。")
    names = (script("晨星科技集團"), "kg:acquires", script("白露影業"), script("納入"))
    (found,) = learned(text, *names)
    assert found.evidence.of(text) == text[:-1]
    assert (found.score, found.polarity, found.modality) == (0.6, "asserted", "actual")
    assert found.reasons[0].text == f"a learned reading of the pair{LOOKING}{script('納入')}"
    assert found.reasons[0].factor == found.score


@pytest.mark.parametrize(
    ("text", "polarity", "modality"),
    [
        ("晨星科技集團沒有把白露影業納入版圖。", "denied", "actual"),
        ("晨星科技集團計劃把白露影業納入版圖。", "asserted", "planned"),
        ("周若琳說，晨星科技集團把白露影業納入版圖。", "asserted", "reported"),
    ],
)
def test_the_cues_of_its_sentence_say_how_it_is_meant(
    text: str, polarity: str, modality: str
) -> None:
    (found,) = learned(text, "晨星科技集團", "kg:acquires", "白露影業", "納入")
    assert (found.polarity, found.modality) == (polarity, modality)


def test_a_question_or_a_condition_is_no_claim() -> None:
    for text in ("晨星科技集團把白露影業納入版圖嗎？", "如果晨星科技集團把白露影業納入版圖就好。"):
        assert learned(text, "晨星科技集團", "kg:acquires", "白露影業", "納入") == []


def test_it_has_the_time_of_its_clause_unless_its_relation_has_none() -> None:
    text = "2019年晨星科技集團把白露影業納入版圖。"
    (found,) = learned(text, "晨星科技集團", "kg:acquires", "白露影業", "納入")
    assert found.time is not None
    assert found.time.start == "2019"
    assert "kg:holdsRoleAt" in timeless_relations(load_lexicon(), load_ontology())
    assert "kg:acquires" not in timeless_relations(load_lexicon(), load_ontology())


def test_what_a_frame_says_is_not_said_again() -> None:
    text = "晨星科技集團收購了白露影業。"
    assert learned(text, "晨星科技集團", "kg:acquires", "白露影業", "收購") == []


def test_of_a_symmetric_relation_the_other_direction_is_the_same() -> None:
    text = "晨星科技集團與白露影業合作。"
    annotated = annotate(text)
    candidates = FrameExtractor().extract(annotated).candidates
    framed = next(one for one in candidates if one.predicate == "kg:partnerOf")
    turned = Candidate(
        framed.predicate,
        (("subject", framed.roles[1][1]), ("object", framed.roles[0][1])),
        framed.cue, framed.evidence, 0.9, READER,
    )  # fmt: skip
    kept = list(without_repeats([framed, turned], annotated.mentions, load_ontology()))
    assert kept == [framed]
