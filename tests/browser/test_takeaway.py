"""What the page lets you take away, read back by other programs."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from hostile import HOSTILE, hostile_graph
from opened import Open, Opened
from page_graph import sample_graph
from papers import DENIED, LAKE, PARTNERS, RIDGE, papers_graph
from rdflib import Graph

from kg.iri import PREFIXES, document_iri, expand
from kg.model import ClaimGraph, Document, Evidence, Review, Span
from kg.rdf.encode import encode

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"


def take(opened: Opened, kind: str) -> Path:
    """The file that the menu's entry *kind* downloads."""
    with opened.page.expect_download() as caught:
        opened.page.click("#takeaway > summary")
        opened.page.click(f"[data-take={kind}]")
    return Path(caught.value.path())


def select(opened: Opened, id_: str) -> None:
    opened.page.evaluate("(id) => window.claimgraph.change({ selected: id })", id_)


def node_of(opened: Opened, iri: str) -> str:
    """The page's id of an entity."""
    found = opened.page.evaluate(
        """(key) => JSON.parse(document.getElementById("data").textContent).entities
            .find((one) => one.key === key).id""",
        "ent:" + iri.removeprefix(PREFIXES["ent"]),
    )
    return str(found)


def table_of(opened: Opened) -> list[list[str]]:
    data = take(opened, "csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def triples_of(opened: Opened) -> set[ox.Triple]:
    """The triples of the selection, as both engines read them."""
    data = take(opened, "ttl").read_bytes()
    by_oxigraph = {quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)}
    assert len(Graph().parse(data=data, format="turtle")) == len(by_oxigraph)
    return by_oxigraph


def literals(triples: set[ox.Triple], predicate: str | None = None) -> set[str]:
    """The texts that stand in *triples*, or in those of one predicate."""
    wanted = predicate and ox.NamedNode(expand(predicate))
    return {
        triple.object.value
        for triple in triples
        if isinstance(triple.object, ox.Literal) and wanted in (None, triple.predicate)
    }


# --- Pictures --------------------------------------------------------------------------------


def png_size(data: bytes) -> tuple[int, int]:
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def test_png_has_three_times_the_pixels(open_page: Open) -> None:
    opened = open_page(sample_graph())
    width = opened.page.evaluate("document.getElementById('graph').clientWidth")
    height = opened.page.evaluate("document.getElementById('graph').clientHeight")
    wide, high = png_size(take(opened, "png").read_bytes())
    assert wide == 3 * width
    assert high > 3 * height  # the title above, the legend below
    opened.assert_quiet()


def pixels(opened: Opened, png: bytes) -> list[str]:
    """The opaque colours of the picture, as the browser decodes it."""
    found: list[str] = opened.page.evaluate(
        """async (bytes) => {
            const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
            const canvas = new OffscreenCanvas(image.width, image.height);
            const context = canvas.getContext("2d");
            context.drawImage(image, 0, 0);
            const { data } = context.getImageData(0, 0, image.width, image.height);
            const seen = new Set();
            for (let i = 0; i < data.length; i += 4) seen.add(data.slice(i, i + 4).join());
            return [data.slice(0, 4).join(), ...seen];
        }""",
        list(png),
    )
    return found


@pytest.mark.parametrize(("scheme", "ground"), [("light", "251,252,254"), ("dark", "15,21,32")])
def test_png_has_the_ground_of_the_theme_and_the_nodes(
    open_page: Open, scheme: str, ground: str
) -> None:
    opened = open_page(papers_graph(), scheme=scheme)
    first, *seen = pixels(opened, take(opened, "png").read_bytes())
    assert first == f"{ground},255"
    assert "37,99,235,255" in seen  # a company
    assert all(colour.endswith(",255") for colour in seen)


def drawing(opened: Opened) -> Any:
    data = take(opened, "svg").read_bytes()
    assert b"<!" not in data  # no document type, so no entities either
    return ElementTree.fromstring(data)


def texts(svg: Any) -> str:
    return "\n".join("".join(one.itertext()) for one in svg.iter(f"{SVG}text"))


def test_svg_is_a_drawing_of_the_view(open_page: Open) -> None:
    opened = open_page(papers_graph(), title="翠湖 & <藍嶺>")
    svg = drawing(opened)
    circles = [one for one in svg.iter(f"{SVG}circle") if one.get("fill") == "#2563eb"]
    assert len(circles) == 4  # three companies, one in the legend
    assert "翠湖 & <藍嶺>" in texts(svg)
    for name in ("翠湖電子", "藍嶺物流", "霜葉科技", "郝一鳴"):
        assert name in texts(svg)
    assert "否認" in texts(svg)  # in the legend, because there is such a line
    dashed = [one for one in svg.iter(f"{SVG}path") if one.get("stroke-dasharray")]
    assert len(dashed) == 4  # a denied and a reported claim, and both in the legend
    assert {one.tag for one in svg.iter()} == {
        f"{SVG}{name}" for name in ("svg", "title", "rect", "circle", "path", "text")
    } - {f"{SVG}rect"}
    opened.assert_quiet()


