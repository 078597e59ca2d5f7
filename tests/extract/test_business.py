"""Business news: advisers, customers, listings, places of work, products that come to a country."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import claims, events, in_both_scripts, read, said

Script = Callable[[str], str]

SAID = {
    # who advises, places shares or is hired
    "青禾銀行擔任晨星科技集團的財務顧問。": ["青禾銀行 supports 晨星科技集團"],
    "晨星科技集團由青禾銀行擔任聯席保薦人。": ["青禾銀行 supports 晨星科技集團"],
    "晨星科技集團聘請了青禾銀行。": ["青禾銀行 supports 晨星科技集團"],
    "晨星科技集團準備招股，聯席保薦人是青禾銀行。": ["青禾銀行 supports 晨星科技集團"],
    # customers
    "晨星科技集團的主要客戶包括藍峰電子和白露影業。": [
        "晨星科技集團 suppliesTo 藍峰電子",
        "晨星科技集團 suppliesTo 白露影業",
    ],
    "晨星科技集團發展迅速，主要客戶包括藍峰電子。": ["晨星科技集團 suppliesTo 藍峰電子"],
    "藍峰電子是晨星科技集團的最大客戶。": ["晨星科技集團 suppliesTo 藍峰電子"],
    # nouns in a row: its shareholders include …
    "晨星科技集團的股東包括青禾銀行。": ["青禾銀行 investsIn 晨星科技集團"],
    # what is over
    "晨星科技集團暫停了與藍峰電子的業務往來。": ["晨星科技集團 partnerOf 藍峰電子 denied"],
    "晨星科技集團停止向藍峰電子提供NovaOS。": ["晨星科技集團 supports 藍峰電子 denied"],
    # places of work
    "晨星科技集團在石橋市設有設計中心。": ["晨星科技集團 locatedIn 石橋市"],
    # products
    "晨星科技集團將LumaPad引進南洲國。": ["LumaPad availableIn 南洲國"],
    "LumaPad支援PolarNote。": ["LumaPad uses PolarNote"],
}


@in_both_scripts
@pytest.mark.parametrize(("text", "lines"), SAID.items())
def test_it_is_read(text: str, lines: list[str], script: Script) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "晨星科技集團與客戶會面，藍峰電子沒有回應。",
        "晨星科技集團向青禾銀行牽頭的財團收購數據供應商藍峰電子。",  # whose supplier, is not said
        "晨星科技集團股價上升。青禾銀行等擔任聯席保薦人。",  # of whom, the sentence does not say
        "藍峰電子方面未予回應。LumaPad以壟斷為由起訴青禾銀行。",  # 藍峰電子 does not
    ],
)
def test_nothing_is_made_up(text: str, script: Script) -> None:
    kinds = {claim[1] for claim in said(script(text))}
    assert not kinds & {"supports", "suppliesTo", "sues", "partnerOf"}


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("藍峰電子2011年5月在晨星交易所上市。", "上市"),
        ("藍峰電子正式登陸科創板。", "登陆"),
        ("藍峰電子計劃赴港上市。", "上市"),
    ],
)
def test_a_firm_lists(text: str, trigger: str, script: Script) -> None:
    (event,) = events(read(script(text)))
    assert (event.cls, len(event.participants)) == ("kg:StockOffering", 1)


@in_both_scripts
def test_a_bank_that_serves_takes_no_office(script: Script) -> None:
    assert events(read(script("青禾銀行擔任晨星科技集團的財務顧問。"))) == []
