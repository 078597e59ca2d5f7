"""The page in a headless Chromium: it works, asks for nothing, and hostile text does nothing."""

from __future__ import annotations

import pytest
from hostile import HOSTILE, hostile_graph
from opened import Open, Opened
from page_graph import analysis_of, sample_graph
from papers import papers_graph

from kg.iri import entity_iri
from kg.model import (
    ClaimGraph,
)

pytestmark = pytest.mark.browser

GALAXY, UNION = entity_iri("星河科技"), entity_iri("環海聯盟")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_opens_quietly_and_paints(open_page: Open, scheme: str) -> None:
    opened = open_page(sample_graph(), scheme=scheme)
    assert opened.page.get_attribute("html", "data-theme") == scheme
    assert "44" in opened.text("#status")
    painted = opened.page.evaluate(
        """(() => { const canvas = document.querySelector("#graph canvas");
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        const seen = new Set();
        for (let i = 0; i < pixels.length; i += 4)
            if (pixels[i + 3] === 255) seen.add(pixels.slice(i, i + 3).join());
        return [...seen]; })()"""
    )
    assert {"37,99,235", "13,148,136", "217,119,6", "190,24,93"} <= set(painted)
    opened.assert_quiet()


def test_clicking_a_node_shows_its_sentences(open_page: Open) -> None:
    opened = open_page(sample_graph())
    spot = opened.place_of(opened.names()["環海聯盟"])
    opened.page.mouse.click(spot["x"], spot["y"])
    panel = opened.text("#panel")
    assert "環海聯盟使用海豚會議召開上千場會議。" in panel
    assert "Oceanic Union" in panel
    assert opened.page.inner_text("#panel mark.end >> nth=0") in ("環海聯盟", "海豚會議")
    link = opened.page.locator("#panel a.chip")
    assert "noopener" in link.get_attribute("rel")
    opened.assert_quiet()


def test_clicking_an_edge_shows_its_claim(open_page: Open) -> None:
    opened = open_page(sample_graph())
    names = opened.names()
    a, b = names["南港市政府"], names["小鹿支付"]
    spot = opened.place(
        f"const a = at('{a}'), b = at('{b}');"
        "return { x: a.x * 0.6 + b.x * 0.4, y: a.y * 0.6 + b.y * 0.4 };"
    )
    opened.page.mouse.move(spot["x"], spot["y"])
    opened.page.wait_for_selector("#tip:not([hidden])")
    assert "制裁" in opened.text("#tip")
    opened.page.mouse.click(spot["x"], spot["y"])
    panel = opened.text("#panel")
    assert "南港市政府否認曾限制小鹿支付。" in panel
    assert "否認" in opened.text("#panel .tag.denied")
    opened.page.click("#panel .why > summary")
    assert "句型明確" in opened.text("#panel .why")
    opened.assert_quiet()


def test_a_measure_stands_in_the_panel_only(open_page: Open) -> None:
    opened = open_page(sample_graph())
    opened.page.click(f"[data-node={opened.names()['海豚會議']}]")
    assert "用戶 一千萬" in opened.text("#panel")
    assert "用戶" not in opened.names()


def shown(opened: Opened) -> list[int]:
    digits = "".join(char if char.isdigit() else " " for char in opened.text("#status"))
    return [int(number) for number in digits.split()]


def test_filters_take_away_and_give_back(open_page: Open) -> None:
    opened = open_page(sample_graph())
    assert shown(opened) == [44, 80]
    opened.page.click("[data-value='kg:Person']")
    assert shown(opened)[0] == 39
    opened.page.click("[data-value='kg:Person']")
    opened.page.check("#facts-only")
    assert shown(opened) == [44, 67]  # 80 without ten hedged and three denied
    opened.page.uncheck("#facts-only")
    opened.page.click("[data-value='kg:develops']")
    assert shown(opened) == [44, 71]
    opened.page.click("#all-relations")
    assert shown(opened) == [44, 80]
    opened.page.locator("#minimum").fill("90")
    expected = sum(round(claim.confidence, 3) >= 0.9 for claim in sample_graph().claims) - 1 + 5
    assert shown(opened) == [44, expected]
    opened.assert_quiet()


@pytest.mark.parametrize(
    ("language", "label", "word"),
    [
        ("zh-Hant", "環海聯盟", "重要實體"),
        ("zh-Hans", "环海联盟", "重要实体"),
        ("en", "Oceanic Union", "Important entities"),
    ],
)
def test_three_languages(open_page: Open, language: str, label: str, word: str) -> None:
    opened = open_page(sample_graph())
    opened.page.select_option("#language", language)
    assert label in opened.text("#panel")
    assert word in opened.text("#panel")
    assert opened.page.get_attribute("html", "lang") == language
    opened.assert_quiet()


def test_without_a_title_the_page_says_how_many_articles_it_is_of(open_page: Open) -> None:
    opened = open_page(papers_graph(), title=None)
    assert (opened.text("h1"), opened.page.title()) == ("3 篇文章", "3 篇文章")
    opened.page.select_option("#language", "en")
    assert (opened.text("h1"), opened.page.title()) == ("3 articles", "3 articles")
    opened.assert_quiet()


