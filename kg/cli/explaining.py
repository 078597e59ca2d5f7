"""``kg explain``: why a claim is there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kg.cli.asking import graph_option
from kg.cli.output import note, say, say_marked, show_table
from kg.cli.places import Place
from kg.cli.telling import qualifiers, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.explain import Explanation, Passage
    from kg.graph import Graph
    from kg.model import Claim, Json


@click.command()
@click.argument("words", metavar="CLAIM", nargs=-1, required=True)
@graph_option
@click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    type=click.Choice(["text", "json"]),
    help="How to print it; json gives the reasons of all claims that fit.",
)
def explain(words: tuple[str, ...], folder: Place, form: str) -> int:
    """Show why a claim is there: its sentences, parts marked, and its reasons.

    CLAIM is the (beginning of a) key of a claim, or SUBJECT RELATION OBJECT: names in any script,
    the relation's name or label, in one text or in three. Several claims that fit are listed.
    In a pipe the subject and the object stand in 【】, the word that says the relation in ‹›.

    \b
    Examples:
      kg explain 5932dcc0
      kg explain 騰訊 合作 聯合國
      kg explain 'Tencent partnerOf UN' --format json
    """
    from kg.graph import load

    graph = load(folder)
    found = graph.explain(*words)
    if form == "json":
        rows = [_to_json(graph, one) for one in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif len(found) > 1:
        _list(graph, [one.claim for one in found])
    else:
        _show(graph, found[0])
    return 0


def _list(graph: Graph, claims: Sequence[Claim]) -> None:
    rows = (
        (c.key, sentence(graph, c), "; ".join(v for _, v in qualifiers(graph, c)), c.confidence)
        for c in claims
    )
    show_table(("claim", "says", "how", "confidence"), rows)
    note(f"{len(claims)} claims fit: name one of them by its key")


def _show(graph: Graph, explanation: Explanation) -> None:
    claim = explanation.claim
    say(f"{claim.key}  {sentence(graph, claim)}")
    for name, value in qualifiers(graph, claim):
        say(f"  {name}: {value}")
    for passage in explanation.passages:
        _show_passage(passage)
    for reason in claim.reasons:
        say(f"  × {reason.factor:.2f}  {reason.text}")
    say(f"  = {claim.confidence:.2f}  confidence{_pooling(claim)}, by {claim.extractor}")


def _show_passage(passage: Passage) -> None:
    evidence = passage.evidence
    say(f"  {_origin(passage)}, {evidence.span.start}–{evidence.span.end}")
    say_marked(evidence.quote, [(mark.span, mark.part) for mark in passage.marks], "    ")
    for reason in dict.fromkeys(reason for mark in passage.marks for reason in mark.reasons):
        say(f"    {reason}")


def _origin(passage: Passage) -> str:
    document = passage.document
    if document is None:
        return passage.evidence.document
    names = [name for name in (document.title, document.source) if name]
    return f"{names[0]} ({names[1]})" if len(names) > 1 else "".join(names) or document.iri


def _pooling(claim: Claim) -> str:
    """How several passages make one confidence; the reasons are those of the best."""
    if len(claim.evidence) < 2:
        return ""
    doubts = " × ".join(f"(1 − {found.score:.2f})" for found in claim.evidence)
    return f" of {len(claim.evidence)} passages: 1 − {doubts}"


def _to_json(graph: Graph, explanation: Explanation) -> Json:
    """The claim's line of ``claims.jsonl`` with its reasons, its event, and marks by passage."""
    from kg.interchange import claims_jsonl
    from kg.model import ClaimGraph

    claim = explanation.claim
    row: Json = json.loads(claims_jsonl(ClaimGraph(entities=graph.entities, claims=(claim,))))
    reasons = [{"text": reason.text, "factor": reason.factor} for reason in claim.reasons]
    passages = [
        {**known, **_passage_json(passage)}
        for known, passage in zip(row["evidence"], explanation.passages, strict=True)
    ]
    return {**row, "event": claim.event, "reasons": reasons, "evidence": passages}


def _passage_json(passage: Passage) -> Json:
    evidence, document = passage.evidence, passage.document
    first = evidence.span.start
    return {
        "title": document and document.title,
        "source": document and document.source,
        "extractor": evidence.extractor,
        "score": evidence.score,
        "marks": [
            {
                "part": mark.part,
                "start": first + mark.span.start,
                "end": first + mark.span.end,
                "text": mark.span.of(evidence.quote),
                "reasons": list(mark.reasons),
            }
            for mark in passage.marks
        ],
    }
