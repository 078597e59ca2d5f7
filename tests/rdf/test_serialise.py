"""Each form is byte-stable and reads back in rdflib and in pyoxigraph as the same quads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_graph import SAMPLE, XINGHE

from kg.iri import PREFIXES, expand
from kg.rdf import RunInfo, encode, serialise
from kg.rdf.interop import to_rdflib
from kg.rdf.serialise import Format
from kg.rdf.terms import Quad, node, text

QUADS = encode(SAMPLE, run=RunInfo("1"))
FORMS: tuple[Format, ...] = ("ttl", "trig", "nq", "jsonld", "rdf")
OX = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
RDFLIB = {"ttl": "turtle", "trig": "trig", "nq": "nquads", "jsonld": "json-ld", "rdf": "xml"}
NASTY = 'quote " slash \\ lines \n \r tab \t nul \x00 del \x7f </script> 😀 𠮷 \u2028 @zh-hant'


def expected(quads: list[ox.Quad], form: Format) -> set[ox.Quad]:
    if form not in ("ttl", "rdf"):
        return set(quads)
    return {ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads}


def triples(dataset: rdflib.Dataset) -> set[tuple[str, ...]]:
    """Quads of rdflib as text: tags lowered, strings without their datatype."""
    return {
        (s.n3(), p.n3(), o.n3().lower() if o.language else o.n3(), str(g))
        if isinstance(o, rdflib.Literal)
        else (s.n3(), p.n3(), o.n3(), str(g))
        for s, p, o, g in dataset.quads()
    }


@pytest.mark.parametrize("form", FORMS)
def test_pyoxigraph_reads_it_back(form: Format) -> None:
    assert set(ox.parse(serialise(QUADS, form), format=OX[form])) == expected(QUADS, form)


@pytest.mark.parametrize("form", FORMS)
def test_rdflib_reads_it_back(form: Format) -> None:
    read = rdflib.Dataset()
    read.parse(data=serialise(QUADS, form), format=RDFLIB[form])
    assert triples(read) == triples(to_rdflib(expected(QUADS, form)))


@pytest.mark.parametrize("form", FORMS)
def test_the_order_of_the_quads_does_not_matter(form: Format) -> None:
    assert serialise(reversed(QUADS), form) == serialise(QUADS, form)
    assert serialise([*QUADS, *QUADS], form) == serialise(QUADS, form)


def test_another_process_writes_the_same_bytes() -> None:
    code = (
        "import sys; from sample_graph import SAMPLE; from kg.rdf import *\n"
        "for form in ('ttl', 'trig', 'nq', 'jsonld', 'rdf'):\n"
        "    sys.stdout.buffer.write(serialise(encode(SAMPLE, run=RunInfo('1')), form))"
    )
    path = os.pathsep.join([str(Path(__file__).parent.parent), *sys.path])
    found = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert found[0] == found[1] == b"".join(serialise(QUADS, form) for form in FORMS)


@pytest.mark.parametrize("form", FORMS[:-1])
@given(value=st.one_of(st.just(NASTY), st.text(st.characters(exclude_categories=("Cs",)))))
@settings(max_examples=40)
def test_any_text_survives_both_readers(form: Format, value: str) -> None:
    tagged, bare = text(value, "zh-Hant"), text(value)
    quads = [
        Quad(node(XINGHE), node("kg:raw"), bare, node("doc:1")),
        Quad(node(XINGHE), node("rdfs:label"), tagged, node("doc:1")),
    ]
    data = serialise(quads, form)
    assert {quad.object for quad in ox.parse(data, format=OX[form])} == {tagged, bare}
    read = rdflib.Dataset()
    read.parse(data=data, format=RDFLIB[form])
    assert {str(o) for _, _, o, _ in read.quads()} == {value}


@given(st.one_of(st.just(NASTY), st.text(st.characters(exclude_categories=("Cs",)))))
@settings(max_examples=40)
def test_xml_replaces_what_it_cannot_hold(value: str) -> None:
    quads = [
        Quad(node(XINGHE), node("kg:raw"), text(value)),
        Quad(node(XINGHE), node("kg:raw"), text(value, "zh-Hant")),
    ]
    read = rdflib.Graph().parse(data=serialise(quads, "rdf"), format="xml")
    held = "".join(c if _fits_xml(c) else "\ufffd" for c in value)
    assert {str(o) for o in read.objects()} == {held}


def _fits_xml(char: str) -> bool:
    return (
        char in "\t\n\r"
        or " " <= char <= "\ud7ff"
        or (char >= "\ue000" and char not in "\ufffe\uffff")
    )


def test_turtle_is_pleasant_to_read() -> None:
    turtle = serialise(QUADS, "ttl").decode()
    titles = [line for line in turtle.splitlines() if line.startswith("# ---")]
    assert titles == [
        "# --- Documents ---",
        "# --- Entities ---",
        "# --- Events and who takes part ---",
        "# --- Claims ---",
        "# --- Evidence ---",
        "# --- Times ---",
        "# --- Metrics ---",
        "# --- Runs and extractors ---",
    ]
    assert '\nent:星河科技 a kg:Company ;\n    schema:name "星河科技" ;\n' in turtle
    assert '"星河科技"@zh-Hant' in turtle
    assert "    kg:confidence 0.9 ;\n" in turtle
    assert turtle.endswith(" .\n")
    assert "\t" not in turtle


@pytest.mark.parametrize("form", ["ttl", "trig"])
def test_only_prefixes_in_use_are_declared_in_our_order(form: Format) -> None:
    lines = serialise(QUADS, form).decode().splitlines()
    declared = [line.split()[1].rstrip(":") for line in lines if line.startswith("@prefix")]
    assert declared == [name for name in PREFIXES if name in declared]
    assert "ontolex" not in declared
    assert "ent" in declared


def test_nothing_is_a_valid_file() -> None:
    assert list(ox.parse(serialise([], "ttl"), format=ox.RdfFormat.TURTLE)) == []


def test_blank_nodes_of_a_user_are_written() -> None:
    quad = Quad(ox.BlankNode("b"), node("kg:raw"), text("x"))
    assert b'_:b kg:raw "x" .' in serialise([quad], "ttl")


def test_rdflib_keeps_graphs_and_lexical_forms() -> None:
    quad = Quad(
        node(XINGHE),
        node("kg:value"),
        ox.Literal("0.870", datatype=node("xsd:decimal")),
        node("doc:1"),
    )
    ((subject, _, value, graph),) = to_rdflib([quad]).quads()
    assert (str(subject), str(value), str(graph)) == (XINGHE, "0.870", expand("doc:1"))
