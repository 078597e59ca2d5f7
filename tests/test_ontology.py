"""``ontology/schema.ttl`` as the program sees it, and files that break its rules."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import OntologyError
from kg.ontology import (
    KnownEntity,
    Ontology,
    language_tag,
    load_ontology,
    ontology_dir,
    read_known_entities,
    read_ontology,
    read_turtle,
    texts_by_language,
)

ONTOLOGY = load_ontology()
PREFIXES = """
@prefix kg: <https://w3id.org/claimgraph/ontology#> .
@prefix ent: <https://w3id.org/claimgraph/entity/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""

# The core that every other part, and every user's query, may rely on: class → class above it.
CORE_CLASSES = {
    "Person": "Agent",
    "Organization": "Agent",
    "Company": "Organization",
    "GovernmentOrganization": "Organization",
    "IntergovernmentalOrganization": "Organization",
    "NonprofitOrganization": "Organization",
    "EducationalOrganization": "Organization",
    "MediaOrganization": "Organization",
    "Product": "Entity",
    "Software": "Product",
    "Game": "Product",
    "Device": "Product",
    "Service": "Product",
    "CreativeWork": "Entity",
    "Place": "Entity",
    "Country": "Place",
    "City": "Place",
    "Region": "Place",
    "Event": "Entity",
    "Announcement": "Event",
    "Agreement": "Event",
    "Acquisition": "Event",
    "Investment": "Event",
    "ProductLaunch": "Event",
    "Publication": "Event",
    "Meeting": "Event",
    "Campaign": "Event",
    "Appointment": "Event",
    "Departure": "Event",
    "LegalAction": "Event",
    "Sanction": "Event",
    "Crisis": "Event",
    "Anniversary": "Event",
    "Award": "Event",
    "FinancialReport": "Event",
    "StockOffering": "Event",
    "Suspension": "Event",
}

# Relation, a subject and an object that fit it, and one pair that does not (None: a quantity).
CORE_RELATIONS = [
    ("partnerOf", ("Company", "Country"), ("Company", "Software")),
    ("supports", ("Game", "Event"), ("CreativeWork", "Company")),
    ("uses", ("Meeting", "Software"), ("Company", "Company")),
    ("develops", ("Company", "Game"), ("Software", "Game")),
    ("owns", ("Person", "Device"), ("Company", "Person")),
    ("subsidiaryOf", ("Company", "Organization"), ("Person", "Company")),
    ("investsIn", ("Country", "Company"), ("Company", "City")),
    ("acquires", ("Company", "Company"), ("Company", "Person")),
    ("competesWith", ("Company", "Company"), ("Company", "Event")),
    ("suppliesTo", ("Company", "Organization"), ("Company", "Software")),
    ("founderOf", ("Person", "NonprofitOrganization"), ("Company", "Company")),
    ("holdsRoleAt", ("Person", "Country"), ("Company", "Company")),
    ("memberOf", ("Company", "IntergovernmentalOrganization"), ("Software", "Company")),
    ("participatesIn", ("Person", "Meeting"), ("Person", "Software")),
    ("organizes", ("Organization", "Campaign"), ("Organization", "Person")),
    ("publishes", ("Organization", "CreativeWork"), ("Organization", "Person")),
    ("creatorOf", ("Person", "Software"), ("Company", "CreativeWork")),
    ("mentions", ("CreativeWork", "Software"), ("Person", "Software")),
    ("recommends", ("IntergovernmentalOrganization", "Software"), ("City", "Software")),
    ("criticizes", ("Person", "Country"), ("City", "Person")),
    ("sanctions", ("Country", "Software"), ("Person", "Company")),
    ("sues", ("Company", "Person"), ("Company", "City")),
    ("meets", ("Person", "Person"), ("Person", "Software")),
    ("availableIn", ("Software", "Country"), ("Person", "Country")),
    ("locatedIn", ("Event", "City"), ("Company", "Company")),
    ("hasMetric", ("Company", None), ("Company", "Company")),
]
SYMMETRIC = {"kg:partnerOf", "kg:competesWith", "kg:meets"}


