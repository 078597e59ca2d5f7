"""The page's own scripts, as text: no name twice, no word missing, nothing that writes markup."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib.resources import files

import pytest

from kg.render import page

STATIC = files("kg.render") / "static"
SCRIPTS = {name: (STATIC / name).read_text("utf-8") for name in page._SCRIPTS}
WORDS = json.loads((STATIC / "strings.json").read_text("utf-8"))
# All scripts share one scope, where a second function of a name silently takes the first's place.
DECLARED = re.compile(r"^(?:async )?(?:function\*?|const|let|class) ([A-Za-z_$][\w$]*)", re.M)
NAMED = re.compile(
    r'\b(?:t|fill|amount|wordFor)\("(\w+)"|data-t(?:-label|-placeholder)?"?[:=] ?"(\w+)"'
)


def test_every_name_is_declared_once() -> None:
    names = Counter(name for text in SCRIPTS.values() for name in DECLARED.findall(text))
    assert [name for name, count in names.items() if count > 1] == []
    assert len(names) > 100


def test_every_script_of_the_folder_is_in_the_page() -> None:
    assert {one.name for one in STATIC.iterdir() if one.name.endswith(".js")} == set(SCRIPTS)


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_word_that_is_asked_for_is_there(name: str) -> None:
    asked = {key for pair in NAMED.findall(SCRIPTS[name]) for key in pair if key}
    assert asked <= set(WORDS["en"])


@pytest.mark.parametrize("name", SCRIPTS)
def test_nothing_writes_markup_or_asks_the_network(name: str) -> None:
    """But for the script of pages that are served, which may fetch."""
    banned = (
        r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|fetch|XMLHttpRequest"
    )
    banned += r"|WebSocket|EventSource|sendBeacon|importScripts)\b"
    found = re.findall(banned, re.sub(r"^ *//.*$", "", SCRIPTS[name], flags=re.M))
    assert found == (["fetch"] if name == page._REMOTE else [])


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_stay_short(name: str) -> None:
    assert len(SCRIPTS[name].splitlines()) <= 500