def test_svg_holds_the_label_of_a_selected_relation(open_page: Open) -> None:
    opened = open_page(sample_graph())
    assert "\n合作\n" not in texts(drawing(opened))
    select(opened, "c0")
    assert "\n合作\n" in texts(drawing(opened))


def test_svg_follows_the_filters(open_page: Open) -> None:
    opened = open_page(papers_graph())
    opened.page.evaluate("window.claimgraph.change({ hiddenGroups: ['kg:Person'] })")
    svg = drawing(opened)
    assert "郝一鳴" not in texts(svg)
    assert "翠湖電子" in texts(svg)


def test_svg_looks_like_the_canvas(open_page: Open, chromium: Any) -> None:
    opened = open_page(papers_graph())
    svg = take(opened, "svg")
    page = chromium.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    file = svg.with_suffix(".svg")
    file.write_bytes(svg.read_bytes())
    page.goto(file.as_uri())
    assert requests == [file.as_uri()]
    where = opened.place_of(node_of(opened, LAKE))
    box = opened.page.locator("#graph").bounding_box()
    x, y = where["x"] - box["x"], where["y"] - box["y"]
    circle = page.evaluate(
        "([x, y]) => document.elementsFromPoint(x, y + 46).map((one) => one.tagName).join()", [x, y]
    )
    assert "circle" in circle
    page.close()


# --- The table -------------------------------------------------------------------------------


def test_csv_is_the_table_that_is_seen(open_page: Open) -> None:
    opened = open_page(papers_graph())
    head, *rows = table_of(opened)
    assert head[:3] == ["主體", "關係", "客體"]
    by_key = {row[-1]: row for row in rows}
    assert by_key.keys() == {"aa01", "aa02", "aa03", "aa04"}
    assert by_key["aa01"][:4] == ["翠湖電子", "合作", "藍嶺物流", "2021-05"]
    assert by_key["aa01"][5] == "0.72"
    assert by_key["aa01"][6] == PARTNERS.evidence[0].quote
    assert by_key["aa01"][7] == "山城晚報 · 翠湖與藍嶺 · 2021-05-12"
    assert by_key["aa02"][4] == "否認"
    assert by_key["aa04"][2] == "員工 超过两千人"
    opened.page.evaluate(
        "window.claimgraph.change({ kinds: ['planned', 'possible', 'reported', 'denied'] })"
    )
    assert {row[-1] for row in table_of(opened)[1:]} == {"aa01", "aa04"}
    opened.assert_quiet()


def test_csv_takes_no_formula(open_page: Open) -> None:
    opened = open_page(hostile_graph())
    cells = [cell for row in table_of(opened) for cell in row]
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r\n＝＋－＠]", cell)]
    assert any(cell.startswith("'=") for cell in cells)


# --- Turtle ----------------------------------------------------------------------------------


def expected(graph: ClaimGraph) -> set[ox.Triple]:
    """What the build writes of it, less the extractors and their scores: the page has neither."""
    score, extractor = ox.NamedNode(expand("kg:score")), f"<{PREFIXES['extractor']}"
    return {
        quad.triple
        for quad in encode(graph)
        if quad.predicate != score and not str(quad.object).startswith(extractor)
    }


def about(triples: set[ox.Triple], *prefixes: str) -> set[ox.Triple]:
    starts = tuple(PREFIXES[prefix] for prefix in prefixes)
    return {triple for triple in triples if str(triple.subject)[1:].startswith(starts)}


@pytest.mark.parametrize("review", [None, Review("wrong", "沈 若蘭", "2026-05-01T10:00:00Z")])
def test_turtle_says_what_the_build_says(open_page: Open, review: Review | None) -> None:
    graph = papers_graph()
    claims = (replace(PARTNERS, review=review), *graph.claims[1:])
    graph = replace(graph, claims=claims)
    opened = open_page(graph)
    written = triples_of(opened)
    assert written <= expected(graph)
    kinds = ("claim", "ev", "time", "metric", "review", "reviewer")
    assert about(written, *kinds) == about(expected(graph), *kinds)
    opened.assert_quiet()


def test_turtle_of_a_claim_holds_nothing_else(open_page: Open) -> None:
    opened = open_page(papers_graph())
    select(opened, "c1")
    written = triples_of(opened)
    claims = {str(triple.subject) for triple in about(written, "claim")}
    assert claims == {f"<{PREFIXES['claim']}{DENIED.key}>"}
    acquires = ox.NamedNode(expand("kg:acquires"))
    assert not [t for t in written if t.predicate == acquires]  # denied: no direct triple
    assert len(about(written, "ev")) == 6


