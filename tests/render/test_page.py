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

from kg.model import (
    ClaimGraph,
    Entity,
    Participant,
)
from kg.ontology import load_ontology
from kg.render.page import embed, render_page
from kg.render.payload import group_of


def block(page: bytes, id_: str) -> Any:
    found = re.search(rf'<script type="application/json" id="{id_}">(.*?)</script>', page.decode())
    assert found
    return json.loads(found[1])


@pytest.fixture(scope="module")
def page() -> bytes:
    return render_page(sample_graph(), title="範例")


def test_every_entity_has_its_place(page: bytes) -> None:
    nodes = block(page, "nodes")
    assert [node["id"] for node in nodes] == [f"n{i}" for i in range(len(sample_graph().entities))]
    assert len({(node["x"], node["y"]) for node in nodes}) == len(nodes)


def test_participants_are_edges_unless_a_claim_joins_them_already(page: bytes) -> None:
    names = {entity["id"]: entity["labels"][0] for entity in block(page, "data")["entities"]}
    joined = {(names[p["s"]], names[p["o"]]) for p in block(page, "data")["participations"]}
    assert ("環海聯盟", "星河簽署合作協議") in joined
    assert ("環海聯盟", "環海七十五周年全球對話") not in joined


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


VENDOR = files("kg.render") / "static" / "vendor"
LOCK = json.loads((VENDOR / "lock.json").read_text("utf-8"))


@pytest.mark.parametrize("name", LOCK["sha256"])
def test_vendored_files_are_the_locked_ones(name: str) -> None:
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == LOCK["sha256"][name]


def test_every_vendored_file_is_locked_and_told() -> None:
    ours = {"VERSIONS.md", "lock.json", "refresh.py"}
    here = {file.name for file in VENDOR.iterdir() if file.is_file()} - ours
    told = (VENDOR / "VERSIONS.md").read_text("utf-8")
    assert here == set(LOCK["sha256"])
    assert all(f"`{name}`" in told for name in here)
    versions = ((name, package["version"]) for name, package in LOCK["packages"].items())
    assert all(re.search(f"`{name}`.*\\| {version} \\|", told) for name, version in versions)


@pytest.mark.parametrize("icon", LOCK["icons"])
def test_every_vendored_icon_is_used(icon: str) -> None:
    own = [file for file in VENDOR.joinpath("..").iterdir() if file.suffix in (".js", ".json")]
    assert any(f'"{icon}"' in file.read_text("utf-8") for file in own)


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


def test_it_is_small_enough_to_mail(page: bytes) -> None:
    assert len(page) < 1_200_000


def test_pair_of_unknown_entities_is_left_out() -> None:
    data = block(render_page(sample_graph(), title="x", pair=("urn:no", "urn:none")), "data")
    assert data["pair"] == []


def test_empty_graph_is_a_page() -> None:
    page = render_page(ClaimGraph(), title="空")
    assert block(page, "nodes") == []
    assert "<bdi>空</bdi>" in page.decode()


def test_a_lone_surrogate_does_not_stop_the_page() -> None:
    entity = Entity("urn:a", "kg:Company", {"zh-Hant": "壞\ud800字"})
    assert render_page(ClaimGraph((), (entity,)), title="\udc00").decode("utf-8")


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_embedded_text_comes_back_and_cannot_leave_its_element(text: str) -> None:
    embedded = str(embed({text: [text]}))
    assert json.loads(embedded) == {text: [text]}
    assert not set(embedded) & set("<>&\u2028\u2029")


def test_every_group_of_the_ontology_has_its_icon() -> None:
    ontology = load_ontology()
    style = json.loads((files("kg.render") / "static" / "style.json").read_text("utf-8"))
    below = [cls for cls in ontology.classes if ontology.is_a(cls, "kg:Entity")]
    assert {group_of(cls, ontology) for cls in below} - {"kg:Entity"} == set(style["groups"])


def test_the_three_languages_have_the_same_words() -> None:
    strings = json.loads((files("kg.render") / "static" / "strings.json").read_text("utf-8"))
    for_one = {f"{key}_1" for key in strings["en"]} & set(strings["en"])
    assert set(strings["zh-Hant"]) == set(strings["zh-Hans"]) == set(strings["en"]) - for_one
    assert "nFacts_1" in for_one


def test_every_word_the_template_names_exists(page: bytes) -> None:
    strings = block(page, "data")["strings"]["en"]
    named = re.findall(r'data-t(?:-label|-placeholder)?="(\w+)"', page.decode())
    assert named
    assert set(named) <= set(strings)


def test_a_participant_that_is_no_entity_is_left_out() -> None:
    event = Entity(
        "urn:e", "kg:Meeting", {"en": "M"}, participants=(Participant("agent", "urn:no"),)
    )
    assert block(render_page(ClaimGraph((), (event,)), title="x"), "data")["participations"] == []
