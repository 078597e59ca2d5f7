"""The pictures: well-formed, within their frame, harmless."""

from xml.etree import ElementTree

import pytest

from kg.render.pictures import Bar, Link, draw_bars, draw_ways
from kg.render.text import width

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert(1)</script>\x00\ud800\ufffe & 甲" * 9


def texts(svg: bytes) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(f"{SVG}text"))


def shown(svg: bytes) -> list[str]:
    return [(text.text or "") + "".join(child.tail or "" for child in text) for text in texts(svg)]


def size_of(text: ElementTree.Element) -> int:
    classes = (text.get("class") or "").split()
    return 17 if "title" in classes else 12 if {"note", "says"} & set(classes) else 14


def reach(text: ElementTree.Element) -> tuple[float, float]:
    """From where to where a text goes, by its anchor."""
    said = (text.text or "") + "".join(child.tail or "" for child in text)
    long, x = width(said) * size_of(text), float(text.get("x", "0"))
    classes = (text.get("class") or "").split()
    start = x - long if "end" in classes else x - long / 2 if "middle" in classes else x
    return start, start + long


def within(svg: bytes) -> bool:
    total = float(ElementTree.fromstring(svg).get("width", "0"))
    return all(start >= 0 and end <= total for start, end in map(reach, texts(svg)))


LONG = "一個很長很長很長很長很長很長很長很長很長很長的名字委員會 Incorporated"


def test_bars_are_as_long_as_their_values() -> None:
    svg = draw_bars("Title", "Caption", [Bar("甲", 0.5, "50%"), Bar("乙", 0.25, "25%")])
    bars = ElementTree.fromstring(svg).findall(f"{SVG}rect[@class='bar']")
    first, second = (float(bar.get("width", "0")) for bar in bars)
    assert first == 2 * second
    assert shown(svg) == ["Title", "Caption", "甲", "50%", "乙", "25%"]


@pytest.mark.parametrize("values", [[], [0.0], [0.0, 0.0]])
def test_bars_of_nothing(values: list[float]) -> None:
    svg = draw_bars("T", "C", [Bar("甲", value, "") for value in values])
    assert len(ElementTree.fromstring(svg).findall(f"{SVG}rect[@class='bar']")) == len(values)


def ways(name: str, label: str, note: str) -> bytes:
    direct = [Link("end", label, note, "")]
    two = [Link(name, label, note, "forward"), Link("end", label, note, "back")]
    four = [Link(name, label, note, "forward")] * 4
    return draw_ways(f"{name} and {name}", name, name, [direct, two, four])


def test_each_way_is_a_line_of_links_and_boxes() -> None:
    root = ElementTree.fromstring(ways("甲", "擁有", "2020"))
    assert len(root.findall(f"{SVG}line")) == 1 + 2 + 4
    assert len(root.findall(f"{SVG}rect[@class='box']")) == 0 + 1 + 3
    assert len(root.findall(f"{SVG}rect[@class='party']")) == 2
    assert len(root.findall(f"{SVG}line[@marker-end]")) == 1 + 4
    assert len(root.findall(f"{SVG}line[@marker-start]")) == 1


def test_lines_do_not_run_into_boxes() -> None:
    root = ElementTree.fromstring(ways("甲", "擁有", "2020"))
    for line in root.findall(f"{SVG}line"):
        x1, x2, y = (float(line.get(name, "0")) for name in ("x1", "x2", "y1"))
        assert x1 < x2
        for box in root.findall(f"{SVG}rect")[1:]:
            left, top = float(box.get("x", "0")), float(box.get("y", "0"))
            right = left + float(box.get("width", "0"))
            if top < y < top + float(box.get("height", "0")):
                assert x2 <= left or right <= x1


@pytest.mark.parametrize("name", ["甲", LONG, "W" * 200, HOSTILE])
def test_text_stays_within_the_picture(name: str) -> None:
    bars = [Bar(name, 0.5, f"50.0% · {name}"), Bar("乙", 0.1, name)]
    assert within(draw_bars(name, "Caption", bars))
    assert within(ways(name, name, name))


def test_what_is_cut_off_is_told_on_hovering() -> None:
    svg = draw_bars("T", "C", [Bar(LONG, 1, "")]).decode()
    assert f"<title>{LONG}</title>" in svg


def test_hostile_names_are_only_text() -> None:
    for svg in (draw_bars(HOSTILE, HOSTILE, [Bar(HOSTILE, 1, HOSTILE)]), ways(*[HOSTILE] * 3)):
        tags = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(svg).iter()}
        assert tags <= {
            "svg", "title", "style", "defs", "marker", "path", "rect", "text", "line",
        }  # fmt: skip
        assert b"<script" not in svg
        assert any("script" in text for text in shown(svg))
