"""What the page shows of a graph, as JSON values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from page_graph import sample_graph

from kg.model import (
    Claim,
    ClaimGraph,
    Document,
    Entity,
    EntityMention,
    Evidence,
    Reason,
    Span,
    TimeSpan,
)
from kg.ontology import load_ontology
from kg.render.payload import PayloadWriter, format_time, group_of, shorten


def write(graph: ClaimGraph) -> PayloadWriter:
    return PayloadWriter(graph, load_ontology())


def runs(writer: PayloadWriter, said: list[int]) -> list[list[Any]]:
    number, first, last = said
    found: list[list[Any]] = writer.documents()[number]["text"][first:last]
    return found


def words(found: list[list[Any]]) -> str:
    return "".join(run[0] for run in found)


def test_quotes_are_the_evidence_and_mark_both_ends() -> None:
    graph = sample_graph()
    writer = write(graph)
    shown = writer.claims()
    for claim, row in zip(graph.claims, shown, strict=True):
        assert words(runs(writer, row["evidence"][0])) == claim.evidence[0].quote
    first = runs(writer, shown[0]["evidence"][0])
    assert [run[1] for run in first if run[1:] and run[1]] == [shown[0]["o"], shown[0]["s"]]


def test_the_article_is_whole_and_every_quote_of_it_names_its_claim() -> None:
    graph = sample_graph()
    document = write(graph).documents()[0]
    assert words(document["text"]) == graph.documents[0].text
    told = {claim for run in document["text"] if run[2:] for claim in document["sets"][run[2]]}
    assert told == {f"c{i}" for i in range(len(graph.claims))}


def test_a_quote_that_is_not_in_the_document_is_shown_without_marks() -> None:
    document = Document("urn:d", "甲公司與乙公司合作。")
    evidence = Evidence("urn:d", Span(0, 3), "丙公司", "x", 1.0)
    claim = Claim("k", "urn:a", "kg:uses", "urn:b", (evidence,))
    writer = write(ClaimGraph((document,), (), (claim,)))
    assert writer.claims()[0]["evidence"] == [[0, "丙公司"]]
    assert writer.documents()[0]["text"] == [["甲公司與乙公司合作。"]]


def test_an_entity_shows_the_first_sentences_that_name_it() -> None:
    text = "第一句。第二句談到乙公司！第三句。" + "乙公司。" * 5
    document = Document("urn:d", text)
    places = [Span(9, 12)] + [Span(17 + 4 * i, 20 + 4 * i) for i in range(5)]
    mentions = tuple(EntityMention("urn:d", span, "乙公司") for span in (*places, Span(0, 3)))
    entity = Entity("urn:b", "kg:Company", {"zh-Hant": "乙公司"}, mentions=mentions)
    writer = write(ClaimGraph((document,), (entity,)))
    (row,) = writer.entities()
    assert [words(runs(writer, said)) for said in row["said"]] == [
        "第二句談到乙公司！",
        "乙公司。",
        "乙公司。",
    ]
    assert row["mentions"] == 7
    assert runs(writer, row["said"][0]) == [["第二句談到"], ["乙公司", "n0"], ["！"]]


def _document(number: int, publisher: str | None) -> Document:
    return Document(f"urn:d{number}", "甲用乙。", publisher=publisher)


@pytest.mark.parametrize(
    ("publishers", "support"),
    [(("晨報",), 1), (("晨報", "晨報"), 1), (("晨報", "晚報"), 2), ((None, None, "晨報"), 3)],
)
def test_a_claim_counts_those_who_say_it(publishers: tuple[str | None, ...], support: int) -> None:
    documents = tuple(_document(i, name) for i, name in enumerate(publishers))
    evidence = tuple(Evidence(d.iri, Span(0, 4), d.text, "x", 1.0) for d in documents[::-1])
    claim = Claim("k", "urn:a", "kg:uses", "urn:b", evidence * 2)
    (row,) = write(ClaimGraph(documents, (), (claim,))).claims()
    assert row["support"] == support
    assert row["documents"] is None  # the quotes tell


def test_documents_are_named_where_their_texts_are_not_at_hand() -> None:
    documents = tuple(replace(_document(i, None), text="") for i in range(3))
    evidence = tuple(Evidence(f"urn:d{i}", Span(0, 4), "甲用乙。", "x", 1.0) for i in (2, 0))
    claim = Claim("k", "urn:a", "kg:uses", "urn:b", evidence)
    (row,) = write(ClaimGraph(documents, (), (claim,))).claims()
    assert row["evidence"] == [[2, "甲用乙。"], [0, "甲用乙。"]]
    assert (row["documents"], row["support"]) == (None, 2)  # the quotes tell


def test_keys_survive_where_ids_do_not() -> None:
    graph = sample_graph()
    writer = write(graph)
    assert writer.entities()[0]["key"] == "ent:星河科技"
    assert [claim["key"] for claim in writer.claims()] == [claim.key for claim in graph.claims]


def test_the_first_year_is_that_of_the_event_or_of_a_claim_about_it() -> None:
    def year(start: str | None, end: str | None = None) -> TimeSpan:
        return TimeSpan(start, end, "year")

    entities = tuple(Entity(f"urn:{name}", "kg:Event", {"en": name}) for name in "abcd")
    dated = Entity("urn:e", "kg:Event", {"en": "e"}, time=year("2019-04", "2020"))
    claims = (
        Claim("1", "urn:a", "kg:uses", "urn:b", (), time=year("2017-11")),
        Claim("2", "urn:a", "kg:uses", "urn:c", (), time=year(None, "2015"), event="urn:e"),
        Claim("3", "urn:a", "kg:uses", "urn:d", ()),
    )
    rows = write(ClaimGraph((), (*entities, dated), claims)).entities()
    assert [row["when"] for row in rows] == ["2015", "2017", "2015", "", "2015"]


def test_what_comes_often_stands_once() -> None:
    time, reason = TimeSpan("2017-11", None, "month"), Reason("甲\ud800", 0.456)
    claims = [
        Claim(str(i), "urn:a", "kg:uses", "urn:b", (), time=time, reasons=(reason,) * i)
        for i in range(3)
    ]
    writer = write(ClaimGraph((), (), tuple(claims)))
    assert [row["times"] for row in writer.claims()] == [0, 0, 0]
    assert [row["reasons"] for row in writer.claims()] == [[], [0], [0, 0]]
    assert writer.tables() == {
        "reasons": [["甲?", 0.46]],
        "times": [{"start": "2017-11", "end": None, "precision": "month", "text": "2017-11 – …"}],
    }


def test_only_fields_with_a_value_are_written() -> None:
    assert shorten({"a": 1, "b": "", "c": []}, {"b": "", "c": [0]}) == {"a": 1, "c": []}


@pytest.mark.parametrize(
    ("cls", "group"),
    [
        ("kg:Company", "kg:Organization"),
        ("kg:Country", "kg:Place"),
        ("kg:Person", "kg:Person"),
        ("kg:Agreement", "kg:Event"),
        ("kg:Agent", "kg:Entity"),
        ("__proto__", "kg:Entity"),
    ],
)
def test_groups_are_the_classes_under_the_top(cls: str, group: str) -> None:
    assert group_of(cls, load_ontology()) == group


@pytest.mark.parametrize(
    ("time_", "shown"),
    [
        (None, ""),
        (TimeSpan("2017-11", "2017-11", "month"), "2017-11"),
        (TimeSpan("2017", None, "year"), "2017 – …"),
        (TimeSpan(None, "2020-03-31", "day"), "… – 2020-03-31"),
    ],
)
def test_times(time_: TimeSpan | None, shown: str) -> None:
    assert format_time(time_) == shown
