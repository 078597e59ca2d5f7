"""IRIs: Chinese names stay readable, and two names never become one identifier."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pyoxigraph as ox
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.iri import PREFIXES, compact, content_key, document_iri, entity_iri, escape_name, expand

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize("name", ["青禾科技", "雲杉集團", "𠮷野家", "Ünï", "쿠팡", "a-b.c~d"])
def test_names_keep_their_characters(name: str) -> None:
    assert entity_iri(name) == "https://w3id.org/claimgraph/entity/" + name


@pytest.mark.parametrize(
    ("name", "segment"),
    [
        ("Velmora Pay", "Velmora_Pay"),
        ("Velmora_Pay", "Velmora%5FPay"),
        ("a/b", "a%2Fb"),
        ("100%", "100%25"),
        ("<script>", "%3Cscript%3E"),
        ("甲\u200b乙", "甲%E2%80%8B乙"),
        ("甲\u3000乙", "甲%E3%80%80乙"),
        ("甲\n乙", "甲%0A乙"),
        ("\ue000", "%EE%80%80"),
        ("", ""),
    ],
)
def test_what_an_iri_may_not_hold_is_escaped(name: str, segment: str) -> None:
    assert escape_name(name) == segment


@pytest.mark.parametrize(
    "names",
    [
        ("張偉", "章偉"),
        ("青禾", "清和"),
        ("Velmora Pay", "Velmora_Pay"),
        ("A+B", "A B"),
        ("甲/乙", "甲乙"),
        ("100%25", "100%"),
        ("騰訊", "腾讯"),
    ],
)
def test_two_names_never_become_one_iri(names: tuple[str, str]) -> None:
    assert entity_iri(names[0]) != entity_iri(names[1])


@given(ANY_TEXT, ANY_TEXT)
def test_escaping_is_injective_but_for_composed_forms(one: str, other: str) -> None:
    assume(unicodedata.normalize("NFC", one) != unicodedata.normalize("NFC", other))
    assert escape_name(one) != escape_name(other)


def test_composed_and_decomposed_forms_are_one_name() -> None:
    assert entity_iri("Cafe\u0301") == entity_iri("Caf\u00e9")


@given(st.text(st.characters(exclude_categories=(), max_codepoint=0xDFFFF)))
def test_every_name_gives_a_valid_iri(name: str) -> None:
    assert ox.NamedNode(entity_iri(name)).value == entity_iri(name)


def test_a_variation_selector_gives_a_valid_iri() -> None:
    assert ox.NamedNode(entity_iri("葛\U000e0100城"))


@given(ANY_TEXT)
def test_a_name_is_one_path_segment(name: str) -> None:
    assert not re.search(r"[/?#\s<>\"]", escape_name(name))


@pytest.mark.parametrize("prefix", PREFIXES)
def test_compact_undoes_expand(prefix: str) -> None:
    assert compact(expand(f"{prefix}:thing")) == f"{prefix}:thing"


def test_no_prefix_hides_another() -> None:
    namespaces = sorted(PREFIXES.values())
    assert len(set(namespaces)) == len(namespaces)
    assert not [a for a, b in pairwise(namespaces) if b.startswith(a)]


@pytest.mark.parametrize("iri", ["http://example.org/a", "urn:x", "foo:bar", "", "青禾"])
def test_what_has_no_known_prefix_comes_back_unchanged(iri: str) -> None:
    assert expand(iri) == compact(iri) == iri


def test_a_full_iri_expands_to_itself() -> None:
    assert expand("https://w3id.org/claimgraph/entity/青禾") == expand("ent:青禾")


def test_a_key_depends_on_content_and_nothing_else() -> None:
    assert content_key("青禾", 1) == content_key("青禾", 1)
    assert content_key({"a": 1, "b": 2}) == content_key({"b": 2, "a": 1})
    # A fixed value: keys written by one version are found by the next, in any process.
    assert content_key("騰訊", "kg:partnerOf", "聯合國") == "a0d57bf17e7c504c"


@pytest.mark.parametrize(
    ("one", "other"),
    [(("a", "b"), ("ab",)), (("1",), (1,)), ((None,), ("null",)), (("a", ["b"]), ("a", "b"))],
)
def test_parts_do_not_run_together(one: tuple[object, ...], other: tuple[object, ...]) -> None:
    assert content_key(*one) != content_key(*other)


@given(ANY_TEXT, st.integers(1, 64))
def test_a_key_has_the_length_asked_for(text: str, length: int) -> None:
    assert re.fullmatch(f"[0-9a-f]{{{length}}}", content_key(text, length=length))


def test_a_document_keeps_its_iri_where_it_has_a_url() -> None:
    url = "https://example.org/news/1"
    assert document_iri("初稿", url) == document_iri("定稿", url)
    assert document_iri("初稿", url) != document_iri("初稿", url + "0")


def test_a_document_without_url_is_known_by_its_text() -> None:
    assert document_iri("初稿") == document_iri("初稿", None) == document_iri("初稿", "")
    assert document_iri("初稿") != document_iri("定稿")
