"""The drawing: what stands on the canvas, read from the calls that paint it."""

from __future__ import annotations

import math
from typing import Any

import pytest
from large_graph import large_graph
from opened import Open, Opened
from page_graph import analysis_of, sample_graph

from kg.iri import document_iri, entity_iri
from kg.model import Claim, ClaimGraph, Document, Entity, EntityMention, Evidence, Span, TimeSpan

pytestmark = pytest.mark.browser

# One more picture, with every text, line, circle and icon that is painted for it.
PICTURE = """(async () => {
    const kind = CanvasRenderingContext2D.prototype, found = {};
    const kept = {}, wrap = (name, note) => { kept[name] = kind[name];
        kind[name] = function (...given) { note(this, ...given); return kept[name].apply(this, given); }; };
    let path = [];
    wrap("clearRect", () => Object.assign(found, { texts: [], lines: [], discs: [], icons: [], arrows: 0 }));
    wrap("beginPath", () => { path = []; });
    wrap("moveTo", (context, x, y) => path.push(["M", x, y]));
    wrap("lineTo", (context, x, y) => path.push(["L", x, y]));
    wrap("quadraticCurveTo", (context, ...at) => path.push(["Q", ...at]));
    wrap("closePath", () => path.push(["Z"]));
    wrap("arc", (context, x, y, r) => path.push(["A", x, y, r]));
    wrap("fillText", (context, text, x, y) => { const { a, b, c, d, e, f } = context.getTransform(), size = context.measureText(text);
        const wide = (size.actualBoundingBoxLeft + size.actualBoundingBoxRight) * Math.hypot(a, b), at = [a * x + c * y + e, b * x + d * y + f];
        found.texts.push({ text, turn: Math.atan2(b, a), left: at[0] - wide / 2, right: at[0] + wide / 2,
            top: at[1] - size.actualBoundingBoxAscent * Math.hypot(a, b), bottom: at[1] + size.actualBoundingBoxDescent * Math.hypot(a, b), alpha: context.globalAlpha }); });
    wrap("stroke", (context, icon) => { if (icon) found.icons.push(icon.d);
        else found.lines.push({ style: context.strokeStyle, dash: context.getLineDash(), alpha: context.globalAlpha, wide: context.lineWidth, path }); });
    wrap("fill", (context) => { if (path.length === 1 && path[0][0] === "A") found.discs.push({ style: context.fillStyle, r: path[0][3], x: path[0][1], y: path[0][2] });
        if (!path.some(([one]) => one === "A")) found.arrows += path.filter(([one]) => one === "Z").length; });
    window.claimgraph.network.redraw();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    for (const name of Object.keys(kept)) kind[name] = kept[name];
    return found;
})()"""


def picture(opened: Opened) -> dict[str, Any]:
    found: dict[str, Any] = opened.page.evaluate(PICTURE)
    return found


def view(opened: Opened, patch: str) -> None:
    opened.page.evaluate(f"window.claimgraph.change({patch})")


def between(*claims: tuple[str, str, str], **same: Any) -> ClaimGraph:
    """A graph of these claims: who, relation, whom."""
    text = "甲公司與乙公司多次往來。"
    document = Document(document_iri("1" * 64), text, title="往來", language="zh-Hant")
    names = list(dict.fromkeys(name for who, _, whom in claims for name in (who, whom)))
    mention = EntityMention(document.iri, Span(0, 3), "甲公司")
    entities = [
        Entity(entity_iri(name), "kg:Company", {"zh-Hant": name}, mentions=(mention,))
        for name in names
    ]
    evidence = Evidence(document.iri, Span(0, len(text)), text, "test", 0.9)
    made = [
        Claim(f"k{i}", entity_iri(who), f"kg:{relation}", entity_iri(whom), (evidence,), **same)
        for i, (who, relation, whom) in enumerate(claims)
    ]
    return ClaimGraph((document,), tuple(entities), tuple(made))