def kg(name: str | None) -> str | None:
    return f"kg:{name}" if name else None


def write(path: Path, turtle: str) -> Path:
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return path


# --- The packaged schema ----------------------------------------------------------


@pytest.mark.parametrize(("name", "above"), CORE_CLASSES.items())
def test_the_core_classes_stand_where_they_belong(name: str, above: str) -> None:
    assert ONTOLOGY.is_a(f"kg:{name}", f"kg:{above}")
    assert not ONTOLOGY.is_a(f"kg:{above}", f"kg:{name}")


def test_the_trunks_are_apart() -> None:
    trunks = ["kg:Person", "kg:Organization", "kg:Product", "kg:CreativeWork", "kg:Event"]
    for cls in map(kg, CORE_CLASSES):
        assert sum(ONTOLOGY.is_a(cls, trunk) for trunk in trunks) <= 1, cls
    assert not ONTOLOGY.is_a("kg:Country", "kg:Organization")


@pytest.mark.parametrize("cls", ["Person", "Organization", "Country", "Company"])
def test_who_can_act(cls: str) -> None:
    assert ONTOLOGY.is_a(f"kg:{cls}", "kg:Agent")


@pytest.mark.parametrize("cls", ["City", "Product", "Event", "CreativeWork", "Place"])
def test_who_cannot_act(cls: str) -> None:
    assert not ONTOLOGY.is_a(f"kg:{cls}", "kg:Agent")


@pytest.mark.parametrize(("name", "good", "bad"), CORE_RELATIONS)
def test_the_core_relations_take_what_they_say(
    name: str, good: tuple[str, str | None], bad: tuple[str, str | None]
) -> None:
    assert ONTOLOGY.fits(f"kg:{name}", f"kg:{good[0]}", kg(good[1]))
    assert not ONTOLOGY.fits(f"kg:{name}", f"kg:{bad[0]}", kg(bad[1]))


def test_only_a_metric_takes_a_quantity() -> None:
    literal = {curie for curie, relation in ONTOLOGY.relations.items() if relation.literal}
    assert literal == {"kg:hasMetric"}
    for curie, relation in ONTOLOGY.relations.items():
        assert ONTOLOGY.fits(curie, relation.domain[0], None) is (curie in literal)


def test_symmetric_relations() -> None:
    found = {curie for curie, relation in ONTOLOGY.relations.items() if relation.symmetric}
    assert found == SYMMETRIC


@pytest.mark.parametrize("curie", sorted(SYMMETRIC))
def test_a_symmetric_relation_fits_both_ways(curie: str) -> None:
    for one in ONTOLOGY.classes:
        for other in ONTOLOGY.classes:
            assert ONTOLOGY.fits(curie, one, other) == ONTOLOGY.fits(curie, other, one)


@pytest.mark.parametrize("curie", [*ONTOLOGY.classes, *ONTOLOGY.relations])
def test_everything_has_a_name_in_three_languages(curie: str) -> None:
    names = {language: ONTOLOGY.label(curie, language) for language in ("zh-Hant", "zh-Hans", "en")}
    local = curie.partition(":")[2]
    assert all(names.values())
    assert names["zh-Hant"] != local
    assert not names["zh-Hant"].isascii()
    assert not names["zh-Hans"].isascii()
    assert names["en"].isascii()


def test_labels() -> None:
    assert ONTOLOGY.label("kg:Company") == "company"
    assert ONTOLOGY.label("kg:Organization", "zh-Hant") == "組織"
    assert ONTOLOGY.label("kg:Organization", "zh-Hans") == "组织"
    assert ONTOLOGY.label("kg:Company", "fr") == "Company"
    assert ONTOLOGY.label("kg:Nowhere") == "kg:Nowhere"


