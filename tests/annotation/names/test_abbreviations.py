"""Short names beside the full ones."""

from __future__ import annotations

import pytest
from annotated import view_of

from kg.annotation.names.abbreviations import find_abbreviations

PERSON, COMPANY, BODY = "kg:Person", "kg:Company", "kg:GovernmentOrganization"


def abbreviations(cls: str, *names: str, known: str = "") -> set[tuple[str, str]]:
    """(short, full) among *names*, which make up the text, all of one class."""
    text = "，".join(names)
    view = view_of(text)
    mentions = []
    for name in names:
        start = 0 if not mentions else mentions[-1].span.end + 1
        iri = f"urn:{name}" if name == known else None
        mentions.append(view.mention(start, start + len(name), cls, 0.9, "x", iri))
    surface = {m.id: m.surface for m in mentions}
    found = find_abbreviations(view, mentions, frozenset({"南洲", "港"}))
    return {(surface[j.left], surface[j.right]) for j in found}


@pytest.mark.parametrize(
    ("cls", "short", "full"),
    [
        (PERSON, "林鄭", "林鄭若琳"),
        (PERSON, "欧阳", "欧阳海"),
        (PERSON, "科斯", "雷納德·科斯"),
        (PERSON, "Vane", "Mara Vane"),
        (PERSON, "Mara", "Mara Vane"),
        (PERSON, "海生", "林海生"),
        (PERSON, "高田", "高田健二"),
        (BODY, "行管會", "行政管理委員會"),
        (BODY, "环卫署", "环境卫生署"),
        (BODY, "財務委員會", "南洲財務委員會"),
        (BODY, "北京环研", "北京环境研究所"),
        (BODY, "港台", "香港電台"),
        (COMPANY, "青禾", "青禾科技有限公司"),
        (COMPANY, "青禾", "青禾集團"),
        (COMPANY, "青禾", "北京青禾科技有限公司"),
        ("kg:Country", "中", "中國"),
    ],
)
def test_short_for(cls: str, short: str, full: str) -> None:
    assert abbreviations(cls, full, short) == {(short, full)}
    assert abbreviations(cls, short, full) == {(short, full)}


@pytest.mark.parametrize(
    ("cls", "names"),
    [
        (PERSON, ("林海", "林海生")),  # no double surname
        (BODY, ("立法會", "立法會行政委員會")),  # the beginning is another body
        (BODY, ("財務委員會", "青雲財務委員會")),  # 青雲 is no name here
        (BODY, ("行管會", "行政管理學院")),  # ends otherwise
        (BODY, ("政管會", "行政管理委員會")),  # 政 begins no word
        (BODY, ("國商會", "中國青商會")),  # 國 alone names no place
        (BODY, ("洲財務委員會", "南洲財務委員會")),  # cut by mistake
        (BODY, ("南洲學會", "學會")),  # a word for any body of its kind
        (COMPANY, ("青禾", "青禾保德信人壽保險有限公司")),  # another firm's name stands in it
        (COMPANY, ("青禾", "青禾銀行")),
    ],
)
def test_what_is_not_short_for_it(cls: str, names: tuple[str, ...]) -> None:
    assert abbreviations(cls, *names) == set()


@pytest.mark.parametrize(
    ("full", "short"), [("沙河調查委員會", "調查委員會"), ("香港馬球會", "球會")]
)
def test_the_end_of_a_name_that_was_told_before(full: str, short: str) -> None:
    found = {(short, full)} if short == "調查委員會" else set()  # 球會 may be any club
    assert abbreviations(BODY, full, short) == found
    assert abbreviations(BODY, short, full) == set()


@pytest.mark.parametrize(
    ("cls", "names"),
    [
        (PERSON, ("林鄭", "林鄭若琳", "林鄭海生")),
        (PERSON, ("海生", "林海生", "周海生")),
        (BODY, ("沙河調查委員會", "石橋調查委員會", "調查委員會")),
        (BODY, ("行管會", "行政管理委員會", "行車管制委員會")),
        (COMPANY, ("青禾", "青禾集團", "青禾電器")),
    ],
)
def test_of_two_full_names_none_is_meant(cls: str, names: tuple[str, ...]) -> None:
    assert abbreviations(cls, *names) == set()


def test_a_known_short_name_is_not_read_by_its_characters() -> None:
    assert abbreviations(BODY, "行管會", "行政管理委員會", known="行管會") == set()


def test_the_judgement_gives_its_reason() -> None:
    view = view_of("林鄭若琳，林鄭")
    names = [view.mention(0, 4, PERSON, 0.9, "x"), view.mention(5, 7, PERSON, 0.9, "x")]
    (judgement,) = find_abbreviations(view, names, frozenset())
    assert judgement.reasons == ("林鄭 is short for 林鄭若琳",)
