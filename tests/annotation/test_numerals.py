"""The shared numeral grammar."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotation.numerals import NUMERAL, halfwidth, read_numeral


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("7", 7),
        ("1,300", 1300),
        ("2.1万", 21_000),
        ("416.62亿", 41_662_000_000),
        ("5亿4千万", 540_000_000),
        ("3万4000", 34_000),
        ("1千零20", 1020),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("一百零三", 103),
        ("四百五", 450),
        ("九万四", 94_000),
        ("两千四百五", 2450),
        ("五亿零六", 500_000_006),
        ("四万万", 400_000_000),
        ("三万亿", 3e12),
        ("千万", 10_000_000),
        ("六点五万", 65_000),
        ("三点一四", 3.14),
        ("二〇一八", 2018),
        ("二零一八", 2018),
        ("叁仟伍佰", 3500),
        ("零", 0),
    ],
)
def test_reads_numerals(numeral: str, value: float) -> None:
    assert read_numeral(numeral) == value
    assert re.fullmatch(NUMERAL, numeral)


@pytest.mark.parametrize(
    "text", ["", "家", "三家", "1e5", "nan", "inf", "1_000", "万家", "一" * 41]
)
def test_refuses_what_is_no_numeral(text: str) -> None:
    assert read_numeral(text) is None


@pytest.mark.parametrize("text", ["百分之", "千克", "兆瓦"])
def test_takes_no_scale_out_of_a_unit(text: str) -> None:
    assert re.match(NUMERAL, text) is None


@given(st.integers(0, 9999))
def test_reads_back_every_number_below_ten_thousand(number: int) -> None:
    assert read_numeral(_spelt(number)) == number


@given(st.integers(0, 10**12), st.sampled_from(["", "万", "亿"]))
def test_arabic_and_grouped_digits_agree(number: int, scale: str) -> None:
    assert read_numeral(f"{number:,}{scale}") == read_numeral(f"{number}{scale}")


def _spelt(number: int) -> str:
    """*number* in formal Chinese, a 零 for each gap."""
    if number == 0:
        return "零"
    digits = [int(digit) for digit in f"{number:04}"]
    spelt = ""
    for digit, scale in zip(digits, ("千", "百", "十", ""), strict=True):
        spelt += "零一二三四五六七八九"[digit] + (scale if digit else "")
    return re.sub("零+", "零", spelt).strip("零")


@given(st.text(max_size=200))
def test_halfwidth_keeps_the_length(text: str) -> None:
    assert len(halfwidth(text)) == len(text)


def test_halfwidth_changes_digits_and_signs_but_no_punctuation() -> None:
    assert halfwidth("１２．５％，ＡＢ（１，３００）。") == "12.5%，AB（1,300）。"