def test_every_class_has_its_icon(open_page: Open) -> None:
    opened = open_page(sample_graph())
    icons = picture(opened)["icons"]
    known = opened.page.evaluate("JSON.parse(document.getElementById('data').textContent).icons")
    # 14 organizations, 5 persons: each icon is as many strokes as lucide gives it
    assert icons.count(known["building-2"][0]) == 14
    assert icons.count(known["user-round"][0]) == 5


@pytest.mark.parametrize("layout", ["force", "around", "time"])
def test_labels_keep_clear_of_each_other(open_page: Open, layout: str) -> None:
    opened = open_page(sample_graph())
    view(opened, f"{{ layout: '{layout}' }}")
    for scale in (0.35, 0.8, 1.4):
        opened.page.evaluate(f"window.claimgraph.network.moveTo({{ scale: {scale} }})")
        texts = [one for one in picture(opened)["texts"] if not one["turn"]]
        assert len(texts) > 10
        met = [
            (a["text"], b["text"])
            for i, a in enumerate(texts)
            for b in texts[i + 1 :]
            if a["left"] + 1 < b["right"] and b["left"] + 1 < a["right"]
            if a["top"] + 1 < b["bottom"] and b["top"] + 1 < a["bottom"]
        ]
        assert (scale, met) == (scale, [])


@pytest.mark.parametrize("count", [1, 2, 3, 8, 40])
def test_parallel_edges_are_all_seen(open_page: Open, count: int) -> None:
    pairs = [("甲公司", "乙公司"), ("乙公司", "甲公司")]
    graph = between(*[(pairs[i % 2][0], "uses", pairs[i % 2][1]) for i in range(count)])
    opened = open_page(graph)
    lines = [line for line in picture(opened)["lines"] if len(line["path"]) >= 2 * count]
    steps = lines[0]["path"]
    curves = {tuple(round(value, 1) for value in step[1:3]) for step in steps if step[0] != "M"}
    assert len(curves) == count
    assert any(step[0] == "L" for step in steps) == bool(count % 2)  # the middle one is straight
    if count > 3:
        chosen = set()
        for i in range(76):
            spot = opened.place(
                "const a = at('n0'), b = at('n1'), x = (a.x + b.x) / 2, y = (a.y + b.y) / 2,"
                "turn = Math.atan2(b.y - a.y, b.x - a.x), far = " + str((i - 38) * 4) + ";"
                "return { x: x - Math.sin(turn) * far, y: y + Math.cos(turn) * far };"
            )
            opened.page.mouse.click(spot["x"], spot["y"])
            chosen.add(opened.page.evaluate("window.claimgraph.view.selected"))
        assert len(chosen - {None}) >= min(count, 8)


def test_a_claim_about_itself_is_a_loop(open_page: Open) -> None:
    opened = open_page(between(("甲公司", "uses", "甲公司"), ("甲公司", "supports", "甲公司")))
    lines = [line for line in picture(opened)["lines"] if line["path"][0][0] == "M"]
    radii = {step[3] for line in lines for step in line["path"] if step[0] == "A"}
    assert len(radii) == 2


def test_direction_shows_but_for_symmetric_relations(open_page: Open) -> None:
    graph = between(("甲公司", "uses", "乙公司"), ("乙公司", "partnerOf", "丙公司"))
    assert picture(open_page(graph))["arrows"] == 1


def test_fact_plan_and_denial_are_told_apart(open_page: Open) -> None:
    lines = picture(open_page(sample_graph()))["lines"]
    dashes = {tuple(line["dash"]): line["style"] for line in lines if len(line["path"]) > 3}
    assert set(dashes) == {(), (7, 5), (2, 4)}
    assert dashes[2, 4] not in (dashes[()], dashes[7, 5])
    crosses = [
        line
        for line in lines
        if line["style"] == dashes[2, 4] and not line["dash"] and len(line["path"]) % 4 == 0
    ]
    assert len(crosses[0]["path"]) == 3 * 4  # three denials, crossed out with two strokes each


