"""Verdicts of the reader: on the cards, in the graph, in a file and back from it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from hostile import HOSTILE, hostile_graph
from opened import Open, Opened
from papers import FROST, LAKE, papers_graph

from kg.model import Json
from kg.verdicts import read_verdicts

pytestmark = pytest.mark.browser


def select(opened: Opened, id_: str) -> None:
    opened.page.evaluate("(id) => window.claimgraph.change({ selected: id })", id_)


def judge_claim(opened: Opened, claim: str, verdict: str) -> None:
    select(opened, claim)
    opened.page.click(f"#panel [data-claim={claim}] [data-judge={verdict}]")


def compare(opened: Opened, first: str, second: str, verdict: str) -> None:
    """Say of two entities, by name, whether they are one."""
    select(opened, opened.names()[first])
    opened.page.click("#compare")
    select(opened, opened.names()[second])
    opened.page.click(f"#panel .sameness [data-judge={verdict}]")


def save(opened: Opened) -> list[Json]:
    with opened.page.expect_download() as caught:
        open_menu(opened)
        opened.page.click("#save-verdicts")
    assert caught.value.suggested_filename.endswith(".jsonl")
    lines = Path(caught.value.path()).read_text(encoding="utf-8").splitlines()
    open_menu(opened, False)
    return [json.loads(line) for line in lines]


def open_menu(opened: Opened, wanted: bool = True) -> None:
    opened.page.evaluate("(open) => { document.getElementById('judge').open = open; }", wanted)


def load(opened: Opened, text: str) -> None:
    open_menu(opened)
    file = {"name": "v.jsonl", "mimeType": "application/x-ndjson", "buffer": text.encode()}
    opened.page.set_input_files("#verdicts-file", file)
    opened.page.locator("#toast:not(:empty)").wait_for()


def count(opened: Opened) -> int:
    return int(opened.text("#judge-count").split("·")[1])


def green(opened: Opened) -> int:
    """How much of the canvas has the colour of what was found right."""
    found: int = opened.page.evaluate(
        """(() => { const canvas = document.querySelector("#graph canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        let found = 0;
        for (let i = 0; i < data.length; i += 4)
            if (data[i] === 22 && data[i + 1] === 163 && data[i + 2] === 74) found += 1;
        return found; })()"""
    )
    return found


def test_a_verdict_on_a_claim_stands_on_the_card_and_in_the_file(open_page: Open) -> None:
    opened = open_page(papers_graph())
    judge_claim(opened, "c0", "right")
    judge_claim(opened, "c1", "wrong")
    assert count(opened) == 2
    assert opened.text("#panel .verdict") == "✗ 錯誤"
    pressed = "#panel [data-claim=c1] [data-judge={}]"
    assert opened.page.get_attribute(pressed.format("wrong"), "aria-pressed") == "true"
    assert opened.page.get_attribute(pressed.format("right"), "aria-pressed") == "false"
    records = save(opened)
    assert [(r["claim"], r["verdict"], r["by"]) for r in records] == [
        ("aa01", "right", ""),
        ("aa02", "wrong", ""),
    ]
    assert all(datetime.fromisoformat(record["at"]).tzinfo for record in records)
    assert all(record.keys() == {"claim", "verdict", "by", "at"} for record in records)
    opened.assert_quiet()


def test_the_verdict_changes_and_is_withdrawn(open_page: Open) -> None:
    opened = open_page(papers_graph())
    judge_claim(opened, "c0", "right")
    judge_claim(opened, "c0", "wrong")
    assert count(opened) == 1
    assert save(opened)[0]["verdict"] == "wrong"
    judge_claim(opened, "c0", "wrong")
    assert count(opened) == 0
    assert opened.page.locator("#panel .verdict").count() == 0


def test_two_entities_are_the_same_or_not(open_page: Open) -> None:
    opened = open_page(papers_graph())
    compare(opened, "翠湖電子", "霜葉科技", "different")
    (record,) = save(opened)
    assert {record["left"], record["right"]} == {LAKE, FROST}
    assert record["verdict"] == "different"
    assert record.keys() == {"left", "right", "verdict", "by", "at"}
    assert "≠" in opened.text("#panel .sameness")
    select(opened, opened.names()["翠湖電子"])
    assert "霜葉科技" in opened.text("#panel .sameness")  # at the other end too
    opened.assert_quiet()


def test_the_file_is_what_a_build_reads(open_page: Open) -> None:
    opened = open_page(papers_graph())
    judge_claim(opened, "c1", "wrong")
    compare(opened, "翠湖電子", "霜葉科技", "different")
    open_menu(opened)
    with opened.page.expect_download() as caught:
        opened.page.click("#save-verdicts")
    read = read_verdicts([Path(caught.value.path())])
    assert {key: review.ruling for key, review in read.claims.items()} == {"aa02": "wrong"}
    assert read.apart == (tuple(sorted((LAKE, FROST))),)


def test_the_order_of_the_two_does_not_matter(open_page: Open) -> None:
    opened = open_page(papers_graph())
    compare(opened, "翠湖電子", "霜葉科技", "same")
    load(opened, json.dumps({"left": FROST, "right": LAKE, "verdict": "different"}))
    assert [record["verdict"] for record in save(opened)] == ["different"]


def test_comparing_can_be_stopped(open_page: Open) -> None:
    opened = open_page(papers_graph())
    select(opened, "n0")
    opened.page.click("#compare")
    assert "第二個實體" in opened.text("#toast")
    opened.page.click("#panel .sameness >> text=取消比較")
    select(opened, "n1")
    assert opened.page.locator("#panel .sameness [data-judge]").count() == 0


def test_verdicts_are_drawn_in_the_graph(open_page: Open) -> None:
    opened = open_page(papers_graph())
    before = green(opened)
    judge_claim(opened, "c0", "right")
    opened.page.wait_for_timeout(100)
    after = green(opened)
    assert after > before + 60
    compare(opened, "翠湖電子", "霜葉科技", "same")
    opened.page.wait_for_timeout(100)
    assert green(opened) > after + 60


def test_the_name_of_the_judge_goes_into_the_file(open_page: Open) -> None:
    opened = open_page(papers_graph())
    open_menu(opened)
    opened.page.fill("#judge-name", " 沈若蘭 ")
    open_menu(opened, False)
    judge_claim(opened, "c0", "right")
    assert save(opened)[0]["by"] == "沈若蘭"
    open_menu(opened)
    assert opened.page.input_value("#judge-name") == "沈若蘭"


def test_the_name_is_of_what_was_judged_before_too_but_not_of_others(open_page: Open) -> None:
    opened = open_page(papers_graph())
    load(opened, json.dumps({"claim": "aa02", "verdict": "wrong", "by": "林審"}))
    judge_claim(opened, "c0", "right")
    open_menu(opened)
    opened.page.fill("#judge-name", "沈若蘭")
    open_menu(opened, False)
    assert {one["claim"]: one["by"] for one in save(opened)} == {"aa01": "沈若蘭", "aa02": "林審"}


def test_a_file_is_loaded_again(open_page: Open) -> None:
    opened = open_page(papers_graph())
    judge_claim(opened, "c0", "right")
    compare(opened, "翠湖電子", "霜葉科技", "different")
    records = save(opened)
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    fresh = open_page(papers_graph())
    load(fresh, text)
    assert count(fresh) == 2
    select(fresh, "c0")
    assert fresh.text("#panel .verdict") == "✓ 正確"
    assert save(fresh) == records
    fresh.assert_quiet()


BAD_LINES = [
    "no json",
    "[]",
    "null",
    "7",
    '"aa01"',
    "{}",
    '{"claim": "aa01"}',
    '{"claim": "", "verdict": "right"}',
    '{"left": "", "right": "b", "verdict": "same"}',
    '{"claim": "aa01", "verdict": "same"}',
    '{"claim": 1, "verdict": "right"}',
    '{"claim": "aa01", "verdict": "right", "by": {}}',
    '{"left": "a", "right": "a", "verdict": "same"}',
    '{"left": "a", "right": "b", "verdict": "right"}',
    '{"__proto__": {"claim": "aa01", "verdict": "right"}}',
    '{"claim": "aa01", "verdict": "__proto__"}',
]


@pytest.mark.parametrize("line", BAD_LINES)
def test_what_is_no_verdict_is_left_out_and_counted(open_page: Open, line: str) -> None:
    opened = open_page(papers_graph())
    load(opened, f'{line}\n\n{{"claim": "aa02", "verdict": "wrong"}}\n')
    assert "載入 1 條判斷，略過 1 條" in opened.text("#toast")
    assert [record["claim"] for record in save(opened)] == ["aa02"]
    opened.assert_quiet()


def test_verdicts_of_another_build_are_kept(open_page: Open) -> None:
    opened = open_page(papers_graph())
    load(
        opened,
        '{"claim": "__proto__", "verdict": "right"}\n{"left": "x", "right": "y", "verdict": "same"}',
    )
    assert len(save(opened)) == 2
    opened.assert_quiet()


def test_verdicts_outlive_a_reload(open_page: Open) -> None:
    opened = open_page(papers_graph())
    judge_claim(opened, "c0", "right")
    opened.page.reload()
    opened.until("window.claimgraph !== undefined")
    assert count(opened) == 1


def test_without_storage_they_stay_for_the_visit(open_page: Open) -> None:
    opened = open_page(papers_graph())
    opened.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('none'); } })"
    )
    opened.page.reload()
    opened.until("window.claimgraph !== undefined")
    judge_claim(opened, "c0", "right")
    assert count(opened) == 1
    assert opened.errors == []


def test_judging_by_keyboard_keeps_the_focus(open_page: Open) -> None:
    opened = open_page(papers_graph())
    select(opened, "c0")
    opened.page.focus("#panel [data-claim=c0] [data-judge=right]")
    opened.page.keyboard.press("Enter")
    assert count(opened) == 1
    assert opened.page.evaluate("document.activeElement.dataset.judge") == "right"


def test_hostile_keys_go_through_the_file(open_page: Open) -> None:
    opened = open_page(hostile_graph())
    for i in range(len(HOSTILE)):
        judge_claim(opened, f"c{i}", "wrong")
    keys = {record["claim"] for record in save(opened)}
    assert f"{HOSTILE[0]}0" in keys
    assert len(keys) == len(HOSTILE)
    opened.assert_quiet()
