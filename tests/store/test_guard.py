"""What is refused is refused before evaluation; what only looks like it is not."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.store.guard import MAX_LENGTH, check, check_query, plain

SERVICE = "SERVICE <http://evil.example/> {?s ?p ?o}"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SELECT * {?s ?p ?o}", "select"),
        ("ask {?s ?p ?o}", "ask"),
        ("DESCRIBE <urn:a>", "describe"),
        ("CONSTRUCT {?s ?p ?o} WHERE {?s ?p ?o}", "construct"),
        ("SELECT * {?s ?p 'SERVICE FROM LOAD'}", "select"),
        ('SELECT * {?s ?p """a "quoted" SERVICE"""}', "select"),
        ("SELECT * {?s ?p '''it's FROM here'''}", "select"),
        (r"SELECT * {?s ?p 'a \' SERVICE \\'}", "select"),
        ("SELECT * {?s ?p ?o} # SERVICE <urn:x> FROM", "select"),
        ("SELECT * {?s <http://x.example/SERVICE#FROM> ?o}", "select"),
        ("PREFIX service: <urn:> SELECT * {?service service:FROM ?FROM}", "select"),
        ("SELECT * {?s ?p 'x'@from}", "select"),
        ("SELECT * {?s (<urn:a>|^<urn:b>)*/!<urn:c>+ ?o}", "select"),
        ("SELECT * {{SELECT ?s {?s ?p ?o} LIMIT 1} FILTER(1<2 && ?s>3)}", "select"),
        ("SELECT * {GRAPH ?g {?s ?p ?o} FILTER NOT EXISTS {?s a ?c}}", "select"),
        ("SELECT ?名 {?名 ?p '值'}", "select"),
    ],
)
def test_allowed(text: str, kind: str) -> None:
    assert check_query(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{{SERVICE}}}",
        "SELECT * {service silent ?x {?s ?p ?o}}",
        f"SELECT * {{FILTER EXISTS {{{SERVICE}}}}}",
        f"SELECT * {{FILTER(?x = 1 || NOT EXISTS {{{SERVICE}}})}}",
        f"SELECT * {{{{SELECT ?s {{{{SELECT ?s {{{SERVICE}}}}}}}}}}}",
        f"SELECT * {{?s ?p ?o OPTIONAL {{{SERVICE}}}}}",
        f"SELECT * {{?s ?p ?o MINUS {{{SERVICE}}}}}",
        f"ASK {{{{}} UNION {{{SERVICE}}}}}",
        f"CONSTRUCT {{?s ?p ?o}} WHERE {{{SERVICE}}}",
        f"DESCRIBE ?s {{{SERVICE}}}",
        "PREFIX : <urn:> SELECT * {SERVICE:e{?s ?p ?o}}",
        "SELECT * {SERVICE#\n<urn:x>{}}",
        f"SELECT * {{# \r{SERVICE}\n}}",
    ],
)
def test_service_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="remove SERVICE"):
        check_query(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <file:///etc/passwd> {?s ?p ?o}",
        "SELECT * FROM NAMED <urn:x> {?s ?p ?o}",
        "ASK from <urn:x> {?s ?p ?o}",
        "DESCRIBE <urn:a> FROM <urn:x>",
        "CONSTRUCT {?s ?p ?o} FROM <urn:x> WHERE {?s ?p ?o}",
    ],
)
def test_from_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="remove FROM"):
        check_query(text)


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://evil.example/>",
        "INSERT DATA {<urn:a> <urn:b> <urn:c>}",
        "DELETE WHERE {?s ?p ?o}",
        "CLEAR ALL",
        "DROP GRAPH <urn:x>",
        "PREFIX x: <urn:> INSERT {?s x:y 1} WHERE {?s ?p ?o}",
    ],
)
def test_updates_are_refused(text: str) -> None:
    with pytest.raises(QueryError, match="updates are refused"):
        check_query(text)


@pytest.mark.parametrize(
    "text", ["", "SELECT", "SELECT * {?s ?p}", "ASK {} ; DROP ALL", "{}", "\x00"]
)
def test_what_does_not_parse_says_where(text: str) -> None:
    with pytest.raises(QueryError, match=r"does not parse: line 1, column \d+"):
        check_query(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {" + "{" * 900 + "}" * 900 + "}",
        "SELECT * {FILTER(" + "(" * 3000 + "1" + ")" * 3000 + ")}",
        "SELECT * {?s " + "(" * 3000 + "<urn:a>" + ")" * 3000 + " ?o}",
        "SELECT * {FILTER(" + "!" * 9000 + "1)}",
    ],
    ids=["groups", "brackets", "paths", "not"],
)
def test_deep_nesting_is_a_query_error(text: str) -> None:
    with pytest.raises(QueryError):
        check_query(text)


def test_long_texts_are_refused_unparsed() -> None:
    with pytest.raises(QueryError, match=f"at most {MAX_LENGTH}"):
        check_query("SELECT * {" + "?s ?p ?o ." * 2000 + "}")


def test_an_escape_that_one_parser_would_read_as_a_quote_is_refused() -> None:
    text = f'SELECT * {{VALUES ?x {{"a\\u0022"}} {SERVICE} VALUES ?y {{ "\\u0022" }}}}'
    with pytest.raises(QueryError, match="write the character itself"):
        check_query(text)


def test_line_ends_are_made_plain() -> None:
    assert plain("a\r\nb\rc\n") == "a\nb\nc\n"


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_any_text_passes_or_is_a_query_error(text: str) -> None:
    with suppress(QueryError):
        assert check_query(text) in ("select", "ask", "construct", "describe")


@given(
    st.sampled_from(["SERVICE", "sErViCe SILENT"]), st.sampled_from(["", " ", "\t\n", "\r", "#\n"])
)
def test_no_space_hides_a_service(word: str, space: str) -> None:
    with pytest.raises(QueryError, match="remove SERVICE"):
        check_query(f"SELECT * {{{space}{word}{space}<urn:x>{space}{{}}}}")


GRAPHS = frozenset(("urn:g", "https://w3id.org/claimgraph/document/1"))


@pytest.mark.parametrize(
    "text",
    [
        "ASK FROM <urn:g> {}",
        "ASK FROM NAMED <urn:g> {}",
        "PREFIX u: <urn:> ASK FROM u:g {}",
        "PREFIX : <urn:g> ASK FROM : {}",
        "ASK FROM doc:1 {}",
        "PREFIX u: <urn:> SELECT * FROM <urn:g> FROM NAMED u:g {}",
    ],
)
def test_from_may_name_graphs_that_are_here(text: str) -> None:
    assert check(text, GRAPHS).names_graphs


@pytest.mark.parametrize(
    "text",
    [
        "ASK FROM <urn:h> {}",
        "ASK FROM <urn:g> FROM <urn:h> {}",
        "ASK FROM <g> {}",
        "BASE <urn:> ASK FROM <g> {}",
        "ASK FROM u:g {}",
        "PREFIX doc: <urn:> ASK FROM doc:1 {}",
        "PREFIX u: <urn:> PREFIX u: <urn:x:> ASK FROM u:g {}",
    ],
)
def test_from_may_not_name_others(text: str) -> None:
    with pytest.raises(QueryError, match="no graph here"):
        check(text, GRAPHS)


def test_a_query_that_only_looks_like_it_names_no_graphs() -> None:
    assert not check("ASK { ?s ?p 'FROM <urn:g>' }", GRAPHS).names_graphs
    assert check("ASK {}", GRAPHS).kind == "ask"