def test_the_chosen_relations_are_named_upright(open_page: Open) -> None:
    opened = open_page(sample_graph())
    assert not {"使用", "位於"} & {one["text"] for one in picture(opened)["texts"]}
    view(opened, f"{{ selected: '{opened.names()['環海聯盟']}' }}")
    found = {one["text"]: one["turn"] for one in picture(opened)["texts"]}
    assert {"使用", "位於", "合作"} <= set(found)
    assert all(abs(turn) <= math.pi / 2 + 0.01 for turn in found.values())


def test_few_relations_are_all_named(open_page: Open) -> None:
    opened = open_page(between(("甲公司", "uses", "乙公司"), ("丙公司", "develops", "甲公司")))
    assert {"使用", "開發"} <= {one["text"] for one in picture(opened)["texts"]}
    opened.page.evaluate("window.claimgraph.network.moveTo({ scale: 0.4 })")
    assert "使用" not in [one["text"] for one in picture(opened)["texts"]]


@pytest.mark.parametrize("width", [1400, 390])
def test_a_dense_graph_names_who_matters_in_letters_that_can_be_read(
    open_page: Open, width: int
) -> None:
    opened = open_page(large_graph(2_000, 5_000), width=width)
    texts = {one["text"]: one for one in picture(opened)["texts"]}
    important = opened.page.locator("#panel .list bdi").all_inner_texts()
    assert len(set(important[:24]) & set(texts)) >= 12
    heights = [one["bottom"] - one["top"] for one in texts.values() if not one["turn"]]
    assert min(heights) > 6  # of signs that are 9.5 high


def test_a_small_screen_shows_the_neighbours_of_what_is_chosen(open_page: Open) -> None:
    opened = open_page(large_graph(2_000, 5_000), width=390)
    before = opened.page.evaluate("window.claimgraph.network.getScale()")
    view(opened, "{ selected: 'n40' }")
    assert opened.page.evaluate("window.claimgraph.network.getScale()") > before


def test_names_keep_off_the_lines_that_stand_out(open_page: Open) -> None:
    graph = between(("甲公司", "uses", "乙公司"))
    opened = open_page(graph)
    place = opened.page.evaluate("window.claimgraph.placeOf('n1')")
    pin = ["n0", round(place["x"]), round(place["y"]) - 300]  # the line comes from above
    opened.page.evaluate("(pin) => window.claimgraph.change({ pinned: [pin] })", pin)
    view(opened, "{ selected: 'n0' }")
    texts = {one["text"]: one for one in picture(opened)["texts"]}
    above, below = opened.place_of("n0"), opened.place_of("n1")
    box = opened.page.locator("#graph").bounding_box()
    assert texts["甲公司"]["bottom"] + box["y"] < above["y"]  # beneath it is the line
    assert texts["乙公司"]["top"] + box["y"] > below["y"]


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("layout", ["force", "around", "time"])
def test_no_name_is_cut_off_by_the_edge(open_page: Open, layout: str, width: int) -> None:
    opened = open_page(sample_graph(), width=width)
    view(opened, f"{{ layout: '{layout}', language: 'en' }}")
    box = opened.page.locator("#graph").bounding_box()
    names = [one for one in picture(opened)["texts"] if not one["turn"]]
    assert len(names) > 10
    cut = [
        one["text"]
        for one in names
        if one["left"] < -2 or one["right"] > box["width"] + 2 or one["bottom"] > box["height"]
    ]
    assert cut == []


def test_what_is_not_chosen_fades(open_page: Open) -> None:
    opened = open_page(sample_graph())
    view(opened, f"{{ selected: '{opened.names()['環海聯盟']}' }}")
    lines = [line for line in picture(opened)["lines"] if len(line["path"]) > 3]
    assert {line["wide"] for line in lines if line["alpha"] == 1} >= {2}
    assert any(line["alpha"] < 0.3 for line in lines)


