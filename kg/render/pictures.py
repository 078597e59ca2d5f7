"""The pictures of the report: SVG that needs nothing else, for light and dark pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from kg.network import xml_text
from kg.render.text import plain, shorten

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = FilePath(__file__).parent / "templates"
_TITLE_SIZE, _NAME_SIZE, _NOTE_SIZE = 18, 14, 12
_MARGIN = 20

# Bars.
_NAME_COLUMN, _BAR_COLUMN, _NOTE_COLUMN = 220, 330, 170
_BAR_ROW, _HEAD = 30, 56

# Ways.
_BOX, _LINK, _LANE, _BOX_HEIGHT = 150, 136, 76, 40


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, a value of 0 or more, and what stands behind it."""

    name: str
    value: float
    note: str


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a way: where it leads, what it says; ``arrow`` is "forward", "back" or ""."""

    target: str
    label: str
    note: str
    arrow: str


@dataclass(frozen=True, slots=True)
class _Label:
    """A text at a place, with the whole of it where it had to be shortened."""

    x: float
    y: float
    text: str
    whole: str


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float
    label: _Label


@dataclass(frozen=True, slots=True)
class _Line:
    x1: float
    x2: float
    y: float
    arrow: str
    label: _Label
    note: _Label


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _draw(template: str, title: str, width: float, **context: object) -> bytes:
    head = _label(_MARGIN, 30, title, width - 2 * _MARGIN, _TITLE_SIZE)
    svg = _environment().get_template(template).render(context, title=head, width=width)
    return xml_text(svg).encode("utf-8")


def _label(x: float, y: float, text: str, room: float, size: int = _NAME_SIZE) -> _Label:
    """*text* at a place, cut to *room* pixels."""
    return _Label(round(x, 1), round(y, 1), shorten(text, room / size), plain(text))


def draw_bars(title: str, caption: str, bars: Sequence[Bar]) -> bytes:
    """Horizontal bars in the given order, the longest as long as there is room."""
    most = max((bar.value for bar in bars), default=0) or 1
    left = _MARGIN + _NAME_COLUMN
    rows = []
    for place, bar in enumerate(bars):
        middle = _HEAD + _MARGIN + place * _BAR_ROW + _BAR_ROW / 2
        length = max(2.0, round(_BAR_COLUMN * bar.value / most, 1))
        rows.append(
            {
                "name": _label(left - 10, middle, bar.name, _NAME_COLUMN - 10),
                "top": middle - 9,
                "length": length,
                "note": _label(left + length + 8, middle, bar.note, _NOTE_COLUMN, _NOTE_SIZE),
            }
        )
    return _draw(
        "bars.svg.j2",
        title=title,
        caption=plain(caption),
        left=left,
        rows=rows,
        width=left + _BAR_COLUMN + _NOTE_COLUMN + _MARGIN,
        height=_HEAD + 2 * _MARGIN + len(bars) * _BAR_ROW,
    )


def draw_ways(title: str, start: str, end: str, ways: Sequence[Sequence[Link]]) -> bytes:
    """Each way from *start* to *end* on a line of its own, with what each step says."""
    longest = max(map(len, ways))
    right = _MARGIN + longest * (_BOX + _LINK)
    top, height = _HEAD + _MARGIN / 2, len(ways) * _LANE
    tall = [
        _box(_MARGIN, top, height - 12, start),
        _box(right, top, height - 12, end),
    ]
    lines, boxes = [], []
    for place, way in enumerate(ways):
        middle = top + place * _LANE + (_LANE - 12) / 2
        gap = (right - _MARGIN - len(way) * _BOX) / len(way)
        for number, link in enumerate(way):
            x = _MARGIN + _BOX + number * (_BOX + gap)
            lines.append(_line(x, x + gap, middle, link))
            if number < len(way) - 1:
                boxes.append(_box(x + gap, middle - _BOX_HEIGHT / 2, _BOX_HEIGHT, link.target))
    return _draw(
        "ways.svg.j2",
        title=title,
        ends=tall,
        boxes=boxes,
        lines=lines,
        width=right + _BOX + _MARGIN,
        height=_HEAD + height + _MARGIN,
    )


def _box(x: float, y: float, height: float, name: str) -> _Box:
    label = _label(x + _BOX / 2, y + height / 2, name, _BOX - 16)
    return _Box(round(x, 1), round(y, 1), _BOX, height, label)


def _line(x1: float, x2: float, y: float, link: Link) -> _Line:
    middle, room = (x1 + x2) / 2, x2 - x1 - 24
    return _Line(
        x1=round(x1 + (10 if link.arrow == "back" else 2), 1),
        x2=round(x2 - (10 if link.arrow == "forward" else 2), 1),
        y=y,
        arrow=link.arrow,
        label=_label(middle, y - 11, link.label, room, _NOTE_SIZE),
        note=_label(middle, y + 15, link.note, room, _NOTE_SIZE),
    )
