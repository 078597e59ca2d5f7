"""Titles: of lists of persons, in rows, of chambers and parties, of places, and unlisted ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from reading import claims, document, in_both_scripts, label, named, only, read, said, shown
from reading import simplify as in_simplified

from kg.model import Span

Script = Callable[[str], str]


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (  # one chairman, though two names follow
            "晨星科技集團主席林海生、周若琳出席會議。",
            ["林海生 holdsRoleAt 晨星科技集團"],
        ),
        (  # a title that several may share
            "海岳大學教授林海生及周若琳出席會議。",
            ["林海生 holdsRoleAt 海岳大學", "周若琳 holdsRoleAt 海岳大學"],
        ),
        (  # a row: the body is named once
            "海岳大學校長林海生、副校長周若琳出席會議。",
            ["林海生 holdsRoleAt 海岳大學", "周若琳 holdsRoleAt 海岳大學"],
        ),
        (  # no row: a verb stands between
            "晨星科技集團董事長林海生批評總裁周若琳。",
            ["林海生 holdsRoleAt 晨星科技集團", "林海生 criticizes 周若琳"],
        ),
    ],
)
def test_who_of_several_holds_an_office(text: str, lines: list[str], script: Script) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("雲頂監管局長林海生到場。", "局長"),
        ("雲頂監管局前局長林海生到場。", "前局長"),
        ("雲頂監管局局長林海生到場。", "局長"),
    ],
)
def test_the_head_of_a_department(text: str, office: str, script: Script) -> None:
    graph = read(script(text))
    assert said(script(text)) == claims("林海生 holdsRoleAt 雲頂監管局")
    assert [claim.role for claim in graph.claims] == [script(office)]


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("雲頂監管局議員林海生到場。", ["林海生 holdsRoleAt 雲頂監管局"]),
        ("南洲國國會議員林海生到場。", ["林海生 holdsRoleAt 南洲國"]),
        ("青禾基金會議員林海生到場。", ["林海生 memberOf 青禾基金會"]),
        (
            "青禾基金會成員林海生、周若琳到場。",
            ["林海生 memberOf 青禾基金會", "周若琳 memberOf 青禾基金會"],
        ),
        ("青禾基金會林海生到場。", ["林海生 memberOf 青禾基金會"]),
        ("晨星科技集團林海生到場。", []),
    ],
)
def test_a_seat_is_held_in_a_chamber_and_for_a_party(
    text: str, lines: list[str], script: Script
) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("石橋市市長林海生到場。", ["林海生 holdsRoleAt 石橋市"]),
        ("南洲國總統林海生到場。", ["林海生 holdsRoleAt 南洲國"]),
        ("石橋市律師林海生到場。", ["林海生 locatedIn 石橋市"]),
        ("南洲國學者林海生到場。", ["林海生 locatedIn 南洲國"]),
    ],
)
def test_a_place_has_officers_but_no_lawyers(text: str, lines: list[str], script: Script) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    "text", ["林海生在2017年入職青禾銀行。", "林海生任職於青禾銀行。", "林海生在青禾銀行任職。"]
)
def test_working_for_somebody_has_no_title(text: str, script: Script) -> None:
    assert said(script(text)) == claims("林海生 holdsRoleAt 青禾銀行")


def titled(text: str, *titles: str) -> set[tuple[str, ...]]:
    """The claims and their titles where the recogniser has found *titles*."""
    offices = tuple(Span(text.index(one), text.index(one) + len(one)) for one in titles)
    found = replace(named().annotator.annotate(document(text)), offices=offices)
    extraction = named().extractor.extract(found)
    graph = named().resolve([extraction])
    return {(*shown(graph, claim), claim.role or "") for claim in graph.claims}


@pytest.mark.parametrize("title", ["首席調香師", "首席调香师"])
def test_a_title_in_no_list_is_one_where_the_recogniser_finds_it(title: str) -> None:
    text = f"青禾銀行{title}林海生到場。"
    assert said(text) == set()
    assert titled(text, title) == {
        ("林海生", "holdsRoleAt", "青禾银行", "asserted", "actual", title)
    }


def test_a_found_title_is_longer_than_the_listed_word_in_it() -> None:
    text = "青禾銀行總裁判官林海生到場。"
    assert {row[-1] for row in titled(text, "總裁判官")} == {"總裁判官"}


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("林海生辭去晨星科技集團董事長職務。", "林海生 holdsRoleAt 晨星科技集團 denied"),
        ("林海生昨日卸任晨星科技集團總裁。", "林海生 holdsRoleAt 晨星科技集團 denied"),
        ("林海生將辭任晨星科技集團總裁。", "林海生 holdsRoleAt 晨星科技集團 denied planned"),
        ("晨星科技集團總裁林海生卸任。", "林海生 holdsRoleAt 晨星科技集團"),
    ],
)
def test_who_leaves_an_office_holds_it_no_more(text: str, line: str, script: Script) -> None:
    assert said(script(text)) == claims(line)


def test_a_title_found_together_with_its_body_is_the_title_alone() -> None:
    text = "林海生繼續擔任青禾銀行行政總裁。"
    assert {row[1:3] + row[-1:] for row in titled(text, "青禾銀行行政總裁")} == {
        ("holdsRoleAt", "青禾银行", "行政總裁")
    }


def test_a_found_title_that_ends_with_a_listed_one_says_what_that_says() -> None:
    text = "青禾基金會候任議員林海生到場。"
    assert {row[1] for row in titled(text, "候任議員")} == {"memberOf"}


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("南洲國石橋市很大。", ["石橋市 locatedIn 南洲國"]),
        ("石橋市南洲國很大。", []),
    ],
)
def test_a_place_before_a_smaller_one_holds_it(text: str, lines: list[str], script: Script) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("香港下雨。特首林海生到場。", ["林海生 holdsRoleAt 香港"]),
        ("美國下雨。國務卿周若琳到場。", ["周若琳 holdsRoleAt 美國"]),
        ("香港下雨。澳門行政長官林海生到場。", ["林海生 holdsRoleAt 澳門"]),  # its own is nearer
        ("南洲國下雨。特首林海生到場。", []),  # 香港 is not named
        ("香港下雨。行政長官辦公室的林海生到場。", []),  # not right before him
    ],
)
def test_an_office_that_only_one_body_has(text: str, lines: list[str], script: Script) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
def test_the_evidence_of_such_an_office_is_its_own_clause(script: Script) -> None:
    (claim,) = read(script("香港下雨。那天很冷。特首林海生到場。")).claims
    assert [evidence.quote for evidence in claim.evidence] == [script("特首林海生到場")]


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (  # of two firms before a title the last one
            "青禾銀行與藍峰電子主席林海生會面。",
            ["林海生 holdsRoleAt 藍峰電子"],
        ),
        (  # the other office is of a body that has no name here
            "青禾銀行董事長兼漁業商會會長林海生到場。",
            ["林海生 holdsRoleAt 青禾銀行"],
        ),
        (
            "青禾銀行董事長兼署理總經理林海生到場。",
            ["林海生 holdsRoleAt 青禾銀行"],
        ),
        (  # who follows is not of the body of the first one's other office
            "董事長兼雲頂監管局委員林海生、秘書長周若琳到場。",
            ["林海生 holdsRoleAt 雲頂監管局"],
        ),
    ],
)
def test_two_offices_of_one_holder(text: str, lines: list[str], script: Script) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize("before", ["前", "候任", "署理", "代理"])
def test_the_role_says_whether_its_time_is_now(before: str, script: Script) -> None:
    claim = only(read(script(f"青禾銀行{before}主席林海生到場。")), "holdsRoleAt")
    assert claim.role == script(f"{before}主席")


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("南洲國駐聯合國大使林海生抵達。", ["林海生 holdsRoleAt 南洲國"]),
        ("駐聯合國大使林海生抵達。", []),  # who sends him is not said
        ("林海生是南洲國駐聯合國大使。", ["林海生 holdsRoleAt 南洲國"]),
        (  # the post is no object of 駐 that would take the person with it
            "南洲國駐聯合國大使林海生批評晨星科技集團。",
            ["林海生 holdsRoleAt 南洲國", "林海生 criticizes 晨星科技集團"],
        ),
    ],
)
def test_an_envoy_is_an_officer_of_who_sends_him(
    text: str, lines: list[str], script: Script
) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
def test_the_family_of_an_officer_holds_no_office(script: Script) -> None:
    assert said(script("南洲國總統夫人周若琳抵達。")) == set()


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        # of the place, whatever party he is of
        ("青禾基金會的石橋市市長林海生到場。", ["林海生 holdsRoleAt 石橋市"]),
        ("青禾基金會總統候選人林海生到場。", ["林海生 memberOf 青禾基金會"]),
        # what his body looks at is not his body
        ("關注南洲國問題的雲頂監管局議員林海生到場。", ["林海生 holdsRoleAt 雲頂監管局"]),
        ("在石橋市的總統林海生到場。", []),
        ("出席雲頂監管局會議的主席林海生到場。", []),
        # a programme is no body: its maker is
        (
            "碧波日報的節目《漣漪白皮書》記者林海生到場。",
            ["林海生 holdsRoleAt 碧波日報", "碧波日報 publishes 漣漪白皮書"],
        ),
        # who pleads for somebody is not in his service
        ("代表晨星科技集團的大律師林海生發問。", ["林海生 supports 晨星科技集團"]),
        ("大律師林海生代表晨星科技集團。", ["林海生 supports 晨星科技集團"]),
    ],
)
def test_of_several_bodies_the_office_is_of_one(
    text: str, lines: list[str], script: Script
) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        # Two offices: the second one is of the body that stands before it, known or not.
        ("青禾基金會發言人、某某堂社長林海生到場。", []),
        ("青禾基金會成員、石橋市社區主任林海生到場。", []),
        (
            "晨星科技集團董事長、總裁林海生到場。",
            ["林海生 holdsRoleAt 晨星科技集團"],
        ),
        (
            "晨星科技集團董事長及集團總裁林海生到場。",
            ["林海生 holdsRoleAt 晨星科技集團"],
        ),
        (
            "晨星科技集團創辦人兼行政總裁林海生到場。",
            ["林海生 founderOf 晨星科技集團", "林海生 holdsRoleAt 晨星科技集團"],
        ),
        # What is told of an officer says of nobody else that he is one.
        ("林海生上台。如今是南洲國總統敗選。", []),
    ],
)
def test_an_office_is_of_its_own_body(text: str, lines: list[str], script: Script) -> None:
    found = {row for row in said(script(text)) if row[1] in ("holdsRoleAt", "founderOf")}
    assert found == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("前青禾基金會主席林海生到場。", "前主席"),
        ("出席的包括前青禾基金會主席林海生。", "前主席"),
        ("青禾基金會前主席林海生到場。", "前主席"),
        ("選舉前青禾基金會主席林海生到場。", "主席"),
        ("青禾基金會名譽主席林海生到場。", "名譽主席"),
        ("海岳大學名譽高級顧問林海生到場。", "名譽高級顧問"),
    ],
)
def test_a_title_is_whole_and_tells_whether_it_is_held(
    text: str, title: str, script: Script
) -> None:
    assert only(read(script(text)), "holdsRoleAt").role == script(title)


def test_titles_that_touch_are_one() -> None:
    text = "雲頂監管局常任秘書長林海生到場。"
    assert {row[1:3] + row[-1:] for row in titled(text, "常任", "秘書長")} == {
        ("holdsRoleAt", "云顶监管局", "常任秘書長")
    }


@in_both_scripts
def test_an_office_that_one_body_has_is_of_no_other(script: Script) -> None:
    text = script("海岳大學校長、前特首林海生訪問香港。")
    graph = read(text)
    found = {
        (label(graph, str(claim.object)), claim.role)
        for claim in graph.claims
        if claim.predicate == "kg:holdsRoleAt"
    }
    assert found == {("香港", script("前特首")), (in_simplified("海岳大學"), script("校長"))}


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "青禾銀行職員林海生、青禾基金會成員周若琳到場。",
        "評論員林海生、青禾基金會成員周若琳到場。",
    ],
)
def test_a_member_in_a_row_is_one_alone(text: str, script: Script) -> None:
    members = {claim[0] for claim in said(script(text)) if claim[1] == "memberOf"}
    assert members == {"周若琳"}


@pytest.mark.parametrize("title", ["CEO", "消費者業務CEO", "雲事業群總裁", "大中華區總裁"])
def test_an_officer_of_a_firm_has_a_title_with_its_unit(title: str) -> None:
    (claim,) = [
        claim
        for claim in read(f"晨星科技集團{title}林海生到場。").claims
        if claim.predicate == "kg:holdsRoleAt"
    ]
    assert claim.role == title


@in_both_scripts
def test_who_is_replaced_does_not_take_the_office(script: Script) -> None:
    text = script("林海生接替周若琳擔任晨星科技集團主席。")
    assert {c for c in said(text) if c[1] == "holdsRoleAt"} == claims(
        "林海生 holdsRoleAt 晨星科技集團"
    )
