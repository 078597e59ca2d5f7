"""The table of the claims that the filters leave."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hostile import hostile_graph
from opened import Open, Opened
from papers import PARTNERS, papers_graph

from kg.model import ClaimGraph

pytestmark = pytest.mark.browser


def show_table(opened: Opened) -> None:
    opened.page.click("#tab-table")
    opened.page.wait_for_selector("#table tbody")


def column(opened: Opened, number: int) -> list[str]:
    found: list[str] = opened.page.locator(f"#table tbody td:nth-child({number})").all_inner_texts()
    return found


def keys(opened: Opened) -> list[str]:
    rows = opened.page.locator("#table tbody tr").all()
    return [str(row.get_attribute("data-claim")) for row in rows]


def sort(opened: Opened, name: str) -> str | None:
    opened.page.click(f"#table [data-column={name}]")
    heading = opened.page.locator(f"#table th:has([data-column={name}])")
    found: str | None = heading.get_attribute("aria-sort")
    return found


def test_a_row_tells_the_claim(open_page: Open) -> None:
    opened = open_page(papers_graph())
    show_table(opened)
    row = opened.page.locator("#table [data-claim=c0] td").all_inner_texts()
    assert row == [
        "翠湖電子",
        "合作",
        "藍嶺物流",
        "2021-05",
        "事實",
        "72%",
        PARTNERS.evidence[0].quote,
        "山城晚報 · 翠湖與藍嶺 · 2021-05-12\n+1",
    ]
    assert column(opened, 5) == ["事實", "事實", "否認", "轉述"]
    opened.assert_quiet()


def test_it_sorts_by_confidence_first_and_by_each_column_in_both_directions(
    open_page: Open,
) -> None:
    opened = open_page(papers_graph())
    show_table(opened)
    assert column(opened, 6) == ["88%", "72%", "60%", "50%"]
    assert sort(opened, "confidence") == "ascending"
    assert column(opened, 6) == ["50%", "60%", "72%", "88%"]
    assert sort(opened, "date") == "ascending"
    assert column(opened, 4) == ["2020 – 2022", "2021-05", "", ""]
    assert sort(opened, "date") == "descending"
    assert column(opened, 4) == ["2021-05", "2020 – 2022", "", ""]  # the undated stay last
    for name in ("subject", "relation", "object", "kind", "sentence", "source"):
        assert sort(opened, name) == "ascending"
    assert opened.page.locator("#table [aria-sort=none]").count() == 7
    assert opened.page.evaluate("document.activeElement.dataset.column") == "source"


def test_filters_apply(open_page: Open) -> None:
    opened = open_page(papers_graph())
    show_table(opened)
    opened.page.evaluate("window.claimgraph.change({ minimum: 70 })")
    assert keys(opened) == ["c3", "c0"]
    opened.page.evaluate("window.claimgraph.change({ minimum: 0, kinds: ['fact'] })")
    assert keys(opened) == ["c1", "c2"]
    opened.page.evaluate("window.claimgraph.change({ kinds: ['fact', 'reported', 'denied'] })")
    assert keys(opened) == []
    assert "共 0 條" in opened.text("#table .pager")


def test_a_click_selects_the_claim(open_page: Open) -> None:
    opened = open_page(papers_graph())
    show_table(opened)
    opened.page.click("#table [data-claim=c1] .said")
    assert opened.page.evaluate("window.claimgraph.view.selected") == "c1"
    assert opened.page.get_attribute("#table [aria-current]", "data-claim") == "c1"
    opened.page.click("#tab-panel")
    assert "否認收購霜葉科技" in opened.text("#panel")
    opened.assert_quiet()


def test_a_row_can_be_chosen_by_keyboard(open_page: Open) -> None:
    opened = open_page(papers_graph())
    show_table(opened)
    opened.page.focus("#table [data-claim=c2] button")
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("window.claimgraph.view.selected") == "c2"
    assert opened.page.evaluate("document.activeElement.closest('tr').dataset.claim") == "c2"


def many(number: int) -> ClaimGraph:
    graph = papers_graph()
    claims = tuple(
        replace(PARTNERS, key=f"m{i:05d}", confidence=1 - i / number) for i in range(number)
    )
    return ClaimGraph(graph.documents, graph.entities, claims)


def test_of_very_many_only_a_page_is_drawn(open_page: Open) -> None:
    opened = open_page(many(20_000))
    show_table(opened)
    assert "1–100" in opened.text("#table .pager")
    assert "20000" in opened.text("#table .pager")
    assert opened.page.locator("#table tbody tr").count() == 100
    opened.page.click("[data-turn='1']")
    assert keys(opened)[0] == "c100"
    spent = opened.page.evaluate(
        """() => { const start = performance.now();
        document.querySelector("[data-column=sentence]").click();
        return performance.now() - start; }"""
    )
    assert spent < 3000  # in truth a fraction of it; a page that draws all rows takes much longer
    assert opened.page.locator("#table tbody tr").count() == 100


def test_the_table_turns_to_the_page_of_what_is_selected(open_page: Open) -> None:
    opened = open_page(many(250))
    show_table(opened)
    opened.page.evaluate("window.claimgraph.change({ selected: 'c230' })")
    assert opened.page.get_attribute("#table [aria-current]", "data-claim") == "c230"
    assert opened.page.is_disabled("[data-turn='1']")


def test_the_columns_speak_the_language(open_page: Open) -> None:
    opened = open_page(papers_graph())
    show_table(opened)
    opened.page.select_option("#language", "en")
    heads = opened.page.locator("#table th").all_inner_texts()
    assert [head.split(" ")[0] for head in heads[:3]] == ["Subject", "Relation", "Object"]
    assert "partner" in column(opened, 2)[1].lower()


def test_no_horizontal_scroll_of_the_page_on_a_phone(open_page: Open) -> None:
    opened = open_page(papers_graph(), width=360, height=740)
    show_table(opened)
    assert opened.page.evaluate("document.documentElement.scrollWidth") == 360
    assert (
        opened.page.evaluate(
            "(() => { const { clientWidth, scrollWidth } = document.getElementById('table');"
            " return scrollWidth - clientWidth; })()"
        )
        == 0
    )


def test_hostile_cells_stay_text(open_page: Open) -> None:
    opened = open_page(hostile_graph())
    show_table(opened)
    for name in ("subject", "object", "sentence", "source"):
        sort(opened, name)
    assert opened.page.locator("#table :is(img, script, svg, a, iframe)").count() == 0
    assert "<img src=x onerror=window.pwned=1>" in " ".join(column(opened, 1))
    opened.assert_quiet()
