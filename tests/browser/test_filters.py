"""What the legend, the lists, the slider and the timeline take away, give back and count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from claimgraphs import claim, entity, graph_of
from opened import Open, Opened
from page_graph import sample_graph
from papers import papers_graph

from kg.model import ClaimGraph, Document, Review, TimeSpan

pytestmark = pytest.mark.browser


def shown(opened: Opened) -> list[int]:
    """The number of nodes and of lines that are seen."""
    digits = "".join(char if char.isdigit() else " " for char in opened.text("#status"))
    return [int(number) for number in digits.split()]


def counts(opened: Opened, list_: str) -> dict[str, int]:
    rows = opened.page.evaluate(
        """(list) => [...document.querySelectorAll(`${list} button`)].map((one) =>
            [one.dataset.value, Number(one.querySelector(".count").textContent)])""",
        list_,
    )
    return dict(rows)


def times(*dates: str) -> Iterator[TimeSpan | None]:
    for date in dates:
        start, _, end = date.partition("/")
        precision = "month" if len(start) == 7 else "year"
        yield TimeSpan(start, end or start, precision) if start else None  # type: ignore[arg-type]


def dated_graph(*dates: str) -> ClaimGraph:
    """The hub is a partner of one company for each date; "" is no date."""
    spokes = [f"友{i}" for i in range(len(dates))]
    claims = [
        claim("軸心", "kg:partnerOf", spoke, time=time)
        for spoke, time in zip(spokes, times(*dates), strict=True)
    ]
    return graph_of(claims, map(entity, ["軸心", *spokes]))


def test_counts_are_of_what_is_in_view(open_page: Open) -> None:
    opened = open_page(sample_graph())
    before, kinds = counts(opened, "#relations"), counts(opened, "#kinds")
    assert kinds == {"fact": 67, "planned": 4, "possible": 3, "reported": 3, "denied": 3}
    assert sum(before.values()) == 75  # and five lines to participants
    opened.page.check("#facts-only")
    after = counts(opened, "#relations")
    assert after["kg:sanctions"] == 0 < before["kg:sanctions"]
    assert sum(after.values()) == 62
    assert counts(opened, "#kinds") == kinds  # what each would show
    assert list(after) == list(before)  # nothing jumps
    opened.page.click("#legend [data-value='kg:Person']")
    assert counts(opened, "#legend")["kg:Person"] == 5
    assert counts(opened, "#relations")["kg:founderOf"] == 0


@pytest.mark.parametrize(
    ("kind", "lines"), [("fact", 13), ("planned", 76), ("reported", 77), ("denied", 77)]
)
def test_kinds_of_claim_can_be_switched_off(open_page: Open, kind: str, lines: int) -> None:
    opened = open_page(sample_graph())
    opened.page.click(f"#kinds [data-value={kind}]")
    assert shown(opened) == [44, lines]
    assert opened.page.get_attribute(f"#kinds [data-value={kind}]", "aria-pressed") == "false"
    opened.page.click(f"#kinds [data-value={kind}]")
    assert shown(opened) == [44, 80]
    opened.assert_quiet()


def test_facts_only_is_all_other_kinds_off(open_page: Open) -> None:
    opened = open_page(sample_graph())
    for kind in ("planned", "possible", "reported", "denied"):
        assert not opened.page.is_checked("#facts-only")
        opened.page.click(f"#kinds [data-value={kind}]")
    assert opened.page.is_checked("#facts-only")
    opened.page.uncheck("#facts-only")
    assert shown(opened) == [44, 80]


def test_what_a_reader_rejected_is_a_kind_of_its_own(open_page: Open) -> None:
    graph = papers_graph()
    wrong = replace(graph.claims[0], review=Review("wrong", "林審"))
    opened = open_page(replace(graph, claims=(wrong, *graph.claims[1:])))
    assert counts(opened, "#kinds") == {"fact": 2, "reported": 1, "denied": 1, "rejected": 1}
    lines = shown(opened)[1]
    opened.page.click("#kinds [data-value=rejected]")
    assert shown(opened)[1] == lines - 1


def test_confidence_and_undo(open_page: Open) -> None:
    graph = graph_of(
        [claim("甲", "kg:uses", "乙", 0.4), claim("乙", "kg:uses", "丙", 0.8)],
        map(entity, "甲乙丙"),
    )
    opened = open_page(graph)
    opened.page.locator("#minimum").fill("60")
    assert shown(opened) == [3, 1]
    assert opened.text("#minimum-value") == "60%"
    opened.page.keyboard.press("Control+z")
    assert shown(opened) == [3, 2]
    assert opened.page.input_value("#minimum") == "0"


def test_sources_take_away_what_only_they_say(open_page: Open) -> None:
    opened = open_page(papers_graph())
    assert opened.page.locator("#sources button[data-value]").count() == 3
    names = opened.page.locator("#source-list bdi").all_inner_texts()
    assert names[0] == "山城晚報 · 翠湖與藍嶺 · 2021-05-12"
    lines = shown(opened)[1]
    opened.page.click("#source-list [data-value='1']")  # the second alone tells of an investment
    assert shown(opened)[1] == lines - 1
    assert counts(opened, "#relations")["kg:investsIn"] == 0
    assert counts(opened, "#relations")["kg:partnerOf"] == 1  # the first says it too
    opened.page.click("#source-list [data-value='0']")
    assert counts(opened, "#relations")["kg:partnerOf"] == 0
    opened.page.click("#all-sources")
    assert shown(opened)[1] == lines
    opened.assert_quiet()


def test_of_very_many_sources_the_first_are_listed_until_asked(open_page: Open) -> None:
    documents = [Document(f"doc:{i}", f"第{i}篇", title=f"第{i}篇") for i in range(450)]
    graph = papers_graph()
    opened = open_page(replace(graph, documents=(*graph.documents, *documents)))
    listed = opened.page.locator("#source-list [data-value]")
    assert listed.count() == 200
    opened.page.click("#more-sources")
    assert listed.count() == 400
    assert opened.page.evaluate("document.activeElement.dataset.value") == "200"
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("window.claimgraph.view.sources") == [200]
    opened.page.click("#more-sources")
    assert listed.count() == 453
    assert opened.page.locator("#more-sources").count() == 0


def test_one_source_needs_no_list(open_page: Open) -> None:
    assert open_page(sample_graph()).page.is_hidden("#sources")


def test_entities_without_a_relation_can_be_left_out(open_page: Open) -> None:
    claims = [claim("甲", "kg:uses", "乙"), claim("丙", "kg:uses", "甲", modality="planned")]
    opened = open_page(graph_of(claims, map(entity, ["甲", "乙", "丙", "孤島", "孤山"])))
    assert (shown(opened), opened.text("#n-linked")) == ([5, 2], "2")
    opened.page.check("#linked")
    assert (shown(opened), opened.text("#n-linked")) == ([3, 2], "2")
    opened.page.check("#facts-only")  # who has only a plan has no relation now
    assert shown(opened) == [2, 1]
    opened.page.uncheck("#facts-only")
    opened.page.fill("#search", "孤島")
    opened.page.keyboard.press("Enter")
    assert not opened.page.is_checked("#linked")  # what is chosen is seen
    opened.page.focus("#graph")
    opened.page.keyboard.press("Control+z")
    assert opened.page.is_checked("#linked")
    opened.assert_quiet()


# --- Time ------------------------------------------------------------------------------------


def press(opened: Opened, handle: str, key: str, count: int = 1) -> None:
    opened.page.focus(f"#range-{handle}")
    for _ in range(count):
        opened.page.keyboard.press(key)


def heights(opened: Opened) -> list[float]:
    script = "[...document.querySelectorAll('#bars rect')].map((one) => Number(one.getAttribute('height')))"
    return list(opened.page.evaluate(script))


def test_the_histogram_counts_the_claims_of_each_year(open_page: Open) -> None:
    opened = open_page(dated_graph("2012", "2014", "2014", "2014-06", "2016", ""))
    assert heights(opened) == pytest.approx([1 / 3, 0, 1, 0, 1 / 3])
    assert opened.text("#span") == "2012 – 2016"
    assert "1" in opened.text("#n-undated")
    opened.assert_quiet()


def test_few_years_are_told_by_month(open_page: Open) -> None:
    opened = open_page(dated_graph("2019-11", "2020-02", "2020-02"))
    assert heights(opened) == pytest.approx([0.5, 0, 0, 1])
    assert opened.text("#span") == "2019-11 – 2020-02"


def test_years_are_not_split_into_months_that_nobody_told(open_page: Open) -> None:
    assert open_page(dated_graph("2019", "2020", "2020-05")).text("#span") == "2019 – 2020"


def test_a_long_past_stands_in_the_first_bar(open_page: Open) -> None:
    opened = open_page(dated_graph("1890", "1931", "2019", "2021"))
    assert len(heights(opened)) == 40
    assert heights(opened)[0] == 1
    assert opened.text("#span") == "≤ 1982 – 2021"
    press(opened, "to", "Home")
    assert shown(opened) == [3, 2]


def test_a_range_takes_away_other_years_and_their_nodes(open_page: Open) -> None:
    opened = open_page(dated_graph("2012", "2014", "2016", ""))
    assert shown(opened) == [5, 4]
    press(opened, "from", "ArrowRight")
    assert opened.text("#span") == "2013 – 2016"
    assert shown(opened) == [3, 2]  # the hub and the two of 2014 and 2016
    opened.page.check("#undated")
    assert shown(opened) == [4, 3]
    press(opened, "to", "ArrowLeft")
    assert opened.text("#span") == "2013 – 2015"
    assert shown(opened) == [3, 2]
    assert opened.page.get_attribute("#range-to", "aria-valuetext") == "2015"
    press(opened, "from", "Home")
    press(opened, "to", "End")
    assert shown(opened) == [5, 4]
    assert opened.page.is_disabled("#undated")
    opened.assert_quiet()


def test_a_span_of_time_is_in_every_range_that_it_touches(open_page: Open) -> None:
    opened = open_page(dated_graph("2010/2018", "2014", "2020"))
    press(opened, "from", "ArrowRight", 7)
    assert opened.text("#span") == "2017 – 2020"
    assert shown(opened) == [3, 2]


def test_the_bars_follow_the_other_filters(open_page: Open) -> None:
    opened = open_page(sample_graph())
    before = sum(height > 0 for height in heights(opened))
    opened.page.check("#facts-only")
    assert sum(height > 0 for height in heights(opened)) == before - 1  # 2022 is only planned


def test_no_date_no_timeline(open_page: Open) -> None:
    assert open_page(dated_graph("", "")).page.is_hidden("#timeline")
    assert open_page(dated_graph("2020", "")).page.is_hidden("#timeline")


def test_the_film_goes_through_the_years_and_stops(open_page: Open) -> None:
    opened = open_page(dated_graph("2012", "2013", "2014"))
    opened.page.click("#play")
    assert opened.page.get_attribute("#play", "aria-pressed") == "true"
    seen = {shown(opened)[1]}
    for _ in range(60):
        opened.page.wait_for_timeout(100)
        seen.add(shown(opened)[1])
    assert seen == {1, 2, 3}
    assert opened.page.get_attribute("#play", "aria-pressed") == "false"
    assert opened.text("#span") == "2012 – 2014"
    opened.page.keyboard.press("Control+z")  # the film is one step back
    assert shown(opened)[1] == 3


def test_the_film_can_be_stopped(open_page: Open) -> None:
    opened = open_page(dated_graph("2012", "2013", "2014", "2015"))
    opened.page.click("#play")
    opened.page.click("#play")
    here = shown(opened)
    opened.page.wait_for_timeout(1500)
    assert shown(opened) == here == [2, 1]


def test_filters_need_no_pointer(open_page: Open) -> None:
    opened = open_page(sample_graph())
    opened.page.focus("#legend [data-value='kg:Person']")
    opened.page.keyboard.press("Enter")
    focused = opened.page.evaluate("document.activeElement.dataset.value")
    assert focused == "kg:Person"  # the list is drawn anew, the focus stays
    assert shown(opened)[0] == 39
