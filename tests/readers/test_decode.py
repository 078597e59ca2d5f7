"""Every encoding gives the same text; what is no text is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import EncodingError, SourceError
from kg.readers.decode import decode

HANT = "晨星科技昨日宣布，與南港大學合作開發新的雲端平台，預計明年投入使用。"
HANS = "晨星科技昨日宣布，与南港大学合作开发新的云端平台，预计明年投入使用。"
CANTONESE = "佢哋話呢間公司嘅產品好咗好多，喺香港嘅客人都鍾意用。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (HANT, "utf-8"),
        (HANT, "utf-8-sig"),
        (HANT, "utf-16"),
        (HANT, "cp950"),
        (HANT, "big5hkscs"),
        (HANT, "gbk"),
        (HANT, "gb18030"),
        (HANS, "utf-8"),
        (HANS, "utf-16"),
        (HANS, "gb2312"),
        (HANS, "gbk"),
        (HANS, "gb18030"),
        (CANTONESE, "big5hkscs"),
        (HANS + "😀", "gb18030"),
        ("The minister, 林一凡, has resigned.", "gb18030"),
        ("He said “no”.", "utf-8"),
    ],
)
def test_a_text_reads_the_same_in_each_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("大學的校長來了", "cp950"),
        ("政府說不會加稅", "cp950"),
        ("公司今年的收入", "cp950"),
        ("大学的校长来了", "gb18030"),
        ("政府说不会加税", "gb18030"),
        ("公司今年的收入", "gb18030"),
        ("政府說不會加稅", "gbk"),
        ("大學的校長來了", "gbk"),
    ],
)
def test_seven_characters_are_enough(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("bom", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_both_byte_orders_of_utf_16(bom: bytes) -> None:
    encoding = "utf-16-le" if bom == codecs.BOM_UTF16_LE else "utf-16-be"
    assert decode(bom + HANT.encode(encoding), "a.txt") == HANT


def test_only_one_byte_order_mark_is_removed() -> None:
    assert decode("\ufeff\ufeffa".encode(), "a.txt") == "\ufeffa"


def test_line_ends_stay() -> None:
    assert decode(b"a\r\nb\rc\n", "a.txt") == "a\r\nb\rc\n"


def test_what_a_page_declares_goes_before_the_guess() -> None:
    # No frequent character is in it, so it could not be told without the declaration.
    rare = "龘靐齉".encode("gb18030")
    assert decode(rare, "a.html", "GBK") == "龘靐齉"
    with pytest.raises(EncodingError):
        decode(rare, "a.html")


def test_a_false_declaration_is_not_followed() -> None:
    assert decode(HANT.encode(), "a.html", "big5") == HANT
    assert decode(HANS.encode("gbk"), "a.html", "utf-8") == HANS


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            "昨日の会議で、社長は新しい製品の発売を発表しました。来年の春から全国で販売される。",
            "shift_jis",
        ),
        (
            "昨日の会議で、社長は新しい製品の発売を発表しました。来年の春から全国で販売される。",
            "euc_jp",
        ),
        (
            "어제 회의에서 사장은 신제품 출시를 발표했습니다. 내년 봄부터 판매될 예정입니다.",
            "euc_kr",
        ),
        ("Вчера директор объявил о выпуске нового продукта весной.", "cp1251"),
        ("Le président a annoncé l’ouverture d’un café.", "cp1252"),
    ],
)
def test_other_encodings_are_refused(text: str, encoding: str) -> None:
    with pytest.raises(EncodingError, match=r"a\.txt .*convert it to UTF-8"):
        decode(text.encode(encoding), "a.txt")


@pytest.mark.parametrize("data", [HANT.encode()[:-1], b"\xff\xfea", codecs.BOM_UTF8 + b"\xff"])
def test_damaged_unicode_is_refused(data: bytes) -> None:
    with pytest.raises(EncodingError, match="UTF-8"):
        decode(data, "a.txt")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"text with one NUL\0 in it",
        "UTF-16 without a mark".encode("utf-16-le"),
        bytes(range(1, 32)),
    ],
)
def test_binary_data_have_a_message_of_their_own(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"a\.txt is binary data"):
        decode(data, "a.txt")


def test_a_few_control_characters_are_text() -> None:
    text = "a page\f and an escape\x1b in a longer sentence than that"
    assert decode(text.encode(), "a.txt") == text


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"))))
def test_utf_8_is_the_identity(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode(), "a.txt") == text