def test_turtle_of_an_entity_holds_its_claims(open_page: Open) -> None:
    opened = open_page(papers_graph())
    select(opened, node_of(opened, RIDGE))
    written = triples_of(opened)
    claims = {str(triple.subject)[-5:-1] for triple in about(written, "claim")}
    assert claims == {"aa01"}
    partner = ox.NamedNode(expand("kg:partnerOf"))
    ends = {(str(t.subject), str(t.object)) for t in written if t.predicate == partner}
    assert ends == {(f"<{LAKE}>", f"<{RIDGE}>"), (f"<{RIDGE}>", f"<{LAKE}>")}


def test_turtle_names_who_took_part_in_an_event(open_page: Open) -> None:
    opened = open_page(papers_graph())
    select(opened, "c0")
    participant = ox.NamedNode(expand("kg:participant"))
    found = {str(t.object)[1:-1] for t in triples_of(opened) if t.predicate == participant}
    assert found == {LAKE, RIDGE}


def test_turtle_holds_long_quotes_whole(open_page: Open) -> None:
    text = "翠湖電子與藍嶺物流" + "再三" * 800 + "合作"
    document = Document(document_iri(text), text)
    said = Evidence(document.iri, Span(0, len(text)), text, "frame:1", 0.9)
    graph = papers_graph()
    claim = replace(PARTNERS, evidence=(said,))
    opened = open_page(ClaimGraph((document,), graph.entities, (claim,)))
    assert text in literals(triples_of(opened), "oa:exact")


def test_offsets_survive_emoji(open_page: Open) -> None:
    opened = open_page(papers_graph())
    found = literals(triples_of(opened), "oa:start")
    assert {str(evidence.span.start) for evidence in PARTNERS.evidence} <= found


# --- All of it, with hostile text ------------------------------------------------------------


def test_hostile_text_breaks_no_file(open_page: Open) -> None:
    opened = open_page(hostile_graph(), title=HOSTILE[0] + HOSTILE[1])
    svg = drawing(opened)
    assert not [one for one in svg.iter() if one.tag in (f"{SVG}script", f"{SVG}image", f"{SVG}a")]
    assert not [name for one in svg.iter() for name in one.attrib if name.startswith("on")]
    assert {HOSTILE[0], "a\x00\x01\x1b[31m\x7fb"} <= literals(triples_of(opened))
    assert table_of(opened)
    png_size(take(opened, "png").read_bytes())
    opened.assert_quiet()


def test_file_names_are_plain(open_page: Open) -> None:
    opened = open_page(papers_graph(), title='../../a\\b:c*?"<>|\u202eexe 翠湖')
    with opened.page.expect_download() as caught:
        opened.page.click("#takeaway > summary")
        opened.page.click("[data-take=csv]")
    assert caught.value.suggested_filename == "a-b-c-exe-翠湖.csv"


# --- The link --------------------------------------------------------------------------------


def test_the_copied_link_restores_the_view(open_page: Open) -> None:
    opened = open_page(papers_graph())
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.page.evaluate("window.claimgraph.change({ selected: 'c1', minimum: 30 })")
    opened.page.click("#takeaway > summary")
    opened.page.click("[data-take=link]")
    opened.page.locator("#toast:not(:empty)").wait_for()
    address = opened.page.evaluate("navigator.clipboard.readText()")
    opened.page.evaluate("window.claimgraph.change({ selected: null, minimum: 0 })")
    opened.page.goto("about:blank")
    opened.page.goto(address)
    opened.until("window.claimgraph !== undefined")
    assert opened.page.evaluate("window.claimgraph.view.minimum") == 30
    assert opened.page.evaluate("window.claimgraph.view.selected") == "c1"


@pytest.mark.parametrize("menu", ["takeaway", "judge"])
@pytest.mark.parametrize("language", ["zh-Hant", "en"])
def test_the_menus_stay_on_the_screen_of_a_phone(open_page: Open, menu: str, language: str) -> None:
    opened = open_page(papers_graph(), width=360, height=740)
    opened.page.select_option("#language", language)
    opened.page.click(f"#{menu} > summary")
    box = opened.page.locator(f"#{menu} > div").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert box["y"] + box["height"] <= 740


def test_the_menu_is_for_the_keyboard_too(open_page: Open) -> None:
    opened = open_page(papers_graph())
    opened.page.focus("#takeaway > summary")
    opened.page.keyboard.press("Enter")
    assert opened.page.is_visible("[data-take=png]")
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Escape")
    assert not opened.page.is_visible("[data-take=png]")
    assert opened.page.evaluate("document.activeElement.tagName") == "SUMMARY"
