"""``kg support``, ``copies``, ``contradictions``, ``changes``, ``timeline``: what they print."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from commands import Run, one_line
from told import article, graph, time, told

from kg.corpus.copies import BY
from kg.graph import Graph
from kg.model import Judgement

A = article("a", "2020-01-10", title="甲報說", publisher="甲報")
B = article("b", "2020-02-10", title="乙報說", publisher="乙報")
COPY = Judgement(B.iri, A.iri, "same", 0.9, ("alike",), BY)
DOUBT = Judgement(f"{A.iri}#海風", f"{B.iri}#海風", "unsure", 0.6, ("a name",), "test")
CLAIMS = sorted(
    (
        told("海風", "kg:owns", "星圖", "a", "b", time=time("2019-12-01", "2019-12-31")),
        told("海風", "kg:acquires", "北辰", "a"),
        told("海風", "kg:acquires", "北辰", "b", polarity="denied"),
    ),
    key=lambda claim: claim.key,
)
VIEWS = ("support", "copies", "contradictions", "changes", "timeline", "review")


def save(out: Path, **more: tuple[Judgement, ...]) -> Path:
    Graph(graph([A, B], CLAIMS, **more)).save(out, [])
    return out


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("views") / "out")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("copies") / "out", judgements=(COPY, DOUBT))


def rows(printed: str) -> list[list[str]]:
    return [line.split("\t") for line in printed.splitlines()]


def test_support_counts_publishers_and_a_copied_story_once(
    run: Run, saved: Path, copied: Path
) -> None:
    assert rows(run("support", "--graph", saved).out)[1][:4] == ["2", "2", "2", "海風 —擁有→ 星圖"]
    assert rows(run("support", "--graph", copied).out)[1][:3] == ["1", "1", "2"]


def test_support_of_one_entity_and_only_the_first(run: Run, saved: Path) -> None:
    found = rows(run("support", "北辰", "--graph", saved).out)[1:]
    assert [row[3:5] for row in found] == [
        ["海風 —收購→ 北辰", found[0][4]],
        ["海風 —收購→ 北辰", found[1][4]],
    ]
    assert {row[4] for row in found} == {"asserted, actual", "denied, actual"}
    assert len(rows(run("support", "--top", "1", "--graph", saved).out)) == 2


def test_copies_with_both_articles(run: Run, saved: Path, copied: Path) -> None:
    assert rows(run("copies", "--graph", copied).out)[1] == [
        "甲報說 (2020-01-10)", "乙報說 (2020-02-10)", "0.9", A.iri, B.iri,
    ]  # fmt: skip
    assert run("copies", "--graph", saved).err == "kg: no article is a copy of another\n"


def test_contradictions_with_both_sentences(run: Run, saved: Path) -> None:
    header, found = rows(run("contradictions", "--graph", saved).out)
    assert header[:3] == ["kind", "claim", "said"]
    assert found[:6] == [
        "denied", "海風 —收購→ 北辰", "a說", "甲報說 (2020-01-10)", "b說", "乙報說 (2020-02-10)",
    ]  # fmt: skip


def test_changes_between_two_days(run: Run, saved: Path) -> None:
    def told_in(*days: str) -> list[list[str]]:
        return [row[:3] for row in rows(run("changes", *days, "--graph", saved).out)[1:]]

    assert told_in("--from", "2020/2/1") == [["2020-02-10", "lost", "denied"]]
    assert told_in("--to", "2020-01-31") == [
        ["2020-01-10", "gained", "first said"],
        ["2020-01-10", "gained", "first said"],
        ["2020-01-10", "lost", "over"],
    ]


def test_days_without_a_change_are_told(run: Run, saved: Path) -> None:
    result = run("changes", "--from", "2021-01-01", "--graph", saved)
    assert result.err == "kg: no fact is gained or lost in these days\n"


def test_a_wrong_day_is_told(run: Run, saved: Path) -> None:
    result = run("changes", "--from", "tomorrow", "--graph", saved)
    assert result.status == 2
    assert "not a date: 'tomorrow'" in one_line(result)


def test_a_timeline_in_order_with_the_articles_date_in_brackets(run: Run, saved: Path) -> None:
    found = rows(run("timeline", "海風", "--graph", saved).out)[1:]
    assert [row[0] for row in found] == ["2019-12-01/2019-12-31", "(2020-01-10)", "(2020-02-10)"]
    assert found[0][1] == "海風 —擁有→ 星圖"


def test_doubts_to_fill_in(run: Run, saved: Path, copied: Path) -> None:
    header, found = rows(run("review", "--graph", copied).out)
    assert header[0] == "verdict"
    assert found[:3] == ["", "海風", "海風"]
    assert found[-2:] == [DOUBT.left, DOUBT.right]
    assert run("review", "--graph", saved).err == "kg: nothing is unsure\n"


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_as_csv_and_as_json(run: Run, copied: Path, view: str) -> None:
    named = ["海風"] if view == "timeline" else []
    as_json = json.loads(run(view, *named, "--format", "json", "--graph", copied).out)
    as_csv = run(view, *named, "--format", "csv", "--graph", copied).out
    header, *found = csv.reader(io.StringIO(as_csv))
    assert [list(row) for row in as_json] == [header] * len(found)
    assert [[str(cell) for cell in row.values()] for row in as_json] == found
    assert found


def test_an_empty_folder_is_told(run: Run, tmp_path: Path) -> None:
    for view in VIEWS:
        named = ["x"] if view == "timeline" else []
        assert run(view, *named, "--graph", tmp_path).status == 2
