"""Time expressions: where they are found and what they are resolved to."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotation.times import find_times
from kg.model import TimeMention, TimeSpan
from kg.script import simplify

PUBLISHED = "2021-06-15"  # a Tuesday


def times(text: str, published: str | None = PUBLISHED) -> tuple[TimeMention, ...]:
    return find_times(text, simplify(text), published)


def shown(time: TimeSpan | None) -> str | None:
    """A date as it is, a period as start..end, an open end left empty."""
    if time is None or time.start == time.end:
        return time and time.start
    return f"{time.start or ''}..{time.end or ''}"


def resolved(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str | None]]:
    return [(mention.surface, shown(mention.time)) for mention in times(text, published)]


@pytest.mark.parametrize(
    ("surface", "value", "precision"),
    [
        ("2018年", "2018", "year"),
        ("2018 年", "2018", "year"),
        ("二〇一八年", "2018", "year"),
        ("民國109年", "2020", "year"),
        ("民國一百零九年", "2020", "year"),
        ("2017 年 11 月", "2017-11", "month"),
        ("109年3月", "2020-03", "month"),
        ("07年", "2007", "year"),
        ("2018/19年度", "2018..2019", "year"),
        ("2018-2019學年", "2018..2019", "year"),
        ("18年10月1日", "2018-10-01", "day"),
        ("2017年11月5日", "2017-11-05", "day"),
        ("二零一七年十一月五日", "2017-11-05", "day"),
        ("２０１７年１１月５日", "2017-11-05", "day"),
        ("2017-11-05", "2017-11-05", "day"),
        ("2017/11/5", "2017-11-05", "day"),
        ("2017.11.05", "2017-11-05", "day"),
        ("2017年11月5日下午3時20分", "2017-11-05T15:20", "minute"),
        ("2017-11-05 18:30", "2017-11-05T18:30", "minute"),
        ("2019年度", "2019", "year"),
        ("2019 年全年", "2019", "year"),
    ],
)
def test_dates_that_say_all(surface: str, value: str, precision: str) -> None:
    (mention,) = times(f"公司於{surface}，")
    assert (mention.surface, shown(mention.time)) == (surface, value)
    assert mention.time is not None
    assert mention.time.precision == precision


@pytest.mark.parametrize(
    ("surface", "value"),
    [
        ("今年", "2021"),
        ("去年", "2020"),
        ("前年", "2019"),
        ("明年", "2022"),
        ("去年 11 月 11 日", "2020-11-11"),
        ("今年9月", "2021-09"),
        ("本月", "2021-06"),
        ("上月", "2021-05"),
        ("上個月", "2021-05"),
        ("下月", "2021-07"),
        ("本月10日", "2021-06-10"),
        ("今日", "2021-06-15"),
        ("今（15日）", "2021-06-15"),
        ("昨（14）日", "2021-06-14"),
        ("昨（6月14日）", "2021-06-14"),
        ("昨天", "2021-06-14"),
        ("前日", "2021-06-13"),
        ("明天", "2021-06-16"),
        ("昨晚", "2021-06-14"),
        ("今早8時30分", "2021-06-15T08:30"),
        ("昨晚11點半", "2021-06-14T23:30"),
        ("周二", "2021-06-15"),
        ("周三", "2021-06-09"),
        ("上周五", "2021-06-11"),
        ("下星期一", "2021-06-21"),
        ("本周", "2021-06-14..2021-06-20"),
        ("上周", "2021-06-07..2021-06-13"),
        ("12月5日", "2020-12-05"),
        ("6月3日", "2021-06-03"),
        ("6月3日早間", "2021-06-03"),
        ("6月20日", "2021-06-20"),
        ("3日", "2021-06-03"),
        ("20日", "2021-05-20"),
        ("3月", "2021-03"),
        ("9月份", "2020-09"),
        ("2月29日", "2020-02-29"),
    ],
)
def test_what_is_unsaid_comes_from_the_article_the_past_first(surface: str, value: str) -> None:
    assert resolved(f"公司{surface}的會議") == [(surface, value)]
    without = [(surface, None)]
    assert resolved(f"公司{surface}的會議", None) == without


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("公告稱,3月5日,公司上市", "2021-03-05"),  # after a half-width comma
        ("很好.3月上市", "2021-03"),
    ],
)
def test_a_mark_before_a_number_is_no_part_of_it(text: str, value: str) -> None:
    ((_, found),) = resolved(text)
    assert found == value


@pytest.mark.parametrize("text", ["共3,000日", "營收2,345月", "售1.5月"])
def test_a_number_with_a_mark_inside_is_no_date(text: str) -> None:
    assert list(resolved(text)) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("大會將於12月5日舉行", "2021-12-05"),
        ("預計9月上市", "2021-09"),
        ("希望周四前完成", "..2021-06-17"),
    ],
)
def test_what_is_announced_lies_ahead(text: str, value: str) -> None:
    ((_, found),) = resolved(text)
    assert found == value


@pytest.mark.parametrize(
    ("surface", "value", "precision"),
    [
        ("2019Q4", "2019-10..2019-12", "quarter"),
        ("2019年第四季", "2019-10..2019-12", "quarter"),
        ("今年第一季度", "2021-01..2021-03", "quarter"),
        ("Q3", "2020-07..2020-09", "quarter"),
        ("首季", "2021-01..2021-03", "quarter"),
        ("去年前三季度", "2020-01..2020-09", "quarter"),
        ("上季度", "2021-01..2021-03", "quarter"),
        ("上半年", "2021-01..2021-06", "half"),
        ("2017年下半年", "2017-07..2017-12", "half"),
        ("2018 年初", "2018-01..2018-03", "month"),
        ("去年年初", "2020-01..2020-03", "month"),
        ("今年年中", "2021-06..2021-07", "month"),
        ("去年底", "2020-12", "month"),
        ("年底", "2021-12", "month"),
        ("月初", "2021-06", "month"),
        ("上月底", "2021-05", "month"),
        ("5月中旬", "2021-05", "month"),
        ("今年前5個月", "2021-01..2021-05", "month"),
        ("去年夏天", "2020-06..2020-08", "quarter"),
        ("20世紀90年代", "1990..1999", "year"),
        ("上世紀80年代", "1980..1989", "year"),
        ("九十年代", "1990..1999", "year"),
        ("2010年代", "2010..2019", "year"),
        ("過去兩年", "2019..2021", "year"),
        ("這兩年以來", "2019..2021", "year"),
        ("近三個月", "2021-03..2021-06", "month"),
        ("未來兩個季度", "2021-06..2021-12", "quarter"),
        ("未來兩天", "2021-06-16..2021-06-17", "day"),
        ("兩年來", "2019..2021", "year"),
        ("三個月前", "2021-03", "month"),
        ("10年前", "2011", "year"),
        ("半年前", "2020-12", "month"),
        ("兩周前", "2021-05-31..2021-06-06", "week"),
        ("五天後", "2021-06-20", "day"),
        ("去年最後三個月", "2020-10..2020-12", "month"),
        ("2016年大年初二", "2016", "year"),
    ],
)
def test_periods(surface: str, value: str, precision: str) -> None:
    (mention,) = times(f"公司{surface}，")
    assert (mention.surface, shown(mention.time)) == (surface, value)
    assert mention.time is not None
    assert mention.time.precision == precision


@pytest.mark.parametrize(
    ("surface", "value"),
    [
        ("2013年-2015年", "2013..2015"),
        ("2016-2018年", "2016..2018"),
        ("1992年至1997年", "1992..1997"),
        ("2019-2020學年", "2019..2020"),
        ("3月1日到5日", "2021-03-01..2021-03-05"),
        ("9月1-3日", "2020-09-01..2020-09-03"),
        ("3至5月", "2021-03..2021-05"),
        ("11月至2月", "2020-11..2021-02"),
        ("10月至2021年3月", "2020-10..2021-03"),
        ("2019年6月1日-6月30日", "2019-06-01..2019-06-30"),
        ("2018/1/10-2018/7/10", "2018-01-10..2018-07-10"),
        ("即日起至6月30日", "2021-06-15..2021-06-30"),
        ("2007年與2009年之間", "2007..2009"),
        ("從昨日下午3時至5時", "2021-06-14T15:00..2021-06-14T17:00"),
        ("2018年以來", "2018.."),
        ("自2018年起", "2018.."),
        ("2018年3月至今", "2018-03.."),
        ("從2016年3月1日開始", "2016-03-01.."),
        ("截至3月20日", "..2021-03-20"),
        ("2020年之前", "..2020"),
        ("年底前", "..2021-12"),
    ],
)
def test_ranges_and_open_intervals(surface: str, value: str) -> None:
    assert resolved(f"公司{surface}，") == [(surface, value)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "工廠在2018年3月1日停產。當日下午6點復工，次日恢復。",
            [
                ("2018年3月1日", "2018-03-01"),
                ("當日下午6點", "2018-03-01T18:00"),
                ("次日", "2018-03-02"),
            ],
        ),
        (
            "公司2016年7月上市，同年9月擴產，翌年3月分拆。",
            [("2016年7月", "2016-07"), ("同年9月", "2016-09"), ("翌年3月", "2017-03")],
        ),
        ("公司2016年7月成立，8月上市。", [("2016年7月", "2016-07"), ("8月", "2016-08")]),
        ("2016年，公司在7月上市。", [("2016年", "2016"), ("7月", "2016-07")]),
        ("2019年年報於3月30日公布。", [("2019年", "2019"), ("3月30日", "2021-03-30")]),
        ("公司2016年7月成立。8月上市。", [("2016年7月", "2016-07"), ("8月", "2020-08")]),
        ("11月25日、26日開會", [("11月25日", "2020-11-25"), ("26日", "2020-11-26")]),
        ("公司1998年成立，兩年後上市", [("1998年", "1998"), ("兩年後", "2000")]),
        ("當日沒有交易", [("當日", None)]),
        ("他說當年很苦", [("當年", None)]),
    ],
)
def test_later_words_refer_to_what_the_text_named(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert resolved(text) == expected


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("公司昨晚（14日）宣布", "昨晚（14日）", "2021-06-14"),
        ("公司周三（9日）宣布", "周三（9日）", "2021-06-09"),
        ("措施周三（16日）凌晨起生效", "周三（16日）凌晨起", "2021-06-16.."),
        ("公司6月9日（星期三）宣布", "6月9日（星期三）", "2021-06-09"),
        ("美東時間6 月 9 日，", "美東時間6 月 9 日", "2021-06-09"),
        ("當地時間9日，", "當地時間9日", "2021-06-09"),
    ],
)
def test_surfaces_take_in_brackets_and_zones(text: str, surface: str, value: str) -> None:
    assert resolved(text) == [(surface, value)]


@pytest.mark.parametrize(
    "surface", ["近年來", "近日", "日前", "幾年前", "過去幾年", "2019年2月29日", "2021財年第二季度"]
)
def test_what_cannot_be_known_is_found_but_not_resolved(surface: str) -> None:
    assert resolved(f"公司{surface}表示") == [(surface, None)]


def test_a_lunar_date_is_not_taken_for_one_of_the_calendar() -> None:
    assert resolved("農曆八月十五") == [("八月", None)]


@pytest.mark.parametrize(
    "text",
    [
        "公司成立 75 週年",
        "三年級學生",
        "花費10日元",
        "《明日之後》上架",
        "今日頭條公司",
        "每周五開會",
        "一周三次",
        "工期4個月，為期三日",
        "iPhone 12 和 OS 2.0",
        "600606.SH",
        "比分3:2",
        "訂單2020210号",
        "會議在早99點",
        "5日均線",
        "14日隔離",
        "年初一",
        "令和3年5月",
    ],
)
def test_what_only_looks_like_a_time(text: str) -> None:
    assert resolved(text) == []


def test_both_scripts_read_alike() -> None:
    text = "截至當日下午6點，過去兩個季度，上週五，2018年以來，禮拜三"
    assert [value for _, value in resolved(text)] == [
        value for _, value in resolved(simplify(text))
    ]


_PIECES = (
    "2018年|12|月|5日|3|日|今|去年|上周五|至|到|-|起|以來|（|）|Q4|季度|點|:|30|前|後|的| |。"
    "|一|十|億|公司"
)


@given(
    st.lists(st.sampled_from(_PIECES.split("|")), max_size=30).map("".join), st.none() | st.dates()
)
def test_spans_slice_back_and_never_overlap(text: str, published: object) -> None:
    found = times(text, str(published) if published else None)
    assert all(text[m.span.start : m.span.end] == m.surface for m in found)
    assert all(m.surface for m in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert all(m.span.of(text) == m.surface for m in times(text))


@pytest.mark.parametrize("piece", ["1", "1 ", "一", "1-", "年", "早99點", "3日（", "上"])
def test_giant_lines_are_read_to_their_end(piece: str) -> None:
    """A pattern that backtracks would not come back from these."""
    text = piece * (100_000 // len(piece))
    assert all(left.span.end <= right.span.start for left, right in pairwise(times(text)))


def test_a_megabyte_of_digits_is_no_time() -> None:
    assert find_times("1" * 10**6, "1" * 10**6, PUBLISHED) == ()


@pytest.mark.parametrize(
    ("text", "found"), [("第三季營收上升", ["第三季"]), ("劇集第三季開播", [])]
)
def test_a_quarter_without_a_year_has_results(text: str, found: list[str]) -> None:
    assert [surface for surface, _ in resolved(text)] == found


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("他於2015年加入。一年後離開。", "一年後", "2016"),  # after what was told, not the article
        ("他於2015年加入。三天後離開。", "三天後", None),  # which was not told so finely
        ("他於2015年加入。公司將於一年後上市。", "一年後", "2022"),
        ("他於2015年加入。公司一年後會上市。", "一年後", "2022"),
        ("他於2015年3月5日加入，前一天結婚。", "前一天", "2015-03-04"),
        ("他07年以後離開。", "07年以後", "2007.."),  # no seven years on
        ("他今日出庭。當晚他在場。", "當晚", None),  # some other day than today
        ("他在3月5日出庭。當晚他在場。", "當晚", "2021-03-05"),
        ("合作延長至2025年。", "至2025年", "..2025"),
        ("帝國於公元前127年建立。", "公元前127年", None),
        ("正月初一市面冷清。", "正月初一", None),
        ("當天下午他離開。", "當天下午", None),
        ("他清晨6點多出門，昨日6點多回家。", "昨日6點多", "2021-06-14T06:00"),
    ],
)
def test_what_a_relative_time_refers_to(text: str, surface: str, value: str | None) -> None:
    found = {mention.surface: mention.time for mention in times(text)}
    assert surface in found
    time = found[surface]
    assert (shown(time) if time else None) == value


def test_a_weekday_begins_no_range_of_months() -> None:
    assert "一到十月一日" not in {found.surface for found in times("從星期一到十月一日休息。")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今日開會。晚上9時散會。", ["2020-04-01", "2020-04-01T21:00"]),
        ("晚上9時散會。", ["2020-04-01T21:00"]),
        ("去年開會。晚上9時散會。", ["2019", None]),  # of what day nobody says
    ],
)
def test_a_time_of_day_is_of_the_day_told_last(text: str, expected: list[str | None]) -> None:
    found = find_times(text, simplify(text), "2020-04-01")
    assert [mention.time and mention.time.start for mention in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("原定於2月26日至4月30日開放", "2020-02-26"),  # it is going on
        ("原定於7月26日至9月30日開放", "2020-07-26"),
    ],
)
def test_an_announced_period_may_have_begun(text: str, expected: str) -> None:
    (found,) = find_times(text, simplify(text), "2020-04-01")
    assert found.time
    assert found.time.start == expected
