"""Which articles are one story, found on disk: as it is in memory."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import article

from kg.corpus.copies import judge_copies
from kg.model import Document
from kg.shards.lake import Lake
from kg.shards.stories import SIGNATURES, judge_stories, signature_row

LETTERS = "天地玄黃宇宙洪荒日月盈昃辰宿列張寒來暑往秋收冬藏閏餘成歲律呂調陽雲騰致雨露結為霜"


def text(seed: int, length: int) -> str:
    drawn = random.Random(seed)
    return "".join(drawn.choice(LETTERS) for _ in range(length))


TOLD = st.tuples(st.integers(0, 3), st.integers(0, 300), st.sampled_from((None, "2020-01-02", "")))


@settings(max_examples=25)
@given(told=st.lists(TOLD, max_size=12))
def test_as_in_memory(
    told: list[tuple[int, int, str | None]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Articles of four stories, each with some characters of its own, some of them too short."""
    articles = [
        article(str(n), day, text=text(story, 60 * story) + text(100 + n, own))
        for n, (story, own, day) in enumerate(told)
    ]
    assert on_disk(tmp_path_factory.mktemp("lake"), articles) == list(judge_copies(articles))


def test_a_chain_of_versions_is_one_story(tmp_path: Path) -> None:
    whole = text(7, 900)
    versions = [
        article(str(n), f"2020-01-0{n}", text=whole[90 * n : 90 * n + 500]) for n in range(1, 5)
    ]
    found = on_disk(tmp_path, versions)
    assert [(one.left[-1], one.right[-1]) for one in found] == [("2", "1"), ("3", "1"), ("4", "1")]
    assert found == list(judge_copies(versions))


def on_disk(folder: Path, articles: list[Document]) -> list:
    with Lake(folder) as lake:
        with lake.write("signatures", SIGNATURES) as writer:
            for one in articles:
                writer.add(signature_row(one))
        return list(judge_stories(lake))
