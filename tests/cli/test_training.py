"""``kg train``: what it prints and how it ends; the training itself is tested elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from commands import Run, one_line

from kg.annotation.recogniser.checkpoint import PACKAGED
from kg.evaluate import Score
from kg.training import judge, reader, recogniser
from kg.training.calibrate import Bin
from kg.training.config import Config, read_config
from kg.training.judge import JudgeFigures
from kg.training.reader import ReaderFigures
from kg.training.recogniser import Figures

SCORES = {
    "exact": {"": Score(6, 8, 10), "kg:City": Score(0, 0, 2)},
    "coarse": {"": Score(3, 3, 3)},
}
FIGURES = Figures(SCORES, {"news": (Bin(0.0, 4, 1), Bin(0.5, 4, 3)), "coarse": (Bin(0.9, 3, 3),)})
SETS = """set	label	precision	recall	F1	names
exact	all	0.750	0.600	0.667	10
exact	kg:City	–	0.000	0.000	2
coarse	all	1.000	1.000	1.000	3
"""
BINS = """labels	confidence from	names	right
news	0.0	4	1
news	0.5	4	3
coarse	0.9	3	3
"""


@pytest.fixture
def starts() -> list[Path | None]:
    """The checkpoints that training was told to go on from."""
    return []


@pytest.fixture
def asked(
    monkeypatch: pytest.MonkeyPatch, starts: list[Path | None]
) -> list[tuple[Path, Path, Config]]:
    """What training was asked for; it tells two stages of progress and gives FIGURES."""
    calls: list[tuple[Path, Path, Config]] = []

    def train(
        data: Path, out: Path, config: Config, progress: Any = None, start: Path | None = None
    ) -> Figures:
        calls.append((data, out, config))
        starts.append(start)
        if progress:
            progress("adapting to news", 1, 2, 0.75)
            progress("adapting to news", 2, 2, 0.5)
            progress("learning names", 3, 3, 0.125)
        return FIGURES

    monkeypatch.setattr(recogniser, "train_recogniser", train)
    return calls


def test_both_tables_in_a_pipe(
    run: Run, asked: list[tuple[Path, Path, Config]], tmp_path: Path
) -> None:
    result = run("train", "recogniser", "--data", tmp_path, "--out", tmp_path / "run")
    assert result.status == 0
    assert result.out == SETS + BINS
    assert result.err == f"kg: the checkpoint is in {tmp_path / 'run' / 'checkpoint'}\n"
    assert asked == [(tmp_path, tmp_path / "run", read_config())]


def test_stages_are_shown_on_a_terminal(
    run: Run,
    asked: list[tuple[Path, Path, Config]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    result = run("train", "recogniser", "--data", tmp_path, "--out", tmp_path / "run")
    assert result.out == SETS + BINS
    for shown in ("adapting to news", "2/2", "0.500", "learning names", "3/3", "0.125"):
        assert shown in result.err


def test_another_configuration(
    run: Run, asked: list[tuple[Path, Path, Config]], tmp_path: Path
) -> None:
    text = Path(sys.modules["kg.training.config"].DEFAULT).read_text("utf-8")
    (tmp_path / "other.toml").write_text(text.replace("seed = 1\n", "seed = 42\n"), "utf-8")
    result = run(
        "train", "recogniser", "--data", "d", "--out", "o", "--config", tmp_path / "other.toml"
    )
    assert result.status == 0
    assert [config.seed for _, _, config in asked] == [42]


@pytest.mark.parametrize(
    ("given", "expected"),
    [([], None), (["--from", "mine"], Path("mine")), (["--from"], PACKAGED)],
)
def test_the_weights_to_go_on_from(
    run: Run,
    asked: list[tuple[Path, Path, Config]],
    starts: list[Path | None],
    given: list[str],
    expected: Path | None,
) -> None:
    assert run("train", "recogniser", "--data", "d", "--out", "o", *given).status == 0
    assert starts == [expected]


@pytest.mark.parametrize("content", [None, "seed = ", "seed = 1\n", "\xff"])
def test_a_configuration_that_cannot_be_used(
    run: Run, asked: list[tuple[Path, Path, Config]], tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "bad.toml"
    if content is not None:
        path.write_bytes(content.encode("latin-1"))
    result = run("train", "recogniser", "--data", "d", "--out", "o", "--config", path)
    assert result.status == 2
    assert f"{path} is no training configuration" in one_line(result)
    assert asked == []


@pytest.mark.parametrize("kind", ["missing", "file"])
def test_a_wrong_data_folder(run: Run, tmp_path: Path, kind: str) -> None:
    data = tmp_path / "data"
    if kind == "file":
        data.touch()
    result = run("train", "recogniser", "--data", data, "--out", tmp_path / "run")
    assert result.status == 2
    assert one_line(result) == f"{data} is no folder: give the one with the training sets"
    assert not (tmp_path / "run").exists()


def test_without_torch_the_extra_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "kg.training.recogniser")
    monkeypatch.setitem(sys.modules, "torch", None)
    result = run("train", "recogniser", "--data", tmp_path, "--out", tmp_path / "run")
    assert result.status == 2
    assert one_line(result) == "training needs torch: pip install 'claimgraph[train]'"


@pytest.mark.parametrize("missing", ["--data", "--out"])
def test_both_folders_are_needed(run: Run, missing: str) -> None:
    given = [arg for name in {"--data", "--out"} - {missing} for arg in (name, "folder")]
    result = run("train", "recogniser", *given)
    assert result.status == 2
    assert f"Missing option '{missing}'" in one_line(result)


def test_help(run: Run) -> None:
    result = run("train", "recogniser", "--help")
    assert result.status == 0
    assert "kg train recogniser --data data/ --out run/" in result.out


JUDGED = JudgeFigures({"articles": 9, "finre": 30}, (Bin(0.0, 2, 1),), (Bin(0.9, 4, 4),), 0.61)
JUDGE_TABLES = """cases of	number
articles	9
finre	30
of	confidence from	cases	right
readings	0.0	2	1
pairs	0.9	4	4
"""


def test_the_judge(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[Any, ...]] = []

    def train(*given: Any) -> JudgeFigures:
        calls.append(given[:4])
        return JUDGED

    monkeypatch.setattr(judge, "train_judge", train)
    golds = [tmp_path / "a.json", tmp_path / "b.json"]
    result = run("train", "judge", "--data", tmp_path, "--gold", *golds, "--out", tmp_path / "run")
    assert result.status == 0
    assert result.out == JUDGE_TABLES
    assert "pairs that no frame joins are claims from 0.61" in result.err
    assert calls == [(tmp_path, tuple(golds), tmp_path / "run", 1)]


def test_the_reader(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[Any, ...]] = []

    def train(*given: Any) -> ReaderFigures:
        calls.append(given[:4])
        return ReaderFigures({"of articles": 9}, (Bin(0.5, 4, 3),), (Bin(0.0, 8, 1),))

    monkeypatch.setattr(reader, "train_reader", train)
    golds = [tmp_path / "a.json", tmp_path / "b.json"]
    result = run("train", "reader", "--data", tmp_path, "--gold", *golds, "--out", tmp_path / "run")
    assert result.status == 0
    assert "of articles\t9\n" in result.out
    assert "of the rules\t0.5\t4\t3\nothers\t0.0\t8\t1\n" in result.out
    assert "turns.jsonl" in result.err
    assert calls == [(tmp_path, tuple(golds), tmp_path / "run", 1)]