@pytest.mark.parametrize("measure", ["degree", "mentions", "pagerank"])
def test_size_is_by_the_chosen_measure(open_page: Open, measure: str) -> None:
    graph = sample_graph()
    ranks = {entity.iri: i / 100 for i, entity in enumerate(graph.entities)}
    opened = open_page(graph, analysis=analysis_of(ranks))
    opened.page.select_option("#size-by", measure)
    sizes = opened.page.evaluate("window.claimgraph.network.body.data.nodes.get()")
    by_size = sorted(sizes, key=lambda node: -node["size"])
    last = f"n{len(graph.entities) - 1}"
    expected = {"degree": opened.names()["星河科技"], "pagerank": last}
    if measure in expected:
        assert by_size[0]["id"] == expected[measure]
        assert by_size[0]["size"] > by_size[1]["size"]
    discs = {round(disc["r"], 2) for disc in picture(opened)["discs"]}
    assert {round(node["size"], 2) for node in sizes} <= discs


def test_colour_is_by_class_or_community(open_page: Open) -> None:
    graph = sample_graph()
    communities = {entity.iri: i % 2 for i, entity in enumerate(graph.entities)}
    analysis = analysis_of(dict.fromkeys(communities, 0.5), communities)
    opened = open_page(graph, analysis=analysis)
    ground = opened.page.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--canvas').trim()"
    )
    seen = {disc["style"] for disc in picture(opened)["discs"]} - {ground}
    assert {"#2563eb", "#be185d", "#7c3aed"} <= seen
    opened.page.click("[data-by=community]")
    seen = {disc["style"] for disc in picture(opened)["discs"]} - {ground}
    assert seen == {"#2563eb", "#d97706"}


def test_around_puts_neighbours_nearest(open_page: Open) -> None:
    opened = open_page(sample_graph())
    names = opened.names()
    opened.page.evaluate(f"window.claimgraph.change({{ selected: '{names['環海聯盟']}' }})")
    opened.page.click("[data-layout=around]")
    places = {
        name: opened.page.evaluate(f"window.claimgraph.placeOf('{node}')")
        for name, node in names.items()
    }
    assert places["環海聯盟"] == {"x": 0, "y": 0}
    far = {name: math.hypot(at["x"] / 1.18, at["y"]) for name, at in places.items()}
    near = {"星河科技", "環海衛生署", "綠洲基金會", "海豚會議", "霧城"}
    assert max(far[name] for name in near) < min(far[name] for name in ("陳孟喬", "琥珀一號"))


def test_time_puts_later_years_to_the_right(open_page: Open) -> None:
    graph = between(("早公司", "uses", "早產品"), ("中公司", "uses", "中產品"), ("晚公司", "uses", "晚產品"), ("空公司", "uses", "空產品"))  # fmt: skip
    years = ("1998", "2007", "2021", None)
    claims = [
        Claim(
            **{name: getattr(claim, name) for name in claim.__slots__ if name != "time"},
            time=year and TimeSpan(year, year, "year"),
        )
        for claim, year in zip(graph.claims, years, strict=True)
    ]
    opened = open_page(ClaimGraph(graph.documents, graph.entities, tuple(claims)))
    opened.page.click("[data-layout=time]")
    names = opened.names()
    x = [
        opened.page.evaluate(f"window.claimgraph.placeOf('{names[name]}').x")
        for name in ("空公司", "早公司", "中公司", "晚公司")
    ]
    assert x == sorted(x)
    assert len(set(x)) == 4
    texts = [one["text"] for one in picture(opened)["texts"]]
    assert {"無日期", "1998", "2007", "2021"} <= set(texts)
    opened.assert_quiet()


def counts(opened: Opened) -> list[int]:
    digits = "".join(char if char.isdigit() else " " for char in opened.text("#status"))
    return [int(number) for number in digits.split()]


