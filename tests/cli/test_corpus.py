"""``kg build`` on workers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from commands import ARTICLE, COMMAND, SECOND, Run, one_line
from corpora import files_under

from kg.iri import entity_iri

THIRD = "星河科技2021年3月宣布收購雲橋公司。星河科技否認投資海風科技有限公司。"


def lines(*texts: str, **more: str) -> str:
    return "".join(json.dumps({"text": text, **more}, ensure_ascii=False) + "\n" for text in texts)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    path.write_text(lines(ARTICLE, SECOND, THIRD), "utf-8")
    return path


def artefacts_of(folder: Path) -> dict[str, bytes]:
    files = files_under(folder)
    return {name: files[name] for name in files if not name.startswith("shards/")}


def test_workers_give_the_same_artefacts(run: Run, news: Path, tmp_path: Path) -> None:
    plain = run("build", news, "--out", tmp_path / "plain")
    for workers in ("1", "2"):
        out = tmp_path / workers
        result = run("build", news, "--out", out, "--workers", workers, "--batch", "1")
        assert result.status == 0, result.err
        assert result.out.replace(str(out), "") == plain.out.replace(str(tmp_path / "plain"), "")
        assert artefacts_of(out) == artefacts_of(tmp_path / "plain")
        assert len(list((out / "shards").glob("*/claims.parquet"))) == 3


def test_a_second_run_goes_on_and_drops_what_is_gone(run: Run, news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build = ("build", news, "--out", out, "--workers", "1", "--formats", "nq")
    run(*build)
    news.write_text(lines(ARTICLE, SECOND, "藍海大學與東嶺大學合作。"), "utf-8")
    again = run(*build)
    assert "2 articles were in the shards already, 1 are new" in again.err
    assert "1 articles in the shards are not among the sources any more: removed" in again.err
    anew = run(*build, "--no-resume")
    assert "already" not in anew.err
    assert again.out == anew.out


def test_on_disk_the_graph_is_the_same(run: Run, news: Path, tmp_path: Path) -> None:
    memory, disk = tmp_path / "memory", tmp_path / "disk"
    run("build", news, "--out", memory, "--workers", "1", "--formats", "nq")
    result = run("build", news, "--out", disk, "--workers", "1", "--out-of-core", "--batch", "2")
    assert result.status == 0, result.err
    assert f"{disk / 'rdf'}/ (2 files)" in result.out
    assert "the shapes were not checked" in result.err
    for name in ("entities.jsonl", "claims.jsonl", "documents.jsonl"):
        assert (disk / name).read_bytes() == (memory / name).read_bytes()
    parts = [line for path in (disk / "rdf").iterdir() for line in path.read_bytes().splitlines()]
    assert sorted(parts) == sorted((memory / "graph.nq").read_bytes().splitlines())
    assert run("show", "北辰集團", "--graph", disk).status == 0


def test_a_judgement_has_only_those_articles_read_anew_that_tell_of_both(
    run: Run, news: Path, tmp_path: Path
) -> None:
    build = ("build", news, "--out", tmp_path / "out", "--workers", "1", "--formats", "nq")
    assert run(*build).status == 0
    table = tmp_path / "judged.csv"
    for left, right, new in (
        ("海風科技有限公司", "北辰集團", 0),
        ("海風科技有限公司", "東嶺大學", 1),
    ):
        row = f"different,{entity_iri(left)},{entity_iri(right)}\n"
        table.write_text(f"verdict,left,right\n{row}", "utf-8")
        told = run(*build, "--judgements", table).err
        assert f"{3 - new} articles were in the shards already, {new} are new" in told


def test_bad_articles_are_named_and_counted_and_the_rest_is_built(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE, "utf-8")
    (folder / "big5.txt").write_bytes(SECOND.encode("big5"))
    (folder / "gb.txt").write_bytes(THIRD.encode("gb18030"))
    (folder / "latin.txt").write_bytes(
        "Café déjà vu à la carte, naïve façade".encode("latin-1") * 9
    )
    (folder / "empty.txt").write_bytes(b"")
    url = "https://news.example/1"
    (folder / "rows.jsonl").write_text(
        lines("甲公司成立。", "乙公司成立。", url=url) + '{"title": "x"}\n{"text": 7}\nno\n',
        "utf-8",
    )
    with (folder / "poison.jsonl").open("wb") as file:
        file.write(b'{"text": "' + "甲".encode() * 34_000_000 + b'"}\n')
        file.write(lines("丙公司成立。").encode())
    result = run("build", folder, "--out", tmp_path / "out", "--workers", "1", "--formats", "nq")
    assert result.status == 1
    failed = [line for line in result.err.splitlines() if "failed to read" in line]
    names = ("latin.txt", "empty.txt", "rows.jsonl#2", "rows.jsonl#3", "rows.jsonl#4",
             "rows.jsonl#5", "poison.jsonl#1")  # fmt: skip
    assert len(failed) == len(names)
    assert all(any(name in line for line in failed) for name in names)
    assert "documents\t5" in result.out
    assert "failures\t7" in result.out


def test_limits_are_told(run: Run, news: Path, tmp_path: Path) -> None:
    build = ("build", news, "--out", tmp_path / "out", "--workers", "1", "--formats", "nq")
    result = run(*build, "--max-characters", "40")
    assert result.status == 1
    assert "characters, more than 40: split it" in result.err
    assert "documents\t2" in result.out
    assert run(*build).status == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--workers", "2", "--scheduler", "tcp://x:1"), "exclude each other"),
        (("--batch", "2"), "--batch goes with --workers or --scheduler"),
        (("--time-limit", "2"), "--time-limit goes with --workers"),
        (("--out-of-core",), "--out-of-core goes with --workers"),
        (("--in-memory",), "--in-memory goes with --workers"),
        (("--no-resume",), "--no-resume goes with --workers"),
    ],
)
def test_options_that_do_not_fit(
    run: Run, news: Path, tmp_path: Path, options: tuple[str, ...], message: str
) -> None:
    result = run("build", news, "--out", tmp_path / "out", *options)
    assert result.status == 2
    assert message in one_line(result)


def test_no_scheduler_answers(
    run: Run, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.engine.dask._CONNECT", 1)
    options = ("--scheduler", "tcp://127.0.0.1:9")
    result = run("build", news, "--out", tmp_path / "out", *options)
    assert result.status == 2
    assert "no scheduler answers at tcp://127.0.0.1:9" in one_line(result)


def test_an_interrupted_run_ends_cleanly_and_the_next_goes_on(run: Run, tmp_path: Path) -> None:
    news, out = tmp_path / "many.jsonl", tmp_path / "out"
    news.write_text(lines(*(f"{ARTICLE}第{n}篇。" for n in range(20))), "utf-8")
    build = ("build", str(news), "--out", str(out), "--formats", "nq")
    process = subprocess.Popen(
        [*COMMAND, *build, "--workers", "2", "--batch", "2"],
        start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while process.poll() is None and len(list(out.glob("shards/*/claims.parquet"))) < 2:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: everybody gets it
    _, told = process.communicate()
    assert (process.returncode, told) == (130, "kg: interrupted\n")
    done = 2 * len(list(out.glob("shards/*/claims.parquet")))
    assert not list(out.glob("shards/.*"))
    again = run(*build, "--workers", "1")
    assert again.status == 0
    assert f"{done} articles were in the shards already, {20 - done} are new" in again.err
