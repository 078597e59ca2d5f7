"""Quantities of Chinese news: modifier, numeral, unit (超過100個, 破千萬, 數十家, 逾16億美元).

Values are in base units: 2.1萬個 is 21,000 個, 140億元 is 1.4e10 元. Shares are percentages
(三成, 百分之三十 and 一半 have the unit ``%``); a bare rank (全球第一) has the unit 位. A vague
count is the range that it leaves open: 數十家 is 10 to 99, 三四家 3 to 4, 8位數美元 1e7 to
99,999,999.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from kg.annotation import quantity_rules as rules
from kg.annotation.numerals import CHINESE_DIGIT, halfwidth, read_numeral
from kg.model import Comparator, Quantity, QuantityMention, Span, TimeMention

_PAIR = re.compile(rf"({CHINESE_DIGIT})({CHINESE_DIGIT})({rules.SCALE}*)")
_TWO_DIGITS = re.compile(rf"{CHINESE_DIGIT}{{2}}")
_SCALES_AT_END = re.compile(r"[百千万亿兆]+$")
_DIGIT = re.compile(rf"\d|{CHINESE_DIGIT}")
_BIG = re.compile(r"[百千万亿兆]")
_GOES_ON = re.compile(r"[:/.\-]?[0-9A-Za-z]|[强时点年月日号]")
_HOURS = 24
_MANY = 100
_NEAR = 20


def find_quantities(
    text: str, simplified: str, times: Sequence[TimeMention]
) -> tuple[QuantityMention, ...]:
    """The quantities of *text*, in order, none overlapping another or one of *times*.

    *simplified* is *text* in Simplified characters, of the same length. ``raw`` and the span
    take in the modifiers. 一 with a mere measure word (一個, 一家) is no quantity, nor is a bare
    number.
    """
    source = _masked(halfwidth(simplified), (time.span for time in times))
    found: list[QuantityMention] = []
    for sign, pattern, read in _RULES:
        if sign not in source:
            continue
        matches = [(match, read(match, text)) for match in pattern.finditer(source)]
        mentions = [
            QuantityMention(_span(match), quantity) for match, quantity in matches if quantity
        ]
        source = _masked(source, (mention.span for mention in mentions))
        found += mentions
    return tuple(sorted(found, key=lambda mention: mention.span))


def _masked(source: str, spans: Iterable[Span]) -> str:
    """*source* with the characters of *spans* made unreadable."""
    pieces, position = [], 0
    for span in spans:
        pieces += [source[position : span.start], "\0" * (span.end - span.start)]
        position = span.end
    return "".join((*pieces, source[position:]))


def _span(match: re.Match[str]) -> Span:
    """The match without the spaces at its end."""
    return Span(match.start(), match.end() - len(match[0]) + len(match[0].rstrip()))


def _comparator(match: re.Match[str]) -> Comparator | None:
    groups = match.groupdict()
    return next((sign for name, sign in rules.COMPARATORS.items() if groups.get(name)), None)


def _odd(sign: str | None) -> Comparator:
    """How the thing compares where 多 or 余 follows a number, or 来 or 几."""
    return "=" if not sign else ">" if sign in "多余" else "~"


def _written(match: re.Match[str], text: str, group: str) -> str:
    """What the original *text* has where *match* has *group*, in half width (％ is %)."""
    return halfwidth(text[slice(*match.span(group))]) if match[group] else ""


def _quantity(
    match: re.Match[str],
    text: str,
    values: tuple[float, float | None],
    unit: str,
    comparator: Comparator = "=",
) -> Quantity:
    """The quantity of *match*; a modifier goes before *comparator*."""
    found = _comparator(match)
    if not found and unit == "%":
        found = _apart(match)
    return Quantity(*values, found or comparator, unit, _span(match).of(text))


def _apart(match: re.Match[str]) -> Comparator | None:
    before = rules.APART.search(match.string[max(0, match.start() - _NEAR) : match.start()])
    return _comparator(before) if before else None


def _places(match: re.Match[str], text: str) -> Quantity | None:
    """8位数美元: a number of so many digits."""
    places = int(read_numeral(match["number"]) or 0)
    values = (10.0 ** (places - 1), 10.0**places - 1)
    return _quantity(match, text, values, _written(match, text, "unit")) if places else None


def _rank(match: re.Match[str], text: str) -> Quantity | None:
    value = read_numeral(match["number"] or match["bare"])
    unit = _written(match, text, "unit") or "位"
    return _quantity(match, text, (value, None), unit) if value else None


def _fraction(match: re.Match[str], text: str) -> Quantity | None:
    """百分之三十, 三分之一: a share, in per cent."""
    whole, parts = read_numeral(match["whole"]), _read(match["part"])
    if not whole or parts is None:
        return None
    low, high = parts[0] * 100 / whole, parts[1] and parts[1] * 100 / whole
    return _quantity(match, text, (-low if match["minus"] else low, high), "%")


def _half(match: re.Match[str], text: str) -> Quantity:
    """一半 is 50 per cent, 半年 half a year."""
    unit = _written(match, text, "unit")
    values = (0.5 if unit else 50.0, None)
    return _quantity(match, text, values, unit or "%", _odd(match["odd"]))


def _plain(match: re.Match[str], text: str) -> Quantity | None:
    """A number with its unit, or with enough else that it must be one."""
    read = _read(match["number"]) if _counts(match) else None
    values = _stretched(match, *read) if read else None
    if values is None:
        return None
    unit, written = match["unit"] or "", _written(match, text, "sign")
    comparator = _odd(match["odd"] or match["over"])
    if values[1] is not None and not match["upper"]:
        comparator = "~"
    if unit.startswith(("个半", "个多")):
        comparator = ">" if unit[1] == "多" else comparator
        written = (
            written or text[match.start("unit")] + text[match.start("unit") + 2 : match.end("unit")]
        )
    if unit in ("成", "折"):
        values, written = _tenths(values, unit), "%"
    return _quantity(match, text, values, written or _written(match, text, "unit"), comparator)


def _tenths(values: tuple[float, float | None], unit: str) -> tuple[float, float | None]:
    """三成 is 30 per cent, and so is 三折; but 七五折 is 75."""
    times = 1 if unit == "折" and values[0] >= 10 else 10
    return values[0] * times, values[1] and values[1] * times


def _read(number: str) -> tuple[float, float | None] | None:
    """The value of *number*; of two neighbours (三四, 二三十) both."""
    if pair := _PAIR.fullmatch(number):
        low, high, scale = (read_numeral(group) or 1.0 for group in pair.groups())
        return (low * scale, high * scale) if high == low + 1 else None
    value = None if _TWO_DIGITS.search(number.partition("点")[0]) else read_numeral(number)
    return None if value is None else (value, None)


def _stretched(
    match: re.Match[str], low: float, high: float | None
) -> tuple[float, float | None] | None:
    """The range that 数, 几 and a second number make of a number; None if it runs backwards."""
    if match["several"]:
        high = low * 10 - 1
    if match["odd"] == "几":
        high = low + (_last_scale(match["number"]) or 10.0) - 1
    times = read_numeral(match["scale"]) or 1.0 if match["scale"] else 1.0
    low, high = low * times, high and high * times
    if match["upper"]:
        low, high = _range(low, match["number"], match["upper"])
        if high is None or high <= low:
            return None
    half = "半" if (match["unit"] or "").startswith("个半") else match["half"]
    low += 0.5 if half == "半" else (read_numeral(half or "零") or 0.0) / 10
    return (-low if match["minus"] else low), high


def _range(low: float, number: str, upper: str) -> tuple[float, float | None]:
    """10-20万 is 100,000 to 200,000: the first number takes the scale of the second."""
    values = _read(upper)
    times = None if _last_scale(number) else _last_scale(upper)
    if values is None:
        return low, None
    return (low * times if times and low * times <= values[0] else low), values[0]


def _last_scale(number: str) -> float | None:
    """What the scales at the end of *number* multiply by."""
    scales = _SCALES_AT_END.search(number)
    return read_numeral(scales[0]) if scales else None


def _counts(match: re.Match[str]) -> bool:
    """Whether the number counts something, and is not a year, a version or part of a word."""
    number, unit = match["number"], match["unit"]
    modified = bool(_comparator(match) or match["several"] or match["odd"] or match["sign"])
    if number[0] in "百千万亿兆" and not modified:
        return bool(unit) and len(number) > 1 and not _DIGIT.search(number)
    if not unit:
        scaled = match["scale"] or _BIG.search(number)
        follows = match.string[match.end() : match.end() + 2]
        return bool((modified and number[0].isdigit()) or scaled) and not _GOES_ON.match(follows)
    if unit in ("点", "大"):
        value = read_numeral(number) or 0.0
        return value < _MANY if unit == "大" else "." in number or value > _HOURS
    return modified or number != "一" or not rules.GENERIC.fullmatch(unit)


#: What each pattern cannot do without, the pattern, and how it is read; the first has precedence.
_RULES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str], str], Quantity | None]], ...] = (
    ("位数", rules.PLACES, _places),
    ("第", rules.RANK, _rank),
    ("分", rules.FRACTION, _fraction),
    ("半", rules.HALF, _half),
    ("", rules.PLAIN, _plain),
)
