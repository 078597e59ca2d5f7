"""What each word of a time expression says: readers from a match to a :class:`Part`.

The patterns that call them stand in :mod:`kg.annotation.time_rules`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kg.annotation.numerals import read_numeral
from kg.dates import add_months
from kg.model import Precision, TimeSpan


@dataclass(frozen=True, slots=True)
class Part:
    """What one word, or several in a row, say of a time; None is unsaid.

    ``months`` are the first and the last month of a period (13 and 14 lie in the next year);
    ``word`` is the half of the day; ``fixed`` needs nothing more; ``lost`` has nothing to be
    reckoned from; ``current`` means this year's where no year is said, else the latest one's.
    """

    kind: str
    precision: Precision = "day"
    year: int | None = None
    months: tuple[int, int] | None = None
    day: int | None = None
    hour: int | None = None
    minute: int = 0
    word: str = ""
    fixed: TimeSpan | None = None
    lost: bool = False
    current: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it says a day, be it one that nothing tells."""
        return self.day is not None or self.lost


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative words are reckoned from.

    ``published`` is the article's day; ``day``, ``month`` (its first day) and ``year`` are the
    latest that the text named; ``near`` is the time before in the same sentence, reduced as
    written, and ``topical`` whether a year there holds for what follows it (2018年，…);
    ``ahead`` whether the words before announce something to come (将于…). ``told`` is as ``near``,
    but of whatever sentence before.
    """

    published: date | None = None
    day: date | None = None
    month: date | None = None
    year: int | None = None
    near: str | None = None
    topical: bool = False
    ahead: bool = False
    told: str | None = None


Match = re.Match[str]

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "首": 1, "末": 4}
_SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 14)}
_PHASES = {"初": (1, 3), "中": (6, 7)}
_YEARS = {"今": 0, "本": 0, "去": -1, "上": -1, "前": -2, "大前": -3, "明": 1, "来": 1, "后": 2}
_YEARS_ON = {"当": 0, "同": 0, "翌": 1, "次": 1, "隔": 1}
_MONTHS = {"本": 0, "这个": 0, "上": -1, "上个": -1, "下": 1, "下个": 1}
_MONTHS_ON = {"当": 0, "同": 0, "次": 1, "翌": 1}
_DAYS = {"今": 0, "即": 0, "昨": -1, "前": -2, "大前": -3, "明": 1, "后": 2, "大后": 3}
_DAYS_ON = {"当": 0, "同": 0, "次": 1, "翌": 1, "隔": 1, "第二": 1}
_WEEKS = {"上上": -2, "上": -1, "下": 1, "下下": 2}
_WEEKDAYS = "一二三四五六日"
_TO_COME = ("会", "将", "可")
_AHEAD = ("未来", "今后", "接下来", "往后")
_IN_MONTHS = {"年": 12, "季": 3, "月": 1}
_GRAINS: Mapping[str, Precision] = {
    "周": "week",
    "星期": "week",
    "礼拜": "week",
    "年": "year",
    "季": "quarter",
    "月": "month",
}
_LENGTHS: Mapping[Precision, int] = {"year": 4, "half": 7, "quarter": 7, "month": 7}


def whole(text: str) -> int:
    """The whole number that *text* writes, 0 if none."""
    return int(read_numeral(text) or 0)


def span_of(first: date, last: date, precision: Precision) -> TimeSpan:
    """From *first* to *last*, both inclusive, written as far as *precision* goes."""
    length = _LENGTHS.get(precision, 10)
    return TimeSpan(first.isoformat()[:length], last.isoformat()[:length], precision)


def day_of(value: str) -> date:
    """The first day of an ISO *value* of reduced precision."""
    return date.fromisoformat(value[:10] + "-01-01"[len(value[:10]) - 4 :])


def _said(match: Match) -> str:
    """The one group of *match* that took part."""
    said: str = next(filter(None, match.groups()))
    return said


def lost(match: Match, anchor: Anchor) -> Part:
    """A time that cannot be said, such as 近年来."""
    return Part("whole", lost=True)


def year(match: Match, anchor: Anchor) -> Part:
    """2018年, 二〇一八年."""
    return Part("year", "year", year=whole(_said(match)))


def short_year(match: Match, anchor: Anchor) -> Part:
    """07年; 18年 before a month."""
    number = whole(_said(match))
    return Part("year", "year", year=number + (2000 if number < 50 else 1900))


def republic_year(match: Match, anchor: Anchor) -> Part:
    """民国109年; year 1 of the Republic of China is 1912."""
    sign = _said(match)
    return Part("year", "year", year=1911 + (1 if sign == "元" else whole(sign)))


def relative_year(match: Match, anchor: Anchor) -> Part:
    """去年, reckoned from the article; 同年, from the latest year in the text.

    当年 is often just "in those days": it counts only after a time in the same sentence.
    """
    word = match[1]
    base = anchor.published.year if anchor.published else None
    steps = _YEARS
    if word in _YEARS_ON:
        base, steps = anchor.year, _YEARS_ON
    if base is None or (word == "当" and not anchor.near):
        return Part("year", lost=True)
    return Part("year", "year", year=base + steps[word])


def fiscal_year(match: Match, anchor: Anchor) -> Part:
    """2021财年."""
    return Part("fiscal", "year", year=whole(match[1]))


def fiscal_period(match: Match, anchor: Anchor) -> Part:
    """A part of a fiscal year, which is not the calendar's: not resolved."""
    return Part("period", lost=True)


