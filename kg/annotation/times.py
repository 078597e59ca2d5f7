"""Dates, periods and relative expressions of Chinese news, resolved against the article's date.

A hand-written grammar: words (:mod:`kg.annotation.time_rules`) join into a moment from the
coarse to the fine, two moments into a range, and a moment or a range with 自, 以来, 截至 … into an
open interval. What is unsaid is taken from the text before it, else from the article's date, the
past before the future.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, datetime, timedelta

from kg.annotation.numerals import halfwidth
from kg.annotation.time_rules import BEFORE, GAP, LINK, RULES, SINCE, START
from kg.annotation.time_words import Anchor, Part, day_of
from kg.dates import add_months
from kg.model import Precision, Span, TimeMention, TimeSpan

_FOLLOWING = {
    kind: tuple(rule for rule in RULES if kind in rule.after)
    for kind in ("", "year", "fiscal", "month", "day", "part")
}
_FINE: tuple[Precision, ...] = ("year", "half", "quarter", "month", "week", "day", "minute")
_UNSAID = Part("")
_SPACES = re.compile(GAP)
_SPACES_IN_YEAR = re.compile(rf"{GAP}的?{GAP}")
_STOP = re.compile(r"[。！？!?；;\n]")
_OPEN_BRACKET = re.compile(r"[ ]?[（(]")
_CLOSE_BRACKET = re.compile(r"[）)]")
_LINK = re.compile(rf"(?:{GAP}(?:起|开始))?{LINK}")
_AND = re.compile(rf"{GAP}[和与跟及]{GAP}")
_BETWEEN = re.compile(rf"{GAP}[之期]?间")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d(?:学年|赛季)?(?!\d)")
_ZONE = re.compile(
    r"(?:美东|美西|美国(?:东部|西部)|北京|香港|台北|台湾|当地|本地|东京|首尔|伦敦|巴黎|莫斯科"
    rf"|格林[威尼]治|欧洲中部|东部|太平洋|新加坡|纽约){GAP}时间{GAP}$"
)
_LUNAR = re.compile(rf"[农阴旧]历{GAP}$")
_FROM = re.compile(
    r"(?:(?P<until>截至|截止到?|直[至到]|(?<=延长|延续|持续|维持|任期|有效|合约|期限)[至到])|(?P<since>自从?)|[从由])"
    rf"{GAP}$"
)
_FUTURE = re.compile(r"将(?!军)|预计|预期|计划|拟|[原预]?[定订][于在]|即将|料|有望|最快|希望|最迟")
_NEXT_MONTH = timedelta(days=31)
_YEARS_AROUND = 8
_LATE = ("下午", "傍晚", "晚", "夜", "午间", "午后")


def find_times(text: str, simplified: str, published: str | None) -> tuple[TimeMention, ...]:
    """The time expressions of *text*, in order, none overlapping another.

    *simplified* is *text* in Simplified characters, of the same length; *published* the
    article's ISO date, without which relative expressions have no ``time``. Surfaces take in
    time zones (美東時間), brackets (昨晚（2日）) and the words of an interval (截至, 以來).
    "Before" a time is an interval that ends with it, "after" it one that starts with it.
    """
    source = halfwidth(simplified)
    anchor = Anchor(date.fromisoformat(published) if published else None)
    return tuple(
        TimeMention(span, span.of(text), time) for span, time in _iter_times(source, anchor)
    )


def _iter_times(source: str, anchor: Anchor) -> Iterator[tuple[Span, TimeSpan | None]]:
    last = position = 0
    while match := START.search(source, position):
        if anchor.near and _STOP.search(source, position, match.start()):
            anchor = replace(anchor, near=None)
        found = _expression(source, match.start(), last, anchor)
        if found is None:
            position = match.start() + 1
            continue
        yield found
        last = position = found[0].end
        anchor = _advance(anchor, found[1], source[last : last + 1])


def _expression(
    source: str, start: int, floor: int, anchor: Anchor
) -> tuple[Span, TimeSpan | None] | None:
    """The longest expression that begins at *start*, or with its preposition after *floor*."""
    ahead = bool(_FUTURE.search(source, max(floor, start - 8), start))
    anchor = replace(anchor, ahead=ahead)
    moment = _moment(source, start, anchor)
    if moment is None or (moment[0].kind == "part" and not moment[0].is_day):
        return None
    part, end = moment
    before = max(floor, start - 10)
    if _LUNAR.search(source[before:start]):
        return Span(start, end), None
    if zone := _ZONE.search(source[before:start]):
        start = before + zone.start()
    preposition = _FROM.search(source[before:start])
    if ranged := _going_on(source, part, end, anchor) or _range(source, part, end, anchor):
        time, end = ranged
        return Span(before + preposition.start() if preposition else start, end), time
    return _interval(source, Span(start, end), _resolve(part, anchor), preposition)


def _interval(
    source: str, span: Span, time: TimeSpan | None, preposition: re.Match[str] | None
) -> tuple[Span, TimeSpan | None]:
    """*time* as it is, or opened to one side by the words around it."""
    until, since = BEFORE.match(source, span.end), SINCE.match(source, span.end)
    follows = until or since
    end = follows.end() if follows else span.end
    start = span.start - (len(preposition.group()) if preposition else 0)
    said = preposition.lastgroup if preposition else None
    if said == "until" or (until and not since):
        return Span(start if said else span.start, end), time and replace(time, start=None)
    if said == "since" or since:
        return Span(start, end), time and replace(time, end=None)
    return span, time


def _moment(
    source: str, position: int, anchor: Anchor, *, bracketed: bool = False
) -> tuple[Part, int] | None:
    """The words from *position* on that make one moment, the coarse before the fine."""
    found = _word(source, position, "", anchor)
    if found is None:
        return None
    part, end = found
    while part.kind in _FOLLOWING:
        if not bracketed:
            part, end = _aside(source, part, end, anchor)
        spaces = (_SPACES_IN_YEAR if part.kind == "year" else _SPACES).match(source, end)
        found = _word(source, spaces.end() if spaces else end, part.kind, anchor)
        if found is None:
            break
        part, end = _joined(part, found[0]), found[1]
    return part, end


def _word(source: str, position: int, kind: str, anchor: Anchor) -> tuple[Part, int] | None:
    for rule in _FOLLOWING[kind]:
        if match := rule.pattern.match(source, position):
            part = rule.read(match, anchor)
            return (part, match.end()) if part else None
    return None


def _aside(source: str, part: Part, end: int, anchor: Anchor) -> tuple[Part, int]:
    """A day's other name in brackets belongs to it: 昨晚（2日）, 周三（28日）."""
    opened = _OPEN_BRACKET.match(source, end) if part.kind in ("day", "part") else None
    inner = _moment(source, opened.end(), anchor, bracketed=True) if opened else None
    closed = _CLOSE_BRACKET.match(source, inner[1]) if inner else None
    if inner is None or closed is None or inner[0].kind != "day":
        return part, end
    return _agreed(part, inner[0]), closed.end()


