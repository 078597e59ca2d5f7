"""Readers' verdicts: their file, and that a build honours them."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from claimgraphs import claim, entity, graph_of
from reading import document, plain

from kg.errors import InputError
from kg.graph import Graph, build, load
from kg.iri import entity_iri
from kg.model import ClaimGraph, Judgement, Participant, Review
from kg.ontology import load_ontology
from kg.rdf import encode
from kg.resolve.profiles import profile_id
from kg.verdicts import REASON, Verdicts, apply_verdicts, read_verdicts

A, B, C = map(entity_iri, "abc")
WRONG = Review("wrong", "林審", "2026-05-01")


def verdict_file(folder: Path, *rows: object) -> Path:
    path = folder / "verdicts.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def pair(left: str, right: str, verdict: str = "same") -> Judgement:
    left, right = sorted((left, right))
    return Judgement(left, right, verdict, 1.0, (REASON,), "林審", "2026-05-01")  # type: ignore[arg-type]


def honour(graph: ClaimGraph, *pairs: Judgement, **claims: Review) -> ClaimGraph:
    return apply_verdicts(graph, Verdicts(claims, pairs), load_ontology())


# --- The file --------------------------------------------------------------------------------


def test_a_file_is_read(tmp_path: Path) -> None:
    path = verdict_file(
        tmp_path,
        {"claim": "k1", "verdict": "wrong", "by": " 林審 ", "at": "2026-05-01T10:00:00.250+08:00"},
        {"claim": "k2", "verdict": "right", "by": "", "at": ""},
        {"left": B, "right": A, "verdict": "different", "at": "2026-05-01"},
    )
    found = read_verdicts([path])
    assert found.claims == {
        "k1": Review("wrong", "林審", "2026-05-01T02:00:00Z"),
        "k2": Review("right", "a reader", None),
    }
    assert found.pairs == (Judgement(A, B, "different", 1.0, (REASON,), "a reader", "2026-05-01"),)
    assert found.apart == ((A, B),)


def test_the_later_of_two_verdicts_stands_in_whatever_order(tmp_path: Path) -> None:
    rows = [
        {"claim": "k", "verdict": "wrong", "by": "x", "at": "2026-05-02"},
        {"claim": "k", "verdict": "right", "by": "y", "at": "2026-05-01"},
        {"left": A, "right": B, "verdict": "same", "at": "2026-05-01T09:00:00Z"},
        {"left": B, "right": A, "verdict": "different", "at": "2026-05-03"},
    ]
    for order in itertools.permutations(rows):
        found = read_verdicts([verdict_file(tmp_path, *order)])
        assert found.claims["k"].ruling == "wrong"
        assert [one.verdict for one in found.pairs] == ["different"]


@pytest.mark.parametrize(("first", "last"), [("same", "different"), ("different", "same")])
@pytest.mark.parametrize("at", [None, "2026-05-01"])
def test_of_verdicts_of_one_date_or_none_the_last_given_stands(
    tmp_path: Path, first: str, last: str, at: str | None
) -> None:
    rows: list[dict[str, object]] = [
        {"left": A, "right": B, "verdict": first, "at": at},
        {"left": B, "right": A, "verdict": last, "at": at, "by": "a"},
    ]
    (found,) = read_verdicts([verdict_file(tmp_path, *rows)]).pairs
    assert found.verdict == last
    files = [tmp_path / "1.jsonl", tmp_path / "2.jsonl"]
    for path, row in zip(files, rows, strict=True):
        path.write_text(json.dumps(row), encoding="utf-8")
    assert [one.verdict for one in read_verdicts(files).pairs] == [last]
    assert [one.verdict for one in read_verdicts(files[::-1]).pairs] == [first]


def test_a_verdict_without_a_date_gives_way_to_one_with_a_date(tmp_path: Path) -> None:
    dated = {"left": A, "right": B, "verdict": "same", "at": "2026-05-01"}
    (found,) = read_verdicts(
        [verdict_file(tmp_path, dated, {"left": A, "right": B, "verdict": "different"})]
    ).pairs
    assert found.verdict == "same"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "2: no verdict"),
        ("[]", "an object is expected"),
        ('{"claim": "k"}', "'verdict' is missing"),
        ('{"claim": 7, "verdict": "right"}', "claim is '7'"),
        ('{"claim": "k", "verdict": "same"}', "not right or wrong"),
        ('{"left": "urn:a", "verdict": "same"}', "'right' is missing"),
        ('{"left": "urn:a", "right": "urn:a", "verdict": "same"}', "are one"),
        ('{"claim": "k", "verdict": "right", "at": "yesterday"}', "yesterday"),
        ("[" * 100_000, "2: no verdict"),
    ],
)
def test_a_broken_line_is_an_error_that_names_it(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "v.jsonl"
    path.write_text('{"claim": "k", "verdict": "right"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_verdicts([path])


def test_a_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_verdicts([tmp_path / "none.jsonl"])


# --- Claims ----------------------------------------------------------------------------------


def test_a_wrong_claim_stays_but_is_no_fact() -> None:
    graph = graph_of([claim("a", "kg:partnerOf", "b")], map(entity, "ab"))
    (key,) = (one.key for one in graph.claims)
    (judged,) = honour(graph, **{key: WRONG}).claims
    assert (judged.key, judged.is_fact, judged.is_rejected) == (key, False, True)
    assert Graph(honour(graph, **{key: WRONG})).path("a", "b") == ()


def test_a_right_claim_is_confirmed() -> None:
    graph = graph_of([claim("a", "kg:partnerOf", "b")], map(entity, "ab"))
    review = Review("right", "林審")
    (judged,) = honour(graph, **{graph.claims[0].key: review}).claims
    assert (judged.review, judged.is_fact) == (review, True)


def test_verdicts_on_what_is_not_in_the_build_are_told() -> None:
    graph = graph_of([], map(entity, "ab"))
    judged = honour(graph, pair(A, "urn:gone"), nokey=WRONG)
    assert [(drop.stage, drop.quote) for drop in judged.drops] == [
        ("judgements", "nokey"),
        ("judgements", f"{A} urn:gone"),
    ]
    assert judged.entities == graph.entities


def test_without_verdicts_nothing_changes() -> None:
    graph = graph_of([claim("a", "kg:partnerOf", "b")], map(entity, "ab"))
    assert honour(graph) is graph


# --- Entities --------------------------------------------------------------------------------


def test_what_is_the_same_is_one_also_by_way_of_others() -> None:
    entities = [entity("a"), entity("b", mentions=3), entity("c"), entity("d")]
    claims = [
        claim("a", "kg:suppliesTo", "d"),
        claim("c", "kg:owns", "d"),
        claim("b", "kg:owns", "a"),
    ]
    judged = honour(graph_of(claims, entities), pair(A, B), pair(C, B))
    assert [one.iri for one in judged.entities] == [B, entity_iri("d")]
    (one, _) = judged.entities
    assert (one.aliases, one.same_as) == (("a", "c"), (A, C))
    assert {(c.subject, c.predicate) for c in judged.claims} == {
        (B, "kg:suppliesTo"),
        (B, "kg:owns"),
    }
    assert [drop.predicate for drop in judged.drops] == ["kg:owns"]  # of b and a, who are one


def test_a_verdict_holds_for_the_key_before_and_after_the_merging() -> None:
    graph = graph_of(
        [claim("a", "kg:suppliesTo", "d")], [entity("a"), entity("b", mentions=3), entity("d")]
    )
    (before,) = (one.key for one in graph.claims)
    (after,) = (one.key for one in honour(graph, pair(A, B)).claims)
    assert before != after
    for key in (before, after):
        judged = honour(graph, pair(A, B), **{key: WRONG})
        assert [one.is_rejected for one in judged.claims] == [True]
        assert judged.drops == ()


def test_a_rejected_claim_does_not_come_back_by_merging() -> None:
    claims = [
        claim("a", "kg:suppliesTo", "d"),
        claim("b", "kg:suppliesTo", "d", quote="other words"),
    ]
    graph = graph_of(claims, [entity("a"), entity("b"), entity("d")])
    for one in graph.claims:
        judged = honour(graph, pair(A, B), **{one.key: WRONG})
        assert [(c.is_fact, len(c.evidence)) for c in judged.claims] == [(False, 2)]


def test_what_is_different_stays_apart_whatever_would_join_it() -> None:
    graph = graph_of([], map(entity, "abc"))
    verdicts = [pair(A, B), pair(B, C), pair(A, C, "different")]
    for order in itertools.permutations(verdicts):
        judged = apply_verdicts(graph, Verdicts({}, tuple(sorted(order, key=str))), load_ontology())
        assert not any({"a", "c"} <= {one.label, *one.aliases} for one in judged.entities)
        assert len(judged.entities) == 2
        assert [drop.reason for drop in judged.drops] == [
            "judged the same, but by way of others judged different"
        ]


def test_the_known_one_gives_the_merged_entity_its_name() -> None:
    known = entity("k", mentions=1, same_as=("http://www.wikidata.org/entity/Q1",))
    judged = honour(graph_of([], [entity("a", mentions=9), known]), pair(A, known.iri))
    assert [one.iri for one in judged.entities] == [known.iri]


def test_a_merged_entity_keeps_only_claims_that_fit_its_class() -> None:
    person = entity("p", "kg:Person", mentions=9)
    claims = [claim("a", "kg:acquires", "b"), claim("p", "kg:founderOf", "b")]
    judged = honour(graph_of(claims, [entity("a"), entity("b"), person]), pair(A, person.iri))
    assert {c.predicate for c in judged.claims} <= {"kg:founderOf", "kg:acquires"}
    assert Graph(judged).validate().conforms


def test_participants_follow_and_the_wrongly_claimed_one_is_taken_out() -> None:
    parts = (Participant("agent", A), Participant("patient", C))
    event = entity("e", "kg:Meeting", trigger="會面", participants=parts)
    graph = graph_of([claim("c", "kg:participatesIn", "e")], [*map(entity, "abc"), event])
    judged = honour(graph, pair(A, B), **{graph.claims[0].key: WRONG})
    (found,) = (one for one in judged.entities if one.trigger)
    assert [part.iri for part in found.participants] == [min(A, B)]


# --- The whole way ---------------------------------------------------------------------------

ARTICLE = "青禾科技集團與藍峰銀行簽署合作協議。青禾科技集團（下稱「青禾」）收購紫杉軟件公司。"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def _partner(graph: Graph) -> str:
    (found,) = (c.key for c in graph.claims if c.predicate == "kg:partnerOf")
    return found


def test_a_build_marks_the_rejected_claim_everywhere(article: Path, tmp_path: Path) -> None:
    key = _partner(build(article))
    row = {"claim": key, "verdict": "wrong", "by": "林審", "at": "2026-05-01T10:00:00Z"}
    graph = build(article, judgements=[verdict_file(tmp_path, row)])
    assert graph.validate().conforms
    out = tmp_path / "out"
    graph.save(out)
    turtle = (out / "graph.ttl").read_text("utf-8")
    assert "kg:partnerOf ent:" not in turtle
    assert f"review:{key}" in turtle
    assert "kg:Wrong" in turtle
    assert '"林審"' in turtle
    assert "2026-05-01T10:00:00Z" in turtle
    assert "judged wrong by 林審 on 2026-05-01" in (out / "report.md").read_text("utf-8")
    assert '"verdict": "wrong"' in (out / "why.jsonl").read_text("utf-8")
    assert b",wrong\r\n" in (out / "claims.csv").read_bytes()
    assert load(out).claims == graph.claims
    assert graph.query("partners").rows == ()  # type: ignore[union-attr]


def test_a_build_merges_and_tells_who_said_so(article: Path, tmp_path: Path) -> None:
    left, right = entity_iri("青禾科技集團"), entity_iri("紫杉軟件公司")
    row = {"left": left, "right": right, "verdict": "same", "by": "林審", "at": "2026-05-01"}
    graph = build(article, judgements=[verdict_file(tmp_path, row)])
    assert graph.entity("紫杉軟件公司") == graph.entity("青禾科技集團")
    assert graph.validate().conforms
    review = [str(quad) for quad in encode(graph.content) if "claimgraph/review/" in str(quad)]
    assert any("Same" in quad for quad in review)
    graph.save(tmp_path / "out")
    assert load(tmp_path / "out").content.judgements == graph.content.judgements


def test_a_build_keeps_apart_what_the_text_joins(article: Path, tmp_path: Path) -> None:
    left, right = entity_iri("青禾科技集團"), entity_iri("青禾")
    before = build(article)
    assert right not in {one.iri for one in before.entities}
    path = verdict_file(tmp_path, {"left": left, "right": right, "verdict": "different"})
    assert {left, right} <= {one.iri for one in build(article, judgements=[path]).entities}


def test_a_table_can_be_filled_in(tmp_path: Path) -> None:
    table = tmp_path / "doubts.csv"
    table.write_text(
        "\ufeffverdict,left_name,left,right\r\n"
        " Same ,王偉,https://x/1#a,https://x/2#a\r\n"
        ",王偉,https://x/1#b,https://x/2#b\r\n",
        "utf-8",
    )
    (one,) = read_verdicts([table]).pairs
    assert (one.left, one.right, one.verdict) == ("https://x/1#a", "https://x/2#a", "same")


def test_a_wrong_row_of_a_table_is_told_with_its_line(tmp_path: Path) -> None:
    table = tmp_path / "doubts.csv"
    table.write_text("verdict,left,right\nmaybe,https://x/1,https://x/2\n", "utf-8")
    with pytest.raises(InputError, match=r"doubts\.csv:2: no verdict: the verdict is 'maybe'"):
        read_verdicts([table])


def test_a_table_that_is_none_is_told(tmp_path: Path) -> None:
    table = tmp_path / "doubts.csv"
    table.write_text("verdict;left;right\nsame;https://x/1;https://x/2\n", "utf-8")
    with pytest.raises(InputError, match=r"doubts\.csv:1: no column 'verdict'.* by commas"):
        read_verdicts([table])


def test_what_documents_call_something_can_be_judged_and_withdrawn(tmp_path: Path) -> None:
    texts = {
        "張志偉創辦青禾銀行。張志偉很好。": "2019-01-01",
        "張志偉指，案件押後。張志偉表示會再審。": "2021-06-15",
    }
    pipeline = plain()
    graphs = [pipeline.read(document(text, day)) for text, day in texts.items()]
    places = [profile_id(g.documents[0].iri, entity_iri("張志偉")) for g in graphs]

    def things(*rows: dict[str, str]) -> int:
        path = tmp_path / "verdicts.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
        joined = pipeline.join(graphs, read_verdicts([path]))
        assert joined.drops == pipeline.join(graphs).drops
        return len([e for e in joined.entities if "張志偉" in e.labels.values()])

    ruling = {"left": places[0], "right": places[1]}
    assert things() == 2
    assert things(ruling | {"verdict": "same"}) == 1
    later = ruling | {"verdict": "different", "at": "2026-05-01"}
    assert things(ruling | {"verdict": "same"}, later) == 2
