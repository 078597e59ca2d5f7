"""The reader: the article beside the graph, each marked word tied to it."""

from __future__ import annotations

import pytest
from hostile import hostile_graph
from opened import Open, Opened
from page_graph import sample_graph
from papers import DOCUMENTS, PARTNERS, TEXTS, papers_graph

from kg.model import ClaimGraph, Document

pytestmark = pytest.mark.browser


def read(opened: Opened) -> None:
    opened.page.click("#tab-reader")
    opened.page.wait_for_selector("#reader .article, #reader .intro")


def selected(opened: Opened) -> str | None:
    found: str | None = opened.page.evaluate("window.claimgraph.view.selected")
    return found


def lit(opened: Opened) -> str:
    """The words that are lit up, one after the other."""
    return "".join(opened.page.locator("#reader .run.on").all_inner_texts())


def in_sight(opened: Opened) -> bool:
    """Whether the place that is shown lies within the reader's window."""
    found: bool = opened.page.evaluate(
        """() => { const here = document.querySelector("#reader .here").getBoundingClientRect();
        const room = document.getElementById("reader").getBoundingClientRect();
        return here.top >= room.top && here.bottom <= room.bottom; }"""
    )
    return found


def words(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_the_text_is_the_article_character_for_character(open_page: Open, number: int) -> None:
    opened = open_page(papers_graph())
    read(opened)
    opened.page.click(f"#reader [data-doc='{number}']")
    assert words(opened.page.text_content("#reader .article")) == words(TEXTS[number])
    assert opened.text("#reader h3") == DOCUMENTS[number].title
    opened.assert_quiet()


def test_paragraphs_stay_apart(open_page: Open) -> None:
    opened = open_page(papers_graph())
    read(opened)
    assert opened.page.locator("#reader .article p").count() == 2


def test_every_mention_and_every_quote_is_marked(open_page: Open) -> None:
    opened = open_page(papers_graph())
    read(opened)
    mentions = opened.page.locator("#reader .mention").all_inner_texts()
    assert mentions.count("翠湖電子") == 3
    assert mentions.count("藍嶺物流") == 2
    assert mentions.count("簽約") == 1
    said = "".join(opened.page.locator("#reader .said").all_inner_texts())
    assert said == PARTNERS.evidence[0].quote + "翠湖電子否認收購霜葉科技"
    denied = opened.page.locator("#reader .said.denied").all_inner_texts()
    assert "".join(denied) == "翠湖電子否認收購霜葉科技"


def test_a_mention_selects_its_node(open_page: Open) -> None:
    opened = open_page(papers_graph())
    read(opened)
    opened.page.click("#reader .mention:text-is('霜葉科技')")
    assert selected(opened) == opened.names()["霜葉科技"]
    assert opened.page.inner_text("#reader .here") == "霜葉科技"
    opened.assert_quiet()


def test_a_quote_selects_its_claim_in_graph_and_panel(open_page: Open) -> None:
    opened = open_page(papers_graph())
    read(opened)
    opened.page.click("#reader .said:text-is('否認收購')")
    assert selected(opened) == "c1"
    assert lit(opened) == "翠湖電子否認收購霜葉科技"
    assert opened.page.locator("#reader .run.end").all_inner_texts() == ["翠湖電子", "霜葉科技"]
    opened.page.click("#tab-panel")
    assert "否認收購" in opened.text("#panel [data-claim=c1]")


def test_a_node_selected_elsewhere_is_lit_and_shown(open_page: Open) -> None:
    opened = open_page(sample_graph(), height=500)
    read(opened)
    opened.page.evaluate(
        "(id) => window.claimgraph.change({ selected: id })", opened.names()["雲杉資本"]
    )
    assert set(opened.page.locator("#reader .run.on").all_inner_texts()) == {"雲杉資本"}
    assert in_sight(opened)
    assert opened.text("#reader .where").startswith("雲杉資本 · 1 / ")


def test_an_edge_selected_in_the_graph_is_shown_in_its_article(open_page: Open) -> None:
    opened = open_page(papers_graph())
    read(opened)
    names = opened.names()
    a, b = names["翠湖電子"], names["藍嶺物流"]
    spot = opened.place(
        f"const a = at('{a}'), b = at('{b}');return {{ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }};"
    )
    opened.page.mouse.click(spot["x"], spot["y"])
    assert selected(opened) == "c0"
    assert lit(opened) == PARTNERS.evidence[0].quote
    assert in_sight(opened)


def test_the_article_changes_with_what_is_selected(open_page: Open) -> None:
    opened = open_page(papers_graph())
    read(opened)
    opened.page.evaluate("window.claimgraph.change({ selected: 'c3' })")
    assert opened.text("#reader h3") == "员工"
    assert lit(opened) == "翠湖电子的员工超过两千人"


def test_next_and_previous_go_through_all_articles(open_page: Open) -> None:
    opened = open_page(papers_graph())
    read(opened)
    lake = opened.names()["翠湖電子"]
    opened.page.evaluate("(id) => window.claimgraph.change({ selected: id })", lake)
    seen = []
    for _ in range(6):
        seen.append((opened.text("#reader .where"), opened.text("#reader h3")))
        opened.page.click("#reader [data-next='1']")
    titles = ["翠湖與藍嶺"] * 3 + ["夥伴"] * 2 + ["员工"]
    assert seen == [(f"翠湖電子 · {i} / 6", title) for i, title in enumerate(titles, 1)]
    assert opened.text("#reader .where") == "翠湖電子 · 1 / 6"  # round again
    opened.page.click("#reader [data-next='-1']")
    assert opened.text("#reader h3") == "员工"
    assert opened.page.evaluate("document.activeElement.dataset.next") == "-1"


def test_the_keyboard_moves_among_the_marks(open_page: Open) -> None:
    opened = open_page(papers_graph())
    read(opened)
    assert opened.page.locator("#reader .run[tabindex='0']").count() == 1
    opened.page.focus("#reader .run[tabindex='0']")
    opened.page.keyboard.press("ArrowRight")
    assert opened.page.evaluate("document.activeElement.textContent") == "藍嶺物流"
    opened.page.keyboard.press("Enter")
    assert selected(opened) == opened.names()["藍嶺物流"]
    assert opened.page.evaluate("document.activeElement.textContent") == "藍嶺物流"
    opened.page.keyboard.press("n")
    assert opened.text("#reader .where") == "藍嶺物流 · 2 / 3"


def test_the_sources_are_listed_with_their_claims(open_page: Open) -> None:
    opened = open_page(papers_graph())
    read(opened)
    listed = [
        row.split("\n") for row in opened.page.locator("#reader .sources li").all_inner_texts()
    ]
    assert listed == [
        ["翠湖與藍嶺", "山城晚報 · 2021-05-12", "2 條主張"],
        ["夥伴", "河畔週刊 · 2021-05-13", "2 條主張"],
        ["员工", "1 條主張"],
    ]
    assert opened.page.get_attribute("#reader .sources [aria-current]", "data-doc") == "0"


def test_an_article_tells_who_published_it_and_when(open_page: Open) -> None:
    opened = open_page(papers_graph())
    read(opened)
    byline = opened.page.locator("#reader h3 + p")
    assert byline.inner_text() == "山城晚報 · 2021-05-12 · news.example"
    assert byline.locator("a").get_attribute("href") == "https://news.example/lake?a=1&b=2"
    opened.page.click("#reader .sources [data-doc='1']")  # its address is of no web page
    assert byline.inner_text() == "河畔週刊 · 2021-05-13"
    assert byline.locator("a").count() == 0


def test_one_article_needs_no_list(open_page: Open) -> None:
    opened = open_page(sample_graph())
    read(opened)
    assert opened.page.locator("#reader .sources").count() == 0


def test_a_quote_under_two_claims_gives_one_after_the_other(open_page: Open) -> None:
    graph = papers_graph()
    first, second, *_ = graph.claims
    twin = type(second)("aa09", second.subject, "kg:criticizes", second.object, second.evidence)
    opened = open_page(ClaimGraph(graph.documents, graph.entities, (first, second, twin)))
    read(opened)
    chosen = []
    for _ in range(3):
        opened.page.click("#reader .said:text-is('否認收購')")
        chosen.append(selected(opened))
    assert chosen == ["c1", "c2", "c1"]


def test_reading_leads_from_the_panel(open_page: Open) -> None:
    opened = open_page(papers_graph())
    opened.page.evaluate("window.claimgraph.change({ selected: 'c1' })")
    opened.page.click("#panel [data-claim=c1] >> text=在文章中閱讀")
    assert opened.page.is_visible("#reader .article")
    assert lit(opened) == "翠湖電子否認收購霜葉科技"


@pytest.mark.parametrize("documents", [(), (Document("doc:x", "", title="空"),)])
def test_without_a_text_it_says_so(open_page: Open, documents: tuple[Document, ...]) -> None:
    opened = open_page(ClaimGraph(documents, papers_graph().entities))
    read(opened)
    assert opened.text("#reader .intro") in ("沒有文章", "這一頁不含文章內文。")
    opened.assert_quiet()


@pytest.mark.parametrize("width", [1400, 360])
def test_hostile_articles_stay_text(open_page: Open, width: int) -> None:
    opened = open_page(hostile_graph(), width=width, height=740)
    read(opened)
    assert opened.page.locator("#reader :is(img, script, svg, a, iframe)").count() == 0
    assert "<img src=x onerror=window.pwned=1>" in opened.page.text_content("#reader .article")
    opened.page.evaluate("document.querySelectorAll('#reader .run').forEach((one) => one.click())")
    assert opened.page.evaluate("document.documentElement.scrollWidth") == width
    opened.assert_quiet()
