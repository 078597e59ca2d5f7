"""Quantities: where they are found, and their value, range, comparator and unit."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotation.quantities import find_quantities
from kg.annotation.times import find_times
from kg.model import Comparator, Quantity, QuantityMention
from kg.script import simplify


def mentions(text: str) -> tuple[QuantityMention, ...]:
    simplified = simplify(text)
    return find_quantities(text, simplified, find_times(text, simplified, "2021-06-15"))


def quantities(text: str) -> list[Quantity]:
    return [mention.quantity for mention in mentions(text)]


@pytest.mark.parametrize(
    ("raw", "comparator", "value", "unit"),
    [
        ("300人", "=", 300, "人"),
        ("1,300名", "=", 1300, "名"),
        ("13 類", "=", 13, "類"),
        ("2.1 萬個", "=", 21_000, "個"),
        ("416.62億元", "=", 41_662_000_000, "元"),
        ("3萬4000人", "=", 34_000, "人"),
        ("三十五家", "=", 35, "家"),
        ("兩次", "=", 2, "次"),
        ("3個半小時", "=", 3.5, "個小時"),
        ("五倍", "=", 5, "倍"),
        ("1 分鍾", "=", 1, "分鍾"),
        ("4 個月", "=", 4, "個月"),
        ("75 週年", "=", 75, "週年"),
        ("8億元人民幣", "=", 8e8, "元人民幣"),
        ("1.95港元", "=", 1.95, "港元"),
        ("120千瓦", "=", 120, "千瓦"),
        ("20GB", "=", 20, "GB"),
        ("超過 100 個", ">", 100, "個"),
        ("逾 16 億美元", ">", 1.6e9, "美元"),
        ("突破500萬用戶", ">", 5e6, "用戶"),
        ("40多個", ">", 40, "個"),
        ("百餘家", ">", 100, "家"),
        ("500余萬人", ">", 5e6, "人"),
        ("三年多", ">", 3, "年"),
        ("兩個多月", ">", 2, "個月"),
        ("至少一家", ">=", 1, "家"),
        ("不低於5%", ">=", 5, "%"),
        ("70次以上", ">=", 70, "次"),
        ("65歲或以上", ">=", 65, "歲"),
        ("上千人", ">=", 1000, "人"),
        ("不到5人", "<", 5, "人"),
        ("不超過17.5%", "<=", 17.5, "%"),
        ("18歲以下", "<=", 18, "歲"),
        ("約140億元", "~", 1.4e10, "元"),
        ("近 1000 家", "~", 1000, "家"),
        ("近百款", "~", 100, "款"),
        ("30人左右", "~", 30, "人"),
        ("多達 60 種", "=", 60, "種"),
        ("高達七成", "=", 70, "%"),
        ("44%", "=", 44, "%"),
        ("４４％", "=", 44, "%"),
        ("三成", "=", 30, "%"),
        ("三成半", "=", 35, "%"),
        ("七成六", "=", 76, "%"),
        ("八折", "=", 80, "%"),
        ("百分之三十", "=", 30, "%"),
        ("百分之2.5", "=", 2.5, "%"),
        ("四分之一", "=", 25, "%"),
        ("千分之四", "=", 0.4, "%"),
        ("一半", "=", 50, "%"),
        ("過半", ">", 50, "%"),
        ("3.5個百分點", "=", 3.5, "個百分點"),
        ("負3.9%", "=", -3.9, "%"),
        ("半年", "=", 0.5, "年"),
        ("三年半", "=", 3.5, "年"),
        ("一個半月", "=", 1.5, "個月"),
        ("第三位", "=", 3, "位"),
        ("US$3.5億", "=", 3.5e8, "US$"),
        ("HK$20", "=", 20, "HK$"),
        ("NT$1,200元", "=", 1200, "NT$"),
        ("人民幣50元", "=", 50, "人民幣"),
    ],
)
def test_reads_quantities(raw: str, comparator: Comparator, value: float, unit: str) -> None:
    for text in (f"公司有{raw}，", f"，{raw}"):
        assert quantities(text) == [Quantity(value, None, comparator, unit, raw)]


@pytest.mark.parametrize(
    ("raw", "comparator", "least", "most", "unit"),
    [
        ("數十家", "~", 10, 99, "家"),
        ("幾十萬場", "~", 100_000, 999_999, "場"),
        ("數千萬用戶", "~", 1e7, 99_999_999, "用戶"),
        ("十幾家", "~", 10, 19, "家"),
        ("48萬幾宗", "~", 480_000, 489_999, "宗"),
        ("三四家", "~", 3, 4, "家"),
        ("二三十個", "~", 20, 30, "個"),
        ("七八成", "~", 70, 80, "%"),
        ("8位數美元", "=", 1e7, 99_999_999, "美元"),
        ("八位數美元", "=", 1e7, 99_999_999, "美元"),
        ("3至5家", "=", 3, 5, "家"),
        ("10-20萬人", "=", 100_000, 200_000, "人"),
        ("5%-10%", "=", 5, 10, "%"),
        ("3000元至1萬元", "=", 3000, 10_000, "元"),
        ("約8千到1萬小時", "~", 8000, 10_000, "小時"),
    ],
)
def test_reads_ranges(
    raw: str, comparator: Comparator, least: float, most: float, unit: str
) -> None:
    assert quantities(f"公司有{raw}，") == [Quantity(least, most, comparator, unit, raw)]


def test_numbers_of_two_measures_are_no_range() -> None:
    assert [q.raw for q in quantities("利潤減少15%至85億元，")] == ["15%", "85億元"]


@pytest.mark.parametrize(
    ("text", "raw", "value"),
    [
        ("用戶已破千萬。", "破千萬", 1e7),
        ("獎池1600萬", "1600萬", 1.6e7),
        ("約十多萬", "約十多萬", 1e5),
    ],
)
def test_a_large_or_modified_number_needs_no_unit(text: str, raw: str, value: float) -> None:
    (quantity,) = quantities(text)
    assert (quantity.raw, quantity.value, quantity.unit) == (raw, value, "")


def test_a_bare_rank_counts_as_a_place() -> None:
    assert quantities("晨光全球第一。") == [Quantity(1, None, "=", "位", "第一")]


def test_a_modifier_may_stand_apart_from_a_share() -> None:
    (quantity,) = quantities("合計不超過公司總股本的17.5%")
    assert (quantity.comparator, quantity.raw) == ("<=", "17.5%")


@pytest.mark.parametrize(
    "text",
    [
        "一個新的開始，一些人，一方面，一種感覺，一家公司，一名記者，一位顧問，一項計劃",
        "鴻星OS 2.0 和 PUBG、UN75、2019Q4、600606.SH",
        "COVID-19，5G，4K，iPhone 12",
        "第三方，第一時間，第72條，第十五屆",
        "百度、萬達、萬科、十分重要、萬分感謝、千萬不要",
        "半導體，第一半導體，上半年",
        "2018年3月5日下午6點",
        "01",
        "192.168.1.1 與 888-000-9999",
        "12:30，3:2，約10時",
        "https://example.org/?q=30%25&n=5個",
        "世界五百強，成千上萬",
        "《基本法》廿三條",
    ],
)
def test_what_only_looks_like_a_quantity(text: str) -> None:
    assert quantities(text) == []


def test_times_are_left_alone() -> None:
    text = "2018年3月，近三年來，12月5日有5家"
    assert [quantity.raw for quantity in quantities(text)] == ["5家"]


def test_both_scripts_read_alike_and_keep_their_own_signs() -> None:
    assert quantities("超過100個，數十億美元，週年") != quantities("超过100个，数十亿美元，周年")
    assert [q.value for q in quantities("超過100個，數十億美元")] == [100, 1e9]
    assert [q.unit for q in quantities("超过100个，数十亿美元")] == ["个", "美元"]


_PIECES = (
    "超過|約|不到|數|幾|1|3,000|十|五|百|萬|億|多|餘|個|家|%|元|美元|成|半|年|至|-|US$|第|位數|分之|"
    "以上| |。"
)


@given(st.lists(st.sampled_from(_PIECES.split("|")), max_size=25).map("".join))
def test_spans_slice_back_and_never_overlap(text: str) -> None:
    simplified = simplify(text)
    times = find_times(text, simplified, "2021-06-15")
    found = find_quantities(text, simplified, times)
    assert all(mention.span.of(text) == mention.quantity.raw != "" for mention in found)
    spans = sorted([mention.span for mention in found] + [mention.span for mention in times])
    assert all(a.end <= b.start for a, b in pairwise(spans))
    ranges = [(q.value, q.max) for q in (m.quantity for m in found) if q.max is not None]
    assert all(low < high for low, high in ranges)


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert all(mention.span.of(text) == mention.quantity.raw for mention in mentions(text))


@pytest.mark.parametrize("piece", ["1 ", "一", "1-", "1,", "超過", "1至", "第", "半"])
def test_giant_lines_are_read_to_their_end(piece: str) -> None:
    """A pattern that backtracks would not come back from these."""
    text = piece * (100_000 // len(piece))
    found = find_quantities(text, text, ())
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))


def test_a_megabyte_of_digits_is_no_quantity() -> None:
    assert find_quantities("1" * 10**6, "1" * 10**6, ()) == ()
