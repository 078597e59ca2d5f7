"""The panel: facts by relation, each with what makes one believe it, and the sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hostile import hostile_graph
from opened import Open, Opened
from page_graph import sample_graph
from papers import FROST, LAKE, PARTNERS, SIGNING, papers_graph

from kg.model import Claim, ClaimGraph, Modality, Polarity, Review
from kg.render.names import LANGUAGES

pytestmark = pytest.mark.browser


def show(opened: Opened, name: str) -> None:
    """Select the entity that is called *name* and unfold all of its cards."""
    opened.page.evaluate("(id) => window.claimgraph.change({ selected: id })", opened.names()[name])
    unfold(opened)


def unfold(opened: Opened) -> None:
    for kind in ("details", ".why"):  # a card is filled when it opens
        opened.page.evaluate(
            f"document.querySelectorAll('#panel {kind}').forEach((d) => d.open = true)"
        )
        opened.page.wait_for_timeout(100)


def headings(opened: Opened) -> list[str]:
    found: list[str] = opened.page.locator("#panel h2").all_inner_texts()
    return found


def card(opened: Opened, claim: str) -> str:
    return opened.text(f"#panel [data-claim={claim}]")


def test_facts_are_grouped_by_relation_and_direction(open_page: Open) -> None:
    opened = open_page(papers_graph())
    show(opened, "翠湖電子")
    groups = [heading for heading in headings(opened) if heading[0] in "→←↔"]
    assert set(groups) == {"→ 指標 · 1", "→ 投資 · 1", "→ 收購 · 1", "↔ 合作 · 1"}
    show(opened, "霜葉科技")
    assert {h for h in headings(opened) if h[0] in "→←↔"} == {"← 收購 · 1", "← 投資 · 1"}
    opened.assert_quiet()


def test_a_card_tells_date_confidence_reasons_and_sources(open_page: Open) -> None:
    opened = open_page(papers_graph())
    show(opened, "藍嶺物流")
    said = card(opened, "c0")
    for part in ("2021-05", "72%", "× 0.9", "句型明確", "2 篇文章 · 2 個發布者", "簽約"):
        assert part in said
    meter = opened.page.locator("#panel [data-claim=c0] .meter")
    assert meter.get_attribute("aria-label") == "置信度 72%"


def test_a_claim_tells_how_many_articles_and_publishers_say_it(open_page: Open) -> None:
    graph = papers_graph()
    one, two, three = graph.documents
    same = replace(graph, documents=(one, replace(two, publisher=one.publisher), three))
    opened = open_page(same)
    show(opened, "藍嶺物流")
    assert opened.text("#panel [data-claim=c0] summary .support") == "2 篇文章"
    assert "2 篇文章 · 1 個發布者" in card(opened, "c0")
    opened.page.select_option("#language", "en")
    assert "2 articles · 1 publisher\n" in card(opened, "c0")
    assert opened.text("#panel .tiles").split("\n")[:2] == ["2", "relations"]
    opened.page.evaluate("window.claimgraph.change({ tab: 'table' })")
    assert opened.text("#table [data-claim=c0] .source small") == "+1"
    assert opened.page.locator("#table .source small").count() == 1
    opened.page.evaluate("window.claimgraph.change({ tab: 'panel' })")
    opened.page.evaluate("window.claimgraph.change({ selected: 'c1' })")
    assert "1 article\n" in opened.text("#panel")
    assert opened.page.locator("#panel .support").count() == 0


@pytest.mark.parametrize(
    ("claim", "shown", "absent"),
    [
        ("c1", ["否認"], ["轉述", "篇文章 ·"]),
        ("c2", ["轉述", "郝一鳴", "股東", "2020 – 2022"], ["否認"]),
        ("c0", [], ["否認", "轉述"]),
    ],
)
def test_a_card_tells_what_kind_of_claim_it_is(
    open_page: Open, claim: str, shown: list[str], absent: list[str]
) -> None:
    opened = open_page(papers_graph())
    show(opened, "翠湖電子")
    said = card(opened, claim)
    assert [part for part in shown if part not in said] == []
    summary = opened.text(f"#panel [data-claim={claim}] summary")
    assert [part for part in absent if part in summary] == []


def test_the_quote_stands_in_its_sentence_with_both_ends_marked(open_page: Open) -> None:
    opened = open_page(papers_graph())
    show(opened, "藍嶺物流")
    first, second = opened.page.locator("#panel [data-claim=c0] blockquote").all()
    assert first.locator(".quoted").inner_text() == PARTNERS.evidence[0].quote
    assert first.inner_text().startswith("😀翠湖電子在2021年5月與藍嶺物流結為夥伴，為期三年。")
    assert first.locator("mark.end").all_inner_texts() == ["翠湖電子", "藍嶺物流"]
    assert second.locator(".quoted").inner_text() == PARTNERS.evidence[1].quote


def test_only_an_address_of_the_web_becomes_a_link(open_page: Open) -> None:
    opened = open_page(papers_graph())
    show(opened, "藍嶺物流")
    (link,) = opened.page.locator("#panel blockquote footer a").all()
    assert link.get_attribute("href") == "https://news.example/lake?a=1&b=2"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.inner_text() == "山城晚報 · 翠湖與藍嶺 · 2021-05-12"
    assert "河畔週刊 · 夥伴 · 2021-05-13" in card(opened, "c0")
    opened.assert_quiet()


def test_an_event_names_who_took_part_in_which_role(open_page: Open) -> None:
    opened = open_page(papers_graph())
    show(opened, "簽約")
    roles = dict(
        zip(
            opened.page.locator("#panel .roles dt").all_inner_texts(),
            opened.page.locator("#panel .roles dd").all_inner_texts(),
            strict=True,
        )
    )
    assert roles == {"行動者": "翠湖電子", "對象": "藍嶺物流"}
    assert "2021-05-11" in opened.text("#panel .who")
    assert PARTNERS.evidence[0].quote in opened.text("#panel")  # the claim of the event
    opened.page.click("#panel .roles button >> nth=1")
    assert opened.text("#panel .who h3") == "藍嶺物流"


@pytest.mark.parametrize(
    ("polarity", "modality", "word"),
    [("denied", "actual", "否認"), ("asserted", "planned", "計劃")],
)
def test_an_event_that_did_not_happen_says_so(
    open_page: Open, polarity: Polarity, modality: Modality, word: str
) -> None:
    graph = papers_graph()
    entities = tuple(
        replace(one, polarity=polarity, modality=modality) if one.iri == SIGNING else one
        for one in graph.entities
    )
    opened = open_page(replace(graph, entities=entities))
    show(opened, "簽約")
    assert opened.text("#panel .who .tag") == word


def test_a_claim_that_a_reader_rejected_says_who_did(open_page: Open) -> None:
    graph = papers_graph()
    held = replace(PARTNERS, review=Review("wrong", "沈若蘭", "2026-05-01T10:00:00Z"))
    opened = open_page(replace(graph, claims=(held, *graph.claims[1:])))
    show(opened, "藍嶺物流")
    assert opened.text("#panel [data-claim=c0] summary .verdict") == "✗ 錯誤"
    assert "沈若蘭 · 2026-05-01" in card(opened, "c0")
    opened.page.click("#panel [data-claim=c0] [data-judge=right]")  # the newer verdict stands
    assert opened.text("#panel [data-claim=c0] summary .verdict") == "✓ 正確"


def test_an_edge_shows_its_claim_and_the_others_between_the_two(open_page: Open) -> None:
    opened = open_page(papers_graph())
    opened.page.evaluate("window.claimgraph.change({ selected: 'c1' })")
    unfold(opened)
    assert "否認收購" in card(opened, "c1")
    assert "或投資" in card(opened, "c2")
    assert "結為夥伴" not in opened.text("#panel")


def test_a_measure_can_be_selected_though_it_is_no_edge(open_page: Open) -> None:
    opened = open_page(papers_graph())
    opened.page.evaluate("window.claimgraph.change({ selected: 'c3' })")
    assert "超过两千人" in opened.text("#panel h3")


def test_a_mark_selects_its_entity(open_page: Open) -> None:
    opened = open_page(papers_graph())
    show(opened, "藍嶺物流")
    opened.page.click("#panel mark:text-is('翠湖電子') >> nth=0")
    assert opened.text("#panel .who h3") == "翠湖電子"


def test_filters_apply_to_the_facts(open_page: Open) -> None:
    opened = open_page(papers_graph())
    show(opened, "翠湖電子")
    opened.page.evaluate("window.claimgraph.change({ kinds: ['denied'] })")
    assert opened.page.locator("#panel [data-claim=c1]").count() == 0
    assert opened.page.locator("#panel [data-claim=c0]").count() == 1


def test_the_overview_leads_to_the_important_entities(open_page: Open) -> None:
    opened = open_page(sample_graph())
    tiles = opened.page.locator("#panel .tiles b").all_inner_texts()
    assert tiles == ["44", "63", "1"]  # entities, facts, articles
    first = opened.page.locator("#panel .list button").first
    assert "星河科技" in first.inner_text()
    first.focus()
    opened.page.keyboard.press("Enter")
    assert opened.text("#panel .who h3") == "星河科技"


def test_of_many_facts_the_first_are_shown_until_asked(open_page: Open) -> None:
    graph = papers_graph()
    many = tuple(replace(PARTNERS, key=f"m{i:03d}") for i in range(100))
    opened = open_page(ClaimGraph(graph.documents, graph.entities, many))
    show(opened, "藍嶺物流")
    assert opened.page.locator("#panel .card").count() == 30
    opened.page.click("text=顯示全部 100 條")
    assert opened.page.locator("#panel .card").count() == 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_in_each_language(open_page: Open, language: str) -> None:
    opened = open_page(papers_graph())
    opened.page.select_option("#language", language)
    for selected in ("n0", "n4", "c0", "c1", None):
        opened.page.evaluate("(id) => window.claimgraph.change({ selected: id })", selected)
        unfold(opened)
        words = opened.page.evaluate(
            "Object.keys(JSON.parse(document.getElementById('data').textContent).strings.en)"
        )
        shown = set(opened.text("#panel").split())
        raw = {word for word in words if any(letter.isupper() for letter in word)}
        assert not shown & raw  # a key that no string translates would show itself


def test_hostile_claims_stay_text(open_page: Open) -> None:
    opened = open_page(hostile_graph())
    for claim in range(len(hostile_graph().claims)):
        opened.page.evaluate("(id) => window.claimgraph.change({ selected: id })", f"c{claim}")
        unfold(opened)
        assert opened.page.locator("#panel img, #panel script, #panel iframe").count() == 0
    links = opened.page.eval_on_selector_all("#panel a", "(all) => all.map((one) => one.protocol)")
    assert set(links) <= {"http:", "https:"}
    opened.assert_quiet()


def test_the_fixture_is_what_the_tests_say() -> None:
    claims: dict[str, Claim] = {claim.key: claim for claim in papers_graph().claims}
    assert claims["aa01"].subject == LAKE
    assert claims["aa02"].object == FROST
    texts = {document.iri: document.text for document in papers_graph().documents}
    for claim in claims.values():
        for evidence in claim.evidence:
            assert evidence.span.of(texts[evidence.document]) == evidence.quote
