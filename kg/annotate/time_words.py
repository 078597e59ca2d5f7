"""The words that times are made of: one rule a kind of word, each read into a :class:`Part`.

The rules match Simplified, half-width text. ``after`` says which kinds of part a word may follow
("" is: it may begin an expression), so that 初 is read in 2018年初 and nowhere else. Rules stand
in order: the first that matches is taken, so the longer stands before the shorter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kg.annotate.numerals import read_numeral
from kg.dates import add_months
from kg.model import Precision, TimeSpan


@dataclass(frozen=True, slots=True)
class Part:
    """What one word, or several in a row, say of a time; None is unsaid.

    ``months`` are the first and the last month of a period (13 and 14 lie in the next year);
    ``fixed`` is a span that needs nothing more; ``lost`` has nothing to be reckoned from.
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


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative words are reckoned from: the article's day and the text's latest times."""

    published: date | None = None
    day: date | None = None
    month: tuple[int, int] | None = None
    year: int | None = None
    near: date | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of word: its pattern, what it may follow, and how it is read."""

    kind: str
    after: tuple[str, ...]
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Anchor], Part | None]


GAP = r"[ \u3000]{0,2}"
LINK = rf"{GAP}(?:直?到|至|[-~—–]{{1,2}}){GAP}"
_TENS = "[一二三四五六七八九十]"
_N = r"(?:\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_FREE = r"(?<![\d.一二三四五六七八九十百千万亿零〇几数第])"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_COUNT = rf"(?:\d{{1,3}}|{_TENS}{{1,3}}|[两半几数]十?|百)"
_UNIT = rf"(年|个{GAP}半?多?月|(?<=[两几])月|个?季度|个?星期|个?礼拜|周(?!年|岁|边|期|刊)|天|日)"
_PAUSE = r"[,，。、；;:：)）」』”\s]|$"
_BEFORE = rf"前(?={_PAUSE}|完成|实现|达|将|会|需|须|要|必|的|就|已|不|未|有|提交|开|举|交|向|在)"
_LATER = rf"后(?={_PAUSE}|的|就|再|又|才|将|会|已|首|开|仍|更|可|不|没|成为)"
BEFORE = re.compile(rf"{GAP}(?:(?:[及或]|及其)?[之以]前|为止|{_BEFORE})")
SINCE = re.compile(
    rf"{GAP}(?:以来|至今|迄今|到现在|开始|[及或]?[之以]后|{_LATER}"
    r"|起(?![诉草步点码飞源伏家用价初来到]))"
)

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "首": 1, "末": 4}
_SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 14)}
_PHASES = {"初": (1, 3), "中": (6, 7), "底": (12, 12), "末": (12, 12), "终": (12, 12), "尾": (12, 12)}
_YEARS = {"今": 0, "本": 0, "去": -1, "上": -1, "前": -2, "大前": -3, "明": 1, "来": 1, "后": 2}
_YEARS_ON = {"当": 0, "同": 0, "翌": 1, "次": 1, "隔": 1}
_MONTHS = {"本": 0, "这个": 0, "上": -1, "上个": -1, "下": 1, "下个": 1}
_MONTHS_ON = {"当": 0, "同": 0, "次": 1, "翌": 1}
_DAYS = {"今": 0, "即": 0, "昨": -1, "前": -2, "大前": -3, "明": 1, "后": 2, "大后": 3}
_DAYS_ON = {"当": 0, "同": 0, "次": 1, "翌": 1, "隔": 1, "第二": 1}
_WEEKS = {"上上": -2, "上": -1, "本": 0, "这": 0, "该": 0, "": 0, "下": 1, "下下": 2}
_IN_MONTHS = {"年": 12, "季": 3, "月": 1}
_GRAIN: Mapping[str, Precision] = {"年": "year", "季": "quarter", "月": "month"}
_NOON = ("下午", "傍晚", "晚", "夜", "午间", "午后")
_HALF_DAY = (
    r"(凌晨|清晨|早晨|早上|早间|上午|中午|午间|午后|下午|傍晚|晚上|晚间|深夜|夜间|夜晚|半夜"
    r"|晚(?![会些宴报年期点于餐])|早(?![已些就日期前盘于餐])|夜(?![市总间店]))"
)
_CLOCK = (
    rf"(?:({_N}){GAP}[点时](?!间|代|尚|评|候|装|期|报|\d*[%个])"
    rf"(?:{GAP}({_N}){GAP}分(?:{GAP}{_N}秒)?|(半|一刻|三刻|整))?(?:许|左右)?钟?"
    r"|([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?![\d:]))"
)


