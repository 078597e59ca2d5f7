"""The page's bytes and data, without a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_graph import sample_graph

from kg.iri import entity_iri
from kg.model import (
    Claim,
    ClaimGraph,
    Document,
    Entity,
    EntityMention,
    Evidence,
    Participant,
    Span,
    TimeSpan,
)
from kg.ontology import load_ontology
from kg.render.layout import label_box, place_nodes, text_ems
from kg.render.page import embed, render_page
from kg.render.payload import format_time, group_of, split_at_marks, three_labels

VENDOR_SHA256 = "ec6a8e97e2aa8c588983548eb6a82725dc120da43ceda69c917018255853d8e5"


def block(page: bytes, id_: str) -> Any:
    found = re.search(rf'<script type="application/json" id="{id_}">(.*?)</script>', page.decode())
    assert found
    return json.loads(found[1])


@pytest.fixture(scope="module")
def page() -> bytes:
    return render_page(sample_graph(), title="範例")


def test_every_entity_is_a_node_and_every_claim_between_two_an_edge(page: bytes) -> None:
    graph = sample_graph()
    ids = [node["id"] for node in block(page, "nodes")]
    assert ids == [f"n{i}" for i in range(len(graph.entities))]
    claims = [edge for edge in block(page, "edges") if edge["id"].startswith("c")]
    assert len(claims) == len(graph.claims) - 1  # all but the measured one


def test_participants_are_edges_unless_a_claim_joins_them_already(page: bytes) -> None:
    names = {entity["id"]: entity["labels"][0] for entity in block(page, "data")["entities"]}
    joined = {(names[p["s"]], names[p["o"]]) for p in block(page, "data")["participations"]}
    assert ("環海聯盟", "星河簽署合作協議") in joined
    assert ("環海聯盟", "環海七十五周年全球對話") not in joined


def test_parallel_edges_bend_to_different_sides() -> None:
    a, b = Entity("urn:a", "kg:Company", {"en": "A"}), Entity("urn:b", "kg:Company", {"en": "B"})
    claims = tuple(
        Claim(str(i), *ends, evidence=())
        for i, ends in enumerate(
            [
                ("urn:a", "kg:uses", "urn:b"),
                ("urn:a", "kg:owns", "urn:b"),
                ("urn:b", "kg:sues", "urn:a"),
            ]
        )
    )
    edges = block(render_page(ClaimGraph((), (a, b), claims), title="x"), "edges")
    # The third runs backwards, so the same turn lies on the other side of the line.
    assert [edge["smooth"] and edge["smooth"]["type"] for edge in edges] == [
        "curvedCCW",
        False,
        "curvedCCW",
    ]


def test_quotes_are_the_evidence_and_mark_both_ends(page: bytes) -> None:
    graph, data = sample_graph(), block(page, "data")
    for claim, shown in zip(graph.claims, data["claims"], strict=True):
        runs = shown["evidence"][0]["runs"]
        assert "".join(text for text, _ in runs) == claim.evidence[0].quote
    first = data["claims"][0]
    marked = [node for _, node in first["evidence"][0]["runs"] if node]
    assert marked == [first["o"]["node"], first["s"]["node"]]


def test_a_quote_that_is_not_in_the_document_is_shown_without_marks() -> None:
    document = Document("urn:d", "甲公司與乙公司合作。")
    evidence = Evidence("urn:d", Span(0, 3), "丙公司", "x", 1.0)
    claim = Claim("k", "urn:a", "kg:uses", "urn:b", (evidence,))
    data = block(render_page(ClaimGraph((document,), (), (claim,)), title="x"), "data")
    assert data["claims"][0]["evidence"] == [{"doc": None, "runs": [["丙公司", None]]}]


def test_policy_names_exactly_the_inline_pieces(page: bytes) -> None:
    html = page.decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    pieces = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", html, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(p.encode()).digest()).decode() for p in pieces]
    assert sorted(re.findall(r"sha256-([^']+)'", policy[1])) == sorted(digests)
    assert len(pieces) == 3


def test_vendored_library_is_the_published_file() -> None:
    source = (files("kg.render") / "static" / "vendor" / "vis-network.min.js").read_bytes()
    assert hashlib.sha256(source).hexdigest() == VENDOR_SHA256


def test_no_address_is_loaded(page: bytes) -> None:
    html = page.decode()
    assert not re.search(r"<(?:script|img|iframe|object|embed)[^>]+src=", html)
    assert re.findall(r'<link[^>]+href="([^:]+):', html) == ["data"]
    assert "sourceMappingURL" not in html


def test_two_processes_write_the_same_bytes(page: bytes) -> None:
    code = (
        "import sys, hashlib; from page_graph import sample_graph;"
        "from kg.render.page import render_page;"
        "print(hashlib.sha256(render_page(sample_graph(), title='範例')).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=Path(__file__).parents[1],
    )
    assert done.stdout.strip() == hashlib.sha256(page).hexdigest()


def test_the_callers_random_numbers_are_left_alone() -> None:
    import random

    random.seed(5)
    expected = random.random()
    random.seed(5)
    place_nodes([label_box(["A"], 10)] * 4, [(0, 1), (1, 2), (2, 3)])
    assert random.random() == expected


def test_it_is_small_enough_to_mail(page: bytes) -> None:
    assert len(page) < 1_200_000


def test_centrality_and_communities_go_by_iri() -> None:
    graph = sample_graph()
    small, large = entity_iri("青藤宣言"), entity_iri("星河雲")
    page = render_page(
        graph, title="x", centrality={large: 0.4, small: 0.1}, communities={large: 3}
    )
    ranks = {entity["labels"][0]: entity["rank"] for entity in block(page, "data")["entities"]}
    assert (ranks["星河雲"], ranks["青藤宣言"], ranks["星河科技"]) == (1.0, 0.25, 0.0)
    sizes = {node["label"]: node["size"] for node in block(page, "nodes")}
    assert sizes["星河雲"] > sizes["青藤宣言"] > sizes["星河科技"]
    communities = {e["labels"][0]: e["community"] for e in block(page, "data")["entities"]}
    assert (communities["星河雲"], communities["青藤宣言"]) == (3, None)


def test_pair_of_unknown_entities_is_left_out() -> None:
    data = block(render_page(sample_graph(), title="x", pair=("urn:no", "urn:none")), "data")
    assert data["pair"] == []


def test_empty_graph_is_a_page() -> None:
    page = render_page(ClaimGraph(), title="空")
    assert (block(page, "nodes"), block(page, "edges")) == ([], [])
    assert "<bdi>空</bdi>" in page.decode()


def test_a_lone_surrogate_does_not_stop_the_page() -> None:
    entity = Entity("urn:a", "kg:Company", {"zh-Hant": "壞\ud800字"})
    assert render_page(ClaimGraph((), (entity,)), title="\udc00").decode("utf-8")


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_embedded_text_comes_back_and_cannot_leave_its_element(text: str) -> None:
    embedded = str(embed({text: [text]}))
    assert json.loads(embedded) == {text: [text]}
    assert not set(embedded) & set("<>&\u2028\u2029")


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


def test_every_group_of_the_ontology_has_its_icon() -> None:
    ontology = load_ontology()
    style = json.loads((files("kg.render") / "static" / "style.json").read_text("utf-8"))
    below = [cls for cls in ontology.classes if ontology.is_a(cls, "kg:Entity")]
    assert {group_of(cls, ontology) for cls in below} - {"kg:Entity"} == set(style["groups"])


def test_the_three_languages_have_the_same_words() -> None:
    strings = json.loads((files("kg.render") / "static" / "strings.json").read_text("utf-8"))
    assert set(strings["zh-Hant"]) == set(strings["zh-Hans"]) == set(strings["en"])


def test_every_word_the_template_names_exists(page: bytes) -> None:
    strings = block(page, "data")["strings"]["en"]
    named = re.findall(r'data-t(?:-label|-placeholder)?="(\w+)"', page.decode())
    assert named
    assert set(named) <= set(strings)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ({"zh-Hant": "騰龍"}, ["騰龍", "腾龙", "騰龍"]),
        ({"zh-Hans": "腾龙", "en": "Dragon"}, ["騰龍", "腾龙", "Dragon"]),
        ({"en": "Dragon"}, ["Dragon", "Dragon", "Dragon"]),
        ({}, ["ent:x", "ent:x", "ent:x"]),
    ],
)
def test_labels_in_three_languages(labels: dict[str, str], expected: list[str]) -> None:
    assert three_labels(labels, "ent:x") == expected


def test_search_forms_hold_both_scripts(page: bytes) -> None:
    entity = next(e for e in block(page, "data")["entities"] if e["labels"][0] == "環海聯盟")
    assert {"環海聯盟", "环海联盟", "oceanic union", "環盟", "环盟"} <= set(entity["find"])


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


def test_overlapping_marks_keep_the_longer_first_one() -> None:
    marks = [(0, 2, "n0"), (0, 4, "n1"), (3, 5, "n2"), (5, 6, "n3"), (5, 9, "n4")]
    assert split_at_marks("甲乙丙丁戊己庚", Span(0, 7), marks) == [
        ("甲乙丙丁", "n1"),
        ("戊", None),
        ("己", "n3"),
        ("庚", None),
    ]


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40))))
def test_runs_are_the_text(text: str, bounds: list[tuple[int, int]]) -> None:
    marks = sorted((a, b, f"n{i}") for i, (a, b) in enumerate(bounds))
    assert "".join(run for run, _ in split_at_marks(text, Span(0, len(text)), marks)) == text


def test_an_entity_without_claims_shows_its_sentence() -> None:
    document = Document("urn:d", "第一句。第二句談到乙公司！第三句。")
    mention = EntityMention("urn:d", Span(9, 12), "乙公司")
    assert mention.span.of(document.text) == "乙公司"
    entity = Entity("urn:b", "kg:Company", {"zh-Hant": "乙公司"}, mentions=(mention,))
    data = block(render_page(ClaimGraph((document,), (entity,)), title="x"), "data")
    assert data["entities"][0]["said"] == [
        {"doc": 0, "runs": [["第二句談到", None], ["乙公司", "n0"], ["！", None]]}
    ]


def test_a_participant_that_is_no_entity_is_left_out() -> None:
    event = Entity(
        "urn:e", "kg:Meeting", {"en": "M"}, participants=(Participant("agent", "urn:no"),)
    )
    assert block(render_page(ClaimGraph((), (event,)), title="x"), "edges") == []


@given(st.integers(1, 40), st.data())
def test_boxes_do_not_overlap(count: int, data: st.DataObject) -> None:
    ends = st.integers(0, count - 1)
    edges = data.draw(st.lists(st.tuples(ends, ends), max_size=60))
    boxes = [label_box(["名" * (i % 20 + 1)], 10 + i % 15) for i in range(count)]
    places = place_nodes(boxes, edges)
    for a in range(count):
        for b in range(a):
            (ax, ay), (bx, by) = places[a], places[b]
            apart_x = abs(ax - bx) - (boxes[a].width + boxes[b].width) / 2
            apart_y = max(
                ay - boxes[a].up - by - boxes[b].down, by - boxes[b].up - ay - boxes[a].down
            )
            assert max(apart_x, apart_y) >= -2  # places are whole numbers


def test_wide_characters_take_twice_the_room() -> None:
    assert text_ems("海豚") == 2
    assert text_ems("ab") == pytest.approx(1.12)
