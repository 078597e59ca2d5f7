"""What is written is read back, by Oxigraph's own readers, as what it was."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal
from rdflib.query import Result

from kg.iri import expand
from kg.ontology import language_tag
from kg.rdf.terms import Quad, integer, node, text
from kg.serve import negotiate as media
from kg.serve.results import write_quads, write_rows, write_truth
from kg.store import Rows, Value
from kg.store.oxigraph import value_of

FORMS = {
    media.JSON: ox.QueryResultsFormat.JSON,
    media.XML: ox.QueryResultsFormat.XML,
    media.TSV: ox.QueryResultsFormat.TSV,
}
XSD_DATE = expand("xsd:date")
# XML 1.0 has no way to write most control characters, and two that are no characters.
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
TEXTS = st.text(CHARACTERS | st.sampled_from("\t\n\r\"\\<>&'"), max_size=12)
IRIS = st.text("ab騰é/?25", max_size=8).map("http://example.org/".__add__)
VALUES = st.one_of(
    st.none(),
    IRIS.map(lambda iri: Value("uri", iri)),
    TEXTS.map(lambda text_: Value("literal", text_)),
    st.tuples(TEXTS, st.sampled_from(["zh-Hant", "en", "zh-Hans"])).map(
        lambda two: Value("literal", two[0], two[1])
    ),
    TEXTS.map(lambda text_: Value("literal", text_, None, XSD_DATE)),
)
ROWS = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.tuples(*[VALUES] * width), max_size=4).map(
        lambda rows: Rows(tuple(f"v{n}" for n in range(width)), tuple(rows))
    )
)


def read_back(data: bytes, form: str) -> Rows:
    found = ox.parse_query_results(data, format=FORMS[form])
    assert isinstance(found, ox.QuerySolutions)
    columns = tuple(variable.value for variable in found.variables)
    return Rows(columns, tuple(tuple(map(value_of, row)) for row in found))


@given(ROWS)
def test_rows_come_back_from_json(rows: Rows) -> None:
    assert read_back(write_rows(rows, media.JSON), media.JSON) == rows


@given(ROWS)
def test_rows_come_back_from_xml(rows: Rows) -> None:
    """By rdflib: Oxigraph's reader cuts white space off."""
    found = Result.parse(io.BytesIO(write_rows(rows, media.XML)), format="xml")
    read = tuple(
        tuple(_rdflib_value(row.get(name)) for name in found.vars) for row in found.bindings
    )
    assert (tuple(map(str, found.vars)), read) == (rows.columns, rows.rows)


def _rdflib_value(term: object) -> Value | None:
    if isinstance(term, Literal):
        return Value(
            "literal", str(term), _cased(term.language), term.datatype and str(term.datatype)
        )
    return None if term is None else Value("uri", str(term))


def _cased(tag: str | None) -> str | None:
    return language_tag(tag) if tag else None


@given(ROWS)
def test_tab_separated_rows_come_back(rows: Rows) -> None:
    # A row of one unbound value is an empty line, which the format cannot tell from none.
    rows = Rows(rows.columns, tuple(row for row in rows.rows if len(row) > 1 or row[0]))
    assert read_back(write_rows(rows, media.TSV), media.TSV) == rows


@given(ROWS)
def test_comma_separated_rows_come_back_as_texts(rows: Rows) -> None:
    data = write_rows(rows, media.CSV).decode()
    found = list(csv.reader(io.StringIO(data, newline="")))
    texts = [[value.text if value else "" for value in row] for row in rows.rows]
    assert found == [list(rows.columns), *texts]


def test_json_is_as_the_standard_has_it() -> None:
    value = Value("literal", "騰訊", "zh-Hant")
    data = json.loads(write_rows(Rows(("x", "y"), ((value, None),)), media.JSON))
    assert data == {
        "head": {"vars": ["x", "y"]},
        "results": {
            "bindings": [{"x": {"type": "literal", "value": "騰訊", "xml:lang": "zh-Hant"}}]
        },
    }


def test_xml_holds_no_character_that_xml_has_not() -> None:
    data = write_rows(Rows(("x",), ((Value("literal", "a\x00\x1b\ufffeb"),),)), media.XML)
    assert "a\ufffd\ufffd\ufffdb" in data.decode()


def test_bare_nodes_are_named() -> None:
    rows = Rows(("x",), ((Value("bnode", "b0"),),))
    assert b'{"type":"bnode","value":"b0"}' in write_rows(rows, media.JSON)
    assert b"<bnode>b0</bnode>" in write_rows(rows, media.XML)
    assert write_rows(rows, media.CSV) == b"x\r\n_:b0\r\n"
    assert write_rows(rows, media.TSV) == b"?x\n_:b0\n"


@pytest.mark.parametrize("truth", [True, False])
@pytest.mark.parametrize("form", [media.JSON, media.XML])
def test_truths_come_back(truth: bool, form: str) -> None:
    found = ox.parse_query_results(write_truth(truth, form), format=FORMS[form])
    assert isinstance(found, ox.QueryBoolean)
    assert bool(found) is truth


QUADS = (
    Quad(node("ent:騰訊"), node("rdfs:label"), text("騰訊", "zh-Hant"), node("doc:1")),
    Quad(node("ent:騰訊"), node("rdfs:label"), text("騰訊", "zh-Hant"), node("doc:2")),
    Quad(node("ent:騰訊"), node("kg:value"), integer(1), node("doc:1")),
)


@pytest.mark.parametrize(
    ("form", "syntax"),
    [
        (media.TURTLE, ox.RdfFormat.TURTLE),
        (media.NTRIPLES, ox.RdfFormat.N_TRIPLES),
        (media.JSONLD, ox.RdfFormat.JSON_LD),
        (media.RDFXML, ox.RdfFormat.RDF_XML),
    ],
)
def test_triples_come_back_once_with_their_tags(form: str, syntax: ox.RdfFormat) -> None:
    data = write_quads(QUADS, form)
    assert b"zh-Hant" in data
    found = [quad.triple for quad in ox.parse(data, format=syntax)]
    assert sorted(map(str, found)) == sorted({str(quad.triple) for quad in QUADS})


@pytest.mark.parametrize(
    ("form", "syntax"),
    [(media.NQUADS, ox.RdfFormat.N_QUADS), (media.TRIG, ox.RdfFormat.TRIG)],
)
def test_quads_say_their_graph(form: str, syntax: ox.RdfFormat) -> None:
    found = list(ox.parse(write_quads(QUADS, form, "http://x.example/g"), format=syntax))
    assert {str(quad.graph_name) for quad in found} == {"<http://x.example/g>"}