def _agreed(outer: Part, inner: Part) -> Part:
    """*outer*, or the same weekday a week off if that is the day of *inner*, or else *inner*."""
    begun = _begins(outer)
    if inner.day == outer.day or (inner.year is not None and not outer.lost):
        return outer
    for day in (begun + timedelta(weeks=n) for n in (1, -1)) if begun else ():
        if day.day == inner.day:
            return replace(outer, year=day.year, months=(day.month, day.month), day=day.day)
    return replace(inner, word=outer.word)


def _joined(left: Part, right: Part) -> Part:
    """*left* with what *right* says more finely."""
    said = {
        field.name: value
        for field in fields(Part)
        if (value := getattr(right, field.name)) != getattr(_UNSAID, field.name)
    }
    precision = left.precision if right.kind == "part" else right.precision
    return replace(left, **{**said, "precision": precision})


def _range(source: str, left: Part, end: int, anchor: Anchor) -> tuple[TimeSpan | None, int] | None:
    """From *left* to the moment after a 至 or a dash at *end*, or the one in 与…之间."""
    link = _LINK.match(source, end)
    both = None if link else _AND.match(source, end)
    joint = link or both
    right = _right(source, left, joint.end(), anchor) if joint else None
    if right is None:
        return None
    between = _BETWEEN.match(source, right[1])
    if both and not between:
        return None
    time = _from_to(left, right[0], anchor)
    stop = between.end() if between else right[1]
    return (time, stop) if time or left.lost or right[0].lost else None


def _going_on(
    source: str, left: Part, end: int, anchor: Anchor
) -> tuple[TimeSpan | None, int] | None:
    """The range that was announced and holds on the article's day (原定於7月至9月)."""
    if not anchor.ahead or anchor.published is None:
        return None
    found = _range(source, left, end, replace(anchor, ahead=False))
    time = found[0] if found else None
    if time is None or time.start is None or time.end is None:
        return None
    today = anchor.published.isoformat()
    return found if time.start <= today[: len(time.start)] and today <= time.end + "~" else None


def _right(source: str, left: Part, position: int, anchor: Anchor) -> tuple[Part, int] | None:
    if found := _moment(source, position, anchor):
        return found
    if left.kind == "clock" and (found := _word(source, position, "part", anchor)):
        return replace(found[0], word=left.word), found[1]
    bare = _BARE_YEAR.match(source, position) if left.kind == "year" else None
    return (Part("year", "year", year=int(bare[0][:4])), bare.end()) if bare else None


def _from_to(left: Part, right: Part, anchor: Anchor) -> TimeSpan | None:
    """The range, if it does not run backwards; each end lends the other what it leaves unsaid."""
    if left.year is None and left.months and right.year is not None:
        turned = right.months is not None and left.months > right.months
        left = replace(left, year=right.year - turned)
    first = _resolve(left, anchor)
    if first is None or first.start is None:
        return None
    last = _resolve(_lent(right, first.start), anchor)
    if last is None or last.end is None or last.end[: len(first.start)] < first.start[:10]:
        return None
    return TimeSpan(first.start, last.end, max(first.precision, last.precision, key=_FINE.index))


