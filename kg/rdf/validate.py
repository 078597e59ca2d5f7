"""Check quads against ``ontology/shapes.ttl`` (SHACL), with the class tree of ``schema.ttl``.

Works without a network. pySHACL's time is linear: about 1 s for 10,000 triples.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.iri import PREFIXES, compact, content_key
from kg.model import ValidationReport, Violation
from kg.ontology import ontology_dir
from kg.rdf.schema import schema_quads
from kg.rdf.serialise import serialise
from kg.rdf.terms import Quad, Quads, Term, node, text

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

    from kg.rdf.laws import Law


def validate(quads: Quads, shapes: Path | None = None) -> ValidationReport:
    """Whether *quads* obey *shapes* (default: the packaged ones), with each violation once."""
    from kg.rdf.laws import find_breaches

    core, laws = _read_shapes(shapes or ontology_dir() / "shapes.ttl")
    together = [*quads, *schema_quads()]
    found = [*_check_nodes(together, core), *find_breaches(laws, together)]
    violations = sorted(set(found), key=lambda v: (v.focus, v.path, v.message, v.severity))
    conforms = not violations
    return ValidationReport(conforms, tuple(violations), _report_turtle(violations))


@cache
def _read_shapes(path: Path) -> tuple[Graph, tuple[Law, ...]]:
    from rdflib import Graph

    from kg.rdf.laws import take_laws

    try:
        shapes = Graph().parse(path, format="turtle")
    except (OSError, SyntaxError) as error:
        raise OntologyError(f"{path}: {error}") from error
    return shapes, take_laws(shapes)


def _check_nodes(quads: Quads, shapes: Graph) -> list[Violation]:
    import pyshacl
    from rdflib import RDF, SH

    from kg.rdf.interop import merge

    _, report, _ = pyshacl.validate(
        merge(quads), shacl_graph=shapes, inference="none", inplace=True, do_owl_imports=False
    )
    return [_violation(report, result) for result in report.subjects(RDF.type, SH.ValidationResult)]


def _violation(report: Graph, result: Node) -> Violation:
    from rdflib import SH

    focus, path, message, severity = (
        min(map(str, report.objects(result, predicate)), default="")
        for predicate in (SH.focusNode, SH.resultPath, SH.resultMessage, SH.resultSeverity)
    )
    return Violation(compact(focus), compact(path), message, compact(severity))


def _report_turtle(violations: list[Violation]) -> str:
    """The SHACL report; pySHACL's own has blank nodes, so that no two runs write the same."""
    results = [(node(_result_iri(violation)), violation) for violation in violations]
    report = node(f"{PREFIXES['run']}validation-{content_key([iri.value for iri, _ in results])}")
    quads = [Quad(report, node("rdf:type"), node("sh:ValidationReport"))]
    verdict = ox.Literal("false" if violations else "true", datatype=node("xsd:boolean"))
    quads.append(Quad(report, node("sh:conforms"), verdict))
    for iri, violation in results:
        quads.append(Quad(report, node("sh:result"), iri))
        quads.extend(_result_quads(iri, violation))
    return serialise(quads, "ttl").decode()


def _result_iri(violation: Violation) -> str:
    key = content_key(violation.focus, violation.path, violation.message)
    return f"{PREFIXES['run']}violation-{key}"


def _result_quads(iri: ox.NamedNode, violation: Violation) -> list[Quad]:
    quads = [
        Quad(iri, node("rdf:type"), node("sh:ValidationResult")),
        Quad(iri, node("sh:focusNode"), _focus(violation.focus)),
        Quad(iri, node("sh:resultMessage"), text(violation.message, "en")),
        Quad(iri, node("sh:resultSeverity"), node(violation.severity)),
    ]
    if violation.path:
        quads.append(Quad(iri, node("sh:resultPath"), node(violation.path)))
    return quads


def _focus(focus: str) -> Term:
    """A strange graph may have a blank node there, which is named only."""
    return node(focus) if ":" in focus else text(focus)


def report_text(report: ValidationReport) -> str:
    """The report for people: a line for each violation, grouped by what is wrong."""
    if report.conforms:
        return "The graph obeys every shape.\n"
    by_message: dict[str, list[str]] = {}
    for violation in report.violations:
        by_message.setdefault(violation.message, []).append(violation.focus)
    count = len(report.violations)
    lines = [f"The graph breaks its shapes in {count} place{'s' if count > 1 else ''}."]
    for message, nodes in by_message.items():
        lines += [message, *(f"  {focus}" for focus in nodes)]
    return "\n".join(lines) + "\n"