@pytest.mark.parametrize("relation", ONTOLOGY.relations.values(), ids=lambda r: r.curie)
def test_every_relation_has_ends(relation: object) -> None:
    assert relation.domain  # type: ignore[attr-defined]
    assert relation.range  # type: ignore[attr-defined]


def test_a_subclass_fits_where_its_class_does() -> None:
    for curie in ONTOLOGY.relations:
        for cls, above in CORE_CLASSES.items():
            if ONTOLOGY.fits(curie, f"kg:{above}", "kg:Company"):
                assert ONTOLOGY.fits(curie, f"kg:{cls}", "kg:Company"), (curie, cls)


def test_ancestors() -> None:
    assert ONTOLOGY.ancestors("kg:Company") >= {"kg:Company", "kg:Organization", "kg:Agent"}
    assert "kg:Person" not in ONTOLOGY.ancestors("kg:Company")
    assert ONTOLOGY.ancestors("kg:Nowhere") == frozenset()
    assert ONTOLOGY.is_any("kg:Company", ["kg:Event", "kg:Agent"])
    assert not ONTOLOGY.is_any("kg:Company", ["kg:Event", "kg:Product"])
    assert not ONTOLOGY.is_any("kg:Company", [])


def test_a_class_that_does_not_exist_is_nothing() -> None:
    assert not ONTOLOGY.is_a("kg:Nowhere", "kg:Nowhere")
    assert not ONTOLOGY.fits("kg:owns", "kg:Nowhere", "kg:Company")
    assert not ONTOLOGY.fits("kg:owns", "kg:Company", "kg:Nowhere")


@pytest.mark.parametrize(
    ("label", "cls"),
    [("ORG", "kg:Organization"), ("PERSON", "kg:Person"), ("PRODUCT", "kg:Product")],
)
def test_what_other_recognisers_call_a_class(label: str, cls: str) -> None:
    assert ONTOLOGY.ner_labels[label] == cls


def test_the_schema_is_where_the_program_looks() -> None:
    assert (ontology_dir() / "schema.ttl").is_file()
    assert read_ontology(ontology_dir() / "schema.ttl") == ONTOLOGY


# --- Files -------------------------------------------------------------------------

SMALL = """
kg:Thing a owl:Class ; rdfs:label "物"@zh-Hant , "thing"@en .
kg:Tool a owl:Class ; rdfs:subClassOf kg:Thing , schema:Product ; kg:nerLabel "TOOL" .
kg:Maker a owl:Class ; rdfs:subClassOf kg:Thing .
kg:makes a owl:ObjectProperty ; schema:domainIncludes kg:Maker ; schema:rangeIncludes kg:Tool ;
    rdfs:comment "A maker makes a tool."@en .
"""


def small(tmp_path: Path) -> Ontology:
    return read_ontology(write(tmp_path / "schema.ttl", SMALL))


def test_an_analyst_adds_a_relation_in_turtle_alone(tmp_path: Path) -> None:
    ontology = small(tmp_path)
    assert list(ontology.classes) == ["kg:Thing", "kg:Tool", "kg:Maker"]
    assert ontology.classes["kg:Tool"].parents == ("kg:Thing",)
    assert ontology.ner_labels == {"TOOL": "kg:Tool"}
    assert ontology.relations["kg:makes"].comment == "A maker makes a tool."
    assert ontology.fits("kg:makes", "kg:Maker", "kg:Tool")
    assert not ontology.fits("kg:makes", "kg:Tool", "kg:Maker")


def test_a_missing_label_falls_back_to_the_name(tmp_path: Path) -> None:
    assert small(tmp_path).label("kg:Tool") == "Tool"
    assert small(tmp_path).label("kg:makes", "zh-Hant") == "makes"


