"""What articles tell to be over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from claimgraphs import entity
from told import article, graph, time, told

from kg.corpus.contradictions import find_contradictions
from kg.corpus.endings import find_endings
from kg.iri import entity_iri
from kg.model import Claim, Entity, EntityMention, Participant, Span
from kg.ontology import load_ontology

ARTICLES = [
    article("a", "2020-01-01"),
    article("b", "2020-02-01"),
    article("c", "2020-03-01"),
]
EVENT = "https://example.org/event/1"
OFFICE = told("林小明", "kg:holdsRoleAt", "海風", "a", role="主席")


def leaving(*parties: str, where: str = "b", trigger: str = "辭去", **more: Any) -> Entity:
    place = EntityMention(article(where).iri, Span(5, 7), trigger)
    return Entity(
        EVENT, "kg:Departure", {"zh-Hant": trigger}, trigger=trigger, mentions=(place,),
        participants=tuple(Participant("agent", entity_iri(name)) for name in parties), **more,
    )  # fmt: skip


def ended(event: Entity, *claims: Claim) -> list[tuple[str, str]]:
    """The role, or else the relation, that is over, and since when."""
    things = (*map(entity, ("林小明", "海風", "北辰")), event)
    found = find_endings(graph(ARTICLES, claims, entities=things), load_ontology())
    return [(one.claim.role or one.claim.predicate, one.on) for one in found]


def test_who_leaves_a_body_holds_no_office_there() -> None:
    member = told("林小明", "kg:memberOf", "海風", "a")
    other = told("林小明", "kg:memberOf", "北辰", "a")
    owner = told("林小明", "kg:owns", "海風", "a")
    found = ended(leaving("林小明", "海風"), OFFICE, member, other, owner)
    assert sorted(found) == [("kg:memberOf", "2020-02-01"), ("主席", "2020-02-01")]


def test_the_event_tells_since_when() -> None:
    event = leaving("林小明", "海風", time=time("2020-01-20", "2020-01-20"))
    assert ended(event, OFFICE) == [("主席", "2020-01-20")]


def test_the_sentence_tells_of_which_office_somebody_resigns() -> None:
    here = told("林小明", "kg:holdsRoleAt", "海風", "b", role="主席")
    elsewhere = told("林小明", "kg:holdsRoleAt", "北辰", "a", role="董事")
    assert ended(leaving("林小明"), here, elsewhere) == [("主席", "2020-02-01")]
    assert ended(leaving("海風"), here) == []


@pytest.mark.parametrize(
    "event",
    [
        leaving("林小明", "海風", trigger="離開"),  # a place, perhaps
        leaving("林小明", "海風", modality="planned"),
        leaving("林小明", "海風", polarity="denied"),
        replace(leaving("林小明", "海風"), cls="kg:Meeting"),
    ],
)
def test_what_ends_nothing(event: Entity) -> None:
    assert ended(event, OFFICE) == []


@pytest.mark.parametrize(
    ("where", "role", "found"),
    [
        ("a", "主席", []),
        ("b", "主席", []),  # the article that tells the end
        ("c", "主席", ["ended"]),
        ("c", "前主席", []),
    ],
)
def test_an_office_that_is_asserted_after_its_end_is_a_contradiction(
    where: str, role: str, found: list[str]
) -> None:
    claim = told("林小明", "kg:holdsRoleAt", "海風", where, role=role)
    things = (entity("林小明"), entity("海風"), leaving("林小明", "海風"))
    made = find_contradictions(graph(ARTICLES, [claim], entities=things), load_ontology())
    assert [one.kind for one in made] == found
    assert all(one.contrary_name == EVENT and one.against.quote == "辭去" for one in made)
