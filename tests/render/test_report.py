"""report.md: what it tells, and that nobody else writes in it."""

from dataclasses import replace

import pytest
from claimgraphs import DOCUMENT, claim, entity, graph_of
from markdown_it import MarkdownIt

from kg.analysis import analyse, default_pair, find_brokers, find_paths
from kg.iri import entity_iri
from kg.model import (
    ClaimGraph,
    Document,
    Drop,
    Entity,
    EntityMention,
    Failure,
    Measure,
    Participant,
    Quantity,
    Span,
    TimeSpan,
)
from kg.network import project
from kg.render.report import render_report
from kg.render.text import markdown

MARCH = TimeSpan("2021-03", "2021-03", "month")


def built(graph: ClaimGraph) -> dict[str, bytes]:
    network = project(graph)
    analysis = analyse(network)
    pair = default_pair(analysis)
    if pair is None:
        return render_report(graph, analysis)
    brokerage, paths = find_brokers(network, *pair), find_paths(network, *pair)
    return render_report(graph, analysis, brokerage=brokerage, paths=paths)


def report(graph: ClaimGraph) -> str:
    return built(graph)["report.md"].decode()


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next of its level or above."""
    level = heading.partition(" ")[0]
    body = text.partition(f"\n{heading}\n")[2]
    assert body, f"no {heading!r} in {text}"
    ends = [body.find(f"\n{'#' * depth} ") for depth in range(1, len(level) + 1)]
    return body[: min((end for end in ends if end >= 0), default=len(body))]


EXAMPLE = graph_of(
    [
        claim("星光", "kg:partnerOf", "天河", 0.9, time=MARCH, quote="星光與天河三月起合作。"),
        claim("星光", "kg:develops", "夜燈", 0.8, quote="夜燈出自星光。"),
        claim("天河", "kg:uses", "夜燈", 0.5, quote="天河上下都用夜燈。"),
        claim("林雨", "kg:founderOf", "星光", 0.9, role="董事長"),
        claim("星光", "kg:owns", "小星"),
        claim("小星", "kg:develops", "小燈"),
        claim("星光", "kg:acquires", "天河", polarity="denied", quote="星光否認收購天河。"),
        claim(
            "天河",
            "kg:competesWith",
            "小星",
            modality="reported",
            speaker=entity_iri("林雨"),
            quote="林雨說天河是對手。",
        ),
        claim(
            "天河",
            "kg:hasMetric",
            Measure("用戶", Quantity(5, None, ">", "人", "逾5人")),
            modality="planned",
        ),
    ],
    [
        entity("星光", mentions=5),
        entity("天河", mentions=4),
        entity("小星"),
        entity("夜燈", "kg:Device", mentions=2),
        entity("小燈", "kg:Device"),
        entity("林雨", "kg:Person"),
    ],
    drops=(Drop("d", "claims", "kg:uses", "object is no product", "x"),) * 2
    + (Drop("d", "extract", "kg:owns", "no subject", "y"),),
    failures=(Failure("bad.txt", "read", "neither UTF-8 nor Big5"),),
    counts={"sentences": 12},
)
REPORT = report(EXAMPLE)


def test_the_first_lines_say_it_all() -> None:
    title, _, lead = REPORT.split("\n")[:3]
    assert title == "# 星光 and 天河, and what else the articles say"
    assert lead.startswith(
        "1 article read. They name 6 entities, 0 of them events, and make 9 claims about them: "
        "6 as facts, 3 denied, planned, possible or only reported."
    )


def test_what_was_read() -> None:
    read = section(REPORT, "## What was read")
    assert "| 甲乙合作 | unknown |  | zh-Hant |" in read
    assert "No date was found for 1 article:" in read
    assert "- **bad.txt** failed in *read*: neither UTF-8 nor Big5" in read
    dated = replace(EXAMPLE, documents=(replace(DOCUMENT, published="2021-04-01"),))
    assert "No date was found" not in report(dated)


def test_dates_left_unresolved() -> None:
    told = "1 expression of time could not be resolved to a date."
    assert told not in REPORT
    assert told in report(replace(EXAMPLE, counts={"unresolved_times": 1}))


def test_what_was_found_in_the_words_of_the_document() -> None:
    found = section(REPORT, "## What was found")
    assert "| 公司 | 3 |\n| 裝置 | 2 |\n| 人物 | 1 |" in found
    assert "| 開發 | 2 |" in found
    english = (replace(DOCUMENT, language="en"),)
    assert "| company | 3 |" in report(replace(EXAMPLE, documents=english))


def test_who_is_central() -> None:
    central = section(REPORT, "## Who is central")
    assert "![The most central entities](central.svg)" in central
    assert "| 1 | 星光 † | 公司 | 4 | 5 |" in central
    assert "| 2 | 天河 | 公司 | 2 | 4 |" in central
    assert "\n0 more are linked, and 0 stand alone" in central


def test_bridges_tell_the_relation_and_the_loss() -> None:
    bridges = section(REPORT, "## Where it hangs by a thread")
    assert bridges.strip().endswith(
        "- **小星** – **星光** (擁有): without it 2 entities are cut off"
    )


def test_each_step_stands_with_its_sentence() -> None:
    text = section(REPORT, "## How 星光 and 天河 connect")
    assert "![The ways between the two](connection.svg)" in text
    first, second = text.split("### Way ")[1:]
    assert first == (
        "1: 星光 · 天河\n\n1 step, confidence 0.90\n\n"
        "1. **星光** —合作— **天河** (2021-03)\n   > “星光與天河三月起合作。”\n\n"
    )
    assert second.startswith(
        "2: 星光 · 夜燈 · 天河\n\n2 steps, confidence 0.40\n\n"
        "1. **星光** —開發→ **夜燈**\n   > “夜燈出自星光。”\n\n"
        "2. **夜燈** ←使用— **天河**\n   > “天河上下都用夜燈。”\n\n"
    )
    assert "There are 2 ways of at most 2 steps; the shortest has 1." in second
    assert "| 夜燈 | 1 | 50 % | just as near |" in second


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        (["甲-kg:supports-丙", "丙-kg:supports-乙"], "no connection is left"),
        (
            [
                "甲-kg:supports-丙",
                "丙-kg:supports-乙",
                "甲-kg:supports-丁",
                "丁-kg:supports-戊",
                "戊-kg:supports-乙",
            ],
            "3 steps instead of 2",
        ),
    ],
)
def test_what_the_loss_of_a_broker_does(claims: list[str], told: str) -> None:
    people = [entity(name, "kg:Person") for name in "丙丁戊"]
    found = [claim(*text.split("-")) for text in claims]
    text = report(graph_of(found, [entity("甲", mentions=9), entity("乙", mentions=9), *people]))
    [row] = [line for line in text.split("\n") if line.startswith("| 丙 |")]
    assert row.endswith(f"| {told} |")


def test_what_is_no_fact_is_told_apart() -> None:
    text = section(REPORT, "## What is said but is not a fact")
    assert "- **星光** —收購→ **天河**\n  > “星光否認收購天河。”" in section(text, "### Denied")
    assert "- **天河** —競爭— **小星** (according to 林雨)" in section(text, "### Reported")
    assert "**天河** —指標→ **用戶: 逾5人**" in section(text, "### Planned")
    assert "### Possible" not in text


def test_what_was_left_out() -> None:
    table = section(REPORT, "## What was left out, and why")
    assert "| 2 | claims | object is no product |\n| 1 | extract | no subject |" in table


def test_long_lists_end_in_a_number() -> None:
    said = [claim("甲", "kg:owns", "乙", modality="planned", role=f"{n}") for n in range(53)]
    documents = tuple(Document(f"d{n}", "x", title=f"第{n}篇") for n in range(52))
    drops = tuple(Drop("d", "claims", "p", f"reason {n:02}", "q") for n in range(57))
    text = report(graph_of(said, [entity("甲"), entity("乙")], documents=documents, drops=drops))
    assert text.startswith("# 乙 and 甲, and what else the articles say\n\n52 articles read.")
    assert "| and 2 more, listed in `manifest.json` | | | |" in text
    assert "- and 3 more, in `claims.jsonl`" in section(text, "### Planned")
    assert (
        section(text, "## What was left out, and why")
        .strip()
        .endswith("| 1 | claims | reason 49 |\n| 7 | | for other reasons |")
    )


def test_of_several_documents_each_sentence_names_its_own() -> None:
    other = Document("https://example.org/doc/2", "x", title="另一篇", published="2021-05-02")
    dated = replace(DOCUMENT, published="2021-04-01")
    text = report(replace(EXAMPLE, documents=(dated, other)))
    assert "> “夜燈出自星光。” — 甲乙合作, 2021-04-01" in text


@pytest.mark.parametrize(
    ("time", "shown"),
    [
        (MARCH, "(2021-03)"),
        (TimeSpan("2020", "2021-03", "month"), "(2020 – 2021-03)"),
        (TimeSpan("2020", None, "year"), "(2020 – …)"),
        (TimeSpan(None, "2020", "year"), "(… – 2020)"),
    ],
)
def test_times(time: TimeSpan, shown: str) -> None:
    said = claim("甲", "kg:owns", "乙", time=time)
    text = report(graph_of([said], [entity("甲"), entity("乙")]))
    assert markdown(shown) in text


def test_several_sentences_are_one_quotation() -> None:
    said = claim("甲", "kg:owns", "乙", quote=("一。", "二。", "三。"))
    text = report(graph_of([said], [entity("甲"), entity("乙")]))
    assert "   > “一。”\n   >\n   > “二。”\n" in text
    assert "三。" not in text


def test_an_event_joins_with_its_sentence() -> None:
    event = Entity(
        iri="https://example.org/event/1",
        cls="kg:Meeting",
        labels={"zh-Hant": "峰會"},
        mentions=(EntityMention("d", Span(2, 4), "峰會"),),
        participants=(
            Participant("agent", entity_iri("甲")),
            Participant("agent", entity_iri("乙")),
        ),
    )
    document = Document("d", "兩家峰會同台。", title="峰會")
    text = report(graph_of([], [entity("甲"), entity("乙"), event], documents=(document,)))
    assert "1. **乙** —agent→ **峰會**\n   > “兩家峰會同台。”" in text


def test_an_empty_graph_is_told_in_a_few_lines() -> None:
    files = built(graph_of(documents=()))
    assert set(files) == {"report.md"}
    text = files["report.md"].decode()
    assert text.startswith("# What the articles say\n\n0 articles read. They name 0 entities")
    assert "No fact links two entities." in text


def test_a_pair_without_a_connection() -> None:
    files = built(graph_of([], [entity("甲"), entity("乙")]))
    assert set(files) == {"report.md"}
    text = files["report.md"].decode()
    assert "## How 乙 and 甲 connect\n\nNo chain of facts connects them." in text


def test_the_same_bytes_twice() -> None:
    assert built(EXAMPLE) == built(EXAMPLE)


def test_the_markdown_is_tidy() -> None:
    assert "\n\n\n" not in REPORT
    assert REPORT.endswith("|\n")
    assert not [line for line in REPORT.split("\n") if line != line.rstrip()]


HOSTILE = (
    "</td><script>alert(1)</script> | [x](javascript:y) ![i](http://e.example/p) `c` *b*\n# h\x00"
)


def test_a_hostile_article_says_what_it_says_and_does_nothing() -> None:
    bad = entity("甲", labels={"zh-Hant": HOSTILE}, cls="kg:Company")
    said = claim("甲", "kg:owns", "乙", quote=HOSTILE, role=HOSTILE)
    denied = claim("乙", "kg:sues", "甲", quote=HOSTILE, polarity="denied", speaker=bad.iri)
    graph = graph_of(
        [said, denied],
        [bad, entity("乙")],
        documents=(replace(DOCUMENT, title=HOSTILE, publisher=HOSTILE),),
        drops=(Drop("d", HOSTILE, "p", HOSTILE, "q"),),
        failures=(Failure(HOSTILE, HOSTILE, HOSTILE),),
        counts={HOSTILE: 1},
    )
    files = built(graph)
    html = MarkdownIt("commonmark").enable("table").render(files["report.md"].decode())
    assert "<script" not in html
    assert "<a " not in html
    assert "<code>alert" not in html
    assert html.count("<img ") == 2
    assert html.count("<h1>") == 1
    assert html.count("alert(1)") > 8
    for rows in html.split("<tr>")[1:]:
        assert rows.count("<td") in (0, 2, 3, 4, 7)
    assert all(b"<script" not in data for data in files.values())