@pytest.mark.parametrize(
    ("turtle", "named"),
    [
        ("kg:A a owl:Class ; rdfs:subClassOf kg:Gone .", "kg:Gone"),
        ("kg:r a owl:ObjectProperty ; schema:domainIncludes kg:Gone .", "kg:Gone"),
        (
            "kg:A a owl:Class . kg:r schema:domainIncludes kg:A ; schema:rangeIncludes kg:Lost .",
            "kg:Lost",
        ),
        ("kg:A a owl:Class ; rdfs:subClassOf [ a owl:Restriction ] .", "blank node"),
        ("[] a owl:Class .", "blank node"),
        ("kg:A a owl:Class", "schema.ttl"),
        ("kg:A a unknown:Class .", "schema.ttl"),
    ],
)
def test_a_broken_schema_is_refused_by_name(tmp_path: Path, turtle: str, named: str) -> None:
    path = write(tmp_path / "schema.ttl", turtle)
    with pytest.raises(OntologyError, match=named) as error:
        read_ontology(path)
    assert str(path) in str(error.value)


def test_a_circle_of_classes_is_refused(tmp_path: Path) -> None:
    circle = "kg:A a owl:Class ; rdfs:subClassOf kg:B . kg:B a owl:Class ; rdfs:subClassOf kg:A ."
    with pytest.raises(OntologyError, match=r"kg:A|kg:B"):
        read_ontology(write(tmp_path / "schema.ttl", circle)).is_a("kg:A", "kg:B")


@pytest.mark.parametrize("content", [b"", b"# nothing\n"])
def test_an_empty_schema_has_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "schema.ttl"
    path.write_bytes(content)
    assert read_ontology(path) == Ontology({}, {})


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"gone\.ttl"):
        read_turtle(tmp_path / "gone.ttl")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "schema.ttl"
    path.write_bytes(b"\xff\xfe\x00kg:A a owl:Class .")
    with pytest.raises(OntologyError, match=r"schema\.ttl"):
        read_turtle(path)


@pytest.mark.parametrize(
    ("given", "tag"),
    [("zh-hant", "zh-Hant"), ("ZH-HANS", "ZH-Hans"), ("en", "en"), ("en-gb", "en-GB"), (None, "")],
)
def test_language_tags_are_written_as_usual(given: str | None, tag: str) -> None:
    assert language_tag(given) == tag


def test_the_first_text_of_a_language_counts() -> None:
    texts = (
        ox.Literal("雲杉", language="zh-Hant"),
        ox.Literal("雲杉集團", language="zh-Hant"),
        ox.Literal("plain"),
        ox.NamedNode("urn:x"),
    )
    assert texts_by_language({"p": texts}, "p") == {"zh-Hant": "雲杉", "": "plain"}
    assert texts_by_language({}, "p") == {}


# --- Known entities ------------------------------------------------------------------


def test_known_entities_are_read_with_all_their_names(tmp_path: Path) -> None:
    path = write(
        tmp_path / "entities.ttl",
        """ent:雲杉 a kg:Tool ; rdfs:label "雲杉"@zh-Hant , "Spruce"@en ;
        skos:altLabel "老雲"@zh-Hant , "Spruce"@en , "老雲"@zh-Hans ;
        owl:sameAs <http://www.wikidata.org/entity/Q1> .""",
    )
    (entity,) = read_known_entities(path, small(tmp_path))
    assert entity == KnownEntity(
        "https://w3id.org/claimgraph/entity/雲杉",
        "kg:Tool",
        {"zh-Hant": "雲杉", "en": "Spruce"},
        ("老雲", "Spruce"),
        ("http://www.wikidata.org/entity/Q1",),
    )
    assert entity.names() == ("雲杉", "Spruce", "老雲")


@pytest.mark.parametrize(
    "types", ["", "a kg:Gone ;", "a kg:Tool , kg:Maker ;", "a <https://schema.org/Product> ;"]
)
def test_a_known_entity_has_exactly_one_class(tmp_path: Path, types: str) -> None:
    path = write(tmp_path / "entities.ttl", f'ent:雲杉 {types} rdfs:label "雲杉"@zh-Hant .')
    with pytest.raises(OntologyError, match="ent:雲杉"):
        read_known_entities(path, small(tmp_path))
