"""Dates that users give, and the date at the head of an article."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import add_months, find_head_date, parse_date
from kg.errors import DateError


@pytest.mark.parametrize(
    "value",
    [
        "2021-06-03",
        "2021/6/3",
        "2021.6.3",
        "2021年6月3日",
        "2021 年 06 月 03 日",
        "２０２１年６月３日",
        "20210603",
        " 2021-06-03 ",
        "2021-06-03T23:59:00+08:00",
        "2021-06-03 08:15",
        "2021-06-03T08:15:30.250Z",
        "20210603T0815",
    ],
)
def test_reads_the_usual_forms(value: str) -> None:
    assert parse_date(value) == "2021-06-03"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "2021",
        "2021-06",
        "2021-02-30",
        "2021-13-01",
        "20211301",
        "0000-01-01",
        "2021-06/03",
        "2021-06-03T99:99",
        "2021-06-03 by post",
        "2021-06-031",
        "6月3日",
        "9" * 100_000,
    ],
)
def test_refuses_what_is_no_date(value: str) -> None:
    with pytest.raises(DateError, match="YYYY-MM-DD") as caught:
        parse_date(value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 140


@given(st.dates(), st.sampled_from(["{0}-{1}-{2}", "{0}/{1}/{2}", "{0}年{1}月{2}日"]))
def test_reads_every_day_of_the_calendar(day: date, form: str) -> None:
    value = form.format(f"{day.year:04}", day.month, day.day)
    assert parse_date(value) == day.isoformat()


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("晨光電子擴產\n2021年06月03日12:45\n\n公司宣布……", "2021-06-03"),
        ("晨光電子擴產\n2021-06-03 09:12\n", "2021-06-03"),
        ("晨光電子擴產\n2021年6月3日\n", "2021-06-03"),
        ("晨光電子擴產\n（2021年6月3日）\n", "2021-06-03"),
        ("晨光電子擴產\n2021年6月3日 星期四\n", "2021-06-03"),
        ("首頁財經分享2021/06/0302:47晨光 新聞網", "2021-06-03"),
        ("發佈時間：2021-06-03\n", "2021-06-03"),
        ("发布于 2021/6/3 来源：晨光网\n", "2021-06-03"),
        ("Published 2021-06-03\n", "2021-06-03"),
        ("（台北，2021年6月3日訊）晨光電子今天宣布", "2021-06-03"),
        ("記者 林小明 2021年6月3日\n", "2021-06-03"),
        ("2021.06.03 | 財經\n", "2021-06-03"),
    ],
)
def test_finds_the_date_among_the_head_lines(head: str, found: str) -> None:
    assert find_head_date(head) == found


@pytest.mark.parametrize(
    "head",
    [
        "6月3日，晨光電子宣布擴產。",
        "晨光電子\n2021年6月3日，公司宣布擴產。",
        "晨光電子自2021年6月3日起調價\n",
        "2021年6月3日起施行的新規定\n",
        "協議在 2021-06-03 生效。",
        "生效日期為2021年6月3日的合約",
        "晨光電子\n2021-02-30 09:12\n",
        "版本 1.2021.6.3\n",
        "",
    ],
)
def test_takes_no_date_from_running_text(head: str) -> None:
    assert find_head_date(head) is None


def test_prefers_metadata_to_what_stands_before_it() -> None:
    head = "晨光電子 2020-01-01\n公司在2019年5月5日成立。\n2021-06-03 09:12\n"
    assert find_head_date(head) == "2021-06-03"


def test_looks_only_at_the_head() -> None:
    assert find_head_date("晨光\n" * 200 + "2021-06-03 09:12\n") is None


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2020, 1, 31), -2, date(2019, 11, 30)),
        (date(2019, 12, 5), 1, date(2020, 1, 5)),
        (date(2019, 12, 5), 0, date(2019, 12, 5)),
    ],
)
def test_adds_months_within_the_calendar(day: date, months: int, moved: date) -> None:
    assert add_months(day, months) == moved
