"""Persons by the offices that the text gave them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from annotated import view_of

from kg.annotation.names.officers import find_ministries, find_officers
from kg.model import Span
from kg.script import simplify

in_both_scripts = pytest.mark.parametrize("script", [str, simplify], ids=["Hant", "Hans"])
Script = Callable[[str], str]
NAMES = ("林海生", "周若琳")


def officers(text: str, script: Script = str) -> list[tuple[str, str]]:
    """(words, whom they stand for) in the text."""
    view = view_of(script(text))
    names = [
        view.mention(at, at + len(name), "kg:Person", 0.9, "x")
        for name in map(script, NAMES)
        for at in view.occurrences(simplify(name))
    ]
    full = {mention.id: mention.surface for mention in names}
    links = list(find_officers(view, sorted(names, key=lambda m: m.span)))
    assert all(mention.is_anaphor and judgement.reasons for mention, judgement in links)
    return [(mention.surface, full[judgement.right]) for mention, judgement in links]


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("議員林海生批評政府。這名議員又批評警方。", "這名議員"),
        ("藍峰電子創辦人林海生捐款，大會感謝這位創辦人。", "這位創辦人"),
        ("藍峰電子總裁林海生辭職。總裁表示遺憾。", "總裁"),
        ("林海生校長到場。天好。校長又致辭。", "校長"),
    ],
)
def test_a_title_stands_for_its_holder(text: str, words: str, script: Script) -> None:
    assert officers(text, script) == [(script(words), script("林海生"))]


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "總裁表示遺憾。藍峰電子總裁林海生辭職。",  # before he is named
        "藍峰電子總裁林海生到場。青禾銀行總裁表示遺憾。",  # the officer of another body
        "藍峰電子總裁林海生到場。總裁周若琳表示遺憾。",  # two hold it, and it goes with a name
        "藍峰電子總裁林海生到場。周若琳出任總裁。",  # an office, no person
        "議員林海生到場。議員表示遺憾。",  # many are
        "議員林海生、議員周若琳到場。這名議員表示遺憾。",  # either
        "議員林海生和周若琳到場。這名議員表示遺憾。",
        "議員林海生到場。" + "天好。" * 70 + "這名議員表示遺憾。",  # too far back
    ],
)
def test_a_title_that_stands_for_nobody_here(text: str, script: Script) -> None:
    assert officers(text, script) == []


@in_both_scripts
@pytest.mark.parametrize(
    ("office", "ministry"),
    [
        ("外交部長", "外交部"),
        ("國防部長", "國防部"),
        ("事業部長", None),
        ("外交官", None),
        ("部長", None),
    ],
)
def test_the_ministry_in_the_office_of_its_head(
    office: str, ministry: str | None, script: Script
) -> None:
    view = view_of(script(f"昨日{office}林海生到場。"))
    found = list(find_ministries(view, [Span(2, 2 + len(office))]))
    assert [(m.surface, m.cls) for m in found] == (
        [(script(ministry), "kg:GovernmentOrganization")] if ministry else []
    )
