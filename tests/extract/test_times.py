"""Which time a claim is given."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import in_both_scripts, only, read

Script = Callable[[str], str]


def start(text: str, relation: str = "acquires") -> str | None:
    time = only(read(text), relation).time
    return time.start if time else None


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("晨星科技集團收購藍峰電子。", None),
        ("2019年晨星科技集團收購藍峰電子。", "2019"),
        ("2019年3月，晨星科技集團收購藍峰電子。", "2019-03"),
        ("晨星科技集團於2019年3月5日收購藍峰電子。", "2019-03-05"),
        ("2018年成立的晨星科技集團2019年收購藍峰電子。", "2019"),
        ("晨星科技集團2018年上市，2019年收購藍峰電子。", "2019"),
        ("2019年，天氣很好，晨星科技集團收購藍峰電子。", "2019"),
        ("2018年天氣很好。晨星科技集團收購藍峰電子。", None),
        # The day of saying is not that of what is said, that of a deed which is said is.
        ("昨日，林海生表示，晨星科技集團收購藍峰電子。", None),
        ("昨日，晨星科技集團宣布，晨星科技集團收購藍峰電子。", "2021-06-14"),
        ("林海生昨日表示晨星科技集團收購藍峰電子。", None),
        ("林海生昨日證實晨星科技集團收購藍峰電子。", None),
        ("林海生昨日透露，晨星科技集團2019年收購藍峰電子。", "2019"),
        # The time of a clause that describes a name.
        ("晨星科技集團收購2018年成立的藍峰電子。", None),
        ("2018年成立的晨星科技集團收購藍峰電子。", None),
        ("在2019年3月舉行的論壇上晨星科技集團收購藍峰電子。", "2019-03"),
        # A time at the end of a clause is set off from nothing.
        ("林海生的任期延長至2025年，晨星科技集團收購藍峰電子。", None),
        ("林海生在2019年，即大選後，指示晨星科技集團收購藍峰電子。", "2019"),
        # A clause that leaves out its subject shares the day of the one before, but no year.
        ("晨星科技集團在3月5日召開大會，收購藍峰電子。", "2021-03-05"),
        ("晨星科技集團在2018年召開大會，收購藍峰電子。", None),
        # The time of a noun.
        ("根據2018年的協議晨星科技集團收購藍峰電子。", None),
        # A clause that goes on with the one before; one that only follows it.
        ("晨星科技集團2018年上市，並收購藍峰電子。", "2018"),
        # The day that was told last.
        ("林海生在2019年3月5日辭職。晨星科技集團隨即收購藍峰電子。", "2019-03-05"),
    ],
)
def test_the_nearest_time_of_the_clause_else_of_the_sentence(
    text: str, expected: str | None, script: Script
) -> None:
    assert start(script(text)) == expected


@in_both_scripts
def test_each_clause_has_its_own_time(script: Script) -> None:
    text = script("2019年晨星科技集團收購藍峰電子，2020年投資青禾銀行。")
    assert (start(text), start(text, "investsIn")) == ("2019", "2020")


@in_both_scripts
def test_one_statement_of_two_times_is_two_claims(script: Script) -> None:
    graph = read(script("2018年晨星科技集團投資藍峰電子。2020年晨星科技集團投資藍峰電子。"))
    assert sorted(claim.time.start or "" for claim in graph.claims if claim.time) == [
        "2018",
        "2020",
    ]
    assert len({claim.key for claim in graph.claims}) == 2


@in_both_scripts
def test_a_date_beside_an_office_is_not_when_it_began(script: Script) -> None:
    text = script("2019年晨星科技集團董事長林海生收購藍峰電子。")
    assert (start(text), start(text, "holdsRoleAt")) == ("2019", None)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("林海生昨日批評藍峰電子。", "2021-06-14"),
        ("林海生昨日表示，對藍峰電子感到失望。", "2021-06-14"),
        ("林海生昨日發表聲明，批評藍峰電子。", "2021-06-14"),
        ("周若琳昨日表示，林海生批評藍峰電子。", None),
    ],
)
def test_a_stance_is_taken_when_it_is_told(text: str, expected: str | None, script: Script) -> None:
    assert start(script(text), "criticizes") == expected


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The day of the sentence before, in its paragraph.
        ("晨星科技集團6月3日召開大會。會上收購藍峰電子。", "2021-06-03"),
        ("白露影業昨日停業，藍峰電子6月3日開會。晨星科技集團收購藍峰電子。", "2021-06-03"),
        # The only day that the article tells, from whatever paragraph.
        ("白露影業今日停業。\n晨星科技集團收購藍峰電子。", "2021-06-15"),
        ("白露影業今日停業。\n青禾銀行昨日停業。\n晨星科技集團收購藍峰電子。", None),
        # It was before, or in a clause of its own time, or is still to come.
        ("白露影業今日停業。晨星科技集團早前收購藍峰電子。", None),
        ("白露影業今日停業。林海生上任時晨星科技集團收購藍峰電子。", None),
        ("白露影業今日停業。晨星科技集團計劃收購藍峰電子。", None),
        ("白露影業將於8月3日停業。晨星科技集團收購藍峰電子。", None),
        # The time told last is no day, or that of a noun.
        ("白露影業今日停業，2018年開業。晨星科技集團收購藍峰電子。", None),
        ("這是6月3日的消息。晨星科技集團收購藍峰電子。", None),
    ],
)
def test_a_deed_without_a_time_is_of_the_day_told_before(
    text: str, expected: str | None, script: Script
) -> None:
    assert start(script(text)) == expected


@in_both_scripts
def test_a_state_has_no_day_of_the_text_before_it(script: Script) -> None:
    text = script("白露影業今日停業。晨星科技集團是藍峰電子的股東。")
    assert start(text, "investsIn") is None


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("南洲國目前有5000宗確診個案。", "2021-06-15"),
        ("南洲國5月3日有5000宗確診個案。", "2021-05-03"),
        ("南洲國錄得5000宗確診個案。", None),
    ],
)
def test_a_number_that_holds_now_is_of_the_articles_day(
    text: str, expected: str | None, script: Script
) -> None:
    assert start(script(text), "hasMetric") == expected


@in_both_scripts
def test_an_officer_says_so_for_his_body_when_he_says_it(script: Script) -> None:
    text = script("南洲國總統林海生周一表示，南洲國批評雲頂監管局。")
    assert start(text, "criticizes") == "2021-06-14"


@in_both_scripts
def test_the_time_of_what_somebody_is_charged_with_is_not_that_of_the_charge(
    script: Script,
) -> None:
    assert start(script("雲頂監管局指控林海生在5月3日行賄。"), "criticizes") is None
    assert start(script("雲頂監管局5月3日指控林海生行賄。"), "criticizes") == "2021-05-03"


@in_both_scripts
def test_who_does_so_too_does_it_then(script: Script) -> None:
    text = script("白露影業昨日停業，晨星科技集團亦收購藍峰電子。")
    assert start(text) == "2021-06-14"
