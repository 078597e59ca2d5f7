"""Claim graphs through their files and back."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.interchange import (
    claims_jsonl,
    documents_jsonl,
    dump_record,
    entities_jsonl,
    judgements_jsonl,
    load_record,
    read_graph,
    why_jsonl,
)
from kg.model import (
    Claim,
    ClaimGraph,
    Comparator,
    Document,
    Drop,
    Entity,
    EntityMention,
    Evidence,
    Failure,
    Judgement,
    Measure,
    Modality,
    Participant,
    Polarity,
    Precision,
    Quantity,
    Reason,
    Review,
    Ruling,
    Script,
    Span,
    TimeSpan,
    Verdict,
)
from kg.spreadsheet import CSV_COLUMNS, claims_csv

WRITERS = {
    "entities.jsonl": entities_jsonl,
    "claims.jsonl": claims_jsonl,
    "documents.jsonl": documents_jsonl,
    "judgements.jsonl": judgements_jsonl,
    "why.jsonl": why_jsonl,
}

DOC = Document(
    "urn:doc", "", title="青禾科技的一天", published="2024-05-02", url="https://example.org/1"
)
QINGHE = Entity(
    "urn:qinghe", "kg:Company", {"zh-Hant": "青禾科技", "en": "Qinghe"}, aliases=("青禾",),
    same_as=("urn:x",), mentions=(EntityMention("urn:doc", Span(0, 4), "青禾科技"),),
)  # fmt: skip
BANK = Entity("urn:bank", "kg:Company", {"zh-Hant": "白鷺銀行"})
DAY = TimeSpan("2024-05-01", "2024-05-01", "day")
SIGNING = Entity(
    "urn:signing", "kg:Agreement", {"zh-Hant": "簽署"}, trigger="簽署", time=DAY,
    participants=(Participant("agent", "urn:qinghe"),),
)  # fmt: skip
FORUM = Entity("urn:forum", "kg:Meeting", {"zh-Hant": "清流論壇"})
PARTNER = Claim(
    "c1", "urn:qinghe", "kg:partnerOf", "urn:bank",
    (Evidence("urn:doc", Span(0, 9), "青禾科技與白鷺銀行", "frame", 0.8),),
    time=DAY, modality="reported", speaker="urn:bank", event="urn:signing", confidence=0.75,
    extractor="rules", reasons=(Reason("與 … 簽署", 0.75),),
)  # fmt: skip
USERS = Claim(
    "c2", "urn:qinghe", "kg:hasMetric",
    Measure("用戶", Quantity(8e6, None, ">", "人", "超過800萬人")),
    (Evidence("urn:doc", Span(10, 17), "超過800萬人", "number", 0.5),),
)  # fmt: skip
SAME = Judgement("urn:qinghe", "m7", "same", 0.9, ("brackets", "prefix"), "aliases")
GRAPH = ClaimGraph((DOC,), (QINGHE, BANK, SIGNING, FORUM), (PARTNER, USERS), (SAME,))


def write(graph: ClaimGraph, folder: Path) -> Path:
    for name, writer in WRITERS.items():
        (folder / name).write_bytes(writer(graph))
    return folder


def rows(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().splitlines()]


# --- The form ----------------------------------------------------------------------------------


def test_an_entity_line_has_the_keys_of_the_interface() -> None:
    assert rows(entities_jsonl(GRAPH))[0] == {
        "iri": "urn:qinghe",
        "class": "kg:Company",
        "labels": {"zh-Hant": "青禾科技", "en": "Qinghe"},
        "aliases": ["青禾"],
        "sameAs": ["urn:x"],
        "mentions": [{"document": "urn:doc", "start": 0, "end": 4, "surface": "青禾科技"}],
    }


def test_events_have_three_more_keys_named_ones_too() -> None:
    _, _, signing, forum = rows(entities_jsonl(GRAPH))
    assert signing["trigger"] == "簽署"
    assert signing["time"] == {"start": "2024-05-01", "end": "2024-05-01", "precision": "day"}
    assert signing["participants"] == [{"role": "agent", "iri": "urn:qinghe"}]
    assert (forum["trigger"], forum["time"], forum["participants"]) == (None, None, [])


def test_a_claim_line_has_the_keys_of_the_interface() -> None:
    assert rows(claims_jsonl(GRAPH))[0] == {
        "key": "c1",
        "subject": {"iri": "urn:qinghe", "label": "青禾科技"},
        "predicate": "kg:partnerOf",
        "object": {"iri": "urn:bank", "label": "白鷺銀行"},
        "time": {"start": "2024-05-01", "end": "2024-05-01", "precision": "day"},
        "place": None,
        "role": None,
        "polarity": "asserted",
        "modality": "reported",
        "speaker": "urn:bank",
        "confidence": 0.75,
        "extractor": "rules",
        "evidence": [{"document": "urn:doc", "start": 0, "end": 9, "quote": "青禾科技與白鷺銀行"}],
    }


def test_a_quantity_stands_as_an_object() -> None:
    assert rows(claims_jsonl(GRAPH))[1]["object"] == {
        "name": "用戶", "value": 8e6, "max": None, "comparator": ">", "unit": "人",
        "raw": "超過800萬人",
    }  # fmt: skip


def test_why_gives_the_reasons_of_claims_and_judged_entities() -> None:
    assert rows(why_jsonl(GRAPH)) == [
        {"of": "urn:qinghe", "reasons": ["same as m7: brackets; prefix"]},
        {
            "of": "c1",
            "reasons": [{"text": "與 … 簽署", "factor": 0.75}],
            "event": "urn:signing",
            "evidence": [{"extractor": "frame", "score": 0.8}],
        },
        {
            "of": "c2",
            "reasons": [],
            "event": None,
            "evidence": [{"extractor": "number", "score": 0.5}],
        },
    ]


def test_keys_are_sorted_and_characters_stay_readable() -> None:
    line = claims_jsonl(GRAPH).decode().splitlines()[0]
    assert line.startswith('{"confidence": 0.75, "evidence": [')
    assert "青禾科技與白鷺銀行" in line


def test_hostile_characters_keep_one_object_a_line_in_valid_utf8() -> None:
    name = "a\nb\u2028c\u2029d\x85e\ud800f\x00g\x0bh"
    data = entities_jsonl(ClaimGraph(entities=(replace(BANK, labels={"en": name}),)))
    assert len(data.decode("utf-8").splitlines()) == 1
    assert rows(data)[0]["labels"] == {"en": name}


# --- The identity ------------------------------------------------------------------------------

texts = st.text(st.characters(codec=None), max_size=8)
optional = st.none() | texts
numbers = st.floats(allow_nan=False, allow_infinity=False)
spans = st.builds(Span, st.integers(0, 10**9), st.integers(0, 10**9))
times = st.builds(TimeSpan, optional, optional, st.sampled_from(get_args(Precision)))
mentions = st.builds(EntityMention, texts, spans, texts)
participants = st.builds(Participant, texts, texts)


def several(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=3).map(tuple)


entities = st.builds(
    Entity, texts, st.sampled_from(["kg:Company", "kg:Meeting", "kg:Unknown"]),
    st.dictionaries(texts, texts, max_size=3), several(texts), several(texts), several(mentions),
    optional, st.none() | times, several(participants), optional,
    st.sampled_from(get_args(Polarity)), st.sampled_from(get_args(Modality)), optional,
)  # fmt: skip
quantities = st.builds(
    Quantity, numbers, st.none() | numbers, st.sampled_from(get_args(Comparator)), texts, texts
)
documents = st.builds(
    Document, texts, st.just(""), optional, optional, optional, texts,
    st.sampled_from(get_args(Script)), texts, texts, optional,
)  # fmt: skip
judgements = st.builds(
    Judgement,
    texts,
    texts,
    st.sampled_from(get_args(Verdict)),
    numbers,
    several(texts),
    texts,
    st.none() | texts.filter(bool),
)


def claims(iris: list[str]) -> st.SearchStrategy[Claim]:
    ends = st.sampled_from(iris)
    return st.builds(
        Claim, texts, ends, texts, ends | st.builds(Measure, texts, quantities),
        several(st.builds(Evidence, texts, spans, texts, texts, numbers)),
        st.none() | times, optional, optional, st.sampled_from(get_args(Polarity)),
        st.sampled_from(get_args(Modality)), optional, optional, numbers, texts,
        several(st.builds(Reason, texts, numbers)),
        st.none() | st.builds(Review, st.sampled_from(get_args(Ruling)), texts, optional),
    )  # fmt: skip


@st.composite
def graphs(draw: st.DrawFn) -> ClaimGraph:
    things = draw(several(entities))
    iris = [thing.iri for thing in things]
    said = st.lists(claims(iris), max_size=3, unique_by=lambda c: c.key) if iris else st.just([])
    # A claim's key is a hash: it never is an entity's IRI.
    told = tuple(replace(claim, key="claim " + claim.key) for claim in draw(said))
    return ClaimGraph(
        draw(several(documents)), draw(st.permutations(things).map(tuple)), told,
        draw(several(judgements)),
    )  # fmt: skip


@given(graphs())
def test_reading_what_was_written_gives_the_graph(graph: ClaimGraph) -> None:
    with TemporaryDirectory() as folder:
        assert read_graph(write(graph, Path(folder))) == graph


@given(graphs(), st.text(), st.sampled_from(["", "a stage"]))
def test_a_record_is_the_whole_graph(graph: ClaimGraph, text: str, stage: str) -> None:
    whole = replace(
        graph,
        documents=tuple(replace(document, text=text) for document in graph.documents),
        drops=(Drop("urn:doc", stage, "kg:uses", text, text),),
        failures=(Failure("urn:doc", stage, text),),
        counts={"documents": 1},
    )
    line = dump_record(whole)
    assert line.count(b"\n") == 1
    assert load_record(line) == whole


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b"{}", b'{"documents": 1}', b"[" * 100_000])
def test_a_malformed_record_is_told(line: bytes) -> None:
    with pytest.raises(GraphError, match=r"a record .*build its article again"):
        load_record(line)


def test_the_text_is_not_stored(tmp_path: Path) -> None:
    graph = replace(GRAPH, documents=(replace(DOC, text="青禾科技與白鷺銀行"),))
    assert read_graph(write(graph, tmp_path)) == GRAPH


def test_three_files_may_be_absent(tmp_path: Path) -> None:
    write(GRAPH, tmp_path)
    for name in ("documents.jsonl", "judgements.jsonl", "why.jsonl"):
        (tmp_path / name).unlink()
    graph = read_graph(tmp_path)
    assert (graph.documents, graph.judgements, graph.entities) == ((), (), GRAPH.entities)
    (found,) = graph.claims[0].evidence
    assert found == replace(PARTNER.evidence[0], extractor="rules", score=0.75)


# --- What is malformed -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "entities.jsonl", "claims.jsonl"])
def test_no_build_folder(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    if name:
        folder.mkdir()
        write(GRAPH, folder)
        (folder / name).unlink()
    with pytest.raises(GraphError, match=r"out is not a build folder: run kg build .* --out"):
        read_graph(folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("claims.jsonl", "{", "[", "malformed"),
        ("claims.jsonl", '"polarity": "asserted", ', "", "the field 'polarity' is missing"),
        ("claims.jsonl", '"asserted"', '"maybe"', "polarity is 'maybe', not one of"),
        ("claims.jsonl", '"confidence": 0.75', '"confidence": "high"', "confidence is 'high'"),
        ("claims.jsonl", '"confidence": 0.75', '"confidence": true', "confidence is 'True'"),
        ("claims.jsonl", '"confidence": 0.75', f'"confidence": 1{"0" * 400}', "malformed"),
        ("claims.jsonl", '"iri": "urn:bank"', '"iri": "urn:moon"', "urn:moon is not in"),
        ("claims.jsonl", '"start": 0', '"start": 0.5', "start is '0.5'"),
        ("entities.jsonl", '"aliases": ["青禾"]', '"aliases": [3]', "aliases holds what"),
        ("entities.jsonl", '"aliases": ["青禾"]', '"aliases": null', "aliases is 'None'"),
        ("documents.jsonl", '"script": "Hant"', '"script": "Grek"', "script is 'Grek'"),
        ("judgements.jsonl", '"verdict": "same"', '"verdict": 1', "verdict is '1'"),
    ],
)  # fmt: skip
def test_a_malformed_line_is_named(
    name: str, old: str, new: str, message: str, tmp_path: Path
) -> None:
    path = write(GRAPH, tmp_path) / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(GraphError) as caught:
        read_graph(tmp_path)
    assert f"{name}:1: " in str(caught.value)
    assert message in str(caught.value)


@pytest.mark.parametrize("line", [b"3", b"null", b'"x"', b"", b"\xff", b"[" * 100_000])
def test_the_number_of_the_bad_line(line: bytes, tmp_path: Path) -> None:
    path = write(GRAPH, tmp_path) / "entities.jsonl"
    first = path.read_bytes().splitlines()[0]
    path.write_bytes(first + b"\n" + line + b"\n")
    with pytest.raises(GraphError, match=r"entities\.jsonl:2: malformed"):
        read_graph(tmp_path)


def test_why_must_know_every_evidence(tmp_path: Path) -> None:
    path = write(GRAPH, tmp_path) / "why.jsonl"
    path.write_text('{"of": "c1", "reasons": [], "event": null, "evidence": []}\n', "utf-8")
    with pytest.raises(GraphError, match=r"claims\.jsonl:1: malformed"):
        read_graph(tmp_path)


# --- The spreadsheet ---------------------------------------------------------------------------


def table(graph: ClaimGraph) -> list[dict[str, str]]:
    data = claims_csv(graph)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_row_reads_like_a_sentence() -> None:
    partner, users = table(GRAPH)
    assert tuple(partner) == CSV_COLUMNS
    assert [partner[c] for c in ("subject", "relation", "object", "speaker", "time_start")] == [
        "青禾科技", "partner of", "白鷺銀行", "白鷺銀行", "2024-05-01",
    ]  # fmt: skip
    assert [partner[c] for c in ("quote", "document_title", "document_date")] == [
        "青禾科技與白鷺銀行", "青禾科技的一天", "2024-05-02",
    ]  # fmt: skip
    assert [users[c] for c in ("object", "value", "max", "comparator", "unit", "object_iri")] == [
        "用戶", "8000000.0", "", ">", "人", "",
    ]  # fmt: skip


def test_one_row_for_each_evidence() -> None:
    second = replace(PARTNER.evidence[0], document="urn:gone", quote="再次合作")
    graph = replace(GRAPH, claims=(replace(PARTNER, evidence=(*PARTNER.evidence, second)),))
    assert [(row["claim"], row["quote"], row["document_title"]) for row in table(graph)] == [
        ("c1", "青禾科技與白鷺銀行", "青禾科技的一天"),
        ("c1", "再次合作", ""),
    ]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(sign: str) -> None:
    name = sign + 'HYPERLINK("http://example.org","x")'
    quote = replace(PARTNER.evidence[0], quote=name)
    graph = replace(
        GRAPH,
        entities=(replace(QINGHE, labels={"en": name}), BANK),
        claims=(replace(PARTNER, evidence=(quote,), role=name),),
    )
    (row,) = table(graph)
    assert row["subject"] == row["role"] == row["quote"] == "'" + name


def test_a_plain_number_needs_no_comparator() -> None:
    equal = Measure("用戶", Quantity(-5.0, None, "=", "", "-5"))
    (row,) = table(replace(GRAPH, claims=(replace(USERS, object=equal),)))
    assert (row["comparator"], row["value"]) == ("", "-5.0")
