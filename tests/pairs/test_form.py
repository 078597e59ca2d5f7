"""The labels, and how an answer is scored against them."""

from __future__ import annotations

import pytest

from tests.pairs.form import PARTS, SAMPLES, Block, load_blocks, score

ONE, TWO, THREE = (("doc:1", "a"), ("doc:2", "a"), ("doc:3", "a"))
BLOCK = Block("random", "tune", ((ONE, TWO), (THREE,)))


def test_the_labels_are_well_formed() -> None:
    blocks = load_blocks()
    assert {(b.sample, b.part) for b in blocks} == {(s, p) for s in SAMPLES for p in PARTS}
    for block in blocks:
        assert len(set(block.places)) == len(block.places) > 1
    pairs = [one for block in blocks for _, _, one in block.pairs()]
    assert len(pairs) >= 400
    assert {True, False} == set(pairs)


@pytest.mark.parametrize(
    ("answer", "pairs", "b_cubed"),
    [
        ("xxy", (1, 1), (1, 1)),
        ("xxx", (1 / 3, 1), (5 / 9, 1)),
        ("xyz", (1, 0), (1, 2 / 3)),
        ("xyy", (0, 0), (2 / 3, 2 / 3)),
    ],
)
def test_scores(answer: str, pairs: tuple[float, float], b_cubed: tuple[float, float]) -> None:
    found = score([BLOCK], dict(zip((ONE, TWO, THREE), answer, strict=True)))
    assert (found.precision, found.recall) == pytest.approx(pairs)
    assert (found.b3_precision, found.b3_recall) == pytest.approx(b_cubed)
    assert (found.pairs, found.places) == (3, 3)


def test_what_was_not_found_is_left_out() -> None:
    found = score([BLOCK], {ONE: "x", TWO: "x"})
    assert (found.pairs, found.places, found.precision) == (1, 2, 1)
    assert score([BLOCK], {}).places == 0
