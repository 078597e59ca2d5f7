"""How much of Recognizers-Text's specification for Chinese the time and quantity grammars pass.

    python -m tests.bench.time_spec FOLDER

FOLDER holds its JSON files (https://github.com/microsoft/Recognizers-Text, Specs, MIT). A case
passes if every result that it expects is found, and if, where it expects none, none is found.

What counts as found, and why it is not plain equality:

- Spans agree but for a preposition at their start (从, 自, 在), which the specification takes in
  or leaves out by turns. Quantities here take in their modifiers (超过), there not.
- A bound agrees if it is the expected one as far as it is written: here a time of reduced
  precision stays reduced (近三年 is 2014 to 2017). The specification's ends are exclusive for
  calendar periods and inclusive for others; either is accepted. Any of its alternatives will do.
- Parts of the day (昨晚, 上午) are not kept here: their day must agree.
- Durations are quantities here; number and unit must give the expected seconds (a year has 365
  days, a month 30).
- 千 is a number here and the prefix kilo there (六千字节); a share is per cent here, there a
  fraction.
- Units are not compared (English names there), currencies without an amount are passed over, and
  times of day without a day and recurrences (每周) are outside: no date can hold them.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from kg.annotation.numerals import NUMERAL, halfwidth, read_numeral
from kg.annotation.quantities import find_quantities
from kg.annotation.times import find_times
from kg.model import QuantityMention, Span, TimeMention, TimeSpan
from kg.script import simplify

_OUTSIDE = ("time", "timerange", "set")
_PREPOSITION = re.compile(r"(?:自从|[从由自在=])\s*")
_DAY = 86_400
_SECONDS = {"年": 365 * _DAY, "月": 30 * _DAY, "周": 7 * _DAY, "星期": 7 * _DAY, "天": _DAY}
_SECONDS |= {"日": _DAY, "小时": 3600, "钟头": 3600, "分钟": 60, "秒": 1}
_KILO = {"Kilo": 1e3, "Mega": 1e6}


@dataclass(frozen=True, slots=True)
class Score:
    """The cases of one file: how many are comparable, how many of them pass, what fails."""

    name: str
    total: int
    passed: int
    outside: int
    failed: tuple[str, ...]

    @property
    def share(self) -> float:
        """The part of the comparable cases that pass, in [0, 1]."""
        return self.passed / self.total


@dataclass(frozen=True, slots=True)
class _Found:
    text: str
    times: tuple[TimeMention, ...]
    quantities: tuple[QuantityMention, ...]


def score_file(path: Path) -> Score:
    """Compare every case of the specification file *path*."""
    cases = json.loads(path.read_text(encoding="utf-8-sig"))
    verdicts = [(case["Input"], _passes(case, path.stem)) for case in cases]
    known = [(text, verdict) for text, verdict in verdicts if verdict is not None]
    failed = tuple(text for text, verdict in known if not verdict)
    outside = len(verdicts) - len(known)
    return Score(path.stem, len(known), len(known) - len(failed), outside, failed)


def score_folder(folder: Path) -> Iterator[Score]:
    """The scores of all specification files in *folder*, by name."""
    yield from (score_file(path) for path in sorted(folder.glob("*.json")))


def _passes(case: dict[str, Any], name: str) -> bool | None:
    text = case["Input"]
    context = case.get("Context", {}).get("ReferenceDateTime", "")
    simplified = simplify(text)
    times = find_times(text, simplified, context[:10] or None)
    found = _Found(text, times, find_quantities(text, simplified, times if "Date" in name else ()))
    expected = [result for result in case["Results"] if _type(result) not in _OUTSIDE]
    if not case["Results"]:
        return not (times if "Date" in name else _named(found, name))
    return all(_is_found(result, found) for result in expected) if expected else None


def _named(found: _Found, name: str) -> list[QuantityMention]:
    """The quantities that would wrongly answer a file: percentages in one of percentages, …"""
    if "Percent" in name:
        return [mention for mention in found.quantities if mention.quantity.unit in "%‰"]
    if "Currency" in name:
        return [mention for mention in found.quantities if "元" in mention.quantity.unit]
    return list(found.quantities)


def _type(result: dict[str, Any]) -> str:
    return str(result.get("TypeName") or result.get("Type")).removeprefix("datetimeV2.")


def _is_found(result: dict[str, Any], found: _Found) -> bool:
    kind = _type(result)
    if kind == "duration":
        return _has_duration(result, found)
    if kind.startswith("date"):
        span = _trimmed(found.text, _span(result))
        mentions = [m for m in found.times if _trimmed(found.text, m.span) == span]
        return any(
            _agrees(mention.time, value) for mention in mentions for value in _values(result)
        )
    return _has_number(result, found, kind)


def _span(result: dict[str, Any]) -> Span:
    return Span(result["Start"], result["Start"] + len(result["Text"]))


def _trimmed(text: str, span: Span) -> Span:
    preposition = _PREPOSITION.match(text, span.start, span.end)
    return Span(preposition.end(), span.end) if preposition else span


def _values(result: dict[str, Any]) -> list[dict[str, str]]:
    """The alternatives that a result allows, each with start and end, or value."""
    if "Resolution" in result:
        values: list[dict[str, str]] = result["Resolution"]["values"]
        return values
    sides = (result["Value"][side] for side in ("FutureResolution", "PastResolution"))
    return [{key.removesuffix("Date"): value for key, value in side.items()} for side in sides]


def _agrees(time: TimeSpan | None, value: dict[str, str]) -> bool:
    if value.get("value") == "not resolved" or not {"start", "end", "value"} & value.keys():
        return time is None
    if time is None:
        return False
    start, end = value.get("start", value.get("value")), value.get("end", value.get("value"))
    if value.get("type") == "datetimerange" and time.precision == "day":
        return start is not None and time.start == start[:10]
    return _bound(time.start, start, (0,)) and _bound(time.end, end, (0, 1))


def _bound(ours: str | None, theirs: str | None, days_less: tuple[int, ...]) -> bool:
    if ours is None or theirs is None:
        return ours is theirs
    moment = datetime.fromisoformat(theirs)
    return any((moment - timedelta(days=n)).isoformat().startswith(ours) for n in days_less)


def _has_duration(result: dict[str, Any], found: _Found) -> bool:
    value = _values(result)[0]
    seconds = float(value.get("value") or value["duration"])
    return any(
        mention.span == _span(result) and _seconds(mention) == seconds
        for mention in found.quantities
    )


def _seconds(mention: QuantityMention) -> float:
    unit = simplify(mention.quantity.unit)
    sizes = (size for name, size in _SECONDS.items() if unit.removeprefix("个") == name)
    return mention.quantity.value * next(sizes, 0)


def _has_number(result: dict[str, Any], found: _Found, kind: str) -> bool:
    resolution, span = result.get("Resolution") or {}, _span(result)
    if resolution.get("value") is None:
        return True
    value = float(resolution["value"].rstrip("%"))
    values = [
        mention.quantity.value / (100 if kind == "number" and mention.quantity.unit == "%" else 1)
        for mention in found.quantities
        if mention.span.end == span.end and mention.span.start <= span.start
    ]
    if kind == "number":
        values += _numerals(found.text, span)
    scale = _KILO.get(str(resolution.get("unit"))[:4], 1.0)
    wanted = (value, value * scale)
    return any(abs(a - b) <= 1e-9 * abs(b) for a in values for b in wanted)


def _numerals(text: str, span: Span) -> list[float]:
    """The numeral that the grammar finds at *span*, if it does."""
    source = halfwidth(simplify(text))
    matches = (
        m
        for m in re.finditer(rf"([负-]?)({NUMERAL})", source)
        if m.span() == (span.start, span.end)
    )
    return [(-1 if m[1] else 1) * (read_numeral(m[2]) or 0.0) for m in matches]


def table(scores: list[Score]) -> str:
    """The shares as text, one line a file."""
    rows = [f"{'file':<32} {'cases':>6} {'passed':>6} {'share':>6} {'outside':>7}"]
    rows += [
        f"{row.name:<32} {row.total:>6} {row.passed:>6} {row.share:>6.1%} {row.outside:>7}"
        for row in scores
    ]
    return "\n".join(rows)


if __name__ == "__main__":
    results = list(score_folder(Path(sys.argv[1])))
    print(table(results))
    for result in results if "--failed" in sys.argv else []:
        print(f"\n{result.name}:", *result.failed, sep="\n  ")