def _lent(right: Part, start: str) -> Part:
    """*right* with the year, the month and the day of *start* where it says none."""
    if right.year is not None or right.fixed or right.lost:
        return right
    begun = day_of(start)
    if right.day is None and right.months is None:
        return replace(right, year=begun.year, months=(begun.month,) * 2, day=begun.day)
    months = right.months or (begun.month, begun.month)
    turned = (months[0], right.day or 31) < (begun.month, begun.day)
    return replace(right, year=begun.year + turned, months=months)


def _resolve(part: Part, anchor: Anchor) -> TimeSpan | None:
    """The time that *part* says, or None where it is not known or no such day exists."""
    if part.lost or part.fixed:
        return None if part.lost else part.fixed
    try:
        dated = part if part.year is not None else _dated(part, anchor)
        return None if dated is None or dated.year is None else _time(dated, dated.year)
    except (ValueError, OverflowError):
        return None


def _time(part: Part, year: int) -> TimeSpan:
    if part.months is None:
        return TimeSpan(f"{year:04}", f"{year:04}", "year")
    first, last = part.months
    if part.day is None:
        return TimeSpan(_month(year, first), _month(year, last), part.precision)
    day = date(year, first, part.day).isoformat()
    if part.hour is not None:
        moment = datetime.fromisoformat(day) + timedelta(hours=_hour(part), minutes=part.minute)
        day = moment.isoformat()[:16]
    return TimeSpan(day, day, part.precision)


def _month(year: int, month: int) -> str:
    years, month = divmod(month - 1, 12)
    return f"{year + years:04}-{month + 1:02}"


def _hour(part: Part) -> int:
    """The hour of *part* from 0 to 24, with its half of the day."""
    hour = part.hour or 0
    if part.word == "中午":
        return hour + 12 if hour <= 2 else hour
    if part.word.startswith(_LATE) and hour <= 12:
        night = part.word[0] in "晚夜"
        return hour + 12 if hour < 12 or night else hour
    return 0 if hour == 12 and part.word == "凌晨" else hour


def _dated(part: Part, anchor: Anchor) -> Part | None:
    """*part* with the year that it leaves unsaid, and the month if that is unsaid too."""
    if part.months is None and part.day is None:
        day = anchor.near or anchor.told or (anchor.published and anchor.published.isoformat())
        return _lent(part, day) if day and len(day) >= 10 else None
    return _inherited(part, anchor) or _latest(part, anchor)


def _inherited(part: Part, anchor: Anchor) -> Part | None:
    """What stands before in the sentence holds on: 2018年7月…8月, 12月5日…8日."""
    near = anchor.near
    if near is None or not (len(near) >= 7 or (anchor.topical and part.months)):
        return None
    if part.months is None and len(near) >= 10 and int(near[8:10]) > (part.day or 0):
        return None
    heir = _lent(part, near)
    ahead = anchor.published and heir.year and heir.months and _begins(heir)
    late = ahead and anchor.published and ahead > anchor.published + _NEXT_MONTH
    return None if late and near[:10] <= str(anchor.published) else heir


def _begins(part: Part) -> date | None:
    """The first day of *part*, of several quarters that of the last; None if it does not exist."""
    first, last = part.months or (0, 0)
    try:
        return date(part.year or 0, max(first, last - 2), part.day or 1)
    except ValueError:
        return None


def _latest(part: Part, anchor: Anchor) -> Part | None:
    """The latest such time up to the article, a month ahead if need be; the next if announced."""
    published = anchor.published
    if published is None:
        return None
    if part.current:
        return replace(part, year=published.year)
    known = [(day, option) for option in _options(part, published) if (day := _begins(option))]
    floor = published if part.day else published.replace(day=1)
    soon = part.months and part.kind != "period"
    limit = published + (_NEXT_MONTH if soon else timedelta())
    later = [option for day, option in known if day >= floor] if anchor.ahead else []
    earlier = [option for day, option in known if day <= limit]
    return later[0] if later else earlier[-1] if earlier else None


def _options(part: Part, published: date) -> Iterator[Part]:
    """The dates that *part* can be, in order of time."""
    if part.months:
        for year in range(published.year - _YEARS_AROUND, published.year + _YEARS_AROUND):
            yield replace(part, year=year)
        return
    for offset in range(-12, 3):
        first = add_months(published.replace(day=1), offset)
        yield replace(part, year=first.year, months=(first.month, first.month))


def _advance(anchor: Anchor, time: TimeSpan | None, follows: str) -> Anchor:
    """*anchor* after *time*, which is what 当日, 同年 or 翌年 then refer to."""
    value = _named(time) if time else None
    if value is None:
        return anchor
    day = day_of(value)
    return replace(
        anchor,
        year=day.year,
        month=day.replace(day=1) if len(value) >= 7 else anchor.month,
        day=day if len(value) >= 10 else anchor.day,
        near=value,
        told=value,
        topical=follows in ("，", ","),
    )


def _named(time: TimeSpan) -> str | None:
    """What of *time* later words can refer to: of a period, the year that it lies in."""
    start, end = time.start, time.end
    if start is None or end is None or start == end:
        return start or end
    return start[:4] if start[:4] == end[:4] else None