def two_years(match: Match, anchor: Anchor) -> Part:
    """2018/19年度: from one year into the next."""
    first = whole(match[1])
    return Part("whole", fixed=TimeSpan(f"{first:04}", f"{first + 1:04}", "year"))


def half(match: Match, anchor: Anchor) -> Part:
    """上半年."""
    months = (1, 6) if match[1] in "上前" else (7, 12)
    return Part("period", "half", months=months, current=True)


def quarter(match: Match, anchor: Anchor) -> Part:
    """第四季度, Q4."""
    sign = _said(match)
    number = _QUARTERS.get(sign) or int(sign)
    return Part("period", "quarter", months=(number * 3 - 2, number * 3))


def first_quarters(match: Match, anchor: Anchor) -> Part:
    """前三季度."""
    return Part("period", "quarter", months=(1, 3 * whole(match[1])))


def relative_quarter(match: Match, anchor: Anchor) -> Part:
    """上季度."""
    if not anchor.published:
        return Part("period", lost=True)
    day = add_months(anchor.published, {"上": -3, "下": 3}.get(match[1][0], 0))
    first = (day.month - 1) // 3 * 3 + 1
    return Part("period", "quarter", year=day.year, months=(first, first + 2))


def season(match: Match, anchor: Anchor) -> Part:
    """夏天 is June to August; 冬天 runs into the next year."""
    return Part("period", "quarter", months=_SEASONS[match[1]])


def first_months(match: Match, anchor: Anchor) -> Part:
    """前11个月."""
    return Part("period", "month", months=(1, min(whole(match[1]), 12)))


def last_months(match: Match, anchor: Anchor) -> Part:
    """最后三个月, of a year."""
    return Part("period", "month", months=(max(13 - whole(match[1]), 1), 12))


def lunar(match: Match, anchor: Anchor) -> Part:
    """大年初二: some day of the year before it."""
    return Part("lunar", "year")


def phase(match: Match, anchor: Anchor) -> Part:
    """年初 is January to March, 年中 June and July, 年底 December."""
    return Part("period", "month", months=_PHASES.get(_said(match), (12, 12)), current=True)


def month(match: Match, anchor: Anchor) -> Part:
    """12月."""
    number = whole(match[1])
    return Part("month", "month", months=(number, number))


def relative_month(match: Match, anchor: Anchor) -> Part:
    """上个月, reckoned from the article; 同月, from the latest month in the text."""
    base, steps = anchor.published, _MONTHS
    if match[1] in _MONTHS_ON:
        base, steps = anchor.month, _MONTHS_ON
    if base is None:
        return Part("month", lost=True)
    day = add_months(base, steps[match[1]])
    return Part("month", "month", year=day.year, months=(day.month, day.month))


def this_month(match: Match, anchor: Anchor) -> Part:
    """月初: the month itself."""
    day = anchor.published
    if day is None:
        return Part("mphase", lost=True)
    return Part("mphase", "month", year=day.year, months=(day.month, day.month))


def month_phase(match: Match, anchor: Anchor) -> Part:
    """中旬, after a month: the month itself."""
    return Part("mphase", "month")


def full_date(match: Match, anchor: Anchor) -> Part:
    """2020-04-01."""
    numbers = [int(group) for group in match.groups() if group]
    return Part("day", year=numbers[0], months=(numbers[1], numbers[1]), day=numbers[2])


def day(match: Match, anchor: Anchor) -> Part:
    """29日."""
    return Part("day", day=whole(match[1]))


def relative_day(match: Match, anchor: Anchor) -> Part:
    """昨晚, reckoned from the article; 当日, from the latest day in the text.

    Nobody says 当日 of today: where that was told last, it is another day.
    """
    base, steps = anchor.published, _DAYS
    if match[1] in _DAYS_ON:
        base, steps = anchor.day, _DAYS_ON
    if base is None or (match[1] == "当" and base == anchor.published):
        return Part("day", lost=True)
    return _on(base + timedelta(days=steps[match[1]]), match[2] or "")


def day_beside(match: Match, anchor: Anchor) -> Part:
    """前一天, the day before the latest one in the text."""
    if anchor.day is None:
        return Part("day", lost=True)
    return _on(anchor.day + timedelta(days=-1 if match[1] == "前" else 1))


def _on(found: date, word: str = "") -> Part:
    months = (found.month, found.month)
    return Part("day", year=found.year, months=months, day=found.day, word=word)


