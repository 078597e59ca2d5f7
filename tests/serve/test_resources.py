"""Paths and IRIs: from one to the other and back, and nothing slips through."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.iri import BASE, entity_iri
from kg.serve import resources
from kg.serve.pages import data_path, page_path
from kg.serve.refused import Refused
from kg.serve.resources import check_iri, iri_of_path, path_of_iri

NAMES = st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=12)


@given(NAMES)
def test_the_path_of_an_entity_leads_back_to_it(name: str) -> None:
    iri = entity_iri(name)
    path = path_of_iri(iri)
    assert path is not None
    assert iri_of_path(quote(path, safe="/%~").encode()) == iri


@pytest.mark.parametrize(
    "path", ["/entity/%e9%a8%b0%E8%A8%8a", "/entity/%E9%A8%B0訊", "/%65ntity/騰訊", "entity/騰訊"]
)
def test_browsers_that_escape_otherwise_reach_it_too(path: str) -> None:
    assert iri_of_path(path.encode()) == BASE + "entity/騰訊"


@given(NAMES)
def test_the_places_of_page_and_data(name: str) -> None:
    iri = entity_iri(name)
    for place in (page_path(iri), data_path(iri)):
        assert place.isascii()
        _, _, rest = place.lstrip("/").partition("/")
        assert iri_of_path(rest.encode()) == iri


def test_other_iris_go_into_a_field() -> None:
    assert page_path("http://x.example/a b") == "/page?iri=http%3A%2F%2Fx.example%2Fa%20b"
    assert path_of_iri(BASE + "ontology#Company") is None
    assert path_of_iri(BASE + "store") is None
    assert path_of_iri("http://x.example/entity/a") is None


@given(st.binary(max_size=40))
@example(b"[")
@example(b"##")
def test_any_path_is_an_iri_that_oxigraph_takes_or_is_refused(path: bytes) -> None:
    escaped = "".join(chr(b) if 33 <= b < 127 else f"%{b:02x}" for b in path).encode()
    with suppress(Refused):
        ox.NamedNode(iri_of_path(escaped))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "urn:",
        "http://x/ y",
        "http://x/<",
        "http://x/\x7f",
        "1:x",
        "http://x/" + "a" * 5000,
    ],
)
def test_what_is_no_iri(text: str) -> None:
    with pytest.raises(Refused):
        check_iri(text)


@given(st.text(max_size=20))
def test_no_iri_can_end_the_brackets_of_a_query(text: str) -> None:
    with suppress(Refused):
        assert not set('<>"{}|^`\\ \n') & set(check_iri(f"http://x.example/{text}"))


QUERIES = (
    resources.exists_query,
    resources.own_query,
    resources.back_query,
    resources.claims_query,
    resources.counts_query,
    resources.graph_query,
    lambda iri: resources.sentences_query([iri]),
    lambda iri: resources.description_query(iri, [(iri, iri)], whole=True),
    lambda iri: resources.description_query(iri, [], whole=True),
    lambda iri: resources.description_query(iri, [(iri, iri)], whole=False),
)


@pytest.mark.parametrize("query", QUERIES)
def test_our_own_queries_parse(query: object) -> None:
    from kg.store.guard import check_query

    check_query(query(BASE + "entity/騰訊"))  # type: ignore[operator]
