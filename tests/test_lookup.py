"""Finding entities by name, in any script."""

import pytest
from claimgraphs import entity, graph_of

from kg.errors import UnknownEntity
from kg.iri import entity_iri
from kg.lookup import find_entity, get_entity, main_language, name_of
from kg.model import Document

ALPHA = entity(
    "遠東電信",
    labels={"zh-Hant": "遠東電信", "zh-Hans": "远东电信", "en": "Far East Telecom"},
    aliases=("遠電",),
    mentions=2,
)
BETA = entity("遠東電話", mentions=1)
GRAPH = graph_of(entities=[BETA, ALPHA])


@pytest.mark.parametrize(
    "name",
    [
        "遠東電信",
        "远东电信",
        "遠东電信",
        "far east telecom",
        "FAR EAST  Telecom",
        "远电",
        ALPHA.iri,
        "ent:遠東電信",
    ],
)
def test_every_way_to_name_an_entity(name: str) -> None:
    assert find_entity(GRAPH, name) is ALPHA
    assert get_entity(GRAPH, name) is ALPHA


@pytest.mark.parametrize("name", ["", " ", "遠", "kg:Company", "東電信", "\x00", "\udcff"])
def test_a_part_of_a_name_is_not_the_name(name: str) -> None:
    assert find_entity(GRAPH, name) is None


def test_of_one_name_the_most_mentioned_whatever_the_order() -> None:
    seldom = entity("星光", iri=entity_iri("星光1"), mentions=1)
    often = entity("天河", iri=entity_iri("天河"), aliases=("星光",), mentions=5)
    assert find_entity(graph_of(entities=[seldom, often]), "星光") is often
    assert find_entity(graph_of(entities=[often, seldom]), "星光") is often


def test_of_equals_the_first_iri() -> None:
    first, second = (entity("星光", iri=entity_iri(f"星光{n}")) for n in (1, 2))
    assert find_entity(graph_of(entities=[second, first]), "星光") is first


def test_an_unknown_name_is_told_with_the_nearest_three() -> None:
    others = [entity(name) for name in ("遠東航空", "南方電網", "毫不相干")]
    with pytest.raises(UnknownEntity) as caught:
        get_entity(graph_of(entities=[ALPHA, BETA, *others]), "远东电讯")
    text = str(caught.value)
    assert "'远东电讯'" in text
    assert text.index("遠東電信") < text.index("遠東航空")
    assert "遠東電話" in text
    assert "南方電網" not in text
    assert "毫不相干" not in text


def test_one_entity_is_proposed_once() -> None:
    with pytest.raises(UnknownEntity, match=r"the nearest are 'Far East Telecom'$"):
        get_entity(graph_of(entities=[ALPHA]), "far east telecon")


def test_nothing_near_and_nothing_at_all() -> None:
    for graph in (GRAPH, graph_of()):
        with pytest.raises(UnknownEntity, match=r"'xyz'; entities\.jsonl lists"):
            get_entity(graph, "xyz")


def test_control_characters_do_not_reach_the_terminal() -> None:
    with pytest.raises(UnknownEntity) as caught:
        get_entity(graph_of(entities=[entity("abc\x1b[2J")]), "abc\x1b[2K")
    assert "\x1b" not in str(caught.value)


def test_names_by_language() -> None:
    assert name_of(ALPHA, "en") == "Far East Telecom"
    assert name_of(BETA, "en") == "遠東電話"


def test_the_language_of_most_documents() -> None:
    tags = ("en", "zh-Hans", "zh-Hans")
    documents = tuple(Document(f"d{n}", "x", language=tag) for n, tag in enumerate(tags))
    assert main_language(graph_of(documents=documents)) == "zh-Hans"
    assert main_language(graph_of(documents=documents[:2])) == "en"
    assert main_language(graph_of(documents=())) == "zh-Hant"


def test_one_broken_name_does_not_hide_the_others() -> None:
    broken = entity("壞", labels={"zh-Hant": "壞\ud800"}, mentions=9)
    assert find_entity(graph_of(entities=[broken, ALPHA]), "遠電") is ALPHA
    with pytest.raises(UnknownEntity, match="壞"):
        get_entity(graph_of(entities=[broken]), "壞x")
