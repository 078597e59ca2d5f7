"""What must never be turned round: denials, endings, opposites, two things taken for one."""

from __future__ import annotations

import pytest

from kg.model import ClaimGraph, Document
from kg.pipeline import Pipeline


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


def read(pipeline: Pipeline, text: str) -> ClaimGraph:
    document = Document("doc:test", text, published="2020-06-15")
    return pipeline.resolve([pipeline.process(document)])


def said(graph: ClaimGraph) -> set[tuple[str, str, str, str, str]]:
    names = {entity.iri: entity.label for entity in graph.entities}
    return {
        (names[c.subject], c.predicate, names[c.object], c.polarity, c.modality)
        for c in graph.claims
        if isinstance(c.object, str)
    }


@pytest.mark.parametrize("text", ["英國退出歐盟。", "美國抵制北京冬奧會。", "英国退出欧盟。"])
def test_leaving_is_no_joining(pipeline: Pipeline, text: str) -> None:
    assert not [claim for claim in read(pipeline, text).claims if claim.is_fact]


@pytest.mark.parametrize(
    "text",
    [
        "騰訊終止與聯合國合作。",
        "騰訊停止與聯合國合作。",
        "騰訊放棄與聯合國合作。",
        "腾讯取消与联合国的合作。",
    ],
)
def test_what_has_ended_is_no_fact(pipeline: Pipeline, text: str) -> None:
    (claim,) = [c for c in read(pipeline, text).claims if c.predicate == "kg:partnerOf"]
    assert claim.polarity == "denied"


def test_a_gloss_does_not_make_one_of_two_known_entities(pipeline: Pipeline) -> None:
    graph = read(pipeline, "阿里巴巴很大。馬雲（Alibaba）支持聯合國。")
    assert ("馬雲", "kg:supports", "聯合國", "asserted", "actual") in said(graph)


def test_two_dates_are_two_events(pipeline: Pipeline) -> None:
    graph = read(pipeline, "2019年5月，騰訊收購小米。\n2020年6月，騰訊收購小米。")
    starts = [e.time.start for e in graph.entities if e.trigger == "收購" and e.time]
    assert sorted(starts) == ["2019-05", "2020-06"]


def test_both_are_the_two_named_before(pipeline: Pipeline) -> None:
    found = said(read(pipeline, "騰訊與阿里巴巴都是企業。兩者與聯合國合作。"))
    partners = {subject for subject, relation, *_ in found if relation == "kg:partnerOf"}
    assert partners == {"騰訊", "阿里巴巴"}


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("聯合國將發起調查，通過微信收集意見。", "planned"),
        ("聯合國發起調查，通過微信收集意見。", "actual"),
        ("聯合國將發起調查，目前通過微信收集意見。", "actual"),
    ],
)
def test_a_plan_reaches_over_the_clauses_of_its_subject(
    pipeline: Pipeline, text: str, modality: str
) -> None:
    (claim,) = [c for c in read(pipeline, text).claims if c.predicate == "kg:uses"]
    assert claim.modality == modality


def test_a_medium_that_reports_is_the_speaker(pipeline: Pipeline) -> None:
    graph = read(pipeline, "據《工商時報》報導，騰訊收購阿里巴巴。")
    (claim,) = [c for c in graph.claims if c.predicate == "kg:acquires"]
    assert claim.modality == "reported"
    assert claim.speaker is not None


def test_may_reaches_over_the_object(pipeline: Pipeline) -> None:
    graph = read(pipeline, "歐盟委員會警告，可能對騰訊徵收關稅。")
    assert not [c for c in graph.claims if c.predicate == "kg:sanctions" and c.is_fact]


def test_a_former_office_says_so(pipeline: Pipeline) -> None:
    graph = read(pipeline, "台積電前副總經理王志遠表示樂觀。")
    assert [c.role for c in graph.claims if c.predicate == "kg:holdsRoleAt"] == ["前副總經理"]
