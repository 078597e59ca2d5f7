"""The page in a headless Chromium: it works, asks for nothing, and hostile text does nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from page_graph import sample_graph

from kg.iri import entity_iri
from kg.model import (
    Claim,
    ClaimGraph,
    Document,
    Entity,
    EntityMention,
    Evidence,
    Measure,
    Participant,
    Quantity,
    Reason,
    Span,
    TimeSpan,
)
from kg.render.page import render_page

pytestmark = pytest.mark.browser

GALAXY, UNION = entity_iri("星河科技"), entity_iri("環海聯盟")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
    window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


def find_chromium() -> str:
    path = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if path:
        return path
    reason = "no Chromium found: install one or name it in the environment variable CHROMIUM"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    path = find_chromium()
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Opened:
    """A page with everything that it did wrong."""

    page: Any
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def assert_quiet(self) -> None:
        assert self.requests == []
        assert self.errors == []
        assert self.page.evaluate("window.violations") == []
        assert self.page.evaluate("typeof window.pwned") == "undefined"

    def text(self, selector: str) -> str:
        return str(self.page.inner_text(selector))

    def place_of(self, node: str) -> dict[str, float]:
        return self.place(f"return at('{node}')")

    def place(self, body: str) -> dict[str, float]:
        """Where on the screen; *body* may call ``at(node)``."""
        found: dict[str, float] = self.page.evaluate(
            f"""(() => {{
                const network = window.claimgraph.network;
                const box = document.getElementById("graph").getBoundingClientRect();
                const at = (id) => {{
                    const point = network.canvasToDOM(network.getPosition(id));
                    return {{ x: box.x + point.x, y: box.y + point.y }};
                }};
                {body}
            }})()"""
        )
        return found

    def names(self) -> dict[str, str]:
        """Traditional label → node id."""
        return dict(
            self.page.evaluate(
                "JSON.parse(document.getElementById('data').textContent)"
                ".entities.map((entity) => [entity.labels[0], entity.id])"
            )
        )


Open = Callable[..., Opened]


@pytest.fixture
def open_page(chromium: Any, tmp_path: Path) -> Iterator[Open]:
    contexts = []

    def open_(
        graph: ClaimGraph, *, width: int = 1400, height: int = 840, scheme: str = "light", **kw: Any
    ) -> Opened:
        file = tmp_path / "graph.html"
        file.write_bytes(render_page(graph, **({"title": "範例"} | kw)))
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.set_default_timeout(30_000)
        opened.page.add_init_script(WATCH)
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.page.on("console", lambda line: opened.errors.append(line.text))
        opened.page.goto(file.as_uri())
        assert opened.requests.pop(0) == file.as_uri()
        opened.page.wait_for_function("window.claimgraph !== undefined")
        opened.page.wait_for_timeout(150)
        return opened

    yield open_
    for context in contexts:
        context.close()


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
    assert "句型明確" in panel
    opened.assert_quiet()


def test_a_measure_stands_in_the_panel_only(open_page: Open) -> None:
    opened = open_page(sample_graph())
    opened.page.click(f"[data-node={opened.names()['海豚會議']}]")
    assert "用戶 一千萬" in opened.text("#panel")
    assert "用戶" not in opened.names()


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("环海联", "環海聯盟"),
        ("環海聯", "環海聯盟"),
        ("OCEANIC un", "環海聯盟"),
        ("环盟", "環海聯盟"),
        ("kovács", "安娜·科瓦奇"),
    ],
)
def test_search_finds_in_every_script(open_page: Open, query: str, label: str) -> None:
    opened = open_page(sample_graph())
    opened.page.keyboard.press("/")
    opened.page.keyboard.type(query)
    assert label in opened.text("#results")
    opened.page.keyboard.press("Enter")
    assert opened.text("#panel h3") == label
    opened.page.keyboard.press("Escape")
    assert opened.page.locator("#panel h3").count() == 0
    opened.assert_quiet()


def test_arrows_choose_among_results(open_page: Open) -> None:
    opened = open_page(sample_graph())
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("環海")
    second = opened.page.inner_text("#results li >> nth=1 >> bdi")
    opened.page.keyboard.press("ArrowDown")
    assert opened.page.get_attribute("#search", "aria-activedescendant") == "result-1"
    opened.page.keyboard.press("Enter")
    assert opened.text("#panel h3") == second


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


def test_path_between_the_pair_gives_a_sentence_for_each_step(open_page: Open) -> None:
    pair = (entity_iri("林遠帆"), UNION)
    opened = open_page(sample_graph(), pair=pair)
    opened.page.click("#show-path")
    assert opened.page.locator("#panel blockquote").count() == 2
    assert "環海聯盟宣佈，星河科技成為其全球合作夥伴" in opened.text("#panel")
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


def test_theme_and_colours_can_be_switched(open_page: Open) -> None:
    opened = open_page(sample_graph(), communities={GALAXY: 1, UNION: 0})
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
            || one.labels?.length)).map((one) => one.id)"""
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
        opened.page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
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