def number(text: str) -> int:
    """The whole number that *text* writes, 0 if none."""
    return int(read_numeral(text) or 0)


def iso(day: date, precision: Precision) -> str:
    """*day* as far as *precision* goes: a year, a month or a day."""
    length = {"year": 4, "half": 7, "quarter": 7, "month": 7}.get(precision, 10)
    return day.isoformat()[:length]


def span_of(first: date, last: date, precision: Precision) -> TimeSpan:
    """From *first* to *last*, both inclusive, written as far as *precision* goes."""
    return TimeSpan(iso(first, precision), iso(last, precision), precision)


def _year(match: re.Match[str], anchor: Anchor) -> Part:
    return Part("year", "year", year=number(match[1]))


def _short_year(match: re.Match[str], anchor: Anchor) -> Part:
    year = number(match[1])
    return Part("year", "year", year=year + (2000 if year < 50 else 1900))


def _republic_year(match: re.Match[str], anchor: Anchor) -> Part:
    """Year 1 of the Republic of China is 1912."""
    return Part("year", "year", year=1911 + (1 if match[1] == "元" else number(match[1])))


def _relative_year(match: re.Match[str], anchor: Anchor) -> Part:
    published = anchor.published and anchor.published.year
    year = _step(_YEARS, published, match[1]) or _step(_YEARS_ON, anchor.year, match[1])
    return Part("year", "year", year=year, lost=year is None)


def _step(steps: Mapping[str, int], base: int | None, word: str) -> int | None:
    return base + steps[word] if base is not None and word in steps else None


def _fiscal_year(match: re.Match[str], anchor: Anchor) -> Part:
    """A fiscal year: its quarters are not the calendar's, so they are not resolved."""
    return Part("fiscal", "year", year=number(match[1]))


def _fiscal_quarter(match: re.Match[str], anchor: Anchor) -> Part:
    return Part("period", "quarter", lost=True)


def _half(match: re.Match[str], anchor: Anchor) -> Part:
    months = (1, 6) if match[1] in "上前" else (7, 12)
    return Part("period", "half", months=months, current=True)


def _quarter(match: re.Match[str], anchor: Anchor) -> Part:
    sign = next(filter(None, match.groups()))
    quarter = _QUARTERS.get(sign) or int(sign)
    return Part("period", "quarter", months=(quarter * 3 - 2, quarter * 3))


def _first_quarters(match: re.Match[str], anchor: Anchor) -> Part:
    return Part("period", "quarter", months=(1, 3 * number(match[1])))


def _this_quarter(match: re.Match[str], anchor: Anchor) -> Part:
    if not anchor.published:
        return Part("period", lost=True)
    day = add_months(anchor.published, {"上": -3, "下": 3}.get(match[1], 0))
    first = (day.month - 1) // 3 * 3 + 1
    return Part("period", "quarter", year=day.year, months=(first, first + 2))


def _season(match: re.Match[str], anchor: Anchor) -> Part:
    return Part("period", "quarter", months=_SEASONS[match[1]])


def _first_months(match: re.Match[str], anchor: Anchor) -> Part:
    return Part("period", "month", months=(1, min(number(match[1]), 12)))


def _phase(match: re.Match[str], anchor: Anchor) -> Part:
    return Part("period", "month", months=_PHASES[match[1]], current=True)


