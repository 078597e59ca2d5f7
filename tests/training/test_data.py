"""Sets as tensors."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from training_set import (
    CITY,
    FITTING,
    PERSON,
    SCHEMES,
    cluener_lines,
    coarse,
    joined,
    learning_set,
    made_up,
    simplified,
    small_config,
    small_data,
    small_vocabulary,
    write_lines,
)

from kg.annotation.recogniser.tags import TagSet
from kg.annotation.recogniser.vocabulary import END, PAD, START
from kg.errors import InputError
from kg.training.config import Corpus
from kg.training.corpora import Sentence
from kg.training.data import IGNORED, TrainingData, pad_rows


def data_of(folder: Path, sentences: list[Sentence], held_out: int = 0) -> TrainingData:
    """One set, "made"."""
    write_lines(folder / "made.jsonl", cluener_lines(sentences))
    corpus = Corpus("made", "made.jsonl", "cluener", 1.0, 1.0, held_out=held_out)
    return TrainingData(folder, small_config([corpus]), small_vocabulary(sentences), {})


def test_every_sentence_is_an_item_of_its_set(tmp_path: Path) -> None:
    data = small_data(tmp_path)
    _, sentences = learning_set(tmp_path)
    rows = [tuple(data.vocabulary.encode(sentence.text)) for sentence in sentences]
    assert [item.rows for item in data.items["exact"]] == rows
    assert [item.rows for item in data.items["coarse"]] == rows


def test_a_set_with_a_scheme_has_the_exact_tags_of_it(tmp_path: Path) -> None:
    data = small_data(tmp_path)
    tags = TagSet(SCHEMES["coarse"])
    for item, sentence in zip(data.items["coarse"], made_up(30), strict=True):
        assert list(tags.decode(item.tags)) == list(coarse(sentence).spans)
    assert {item.tags for item in data.items["exact"]} == {()}


def test_every_item_has_one_allowed_set_a_character(tmp_path: Path) -> None:
    data = small_data(tmp_path)
    for items in data.items.values():
        assert all(len(item.allowed) == len(item.rows) for item in items)
        assert max(max(item.allowed) for item in items) < len(data.targets.table)


def test_a_hidden_class_can_be_where_a_set_labels_nothing(tmp_path: Path) -> None:
    data = small_data(tmp_path)
    (o,) = {
        tuple(row) for row in data.targets.table if row[0] and not row[1:].all() and row.sum() > 1
    }
    first = 1 + 4 * SCHEMES["news"].index(CITY)
    assert [at for at, may in enumerate(o) if may] == [0, *range(first, first + 4)]


@pytest.mark.parametrize(("held_out", "every"), [(2, 5), (5, 2), (10, 1)])
def test_every_nth_sentence_is_held_out(tmp_path: Path, held_out: int, every: int) -> None:
    sentences = [simplified(s) for s in made_up(10)]
    data = data_of(tmp_path, sentences, held_out)
    assert data.held_out["made"] == sentences[every - 1 :: every]
    kept = [s for at, s in enumerate(sentences, start=1) if at % every]
    assert [len(item.rows) for item in data.items["made"]] == [len(s.text) for s in kept]


def test_nothing_is_held_out_unless_asked(tmp_path: Path) -> None:
    data = data_of(tmp_path, made_up(10))
    assert data.held_out == {"made": []}
    assert len(data.items["made"]) == 10


def test_more_held_out_than_there_is_holds_out_no_more_than_there_is(tmp_path: Path) -> None:
    sentences = [simplified(s) for s in made_up(3)]
    data = data_of(tmp_path, sentences, held_out=5)
    assert data.held_out["made"] == sentences
    assert data.items["made"] == []


def test_long_sentences_are_cut(tmp_path: Path) -> None:
    sentence = joined([("天气很好。" * 60, "")])
    items = data_of(tmp_path, [sentence]).items["made"]
    assert [len(item.rows) for item in items] == [125, 125, 50]


@pytest.mark.parametrize("name", ["exact", "coarse"])
def test_a_step_holds_its_items_padded(tmp_path: Path, name: str) -> None:
    data = small_data(tmp_path)
    batch = next(batch for batch in data.plan() if batch.task == name)
    step = data.step(batch)
    count, length = len(batch.items), batch.length
    assert step.corpus.name == name
    assert step.ids.shape == (count, length)
    assert step.tags.shape == step.allowed.shape == (count, length - 2)
    for at, number in enumerate(batch.items):
        item = data.items[name][number]
        end = len(item.rows)
        assert step.ids[at].tolist() == [START, *item.rows, END] + [PAD] * (length - 2 - end)
        assert step.allowed[at, :end].tolist() == list(item.allowed)
        assert (step.allowed[at, end:] == data.targets.anything).all()
        assert step.tags[at].tolist() == [*item.tags] + [IGNORED] * (length - 2 - len(item.tags))


def test_the_plan_keeps_to_the_configuration(tmp_path: Path) -> None:
    data = small_data(tmp_path, passes=4.0)
    plan = data.plan()
    assert plan == data.plan()
    assert plan != small_data(tmp_path, passes=4.0, seed=4).plan()
    assert all(len(batch.items) == 256 // batch.length for batch in plan)
    tasks = [batch.task for batch in plan]
    assert tasks.count("exact") == 4 * tasks.count("coarse") > 0


@pytest.mark.parametrize(("length", "padded"), FITTING)
def test_a_text_that_just_fits_is_padded_no_further(
    tmp_path: Path, length: int, padded: int
) -> None:
    data = data_of(tmp_path, [joined([("好" * length, "")])])
    (batch,) = data.plan()
    ids = data.step(batch).ids
    assert ids.shape == (256 // padded, padded)
    assert ((ids != PAD).sum(1) == length + 2).all()


def test_equal_folders_give_equal_data(tmp_path: Path) -> None:
    first, second = small_data(tmp_path / "a"), small_data(tmp_path / "b")
    assert first.items == second.items
    assert (first.targets.table == second.targets.table).all()


def test_labels_of_a_head_of_its_own_need_no_meaning_in_ours(tmp_path: Path) -> None:
    config, _ = learning_set(tmp_path)
    _, coarse = config.corpora
    sets = (replace(coarse, classes={}),)
    data = TrainingData(tmp_path, replace(config, corpora=sets), small_vocabulary(), {})
    item = data.items["coarse"][0]
    assert any(item.tags)
    inside = {allowed for allowed, tag in zip(item.allowed, item.tags, strict=True) if tag}
    assert inside == {data.targets.anything}


@pytest.mark.parametrize(("corpus", "scheme"), [(0, ""), (1, "coarse")])
def test_a_label_that_nothing_knows_is_named(tmp_path: Path, corpus: int, scheme: str) -> None:
    config, _ = learning_set(tmp_path)
    sets = (replace(config.corpora[corpus], classes={}),)
    labels = {"news": (PERSON,), "coarse": ("PER",)}
    with pytest.raises(
        InputError, match=f"has the label .* not in the scheme '{scheme or 'news'}'"
    ):
        TrainingData(
            tmp_path, replace(config, corpora=sets, schemes=labels), small_vocabulary(), {}
        )


def test_known_names_narrow_what_a_label_means(tmp_path: Path) -> None:
    sentence = joined([("青禾科技", "ORG"), ("说。", "")])
    write_lines(tmp_path / "made.jsonl", cluener_lines([sentence]))
    corpus = Corpus(
        "made", "made.jsonl", "cluener", 1.0, 1.0, classes={"ORG": ("kg:Company", CITY)}
    )
    config = small_config([corpus])
    counts = []
    for classes_of in ({}, {"…科技": "kg:Company"}):
        data = TrainingData(tmp_path, config, small_vocabulary(), classes_of)
        counts.append(data.targets.table[list(data.items["made"][0].allowed)].sum(1).tolist())
    assert counts == [[2, 2, 2, 2, 1, 1], [1] * 6]


@given(st.lists(st.lists(st.integers(4, 99), max_size=10), min_size=1), st.integers(12, 20))
def test_padding_takes_nothing_away(rows: list[list[int]], length: int) -> None:
    padded = pad_rows([tuple(row) for row in rows], length)
    assert padded.dtype == torch.int64
    assert padded.shape == (len(rows), length)
    for row, ids in zip(rows, padded.tolist(), strict=True):
        assert ids[: len(row) + 2] == [START, *row, END]
        assert set(ids[len(row) + 2 :]) <= {PAD}
