"""The packaged sample: its claims, read by hand, and the copy under output/ that visitors open."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

import pytest

import kg
from kg.model import Claim

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden" / "sample-claims.tsv"


@pytest.fixture(scope="module")
def sample() -> kg.Graph:
    with as_file(files("kg") / "sample" / "un75.txt") as path:
        return kg.build(path)


def line(graph: kg.Graph, claim: Claim) -> str:
    measure = claim.object
    shown = (
        graph.label(measure)
        if isinstance(measure, str)
        else f"{measure.name} {measure.quantity.raw}"
    )
    start = (claim.time.start or "…") if claim.time else ""
    stance = f"{claim.polarity} {claim.modality}"
    parts = (graph.label(claim.subject), claim.predicate, shown, claim.role or "", start, stance)
    return "\t".join(parts)


def test_the_claims_are_those_that_a_reader_checked(sample: kg.Graph) -> None:
    found = sorted(line(sample, claim) for claim in sample.claims)
    assert found == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_the_copy_under_output_is_what_the_demo_builds(sample: kg.Graph, tmp_path: Path) -> None:
    sample.save(tmp_path / "sample")
    kept = {p.name: p.read_bytes() for p in (ROOT / "output" / "sample").iterdir()}
    built = {p.name: p.read_bytes() for p in (tmp_path / "sample").iterdir()}
    assert sorted(kept) == sorted(built)
    assert [name for name in kept if kept[name] != built[name]] == []