def _month(match: re.Match[str], anchor: Anchor) -> Part:
    month = number(match[1])
    return Part("month", "month", months=(month, month))


def _relative_month(match: re.Match[str], anchor: Anchor) -> Part:
    base, steps = (anchor.published, _MONTHS) if match[1] in _MONTHS else (_month_of(anchor), _MONTHS_ON)
    if base is None:
        return Part("month", "month", lost=True)
    day = add_months(base, steps[match[1]])
    return Part("month", "month", year=day.year, months=(day.month, day.month))


def _month_of(anchor: Anchor) -> date | None:
    return date(*anchor.month, 1) if anchor.month else None


def _this_month(match: re.Match[str], anchor: Anchor) -> Part:
    day = anchor.published
    return Part("mphase", "month", *(day.year, (day.month,) * 2) if day else (), lost=not day)


def _month_phase(match: re.Match[str], anchor: Anchor) -> Part:
    return Part("mphase", "month")


def _full_date(match: re.Match[str], anchor: Anchor) -> Part:
    month = number(match[3])
    return Part("day", year=number(match[1]), months=(month, month), day=number(match[4]))


def _day(match: re.Match[str], anchor: Anchor) -> Part:
    return Part("day", day=number(match[1]))


def _relative_day(match: re.Match[str], anchor: Anchor) -> Part:
    base, steps = (anchor.published, _DAYS) if match[1] in _DAYS else (anchor.day, _DAYS_ON)
    word = match[2] or ""
    return _on(base + timedelta(days=steps[match[1]]), word) if base else Part("day", lost=True)


def _on(day: date, word: str = "") -> Part:
    return Part("day", year=day.year, months=(day.month, day.month), day=day.day, word=word)


def _week(match: re.Match[str], anchor: Anchor) -> Part:
    """A week runs from Monday to Sunday; a weekday alone is the latest one."""
    if not anchor.published:
        return Part("day", lost=True)
    which, weekday = match[1] or "", match[2] or ""
    monday = anchor.published - timedelta(days=anchor.published.weekday() - 7 * _WEEKS[which])
    if weekday in ("", "末"):
        first = monday + timedelta(days=5 if weekday else 0)
        return Part("week", fixed=span_of(first, monday + timedelta(days=6), "week"))
    day = monday + timedelta(days="一二三四五六日".index(weekday.replace("天", "日")))
    late = not which and day > anchor.published
    return _on(day - timedelta(days=7) if late else day)


def _half_day(match: re.Match[str], anchor: Anchor) -> Part:
    return Part("part", word=match[1])


def _clock(match: re.Match[str], anchor: Anchor) -> Part | None:
    hour, minute = number(match[1] or match[4]), match[2] or match[5] or "0"
    minutes = {"半": 30, "一刻": 15, "三刻": 45}.get(match[3] or "", number(minute))
    if hour > 24 or minutes > 59:
        return None
    return Part("clock", "minute", hour=hour, minute=minutes)


def clock_hour(part: Part) -> int:
    """The hour of *part* from 0 to 24, its half of the day taken into account."""
    hour = part.hour or 0
    if part.word.startswith(_NOON) and 1 <= hour <= 12:
        return hour + 12 if hour < 12 or "晚" in part.word or "夜" in part.word else hour
    if part.word == "中午" and hour <= 2:
        return hour + 12
    return 0 if part.word == "凌晨" and hour == 12 else hour


def _decade(match: re.Match[str], anchor: Anchor) -> Part:
    decade = number(match[2])
    if decade < 100:
        decade += _century(match[1], decade, anchor)
    return Part("whole", fixed=TimeSpan(f"{decade:04}", f"{decade + 9:04}", "year"))


