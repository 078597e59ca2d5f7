"""Resolution across documents: which entities of different documents are one thing.

Within its document an entity has the IRI of its name there (:mod:`kg.resolve.resolve`). Here the
light profiles of these entities (:mod:`kg.resolve.profiles`) are compared where they share a name
(:mod:`kg.resolve.blocks`), by named features (:mod:`kg.resolve.compare`), and each gets the IRI by
which all documents know it. A wrong merge is worse than a missed one: what is unsure stays apart
and is a judgement for a reader.

The result is a function of the *set* of profiles and verdicts, in whatever order they come, and
falls apart by blocks: the moves of one block do not depend on the others. To judge again after a
change, judge the profiles that :func:`kg.resolve.blocks.affected` gives.

IRIs. Known entities keep theirs, and never become one with another known one. A name of one thing
is its IRI. Of several things of one name that one keeps the plain IRI which has more than half of
the documents that use the name, if there is one; the others get ``NAME_KEY``, where the key of
eight digits is made of the first document that tells of the thing, by date and then by IRI.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from kg.iri import content_key, entity_iri, entity_name
from kg.model import ClaimGraph, Judgement, Verdict
from kg.resolve.blocks import Surroundings, blocks, order, pairs
from kg.resolve.clusters import Apart, Between
from kg.resolve.compare import Comparison, are_of_one_kind
from kg.resolve.profiles import Profile, known_iris, profiles_of
from kg.script import match_key

BY = "kg.resolve.across"
SAME, UNSURE = 0.75, 0.4  # of a score; the first is chosen on the labels for tuning
_KEY = 8

Moves = Mapping[tuple[str, str], str]
"""(document IRI, IRI of an entity in that document's own graph) → the IRI that it gets."""


@dataclass(frozen=True, slots=True)
class Identity:
    """For each graph, in the order given, its IRIs → those they become; and why.

    Only IRIs that change are in the mappings.
    """

    moves: tuple[dict[str, str], ...]
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What resolution says of some profiles; ``moves`` holds only what changes."""

    moves: Moves = field(default_factory=dict)
    judgements: tuple[Judgement, ...] = ()


def judge_across(graphs: Sequence[ClaimGraph], verdicts: Iterable[Judgement] = ()) -> Identity:
    """What is one over *graphs*, each of a single document; their order does not matter.

    *verdicts* are readers' judgements, of which those on profiles (:attr:`Profile.id`), and those
    that hold two names apart, are honoured here.
    """
    judged = judge((profile for graph in graphs for profile in profiles_of(graph)), verdicts)
    by_document: dict[str, dict[str, str]] = defaultdict(dict)
    for (document, iri), to in judged.moves.items():
        by_document[document][iri] = to
    moves = tuple(
        {iri: to for d in graph.documents for iri, to in by_document[d.iri].items()}
        for graph in graphs
    )
    return Identity(moves, judged.judgements)


def judge(profiles: Iterable[Profile], verdicts: Iterable[Judgement] = ()) -> Judged:
    """The moves and judgements of *profiles*, of whatever documents."""
    ruled = sorted(verdicts, key=lambda one: (one.left, one.right, one.verdict))
    moves: dict[tuple[str, str], str] = {}
    judgements: list[Judgement] = []
    for block in blocks(profiles):
        one = judge_block(block, ruled)
        moves.update(one.moves)
        judgements += one.judgements
    return Judged(moves, tuple(judgements))


def judge_block(block: Sequence[Profile], verdicts: Sequence[Judgement] = ()) -> Judged:
    """As :func:`judge`, for one of :func:`kg.resolve.blocks.blocks`."""
    matching = _Matching(sorted(block, key=order), verdicts)
    return Judged(matching.moves(), tuple(matching.judgements()))


class _Matching:
    """The profiles of a block put into sets, the surest pairs first."""

    def __init__(self, block: Sequence[Profile], verdicts: Sequence[Judgement]) -> None:
        self.by_id = {profile.id: profile for profile in block}
        self.surroundings = Surroundings(block)
        self.sets = Apart(self._foes(verdicts), {p.id: (p.id, _key(p.iri)) for p in block})
        self.joined: list[Judgement] = []
        self.doubts: list[Judgement] = []
        self._join_known()
        self._follow(verdicts)
        self._join(block)
        self.names = _names(self.sets.groups(self.by_id), self.by_id)

    def _foes(self, verdicts: Iterable[Judgement]) -> Iterator[tuple[str, str]]:
        known = {profile.iri for profile in self.by_id.values() if profile.known}
        yield from combinations(sorted(known), 2)
        yield from ((_key(v.left), _key(v.right)) for v in verdicts if v.verdict == "different")

    def _join_known(self) -> None:
        first: dict[str, str] = {}
        for profile in self.by_id.values():
            if profile.known:
                self.sets.union(profile.id, first.setdefault(profile.iri, profile.id))

    def _follow(self, verdicts: Iterable[Judgement]) -> None:
        for one in verdicts:
            if one.verdict == "same" and one.left in self.by_id and one.right in self.by_id:
                self.sets.union(one.left, one.right)

    def _join(self, block: Sequence[Profile]) -> None:
        weigh = self.surroundings.compare
        compared = [(weigh(a, b), a, b) for a, b in pairs(block) if _may_be_one(a, b)]
        compared.sort(key=lambda found: (-found[0].score, found[1].id, found[2].id))
        between = Between((a.id, b.id, found.score) for found, a, b in compared)
        for found, left, right in compared:
            one, other = self.sets.find(left.id), self.sets.find(right.id)
            if one == other:
                continue
            if between.mean(one, other) >= SAME and self.sets.union(left.id, right.id):
                between.merge(one, other, self.sets.find(left.id))
                self.joined.append(_judgement(left, right, "same", found))
            elif found.score >= UNSURE:
                self.doubts.append(_judgement(left, right, "unsure", found))

    def moves(self) -> Moves:
        """What gets another IRI."""
        return {
            (p.document, p.iri): self._iri(id_) for id_, p in self.by_id.items()
            if self._iri(id_) != p.iri
        }  # fmt: skip

    def _iri(self, id_: str) -> str:
        return self.names[self.sets.find(id_)]

    def judgements(self) -> Iterator[Judgement]:
        """What joined the sets, and of each set the likeliest of those it was not joined with."""
        yield from self.joined
        told: set[str] = set()
        for doubt in self.doubts:
            ends = {self.sets.find(doubt.left), self.sets.find(doubt.right)}
            if len(ends) == 2 and not ends <= told:
                told |= ends
                yield doubt


def _may_be_one(left: Profile, right: Profile) -> bool:
    return are_of_one_kind(left.cls, right.cls)


def _key(iri: str) -> str:
    """What entities are told apart by, whatever their script."""
    name = entity_name(iri)
    return iri if name is None or iri in known_iris() else match_key(name)


def _judgement(left: Profile, right: Profile, verdict: Verdict, found: Comparison) -> Judgement:
    first, second = sorted((left.id, right.id))
    return Judgement(first, second, verdict, found.score, found.reasons, BY)


# --- The names of sets -----------------------------------------------------------------------


def _names(groups: Mapping[str, list[str]], by_id: Mapping[str, Profile]) -> dict[str, str]:
    """The IRI of each set, by the name of the set."""
    members = {root: [by_id[id_] for id_ in ids] for root, ids in groups.items()}
    bearers: dict[str, list[str]] = defaultdict(list)
    for root, group in members.items():
        bearers[_name(group)[0]].append(root)
    return {
        root: _iri(members[root], [members[other] for other in roots if other != root])
        for roots in bearers.values()
        for root in roots
    }


def _name(group: Sequence[Profile]) -> tuple[str, str]:
    """The key and the spelling of the name that most documents use, in Traditional if any does.

    A Chinese name goes before others, and a full one before those that are told to be short for it.
    """
    count = Counter(profile.key for profile in group)
    short = {name for p in group for name in p.names if len(name) < len(p.key)}
    key = min(
        count,
        key=lambda name: (name.isascii(), name in short, -count[name], -len(name), name),
    )
    spelled = {(p.script != "Hant", p.name) for p in group if p.key == key}
    return key, min(spelled)[1]


def _iri(group: Sequence[Profile], others: Sequence[Sequence[Profile]]) -> str:
    """The IRI of a set beside *others* of its name."""
    known = next((profile.iri for profile in group if profile.known), None)
    if known:
        return known
    name = _name(group)[1]
    rest = sum(len(other) for other in others)
    if len(group) > rest and not any(p.known for other in others for p in other):
        return entity_iri(name)
    first = min(group, key=order)
    return entity_iri(f"{name} {content_key(first.document, first.iri, length=_KEY)}")
