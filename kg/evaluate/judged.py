"""How often readers found the claims of a build, and who is who in it, right."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.measures import Share
from kg.model import Claim, ClaimGraph, Json, Review
from kg.verdicts import Verdicts

_BORDERS = (0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class JudgedReport:
    """The share of judged claims that are right: of all, by relation and by confidence.

    ``absent`` are the judged claims that are not in the build, by key. ``pairs`` is the share of
    judged pairs of entities that the build has as the reader has them: as two that are different,
    or as one that is the same. A pair of which it has neither does not count.
    """

    all: Share
    relations: Mapping[str, Share]
    confidences: Mapping[str, Share]
    absent: tuple[str, ...]
    pairs: Share

    def to_json(self) -> Json:
        """Everything, for a file."""
        parts = {"by_relation": self.relations, "by_confidence": self.confidences}
        shares = {
            part: {name: share.to_json() for name, share in found.items()}
            for part, found in parts.items()
        }
        rest = {"absent": list(self.absent), "pairs": self.pairs.to_json()}
        return {"judged": self.all.to_json(), **shares, **rest}

    def lines(self) -> list[str]:
        """Readable plain text."""
        found = [f"{title}: {name}  {_said(share)}" for title, name, share in self._rows()]
        return [f"judged claims  {_said(self.all)}", *found, *self._rest()]

    def to_markdown(self) -> str:
        """The same as Markdown."""
        lines = [
            "# Judged claims",
            "",
            "| | | Precision | Right | Judged |",
            "|---|---|--:|--:|--:|",
        ]
        for title, name, share in [("claims", "all", self.all), *self._rows()]:
            lines.append(f"| {title} | {name} | {_ratio(share)} | {share.right:g} | {share.of} |")
        return "\n".join([*lines, "", *self._rest()]).rstrip() + "\n"

    def _rows(self) -> Iterator[tuple[str, str, Share]]:
        yield from (("relation", name, share) for name, share in self.relations.items())
        yield from (("confidence", name, share) for name, share in self.confidences.items())
        if self.pairs.of:
            yield "entities", "same or different", self.pairs

    def _rest(self) -> Iterator[str]:
        if self.absent:
            keys = ", ".join(self.absent)
            yield f"{len(self.absent)} judged claims are not in this build: {keys}"


def score_judged(graph: ClaimGraph, verdicts: Verdicts) -> JudgedReport:
    """The claims of *graph* against the verdicts of readers on them."""
    claims = {claim.key: claim for claim in graph.claims}
    judged = [(claims[key], review) for key, review in verdicts.claims.items() if key in claims]
    return JudgedReport(
        all=_share(judged),
        relations=_by(judged, lambda claim: claim.predicate),
        confidences=_by(judged, lambda claim: _bin(claim.confidence)),
        absent=tuple(sorted(verdicts.claims.keys() - claims.keys())),
        pairs=_share_of_pairs(graph, verdicts),
    )


def _share_of_pairs(graph: ClaimGraph, verdicts: Verdicts) -> Share:
    known = {entity.iri for entity in graph.entities}
    found = [(len({one.left, one.right} & known), one.verdict) for one in verdicts.pairs]
    decided = [
        ("different" if there == 2 else "same") == verdict for there, verdict in found if there
    ]
    return Share(sum(decided), len(decided))


Judged = Sequence[tuple[Claim, Review]]


def _by(judged: Judged, name: Callable[[Claim], str]) -> dict[str, Share]:
    parts: dict[str, list[tuple[Claim, Review]]] = defaultdict(list)
    for claim, review in judged:
        parts[name(claim)].append((claim, review))
    return {part: _share(parts[part]) for part in sorted(parts)}


def _share(judged: Judged) -> Share:
    return Share(sum(review.ruling == "right" for _, review in judged), len(judged))


def _bin(confidence: float) -> str:
    borders = (0.0, *_BORDERS, 1.0)
    place = bisect_right(_BORDERS, confidence)
    return f"{borders[place]:.1f}–{borders[place + 1]:.1f}"


def _said(share: Share) -> str:
    return f"{_ratio(share)} ({share.right:g} of {share.of} right)"


def _ratio(share: Share) -> str:
    return "–" if share.value is None else f"{share.value:.2f}"
