"""The recogniser over a network that is made up: what windows and tags add to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from fake_recogniser import NAMES, Memory, Table, fake_recogniser
from hypothesis import given
from hypothesis import strategies as st

from kg.annotation.recogniser import Found, Recogniser, load_recogniser
from kg.annotation.recogniser import recogniser as module
from kg.annotation.recogniser.checkpoint import Calibration, Checkpoint
from kg.annotation.recogniser.tags import TagSet
from kg.annotation.recogniser.vocabulary import END, PAD, START, Vocabulary
from kg.annotation.recogniser.windows import LONGEST, MARGIN

NEWS = NAMES["news"]
RECOGNISER = fake_recogniser()
LONG_NAME = max(NEWS, key=len)
PIECES = [
    *NEWS,
    "木",
    "与",
    "，",
    "。",
    "！",
    "\n",
    " ",
    "😀",
    "𠮷",
    "\u200b",
    "A",
    "澜",
    "晴",
    "物语",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.integers(1, 150).map("木".__mul__), max_size=40)
SENTENCES = st.lists(st.sampled_from(PIECES), max_size=40).map(lambda parts: "".join(parts) + "。")

Place = tuple[int, int, str]


def standing(text: str) -> list[Place]:
    """Where the names of the news scheme stand: told by looking for them, without windows."""
    found = re.finditer("|".join(NEWS), text)
    return [(m.start(), m.end(), NEWS[m.group()]) for m in found]


def places(found: list[Found], shift: int = 0) -> list[Place]:
    return [(name.start + shift, name.end + shift, name.label) for name in found]


def recogniser_of(session: Any, characters: str) -> Recogniser:
    """A recogniser of one label whose confidence is 1 + the log-probability."""
    calibration = Calibration((-1.0, 0.0), (0.0, 1.0))
    return Recogniser(
        Checkpoint(Vocabulary(characters), {"news": TagSet(["N"])}, {"news": calibration}, session)
    )


# --- What is found ------------------------------------------------------------------------------


def test_names_are_found_in_text_order_with_label_and_score() -> None:
    found = RECOGNISER.find("葛又晴任澜汐技术总监，沄开发《鲸落物语》。")
    assert places(found) == [
        (0, 3, "kg:Person"),
        (4, 6, "kg:Company"),
        (6, 10, "kg:Position"),
        (11, 12, "kg:Company"),
        (15, 19, "kg:Game"),
    ]
    assert all(0.99 < name.score <= 1 for name in found)


def test_names_side_by_side_stay_apart() -> None:
    assert places(RECOGNISER.find("澜汐澜汐沄沄")) == [
        (0, 2, "kg:Company"), (2, 4, "kg:Company"), (4, 5, "kg:Company"), (5, 6, "kg:Company"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("scheme", "labels"),
    [
        ("news", ["kg:Person", "kg:Company", "kg:Position"]),
        ("cluener", ["name", "company", "position"]),
        ("uner", ["PER", "ORG"]),
    ],
)
def test_a_scheme_has_labels_of_its_own(scheme: str, labels: list[str]) -> None:
    found = RECOGNISER.find("葛又晴任澜汐技术总监。", scheme)
    assert [name.label for name in found] == labels


def test_without_a_scheme_the_labels_are_the_ontologys() -> None:
    assert RECOGNISER.find("澜汐与沄") == RECOGNISER.find("澜汐与沄", module.NEWS)
    assert RECOGNISER.schemes == ("news", "cluener", "uner")
    assert RECOGNISER.schemes[0] == module.NEWS


def test_a_scheme_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="conll"):
        RECOGNISER.find("澜汐", "conll")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "\n\n\n",
        "\u3000\t",
        "木",
        "。",
        "😀",
        "👩‍👩‍👧‍👦🇹🇼",
        "\ud800",
        "\x00",
        "\u202e",
        "e\u0301",
        "澜",
    ],
)
def test_texts_without_a_name(text: str) -> None:
    assert RECOGNISER.find(text) == []


@pytest.mark.parametrize(
    "before", ["", " ", "\n", "😀", "👩‍👩‍👧‍👦", "𠮷", "\ud800", "e\u0301", "\x00"]
)
def test_spans_are_in_code_points(before: str) -> None:
    at = len(before)
    assert places(RECOGNISER.find(before + "澜汐" + before)) == [(at, at + 2, "kg:Company")]
    assert places(RECOGNISER.find(before + "沄")) == [(at, at + 1, "kg:Company")]


def test_a_name_may_be_the_whole_text() -> None:
    for name, label in NEWS.items():
        assert places(RECOGNISER.find(name)) == [(0, len(name), label)]


def test_equal_texts_give_equal_names() -> None:
    text = ("葛又晴任澜汐技术总监，" + "木" * 30) * 20
    first = RECOGNISER.find(text)
    RECOGNISER.find("沄与鲸落物语。" * 50)
    assert RECOGNISER.find(text) == first == fake_recogniser().find(text)


# --- Windows do not show ------------------------------------------------------------------------


@given(TEXTS.map("".join))
def test_what_is_found_is_what_stands_there(text: str) -> None:
    assert places(RECOGNISER.find(text)) == standing(text)


@given(st.text(st.characters() | st.sampled_from(sorted("".join(NEWS))), max_size=300))
def test_spans_of_any_text_are_in_order_and_within_it(text: str) -> None:
    ends = 0
    for name in RECOGNISER.find(text):
        assert ends <= name.start < name.end <= len(text)
        assert 0 <= name.score <= 1
        assert name.label in NEWS.values()
        ends = name.end


@given(st.lists(SENTENCES, max_size=6), SENTENCES)
def test_a_sentence_is_read_alike_alone_and_after_others(before: list[str], text: str) -> None:
    shift = len("".join(before))
    found = RECOGNISER.find("".join(before) + text)
    alone = RECOGNISER.find(text)
    assert places([name for name in found if name.start >= shift]) == places(alone, shift)
    scores = [name.score for name in found if name.start >= shift]
    assert scores == pytest.approx([name.score for name in alone])


@pytest.mark.parametrize("filler", ["木", "木" * 40 + "。"])
def test_a_name_is_found_wherever_a_window_ends(filler: str) -> None:
    """As long as the margins allow: whole in both of the windows that share it."""
    assert len(LONG_NAME) == MARGIN + 1
    around = filler * 300
    for offset in range(2 * LONGEST + 1):
        text = around[:offset] + LONG_NAME + around[: LONGEST + 20]
        assert places(RECOGNISER.find(text)) == [
            (offset, offset + len(LONG_NAME), "kg:Organization")
        ]


@pytest.mark.parametrize("inner", [0, 1, 60, LONGEST, 3 * LONGEST])
@pytest.mark.parametrize("offset", [0, 1, 100, LONGEST - 1])
def test_a_name_over_many_windows_is_put_together(inner: int, offset: int) -> None:
    rows = np.zeros((4 + 3, 5), np.float32)
    rows[:4, 0] = rows[4, 1] = rows[5, 2] = rows[6, 3] = 9
    text = "木" * offset + "甲" + "乙" * inner + "丙" + "木" * offset
    found = recogniser_of(Table(rows), "甲乙丙").find(text)
    assert places(found) == [(offset, offset + inner + 2, "N")]


def test_tags_that_do_not_fit_are_repaired_across_windows() -> None:
    """A name begun in one window and denied its end in the next is decided over the whole text."""
    rows = np.zeros((4 + 2, 5), np.float32)
    rows[:4, 0] = 9
    rows[4, [1, 2, 3]] = 4, 3, 3
    text = "木" * (LONGEST - MARGIN - 1) + "甲甲" + "木" * 100
    found = recogniser_of(Table(rows), "甲乙").find(text)
    assert places(found) == [(LONGEST - MARGIN - 1, LONGEST - MARGIN + 1, "N")]


@pytest.mark.parametrize("unit", ["木", "木" * 9 + "，", "😀"])
def test_a_long_text_without_pauses(unit: str) -> None:
    part = unit * (997 // len(unit)) + "澜汐与葛又晴"
    text = part * (300_000 // len(part))
    assert places(RECOGNISER.find(text)) == standing(text)


# --- What the network is shown ------------------------------------------------------------------


def shown(text: str) -> list[np.ndarray]:
    recogniser = fake_recogniser()
    recogniser.find(text)
    session: Any = recogniser.checkpoint.session
    assert isinstance(session, Memory)
    return session.seen


@given(TEXTS.map("".join).filter(bool))
def test_a_run_is_one_window_between_its_start_and_its_end(text: str) -> None:
    for ids in shown(text):
        assert ids.dtype == np.int64
        assert ids.shape[0] == 1
        assert ids.shape[1] <= LONGEST + 2
        assert (ids[0, 0], ids[0, -1]) == (START, END)
        assert not {START, END, PAD} & set(ids[0, 1:-1].tolist())


def test_a_short_text_is_one_row() -> None:
    [ids] = shown("沄木")
    assert ids.tolist() == [[START, *RECOGNISER.checkpoint.vocabulary.encode("沄木"), END]]


@pytest.mark.parametrize(
    "text", ["木" * 20_000, "木木木木木木。" * 3_000, ("木" * 70 + "。") * 300]
)
def test_the_number_of_runs_is_linear_in_the_text(text: str) -> None:
    assert 1 < len(shown(text)) <= len(text) / 50


# --- Scores -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sure", "unsure"), [("甲", "丙"), ("丙", "甲")])
def test_a_name_is_as_sure_as_its_least_certain_character(sure: str, unsure: str) -> None:
    shares = {sure: 0.95, unsure: 0.6}
    rows = np.full((4 + 2, 5), np.log(0.01), np.float32)
    rows[:4, 0] = 0
    for row, (character, tag) in enumerate((("甲", 1), ("丙", 3)), start=4):
        rows[row] = np.log((1 - shares[character]) / 4)
        rows[row, tag] = np.log(shares[character])
    [found] = recogniser_of(Table(rows), "甲丙").find("木甲丙木")
    assert found.score == pytest.approx(1 + np.log(0.6), abs=1e-3)


def test_each_scheme_is_calibrated_by_itself() -> None:
    checkpoint = fake_recogniser().checkpoint
    calibrations = {**checkpoint.calibrations, "uner": Calibration((0.0,), (0.125,))}
    recogniser = Recogniser(
        Checkpoint(checkpoint.vocabulary, checkpoint.tag_sets, calibrations, checkpoint.session)
    )
    assert [name.score for name in recogniser.find("澜汐", "uner")] == [0.125]
    assert [name.score for name in recogniser.find("澜汐")] != [0.125]


# --- Loading ------------------------------------------------------------------------------------


@pytest.fixture
def fresh_cache() -> Iterator[None]:
    load_recogniser.cache_clear()
    yield
    load_recogniser.cache_clear()


@pytest.mark.usefixtures("fresh_cache")
def test_the_packaged_recogniser_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = [RECOGNISER.checkpoint]
    monkeypatch.setattr(module, "load_checkpoint", loaded.pop)
    first = load_recogniser()
    assert load_recogniser() is first
    assert first.checkpoint is RECOGNISER.checkpoint
    assert loaded == []


# --- States -------------------------------------------------------------------------------------


class Telling(Table):
    """A table whose graph also tells a state a character: its id, twice."""

    def run(self, outputs: Any, feeds: Any) -> list[Any]:
        scores = super().run(outputs[:1], feeds)
        inside = feeds["ids"][:, 1:-1, None].astype(np.float32)
        self.runs = getattr(self, "runs", 0) + 1
        return [*scores, np.concatenate([inside, inside], -1)]


def telling(text: str) -> tuple[Recogniser, Telling]:
    characters = sorted(set(text))
    rows = np.zeros((4 + len(characters), 5), np.float32)
    session: Any = Telling(rows)
    tag_sets = {"news": TagSet(["kg:Company"])}
    calibrations = {"news": Calibration((0.0,), (0.5,))}
    checkpoint = Checkpoint(Vocabulary(characters), tag_sets, calibrations, session, True)
    return Recogniser(checkpoint), session


def test_states_stand_where_their_characters_do_over_windows() -> None:
    text = "".join(chr(0x4E00 + at % 300) for at in range(3 * LONGEST))
    recogniser, _ = telling(text)
    states = recogniser.states(text)
    assert states is not None
    assert states.shape == (len(text), 2)
    assert states[:, 0].tolist() == recogniser.checkpoint.vocabulary.encode(text)


def test_a_text_whose_names_were_just_found_is_not_read_again() -> None:
    recogniser, session = telling("澜汐公司")
    recogniser.find("澜汐公司")
    assert session.runs == 1
    first = recogniser.states("澜汐公司")
    assert session.runs == 1
    recogniser.find("公司")
    assert recogniser.states("澜汐公司") is not first
    np.testing.assert_array_equal(recogniser.states("澜汐公司"), first)
    assert session.runs == 3


def test_a_graph_without_states_tells_none() -> None:
    assert RECOGNISER.states("澜汐") is None
    assert telling("澜")[0].states("") is None
