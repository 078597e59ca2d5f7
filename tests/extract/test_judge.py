"""What the judge says of a candidate, and that its reasons multiply to what it says."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from kg.claims import MIN_CONFIDENCE
from kg.errors import CheckpointError
from kg.extract.extractor import FrameExtractor
from kg.extract.judge import LEAST_BY_RULE, Judge, load_judge, read_judge
from kg.extract.proposals import PROPOSER
from kg.model import Candidate, Extraction
from kg.ontology import load_ontology
from tests.reading import document, in_both_scripts, named
from tests.reading import simplify as in_simplified

#: No frame of 合作 joins the two names, so only a proposal does.
FRAMED = "晨星科技集團與藍峰電子合作。"
LOOSE = "晨星科技集團談合作那天藍峰電子在場。"


def read(judge: Judge | None, text: str) -> Extraction:
    return FrameExtractor(judge=judge).extract(named().annotator.annotate(document(text)))


def relations(extraction: Extraction) -> list[Candidate]:
    known = load_ontology().relations
    return [one for one in extraction.candidates if one.predicate in known]


@in_both_scripts
def test_weights_decide_the_score(script: type[str]) -> None:
    plain = relations(read(None, script(FRAMED)))
    sure = relations(read(Judge({"any reading": 3.0}), script(FRAMED)))
    unsure = relations(read(Judge({"any reading": -3.0}), script(FRAMED)))
    assert [one.predicate for one in plain] == ["kg:partnerOf"]
    assert sure[0].score == pytest.approx(1 / (1 + math.exp(-3)), abs=1e-4)
    assert unsure[0].score == pytest.approx(1 / (1 + math.exp(3)), abs=1e-4)


def test_reasons_multiply_to_the_score_and_none_is_above_one() -> None:
    weights = {"kg:partnerOf": 2.0, "said as asserted": -0.5, "any reading": 1.0, "order SVO": -1}
    weights |= {"order SOV": -0.7, "said as actual": -0.2, "frames/1": -0.1, "it has a date": -9}
    (found,) = relations(read(Judge(weights), FRAMED))
    assert math.prod(reason.factor for reason in found.reasons) == pytest.approx(
        found.score, abs=1e-4
    )
    assert all(0 < reason.factor <= 1 for reason in found.reasons)
    first, *doubts = found.reasons
    assert first.text.startswith("合作 in the frame ")
    assert "kg:partnerOf +2.0" in first.text
    assert [reason.text for reason in doubts] == [
        "order SOV", "said as asserted", "said as actual", "frames/1",
    ]  # fmt: skip


def test_beyond_the_gravest_doubts_the_others_are_one_reason() -> None:
    seen = ("any reading", "kg:partnerOf", "said as asserted", "said as actual", "frames/1")
    (found,) = relations(read(Judge(dict.fromkeys((*seen, "order SOV"), -0.4)), FRAMED))
    assert found.reasons[-1].text == "2 smaller doubts"
    assert found.score == pytest.approx(1 / (1 + math.exp(2.4)), abs=1e-4)


def test_calibration_is_apart_for_readings_and_proposals() -> None:
    judge = Judge({"any reading": 1.0}, readings=(2.0, 0.5), proposals=(0.5, -1.0))
    (framed,) = relations(read(judge, FRAMED))
    assert framed.score == pytest.approx(1 / (1 + math.exp(-2.5)), abs=1e-4)
    found = [one for one in relations(read(judge, LOOSE)) if one.extractor == PROPOSER]
    assert [one.score for one in found] == [pytest.approx(1 / (1 + math.exp(0.5)), abs=1e-4)]


@in_both_scripts
def test_a_proposal_is_a_candidate_only_where_it_is_accepted(script: type[str]) -> None:
    assert relations(read(None, script(LOOSE))) == []
    assert relations(read(Judge({}, accepts=0.6), script(LOOSE))) == []
    (found,) = relations(read(Judge({}, accepts=0.5), script(LOOSE)))
    assert (found.predicate, found.extractor, found.score) == ("kg:partnerOf", PROPOSER, 0.5)
    assert found.cue.of(script(LOOSE)) == "合作"
    assert found.evidence.of(script(LOOSE)) == script(LOOSE).rstrip("。")


def test_a_proposal_under_a_condition_is_none_and_no_drop() -> None:
    found = read(Judge({}), "如果晨星科技集團談合作那天藍峰電子在場。")
    assert relations(found) == []
    assert found.drops == ()


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("總部位於南洲國的地方，藍峰電子在場。", set()),
        ("藍峰電子的總部，大約位於南洲國。", {"藍峰電子"}),
    ],
)
def test_what_is_in_a_place_is_named_no_later_than_in_its_clause(
    text: str, subjects: set[str]
) -> None:
    extraction = read(Judge({"any reading": 5.0}), text)
    names = {mention.id: mention.surface for mention in extraction.mentions}
    found = [one for one in relations(extraction) if one.predicate == "kg:locatedIn"]
    assert {names[dict(one.roles)["subject"]] for one in found} == subjects


def test_what_the_rules_doubt_too_much_stays_as_it_is_and_is_no_claim() -> None:
    text = "藍峰電子的員工參觀在石橋市收購的青禾銀行客戶。"
    sure = Judge({"any reading": 5.0})
    plain, judged = (
        [c for c in relations(read(judge, text)) if c.extractor != PROPOSER]
        for judge in (None, sure)
    )
    doubted = [one for one in plain if one.score < LEAST_BY_RULE]
    assert [one.predicate for one in doubted] == ["kg:acquires"]
    assert doubted[0] in judged
    assert doubted[0].score < MIN_CONFIDENCE
    assert all(one in doubted or one.score > MIN_CONFIDENCE for one in judged)


def test_events_are_not_judged() -> None:
    events = [
        [c for c in read(judge, FRAMED).candidates if c.predicate == "kg:Agreement"]
        for judge in (None, Judge({"any reading": -3.0}))
    ]
    assert events[0] == events[1] != []


def test_the_packaged_judge_is_surer_of_a_frame_than_of_a_mere_neighbour() -> None:
    (framed,) = relations(read(load_judge(), FRAMED))
    loose = relations(read(Judge(**{**load_judge().__dict__, "accepts": 0.0}), LOOSE))
    assert framed.score > max(one.score for one in loose)
    assert in_simplified("合作") in framed.reasons[0].text


@pytest.mark.parametrize(
    "content",
    [None, "{", "[]", '{"weights": {}}', '{"weights": {"a": "b"}, "accepts": 1}',
     '{"weights": {}, "accepts": 1, "readings": [1], "proposals": [1, 0]}'],
)  # fmt: skip
def test_weights_that_cannot_be_read(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "judge.json"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(CheckpointError, match="holds no weights of a judge"):
        read_judge(path)


def test_weights_are_read(tmp_path: Path) -> None:
    table = {"weights": {"甲": 1.5}, "accepts": 0.7, "readings": [1, 0], "proposals": [2, -1]}
    (tmp_path / "judge.json").write_text(json.dumps(table), "utf-8")
    assert read_judge(tmp_path / "judge.json") == Judge({"甲": 1.5}, (1, 0), (2, -1), 0.7)


def test_what_the_reader_of_pairs_says_is_weighed() -> None:
    judge = Judge({"a learned reading of the pair": 2.0})
    annotated = named().annotator.annotate(document(FRAMED))
    (one,) = relations(FrameExtractor().extract(annotated))
    ends = (one.roles[0][1], one.predicate, one.roles[1][1])
    (found,) = judge.judge(annotated, [one], load_ontology(), {ends: 0.0})
    assert found.score == pytest.approx(1 / (1 + math.exp(-2)), abs=1e-4)
    assert "a learned reading of the pair +2.0" in found.reasons[0].text


def test_a_name_that_nouns_join_to_the_next_is_proposed_for_nothing() -> None:
    text = "林海生那天在碧波日報節目《漣漪白皮書》訪問時說。"
    everything = Judge({"any reading": 5.0})
    extraction = read(everything, text)
    names = {mention.id: mention.surface for mention in extraction.mentions}
    met = [
        {names[end] for _, end in one.roles}
        for one in relations(extraction)
        if one.predicate == "kg:meets"
    ]
    assert {"林海生", "碧波日報"} not in met
    assert "碧波日報" in names.values()
