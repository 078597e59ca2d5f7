"""``kg build`` and ``kg demo``: what they print, what they leave, how they end."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from commands import ARTICLE, COMMAND, SECOND, Run, one_line


def test_build_prints_the_paths_and_a_summary(run: Run, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "graph"
    result = run("build", article, "--out", out)
    assert (result.status, result.err) == (0, "")
    paths, summary = result.out.split("\n\n")
    assert sorted(paths.splitlines()) == sorted(map(str, out.iterdir()))
    assert dict(line.split("\t") for line in summary.splitlines())["documents"] == "1"
    claims = (out / "claims.jsonl").read_text("utf-8")
    assert "海風科技" in claims
    assert "東嶺大學" in claims


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
    (tmp_path / "a.txt").write_text("海風科技有限公司昨日與東嶺大學合作。\n", "utf-8")
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
        "make = a.publish\n"
        "a.publish = lambda *args: os.kill(os.getpid(), signal.SIGINT) or make(*args)\n"
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


def test_build_honours_verdicts_and_tells_of_those_it_cannot(
    run: Run, article: Path, tmp_path: Path
) -> None:
    out, path = tmp_path / "graph", tmp_path / "verdicts.jsonl"
    run("build", article, "--out", out, "--formats", "ttl")
    key = json.loads((out / "claims.jsonl").read_text("utf-8").splitlines()[0])["key"]
    rows = [{"claim": key, "verdict": "wrong", "by": "林審"}, {"claim": "0", "verdict": "right"}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    result = run("build", article, "--out", out, "--judgements", path, "--formats", "ttl")
    assert result.status == 0
    assert "claims: rejected by a reader\t1" in result.out
    assert result.err == "kg: the judged claim is not in this build: 0\n"
    path.write_text("right", "utf-8")
    result = run("build", article, "--out", out, "--judgements", path)
    assert result.status == 2
    assert "verdicts.jsonl:1: no verdict" in one_line(result)
