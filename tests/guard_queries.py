"""Queries of a grammar, hostile ones among them, for tests of the guard."""

from __future__ import annotations

from hypothesis import strategies as st

ELSEWHERE = "<http://127.0.0.1:4747/x>"
"""An address on this machine that nothing listens on; whoever asks it is caught before."""

SPACE = st.sampled_from([" ", "\n", "\t", "\r", "\r\n", " # SERVICE\n", "#\n", "  "])
IRI = st.sampled_from(["<urn:a>", "<urn:b>", "kg:uses", "ent:騰訊", "a:b", ":x", "<>", ELSEWHERE])
VARIABLE = st.sampled_from(["?s", "?p", "?o", "$x", "?service", "?FROM", "?名"])
TEXT = st.sampled_from(
    [
        "'a'", '"b"', "'''it's'''", '"""a "b" c"""', "'SERVICE <urn:x> {}'", '"} SERVICE <u> {"',
        "'\\''", '"\\\\"', "'#'", "'a'@en", "'FROM'@service", "'1'^^xsd:integer", "1", "2.5", "true",
        '"\\u0022"', "'\\U00000027'", "'''\\''' SERVICE <u:x> {} '''", '""""a"""',
    ]
)  # fmt: skip
TERM = st.one_of(IRI, VARIABLE, TEXT)
VERB = st.one_of(
    IRI, VARIABLE, st.just("a"),
    st.sampled_from(["<urn:a>/<urn:b>", "(kg:uses|^<urn:a>)*", "!<urn:a>", "<urn:a>?", "a/rdfs:subClassOf*"]),
)  # fmt: skip
WORD = st.sampled_from(["SERVICE", "service", "sErViCe", "SERVICE SILENT", "SERVICE\u00a0"])


def _triple() -> st.SearchStrategy[str]:
    return st.tuples(st.one_of(IRI, VARIABLE), SPACE, VERB, SPACE, TERM).map("".join)


def _service(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    to = st.one_of(IRI, VARIABLE, st.just(ELSEWHERE))
    return st.tuples(WORD, SPACE, to, SPACE, st.just("{"), inner, st.just("}")).map("".join)


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    braced = inner.map(lambda text: f"{{ {text} }}")
    return st.one_of(
        braced,
        st.tuples(st.sampled_from(["OPTIONAL", "MINUS", "GRAPH ?g", "GRAPH <urn:a>"]), SPACE, braced).map("".join),
        st.tuples(braced, st.just(" UNION "), braced).map("".join),
        braced.map(lambda text: f"FILTER NOT EXISTS {text}"),
        braced.map(lambda text: f"FILTER(EXISTS {text} && 1 < 2)"),
        inner.map(lambda text: f"{{ SELECT * WHERE {{ {text} }} LIMIT 2 }}"),
        st.tuples(TEXT, VARIABLE).map(lambda two: f"BIND({two[0]} AS {two[1]}x)"),
        TEXT.map(lambda text: f"VALUES ?v {{ {text} }}"),
        st.sampled_from(["FILTER(REGEX(STR(?s), '.*'))", "FILTER(NOW() > ?o)", "FILTER(RAND() < 1)", "BIND(IRI('http://127.0.0.1:4747/') AS ?iri)"]),
    )  # fmt: skip


def _pattern() -> st.SearchStrategy[str]:
    return st.recursive(
        _triple(),
        lambda inner: st.one_of(_wrapped(inner), _service(inner), st.tuples(inner, inner).map(" . ".join)),
        max_leaves=5,
    )  # fmt: skip


DATASET = st.sampled_from(["", "", "", "FROM <urn:a>", "FROM NAMED <urn:b>", f"FROM {ELSEWHERE}", "from a:b", "FROM <file:///etc/passwd>"])  # fmt: skip
PROLOGUE = st.sampled_from(["", "", "PREFIX a: <urn:> ", "PREFIX : <urn:> ", "BASE <urn:> ", "PREFIX service: <urn:> ", "# SERVICE\n"])  # fmt: skip
TAIL = st.sampled_from(["", " LIMIT 3", " ORDER BY ?s", " OFFSET 1", " GROUP BY ?s", " VALUES ?s { <urn:a> }", "#"])  # fmt: skip
HEAD = st.sampled_from(["SELECT *", "SELECT DISTINCT ?s", "ASK", "DESCRIBE ?s", "DESCRIBE <urn:a>", "CONSTRUCT { ?s ?p ?o }", "SELECT (COUNT(*) AS ?n)"])  # fmt: skip

QUERIES = st.tuples(PROLOGUE, HEAD, SPACE, DATASET, SPACE, st.just("WHERE {"), _pattern(), st.just("}"), TAIL).map("".join)  # fmt: skip
UPDATES = st.sampled_from(
    [
        f"LOAD {ELSEWHERE}",
        f"LOAD SILENT {ELSEWHERE} INTO GRAPH <urn:a>",
        "INSERT DATA { <urn:a> <urn:b> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP SILENT ALL",
        "CREATE GRAPH <urn:z>",
        "ADD <urn:a> TO <urn:b>",
        f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    ]
)
PIECES = st.lists(
    st.one_of(TERM, WORD, SPACE, st.sampled_from(list("{}().;,'\"#<>\\|/^*+?!=&")), HEAD, UPDATES),
    max_size=14,
).map("".join)
ANYTHING = st.one_of(QUERIES, UPDATES, PIECES, st.tuples(QUERIES, PIECES).map("".join))
