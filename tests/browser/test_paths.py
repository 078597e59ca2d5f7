"""How are two connected? The pickers, the ranked paths, their sentences, and why there is none."""

from __future__ import annotations

import random

import pytest
from claimgraphs import claim, entity, graph_of, linked
from hostile import hostile_graph
from opened import Clock, Open, Opened
from page_graph import sample_graph
from papers import LAKE, SIGNING, papers_graph

from kg.iri import entity_iri
from kg.model import ClaimGraph

pytestmark = pytest.mark.browser

Pair = tuple[str, str]


def pair_of(names: str | list[str]) -> Pair:
    a, b = names
    return entity_iri(a), entity_iri(b)


def pick(opened: Opened, names: str | list[str]) -> None:
    """Set the pickers on two entities, whether anything connects them or not."""
    known = opened.names()
    opened.page.evaluate(
        "(pair) => window.claimgraph.change({ pair })", [known[name] for name in names]
    )


def ways(opened: Opened) -> list[str]:
    """The nodes of each path that is listed, without spaces."""
    script = """[...document.querySelectorAll("#path-list button")].map((way) =>
        [...way.querySelectorAll("bdi")].map((one) => one.textContent).join(""))"""
    return list(opened.page.evaluate(script))


def graph_with(*lines: str) -> ClaimGraph:
    """ "ab 0.5 denied" is a claim that a uses b, with this confidence, and denied."""
    claims = []
    for line in lines:
        (a, b), confidence, *denied = line.split()
        polarity = "denied" if denied else "asserted"
        claims.append(claim(a, "kg:uses", b, float(confidence), polarity=polarity))
    names = sorted({name for line in lines for name in line.split()[0]})
    return graph_of(claims, map(entity, names))


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["ab 0.9", "bc 0.9"], ["abc"]),
        (["ba 0.9", "cb 0.9"], ["abc"]),  # whatever the direction
        (["ab 0.9", "bc 0.9", "ac 0.1"], ["ac", "abc"]),  # fewer steps before certainty
        (["ab 0.6", "bc 0.9", "ad 0.8", "dc 0.8"], ["adc", "abc"]),  # 0.64 before 0.54
        (["ab 0.3", "ab 0.9", "bc 0.9", "ad 0.8", "dc 0.8"], ["abc", "adc"]),  # the best line
        (["ab 0.9", "bc 0.9", "bd 0.9", "dc 0.9", "de 0.9"], ["abc", "abdc"]),  # no dead end
        (["ac 0.9 denied", "ab 0.2", "bc 0.2"], ["ac", "abc"]),
        (["ab 0.9 denied", "bc 0.9", "ad 0.2", "dc 0.2"], ["adc", "abc"]),  # a denial comes last
        (["ab 0.9", "bd 0.9", "de 0.9", "ec 0.9", "ac 0.9"], ["ac"]),  # no detour of three steps
        (["ab 0.9", "dc 0.9"], []),
    ],
)
def test_paths_are_ranked(open_page: Open, lines: list[str], found: list[str]) -> None:
    opened = open_page(graph_with(*lines))
    pick(opened, "ac")
    assert ways(opened) == []
    opened.page.click("#find-paths")
    assert ways(opened) == found
    opened.assert_quiet()


def test_eight_paths_are_enough(open_page: Open) -> None:
    graph = linked(
        *(f"a{other}" for other in "bcdefghijk"), *(f"{other}z" for other in "bcdefghijk")
    )
    opened = open_page(graph, pair=pair_of("az"))
    opened.page.click("#find-paths")
    assert len(set(ways(opened))) == 8


IS_BLUE = """([a, b]) => {
    const { network } = window.claimgraph, canvas = document.querySelector("#graph canvas");
    const scale = canvas.width / canvas.clientWidth;
    const [from, to] = [a, b].map((id) => network.canvasToDOM(network.getPosition(id)));
    const [x, y] = ["x", "y"].map((axis) => scale * (0.68 * from[axis] + 0.32 * to[axis]));
    const { data } = canvas.getContext("2d").getImageData(x - 2, y - 2, 5, 5);
    return [...Array(25).keys()].some((i) => data.slice(4 * i, 4 * i + 3).join() === "37,99,235");
}"""


def assert_drawn(opened: Opened, blue: str, other: str) -> None:
    """Waits for the line between the first two to be lit, with the other left as it was."""
    names = opened.names()
    opened.until(f"({IS_BLUE})({[names[name] for name in blue]})")
    assert not opened.page.evaluate(IS_BLUE, [names[name] for name in other])


