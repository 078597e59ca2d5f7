"""Named questions, names as bindings, and the forms of an answer."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from sample_graph import DUYUN, SAMPLE, XINGHE, YUNQIAO

from kg.errors import QueryError, UnknownEntity
from kg.iri import expand
from kg.model import ClaimGraph, Entity
from kg.query import Table, load_questions, resolve, run_query
from kg.rdf import encode
from kg.store import MemoryStore, Store, Value, open_memory

DEVELOPS = "SELECT DISTINCT ?who ?what { ?who kg:develops ?what }"


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    return open_memory(encode(SAMPLE))


def ask(store: Store, text: str, **bindings: str) -> Table:
    answer = run_query(store, text, bindings)
    assert isinstance(answer, Table)
    return answer


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("星河科技", XINGHE),
        ("星河", XINGHE),
        ("XINGHE tech", XINGHE),
        ("渡雲公司", DUYUN),
        ("渡云公司", DUYUN),
        ("ent:雲橋", YUNQIAO),
        (YUNQIAO, YUNQIAO),
        ("kg:uses", expand("kg:uses")),
        ("partner of", expand("kg:partnerOf")),
        ("竞争", expand("kg:competesWith")),
        ("投資", expand("kg:investsIn")),
    ],
)
def test_names_resolve_in_any_script(store: Store, name: str, iri: str) -> None:
    assert resolve(store, name) == iri


def test_an_unknown_name_is_told_with_the_nearest(store: Store) -> None:
    with pytest.raises(UnknownEntity, match=r"'星河科學'; the nearest are .*星河科技"):
        resolve(store, "星河科學")


def test_a_name_of_two_entities_is_refused() -> None:
    twins = [Entity(expand(f"ent:x{n}"), "kg:Person", {"zh-Hant": "張偉"}) for n in (1, 2)]
    store = open_memory(encode(ClaimGraph(entities=tuple(twins))))
    with pytest.raises(QueryError, match="ent:x1, ent:x2: give one of these"):
        resolve(store, "張偉")


def test_a_label_comes_before_an_alias() -> None:
    one = Entity(expand("ent:a"), "kg:Person", {"en": "Ada"}, aliases=("Bo",))
    two = Entity(expand("ent:b"), "kg:Person", {"en": "Bo"})
    store = open_memory(encode(ClaimGraph(entities=(one, two))))
    assert resolve(store, "bo") == two.iri


@pytest.mark.parametrize(
    "name", ['x" . } INSERT', "urn:a> ?p ?o . <urn:b", "http://x y", "__proto__"]
)
def test_hostile_names_are_only_names(store: Store, name: str) -> None:
    with pytest.raises(UnknownEntity):
        run_query(store, DEVELOPS, {"who": name})


def test_text_with_a_binding(store: Store) -> None:
    assert ask(store, DEVELOPS, who="星河").texts() == [["ent:星河科技", "ent:雲橋"]]
    assert ask(store, DEVELOPS, who="渡雲公司").texts() == []


def test_a_named_question_hides_its_parameters(store: Store) -> None:
    table = ask(store, "products-of", organization="星河")
    assert "organization" not in table.columns
    assert len(table.rows) == 1


@pytest.mark.parametrize(
    ("text", "bindings", "message"),
    [
        (
            "no-such-question",
            {},
            "no question is called 'no-such-question'; there are claims-about",
        ),
        ("", {}, "no question is called ''"),
        (
            "partners",
            {"company": "星河"},
            "partners has no parameter 'company'; it has organization",
        ),
        ("timeline", {"x": "星河"}, "it has none"),
        (DEVELOPS, {"x y": "星河"}, "no name of a variable"),
        (DEVELOPS, {"other": "星河"}, r"\?other"),
        ("SELECT * FROM <urn:x> {}", {}, "remove FROM"),
        ("DROP ALL", {}, "updates are refused"),
    ],
)
def test_refusals(store: Store, text: str, bindings: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run_query(store, text, bindings)


def test_ask_and_construct(store: Store) -> None:
    assert run_query(store, "ASK { ?s kg:develops ?o }") is True
    assert run_query(store, "ASK { ?s kg:sues ?o }") is False
    turtle = run_query(store, "CONSTRUCT WHERE { ?s kg:develops ?o }")
    assert isinstance(turtle, str)
    assert "ent:星河科技 kg:develops ent:雲橋 ." in turtle
    described = run_query(store, "DESCRIBE ent:雲橋")
    assert isinstance(described, str)
    assert "ent:雲橋 a kg:Software" in described


def test_json_is_that_of_sparql(store: Store) -> None:
    table = ask(
        store, "SELECT DISTINCT ?s ?l ?none { ?s kg:develops ?o ; rdfs:label ?l } ORDER BY ?l"
    )
    found = json.loads(table.to_json())
    assert found["head"] == {"vars": ["s", "l", "none"]}
    assert found["results"]["bindings"][0] == {
        "s": {"type": "uri", "value": XINGHE},
        "l": {"type": "literal", "value": "Xinghe", "xml:lang": "en"},
    }


def test_csv_is_safe_in_a_spreadsheet() -> None:
    cells = ["=1+1", "+1", "-1", "@a", "\tb", "\rc", "a=b", 'd,\n"e"']
    table = Table(("x",), tuple((Value("literal", cell),) for cell in cells))
    rows = [row[0] for row in csv.reader(io.StringIO(table.to_csv(), newline=""))]
    assert rows == ["x", "'=1+1", "'+1", "'-1", "'@a", "'\tb", "'\rc", "a=b", 'd,\n"e"']


def test_a_question_is_a_file_with_comments(tmp_path: Path) -> None:
    (tmp_path / "who.rq").write_text("# Who is\n# who.\n# $x: the one\nASK { $x ?p ?o }\n")
    question = load_questions(tmp_path)["who"]
    assert question.description == "Who is who."
    assert question.parameters == {"x": "the one"}


def test_a_text_may_hold_the_line_ends_of_windows(store: Store) -> None:
    assert run_query(store, "ASK {\r\n ?s kg:develops ?o # yes\r\n}") is True
