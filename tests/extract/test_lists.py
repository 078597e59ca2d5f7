"""Words that stand for a list of names told before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import in_both_scripts, read, shown

from kg.script import simplify

Script = Callable[[str], str]
LISTED = "林海生、周若琳到場。"


def critics(text: str) -> dict[str, str]:
    """Who criticises, with the reason that says for whom the word stands."""
    graph = read(text)
    return {
        shown(graph, claim)[0]: next((r.text for r in claim.reasons if "stands" in r.text), "")
        for claim in graph.claims
        if claim.predicate == "kg:criticizes"
    }


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "word"),
    [
        (LISTED + "兩人批評青禾銀行。", "兩人"),
        (LISTED + "兩名議員批評青禾銀行。", "兩名議員"),
        (LISTED + "他們批評青禾銀行。", "他們"),
        ("林海生昨日會見周若琳。兩人批評青禾銀行。", "兩人"),  # no list, but no other
        ("林海生與周若琳到場，二人批評青禾銀行。", "二人"),
    ],
)
def test_the_list_before_is_meant(text: str, word: str, script: Script) -> None:
    found = critics(script(text))
    assert set(found) == {"林海生", "周若琳"}
    assert set(found.values()) == {script(f"{word} stands for 林海生、周若琳")}


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        LISTED + "三人批評青禾銀行。",  # another number
        LISTED + "兩家銀行批評青禾銀行。",  # another kind
        LISTED + "天氣很好。天氣很好。兩人批評青禾銀行。",  # too far
        "林海生到場。他們批評青禾銀行。",  # no list
        "林海生到場。他會見周若琳。兩人批評青禾銀行。",  # who he is nobody knows yet
        LISTED + "逾兩人批評青禾銀行。",  # about so many
    ],
)
def test_what_stands_for_no_list(text: str, script: Script) -> None:
    assert not set(critics(script(text))) & {"林海生", "周若琳"}


@in_both_scripts
def test_the_former_and_the_latter(script: Script) -> None:
    text = script("林海生與周若琳到場。前者批評青禾銀行，後者批評藍峰電子。")
    graph = read(text)
    said = {shown(graph, c)[:3] for c in graph.claims if c.predicate == "kg:criticizes"}
    assert said == {
        ("林海生", "criticizes", simplify("青禾銀行")),
        ("周若琳", "criticizes", simplify("藍峰電子")),
    }


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("晨星科技集團遇上藍峰電子，雙方合作。", {"晨星科技集團", "藍峰電子"}),
        ("日本外相林海生遇上美國總統周若琳，兩國合作。", {"日本", "美國"}),
        ("日本首相林海生遇上美國總統周若琳，雙方合作。", {"林海生", "周若琳"}),
        ("晨星科技集團向南洲國車廠藍峰電子投資，雙方合作。", {"晨星科技集團", "藍峰電子"}),
    ],
)
def test_both_are_the_last_two_of_their_kind(text: str, ends: set[str], script: Script) -> None:
    graph = read(script(text))
    found = [shown(graph, c) for c in graph.claims if c.predicate == "kg:partnerOf"]
    assert [set(one[0:3:2]) for one in found] == [{simplify(end) for end in ends}]


@in_both_scripts
def test_what_somebody_is_a_member_of_is_none_of_the_two(script: Script) -> None:
    text = script("林海生和周若琳作為青禾基金會成員，責任重大。雙方批評青禾銀行。")
    assert set(critics(text)) == {simplify("林海生"), simplify("周若琳")}