def test_the_chosen_path_is_drawn_and_told(open_page: Open) -> None:
    graph = graph_with("ab 0.9", "bc 0.9", "ad 0.8", "dc 0.8")
    opened = open_page(graph, pair=pair_of("ac"))
    opened.page.click("#find-paths")
    assert_drawn(opened, "ab", "ad")
    assert opened.page.locator("#panel blockquote").all_inner_texts()[0].startswith("akg:usesb")
    opened.page.click("#path-list li:nth-child(2) button")
    assert_drawn(opened, "ad", "ab")
    said = opened.page.locator("#panel blockquote").all_inner_texts()
    assert [text[:8] for text in said] == ["akg:uses", "dkg:uses"]
    pressed = "[...document.querySelectorAll('#path-list button')].map((one) => one.ariaPressed)"
    assert opened.page.evaluate(pressed) == ["false", "true"]
    opened.page.click("#clear-paths")
    assert ways(opened) == []
    assert opened.page.locator("#panel blockquote").count() == 0


def test_each_step_has_its_sentence_date_and_kind(open_page: Open) -> None:
    opened = open_page(sample_graph(), pair=pair_of(["琥珀一號", "星河雲"]))
    opened.page.click("#find-paths")
    assert opened.page.locator("#panel .card").count() == 1
    first = opened.text("#panel .card")
    assert "2022" in first
    assert "計劃" in first
    assert "琥珀一號將接入星河雲。" in first
    assert "晨光日報" in first


def test_a_step_may_be_taking_part_in_an_event(open_page: Open) -> None:
    opened = open_page(sample_graph(), pair=pair_of(["星河簽署合作協議", "環海聯盟"]))
    opened.page.click("#find-paths")
    assert ways(opened)[0] == "星河簽署合作協議環海聯盟"
    assert "星河簽署合作協議之後" in opened.text("#panel blockquote")


def test_taking_part_is_as_sure_as_the_event(open_page: Open) -> None:
    opened = open_page(papers_graph(), pair=(LAKE, SIGNING))
    opened.page.click("#find-paths")
    assert opened.text("#path-list small") == "1 步 · 置信度 72%"


def test_the_pickers_stand_on_the_pair_and_choose_by_keyboard(open_page: Open) -> None:
    opened = open_page(sample_graph(), pair=pair_of(["林遠帆", "環海聯盟"]))
    values = [opened.page.input_value(f"#pick-{end}") for end in (0, 1)]
    assert values == ["林遠帆", "環海聯盟"]
    opened.page.focus("#pick-0")
    opened.page.keyboard.press("ArrowDown")
    offers = opened.page.locator("#picks-0 li > bdi").all_inner_texts()
    assert offers[0] == "星河科技"  # without a word the important ones
    opened.page.keyboard.type("qtdx")
    assert opened.page.locator("#picks-0 li > bdi").all_inner_texts() == ["青藤大學"]
    opened.page.keyboard.press("Enter")
    assert opened.page.input_value("#pick-0") == "青藤大學"
    assert ways(opened)[0].startswith("青藤大學")
    opened.assert_quiet()


def test_leaving_a_picker_changes_nothing(open_page: Open) -> None:
    opened = open_page(sample_graph(), pair=pair_of(["林遠帆", "環海聯盟"]))
    opened.page.fill("#pick-1", "無此名")
    assert opened.page.is_visible("#picks-1")
    opened.page.keyboard.press("Tab")
    assert opened.page.is_hidden("#picks-1")
    assert opened.page.input_value("#pick-1") == "環海聯盟"


def test_the_two_can_be_swapped(open_page: Open) -> None:
    opened = open_page(sample_graph(), pair=pair_of(["林遠帆", "環海聯盟"]))
    opened.page.click("#swap")
    assert opened.page.input_value("#pick-0") == "環海聯盟"
    assert ways(opened)[0] == "環海聯盟星河科技林遠帆"
    opened.page.keyboard.press("Control+z")
    assert opened.page.input_value("#pick-0") == "林遠帆"


def test_without_a_pair_the_two_most_important_stand_there(open_page: Open) -> None:
    opened = open_page(linked("ab", "bc", "bd", "cd"))
    assert opened.page.input_value("#pick-0") == "b"
    assert opened.page.is_hidden("#paths") is False
    assert open_page(graph_of((), [entity("甲")])).page.is_hidden("#paths")


def test_a_pair_that_nothing_connects_gives_way_to_one_that_is_connected(open_page: Open) -> None:
    claims = [claim("甲", "kg:uses", "乙"), claim("丙", "kg:uses", "丁")]
    graph = graph_of(claims, map(entity, ["甲", "乙", "丙", "丁"]))
    opened = open_page(graph, pair=pair_of(["丙", "甲"]))
    assert opened.text("#panel .pair div").split(" ↔ ") == ["丙", "丁"]
    opened.page.click("#show-path")
    assert len(ways(opened)) == 1


