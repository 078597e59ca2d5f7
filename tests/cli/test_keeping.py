"""Stores on the command line: build into one, ask it, correct it, copy it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from commands import ARTICLE, SECOND, Run, one_line
from document_graphs import Told, document_graph
from sparql_server import running_oxigraph

from kg.collection import Collection

FIRST_URL, SECOND_URL = "https://news.example/1", "https://news.example/2"
HERE = [
    document_graph(1, [Told("海風科技", "kg:partnerOf", "東嶺大學", dated=True)], publisher="晨報"),
    document_graph(2, [Told("海風科技", "kg:partnerOf", "東嶺大學", dated=True)], publisher="晚報"),
    document_graph(3, [Told("北辰集團", "kg:acquires", "南斗公司")]),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of three small articles."""
    folder = tmp_path_factory.mktemp("store") / "store"
    with Collection.open(folder, write=True) as collection:
        collection.put(*HERE)
    return folder


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "store"))


def states(out: str) -> list[str]:
    lines = [line.split("\t") for line in out.partition("\n\n")[0].splitlines()]
    return [line[0] for line in lines if len(line) == 3]


def articles(run: Run, store: Path) -> set[str]:
    return {
        row["source"]
        for row in json.loads(run("stats", store, "--documents", "--format", "json").out)
    }


@pytest.mark.parametrize("kind", ["folder", "server"])
def test_articles_live_in_a_store(run: Run, article: Path, tmp_path: Path, kind: str) -> None:
    other = tmp_path / "other.txt"
    other.write_text(SECOND, "utf-8")
    if kind == "folder":
        _live(run, article, other, str(tmp_path / "store"))
    else:
        with running_oxigraph() as url:
            _live(run, article, other, url)


def _live(run: Run, article: Path, other: Path, store: str) -> None:
    first = run("build", article, "--store", store, "--url", FIRST_URL)
    assert (first.status, states(first.out), first.err) == (0, ["new"], "")
    assert states(run("build", other, article, "--store", store).out)[0] == "new"
    again = run("build", article, "--store", store, "--url", FIRST_URL)
    assert states(again.out) == ["unchanged"]
    assert "東嶺大學" in run("show", "海風科技", "--graph", store).out
    assert "東嶺大學" in run("query", "partners", "--graph", store).out
    assert run("path", "海風科技", "東嶺大學", "--graph", store).out.startswith("1. 1 step")
    assert "‹合作›" in run("explain", "海風科技", "合作", "東嶺大學", "--graph", store).out
    assert "海風科技" in run("analyze", "--graph", store).out
    assert run("validate", store).out == "The graph obeys every shape.\n"

    article.write_text(ARTICLE.replace("東嶺大學", "西嶺大學"), "utf-8")
    corrected = run("build", article, "--store", store, "--url", FIRST_URL)
    assert states(corrected.out) == ["changed"]
    assert run("remove", "other.txt", "--store", store).out.startswith("removed\t")
    partners = run("query", "partners", "--graph", store).out
    assert "西嶺大學" in partners


def test_a_store_and_artefacts_of_it(run: Run, article: Path, tmp_path: Path) -> None:
    result = run(
        "build", article, "--store", tmp_path / "store", "--out", tmp_path / "out", "--formats", "nq"
    )  # fmt: skip
    assert result.status == 0
    assert (tmp_path / "out" / "graph.nq").is_file()
    assert run("diff", tmp_path / "store", tmp_path / "out").status == 0


