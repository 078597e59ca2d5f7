"""Dates as people write them: one that a user gives, and the one at the head of an article.

``\\d`` and ``int`` take full-width digits too, so nothing is converted first.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date

from kg.errors import DateError

_HEAD = 400
_GAP = r"[ \t\u3000]{0,2}"
_DATE = (
    rf"(?<!\d)(?:(\d{{4}}){_GAP}年{_GAP}(\d{{1,2}}){_GAP}月{_GAP}(\d{{1,2}}){_GAP}[日号號]"
    r"|(\d{4})([-/.／．－])(\d{1,2})\5(\d{1,2})(?![-/.／．－\d]*\d{3}))"
)
_CLOCK = r"(?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d)?"
_ZONE = r"(?:[.,]\d{1,9})?[ ]?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
_WHOLE = re.compile(rf"{_DATE}(?:[ \tT]*{_CLOCK}{_ZONE})?", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{4}(?:\d{2})?Z?)?")

_WEEKDAY = r"(?:[ \t]*[（(]?(?:星期|週|周|禮拜|礼拜)[一二三四五六日天][）)]?)?"
_LABEL = (
    r"(?:^|(?<=[\s|｜·(（【]))(?:發佈|發布|发布|發表|发表|刊登|出版|更新|上稿|Published|Posted|Updated|Date|日期|時間|时间)"
    r"(?:日期|時間|时间|於|于|on)?"
)
_AFTER = r"(?:$|[ \t\u3000|｜·•/].{0,30}$)"
_BEFORE = r"(?:^|^.{0,30}[ \t\u3000|｜·•/：:])"
_HEAD_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.MULTILINE)
    for form in (
        rf"^\W{{0,3}}{_DATE}{_WEEKDAY}\W{{0,3}}(?:{_CLOCK}\W{{0,3}})?$",
        rf"{_DATE}{_WEEKDAY}[ \t\u3000,，T|]{{0,3}}{_CLOCK}",
        rf"{_LABEL}[ \t\u3000：:]{{0,3}}{_DATE}",
        rf"^[ \t]*[（(【\[]{_DATE}[^。！？\n]{{0,12}}[）)】\]]|[（(【\[]{_DATE}[）)】\]][ \t]*$",
        rf"{_DATE}[ \t]*[電电訊讯](?=[）)\s—–:：-])",
        rf"(?:^{_DATE}{_WEEKDAY}{_AFTER}|{_BEFORE}{_DATE}$)",
    )
)
_SENTENCE = re.compile(r"[。！？!?，,；;]")


def parse_date(value: str) -> str:
    """*value* as ISO 8601 ``YYYY-MM-DD``; of a date with a time, the day as written there.

    Reads 2020-04-01, 2020/4/1, 2020.4.1, 2020年4月1日, 20200401 and ISO date-times; raises
    :class:`DateError` for anything else, also for a day that the calendar does not have.
    """
    stripped = value.strip()
    match = _WHOLE.fullmatch(stripped) or _COMPACT.fullmatch(stripped)
    found = _iso(match) if match else None
    if found is None:
        raise DateError(f"not a date: {value[:40]!r}; write it as YYYY-MM-DD, such as 2020-04-01")
    return found


def find_head_date(text: str) -> str | None:
    """The article's own date (``YYYY-MM-DD``) from its first lines, or None.

    Only a full date counts, and only where it is metadata: alone on a line, beside a time of
    day, after a label, in brackets at the edge of a line, in a dateline, or set off in a byline.
    The forms are tried in that order. A date inside a sentence is never taken.
    """
    head = text[:_HEAD]
    for form in _HEAD_FORMS[:-1]:
        if found := _first(form, head, lambda line: True):
            return found
    return _first(_HEAD_FORMS[-1], head, lambda line: not _SENTENCE.search(line))


def _first(form: re.Pattern[str], head: str, accepts: Callable[[str], bool]) -> str | None:
    found = (_iso(match) for match in form.finditer(head) if accepts(match.group()))
    return next((day for day in found if day), None)


def _iso(match: re.Match[str]) -> str | None:
    """The date in *match*: its groups hold year, month and day, and perhaps a separator."""
    numbers = [int(group) for group in match.groups() if group and group.isdecimal()]
    try:
        return date(*numbers[:3]).isoformat()
    except ValueError:
        return None


def add_months(day: date, months: int) -> date:
    """The same day *months* later (earlier if negative), or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