def test_the_path_is_copied_with_sentences_and_sources(open_page: Open) -> None:
    opened = open_page(papers_graph())
    pick(opened, ["郝一鳴", "藍嶺物流"])
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.page.fill("#pick-0", "翠湖")
    opened.page.keyboard.press("Enter")
    opened.page.click("#copy-path")
    opened.until("document.querySelector('#copy-path').innerText === '已複製'")
    lines = opened.page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines == [
        "翠湖電子 — 藍嶺物流 (1 步 · 置信度 72%)",
        "1. 翠湖電子 合作 藍嶺物流 (2021-05 · 72%)",
        "   「翠湖電子在2021年5月與藍嶺物流結為夥伴」",
        "   —— 山城晚報 · 翠湖與藍嶺 · 2021-05-12 · https://news.example/lake?a=1&b=2",
        "   「藍嶺物流是翠湖電子的夥伴」",
        "   —— 河畔週刊 · 夥伴 · 2021-05-13 · javascript:window.pwned=1",
    ]
    opened.assert_quiet()


# --- No path ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fragment", "lifts"),
    [
        ("minimum=60", ["minimum"]),
        ("kinds=fact", ["kinds"]),
        ("hiddenRelations=kg:uses", ["hiddenRelations"]),
        ("minimum=60&kinds=denied", ["minimum"]),  # what does not help is not offered
        ("minimum=60&kinds=fact", ["kinds,minimum"]),  # only both together
    ],
)
def test_without_a_path_the_filter_that_hides_it_is_named(
    open_page: Open, fragment: str, lifts: list[str]
) -> None:
    opened = open_page(graph_with("ab 0.5", "bc 0.9"), pair=pair_of("ac"))
    opened.page.evaluate("(fragment) => { location.hash = fragment; }", fragment)
    opened.page.wait_for_timeout(200)
    opened.page.click("#find-paths")
    assert ways(opened) == []
    offered = opened.page.locator("#panel [data-lift]")
    keys = [offered.nth(i).get_attribute("data-lift") for i in range(offered.count())]
    assert [",".join(sorted(key.split(","))) for key in keys] == lifts
    offered.first.click()
    assert ways(opened) == ["abc"]
    opened.assert_quiet()


def test_a_hidden_node_on_the_way_is_named(open_page: Open) -> None:
    opened = open_page(linked("ab", "bc"), pair=pair_of("ac"))
    opened.page.evaluate(
        "(b) => window.claimgraph.change({ hidden: [b], path: 0 })", opened.names()["b"]
    )
    opened.page.click("[data-lift=hidden]")
    assert ways(opened) == ["abc"]


def test_where_nothing_connects_the_page_says_so(open_page: Open) -> None:
    opened = open_page(linked("ab", "cd"))
    pick(opened, "ad")
    opened.page.click("#find-paths")
    assert "沒有把兩者連起來的主張" in opened.text("#panel")
    opened.page.fill("#pick-1", "a")
    opened.page.keyboard.press("Enter")
    assert "兩個不同的實體" in opened.text("#panel")
    assert opened.page.locator("#panel [data-lift]").count() == 0


def test_a_picked_node_comes_into_view(open_page: Open) -> None:
    opened = open_page(sample_graph(), pair=pair_of(["星河科技", "環海聯盟"]))
    opened.page.click("#legend [data-value='kg:Person']")
    opened.page.fill("#pick-0", "林遠帆")
    opened.page.keyboard.press("Enter")
    assert opened.page.get_attribute("#legend [data-value='kg:Person']", "aria-pressed") == "true"
    assert ways(opened)[0] == "林遠帆星河科技環海聯盟"


def test_hostile_names_are_only_text(open_page: Open) -> None:
    opened = open_page(hostile_graph())
    opened.page.click("#find-paths")
    for end in (0, 1):
        opened.page.click(f"#pick-{end}")
        for i in range(opened.page.locator(f"#picks-{end} li").count()):
            opened.page.click(f"#pick-{end}")
            opened.page.keyboard.press("Escape")
            opened.page.keyboard.press("ArrowDown")
            for _ in range(i):
                opened.page.keyboard.press("ArrowDown")
            opened.page.keyboard.press("Enter")
    opened.assert_quiet()


def test_a_large_graph_answers_within_a_second(open_page: Open) -> None:
    names, some = [f"第{i}號" for i in range(1500)], random.Random(3)
    ends = {tuple(sorted(some.sample(names, 2))) for _ in range(6000)}
    graph = graph_of([claim(a, "kg:uses", b) for a, b in sorted(ends)], map(entity, names))
    opened = open_page(graph, pair=pair_of([names[0], names[1]]))
    opened.page.evaluate("window.claimgraph.change({ shown: ['*'] })")
    clock = Clock(opened)
    start = clock.read()
    opened.page.click("#find-paths")
    assert len(ways(opened)) == 8
    assert clock.read() - start < 1