HOSTILE = [
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "\"'><svg onload=window.pwned=1>",
    "{{ 7*7 }}{% raw %}${window.pwned=1}",
    "javascript:window.pwned=1",
    "__proto__",
    "constructor",
    "a\x00\x01\x1b[31m\x7fb",
    "line\u2028para\u2029end",
    "\u202egnp.exe\u2066",
    "<!--<script>",
    "]]>&amp;&lt;",
    "https://example.invalid/\"onclick='window.pwned=1'",
    "長" * 10_000,
    "",
]


def hostile_graph() -> ClaimGraph:
    text = "\n".join(HOSTILE)
    whole = Span(0, len(text))
    documents = (
        Document("__proto__", text, title=HOSTILE[0], publisher=HOSTILE[1], language=HOSTILE[2]),
    )
    entities = tuple(
        Entity(
            f"{bad}#{i}",
            ["kg:Company", "kg:Event", bad][i % 3],
            {"zh-Hant": bad, bad: bad},
            tuple(HOSTILE),
            tuple(HOSTILE),
            (EntityMention("__proto__", Span(text.index(bad), text.index(bad) + len(bad)), bad),),
            trigger=bad,
            time=TimeSpan(bad, bad, "day"),
            participants=(Participant(bad, f"{HOSTILE[0]}#0"), Participant(bad, bad)),
        )
        for i, bad in enumerate(HOSTILE)
    )
    claims = tuple(
        Claim(
            f"{bad}{i}",
            entities[i].iri,
            bad,
            Measure(bad, Quantity(1, None, "=", bad, bad)) if i % 4 == 3 else entities[0].iri,
            (Evidence("__proto__", whole, text, bad, 1), Evidence(bad, whole, bad, bad, 1)),
            time=TimeSpan(bad, None, "day"),
            place=bad,
            role=bad,
            polarity="denied" if i % 2 else "asserted",
            modality="reported",
            speaker=bad,
            event=entities[1].iri,
            confidence=0.5,
            reasons=(Reason(bad, 0.5),),
        )
        for i, bad in enumerate(HOSTILE)
    )
    return ClaimGraph(documents, entities, claims)


@pytest.mark.parametrize("width", [1400, 360])
def test_hostile_text_does_nothing(open_page: Open, width: int) -> None:
    graph = hostile_graph()
    iris = [entity.iri for entity in graph.entities]
    opened = open_page(
        graph,
        width=width,
        title=HOSTILE[0] + HOSTILE[1],
        pair=(iris[2], iris[5]),
        centrality=dict.fromkeys(iris, 0.5),
        communities=dict.fromkeys(iris, -3),
    )
    page = opened.page
    assert HOSTILE[0] in page.text_content("h1")
    for node in [f"n{i}" for i in range(len(HOSTILE))]:
        page.click(f".list [data-node={node}] >> nth=0")
        page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
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