def test_theme_and_colours_can_be_switched(open_page: Open) -> None:
    opened = open_page(sample_graph(), analysis=analysis_of({GALAXY: 0.2, UNION: 0.1}, {GALAXY: 1}))
    dot = f"[data-node={opened.names()['星河科技']}] .dot"
    colour = f"getComputedStyle(document.querySelector('{dot}')).backgroundColor"
    assert opened.page.evaluate(colour) == "rgb(37, 99, 235)"
    opened.page.click("[data-by=community]")
    assert opened.page.evaluate(colour) == "rgb(217, 119, 6)"
    opened.page.click("#theme")
    assert opened.page.get_attribute("html", "data-theme") == "dark"
    opened.assert_quiet()


def test_the_graph_moves_by_keyboard(open_page: Open) -> None:
    opened = open_page(sample_graph())
    opened.page.focus("#graph")
    before = opened.page.evaluate("window.claimgraph.network.getScale()")
    opened.page.keyboard.press("+")
    opened.page.keyboard.press("ArrowLeft")
    assert opened.page.evaluate("window.claimgraph.network.getScale()") == pytest.approx(
        before * 1.2
    )


def test_every_control_has_a_name(open_page: Open) -> None:
    opened = open_page(sample_graph(), pair=(GALAXY, UNION))
    nameless = opened.page.evaluate(
        """[...document.querySelectorAll("button, select, input, [role=listbox], [tabindex='0']")]
        .filter((one) => !(one.textContent.trim() || one.getAttribute("aria-label")
            || one.labels?.length || one.getAttribute("aria-labelledby"))).map((one) => one.id)"""
    )
    assert nameless == []


CONTRAST = """(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const rgb = (css) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = css;
        canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
    const light = (css) => rgb(css).slice(0, 3).map((v) => v / 255)
        .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = (one) => { for (; one; one = one.parentElement) {
        const colour = getComputedStyle(one).backgroundColor;
        if (rgb(colour)[3] === 255) return colour; } return "white"; };
    const bad = [];
    for (const one of document.querySelectorAll("body *")) {
        const own = [...one.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
        if (!own || !one.offsetParent || one.closest("script, style")) continue;
        const pair = [light(getComputedStyle(one).color), light(ground(one))];
        const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
        if (ratio < 4.5) bad.push(`${one.tagName}.${one.className} ${ratio.toFixed(2)}`);
    }
    return [...new Set(bad)];
})()"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("click", [None, "#show-path", "[data-node=n0]"])
def test_text_contrast(open_page: Open, scheme: str, click: str | None) -> None:
    opened = open_page(sample_graph(), scheme=scheme, pair=(GALAXY, UNION))
    if click:
        opened.page.click(click)
        opened.page.evaluate(
            "document.querySelectorAll('#panel details').forEach((d) => d.open = true)"
        )
    assert opened.page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("language", ["zh-Hant", "en"])
def test_no_horizontal_scroll_on_a_phone(open_page: Open, language: str) -> None:
    opened = open_page(sample_graph(), width=360, height=740, pair=(GALAXY, UNION))
    opened.page.select_option("#language", language)
    widths = "[document.documentElement, document.body, document.getElementById('panel')]"
    overflow = f"{widths}.map((one) => one.scrollWidth - one.clientWidth)"
    assert opened.page.evaluate(overflow) == [0, 0, 0]
    opened.page.click("[data-node=n0]")
    assert opened.page.evaluate(overflow) == [0, 0, 0]
    opened.page.click("#open-filters")
    opened.page.click("[data-value='kg:Person']")
    assert opened.page.get_attribute("[data-value='kg:Person']", "aria-pressed") == "false"
    assert opened.page.evaluate(overflow) == [0, 0, 0]
    opened.page.click("#close-filters")
    opened.assert_quiet()


def test_empty_graph_says_so(open_page: Open) -> None:
    opened = open_page(ClaimGraph())
    assert opened.page.is_visible("#empty")
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("x")
    opened.page.keyboard.press("Escape")
    opened.page.click("#fit")
    opened.page.click("#theme")
    opened.assert_quiet()


@pytest.mark.parametrize("width", [1400, 360])
def test_hostile_text_does_nothing(open_page: Open, width: int) -> None:
    graph = hostile_graph()
    iris = [entity.iri for entity in graph.entities]
    opened = open_page(
        graph,
        width=width,
        title=HOSTILE[0] + HOSTILE[1],
        pair=(iris[2], iris[5]),
        analysis=analysis_of(dict.fromkeys(iris, 0.5), dict.fromkeys(iris, -3)),
    )
    page = opened.page
    assert HOSTILE[0] in page.text_content("h1")
    for node in [f"n{i}" for i in range(len(HOSTILE))]:
        page.click(f".list [data-node={node}] >> nth=0")
        page.evaluate(
            "document.querySelectorAll('#panel details').forEach((one) => one.open = true)"
        )
        assert page.locator("#panel img, #panel script, #panel svg svg").count() == 0
        for link in page.locator("#panel a").all():
            assert link.get_attribute("href").startswith("https://example.invalid/")
            assert link.get_attribute("onclick") is None
        page.click("#back")
    page.click("#show-path")
    for query in ["__proto__", "<img", "</script", "constructor"]:
        page.fill("#search", query)
        assert page.locator("#results li").count() >= 1
        page.keyboard.press("Enter")
        assert page.locator("#panel h3").count() == 1
    if width > 800:
        for made in ("__proto__", "constructor"):
            page.click(f"#relations [data-value='{made}']")
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) == 0
    assert page.evaluate("Object.prototype.polluted === undefined && ({}).id === undefined")
    opened.assert_quiet()