def test_verdicts_stay(run: Run, article: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run("build", article, "--store", store)
    (row,) = json.loads(
        run("explain", "海風科技", "合作", "東嶺大學", "--graph", store, "--format", "json").out
    )
    verdicts = tmp_path / "verdicts.jsonl"
    verdicts.write_text(json.dumps({"claim": row["key"], "verdict": "wrong", "by": "R"}), "utf-8")
    run("build", article, "--store", store, "--judgements", verdicts)
    assert "rejected by a reader\t1" in run("stats", store).out
    other = tmp_path / "other.txt"
    other.write_text(SECOND, "utf-8")
    run("build", other, "--store", store)
    assert "rejected by a reader\t1" in run("stats", store).out


def test_a_bad_article_is_told_and_the_rest_is_there(
    run: Run, article: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00\x01\x02\xff" * 100)
    result = run("build", article, bad, "--store", tmp_path / "store")
    assert result.status == 1
    assert states(result.out) == ["new"]
    assert "bad.txt: failed to read" in result.err


def test_build_wants_a_place(run: Run, article: Path) -> None:
    assert "give --out (where shards are kept, too), or --store" in one_line(run("build", article))


def test_what_workers_read_goes_into_a_store(run: Run, article: Path, tmp_path: Path) -> None:
    store, out = tmp_path / "store", tmp_path / "out"
    workers = ("--workers", "1", "--out", out, "--formats", "nq", "--store", store)
    first = run("build", article, *workers)
    assert first.status == 0, first.err
    assert "new\t" in first.out
    other = tmp_path / "other.txt"
    other.write_text(SECOND, "utf-8")
    assert "\nnew\t" in run("build", article, other, *workers).out
    assert articles(run, store) == {"article.txt", "other.txt"}
    assert run("diff", store, out).status == 0


def test_a_claim_of_two_papers_shows_its_support(run: Run, store: Path) -> None:
    shown = run("show", "海風科技", "--graph", store).out
    assert "  support: 2 (晚報, 晨報)\n" in shown
    assert "support" not in run("show", "北辰集團", "--graph", store).out


# --- Taking out ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [HERE[0].documents[0].iri, FIRST_URL, "第1篇", "1.txt"])
def test_an_article_goes_by_any_of_its_names(run: Run, store: Path, name: str) -> None:
    result = run("remove", name, "--store", store)
    assert result.out == f"removed\t{HERE[0].documents[0].iri}\t第1篇\n"
    assert articles(run, store) == {"2.txt", "3.txt"}


@pytest.mark.parametrize("name", ["標題: 甲 乙", "https://news.example/a b", "<urn:x> }"])
def test_a_name_of_no_article_is_told(run: Run, store: Path, name: str) -> None:
    result = run("remove", name, "--store", store)
    assert result.status == 2
    assert "no article is called" in result.err


def test_what_only_one_article_says_goes_with_it(run: Run, store: Path) -> None:
    run("remove", "3.txt", "--store", store)
    assert (
        "nothing in the graph is called '北辰集團'"
        in run("query", "partners", "organization=北辰集團", "--graph", store).err
        + run("query", "products-of", "organization=北辰集團", "--graph", store).err
    )
    run("remove", "1.txt", "--store", store)
    assert "東嶺大學" in run("query", "partners", "--graph", store).out


def test_an_unknown_article_is_told_and_nothing_goes(run: Run, store: Path) -> None:
    message = one_line(run("remove", "1.txt", "9.txt", "--store", store))
    assert message == "no article is called '9.txt': `kg stats --documents` lists them"
    assert len(articles(run, store)) == 3


# --- Comparing -----------------------------------------------------------------------------------


def test_diff_of_a_store_with_itself_is_empty(run: Run, store: Path) -> None:
    result = run("diff", store, store)
    assert (result.status, result.out, result.err) == (0, "", "")


def test_diff_tells_what_came_went_and_changed(run: Run, store: Path, built: Path) -> None:
    with Collection.open(store, write=True) as collection:
        collection.remove(HERE[2].documents[0].iri)
        collection.put(document_graph(2, [Told("海風科技", "kg:owns", "雲橋")]))
    result = run("diff", built, store)
    assert result.status == 1
    signs = {line[0]: line for line in result.out.splitlines() if line[0] in "+-~"}
    assert "北辰集團 —收購→ 南斗公司" in signs["-"]
    assert "海風科技 —" in signs["+"]
    assert "海風科技 —合作— 東嶺大學" in signs["~"]
    assert "    confidence: 0.96 → 0.8\n" in result.out
    assert "    evidence: 2 → 1 passages\n" in result.out


def test_diff_as_json(run: Run, store: Path, built: Path) -> None:
    run("remove", "3.txt", "--store", store)
    found = json.loads(run("diff", built, store, "--format", "json").out)
    assert (found["gained"], found["changed"]) == ([], [])
    assert found["lost"][0]["subject"]["label"] == "北辰集團"


# --- Copying -------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["copy", "copy.jsonl.gz"])
def test_a_backup_restores_the_same_store(
    run: Run, store: Path, tmp_path: Path, target: str
) -> None:
    assert run("backup", store, tmp_path / target).out == f"{tmp_path / target}\n"
    run("remove", "1.txt", "--store", store)
    again = tmp_path / "again"
    assert run("restore", tmp_path / target, again).out == f"3 articles in {again}\n"
    assert articles(run, again) == {"1.txt", "2.txt", "3.txt"}
    assert run("diff", store, again).status == 1
    run("remove", "1.txt", "--store", again)
    assert run("diff", store, again).status == 0


def test_a_backup_overwrites_nothing(run: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "old.jsonl.gz").write_text("mine")
    assert "exists: name a new file" in one_line(run("backup", store, tmp_path / "old.jsonl.gz"))
    run("backup", store, tmp_path / "new.jsonl.gz")
    assert "exists: name a new folder" in one_line(run("restore", tmp_path / "new.jsonl.gz", store))
    assert len(articles(run, store)) == 3


@pytest.mark.parametrize("content", [b"", b"text", b"\x1f\x8b\x08\x00broken"])
def test_what_is_no_backup_is_told(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.jsonl.gz").write_bytes(content)
    assert "is no archive" in one_line(run("restore", tmp_path / "x.jsonl.gz", tmp_path / "new"))
    assert not (tmp_path / "new").exists()


def test_stores_are_merged(run: Run, store: Path, tmp_path: Path) -> None:
    other, both = tmp_path / "other", tmp_path / "both"
    with Collection.open(other, write=True) as collection:
        collection.put(document_graph(4, [Told("海風科技", "kg:partnerOf", "東嶺大學")]))
    assert run("merge", store, other, "--store", both).out == f"4 articles in {both}\n"
    with Collection.open(store, write=True) as collection:
        collection.put(document_graph(4, [Told("海風科技", "kg:partnerOf", "東嶺大學")]))
    assert run("diff", store, both).status == 0


def test_a_build_folder_cannot_be_merged(run: Run, folder: Path, tmp_path: Path) -> None:
    message = one_line(run("merge", folder, "--store", tmp_path / "both"))
    assert "is no store, and a build's folder has no texts" in message


def test_a_store_of_this_form_needs_no_migration(run: Run, store: Path) -> None:
    assert run("migrate", store).out == "form 1: nothing to do\n"


def test_the_page_of_a_store(run: Run, store: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run("view", "--graph", store, "--out", page).out == f"{page}\n"
    assert "海風科技" in page.read_text("utf-8")


def test_a_page_that_cannot_be_written_is_told(run: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    result = run("view", "--graph", store, "--out", tmp_path / "taken")
    assert result.status == 2
    assert "choose another --out" in result.err
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".kg")] == []


def test_stats_of_a_build_and_of_a_store(run: Run, folder: Path, store: Path) -> None:
    assert "relation\tkg:partnerOf\t2\n" in run("stats", folder).out
    found = {
        (row["what"], row["of"]): row["count"]
        for row in json.loads(run("stats", store, "--format", "json").out)
    }
    assert found["articles", ""] == 3
    assert found["publishers", ""] == 2
    assert found["claims", "facts"] == 2
    assert found["entities", "kg:Company"] == 4
    assert found["published", "last"] == "2020-01-04"