def _century(word: str | None, decade: int, anchor: Anchor) -> int:
    """The century that 80年代 lies in: as said, or the latest one in which it has begun."""
    this = anchor.published.year if anchor.published else 2000
    if word in (None, ""):
        return this // 100 * 100 - (100 if decade > this % 100 else 0)
    named = {"上": this // 100, "本": this // 100 + 1}
    return (named.get(word) or number(word)) * 100 - 100


def _window(match: re.Match[str], anchor: Anchor) -> Part:
    which, count, unit = match[1], match[2], match[3]
    ahead = which in ("未来", "今后", "接下来", "往后")
    other = None if "多" in match[0] else _away(anchor.published, count, unit, 1 if ahead else -1)
    if other is None or anchor.published is None or (which == "这" and number(count) == 1):
        return Part("whole", lost=True)
    first, last = sorted((anchor.published, other))
    return Part("whole", fixed=span_of(first, last, _grain(unit)))


def _so_long(match: re.Match[str], anchor: Anchor) -> Part:
    other = None if "多" in match[0] else _away(anchor.published, match[1], match[2], -1)
    if other is None or anchor.published is None:
        return Part("whole", lost=True)
    return Part("whole", fixed=span_of(other, anchor.published, _grain(match[2])))


def _ago(match: re.Match[str], anchor: Anchor) -> Part:
    """So long before the article, or after the time that stands before it in the sentence."""
    later = match[4] == "后"
    base = (anchor.near or anchor.published) if later else anchor.published
    day = None if match[2] else _away(base, match[1], match[3], 1 if later else -1)
    if day is None:
        return Part("whole", lost=True)
    grain = _grain(match[3]) if match[1] != "半" else "month"
    if grain == "week":
        day -= timedelta(days=day.weekday())
        return Part("whole", fixed=span_of(day, day + timedelta(days=6), "week"))
    return Part("whole", fixed=span_of(day, day, grain))


def _grain(unit: str) -> Precision:
    if "周" in unit or "星期" in unit or "礼拜" in unit:
        return "week"
    return next((grain for sign, grain in _GRAIN.items() if sign in unit), "day")


def _away(base: date | None, count: str, unit: str, sign: int) -> date | None:
    """The day so many units from *base*; None for a vague count, or beyond the calendar."""
    number_of = 0.5 if count == "半" else read_numeral(count)
    if base is None or number_of is None or "多" in unit:
        return None
    number_of += 0.5 if "半" in unit else 0
    months = next((n for mark, n in _IN_MONTHS.items() if mark in unit), 0)
    try:
        if months:
            return add_months(base, sign * int(number_of * months))
        return base + timedelta(days=sign * int(number_of * (7 if _grain(unit) == "week" else 1)))
    except (OverflowError, ValueError):
        return None


def _vague(match: re.Match[str], anchor: Anchor) -> Part:
    return Part("whole", lost=True)


_STARTS = ("",)
_IN_YEAR = ("", "year")
_YEAR_ONLY = ("year",)
_BARE_YEAR = r"(?<![0-9A-Za-z.,\-/:_])((?:19|20)\d\d)"
_THEN = rf"(?={GAP}(?:年?度?{GAP}第?[一二三四1-4]季|Q[1-4]\b|[上下]半年|年?[底初末](?!\w)|的[^\d]))"


def _rule(
    kind: str, after: tuple[str, ...], pattern: str, read: Callable[[re.Match[str], Anchor], Part | None]
) -> Rule:
    return Rule(kind, after, re.compile(pattern), read)


RULES: tuple[Rule, ...] = (
    _rule("day", _STARTS, r"(?<![\d.\-/])((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?![\d.]*\d{3}|[-/])", _full_date),
    _rule("whole", _STARTS, rf"(?:(上|本|{_FREE}{_N})个?世纪)?{GAP}{_FREE}([1-9]0|{_TENS}?十|(?:1[5-9]|20)\d0|[一二]\w{{2}}[〇零])年代", _decade),
    _rule("fiscal", _STARTS, rf"{_FREE}((?:19|20)\d\d){GAP}财年", _fiscal_year),
    _rule("year", _STARTS, rf"(?:公元|西元){GAP}(\d{{1,4}}){GAP}年", _year),
    _rule("year", _STARTS, rf"民国{GAP}(元|\d{{1,3}}|[〇零一二三四五六七八九十百]{{1,6}}){GAP}年度?", _republic_year),
    _rule("year", _STARTS, rf"{_FREE}((?:1\d|20)\d\d|[一二][〇零一二三四五六七八九]{{3}}){GAP}(?:年(?![级代限])|学年|赛季)(?:度|{GAP}全年度?)?", _year),
    _rule("year", _STARTS, rf"(?<![\d.,])(1[01]\d)年(?={GAP}{_MONTH}{GAP}月)", _republic_year),
    _rule("year", _STARTS, rf"{_FREE}(0\d|[零〇]{_TENS}){GAP}年(?![级代])", _short_year),
    _rule("year", _STARTS, rf"{_FREE}(\d\d){GAP}年(?={GAP}{_MONTH}{GAP}月(?!\w?[球份]))", _short_year),
    _rule("year", _STARTS, rf"{_BARE_YEAR}{_THEN}", _year),
    _rule("year", _STARTS, rf"{_BARE_YEAR}(?={LINK}(?:19|20)\d\d(?:{GAP}年|学年|赛季|[,，。；;)）的\s]|$))", _year),
    _rule("year", _STARTS, r"((?<!大)大?前|今|本|去|明|(?<![\w])来|(?<![今先之以])后|(?<![\w])上(?=年[度同末底初]))年度?(?![级货轮])", _relative_year),
    _rule("year", _STARTS, r"(?<!正)(当|同|翌|次|隔)年(?!度|级|龄|代)", _relative_year),
    _rule("period", _IN_YEAR, r"([上下前后])半年度?", _half),
    _rule("period", ("fiscal",), rf"第?(?:{_TENS}|\d)财?季度?|Q[1-4]|[上下]半年", _fiscal_quarter),
    _rule("period", _IN_YEAR, r"[前首]([二三两2-3])个?季度?(?!\w?[军后])", _first_quarters),
    _rule("period", _IN_YEAR, r"(?<!\w)?第?([一二三四1-4])季度|([首末])季(?!度?军)度?|(?<![A-Za-z0-9迪])Q([1-4])(?![A-Za-z0-9])", _quarter),
    _rule("period", _STARTS, r"(本|上|下|这个|上个)季度?(?!后|军)", _this_quarter),
    _rule("period", _YEAR_ONLY, r"第([一二三四1-4])季|Q([1-4])(?![A-Za-z0-9])", _quarter),
    _rule("period", _YEAR_ONLY, rf"[前首]{GAP}({_N}){GAP}个?月", _first_months),
    _rule("month", _YEAR_ONLY, rf"第({_N})个月", _month),
    _rule("period", _YEAR_ONLY, r"(春|夏|秋|冬)(?:天|季)", _season),
    _rule("period", _YEAR_ONLY, rf"年?(?:([初](?![步始级审次中露创代期一二三四五六七八九十])|[底末终尾](?!\w?盘))|(中)(?={_PAUSE}|的|起|至|到))", lambda match, anchor: _phase_of(match)),
    _rule("period", _STARTS, r"(?<![\d一二三四五六七八九十几两半每多少天近万])年([初底末终])(?![步始级])", _phase),
    _rule("whole", _STARTS, rf"(过去|(?<![时达了耗费最附将])近|最近|这|未来|今后|接下来|往后)的?{GAP}({_COUNT})多?{GAP}{_UNIT}(?:{GAP}(?:以?来(?!自)|里|内|间))?", _window),
    _rule("whole", _STARTS, rf"{_FREE}({_COUNT})([多余几]?){GAP}{_UNIT}半?多?[之以]?(?:({BEFORE_ONLY})|(后)(?![来续代人台者端期卫方排勤备市盘]))", _ago),
)
