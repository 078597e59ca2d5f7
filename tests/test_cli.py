"""The command ``kg`` from the outside: what it prints, what it leaves, how it ends."""

from __future__ import annotations

import io
import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import click
import pytest
from claimgraphs import claim, entity, graph_of, linked

from kg.cli import app, main
from kg.cli.output import clean
from kg.graph import Graph
from kg.model import Drop, Judgement, Reason

ARTICLE = """海風科技宣布與山月大學合作
2021年5月6日

海風科技有限公司5月5日宣布與山月大學合作。海風科技有限公司昨日推出了新產品。
"""
SECOND = """北辰集團收購南斗公司
2022年8月1日

北辰集團宣布收購南斗公司。
"""
COMMAND = [sys.executable, "-c", "import sys; from kg.cli import main; sys.exit(main())"]


@dataclass(frozen=True, slots=True)
class Result:
    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("KG_GRAPH", raising=False)

    def call(*args: str | Path) -> Result:
        status = main([str(arg) for arg in args])
        printed = capsys.readouterr()
        return Result(status, printed.out, printed.err)

    return call


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved graph: a and b, b and c are partners; a denies to own c."""
    partners = linked("ab", "bc")
    denied = claim("a", "kg:owns", "c", polarity="denied", quote="a 否認[bold]擁有[/bold] c")
    claims = (replace(partners.claims[0], reasons=(Reason("A 與 B 合作", 0.85),)), denied)
    judgement = Judgement(partners.entities[0].iri, "mention-1", "same", 0.9, ("one name",), "test")
    drops = (Drop("doc:1", "ontology", "kg:owns", "no range", "甲"),)
    graph = replace(
        partners,
        claims=tuple(sorted((*claims, partners.claims[1]), key=lambda one: one.key)),
        judgements=(judgement,),
        drops=drops,
    )
    out = tmp_path_factory.mktemp("graph") / "out"
    Graph(graph).save(out)
    return out


def one_line(result: Result) -> str:
    """The only line on stderr, without its beginning; nothing was printed."""
    assert result.out == ""
    assert re.fullmatch(r"kg: .+\n", result.err), result.err
    return result.err.removeprefix("kg: ").rstrip("\n")


# --- The command line itself -----------------------------------------------------------------


def test_every_command_has_help_with_examples(run: Run) -> None:
    for name in app.commands:
        result = run(name, "--help")
        assert result.status == 0
        assert f"kg {name}" in result.out.partition("Examples:" if name != "demo" else "Usage")[2]


def test_the_commands_are_these() -> None:
    assert list(app.commands) == [
        "build", "demo", "show", "path", "query", "analyze", "validate", "evaluate", "ontology",
    ]  # fmt: skip


def test_without_a_command_it_tells_what_there_is(run: Run) -> None:
    assert run() == run("--help")
    assert "kg demo" in run().out


def test_the_version(run: Run) -> None:
    assert run("--version") == Result(0, "kg, version 0.1.0\n", "")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["biuld"], "no command 'biuld': did you mean 'build'?"),
        (["build"], "Missing argument 'SOURCE...'"),
        (["build", "x", "--out"], "requires an argument"),
        (["show"], "(see `kg show --help`)"),
        (["path", "a", "b", "-k", "0"], "not in the range"),
        (["query", "x", "--format", "xml"], "'xml' is not one of"),
        (["show", "a", "--grpah", "x"], "--graph"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_status_2(
    run: Run, args: list[str], message: str
) -> None:
    result = run(*args)
    assert result.status == 2
    assert message in one_line(result)


def test_help_takes_less_than_half_a_second_of_cpu() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*COMMAND, "--help"], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5


def test_a_reader_that_leaves_is_no_error() -> None:
    process = subprocess.Popen(
        [*COMMAND, "ontology"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_control_c_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.graph.load", interrupt)
    assert run("show", "a") == Result(130, "", "kg: interrupted\n")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (3, "3"),
        ("騰訊", "騰訊"),
        ("a\x1b[31mb\nc\td", "a [31mb c d"),
        ("\u202ex", " x"),
    ],
)
def test_no_control_character_reaches_the_terminal(value: object, expected: str) -> None:
    assert clean(value) == expected


# --- Questions to a saved graph --------------------------------------------------------------


def test_show_an_entity_with_its_claims_and_their_sentences(run: Run, folder: Path) -> None:
    result = run("show", "a", "--graph", folder)
    assert result.status == 0
    assert result.out.startswith("a  kg:Company  https://")
    assert "a —合作→ b" in result.out
    assert "「akg:partnerOfb」 甲乙合作 0–14" in result.out
    assert "stance: denied, actual" in result.out
    assert "one name" not in result.out


def test_brackets_in_the_text_are_no_markup(run: Run, folder: Path) -> None:
    assert "「a 否認[bold]擁有[/bold] c」" in run("show", "a", "--graph", folder).out


def test_show_why(run: Run, folder: Path) -> None:
    out = run("show", "a", "--why", "--graph", folder).out
    assert "same (0.90, test): mention-1: one name" in out
    assert "× 0.85  A 與 B 合作" in out


def test_show_a_claim_by_its_key(run: Run, folder: Path) -> None:
    first = json.loads((folder / "claims.jsonl").read_text("utf-8").splitlines()[0])
    for name in (first["key"], first["key"][:6], f"claim:{first['key']}"):
        result = run("show", name, "--graph", folder)
        assert result.status == 0
        assert result.out.startswith(first["key"])


def test_an_unknown_name_is_answered_with_the_nearest(run: Run, tmp_path: Path) -> None:
    names = ("海風科技", "海風集團", "山月大學")
    Graph(graph_of(entities=map(entity, names))).save(tmp_path, [])
    result = run("show", "海風科枝", "--graph", tmp_path)
    assert result.status == 2
    assert one_line(result).startswith("no entity is called '海風科枝'; the nearest are '海風科技'")


def test_a_path_shows_the_sentence_of_each_step(run: Run, folder: Path) -> None:
    result = run("path", "a", "c", "--graph", folder)
    assert result.status == 0
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
    "command", [["show", "a"], ["path", "a", "b"], ["analyze"], ["query", "partners"]]
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


def test_validation(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("validate", folder).status == 0
    turtle = (
        (folder / "graph.ttl").read_text("utf-8").replace("kg:confidence 0.9", "kg:confidence 7.0")
    )
    (tmp_path / "bad.ttl").write_text(turtle, "utf-8")
    result = run("validate", tmp_path / "bad.ttl")
    assert result.status == 1
    assert "breaks its shapes" in result.out
    assert "sh:conforms false" in run("validate", tmp_path / "bad.ttl", "--turtle").out


def test_the_ontology_as_tables(run: Run) -> None:
    classes, relations, frames = run("ontology").out.strip().split("\n\n")
    assert "kg:Company\tkg:Organization\t公司\t公司\tcompany" in classes
    assert "kg:partnerOf\tkg:Agent\tkg:Agent\tyes" in relations
    assert "kg:partnerOf" in frames
    assert run("ontology", "--only", "classes").out.strip() == classes


# --- Building ----------------------------------------------------------------------------------


def test_build_prints_the_paths_and_a_summary(run: Run, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "graph"
    result = run("build", article, "--out", out)
    assert (result.status, result.err) == (0, "")
    paths, summary = result.out.split("\n\n")
    assert sorted(paths.splitlines()) == sorted(map(str, out.iterdir()))
    assert dict(line.split("\t") for line in summary.splitlines())["documents"] == "1"
    claims = (out / "claims.jsonl").read_text("utf-8")
    assert "海風科技" in claims
    assert "山月大學" in claims


def test_two_builds_give_the_same_bytes(article: Path, tmp_path: Path) -> None:
    contents = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        env = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run([*COMMAND, "build", article, "--out", out], check=True, env=env, stdout=-3)
        contents.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert contents[0] == contents[1]
    assert str(tmp_path).encode() not in b"".join(contents[0].values())


def test_formats_choose_the_files(run: Run, article: Path, tmp_path: Path) -> None:
    run("build", article, "--out", tmp_path / "graph", "--formats", "ttl, csv")
    names = {path.name for path in (tmp_path / "graph").iterdir()}
    assert {"graph.ttl", "claims.csv", "entities.jsonl", "claims.jsonl", "manifest.json"} <= names
    assert not names & {"graph.html", "graph.nq", "report.md"}


def test_an_article_from_standard_input(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert run("build", "-", "--out", tmp_path / "graph", "--formats", "ttl").status == 0


def test_title_and_url_of_an_article(run: Run, article: Path, tmp_path: Path) -> None:
    url = "https://example.org/a"
    run("build", article, "--out", tmp_path / "g", "--title", "題", "--url", url, "--formats", "nq")
    document = json.loads((tmp_path / "g" / "documents.jsonl").read_text("utf-8"))
    assert (document["title"], document["url"], document["published"]) == ("題", url, "2021-05-06")


def test_an_article_without_a_date_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("海風科技有限公司昨日與山月大學合作。\n", "utf-8")
    result = run("build", tmp_path / "a.txt", "--out", tmp_path / "g", "--formats", "ttl")
    assert result.status == 0
    assert "1 of 1 articles tell no date" in result.err
    dated = run(
        "build", tmp_path / "a.txt", "--out", tmp_path / "g", "--published", "2021-05-06",
        "--formats", "ttl",
    )  # fmt: skip
    assert dated.err == ""


def test_a_bad_article_among_good_ones_is_named_and_the_rest_built(
    run: Run, article: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "good.txt").write_text(ARTICLE, "utf-8")
    (folder / "other.txt").write_text(SECOND, "utf-8")
    (folder / "bad.txt").write_bytes(b"\x00\x01\x02\xff" * 100)
    result = run("build", folder, "--out", tmp_path / "graph", "--formats", "ttl")
    assert result.status == 1
    assert re.fullmatch(r"kg: .*bad\.txt.*\n", result.err)
    manifest = json.loads((tmp_path / "graph" / "manifest.json").read_text("utf-8"))
    assert [failure["document"] for failure in manifest["failures"]] == ["bad.txt"]
    assert len((tmp_path / "graph" / "documents.jsonl").read_text("utf-8").splitlines()) == 2


def test_only_bad_articles_are_bad_input(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("")
    result = run("build", folder, "--out", tmp_path / "graph")
    assert result.status == 2
    assert "no article could be read; the first:" in one_line(result)
    assert not (tmp_path / "graph").exists()


BAD = {
    "missing": None,
    "empty": b"",
    "blank": b" \n\n ",
    "one giant line": "甲".encode() * 7_000_000,
    "binary": bytes(range(256)) * 50,
    "no encoding": "公司".encode("utf-16") + b"\xff\xff\xfe\x00\x80",
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_one_line_status_2_and_nothing_written(
    run: Run, tmp_path: Path, kind: str
) -> None:
    source, content = tmp_path / "article.txt", BAD[kind]
    if content is not None:
        source.write_bytes(content)
    result = run("build", source, "--out", tmp_path / "graph")
    assert result.status == 2
    assert "article.txt" in one_line(result)
    assert len(result.err) < 400
    assert sorted(path.name for path in tmp_path.iterdir()) == (
        [] if content is None else ["article.txt"]
    )


@pytest.mark.parametrize("date", ["tomorrow", "2021-02-30", "2021-13-01", ""])
def test_a_date_that_is_none(run: Run, article: Path, tmp_path: Path, date: str) -> None:
    result = run("build", article, "--out", tmp_path / "graph", "--published", date)
    assert result.status == 2
    assert one_line(result)
    assert not (tmp_path / "graph").exists()


def test_a_folder_without_articles(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("build", tmp_path / "empty", "--out", tmp_path / "graph")
    assert result.status == 2
    assert "no article" in one_line(result)


def test_a_folder_with_other_files_is_not_written_to(run: Run, article: Path) -> None:
    result = run("build", article, "--out", article.parent)
    assert result.status == 2
    assert "holds other files" in one_line(result)
    assert [path.name for path in article.parent.iterdir()] == ["article.txt"]


@pytest.mark.parametrize(("option", "value"), [("--formats", "pdf"), ("--model", "no_such_model")])
def test_an_option_that_names_nothing(
    run: Run, article: Path, tmp_path: Path, option: str, value: str
) -> None:
    result = run("build", article, "--out", tmp_path / "graph", option, value)
    assert result.status == 2
    assert value in one_line(result)
    assert not (tmp_path / "graph").exists()


def test_an_interrupted_build_leaves_nothing(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "graph"
    script = (
        "import sys, os, signal\nfrom kg.cli import main\nimport kg.artefacts as a\n"
        "make = a._publish\n"
        "a._publish = lambda *args: os.kill(os.getpid(), signal.SIGINT) or make(*args)\n"
        "sys.exit(main())"
    )
    command = [sys.executable, "-c", script, "build", article, "--out", out, "--formats", "ttl"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "kg: interrupted\n")
    assert [path.name for path in tmp_path.iterdir()] == ["article.txt"]


def test_the_demo_tells_planned_denied_and_reported(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "sample"
    result = run("demo", "--out", out)
    assert (result.status, result.err) == (0, "")
    assert str(out / "graph.html") in result.out
    claims = [json.loads(line) for line in (out / "claims.jsonl").read_text("utf-8").splitlines()]
    stances = {(one["polarity"], one["modality"]) for one in claims}
    assert stances >= {("asserted", "actual"), ("asserted", "planned"), ("asserted", "reported")}
    assert "denied" in {one["polarity"] for one in claims}
    way = run("path", "腾讯", "United Nations", "--graph", out)
    assert way.status == 0
    assert "騰訊 —" in way.out or "← " in way.out


def test_the_sample_is_dated_and_marked_as_constructed() -> None:
    from kg.cli.building import SAMPLE
    from kg.readers import iter_documents

    (document,) = iter_documents([SAMPLE])
    assert getattr(document, "published", None) == "2020-04-01"
    text = SAMPLE.read_text("utf-8")
    assert "並非新聞" in text.splitlines()[-1]
    assert 1000 <= sum("\u4e00" <= char <= "\u9fff" for char in text) <= 1300


# --- Evaluating --------------------------------------------------------------------------------


@pytest.fixture
def gold(article: Path) -> Path:
    path = article.with_suffix(".json")
    company, school = "海風科技有限公司", "山月大學"
    path.write_text(
        json.dumps(
            {
                "document": "article.txt",
                "published": "2021-05-06",
                "entities": [
                    {"id": "c", "type": "Company", "names": [company, "海風科技"]},
                    {"id": "u", "type": "EducationalOrganization", "names": [school]},
                ],
                "claims": [
                    {"s": "c", "p": "partnerOf", "o": "u", "core": True, "quote": f"與{school}合作"}
                ],
                "events": [],
            }
        ),
        "utf-8",
    )
    return path


def test_evaluate_a_build_and_a_source(run: Run, article: Path, gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "graph"
    run("build", article, "--out", out, "--formats", "ttl")
    built = run("evaluate", out, "--gold", gold)
    assert built.status == 0
    assert "all 1 documents" in built.out
    scores = json.loads((out / "evaluation.json").read_text("utf-8"))["pooled"]
    assert scores["entities"]["recall"] == 1
    assert scores["grounding"]["value"] == 1
    for _ in range(2):
        direct = run("evaluate", article, "--gold", gold, "--out", tmp_path / "scores")
        assert direct.status == 0
        assert direct.out == built.out
    assert {path.name for path in (tmp_path / "scores").iterdir()} == {
        "evaluation.json", "evaluation.md",
    }  # fmt: skip


def test_gold_of_another_article(run: Run, folder: Path, gold: Path) -> None:
    result = run("evaluate", folder, "--gold", gold)
    assert result.status == 2
    assert "no document of the build is article.txt" in one_line(result)


def test_every_command_is_an_own_click_command() -> None:
    assert all(isinstance(command, click.Command) for command in app.commands.values())
