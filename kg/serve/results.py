"""Answers as bytes: rows and truths in the four result formats of SPARQL, triples as RDF."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from kg.rdf.serialise import Format, serialise
from kg.rdf.terms import Quad, node
from kg.serve import negotiate as media
from kg.store import Rows, Value

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
# XML 1.0 cannot hold them, not even escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMS: dict[str, Format] = {
    media.TURTLE: "ttl",
    media.NTRIPLES: "nq",
    media.NQUADS: "nq",
    media.TRIG: "trig",
    media.JSONLD: "jsonld",
    media.RDFXML: "rdf",
}
_TSV_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def write_rows(rows: Rows, form: str) -> bytes:
    """*rows* in the media type *form*."""
    writer = {media.JSON: _json, media.XML: _xml, media.CSV: _csv, media.TSV: _tsv}[form]
    return writer(rows).encode("utf-8", "replace")


def write_truth(truth: bool, form: str) -> bytes:
    """The answer of an ASK."""
    if form == media.JSON:
        return json.dumps({"head": {}, "boolean": truth}).encode()
    return f"{_XML}<head/><boolean>{str(truth).lower()}</boolean></sparql>\n".encode()


def write_quads(quads: Iterable[Quad], form: str, graph: str | None = None) -> bytes:
    """The triples of *quads* in the media type *form*; N-Quads and TriG say that of *graph*."""
    if graph is not None and form in (media.NQUADS, media.TRIG):
        named = node(graph)
        return serialise(
            (Quad(q.subject, q.predicate, q.object, named) for q in quads), _FORMS[form]
        )
    return serialise((Quad(q.subject, q.predicate, q.object) for q in quads), _FORMS[form])


def _json(rows: Rows) -> str:
    bindings = [
        {name: _json_term(value) for name, value in zip(rows.columns, row, strict=True) if value}
        for row in rows.rows
    ]
    document = {"head": {"vars": rows.columns}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def _json_term(value: Value) -> dict[str, str]:
    found = {"type": value.kind, "value": value.text}
    if value.language:
        found["xml:lang"] = value.language
    elif value.datatype:
        found["datatype"] = value.datatype
    return found


def _xml(rows: Rows) -> str:
    variables = "".join(f"<variable name={quoteattr(name)}/>" for name in rows.columns)
    results = "".join(
        f"<result>{''.join(_xml_row(rows.columns, row))}</result>\n" for row in rows.rows
    )
    return f"{_XML}<head>{variables}</head>\n<results>\n{results}</results></sparql>\n"


def _xml_row(columns: tuple[str, ...], row: tuple[Value | None, ...]) -> Iterator[str]:
    for name, value in zip(columns, row, strict=True):
        if value:
            yield f"<binding name={quoteattr(name)}>{_xml_term(value)}</binding>"


def _xml_term(value: Value) -> str:
    text = escape(_NO_XML.sub("\ufffd", value.text), {"\r": "&#13;"})
    if value.kind != "literal":
        return f"<{value.kind}>{text}</{value.kind}>"
    attribute = ""
    if value.language:
        attribute = f" xml:lang={quoteattr(value.language)}"
    elif value.datatype:
        attribute = f" datatype={quoteattr(value.datatype)}"
    return f"<literal{attribute}>{text}</literal>"


def _csv(rows: Rows) -> str:
    """Texts alone, as the standard wants; nothing is changed for the sake of spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(rows.columns)
    writer.writerows([_csv_term(value) for value in row] for row in rows.rows)
    return out.getvalue()


def _csv_term(value: Value | None) -> str:
    if value is None:
        return ""
    return f"_:{value.text}" if value.kind == "bnode" else value.text


def _tsv(rows: Rows) -> str:
    lines = ["\t".join(f"?{name}" for name in rows.columns)]
    lines += ["\t".join(map(_tsv_term, row)) for row in rows.rows]
    return "\n".join(lines) + "\n"


def _tsv_term(value: Value | None) -> str:
    if value is None:
        return ""
    if value.kind != "literal":
        return f"<{value.text}>" if value.kind == "uri" else f"_:{value.text}"
    quoted = f'"{value.text.translate(_TSV_ESCAPES)}"'
    if value.language:
        return f"{quoted}@{value.language}"
    return f"{quoted}^^<{value.datatype}>" if value.datatype else quoted
