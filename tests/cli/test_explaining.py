"""``kg explain``: what it prints of a claim."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from claimgraphs import DOCUMENT, claim, entity, graph_of
from commands import Run, one_line

from kg.graph import Graph
from kg.interchange import claims_jsonl
from kg.model import EntityMention, Evidence, Reason, Span, TimeSpan

TEXT = "海風科技收購北辰遊戲。海風科技昨日買下北辰遊戲。"
FIRST, SECOND = Span(0, 10), Span(11, 23)


def evidence(span: Span, score: float) -> Evidence:
    return Evidence(DOCUMENT.iri, span, span.of(TEXT), "frames/1", score)


def mentions(*starts: int) -> tuple[EntityMention, ...]:
    spans = (Span(start, start + 4) for start in starts)
    return tuple(EntityMention(DOCUMENT.iri, span, span.of(TEXT)) for span in spans)


BUYS = replace(
    claim("海風科技", "kg:acquires", "北辰遊戲"),
    evidence=(evidence(FIRST, 0.8), evidence(SECOND, 0.5)),
    time=TimeSpan("2021-05", "2021-05", "month"), modality="planned", confidence=0.9,
    extractor="frames/1", reasons=(Reason("收购 in the frame A … V … B", 0.8),),
)  # fmt: skip
HAIFENG = entity("海風科技", labels={"zh-Hant": "海風科技"})
GRAPH = graph_of(
    [BUYS, replace(BUYS, key="0" * 16, polarity="denied", evidence=(evidence(FIRST, 0.8),))],
    [
        replace(HAIFENG, mentions=mentions(0, 11)),
        replace(entity("北辰遊戲"), mentions=mentions(6, 19)),
    ],
    documents=(replace(DOCUMENT, title="海風的一天", source="haifeng.txt"),),
)  # fmt: skip


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("explained") / "out"
    Graph(replace(GRAPH, claims=tuple(sorted(GRAPH.claims, key=lambda c: c.key)))).save(out, [])
    return out


def test_a_claim_with_its_marked_sentences_and_its_reasons(run: Run, saved: Path) -> None:
    result = run("explain", BUYS.key[:6], "--graph", saved)
    assert (result.status, result.err) == (0, "")
    assert result.out.splitlines() == [
        f"{BUYS.key}  海風科技 —收購→ 北辰遊戲",
        "  stance: asserted, planned",
        "  time: 2021-05",
        "  海風的一天 (haifeng.txt), 0–10",
        "    【海風科技】‹收購›【北辰遊戲】",
        "  海風的一天 (haifeng.txt), 11–23",
        "    【海風科技】昨日買下【北辰遊戲】",
        "  × 0.80  收购 in the frame A … V … B",
        "  = 0.90  confidence of 2 passages: 1 − (1 − 0.80) × (1 − 0.50), by frames/1",
    ]


def test_several_claims_are_listed(run: Run, saved: Path) -> None:
    result = run("explain", "海风科技", "收购", "北辰游戏", "--graph", saved)
    assert result.status == 0
    assert result.out.splitlines() == [
        "claim\tsays\thow\tconfidence",
        "0000000000000000\t海風科技 —收購→ 北辰遊戲\tdenied, planned; 2021-05\t0.9",
        f"{BUYS.key}\t海風科技 —收購→ 北辰遊戲\tasserted, planned; 2021-05\t0.9",
    ]
    assert result.err == "kg: 2 claims fit: name one of them by its key\n"


def test_as_json_it_is_the_line_of_the_claim_and_more(run: Run, saved: Path) -> None:
    rows = json.loads(
        run("explain", "海風科技 acquires 北辰遊戲", "--format", "json", "--graph", saved).out
    )
    (row,) = (row for row in rows if row["key"] == BUYS.key)
    assert row["reasons"] == [{"text": "收购 in the frame A … V … B", "factor": 0.8}]
    second = row["evidence"][1]
    assert (second["title"], second["source"], second["score"]) == (
        "海風的一天",
        "haifeng.txt",
        0.5,
    )
    assert second["marks"][1] == {
        "part": "object", "start": 19, "end": 23, "text": "北辰遊戲", "reasons": [],
    }  # fmt: skip
    for passage in row["evidence"]:
        for mark in passage["marks"]:
            assert TEXT[mark["start"] : mark["end"]] == mark["text"]
    line = next(json.loads(x) for x in claims_jsonl(GRAPH).splitlines() if BUYS.key in x.decode())
    assert {**row, "evidence": None}.items() >= {**line, "evidence": None}.items()
    for passage, known in zip(row["evidence"], line["evidence"], strict=True):
        assert passage.items() >= known.items()


def test_a_document_without_a_title_is_named_by_its_source_or_iri(run: Run, tmp_path: Path) -> None:
    for number, (documents, origin) in enumerate([
        ((replace(DOCUMENT, title=None, source="a.txt"),), "  a.txt, 0–10"),
        ((replace(DOCUMENT, title=None),), f"  {DOCUMENT.iri}, 0–10"),
        ((), f"  {DOCUMENT.iri}, 0–10"),
    ]):  # fmt: skip
        out = tmp_path / str(number)
        Graph(replace(GRAPH, claims=GRAPH.claims[:1], documents=documents)).save(out, [])
        assert origin in run("explain", BUYS.key, "--graph", out).out.splitlines()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["zzzzzz"], "no claim has a key that begins with 'zzzzzz'"),
        (["海風科技", "owns", "北辰遊戲"], "no claim says"),
        (["海風科技", "owned", "北辰遊戲"], "no relation 'owned'"),
        (
            ["海風", "acquires", "北辰遊戲"],
            "no entity is called '海風'; the nearest are '海風科技'",
        ),
    ],
)
def test_what_fits_nothing_is_one_line_and_status_2(
    run: Run, saved: Path, words: list[str], message: str
) -> None:
    result = run("explain", *words, "--graph", saved)
    assert result.status == 2
    assert message in one_line(result)


def test_brackets_of_a_text_are_no_markup(run: Run, folder: Path) -> None:
    result = run("explain", "a", "owns", "c", "--graph", folder)
    assert "[bold]擁有[/bold]" in result.out
