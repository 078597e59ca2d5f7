"""Questions to a saved graph."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from claimgraphs import entity, graph_of
from commands import Result, Run, one_line

from kg.graph import Graph
from kg.model import Participant, TimeSpan


def test_show_an_entity_with_its_claims_and_their_sentences(run: Run, folder: Path) -> None:
    result = run("show", "a", "--graph", folder)
    assert result.status == 0
    assert result.out.startswith("a  kg:Company  https://")
    assert "a —合作— b" in result.out
    assert "「akg:partnerOfb」 甲乙合作 0–14" in result.out
    assert "stance: denied, actual" in result.out
    assert "one name" not in result.out


def test_show_an_event_with_its_time_and_participants(run: Run, tmp_path: Path) -> None:
    event = entity(
        "合作簽約",
        "kg:Agreement",
        trigger="簽約",
        time=TimeSpan("2017-11", "2017-11", "month"),
        participants=(Participant("agent", entity("甲").iri),),
    )
    Graph(graph_of(entities=[entity("甲"), event])).save(tmp_path, [])
    lines = run("show", "合作簽約", "--graph", tmp_path).out.splitlines()
    assert "  time: 2017-11" in lines
    assert "  agent: 甲" in lines


def test_brackets_in_the_text_are_no_markup(run: Run, folder: Path) -> None:
    assert "「a 否認[bold]擁有[/bold] c」" in run("show", "a", "--graph", folder).out


def test_show_why(run: Run, folder: Path) -> None:
    out = run("show", "a", "--why", "--graph", folder).out
    assert "same (0.90, by test): mention-1: one name" in out
    assert "× 0.85  A 與 B 合作" in out


def test_show_a_claim_by_its_key(run: Run, folder: Path) -> None:
    first = json.loads((folder / "claims.jsonl").read_text("utf-8").splitlines()[0])
    for name in (first["key"], first["key"][:6], f"claim:{first['key']}"):
        result = run("show", name, "--graph", folder)
        assert result.status == 0
        assert result.out.startswith(first["key"])


def test_an_unknown_name_is_answered_with_the_nearest(run: Run, tmp_path: Path) -> None:
    names = ("海風科技", "海風集團", "東嶺大學")
    Graph(graph_of(entities=map(entity, names))).save(tmp_path, [])
    result = run("show", "海風科枝", "--graph", tmp_path)
    assert result.status == 2
    assert one_line(result).startswith("no entity is called '海風科枝'; the nearest are '海風科技'")


def test_a_path_shows_the_sentence_of_each_step(run: Run, folder: Path) -> None:
    result = run("path", "a", "c", "--graph", folder)
    assert result.status == 0
    assert "a —合作— b" in result.out
    assert [line.strip() for line in result.out.splitlines() if "「" in line] == [
        "「akg:partnerOfb」", "「bkg:partnerOfc」",
    ]  # fmt: skip


def test_no_path_is_a_note_and_no_error(run: Run, tmp_path: Path) -> None:
    Graph(graph_of(entities=map(entity, "ab"))).save(tmp_path, [])
    assert run("path", "a", "b", "--graph", tmp_path) == Result(
        0, "", "kg: no facts connect 'a' and 'b'\n"
    )


def test_the_graph_may_stand_in_the_environment(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_GRAPH", str(folder))
    assert run("path", "a", "b").status == 0


@pytest.mark.parametrize(
    "command",
    [["show", "a"], ["explain", "a"], ["path", "a", "b"], ["analyze"], ["query", "partners"]],
)
def test_no_graph_where_it_was_looked_for(run: Run, tmp_path: Path, command: list[str]) -> None:
    result = run(*command, "--graph", tmp_path / "none")
    assert result.status == 2
    assert "is not a build folder" in one_line(result)


def test_questions_are_listed(run: Run) -> None:
    rows = [line.split("\t") for line in run("query").out.splitlines()]
    assert rows[0] == ["question", "parameters", "asks"]
    assert "partners" in [row[0] for row in rows]


def test_a_question_in_each_format(run: Run, folder: Path) -> None:
    ask = ("query", "partners", "organization=a", "--graph", folder, "--format")
    assert run(*ask, "table").out == "one\tother\tsince\na\tb\t\n"
    assert run(*ask, "csv").out.splitlines() == ["one,other,since", "a,b,"]
    rows = json.loads(run(*ask, "json").out)["results"]["bindings"]
    assert [row["other"]["value"] for row in rows] == ["b"]
    assert "take --format csv or json" in one_line(run(*ask, "ttl"))


def test_sparql_from_a_file(run: Run, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("CONSTRUCT WHERE { ?a kg:partnerOf ?b }", "utf-8")
    result = run("query", file, "--graph", folder, "--format", "ttl")
    assert "ent:a kg:partnerOf ent:b" in result.out
    assert "take --format table or ttl" in one_line(
        run("query", file, "--graph", folder, "--format", "csv")
    )


def test_truths(run: Run, folder: Path) -> None:
    ask = ("query", "ASK { ?a kg:owns ?b }", "--graph", folder)
    assert run(*ask).out == "false\n"
    assert json.loads(run(*ask, "--format", "json").out) == {"head": {}, "boolean": False}


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (["SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"], "SERVICE"),
        (["SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"], "FROM"),
        (["LOAD <http://example.org/>"], ""),
        (["DELETE WHERE { ?s ?p ?o }"], ""),
        (["partner"], "there are claims-about"),
        (["partners", "organisation=a"], "no parameter 'organisation'"),
        (["partners", "a"], "write NAME=VALUE"),
        (["missing.rq"], "cannot be read"),
    ],
)
def test_refused_questions(run: Run, folder: Path, question: list[str], message: str) -> None:
    result = run("query", *question, "--graph", folder)
    assert result.status == 2
    assert message in one_line(result)


def test_analysis(run: Run, folder: Path) -> None:
    out = run("analyze", "--between", "a", "c", "--graph", folder).out
    central, groups, brokers = (part.splitlines() for part in out.split("\n\n"))
    assert central[1].split("\t")[:3] == ["b", "kg:Company", "2"]
    assert groups[1].split("\t")[1] == "3"
    assert brokers[1].split("\t") == ["b", "1", "1.00", "none"]
    found = json.loads(run("analyze", "--format", "json", "--graph", folder).out)
    assert found["pair"]["distance"] == 1
