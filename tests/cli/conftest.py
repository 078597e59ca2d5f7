"""Fixtures of the command line's tests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from claimgraphs import claim, linked
from commands import ARTICLE, Result, Run

from kg.cli import main
from kg.graph import Graph
from kg.model import Drop, Judgement, Reason


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("KG_GRAPH", raising=False)

    def call(*args: str | Path) -> Result:
        status = main([str(arg) for arg in args])
        printed = capsys.readouterr()
        return Result(status, printed.out, printed.err)

    return call


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved graph: a and b, b and c are partners; a denies to own c."""
    partners = linked("ab", "bc")
    denied = claim("a", "kg:owns", "c", polarity="denied", quote="a 否認[bold]擁有[/bold] c")
    claims = (replace(partners.claims[0], reasons=(Reason("A 與 B 合作", 0.85),)), denied)
    judgement = Judgement(partners.entities[0].iri, "mention-1", "same", 0.9, ("one name",), "test")
    drops = (Drop("doc:1", "ontology", "kg:owns", "no range", "甲"),)
    graph = replace(
        partners,
        claims=tuple(sorted((*claims, partners.claims[1]), key=lambda one: one.key)),
        judgements=(judgement,),
        drops=drops,
    )
    out = tmp_path_factory.mktemp("graph") / "out"
    Graph(graph).save(out)
    return out
