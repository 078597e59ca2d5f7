"""What one graph says and another does not: claims gained, lost and changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.model import Claim, ClaimGraph, Measure

_FIELDS = (
    "polarity", "modality", "time", "place", "role", "speaker", "event", "confidence", "review",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changed:
    """A claim of the same subject, relation and object that is told otherwise.

    ``fields`` maps what differs to its values before and after; ``evidence`` is compared by
    document and place.
    """

    before: Claim
    after: Claim
    fields: Mapping[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class Difference:
    """Claims that came, went and changed, each by key."""

    gained: tuple[Claim, ...]
    lost: tuple[Claim, ...]
    changed: tuple[Changed, ...]

    def __bool__(self) -> bool:
        return bool(self.gained or self.lost or self.changed)


def compare(before: ClaimGraph, after: ClaimGraph) -> Difference:
    """What *after* says that *before* does not, and the reverse.

    A claim that went while one of the same subject, relation and object came is changed: denied
    instead of asserted, or of another time. Of several the ones nearest by key are paired.
    """
    old, new = _by_key(before), _by_key(after)
    lost = [old[key] for key in sorted(old.keys() - new.keys())]
    gained = [new[key] for key in sorted(new.keys() - old.keys())]
    retold = list(_retold(lost, gained))
    gone = {id(claim) for pair in retold for claim in pair}
    pairs = [*((old[key], new[key]) for key in sorted(old.keys() & new.keys())), *retold]
    changed = [Changed(a, b, found) for a, b in pairs if (found := _differences(a, b))]
    return Difference(
        tuple(claim for claim in gained if id(claim) not in gone),
        tuple(claim for claim in lost if id(claim) not in gone),
        tuple(sorted(changed, key=lambda one: one.after.key)),
    )


def _by_key(graph: ClaimGraph) -> dict[str, Claim]:
    return {claim.key: claim for claim in graph.claims}


def _retold(lost: Iterable[Claim], gained: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    came: dict[object, list[Claim]] = defaultdict(list)
    for claim in gained:
        came[_said(claim)].append(claim)
    for claim in lost:
        if others := came[_said(claim)]:
            yield claim, others.pop(0)


def _said(claim: Claim) -> tuple[str, str, str | Measure]:
    return claim.subject, claim.predicate, claim.object


def _differences(before: Claim, after: Claim) -> dict[str, tuple[object, object]]:
    found = {name: (getattr(before, name), getattr(after, name)) for name in _FIELDS}
    found["evidence"] = (_places(before), _places(after))
    return {name: (a, b) for name, (a, b) in found.items() if a != b}


def _places(claim: Claim) -> tuple[str, ...]:
    return tuple(f"{e.document}#{e.span.start}-{e.span.end}" for e in claim.evidence)
