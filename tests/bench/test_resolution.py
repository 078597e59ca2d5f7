"""The measure of resolution: its baseline, and that weights can be fitted."""

from __future__ import annotations

from profiles_by_hand import namesakes, profile

from kg.iri import entity_iri
from tests.bench.resolution import AGAINST, FOR, baseline, fit, ours
from tests.pairs.form import Block


def labels() -> list[Block]:
    first, second, *others = [(one.document, one.iri) for one in namesakes()]
    return [Block("random", "tune", ((first, second), tuple(others)))]


def test_the_baseline_takes_equal_names_for_one() -> None:
    assert len(set(baseline(namesakes()).values())) == 1
    assert len(set(ours(namesakes()).values())) == 2


def test_a_known_entity_is_itself_by_any_name() -> None:
    known = [
        profile(name, name, known=True, iri=entity_iri("騰訊")) for name in ("騰訊", "Tencent")
    ]
    assert len(set(baseline(known).values())) == 1


def test_fitted_weights_speak_the_way_they_can() -> None:
    weights = fit(namesakes(), labels())
    assert weights["shared company"] > 0
    assert all(weights[name] <= 0 for name in AGAINST & weights.keys())
    assert all(weights[name] >= 0 for name in FOR & weights.keys())