def test_hide_collapse_and_bring_back(open_page: Open) -> None:
    graph = between(
        ("甲公司", "uses", "乙公司"), ("甲公司", "uses", "丙公司"),
        ("乙公司", "uses", "丁公司"), ("甲公司", "uses", "丁公司"),
    )  # fmt: skip
    opened = open_page(graph)
    page, names = opened.page, opened.names()
    view(opened, f"{{ selected: '{names['甲公司']}' }}")
    page.click("#tool-collapse")  # only the third hangs on the first alone
    assert page.evaluate("window.claimgraph.view.hidden") == [names["丙公司"]]
    page.click("#tool-expand")
    assert page.evaluate("window.claimgraph.view.hidden") == []
    assert not page.is_enabled("#tool-expand")
    page.focus("#graph")
    page.keyboard.press("h")
    assert page.evaluate("window.claimgraph.view.hidden") == [names["甲公司"]]
    assert counts(opened) == [3, 1]
    page.click("#unhide")
    assert counts(opened) == [4, 4]
    page.keyboard.press("Control+z")
    assert counts(opened) == [3, 1]
    page.keyboard.press("Control+Shift+Z")
    assert counts(opened) == [4, 4]
    opened.assert_quiet()


def test_a_dragged_node_stays_until_it_is_freed(open_page: Open) -> None:
    opened = open_page(sample_graph())
    page, node = opened.page, opened.names()["環海聯盟"]
    home, spot = (
        page.evaluate(f"window.claimgraph.placeOf('{node}')"),
        opened.place_of(node),
    )
    page.mouse.move(spot["x"], spot["y"])
    page.mouse.down()
    page.mouse.move(spot["x"] + 30, spot["y"] + 20, steps=4)
    page.mouse.move(spot["x"] + 60, spot["y"] + 40, steps=4)
    page.mouse.up()
    opened.until("window.claimgraph.view.pinned.length === 1")
    there = page.evaluate(f"window.claimgraph.placeOf('{node}')")
    assert there["x"] > home["x"] + 20
    assert there["y"] > home["y"] + 10
    assert [one[0] for one in page.evaluate("window.claimgraph.view.pinned")] == [node]
    opened.until("location.hash.includes('pinned')")
    page.reload()
    opened.until("window.claimgraph !== undefined")
    again = page.evaluate(f"window.claimgraph.placeOf('{node}')")
    assert [round(again[axis] - there[axis]) for axis in "xy"] == [0, 0]
    view(opened, f"{{ selected: '{node}' }}")
    page.click("#tool-pin")
    assert page.evaluate(f"window.claimgraph.placeOf('{node}')") == home
    page.click("#undo")
    assert page.evaluate(f"window.claimgraph.placeOf('{node}')") != home


def test_a_large_graph_opens_on_its_core(open_page: Open) -> None:
    opened = open_page(large_graph(1_000, 2_000))
    page = opened.page
    assert counts(opened)[0] == 500
    entities = page.evaluate(
        "JSON.parse(document.getElementById('data').textContent).entities"
        ".map(({ id, labels, core }) => [id, labels[0], core])"
    )
    outside = next((id_, label) for id_, label, core in reversed(entities) if core is False)
    page.keyboard.press("/")
    page.keyboard.type(outside[1])
    page.keyboard.press("Enter")
    assert page.evaluate("window.claimgraph.view.selected") == outside[0]
    assert outside[1] in [one["text"] for one in picture(opened)["texts"]]
    assert counts_after(opened) > 500
    page.keyboard.press("Control+z")
    assert counts(opened)[0] == 500
    view(opened, "{ selected: 'n0' }")
    page.click("#tool-expand")
    assert counts_after(opened) > 510
    page.click("#tool-collapse")
    page.click("#show-all")
    view(opened, "{ selected: null, hidden: [] }")
    assert counts(opened)[0] == 1_000
    page.click("#show-all")
    assert counts(opened)[0] == 500
    opened.assert_quiet()


def counts_after(opened: Opened) -> int:
    return int(opened.page.evaluate("window.claimgraph.network.body.data.nodes.length"))