def week(match: Match, anchor: Anchor) -> Part:
    """上周, 上周五, 周五: a week runs from Monday.

    A weekday alone is the latest one, or the next one if the words before announce it.
    """
    if not anchor.published:
        return Part("day", lost=True)
    which, weekday = match[1] or "", (match[2] or "").replace("天", "日")
    monday = anchor.published - timedelta(days=anchor.published.weekday())
    monday += timedelta(weeks=_WEEKS.get(which, 0))
    if weekday not in _WEEKDAYS or not weekday:
        first = monday + timedelta(days=5 if weekday else 0)
        fixed = span_of(first, monday + timedelta(days=6), "day" if weekday else "week")
        return Part("whole", fixed=fixed)
    found = monday + timedelta(days=_WEEKDAYS.index(weekday))
    late = found < anchor.published if anchor.ahead else found > anchor.published
    return _on(found + timedelta(weeks=(1 if anchor.ahead else -1) * (late and not which)))


def half_day(match: Match, anchor: Anchor) -> Part:
    """下午."""
    return Part("part", word=match[1])


def clock(match: Match, anchor: Anchor) -> Part | None:
    """6点半, 15时20分, 18:05; None for a time that no clock shows."""
    hour, minute, named, digital_hour, digital_minute = match.groups()
    minutes = {"半": 30, "一刻": 15, "三刻": 45}.get(named) or whole(minute or digital_minute or "")
    return _clock(whole(hour or digital_hour), minutes)


def plain_clock(match: Match, anchor: Anchor) -> Part | None:
    """15时20分 or 18:05, with no day before it."""
    hour, minute = filter(None, match.groups())
    return _clock(whole(hour), whole(minute))


def _clock(hour: int, minute: int) -> Part | None:
    return Part("clock", "minute", hour=hour, minute=minute) if hour < 25 and minute < 60 else None


def decade(match: Match, anchor: Anchor) -> Part:
    """20世纪90年代; without a century, the latest such decade that has begun."""
    number = whole(match[2])
    if number < 100:
        number += 100 * _century(match[1], number, anchor)
    return Part("whole", fixed=TimeSpan(f"{number:04}", f"{number + 9:04}", "year"))


def _century(word: str | None, number: int, anchor: Anchor) -> int:
    this = anchor.published.year if anchor.published else 2000
    if word is None:
        return this // 100 - (number > this % 100)
    return {"上": this // 100 - 1, "本": this // 100}.get(word, whole(word) - 1)


def window(match: Match, anchor: Anchor) -> Part:
    """过去两年, 未来两个季度, 这两年: up to the article, or from then on."""
    which, count, unit = match.groups()
    sign = 1 if which in _AHEAD else -1
    today, vague = anchor.published, which == "这" and whole(count) == 1
    other = None if today is None or vague else _away(today, count, unit, sign)
    if today is None or other is None:
        return Part("whole", lost=True)
    grain = _grain(unit)
    today += timedelta(days=sign > 0 and grain in ("week", "day"))
    first, last = sorted((today, other))
    return Part("whole", fixed=span_of(first, last, grain))


def so_long(match: Match, anchor: Anchor) -> Part:
    """两年来: up to the article."""
    today = anchor.published
    other = _away(today, match[1], match[2], -1) if today else None
    if today is None or other is None:
        return Part("whole", lost=True)
    return Part("whole", fixed=span_of(other, today, _grain(match[2])))


def ago(match: Match, anchor: Anchor) -> Part:
    """三个月前, before the article; 两年后, after what the text named last.

    Where that named nothing past, or announces it (将于两年后), it is after the article's day.
    """
    count, more, unit, later = match.groups()
    ahead = anchor.ahead or match.string.startswith(_TO_COME, match.end())
    base = _later_base(unit, anchor, ahead) if later else anchor.published
    found = None if more or base is None else _away(base, count, unit, 1 if later else -1)
    if found is None:
        return Part("whole", lost=True)
    grain = _grain(unit) if count != "半" else "month"
    if grain != "week":
        return Part("whole", fixed=span_of(found, found, grain))
    monday = found - timedelta(days=found.weekday())
    return Part("whole", fixed=span_of(monday, monday + timedelta(days=6), grain))


def _later_base(unit: str, anchor: Anchor, ahead: bool) -> date | None:
    """What 两年后 is reckoned from; None where that was told less finely than it is counted."""
    past = anchor.told if not ahead and (anchor.told or "") < str(anchor.published) else None
    told = anchor.near or past
    if told is None:
        return anchor.published
    return day_of(told) if len(told) >= _LENGTHS.get(_grain(unit), 10) else None


def _grain(unit: str) -> Precision:
    return next((grain for sign, grain in _GRAINS.items() if sign in unit), "day")


def _away(base: date, count: str, unit: str, sign: int) -> date | None:
    """The day so many units from *base*; None for a vague count, or beyond the calendar."""
    number = 0.5 if count == "半" else read_numeral(count)
    if number is None or "多" in unit:
        return None
    number += 0.5 if "半" in unit else 0
    months = next((size for mark, size in _IN_MONTHS.items() if mark in unit), 0)
    try:
        if months:
            return add_months(base, sign * int(number * months))
        days = 7 if _grain(unit) == "week" else 1
        return base + timedelta(days=sign * int(number * days))
    except (OverflowError, ValueError):
        return None
